//! Why a text is no date: the diagnosis, which runs only for texts that were refused.
//!
//! Each explanation proposes at most one date. Whatever is proposed is read again in the field's own form, so that no
//! proposal can be wrong in its turn; what turns out to be wrong in two ways is explained by the first.

use std::ops::Range;

use super::text::{Clean, malformed, placeholder};
use super::{BUDDHIST_AHEAD, Date, Form, Slip, What, clock, marks, numbers, ranges, read, text, words};
use crate::value::{Class, Fault, is_blank};

/// Nothing longer than this is looked at closely: it is prose.
const LONGEST: usize = 80;
/// Mistakes within mistakes that are followed.
const DEEPEST: u8 = 5;

/// A refused text, the form it was refused in, and how many mistakes have already been peeled off.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    pub(super) form: Form,
    /// Only the year will be used of what is found.
    pub(super) year_only: bool,
    depth: u8,
}

/// Explains why `text` is no date in `form`.
#[cold]
pub(super) fn diagnose(text: &str, form: Form, slip: &Slip) -> Fault {
    if is_blank(text) {
        return Fault::whole(Class::Form, text, "it is blank");
    }
    let fault = if form == Form::Year {
        a_year_wanted(text)
    } else {
        Case { text, form, year_only: false, depth: 0 }.named(slip)
    };
    let fault = fault.unwrap_or_else(|| Fault::whole(Class::Form, text, "this is not a date"));
    // 01.01.1970: in the right order it would be none the better.
    let meant = fault.intended.as_deref().and_then(|meant| Some((meant, read(meant.as_bytes(), form).ok()?)));
    match meant.and_then(|(meant, date)| not_meant(meant, &date)) {
        None => fault,
        Some(inner) => Fault { at: 0..text.len(), ..inner },
    }
}

/// Why a well-formed date cannot be what was meant.
#[inline]
pub(super) fn not_meant(text: &str, date: &Date) -> Option<Fault> {
    if date.is_reversed() {
        let (start, end) = text.split_once('/').unwrap_or((text, text));
        return Some(Fault::whole(Class::Reversed, text, format!("it ends ({end}) before it begins ({start})")));
    }
    if !date.stands_for_none() {
        return None;
    }
    let reason = match date.year() {
        Some(0) => "there was no year 0: it says that there is no value",
        Some(9999) => "the year 9999 says \u{201c}never\u{201d} or \u{201c}not known\u{201d}",
        Some(1970) => "a computer counts its days from here, and shows this day for \u{201c}none\u{201d}",
        _ => "databases and spreadsheets show this day for \u{201c}none\u{201d}",
    };
    Some(Fault::whole(Class::Placeholder, text, reason))
}

/// Explains `text` as if a whole date could stand here, and takes the year of what was meant.
fn a_year_wanted(text: &str) -> Option<Fault> {
    let year_of = |text: &str| {
        let date = read(text.as_bytes(), Form::Rkms).ok().filter(|date| !date.is_interval())?;
        date.year().filter(|year| *year >= 0).map(|year| format!("{year:04}"))
    };
    let case = Case { text, form: Form::Rkms, year_only: true, depth: 0 };
    let Err(slip) = read(text.as_bytes(), Form::Rkms) else {
        let (at, reason) = match text.find('/') {
            Some(slash) => (slash..slash + 1, "this is an interval, and a single year is wanted here"),
            None if text.starts_with('-') => (0..1, BEFORE_CHRIST),
            None => (text.len().min(4)..text.len(), "the year alone is wanted here"),
        };
        return Some(Fault::part(Class::Notation, at, reason).meant_if(year_of(text)));
    };
    let fault = case.named(&slip)?;
    let intended = fault.intended.as_deref().and_then(year_of);
    Some(fault.meant_if(intended))
}

