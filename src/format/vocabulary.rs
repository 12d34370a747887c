//! Controlled lists: the terms that a field's values must be of. Ours are read when a record first asks for one.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;

use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Table, suggest, text};
use crate::embedded::{File, Files};

use super::catalogue::Format;
use super::field::{FieldId, FieldTable};
use super::read::read_file;

/// A version of a standard, as far as terms know it: 4.6.
pub(crate) type StandardVersion = (u16, u16);

/// A controlled list.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Its name: `coar-resource-type`; of a user's list, the path of its file, or nothing.
    pub(crate) name: Box<str>,
    file: Option<File<'static>>,
    terms: OnceLock<Terms>,
}

/// The terms of a list.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// What the list is called in a sentence: "DataCite's types of date".
    pub(crate) title: Box<str>,
    all: Vec<Term>,
    /// A record may name a term by its label, in any case of the letters.
    by_label: bool,
    /// A term's place, by how a record may write it; labels in lower case.
    places: HashMap<Box<str>, usize, FixedState>,
}

/// One term.
#[derive(Debug, Default)]
pub(crate) struct Term {
    /// How records write it.
    pub(crate) id: Box<str>,
    /// What else it is called, the preferred label first.
    pub(crate) labels: Vec<Box<str>>,
    /// It has been given up.
    pub(crate) deprecated: bool,
    /// What is to be used instead, if that is one term.
    pub(crate) successor: Option<Box<str>>,
    /// The version of the standard in which it came, where that is told.
    pub(crate) since: Option<StandardVersion>,
}

impl Vocabulary {
    fn built_in(file: File<'static>) -> Self {
        let name = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        Self { name: name.into(), file: Some(file), terms: OnceLock::new() }
    }

    /// A user's own list, written out.
    fn own(terms: Vec<Box<str>>) -> Self {
        Self { name: Box::default(), file: None, terms: OnceLock::from(Terms::plain("your list", terms)) }
    }

    /// A user's own list, in a file that has yet to be read.
    pub(crate) fn in_file(path: &str) -> Self {
        Self { name: path.into(), file: None, terms: OnceLock::new() }
    }

    /// It stands in a file of the user's.
    pub(crate) fn is_in_file(&self) -> bool {
        self.file.is_none() && !self.name.is_empty()
    }

    /// The text of the file, a term a line; empty lines and those that begin with `#` do not count.
    pub(crate) fn fill(&self, content: &str) {
        let lines = content.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let _ = self.terms.set(Terms::plain(&self.name, lines.map(Into::into).collect()));
    }

    /// The terms. One of our own lists that cannot be read has none, which the tests rule out.
    pub(crate) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| self.read().unwrap_or_default())
    }

    /// Reads one of our own lists.
    pub(crate) fn read(&self) -> Result<Terms, FileMisfit> {
        self.file.map_or_else(|| Ok(Terms::default()), |file| read_file(file, file.text, |root| self.read_terms(root)))
    }

    fn read_terms(&self, root: NodeRef<'_>) -> Result<Terms, Misfit> {
        let mut table = Table::new(root)?;
        if table.need_text("name")? != &*self.name {
            return Err(Misfit::at(root, format!("the list's name is that of its file: `{}`", self.name)));
        }
        let (title, base) = (table.need_text("title")?, table.text("base")?.unwrap_or_default());
        let by_label = table.flag("by-label", false)?;
        table.need_text("source")?;
        table.need_text("version")?;
        let terms = table.list("terms").into_iter().map(|node| read_term(node, base)).collect::<Result<Vec<_>, _>>()?;
        table.done()?;
        Ok(Terms::new(title, terms, by_label))
    }
}

fn read_term(node: NodeRef<'_>, base: &str) -> Result<Term, Misfit> {
    if let Some(id) = node.text() {
        return Ok(Term { id: [base, id].concat().into(), ..Term::default() });
    }
    let mut table = Table::new(node)?;
    let mut labels: Vec<Box<str>> = table.text("label")?.map(Into::into).into_iter().collect();
    labels.extend(table.texts("labels")?.into_iter().map(|(label, _)| Box::from(label)));
    let deprecated = table.any("deprecated");
    // "use X" says what takes its place.
    let successor = deprecated.and_then(NodeRef::text).map(|text| text.strip_prefix("use ").unwrap_or(text));
    let since = table.any("since").map(|node| {
        standard_version(text("since", node)?).ok_or_else(|| Misfit::at(node, "a version is written so: `4.6`"))
    });
    let id = [base, table.need_text("id")?].concat().into();
    table.done()?;
    Ok(Term {
        id,
        labels,
        deprecated: deprecated.is_some(),
        successor: successor.map(|id| [base, id].concat().into()),
        since: since.transpose()?,
    })
}

