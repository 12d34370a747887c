//! A year that none of other dates has: a publication year beside dates of publication.

use crate::document::{Misfit, Table};
use crate::format::{FieldId, FieldValue, Meaning};
use crate::value::date::{Date, Point};

use super::condition_text::Names;
use super::{At, Detail, Raw, Record, RecordCheck, RuleId};

/// A field whose year some date of others must have.
#[derive(Debug)]
pub(crate) struct Years {
    field: FieldId,
    /// The dates of which one must be in that year. Only where the first of these is given is anything judged.
    none_of: Vec<FieldId>,
}

impl Years {
    pub(super) fn read(table: &mut Table<'_>, field: FieldId, names: Names<'_>) -> Result<Self, Misfit> {
        let none_of = table.texts("none-of")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let none_of: Vec<_> = none_of.collect::<Result<_, _>>()?;
        if none_of.is_empty() {
            return Err(Misfit::at(table.node(), "`none-of` names the fields of which one has to be of the same year"));
        }
        Ok(Self { field, none_of })
    }

    fn find(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        let fields = record.fields;
        let first = *self.none_of.first()?;
        if !fields.has(self.field) || !fields.has(first) {
            return None;
        }
        let value = fields.first(self.field)?;
        let year = date(&value)?.year()?;
        let mut nearest = i32::MAX;
        for (other, of_first) in self.none_of.iter().flat_map(|field| {
            let of_first = *field == first;
            fields.values(*field).map(move |value| (value, of_first))
        }) {
            // What is no date may have been meant for this year.
            let Some(other) = date(&other) else {
                if of_first {
                    return None;
                }
                continue;
            };
            let away = years_between(year, &other);
            if away == 0 {
                return None;
            }
            if of_first {
                nearest = nearest.min(away);
            }
        }
        let mut raw = Raw::new(rule, At::Node(value.hit.node));
        raw.field = Some(self.field);
        raw.related = fields.values(first).map(|value| value.hit.node).collect();
        let variant = (nearest == 1).then_some("one-apart");
        raw.detail = Detail::Said { variant, reason: String::new(), remedy: None };
        Some(raw)
    }
}

impl RecordCheck for Years {
    fn fields(&self) -> Vec<FieldId> {
        vec![self.field]
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        found.extend(self.find(rule, record));
    }

    fn has_related(&self) -> bool {
        true
    }
}

fn date(value: &FieldValue<'_>) -> Option<Date> {
    match value.meaning() {
        Meaning::Date(date) => Some(date),
        _ => None,
    }
}

/// How many years a date lies before or after a year; 0 if it has the year in it.
fn years_between(year: i32, date: &Date) -> i32 {
    let before = |end: Point| year.saturating_sub(end.year).max(0);
    let after = |start: Point| start.year.saturating_sub(year).max(0);
    date.end().map_or(0, before).max(date.start().map_or(0, after))
}
