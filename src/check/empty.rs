//! A value is there and says nothing: `""`, or white space alone.

use crate::document::{Kind, Misfit, Table};
use crate::few::FewMap;
use crate::format::FieldId;

use super::condition::Condition;
use super::condition_text::Names;
use super::{At, Raw, Record, RecordCheck, RuleId};

/// Fields of which no value may be a blank text. Null, `[]` and `{}` are what systems write for "not given".
#[derive(Debug)]
pub(crate) struct Empty {
    fields: Vec<FieldId>,
    /// Nothing is said of a record for which this holds.
    unless: Option<Condition>,
}

impl Empty {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let of = table.texts("of")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let of: Vec<_> = of.collect::<Result<_, _>>()?;
        if of.is_empty() {
            return Err(Misfit::at(table.node(), "`of` says in which fields no value may be blank"));
        }
        let unless = table.any("unless").map(|node| names.read(node)).transpose()?;
        Ok(Self { fields: of, unless })
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
        if self.unless.as_ref().is_some_and(|unless| unless.holds(record.fields).is_some()) {
            return;
        }
        let mut known: FewMap<u32, bool> = FewMap::default();
        for field in &self.fields {
            for value in record.fields.all(*field) {
                let blank = value.hit.blank && value.node.kind() == Kind::String;
                // One value can be of two fields.
                if blank && !std::mem::replace(known.entry(value.hit.node), true) {
                    let mut raw = Raw::new(rule, At::Node(value.hit.node));
                    raw.field = Some(*field);
                    found.push(raw);
                }
            }
        }
    }
}
