//! A text with where it came from: a file, a part of one, several small ones, an archive's member, a buffer.

use std::cell::Cell;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::lines::LineIndex;

/// From a byte of the text on: where that text stands in the world outside.
#[derive(Clone, Debug)]
pub struct Segment {
    /// First byte of the segment within the text.
    pub start: usize,
    /// The path as shown, with `/`.
    pub path: Arc<str>,
    /// Byte of the file at which the segment begins.
    pub base_byte: u64,
    /// Lines of the file before the segment.
    pub base_line: u64,
    /// Characters before the segment in the line in which it begins.
    pub base_column: u64,
    /// The text is not byte for byte what is in the file, which is packed or in another encoding.
    pub is_recoded: bool,
}

impl Segment {
    /// The segment of a text that is the whole of a file.
    #[must_use]
    pub fn whole(path: Arc<str>) -> Self {
        Self { start: 0, path, base_byte: 0, base_line: 0, base_column: 0, is_recoded: false }
    }
}

/// A point in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// Bytes before it, from 0; of a table or page that is not UTF-8, those of its text as UTF-8.
    pub byte: u64,
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
}

/// A text and its segments, in order; the first begins at 0.
#[derive(Debug)]
pub struct Source<'a> {
    text: &'a str,
    segments: &'a [Segment],
    lines: OnceLock<LineIndex>,
    /// How many characters stand before each block of the text: found when a long line is first asked of.
    before_blocks: OnceLock<Box<[u32]>>,
    /// The place that was asked for last: the next is mostly not far behind it.
    last: Cell<Option<Known>>,
}

/// A place whose position is known.
#[derive(Clone, Copy, Debug)]
struct Known {
    at: usize,
    position: Position,
    /// Up to this byte its line and its segment go on.
    until: usize,
}

impl<'a> Source<'a> {
    /// `segments` must not be empty, and its first must begin at 0.
    #[must_use]
    pub fn new(text: &'a str, segments: &'a [Segment]) -> Self {
        Self { text, segments, lines: OnceLock::new(), before_blocks: OnceLock::new(), last: Cell::new(None) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Its lines, found when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }

    /// The segment in which the byte `at` stands.
    #[must_use]
    pub fn segment(&self, at: usize) -> &'a Segment {
        let after = self.segments.partition_point(|segment| segment.start <= at);
        &self.segments[after.saturating_sub(1)]
    }

    /// Where the byte `at` stands in its file.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        let known = self.known(at);
        self.last.set(Some(known));
        known.position
    }

    /// Both ends of a span.
    #[must_use]
    pub fn positions(&self, span: &Range<usize>) -> (Position, Position) {
        (self.position(span.start), self.known(span.end).position)
    }

    /// The column of the byte `at` counted in bytes, from 1; none where the line begins before the text does.
    #[must_use]
    pub fn byte_column(&self, at: usize) -> Option<u64> {
        let segment = self.segment(at);
        let lines = self.lines();
        let start = lines.start(lines.line(at)).max(segment.start);
        (start > segment.start || segment.base_column == 0).then(|| (at - start) as u64 + 1)
    }

    fn known(&self, at: usize) -> Known {
        match self.last.get() {
            Some(last) if last.at <= at && at <= last.until => self.further(last, at),
            _ => self.in_line(at),
        }
    }

    /// In the same line only what is between the two is counted.
    fn further(&self, last: Known, at: usize) -> Known {
        let Position { byte, line, column } = last.position;
        let column = column + self.characters(last.at..at);
        let position = Position { byte: byte + (at - last.at) as u64, line, column };
        Known { at, position, ..last }
    }

    /// How many characters begin in a part of the text. Of a file that is one long line, each place is as quickly found.
    fn characters(&self, within: Range<usize>) -> u64 {
        const BLOCK: usize = 4096;
        let bytes = self.text.as_bytes();
        if within.len() < 4 * BLOCK {
            return characters(&bytes[within]);
        }
        let before_blocks = self.before_blocks.get_or_init(|| {
            let mut before = 0;
            let ends = bytes.chunks_exact(BLOCK).map(|block| {
                before += characters(block);
                // Texts are below 4 GiB.
                u32::try_from(before).unwrap_or(u32::MAX)
            });
            std::iter::once(0).chain(ends).collect()
        });
        let before = |block: usize| before_blocks.get(block).copied().map_or(0, u64::from);
        let (first, last) = (within.start.div_ceil(BLOCK), within.end / BLOCK);
        characters(&bytes[within.start..first * BLOCK])
            + (before(last) - before(first))
            + characters(&bytes[last * BLOCK..within.end])
    }

    /// Counted from the beginning of the line.
    fn in_line(&self, at: usize) -> Known {
        let segment = self.segment(at);
        let lines = self.lines();
        let line = lines.line(at);
        let line_start = lines.start(line).max(segment.start);
        let lines_in_segment = (line - lines.line(segment.start)) as u64;
        let before = if line_start == segment.start { segment.base_column } else { 0 };
        let position = Position {
            byte: segment.base_byte + (at - segment.start) as u64,
            line: segment.base_line + lines_in_segment + 1,
            column: before + self.characters(line_start..at) + 1,
        };
        let after = self.segments.partition_point(|segment| segment.start <= at);
        let next_segment = self.segments.get(after).map_or(usize::MAX, |segment| segment.start);
        let ends = lines.start(line + 1).min(next_segment);
        Known { at, position, until: ends.saturating_sub(1).min(self.text.len()) }
    }
}

/// How many characters begin among the bytes of a text: at all but those that continue one. Several are counted at once.
fn characters(text: &[u8]) -> u64 {
    let begins = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
    // Fewer than 256 can be counted in a byte.
    text.chunks(192).map(|bytes| u64::from(bytes.iter().map(begins).sum::<u8>())).sum()
}
