//! ISNIs: sixteen digits, of which the last is a check digit (ISO 27729; ISO 7064, MOD 11-2).

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Identifier, after_scheme};
use super::orcid::Orcid;
use super::{Class, Fault};

/// The address under which every number stands.
const ADDRESS: &str = "https://isni.org/isni/";

/// An ISNI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Isni {
    number: Orcid,
}

impl Isni {
    /// As an address: `https://isni.org/isni/000000012150090X`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{ADDRESS}{}", self.number())
    }

    /// The digits alone: `000000012150090X`.
    #[must_use]
    pub fn number(&self) -> String {
        self.number.number().replace('-', "")
    }
}

/// Reads `text` as an ISNI: its digits in a row or in four groups, or its address at isni.org.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one number can have been meant, which.
pub fn parse(text: &str) -> Result<Isni, Fault> {
    read(text).ok_or_else(|| identifier::diagnose(text, Identifier::Isni, is_sound, named))
}

/// Nothing is wrong with `text`.
pub(super) fn is_sound(text: &str) -> bool {
    read(text).is_some()
}

fn read(text: &str) -> Option<Isni> {
    let (start, number) = split(text);
    let digits = if start == 0 { grouped(number.as_bytes(), b' ') } else { in_a_row(number.as_bytes()) };
    digits.filter(is_somebody).map(|number| Isni { number })
}

/// How long the address is, and what follows it.
fn split(text: &str) -> (usize, &str) {
    let rest = after_scheme(text);
    let number = identifier::after(rest, "isni.org/isni/").or_else(|| identifier::after(rest, "isni.org/"));
    number.map_or((0, text), |number| (text.len() - number.len(), number.trim_end_matches('/')))
}

/// Sixteen digits in a row.
fn in_a_row(bytes: &[u8]) -> Option<Orcid> {
    Orcid::of(bytes.try_into().ok()?)
}

/// Sixteen digits in a row or in four groups.
fn grouped(bytes: &[u8], gap: u8) -> Option<Orcid> {
    if bytes.len() != 19 {
        return in_a_row(bytes);
    }
    let mut digits = [0; 16];
    for (group, part) in digits.chunks_exact_mut(4).zip(bytes.chunks(5)) {
        let four = match part {
            [four @ .., last] if part.len() == 5 && *last == gap => four,
            four => four,
        };
        group.copy_from_slice(<&[u8; 4]>::try_from(four).ok()?);
    }
    Orcid::of(digits)
}

/// The check digit is right, and it is neither a number of zeros nor one of ORCID's.
fn is_somebody(number: &Orcid) -> bool {
    number.is_checked() && !number.is_low() && !number.is_in_stated_blocks()
}

fn named(text: &str) -> Option<Fault> {
    let (start, number) = split(text);
    if let Some(reason) = placeholder(text).or_else(|| placeholder(number).filter(|_| !number.is_empty())) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    if start > 0 && number.is_empty() {
        return Some(Fault::whole(Class::Form, text, "there is no number after the address of ISNI"));
    }
    // The number is the last that stands there, however its groups are parted.
    let lower = text.to_ascii_lowercase();
    let from = lower
        .rfind(|c: char| !matches!(c, '0'..='9' | 'x' | ' ' | '-' | '.'))
        .map_or(0, |last| last + lower.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let tail = text.get(from..)?;
    let bare: String = tail.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    match in_a_row(bare.as_bytes()) {
        Some(digits) => unsound(text, digits).or_else(|| Some(in_another_notation(text, from, digits))),
        None => identifier::other_kind(text, Identifier::Isni)
            .or_else(|| identifier::miscounted(number, Identifier::Isni, "16").map(|fault| fault.shifted(start))),
    }
}

/// Sixteen digits that cannot be an ISNI.
fn unsound(text: &str, digits: Orcid) -> Option<Fault> {
    if digits.is_low() {
        return Some(Fault::whole(Class::Placeholder, text, "this is a made-up number, which means nobody"));
    }
    if !digits.is_checked() {
        return Some(identifier::wrong_check(text.len() - 1..text.len(), digits.check_digit(), digits.last()));
    }
    let reason = "this is an ORCID iD, not an ISNI: the number is in the blocks of ORCID";
    digits.is_in_stated_blocks().then(|| Fault::whole(Class::OtherKind, text, reason))
}

/// A sound number in another notation.
fn in_another_notation(text: &str, from: usize, digits: Orcid) -> Fault {
    let isni = Isni { number: digits };
    let (start, _) = split(text);
    let before = text.get(..from).unwrap_or_default().to_ascii_lowercase();
    if start > 0 && start == from {
        let reason = "in the address the digits stand in a row";
        return Fault::part(Class::Notation, from..text.len(), reason).meant(isni.canonical());
    }
    if from == 0 {
        return Fault::whole(Class::Notation, text, "four groups are parted by blanks").meant(isni.number());
    }
    if matches!(before.trim_matches([' ', ':', '-', '.', '=']), "isni" | "urn:isni") {
        return Fault::part(Class::Notation, 0..from, "the number is wanted alone, without a label")
            .meant(isni.number());
    }
    if before.contains("isni.org") {
        return malformed(0..from, "the address before the number is mistyped").meant(isni.canonical());
    }
    malformed(0..from, "text stands before the number").meant(isni.number())
}
