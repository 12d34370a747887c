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

use crate::check::{State, Verdict};
use crate::document::Source;
use crate::finding::{RecordName, Severity};

use super::rows::{cells, pack, unpack};
use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary, Understood, Words};

use book::Book;

/// A row of the records.
const RECORD: u8 = b'R';
/// The state of a record does not stand in its way.
const READY: &str = "ready";

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
    /// The states of the catalogue.
    pub(crate) states: Arc<[Arc<State>]>,
    /// There is a limit for the findings of a rule, so that each is a part of its own.
    pub(crate) apart: bool,
}

impl Renderer for Xlsx {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        if let Some(name) = report.name.as_deref() {
            let states = report.states.iter().map(|state| &**state);
            let counts = Severity::ALL
                .map(|severity| report.reported.iter().filter(|one| one.finding.severity == severity).count());
            self.record_row((report.source, report.range.start, name), states, counts, rendered);
        }
        for reported in &report.reported {
            let kind = mark(reported.finding.severity);
            pack(kind, cells(reported, &self.words).iter().map(AsRef::as_ref), &mut rendered.bytes);
            rendered.end(if self.apart { Gate::Of(reported.rule, severity(kind)) } else { Gate::Always });
        }
    }

    fn wants_records(&self) -> bool {
        true
    }

    fn understood(&self, record: &Understood<'_>, rendered: &mut Rendered) {
        let states = record.states.iter().filter_map(|number| self.states.get(*number)?.verdict.as_ref());
        let start = record.record.root.span().start;
        self.record_row((record.source, start, &record.name), states, [0; 3], rendered);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { xlsx: self.clone(), book: None })
    }
}

impl Xlsx {
    /// A record, and how many infos, warnings and errors are added to it.
    fn record_row<'s>(
        &self,
        (source, start, name): (&Source<'_>, usize, &RecordName),
        states: impl Iterator<Item = &'s Verdict>,
        counts: [usize; 3],
        rendered: &mut Rendered,
    ) {
        let mut ready = true;
        let words = states.map(|state| {
            ready &= state.ready;
            self.words.say(&state.word)
        });
        let words = words.collect::<Vec<_>>().join(" · ");
        let position = source.position(start);
        let numbers = [position.byte, position.line].map(|number| number.to_string());
        let counts = counts.map(|count| count.to_string());
        let texts = [
            &*source.segment(start).path,
            &numbers[0],
            &numbers[1],
            name.title.as_deref().unwrap_or_default(),
            name.id.as_deref().unwrap_or_default(),
            name.url.as_deref().unwrap_or_default(),
            name.group.as_deref().unwrap_or_default(),
            &words,
            if ready { READY } else { "" },
        ];
        pack(RECORD, texts.into_iter().chain(counts.iter().map(String::as_str)), &mut rendered.bytes);
        rendered.end(Gate::Always);
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

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use super::book::RECORD_COLUMNS;
    use crate::embedded::Files;
    use crate::finding::Severity;
    use crate::format::Formats;
    use crate::report::rows::COLUMNS;
    use crate::report::{NIHIL_OBSTAT, NOT_READY, TO_LOOK_AT};
    use crate::rule::{Catalogue, Own};

    /// Words of the overview, and those beside its heads.
    const OTHERS: [&str; 20] = [
        "Worklist",
        "Overview",
        "Findings",
        "Records",
        "as of",
        "files",
        "records",
        "findings",
        "By verdict",
        "verdict",
        "By severity",
        "By rule",
        "what it says",
        "By collection",
        "By file",
        "no collection",
        "Notes",
        "yes",
        "no",
        "errors",
    ];

    #[test]
    fn every_language_has_each_word_and_each_field() {
        let files = Files::built_in();
        let formats = Formats::read(&files).expect("the formats read");
        let catalogue = Catalogue::read(&files, formats, &Own::none()).expect("the rules read");
        let formats = &catalogue.formats;
        assert!(Formats::languages(&files).contains(&"de"));
        for name in Formats::languages(&files).into_iter().filter(|name| *name != "en") {
            let language = formats.language(&files, name).expect("it reads").expect("it is there");
            let states = catalogue.states.iter().filter_map(|state| state.verdict.as_ref()).map(|state| &*state.word);
            let severities = Severity::ALL.map(Severity::name);
            let heads = COLUMNS.into_iter().chain(RECORD_COLUMNS.map(|(head, _)| head)).chain(OTHERS);
            for word in heads.chain(states).chain(severities).chain([NOT_READY, TO_LOOK_AT, NIHIL_OBSTAT]) {
                assert!(language.words.knows(word), "{name} lacks `{word}`");
            }
            for (field, own) in formats.fields.iter() {
                let is_labelled = language.labels.iter().any(|label| label.format.is_none() && label.field == field);
                assert!(is_labelled, "{name} lacks a label for `{}`", own.name);
            }
        }
    }
}
