//! A file that is one value, in a syntax that cannot be cut: read whole, up to the limit of a record.

use std::io::{self, Read};

use crate::document::{Prefix, Segment};
use crate::syntax::Syntax;

use super::Limits;
use super::chunk::{Base, Chunk, character, kept_of};
use super::encoding::Encoding;
use super::piece::{Content, Piece};
use super::reader::Reader;

/// How much of a value that is too large is kept for its frame, in bytes.
const KEPT_OF_TOO_LARGE: usize = 400;

/// Reads a file whole.
pub(super) struct WholeCutter {
    limits: Limits,
    base: Base,
    syntax: Syntax,
    encoding: Encoding,
    /// Pieces that come before the value.
    first: Vec<Piece>,
    text: Vec<u8>,
    /// All has been read.
    at_end: bool,
    done: bool,
}

impl WholeCutter {
    /// A cutter for the file that begins at `base`; `first` are pieces that come before its value.
    pub(super) fn new(limits: Limits, base: Base, syntax: Syntax, first: Vec<Piece>) -> Self {
        let encoding = Encoding::Utf8;
        Self { limits, base, syntax, encoding, first, text: Vec::new(), at_end: false, done: false }
    }

    /// The same of a file in another encoding.
    pub(super) fn encoded(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// Takes all that can be read, so that nothing need be.
    pub(super) fn take_all(&mut self, text: Vec<u8>) {
        self.text = text;
        self.at_end = true;
    }

    /// The one chunk, then nothing.
    pub(super) fn next(&mut self, input: &mut dyn Read) -> io::Result<Option<Chunk<'static>>> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let mut text = std::mem::take(&mut self.text);
        let mut reader = Reader::default();
        while !self.at_end && text.len() <= self.limits.record {
            let wanted = text.len().max(self.limits.chunk);
            self.at_end = reader.read(input, &mut text, wanted)? == 0;
        }
        let too_large = text.len() > self.limits.record;
        if too_large {
            text.truncate(kept_of(&text, 0, KEPT_OF_TOO_LARGE));
        }
        let text = self.encoding.decode(text);
        let (range, content) =
            if too_large { (0..character(&text), Content::TooLarge) } else { (0..text.len(), Content::Value) };
        let mut pieces = std::mem::take(&mut self.first);
        let syntax = self.syntax.clone();
        pieces.push(Piece { range, index: 0, row: None, prefix: Prefix::Root, content, syntax });
        let segments = vec![Segment { is_recoded: self.encoding != Encoding::Utf8, ..self.base.segment(0) }];
        Ok(Some(Chunk { text: text.into(), segments, pieces }))
    }
}
