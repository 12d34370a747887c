//! Cutting a table: at the ends of rows outside of quotes. Each chunk begins with the table's header, which has its own
//! place in the file.

use std::io::{self, Read};
use std::sync::Arc;

use crate::document::{Prefix, Segment};
use crate::format::Cuts;
use crate::syntax::Syntax;
use crate::syntax::table::{Table, is_blank_row, row_end};

use super::Limits;
use super::chunk::{Base, Chunk};
use super::encoding::{Encoding, is_western};
use super::open::note;
use super::piece::{Content, Piece};
use super::reader::Reader;

/// Cuts a table.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about how far the file has been read")]
pub(super) struct TableCutter {
    limits: Limits,
    cuts: Arc<Cuts>,
    /// What has been read and not handed over.
    rest: Vec<u8>,
    base: Base,
    /// Rows that have gone by, blank ones too.
    row: u64,
    /// Records that have been handed over.
    index: u64,
    header: Option<Header>,
    /// What its lines end with, once that is known.
    line_end: Option<u8>,
    /// What stands between its cells, if its first line says so.
    delimiter: Option<u8>,
    /// Something was read: what the file's encoding is has been looked at.
    begun: bool,
    /// What is read from here on is Windows-1252.
    western: bool,
    /// What is to be said before the next records.
    first: Vec<Piece>,
    at_end: bool,
    /// It was said that there is no header.
    ended: bool,
    reader: Reader,
}

/// The header, as each chunk begins with it.
struct Header {
    text: Vec<u8>,
    segment: Segment,
    table: Arc<Table>,
}

impl TableCutter {
    /// A cutter for the file that begins at `base`.
    pub(super) fn new(limits: Limits, base: Base, cuts: Arc<Cuts>) -> Self {
        Self {
            limits,
            cuts,
            rest: Vec::new(),
            base,
            row: 0,
            index: 0,
            header: None,
            line_end: None,
            delimiter: None,
            begun: false,
            western: false,
            first: Vec::new(),
            at_end: false,
            ended: false,
            reader: Reader::default(),
        }
    }

