//! The first look at a text: its bytes, and only at those that say that it may be wrong.

use super::{Style, filler};

// Signs that a text may be wrong. Each has its place in a word that counts all of them, seven bits for each.
const CONTROL: u64 = 1;
const LINE: u64 = 1 << 7;
const MARK: u64 = 1 << 14;
const LIST: u64 = 1 << 21;
/// A character begins that may be one of those that nobody sees.
const LEAD: u64 = 1 << 28;
/// A letter of Western Europe begins; one of those before which it may be the half of another.
const LATIN: u64 = 1 << 35;
const AFTER_LATIN: u64 = 1 << 42;
const COMMA: u64 = 1 << 49;
const SPACE: u64 = 1 << 56;

/// The highest count, and the place of all counts of some signs.
const MOST: u64 = 0x7F;

/// A text that is no longer has all its signs counted; of others, blocks of plain letters are passed.
const SHORT: usize = 32;
/// So many bytes a compiler looks at at once.
const BLOCK: usize = 16;
/// A block, and what is needed to judge a character that begins at its end.
const WINDOW: usize = BLOCK + 2;

/// The sign that a byte is.
const fn sign(byte: u8) -> u64 {
    match byte {
        b'\t'..=b'\r' => LINE,
        0..b' ' | 0x7F => CONTROL,
        b'<' | b'&' => MARK,
        b';' | b'@' | b'|' => LIST,
        b',' => COMMA,
        b' ' => SPACE,
        0xC2 | 0xCD | 0xD8 | 0xE1 | 0xE2 | 0xEF => LEAD,
        0xC3 => LATIN,
        0xC5 | 0xC6 | 0xCB => AFTER_LATIN,
        _ => 0,
    }
}

/// The sign of each byte.
const SIGNS: [u64; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 256")]
        let sign = sign(byte as u8);
        signs[byte] = sign;
        byte += 1;
    }
    signs
};

/// How many there are of each sign, in at most [`MOST`] bytes.
#[inline]
fn counts(bytes: &[u8]) -> u64 {
    let of = |byte: &u8| SIGNS[usize::from(*byte)];
    let (fours, rest) = bytes.as_chunks::<4>();
    let counts = fours.iter().fold(0, |counts, [a, b, c, d]| counts + of(a) + of(b) + of(c) + of(d));
    rest.iter().fold(counts, |counts, byte| counts + of(byte))
}

/// Some of these signs are there.
const fn has(counts: u64, signs: u64) -> bool {
    counts & (signs * MOST) != 0
}

/// Something may be wrong with a character beyond ASCII.
#[inline]
const fn has_foreign(counts: u64) -> bool {
    has(counts, LEAD) || (has(counts, LATIN) && has(counts, AFTER_LATIN))
}

/// Signs that may not stand in such a text.
#[inline]
const fn barred(style: Style) -> u64 {
    match style {
        Style::Text | Style::Html => CONTROL,
        Style::Line | Style::Title => CONTROL | LINE,
        Style::Keyword | Style::Name => CONTROL | LINE | LIST,
    }
}

/// The text may be wrong in some way: worth the time of [`super::faults`]. False only of what is right.
#[must_use]
pub fn is_suspect(text: &str, style: Style) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if bytes.len() > SHORT {
        return is_long_suspect(text, style);
    }
    let counts = counts(bytes);
    let ends = first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric();
    // Nearly all texts pass here.
    if !ends || asks(counts, style) || filler::may_be_nothing(bytes) {
        return is_short_suspect(text, style, counts);
    }
    match style {
        Style::Title => is_loud(bytes),
        _ => is_several(bytes, style, counts),
    }
}

/// The rest of the first look. On its own, so that what it needs is not kept ready for texts that pass.
#[inline(never)]
fn is_short_suspect(text: &str, style: Style, counts: u64) -> bool {
    let bytes = text.as_bytes();
    (asks(counts, style) && is_odd(bytes, bytes.len(), counts, style)) || looks_wrong(text, style, counts)
}

/// The first look at a text that is not short; on its own for the same reason.
#[inline(never)]
fn is_long_suspect(text: &str, style: Style) -> bool {
    let bytes = text.as_bytes();
    let is_listed = matches!(style, Style::Keyword | Style::Name);
    let commas = if is_listed { memchr::memchr_iter(b',', bytes).take(ROW).count() } else { 0 };
    has_odd(bytes, style)
        || (is_listed && memchr::memchr3(b';', b'@', b'|', bytes).is_some())
        || looks_wrong(text, style, SPACE + COMMA * commas as u64)
}

