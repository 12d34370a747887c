//! What identifiers have in common: how a faulty one is explained, what stands round one, and which other kind of
//! identifier stands in its place. All of it runs only for texts that were refused.

use std::ops::Range;

use super::date::text::{Clean, malformed};
use super::{Class, Fault, arxiv, doi, handle, is_blank, isbn, isni, issn, orcid, ror, url};

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identifier {
    Doi,
    Orcid,
    Isni,
    Ror,
    Grid,
    Arxiv,
    Handle,
    Isbn,
    Ismn,
    Issn,
    Url,
}

use Identifier::{Arxiv, Doi, Grid, Handle, Isbn, Ismn, Isni, Issn, Orcid, Ror, Url};

/// The kinds with their articles: the special ones before the web address, as which most of them can be written.
const KINDS: [(Identifier, &str); 11] = [
    (Doi, "a DOI"),
    (Orcid, "an ORCID iD"),
    (Isni, "an ISNI"),
    (Ror, "a ROR id"),
    (Grid, "a GRID id"),
    (Arxiv, "an arXiv identifier"),
    (Handle, "a handle"),
    (Isbn, "an ISBN"),
    (Ismn, "an ISMN"),
    (Issn, "an ISSN"),
    (Url, "a web address"),
];

impl Identifier {
    /// Its name with the article: "an ISBN".
    fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// Its name: "ISBN".
    pub(super) fn noun(self) -> &'static str {
        self.name().split_once(' ').map_or("", |(_, noun)| noun)
    }

    /// `text` is one of this kind, and no other number that happens to look so.
    fn takes(self, text: &str) -> bool {
        match self {
            Doi => doi::is_sound(text),
            Orcid => orcid::is_sound(text),
            Isni => text.contains('/') && isni::is_sound(text),
            Ror => text.contains('/') && ror::read(text).is_some(),
            Grid => is_grid(text),
            Arxiv => text.contains(':') && arxiv::anywhere(text).is_some(),
            Handle => handle::is_sound(text) && handle::notation(text) > 0,
            Isbn => is_telling(text, "isbn") && isbn::is_sound(unlabelled(text, "isbn")),
            Ismn => isbn::is_ismn(text),
            Issn => issn::is_sound(unlabelled(text, "issn")),
            Url => url::has_host(text),
        }
    }
}

/// Ten digits alone may be any number; with hyphens, a label or 978 before them they are an ISBN.
fn is_telling(text: &str, label: &str) -> bool {
    text.contains('-') || text.len() >= 13 || unlabelled(text, label).len() < text.len()
}

/// `text` without the label before it.
fn unlabelled<'a>(text: &'a str, label: &str) -> &'a str {
    match text.split_at_checked(label.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(label) => rest.trim_start_matches([' ', ':', '-', '=']),
        _ => text,
    }
}

/// `grid.5801.c`, alone or as an address.
fn is_grid(text: &str) -> bool {
    let id = text.rsplit('/').next().unwrap_or(text);
    let number = id.strip_prefix("grid.").and_then(|rest| rest.split_once('.'));
    number.is_some_and(|(number, check)| {
        let hex = |part: &str| !part.is_empty() && part.len() <= 7 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        number.bytes().all(|byte| byte.is_ascii_digit()) && hex(number) && hex(check)
    })
}

/// A text that is no `own` and is an identifier of another kind.
pub(super) fn other_kind(text: &str, own: Identifier) -> Option<Fault> {
    let (kind, name) = KINDS.iter().find(|(kind, _)| *kind != own && kind.takes(text))?;
    let reason = match kind {
        Ismn => format!("this is {name}, the number of printed music, not {}", own.name()),
        _ => format!("this is {name}, not {}", own.name()),
    };
    Some(Fault::whole(Class::OtherKind, text, reason))
}

/// Explains why `text` is no `own`: what nobody typed on purpose is peeled off, then `named` says the rest. What it
/// proposes is in order, or there is no proposal.
#[cold]
pub(super) fn diagnose(
    text: &str,
    own: Identifier,
    is_sound: fn(&str) -> bool,
    named: fn(&str) -> Option<Fault>,
) -> Fault {
    if is_blank(text) {
        return Fault::whole(Class::Form, text, "it is blank");
    }
    let named = |text: &str| {
        let none = || Fault::whole(Class::Form, text, format!("this is not {}", own.name()));
        named(text).or_else(|| other_kind(text, own)).unwrap_or_else(none)
    };
    let found = match Clean::of(text) {
        None => named(text),
        Some(clean) if is_sound(&clean.text) => {
            malformed(clean.at.clone(), clean.reason(own.noun())).meant(clean.text.as_str())
        }
        Some(clean) => {
            let fault = named(&clean.text);
            Fault { at: clean.back(&fault.at), ..fault }
        }
    };
    let intended = found.intended.clone().filter(|text| is_sound(text));
    found.meant_if(intended)
}

