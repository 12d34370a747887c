//! The part of a DOI after the slash: what may stand in it, and what shows that something else was meant.

use std::borrow::Cow;
use std::ops::Range;

use crate::value::date::text::{is_dash, is_invisible};

/// White space or a control character.
const BAD: u8 = 1;
/// Part of a character outside ASCII.
const WIDE: u8 = 2;
/// Right by itself, but may be part of a pattern that is not.
const LOOK: u8 = 4;

const CLASSES: [u8; 256] = classes();

#[expect(clippy::cast_possible_truncation, reason = "the index is below 256")]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            0..=b' ' | 0x7F => BAD,
            0x80.. => WIDE,
            b';' | b',' | b'|' | b':' | b'%' | b'&' | b'?' | b'{' | b'<' => LOOK,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// A pattern in a suffix that does not belong to a DOI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Space(usize),
    Character(char),
    /// `¡` and `¿`, into which an old typesetting code turns `<` and `>`.
    Typeset(usize),
    /// It ends in `...` or `…`, from there on.
    CutOff(usize),
    /// A sign at the end.
    Ending(usize),
    /// Another DOI begins there.
    Second(usize),
    /// `&lt;` and the like.
    Entity(usize),
    /// `%3C` and the like.
    Escape(Range<usize>),
    /// `?utm_source=` and the like.
    Query(usize),
    /// A web address begins there.
    Address(usize),
    /// The prefix stands there once more.
    Doubled,
    Template,
    Empty,
}

/// Whether nothing is wrong with `suffix`, which follows `prefix`.
#[inline]
pub(super) fn is_sound(prefix: &str, suffix: &str, in_url: bool) -> bool {
    let bytes = suffix.as_bytes();
    let class = bytes.iter().fold(0, |class, &byte| class | CLASSES[usize::from(byte)]);
    // Most DOIs have nothing in them but letters, digits and - . _ / ( ), and end in a letter or a digit.
    let suspicious = match (bytes.first(), bytes.last()) {
        (_, Some(b'0')) => is_unnumbered(suffix),
        (_, Some(b'x' | b'X')) => is_crossed(suffix),
        (Some(b't' | b'T' | b'p' | b'P'), _) if bytes.len() < 8 => true,
        (Some(b'z' | b'Z'), Some(last)) => !last.is_ascii_digit(),
        (_, Some(last)) => !last.is_ascii_alphanumeric(),
        (_, None) => true,
    };
    if class == 0 && !suspicious && !suffix.starts_with("10.") {
        return true;
    }
    flaw(prefix, suffix, in_url).is_none()
}

