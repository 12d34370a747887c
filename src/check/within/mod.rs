//! Kinds of check that hold the parts of one record against each other. One file a kind.
//!
//! On a record in which nothing stands twice they compare numbers made of the values, in a buffer on the stack; the
//! values themselves are compared only where two of these numbers are the same.

mod body;
mod doubles;
mod inverse;
mod itself;
mod lacking;
mod marked;
mod people;
mod person_twice;
mod repeated;
mod same_text;
mod shared;

use crate::document::{Misfit, Table};
use crate::format::FieldId;

use super::condition_text::Names;
use super::{At, Detail, Raw, Record, RecordCheck, RuleId};

/// The names of these kinds.
pub(super) const KINDS: [&str; 9] = [
    "person-twice",
    "shared-identifier",
    "body-as-person",
    "repeated",
    "same-text",
    "itself",
    "inverse",
    "marked",
    "lacking-part",
];

/// A check that looks at several parts of a record at once.
#[derive(Debug)]
pub(crate) enum Within {
    /// A person stands twice in one list.
    PersonTwice(person_twice::PersonTwice),
    /// One identifier stands with two people.
    Shared(shared::Shared),
    /// A body is entered as a person.
    Body(Box<body::Body>),
    /// A value or an entry stands twice in one list.
    Repeated(repeated::Repeated),
    /// A value is another value over again.
    SameText(same_text::SameText),
    /// A relation leads to the record itself.
    Itself(itself::Itself),
    /// Two relations to one thing exclude each other.
    Inverse(inverse::Inverse),
    /// A text says in its own words what a field should say.
    Marked(marked::Marked),
    /// Entries lack a part.
    Lacking(lacking::Lacking),
}

impl Within {
    /// Reads the check of this kind; nothing if the kind is another.
    pub(super) fn read(
        kind: &str,
        table: &mut Table<'_>,
        field: Option<FieldId>,
        names: Names<'_>,
    ) -> Result<Option<Self>, Misfit> {
        Ok(Some(match kind {
            "person-twice" => Self::PersonTwice(person_twice::PersonTwice::read(table, names)?),
            "shared-identifier" => Self::Shared(shared::Shared::read(table, names)?),
            "body-as-person" => Self::Body(Box::new(body::Body::read(table, names)?)),
            "repeated" => Self::Repeated(repeated::Repeated::read(table, names)?),
            "same-text" => Self::SameText(same_text::SameText::read(table, names)?),
            "itself" => Self::Itself(itself::Itself::read(table, names)?),
            "inverse" => Self::Inverse(inverse::Inverse::read(table, names)?),
            "marked" => Self::Marked(marked::Marked::read(table, names)?),
            "lacking-part" => Self::Lacking(lacking::Lacking::read(table, field, names)?),
            _ => return Ok(None),
        }))
    }
}

impl RecordCheck for Within {
    fn fields(&self) -> Vec<FieldId> {
        let mut fields = Vec::new();
        match self {
            Self::PersonTwice(check) => fields.extend(check.fields()),
            Self::Shared(check) => fields.extend(check.fields()),
            Self::Body(check) => fields.extend(check.fields()),
            Self::Repeated(check) => fields.extend(check.fields()),
            Self::SameText(check) => fields.extend(check.fields()),
            Self::Itself(check) => fields.extend(check.fields()),
            Self::Inverse(check) => fields.extend(check.fields()),
            Self::Marked(check) => fields.extend(check.fields()),
            Self::Lacking(check) => fields.extend(check.fields()),
        }
        fields
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        match self {
            Self::PersonTwice(check) => check.run(rule, record, found),
            Self::Shared(check) => check.run(rule, record, found),
            Self::Body(check) => check.run(rule, record, found),
            Self::Repeated(check) => check.run(rule, record, found),
            Self::SameText(check) => check.run(rule, record, found),
            Self::Itself(check) => check.run(rule, record, found),
            Self::Inverse(check) => check.run(rule, record, found),
            Self::Marked(check) => check.run(rule, record, found),
            Self::Lacking(check) => check.run(rule, record, found),
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// The fields that `name` lists, of which there must be some.
fn fields_of(table: &mut Table<'_>, name: &'static str, names: Names<'_>) -> Result<Vec<FieldId>, Misfit> {
    let fields = table.texts(name)?.into_iter().map(|(name, node)| names.fields.need(name, node));
    let fields: Vec<_> = fields.collect::<Result<_, _>>()?;
    if fields.is_empty() {
        return Err(Misfit::at(table.node(), format!("`{name}` says which fields the rule looks at")));
    }
    Ok(fields)
}

/// A finding at a value of `field`.
fn finding(rule: RuleId, node: u32, field: FieldId, related: Vec<u32>) -> Raw {
    Raw { field: Some(field), related, ..Raw::new(rule, At::Node(node)) }
}

/// The same as a case of the rule with its own words.
fn variant(raw: Raw, variant: &'static str) -> Raw {
    Raw { detail: Detail::Said { variant: Some(variant), reason: String::new(), remedy: None }, ..raw }
}
