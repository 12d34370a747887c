//! The formats that are known: read from `schemas/<format>/format.toml`.

use std::sync::Arc;

use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Shape, suggest};
use crate::embedded::{File, Files};
use crate::syntax::Syntax;

use super::carrier::Carrier;
use super::collections::Collections;
use super::field::{FieldId, FieldSet, FieldTable};
use super::link::Link;
use super::path::Path;
use super::read::{read_file, read_format};
use super::recognise::{Pattern, Sketch};
use super::vocabulary::{List, Vocabulary, vocabularies};

/// How deep envelopes may stand in one another.
const MOST_ENVELOPES: usize = 4;

/// Fields that a record of some carrier may lack because of how it was fetched, and how to get them.
#[derive(Clone, Debug)]
pub struct NotBorne {
    /// The fields.
    pub fields: Vec<FieldId>,
    /// The carriers of which this is true.
    pub carriers: Vec<Box<str>>,
    /// They are borne where this stands.
    pub(crate) unless: Option<Path>,
    /// Why they are not there.
    pub reason: Box<str>,
    /// How to get them.
    pub remedy: Box<str>,
}

impl NotBorne {
    /// A record of this carrier lacks the fields.
    pub(crate) fn is_lacking(&self, carrier: &Carrier, root: NodeRef<'_>) -> bool {
        self.carriers.contains(&carrier.name) && self.unless.as_ref().is_none_or(|path| path.find(root).is_none())
    }
}

/// Something that comes in the same files as the records and is none: it is counted and passed over.
#[derive(Debug)]
pub(super) struct Other {
    pub(super) name: Box<str>,
    pub(super) patterns: Vec<Pattern>,
}

/// One format.
#[derive(Debug)]
pub struct Format {
    /// Its place among the formats.
    pub(crate) number: usize,
    /// Its name, as rules and the command line write it: `dspace`.
    pub name: Box<str>,
    /// Its name for people: "DSpace".
    pub title: Box<str>,
    /// What it is, in a sentence.
    pub describes: Box<str>,
    /// The carriers, in the order in which they are tried.
    pub carriers: Vec<Carrier>,
    /// What a carrier may lack.
    pub not_borne: Vec<NotBorne>,
    pub(super) others: Vec<Other>,
    pub(super) envelopes: Vec<Path>,
    pub(super) labels: Vec<(FieldId, Arc<str>)>,
    /// The lists of its standard.
    pub(crate) lists: Vec<List>,
    /// The record's page on the web, in the order in which they are tried.
    pub(crate) links: Vec<Link>,
    /// The address of the repository that its records come from, if the configuration gives it.
    pub(crate) source: Option<Box<str>>,
    /// The fields that it has a place for.
    pub(crate) mapped: FieldSet,
    /// The path and the text of its file, for frames.
    pub(crate) file: File<'static>,
}

impl Format {
    /// How this format calls a field.
    #[must_use]
    pub fn label<'a>(&'a self, field: FieldId, fields: &'a FieldTable) -> &'a Arc<str> {
        let own = self.labels.iter().find(|(labelled, _)| *labelled == field);
        own.map_or(&fields.get(field).label, |(_, label)| label)
    }

    /// The names of the bases that its carriers have.
    pub(crate) fn bases(&self) -> impl Iterator<Item = &str> {
        self.carriers.iter().flat_map(|carrier| &carrier.bases).map(|(name, _)| &**name)
    }

    /// The format has a place for this field.
    #[must_use]
    pub fn maps(&self, field: FieldId) -> bool {
        self.mapped.contains(field)
    }
}

