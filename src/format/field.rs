//! The fields: the logical parts of a record that rules speak of, whatever the format calls them.

use std::sync::Arc;

use crate::document::{Misfit, NodeRef, Table, did_you_mean_all, is_name, suggest};

/// Most fields there can be: a record's present fields are a set of bits.
const MOST_FIELDS: usize = 256;

/// A field, by its place in `schemas/fields.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub(crate) u16);

impl FieldId {
    #[inline]
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// A part with fields of its own: a creator with name and ORCID iD.
    Entry,
    /// Running text, of any number of lines.
    Text,
    /// A text on one line.
    Line,
    /// A title: a text on one line that names the work.
    Title,
    /// A subject or keyword.
    Keyword,
    /// The name of a person or body.
    Name,
    /// A word from a list.
    Term,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A date, in the form that the format's crosswalk names.
    Date,
    /// A DOI.
    Doi,
    /// An ORCID iD.
    Orcid,
    /// A Handle.
    Handle,
    /// A URL.
    Url,
    /// Any other identifier.
    Identifier,
    /// A language code.
    Language,
    /// An ISSN.
    Issn,
    /// An ISBN.
    Isbn,
    /// A ROR id.
    Ror,
    /// An ISNI.
    Isni,
    /// An arXiv identifier.
    Arxiv,
    /// What claims to be the identifier or address of a licence.
    License,
}

const KINDS: [(&str, FieldKind); 22] = [
    ("entry", FieldKind::Entry),
    ("text", FieldKind::Text),
    ("line", FieldKind::Line),
    ("title", FieldKind::Title),
    ("keyword", FieldKind::Keyword),
    ("name", FieldKind::Name),
    ("term", FieldKind::Term),
    ("flag", FieldKind::Flag),
    ("number", FieldKind::Number),
    ("date", FieldKind::Date),
    ("doi", FieldKind::Doi),
    ("orcid", FieldKind::Orcid),
    ("handle", FieldKind::Handle),
    ("url", FieldKind::Url),
    ("identifier", FieldKind::Identifier),
    ("language", FieldKind::Language),
    ("issn", FieldKind::Issn),
    ("isbn", FieldKind::Isbn),
    ("ror", FieldKind::Ror),
    ("isni", FieldKind::Isni),
    ("arxiv", FieldKind::Arxiv),
    ("license", FieldKind::License),
];

impl FieldKind {
    /// The kind's name as `schemas/fields.toml` and rules write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The kind that `node` names.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub(crate) fn read(word: &str, node: NodeRef<'_>) -> Result<Self, Misfit> {
        let names = KINDS.map(|(name, _)| name);
        KINDS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, kind)| *kind)
            .ok_or_else(|| Misfit::at(node, format!("there is no kind of value `{word}`")).help(suggest(word, names)))
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name: `creator`, or `creator.orcid` within an entry.
    pub name: Arc<str>,
    /// What its values are.
    pub kind: FieldKind,
    /// How it is called in a sentence, unless a format has a label of its own.
    pub label: Arc<str>,
    /// What it means, in a sentence.
    pub means: Box<str>,
    /// The DCMI Metadata Terms property, if there is one.
    pub dcterms: Option<Box<str>>,
    /// The schema.org property, if there is one.
    pub schema_org: Option<Box<str>>,
    /// The entry it is part of.
    pub entry: Option<FieldId>,
    /// An entry that has this is somebody: a name, not only a role.
    pub core: bool,
}

/// The fields that name a record, which every report needs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) title: Option<FieldId>,
    pub(crate) id: Option<FieldId>,
    pub(crate) collection: Option<FieldId>,
    /// The version of its standard that a record follows.
    pub(crate) standard: Option<FieldId>,
    /// The dates that say in which year it came out; the first that does counts.
    pub(crate) issued: [Option<FieldId>; 2],
}

/// All fields, in the order of `schemas/fields.toml`.
#[derive(Debug, Default)]
pub struct FieldTable {
    fields: Vec<Field>,
    known: Known,
}

