//! What kind of text a source is, found out from its first bytes and its name.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

use crate::document::Prefix;
use crate::format::Cuts;
use crate::syntax::json::Reason;
use crate::syntax::page::Page;
use crate::syntax::{Syntax, first_mark};

use super::Limits;
use super::chunk::{Base, Chunk, is_blank_line};
use super::encoding::Encoding;
use super::lines::{LineCutter, LinesAtHand};
use super::litter::begins_value;
use super::piece::{Content, Piece};
use super::reader::{Failing, Reader};
use super::skip::{skip_space, value_end};
use super::table::TableCutter;
use super::values::ValueCutter;
use super::whole::WholeCutter;

/// How many bytes are looked at.
const SNIFFED: usize = 64 * 1024;

/// What a source's name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// `.json`, `.jsonld`: one value.
    Json,
    /// `.ndjson`, `.jsonl`: one value a line.
    Lines,
    /// `.csv`, `.tsv`: a table.
    Table,
    /// `.xlsx`, `.xlsb`, `.xls`, `.ods`: a spreadsheet.
    Sheet,
    /// `.yaml`, `.yml`, `.cff`: one value, in YAML.
    Yaml,
    /// `.txt`: a copied page, if it has its labels.
    Text,
    /// Something else: `.toml`.
    Other,
    /// Nothing: it has no extension.
    Unsaid,
}

impl Nature {
    /// By the name's extension, that of the compression aside.
    pub(crate) fn of(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
        match bare.rsplit_once('.').map(|(_, extension)| extension) {
            Some("json" | "jsonld") => Self::Json,
            Some("ndjson" | "jsonl") => Self::Lines,
            Some("csv" | "tsv") => Self::Table,
            Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods") if cfg!(feature = "sheets") => Self::Sheet,
            Some("yaml" | "yml" | "cff") => Self::Yaml,
            Some("txt") => Self::Text,
            Some(_) => Self::Other,
            None => Self::Unsaid,
        }
    }
}

/// A source that is being cut.
pub(crate) struct Cutter<'i> {
    input: Box<dyn Read + Send + 'i>,
    kind: Kind<'i>,
    /// What is cut was packed in its file.
    is_packed: bool,
}

