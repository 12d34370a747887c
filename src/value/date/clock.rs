//! The time of day: `hh`, `hh:mm`, `hh:mm:ss`, a fraction, a zone (W3C note-datetime; ISO 8601-1:2019, 5.3).

use super::fault::Case;
use super::text::malformed;
use super::{Slip, What, calendar, two};
use crate::value::Fault;

/// How exactly a time was written, for the forms that are stricter than W3CDTF as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) has_seconds: bool,
    pub(super) has_fraction: bool,
    /// The zone has minutes and no colon: `+0200`.
    pub(super) basic_zone: bool,
}

/// Reads the time of day that begins at byte `from` of the value.
pub(super) fn read(bytes: &[u8], from: usize) -> Result<Time, Slip> {
    let shape = || Slip::new(What::Shape, from..from + bytes.len());
    let (hour, rest) = part(bytes, None).ok_or_else(shape)?;
    let (minute, rest) = part(rest, Some(b':')).map_or((None, rest), |(minute, rest)| (Some(minute), rest));
    let (second, rest) = match minute {
        Some(_) => part(rest, Some(b':')).map_or((None, rest), |(second, rest)| (Some(second), rest)),
        None => (None, rest),
    };
    let (fraction, rest) = match second {
        Some(_) => fraction(rest).ok_or_else(shape)?,
        None => (None, rest),
    };
    let basic_zone = zone(rest, from + bytes.len() - rest.len(), shape)?;
    let midnight = minute.unwrap_or(0) == 0 && second.unwrap_or(0) == 0 && fraction != Some(false);
    if hour > 24 || hour == 24 && !midnight {
        return Err(Slip::new(What::Hour, from..from + 2));
    }
    if minute.is_some_and(|minute| minute > 59) {
        return Err(Slip::new(What::Minute, from + 3..from + 5));
    }
    // A leap second ends an hour in Greenwich, so a quarter of an hour anywhere.
    let leap = minute.is_some_and(|minute| minute % 15 == 14);
    if second.is_some_and(|second| second > 60 || second == 60 && !leap) {
        return Err(Slip::new(What::Second, from + 6..from + 8));
    }
    Ok(Time { has_seconds: second.is_some(), has_fraction: fraction.is_some(), basic_zone })
}

/// Two digits, after `before` if there is one.
fn part(bytes: &[u8], before: Option<u8>) -> Option<(u8, &[u8])> {
    let bytes = match before {
        Some(byte) => bytes.strip_prefix(&[byte])?,
        None => bytes,
    };
    match *bytes {
        [tens, ones, ref rest @ ..] => Some((two([tens, ones])?, rest)),
        _ => None,
    }
}

