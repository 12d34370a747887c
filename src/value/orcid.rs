//! ORCID iDs: sixteen digits of ISO 27729, of which the last is a check digit (ISO 7064, MOD 11-2), in the blocks that
//! ORCID has of that standard's numbers.

use std::ops::Range;

use super::date::text::{Clean, malformed, placeholder};
use super::identifier::{self, Identifier};
use super::{Class, Fault, is_blank};

/// An ORCID iD.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Orcid {
    /// ASCII digits, the last perhaps `X`.
    digits: [u8; 16],
}

impl Orcid {
    /// As ORCID wants it written: `https://orcid.org/0000-0002-1825-0097`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("https://orcid.org/{}", self.number())
    }

    /// The number with its hyphens: `0000-0002-1825-0097`.
    #[must_use]
    pub fn number(&self) -> String {
        grouped(&self.digits)
    }

    /// Fifteen digits and a digit or an `X`, whatever they mean.
    pub(super) fn of(mut digits: [u8; 16]) -> Option<Self> {
        let [first @ .., last] = &mut digits;
        last.make_ascii_uppercase();
        let plain = first.iter().fold(true, |all, digit| all & digit.is_ascii_digit());
        (plain && (last.is_ascii_digit() || *last == b'X')).then_some(Self { digits })
    }

    /// The number without its check digit, for comparing many.
    pub(crate) fn serial(&self) -> u64 {
        self.digits.iter().take(15).fold(0, |number, digit| number * 10 + u64::from(digit.wrapping_sub(b'0')))
    }

    fn is_sound(&self) -> bool {
        self.is_checked() && self.is_in_blocks()
    }

    /// The last digit is the one that checks the others.
    pub(super) fn is_checked(&self) -> bool {
        self.last() == self.check_digit()
    }

    /// The last digit.
    pub(super) fn last(&self) -> u8 {
        self.digits[15]
    }

    /// As low as no number that was given out, of a person or a body.
    pub(super) fn is_low(&self) -> bool {
        self.digits.starts_with(b"00000000000")
    }

    /// The blocks of ISNI numbers that ORCID has: 0000-0001-5000-0007 to 0000-0003-5000-0001 and 0009-0000-0000-0000 to
    /// 0009-0010-0000-0000, each without its check digit. The first is taken to reach on to 0000-0004, where it would
    /// grow: a number that is wrong there is missed rather than a right one refused.
    fn is_in_blocks(&self) -> bool {
        (at(b"000000015000000")..at(b"000000050000000")).contains(&self.place()) || self.is_in_second_block()
    }

    /// The blocks as they are described, without what the first may grow by: those numbers can be an ISNI of
    /// somebody who has no ORCID iD.
    pub(super) fn is_in_stated_blocks(&self) -> bool {
        (at(b"000000015000000")..=at(b"000000035000000")).contains(&self.place()) || self.is_in_second_block()
    }

    fn is_in_second_block(&self) -> bool {
        (at(b"000900000000000")..=at(b"000900100000000")).contains(&self.place())
    }

    /// Its place among all numbers, for which the check digit does not count.
    fn place(&self) -> u128 {
        u128::from_be_bytes(self.digits) >> 8
    }

    /// What the last digit must be after these fifteen: ISO 7064, MOD 11-2.
    pub(super) fn check_digit(&self) -> u8 {
        // Doubling fifteen times does not leave 32 bits, so one remainder at the end is enough; nor do the zeros' own
        // numbers, which are taken off together.
        const ZEROS: u32 = b'0' as u32 * (2 << 15) - b'0' as u32 * 2;
        let total = self.digits.iter().take(15).fold(0, |total, digit| (total + u32::from(*digit)) * 2) - ZEROS;
        match (12 - total % 11) % 11 {
            10 => b'X',
            digit => b'0' + u8::try_from(digit).unwrap_or(0),
        }
    }
}

/// The place of the number that has these digits before its last.
const fn at(digits: &[u8; 15]) -> u128 {
    let (mut place, mut next) = (0, 0);
    while next < digits.len() {
        place = place << 8 | digits[next] as u128;
        next += 1;
    }
    place
}

