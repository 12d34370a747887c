//! Tables: a header and rows of cells, as RFC 4180 has them, also with `;` or a tab between cells.
//!
//! A row becomes a tree of the shape *header-row*, as the carrier's layout has it: what a header calls a field is a member of
//! one of the row's members, with the list of its values; every other column is a member of the row itself.

mod cells;
mod header;
mod layout;
#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
mod tests;
mod tree;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use cells::{Ragged, is_blank_row, row_end};
pub(crate) use header::Column;
pub(crate) use layout::{Layout, Registered};

use crate::document::{Arena, Cell};
use crate::few::FewMap;

use super::Fault;
use cells::cells;

/// The header of a table, by which its rows are read. It stands at the beginning of each text that has rows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// The columns, in order.
    pub(crate) columns: Vec<Column>,
    /// The row in which the header stands, from 1.
    pub(crate) row: u64,
    /// Where the header ends in its text.
    pub(crate) end: usize,
    /// How its fields and values are written.
    pub(crate) layout: Arc<Layout>,
    /// The columns that are no field, of each name the first.
    plain: Vec<usize>,
    /// The fields, each with its columns.
    fields: Vec<Vec<usize>>,
}

impl Table {
    /// Reads the header that `range` of `text` is; what stands between its cells is asked of itself, unless it is known.
    ///
    /// # Errors
    ///
    /// Where its quotes are wrong.
    pub(crate) fn read(
        text: &str,
        range: Range<usize>,
        (row, delimiter): (u64, Option<u8>),
        layout: &Arc<Layout>,
    ) -> Result<Self, Fault> {
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(&text.as_bytes()[range.clone()]));
        let mut found = Vec::new();
        let end = range.end;
        cells(text, range, delimiter, &mut found)?;
        let mut columns: Vec<_> = found.iter().map(|cell| Column::read(text, *cell, layout)).collect();
        for (number, first) in again(&columns) {
            columns[number].first = Some(first);
        }
        let (mut plain, mut fields): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        let mut known: FewMap<&str, Option<usize>> = FewMap::default();
        for (number, column) in columns.iter().enumerate() {
            match column.field().map(|field| known.entry(field)) {
                // What has no name has no place in a tree.
                None if column.name.is_empty() || column.first.is_some() => {}
                None => plain.push(number),
                Some(Some(place)) => fields[*place].push(number),
                Some(place) => {
                    *place = Some(fields.len());
                    fields.push(vec![number]);
                }
            }
        }
        Ok(Self { delimiter, columns, row, end, layout: Arc::clone(layout), plain, fields })
    }

    /// Reads the header by the first of `layouts` by which it has a field, else by the first.
    ///
    /// # Errors
    ///
    /// Where its quotes are wrong.
    pub(crate) fn read_by(
        text: &str,
        range: Range<usize>,
        row: (u64, Option<u8>),
        layouts: &[Arc<Layout>],
    ) -> Result<Self, Fault> {
        let mut first = None;
        for layout in layouts {
            let table = Self::read(text, range.clone(), row, layout)?;
            if !table.fields.is_empty() {
                return Ok(table);
            }
            first.get_or_insert(table);
        }
        first.map_or_else(|| Self::read(text, range, row, &Arc::default()), Ok)
    }

    /// Some column is a field.
    #[cfg(feature = "sheets")]
    pub(crate) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// Reads the row that `range` of `text` is into `arena`.
    ///
    /// # Errors
    ///
    /// Where its quotes are wrong.
    pub(crate) fn scan(&self, text: &str, range: Range<usize>, arena: &mut Arena) -> Result<(), Fault> {
        arena.clear();
        let mut row = std::mem::take(&mut arena.cells);
        let read = cells(text, range.clone(), self.delimiter, &mut row);
        if read.is_ok() {
            self.tree(text, range, &row, arena);
        }
        arena.cells = row;
        read
    }

    /// Puts the cells of the row that `range` of `text` is into `found`, as far as its quotes are right.
    pub(crate) fn cells(&self, text: &str, range: Range<usize>, found: &mut Vec<Cell>) {
        // Of a row that cannot be read to its end, what comes before the fault is known.
        let _ = cells(text, range, self.delimiter, found);
    }

    /// The cells of a row that do not fit the header.
    pub(crate) fn ragged(&self, text: &str, range: Range<usize>, cells: &[Cell]) -> Option<Ragged> {
        let columns = self.columns.len();
        if cells.len() > columns {
            let extra = cells.iter().skip(columns).find(|cell| !text[cell.span()].trim().is_empty())?;
            return Some(Ragged::TooMany { first: extra.span(), cells: cells.len() });
        }
        (cells.len() < columns).then_some(Ragged::TooFew { end: range.end, cells: cells.len() })
    }

    /// The column of whose name in the header this byte is.
    pub(crate) fn column_of_name(&self, at: usize) -> Option<usize> {
        let column = self.columns.partition_point(|column| column.span.start <= at).checked_sub(1)?;
        let span = &self.columns.get(column)?.span;
        (at < span.end.max(span.start + 1)).then_some(column)
    }
}

/// Which of a row's cells the byte `at` is in.
pub(crate) fn cell_at(cells: &[Cell], at: usize) -> Option<usize> {
    let after = cells.partition_point(|cell| (cell.start as usize) <= at);
    // A quote stands before its cell's text.
    let quote = cells.get(after).is_some_and(|cell| cell.quoted && cell.start as usize == at + 1);
    if quote { Some(after) } else { after.checked_sub(1) }
}

/// The columns that are called as one before them, each with the first that is.
fn again(columns: &[Column]) -> Vec<(usize, usize)> {
    let mut known: FewMap<&str, Option<usize>> = FewMap::default();
    let named = columns.iter().enumerate().filter(|(_, column)| !column.name.is_empty());
    let again = named.filter_map(|(number, column)| {
        let first = *known.entry(&*column.name).get_or_insert(number);
        (first != number).then_some((number, first))
    });
    again.collect()
}

/// What stands between the cells of a header: what is there most often outside of quotes.
fn delimiter_of(header: &[u8]) -> u8 {
    let count = |delimiter: u8| {
        let mut quoted = false;
        header
            .iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == delimiter
            })
            .count()
    };
    // Of equals the last counts.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// How a spreadsheet calls a column, from 0: A to Z, AA, AB ...
pub(crate) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
