//! arXiv identifiers: since April 2007 year, month and a number (`0706.0001`, from 2015 on `1501.00001`), before that
//! an archive, year, month and a number (`hep-th/9901001`, `math.GT/0309136`); with a version at the end, or without.

use std::ops::Range;

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Identifier, after, after_scheme};
use super::{Class, Fault};

/// An arXiv identifier, as slices of the text it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arxiv<'a> {
    /// The identifier without `arXiv:` and version.
    pub name: &'a str,
    /// The version with its `v`: `v2`; empty where none is given.
    pub version: &'a str,
}

impl Arxiv<'_> {
    /// As arXiv writes it: `arXiv:0706.0001v2`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("arXiv:{}{}", self.name, self.version)
    }
}

/// Why a text is no identifier.
enum Slip {
    Shape,
    At(Range<usize>, &'static str),
}

/// Reads `text` as an arXiv identifier, with or without `arXiv:` before it.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one identifier can have been meant, which.
pub fn parse(text: &str) -> Result<Arxiv<'_>, Fault> {
    alone(after(text, "arxiv:").unwrap_or(text))
        .map_err(|_| identifier::diagnose(text, Identifier::Arxiv, is_sound, named))
}

fn is_sound(text: &str) -> bool {
    alone(after(text, "arxiv:").unwrap_or(text)).is_ok()
}

/// An identifier alone.
fn alone(text: &str) -> Result<Arxiv<'_>, Slip> {
    let (name, version) = text.split_at(without_version(text));
    match name.find('/') {
        Some(slash) => old(name, slash)?,
        None => new(name)?,
    }
    Ok(Arxiv { name, version })
}

/// Where the version begins; the text's length if there is none.
fn without_version(text: &str) -> usize {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    match bare.strip_suffix(['v', 'V']) {
        Some(name) if bare.len() < text.len() && name.ends_with(|c: char| c.is_ascii_digit()) => name.len(),
        _ => text.len(),
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    Some(digit(at)? * 10 + digit(at + 1)?)
}

/// `0706.0001`, `1501.00001`
fn new(name: &str) -> Result<(), Slip> {
    let bytes = name.as_bytes();
    let (Some(year), Some(month), Some(b'.')) = (two(bytes, 0), two(bytes, 2), bytes.get(4)) else {
        return Err(Slip::Shape);
    };
    let number = &bytes[5..];
    if !matches!(number.len(), 4 | 5) || !number.iter().all(u8::is_ascii_digit) {
        return Err(Slip::Shape);
    }
    if !(1..=12).contains(&month) {
        return Err(Slip::At(2..4, "its third and fourth digits are a month, from 01 to 12"));
    }
    if (year, month) < (7, 4) || year > 90 {
        return Err(Slip::At(0..4, "identifiers have this form since April 2007 (0704)"));
    }
    match (number.len(), year < 15) {
        (5, true) => Err(Slip::At(5..10, "until 2014 four digits stand after the full stop")),
        (4, false) => Err(Slip::At(5..9, "since 2015 five digits stand after the full stop")),
        _ => Ok(()),
    }
}

/// `hep-th/9901001`, `math.GT/0309136`
fn old(name: &str, slash: usize) -> Result<(), Slip> {
    let (archive, number) = (&name[..slash], &name.as_bytes()[slash + 1..]);
    let (archive, class) = archive.split_once('.').unwrap_or((archive, "AA"));
    let is_archive = archive.len() >= 2 && archive.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_class = class.len() == 2 && class.bytes().all(|byte| byte.is_ascii_uppercase())
        || class.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if number.len() != 7 || !number.iter().all(u8::is_ascii_digit) || !is_archive || !is_class {
        return Err(Slip::Shape);
    }
    let (year, month) = (two(number, 0).unwrap_or(0), two(number, 2).unwrap_or(0));
    let from = slash + 1;
    if !(1..=12).contains(&month) {
        return Err(Slip::At(from + 2..from + 4, "its third and fourth digits are a month, from 01 to 12"));
    }
    if (8..=90).contains(&year) {
        return Err(Slip::At(from..from + 2, "identifiers had this form from 1991 to 2007"));
    }
    Ok(())
}

/// The identifier in a text that begins with `arXiv:` or is an address at arxiv.org.
pub(super) fn anywhere(text: &str) -> Option<Arxiv<'_>> {
    after(text, "arxiv:").or_else(|| in_address(text)).and_then(|rest| alone(rest.trim()).ok())
}

