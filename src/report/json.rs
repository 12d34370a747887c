//! Findings as data: one JSON object, or one finding a line. `schemas/report.schema.json` states the form.

use std::io::{self, Write};

use serde::Serialize;

use super::finding::FindingWriter;
use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary};

/// The name of the form; members are only ever added within it.
pub(crate) const FORM: &str = "reclint-json-1";

/// One object, or lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `{"format": ..., "as_of": ..., "findings": [...], "summary": {...}}`.
    Object,
    /// One finding a line, then one `{"summary": ..., "as_of": ...}`.
    Lines,
}

/// Renders findings as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Json {
    pub(crate) shape: Shape,
    /// The date by which the records were judged.
    pub(crate) as_of: String,
    /// There is a limit for the findings of a rule, so that each is a part of its own.
    pub(crate) apart: bool,
}

impl Renderer for Json {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let Rendered { bytes, parts, .. } = rendered;
        let mut writer = FindingWriter::new(bytes);
        for reported in &report.reported {
            if self.shape == Shape::Object {
                writer.raw(b",\n    ");
            }
            writer.write(&reported.finding);
            if self.shape == Shape::Lines {
                writer.raw(b"\n");
            }
            if self.apart {
                parts.push((writer.written(), Gate::Of(reported.rule, reported.finding.severity)));
            }
        }
        if !self.apart {
            rendered.end(Gate::Always);
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { json: self.clone(), first: true })
    }
}

/// The bytes are the beginning of a report as data.
pub(super) fn begins(head: &str) -> bool {
    let is_finding = head.starts_with(r#"{"rule":""#) && head.contains(r#"","category":""#);
    let is_object = head.strip_prefix("{\n  \"format\": \"").is_some_and(|rest| rest.starts_with(FORM));
    is_finding || is_object || head.starts_with(r#"{"summary":{"files":"#)
}

struct Assemble {
    json: Json,
    first: bool,
}

#[derive(Serialize)]
struct LastLine<'a> {
    summary: &'a Summary,
    as_of: &'a str,
}

impl Assembler for Assemble {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.json.shape {
            Shape::Object => {
                write!(out, "{{\n  \"format\": \"{FORM}\",\n  \"as_of\": \"{}\",\n  \"findings\": [", self.json.as_of)
            }
            Shape::Lines => Ok(()),
        }
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        let comma = usize::from(self.json.shape == Shape::Object && self.first && !rendered.bytes.is_empty());
        self.first &= rendered.bytes.is_empty();
        out.write_all(&rendered.bytes[comma..])
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        match self.json.shape {
            Shape::Object => {
                let end = if self.first { "" } else { "\n  " };
                write!(out, "{end}],\n  \"summary\": ")?;
                serde_json::to_writer(&mut *out, summary)?;
                out.write_all(b"\n}\n")
            }
            Shape::Lines => {
                serde_json::to_writer(&mut *out, &LastLine { summary, as_of: &self.json.as_of })?;
                out.write_all(b"\n")
            }
        }
    }
}
