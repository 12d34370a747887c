//! A chunk's bytes as text: UTF-8, or what of it is.

use std::ops::Range;

use crate::document::Source;
use crate::input::{Chunk, Content, Piece};

use super::judge::{Judge, Sink};

impl<'e> Judge<'e> {
    /// Judges a chunk, piece by piece.
    pub(crate) fn chunk(&mut self, chunk: &Chunk, sink: &mut dyn Sink<'e>) {
        match simdutf8::basic::from_utf8(&chunk.text) {
            Ok(text) => {
                let source = Source::new(text, &chunk.segments);
                chunk.pieces(text, |piece| {
                    self.company.pieces += 1;
                    self.piece(&source, piece, sink);
                });
                self.company(chunk, &source, sink);
            }
            Err(_) => self.broken_chunk(chunk, sink),
        }
    }

    /// Judges a chunk that is not all UTF-8: the pieces that are, and says of the others that they are not.
    #[cold]
    fn broken_chunk(&mut self, chunk: &Chunk, sink: &mut dyn Sink<'e>) {
        let (text, broken) = with_marks(&chunk.text);
        let source = Source::new(&text, &chunk.segments);
        let mut told = None;
        chunk.pieces(&text, |piece| {
            self.company.pieces += 1;
            match broken.iter().find(|range| range.start < piece.range.end && range.end > piece.range.start) {
                None => self.piece(&source, piece, sink),
                // A fault before a value can be the value's own first byte.
                Some(range) if told.as_ref() == Some(range) => {}
                Some(range) => {
                    self.piece(&source, &not_utf8(piece, range, &chunk.text), sink);
                    told = Some(range.clone());
                }
            }
        });
        self.company(chunk, &source, sink);
    }
}

/// The text with a `?` for each byte that is not UTF-8, and where those stand.
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