/// Reads `text` as an ORCID iD: with or without hyphens, alone or as the address at orcid.org.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one number can have been meant, which.
pub fn parse(text: &str) -> Result<Orcid, Fault> {
    let bytes = text.as_bytes();
    let number = bytes.get(address(bytes)..).unwrap_or_default();
    match digits(number) {
        Some(orcid) if orcid.is_sound() => Ok(orcid),
        _ => Err(diagnose(text)),
    }
}

/// Nothing is wrong with `text`.
pub(super) fn is_sound(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(address(bytes)..).and_then(digits).is_some_and(|orcid| orcid.is_sound())
}

/// How long `https://orcid.org/` is, with `http` or `www.` too; 0 where there is none.
#[inline]
fn address(bytes: &[u8]) -> usize {
    const USUAL: &[u8] = b"https://orcid.org/";
    if bytes.starts_with(USUAL) { USUAL.len() } else { other_address(bytes) }
}

fn other_address(bytes: &[u8]) -> usize {
    let rest = after(bytes, b"https://").or_else(|| after(bytes, b"http://"));
    let host = rest.map(|rest| after(rest, b"www.").unwrap_or(rest)).and_then(|rest| after(rest, b"orcid.org/"));
    host.map_or(0, |rest| bytes.len() - rest.len())
}

fn after<'a>(bytes: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// Sixteen digits in one or in four groups, perhaps with the slash that browsers put after an address.
fn digits(bytes: &[u8]) -> Option<Orcid> {
    let bytes = bytes.strip_suffix(b"/").unwrap_or(bytes);
    let mut digits = [0; 16];
    if let Ok(bytes) = <&[u8; 19]>::try_from(bytes) {
        if [bytes[4], bytes[9], bytes[14]] != [b'-'; 3] {
            return None;
        }
        for (group, four) in digits.as_chunks_mut::<4>().0.iter_mut().zip([0, 5, 10, 15]) {
            group.copy_from_slice(&bytes[four..four + 4]);
        }
    } else {
        digits = *<&[u8; 16]>::try_from(bytes).ok()?;
    }
    Orcid::of(digits)
}

fn grouped(digits: &[u8; 16]) -> String {
    let mut text = String::with_capacity(19);
    for (at, &digit) in digits.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(digit));
    }
    text
}

/// Explains why `text` is no ORCID iD.
#[cold]
fn diagnose(text: &str) -> Fault {
    if is_blank(text) {
        return Fault::whole(Class::Form, text, "it is blank");
    }
    let found = match Clean::of(text) {
        None => named(text),
        Some(clean) if parse(&clean.text).is_ok() => {
            malformed(clean.at.clone(), clean.reason("ORCID iD")).meant(clean.text.as_str())
        }
        Some(clean) => {
            let fault = named(&clean.text);
            Fault { at: clean.back(&fault.at), ..fault }
        }
    };
    let intended = found.intended.clone().filter(|text| parse(text).is_ok());
    found.meant_if(intended)
}

fn named(text: &str) -> Fault {
    let start = address(text.as_bytes());
    let rest = text.get(start..).unwrap_or_default();
    if let Some(reason) =
        placeholder(text).or_else(|| placeholder(rest.trim_matches('/')).filter(|_| !rest.is_empty() && rest != "/"))
    {
        return Fault::whole(Class::Placeholder, text, reason);
    }
    if let Some(orcid) = digits(rest.as_bytes()) {
        return unsound(text, start, orcid);
    }
    if rest.trim_matches('/').is_empty() || text.to_ascii_lowercase().ends_with("//orcid.org") {
        return Fault::whole(Class::Form, text, "there is no number after the address of ORCID");
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("sandbox.orcid.org") {
        return Fault::whole(Class::Form, text, "this is an address of ORCID's test system, whose numbers mean nobody");
    }
    if is_crossed(rest) {
        return Fault::whole(Class::Placeholder, text, "a template was not filled in");
    }
    torn(text)
        .or_else(|| surrounded(text, &lower))
        .or_else(|| regrouped(text, start))
        .or_else(|| other_kind(text, &lower))
        .unwrap_or_else(|| miscounted(text, start))
}

/// `XXXX-XXXX-XXXX-XXXX`, `0000-000X-XXXX-XXXX`, and the like.
fn is_crossed(number: &str) -> bool {
    number.bytes().filter(|byte| byte.eq_ignore_ascii_case(&b'x')).count() >= 3
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'X' | b'-'))
}

