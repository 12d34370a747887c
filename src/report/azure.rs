//! Logging commands of Azure Pipelines: errors and warnings become issues of the run. There is no lesser kind, so that
//! infos are counted, and not written.

use std::io::{self, Write};

use crate::finding::Severity;

use super::machine::{bare, cell, closing, gate, level, on_one_line};
use super::render::UnreadFile;
use super::{Assembler, RecordReport, Rendered, Renderer, Summary, quantity};

/// Renders findings as issues.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Azure;

/// A text as the message of a command.
fn message(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    message(text).replace(';', "%3B").replace(']', "%5D")
}

impl Renderer for Azure {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in report.reported.iter().filter(|reported| reported.finding.severity > Severity::Info) {
            let finding = &reported.finding;
            let (path, line) = (property(bare(&finding.path)), finding.start.line);
            let kind = level(finding.severity, ["", "warning", "error"]);
            let column =
                if reported.in_table { String::new() } else { format!(";columnnumber={}", finding.start.column) };
            let _ = writeln!(
                rendered.bytes,
                "##vso[task.logissue type={kind};sourcepath={path};linenumber={line}{column};code={}]{}",
                property(&finding.rule),
                message(&(cell(reported) + &on_one_line(&finding.message))),
            );
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { infos: 0, unread: Vec::new() })
    }
}

struct Assemble {
    infos: u64,
    /// Issues for files that could not be read.
    unread: Vec<String>,
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&rendered.bytes)
    }

    fn unread(&mut self, file: &UnreadFile) {
        let kind = if file.fails { "error" } else { "warning" };
        let (path, reason) = (property(bare(&file.path)), message(&on_one_line(&file.reason)));
        self.unread.push(format!("##vso[task.logissue type={kind};sourcepath={path}]cannot be read: {reason}\n"));
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.infos = summary.findings.info;
        out.write_all(self.unread.concat().as_bytes())?;
        closing(summary, self.lacks().as_deref(), out)
    }

    fn lacks(&self) -> Option<String> {
        let infos = quantity(self.infos, Severity::Info);
        (self.infos > 0)
            .then(|| format!("not among the issues: {infos}. Azure Pipelines has errors and warnings only."))
    }
}

#[cfg(test)]
mod tests {
    use super::{message, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(message("100%0A]\n##vso[task.complete]"), "100%AZP250A]%0A##vso[task.complete]");
        assert_eq!(property("a;b]c"), "a%3Bb%5Dc");
    }
}
