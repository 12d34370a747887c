//! Reports: one file an output format. Workers render what they find, the writer puts it in order.

mod concise;
mod frame;
mod json;
mod pretty;
mod summary;

use std::io::{self, Write};

use crate::check::RuleId;
use crate::document::Source;
use crate::finding::{RecordName, Severity};
use crate::policy::Reported;
use crate::rule::Catalogue;

pub(crate) use concise::Concise;
pub(crate) use frame::{Look, misfit_frame, plain_error};
pub(crate) use json::{Json, Shape};
pub(crate) use pretty::Pretty;
pub use summary::{Counts, NotJudged, PassedOver, Summary};

/// What was found in one record, or round it.
pub(crate) struct RecordReport<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) name: Option<RecordName>,
    /// Why the record is not ready: "in review", "superseded".
    pub(crate) states: Vec<&'a str>,
    /// What was found, in the order of the text; never nothing.
    pub(crate) reported: Vec<Reported>,
    /// The bytes of the record in the text: frames show nothing beyond.
    pub(crate) range: std::ops::Range<usize>,
}

impl RecordReport<'_> {
    /// The highest severity of what was found.
    pub(crate) fn worst(&self) -> Option<Severity> {
        self.reported.iter().map(|reported| reported.finding.severity).max()
    }

    /// The one finding, if it is of a rule that is found once in a file.
    pub(crate) fn is_once(&self, catalogue: &Catalogue) -> Option<(RuleId, Severity)> {
        let [only] = self.reported.as_slice() else { return None };
        catalogue.rule(only.rule).once.then_some((only.rule, only.finding.severity))
    }

    /// Where the record begins, as a line of a report names it: `records.ndjson:57`.
    pub(crate) fn location(&self) -> String {
        let position = self.source.position(self.range.start);
        format!("{}:{}", self.source.segment(self.range.start).path, position.line)
    }
}

/// How much `pretty` and `concise` say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// What the author of a record can mend: errors and warnings.
    Submitter,
    /// The same, and in one line what is not given.
    #[default]
    Curator,
    /// Everything, each in its own frame.
    Auditor,
}

/// What a part of a rendered report depends on: what was written before.
#[derive(Debug)]
pub(crate) enum Gate {
    /// It is always written.
    Always,
    /// The beginning of a record: written before the first of its parts that is.
    Head,
    /// One of several of its kind: the first few of a rule are written, the others counted.
    Fold { rules: Vec<RuleId>, example: Box<str> },
}

/// What a worker has rendered of a chunk, for one output.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) bytes: Vec<u8>,
    /// Each part's end, and what it depends on.
    pub(crate) parts: Vec<(usize, Gate)>,
}

impl Rendered {
    /// Ends a part.
    pub(crate) fn end(&mut self, gate: Gate) {
        // Parts that are always written need not be told apart.
        if let (Gate::Always, Some((end, Gate::Always))) = (&gate, self.parts.last_mut()) {
            *end = self.bytes.len();
        } else {
            self.parts.push((self.bytes.len(), gate));
        }
    }
}

/// One output format, as the workers see it.
pub(crate) trait Renderer: Send + Sync {
    /// Renders what was found in one record.
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered);

    /// The format's other half, which puts the parts together.
    fn assembler(&self) -> Box<dyn Assembler>;
}

/// One output format, as the writer sees it.
pub(crate) trait Assembler: Send {
    /// Writes what comes before everything.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the next chunk's parts.
    fn add(&mut self, rendered: &Rendered, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what comes after everything.
    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

/// "1 error", "3 errors"; `info` has no plural.
pub(crate) fn quantity(count: u64, severity: Severity) -> String {
    let plural = if count == 1 || severity == Severity::Info { "" } else { "s" };
    format!("{} {}{plural}", grouped(count), severity.name())
}

/// "1 record", "2,000 records".
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
