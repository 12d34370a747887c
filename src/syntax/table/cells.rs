//! Rows and cells: where they end, by quotes and separators.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::document::Cell;

use super::super::Fault;

/// The longest a cell in quotes may be, in bytes: a quote that is not closed within that is none.
const LONGEST_CELL: usize = 1024 * 1024;

/// How a row does not fit the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ragged {
    /// Cells with something in them stand behind the last column; the first of them.
    TooMany { first: Range<usize>, cells: usize },
    /// It ends before the last column.
    TooFew { end: usize, cells: usize },
}

/// Where the row that begins at `start` ends, its line break included; nothing if that is not in `bytes`.
///
/// A row whose quotes are never closed ends with the line in which they are opened, so that the next is read: at the end of the file, and
/// where a cell would be longer than any.
pub(crate) fn row_end(bytes: &[u8], start: usize, delimiter: u8, at_end: bool) -> Option<usize> {
    let mut at = start;
    loop {
        // In most tables that have quotes, each cell has.
        let found = match bytes.get(at..) {
            Some([first, b'"', ..]) if *first == delimiter => Some(1),
            rest => memchr2(b'"', b'\n', rest.unwrap_or_default()),
        };
        let Some(found) = found.map(|found| at + found) else {
            return at_end.then_some(bytes.len());
        };
        if bytes[found] == b'\n' {
            return Some(found + 1);
        }
        at = found + 1;
        let opens = found == start || bytes[found - 1] == delimiter;
        if !opens {
            continue;
        }
        match closing(bytes, found) {
            Some((close, _)) => at = close + 1,
            None if at_end || bytes.len() - found > LONGEST_CELL => {
                return Some(memchr(b'\n', &bytes[found..]).map_or(bytes.len(), |line| found + line + 1));
            }
            None => return None,
        }
        // A doubled quote at the very end may go on.
        if at == bytes.len() && !at_end {
            return None;
        }
    }
}

/// The quote that closes the one at `open`, and whether others between are written twice.
#[inline]
fn closing(bytes: &[u8], open: usize) -> Option<(usize, bool)> {
    // Most cells of an export are empty, and are not worth a search.
    match bytes.get(open + 1..) {
        Some([b'"', next, ..]) if *next != b'"' => Some((open + 1, false)),
        _ => closing_of_text(bytes, open),
    }
}

/// The same of a cell that need not be empty.
fn closing_of_text(bytes: &[u8], open: usize) -> Option<(usize, bool)> {
    let within = &bytes[..bytes.len().min(open + 1 + LONGEST_CELL)];
    let mut from = open + 1;
    loop {
        let quote = from + memchr(b'"', within.get(from..)?)?;
        if within.get(quote + 1) != Some(&b'"') {
            return Some((quote, from > open + 1));
        }
        from = quote + 2;
    }
}

/// A row that has nothing but separators and white space in it.
pub(crate) fn is_blank_row(row: &[u8], delimiter: u8) -> bool {
    row.iter().all(|byte| *byte == delimiter || matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Puts the cells of the row that `range` of `text` is into `cells`.
#[expect(clippy::cast_possible_truncation, reason = "texts are below 4 GiB")]
pub(super) fn cells(text: &str, range: Range<usize>, delimiter: u8, cells: &mut Vec<Cell>) -> Result<(), Fault> {
    cells.clear();
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let (start, end, doubled) = if quoted {
            let Some((close, doubled)) = closing(bytes, at) else {
                return Err(fault("a quotation mark opens this cell, and none closes it", at));
            };
            (at + 1, close, doubled)
        } else {
            (at, memchr(delimiter, &bytes[at..]).map_or(bytes.len(), |found| at + found), false)
        };
        cells.push(Cell { start: start as u32, end: end as u32, quoted, doubled });
        at = end + usize::from(quoted);
        match bytes.get(at) {
            None => return Ok(()),
            Some(byte) if *byte == delimiter => at += 1,
            Some(_) => return Err(fault("this quotation mark closes the cell, and yet the cell goes on", end)),
        }
    }
}

/// Where `sign`, which is short and rare, first stands: to make a search for it ready would take longer than to search.
pub(super) fn find(bytes: &[u8], sign: &[u8]) -> Option<usize> {
    let (first, rest) = sign.split_first()?;
    let mut from = 0;
    loop {
        let at = from + memchr(*first, &bytes[from..])?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn fault(reason: &'static str, at: usize) -> Fault {
    Fault {
        reason: reason.into(),
        remedy: "In a cell that stands in quotation marks, each of its own is written twice. A spreadsheet does so when it saves the file as CSV.",
        span: at..at + 1,
        too_deep: false,
    }
}
