//! The formats that are known: read from `schemas/<format>/format.toml`.

use std::sync::{Arc, OnceLock};

use crate::document::{Document, FileMisfit, Kind, Misfit, NodeRef, Table, text};
use crate::embedded;

use super::crosswalk::{Crosswalk, base_steps};
use super::field::{FieldId, FieldTable};
use super::path::{Path, Step};
use super::recognise::{Pattern, Sketch, patterns};
use super::trie::Trie;

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
    patterns: Vec<Pattern>,
    pub(crate) body: Path,
    pub(crate) bases: Vec<(Box<str>, Path)>,
    /// The JSON Schema of the record's body: a file in the format's folder, and a pointer to the part that applies.
    pub schema: Option<(Box<str>, Box<str>)>,
    /// Where in the record what the schema describes stands.
    pub(crate) schema_at: Path,
    pub(crate) crosswalk: Arc<Crosswalk>,
    trie: OnceLock<Trie>,
}

impl Carrier {
    /// The crosswalk's trie, made when the first such record is met.
    pub(crate) fn trie(&self, fields: &FieldTable) -> &Trie {
        self.trie.get_or_init(|| self.crosswalk.compile(fields, &self.bases, &self.body))
    }

    /// The path on which `field` is looked for first, from the record's root.
    pub(crate) fn first_path(&self, field: FieldId) -> Option<Path> {
        self.crosswalk.first(field).map(|route| self.full_path(route))
    }

    /// All paths of `field`, from the record's root.
    pub(crate) fn paths(&self, field: FieldId) -> impl Iterator<Item = Path> {
        self.crosswalk.of(field).map(|route| self.full_path(route))
    }

    /// What such a record is recognised by, in words; any of them suffices.
    pub(crate) fn sought(&self) -> impl Iterator<Item = String> {
        self.patterns.iter().map(Pattern::sought)
    }

    /// What `value` was recognised by, in words.
    pub(crate) fn recognised_by(&self, value: NodeRef<'_>) -> String {
        let sketch = Sketch::of(value);
        let pattern = self.patterns.iter().find(|pattern| pattern.matches(value, &sketch));
        pattern.map(Pattern::sought).unwrap_or_default()
    }

    /// The first thing for which `value` was not recognised, in words.
    pub(crate) fn not_recognised_by(&self, value: NodeRef<'_>) -> String {
        let unmet = self.patterns.iter().find_map(|pattern| pattern.unmet(value));
        format!("it is not so that {}", unmet.unwrap_or_default())
    }

