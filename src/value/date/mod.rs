//! Dates: W3CDTF, `DataCite`'s intervals, publication years, `DSpace`'s forms, and EDTF levels 0 and 1.
//!
//! The standards: W3C note-datetime; RKMS-ISO8601 as the `DataCite` metadata schema 4 has it (property 8); ISO 8601-2:2019,
//! annex A (EDTF). What is well-formed and cannot be meant is a fault, too: an interval that ends before it begins, a
//! date that only stands for "none" (1970-01-01, 9999). Whether a date lies in the future is for the rules to say.

mod clock;
mod edtf;
mod fault;
mod marks;
mod numbers;
mod ranges;
pub(crate) mod text;
mod words;

pub(crate) use words::is_month;

use std::cmp::Ordering;
use std::ops::Range;

use super::Fault;

/// Which notation a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// W3C note-datetime: year, year-month, date, or date and time. The time may lack its zone, and the zone its colon,
    /// as repositories write it.
    W3cdtf,
    /// [`Form::W3cdtf`] where a schema demands a day: a time of day is never what was meant.
    Day,
    /// `DataCite`'s RKMS-ISO8601: [`Form::W3cdtf`] or an interval of two, of which one may be empty or `..`; years
    /// before Christ with a minus.
    Rkms,
    /// A year of four digits, as `DataCite`'s publicationYear.
    Year,
    /// `dc.date.issued` and its siblings: [`Form::W3cdtf`], an interval of two, `info:eu-repo/date/embargoEnd/...`.
    Dspace,
    /// EDTF level 0: a date, a date and time, or an interval of two dates.
    Edtf0,
    /// EDTF level 1: also uncertain, approximate, unspecified, seasons, open intervals, years before 0 and long years.
    Edtf1,
}

/// A point of the calendar, as exactly as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The astronomical year: 0 is 1 BC.
    pub year: i32,
    /// 1 to 12, or 0 where only the year is given.
    pub month: u8,
    /// 1 to 31, or 0 where no day is given.
    pub day: u8,
}

impl Point {
    /// A day that is given in full.
    #[must_use]
    pub fn day(text: &str) -> Option<Self> {
        parse(text, Form::W3cdtf).ok()?.start().filter(|point| point.day > 0)
    }

    /// The order of two points as far as both are given: 2019 and 2019-05 are equal.
    #[must_use]
    pub fn compare_common(self, other: Self) -> Ordering {
        let finer = |mine: u8, theirs: u8| match (mine, theirs) {
            (0, _) | (_, 0) => None,
            (mine, theirs) => Some(mine.cmp(&theirs)),
        };
        self.year.cmp(&other.year).then_with(|| match finer(self.month, other.month) {
            None => Ordering::Equal,
            Some(Ordering::Equal) => finer(self.day, other.day).unwrap_or(Ordering::Equal),
            Some(order) => order,
        })
    }
}

/// A date or an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    start: Option<Point>,
    end: Option<Point>,
    interval: bool,
    time: bool,
}

impl Date {
    /// Where it begins; nothing where an interval is open at that side.
    #[must_use]
    pub fn start(&self) -> Option<Point> {
        self.start
    }

    /// Where it ends: for a single date the same as [`Date::start`], for `199X` 1999; nothing where an interval is open.
    #[must_use]
    pub fn end(&self) -> Option<Point> {
        self.end
    }

    /// The year in which it begins or, open there, ends; nothing only for EDTF's `../..`.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.start.or(self.end).map(|point| point.year)
    }

    /// Written as an interval, with a slash.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        self.interval
    }

    /// An interval that ends before it begins, as far as both sides are given.
    fn is_reversed(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if start.compare_common(end) == Ordering::Greater)
    }

    /// A day or year that databases and forms put where there is none, and nothing real: 0000, 9999, and exactly
    /// 1970-01-01 and 1900-01-01. In an interval they can be a limit, so that they stand.
    fn stands_for_none(&self) -> bool {
        let point = if self.interval { None } else { self.start };
        point.is_some_and(|Point { year, month, day }| match year {
            0 | 9999 => true,
            1900 | 1970 => (month, day) == (1, 1),
            _ => false,
        })
    }

    /// How two dates lie, as far as both are given: one is before the other where it ends before that begins, after it
    /// where it begins after that ends; else they are equal. An open side has no limit.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let after = |start: Option<Point>, end: Option<Point>| {
            start.zip(end).is_some_and(|(start, end)| start.compare_common(end).is_gt())
        };
        if after(self.start, other.end) {
            Ordering::Greater
        } else if after(other.start, self.end) {
            Ordering::Less
        } else {
            Ordering::Equal
        }
    }

    /// A time of day is given.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.time
    }

    /// A single date.
    #[must_use]
    pub fn of(point: Point) -> Self {
        Self::at(point, false)
    }

    fn at(point: Point, time: bool) -> Self {
        Self { start: Some(point), end: Some(point), interval: false, time }
    }
}

