//! The first look at a text: its bytes, many at once, and only at those that say that it may be wrong.

use super::{Style, filler};

/// Signs in a text that ask for a second look.
const CONTROL: u8 = 1;
const LINE: u8 = 2;
const MARK: u8 = 4;
const LIST: u8 = 8;
const FOREIGN: u8 = 16;
const LOWER: u8 = 32;
const COMMA: u8 = 64;
const SPACE: u8 = 128;

/// The text may be wrong in some way: worth the time of [`super::faults`]. False only of what is right.
#[must_use]
#[inline]
pub fn is_suspect(text: &str, style: Style) -> bool {
    let bytes = text.as_bytes();
    let seen = all_signs(bytes);
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    // "Lorem ipsum" is told by its beginning.
    let ends = !first.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric() || first.eq_ignore_ascii_case(&b'l');
    let watched = match style {
        Style::Text | Style::Html => CONTROL | MARK | FOREIGN,
        Style::Line | Style::Title => CONTROL | LINE | MARK | FOREIGN,
        Style::Keyword | Style::Name => CONTROL | LINE | MARK | FOREIGN | LIST,
    };
    // One word, or one term without a comma, is not several.
    let is_one = match style {
        Style::Name => seen & (COMMA | SPACE) == 0,
        Style::Keyword => seen & COMMA == 0,
        _ => true,
    };
    let is_plain = seen & watched == 0 && is_one && seen & LOWER != 0 && !ends;
    if is_plain && (bytes.len() > filler::LONGEST || !filler::may_be(text)) {
        return false;
    }
    looks_wrong(text, style, (seen & watched, seen & LOWER != 0, ends))
}

const fn signs(byte: u8) -> u8 {
    const fn sign(holds: bool, sign: u8) -> u8 {
        (holds as u8).wrapping_neg() & sign
    }
    let line = byte.wrapping_sub(b'\t') < 5;
    sign((byte < b' ' && !line) || byte == 0x7F, CONTROL)
        | sign(line, LINE)
        | sign(byte == b'<' || byte == b'&', MARK)
        | sign(byte == b';' || byte == b'@' || byte == b'|', LIST)
        | sign(byte >= 0x80, FOREIGN)
        | sign(byte.wrapping_sub(b'a') < 26, LOWER)
        | sign(byte == b',', COMMA)
        | sign(byte == b' ', SPACE)
}

/// The signs of each byte.
const SIGNS: [u8; 256] = {
    let mut signs_of = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 256")]
        let sign = signs(byte as u8);
        signs_of[byte] = sign;
        byte += 1;
    }
    signs_of
};

/// The signs of all bytes: of long texts many at once, of what is left each by the table.
#[inline]
fn all_signs(bytes: &[u8]) -> u8 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut seen = rest.iter().fold(0, |seen, byte| seen | SIGNS[usize::from(*byte)]);
    if !blocks.is_empty() {
        let mut lanes = [0; 32];
        for block in blocks {
            for (lane, byte) in lanes.iter_mut().zip(block) {
                *lane |= signs(*byte);
            }
        }
        seen |= lanes.iter().fold(0, |seen, lane| seen | lane);
    }
    seen
}

/// The second look, at what the first saw something in, or what is short.
fn looks_wrong(text: &str, style: Style, (seen, is_lower, ends): (u8, bool, bool)) -> bool {
    let bytes = text.as_bytes();
    let by_style = || match style {
        Style::Text | Style::Html | Style::Line => false,
        Style::Title => !is_lower && bytes.len() >= 12,
        Style::Keyword => memchr::memchr_iter(b',', bytes).count() >= 3,
        Style::Name => has_list(bytes),
    };
    seen & (CONTROL | LINE | LIST) != 0
        || (seen & MARK != 0 && has_mark(bytes, style))
        || (seen & FOREIGN != 0 && has_foreign(bytes))
        || (ends && has_end(text, style))
        || filler::may_be(text)
        || by_style()
}

/// `&` or `<` stands as in an entity or a tag.
fn has_mark(bytes: &[u8], style: Style) -> bool {
    memchr::memchr2_iter(b'&', b'<', bytes).any(|at| {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            // In HTML, only what was escaped twice.
            b'&' if style == Style::Html => {
                let inner = bytes[at..].strip_prefix(b"&amp;").and_then(<[u8]>::first);
                inner.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'#')
            }
            b'&' => next.is_ascii_alphabetic() || next == b'#',
            _ => style != Style::Html && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')),
        }
    })
}

/// Characters beyond ASCII that nobody sees, or that stand as where letters were read in a wrong encoding.
fn has_foreign(bytes: &[u8]) -> bool {
    const BLOCK: usize = 16;
    // In most languages such characters are few.
    let blocks = bytes.chunks(BLOCK).enumerate().filter(|(_, block)| !block.is_ascii());
    blocks.map(|(number, _)| number * BLOCK).any(|start| {
        let end = bytes.len().min(start + BLOCK);
        (start..end).any(|at| bytes[at] >= 0xC2 && is_foreign(&bytes[at..]))
    })
}

/// By the bytes with which a character begins and those after it.
fn is_foreign(bytes: &[u8]) -> bool {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    match (bytes[0], byte(1), byte(2)) {
        (0xC2, 0x80..=0x9F | 0xAD, _)
        // A letter from Â to ô, and one that Windows-1252 or Latin-1 shows for a byte that goes on.
        | (0xC3, 0x82..=0xB4, 0xC2 | 0xC5 | 0xC6 | 0xCB | 0xE2)
        | (0xCD, 0x8F, _)
        | (0xD8, 0x9C, _)
        | (0xE1, 0xA0, 0x8E)
        | (0xE2, 0x80, 0x8B..=0x8F | 0xA8..=0xAE)
        | (0xE2, 0x81, 0xA0..=0xA4 | 0xA6..=0xA9)
        | (0xEF, 0xB8 | 0xBB | 0xBF, _) => true,
        _ => false,
    }
}

/// White space or a stray sign at either end.
fn has_end(text: &str, style: Style) -> bool {
    let (first, last) = (text.chars().next(), text.chars().next_back());
    first.is_some_and(char::is_whitespace)
        || last.is_some_and(char::is_whitespace)
        || (!matches!(style, Style::Text | Style::Html)
            && last.is_some_and(|c| matches!(c, ',' | ';' | ':' | '/' | '=' | '|')))
}

/// There may be several names: by a row of commas, by "and", by "et al.".
fn has_list(bytes: &[u8]) -> bool {
    const JOINING: [&[u8]; 6] = [b"and ", b"& ", b"und ", b"et ", b"y ", b"et al"];
    let mut commas = 0;
    for (at, byte) in bytes.iter().enumerate() {
        commas += usize::from(*byte == b',');
        if *byte == b' '
            && matches!(bytes.get(at + 1), Some(b'a' | b'&' | b'u' | b'e' | b'y'))
            && JOINING.iter().any(|join| bytes[at + 1..].starts_with(join))
        {
            return true;
        }
    }
    commas >= 3
}
