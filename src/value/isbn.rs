//! ISBNs: ten digits, of which the last may be X, or thirteen that begin with 978 or 979 (ISO 2108).

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Found, Identifier};
use super::{Class, Fault};

/// An ISBN, as thirteen digits: one of ten digits is the same with 978 before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Isbn {
    digits: [u8; 13],
}

impl Isbn {
    /// Its thirteen digits: `9780306406157`.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.digits.iter().copied().map(char::from).collect()
    }
}

/// Reads `text` as an ISBN, with or without hyphens or blanks between its parts.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one number can have been meant, which.
pub fn parse(text: &str) -> Result<Isbn, Fault> {
    read(text).ok_or_else(|| identifier::diagnose(text, Identifier::Isbn, is_sound, named))
}

fn read(text: &str) -> Option<Isbn> {
    Digits::of(text).filter(Digits::is_sound).map(|digits| digits.isbn())
}

/// Nothing is wrong with `text`.
pub(super) fn is_sound(text: &str) -> bool {
    Digits::of(text).is_some_and(|digits| digits.is_sound())
}

/// `text` is an ISMN, the number of printed music, which shares 979 with the ISBN: `979-0-2600-0043-8`.
pub(super) fn is_ismn(text: &str) -> bool {
    Digits::of(text).is_some_and(|digits| digits.is_ismn())
}

/// Ten or thirteen digits as they stand.
#[derive(Clone, Copy)]
struct Digits {
    digits: [u8; 13],
    /// There are thirteen.
    long: bool,
}

impl Digits {
    /// The digits of a text in which single hyphens or blanks may stand between them.
    fn of(text: &str) -> Option<Self> {
        let mut digits = [0; 13];
        let mut count = 0;
        let mut parted = true;
        for &byte in text.as_bytes() {
            match byte {
                b'0'..=b'9' => {}
                b'x' | b'X' if count == 9 => {}
                b'-' | b' ' if !parted => {
                    parted = true;
                    continue;
                }
                _ => return None,
            }
            parted = false;
            *digits.get_mut(count)? = byte.to_ascii_uppercase();
            count += 1;
        }
        let long = count == 13;
        let crossed = digits[9] == b'X' && long;
        ((long || count == 10) && !parted && !crossed).then_some(Self { digits, long })
    }

    fn is_sound(&self) -> bool {
        self.written_check() == self.check_digit() && self.is_of_books() && !self.is_ismn() && !self.is_made_up()
    }

    fn is_of_books(&self) -> bool {
        !self.long || self.digits.starts_with(b"978") || self.digits.starts_with(b"979")
    }

    fn is_ismn(&self) -> bool {
        self.long && self.digits.starts_with(b"9790") && self.written_check() == self.check_digit()
    }

    /// Digits that are all the same, or count up.
    fn is_made_up(&self) -> bool {
        let number = if self.long { &self.digits[3..12] } else { &self.digits[..9] };
        let same = number.iter().all(|digit| number.first() == Some(digit)) && self.is_of_books();
        same || number == b"123456789" || number == b"012345678"
    }

    fn written_check(&self) -> u8 {
        self.digits[if self.long { 12 } else { 9 }]
    }

    fn check_digit(&self) -> u8 {
        if self.long { check_of_13(&self.digits) } else { check_of_10(&self.digits) }
    }

    fn isbn(&self) -> Isbn {
        if self.long {
            return Isbn { digits: self.digits };
        }
        let mut digits = [0; 13];
        digits[..3].copy_from_slice(b"978");
        digits[3..12].copy_from_slice(&self.digits[..9]);
        digits[12] = check_of_13(&digits);
        Isbn { digits }
    }
}

fn value_of(digit: u8) -> u32 {
    u32::from(digit.wrapping_sub(b'0'))
}

/// The last of ten digits: the weights are 10 to 2, the modulus 11.
fn check_of_10(digits: &[u8; 13]) -> u8 {
    let total: u32 = digits.iter().zip((2..=10).rev()).map(|(&digit, weight)| value_of(digit) * weight).sum();
    match (11 - total % 11) % 11 {
        10 => b'X',
        digit => b'0' + u8::try_from(digit).unwrap_or(0),
    }
}

/// The last of thirteen: the weights are 1 and 3 by turns, the modulus 10.
fn check_of_13(digits: &[u8; 13]) -> u8 {
    let weighed = digits.iter().take(12).zip([1, 3].into_iter().cycle());
    let total: u32 = weighed.map(|(&digit, weight)| value_of(digit) * weight).sum();
    b'0' + u8::try_from((10 - total % 10) % 10).unwrap_or(0)
}