/// Reads `text` as a date in `form`.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one date can have been meant, which.
pub fn parse(text: &str, form: Form) -> Result<Date, Fault> {
    if form == Form::Day {
        return parse(text, Form::W3cdtf).map_err(|mut fault| {
            let time = fault.intended.as_ref().and_then(|intended| intended.find('T'));
            if let (Some(time), Some(intended)) = (time, &mut fault.intended) {
                intended.truncate(time);
            }
            fault
        });
    }
    let bytes = text.as_bytes();
    if let Some(year) = plain_year(bytes) {
        return Ok(Date::of(Point { year, month: 0, day: 0 }));
    }
    let date = match plain(bytes) {
        Some(date) if form != Form::Year || bytes.len() == 4 => {
            if !date.stands_for_none() {
                return Ok(date);
            }
            date
        }
        _ => read(bytes, form).map_err(|slip| fault::diagnose(text, form, &slip))?,
    };
    match fault::not_meant(text, &date) {
        None => Ok(date),
        Some(fault) => Err(fault),
    }
}

/// What went wrong while reading, for the diagnosis to explain.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slip {
    what: What,
    at: Range<usize>,
}

/// In which part of a well-formed date the impossible stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Not well-formed at all.
    Shape,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Zone,
    /// The year is one of the Buddhist calendar.
    Buddhist,
}

impl Slip {
    fn new(what: What, at: Range<usize>) -> Self {
        Self { what, at }
    }
}

/// Years that are none of ours: in the Buddhist calendar they are 1900 to 2100.
const BUDDHIST: std::ops::RangeInclusive<i32> = 2443..=2643;
/// What the Buddhist calendar is ahead.
const BUDDHIST_AHEAD: i32 = 543;

/// A year alone, which every form takes, and that nobody means anything else by.
#[inline]
fn plain_year(bytes: &[u8]) -> Option<i32> {
    let year = four(bytes.try_into().ok()?)?;
    (year != 0 && year != 9999 && !BUDDHIST.contains(&year)).then_some(year)
}

/// The forms that nearly all dates have, without a detour: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ.
#[inline]
fn plain(bytes: &[u8]) -> Option<Date> {
    let (fields, rest) = fields(bytes)?;
    let Fields { year, month, day } = fields;
    if BUDDHIST.contains(&year) || month.is_some_and(|month| !(1..=12).contains(&month)) {
        return None;
    }
    let month = month.unwrap_or(0);
    if day.is_some_and(|day| day < 1 || day > days_in(year, month)) {
        return None;
    }
    let time = match *rest {
        [] => false,
        [b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] if day.is_some() => {
            if two([h1, h2])? > 23 || two([m1, m2])? > 59 || two([s1, s2])? > 59 {
                return None;
            }
            true
        }
        _ => return None,
    };
    Some(Date::at(Point { year, month, day: day.unwrap_or(0) }, time))
}

/// The numbers of a date, whatever they are.
struct Fields {
    year: i32,
    month: Option<u8>,
    day: Option<u8>,
}

/// The numbers that YYYY, YYYY-MM or YYYY-MM-DD begins with, and what follows them.
#[inline]
fn fields(bytes: &[u8]) -> Option<(Fields, &[u8])> {
    let (year, mut rest) = bytes.split_first_chunk()?;
    let year = four(*year)?;
    let mut next = || match *rest {
        [b'-', tens, ones, ref after @ ..] => {
            let number = two([tens, ones])?;
            rest = after;
            Some(number)
        }
        _ => None,
    };
    let month = next();
    let day = if month.is_some() { next() } else { None };
    Some((Fields { year, month, day }, rest))
}

#[inline]
fn two([tens, ones]: [u8; 2]) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| tens * 10 + ones)
}

