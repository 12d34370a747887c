//! A spreadsheet as the text of a table: its rows and columns are those of the sheet, so that its cells are called the same.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use crate::syntax::table::{Layout, Table};

/// What the formats begin with that keep a workbook in an archive, and the older one.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// The first sheet whose header has fields, else the first with anything in it, as CSV.
///
/// # Errors
///
/// When it cannot be read: a sentence that says why and what to do.
pub(super) fn as_table(input: &mut dyn Read, layouts: &[Arc<Layout>]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    if let Some(why) = unreadable(&bytes) {
        return Err(io::Error::other(why));
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(&bytes[..])).map_err(|_| {
        io::Error::other("it is no spreadsheet that can be read: open it, save it anew as .xlsx, and try that")
    })?;
    let mut first = None;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let Some((row, column)) = range.start() else { continue };
        let mut table = String::new();
        // What is left of the first cell and above it is empty, and is counted.
        (0..row).for_each(|_| table.push('\n'));
        for cells in range.rows() {
            (0..column).for_each(|_| table.push(','));
            for (number, cell) in cells.iter().enumerate() {
                if number > 0 {
                    table.push(',');
                }
                push_cell(cell, &mut table);
            }
            table.push('\n');
        }
        if has_fields(&table, layouts) {
            return Ok(table.into_bytes());
        }
        first.get_or_insert(table);
    }
    Ok(first.unwrap_or_default().into_bytes())
}

/// Why a file cannot be a spreadsheet, by how it begins and ends.
fn unreadable(bytes: &[u8]) -> Option<&'static str> {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.is_empty() {
        return Some("it is empty: perhaps it was copied while it was being saved");
    }
    if bytes.starts_with(COMPOUND) && memchr::memmem::find(bytes, &encrypted).is_some() {
        return Some("it is locked with a password: open it, save it without one, and try that");
    }
    if bytes.starts_with(ZIP) && memchr::memmem::find(bytes, b"PK\x05\x06").is_none() {
        return Some("its end is missing, as when it was copied or fetched only in part: get it once more");
    }
    (!bytes.starts_with(ZIP) && !bytes.starts_with(COMPOUND)).then_some(
        "it is called a spreadsheet and is none: perhaps it is a CSV or a page of the web under another name",
    )
}

/// The first row that is not blank has a field in it.
fn has_fields(table: &str, layouts: &[Arc<Layout>]) -> bool {
    let start = table.len() - table.trim_start_matches('\n').len();
    let bytes = table.as_bytes();
    let Some(end) = crate::syntax::table::row_end(bytes, start, b',', true) else { return false };
    let header = start..end - usize::from(bytes[start..end].ends_with(b"\n"));
    Table::read_by(table, header, (1, None), layouts).is_ok_and(|table| table.has_fields())
}

fn push_cell(cell: &Data, table: &mut String) {
    let text = match cell {
        Data::Empty => return,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(flag) => flag.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
    };
    let needs_quotes = text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ');
    if needs_quotes {
        table.push('"');
        table.push_str(&text.replace('"', "\"\""));
        table.push('"');
    } else {
        table.push_str(&text);
    }
}
