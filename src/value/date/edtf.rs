//! EDTF, levels 0 and 1 (ISO 8601-2:2019, annex A; the specification of the Library of Congress, 2019).

use super::{Date, Fields, Point, Slip, What, calendar, clock, fields};

/// Level 0: a date, a date and time, or an interval of two dates.
pub(super) fn level0(bytes: &[u8]) -> Result<Date, Slip> {
    let Some(slash) = bytes.iter().position(|&byte| byte == b'/') else {
        return date_and_time(bytes, false);
    };
    let side = |bytes: Option<&[u8]>, from| calendar(bytes.unwrap_or_default(), from, false);
    let start = side(bytes.get(..slash), 0)?;
    let end = side(bytes.get(slash + 1..), slash + 1)?;
    Ok(Date { start: Some(start), end: Some(end), interval: true, time: false })
}

/// Level 1: all of level 0 and its extensions.
pub(super) fn level1(bytes: &[u8]) -> Result<Date, Slip> {
    if let Some(slash) = bytes.iter().position(|&byte| byte == b'/') {
        return interval(bytes, slash);
    }
    if let [b'Y', digits @ ..] = bytes {
        return long_year(digits).map(|point| Date::at(point, false)).ok_or_else(|| shape(bytes, 0));
    }
    if let Some(date) = unspecified(bytes) {
        return Ok(date);
    }
    if let Some(season) = season(bytes) {
        return Ok(Date::at(season, false));
    }
    match bytes {
        [date @ .., b'?' | b'~' | b'%'] => signed(date, 0).map(|point| Date::at(point, false)),
        [b'-', ..] => date_and_time(bytes, true),
        _ => date_and_time(bytes, false),
    }
}

fn shape(bytes: &[u8], from: usize) -> Slip {
    Slip::new(What::Shape, from..from + bytes.len())
}

/// A date or a date and time; the time in full, with a zone as in `Z`, `+02` or `+02:00`, or without.
fn date_and_time(bytes: &[u8], negative: bool) -> Result<Date, Slip> {
    let from = usize::from(negative);
    let date = bytes.get(from..).unwrap_or_default();
    let Some((day, [b'T', time @ ..])) = date.split_at_checked(10) else {
        return calendar(date, from, negative).map(|point| Date::at(point, false));
    };
    let point = calendar(day, from, negative)?;
    let time_at = from + 11;
    let written = clock::read(time, time_at)?;
    if !written.has_seconds || written.has_fraction || written.basic_zone {
        return Err(shape(time, time_at));
    }
    Ok(Date::at(point, true))
}

fn signed(bytes: &[u8], from: usize) -> Result<Point, Slip> {
    match bytes {
        [b'-', rest @ ..] => calendar(rest, from + 1, true),
        _ => calendar(bytes, from, false),
    }
}

/// Two sides, each a date or a season, perhaps uncertain, or open (`..`), or unknown (empty).
fn interval(bytes: &[u8], slash: usize) -> Result<Date, Slip> {
    let (left, right) = (bytes.get(..slash).unwrap_or_default(), bytes.get(slash + 1..).unwrap_or_default());
    if left.is_empty() && right.is_empty() {
        return Err(shape(bytes, 0));
    }
    let side = |bytes: &[u8], from| {
        let bare = match bytes {
            b"" | b".." => return Ok(None),
            [date @ .., b'?' | b'~' | b'%'] | date => date,
        };
        season(bare).map_or_else(|| signed(bare, from), Ok).map(Some)
    };
    Ok(Date { start: side(left, 0)?, end: side(right, slash + 1)?, interval: true, time: false })
}

/// `Y` and more than four digits, the first of them not 0. Years beyond the range of [`Point`] are held at its ends.
fn long_year(digits: &[u8]) -> Option<Point> {
    let (negative, digits) = match digits {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.len() < 5 || digits.first() == Some(&b'0') || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits
        .iter()
        .fold(0_i32, |number, digit| number.saturating_mul(10).saturating_add(i32::from(digit.wrapping_sub(b'0'))));
    Some(Point { year: if negative { -number } else { number }, month: 0, day: 0 })
}

/// Year and 21 (spring) to 24 (winter). Which months that is depends on the hemisphere, so the point is the year.
fn season(bytes: &[u8]) -> Option<Point> {
    let (negative, bare) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (Fields { year, month, day: None }, []) = fields(bare)? else { return None };
    (21..=24).contains(&month?).then_some(Point { year: if negative { -year } else { year }, month: 0, day: 0 })
}

/// `201X`, `20XX`, `1XXX`, `2004-XX`, `2004-XX-XX`, `2004-07-XX`: unspecified digits from the right.
fn unspecified(bytes: &[u8]) -> Option<Date> {
    let (negative, bare) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let known = match *bare {
        [_, _, _, b'X'] => return unspecified_year(bare, negative),
        [_, _, _, _, b'-', b'X', b'X'] | [_, _, _, _, b'-', b'X', b'X', b'-', b'X', b'X'] => bare.get(..4)?,
        [_, _, _, _, b'-', _, _, b'-', b'X', b'X'] => bare.get(..7)?,
        _ => return None,
    };
    calendar(known, 0, negative).ok().map(|point| Date::at(point, false))
}

/// From the first year to the last that the digits allow. At least the first digit must be known.
fn unspecified_year(bytes: &[u8], negative: bool) -> Option<Date> {
    let known = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if known == 0 || bytes.iter().skip(known).any(|&byte| byte != b'X') {
        return None;
    }
    let with = |filler: u8| {
        bytes
            .iter()
            .fold(0, |year, &byte| year * 10 + i32::from(if byte == b'X' { filler } else { byte.wrapping_sub(b'0') }))
    };
    let year = |year| Some(Point { year, month: 0, day: 0 });
    let (first, last) = if negative { (-with(9), -with(0)) } else { (with(0), with(9)) };
    Some(Date { start: year(first), end: year(last), interval: false, time: false })
}