impl FieldTable {
    /// Reads the fields from the root of `schemas/fields.toml`.
    ///
    /// # Errors
    ///
    /// The first thing that does not fit.
    pub fn read(root: NodeRef<'_>) -> Result<Self, Misfit> {
        let mut table = Self::default();
        for (key, value) in root.members() {
            let field = table.read_field(key.text().unwrap_or_default(), value)?;
            if table.fields.len() == MOST_FIELDS {
                return Err(Misfit::at(key, format!("there are more than {MOST_FIELDS} fields")));
            }
            table.fields.push(field);
        }
        table.known = Known {
            title: table.id("title"),
            id: table.id("id"),
            collection: table.id("collection"),
            standard: table.id("standard-version"),
            issued: [table.id("issued"), table.id("publication-year")],
        };
        Ok(table)
    }

    /// The fields that name a record.
    pub(crate) fn known(&self) -> Known {
        self.known
    }

    fn read_field(&self, name: &str, node: NodeRef<'_>) -> Result<Field, Misfit> {
        if !is_name(name) {
            return Err(Misfit::at(
                node,
                "a field's name has small letters, digits, hyphens, and a dot behind its entry's name",
            ));
        }
        let mut table = Table::new(node)?;
        let kind = table.any("kind").ok_or_else(|| Misfit::at(node, "`kind` is missing here"))?;
        let kind = FieldKind::read(kind.text().unwrap_or_default(), kind)?;
        let entry = match name.split_once('.') {
            None => None,
            Some((entry, _)) => Some(self.id(entry).ok_or_else(|| {
                Misfit::at(node, format!("the entry `{entry}` must stand before its field `{name}`"))
            })?),
        };
        let field = Field {
            name: name.into(),
            kind,
            label: table.need_text("label")?.into(),
            means: table.need_text("means")?.into(),
            dcterms: table.text("dcterms")?.map(Into::into),
            schema_org: table.text("schema-org")?.map(Into::into),
            entry,
            core: table.flag("core", false)?,
        };
        table.done()?;
        Ok(field)
    }

    /// The field with this name.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "there are at most 256")]
    pub fn id(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| &*field.name == name).map(|index| FieldId(index as u16))
    }

    /// The field that `node` names.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub(crate) fn need(&self, name: &str, node: NodeRef<'_>) -> Result<FieldId, Misfit> {
        self.id(name).ok_or_else(|| {
            let names: Vec<_> = self.names().collect();
            let help = did_you_mean_all(name, names.iter().copied());
            Misfit::at(node, format!("there is no field `{name}`"))
                .help(help.unwrap_or_else(|| "`reclint formats --fields` lists the fields".to_owned()))
        })
    }

    /// One field.
    #[must_use]
    pub fn get(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.fields.iter().map(|field| &*field.name)
    }

    /// All fields with their ids, in order.
    #[expect(clippy::cast_possible_truncation, reason = "there are at most 256")]
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields.iter().enumerate().map(|(index, field)| (FieldId(index as u16), field))
    }

    /// Calls a field so.
    pub(super) fn relabel(&mut self, id: FieldId, label: &Arc<str>) {
        self.fields[id.index()].label = Arc::clone(label);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

/// A set of fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSet([u64; MOST_FIELDS / 64]);

impl FieldSet {
    /// Most fields there can be in it.
    pub(crate) const MOST: usize = MOST_FIELDS;

    /// The fields in it, in order.
    #[expect(clippy::cast_possible_truncation, reason = "there are at most 256")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = FieldId> {
        self.0.iter().enumerate().flat_map(|(number, word)| {
            let some = |rest: u64| Some(rest).filter(|rest| *rest != 0);
            let bits = std::iter::successors(some(*word), move |rest| some(rest & (rest - 1))).map(u64::trailing_zeros);
            bits.map(move |bit| FieldId((number * 64) as u16 + bit as u16))
        })
    }

    /// Adds a field.
    #[inline]
    pub fn insert(&mut self, field: FieldId) {
        self.0[field.index() / 64] |= 1 << (field.index() % 64);
    }

    /// The field is in it.
    #[inline]
    #[must_use]
    pub fn contains(&self, field: FieldId) -> bool {
        self.0[field.index() / 64] & 1 << (field.index() % 64) != 0
    }

    /// At least one field is in both.
    #[inline]
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(left, right)| left & right != 0)
    }

    /// Adds the fields of another set.
    pub fn extend(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }
}

impl FromIterator<FieldId> for FieldSet {
    fn from_iter<T: IntoIterator<Item = FieldId>>(fields: T) -> Self {
        let mut set = Self::default();
        fields.into_iter().for_each(|field| set.insert(field));
        set
    }
}
