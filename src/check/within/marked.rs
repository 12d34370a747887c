//! A text says in its own words what a field of the record should say: "SUPERSEDED - Snow depth".

use crate::document::{Misfit, Table};
use crate::format::{FieldId, FieldValue, Fields};

use super::super::condition::Condition;
use super::super::condition_text::Names;
use super::super::terms::{TermSet, first_letter};
use super::super::{Raw, Record, RecordCheck, RuleId};
use crate::value::name::trimmed;

/// Words that mark a record, where they stand, and what makes them needless.
#[derive(Debug)]
pub(crate) struct Marked {
    /// Fields whose values are such a word alone.
    terms: Vec<FieldId>,
    /// Fields whose values have such a word before or behind them, set off from the text.
    texts: Vec<FieldId>,
    marks: Vec<Box<str>>,
    /// The same, for whole values.
    whole: TermSet,
    /// How they begin.
    firsts: u32,
    unless: Option<Condition>,
}

impl Marked {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let of = |list: Vec<(&str, crate::document::NodeRef<'_>)>| {
            list.into_iter().map(|(name, node)| names.fields.need(name, node)).collect::<Result<Vec<_>, _>>()
        };
        let marks: Vec<Box<str>> = table.texts("marks")?.into_iter().map(|(text, _)| text.into()).collect();
        let check = Self {
            terms: of(table.texts("terms")?)?,
            texts: of(table.texts("texts")?)?,
            whole: TermSet::new(marks.clone()),
            firsts: marks.iter().fold(0, |firsts, mark| firsts | first_letter(mark)),
            marks,
            unless: table.any("unless").map(|node| names.read(node)).transpose()?,
        };
        if check.marks.is_empty() || check.fields().is_empty() {
            return Err(Misfit::at(
                table.node(),
                "`marks` are the words, and `terms` or `texts` the fields they stand in",
            ));
        }
        Ok(check)
    }

    /// The first value that is a mark or has one.
    fn marked<'a>(&self, fields: Fields<'a>) -> Option<FieldValue<'a>> {
        let values = |list: &[FieldId], is: &dyn Fn(&str) -> bool| {
            let mut there = list.iter().filter(|field| fields.has(**field));
            there.find_map(|field| fields.values(*field).find(|value| is(value.text())))
        };
        values(&self.terms, &|text| self.whole.has(text)).or_else(|| values(&self.texts, &|text| self.is_marked(text)))
    }

    /// A mark stands in brackets at an end of the text, or in capitals before it: "Obsolete: a history" is a title.
    fn is_marked(&self, text: &str) -> bool {
        let text = trimmed(text);
        if self.firsts & first_letter(text) == 0 && !text.starts_with(['[', '(']) && !text.ends_with([']', ')']) {
            return false;
        }
        let (first, last) = (text.starts_with(['[', '(']), text.ends_with([']', ')']));
        let begins = |mark: &str| {
            let letter = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
            letter(mark) == letter(text)
        };
        self.marks.iter().filter(|mark| first || last || begins(mark)).any(|mark| {
            let inner = text.trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
            let starts = inner.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
            let end = inner.len().saturating_sub(mark.len());
            let ends = inner.get(end..).is_some_and(|end| end.eq_ignore_ascii_case(mark));
            let rest = inner.get(mark.len()..).unwrap_or_default();
            let (before, written) = (inner.get(..end).unwrap_or_default(), inner.get(..mark.len()).unwrap_or_default());
            let set_off = rest.trim_start().starts_with(['-', '–', '—', ':', '.', '*']);
            first && starts && rest.starts_with([']', ')'])
                || last && ends && before.ends_with(['[', '('])
                || starts && set_off && is_shouted(written) && !is_shouted(rest)
        })
    }
}

impl RecordCheck for Marked {
    fn fields(&self) -> Vec<FieldId> {
        self.terms.iter().chain(&self.texts).copied().collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        let Some(value) = self.marked(fields) else { return };
        if self.unless.as_ref().is_none_or(|unless| unless.holds(fields).is_none()) {
            found.push(super::finding(rule, value.hit.node, value.hit.field, Vec::new()));
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// In capitals throughout.
fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}
