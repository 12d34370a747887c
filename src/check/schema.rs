//! The record breaks its format's schema, or the user's own.

use crate::document::{Misfit, NodeRef, Table};

use super::condition::Condition;
use super::condition_text::Names;
use super::{At, Detail, Raw, Record, RuleId};
use crate::schema::{Schema, Violation};

/// Holds records to a schema.
#[derive(Debug)]
pub(crate) struct SchemaCheck {
    /// Where this holds, what is absent or empty is no violation.
    lenient_when: Option<Condition>,
}

impl SchemaCheck {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        Ok(Self { lenient_when: table.any("lenient-when").map(|node| names.read(node)).transpose()? })
    }

    /// Everything in which a record's `value`, of which it is known that it breaks the schema, does so.
    #[cold]
    pub(crate) fn run(
        &self,
        rule: RuleId,
        record: &Record<'_>,
        schema: &Schema,
        value: NodeRef<'_>,
        found: &mut Vec<Raw>,
    ) {
        let lenient =
            !schema.is_users && self.lenient_when.as_ref().is_some_and(|when| when.holds(record.fields).is_some());
        violations(rule, schema, value, |violation| !lenient || !violation.is_of_absence(value), found);
    }
}

/// The violations of a value that are `wanted`.
pub(crate) fn violations(
    rule: RuleId,
    schema: &Schema,
    value: NodeRef<'_>,
    wanted: impl Fn(&Violation) -> bool,
    found: &mut Vec<Raw>,
) {
    found.extend(schema.violations(value).into_iter().filter(wanted).map(|violation| {
        let mut raw = Raw::new(rule, At::Node(violation.node));
        raw.related.clone_from(&violation.related);
        raw.detail = Detail::Violation(Box::new(violation));
        raw
    }));
}