/// The fraction of a second, if there is one, and whether it is zero; nothing if it is a point without digits.
fn fraction(bytes: &[u8]) -> Option<(Option<bool>, &[u8])> {
    let [b'.' | b',', rest @ ..] = bytes else {
        return Some((None, bytes));
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at_checked(digits)?;
    (!digits.is_empty()).then(|| (Some(digits.iter().all(|&digit| digit == b'0')), rest))
}

/// `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing; whether it is of the second kind.
fn zone(bytes: &[u8], from: usize, shape: impl Fn() -> Slip) -> Result<bool, Slip> {
    let (hours, minutes, basic) = match *bytes {
        [] | [b'Z'] => return Ok(false),
        [b'+' | b'-', a, b] => (two([a, b]), Some(0), false),
        [b'+' | b'-', a, b, c, d] => (two([a, b]), two([c, d]), true),
        [b'+' | b'-', a, b, b':', c, d] => (two([a, b]), two([c, d]), false),
        _ => return Err(shape()),
    };
    let (hours, minutes) = hours.zip(minutes).ok_or_else(shape)?;
    // Kiribati is farthest ahead, by 14 hours.
    if minutes > 59 || hours > 14 || hours == 14 && minutes > 0 {
        return Err(Slip::new(What::Zone, from..from + bytes.len()));
    }
    Ok(basic)
}

/// A whole date and then a time of day that is not written as it should be.
pub(super) fn repaired(case: &Case) -> Option<Fault> {
    let (date, rest) = case.text.split_at_checked(10)?;
    calendar(date.as_bytes(), 0, false).ok()?;
    if rest.starts_with(|c: char| c.is_ascii_digit() || c == '/') {
        return None;
    }
    let at = 10..case.text.len();
    if is_zone(rest) {
        return Some(malformed(at, "a time zone stands after a date without a time").meant(date));
    }
    if let Some((fault, time)) = zone_twice(case, rest) {
        return Some(fault.meant_if(time.map(|time| format!("{date}{time}"))));
    }
    let Some(time) = tidy(rest) else {
        return rest.starts_with('T').then(|| malformed(at, "the time of day is not written as hh:mm:ss"));
    };
    let reason = match rest.as_bytes().first()? {
        b' ' => {
            return Some(
                malformed(10..11, "a blank stands between date and time, where a T belongs")
                    .meant(date.to_owned() + &time),
            );
        }
        b't' => {
            return Some(malformed(10..11, "the T before the time is a small letter").meant(date.to_owned() + &time));
        }
        _ if rest.ends_with('z') => {
            let end = case.text.len();
            return Some(
                malformed(end - 1..end, "the Z after the time is a small letter").meant(date.to_owned() + &time),
            );
        }
        _ => "the time of day is not written as hh:mm:ss",
    };
    Some(malformed(at, reason).meant(date.to_owned() + &time))
}

fn is_zone(text: &str) -> bool {
    !text.is_empty() && zone(text.as_bytes(), 0, || Slip::new(What::Shape, 0..0)).is_ok()
}

/// `Z` and then an offset: which of them holds is not known, unless the offset is none.
fn zone_twice(case: &Case, rest: &str) -> Option<(Fault, Option<String>)> {
    let z = rest.find(['Z', 'z'])?;
    let (time, offset) = (rest.get(..z)?, rest.get(z + 1..)?);
    if offset.is_empty() || !is_zone(offset) {
        return None;
    }
    let same = offset.bytes().all(|byte| matches!(byte, b'+' | b'-' | b':' | b'0'));
    let time = if same { tidy(time).map(|time| time + "Z") } else { None };
    Some((
        malformed(10 + z..case.text.len(), "the time zone is given twice, as Z and as an offset, of which one must go"),
        time,
    ))
}

/// `text` as a `T` and a time of day with its parts in full; nothing if it is none.
pub(super) fn tidy(text: &str) -> Option<String> {
    let text = text.trim_start_matches([' ', 'T', 't', '_', ',']);
    let zone_at = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',' | '-')).unwrap_or(text.len());
    // An offset may be behind a minus, which also stands between the parts of some times.
    let zone_at = text
        .rfind('-')
        .filter(|&minus| minus < zone_at && text.get(..minus).is_some_and(|t| t.contains(':')))
        .unwrap_or(zone_at);
    let (time, zone) = text.split_at_checked(zone_at)?;
    let zone = match zone.trim() {
        "" => "",
        "Z" | "z" | "UTC" | "GMT" | "utc" | "gmt" => "Z",
        offset if is_zone(offset) => offset,
        _ => return None,
    };
    let mut written = String::with_capacity(16);
    let (time, fraction) = match time.split_once([',', '.']) {
        Some((time, fraction)) if time.contains(':') => (time, Some(fraction)),
        _ => (time, None),
    };
    let parts = if time.len() == 6 && time.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![time.get(..2)?, time.get(2..4)?, time.get(4..)?]
    } else {
        time.split([':', '.']).collect()
    };
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (part, separator) in parts.iter().zip(['T', ':', ':']) {
        // A single digit can only be an hour; minutes and seconds with one may have been cut off.
        let short = part.len() == 1 && separator == 'T';
        if !(short || part.len() == 2) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        written.push(separator);
        written.push_str(if short { "0" } else { "" });
        written.push_str(part);
    }
    if let Some(fraction) = fraction.filter(|fraction| !fraction.is_empty()) {
        written.push('.');
        written.push_str(fraction);
    }
    written.push_str(zone);
    Some(written)
}
