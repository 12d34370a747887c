//! The worklist as a spreadsheet: an overview, one finding a row, one record a row.
//!
//! Workers pack rows, and the writer's half puts them into the book as they come: the sheet of findings is written through
//! a temporary file, so that its length costs no memory. Of each record a few words are kept until the end, because
//! something may still be found in it in the company of others.

mod book;
mod overview;
mod records;
mod sheet;

use std::io::{self, Write};
use std::sync::Arc;

use crate::finding::Severity;

use super::rows::{cells, pack, unpack};
use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary, Words};

use book::Book;

/// A row of the records.
const RECORD: u8 = b'R';

/// What a rule says, in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct RuleLine {
    pub(crate) name: Arc<str>,
    pub(crate) summary: Box<str>,
}

/// Renders findings for a spreadsheet.
#[derive(Clone, Debug)]
pub(crate) struct Xlsx {
    pub(crate) words: Arc<Words>,
    /// The date by which the records were judged: that of the document, too.
    pub(crate) as_of: String,
    pub(crate) rules: Arc<[RuleLine]>,
    /// There is a limit for the findings of a rule, so that each is a part of its own.
    pub(crate) apart: bool,
}

impl Renderer for Xlsx {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        if report.name.is_some() {
            self.record_row(report, &mut rendered.bytes);
            rendered.end(Gate::Always);
        }
        for reported in &report.reported {
            let kind = mark(reported.finding.severity);
            pack(kind, cells(reported, &self.words).iter().map(AsRef::as_ref), &mut rendered.bytes);
            rendered.end(if self.apart { Gate::Of(reported.rule) } else { Gate::Always });
        }
    }

    fn wants_every_record(&self) -> bool {
        true
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { xlsx: self.clone(), book: None })
    }
}

impl Xlsx {
    fn record_row(&self, report: &RecordReport<'_>, bytes: &mut Vec<u8>) {
        let start = report.source.position(report.range.start);
        let path = &report.source.segment(report.range.start).path;
        let states: Vec<_> = report.states.iter().map(|state| self.words.say(&state.word)).collect();
        let count = |severity| report.reported.iter().filter(|one| one.finding.severity == severity).count();
        let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| count(severity).to_string());
        let name = report.name.as_deref();
        let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let texts = [
            path.to_string(),
            start.byte.to_string(),
            start.line.to_string(),
            optional(name.and_then(|name| name.title.as_deref())),
            optional(name.and_then(|name| name.id.as_deref())),
            optional(name.and_then(|name| name.url.as_deref())),
            optional(name.and_then(|name| name.group.as_deref())),
            states.join(" · "),
            u8::from(report.is_in_ready_state()).to_string(),
        ];
        pack(RECORD, texts.iter().chain(&counts).map(String::as_str), bytes);
    }
}

/// The kind of a finding's row.
fn mark(severity: Severity) -> u8 {
    match severity {
        Severity::Error => b'e',
        Severity::Warning => b'w',
        Severity::Info => b'i',
    }
}

/// The severity that a kind of row stands for.
fn severity(mark: u8) -> Severity {
    match mark {
        b'e' => Severity::Error,
        b'w' => Severity::Warning,
        _ => Severity::Info,
    }
}

struct Assemble {
    xlsx: Xlsx,
    book: Option<Book>,
}

impl Assembler for Assemble {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        self.book = Some(Book::new(&self.xlsx).map_err(io::Error::other)?);
        Ok(())
    }

    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        let Some(book) = &mut self.book else { return Ok(()) };
        for (kind, cells) in unpack(&rendered.bytes) {
            match kind {
                RECORD => book.records.add(&cells),
                kind => book.finding(severity(kind), &cells).map_err(io::Error::other)?,
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let Some(book) = self.book.take() else { return Ok(()) };
        out.write_all(&book.bytes(summary).map_err(io::Error::other)?)
    }
}
