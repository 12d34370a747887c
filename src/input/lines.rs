//! Cutting a file of one record a line: at the last line feed of what has been read.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

use crate::document::{Prefix, Segment};
use crate::syntax::Syntax;

use super::Limits;
use super::chunk::{Base, Chunk, character, kept_of, within_blanks};
use super::piece::{Content, Piece};
use super::reader::Reader;

/// How much of a line that is too large is kept for its frame, in bytes.
const KEPT_OF_TOO_LARGE: usize = 400;

/// The records of whole lines that begin at `base` with the value `index`; moves both behind them.
fn records(text: &[u8], base: &mut Base, index: &mut u64) -> (Vec<Segment>, Vec<Piece>) {
    let segments = vec![base.segment(0)];
    let mut pieces = Vec::new();
    let mut start = 0;
    let ends = memchr_iter(b'\n', text).chain((text.last() != Some(&b'\n')).then_some(text.len()));
    for end in ends {
        base.line += 1;
        // White space round a record is no part of it: not of its fingerprint, nor of a text that is cut short before
        // a CR LF.
        if let Some(range) = within_blanks(text, start..end) {
            let (row, content, syntax) = (Some(base.line), Content::Value, Syntax::Json);
            pieces.push(Piece { range, index: *index, row, prefix: Prefix::Root, content, syntax });
            *index += 1;
        }
        start = end + 1;
    }
    base.byte += text.len() as u64;
    (segments, pieces)
}

/// Cuts lines that are in memory where they stand, at the places at which [`LineCutter`] would.
pub(super) struct LinesAtHand<'t> {
    /// How much more is looked at each time.
    chunk: usize,
    rest: &'t [u8],
    /// So much of the rest has been looked at.
    seen: usize,
    base: Base,
    /// Values that have been handed over.
    index: u64,
}

impl<'t> LinesAtHand<'t> {
    /// A cutter for all of the file at `base`, which is no larger than a record may be.
    pub(super) fn new(limits: Limits, base: Base, text: &'t [u8]) -> Self {
        Self { chunk: limits.chunk, rest: text, seen: 0, base, index: 0 }
    }

    /// The next chunk; nothing at the end.
    pub(super) fn next(&mut self) -> Option<Chunk<'t>> {
        let end = loop {
            match memrchr(b'\n', &self.rest[..self.seen]) {
                Some(last) => break last + 1,
                None if self.seen == self.rest.len() => break self.seen,
                None => self.seen = self.rest.len().min(self.seen + self.seen.max(self.chunk)),
            }
        };
        let (text, rest) = self.rest.split_at(end);
        (self.rest, self.seen) = (rest, self.seen - end);
        if end == 0 {
            return None;
        }
        let (segments, pieces) = records(text, &mut self.base, &mut self.index);
        Some(Chunk { text: text.into(), segments, pieces })
    }
}

/// Cuts a file of lines.
pub(super) struct LineCutter {
    limits: Limits,
    /// What has been read and not handed over: the beginning of a line.
    rest: Vec<u8>,
    base: Base,
    /// Values that have been handed over.
    index: u64,
    /// Pieces that come before all others.
    first: Vec<Piece>,
    at_end: bool,
    reader: Reader,
}

impl LineCutter {
    /// A cutter for the file that begins at `base`; `first` are pieces that come before all others.
    pub(super) fn new(limits: Limits, base: Base, first: Vec<Piece>) -> Self {
        Self { limits, rest: Vec::new(), base, index: 0, first, at_end: false, reader: Reader::default() }
    }

    /// Takes all that can be read, so that nothing need be.
    pub(super) fn take_all(&mut self, text: Vec<u8>) {
        self.rest = text;
        self.at_end = true;
    }

    /// The next chunk; nothing at the end. `spare` is a buffer to use again.
    pub(super) fn next(&mut self, input: &mut dyn Read, spare: Vec<u8>) -> io::Result<Option<Chunk<'static>>> {
        if !self.first.is_empty() {
            let pieces = std::mem::take(&mut self.first);
            if !self.at_end {
                self.read(input, self.limits.chunk)?;
            }
            let line = memchr(b'\n', &self.rest).unwrap_or(self.rest.len());
            let text = self.rest[..line].to_vec();
            return Ok(Some(Chunk { text: text.into(), segments: vec![self.base.segment(0)], pieces }));
        }
        loop {
            if self.rest.len() > self.limits.record {
                return match memchr(b'\n', &self.rest) {
                    Some(end) if end <= self.limits.record => Ok(Some(self.emit(end + 1, spare))),
                    _ => self.too_large(input).map(Some),
                };
            }
            if let Some(last) = memrchr(b'\n', &self.rest) {
                return Ok(Some(self.emit(last + 1, spare)));
            }
            if self.at_end {
                let end = self.rest.len();
                return Ok((end > 0).then(|| self.emit(end, spare)));
            }
            let wanted = self.rest.len().max(self.limits.chunk);
            self.read(input, wanted)?;
        }
    }

    fn read(&mut self, input: &mut dyn Read, wanted: usize) -> io::Result<()> {
        self.at_end = self.reader.read(input, &mut self.rest, wanted)? == 0;
        Ok(())
    }

    /// Hands over the first `end` bytes, which are whole lines.
    fn emit(&mut self, end: usize, mut spare: Vec<u8>) -> Chunk<'static> {
        spare.clear();
        spare.extend_from_slice(&self.rest[end..]);
        let mut text = std::mem::replace(&mut self.rest, spare);
        text.truncate(end);
        let (segments, pieces) = records(&text, &mut self.base, &mut self.index);
        Chunk { text: text.into(), segments, pieces }
    }

    /// Names a line that is larger than any record, and passes it over.
    fn too_large(&mut self, input: &mut dyn Read) -> io::Result<Chunk<'static>> {
        let segments = vec![self.base.segment(0)];
        let kept = kept_of(&self.rest, 0, KEPT_OF_TOO_LARGE);
        let text = self.rest[..kept].to_vec();
        let row = Some(self.base.line + 1);
        let (content, syntax) = (Content::TooLarge, Syntax::Json);
        let piece = Piece { range: 0..character(&text), index: self.index, row, prefix: Prefix::Root, content, syntax };
        self.index += 1;
        loop {
            if let Some(end) = memchr(b'\n', &self.rest) {
                self.rest.drain(..=end);
                self.base.byte += end as u64 + 1;
                self.base.line += 1;
                break;
            }
            self.base.byte += self.rest.len() as u64;
            self.rest.clear();
            if self.at_end {
                break;
            }
            self.read(input, self.limits.chunk)?;
        }
        Ok(Chunk { text: text.into(), segments, pieces: vec![piece] })
    }
}
