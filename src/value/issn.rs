//! ISSNs: seven digits and a check digit, with a hyphen in the middle (ISO 3297).

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Found, Identifier};
use super::{Class, Fault};

/// An ISSN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Issn {
    /// ASCII digits, the last perhaps `X`.
    digits: [u8; 8],
}

impl Issn {
    /// As the standard writes it: `0378-5955`.
    #[must_use]
    pub fn canonical(&self) -> String {
        let digits = self.digits.map(char::from);
        let [first, last] = [&digits[..4], &digits[4..]].map(|half| half.iter().collect::<String>());
        format!("{first}-{last}")
    }

    fn is_sound(self) -> bool {
        self.digits[7] == self.check_digit() && !self.is_made_up()
    }

    /// Zeros, of which the check digit is right, and the number of examples.
    fn is_made_up(self) -> bool {
        self.digits == *b"00000000" || self.digits == *b"12345678"
    }

    /// What the last digit must be: the weights are 8 to 2, the modulus 11.
    fn check_digit(self) -> u8 {
        let weighed = self.digits.iter().zip((2..=8).rev());
        let total: u32 = weighed.map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
        match (11 - total % 11) % 11 {
            10 => b'X',
            digit => b'0' + u8::try_from(digit).unwrap_or(0),
        }
    }
}

/// Reads `text` as an ISSN with its hyphen: `0378-5955`.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one number can have been meant, which.
pub fn parse(text: &str) -> Result<Issn, Fault> {
    hyphened(text.as_bytes())
        .filter(|issn| issn.is_sound())
        .ok_or_else(|| identifier::diagnose(text, Identifier::Issn, is_sound, named))
}

/// Nothing is wrong with `text`.
pub(super) fn is_sound(text: &str) -> bool {
    hyphened(text.as_bytes()).is_some_and(Issn::is_sound)
}

fn hyphened(bytes: &[u8]) -> Option<Issn> {
    let (first, [b'-', last @ ..]) = bytes.split_first_chunk::<4>()? else { return None };
    let mut digits = [0; 8];
    digits[..4].copy_from_slice(first);
    digits[4..].copy_from_slice(<&[u8; 4]>::try_from(last).ok()?);
    eight(digits)
}

fn eight(mut digits: [u8; 8]) -> Option<Issn> {
    let [first @ .., last] = &mut digits;
    last.make_ascii_uppercase();
    (first.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || *last == b'X')).then_some(Issn { digits })
}

/// Eight digits in a row.
fn unhyphened(text: &str) -> Option<Issn> {
    eight(text.as_bytes().try_into().ok()?)
}

fn named(text: &str) -> Option<Fault> {
    if let Some(reason) = placeholder(text) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    if let Some(issn) = hyphened(text.as_bytes()) {
        return Some(unsound(text, 0, issn));
    }
    if let Some(issn) = unhyphened(text) {
        if !issn.is_sound() {
            return Some(unsound(text, 0, issn));
        }
        let reason = "the hyphen after the fourth digit is missing";
        return Some(Fault::whole(Class::Notation, text, reason).meant(issn.canonical()));
    }
    let (sound, others) = numbers(text);
    identifier::surrounded(text, &sound, Identifier::Issn, &LABELS)
        .or_else(|| others.into_iter().next().map(|(start, issn)| unsound(text, start, issn)))
        .or_else(|| regrouped(text))
        .or_else(|| identifier::of_a_spreadsheet(text))
        .or_else(|| an_isbn(text))
        .or_else(|| identifier::other_kind(text, Identifier::Issn))
        .or_else(|| identifier::miscounted(text, Identifier::Issn, "8"))
}

/// What stands before an ISSN and says no more than that it is one.
const LABELS: [&str; 12] = [
    "issn",
    "issn-l",
    "e-issn",
    "eissn",
    "p-issn",
    "pissn",
    "issn print",
    "issn online",
    "urn:issn",
    "https://portal.issn.org/resource/issn",
    "http://portal.issn.org/resource/issn",
    "http://issn.org/resource/issn",
];

/// The numbers with hyphens in the text: the sound ones, and the others with where they begin.
fn numbers(text: &str) -> (Vec<Found>, Vec<(usize, Issn)>) {
    let bytes = text.as_bytes();
    let is_free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    let (mut sound, mut others) = (Vec::new(), Vec::new());
    for at in 0..bytes.len() {
        let alone = is_free(at.checked_sub(1).and_then(|last| bytes.get(last))) && is_free(bytes.get(at + 9));
        match bytes.get(at..at + 9).and_then(hyphened).filter(|_| alone) {
            Some(issn) if issn.is_sound() => sound.push(Found { at: at..at + 9, number: issn.canonical() }),
            Some(issn) => others.push((at, issn)),
            None => {}
        }
    }
    (sound, others)
}

/// Eight digits, of which the ninth byte from `start` is the last, that cannot be an ISSN.
fn unsound(text: &str, start: usize, issn: Issn) -> Fault {
    if issn.digits == *b"00000000" {
        return Fault::whole(Class::Placeholder, text, "a number of zeros means no journal");
    }
    if issn.is_made_up() {
        return Fault::whole(Class::Placeholder, text, "this is the number of an example");
    }
    let end = (start + 9).min(text.len());
    identifier::wrong_check(end - 1..end, issn.check_digit(), issn.digits[7])
}

/// Other signs in place of the hyphen, letters in place of digits, a zero that a spreadsheet has dropped.
fn regrouped(text: &str) -> Option<Fault> {
    let sound = |digits: &str| unhyphened(digits).filter(|issn| issn.is_sound()).map(|issn| issn.canonical());
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '_' | '-' | '/')).collect();
    if let Some(meant) = sound(&bare) {
        let reason = "one hyphen after the fourth digit is wanted";
        return Some(Fault::whole(Class::Notation, text, reason).meant(meant));
    }
    if let Some(meant) = sound(&format!("0{bare}")) {
        return Some(malformed(0..text.len(), "the zero at its beginning is missing").meant(meant));
    }
    let (at, _) = identifier::letters_for_digits(text)?;
    let (_, mended) = identifier::letters_for_digits(&bare)?;
    Some(malformed(at, "a letter stands in place of a digit").meant(sound(&mended)?))
}

/// Ten digits that are an ISBN: among ISSNs they are no other number.
fn an_isbn(text: &str) -> Option<Fault> {
    super::isbn::is_sound(text).then(|| Fault::whole(Class::OtherKind, text, "this is an ISBN, not an ISSN"))
}
