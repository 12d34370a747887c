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
        let mut terms = self.terms.iter();
        let term = terms.find_map(|field| fields.values(*field).find(|value| self.whole.has(value.text())));
        term.or_else(|| {
            let mut texts = self.texts.iter();
            texts.find_map(|field| fields.values(*field).find(|value| self.is_marked(value.text())))
        })
    }

    /// A mark stands in brackets at an end of the text, or in capitals before it: "Obsolete: a history" is a title.
    fn is_marked(&self, text: &str) -> bool {
        let text = trimmed(text);
        let is_one_of = |byte: Option<&u8>, brackets: [u8; 2]| byte.is_some_and(|byte| brackets.contains(byte));
        let (first, last) = (is_one_of(text.as_bytes().first(), *b"[("), is_one_of(text.as_bytes().last(), *b"])"));
        if self.firsts & first_letter(text) == 0 && !first && !last {
            return false;
        }
        let inner = text.trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
        let begins = first_letter(inner);
        self.marks.iter().any(|mark| {
            let starts = first_letter(mark) == begins
                && inner.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
            let end = inner.len().saturating_sub(mark.len());
            let ends = last && inner.get(end..).is_some_and(|end| end.eq_ignore_ascii_case(mark));
            if !starts && !ends {
                return false;
            }
            let rest = inner.get(mark.len()..).unwrap_or_default();
            let (before, written) = (inner.get(..end).unwrap_or_default(), inner.get(..mark.len()).unwrap_or_default());
            let set_off = rest.trim_start().starts_with(['-', '–', '—', ':', '.', '*']);
            first && starts && rest.starts_with([']', ')'])
                || ends && before.ends_with(['[', '('])
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
