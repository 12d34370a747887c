//! Dates in words: months and seasons in the languages that repositories are kept in.

use std::ops::Range;

use super::clock;
use super::fault::Case;
use super::text::malformed;
use crate::value::Fault;

/// English, German, French, Spanish, Italian, Portuguese, Dutch; abbreviations with or without their full stop.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari"],
    &[
        "february",
        "feb",
        "februar",
        "feber",
        "février",
        "fevrier",
        "févr",
        "fév",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
        "februari",
    ],
    &["march", "mar", "märz", "maerz", "mrz", "mär", "mars", "marzo", "março", "marco", "maart", "mrt"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "set", "setembro"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre", "dezembro"],
];

/// EDTF's 21 to 24.
const SEASONS: [&[&str]; 4] = [
    &["spring", "frühjahr", "frühling", "printemps", "primavera", "lente"],
    &["summer", "sommer", "été", "verano", "estate", "verão", "zomer"],
    &["autumn", "fall", "herbst", "automne", "otoño", "autunno", "outono", "herfst"],
    &["winter", "hiver", "invierno", "inverno"],
];

const WEEKDAYS: &str = "monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday sat sunday sun montag \
    dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi \
    samedi dimanche lunes martes jueves viernes domingo";

/// Words and endings that carry nothing: 1st, 2nd, 1er, "de", "of".
const FILLERS: &str = "st nd rd th er de del of the le den der am di do";

/// One word or number of a date in words.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Month(usize),
    Season(usize),
    /// A number of one or two digits.
    Day(u8),
    /// A number of four digits.
    Year(String),
}

/// The English name of the month that has these two digits.
pub(super) fn english(digits: &str) -> String {
    let names = digits.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let name = names.and_then(|names| names.first()).copied().unwrap_or("that month");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether `word`, in small letters, names a month.
pub(crate) fn is_month(word: &str) -> bool {
    position(&MONTHS, word).is_some()
}

fn position(table: &[&[&str]], word: &str) -> Option<usize> {
    table.iter().position(|names| names.contains(&word))
}

/// A date of which the month or the season is a word.
pub(super) fn written(case: &Case) -> Option<Fault> {
    // A time of day may follow: "Mon, 06 May 2019 15:24:25 GMT".
    if let Some((date, time)) = case
        .text
        .find(':')
        .and_then(|colon| case.text.get(..colon)?.rfind(' '))
        .and_then(|at| case.text.split_at_checked(at))
    {
        let fault = in_words(case, date)?;
        let time = clock::tidy(time);
        let meant = fault.intended.as_ref().zip(time).map(|(date, time)| format!("{date}{time}"));
        return Some(fault.meant_if(meant));
    }
    in_words(case, case.text)
}

fn in_words(case: &Case, text: &str) -> Option<Fault> {
    use Token::{Day, Month, Season, Year};
    let (tokens, named) = tokens(text)?;
    let month_words = "the month is written as a word";
    let word = |reason: &'static str| malformed(named.clone(), reason);
    let month = |month: &usize| format!("{:02}", month + 1);
    match tokens.as_slice() {
        [Month(m), Year(y)] | [Year(y), Month(m)] => Some(word(month_words).meant(format!("{y}-{}", month(m)))),
        [Month(m), Day(d), Year(y)]
        | [Day(d), Month(m), Year(y)]
        | [Year(y), Month(m), Day(d)]
        | [Year(y), Day(d), Month(m)] => Some(word(month_words).meant(format!("{y}-{}-{d:02}", month(m)))),
        [Day(first), Day(last), Month(m), Year(y)] | [Month(m), Day(first), Day(last), Year(y)] => {
            let (m, y) = (month(m), y);
            Some(word(month_words).meant(format!("{y}-{m}-{first:02}/{y}-{m}-{last:02}")))
        }
        [Month(first), Month(last), Year(y)] => {
            Some(word("the months are written as words").meant(format!("{y}-{}/{y}-{}", month(first), month(last))))
        }
        [Month(first), Year(y), Month(last), Year(z)] => {
            Some(word("the months are written as words").meant(format!("{y}-{}/{z}-{}", month(first), month(last))))
        }
        [Season(s), Year(y)] | [Year(y), Season(s)] => {
            Some(word("the season is written as a word").meant(format!("{y}-{}", s + 21)))
        }
        [Season(_), Year(_), Year(_)] => Some(word("the season is written as a word")),
        [Month(_)] => Some(malformed(0..case.text.len(), "this is a month without a year")),
        [Season(_)] => Some(malformed(0..case.text.len(), "this is a season without a year")),
        [Month(_), Day(_)] | [Day(_), Month(_)] => {
            Some(malformed(0..case.text.len(), "the year is missing, or has only two digits"))
        }
        [Month(_), Day(_), Day(_)] | [Day(_), Month(_), Day(_)] => {
            Some(malformed(0..case.text.len(), "the year has only two digits"))
        }
        _ => None,
    }
}

/// The text as tokens and where its months or seasons stand; nothing if it holds any other word, or no such name at all.
fn tokens(text: &str) -> Option<(Vec<Token>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut named: Option<Range<usize>> = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let from = text.len() - rest.len();
        let same: fn(char) -> bool = match first {
            '0'..='9' => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            ' ' | '.' | ',' | '-' | '/' | '\'' | '\u{BA}' | '\u{AA}' | '\u{B0}' | '&' | '+' => {
                rest = rest.get(first.len_utf8()..)?;
                continue;
            }
            _ => return None,
        };
        let (piece, after) = rest.split_at_checked(rest.find(|c| !same(c)).unwrap_or(rest.len()))?;
        rest = after;
        if first.is_ascii_digit() {
            tokens.push(number(piece)?);
            continue;
        }
        let word = piece.to_lowercase();
        let token = position(&MONTHS, &word).map(Token::Month).or_else(|| position(&SEASONS, &word).map(Token::Season));
        if let Some(token) = token {
            tokens.push(token);
            let end = from + piece.len();
            named = Some(named.map_or(from..end, |before| before.start..end));
        } else if ![FILLERS, WEEKDAYS].iter().any(|words| words.split(' ').any(|known| known == word)) {
            return None;
        }
    }
    named.map(|named| (tokens, named))
}

fn number(digits: &str) -> Option<Token> {
    match digits.len() {
        1 | 2 => digits.parse().ok().map(Token::Day),
        4 => Some(Token::Year(digits.to_owned())),
        _ => None,
    }
}
