//! Persons of a list lack a part that is demanded of each: an affiliation.

use crate::document::{Misfit, Table, push_token};
use crate::few::FewMap;
use crate::format::FieldId;

use super::super::condition::Condition;
use super::super::condition_text::Names;
use super::super::terms::TermSet;
use super::super::{Anchor, At, Raw, Record, RecordCheck, RuleId};

/// A part that each person of a list should have.
#[derive(Debug)]
pub(crate) struct Lacking {
    entry: FieldId,
    part: FieldId,
    /// Parts of which any says that the entry is somebody.
    core: Vec<FieldId>,
    /// The kind of name, and its values for those of whom the part is not demanded.
    kind: Option<FieldId>,
    except: TermSet,
    unless: Option<Condition>,
}

impl Lacking {
    pub(super) fn read(table: &mut Table<'_>, field: Option<FieldId>, names: Names<'_>) -> Result<Self, Misfit> {
        let part = field.ok_or_else(|| Misfit::at(table.node(), "the rule's `field` is the part that is demanded"))?;
        let Some(entry) = names.fields.get(part).entry else {
            return Err(Misfit::at(table.node(), "the rule's `field` is no part of an entry"));
        };
        let kind =
            table.any("kind-of-name").map(|node| names.fields.need(crate::document::text("kind-of-name", node)?, node));
        let core = names.fields.iter().filter(|(_, field)| field.entry == Some(entry) && field.core).map(|(id, _)| id);
        Ok(Self {
            entry,
            part,
            core: core.collect(),
            kind: kind.transpose()?,
            except: TermSet::new(table.texts("except")?.into_iter().map(|(text, _)| text.into()).collect()),
            unless: table.any("unless").map(|node| names.read(node)).transpose()?,
        })
    }
}

impl RecordCheck for Lacking {
    fn fields(&self) -> Vec<FieldId> {
        std::iter::once(self.part).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        if !fields.has(self.entry) || self.unless.as_ref().is_some_and(|unless| unless.holds(fields).is_some()) {
            return;
        }
        let mut parts = fields.all(self.part).peekable();
        let mut kinds = self.kind.map(|kind| fields.all(kind).peekable());
        let mut first = None;
        let (mut lacking, mut given) = (Vec::new(), false);
        for entry in fields.all(self.entry).filter(|entry| entry.hit.somebody) {
            while parts.next_if(|part| part.hit.entry < entry.number).is_some() {}
            let mut has = false;
            while let Some(part) = parts.next_if(|part| part.hit.entry == entry.number) {
                has |= !part.hit.blank;
            }
            let kind = kinds.as_mut().and_then(|kinds| {
                while kinds.next_if(|kind| kind.hit.entry < entry.number).is_some() {}
                kinds.next_if(|kind| kind.hit.entry == entry.number)
            });
            let is_person = !kind.is_some_and(|kind| self.except.has(kind.text()));
            given |= has && is_person;
            if !has && is_person {
                if first.is_none() {
                    first = Some(entry);
                } else {
                    lacking.push(entry.number);
                }
            }
        }
        let Some(first) = first else { return };
        let mut names: FewMap<u32, Option<u32>> = FewMap::default();
        for name in self.core.iter().flat_map(|core| fields.all(*core)) {
            names.entry(name.hit.entry).get_or_insert(name.hit.node);
        }
        let mut name_of = |number: u32| *names.entry(number);
        let pointer = record.carrier.key_of(self.part).map(|key| {
            let mut pointer = first.node.pointer();
            push_token(&mut pointer, &key);
            pointer
        });
        let anchor = Anchor::Node(name_of(first.number).unwrap_or(first.node.index));
        let mut raw = super::finding(rule, first.node.index, self.part, Vec::new());
        raw.at = pointer.map_or(At::Node(first.node.index), |pointer| At::Absent { anchor, pointer });
        raw.related = lacking.into_iter().filter_map(name_of).collect();
        found.push(if given { super::variant(raw, "some") } else { raw });
    }

    fn has_related(&self) -> bool {
        true
    }
}
