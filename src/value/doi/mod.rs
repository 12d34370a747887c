//! DOIs: the prefix `10.` and a number, a slash, and a suffix that may be almost anything (DOI Handbook, 2.2; ISO 26324).
//!
//! Brackets, semicolons, angle brackets, capitals, letters of any script and the test prefix 10.5072 are all in order.
//! What is not: white space, invisible characters, signs at the end that belong to the sentence round the DOI, remains
//! of a template.

mod address;
mod fault;
mod suffix;

use std::borrow::Cow;

use super::Fault;

/// Which notations a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The DOI alone: `10.1000/182`.
    Bare,
    /// Also `doi:10.1000/182`, `https://doi.org/10.1000/182` and their older relatives.
    Any,
}

/// A DOI, as slices of the text it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Doi<'a> {
    prefix: &'a str,
    suffix: &'a str,
    /// It stood in a URL, in which `%` begins an escape.
    in_url: bool,
}

impl<'a> Doi<'a> {
    /// `10.` and the registrant's number.
    #[must_use]
    pub fn prefix(&self) -> &'a str {
        self.prefix
    }

    /// What follows the slash, as written: in a URL with its percent-escapes.
    #[must_use]
    pub fn suffix(&self) -> &'a str {
        self.suffix
    }

    /// The DOI alone, its letters as written.
    #[must_use]
    pub fn bare(&self) -> String {
        format!("{}/{}", self.prefix, self.decoded())
    }

    /// The DOI alone in small letters, for comparing and storing.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = self.bare();
        text.make_ascii_lowercase();
        text
    }

    /// Whether both are the same DOI: the case of ASCII letters does not matter (DOI Handbook, 2.4).
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.prefix == other.prefix && self.decoded().eq_ignore_ascii_case(&other.decoded())
    }

    fn decoded(&self) -> Cow<'a, str> {
        if self.in_url { suffix::decode(self.suffix) } else { Cow::Borrowed(self.suffix) }
    }
}

/// Reads `text` as a DOI.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one DOI can have been meant, which, in a notation that
/// `form` takes.
pub fn parse(text: &str, form: Form) -> Result<Doi<'_>, Fault> {
    read(text, form).ok_or_else(|| fault::diagnose(text, form))
}

/// Nothing is wrong with `text`, in whatever notation.
pub(super) fn is_sound(text: &str) -> bool {
    read(text, Form::Any).is_some()
}

/// The DOI, if `text` is one and nothing is wrong with it.
fn read(text: &str, form: Form) -> Option<Doi<'_>> {
    let (start, in_url) = match form {
        Form::Any if !text.starts_with('1') => address::notation(text)?,
        _ => (0, false),
    };
    let text = text.get(start..)?;
    let prefix = prefix_length(text.as_bytes())?;
    let (prefix, rest) = text.split_at_checked(prefix)?;
    let suffix = match rest.as_bytes() {
        [b'/', ..] => rest.get(1..)?,
        [b'%', b'2', b'F' | b'f', ..] if in_url => rest.get(3..)?,
        _ => return None,
    };
    suffix::is_sound(prefix, suffix, in_url).then_some(Doi { prefix, suffix, in_url })
}

/// How long `10.` is with the four to nine digits after it and any subdivisions (`10.1000.10`).
#[inline]
fn prefix_length(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"10.")?;
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = digits(rest);
    if !(4..=9).contains(&length) {
        return None;
    }
    while let Some([b'.', more @ ..]) = rest.get(length..)
        && digits(more) > 0
    {
        length += 1 + digits(more);
    }
    Some(3 + length)
}
