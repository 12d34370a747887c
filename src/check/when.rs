//! A condition holds that must not.

use crate::document::{Misfit, Table};
use crate::format::{FieldId, FieldSet};

use super::condition::Condition;
use super::condition_text::Names;
use super::reach::Reach;
use super::{At, Detail, Raw, Record, RuleId, SetFact};

/// A condition that must not hold: the finding stands at the value that makes it true.
#[derive(Debug)]
pub(crate) struct When {
    condition: Condition,
    /// Fields whose values belong to it.
    related: Vec<FieldId>,
    asked: FieldSet,
    /// A field whose absence counts, too, where another record read with it has it.
    absent_in_set: Option<FieldId>,
}

impl When {
    pub(super) fn read(table: &mut Table<'_>, (names, reach): (Names<'_>, &Reach<'_>)) -> Result<Self, Misfit> {
        let node = table.any("when").ok_or_else(|| Misfit::at(table.node(), "`when` is missing here"))?;
        let condition = names.read(node)?;
        if condition.holds_for_nothing() {
            return Err(Misfit::at(node, "this condition holds for a record that has nothing: it would always fire")
                .help("name a field that must be there"));
        }
        reach.need(&condition, node)?;
        let related = table.texts("related")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let related = related.collect::<Result<_, _>>()?;
        let mut asked = FieldSet::default();
        condition.fields(&mut |field| asked.insert(field));
        let absent_in_set = table.any("absent-in-set").map(|node| {
            let name = crate::document::text("absent-in-set", node)?;
            names.fields.need(name, node)
        });
        Ok(Self { condition, related, asked, absent_in_set: absent_in_set.transpose()? })
    }

    /// The fields that it asks for.
    pub(super) fn fields(&self, visit: &mut dyn FnMut(FieldId)) {
        self.condition.fields(visit);
    }

    /// A finding can have other values that belong to it.
    pub(super) fn has_related(&self) -> bool {
        !self.related.is_empty() || self.condition.compares_fields()
    }

    /// It looks at a record in the company of others.
    pub(super) fn is_of_set(&self) -> bool {
        self.absent_in_set.is_some()
    }

    /// What the record says of the field whose absence counts only in company.
    #[inline]
    pub(super) fn set_fact(&self, record: &Record<'_>) -> Option<SetFact> {
        let field = self.absent_in_set?;
        if record.fields.has(field) {
            return Some(SetFact::Seen);
        }
        self.condition.holds(record.fields).is_none().then_some(SetFact::Lacking)
    }

    /// What is found in a record that lacks the field, where another has it.
    pub(super) fn lacking_in_set(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        let field = self.absent_in_set?;
        let pointer = record.pointer_to_absent(field)?;
        let mut raw = Raw::new(rule, At::Absent { anchor: record.anchor(), pointer });
        raw.field = Some(field);
        raw.detail = Detail::Said { variant: Some("absent-in-set"), reason: String::new(), remedy: None };
        Some(raw)
    }

    pub(super) fn run(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        let fields = record.fields;
        if !fields.has_any(&self.asked) {
            return None;
        }
        let witness = self.condition.holds(fields)?;
        let value = fields.value(witness.value?)?;
        let mut raw = Raw::new(rule, At::Node(value.hit.node));
        raw.field = Some(value.hit.field);
        raw.related.extend(witness.other.and_then(|other| fields.value(other)).map(|other| other.hit.node));
        let related = self.related.iter().filter_map(|field| fields.first(*field)).map(|value| value.hit.node);
        raw.related.extend(related.filter(|node| *node != value.hit.node));
        Some(raw)
    }
}
