//! Dates in digits that are not in the order, or not with the separators, of ISO 8601.

use std::cmp::Ordering;
use std::ops::Range;

use super::fault::Case;
use super::text::malformed;
use super::{clock, days_in, is_leap, ranges};
use crate::value::{Class, Fault};

/// A text of digits alone: the basic form of ISO 8601, a number of a spreadsheet, too few or too many digits.
pub(super) fn unparted(case: &Case) -> Option<Fault> {
    let (digits, rest) = case.text.split_at_checked(case.text.bytes().take_while(u8::is_ascii_digit).count())?;
    if !rest.is_empty() {
        // 20250922T101112Z
        let time = clock::tidy(rest).filter(|_| digits.len() == 8 && rest.starts_with('T'))?;
        return Some(basic(case, dashed(digits)? + &time));
    }
    let all = 0..digits.len();
    match digits.len() {
        1..=3 => Some(malformed(
            all,
            format!("the year has only {} digit{}", digits.len(), if digits.len() == 1 { "" } else { "s" }),
        )),
        5 => Some(spreadsheet(digits)),
        6 => Some(six(case, digits)),
        8 => Some(eight(case, digits)),
        12 | 14 => {
            let (date, time) = digits.split_at_checked(8)?;
            let pairs = [time.get(..2), time.get(2..4), time.get(4..6)];
            let time = pairs.into_iter().flatten().collect::<Vec<_>>().join(":");
            Some(basic(case, format!("{}T{time}", dashed(date)?)))
        }
        _ => None,
    }
}

fn dashed(digits: &str) -> Option<String> {
    Some(format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?))
}

fn basic(case: &Case, meant: String) -> Fault {
    let whole = 0..case.text.len();
    Fault::part(Class::Notation, whole, "the hyphens between year, month and day are missing").meant(meant)
}

/// Days in the spreadsheets' 1900 system, which has a 29 February 1900 that never was.
fn spreadsheet(digits: &str) -> Fault {
    let five = malformed(0..digits.len(), "the year has five digits");
    let Some(mut days) = digits.parse::<i32>().ok().filter(|days| (20_000..=60_000).contains(days)) else {
        return five;
    };
    // Day 1 is 1 January 1900; from March 1900 on every number is one too high.
    days -= 1;
    let mut year = 1900;
    while days > 365 + i32::from(is_leap(year)) {
        days -= 365 + i32::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    while days > i32::from(days_in(year, month)) {
        days -= i32::from(days_in(year, month));
        month += 1;
    }
    let date = format!("{year}-{month:02}-{days:02}");
    // 20155 is sooner a slip in a year of ours than a day in 1955.
    if digits.starts_with("20") {
        return malformed(0..digits.len(), format!("the year has five digits, or this is Excel's number for {date}"));
    }
    malformed(0..digits.len(), format!("this is Excel's number for {date}")).meant(date)
}

/// YYYYMM or YYMMDD.
fn six(case: &Case, digits: &str) -> Fault {
    let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| pair.parse::<u8>().ok()).unwrap_or(0);
    let year_month = (1..=12).contains(&pair(4)) && (15..=20).contains(&pair(0));
    let short_year = (1..=12).contains(&pair(2)) && (1..=31).contains(&pair(4));
    let fault = malformed(0..digits.len(), "the hyphen between year and month is missing");
    match (year_month, short_year) {
        (true, false) => fault.meant_if(case.replaced(&(4..4), "-")),
        (true, true) => {
            let reason = "this may be year and month, or a date with a year of two digits";
            Fault::part(Class::Ambiguous, 0..digits.len(), reason)
        }
        _ => malformed(0..digits.len(), "these six digits are not a year and a month"),
    }
}

/// YYYYMMDD, DDMMYYYY or MMDDYYYY. No year of our time can be taken for month and day, so the first never collides.
fn eight(case: &Case, digits: &str) -> Fault {
    let number = |at: Range<usize>| digits.get(at).and_then(|part| part.parse::<u16>().ok()).unwrap_or(0);
    if (1..=12).contains(&number(4..6)) && (1..=31).contains(&number(6..8)) && number(0..4) > 0 {
        return basic(case, dashed(digits).unwrap_or_default());
    }
    let parts = [number(0..2), number(2..4)];
    if (1400..=2700).contains(&number(4..8)) && parts.iter().all(|part| (1..=31).contains(part)) {
        return ordered(case, parts, digits.get(4..).unwrap_or_default(), ' ');
    }
    malformed(0..digits.len(), "these eight digits are not a year, a month and a day")
}

