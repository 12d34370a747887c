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

    /// Everything in which a record's `value` breaks the schema.
    pub(crate) fn run(
        &self,
        rule: RuleId,
        record: &Record<'_>,
        schema: &Schema,
        value: NodeRef<'_>,
        found: &mut Vec<Raw>,
    ) {
        let broken = schema.violations(value);
        if broken.is_empty() {
            return;
        }
        let lenient =
            !schema.is_users && self.lenient_when.as_ref().is_some_and(|when| when.holds(record.fields).is_some());
        add(rule, broken.into_iter().filter(|violation| !lenient || !violation.is_of_absence(value)), found);
    }
}

/// Everything in which a value that is no record breaks a schema.
pub(crate) fn violations(rule: RuleId, schema: &Schema, value: NodeRef<'_>, found: &mut Vec<Raw>) {
    add(rule, schema.violations(value).into_iter(), found);
}

fn add(rule: RuleId, violations: impl Iterator<Item = Violation>, found: &mut Vec<Raw>) {
    found.extend(violations.map(|mut violation| {
        let mut raw = Raw::new(rule, At::Node(violation.node));
        raw.related = std::mem::take(&mut violation.related);
        raw.detail = Detail::Violation(Box::new(violation));
        raw
    }));
}
