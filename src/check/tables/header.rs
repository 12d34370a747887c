//! The header of a table: what is nearly a field, stands twice, or is spread over several columns.

use std::ops::Range;

use strsim::osa_distance;

use crate::few::FewMap;
use crate::syntax::table::{Column, Layout, Registered, Table, letters};

/// Takes where something is wrong, and what.
type Note<'n> = dyn FnMut(Range<usize>, String) + 'n;

/// Headers that look like a field and are none.
pub(super) fn malformed(table: &Table, note: &mut Note<'_>) {
    for column in table.columns.iter().filter(|column| column.first.is_none()) {
        if let Some(why) = why_malformed(column, &table.layout) {
            note(column.span.clone(), format!("\"{}\": {why}", column.name));
        }
    }
}

/// Columns that are called the same.
pub(super) fn duplicates(table: &Table, note: &mut Note<'_>) {
    for column in &table.columns {
        if let Some(first) = column.first {
            note(column.span.clone(), format!("the column {} is called so, too", letters(first)));
        }
    }
}

/// One field in several columns whose languages hardly anyone tells apart: none and the empty one, `en` and `en_US`.
pub(super) fn split(table: &Table, note: &mut Note<'_>) {
    let mut known: FewMap<(&str, String), Option<usize>> = FewMap::default();
    for (number, column) in table.columns.iter().enumerate().filter(|(_, column)| column.first.is_none()) {
        let Some(field) = column.field() else { continue };
        let first = *known.entry((field, base(column.language()))).get_or_insert(number);
        if let Some(other) = table.columns.get(first).filter(|_| first != number) {
            note(column.span.clone(), format!("`{}` and `{}`", other.name, column.name));
        }
    }
}

/// Fields that an export leaves out: all of them in one, at the first.
pub(super) fn not_exported(table: &Table, note: &mut Note<'_>) {
    let is_out = |column: &&Column| {
        column.field().is_some_and(|field| table.layout.not_exported.iter().any(|name| **name == *field))
    };
    let out: Vec<_> = table.columns.iter().filter(is_out).collect();
    if let Some(first) = out.first() {
        let names: Vec<_> = out.iter().map(|column| format!("`{}`", column.name)).collect();
        note(first.span.clone(), names.join(", "));
    }
}

/// Fields that are one letter off from one that the system itself knows.
pub(super) fn unknown(table: &Table, note: &mut Note<'_>) {
    for column in table.columns.iter().filter(|column| column.first.is_none()) {
        let Some(field) = column.field() else { continue };
        if let Some(meant) = meant(field, &table.layout.registry) {
            note(column.span.clone(), format!("`{field}`, where `{meant}` is known"));
        }
    }
}

/// The one known field from which this one is a letter off, if it is not known itself.
fn meant(field: &str, registry: &[Registered]) -> Option<String> {
    let (schema, name) = field.split_once('.')?;
    let known = &registry.iter().find(|known| *known.schema == *schema)?.fields;
    if known.iter().any(|known| **known == *name) {
        return None;
    }
    let mut near = known.iter().filter(|known| is_near(known, name));
    let meant = near.next().filter(|_| near.next().is_none())?;
    Some(format!("{schema}.{meant}"))
}

/// One letter too many, too few, another, or in another place, in one part of the name, which is no short one.
fn is_near(known: &str, name: &str) -> bool {
    /// In a shorter word a letter makes another word: `isi` and `issn`.
    const SHORTEST: usize = 5;
    let mut differing = known.split('.').zip(name.split('.')).filter(|(known, name)| known != name);
    let (Some((one, other)), None) = (differing.next(), differing.next()) else { return false };
    let lengths = one.chars().count().abs_diff(other.chars().count());
    one.len() >= SHORTEST
        && lengths <= 1
        && known.split('.').count() == name.split('.').count()
        && osa_distance(one, other) == 1
}

/// Why a header that looks like a field is none.
fn why_malformed(column: &Column, layout: &Layout) -> Option<String> {
    let (open, close) = layout.language;
    if column.language() == Some("*") {
        return Some("`*` stands where a language belongs".to_owned());
    }
    if column.field().is_some() || !column.name.contains('.') {
        return None;
    }
    let name = column.name.split(open).next().unwrap_or_default();
    let bracket = column.name.len() > name.len();
    let most = layout.parts.1;
    Some(if bracket && name.ends_with(' ') {
        "a blank stands before the language".to_owned()
    } else if bracket && !column.name.ends_with(close) {
        "the bracket round the language is not closed".to_owned()
    } else if name.contains(char::is_whitespace) {
        "there is white space in it".to_owned()
    } else if name.split('.').any(str::is_empty) {
        "a part of it is empty".to_owned()
    } else if name.split('.').count() > most {
        format!("it has more than {most} parts")
    } else {
        "a sign stands in it that no field has".to_owned()
    })
}

/// A language without its region, which is all that most people tell apart.
fn base(language: Option<&str>) -> String {
    language.unwrap_or_default().split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase()
}