    fn full_path(&self, route: &super::crosswalk::Route) -> Path {
        let (start, outer) = self.crosswalk.before(route, &self.bases, &self.body);
        Path { base: None, steps: start.iter().chain(outer).chain(&route.path.steps).cloned().collect() }
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
struct Other {
    name: Box<str>,
    patterns: Vec<Pattern>,
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
    others: Vec<Other>,
    envelopes: Vec<Path>,
    labels: Vec<(FieldId, Box<str>)>,
    /// The record's page on the web, with fields in braces.
    pub link: Option<Box<str>>,
}

impl Format {
    /// How this format calls a field.
    #[must_use]
    pub fn label<'a>(&'a self, field: FieldId, fields: &'a FieldTable) -> &'a str {
        let own = self.labels.iter().find(|(labelled, _)| *labelled == field);
        own.map_or(&fields.get(field).label, |(_, label)| label)
    }

    /// The format has a place for this field.
    #[must_use]
    pub fn maps(&self, field: FieldId) -> bool {
        self.carriers.iter().any(|carrier| carrier.crosswalk.first(field).is_some())
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

/// All fields and formats.
#[derive(Debug)]
pub struct Formats {
    /// The fields.
    pub fields: FieldTable,
    /// The formats, in the order of their names.
    pub formats: Vec<Format>,
}

/// Reads `text`, the TOML of a file that is part of the program, through `read`.
pub(crate) fn read_built_in<T>(
    path: &str,
    text: &'static str,
    read: impl FnOnce(NodeRef<'_>) -> Result<T, Misfit>,
) -> Result<T, FileMisfit> {
    let in_file = |misfit| FileMisfit { path: path.into(), text: text.into(), misfit };
    let document = embedded::document(path, text);
    match document.as_ref().and_then(Document::root) {
        Some(root) => read(root).map_err(in_file),
        None => Err(in_file(Misfit { message: "the file has no TOML".to_owned(), span: 0..0, help: None })),
    }
}

impl Formats {
    /// Reads the formats that are part of the program.
    pub(crate) fn built_in() -> Result<Self, FileMisfit> {
        const FIELDS: &str = "schemas/fields.toml";
        let fields = read_built_in(FIELDS, embedded::file(FIELDS).unwrap_or_default(), FieldTable::read)?;
        let formats = embedded::files("schemas/", "/format.toml")
            .enumerate()
            .map(|(number, (path, content))| {
                read_built_in(path, content, |root| read_format(root, &fields, path, number))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { fields, formats })
    }

    /// The format with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Format> {
        self.formats.iter().find(|format| *format.name == *name)
    }

    /// Finds the records in a value: itself, or what it wraps.
    pub(crate) fn find<'f, 'a>(&'f self, value: NodeRef<'a>, visit: &mut dyn FnMut(Found<'f, 'a>)) {
        self.find_within(value, MOST_ENVELOPES, visit);
    }

    fn find_within<'f, 'a>(&'f self, value: NodeRef<'a>, depth: usize, visit: &mut dyn FnMut(Found<'f, 'a>)) {
        if value.kind() == Kind::Array && depth > 0 {
            for element in value.elements() {
                self.find_within(element, depth - 1, visit);
            }
            return;
        }
        if value.kind() != Kind::Object {
            visit(Found::Unknown(value));
            return;
        }
        let sketch = Sketch::of(value);
        let matches = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(value, &sketch));
        for format in &self.formats {
            if let Some(carrier) = format.carriers.iter().find(|carrier| matches(&carrier.patterns)) {
                visit(Found::Record { format, carrier, root: value });
                return;
            }
        }
        let mut envelopes = self.formats.iter().flat_map(|format| &format.envelopes);
        let fits = |path: &&Path| path.follow(value).1 == path.leading_keys().count();
        if let Some(path) = envelopes.find(fits).filter(|_| depth > 0) {
            path.each(value, |inner| self.find_within(inner, depth - 1, visit));
            return;
        }
        for format in &self.formats {
            if let Some(other) = format.others.iter().find(|other| matches(&other.patterns)) {
                visit(Found::Other { format, name: &other.name });
                return;
            }
        }
        visit(Found::Unknown(value));
    }

    /// The lists that envelopes wrap, as the names that lead to them: a large file is cut there.
    pub(crate) fn lists(&self) -> Vec<Vec<Box<str>>> {
        let envelopes = self.formats.iter().flat_map(|format| &format.envelopes);
        let of_list = envelopes.filter(|path| {
            let after = path.steps.get(path.leading_keys().count());
            matches!(after, Some(Step::Every | Step::OneOrList))
        });
        of_list.map(|path| path.leading_keys().map(|name| name.text.clone()).collect()).collect()
    }
}

fn read_format(root: NodeRef<'_>, fields: &FieldTable, file: &str, number: usize) -> Result<Format, Misfit> {
    let mut table = Table::new(root)?;
    let crosswalk = table.any("crosswalk").ok_or_else(|| Misfit::at(root, "`[crosswalk]` is missing"))?;
    let crosswalk = Arc::new(Crosswalk::read(crosswalk, fields)?);
    let folder = file.trim_end_matches("format.toml");
    let format = Format {
        number,
        name: table.need_text("name")?.into(),
        title: table.need_text("title")?.into(),
        describes: table.need_text("describes")?.into(),
        carriers: table
            .list("carrier")
            .into_iter()
            .enumerate()
            .map(|(number, node)| read_carrier(node, &crosswalk, folder, number))
            .collect::<Result<_, _>>()?,
        not_borne: table
            .list("not-borne")
            .into_iter()
            .map(|node| read_not_borne(node, fields))
            .collect::<Result<_, _>>()?,
        others: table.list("other").into_iter().map(read_other).collect::<Result<_, _>>()?,
        envelopes: table.list("envelope").into_iter().map(path).collect::<Result<_, _>>()?,
        labels: read_labels(&mut table, fields)?,
        link: table.text("link")?.map(Into::into),
    };
    table.done()?;
    Ok(format)
}

fn path(node: NodeRef<'_>) -> Result<Path, Misfit> {
    Path::absolute(text("path", node)?).map_err(|fault| fault.at(node))
}

fn optional_path(table: &mut Table<'_>, name: &'static str) -> Result<Option<Path>, Misfit> {
    table.any(name).map(path).transpose()
}

fn read_carrier(node: NodeRef<'_>, crosswalk: &Arc<Crosswalk>, folder: &str, number: usize) -> Result<Carrier, Misfit> {
    let mut table = Table::new(node)?;
    let body = optional_path(&mut table, "body")?.unwrap_or_default();
    let mut bases: Vec<(Box<str>, Path)> = vec![("root".into(), Path::default())];
    if let Some(node) = table.any("bases") {
        for (key, value) in node.members() {
            bases.push((key.raw_text().into(), path(value)?));
        }
    }
    for route in &crosswalk.routes {
        if let Some(base) = route.path.base.as_deref().filter(|base| !bases.iter().any(|(name, _)| **name == **base)) {
            return Err(Misfit::at(
                node,
                format!("the crosswalk begins at `@{base}`, and this carrier has no such base"),
            )
            .help(format!("add `bases = {{ {base} = \"/...\" }}`")));
        }
    }
    let schema = table.text("schema")?.map(|schema| {
        let (file, fragment) = schema.split_once('#').unwrap_or((schema, ""));
        (format!("{folder}{file}").into(), fragment.into())
    });
    let carrier = Carrier {
        number,
        name: table.need_text("name")?.into(),
        title: table.need_text("title")?.into(),
        patterns: patterns(&mut table)?,
        schema,
        schema_at: optional_path(&mut table, "schema-at")?.unwrap_or_else(|| body.clone()),
        body,
        bases,
        crosswalk: Arc::clone(crosswalk),
        trie: OnceLock::new(),
    };
    table.done()?;
    Ok(carrier)
}

fn read_not_borne(node: NodeRef<'_>, fields: &FieldTable) -> Result<NotBorne, Misfit> {
    let mut table = Table::new(node)?;
    let not_borne = NotBorne {
        fields: table
            .texts("fields")?
            .into_iter()
            .map(|(name, node)| fields.need(name, node))
            .collect::<Result<_, _>>()?,
        carriers: table.texts("carriers")?.into_iter().map(|(name, _)| name.into()).collect(),
        unless: optional_path(&mut table, "unless")?,
        reason: table.need_text("reason")?.into(),
        remedy: table.need_text("remedy")?.into(),
    };
    table.done()?;
    Ok(not_borne)
}

fn read_other(node: NodeRef<'_>) -> Result<Other, Misfit> {
    let mut table = Table::new(node)?;
    let other = Other { name: table.need_text("name")?.into(), patterns: patterns(&mut table)? };
    table.done()?;
    Ok(other)
}

fn read_labels(table: &mut Table<'_>, fields: &FieldTable) -> Result<Vec<(FieldId, Box<str>)>, Misfit> {
    let Some(node) = table.any("labels") else { return Ok(Vec::new()) };
    node.members().map(|(key, value)| Ok((fields.need(key.raw_text(), key)?, text("labels", value)?.into()))).collect()
}