/// A number of one to many digits inside the text.
#[derive(Clone, Debug)]
struct Part<'a> {
    digits: &'a str,
    at: Range<usize>,
}

impl Part<'_> {
    fn number(&self) -> u16 {
        self.digits.parse().unwrap_or(u16::MAX)
    }

    fn is_short(&self) -> bool {
        self.digits.len() <= 2
    }

    fn is_year(&self) -> bool {
        self.digits.len() == 4
    }
}

/// Two or three numbers with the same separator between them; with three, a time of day may follow.
pub(super) fn parted(case: &Case) -> Option<Fault> {
    let (separator, parts, rest) = split(case.text)?;
    match parts.as_slice() {
        [a, b, c] => {
            let fault = triple(case, separator, [a, b, c]);
            if rest.is_empty() {
                return Some(fault);
            }
            let time = clock::tidy(rest.trim_start_matches(separator))?;
            let meant = fault.intended.clone().map(|date| date + &time);
            Some(fault.meant_if(meant))
        }
        [a, b] if rest.is_empty() => pair(case, separator, a, b),
        _ => None,
    }
}

/// The separator, up to three numbers, and what follows them after a blank, a `T` or the separator.
fn split(text: &str) -> Option<(char, Vec<Part<'_>>, &str)> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.' | '\\' | ' ' | '_' | ':' | ',') {
        return None;
    }
    let mut parts = Vec::new();
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        parts.push(Part { digits: rest.get(..length)?, at: from..from + length });
        let after = rest.get(length..)?;
        if after.is_empty() || parts.len() == 3 {
            let timed = after.starts_with([' ', 'T']) || separator == '.' && after.starts_with('.');
            return (after.is_empty() || timed).then_some((separator, parts, after));
        }
        // German dates also have blanks: 7. 4. 2017.
        let next = after.strip_prefix(separator)?;
        from = text.len() - next.trim_start_matches(' ').len();
    }
}

fn triple(case: &Case, separator: char, parts: [&Part; 3]) -> Fault {
    let [a, b, c] = parts;
    if a.is_year() && b.is_short() && c.is_short() {
        return year_first(separator, parts);
    }
    if c.is_year() && a.is_short() && b.is_short() {
        return ordered(case, [a.number(), b.number()], c.digits, separator);
    }
    if parts.iter().all(|part| part.is_short()) {
        return malformed(0..c.at.end, "the year has only two digits");
    }
    let (part, name) = if a.is_year() && b.is_short() {
        (c, "day")
    } else if a.is_year() {
        (b, "month")
    } else if a.is_short() && b.is_short() {
        (c, "year")
    } else {
        (a, "year")
    };
    malformed(part.at.clone(), format!("the {name} has {} digits", part.digits.len()))
}

/// 2017/04/07, 2025-2-3, 2017.4.7, 2012/20/12.
fn year_first(separator: char, [year, month, day]: [&Part; 3]) -> Fault {
    let all = year.at.start..day.at.end;
    let swapped = month.number() > 12 && (1..=12).contains(&day.number());
    let (m, d) = if swapped { (day, month) } else { (month, day) };
    let meant = format!("{}-{:02}-{:02}", year.digits, m.number(), d.number());
    let narrow = [(month, "month"), (day, "day")].into_iter().find(|(part, _)| part.digits.len() == 1);
    let fault = match (separator, narrow) {
        _ if swapped => malformed(month.at.start..day.at.end, "the day stands before the month"),
        ('-', Some((part, name))) => {
            malformed(part.at.clone(), format!("the {name} has one digit where two are wanted"))
        }
        ('-', None) => return malformed(all, "this is not a date"),
        _ => malformed(all, format!("year, month and day are joined with {} instead of hyphens", name_of(separator))),
    };
    fault.meant(meant)
}

