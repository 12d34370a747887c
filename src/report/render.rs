//! The two halves of an output format: what workers render, and how the writer puts it together.

use std::io::{self, Write};
use std::sync::Arc;

use crate::check::RuleId;
use crate::finding::Severity;

use super::{RecordReport, Summary, Understood};

/// How much `pretty` and `concise` say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Audience {
    /// What the author of a record can mend: errors and warnings.
    Submitter,
    /// The same, and in one line what is not given.
    #[default]
    Curator,
    /// Everything, each in its own frame.
    Auditor,
}

/// What is alike: findings of one rule that say the same, but for the values they speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FoldKind {
    pub(crate) rule: RuleId,
    /// Of the message without its values.
    pub(crate) says: u64,
}

/// A finding that may be alike to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    pub(crate) kind: FoldKind,
    /// Of its kind and its value: what has the same is the same fault.
    pub(crate) same: u64,
    /// What it says.
    pub(crate) message: Box<str>,
}

/// What a part of a rendered report depends on: what was written before.
#[derive(Debug)]
pub(crate) enum Gate {
    /// It is always written.
    Always,
    /// The beginning of a record: written before the first of its parts that is.
    Head,
    /// A finding of this rule and severity: it is written unless there were too many like it.
    Of(RuleId, Severity),
    /// One of several of its kind: the first few of a kind are written, the others counted.
    Fold { alike: Vec<Alike>, example: Box<str> },
}

/// What a worker has rendered of a chunk, for one output.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) bytes: Vec<u8>,
    /// Each part's end, and what it depends on.
    pub(crate) parts: Vec<(usize, Gate)>,
    /// The path that was named last, where paths are not named with each finding.
    pub(crate) path: Option<Arc<str>>,
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

    /// It tells of every record, also of those in which nothing is found.
    fn wants_records(&self) -> bool {
        false
    }

    /// Renders a record as it was understood; what was found in it comes next.
    fn understood(&self, _record: &Understood<'_>, _rendered: &mut Rendered) {}

    /// It draws frames, and so needs what stands under the places.
    fn draws_frames(&self) -> bool {
        false
    }

    /// The format's other half, which puts the parts together.
    fn assembler(&self) -> Box<dyn Assembler>;
}

/// One output format, as the writer sees it.
pub(crate) trait Assembler: Send {
    /// Writes what comes before everything.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes the next chunk's parts.
    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()>;

    /// Hears of a file that could not be read, or not to its end; before the report is finished.
    fn unread(&mut self, _file: &UnreadFile) {}

    /// Writes what comes after everything.
    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;

    /// What the finished report lacks of what was found, to be said on standard error, too.
    fn lacks(&self) -> Option<String> {
        None
    }
}

/// A file that could not be read, or not to its end.
#[derive(Clone, Debug)]
pub(crate) struct UnreadFile {
    /// Its path as shown.
    pub(crate) path: String,
    pub(crate) reason: String,
    /// The run fails for it.
    pub(crate) fails: bool,
}

/// Each part with what it depends on.
pub(super) fn parts(rendered: &Rendered) -> impl Iterator<Item = (&[u8], &Gate)> {
    let mut start = 0;
    rendered.parts.iter().map(move |(end, gate)| {
        let bytes = &rendered.bytes[start..*end];
        start = *end;
        (bytes, gate)
    })
}

/// The parts that are findings, each with its rule and severity.
pub(super) fn findings(rendered: &Rendered) -> impl Iterator<Item = (&[u8], RuleId, Severity)> {
    parts(rendered).filter_map(|(bytes, gate)| match gate {
        Gate::Of(rule, severity) => Some((bytes, *rule, *severity)),
        _ => None,
    })
}
