//! Texts for people: what befalls them on the way from a keyboard, a catalogue or an export into a record.
//!
//! [`is_suspect`] looks at bytes alone and is asked of every text. [`faults`] is asked only of those that it holds back;
//! most of them turn out to be right.

mod end;
mod entity;
mod filler;
mod markup;
mod mojibake;
mod several;
mod space;
mod suspect;
mod title;

use super::{Class, Fault};

pub use suspect::is_suspect;

/// What kind of text a value is, by which it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Running text, of any number of lines.
    Text,
    /// Running text that is HTML by design.
    Html,
    /// A text on one line.
    Line,
    /// The title of a work.
    Title,
    /// A subject or keyword.
    Keyword,
    /// The name of a person or body.
    Name,
}

/// Adds all that is wrong with a text. One that stands for "no value" has no other fault; what is told by one class is
/// not told by another again.
#[cold]
pub fn faults(text: &str, style: Style, found: &mut Vec<Fault>) {
    if let Some(fault) = filler::fault(text, style) {
        found.push(fault);
        return;
    }
    let first = found.len();
    found.extend(mojibake::fault(text));
    let is_garbled = found.len() > first;
    found.extend(space::lost(text));
    // Wrongly read letters take the form of characters that nobody sees, and of blanks.
    if !is_garbled {
        found.extend(space::invisible(text));
    }
    let several = several::fault(text, style);
    let end = if several.is_some() { None } else { end::fault(text, style) };
    let lines = space::line_break(text, style);
    if lines.is_none() && end.is_none() && found.len() == first {
        found.extend(space::surrounded(text, style));
    }
    found.extend(lines);
    let email = end::email(text, style);
    let markup = if style == Style::Html || email.is_some() { None } else { markup::fault(text) };
    // Where a whole text came as HTML, its entities came with it.
    if markup.as_ref().is_none_or(|markup| markup.class == Class::Emphasis) {
        found.extend(entity::fault(text, style));
    }
    found.extend(markup);
    found.extend(email);
    found.extend(several);
    found.extend(end);
    found.extend(title::capitals(text, style));
}
