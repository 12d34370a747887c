//! What is wrong with the form of a table: its header, and rows that do not fit it.

use memchr::memmem;

use crate::check::{At, Detail, Raw, RuleId};
use crate::document::{Cell, Document, Source};
use crate::format::Found;
use crate::input::Piece;
use crate::policy::Row;
use crate::syntax::table::{Column, Ragged, letters};

use super::judge::{Judge, Outcome, Sink};
use super::setup::TableRules;

/// So many rows the user interface of DSpace imports at once.
const MOST_ROWS: u64 = 1000;
/// The most characters, in UTF-16, that a cell of a spreadsheet holds.
const MOST_IN_CELL: usize = 32_767;
/// What a spreadsheet shows where a formula fails.
const SHEET_ERRORS: [&str; 7] = ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "########"];

impl<'e> Judge<'e> {
    /// The header of a table, if its rows are records.
    pub(super) fn header(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let Some(table) = piece.syntax.table() else { return };
        if piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena).is_err() {
            return;
        }
        // The header read as a row has the members that every row has.
        let document = Document::new(source.text(), &self.desk.arena);
        let mut known = self.taken_for();
        if let Some(root) = document.root() {
            let formats = &self.setup.catalogue.formats;
            formats.find(root, (piece.syntax.shape(), None), &mut |found| {
                known |= matches!(found, Found::Record { .. });
            });
        }
        if known {
            header_faults(self.setup.own.tables, &table.columns, &mut self.raws);
            if !self.raws.is_empty() {
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
        }
    }
}

/// Notes what `rule` finds at `at`, if it is on.
fn note(rule: Option<RuleId>, at: At, variant: Option<&'static str>, reason: String, raws: &mut Vec<Raw>) {
    if let Some(rule) = rule {
        raws.push(Raw { detail: Detail::Said { variant, reason, remedy: None }, ..Raw::new(rule, at) });
    }
}

fn header_faults(rules: TableRules, columns: &[Column], raws: &mut Vec<Raw>) {
    for (number, column) in columns.iter().enumerate() {
        let at = || At::Span(column.span.clone());
        let earlier = &columns[..number];
        let name = &column.name;
        if let Some(first) = earlier.iter().position(|other| !name.is_empty() && other.name == *name) {
            let reason = format!("the column {} is called so, too", letters(first));
            note(rules.duplicate_column, at(), None, reason, raws);
        } else if let Some(why) = malformed(column) {
            note(rules.malformed_column, at(), None, format!("\"{name}\": {why}"), raws);
        } else if let Some(field) = column.field() {
            let same =
                |other: &&Column| other.field() == Some(field) && speaks_alike(other.language(), column.language());
            if let Some(other) = earlier.iter().find(same) {
                note(rules.split_field, at(), None, format!("`{}` and `{name}`", other.name), raws);
            }
        }
    }
}

/// Why a header that looks like a metadata field is none.
fn malformed(column: &Column) -> Option<&'static str> {
    if column.language() == Some("*") {
        return Some("`*` stands where a language belongs");
    }
    if column.field().is_some() || !column.name.contains('.') {
        return None;
    }
    let name = column.name.split('[').next().unwrap_or_default();
    let bracket = column.name.len() > name.len();
    Some(if bracket && name.ends_with(' ') {
        "a blank stands before the language"
    } else if bracket && !column.name.ends_with(']') {
        "the bracket round the language is not closed"
    } else if name.contains(char::is_whitespace) {
        "there is white space in it"
    } else if name.split('.').any(str::is_empty) {
        "a part of it is empty"
    } else if name.split('.').count() > 3 {
        "it has more parts than schema, element and qualifier"
    } else {
        "it is not written as `schema.element.qualifier[language]`"
    })
}

/// Two languages of one field that hardly anyone tells apart: none and the empty one, `en` and `en_US`.
fn speaks_alike(one: Option<&str>, other: Option<&str>) -> bool {
    let base = |language: Option<&str>| {
        language.unwrap_or_default().split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase()
    };
    base(one) == base(other)
}

/// What is wrong with the form of a row.
pub(super) fn row_faults(
    rules: TableRules,
    row: &Row<'_>,
    (text, index): (&str, u64),
    cells: &[Cell],
    raws: &mut Vec<Raw>,
) {
    if index == MOST_ROWS {
        let at = At::Span(row.range.start..row.range.start);
        note(rules.too_many_rows, at, None, format!("{MOST_ROWS}"), raws);
    }
    match row.table.ragged(text, row.range.clone(), cells) {
        None => {}
        Some(Ragged::TooMany { first, cells }) => {
            let reason = format!("{cells} cells stand under {} columns", row.table.columns.len());
            note(rules.ragged_row, At::Span(first), Some("too-many"), reason, raws);
        }
        Some(Ragged::TooFew { end, cells }) => {
            let reason = format!("it has {cells} of {} cells", row.table.columns.len());
            note(rules.ragged_row, At::Span(end..end), Some("too-few"), reason, raws);
        }
    }
    if let Some(at) = memmem::find(text[row.range.clone()].as_bytes(), b"|||") {
        let start = row.range.start + at;
        note(rules.doubtful_separator, At::Span(start..start + 3), None, String::new(), raws);
    }
    for (number, cell) in cells.iter().enumerate() {
        let written = &text[cell.span()];
        if let Some((variant, reason)) = damage(written) {
            let first = raws.len();
            note(rules.spreadsheet_damage, At::Span(cell.span()), Some(variant), reason, raws);
            if let Some(raw) = raws.get_mut(first) {
                raw.part = u32::try_from(number).unwrap_or_default();
            }
        }
    }
}

/// Of a cell that a spreadsheet has damaged, that is all there is to say.
pub(super) fn damage_alone(rules: TableRules, document: &Document<'_>, raws: &mut Vec<Raw>) {
    let is_damage = |raw: &Raw| Some(raw.rule) == rules.spreadsheet_damage;
    let spans = raws.iter().filter(|raw| is_damage(raw)).map(|raw| raw.at.clone());
    let damaged: Vec<_> = spans.filter_map(|at| if let At::Span(span) = at { Some(span) } else { None }).collect();
    if damaged.is_empty() {
        return;
    }
    let within = |node: u32| {
        let span = document.node(node).map(crate::document::NodeRef::span).unwrap_or_default();
        damaged.iter().any(|cell| !span.is_empty() && cell.start <= span.start && span.end <= cell.end)
    };
    raws.retain(|raw| is_damage(raw) || !raw.at.node().is_some_and(within));
}

/// What a spreadsheet has done to a cell.
fn damage(written: &str) -> Option<(&'static str, String)> {
    let bytes = written.as_bytes();
    match bytes {
        [] => None,
        [b'#', ..] if SHEET_ERRORS.iter().any(|error| written.starts_with(error) && written.len() < 12) => {
            Some(("error", written.to_owned()))
        }
        [b'1'..=b'9', .., b'0'..=b'9'] if bytes.len() < 24 && is_scientific(written) => {
            Some(("number", written.to_owned()))
        }
        _ if bytes.len() >= MOST_IN_CELL && written.encode_utf16().count() == MOST_IN_CELL => {
            Some(("cut", String::new()))
        }
        _ => None,
    }
}

/// `9,78E+12`: a long number as spreadsheets shorten it.
fn is_scientific(written: &str) -> bool {
    let Some((digits, exponent)) = written.split_once("E+") else { return false };
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = digits
        .split_once([',', '.'])
        .map_or(digits.len() == 1 && all(digits), |(one, rest)| one.len() == 1 && all(one) && all(rest));
    whole && exponent.len() == 2 && all(exponent)
}
