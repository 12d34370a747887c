//! The formats that are known: read from `schemas/<format>/format.toml`.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Shape, suggest};
use crate::embedded::{File, Files};
use crate::syntax::Syntax;
use crate::syntax::page::Page;
use crate::syntax::table::Layout;

use super::collections::Collections;
use super::crosswalk::{Crosswalk, Route, base_steps};
use super::entities::{Entities, LookUp};
use super::field::{FieldId, FieldSet, FieldTable};
use super::link::Link;
use super::path::{Followed, Path, Step, each_of, first_of, follow};
use super::read::{read_file, read_format};
use super::recognise::{Pattern, Sketch};
use super::trie::Trie;
use super::vocabulary::{List, Vocabulary, vocabularies};

/// How deep envelopes may stand in one another.
const MOST_ENVELOPES: usize = 4;

/// One shape in which a format's records come.
#[derive(Debug)]
pub struct Carrier {
    /// Its place among the format's carriers.
    pub(crate) number: usize,
    /// Its name: `rest-item`.
    pub name: Box<str>,
    /// What it is, for people: "DSpace REST item".
    pub title: Box<str>,
    /// What its values are like: a pattern is tried on such alone.
    pub(crate) shape: Shape,
    /// Of a carrier whose records are rows: how its tables are written.
    pub(crate) layout: Option<Arc<Layout>>,
    pub(super) patterns: Vec<Pattern>,
    /// Names of files that hold such records, whatever they look like: `.zenodo.json`.
    pub(super) names: Vec<Box<str>>,
    pub(crate) body: Path,
    pub(crate) bases: Vec<(Box<str>, Path)>,
    /// The JSON Schema of the record's body.
    pub schema: Option<SchemaFile>,
    /// Where in the record what the schema describes stands.
    pub(crate) schema_at: Path,
    pub(crate) crosswalk: Arc<Crosswalk>,
    /// Where the entities stand to which values refer.
    pub(crate) look_up: Option<LookUp>,
    /// The labels of the page of which it is a copy.
    pub(crate) page: Option<Arc<Page>>,
    /// The fields that have a label on that page.
    pub(crate) labelled: FieldSet,
    pub(super) trie: OnceLock<Trie>,
}

/// A JSON Schema in a format's folder.
#[derive(Clone, Debug)]
pub struct SchemaFile {
    /// Its path.
    pub path: Box<str>,
    /// Its text.
    pub(crate) text: &'static str,
    /// A pointer to the part that applies.
    pub(crate) fragment: Box<str>,
    /// Where the format's file names it, in bytes.
    pub(crate) span: Range<usize>,
}

impl Carrier {
    /// The value, which has this shape and whose names `sketch` has, is such a record.
    fn takes(&self, shape: Shape, value: NodeRef<'_>, sketch: &Sketch) -> bool {
        self.shape == shape && self.patterns.iter().any(|pattern| pattern.matches(value, sketch))
    }

    /// What a file is called that holds such a record, if it has a name of its own.
    pub(crate) fn file_name(&self) -> Option<&str> {
        self.names.first().map(|name| &**name)
    }

    /// The crosswalk's trie, made when the first such record is met.
    pub(crate) fn trie(&self, fields: &FieldTable) -> &Trie {
        self.trie.get_or_init(|| self.crosswalk.compile(fields, (&self.bases, &self.body), self.look_up.clone()))
    }

