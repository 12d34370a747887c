//! Texts of a list, to be found without regard to case: by their length and first letter told from most others. And words
//! of a text.

use crate::value::name::trimmed;

use super::condition::same_term;

/// Texts of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TermSet {
    /// By their lengths.
    terms: Vec<Box<str>>,
    /// For each length up to 31, and all that are longer, the first letters.
    firsts: Box<[u32; 32]>,
    /// For each length, at which place the first text of it stands.
    starts: Box<[u16; 33]>,
    /// Some are not ASCII: a letter's other case can there be of another length. But no text in ASCII is the same as these.
    has_foreign: bool,
    /// Some are not ASCII, and are so in small letters: the sign of Kelvin.
    turns_ascii: bool,
}

/// All that are longer than this are of one length.
const LONGEST: usize = 31;

impl TermSet {
    pub(super) fn new(mut terms: Vec<Box<str>>) -> Self {
        let length = |term: &str| term.len().min(LONGEST);
        terms.sort_by_key(|term| length(term));
        let (mut firsts, mut starts) = (Box::new([0; 32]), Box::new([0; 33]));
        for (number, start) in starts.iter_mut().enumerate() {
            let shorter = terms.iter().take_while(|term| length(term) < number).count();
            *start = u16::try_from(shorter).unwrap_or(u16::MAX);
        }
        for term in &terms {
            firsts[length(term)] |= first_letter(term);
        }
        let foreign = || terms.iter().filter(|term| !term.is_ascii());
        let has_foreign = foreign().next().is_some();
        // Where there are too many to be found by their length, all are compared.
        let turns_ascii = terms.len() >= usize::from(u16::MAX) || foreign().any(|term| term.to_lowercase().is_ascii());
        Self { terms, firsts, starts, has_foreign, turns_ascii }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// It has the text, whatever its case and the white space round it.
    #[inline]
    pub(super) fn has(&self, text: &str) -> bool {
        let text = trimmed(text);
        if (self.has_foreign && !text.is_ascii()) || self.turns_ascii {
            return self.terms.iter().any(|term| same_term(term, text));
        }
        let length = text.len().min(LONGEST);
        self.firsts[length] & first_letter(text) != 0 && self.has_of_length(length, text)
    }

    fn has_of_length(&self, length: usize, text: &str) -> bool {
        let [start, end] = [length, length + 1].map(|length| usize::from(self.starts[length]));
        let of_length = self.terms.get(start..end).unwrap_or_default();
        let first = first_letter(text);
        of_length.iter().any(|term| first_letter(term) == first && (**term == *text || term.eq_ignore_ascii_case(text)))
    }
}

/// The bit of a text's first letter, the same in capitals and small letters.
#[inline]
pub(super) fn first_letter(text: &str) -> u32 {
    1 << (text.as_bytes().first().copied().unwrap_or_default() & 31)
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// What is in it: the bits of [`of_word`].
    has: u8,
}

impl Word<'_> {
    pub(super) fn is_ascii(&self) -> bool {
        self.has & FOREIGN == 0
    }

    /// It has an apostrophe: "d'Azur".
    pub(super) fn has_apostrophe(&self) -> bool {
        self.has & APOSTROPHE != 0
    }
}

/// A letter or digit of ASCII; an apostrophe; anything that is not ASCII; the beginning of what may be a sign.
const LETTER: u8 = 1;
const APOSTROPHE: u8 = 2;
const FOREIGN: u8 = 4;
const SIGN: u8 = 8;

/// What a byte is in a word; 0 for what parts words.
static OF_WORD: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'\'' => APOSTROPHE,
            // U+0080 to U+00BF, U+2000 to U+206F, U+3000 to U+303F begin so.
            0xC2 | 0xE2 | 0xE3 => SIGN,
            0x80.. => FOREIGN,
            byte if byte.is_ascii_alphanumeric() => LETTER,
            _ => 0,
        };
        at += 1;
    }
    table
};

/// The first word of a text, and what is behind it. A word is of letters and digits, and of what is not ASCII all but the
/// signs; apostrophes are of it, or not.
#[inline]
pub(super) fn next_word(text: &str, apostrophes: bool) -> Option<(Word<'_>, &str)> {
    let not_counted = if apostrophes { 0 } else { APOSTROPHE };
    // What the bytes at a place are, and of how many it is said.
    let of_word = |at: usize, byte: u8| match OF_WORD[usize::from(byte)] & !not_counted {
        SIGN => sign(text, at, apostrophes),
        has => (has, 1),
    };
    let bytes = text.as_bytes();
    let (mut start, mut has) = (0, 0);
    while let Some(byte) = bytes.get(start) {
        let (found, length) = of_word(start, *byte);
        if found != 0 {
            has = found;
            break;
        }
        start += length;
    }
    let mut end = start;
    while let Some(byte) = bytes.get(end) {
        let (found, length) = of_word(end, *byte);
        if found == 0 {
            break;
        }
        has |= found;
        end += length;
    }
    let word = text.get(start..end).filter(|word| !word.is_empty())?;
    Some((Word { text: word, has }, text.get(end..).unwrap_or_default()))
}

/// What a character is in a word that may be a sign, and how many bytes it has.
#[cold]
fn sign(text: &str, at: usize, apostrophes: bool) -> (u8, usize) {
    let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let has = match c {
        '’' if apostrophes => APOSTROPHE | FOREIGN,
        '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' => 0,
        _ => FOREIGN,
    };
    (has, c.len_utf8())
}
