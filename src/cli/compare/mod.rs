//! `reclint compare`: what is new, fixed and remaining between two reports, by fingerprint.

mod read;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use foldhash::fast::RandomState;
use serde::Serialize;

use crate::finding::Severity;
use crate::report::{Counts, grouped};
use crate::value::visible;

use super::args::{Compare, CompareFormat};
use super::error::CliError;
use super::outputs::for_people;
use super::{FAILED, FOUND};
use read::{Ending, Told, Twice, findings};

/// The name of the form; members are only ever added within it.
const FORM: &str = "reclint-compare-1";

/// How often each fault is there, and how grave it is.
type Times = HashMap<String, (u64, Severity), RandomState>;

/// What two reports come to beside each other.
#[derive(Debug, Serialize)]
struct Comparison {
    format: &'static str,
    /// What is in the new report alone, in its order.
    new: Vec<Told>,
    /// What is in the old report alone, in its order.
    fixed: Vec<Told>,
    summary: Summary,
}

#[derive(Debug, Default, Serialize)]
struct Summary {
    new: Counts,
    fixed: Counts,
    remaining: u64,
    /// Of these, how many are graver than before: somebody has said so, or the state of their records does.
    graver: u64,
    by_rule: BTreeMap<String, OfRule>,
    /// Why something may be taken for new or fixed that is not.
    incomplete: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct OfRule {
    new: u64,
    fixed: u64,
    remaining: u64,
}

/// Runs the subcommand.
pub(super) fn run(compare: &Compare) -> Result<u8, CliError> {
    let (comparison, is_whole) = comparison(compare)?;
    // Of a report that breaks off nobody knows what is new.
    let code = match (compare.fail_on_new, is_whole) {
        (Some(_), false) => FAILED,
        (Some(least), true) if comparison.summary.new.at_least(least.into()) > 0 => FOUND,
        _ => 0,
    };
    match comparison.write(compare.output_format) {
        // Whoever reads it may have seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(code),
    }
}

/// Of faults that are there several times, the first remain. Also gives whether the new report is whole.
fn comparison(compare: &Compare) -> Result<(Comparison, bool), CliError> {
    let (mut old, mut matched) = (Times::default(), Times::default());
    let (mut new, mut fixed, mut summary) = (Vec::new(), Vec::new(), Summary::default());
    let mut old_report = Twice::at(&compare.old)?;
    let old_ending =
        old_report.findings(&mut |told| old.entry(told.fingerprint).or_insert((0, told.severity)).0 += 1)?;
    let new_ending = findings(&compare.new, &mut |told| {
        let of_rule = of(&mut summary.by_rule, &told.rule);
        if let Some(before) = takes(&mut old, &told.fingerprint) {
            of_rule.remaining += 1;
            summary.remaining += 1;
            summary.graver += u64::from(told.severity > before);
            matched.entry(told.fingerprint).or_insert((0, before)).0 += 1;
        } else {
            of_rule.new += 1;
            summary.new.add(told.severity);
            new.push(told);
        }
    })?;
    if old.values().any(|(left, _)| *left > 0) {
        old_report.findings(&mut |told| {
            if takes(&mut matched, &told.fingerprint).is_none() {
                of(&mut summary.by_rule, &told.rule).fixed += 1;
                summary.fixed.add(told.severity);
                fixed.push(told);
            }
        })?;
    }
    for (ending, path) in [(&old_ending, &compare.old), (&new_ending, &compare.new)] {
        let name = format!("`{}`", path.display());
        summary.incomplete.extend(Ending::lacks(ending.as_ref(), &name));
    }
    if let (Some(old), Some(new)) = (&old_ending, &new_ending) {
        summary.incomplete.extend(old.unseen_in(new, &format!("`{}`", compare.new.display())));
    }
    Ok((Comparison { format: FORM, new, fixed, summary }, new_ending.is_some()))
}

/// One is left, and is taken: how grave it is.
fn takes(times: &mut Times, fingerprint: &str) -> Option<Severity> {
    let (left, severity) = times.get_mut(fingerprint).filter(|(left, _)| *left > 0)?;
    *left -= 1;
    Some(*severity)
}

/// What a rule comes to.
fn of<'r>(by_rule: &'r mut BTreeMap<String, OfRule>, rule: &str) -> &'r mut OfRule {
    by_rule.entry(rule.to_owned()).or_default()
}

impl Comparison {
    fn write(&self, format: CompareFormat) -> io::Result<()> {
        match format {
            CompareFormat::Pretty => {
                let mut out = for_people();
                self.text(&mut out)?;
                out.flush()
            }
            CompareFormat::Json => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                serde_json::to_writer_pretty(&mut out, self)?;
                out.write_all(b"\n")?;
                out.flush()
            }
        }
    }

    /// A line for each finding that is new or fixed, and what it comes to.
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Summary { new, fixed, remaining, graver, incomplete, .. } = &self.summary;
        for (sign, told) in [("+", &self.new), ("-", &self.fixed)] {
            for Told { rule, severity, message, path, start, .. } in told {
                let (path, rule, message) = (visible(path), visible(rule), visible(message));
                writeln!(out, "{sign} {path}:{}:{} {} {rule} {message}", start.line, start.column, severity.name())?;
            }
        }
        if !self.new.is_empty() || !self.fixed.is_empty() {
            writeln!(out)?;
        }
        let part = |count: usize, of: Counts, what: &str| {
            let severities = if count > 0 { format!(" ({})", of.text()) } else { String::new() };
            format!("{} {what}{severities}", grouped(count as u64))
        };
        let (new, fixed) = (part(self.new.len(), *new, "new"), part(self.fixed.len(), *fixed, "fixed"));
        let graver =
            if *graver > 0 { format!(", {} of them graver than before", grouped(*graver)) } else { String::new() };
        writeln!(out, "{new}, {fixed}, {} remaining{graver}.", grouped(*remaining))?;
        if !incomplete.is_empty() {
            writeln!(out, "incomplete: what is said to be new or fixed may be neither:")?;
            incomplete.iter().try_for_each(|why| writeln!(out, "  {why}."))?;
        }
        Ok(())
    }
}