    /// The next chunk; nothing at the end. `spare` is a buffer to use again.
    pub(super) fn next(&mut self, input: &mut dyn Read, mut spare: Vec<u8>) -> io::Result<Option<Chunk<'static>>> {
        if self.header.is_none() {
            match self.read_header(input)? {
                Begun::Header(header) => self.header = Some(header),
                Begun::Otherwise(chunk) => return Ok(chunk),
            }
        }
        let Some(header) = &self.header else { return Ok(None) };
        let (delimiter, before) = (header.table.delimiter, header.text.len());
        let syntax = Syntax::Table(Arc::clone(&header.table));
        let mut pieces = std::mem::take(&mut self.first);
        let mut start = 0;
        while start < self.limits.chunk {
            let Some(end) = self.next_row(input, start, delimiter)? else { break };
            self.row += 1;
            let row = &self.rest[start..end];
            if !is_blank_row(row, delimiter) {
                let line_break = row.iter().rev().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                let range = before + start..before + end - line_break;
                pieces.push(Piece {
                    range,
                    index: self.index,
                    row: Some(self.row),
                    prefix: Prefix::Root,
                    content: Content::Value,
                    syntax: syntax.clone(),
                });
                self.index += 1;
            }
            start = end;
        }
        if start == 0 && pieces.is_empty() {
            return Ok(None);
        }
        let Some(header) = &self.header else { return Ok(None) };
        let segments = vec![header.segment.clone(), self.base.segment(before)];
        spare.clear();
        spare.extend_from_slice(&header.text);
        spare.extend_from_slice(&self.rest[..start]);
        self.base.advance(&self.rest[..start]);
        self.rest.drain(..start);
        Ok(Some(Chunk { text: spare.into(), segments, pieces }))
    }

    /// Where the row that begins at `start` ends; nothing at the end of the file.
    fn next_row(&mut self, input: &mut dyn Read, start: usize, delimiter: u8) -> io::Result<Option<usize>> {
        loop {
            if start == self.rest.len() && self.at_end {
                return Ok(None);
            }
            match row_end(&self.rest, start, delimiter, self.at_end).filter(|end| *end > start) {
                Some(end) => return Ok(Some(end)),
                None => self.read(input)?,
            }
        }
    }

    /// Reads on. Of a table whose lines end as those of old Macs, which take the same place, they are made to end as others do.
    fn read(&mut self, input: &mut dyn Read) -> io::Result<()> {
        let mut before = self.rest.len();
        self.read_text(input)?;
        if self.header.is_none() && self.line_end.is_none() {
            self.line_end = first_line_end(&self.rest, self.at_end);
            before = 0;
        }
        if self.line_end == Some(b'\r') {
            let new = self.rest.get_mut(before..).unwrap_or_default();
            for at in 0..new.len() {
                if new[at] == b'\r' && new.get(at + 1) != Some(&b'\n') {
                    new[at] = b'\n';
                }
            }
        }
        Ok(())
    }

    /// Reads on; what was read last is looked at for its encoding.
    fn read_text(&mut self, input: &mut dyn Read) -> io::Result<()> {
        let before = self.rest.len();
        let wanted = self.limits.chunk.max(before);
        self.at_end = self.reader.read(input, &mut self.rest, wanted)? == 0;
        if self.begun && !self.western && !is_western(&self.rest[before..]) {
            return Ok(());
        }
        let mut block = self.rest.split_off(before);
        if !self.begun {
            self.begun = true;
            let (encoding, mark) = Encoding::of(&block);
            if mark > 0 {
                block.drain(..mark);
                self.base.byte = mark as u64;
                self.first.push(note(encoding.remark().map_or(Content::ByteOrderMark, Content::Encoded)));
                if matches!(encoding, Encoding::Utf16(_)) {
                    // Two bytes can be parted by the end of a block: such files are read whole.
                    input.read_to_end(&mut block)?;
                    block = encoding.decode(block);
                }
            }
        }
        if !self.western && is_western(&block) {
            self.western = true;
            self.first.extend(Encoding::Western.remark().map(|remark| note(Content::Encoded(remark))));
        }
        self.rest.extend_from_slice(&if self.western { Encoding::Western.decode(block) } else { block });
        Ok(())
    }

    /// Reads the header: the first row that is not blank.
    fn read_header(&mut self, input: &mut dyn Read) -> io::Result<Begun> {
        // What stands between cells is found out from the header itself, whose quotes count for any.
        let delimiter = b',';
        loop {
            let Some(end) = self.next_row(input, 0, delimiter)? else {
                let mut pieces = std::mem::take(&mut self.first);
                // Whoever names a file wants to hear that there is nothing in it.
                let nothing = Table::read_by("", 0..0, (1, None), &self.cuts.layouts)
                    .map(|table| Piece { syntax: Syntax::Table(Arc::new(table)), ..note(Content::Value) });
                pieces.extend(nothing);
                let chunk = Chunk { text: Vec::new().into(), segments: vec![self.base.segment(0)], pieces };
                return Ok(Begun::Otherwise((!std::mem::replace(&mut self.ended, true)).then_some(chunk)));
            };
            self.row += 1;
            let text: Vec<u8> = self.rest.drain(..end).collect();
            let segment = self.base.segment(0);
            self.base.advance(&text);
            if self.row == 1
                && let Some(delimiter) = separator(&text)
            {
                // Spreadsheets take it for a hint and do not show it: their first row is the next line.
                self.delimiter = Some(delimiter);
                self.row = 0;
                continue;
            }
            if is_blank_row(&text, delimiter) {
                continue;
            }
            return Ok(self.begin(text, segment));
        }
    }

    /// Begins with this header.
    fn begin(&mut self, mut text: Vec<u8>, segment: Segment) -> Begun {
        let length = text.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
        let piece =
            |content, syntax| Piece { range: 0..length, index: 0, row: None, prefix: Prefix::Root, content, syntax };
        let readable = std::str::from_utf8(&text).ok();
        let at = (self.row, self.delimiter);
        let table = readable.and_then(|text| Table::read_by(text, 0..length, at, &self.cuts.layouts).ok());
        let Some(table) = table.map(Arc::new) else {
            // Without its header no row can be read.
            self.rest.clear();
            self.at_end = true;
            self.ended = true;
            let table = Table::read_by("", 0..0, at, &self.cuts.layouts).map(Arc::new);
            let mut pieces = std::mem::take(&mut self.first);
            pieces.extend(table.map(|table| piece(Content::Value, Syntax::Table(table))));
            return Begun::Otherwise(Some(Chunk { text: text.into(), segments: vec![segment], pieces }));
        };
        self.first.push(piece(Content::Header, Syntax::Table(Arc::clone(&table))));
        if text.last() != Some(&b'\n') {
            text.push(b'\n');
        }
        Begun::Header(Header { text, segment, table })
    }
}

/// What the first line ends with, outside of quotes; nothing if that does not show yet.
fn first_line_end(bytes: &[u8], at_end: bool) -> Option<u8> {
    let mut quoted = false;
    let end = bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && matches!(byte, b'\r' | b'\n')
    })?;
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(b'\n'),
        (Some(b'\r'), None) if !at_end => None,
        // One within quotes that were never closed says nothing.
        (Some(b'\r'), _) if bytes[..end].contains(&b'\n') => Some(b'\n'),
        (first, _) => first.copied(),
    }
}

/// What `sep=;` says, with which a spreadsheet is told what stands between cells.
fn separator(line: &[u8]) -> Option<u8> {
    let end = line.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    match line.get(..end)? {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', one] if one.is_ascii_punctuation() || *one == b'\t' => Some(*one),
        _ => None,
    }
}

/// How a table begins.
enum Begun {
    Header(Header),
    /// It has none: what is to be said of it.
    Otherwise(Option<Chunk<'static>>),
}
