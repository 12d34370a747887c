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

    /// Words that begin with another letter than these are not in it.
    pub(super) fn first_letters(&self) -> u32 {
        if self.has_foreign { u32::MAX } else { self.firsts.iter().fold(0, |all, firsts| all | firsts) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its first text is this one: of a list of one a quick answer.
    #[inline]
    pub(super) fn begins_with(&self, text: &str) -> bool {
        self.terms.first().is_some_and(|term| **term == *text)
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

/// A letter or digit of ASCII; an apostrophe; anything that is not ASCII; the beginning of what may be a sign; what parts
/// words.
const LETTER: u8 = 1;
const APOSTROPHE: u8 = 2;
const FOREIGN: u8 = 4;
const SIGN: u8 = 8;
const PARTS: u8 = 16;

/// What a byte is in a word.
static OF_WORD: [u8; 256] = {
    let mut table = [PARTS; 256];
    let mut byte = u8::MAX;
    loop {
        table[byte as usize] = match byte {
            b'\'' => APOSTROPHE,
            // U+0080 to U+00BF, U+2000 to U+206F, U+3000 to U+303F begin so.
            0xC2 | 0xE2 | 0xE3 => SIGN,
            0x80.. => FOREIGN,
            _ if byte.is_ascii_alphanumeric() => LETTER,
            _ => PARTS,
        };
        if byte == 0 {
            break table;
        }
        byte -= 1;
    }
};

/// The text as a word, if it is nothing but one; apostrophes are of it.
#[inline]
pub(super) fn one_word(text: &str) -> Option<Word<'_>> {
    let has = text.bytes().fold(0, |has, byte| has | OF_WORD[usize::from(byte)]);
    (has & (SIGN | PARTS) == 0 && has != 0).then_some(Word { text, has })
}

/// The first word of a text, and what is behind it. A word is of letters and digits, and of what is not ASCII all but the
/// signs; apostrophes are of it, or not.
#[inline]
pub(super) fn next_word(text: &str, apostrophes: bool) -> Option<(Word<'_>, &str)> {
    let ends = if apostrophes { PARTS | SIGN } else { PARTS | SIGN | APOSTROPHE };
    let bytes = text.as_bytes();
    let (mut start, mut end, mut has) = (0, 0, 0);
    while let Some(byte) = bytes.get(end) {
        let of_word = OF_WORD[usize::from(*byte)];
        if of_word & ends == 0 {
            has |= of_word;
            end += 1;
            continue;
        }
        let (of_word, length) = if of_word == SIGN { sign(text, end, apostrophes) } else { (0, 1) };
        if of_word == 0 && has != 0 {
            break;
        }
        has |= of_word;
        end += length;
        if has == 0 {
            start = end;
        }
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
