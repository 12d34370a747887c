//! The same value stands twice in one field.

use crate::document::{Kind, Misfit, NodeRef, Table};
use crate::format::{FieldId, FieldTable, FieldValue};

use super::condition::same_term;
use super::{At, Raw, Record, RecordCheck, RuleId};

/// Fields in which no value should stand twice.
#[derive(Debug)]
pub(crate) struct Repeated {
    fields: Vec<FieldId>,
}

impl Repeated {
    pub(super) fn read(table: &mut Table<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let of = table.texts("of")?.into_iter().map(|(name, node)| fields.need(name, node));
        let of: Vec<_> = of.collect::<Result<_, _>>()?;
        if of.is_empty() {
            return Err(Misfit::at(table.node(), "`of` says in which fields no value may stand twice"));
        }
        Ok(Self { fields: of })
    }
}

impl RecordCheck for Repeated {
    fn fields(&self) -> Vec<FieldId> {
        self.fields.clone()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for field in &self.fields {
            if Marks::have_all_one_value_each(record.fields.values(*field)) {
                continue;
            }
            repeated(rule, *field, record.fields.values(*field).collect(), found);
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// What tells most values apart without comparing them: a bit for each, by its length and some of its bytes.
#[derive(Default)]
struct Marks([u64; 8]);

impl Marks {
    fn have_all_one_value_each<'a>(values: impl Iterator<Item = FieldValue<'a>>) -> bool {
        let mut marks = Self::default();
        for value in values {
            let bytes = value.text().trim().as_bytes();
            let at = |place: usize| bytes.get(place).map_or(0, |byte| usize::from(byte | 0x20));
            let length = bytes.len();
            let mark = length + at(0) * 5 + at(length / 2) * 11 + at(length / 3) * 23 + at(length.saturating_sub(1)) * 47;
            let (word, bit) = ((mark / 64) % 8, mark % 64);
            if marks.0[word] & 1 << bit != 0 {
                return false;
            }
            marks.0[word] |= 1 << bit;
        }
        true
    }
}

/// Values that stand twice, though some may only have looked alike.
#[cold]
fn repeated(rule: RuleId, field: FieldId, values: Vec<FieldValue<'_>>, found: &mut Vec<Raw>) {
    let mut order: Vec<_> = values.iter().map(|value| (value.text().trim().to_lowercase(), value)).collect();
    // In the order of the record among those that are alike.
    order.sort_by(|left, right| left.0.cmp(&right.0));
    for alike in order.chunk_by(|left, right| left.0 == right.0).filter(|alike| alike.len() > 1) {
        let mut first: Vec<(&FieldValue<'_>, Option<usize>)> = Vec::new();
        for (_, value) in alike {
            let Some((known, said)) = first.iter_mut().find(|(known, _)| same_beside(known.node, value.node)) else {
                first.push((value, None));
                continue;
            };
            // A third is told with the second.
            if let Some(earlier) = said.and_then(|said| found.get_mut(said)) {
                earlier.related.push(value.hit.node);
                continue;
            }
            let mut raw = Raw::new(rule, At::Node(value.hit.node));
            raw.field = Some(field);
            raw.related.push(known.hit.node);
            *said = Some(found.len());
            found.push(raw);
        }
    }
}

/// What stands beside two values in their objects is the same, as far as it is text: the same word may stand there in two
/// languages, or by two schemes.
fn same_beside(left: NodeRef<'_>, right: NodeRef<'_>) -> bool {
    let object = |node: &NodeRef<'_>| node.kind() == Kind::Object;
    let [left, right] = [left, right].map(|node| node.parent().map(|(parent, _)| parent).filter(object));
    let (Some(left), Some(right)) = (left, right) else { return true };
    let within = |one: NodeRef<'_>, other: NodeRef<'_>| {
        one.members().filter(|(_, value)| value.kind() == Kind::String).all(|(key, value)| {
            let same = |(known, other): (NodeRef<'_>, NodeRef<'_>)| {
                known.raw_text() == key.raw_text() && same_term(other.plain(), value.plain())
            };
            other.members().any(same)
        })
    };
    within(left, right) && within(right, left)
}
