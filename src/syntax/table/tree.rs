//! A row as a tree, as its layout names it:
//! `{"id": …, "metadata": {"dc.title": [{"value": …, "language": …, "authority": …, "confidence": …}]}}`.

use std::ops::Range;

use crate::document::{Arena, Cell, DECODED, Kind, NON_ASCII};

use super::cells::find;
use super::{Column, Layout, Table};

/// The names that stand in no header, by their places in the layout.
const FIELDS: usize = 0;
const VALUE: usize = 1;
const LANGUAGE: usize = 2;
const AUTHORITY: usize = 3;
const CONFIDENCE: usize = 4;

impl Table {
    pub(super) fn tree(&self, text: &str, row: Range<usize>, cells: &[Cell], arena: &mut Arena) {
        arena.scratch.push_str(&self.layout.names);
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
        if first.start == first.end {
            return arena.leaf(Kind::Array, first.start as usize, first.end as usize, 0);
        }
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
        leaf(text, value, cell.doubled, arena);
        if let Some(span) = column.language_span() {
            self.own_key(text, LANGUAGE, span.start, arena);
            if !column.verbatim {
                arena.decode_next_as(column.language().unwrap_or_default());
            }
            arena.leaf(Kind::String, span.start, span.end, column.flags.1);
        }
        if let Some((authority, confidence)) = authority {
            self.own_key(text, AUTHORITY, authority.start, arena);
            leaf(text, authority, cell.doubled, arena);
            self.own_key(text, CONFIDENCE, confidence.start, arena);
            arena.leaf(Kind::Number, confidence.start, confidence.end, 0);
        }
        arena.close(text, part.end);
    }

    /// A name that stands in no header.
    fn own_key(&self, text: &str, name: usize, at: usize, arena: &mut Arena) {
        let Layout { places, hashes, .. } = &*self.layout;
        arena.decode_next_as_part(places[name].0..places[name].1);
        arena.key(text, at, at, hashes[name], DECODED);
    }

    /// A cell of a column that is no field: its text, or a list if there are several.
    fn plain(&self, text: &str, cell: Cell, arena: &mut Arena) {
        let span = cell.span();
        if find(text[span.clone()].as_bytes(), self.layout.values.as_bytes()).is_none() {
            return leaf(text, span, cell.doubled, arena);
        }
        arena.open(Kind::Array, span.start);
        self.parts(text, span.clone(), |part| {
            arena.element();
            leaf(text, part, cell.doubled, arena);
        });
        arena.close(text, span.end);
    }

    /// The values of a cell.
    fn parts(&self, text: &str, span: Range<usize>, mut visit: impl FnMut(Range<usize>)) {
        let between = self.layout.values.as_bytes();
        let mut start = span.start;
        while let Some(length) = find(&text.as_bytes()[start..span.end], between) {
            visit(start..start + length);
            start += length + between.len();
        }
        visit(start..span.end);
    }

    /// A value, and its authority with the confidence: only a number at the end makes the mark more than two colons.
    fn authority_of(&self, text: &str, part: Range<usize>) -> (Range<usize>, Option<Authority>) {
        let mark = &*self.layout.authority;
        let whole = &text[part.clone()];
        // Many values end in a number, and few with a mark before it.
        let digits = whole.bytes().rev().take_while(u8::is_ascii_digit).take(5).count();
        let split = || {
            let before = &whole[..whole.len() - digits];
            let before = before.strip_suffix(mark).or_else(|| before.strip_suffix('-')?.strip_suffix(mark))?;
            let (value, authority) = before.rsplit_once(mark)?;
            let is_authority = !authority.is_empty() && !authority.contains(char::is_whitespace);
            is_authority.then_some((value.len(), authority.len()))
        };
        match if (1..=4).contains(&digits) && !mark.is_empty() { split() } else { None } {
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
    if !column.verbatim {
        arena.decode_next_as(column.member());
    }
    let span = column.member_span();
    arena.key(text, span.start, span.end, column.hash, column.flags.0);
}

type Authority = (Range<usize>, Range<usize>);

/// A text of a cell; of its quotes, which are written twice if `doubled`, one is left.
fn leaf(text: &str, span: Range<usize>, doubled: bool, arena: &mut Arena) {
    let written = &text[span.clone()];
    let mut flags = if written.is_ascii() { 0 } else { NON_ASCII };
    let twice = |text: &str| if doubled { find(text.as_bytes(), b"\"\"") } else { None };
    let mut next = twice(written);
    if next.is_some() {
        let (begins, mut rest) = (arena.scratch.len(), written);
        while let Some(at) = next {
            arena.scratch.push_str(&rest[..=at]);
            rest = &rest[at + 2..];
            next = twice(rest);
        }
        arena.scratch.push_str(rest);
        arena.decode_next(begins);
        flags |= DECODED;
    }
    arena.leaf(Kind::String, span.start, span.end, flags);
}
