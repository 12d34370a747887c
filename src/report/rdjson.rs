//! rdjson, the form of reviewdog, which writes findings into the review of a change.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::document::Source;
use crate::policy::Reported;

use super::machine::{bare, cell, edit, gate, level, said};
use super::{Assembler, RecordReport, Rendered, Renderer, Summary};

/// How infos, warnings and errors are called.
const SEVERITIES: [&str; 3] = ["INFO", "WARNING", "ERROR"];

/// Renders findings as diagnostics.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rdjson;

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Location<'r>,
    severity: &'static str,
    code: Code<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Value>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    range: Value,
}

#[derive(Serialize)]
struct Code<'r> {
    value: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'r str>,
}

/// The finding's stretch. Columns are counted in bytes here; where the text begins within a line, it is not known how many
/// come before it, and whole lines are named.
fn range(reported: &Reported, source: &Source<'_>) -> Value {
    let (start, end) = (reported.finding.start, reported.finding.end);
    let columns = source.byte_column(reported.span.start).zip(source.byte_column(reported.span.end));
    match columns.filter(|_| !reported.in_table) {
        Some((from, to)) => json!({
            "start": { "line": start.line, "column": from },
            "end": { "line": end.line, "column": to },
        }),
        None => json!({ "start": { "line": start.line }, "end": { "line": end.line } }),
    }
}

impl Renderer for Rdjson {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            let finding = &reported.finding;
            let range = range(reported, report.source);
            let exact = range["start"]["column"].is_u64();
            let edit = edit(reported, report.source).filter(|_| exact);
            let diagnostic = Diagnostic {
                message: cell(reported) + &said(finding),
                suggestions: edit.iter().map(|text| json!({ "range": range, "text": text })).collect(),
                location: Location { path: bare(&finding.path), range },
                severity: level(finding.severity, SEVERITIES),
                code: Code { value: &finding.rule, url: finding.url.as_deref() },
            };
            rendered.bytes.extend_from_slice(b",\n");
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut rendered.bytes, &diagnostic);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { first: true })
    }
}

const HEAD: &str = "{\"source\":{\"name\":\"reclint\"},\n\"diagnostics\":[";

/// The bytes are the beginning of a report in this form.
pub(super) fn begins(head: &str) -> bool {
    head.starts_with(HEAD)
}

struct Assemble {
    first: bool,
}

impl Assembler for Assemble {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        let comma = usize::from(std::mem::take(&mut self.first));
        out.write_all(rendered.bytes.get(comma..).unwrap_or_default())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"]}\n")
    }
}
