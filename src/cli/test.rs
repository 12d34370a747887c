//! `reclint test`: runs the examples of rules.

use std::io::{self, Write};
use std::path::Path;

use crate::linter::{Examples, Linter, Tried};
use crate::paths::has_extension;
use crate::rule::{Catalogue, Selection};

use super::FOUND;
use super::args::Test;
use super::error::CliError;
use super::ground::Ground;

/// Runs the subcommand; gives the exit code.
pub(super) fn run(test: &Test) -> Result<u8, CliError> {
    let mut ground = Ground::read(&test.ground)?;
    let (mut paths, mut words) = (Vec::new(), Vec::new());
    for named in &test.named {
        if Path::new(named).exists() || has_extension(named, "md") || named.contains('/') {
            paths.extend(ground.add_rules(named).map_err(|why| CliError::said(why).help("look at the path"))?);
        } else {
            words.push(named.as_str());
        }
    }
    let catalogue = ground.catalogue()?;
    let rules = wanted(&catalogue, &paths, &words)?;
    if rules.is_empty() {
        return Err(CliError::said("there are no rules of your own to be tested")
            .help("name their files or folders, or set `rules` in reclint.toml"));
    }
    let mut examples = Examples::new(|profile| {
        let catalogue = ground.catalogue_in(profile.or(ground.profile.as_deref()))?;
        Ok(Linter::new(catalogue, &Selection::default(), Vec::new(), None))
    });
    let tried = rules.iter().map(|rule| examples.of_rule(rule)).collect::<Result<Vec<_>, _>>()?;
    write(&tried, &mut io::stdout().lock())?;
    Ok(if tried.iter().all(|tried| tried.mistakes.is_empty()) { 0 } else { FOUND })
}

/// The names of the rules that are to be tested: those in the files, and those that the words stand for; of neither all
/// of the user's own.
fn wanted(catalogue: &Catalogue, paths: &[String], words: &[&str]) -> Result<Vec<String>, CliError> {
    let mut selectors = Vec::new();
    for word in words {
        let selector = catalogue.selector(word).map_err(|(_, help)| {
            let said = CliError::said(format!("there is neither a file nor a rule `{word}`"));
            help.into_iter().fold(said, CliError::help)
        });
        selectors.push(selector?);
    }
    let all = paths.is_empty() && words.is_empty();
    let rules = catalogue.rules().filter(|(id, rule)| {
        let of_file = paths.iter().any(|path| **path == *rule.path);
        (all && rule.is_own) || of_file || selectors.iter().any(|selector| selector.takes(*id, catalogue))
    });
    Ok(rules.map(|(_, rule)| rule.name.to_string()).collect())
}

/// A line a rule, and under it what is not as its examples say.
fn write(tried: &[Tried], out: &mut impl Write) -> io::Result<()> {
    let width = tried.iter().map(|tried| tried.rule.len()).max().unwrap_or(0);
    let (mut examples, mut failed) = (0, 0);
    for Tried { rule, examples: number, mistakes } in tried {
        let verdict = if mistakes.is_empty() { "ok" } else { "FAILED" };
        let number_of = match number {
            0 if mistakes.is_empty() => "no examples".to_owned(),
            1 => "1 example".to_owned(),
            number => format!("{number} examples"),
        };
        writeln!(out, "{verdict:6}  {rule:width$}  {number_of}")?;
        for mistake in mistakes {
            writeln!(out, "        {mistake}")?;
        }
        examples += number;
        failed += usize::from(!mistakes.is_empty());
    }
    let rules = tried.len();
    let of_all = format!("{rules} rule{}, {examples} examples", if rules == 1 { "" } else { "s" });
    if failed == 0 {
        writeln!(out, "\n{of_all}: all is found as they say.")?;
    } else {
        writeln!(out, "\n{of_all}: {failed} rule{} failed.", if failed == 1 { "" } else { "s" })?;
    }
    out.flush()
}
