//! ROR ids: a zero, six characters, two check digits (ISO 7064, MOD 97-10), at `https://ror.org/`.

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Identifier, after_scheme};
use super::{Class, Fault};

/// The address under which every id stands.
const ADDRESS: &str = "https://ror.org/";

/// The digits of ids: those of Crockford's base 32, without i, l, o and u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// No digit.
const NONE: u8 = u8::MAX;

/// The digit that a byte is.
const DIGITS: [u8; 256] = {
    let mut digits = [NONE; 256];
    let mut digit = 0;
    while digit < 32 {
        digits[ALPHABET[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

/// The id of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ror {
    /// In small letters.
    id: [u8; 9],
}

impl Ror {
    /// As ROR wants it written: `https://ror.org/05a28rw58`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{ADDRESS}{}", self.id())
    }

    /// What follows the address: `05a28rw58`.
    #[must_use]
    pub fn id(&self) -> String {
        self.id.iter().copied().map(char::from).collect()
    }

    /// A zero, six characters of the alphabet, two digits.
    fn of(id: &[u8]) -> Option<Self> {
        let id = <[u8; 9]>::try_from(id).ok()?;
        let [b'0', name @ .., tens, ones] = &id else { return None };
        let known = name.iter().all(|byte| DIGITS[usize::from(*byte)] != NONE);
        let right = known && tens.is_ascii_digit() && ones.is_ascii_digit();
        right.then_some(Self { id })
    }

    /// What the last two digits must be: 98 - (n * 100 mod 97), n being the rest as a number to the base 32.
    fn check(&self) -> u32 {
        let digit = |byte: &u8| u64::from(DIGITS[usize::from(*byte)]);
        let number = self.id.iter().take(7).fold(0, |number, byte| number * 32 + digit(byte));
        98 - u32::try_from(number * 100 % 97).unwrap_or(0)
    }

    fn written_check(&self) -> u32 {
        self.id[7..].iter().fold(0, |number, byte| number * 10 + u32::from(byte - b'0'))
    }

    fn is_sound(&self) -> bool {
        self.written_check() == self.check()
    }
}

/// Reads `text` as a ROR id in full: `https://ror.org/05a28rw58`.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one id can have been meant, which.
pub fn parse(text: &str) -> Result<Ror, Fault> {
    full(text).ok_or_else(|| identifier::diagnose(text, Identifier::Ror, |text| full(text).is_some(), named))
}

fn full(text: &str) -> Option<Ror> {
    Ror::of(text.strip_prefix(ADDRESS)?.as_bytes()).filter(Ror::is_sound)
}

/// A sound id in any notation.
pub(super) fn read(text: &str) -> Option<Ror> {
    let (_, id) = split(text);
    Ror::of(id.to_ascii_lowercase().as_bytes()).filter(Ror::is_sound)
}

/// How long what stands before the id is, and the id.
fn split(text: &str) -> (usize, &str) {
    let address = identifier::after(after_scheme(text), "ror.org/");
    let id = address.or_else(|| identifier::after(text, "ror:")).unwrap_or(text).trim_start();
    (text.len() - id.len(), id.trim_end_matches('/'))
}

fn named(text: &str) -> Option<Fault> {
    let (start, id) = split(text);
    if let Some(reason) = placeholder(text).or_else(|| placeholder(id).filter(|_| !id.is_empty())) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    if let Some(ror) = read(text) {
        return Some(in_another_notation(text, start, id).meant(ror.canonical()));
    }
    let at = start..start + id.len();
    if start > 0 && id.is_empty() || id.eq_ignore_ascii_case("ror.org") {
        return Some(Fault::whole(Class::Form, text, "there is no id after the address of ROR"));
    }
    let lower = id.to_ascii_lowercase();
    if let Some(ror) = Ror::of(lower.as_bytes()) {
        if lower.starts_with("0000000") {
            return Some(Fault::whole(Class::Placeholder, text, "an id of zeros means nobody"));
        }
        let (right, written) = (ror.check(), ror.written_check());
        let reason =
            format!("the last two digits check the others, and for these they would be {right:02}, not {written:02}");
        return Some(Fault::part(Class::Checksum, at.end - 2..at.end, reason));
    }
    elsewhere(text).or_else(|| misformed(start, id))
}

/// A sound id that is not written in full.
fn in_another_notation(text: &str, start: usize, id: &str) -> Fault {
    let before = text.get(..start).unwrap_or_default();
    let (at, reason) = if before.is_empty() {
        (0..text.len(), "the id is wanted with its address, https://ror.org/")
    } else if before != ADDRESS {
        (0..start, "the address is not written https://ror.org/")
    } else if id.bytes().any(|byte| byte.is_ascii_uppercase()) {
        (start..start + id.len(), "the id has small letters only")
    } else {
        (start + id.len()..text.len(), "a slash stands after the id")
    };
    Fault::part(Class::Notation, at, reason)
}

/// A sound id at the end of another address of ROR, or after other words.
fn elsewhere(text: &str) -> Option<Fault> {
    let id = text.rsplit(['/', ' ', ':']).next()?;
    let ror = Ror::of(id.as_bytes()).filter(Ror::is_sound)?;
    let at = 0..text.len() - id.len();
    let reason = if text.contains("://") { "this is not the address of the id" } else { "text stands before the id" };
    let known = !text.contains("://") || text.contains("ror.");
    known.then(|| malformed(at, reason).meant(ror.canonical()))
}

/// Something that ought to be an id and does not have its form.
fn misformed(start: usize, id: &str) -> Option<Fault> {
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain || start == 0 && (id.len() != 9 || !id.starts_with('0')) {
        return None;
    }
    let at = start..start + id.len();
    if id.len() != 9 {
        let s = if id.len() == 1 { "" } else { "s" };
        return Some(malformed(at, format!("the id has {} character{s}, and a ROR id has 9", id.len())));
    }
    if !id.starts_with('0') {
        return Some(malformed(start..start + 1, "a ROR id begins with 0"));
    }
    let foreign = |byte: u8| !ALPHABET.contains(&byte.to_ascii_lowercase());
    let reason = "i, l, o and u stand in no ROR id";
    let letter = id.bytes().position(foreign).map(|at| malformed(start + at..start + at + 1, reason));
    Some(letter.unwrap_or_else(|| malformed(at.end - 2..at.end, "the last two characters of a ROR id are digits")))
}
