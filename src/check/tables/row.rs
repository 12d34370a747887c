//! The form of a row: how many cells it has, what parts its values, and how many rows there are.

use memchr::memmem;

use crate::document::Cell;
use crate::few::FewMap;
use crate::format::{FieldSet, is_uuid};
use crate::syntax::table::Ragged;
use crate::value::shortened;

use super::{At, InColumn, Raw, Record, RuleId, TableRow, column_of, said, values_of};

/// More or fewer cells than columns.
pub(super) fn ragged(rule: RuleId, row: &TableRow<'_>, found: &mut Vec<Raw>) {
    let columns = row.table.columns.len();
    found.extend(match row.table.ragged(row.text, row.range.clone(), row.cells) {
        None => None,
        Some(Ragged::TooMany { first, cells }) => {
            let reason = format!("{cells} cells stand under {columns} columns");
            Some(said(rule, At::Span(first), Some("too-many"), reason))
        }
        Some(Ragged::TooFew { end, cells }) => {
            Some(said(rule, At::Span(end..end), Some("too-few"), format!("it has {cells} of {columns} cells")))
        }
    });
}

/// What parts values, and one sign more.
pub(super) fn bars(rule: RuleId, row: &TableRow<'_>, found: &mut Vec<Raw>) {
    let mut wanted = row.table.layout.values.to_string();
    let Some(last) = wanted.chars().next_back() else { return };
    wanted.push(last);
    if let Some(at) = memmem::find(row.text[row.range.clone()].as_bytes(), wanted.as_bytes()) {
        let start = row.range.start + at;
        found.push(said(rule, At::Span(start..start + wanted.len()), None, String::new()));
    }
}

/// What parts values, and nothing on one side of it. Of the part that is empty that is all there is to say.
pub(super) fn empty_parts(rule: RuleId, row: &TableRow<'_>, record: &Record<'_>, found: &mut Vec<Raw>) {
    let between = &*row.table.layout.values;
    let mut told: Vec<(Cell, usize)> = Vec::new();
    for cell in row.cells.iter().filter(|_| !between.is_empty()) {
        let written = &row.text[cell.span()];
        let Some(first) = memmem::find(written.as_bytes(), between.as_bytes()) else { continue };
        let has_more = |at: usize| written[at + between.len()..].starts_with(|next| between.ends_with(next));
        let (mut start, mut at) = (0, first);
        // What is one sign too many is told of as such.
        let empty = loop {
            if has_more(at) {
                break None;
            }
            if written[start..at].trim().is_empty() {
                break Some(at);
            }
            start = at + between.len();
            match written[start..].find(between) {
                Some(next) => at = start + next,
                None => break written[start..].trim().is_empty().then_some(at),
            }
        };
        let Some(at) = empty.filter(|_| !written.replace(between, "").trim().is_empty()) else { continue };
        told.push((*cell, cell.span().start + at));
    }
    if told.is_empty() {
        return;
    }
    let is_part = |raw: &Raw| {
        let node = raw.at.node().and_then(|node| record.fields.document.node(node));
        node.is_some_and(|node| {
            let span = node.span();
            let before = told.partition_point(|(cell, _)| cell.span().start <= span.start);
            let cell = before.checked_sub(1).and_then(|before| told.get(before));
            cell.is_some_and(|(cell, _)| span.end <= cell.span().end) && node.plain().trim().is_empty()
        })
    };
    found.retain(|raw| !is_part(raw));
    let found_here = told.iter().map(|(_, start)| At::Span(*start..start + between.len()));
    found.extend(found_here.map(|at| said(rule, at, Some("empty-part"), String::new())));
}

/// A part of what parts values between two words of one value, where no value has such a sign in it.
pub(super) fn single_bars(
    rule: RuleId,
    record: &Record<'_>,
    (between, fields): (&str, &FieldSet),
    found: &mut Vec<Raw>,
) {
    let Some(sign) = between.chars().next() else { return };
    let mut known: FewMap<u32, bool> = FewMap::default();
    for (field, value) in values_of(record, fields) {
        let parts: Vec<_> = value.text().split(sign).collect();
        // Each part is a value by itself: a name with its parts, a word of letters; nothing that an address would have.
        let is_value = |part: &&str| {
            let part = part.trim();
            part.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !part.contains("://")
        };
        let is_joined = parts.len() > 1 && parts.iter().all(is_value);
        if !is_joined || std::mem::replace(known.entry(value.hit.node), true) {
            continue;
        }
        let joined: Vec<_> = parts.iter().map(|part| part.trim()).collect();
        let mut raw = said(rule, At::Node(value.hit.node), Some("single"), joined.join(between));
        raw.field = Some(field);
        found.push(raw);
    }
}

/// A table with just as many rows as an export has at most, or with more than are imported at once.
pub(super) fn rows(rule: RuleId, row: &TableRow<'_>, columns: &mut Vec<InColumn>) {
    let layout = &row.table.layout;
    let at = || At::Span(row.range.start..row.range.start);
    let number = row.index + 1;
    let raw = if Some(number) == layout.export_rows {
        said(rule, at(), Some("just-as-many"), number.to_string())
    } else if Some(row.index) == layout.export_rows {
        // There are more: nothing was cut off, and nothing is to be said.
        Raw::new(rule, at())
    } else if Some(row.index) == layout.most_rows {
        said(rule, at(), None, row.index.to_string())
    } else {
        return;
    };
    columns.push(InColumn { raw, column: None, value: String::new(), order: None, instead: Vec::new() });
}

/// What stands in place of an item's id, or of the sign for a new one.
pub(super) fn ids(
    rule: RuleId,
    row: &TableRow<'_>,
    (record, fields): (&Record<'_>, &FieldSet),
    columns: &mut Vec<InColumn>,
) {
    let new = &*row.table.layout.new_item;
    for (field, value) in values_of(record, fields) {
        let text = value.text().trim();
        if is_uuid(text) || text == new {
            continue;
        }
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut raw = said(rule, At::Node(value.hit.node), is_number.then_some("number"), String::new());
        raw.field = Some(field);
        let column = column_of(row.cells, value.node.span().start);
        columns.push(InColumn { raw, column, value: shortened(text).into_owned(), order: None, instead: Vec::new() });
    }
}
