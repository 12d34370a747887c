//! An entry is there and is nobody: `""`, null, `{}`, or only blank names.

use crate::document::{Kind, NodeRef};
use crate::format::{FieldId, FieldTable, FieldValue};

use super::{At, Raw, Record, RuleId};

/// An entry field whose entries must be somebody.
#[derive(Debug)]
pub(crate) struct Blank {
    field: FieldId,
    /// The entry's fields that make it somebody.
    core: Vec<FieldId>,
}

impl Blank {
    pub(super) fn new(field: FieldId, fields: &FieldTable) -> Self {
        let core = fields.iter().filter(|(_, part)| part.entry == Some(field) && part.core).map(|(id, _)| id).collect();
        Self { field, core }
    }

    pub(super) fn field(&self) -> FieldId {
        self.field
    }

    #[inline(never)]
    pub(super) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for entry in record.fields.all(self.field) {
            if let Some(node) = self.blank(&entry, record) {
                let mut raw = Raw::new(rule, At::Node(node.index));
                raw.field = Some(self.field);
                found.push(raw);
            }
        }
    }

    /// The node to show if the entry is nobody: its one blank name, else the entry.
    #[inline]
    fn blank<'a>(&self, entry: &FieldValue<'a>, record: &Record<'a>) -> Option<NodeRef<'a>> {
        match entry.node.kind() {
            Kind::Null => Some(entry.node),
            Kind::String => entry.hit.blank.then_some(entry.node),
            Kind::Object if !entry.hit.somebody => {
                let names = self.core.iter().flat_map(|field| record.fields.all(*field));
                let mut names = names.filter(|name| name.hit.entry == entry.number);
                match (names.next(), names.next()) {
                    (Some(name), None) => Some(name.node),
                    _ => Some(entry.node),
                }
            }
            _ => None,
        }
    }
}
