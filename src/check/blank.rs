//! An entry is there and is nobody: `""`, null, `{}`, or only blank names.

use crate::document::Kind;
use crate::few::FewMap;
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
        let mut names = None;
        for entry in record.fields.all(self.field) {
            if let Some(node) = self.blank(&entry, record, &mut names) {
                let mut raw = Raw::new(rule, At::Node(node));
                raw.field = Some(self.field);
                found.push(raw);
            }
        }
    }

    /// The node to show if the entry is nobody: its one blank name, else the entry. The names of all entries are gathered
    /// for the first that is nobody.
    #[inline]
    fn blank(&self, entry: &FieldValue<'_>, record: &Record<'_>, names: &mut Option<Names>) -> Option<u32> {
        let own = entry.hit.node;
        match entry.node.kind() {
            Kind::Null => Some(own),
            Kind::String => entry.hit.blank.then_some(own),
            Kind::Object if !entry.hit.somebody => {
                let names = names.get_or_insert_with(|| self.names(record));
                match names.entry(entry.number) {
                    (Some(name), 1) => Some(*name),
                    _ => Some(own),
                }
            }
            _ => None,
        }
    }

    #[cold]
    fn names(&self, record: &Record<'_>) -> Names {
        let mut names = Names::default();
        for name in self.core.iter().flat_map(|field| record.fields.all(*field)) {
            let (first, count) = names.entry(name.hit.entry);
            first.get_or_insert(name.hit.node);
            *count += 1;
        }
        names
    }
}

/// By the number of an entry: the first of its names, and how many it has.
type Names = FewMap<u32, (Option<u32>, usize)>;