#[inline]
fn four([a, b, c, d]: [u8; 4]) -> Option<i32> {
    Some(i32::from(two([a, b])?) * 100 + i32::from(two([c, d])?))
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days of a month; 31 for a month that is none.
#[inline]
fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Reads in `form` whatever [`plain`] does not know.
fn read(bytes: &[u8], form: Form) -> Result<Date, Slip> {
    match form {
        Form::W3cdtf | Form::Day => moment(bytes, 0),
        Form::Year if bytes.len() == 4 => moment(bytes, 0),
        Form::Year => Err(Slip::new(What::Shape, 0..bytes.len())),
        Form::Rkms => interval(bytes, 0, signed),
        Form::Dspace => {
            let from = eu_repo(bytes);
            interval(bytes.get(from..).unwrap_or_default(), from, moment)
        }
        Form::Edtf0 => edtf::level0(bytes),
        Form::Edtf1 => edtf::level1(bytes),
    }
}

/// How long the prefix `info:eu-repo/date/embargoEnd/` is, with any word for the kind of date; 0 where there is none.
fn eu_repo(bytes: &[u8]) -> usize {
    const PREFIX: &[u8] = b"info:eu-repo/date/";
    bytes.strip_prefix(PREFIX).map_or(0, |rest| {
        let word = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if word > 0 && rest.get(word) == Some(&b'/') { PREFIX.len() + word + 1 } else { 0 }
    })
}

/// One date, or two with a slash between them, of which one may be empty or `..`. `from` is where `bytes` begin in the value.
fn interval(bytes: &[u8], from: usize, side: fn(&[u8], usize) -> Result<Date, Slip>) -> Result<Date, Slip> {
    let Some(slash) = bytes.iter().position(|&byte| byte == b'/') else {
        return side(bytes, from);
    };
    let (left, right) = (bytes.get(..slash).unwrap_or_default(), bytes.get(slash + 1..).unwrap_or_default());
    let open = |side: &[u8]| matches!(side, b"" | b"..");
    if open(left) && open(right) {
        return Err(Slip::new(What::Shape, from..from + bytes.len()));
    }
    let read = |bytes: &[u8], from| if open(bytes) { Ok(None) } else { side(bytes, from).map(Some) };
    let (left, right) = (read(left, from)?, read(right, from + slash + 1)?);
    Ok(Date {
        start: left.and_then(|date| date.start),
        end: right.and_then(|date| date.end),
        interval: true,
        time: left.is_some_and(|date| date.time) || right.is_some_and(|date| date.time),
    })
}

/// A date or a date and time, before Christ with a minus.
fn signed(bytes: &[u8], from: usize) -> Result<Date, Slip> {
    match bytes {
        [b'-', rest @ ..] => calendar(rest, from + 1, true).map(|point| Date::at(point, false)),
        _ => moment(bytes, from),
    }
}

/// A date, or a date and time of W3CDTF.
fn moment(bytes: &[u8], from: usize) -> Result<Date, Slip> {
    match bytes {
        [_, _, _, _, _, _, _, _, _, _, b'T', time @ ..] => {
            let point = calendar(bytes.get(..10).unwrap_or_default(), from, false)?;
            clock::read(time, from + 11)?;
            Ok(Date::at(point, true))
        }
        _ => calendar(bytes, from, false).map(|point| Date::at(point, false)),
    }
}

/// YYYY, YYYY-MM or YYYY-MM-DD, with the sign already taken off.
fn calendar(bytes: &[u8], from: usize, negative: bool) -> Result<Point, Slip> {
    let shape = || Slip::new(What::Shape, from..from + bytes.len());
    let (Fields { year, month, day }, rest) = fields(bytes).ok_or_else(shape)?;
    if !rest.is_empty() {
        return Err(shape());
    }
    if negative && year == 0 {
        return Err(shape());
    }
    if !negative && BUDDHIST.contains(&year) {
        return Err(Slip::new(What::Buddhist, from..from + 4));
    }
    let year = if negative { -year } else { year };
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return Err(Slip::new(What::Month, from + 5..from + 7));
    }
    let month = month.unwrap_or(0);
    if day.is_some_and(|day| day < 1 || day > days_in(year, month)) {
        return Err(Slip::new(What::Day, from + 8..from + 10));
    }
    Ok(Point { year, month, day: day.unwrap_or(0) })
}
