//! A chunk: a stretch of a source's text that holds whole records, and where it stands in the source.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use crate::document::Segment;

use super::piece::Piece;

/// A stretch of text that holds whole records.
#[derive(Debug)]
pub(crate) struct Chunk<'t> {
    /// The bytes, which may not be UTF-8: those of a source in memory where they stand.
    pub(crate) text: Cow<'t, [u8]>,
    pub(crate) segments: Vec<Segment>,
    /// What the text is divided into, in order.
    pub(crate) pieces: Vec<Piece>,
}

impl Chunk<'_> {
    /// Its buffer, to be used again; an empty one if it has none of its own.
    pub(crate) fn into_spare(self) -> Vec<u8> {
        match self.text {
            Cow::Owned(text) => text,
            Cow::Borrowed(_) => Vec::new(),
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Nothing but white space stands in the line.
pub(super) fn is_blank_line(line: &[u8]) -> bool {
    line.iter().all(|byte| is_blank(*byte))
}

/// What stands in the line `range` of `text` between the white space at its ends; nothing if it is blank.
pub(super) fn within_blanks(text: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.clone())?;
    let first = line.iter().position(|byte| !is_blank(*byte))?;
    let after = line.iter().rev().take_while(|byte| is_blank(**byte)).count();
    Some(range.start + first..range.end - after)
}

/// The byte is not the first of its character.
pub(super) fn continues(byte: u8) -> bool {
    byte.cast_signed() < -0x40
}

/// Up to `most` bytes from `start` on, so that the last character is whole.
pub(super) fn kept_of(bytes: &[u8], start: usize, most: usize) -> usize {
    let end = (start + most).min(bytes.len());
    // What is longer than a character is none: it may be cut anywhere.
    let back = (0..4).find(|back| end - back <= start || bytes.get(end - back).is_none_or(|byte| !continues(*byte)));
    end - back.filter(|back| end - back > start).unwrap_or(0)
}

/// How long the character is that `bytes` begin with; none at the end.
pub(super) fn character(bytes: &[u8]) -> usize {
    bytes.iter().skip(1).take(3).take_while(|byte| continues(**byte)).count() + usize::from(!bytes.is_empty())
}

/// Where the beginning of a buffer stands in its file.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) path: Arc<str>,
    pub(crate) byte: u64,
    pub(crate) line: u64,
    /// Characters before it in its line.
    pub(crate) column: u64,
}

impl Base {
    pub(crate) fn start(path: Arc<str>) -> Self {
        Self { path, byte: 0, line: 0, column: 0 }
    }

    /// Moves behind `text`.
    pub(crate) fn advance(&mut self, text: &[u8]) {
        self.byte += text.len() as u64;
        match memchr::memrchr(b'\n', text) {
            None => self.column += characters(text),
            Some(last) => {
                self.line += memchr_iter(b'\n', text).count() as u64;
                self.column = characters(&text[last + 1..]);
            }
        }
    }

    /// The segment that begins at `start` in a text and here in the file.
    pub(crate) fn segment(&self, start: usize) -> Segment {
        Segment {
            start,
            path: Arc::clone(&self.path),
            base_byte: self.byte,
            base_line: self.line,
            base_column: self.column,
            is_recoded: false,
        }
    }
}

/// Characters of a text; a byte that is part of none counts as one, as it is shown.
fn characters(text: &[u8]) -> u64 {
    let begun = |text: &[u8]| text.iter().filter(|byte| !continues(**byte)).count();
    if simdutf8::basic::from_utf8(text).is_ok() {
        return begun(text) as u64;
    }
    // A character that the text's beginning or end cuts counts where it begins.
    let start = text.iter().take(3).take_while(|byte| continues(**byte)).count();
    let mut parts = text[start..].utf8_chunks().peekable();
    let mut count = 0;
    while let Some(part) = parts.next() {
        let broken = if parts.peek().is_some() { part.invalid().len() } else { part.invalid().len().min(1) };
        count += begun(part.valid().as_bytes()) + broken;
    }
    count as u64
}
