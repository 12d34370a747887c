//! Two dates in one value: spans with a hyphen or a word between them, intervals of which a side is wrong.

use std::ops::Range;

use super::fault::Case;
use super::text::malformed;
use super::{Form, read};
use crate::value::Fault;

/// What may stand between the dates of a span.
const BETWEEN: [&str; 10] = [" - ", "--", " to ", " bis ", " until ", " till ", " through ", " au ", " \u{e0} ", ".."];

/// "2001-2009", "2009-01-01 to 2010-02-03".
pub(super) fn span(case: &Case) -> Option<Fault> {
    let text = case.text;
    for between in BETWEEN {
        let Some((left, right)) = text.split_once(between) else { continue };
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let side = |text: &str| case.with(text.trim()).meant().filter(|date| !date.contains('/'));
        let (start, end) = (side(left)?, side(right)?);
        let fault = joined(case, left.len()..left.len() + between.len(), format!("{start}/{end}"));
        let word = between.contains(char::is_alphabetic) && case.takes("2001/2002");
        let reason = if word { "a word joins the two dates where a slash belongs".into() } else { fault.reason };
        return Some(Fault { reason, ..fault });
    }
    hyphen(case).or_else(|| unended(case)).or_else(|| listed(case))
}

/// A hyphen at `at` joins two dates that were meant as the interval `meant`.
pub(super) fn joined(case: &Case, at: Range<usize>, meant: String) -> Fault {
    let reason = if case.year_only {
        "this is a span, and a single year is wanted here"
    } else if case.takes("2001/2002") {
        "a hyphen joins the two dates where a slash belongs"
    } else {
        "this is a span, and a single date is wanted here"
    };
    malformed(at, reason).meant(meant)
}

/// "1990, 1995", "1990 or 1991".
fn listed(case: &Case) -> Option<Fault> {
    [", ", "; ", ";", ",", " or ", " and ", " und ", " oder ", " et ", " ou ", " y ", " & ", "|"].iter().find_map(
        |between| {
            let (left, right) = case.text.split_once(between)?;
            let date = |text: &str| text.len() >= 4 && case.with(text.trim()).meant().is_some();
            let both = date(left) && right.split(between).all(date);
            both.then(|| malformed(left.len()..case.text.len(), "there is more than one date in one value"))
        },
    )
}

/// The hyphen between two dates that have hyphens themselves.
fn hyphen(case: &Case) -> Option<Fault> {
    case.text.match_indices('-').find_map(|(at, _)| {
        let (left, right) = (case.text.get(..at)?, case.text.get(at + 1..)?);
        (left.len() >= 4 && right.len() >= 4 && case.takes(left) && case.takes(right))
            .then(|| joined(case, at..at + 1, format!("{left}/{right}")))
    })
}

/// "2009-": begun and still going on, or cut off.
fn unended(case: &Case) -> Option<Fault> {
    let date = case.text.strip_suffix('-')?;
    case.takes(date).then(|| malformed(date.len()..case.text.len(), "nothing follows the hyphen after the date"))
}

/// An interval of which one side, or both, are no dates.
pub(super) fn sides(case: &Case) -> Option<Fault> {
    if matches!(case.form, Form::W3cdtf | Form::Year) {
        return None;
    }
    let (left, right) = case.text.split_once('/')?;
    if right.contains('/') {
        return None;
    }
    let (start, end) = (side(case, left, 0), side(case, right, left.len() + 1));
    let meant = start.meant.as_ref().zip(end.meant.as_ref()).map(|(start, end)| format!("{start}/{end}"));
    if start.unknown && end.unknown {
        return None;
    }
    // What comes first is said; mending it shows what else there is.
    start.fault.or(end.fault).map(|fault| fault.meant_if(meant))
}

struct Side {
    /// What is wrong with it.
    fault: Option<Fault>,
    /// What stands, or should stand, there.
    meant: Option<String>,
    /// It is nothing that could be explained.
    unknown: bool,
}

fn side(case: &Case, text: &str, from: usize) -> Side {
    let blank = text.len() - text.trim_start().len();
    let bare = text.trim();
    if bare.is_empty() || bare == ".." {
        return Side { fault: None, meant: Some(bare.to_owned()), unknown: false };
    }
    let Err(slip) = read(bare.as_bytes(), case.form) else {
        return Side { fault: None, meant: Some(bare.to_owned()), unknown: false };
    };
    if let Some(fault) = case.with(bare).named(&slip) {
        let meant = fault.intended.clone().filter(|date| !date.contains('/'));
        return Side { fault: Some(fault.shifted(from + blank)), meant, unknown: false };
    }
    let at = from + blank..from + blank + bare.len();
    Side { fault: Some(malformed(at, "this side of the interval is not a date")), meant: None, unknown: true }
}
