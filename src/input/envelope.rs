//! The text round a list of records: it is gathered, and read for its syntax as a chunk of its own.

use crate::document::Prefix;

use super::chunk::{Base, Chunk, character, kept_of};
use super::piece::{Content, Piece};
use super::skip::Skip;
use super::values::{KEPT_OF_TOO_LARGE, State, Step, ValueCutter};

/// The text round a list: what comes before it with its opening bracket, then its closing bracket and what follows.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) text: Vec<u8>,
    /// Where the text's beginning stands in the file.
    pub(super) base: Base,
    /// How many brackets are open round the list.
    pub(super) open: u64,
    /// Where the part behind the list begins in the text, and where that stands in the file.
    pub(super) tail: Option<(usize, Base)>,
    /// There is more of it than of any record: it is not read.
    pub(super) too_large: bool,
}

impl Envelope {
    /// Makes the text round the list a chunk of its own.
    pub(super) fn into_chunk(self) -> Chunk<'static> {
        let Envelope { mut text, base, mut tail, too_large, .. } = self;
        let mut piece = Piece {
            range: 0..text.len(),
            index: 0,
            row: None,
            prefix: Prefix::Root,
            content: Content::Frame,
            syntax: crate::syntax::Syntax::Json,
        };
        if too_large {
            text.truncate(kept_of(&text, 0, KEPT_OF_TOO_LARGE));
            tail = tail.filter(|(start, _)| *start < text.len());
            piece.range = 0..character(&text);
            piece.content = Content::FrameTooLarge;
        }
        let tail = tail.map(|(start, base)| base.segment(start));
        let segments = std::iter::once(base.segment(0)).chain(tail).collect();
        Chunk { text: text.into(), segments, pieces: vec![piece] }
    }
}

impl ValueCutter {
    /// Gathers what stands behind the list in its envelope.
    pub(super) fn tail(&mut self, mut skip: Skip, mut envelope: Envelope) -> Step {
        let rest = &self.buffer[self.at..];
        let end = skip.run(rest);
        let taken = end.unwrap_or(rest.len());
        envelope.too_large |= envelope.text.len() + taken > self.limits.record;
        if !envelope.too_large {
            envelope.text.extend_from_slice(&rest[..taken]);
        }
        self.at += taken;
        if end.is_some() {
            self.frame = Some(envelope.into_chunk());
            self.state = State::Top { values: 1 };
            // Before what follows: the frame stands in the order of the text, and no chunk begins inside a character.
            return Step::Emit;
        }
        self.state = State::Tail(skip, envelope);
        Step::NeedsMore
    }
}
