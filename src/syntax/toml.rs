//! TOML into the one tree: the syntax of formats, rules, profiles and the configuration.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::{Arena, DECODED, Kind, hash};

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
        arena.decode_next_as(name);
        arena.key(text, key.span().start, key.span().end, hash(name.as_bytes()), DECODED);
        value(text, member, arena);
    }
    arena.close(text, span.end);
}

fn value(text: &str, spanned: &Spanned<DeValue<'_>>, arena: &mut Arena) {
    let span = spanned.span();
    match spanned.get_ref() {
        DeValue::String(string) => {
            arena.decode_next_as(string);
            arena.leaf(Kind::String, span.start, span.end, DECODED);
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
