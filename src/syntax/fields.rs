//! `Key: value` a line, with continuations, as Debian and R write their manifests: read into the one tree, of one object.

use crate::document::{Arena, DECODED, Kind, hash};

/// Reads `text` into `arena`; its root is an object of texts. A line that is no field is passed over.
pub(crate) fn read(text: &str, arena: &mut Arena) {
    arena.clear();
    arena.open(Kind::Object, 0);
    let mut lines = lines(text).peekable();
    while let Some((start, line)) = lines.next() {
        let Some(colon) = line.find(':').filter(|_| !line.starts_with([' ', '\t', '#'])) else { continue };
        let value = &line[colon + 1..];
        let begins = start + colon + 1 + (value.len() - value.trim_start().len());
        let mut end = begins + value.trim().len();
        let mut whole = value.trim().to_owned();
        let mut is_one = true;
        while let Some((at, more)) = lines.next_if(|(_, line)| line.starts_with([' ', '\t'])) {
            // Where nothing stands in the field's own line, its place is where its value begins.
            is_one &= more.trim().is_empty();
            whole.push('\n');
            whole.push_str(more.trim());
            end = at + more.trim_end().len();
        }
        let end = end.max(begins);
        arena.key(text, start, start + colon, hash(&line.as_bytes()[..colon]), 0);
        if !is_one {
            arena.decode_next_as(&whole);
        }
        arena.leaf(Kind::String, begins.min(end), end, if is_one { 0 } else { DECODED });
    }
    arena.close(text, text.len());
}

/// The lines with the bytes at which they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}
