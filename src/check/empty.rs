//! A value is there and says nothing: `""`, or white space alone.

use crate::document::{Kind, Misfit, Table};
use crate::format::{FieldId, FieldTable};

use super::{At, Raw, Record, RecordCheck, RuleId};

/// Fields of which no value may be a blank text. Null, `[]` and `{}` are what systems write for "not given".
#[derive(Debug)]
pub(crate) struct Empty {
    fields: Vec<FieldId>,
}

impl Empty {
    pub(super) fn read(table: &mut Table<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let of = table.texts("of")?.into_iter().map(|(name, node)| fields.need(name, node));
        let of: Vec<_> = of.collect::<Result<_, _>>()?;
        if of.is_empty() {
            return Err(Misfit::at(table.node(), "`of` says in which fields no value may be blank"));
        }
        Ok(Self { fields: of })
    }
}

impl RecordCheck for Empty {
    fn fields(&self) -> Vec<FieldId> {
        self.fields.clone()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        if !record.fields.has_blanks() {
            return;
        }
        let first = found.len();
        for field in &self.fields {
            for value in record.fields.all(*field) {
                let at = At::Node(value.hit.node);
                let blank = value.hit.blank && value.node.kind() == Kind::String;
                // One value can be of two fields.
                if blank && found[first..].iter().all(|known| known.at != at) {
                    let mut raw = Raw::new(rule, at);
                    raw.field = Some(*field);
                    found.push(raw);
                }
            }
        }
    }
}