impl Case<'_> {
    /// Whether `text` is a date in this form.
    pub(super) fn takes(&self, text: &str) -> bool {
        read(text.as_bytes(), self.form).is_ok()
    }

    /// Another text in the same place.
    pub(super) fn with<'b>(&self, text: &'b str) -> Case<'b> {
        Case { text, depth: self.depth + 1, ..*self }
    }

    /// The date that this text is or was meant to be, written as it should be.
    pub(super) fn meant(&self) -> Option<String> {
        match read(self.text.as_bytes(), self.form) {
            Ok(_) => Some(self.text.to_owned()),
            Err(slip) => self.named(&slip)?.intended,
        }
    }

    /// The fault that the part `inner` of the text has, if it has one with a name; else `outer`, which stands round it.
    pub(super) fn peeled(&self, inner: Range<usize>, outer: Fault) -> Option<Fault> {
        let part = self.text.get(inner.clone())?;
        match read(part.as_bytes(), self.form) {
            Ok(_) => Some(outer.meant(part)),
            Err(slip) => self.with(part).named(&slip).map(|fault| fault.shifted(inner.start)),
        }
    }

    /// What is wrong, if it has a name.
    pub(super) fn named(&self, slip: &Slip) -> Option<Fault> {
        if self.depth > DEEPEST {
            return None;
        }
        if let Some(clean) = Clean::of(self.text) {
            return self.cleaned(&clean);
        }
        if self.text.len() > LONGEST {
            return None;
        }
        self.explained(slip).map(|fault| self.settled(fault))
    }

    fn explained(&self, slip: &Slip) -> Option<Fault> {
        placeholder(self.text)
            .map(|reason| {
                let class = if text::code(self.text).is_some() { Class::Code } else { Class::Placeholder };
                Fault::whole(class, self.text, reason)
            })
            .or_else(|| zero_date(self.text))
            .or_else(|| self.other_standard())
            .or_else(|| self.impossible(slip))
            .or_else(|| self.marked())
            .or_else(|| clock::repaired(self))
            .or_else(|| numbers::unparted(self))
            .or_else(|| numbers::parted(self))
            .or_else(|| words::written(self))
            .or_else(|| ranges::span(self))
            .or_else(|| ranges::sides(self))
            .or_else(|| marks::era(self))
            .or_else(|| marks::letters_for_digits(self))
            .or_else(|| marks::other_notation(self))
    }

    /// Signs and words in it and round it.
    fn marked(&self) -> Option<Fault> {
        // Most faulty dates are numbers and what parts them: those have none.
        let ends = [self.text.bytes().next(), self.text.bytes().next_back()];
        let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'/' | b'-');
        if ends.iter().flatten().all(u8::is_ascii_digit) && self.text.as_bytes().iter().all(is_number) {
            return None;
        }
        marks::white_space(self).or_else(|| marks::uncertain(self)).or_else(|| marks::wrapped(self))
    }

    /// The text without what nobody meant: either that was all, or what else is wrong.
    fn cleaned(&self, clean: &Clean) -> Option<Fault> {
        let inner = self.with(&clean.text);
        let Err(slip) = read(clean.text.as_bytes(), self.form) else {
            return Some(malformed(clean.at.clone(), clean.reason("date")).meant(clean.text.as_str()));
        };
        inner.named(&slip).map(|fault| Fault { at: clean.back(&fault.at), ..fault })
    }

    /// A proposal that is itself no date here gives way to what was meant by it.
    fn settled(&self, mut fault: Fault) -> Fault {
        let Some(text) = fault.intended.take() else { return fault };
        if text == self.text || self.depth >= DEEPEST {
            return fault;
        }
        let Err(slip) = read(text.as_bytes(), self.form) else {
            fault.intended = Some(text);
            return fault;
        };
        if let Some(next) = self.with(&text).named(&slip) {
            if next.intended.is_none() && next.class == Class::Impossible {
                (fault.class, fault.reason) = (next.class, next.reason);
            }
            fault.intended = next.intended;
        }
        fault
    }

    /// A date in another notation than the field's.
    fn other_standard(&self) -> Option<Fault> {
        let bytes = self.text.as_bytes();
        let notation = |at, reason| Some(Fault::part(Class::Notation, at, reason));
        let edtf = matches!(self.form, Form::Edtf0 | Form::Edtf1);
        if let (true, Ok(date)) = (!matches!(self.form, Form::Rkms), read(bytes, Form::Rkms)) {
            return match self.text.find('/') {
                _ if self.text.starts_with('-') && !date.is_interval() => notation(0..1, BEFORE_CHRIST),
                Some(slash) if self.form == Form::W3cdtf => {
                    notation(slash..slash + 1, "this is an interval, and a single date is wanted here")
                }
                Some(slash) if self.text.contains('T') => {
                    notation(slash..slash + 1, "an interval has no times of day here")
                }
                Some(slash) if date.start().is_none() || date.end().is_none() => {
                    notation(slash..slash + 1, "an interval that is open on one side cannot stand here")
                }
                _ if edtf && date.has_time() => self.looser_time(),
                _ => notation(0..bytes.len(), BEFORE_CHRIST),
            };
        }
        if self.form != Form::Edtf1 && read(bytes, Form::Edtf1).is_ok() {
            let (at, reason) = beyond(self.text);
            return notation(at, reason);
        }
        if self.form != Form::Dspace && read(bytes, Form::Dspace).is_ok() {
            let from = super::eu_repo(bytes);
            let mut fault =
                notation(0..from, "this is written as an info:eu-repo identifier, and the date alone is wanted")?;
            fault.intended = self.text.get(from..).map(str::to_owned);
            return Some(fault);
        }
        None
    }

    /// W3CDTF as found, where EDTF is stricter.
    fn looser_time(&self) -> Option<Fault> {
        let (date, time) = self.text.split_once('T')?;
        let from = date.len() + 1;
        let written = clock::read(time.as_bytes(), from).ok()?;
        let reason = if written.has_fraction {
            "the time has fractions of a second, which cannot stand here"
        } else if written.has_seconds {
            "the zone lacks its colon"
        } else {
            "the time has no seconds"
        };
        let colon = (!written.has_fraction && written.has_seconds).then(|| {
            let (start, end) = self.text.split_at_checked(self.text.len().saturating_sub(2))?;
            Some(format!("{start}:{end}"))
        });
        Some(Fault::part(Class::Notation, from..self.text.len(), reason).meant_if(colon.flatten()))
    }

    /// Well-formed, and cannot be.
    fn impossible(&self, slip: &Slip) -> Option<Fault> {
        let found = self.text.get(slip.at.clone())?;
        let impossible = |reason: String| Some(Fault::part(Class::Impossible, slip.at.clone(), reason));
        match slip.what {
            What::Shape => None,
            What::Month => Some(self.no_such_month(found, &slip.at)),
            What::Day => Some(self.no_such_day(found, &slip.at)),
            What::Hour if found == "24" => impossible("with the hour 24 there can be no minutes and seconds".into()),
            What::Hour => impossible(format!("there is no hour {found}")),
            What::Minute => impossible(format!("there is no minute {found}")),
            What::Second => impossible(format!("there is no second {found}")),
            What::Zone => impossible(format!("there is no time zone {found}")),
            What::Buddhist => {
                let year: i32 = found.parse().ok()?;
                let common = year - BUDDHIST_AHEAD;
                // 2500-01-01 may also have been meant as "never", as the end of an embargo.
                let round = matches!(year, 2499 | 2500 | 2599 | 2600);
                let never = round && ["-01-01", "-12-31"].iter().any(|day| self.text.contains(day));
                if never {
                    return impossible(format!(
                        "the year is in the Buddhist calendar ({common}), or it was meant as \u{201c}never\u{201d}"
                    ));
                }
                let mut fault = impossible("the year is in the Buddhist calendar".into())?;
                fault.intended = self.replaced(&slip.at, &format!("{common:04}"));
                Some(fault)
            }
        }
    }

    fn no_such_month(&self, month: &str, at: &Range<usize>) -> Fault {
        let fault = Fault::part(Class::Impossible, at.clone(), format!("there is no month {month}"));
        let rest = self.text.get(at.end..).unwrap_or_default();
        let day = rest.strip_prefix('-').and_then(|rest| rest.get(..2)).filter(|day| day.parse::<u8>().is_ok());
        let year = self.text.get(at.start.saturating_sub(5)..at.start.saturating_sub(1)).unwrap_or_default();
        let number: u8 = month.parse().unwrap_or(0);
        match day {
            // 2009-00-00 and 2009-00: the year is all that is known.
            Some("00") if number == 0 => fault.meant_if(self.replaced(&(at.start - 1..at.end + 3), "")),
            None if number == 0 => fault.meant_if(self.replaced(&(at.start - 1..at.end), "")),
            Some(day) if day.parse::<u8>().is_ok_and(|day| (1..=12).contains(&day)) && (13..=31).contains(&number) => {
                let swapped = self.replaced(&(at.start..at.end + 3), &format!("{day}-{month}"));
                let reason = "the day stands before the month";
                Fault::part(Class::Form, at.start..at.end + 3, reason).meant_if(swapped)
            }
            None => self.span_or_no_month(year, month, at).unwrap_or(fault),
            _ => fault,
        }
    }

    /// 1998-99 can only be a span; 2012-13 may also be a slip of the finger.
    fn span_or_no_month(&self, year: &str, month: &str, at: &Range<usize>) -> Option<Fault> {
        let (century, short) = year.split_at_checked(2)?;
        let follows = short.parse::<u8>().ok()? + 1 == month.parse::<u8>().ok()?;
        if short >= month || self.form == Form::Edtf1 {
            return None;
        }
        if month > "31" && (follows || century < "20") {
            let meant = self.replaced(&(at.start.checked_sub(1)?..at.end), &format!("/{century}{month}"))?;
            return Some(ranges::joined(self, at.clone(), meant));
        }
        let reason = format!("there is no month {month}; a span of years would be {year}/{century}{month}");
        self.takes("2001/2002").then(|| Fault::part(Class::Impossible, at.clone(), reason))
    }

    fn no_such_day(&self, day: &str, at: &Range<usize>) -> Fault {
        let before = self.text.get(at.start.saturating_sub(8)..at.start).unwrap_or_default();
        let month = before.get(5..7).unwrap_or_default();
        let year = before.get(..4).unwrap_or_default();
        let number: u8 = day.parse().unwrap_or(0);
        let reason = match (number, month) {
            (0 | 32.., _) => format!("there is no day {day}"),
            (29, "02") => format!("29 February {year} does not exist"),
            _ => format!("{number} {} does not exist", words::english(month)),
        };
        let fault = Fault::part(Class::Impossible, at.clone(), reason);
        let alone = self.text.get(at.end..).is_none_or(|rest| rest.is_empty() || rest.starts_with('/'));
        let meant = (number == 0 && alone).then(|| self.replaced(&(at.start - 1..at.end), ""));
        fault.meant_if(meant.flatten())
    }

    /// The text with something else at `at`.
    pub(super) fn replaced(&self, at: &Range<usize>, by: &str) -> Option<String> {
        Some([self.text.get(..at.start)?, by, self.text.get(at.end..)?].concat())
    }
}