/// Two numbers, of which it is not said which is the day, before a year.
fn ordered(case: &Case, [a, b]: [u16; 2], year: &str, separator: char) -> Fault {
    let all = 0..case.text.len();
    let date = |day: u16, month: u16| format!("{year}-{month:02}-{day:02}");
    let month = |number: u16| (1..=12).contains(&number);
    let order = |reason: &'static str| malformed(all.clone(), reason);
    match (month(a), month(b)) {
        // With full stops the day is always first; a month may still be there by mistake.
        (_, true) if separator == '.' => order("the day and month are in German order").meant(date(a, b)),
        (false, true) => order("the day and month are in European order").meant(date(a, b)),
        (true, false) => order("the month and day are in American order").meant(date(b, a)),
        (true, true) if a == b => order("the year stands at the end").meant(date(a, b)),
        (true, true) => {
            let reason = format!("this may be {} (day first) or {} (month first)", date(a, b), date(b, a));
            ambiguous(case, all.clone(), reason, year)
        }
        (false, false) => Fault::part(Class::Impossible, all.clone(), "neither of the two numbers can be a month"),
    }
}

/// What can be read in two ways; of which only the `year` is wanted, it cannot.
fn ambiguous(case: &Case, at: Range<usize>, reason: String, year: &str) -> Fault {
    if case.year_only { malformed(at, reason).meant(year) } else { Fault::part(Class::Ambiguous, at, reason) }
}

/// 2013-5, 2017/04, 04/2017, 2001-2009.
fn pair(case: &Case, separator: char, a: &Part, b: &Part) -> Option<Fault> {
    let month = |part: &Part| part.is_short() && (1..=12).contains(&part.number());
    let all = 0..case.text.len();
    if separator == ':' || separator == ',' {
        return None;
    }
    if a.is_year() && b.is_year() && separator == '-' {
        return Some(ranges::joined(case, a.at.end..b.at.start, format!("{}/{}", a.digits, b.digits)));
    }
    if a.is_year() && month(b) {
        return Some(year_and_month(case, separator, a, b));
    }
    if month(a) && b.is_year() {
        return Some(malformed(all, "the month stands before the year").meant(format!(
            "{}-{:02}",
            b.digits,
            a.number()
        )));
    }
    if !a.is_year() {
        return no_month(case, a, b);
    }
    let short = a.digits.get(2..4)?;
    if b.digits.len() == 2 && separator == '/' && short.cmp(b.digits) == Ordering::Less {
        let meant = format!("{}/{}{}", a.digits, a.digits.get(..2)?, b.digits);
        return Some(malformed(b.at.clone(), "the second year has only two digits").meant(meant));
    }
    if (3..=4).contains(&b.digits.len()) && separator == '-' {
        return Some(malformed(b.at.clone(), format!("the month has {} digits", b.digits.len())));
    }
    None
}

/// Two numbers of which none is a year, or one is and the other is no month.
fn no_month(case: &Case, a: &Part, b: &Part) -> Option<Fault> {
    if a.is_short() && b.is_year() {
        return Some(Fault::part(Class::Impossible, a.at.clone(), format!("there is no month {}", a.digits)));
    }
    let short = a.is_short() && b.is_short();
    short.then(|| malformed(0..case.text.len(), "the year is missing, or has only two digits"))
}

fn year_and_month(case: &Case, separator: char, year: &Part, month: &Part) -> Fault {
    let meant = format!("{}-{:02}", year.digits, month.number());
    let later = month.digits.len() == 2 && year.digits.get(2..).is_some_and(|short| short < month.digits);
    let all = 0..case.text.len();
    match separator {
        '-' => malformed(month.at.clone(), "the month has one digit where two are wanted").meant(meant),
        // 2002/09 may be September 2002, or 2002 to 2009.
        '/' if later => {
            let century = year.digits.get(..2).unwrap_or_default();
            let reason =
                format!("this may be the month {meant} or the years {}/{century}{}", year.digits, month.digits);
            ambiguous(case, all, reason, year.digits)
        }
        _ => malformed(all, format!("year and month are joined with {} instead of a hyphen", name_of_one(separator)))
            .meant(meant),
    }
}

fn name_of(separator: char) -> &'static str {
    match separator {
        '/' => "slashes",
        '.' => "full stops",
        ' ' => "blanks",
        '_' => "underscores",
        ':' => "colons",
        ',' => "commas",
        _ => "backslashes",
    }
}

fn name_of_one(separator: char) -> &'static str {
    match separator {
        '/' => "a slash",
        '.' => "a full stop",
        ' ' => "a blank",
        '_' => "an underscore",
        _ => "a backslash",
    }
}