/// The first thing that is wrong with `suffix`, by its gravity.
pub(super) fn flaw(prefix: &str, suffix: &str, in_url: bool) -> Option<Flaw> {
    if suffix.is_empty() {
        return Some(Flaw::Empty);
    }
    if let Some((at, _)) = suffix.char_indices().find(|(_, c)| c.is_whitespace()) {
        return Some(Flaw::Space(at));
    }
    if is_template(suffix) {
        return Some(Flaw::Template);
    }
    for ends in ["...", "\u{2026}", "[..]", "(..)"] {
        if let Some(rest) = suffix.strip_suffix(ends) {
            return Some(Flaw::CutOff(rest.trim_end_matches('.').len()));
        }
    }
    strange(suffix)
        .or_else(|| second(suffix))
        .or_else(|| (suffix.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'))).then_some(Flaw::Doubled))
        .or_else(|| suffix.find("://").map(Flaw::Address))
        .or_else(|| ["&lt;", "&gt;", "&amp;"].iter().find_map(|entity| suffix.find(entity)).map(Flaw::Entity))
        .or_else(|| if in_url { query(suffix) } else { escape(suffix) })
        .or_else(|| (ending(suffix) < suffix.len()).then(|| Flaw::Ending(ending(suffix))))
}

/// A character that no DOI has.
fn strange(suffix: &str) -> Option<Flaw> {
    let wide = |c: char| matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{FFFD}');
    if let Some(c) = suffix.chars().find(|&c| is_invisible(c) || is_dash(c) || wide(c)) {
        return Some(Flaw::Character(c));
    }
    let at = suffix.find('\u{A1}')?;
    suffix.get(at..)?.contains('\u{BF}').then_some(Flaw::Typeset(at))
}

/// A second DOI behind a separator.
fn second(suffix: &str) -> Option<Flaw> {
    suffix.match_indices([';', ',', '|']).find_map(|(at, _)| {
        let rest = suffix.get(at + 1..)?;
        let lower = rest.get(..4).unwrap_or_default().to_ascii_lowercase();
        let from = usize::from(lower == "doi:") * 4;
        let length = super::prefix_length(rest.as_bytes().get(from..)?);
        let doi = length.is_some_and(|length| rest.as_bytes().get(from + length) == Some(&b'/'));
        (doi || lower == "http").then_some(Flaw::Second(at + 1))
    })
}

/// What tracking adds to the address of a DOI.
fn query(suffix: &str) -> Option<Flaw> {
    let at = suffix.find('?')?;
    let name = suffix.get(at + 1..)?;
    ["utm_", "fbclid=", "gclid=", "ref=", "source=", "nosfx="]
        .iter()
        .any(|key| name.starts_with(key))
        .then_some(Flaw::Query(at))
}

/// The escape of a sign that is only escaped in URLs.
fn escape(suffix: &str) -> Option<Flaw> {
    suffix.match_indices('%').find_map(|(at, _)| {
        let sign = hex(suffix.as_bytes(), at)?;
        b"<>()[]{};:/#?+,&= %".contains(&sign).then_some(Flaw::Escape(at..at + 3))
    })
}

/// The byte that `%` and two hexadecimal digits stand for at `at`.
fn hex(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(at + 1)? * 16 + digit(at + 2)?)
}

/// `suffix` with its percent-escapes resolved; as it is if that does not give text.
pub(super) fn decode(suffix: &str) -> Cow<'_, str> {
    if !suffix.contains('%') {
        return Cow::Borrowed(suffix);
    }
    let bytes = suffix.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = if byte == b'%' { hex(bytes, at) } else { None };
        decoded.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(suffix), Cow::Owned)
}

/// Remains of a template: `zenodo.XXXXXXX`, `zenodo.0000000`, `<id>`, `{{doi}}`.
pub(super) fn is_template(suffix: &str) -> bool {
    const WORDS: [&str; 4] = ["todo", "tba", "tbd", "pending"];
    let slot = suffix.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).is_some_and(|(_, name)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'))
    });
    let name = zenodo(suffix).unwrap_or(suffix);
    slot || is_crossed(suffix)
        || is_unnumbered(suffix)
        || zenodo(suffix) == Some("")
        || WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
        || suffix.contains("{{")
        || suffix.contains("${")
}

/// `zenodo.XXXXXXX`
fn is_crossed(suffix: &str) -> bool {
    suffix.len() - suffix.trim_end_matches(['x', 'X']).len() >= 4
}

/// `zenodo.0000000`
fn is_unnumbered(suffix: &str) -> bool {
    zenodo(suffix).is_some_and(|number| !number.is_empty() && number.bytes().all(|digit| digit == b'0'))
}

/// What follows `zenodo.`
fn zenodo(suffix: &str) -> Option<&str> {
    const NAME: &str = "zenodo.";
    let (name, number) = suffix.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then_some(number)
}

/// Where the signs at the end begin that belong to the sentence round the DOI; its length if there are none.
///
/// A closing bracket belongs to the DOI if its opening one does: `S0140-6736(05)`.
pub(super) fn ending(suffix: &str) -> usize {
    let mut rest = suffix;
    loop {
        let Some(last) = rest.chars().next_back() else { return rest.len() };
        let count = |sign: char| rest.chars().filter(|&c| c == sign).count();
        let stray = match last {
            '.' | ',' | ';' | ':' | '"' | '\'' | '\u{201C}' | '\u{201D}' | '\u{2019}' | '\u{BB}' | '|' => true,
            ')' => count(')') > count('('),
            ']' => count(']') > count('['),
            '}' => count('}') > count('{'),
            '>' => count('>') > count('<'),
            _ => false,
        };
        if !stray {
            return rest.len();
        }
        rest = rest.get(..rest.len() - last.len_utf8()).unwrap_or_default();
    }
}