/// What follows `https://arxiv.org/abs/` and its like.
fn in_address(text: &str) -> Option<&str> {
    let rest = after_scheme(text);
    let rest = after(rest, "export.").unwrap_or(rest);
    let (page, id) = after(rest, "arxiv.org/")?.split_once('/')?;
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    matches!(page, "abs" | "pdf" | "html" | "format" | "ps").then(|| id.trim_end_matches('/'))
}

/// What follows the prefix and the first word of arXiv's own DOIs.
fn in_doi(text: &str) -> Option<&str> {
    let rest = after_scheme(text);
    let rest = after(rest, "doi.org/").or_else(|| after(rest, "doi:")).unwrap_or(rest);
    after(rest, "10.48550/arxiv.")
}

fn named(text: &str) -> Option<Fault> {
    let rest = after(text, "arxiv:").unwrap_or(text);
    if let Some(reason) = placeholder(text).or_else(|| placeholder(rest).filter(|_| !rest.is_empty())) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    let start = text.len() - rest.len();
    if let Err(Slip::At(at, reason)) = alone(rest) {
        return Some(Fault::part(Class::Impossible, at.start + start..at.end + start, reason));
    }
    notation(text)
        .or_else(|| surrounded(text))
        .or_else(|| identifier::other_kind(text, Identifier::Arxiv))
        .or_else(|| rest.is_empty().then(|| Fault::whole(Class::Form, text, "there is no number after arXiv:")))
}

/// A sound identifier in an address, or in arXiv's own DOI for it.
fn notation(text: &str) -> Option<Fault> {
    let (id, what) = match (in_address(text), in_doi(text)) {
        (Some(id), _) => (id, "an address of arXiv"),
        (_, Some(id)) => (id, "the DOI that arXiv gives"),
        _ => return None,
    };
    let reason = format!("this is {what}; the identifier alone is wanted");
    let at = 0..text.find(id)?;
    match alone(id) {
        Ok(arxiv) => Some(Fault::part(Class::Notation, at, reason).meant(arxiv.canonical())),
        Err(Slip::At(part, reason)) => {
            let from = at.end;
            Some(Fault::part(Class::Impossible, from + part.start..from + part.end, reason))
        }
        Err(Slip::Shape) => None,
    }
}

/// Words round it: `arXiv: 0706.0001`, `arXiv 0706.0001`, `arXiv:0706.0001 [math.GT]`.
fn surrounded(text: &str) -> Option<Fault> {
    let mut parts = text.split([' ', ',', ';', '[', ']']).filter_map(|part| {
        let id = after(part, "arxiv:").unwrap_or(part);
        let number = id.starts_with(|c: char| c.is_ascii_digit()) || id.contains('/');
        alone(id).ok().filter(|_| number).map(|arxiv| (part, arxiv))
    });
    let (part, arxiv) = parts.next()?;
    if let Some((second, _)) = parts.next() {
        let at = text.rfind(second)?;
        return Some(Fault::part(Class::Several, at..text.len(), "there are two identifiers in one value"));
    }
    let at = text.find(part)?;
    let (before, after_it) = (text.get(..at)?, text.get(at + part.len()..)?);
    let label = before.to_ascii_lowercase();
    let stray = after_it.chars().all(|c| matches!(c, ' ' | ',' | ';'));
    let fault = match label.trim_matches([' ', ':']) {
        "" if stray => Fault::part(Class::Punctuation, at + part.len()..text.len(), "punctuation stands after it"),
        "" => Fault::part(Class::Notation, at + part.len()..text.len(), "a remark stands after the identifier"),
        "arxiv" if stray => Fault::part(Class::Notation, 0..at, "arXiv: is wanted before it, without a blank"),
        "arxiv" => Fault::part(Class::Notation, 0..at, "arXiv: is wanted before it, and nothing after it"),
        _ => malformed(0..at, "text stands before the identifier"),
    };
    Some(fault.meant(arxiv.canonical()))
}