/// What a value turned out to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'f, 'a> {
    /// A record.
    Record { format: &'f Format, carrier: &'f Carrier, root: NodeRef<'a> },
    /// Something that stands beside records and is none.
    Other { format: &'f Format, name: &'f str },
    /// Nothing known.
    Unknown(NodeRef<'a>),
}

/// What a file holds by its name.
pub(crate) type Named<'f> = Option<(&'f Format, &'f Carrier)>;

/// All fields and formats.
#[derive(Debug)]
pub struct Formats {
    /// The fields.
    pub fields: FieldTable,
    /// The formats, in the order of their names.
    pub formats: Vec<Format>,
    /// Controlled lists, in the order of their names, each read at first use.
    pub(crate) vocabularies: Vec<Arc<Vocabulary>>,
    /// What the user's collections are called.
    pub(crate) collections: Collections,
}

impl Formats {
    /// Reads the fields and formats among `files`.
    pub(crate) fn read(files: &Files) -> Result<Self, FileMisfit> {
        const FIELDS: &str = "schemas/fields.toml";
        let fields = match files.get(FIELDS) {
            Some(file) => read_file(file, file.text, FieldTable::read)?,
            None => FieldTable::default(),
        };
        let vocabularies = vocabularies(files);
        let formats = files
            .all("schemas/", "/format.toml")
            .enumerate()
            .map(|(number, file)| {
                read_file(file, file.text, |root| read_format(root, (&fields, &vocabularies), files, file, number))
            })
            .collect::<Result<_, _>>()?;
        let mut formats = Self { fields, formats, vocabularies, collections: Collections::default() };
        let pages = files.all("schemas/", ".toml").filter(|file| file.path.contains("/pages/"));
        pages.into_iter().try_for_each(|page| formats.add_page(page))?;
        Ok(formats)
    }

    /// The format with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Format> {
        self.formats.iter().find(|format| *format.name == *name)
    }

    /// The format that `key` names.
    pub(crate) fn need(&self, key: NodeRef<'_>) -> Result<&Format, Misfit> {
        let name = key.raw_text();
        self.get(name).ok_or_else(|| {
            let names = self.formats.iter().map(|format| &*format.name);
            Misfit::at(key, format!("there is no format `{name}`")).help(suggest(name, names))
        })
    }

    /// What the file at `path` holds by its name, that of the compression aside.
    pub(crate) fn named(&self, path: &str) -> Named<'_> {
        let path = path.strip_suffix(".gz").unwrap_or(path);
        self.formats.iter().find_map(|format| {
            let carrier = format.carriers.iter().find(|carrier| carrier.is_named(path))?;
            Some((format, carrier))
        })
    }

    /// Finds the records in a value: itself, or what it wraps. `syntax` and `path` are those of the text it stands in.
    pub(crate) fn find<'f, 'a>(
        &'f self,
        value: NodeRef<'a>,
        (syntax, path): (&Syntax, &str),
        visit: &mut dyn FnMut(Found<'f, 'a>),
    ) {
        let named = self.holder(syntax, path);
        match syntax.shape() {
            Shape::AsIs => self.find_within(value, (MOST_ENVELOPES, named), visit),
            Shape::HeaderRow => visit(self.find_row(value)),
            Shape::LabelLines => visit(match named {
                Some((format, carrier)) => Found::Record { format, carrier, root: value },
                None => Found::Unknown(value),
            }),
        }
    }

    /// What the row of a table is: it wraps nothing.
    fn find_row<'f, 'a>(&'f self, row: NodeRef<'a>) -> Found<'f, 'a> {
        let sketch = Sketch::of(row);
        let found = self.formats.iter().find_map(|format| {
            let carrier = format.carriers.iter().find(|carrier| carrier.takes(Shape::HeaderRow, row, &sketch))?;
            Some(Found::Record { format, carrier, root: row })
        });
        found.unwrap_or(Found::Unknown(row))
    }

    fn find_within<'f, 'a>(
        &'f self,
        value: NodeRef<'a>,
        (depth, named): (usize, Named<'f>),
        visit: &mut dyn FnMut(Found<'f, 'a>),
    ) {
        if value.kind() == Kind::Array && depth > 0 {
            for element in value.elements() {
                self.find_within(element, (depth - 1, named), visit);
            }
            return;
        }
        if value.kind() != Kind::Object {
            visit(Found::Unknown(value));
            return;
        }
        let sketch = Sketch::of(value);
        let matches = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(value, &sketch));
        // What the file is called for comes before what only looks like it.
        for format in named.map(|(format, _)| format).into_iter().chain(&self.formats) {
            if let Some(carrier) = format.carriers.iter().find(|carrier| carrier.takes(Shape::AsIs, value, &sketch)) {
                visit(Found::Record { format, carrier, root: value });
                return;
            }
        }
        let mut envelopes = self.formats.iter().flat_map(|format| &format.envelopes);
        if let Some(path) = envelopes.find(|path| path.begins_in(value)).filter(|_| depth > 0) {
            path.each(value, |inner| self.find_within(inner, (depth - 1, named), visit));
            return;
        }
        for format in &self.formats {
            if let Some(other) = format.others.iter().find(|other| matches(&other.patterns)) {
                visit(Found::Other { format, name: &other.name });
                return;
            }
        }
        visit(match named {
            Some((format, carrier)) => Found::Record { format, carrier, root: value },
            None => Found::Unknown(value),
        });
    }
}