fn named(text: &str) -> Option<Fault> {
    if let Some(reason) = placeholder(text) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    if let Some(digits) = Digits::of(text) {
        return Some(unsound(text, text.len(), digits));
    }
    let (sound, others) = numbers(text);
    identifier::of_a_spreadsheet(text)
        .or_else(|| identifier::surrounded(text, &sound, Identifier::Isbn, &LABELS))
        .or_else(|| others.into_iter().next().map(|(end, digits)| unsound(text, end, digits)))
        .or_else(|| regrouped(text))
        .or_else(|| identifier::other_kind(text, Identifier::Isbn))
        .or_else(|| identifier::miscounted(text, Identifier::Isbn, "10 or 13"))
}

/// What stands before an ISBN and says no more than that it is one.
const LABELS: [&str; 10] =
    ["isbn", "isbn-13", "isbn-10", "isbn13", "isbn10", "isbn 13", "isbn 10", "e-isbn", "eisbn", "urn:isbn"];

/// The numbers in the text that have as many digits as an ISBN: the sound ones, and the others with where they end.
fn numbers(text: &str) -> (Vec<Found>, Vec<(usize, Digits)>) {
    let without_blanks = runs(text, |c| matches!(c, '0'..='9' | '-' | 'x' | 'X'));
    if !without_blanks.0.is_empty() {
        return without_blanks;
    }
    let with_blanks = runs(text, |c| matches!(c, '0'..='9' | '-' | 'x' | 'X' | ' '));
    if with_blanks.0.is_empty() && with_blanks.1.is_empty() { without_blanks } else { with_blanks }
}

fn runs(text: &str, is_part: impl Fn(char) -> bool) -> (Vec<Found>, Vec<(usize, Digits)>) {
    let (mut sound, mut others) = (Vec::new(), Vec::new());
    let mut at = 0;
    for run in text.split(|c| !is_part(c)) {
        let number = run.trim_matches([' ', '-', 'x', 'X']);
        let start = at + run.len() - run.trim_start_matches([' ', '-', 'x', 'X']).len();
        // An X that belongs to the number, perhaps after a hyphen.
        let longer = |more| run.get(start - at..start - at + number.len() + more);
        let is_crossed = |long: &&str| long.ends_with(['x', 'X']) && Digits::of(long).is_some();
        let number = [1, 2].into_iter().filter_map(longer).find(is_crossed).unwrap_or(number);
        let end = start + number.len();
        match Digits::of(number) {
            Some(digits) if digits.is_sound() => {
                sound.push(Found { at: start..end, number: digits.isbn().canonical() });
            }
            Some(digits) => others.push((end, digits)),
            None => {}
        }
        // One sign, of any length, stood between the runs.
        at += run.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    (sound, others)
}

/// Ten or thirteen digits, the last before byte `end`, that cannot be an ISBN.
fn unsound(text: &str, end: usize, digits: Digits) -> Fault {
    let last = end.saturating_sub(1)..end;
    if digits.is_made_up() {
        return Fault::whole(Class::Placeholder, text, "this is a made-up number");
    }
    if digits.is_ismn() {
        let reason = "this is an ISMN, the number of printed music, not an ISBN";
        return Fault::whole(Class::OtherKind, text, reason);
    }
    if !digits.is_of_books() {
        return Fault::whole(Class::Form, text, "an ISBN of 13 digits begins with 978 or 979");
    }
    identifier::wrong_check(last, digits.check_digit(), digits.written_check())
}

/// Other signs between the parts, letters in place of digits, a zero that was left out.
fn regrouped(text: &str) -> Option<Fault> {
    let tidy: String = text.chars().map(|c| if matches!(c, '.' | '_' | '/') { '-' } else { c }).collect();
    let tidy = tidy.split(['-', ' ']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if is_sound(&tidy) {
        let reason = "single hyphens or blanks are wanted between its parts";
        return Some(Fault::whole(Class::Notation, text, reason).meant(tidy));
    }
    let digits = tidy.bytes().filter(|byte| *byte != b'-').count();
    let with_zero = format!("0{}{tidy}", if tidy.contains('-') { "-" } else { "" });
    if digits == 9 && is_sound(&with_zero) {
        let reason = "the zero at its beginning is missing, as in numbers from before 1970";
        return Some(malformed(0..text.len(), reason).meant(with_zero));
    }
    let (at, mended) = identifier::letters_for_digits(text)?;
    is_sound(&mended).then(|| malformed(at, "a letter stands in place of a digit").meant(mended))
}
