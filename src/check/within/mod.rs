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
use super::{At, Detail, Raw, RecordCheck, RuleId};

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

/// Reads the check of this kind; nothing if the kind is another.
pub(super) fn read(
    kind: &str,
    table: &mut Table<'_>,
    field: Option<FieldId>,
    names: Names<'_>,
) -> Result<Option<Box<dyn RecordCheck>>, Misfit> {
    Ok(Some(match kind {
        "person-twice" => Box::new(person_twice::PersonTwice::read(table, names)?),
        "shared-identifier" => Box::new(shared::Shared::read(table, names)?),
        "body-as-person" => Box::new(body::Body::read(table, names)?),
        "repeated" => Box::new(repeated::Repeated::read(table, names)?),
        "same-text" => Box::new(same_text::SameText::read(table, names)?),
        "itself" => Box::new(itself::Itself::read(table, names)?),
        "inverse" => Box::new(inverse::Inverse::read(table, names)?),
        "marked" => Box::new(marked::Marked::read(table, names)?),
        "lacking-part" => Box::new(lacking::Lacking::read(table, field, names)?),
        _ => return Ok(None),
    }))
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
