//! TOML into the one tree: the syntax of formats, rules, profiles and the configuration.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::{Arena, DECODED, Kind, QUOTED, hash};

/// Where and why a text is not TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlFault {
    /// What the parser says.
    pub message: String,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// Reads the TOML document `text` into `arena`; its root is an object.
///
/// # Errors
///
/// The first place at which the text is not TOML.
pub fn read(text: &str, arena: &mut Arena) -> Result<(), TomlFault> {
    arena.clear();
    let root = DeTable::parse(text).map_err(|error| TomlFault {
        message: error.message().to_owned(),
        span: error.span().unwrap_or(0..text.len()),
    })?;
    table(text, root.get_ref(), 0..text.len(), arena);
    Ok(())
}

/// Adds a table's members in the order in which they stand in the text.
fn table(text: &str, members: &DeTable<'_>, span: Range<usize>, arena: &mut Arena) {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    arena.open(Kind::Object, span.start);
    for (key, member) in members {
        let name = key.get_ref();
        let flags = note_text(name, matches!(name, Cow::Borrowed(_)), &key.span(), arena);
        arena.key(text, key.span().start, key.span().end, hash(name.as_bytes()), flags);
        value(text, member, arena);
    }
    arena.close(text, span.end);
}

/// Where the next node's text stands: in the source, bare or in quotes, or, where that writes it otherwise, beside it.
fn note_text(string: &str, as_written: bool, span: &Range<usize>, arena: &mut Arena) -> u8 {
    match (as_written, span.len().checked_sub(string.len())) {
        (true, Some(0)) => 0,
        (true, Some(2)) => QUOTED,
        _ => {
            arena.decode_next_as(string);
            DECODED
        }
    }
}

fn value(text: &str, spanned: &Spanned<DeValue<'_>>, arena: &mut Arena) {
    let span = spanned.span();
    match spanned.get_ref() {
        DeValue::String(string) => {
            let flags = note_text(string, matches!(string, Cow::Borrowed(_)), &span, arena);
            arena.leaf(Kind::String, span.start, span.end, flags);
        }
        DeValue::Integer(_) | DeValue::Float(_) => arena.leaf(Kind::Number, span.start, span.end, 0),
        DeValue::Boolean(true) => arena.leaf(Kind::True, span.start, span.end, 0),
        DeValue::Boolean(false) => arena.leaf(Kind::False, span.start, span.end, 0),
        DeValue::Datetime(_) => arena.leaf(Kind::String, span.start, span.end, 0),
        DeValue::Array(elements) => {
            arena.open(Kind::Array, span.start);
            for element in elements {
                arena.element();
                value(text, element, arena);
            }
            arena.close(text, span.end);
        }
        DeValue::Table(members) => table(text, members, span, arena),
    }
}