const BEFORE_CHRIST: &str = "years before Christ cannot be given here";

/// `0000-00-00`, as databases write it.
fn zero_date(text: &str) -> Option<Fault> {
    text.starts_with("0000-00-00").then(|| Fault::whole(Class::Placeholder, text, "it says that there is no value"))
}

/// What of EDTF level 1 the field's form does not have, and where it stands.
fn beyond(text: &str) -> (Range<usize>, &'static str) {
    let at = |mark: char| text.find(mark).map_or(0..text.len(), |at| at..at + 1);
    if text.contains('?') {
        (at('?'), "the date is marked as uncertain, which cannot be said here")
    } else if text.contains('~') {
        (at('~'), "the date is marked as approximate, which cannot be said here")
    } else if text.contains('%') {
        (at('%'), "the date is marked as uncertain and approximate, which cannot be said here")
    } else if text.contains('X') {
        (at('X'), "X stands for digits that are not known, which cannot be said here")
    } else if text.starts_with('Y') {
        (0..text.len(), "the year has more than four digits, which cannot stand here")
    } else if text.starts_with('-') {
        (0..1, BEFORE_CHRIST)
    } else if text.contains("..") || text.starts_with('/') || text.ends_with('/') {
        (at('/'), "an interval that is open on one side cannot stand here")
    } else {
        (0..text.len(), "a number from 21 to 24 for the month means a season, which cannot stand here")
    }
}
