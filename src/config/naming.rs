//! What of the configuration makes findings speak the user's words: the repository's address, names of collections, labels.

use std::ops::Range;

use crate::document::{FileMisfit, Misfit, NodeRef, Table, suggest, text};
use crate::embedded::Files;
use crate::format::{Collections, Formats, Label, Language, Words, is_address, read_labels};

use super::Named;

/// The words of the user.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    /// The language, by name and where it is said.
    language: Option<Named>,
    /// By the number of the format, the address of the repository.
    sources: Vec<(usize, Box<str>)>,
    labels: Vec<Label>,
    /// The file with the names of collections, from the configuration's folder.
    pub(crate) collections: Option<Named>,
}

impl Naming {
    /// Reads them from the root table of the configuration.
    pub(super) fn read(table: &mut Table<'_>, formats: &Formats) -> Result<Self, Misfit> {
        Ok(Self {
            language: table.any("lang").map(language).transpose()?,
            sources: table.any("source").map_or_else(|| Ok(Vec::new()), |node| sources(node, formats))?,
            labels: table.any("labels").map_or_else(|| Ok(Vec::new()), |node| read_labels(node, formats))?,
            collections: table.table("names")?.map(collections).transpose()?.flatten(),
        })
    }

    /// Makes the formats speak so; gives the words of reports. The user's own labels come after those of the language.
    pub(crate) fn apply(&mut self, formats: &mut Formats, collections: Collections) -> Result<Words, FileMisfit> {
        let language = match &self.language {
            Some(language) => formats.language(&Files::built_in(), &language.name)?.unwrap_or_default(),
            None => Language::default(),
        };
        formats.relabel(&language.labels);
        formats.relabel(&self.labels);
        for (format, address) in self.sources.drain(..) {
            formats.formats[format].source = Some(address);
        }
        formats.collections = collections;
        Ok(language.words)
    }
}

/// A language that there is.
fn language(node: NodeRef<'_>) -> Result<Named, Misfit> {
    let name = text("lang", node)?;
    let known = Formats::languages(&Files::built_in());
    if known.contains(&name) {
        return Ok(Named { name: name.to_owned(), span: node.span() });
    }
    let help = suggest(name, known.iter().copied());
    Err(Misfit::at(node, format!("reclint does not speak the language `{name}`")).help(help))
}

/// The addresses of repositories, each in a table of its format.
fn sources(node: NodeRef<'_>, formats: &Formats) -> Result<Vec<(usize, Box<str>)>, Misfit> {
    Table::new(node)?;
    let mut sources = Vec::new();
    for (key, value) in node.members() {
        let format = formats.need(key)?;
        if !format.links.iter().any(|link| link.of_source) {
            let misfit = Misfit::at(key, format!("records of {} need no address of a repository", format.title));
            return Err(match format.links.first() {
                Some(link) => misfit.help(format!("their pages are `{}`", link.written)),
                None => misfit.help("they have no pages of their own"),
            });
        }
        let mut table = Table::new(value)?;
        let url = table.any("url");
        table.done()?;
        let url = url.ok_or_else(|| Misfit::at(value, "`url` is missing here"))?;
        let address = text("url", url)?.trim().trim_end_matches('/');
        if !is_address(address) {
            let misfit = Misfit::at(url, format!("`{address}` is not the address of a repository"));
            return Err(misfit.help("write it as in the browser: `https://repository.example.org`"));
        }
        sources.push((format.number, address.into()));
    }
    Ok(sources)
}

/// The file with the names of collections.
fn collections(mut table: Table<'_>) -> Result<Option<Named>, Misfit> {
    let file = table.any("collections");
    let named = file.map(|node| Ok(Named { name: text("collections", node)?.to_owned(), span: node.span() }));
    table.done()?;
    named.transpose()
}

/// Reads the names of collections from the CSV at `path`: what identifies a collection, and its name.
pub(crate) fn read_collections(path: &str, content: &str) -> Result<Collections, Box<FileMisfit>> {
    const FORM: &str = "a line has what identifies a collection, and its name: `20.500.12345/678,Theses`";
    let misfit = |message: &str, span: Range<usize>, help: &str| {
        let misfit = Misfit { message: message.to_owned(), span, help: Some(help.to_owned()) };
        Box::new(FileMisfit { path: path.into(), text: content.into(), misfit })
    };
    let mut collections = Collections::default();
    let start = if content.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let first = content[start..].lines().next().unwrap_or_default();
    let separator = [b'\t', b';'].into_iter().find(|one| first.as_bytes().contains(one)).unwrap_or(b',');
    let mut at = start;
    while at < content.len() {
        let row = Row::read(content, at, separator)
            .map_err(|span| misfit("this quotation mark is never closed", span, "close it, or write it twice"))?;
        at = row.end;
        let line = row.span.clone();
        match row.cells.as_slice() {
            [] => {}
            [id, name] if !id.trim().is_empty() && !name.trim().is_empty() => {
                if let Some(known) = collections.insert(id, name.trim()) {
                    let message = format!("`{}` has another name already: \"{known}\"", id.trim());
                    return Err(misfit(&message, line, "remove one of the two lines"));
                }
            }
            [_, _] => return Err(misfit("a line with one cell filled and one empty", line, FORM)),
            cells => return Err(misfit(&format!("a line with {}, not two", counted(cells.len())), line, FORM)),
        }
    }
    Ok(collections)
}

fn counted(cells: usize) -> String {
    format!("{cells} cell{}", if cells == 1 { "" } else { "s" })
}

/// One row of a CSV file.
struct Row {
    cells: Vec<String>,
    /// Its bytes, without the end of the line.
    span: Range<usize>,
    /// Where the next begins.
    end: usize,
}

impl Row {
    /// The row that begins at byte `start`; the place of a quotation mark that is never closed.
    fn read(text: &str, start: usize, separator: u8) -> Result<Self, Range<usize>> {
        let bytes = text.as_bytes();
        let (mut cells, mut at) = (Vec::new(), start);
        loop {
            let (cell, end) = if bytes.get(at) == Some(&b'"') { quoted(text, at)? } else { plain(text, at, separator) };
            cells.push(cell);
            at = end;
            if bytes.get(at) != Some(&separator) {
                break;
            }
            at += 1;
        }
        // What stands behind a closing quotation mark up to the separator is not looked at.
        let rest = text[at..].find('\n').map_or(text.len(), |feed| at + feed);
        let span = start..at.max(start + 1).min(text.len());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            cells.clear();
        }
        Ok(Self { cells, span, end: (rest + 1).max(at) })
    }
}

fn quoted(text: &str, start: usize) -> Result<(String, usize), Range<usize>> {
    let (mut cell, mut at) = (String::new(), start + 1);
    loop {
        let Some(end) = text[at..].find('"') else { return Err(start..start + 1) };
        cell.push_str(&text[at..at + end]);
        at += end + 1;
        if !text[at..].starts_with('"') {
            return Ok((cell, at));
        }
        cell.push('"');
        at += 1;
    }
}

fn plain(text: &str, start: usize, separator: u8) -> (String, usize) {
    let ends = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let length = text.as_bytes()[start..].iter().position(|byte| ends(*byte)).unwrap_or(text.len() - start);
    (text[start..start + length].to_owned(), start + length)
}