/// Sixteen digits that cannot be a person's.
fn unsound(text: &str, start: usize, orcid: Orcid) -> Fault {
    let right = char::from(orcid.check_digit());
    let end = start + text.get(start..).map_or(0, |rest| rest.trim_end_matches('/').len());
    if orcid.digits.iter().all(|&digit| digit == b'0') {
        return Fault::whole(Class::Placeholder, text, "a number of zeros means nobody");
    }
    if orcid.number() == "0000-0001-2345-6789" {
        return Fault::whole(Class::Placeholder, text, "this is the number of an example, which means nobody");
    }
    // ORCID never gave out numbers as low, and no library has a use for them.
    if orcid.is_low() {
        return Fault::whole(Class::Placeholder, text, "this is a made-up number, which means nobody");
    }
    let written = char::from(orcid.last());
    if written != right {
        let reason = format!("the last digit checks the others, and for these it would be {right}, not {written}");
        return Fault::part(Class::Checksum, end.saturating_sub(1)..end, reason);
    }
    if orcid.digits.starts_with(b"0000") {
        let reason = "this is an ISNI, not an ORCID iD: the number is outside the blocks of ORCID";
        return Fault::part(Class::OtherKind, start..end, reason);
    }
    Fault::part(Class::Impossible, start..end, "the number is outside the blocks of ORCID, and of all that ISNI has")
}

/// A sound number with something round it: a label, a query, another page of orcid.org.
fn surrounded(text: &str, lower: &str) -> Option<Fault> {
    let mut numbers = sound_numbers(text);
    let (at, orcid) = numbers.next()?;
    if let Some((second, other)) = numbers.next() {
        let reason =
            if orcid == other { "the number stands there twice" } else { "there are two ORCID iDs in one value" };
        let meant = (orcid == other).then(|| orcid.canonical());
        return Some(malformed(second, reason).meant_if(meant));
    }
    let [before, after] = [text.get(..at.start)?, text.get(at.end..)?];
    if before.bytes().chain(after.bytes()).filter(u8::is_ascii_digit).count() >= 8 {
        return None;
    }
    let alone = lower.get(..at.start)?.trim_end_matches("https://orcid.org/").trim_end_matches("http://orcid.org/");
    let label = alone.trim_matches([' ', ':', '=', '_', '(', '[', '<', '#']);
    let labelled = matches!(label, "orcid" | "orcid id" | "orcid-id" | "orcidid" | "id_orcid");
    let in_address = lower.contains("orcid.org");
    let meant = if in_address { orcid.canonical() } else { orcid.number() };
    let (class, reason) = match label {
        _ if labelled => (Class::Notation, "the number or its address is wanted alone, without a label"),
        "orcid.org/" | "www.orcid.org/" if after.is_empty() => {
            (Class::Notation, "the address does not begin with https://")
        }
        _ if lower.matches("orcid.org").count() > 1 => (Class::Form, "the address stands there twice"),
        _ if lower.contains("isni") => return None,
        _ if label.is_empty() || address(text.as_bytes()) == at.start => {
            (Class::Form, "something stands round the number")
        }
        _ if lower.contains("orcid.") => (Class::Form, "this is not the address of an ORCID iD"),
        _ if lower.contains("://") => return None,
        _ => (Class::Form, "text stands before the number"),
    };
    let outer = if after.is_empty() { 0..at.start } else { at.end..text.len() };
    Some(Fault::part(class, outer, reason).meant(meant))
}

