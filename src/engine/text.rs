//! A chunk's bytes as text: UTF-8, or what of it is.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Source;
use crate::input::{Chunk, Content, Piece};

use super::judge::{Judge, Sink};

/// A chunk's text, and where its bytes are none: whoever looks at a chunk goes through its pieces here.
pub(crate) struct ChunkText<'c> {
    chunk: &'c Chunk<'c>,
    text: Cow<'c, str>,
    /// Where the bytes are not UTF-8. The text has as many bytes as the chunk, so that these are places in both.
    broken: Vec<Range<usize>>,
}

impl<'c> ChunkText<'c> {
    pub(crate) fn of(chunk: &'c Chunk<'c>) -> Self {
        if let Ok(text) = simdutf8::basic::from_utf8(&chunk.text) {
            return Self { chunk, text: Cow::Borrowed(text), broken: Vec::new() };
        }
        let (text, broken) = with_marks(&chunk.text);
        Self { chunk, text: Cow::Owned(text), broken }
    }

    /// The text with where it stands in its file.
    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(&self.text, &self.chunk.segments)
    }

    /// The pieces that are UTF-8, and of the others that they are not.
    pub(crate) fn pieces(&self, mut visit: impl FnMut(&Piece)) {
        if self.broken.is_empty() {
            return self.chunk.pieces.iter().for_each(visit);
        }
        let mut told = None;
        for piece in &self.chunk.pieces {
            match self.broken.iter().find(|range| range.start < piece.range.end && range.end > piece.range.start) {
                None => visit(piece),
                // A fault before a value can be the value's own first byte.
                Some(range) if told.as_ref() == Some(range) => {}
                Some(range) => {
                    visit(&not_utf8(piece, range, &self.chunk.text));
                    told = Some(range.clone());
                }
            }
        }
    }
}

impl<'e> Judge<'e> {
    /// Judges a chunk, piece by piece, a few at a time.
    pub(crate) fn chunk(&mut self, chunk: &Chunk<'_>, sink: &mut dyn Sink<'e>) {
        let text = ChunkText::of(chunk);
        let source = text.source();
        text.pieces(|piece| self.take(&source, piece, sink));
        self.judge_taken(&source, sink);
        self.company(&text, &source, sink);
    }
}

/// The text with a `?` for each byte that is not UTF-8, and where those stand.
#[cold]
fn with_marks(bytes: &[u8]) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(bytes.len());
    let mut broken: Vec<Range<usize>> = Vec::new();
    for part in bytes.utf8_chunks() {
        text.push_str(part.valid());
        let start = text.len();
        text.extend(part.invalid().iter().map(|_| '?'));
        match broken.last_mut() {
            _ if start == text.len() => {}
            Some(last) if last.end == start => last.end = text.len(),
            _ => broken.push(start..text.len()),
        }
    }
    (text, broken)
}

/// A piece that cannot be read, because it is not UTF-8 at `bytes`.
fn not_utf8(piece: &Piece, bytes: &Range<usize>, original: &[u8]) -> Piece {
    let byte = original.get(bytes.start).copied().unwrap_or_default();
    let western = match byte {
        0x80..=0x9F => String::new(),
        _ => format!("; in Western European encodings (ISO 8859-1, Windows-1252) it is \"{}\"", char::from(byte)),
    };
    let reason = format!("the byte {byte:02X} stands here{western}");
    let range = bytes.start.max(piece.range.start)..bytes.end.min(piece.range.end);
    Piece { range, content: Content::NotUtf8(reason), ..piece.clone() }
}
