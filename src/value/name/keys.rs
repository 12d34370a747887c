//! Numbers that are the same for texts that may be the same: what differs in them need not be compared.

use super::{base, folded, is_mark};

/// A number for a word of a list, or a whole text, of its folded letters.
pub(crate) fn word_key(word: &str) -> u64 {
    letters_in_order(word, usize::MAX)
}

/// A number for how a text begins, of its first folded letters: texts with the same [`word_key`] have the same.
pub(crate) fn first_letters_key(text: &str) -> u64 {
    const ENOUGH: usize = 12;
    letters_in_order(text, ENOUGH)
}

#[inline]
fn letters_in_order(text: &str, most: usize) -> u64 {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    let add = |key: u64, c: u64| (key ^ c).wrapping_mul(0x0100_0000_01B3);
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).take(most);
        return letters.fold(START, |key, byte| add(key, u64::from(byte.to_ascii_lowercase())));
    }
    folded(text).take(most).fold(START, |key, c| add(key, u64::from(c)))
}

/// A text without the white space round it. Nearly every text begins and ends with a sign of ASCII.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [only] if only.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// So many bytes are the beginning of a text.
const LONGEST: usize = 32;

/// A number for the beginning of a text, whatever its case: texts that are the same but for that have the same.
pub(crate) fn beginning_key(text: &str) -> u64 {
    let text = trimmed(text);
    let start = text.as_bytes().get(..LONGEST).unwrap_or(text.as_bytes());
    if start.is_ascii() {
        return any_case_key(start);
    }
    let letters = text.chars().take(LONGEST / 2).filter_map(|c| c.to_lowercase().next());
    letters.fold(1, |key, c| mixed(key, u64::from(c)))
}

/// A number for bytes, whatever the case of ASCII letters among them.
#[inline]
pub(crate) fn any_case_key(bytes: &[u8]) -> u64 {
    let (words, _) = bytes.as_chunks::<8>();
    let key = words.iter().fold(bytes.len() as u64, |key, word| mixed(key, u64::from_le_bytes(*word) | CASE));
    mixed(key, last_word(bytes))
}

/// The last eight bytes as a number, or all if they are fewer, whatever their case.
///
/// The bit by which capitals and small letters differ is set in all: what else that makes equal has to be compared.
#[inline]
pub(crate) fn last_word(bytes: &[u8]) -> u64 {
    let word = match bytes.last_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word),
        None => bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    word | CASE
}

const CASE: u64 = 0x2020_2020_2020_2020;

#[inline]
fn mixed(key: u64, more: u64) -> u64 {
    (key ^ more).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}

/// Spreads a letter over 64 bits.
const fn spread(c: u32) -> u64 {
    let mixed = (c as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// [`spread`] of each byte as a folded letter; 0 for what does not count.
static SPREAD: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() && !matches!(byte.to_ascii_lowercase(), b'a' | b'e') {
            table[byte as usize] = spread(byte.to_ascii_lowercase() as u32);
        }
        byte += 1;
    }
    table
};

/// The sum of the letters, so that their order does not matter. No `a` and `e` count: they may be half of an umlaut or
/// of å, and the other names that differ in nothing else are few.
pub(super) fn letters_key(text: &str) -> u64 {
    if text.is_ascii() {
        return text.bytes().fold(0, |key, byte| key.wrapping_add(SPREAD[usize::from(byte)]));
    }
    text.chars().fold(0, |key, c| {
        key.wrapping_add(if c.is_ascii() { SPREAD[usize::from(c as u8)] } else { foreign_letter_key(c) })
    })
}

fn foreign_letter_key(c: char) -> u64 {
    let letter = base(c);
    let key = match letter {
        '\0'..='\x7F' => SPREAD[usize::from(letter as u8)],
        _ if letter.is_alphanumeric() && !is_mark(letter) => spread(letter as u32),
        _ => 0,
    };
    // A ligature is its first letter here, and what follows it in the other notation does not count either.
    if matches!(c, 'ß' | 'ẞ') { key.wrapping_add(SPREAD[usize::from(b's')]) } else { key }
}