enum Kind<'i> {
    Lines(LineCutter),
    LinesAtHand(LinesAtHand<'i>),
    Values(Box<ValueCutter>),
    Table(Box<TableCutter>),
    Whole(WholeCutter),
    /// Nothing can be cut: one thing is to be said.
    Refused(Option<Chunk<'static>>),
}

impl<'i> Cutter<'i> {
    fn of(input: Box<dyn Read + Send + 'i>, kind: Kind<'i>) -> Self {
        Self { input, kind, is_packed: false }
    }

    /// Looks at the beginning of `input` and decides how to cut it. `path` is the name as shown.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn open(
        input: Box<dyn Read + Send + 'i>,
        path: Arc<str>,
        nature: Nature,
        cuts: Arc<Cuts>,
    ) -> io::Result<Self> {
        Self::open_within(Limits::default(), input, path, nature, cuts)
    }

    /// The same for a text in memory. Lines are cut where they stand.
    ///
    /// # Errors
    ///
    /// When it is a spreadsheet that cannot be read.
    pub(crate) fn of_text(text: &'i [u8], path: Arc<str>, nature: Nature, cuts: Arc<Cuts>) -> io::Result<Self> {
        Self::of_text_within(Limits::default(), text, path, nature, cuts)
    }

    pub(super) fn of_text_within(
        limits: Limits,
        text: &'i [u8],
        path: Arc<str>,
        nature: Nature,
        cuts: Arc<Cuts>,
    ) -> io::Result<Self> {
        let head = &text[..text.len().min(SNIFFED)];
        let are_lines = match nature {
            Nature::Lines => looks_like(head) != Shape::Document,
            Nature::Unsaid => looks_like(head) == Shape::Lines,
            _ => false,
        };
        // A file that does not begin as text does has more to be said of it.
        let is_plain = head.first().is_some_and(u8::is_ascii) && text.len() <= limits.record;
        if are_lines && is_plain {
            let cutter = LinesAtHand::new(limits, Base::start(path), text);
            return Ok(Self::of(Box::new(io::empty()), Kind::LinesAtHand(cutter)));
        }
        Self::open_within(limits, Box::new(Cursor::new(text)), path, nature, cuts)
    }

    pub(super) fn open_within(
        limits: Limits,
        mut input: Box<dyn Read + Send + 'i>,
        path: Arc<str>,
        nature: Nature,
        cuts: Arc<Cuts>,
    ) -> io::Result<Self> {
        #[cfg(feature = "sheets")]
        if nature == Nature::Sheet {
            let table = super::sheet::as_table(&mut input, &cuts.layouts)?;
            let cutter = TableCutter::new(limits, Base::start(path), cuts);
            return Ok(Self::of(Box::new(Cursor::new(table)), Kind::Table(Box::new(cutter))));
        }
        let mut head = Vec::with_capacity(SNIFFED);
        let mut reader = Reader::default();
        reader.read(&mut input, &mut head, SNIFFED)?;
        let failure = reader.failure();
        // What is shorter has been read to its end: that needs no second buffer.
        let at_end = head.len() < SNIFFED.min(limits.chunk) && failure.is_none();
        let mut base = Base::start(path);
        let mut first = Vec::new();
        if nature == Nature::Table {
            let input = Box::new(Cursor::new(head).chain(Failing(failure)).chain(input));
            return Ok(Self::of(input, Kind::Table(Box::new(TableCutter::new(limits, base, cuts)))));
        }
        if let Some(cutter) = page_cutter(limits, nature, &head, &base, &cuts.pages) {
            let (_, mark) = Encoding::of(&head);
            head.drain(..mark);
            let input = Box::new(Cursor::new(head).chain(Failing(failure)).chain(input));
            return Ok(Self::of(input, Kind::Whole(cutter)));
        }
        if head.starts_with(&[0xFE, 0xFF]) || head.starts_with(&[0xFF, 0xFE]) {
            return Ok(Self::of(input, Kind::Refused(Some(utf16(&base)))));
        }
        if head.starts_with(b"\xEF\xBB\xBF") {
            head.drain(..3);
            base.byte = 3;
            first.push(note(Content::ByteOrderMark));
        }
        if matches!(nature, Nature::Other | Nature::Text) && starts_otherwise(&head) {
            return Ok(Self::of(input, Kind::Refused(Some(foreign(&base, head)))));
        }
        let shape = match (nature, looks_like(&head)) {
            (Nature::Yaml, _) => Shape::Document,
            // What stands between the marks of a merge are no lines of a list.
            (Nature::Json, Shape::Lines) if first_mark(&String::from_utf8_lossy(&head)).is_some() => Shape::Document,
            (_, shape) => shape,
        };
        let mut kind = match (shape, nature) {
            (_, Nature::Yaml) => Kind::Whole(WholeCutter::new(limits, base, Syntax::Yaml, first)),
            (Shape::Lines, Nature::Json) => {
                first.push(note(Content::Fault(Reason::ManyLines)));
                Kind::Lines(LineCutter::new(limits, base, first))
            }
            (Shape::Document, Nature::Lines) => {
                first.push(note(Content::Fault(Reason::NotOneALine)));
                Kind::Values(Box::new(ValueCutter::new(limits, base, cuts, first)))
            }
            (Shape::Lines, _) | (Shape::Either, Nature::Lines) => Kind::Lines(LineCutter::new(limits, base, first)),
            (Shape::Document | Shape::Either, _) => Kind::Values(Box::new(ValueCutter::new(limits, base, cuts, first))),
        };
        match &mut kind {
            _ if !at_end => input = Box::new(Cursor::new(head).chain(Failing(failure)).chain(input)),
            Kind::Lines(cutter) => cutter.take_all(head),
            Kind::Values(cutter) => cutter.take_all(head),
            Kind::LinesAtHand(_) | Kind::Table(_) | Kind::Refused(_) => {}
            Kind::Whole(cutter) => cutter.take_all(head),
        }
        Ok(Self::of(input, kind))
    }

    /// The next chunk; nothing at the end. `spare` is a buffer to use again.
    ///
    /// # Errors
    ///
    /// When it cannot be read on. What came before stands.
    pub(crate) fn next(&mut self, spare: Vec<u8>) -> io::Result<Option<Chunk<'i>>> {
        let mut chunk = match &mut self.kind {
            Kind::Lines(cutter) => cutter.next(&mut *self.input, spare),
            Kind::LinesAtHand(cutter) => Ok(cutter.next()),
            Kind::Values(cutter) => cutter.next(&mut *self.input, spare),
            Kind::Table(cutter) => cutter.next(&mut *self.input, spare),
            Kind::Whole(cutter) => cutter.next(&mut *self.input),
            Kind::Refused(chunk) => Ok(chunk.take()),
        }?;
        let segments = chunk.iter_mut().filter(|_| self.is_packed).flat_map(|chunk| &mut chunk.segments);
        segments.for_each(|segment| segment.is_recoded = true);
        Ok(chunk)
    }

    /// The same of what was packed in its file.
    #[cfg(feature = "files")]
    pub(super) fn packed(self, is_packed: bool) -> Self {
        Self { is_packed, ..self }
    }
}

