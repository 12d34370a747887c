//! Workflow commands of GitHub Actions: each becomes an annotation at its line. GitHub shows ten errors, ten warnings and
//! ten notices of a step, so that no more are written, and it is said how many there are.

use std::io::{self, Write};

use crate::finding::Severity;
use crate::policy::Reported;

use super::foremost::{Foremost, Room};
use super::machine::{bare, cell, closing, counts, gate, level, said};
use super::render::{UnreadFile, findings};
use super::{Assembler, Counts, RecordReport, Rendered, Renderer, Summary};

/// How many annotations of a severity GitHub shows of a step.
const SHOWN: usize = 10;
/// What GitHub calls infos, warnings and errors.
const COMMANDS: [&str; 3] = ["notice", "warning", "error"];

/// Renders findings as annotations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Github {
    /// A report for people stands before it, so that it needs no summary.
    pub(crate) beside: bool,
}

/// A text as the message of a command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

fn command(reported: &Reported, out: &mut Vec<u8>) {
    let finding = &reported.finding;
    let (start, end) = (finding.start, finding.end);
    let file = property(bare(&finding.path));
    let _ = write!(out, "::{} file={file},line={}", level(finding.severity, COMMANDS), start.line);
    // GitHub takes columns only within a line; those of a table are cells.
    if reported.in_table || start.line != end.line {
        let _ = write!(out, ",endLine={}", end.line);
    } else {
        let _ = write!(out, ",endLine={},col={},endColumn={}", end.line, start.column, end.column);
    }
    let _ = writeln!(out, ",title={}::{}", property(&finding.rule), message(&(cell(reported) + &said(finding))));
}

impl Renderer for Github {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            command(reported, &mut rendered.bytes);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble {
            beside: self.beside,
            shown: Foremost::new(Room::Each(SHOWN)),
            unread: Vec::new(),
            left: Counts::default(),
        })
    }
}

struct Assemble {
    beside: bool,
    shown: Foremost<Box<[u8]>>,
    /// Commands for files that could not be read: they come before all findings.
    unread: Vec<Box<[u8]>>,
    /// The findings without an annotation, when that is known.
    left: Counts,
}

impl Assemble {
    /// The errors: what could not be read is one.
    fn errors(&self) -> impl Iterator<Item = &Box<[u8]>> {
        self.unread.iter().chain(self.shown.of(Severity::Error)).take(SHOWN)
    }

    /// How many findings of a run have no annotation.
    fn left_out(&self, all: Counts) -> Counts {
        let shown = |severity| self.shown.of(severity).len() as u64;
        let errors = (self.errors().count() - self.unread.len()) as u64;
        all.less(Counts { error: errors, warning: shown(Severity::Warning), info: shown(Severity::Info) })
    }
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        for (bytes, _, severity) in findings(&rendered) {
            self.shown.add(severity, || bytes.into());
        }
        Ok(())
    }

    fn unread(&mut self, file: &UnreadFile) {
        if file.fails && self.unread.len() < SHOWN {
            let (path, reason) = (property(bare(&file.path)), message(&file.reason));
            self.unread
                .push(format!("::error file={path},title=reclint::cannot be read: {reason}\n").into_bytes().into());
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let others = [Severity::Warning, Severity::Info].into_iter().flat_map(|severity| self.shown.of(severity));
        for command in self.errors().chain(others) {
            out.write_all(command)?;
        }
        self.left = self.left_out(summary.findings);
        match self.lacks() {
            lacks if !self.beside => closing(summary, lacks.as_deref(), out),
            Some(lacks) => writeln!(out, "{lacks}"),
            None => Ok(()),
        }
    }

    fn lacks(&self) -> Option<String> {
        (self.left != Counts::default()).then(|| {
            let left = counts(self.left);
            format!(
                "not annotated: {left}. GitHub shows {SHOWN} errors, {SHOWN} warnings and {SHOWN} notices of a step."
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{message, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(message("100%0A\r\n::error::x"), "100%250A%0D%0A::error::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
