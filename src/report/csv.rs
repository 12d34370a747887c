//! The worklist as CSV, for spreadsheets: UTF-8 with a byte order mark, lines that end in CRLF (RFC 4180).

use std::io::{self, Write};
use std::sync::Arc;

use super::rows::{COLUMNS, cells};
use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary, Words};

/// Without it Excel takes a file for one in the system's own encoding.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Renders findings as rows.
#[derive(Clone, Debug)]
pub(crate) struct Csv {
    pub(crate) words: Arc<Words>,
    /// There is a limit for the findings of a rule, so that each is a part of its own.
    pub(crate) apart: bool,
}

impl Renderer for Csv {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            push_row(cells(reported, &self.words).iter().map(AsRef::as_ref), &mut rendered.bytes);
            rendered.end(if self.apart { Gate::Of(reported.rule, reported.finding.severity) } else { Gate::Always });
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { words: Arc::clone(&self.words) })
    }
}

/// The bytes are the beginning of a worklist, in these words or in English.
pub(crate) fn begins_csv(head: &[u8], words: &Words) -> bool {
    head.starts_with(&head_row(words)) || head.starts_with(&head_row(&Words::default()))
}

fn head_row(words: &Words) -> Vec<u8> {
    let mut row = BYTE_ORDER_MARK.as_bytes().to_vec();
    push_row(COLUMNS.iter().map(|column| words.say(column)), &mut row);
    row
}

struct Assemble {
    words: Arc<Words>,
}

impl Assembler for Assemble {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&head_row(&self.words))
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&rendered.bytes)
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn push_row<'c>(cells: impl Iterator<Item = &'c str>, out: &mut Vec<u8>) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(b',');
        }
        push_cell(cell, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// One cell. A text that a spreadsheet would run as a formula stands behind an apostrophe, which makes it a text: a
/// record may come from anybody.
fn push_cell(cell: &str, out: &mut Vec<u8>) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_quoted = cell.contains(['"', ',', ';', '\t', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ');
    if is_quoted {
        out.push(b'"');
    }
    if is_formula {
        out.push(b'\'');
    }
    for (number, part) in cell.split('"').enumerate() {
        if number > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    if is_quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    fn written(cell: &str) -> String {
        let mut out = Vec::new();
        push_cell(cell, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn cells_are_texts_and_never_formulas() {
        for (cell, wanted) in [
            ("", ""),
            ("Snow", "Snow"),
            ("a,b", "\"a,b\""),
            ("a;b", "\"a;b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("a\nb", "\"a\nb\""),
            (" a", "\" a\""),
            ("=1+1", "'=1+1"),
            ("+41", "'+41"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("a=1", "a=1"),
        ] {
            assert_eq!(written(cell), wanted, "{cell:?}");
        }
    }
}