/// A number found within a text.
pub(super) struct Found {
    pub(super) at: Range<usize>,
    /// What it is, however it was written.
    pub(super) number: String,
}

/// Sound numbers with something round them: labels, remarks, separators, each other.
pub(super) fn surrounded(text: &str, found: &[Found], own: Identifier, labels: &[&str]) -> Option<Fault> {
    let noun = own.noun();
    let [first, rest @ ..] = found else { return None };
    let meant = text.get(first.at.clone())?;
    if let Some(second) = rest.first() {
        let at = second.at.start..text.len();
        if rest.iter().all(|other| other.number == first.number) {
            return Some(Fault::part(Class::Notation, at, "the number stands there twice").meant(meant));
        }
        let count = if rest.len() == 1 { "two" } else { "several" };
        return Some(Fault::part(Class::Several, at, format!("there are {count} {noun}s in one value")));
    }
    let (start, end) = (0..first.at.start, first.at.end..text.len());
    let (before, after) = (text.get(start.clone())?, text.get(end.clone())?);
    let is_stray = |part: &str| part.chars().all(|c| matches!(c, ' ' | ';' | ',' | '|' | '.' | ':' | '/' | '-'));
    // There is another number, which may be the one that was meant.
    let clear = text.bytes().filter(u8::is_ascii_digit).count() < meant.len() + 6;
    let fault = if is_stray(before) && is_stray(after) {
        let (at, side) = if after.is_empty() { (start, "before") } else { (end, "after") };
        Fault::part(Class::Punctuation, at, format!("punctuation stands {side} the {noun}"))
    } else if is_label(before, labels) {
        Fault::part(Class::Notation, start, format!("the {noun} is wanted alone, without a label"))
    } else if before.is_empty() {
        Fault::part(Class::Notation, end, format!("a remark stands after the {noun}"))
    } else {
        malformed(start, format!("text stands before the {noun}"))
    };
    Some(fault.meant_if(clear.then(|| meant.to_owned())))
}

fn is_label(before: &str, labels: &[&str]) -> bool {
    let lower = before.to_ascii_lowercase();
    labels.contains(&lower.trim_matches([' ', ':', '=', '(', '[', '<', '/', '.', '-', '#']))
}

/// `9,78E+12`: what a spreadsheet makes of a long number.
pub(super) fn of_a_spreadsheet(text: &str) -> Option<Fault> {
    let (number, exponent) = text.split_once(['E', 'e'])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = number.split_once(['.', ',']).map_or(digits(number), |(one, rest)| digits(one) && digits(rest));
    (whole && exponent.strip_prefix('+').is_some_and(digits)).then(|| {
        Fault::whole(Class::Form, text, "a spreadsheet has rounded the number, and most of its digits are lost")
    })
}

/// The text with the digits that letters stand for, and where the first of these stands.
pub(super) fn letters_for_digits(text: &str) -> Option<(Range<usize>, String)> {
    let at = text.find(['O', 'o', 'l', 'I'])?;
    let digit = |c| match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        c => c,
    };
    Some((at..at + 1, text.chars().map(digit).collect()))
}

/// What is wrong with a number of digits, if `text` is one: there are too few or too many.
pub(super) fn miscounted(text: &str, own: Identifier, wanted: &str) -> Option<Fault> {
    let is_number = |byte| matches!(byte, b'0'..=b'9' | b'-' | b' ' | b'x' | b'X');
    let bare = text.trim_end_matches(['x', 'X']);
    let count = bare.bytes().filter(u8::is_ascii_digit).count() + usize::from(bare.len() < text.len());
    if count == 0 || !text.bytes().all(is_number) {
        return None;
    }
    if let Some(at) = bare.find(['x', 'X']) {
        return Some(malformed(at..at + 1, "an X can only stand at the end"));
    }
    let s = if count == 1 { "" } else { "s" };
    Some(Fault::whole(Class::Form, text, format!("it has {count} digit{s}, and {} has {wanted}", own.name())))
}

/// A wrong check digit at `at`.
pub(super) fn wrong_check(at: Range<usize>, right: u8, written: u8) -> Fault {
    let [right, written] = [right, written].map(char::from);
    let reason = format!("the last digit checks the others, and for these it would be {right}, not {written}");
    Fault::part(Class::Checksum, at, reason)
}

/// The bytes after `start`, in which small and capital letters are the same.
pub(super) fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// What follows `https://` or `http://` and `www.`; the text itself where it does not begin so.
pub(super) fn after_scheme(text: &str) -> &str {
    let rest = after(text, "https://").or_else(|| after(text, "http://")).unwrap_or(text);
    after(rest, "www.").unwrap_or(rest)
}