/// The version with which a text ends: `http://datacite.org/schema/kernel-4.4`. A bare `4` does not tell.
pub(crate) fn standard_version(text: &str) -> Option<StandardVersion> {
    let start = text.rfind(|mark: char| !mark.is_ascii_digit() && mark != '.').map_or(0, |at| at + 1);
    let (major, minor) = text.get(start..)?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

impl Terms {
    fn plain(title: &str, ids: Vec<Box<str>>) -> Self {
        Self::new(title, ids.into_iter().map(|id| Term { id, ..Term::default() }).collect(), false)
    }

    fn new(title: &str, terms: Vec<Term>, by_label: bool) -> Self {
        let mut places = HashMap::default();
        for (place, term) in terms.iter().enumerate() {
            places.insert(term.id.clone(), place);
            if let Some(label) = term.labels.first().filter(|_| by_label) {
                places.entry(label.to_lowercase().into()).or_insert(place);
            }
        }
        Self { title: title.into(), all: terms, by_label, places }
    }

    /// The term that a record may write so.
    #[inline]
    pub(crate) fn get(&self, text: &str) -> Option<&Term> {
        let by_label = || if self.by_label { self.places.get(&*text.to_lowercase()) } else { None };
        self.places.get(text).or_else(by_label).map(|place| &self.all[*place])
    }

    /// Every way in which a record may write a term.
    pub(crate) fn written(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(|written| &**written)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Term> {
        self.all.iter()
    }

    /// How records write its terms, if those are few enough to be named in a sentence.
    pub(crate) fn few(&self) -> Option<Vec<&str>> {
        const MOST: usize = 12;
        (self.all.len() <= MOST).then(|| self.all.iter().map(|term| self.way_to_write(term, "")).collect())
    }

    /// How a record writes this term: as near to `text` as it may be.
    pub(crate) fn way_to_write<'t>(&'t self, term: &'t Term, text: &str) -> &'t str {
        match term.labels.first() {
            Some(label) if self.by_label && !text.contains("://") => label,
            _ => &term.id,
        }
    }
}

/// Our own lists, unread.
pub(crate) fn vocabularies(files: &Files) -> Vec<Arc<Vocabulary>> {
    files.all("rules/vocabularies/", ".toml").map(|file| Arc::new(Vocabulary::built_in(file))).collect()
}

/// A list that a field's values must be of.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// The format whose records it is for; none: all.
    pub(crate) format: Option<Box<str>>,
    pub(crate) field: FieldId,
    pub(crate) vocabulary: Arc<Vocabulary>,
}

/// What lists are read against.
#[derive(Clone, Copy)]
pub(crate) struct ListReader<'r> {
    pub(crate) fields: &'r FieldTable,
    pub(crate) formats: &'r [Format],
    pub(crate) vocabularies: &'r [Arc<Vocabulary>],
    /// A text may be the path of a file with terms.
    pub(crate) files: bool,
}

impl ListReader<'_> {
    /// Reads a table of lists: each key is a field with its list, or a format with a table of its own.
    pub(crate) fn read(&self, node: NodeRef<'_>) -> Result<Vec<List>, Misfit> {
        let mut lists = Vec::new();
        for (key, value) in node.members() {
            let name = key.raw_text();
            if value.kind() != Kind::Object {
                lists.push(self.one(None, key, value)?);
                continue;
            }
            let names = self.formats.iter().map(|format| &*format.name);
            if !names.clone().any(|known| known == name) {
                return Err(Misfit::at(key, format!("there is no format `{name}`")).help(suggest(name, names)));
            }
            for (key, value) in value.members() {
                lists.push(self.one(Some(name.into()), key, value)?);
            }
        }
        Ok(lists)
    }

    fn one(&self, format: Option<Box<str>>, key: NodeRef<'_>, value: NodeRef<'_>) -> Result<List, Misfit> {
        Ok(List { format, field: self.fields.need(key.raw_text(), key)?, vocabulary: self.vocabulary(value)? })
    }

    fn vocabulary(&self, node: NodeRef<'_>) -> Result<Arc<Vocabulary>, Misfit> {
        if node.kind() == Kind::Array {
            let terms = node.elements().map(|term| Ok(text("a term", term)?.into())).collect::<Result<Vec<_>, _>>()?;
            return Ok(Arc::new(Vocabulary::own(terms)));
        }
        let name = text("a list", node)?;
        if let Some(known) = self.vocabularies.iter().find(|known| *known.name == *name) {
            return Ok(Arc::clone(known));
        }
        if self.files && name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("txt")) {
            return Ok(Arc::new(Vocabulary::in_file(name)));
        }
        let names = self.vocabularies.iter().map(|known| &*known.name);
        Err(Misfit::at(node, format!("there is no list `{name}`")).help(suggest(name, names)))
    }
}
