//! One line a finding: `path:line:column severity rule message`.

use std::io::{self, Write};

use crate::finding::{Finding, Severity};
use crate::value::visible;

use super::{Assembler, Audience, Gate, RecordReport, Rendered, Renderer, Summary};

/// Renders findings as lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Concise {
    pub(crate) audience: Audience,
}

impl Renderer for Concise {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let mut line = |finding: &Finding, rules: &str, message: &str| {
            let (start, severity) = (finding.start, finding.severity.name());
            let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(
                rendered.bytes,
                "{}:{}:{} {severity} {rules} {}",
                visible(&finding.path),
                start.line,
                start.column,
                visible(&message)
            );
        };
        let folds = |reported: &crate::policy::Reported| {
            self.audience == Audience::Curator && reported.is_missing && reported.finding.severity == Severity::Info
        };
        let folded: Vec<_> = report.reported.iter().filter(|reported| folds(reported)).collect();
        for reported in &report.reported {
            let finding = &reported.finding;
            let hidden = self.audience == Audience::Submitter && finding.severity == Severity::Info;
            if !hidden && (folded.len() < 2 || !folds(reported)) {
                line(finding, &finding.rule, &finding.message);
            }
        }
        if let [first, _, ..] = folded.as_slice() {
            let rules: Vec<_> = folded.iter().map(|reported| &*reported.finding.rule).collect();
            let labels: Vec<_> = folded.iter().filter_map(|reported| reported.field_label.as_deref()).collect();
            line(&first.finding, &rules.join(","), &format!("not given: {}", labels.join(", ")));
        }
        rendered.end(Gate::Always);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble)
    }
}

struct Assemble;

impl Assembler for Assemble {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn add(&mut self, rendered: &Rendered, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&rendered.bytes)
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(summary.text().as_bytes())
    }
}
