//! One line a finding: `path:line:column severity rule message`. What is the same in many records is said as one at the end.

use std::io::{self, Write};
use std::sync::Arc;

use crate::finding::Severity;
use crate::policy::Reported;

use super::alike::{Counts, alike};
use super::machine::on_one_line;
use super::render::parts;
use super::{Assembler, Audience, Gate, RecordReport, Rendered, Renderer, Summary};

/// Renders findings as lines.
#[derive(Clone, Debug)]
pub(crate) struct Concise {
    pub(crate) audience: Audience,
    pub(crate) rule_names: Arc<[Arc<str>]>,
    /// Each finding stands alone: there is a limit for the findings of a rule.
    pub(crate) apart: bool,
}

impl Concise {
    /// It is said in one line with what else is not given.
    fn folds(&self, reported: &Reported) -> bool {
        let is_info = reported.is_missing && reported.finding.severity == Severity::Info;
        self.audience == Audience::Curator && is_info && !self.apart
    }

    /// Ends the line of these findings, the first of which names the place.
    fn end(&self, of: &[&Reported], example: &str, rendered: &mut Rendered) {
        let gate = match self.audience {
            Audience::Auditor if self.apart => Gate::Of(of[0].rule, of[0].finding.severity),
            Audience::Auditor => Gate::Always,
            _ => Gate::Fold { alike: of.iter().map(|reported| alike(reported)).collect(), example: example.into() },
        };
        rendered.end(gate);
    }
}

impl Renderer for Concise {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let line = |reported: &Reported, rules: &str, message: &str, rendered: &mut Rendered| {
            let finding = &reported.finding;
            let severity = finding.severity.name();
            let _ = writeln!(
                rendered.bytes,
                "{}{} {severity} {rules} {}",
                reported.location(),
                if reported.in_table { ":" } else { "" },
                on_one_line(message)
            );
        };
        let example = report.location();
        if self.audience != Audience::Auditor {
            rendered.end(Gate::Head);
        }
        let folded: Vec<_> = report.reported.iter().filter(|reported| self.folds(reported)).collect();
        for reported in &report.reported {
            let finding = &reported.finding;
            let hidden = self.audience == Audience::Submitter && finding.severity == Severity::Info;
            if !hidden && (folded.len() < 2 || !self.folds(reported)) {
                line(reported, &finding.rule, &finding.message, rendered);
                self.end(&[reported], &example, rendered);
            }
        }
        if let [first, _, ..] = folded.as_slice() {
            let rules: Vec<_> = folded.iter().map(|reported| &*reported.finding.rule).collect();
            let labels: Vec<_> = folded.iter().filter_map(|reported| reported.field_label.as_deref()).collect();
            line(first, &rules.join(","), &format!("not given: {}", labels.join(", ")), rendered);
            self.end(&folded, &example, rendered);
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        let names = Arc::clone(&self.rule_names);
        Box::new(Assemble { names, counts: Counts::default(), record: 0, lines: false })
    }
}

struct Assemble {
    names: Arc<[Arc<str>]>,
    counts: Counts,
    /// The number of the record, from 1.
    record: u64,
    /// Some line was written.
    lines: bool,
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        for (bytes, gate) in parts(&rendered) {
            let shown = match gate {
                Gate::Head => {
                    self.record += 1;
                    true
                }
                Gate::Always | Gate::Of(..) => true,
                Gate::Fold { alike, example } => {
                    let shown = alike.iter().any(|alike| self.counts.is_new(alike, self.record));
                    for one in alike {
                        self.counts.note(one, self.record, example, shown);
                    }
                    shown
                }
            };
            if shown {
                self.lines |= !bytes.is_empty();
                out.write_all(bytes)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = self.counts.text(&self.names, summary);
        if self.lines && !text.is_empty() {
            out.write_all(b"\n")?;
        }
        out.write_all(text.as_bytes())?;
        out.write_all(summary.text().as_bytes())?;
        out.write_all(summary.cut_text().as_bytes())?;
        out.write_all(summary.score_text().as_bytes())
    }
}
