//! The first look at a text: its bytes, many at once, and only at those that say that it may be wrong.

use super::{Style, filler};

/// Signs in a text that ask for a second look.
const CONTROL: u8 = 1;
const LINE: u8 = 2;
const MARK: u8 = 4;
const LIST: u8 = 8;
const FOREIGN: u8 = 16;
const LOWER: u8 = 32;

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
    let is_plain = seen & watched == 0;
    let is_lower = seen & LOWER != 0;
    if is_plain && !ends && is_lower && bytes.len() > filler::LONGEST && !matches!(style, Style::Keyword | Style::Name)
    {
        return false;
    }
    looks_wrong(text, style, seen & watched, is_lower)
}

const fn signs(byte: u8) -> u8 {
    const fn sign(holds: bool, sign: u8) -> u8 {
        (holds as u8).wrapping_neg() & sign
    }
    sign(byte < b' ' || byte == 0x7F, CONTROL)
        | sign(byte.wrapping_sub(b'\t') < 5, LINE)
        | sign(byte == b'<' || byte == b'&', MARK)
        | sign(byte == b';' || byte == b'@' || byte == b'|', LIST)
        | sign(byte >= 0x80, FOREIGN)
        | sign(byte.wrapping_sub(b'a') < 26, LOWER)
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

/// The second look, at what the first saw something in.
fn looks_wrong(text: &str, style: Style, seen: u8, is_lower: bool) -> bool {
    let bytes = text.as_bytes();
    let running = matches!(style, Style::Text | Style::Html);
    seen & (LINE | LIST) != 0
        || (seen & CONTROL != 0
            && bytes.iter().any(|byte| *byte == 0x7F || (*byte < b' ' && byte.wrapping_sub(b'\t') >= 5)))
        || (seen & MARK != 0 && has_mark(bytes, style))
        || (seen & FOREIGN != 0 && has_foreign(bytes))
        || has_end(text, style)
        || (style == Style::Title && !is_lower && bytes.len() >= 12)
        || (style == Style::Keyword && memchr::memchr_iter(b',', bytes).count() >= 3)
        || (style == Style::Name && has_list(bytes))
        || (running || bytes.len() <= filler::LONGEST) && filler::may_be(text)
}

/// `&` or `<` stands as in an entity or a tag.
fn has_mark(bytes: &[u8], style: Style) -> bool {
    memchr::memchr2_iter(b'&', b'<', bytes).any(|at| {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            b'&' => next.is_ascii_alphabetic() || next == b'#',
            _ => style != Style::Html && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')),
        }
    })
}

/// Characters beyond ASCII that nobody sees, or that stand as where letters were read in a wrong encoding.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are looked at at once")]
fn has_foreign(bytes: &[u8]) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    let two = bytes.iter().zip(second).fold(false, |any, (a, b)| {
        any | ((*a == 0xC2) & ((*b < 0xA0) | (*b == 0xAD)))
            | ((*a == 0xCD) & (*b == 0x8F))
            | ((*a == 0xD8) & (*b == 0x9C))
            | ((*a == 0xEF) & ((*b == 0xBB) | (*b == 0xBF) | (*b == 0xB8)))
    });
    two || bytes.iter().zip(second).zip(third).fold(false, |any, ((a, b), c)| {
        let image = (*c == 0xC2) | (*c == 0xC5) | (*c == 0xC6) | (*c == 0xCB) | (*c == 0xE2);
        any | ((*a == 0xC3) & (0x82..=0xB4).contains(b) & image)
            | ((*a == 0xE1) & (*b == 0xA0) & (*c == 0x8E))
            | ((*a == 0xE2) & (*b == 0x80) & ((0x8B..=0x8F).contains(c) | (0xA8..=0xAE).contains(c)))
            | ((*a == 0xE2) & (*b == 0x81) & (*c >= 0xA0) & (*c != 0xA5) & (*c <= 0xA9))
    })
}

/// White space or a stray sign at either end.
fn has_end(text: &str, style: Style) -> bool {
    let (first, last) = (text.chars().next(), text.chars().next_back());
    first.is_some_and(char::is_whitespace)
        || last.is_some_and(char::is_whitespace)
        || (!matches!(style, Style::Text | Style::Html)
            && last.is_some_and(|c| matches!(c, ',' | ';' | ':' | '/' | '=' | '|')))
}

/// There may be several names.
fn has_list(bytes: &[u8]) -> bool {
    let commas = memchr::memchr_iter(b',', bytes).count();
    let blanks = memchr::memchr_iter(b' ', bytes).count();
    commas >= 3
        || (blanks >= 3 && [&b" and "[..], b" & ", b" und ", b" et ", b" y "].iter().any(|word| holds(bytes, word)))
        || (blanks >= 1 && bytes.len() < 200 && holds(bytes, b" et al"))
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
