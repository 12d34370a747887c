//! Code Quality of GitLab: a list of problems, each with a fingerprint that no other in the file has.

use std::collections::HashMap;
use std::io::{self, Write};

use foldhash::fast::RandomState;
use serde::Serialize;

use super::machine::{bare, cell, gate, level, on_one_line};
use super::render::parts;
use super::{Assembler, RecordReport, Rendered, Renderer, Summary};

/// How infos, warnings and errors are called. `blocker` is left to those who know what blocks them, and between a
/// contradiction and an error there is no third.
const SEVERITIES: [&str; 3] = ["info", "minor", "critical"];
/// How many digits a fingerprint has.
const DIGITS: usize = 16;

/// Renders findings as problems.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gitlab;

/// All of a problem but its fingerprint.
#[derive(Serialize)]
struct Problem<'r> {
    description: String,
    check_name: &'r str,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
    end: u64,
}

impl Renderer for Gitlab {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            let finding = &reported.finding;
            let problem = Problem {
                // GitLab does not show `check_name`.
                description: format!("{}: {}{}", finding.rule, cell(reported), on_one_line(&finding.message)),
                check_name: &finding.rule,
                severity: level(finding.severity, SEVERITIES),
                location: Location {
                    path: bare(&finding.path),
                    lines: Lines { begin: finding.start.line, end: finding.end.line },
                },
            };
            rendered.bytes.extend_from_slice(finding.fingerprint.as_bytes());
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut rendered.bytes, &problem);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { seen: HashMap::default(), first: true })
    }
}

/// The bytes are the beginning of a report in this form.
pub(super) fn begins(head: &str) -> bool {
    head.starts_with("[\n{\"fingerprint\":\"") || head == "[]\n"
}

struct Assemble {
    /// How often each fingerprint has come: that is all that is kept of a finding, some twenty bytes.
    seen: HashMap<u64, u32, RandomState>,
    first: bool,
}

impl Assembler for Assemble {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        for (bytes, _) in parts(&rendered) {
            let Some((fingerprint, rest)) = bytes.split_at_checked(DIGITS) else { continue };
            let fingerprint = std::str::from_utf8(fingerprint).unwrap_or_default();
            let seen = self.seen.entry(u64::from_str_radix(fingerprint, 16).unwrap_or_default()).or_default();
            *seen += 1;
            // The same record may stand twice: the second has a number, in the order of the input.
            let again = if *seen > 1 { format!("-{seen}") } else { String::new() };
            let comma = if std::mem::take(&mut self.first) { "" } else { "," };
            write!(out, "{comma}\n{{\"fingerprint\":\"{fingerprint}{again}\",")?;
            out.write_all(rest.get(1..).unwrap_or_default())?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.first { b"]\n" } else { b"\n]\n" })
    }
}