/// What is told by the ends of a text and by the whole.
fn looks_wrong(text: &str, style: Style, counts: u64) -> bool {
    has_end(text, style)
        || filler::may_be(text)
        || is_several(text.as_bytes(), style, counts)
        || (style == Style::Title && is_loud(text.as_bytes()))
}

/// A byte of a long text does not belong there, or begins something that does not; those for lists are not looked at.
#[inline]
fn has_odd(bytes: &[u8], style: Style) -> bool {
    let is_odd = |bytes: &[u8], first: usize, counts: u64| asks(counts, style) && is_odd(bytes, first, counts, style);
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        if !is_plain(window) && is_odd(rest, BLOCK, counts(window)) {
            return true;
        }
        rest = &rest[BLOCK..];
    }
    is_odd(rest, rest.len(), counts(rest))
}

/// Nothing asks for more in the block with which it begins. One question at a time: so each is a single wide compare.
#[inline]
fn is_plain(window: &[u8; WINDOW]) -> bool {
    let any = |is: fn(u8) -> bool| window[..BLOCK].iter().fold(false, |any, byte| any | is(*byte));
    !(any(|byte| byte.wrapping_sub(b' ') > b'z' - b' ') | any(|byte| byte == b'&') | any(|byte| byte == b'<'))
}

/// By these signs something may be wrong with the bytes that have them.
#[inline]
const fn asks(counts: u64, style: Style) -> bool {
    has(counts, barred(style) | MARK) || has_foreign(counts)
}

/// Something is wrong with one of the first bytes, which have, with the two after them, these signs.
fn is_odd(bytes: &[u8], first: usize, counts: u64, style: Style) -> bool {
    let mut tails = (0..first).filter_map(|at| bytes.get(at..));
    has(counts, barred(style))
        || (has(counts, MARK) && tails.clone().any(|tail| is_mark(tail, style)))
        || (has_foreign(counts) && tails.any(|tail| tail.first() >= Some(&0xC2) && is_foreign(tail)))
}

/// `&` or `<` stands there as in an entity or a tag.
fn is_mark(bytes: &[u8], style: Style) -> bool {
    let next = bytes.get(1).copied().unwrap_or(b' ');
    match bytes {
        // In HTML, only what was escaped twice.
        [b'&', ..] if style == Style::Html => {
            let inner = bytes.strip_prefix(b"&amp;").and_then(<[u8]>::first);
            inner.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'#')
        }
        [b'&', ..] => next.is_ascii_alphabetic() || next == b'#',
        [b'<', ..] => style != Style::Html && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')),
        _ => false,
    }
}

/// A character that nobody sees begins there, or one that stands as where letters were read in a wrong encoding.
fn is_foreign(bytes: &[u8]) -> bool {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    match (byte(0), byte(1), byte(2)) {
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
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let stray = |byte: &u8| matches!(byte, b',' | b';' | b':' | b'/' | b'=' | b'|');
    is_blank(text.chars().next())
        || is_blank(text.chars().next_back())
        || (!matches!(style, Style::Text | Style::Html) && text.as_bytes().last().is_some_and(stray))
}

/// A title has no small letter.
#[inline]
fn is_loud(bytes: &[u8]) -> bool {
    bytes.len() >= 12 && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// From so many commas on, it may be a list.
const ROW: usize = 3;

/// There may be several names or terms: by a row of commas, by "and", by "et al.".
#[inline]
fn is_several(bytes: &[u8], style: Style, counts: u64) -> bool {
    let has_row = (counts / COMMA) & MOST >= ROW as u64;
    match style {
        Style::Name => has_row || (has(counts, SPACE) && joins(bytes)),
        Style::Keyword => has_row,
        _ => false,
    }
}

/// A word of a name is one between two names: "and", "et al.".
fn joins(bytes: &[u8]) -> bool {
    const JOINING: [&[u8]; 6] = [b"and ", b"& ", b"und ", b"et ", b"y ", b"et al"];
    let is_word = |at: usize| JOINING.iter().any(|word| bytes[at..].starts_with(word));
    let nexts = bytes.iter().enumerate().skip(1);
    bytes
        .iter()
        .zip(nexts)
        .any(|(byte, (at, next))| *byte == b' ' && matches!(next, b'a' | b'&' | b'u' | b'e' | b'y') && is_word(at))
}
