//! A row as a tree, as its layout names it:
//! `{"id": …, "metadata": {"dc.title": [{"value": …, "language": …, "authority": …, "confidence": …}]}}`.

use std::ops::Range;

use memchr::memmem;

use crate::document::{Arena, Cell, DECODED, Kind, NON_ASCII};

use super::{Column, Layout, Table};

/// The names that stand in no header, by their places in the layout.
const FIELDS: usize = 0;
const VALUE: usize = 1;
const LANGUAGE: usize = 2;
const AUTHORITY: usize = 3;
const CONFIDENCE: usize = 4;

impl Table {
    pub(super) fn tree(&self, text: &str, row: Range<usize>, cells: &[Cell], arena: &mut Arena) {
        for name in &self.layout.names {
            arena.scratch.push_str(name);
        }
        arena.open(Kind::Object, row.start);
        for number in &self.plain {
            if let Some(cell) = cells.get(*number) {
                key(text, &self.columns[*number], arena);
                self.plain(text, *cell, arena);
            }
        }
        if !self.fields.is_empty() {
            self.own_key(text, FIELDS, row.start, arena);
            arena.open(Kind::Object, row.start);
            for field in &self.fields {
                self.field(text, field, cells, arena);
            }
            arena.close(text, row.end);
        }
        arena.close(text, row.end);
    }

    /// The values of a field, from all its columns.
    fn field(&self, text: &str, columns: &[usize], cells: &[Cell], arena: &mut Arena) {
        let there = |number: &&usize| cells.get(**number).is_some_and(|cell| cell.start < cell.end);
        let first = columns.iter().find(there).or_else(|| columns.first());
        let Some(first) = first.and_then(|first| cells.get(*first)) else { return };
        key(text, &self.columns[columns[0]], arena);
        arena.open(Kind::Array, first.start as usize);
        let mut end = first.end;
        for number in columns {
            let Some(cell) = cells.get(*number).filter(|cell| cell.start < cell.end) else { continue };
            end = end.max(cell.end);
            self.parts(text, cell.span(), |part| {
                arena.element();
                self.value(text, part, (&self.columns[*number], *cell), arena);
            });
        }
        arena.close(text, end as usize);
    }

    fn value(&self, text: &str, part: Range<usize>, (column, cell): (&Column, Cell), arena: &mut Arena) {
        let (value, authority) = self.authority_of(text, part.clone());
        arena.open(Kind::Object, part.start);
        self.own_key(text, VALUE, value.start, arena);
        leaf(text, value, cell.quoted, arena);
        if let Some(span) = column.language_span() {
            self.own_key(text, LANGUAGE, span.start, arena);
            if column.verbatim {
                leaf(text, span, false, arena);
            } else {
                arena.decode_next_as(column.language().unwrap_or_default());
                arena.leaf(Kind::String, span.start, span.end, DECODED);
            }
        }
        if let Some((authority, confidence)) = authority {
            self.own_key(text, AUTHORITY, authority.start, arena);
            leaf(text, authority, cell.quoted, arena);
            self.own_key(text, CONFIDENCE, confidence.start, arena);
            arena.leaf(Kind::Number, confidence.start, confidence.end, 0);
        }
        arena.close(text, part.end);
    }

    /// A name that stands in no header.
    fn own_key(&self, text: &str, name: usize, at: usize, arena: &mut Arena) {
        let Layout { names, hashes, .. } = &*self.layout;
        let start: usize = names[..name].iter().map(|name| name.len()).sum();
        arena.decode_next_as_part(start..start + names[name].len());
        arena.key(text, at, at, hashes[name], DECODED);
    }

    /// A cell of a column that is no field: its text, or a list if there are several.
    fn plain(&self, text: &str, cell: Cell, arena: &mut Arena) {
        let span = cell.span();
        let between = self.layout.values.as_bytes();
        if between.is_empty() || memmem::find(text[span.clone()].as_bytes(), between).is_none() {
            return leaf(text, span, cell.quoted, arena);
        }
        arena.open(Kind::Array, span.start);
        self.parts(text, span.clone(), |part| {
            arena.element();
            leaf(text, part, cell.quoted, arena);
        });
        arena.close(text, span.end);
    }

    /// The values of a cell.
    fn parts(&self, text: &str, span: Range<usize>, mut visit: impl FnMut(Range<usize>)) {
        let between = self.layout.values.as_bytes();
        let mut start = span.start;
        if !between.is_empty() {
            for at in memmem::find_iter(text[span.clone()].as_bytes(), between) {
                visit(start..span.start + at);
                start = span.start + at + between.len();
            }
        }
        visit(start..span.end);
    }

    /// A value, and its authority with the confidence: only a number at the end makes the mark more than two colons.
    fn authority_of(&self, text: &str, part: Range<usize>) -> (Range<usize>, Option<Authority>) {
        let mark = &*self.layout.authority;
        let whole = &text[part.clone()];
        let ends_in_digit = whole.as_bytes().last().is_some_and(u8::is_ascii_digit) && !mark.is_empty();
        let split = || {
            let (before, confidence) = whole.rsplit_once(mark)?;
            let (value, authority) = before.rsplit_once(mark)?;
            let digits = confidence.strip_prefix('-').unwrap_or(confidence);
            let is_authority = digits.len() <= 4
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && !authority.is_empty()
                && !authority.contains(char::is_whitespace);
            is_authority.then_some((value.len(), authority.len()))
        };
        match if ends_in_digit { split() } else { None } {
            None => (part, None),
            Some((value, authority)) => {
                let start = part.start + value + mark.len();
                let end = start + authority;
                (part.start..part.start + value, Some((start..end, end + mark.len()..part.end)))
            }
        }
    }
}

fn key(text: &str, column: &Column, arena: &mut Arena) {
    let span = column.member_span();
    let mut flags = if column.name.is_ascii() { 0 } else { NON_ASCII };
    if !column.verbatim {
        arena.decode_next_as(column.member());
        flags |= DECODED;
    }
    arena.key(text, span.start, span.end, column.hash, flags);
}

type Authority = (Range<usize>, Range<usize>);

/// A text of a cell; of its quotes, which are written twice, one is left.
fn leaf(text: &str, span: Range<usize>, quoted: bool, arena: &mut Arena) {
    let written = &text[span.clone()];
    let mut flags = if written.is_ascii() { 0 } else { NON_ASCII };
    if quoted && memchr::memchr(b'"', written.as_bytes()).is_some() {
        let begins = arena.scratch.len();
        for (number, part) in written.split("\"\"").enumerate() {
            if number > 0 {
                arena.scratch.push('"');
            }
            arena.scratch.push_str(part);
        }
        arena.decode_next(begins);
        flags |= DECODED;
    }
    arena.leaf(Kind::String, span.start, span.end, flags);
}
