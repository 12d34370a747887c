//! A condition holds that must not.

use crate::document::{Misfit, NodeRef, Table};
use crate::format::{FieldId, FieldSet};

use super::condition::{Condition, Witness};
use super::condition_text::Names;
use super::reach::Reach;
use super::{At, Detail, Raw, Record, RuleId, SetFact};

/// A condition that must not hold: the finding stands at the value that makes it true.
#[derive(Debug)]
pub(crate) struct When {
    condition: Condition,
    /// Fields whose values belong to it.
    related: Vec<FieldId>,
    /// There must be some field of each of these.
    needs: Vec<FieldSet>,
    /// What must hold besides; the value that makes it hold belongs to it, too.
    against: Option<Condition>,
    /// It depends on the day by which records are judged.
    of_today: bool,
    /// A field whose absence counts, too, where another record read with it has it.
    absent_in_set: Option<FieldId>,
}

impl When {
    pub(super) fn read(table: &mut Table<'_>, (names, reach): (Names<'_>, &Reach<'_>)) -> Result<Self, Misfit> {
        let node = table.any("when").ok_or_else(|| Misfit::at(table.node(), "`when` is missing here"))?;
        let condition = names.read(node)?;
        Self::of(condition, node, table, (names, reach))
    }

    /// The check of a condition that stands at `node`, with what the rest of the table says.
    pub(super) fn of(
        condition: Condition,
        node: NodeRef<'_>,
        table: &mut Table<'_>,
        (names, reach): (Names<'_>, &Reach<'_>),
    ) -> Result<Self, Misfit> {
        if condition.holds_for_nothing() {
            return Err(Misfit::at(node, "this condition holds for a record that has nothing: it would always fire")
                .help("name a field that must be there"));
        }
        reach.need(&condition, node)?;
        let related = table.texts("related")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let related = related.collect::<Result<_, _>>()?;
        let mut asked = FieldSet::default();
        condition.fields(&mut |field| asked.insert(field));
        let mut needs = condition.needs(names.fields);
        if needs.is_empty() {
            needs.push(asked);
        }
        let absent_in_set = table.any("absent-in-set").map(|node| {
            let name = crate::document::text("absent-in-set", node)?;
            names.fields.need(name, node)
        });
        let against = table.any("against").map(|node| names.read(node)).transpose()?;
        let of_today = condition.asks_for_today() || against.as_ref().is_some_and(Condition::asks_for_today);
        Ok(Self { condition, related, needs, against, of_today, absent_in_set: absent_in_set.transpose()? })
    }

    /// The fields that it asks for.
    pub(super) fn fields(&self, visit: &mut dyn FnMut(FieldId)) {
        self.condition.fields(visit);
    }

    /// A finding can have other values that belong to it.
    pub(super) fn has_related(&self) -> bool {
        !self.related.is_empty() || self.against.is_some() || self.condition.compares_fields()
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

    #[inline]
    pub(super) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        if self.needs.iter().all(|needed| record.fields.has_any(needed)) {
            self.look(rule, record, found);
        }
    }

    #[inline(never)]
    fn look(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        if self.of_today && record.fields.today().is_none() {
            return;
        }
        if let Some(witness) = self.condition.holds(record.fields) {
            found.extend(self.find(rule, record, witness));
        }
    }

    /// What to say where the condition holds: it may take another one besides.
    #[cold]
    fn find(&self, rule: RuleId, record: &Record<'_>, witness: Witness) -> Option<Raw> {
        let fields = record.fields;
        let against = match &self.against {
            None => None,
            Some(against) => against.holds(fields)?.value,
        };
        let value = fields.value(witness.value?)?;
        let mut raw = Raw::new(rule, At::Node(value.hit.node));
        raw.field = Some(value.hit.field);
        let others = [witness.other, against].into_iter().flatten().filter_map(|other| fields.value(other));
        raw.related.extend(others.map(|other| other.hit.node).filter(|node| *node != value.hit.node));
        let related = self.related.iter().filter_map(|field| fields.first(*field)).map(|value| value.hit.node);
        for node in related.filter(|node| *node != value.hit.node) {
            if !raw.related.contains(&node) {
                raw.related.push(node);
            }
        }
        Some(raw)
    }
}