    /// How far the paths of `field` lead in a record of this root, in the order in which it is looked for.
    pub(crate) fn follow<'a>(&self, field: FieldId, root: NodeRef<'a>) -> impl Iterator<Item = Followed<'a, '_>> {
        let entities = Entities::new(self.look_up.as_ref(), root);
        self.crosswalk.of(field).map(move |route| self.follow_route(route, root, &entities))
    }

    /// The base of a path may lead through lists and look-ups; from there on its names are followed.
    fn follow_route<'a, 's>(
        &'s self,
        route: &'s Route,
        root: NodeRef<'a>,
        entities: &Entities<'a, '_>,
    ) -> Followed<'a, 's> {
        let (start, outer) = self.crosswalk.before(route, &self.bases, &self.body);
        let own = outer.iter().chain(&route.path.steps);
        if start.iter().all(|step| matches!(step, Step::Key(_))) {
            return follow(start.iter().chain(own), root);
        }
        let Some(node) = first_of(start, root, entities) else { return Followed { node: root, keys: 0, absent: None } };
        let followed = follow(own, node);
        Followed { keys: followed.keys + start.len(), ..followed }
    }

    /// Every value that `path` leads to in a record of this root: from a base, else from the body.
    pub(crate) fn each<'a>(&self, path: &Path, root: NodeRef<'a>, mut visit: impl FnMut(NodeRef<'a>)) {
        let knows = |base: &str| self.bases.iter().any(|(name, _)| **name == *base);
        if path.base.as_deref().is_none_or(knows) {
            let start = base_steps(path.base.as_deref(), &self.bases, &self.body);
            let entities = Entities::new(self.look_up.as_ref(), root);
            each_of(start, (root, &entities), &mut |node| each_of(&path.steps, (node, &entities), &mut visit));
        }
    }

    /// The key under which a user would look for `field`: `dc.rights`, `container.title`.
    pub(crate) fn key_of(&self, field: FieldId) -> Option<String> {
        let path = &self.crosswalk.first(field)?.path;
        let names: Vec<_> = path.leading_keys().map(|name| &*name.text).collect();
        (!names.is_empty()).then(|| names.join("."))
    }

    /// All paths of `field`, from the record's root.
    pub(crate) fn paths(&self, field: FieldId) -> impl Iterator<Item = Path> {
        self.crosswalk.of(field).map(|route| Path { base: None, steps: self.steps(route).cloned().collect() })
    }

    /// What such a record is recognised by, in words; any of them suffices.
    pub(crate) fn sought(&self) -> impl Iterator<Item = String> {
        let names = self.names.iter().map(|name| format!("the file is called `{name}`"));
        let page = self.page.iter().map(|page| page.sought());
        self.patterns.iter().map(Pattern::sought).chain(names).chain(page)
    }

    /// What `value` was recognised by, in words.
    pub(crate) fn recognised_by(&self, value: NodeRef<'_>) -> String {
        if self.page.is_some() {
            return "its labels stand alone on lines".to_owned();
        }
        let sketch = Sketch::of(value);
        let pattern = self.patterns.iter().find(|pattern| pattern.matches(value, &sketch));
        pattern.map_or_else(|| "the file is so called".to_owned(), Pattern::sought)
    }

    /// The first thing for which `value` was not recognised, in words.
    pub(crate) fn not_recognised_by(&self, value: NodeRef<'_>) -> String {
        if self.page.is_some() {
            return "it is no text in which labels stand alone on lines".to_owned();
        }
        let unmet = self.patterns.iter().find_map(|pattern| pattern.unmet(value));
        format!("it is not so that {}", unmet.unwrap_or_default())
    }

    fn steps<'s>(&'s self, route: &'s Route) -> impl Iterator<Item = &'s Step> {
        let (start, outer) = self.crosswalk.before(route, &self.bases, &self.body);
        start.iter().chain(outer).chain(&route.path.steps)
    }

    /// How many names lead from the record's root to where the fields of the record itself stand on this path.
    pub(crate) fn depth_of_record(&self, field: FieldId) -> usize {
        let base = self.crosswalk.first(field).and_then(|route| route.path.base.as_deref());
        base_steps(base, &self.bases, &self.body).len()
    }
}

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
        let is_called =
            |name: &str| path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        self.formats.iter().find_map(|format| {
            let carrier = format.carriers.iter().find(|carrier| carrier.names.iter().any(|name| is_called(name)))?;
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
