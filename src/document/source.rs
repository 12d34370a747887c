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
}

impl Segment {
    /// The segment of a text that is the whole of a file.
    #[must_use]
    pub fn whole(path: Arc<str>) -> Self {
        Self { start: 0, path, base_byte: 0, base_line: 0, base_column: 0 }
    }
}

/// A point in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// Bytes before it, from 0.
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
    /// The place that was asked for last: the next is mostly not far behind it.
    last: Cell<Option<(usize, Position)>>,
}

impl<'a> Source<'a> {
    /// `segments` must not be empty, and its first must begin at 0.
    #[must_use]
    pub fn new(text: &'a str, segments: &'a [Segment]) -> Self {
        Self { text, segments, lines: OnceLock::new(), last: Cell::new(None) }
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
        let position = match self.last.get() {
            Some((from, known)) if from <= at => self.position_after(from, known, at),
            _ => self.position_in_line(at),
        };
        self.last.set(Some((at, position)));
        position
    }

    /// The same, counted from the beginning of the line.
    fn position_in_line(&self, at: usize) -> Position {
        let segment = self.segment(at);
        let lines = self.lines();
        let line = lines.line(at);
        let line_start = lines.start(line).max(segment.start);
        let characters = self.text[line_start..at].chars().count() as u64;
        let lines_in_segment = (line - lines.line(segment.start)) as u64;
        let before = if line_start == segment.start { segment.base_column } else { 0 };
        Position {
            byte: segment.base_byte + (at - segment.start) as u64,
            line: segment.base_line + lines_in_segment + 1,
            column: before + characters + 1,
        }
    }

    /// Both ends of a span.
    #[must_use]
    pub fn positions(&self, span: &Range<usize>) -> (Position, Position) {
        let start = self.position(span.start);
        (start, self.position_after(span.start, start, span.end))
    }

    /// Where the byte `at` stands, which is no earlier than `from`, that stands at `known`: in one line, only what is
    /// between them is counted.
    fn position_after(&self, from: usize, known: Position, at: usize) -> Position {
        let Some(between) = self.text.get(from..at) else { return self.position_in_line(at) };
        let is_elsewhere = || !std::ptr::eq(self.segment(from), self.segment(at));
        if memchr::memchr(b'\n', between.as_bytes()).is_some() || is_elsewhere() {
            return self.position_in_line(at);
        }
        let column = known.column + between.chars().count() as u64;
        Position { byte: known.byte + between.len() as u64, line: known.line, column }
    }
}