/// A cutter for the copy of a page, if the beginning of a text that may be one has the labels of one of `pages`.
fn page_cutter(limits: Limits, nature: Nature, head: &[u8], base: &Base, pages: &[Arc<Page>]) -> Option<WholeCutter> {
    // What is not called a text and begins as JSON is not searched for labels.
    let begins_as_json = || matches!(head.get(skip_space(head, 0)), Some(b'{' | b'['));
    match nature {
        Nature::Text => {}
        Nature::Other | Nature::Unsaid if !begins_as_json() => {}
        _ => return None,
    }
    let (encoding, mark) = Encoding::of(head);
    let text = encoding.decode(head[mark..].to_vec());
    let page = Page::recognise(pages, &String::from_utf8_lossy(&text))?;
    let first = match encoding.remark() {
        Some(remark) => vec![note(Content::Encoded(remark))],
        None if mark > 0 => vec![note(Content::ByteOrderMark)],
        None => Vec::new(),
    };
    let base = Base { byte: mark as u64, ..base.clone() };
    Some(WholeCutter::new(limits, base, Syntax::Page(Arc::clone(page)), first).encoded(encoding))
}

/// Something that is said of the beginning of a file.
pub(super) fn note(content: Content) -> Piece {
    Piece { range: 0..0, index: 0, row: None, prefix: Prefix::Root, content, syntax: Syntax::Json }
}

fn utf16(base: &Base) -> Chunk<'static> {
    let said = "the file is UTF-16, as Windows programs save it".to_owned();
    let pieces = vec![note(Content::NotUtf8(said))];
    Chunk { text: Vec::new().into(), segments: vec![base.segment(0)], pieces }
}

/// The text has a beginning that no JSON text has.
fn starts_otherwise(head: &[u8]) -> bool {
    let start = skip_space(head, 0);
    let inside = skip_space(head, start + usize::from(head.get(start) == Some(&b'[')));
    inside < head.len() && !begins_value(&head[inside..]) && head[inside] != b']'
}

/// A file of another syntax, of which nothing is read but its first line.
fn foreign(base: &Base, mut head: Vec<u8>) -> Chunk<'static> {
    let start = skip_space(&head, 0);
    let length = head[start..].iter().position(|byte| *byte == b'\n').unwrap_or(head.len() - start);
    head.truncate(start + length);
    let piece = Piece { range: start..start + length, ..note(Content::Foreign) };
    Chunk { text: head.into(), segments: vec![base.segment(0)], pieces: vec![piece] }
}

/// What the beginning of a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A value a line, and more than one.
    Lines,
    /// A value that runs over several lines.
    Document,
    /// One line, as far as can be seen.
    Either,
}

fn looks_like(head: &[u8]) -> Shape {
    let mut lines = head.split(|byte| *byte == b'\n').filter(|line| !is_blank_line(line));
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return Shape::Either };
    // A value that ends with its line: in a list a comma would follow.
    let complete = |line: &[u8]| {
        let line = line.trim_ascii();
        value_end(&[line, b"\n"].concat(), 0) == Some(line.len())
    };
    // A comment, or a comma where values are strung together without a list.
    if first.trim_ascii().ends_with(b",") || first.starts_with(b"/") || first.starts_with(b"#") {
        return Shape::Document;
    }
    match (complete(first), complete(second) && second.trim_ascii().starts_with(b"{")) {
        (false, true) if goes_on(first) => Shape::Either,
        // The first record may be cut short.
        (_, true) => Shape::Lines,
        (true, false) => Shape::Either,
        (false, false) => Shape::Document,
    }
}

/// The line ends where a value that runs over several lines is often broken.
fn goes_on(line: &[u8]) -> bool {
    matches!(line.trim_ascii_end().last(), Some(b'[' | b'{' | b':' | b','))
}