/// The sound numbers with hyphens in the text, and where they stand.
fn sound_numbers(text: &str) -> impl Iterator<Item = (Range<usize>, Orcid)> {
    let bytes = text.as_bytes();
    (0..text.len()).filter_map(move |at| {
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let alone = free(at.checked_sub(1).and_then(|last| bytes.get(last))) && free(bytes.get(at + 19));
        let orcid = bytes.get(at..at + 19).and_then(digits).filter(|orcid| alone && orcid.is_sound())?;
        Some((at..at + 19, orcid))
    })
}

/// Blanks in the number or in the address.
fn torn(text: &str) -> Option<Fault> {
    let at = text.find(' ')?;
    let dashed: String = text.chars().map(|c| if c == ' ' { '-' } else { c }).collect();
    let joined: String = text.chars().filter(|&c| c != ' ').collect();
    let meant = [dashed, joined].into_iter().find(|meant| parse(meant).is_ok())?;
    Some(malformed(at..at + 1, "white space stands inside it").meant(meant))
}

/// Other signs in place of the hyphens, or hyphens elsewhere; letters in place of digits.
fn regrouped(text: &str, start: usize) -> Option<Fault> {
    let (address, rest) = text.split_at_checked(start)?;
    let bare: String = rest.chars().filter(|c| !matches!(c, '-' | '.' | '_' | '/')).collect();
    let number = |text: &str| digits(text.as_bytes()).filter(Orcid::is_sound).map(|orcid| orcid.number());
    if let Some(number) = number(&bare) {
        let reason = "the hyphens do not stand after every fourth digit";
        return Some(malformed(start..text.len(), reason).meant(format!("{address}{number}")));
    }
    let digit = |c| match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        c => c,
    };
    let meant = number(&bare.chars().map(digit).collect::<String>())?;
    let at = start + rest.find(['O', 'o', 'l', 'I'])?;
    Some(malformed(at..at + 1, "a letter stands in place of a digit").meant(format!("{address}{meant}")))
}

/// Something else than an ORCID iD.
fn other_kind(text: &str, lower: &str) -> Option<Fault> {
    if let Some(fault) = identifier::other_kind(text, Identifier::Orcid).filter(|_| !lower.contains("orcid.org")) {
        return Some(fault);
    }
    let kind = if lower.contains('@') {
        "an e-mail address"
    } else if lower.contains("isni") {
        "an ISNI"
    } else if lower.contains("10.") && lower.contains('/') {
        "a DOI"
    } else if lower.starts_with("http") && !lower.contains("orcid.org") || lower.starts_with("www.") {
        "a web address of somebody else"
    } else {
        return None;
    };
    Some(Fault::whole(Class::Form, text, format!("this is {kind}, not an ORCID iD")))
}

/// Too few or too many digits, or other signs among them.
fn miscounted(text: &str, start: usize) -> Fault {
    let number = text.get(start..).unwrap_or_default();
    let at = start..text.len();
    let bare = number.trim_end_matches('/');
    let count = bare.bytes().filter(u8::is_ascii_digit).count() + usize::from(bare.ends_with(['x', 'X']));
    let inner = bare.get(..bare.len().saturating_sub(1)).unwrap_or_default();
    if count == 0 {
        Fault::whole(Class::Form, text, "this is not an ORCID iD")
    } else if let Some(cross) =
        inner.find(['x', 'X']).filter(|_| inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'x' | b'X')))
    {
        malformed(start + cross..start + cross + 1, "an X can only stand at the end")
    } else if let Some((other, c)) = bare.char_indices().find(|(_, c)| !matches!(c, '0'..='9' | '-' | 'x' | 'X')) {
        let at = start + other..start + other + c.len_utf8();
        if count < 8 {
            Fault::whole(Class::Form, text, "this is not an ORCID iD")
        } else {
            malformed(at, "it has something else than digits and hyphens")
        }
    } else if count == 16 {
        malformed(at, "the hyphens do not stand after every fourth digit")
    } else {
        let s = if count == 1 { "" } else { "s" };
        malformed(at, format!("it has {count} digit{s}, and an ORCID iD has 16"))
    }
}
