//! `reclint formats`: what is known, what a file was taken for and why, and how its records were understood.

use std::io::{self, Write};
use std::sync::Arc;

use crate::document::{Arena, Document, NodeRef, Source};
use crate::engine::ChunkText;
use crate::format::{Carrier, Cuts, Extract, FieldValue, Fields, Format, Formats, Found};
use crate::input::{Content, Piece, SourceFile, find, open};
use crate::rule::Catalogue;
use crate::value::{shortened, visible, visible_lines};

use super::args;
use super::error::CliError;
use super::ground::Ground;

/// Runs the subcommand.
pub(super) fn run(arguments: &args::Formats) -> Result<u8, CliError> {
    let ground = args::Ground {
        rules: Vec::new(),
        profile: None,
        config: arguments.config.clone(),
        isolated: arguments.isolated,
    };
    let catalogue = Ground::read(&ground)?.catalogue()?;
    let mut out = super::outputs::for_people();
    match &arguments.file {
        Some(file) => of_file(&catalogue, file, arguments.fields, &mut out)?,
        None if arguments.fields => list_fields(&catalogue.formats, &mut out)?,
        None => list(&catalogue.formats, &mut out)?,
    }
    out.flush()?;
    Ok(0)
}

/// The formats with their carriers.
fn list(formats: &Formats, out: &mut dyn Write) -> io::Result<()> {
    for format in &formats.formats {
        writeln!(out, "{}  {}", format.name, format.describes)?;
        for carrier in &format.carriers {
            writeln!(out, "  {}/{}  {}", format.name, carrier.name, carrier.title)?;
            for sought in carrier.sought() {
                writeln!(out, "    recognised when {sought}")?;
            }
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "`reclint formats FILE` says what a file was taken for; with --fields, how its records were understood."
    )
}

/// The fields, and where each format has them.
fn list_fields(formats: &Formats, out: &mut dyn Write) -> io::Result<()> {
    for (id, field) in formats.fields.iter() {
        writeln!(out, "{}  ({}) {}", field.name, field.kind.name(), field.means)?;
        for format in &formats.formats {
            let paths: Vec<_> = format.carriers.first().into_iter().flat_map(|carrier| carrier.paths(id)).collect();
            let paths: Vec<_> = paths.iter().map(ToString::to_string).collect();
            if !paths.is_empty() {
                writeln!(out, "  {}: {}", format.name, paths.join(", "))?;
            }
        }
    }
    Ok(())
}

/// What a file was taken for.
fn of_file(catalogue: &Catalogue, file: &str, with_fields: bool, out: &mut dyn Write) -> Result<(), CliError> {
    let found = find(&[file.to_owned()], None, &crate::input::Exclusion::default())?;
    if let Some(unread) = found.unread.first() {
        let message = format!("`{}` cannot be read: {}", unread.shown(), unread.error);
        return Err(CliError::said(message).help("look at who may read it"));
    }
    let cuts = catalogue.formats.cuts();
    for source in &found.files {
        let mut inspection = Inspection { formats: &catalogue.formats, with_fields, out: &mut *out, kinds: Vec::new() };
        inspection.source(source, &cuts)?;
        inspection.end(&source.shown)?;
    }
    Ok(())
}

/// The width of the column of values, in characters.
const VALUE_WIDTH: usize = 44;

struct Inspection<'f, 'o> {
    formats: &'f Formats,
    with_fields: bool,
    out: &'o mut dyn Write,
    /// What was found, how often, and a word on why or where.
    kinds: Vec<(String, u64, String)>,
}

impl<'f> Inspection<'f, '_> {
    fn source(&mut self, source: &SourceFile, cuts: &Arc<Cuts>) -> Result<(), CliError> {
        let unreadable = |error: io::Error| {
            CliError::said(format!("`{}` cannot be read: {error}", source.shown)).help("look at the path")
        };
        let mut cutter = open(source, cuts).map_err(unreadable)?;
        let mut arena = Arena::new();
        while let Some(chunk) = cutter.next(Vec::new()).map_err(unreadable)? {
            let text = ChunkText::of(&chunk);
            let source = text.source();
            let mut result = Ok(());
            text.pieces(|piece| {
                if result.is_ok() {
                    result = self.piece(&source, piece, &mut arena);
                }
            });
            result?;
        }
        Ok(())
    }

    fn count(&mut self, what: String, word: impl FnOnce() -> String) {
        match self.kinds.iter_mut().find(|(known, ..)| *known == what) {
            Some((_, count, _)) => *count += 1,
            None => self.kinds.push((what, 1, word())),
        }
    }

    fn piece(&mut self, source: &Source<'_>, piece: &Piece, arena: &mut Arena) -> io::Result<()> {
        let at = || format!("the first at line {}", source.position(piece.range.start).line);
        let unreadable = match &piece.content {
            Content::Value => None,
            Content::Frame
            | Content::FrameTooLarge
            | Content::ByteOrderMark
            | Content::Header
            | Content::Encoded(_) => return Ok(()),
            Content::Fault(reason) => Some(format!("not JSON: {}", reason.explanation())),
            Content::Foreign => Some("neither JSON nor YAML nor a table nor a copied page that is known".to_owned()),
            Content::NotUtf8(reason) => Some(format!("not UTF-8: {reason}")),
            Content::TooLarge => Some("too large for a record".to_owned()),
        };
        if let Some(what) = unreadable {
            self.count(what, at);
            return Ok(());
        }
        if let Err(fault) = piece.syntax.scan(source.text(), piece.range.clone(), arena) {
            let at = || format!("the first at line {}", source.position(fault.span.start).line);
            self.count(format!("not {}: {}", piece.syntax.name(), fault.reason), at);
            return Ok(());
        }
        let document = Document::new(source.text(), arena);
        let Some(root) = document.root() else { return Ok(()) };
        let formats = self.formats;
        let mut result = Ok(());
        let path = &source.segment(piece.range.start).path;
        formats.find(root, (&piece.syntax, path), &mut |found| match found {
            Found::Record { format, carrier, root } => {
                let name = format!("{} ({}/{})", carrier.title, format.name, carrier.name);
                self.count(name, || carrier.recognised_by(root));
                if self.with_fields && result.is_ok() {
                    result = self.fields(source, piece, &document, (format, carrier, root));
                }
            }
            Found::Other { format, name } => {
                self.count(format!("passed over: {} {name}", format.title), || "it is no record".to_owned());
            }
            Found::Unknown(value) => {
                let sought = || format!("{}{}", at(), not_recognised(formats, value));
                self.count("not recognised".to_owned(), sought);
            }
        });
        result
    }

    /// A record as it was understood.
    fn fields(
        &mut self,
        source: &Source<'_>,
        piece: &Piece,
        document: &Document<'_>,
        (format, carrier, root): (&'f Format, &'f Carrier, NodeRef<'_>),
    ) -> io::Result<()> {
        let table = &self.formats.fields;
        let mut extract = Extract::new(table);
        carrier.trie(table).walk(root, &mut extract);
        let fields = Fields { document, extract: &extract };
        let place = source.position(root.span().start);
        let path = visible(&source.segment(root.span().start).path);
        writeln!(self.out, "{path}:{}  {}", place.line, carrier.title)?;
        for (id, field) in table.iter() {
            if !format.maps(id) {
                continue;
            }
            for value in fields.all(id).filter(|value| !value.node.is_container() || value.hit.blank) {
                let mut pointer = piece.prefix.pointer();
                value.node.push_pointer(&mut pointer);
                let at = source.position(value.node.span().start);
                writeln!(
                    self.out,
                    "  {:24} {:VALUE_WIDTH$} {}:{}  {}",
                    field.name,
                    shown(&value),
                    at.line,
                    at.column,
                    visible(&pointer)
                )?;
            }
        }
        Ok(())
    }

    /// What the file was taken for.
    fn end(self, path: &str) -> io::Result<()> {
        let path = visible(path);
        if self.kinds.is_empty() {
            writeln!(self.out, "{path}: nothing in it")?;
        }
        for (what, count, word) in &self.kinds {
            let word = visible_lines(word);
            writeln!(self.out, "{path}: {} {what}: {word}", crate::report::grouped(*count))?;
        }
        Ok(())
    }
}

fn shown(value: &FieldValue<'_>) -> String {
    let written = shortened(value.node.source());
    let rest = if value.hit.blank { " (nothing)" } else { "" };
    let width = VALUE_WIDTH - rest.len();
    if written.chars().count() <= width {
        return format!("{written}{rest}");
    }
    written.chars().take(width - 1).chain(['…']).chain(rest.chars()).collect()
}

/// What was looked for in vain.
fn not_recognised(formats: &Formats, value: NodeRef<'_>) -> String {
    let lacks: Vec<_> = formats
        .formats
        .iter()
        .flat_map(|format| &format.carriers)
        .map(|carrier| format!("\n  no {}, because {}", carrier.title, carrier.not_recognised_by(value)))
        .collect();
    lacks.concat()
}
