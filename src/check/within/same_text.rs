//! A value is another value over again: an abstract that is only the title.

use crate::document::{Misfit, Table};
use crate::format::FieldId;
use crate::value::name::folded;

use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};

/// A field whose values should not be those of another.
#[derive(Debug)]
pub(crate) struct SameText {
    of: Vec<FieldId>,
    as_in: Vec<FieldId>,
}

impl SameText {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        Ok(Self { of: super::fields_of(table, "of", names)?, as_in: super::fields_of(table, "as-in", names)? })
    }
}

impl RecordCheck for SameText {
    fn fields(&self) -> Vec<FieldId> {
        self.of.clone()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        for field in self.of.iter().filter(|field| fields.has(**field)) {
            for value in fields.values(*field) {
                let text = value.text();
                let mut models = self.as_in.iter();
                let same = models.find_map(|model| fields.values(*model).find(|model| is_same(text, model.text())));
                if let Some(model) = same {
                    found.push(super::finding(rule, value.hit.node, *field, vec![model.hit.node]));
                }
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// The same letters and digits. What is much longer is told by that alone.
fn is_same(text: &str, model: &str) -> bool {
    const MARKUP: usize = 40;
    text.len() <= 2 * model.len() + MARKUP && {
        let (plain, model) = (without_tags(text), folded(model));
        let mut letters = plain.flat_map(folded).peekable();
        letters.peek().is_some() && letters.eq(model)
    }
}

/// The parts of a text between tags.
fn without_tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').enumerate().map(|(number, part)| match part.split_once('>') {
        Some((tag, rest))
            if number > 0 && tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            rest
        }
        _ => part,
    })
}
