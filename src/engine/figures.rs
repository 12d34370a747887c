//! Statistics while they grow: examples by rule, fields by format, groups by value. Bounded, whatever the input.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::check::{Record, RuleId};
use crate::finding::Severity;
use crate::format::{Collections, FieldId, FieldKind, FieldSet, Format, Meaning};
use crate::report::{
    Example, FieldStatistics, FormatStatistics, GroupKind, GroupRule, GroupStatistics, RecordReport, RuleStatistics,
    Share, Statistics,
};
use crate::value::{shortened, visible};

use super::judge::Outcome;
use super::setup::Setup;
use super::tally::Tally;

/// How many examples a rule has.
const EXAMPLES: usize = 3;
/// How many values have a group of their own: the first in the order of the input.
const MOST_GROUPS: usize = 10_000;

/// The record that is about to be told of.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    present: FieldSet,
    /// The value that makes its group.
    value: Option<Box<str>>,
}

impl Seen {
    /// Takes down what is needed of a record that is to be grouped by the first value of `group_by`.
    pub(crate) fn of(record: &Record<'_>, group_by: Option<FieldId>, collections: &Collections) -> Self {
        let is_collection = group_by.is_some() && group_by == record.table.known().collection;
        let value = group_by.and_then(|field| group_of(record, field));
        let value = value.map(|value| if is_collection { collections.name(&value).into() } else { value.into() });
        Self { present: record.fields.present(), value }
    }
}

/// The value by which a record is grouped: of a date the year, of an entry its name, else the first value itself.
fn group_of<'r>(record: &Record<'r>, field: FieldId) -> Option<Cow<'r, str>> {
    let value = record.fields.first(field)?;
    let mut of_entry = record.table.iter().filter(|(_, part)| part.entry == Some(field) && part.core);
    Some(match record.table.get(field).kind {
        FieldKind::Date => match value.meaning() {
            Meaning::Date(date) => date.year().map_or("(no year)".into(), |year| year.to_string().into()),
            _ => "(no date)".into(),
        },
        FieldKind::Entry if value.node.is_container() => {
            of_entry.find_map(|(part, _)| record.fields.first(part))?.text().into()
        }
        // An object where a text is expected says nothing.
        _ if value.node.is_container() => return None,
        _ => value.text().into(),
    })
}

/// The first records that have a rule.
#[derive(Debug)]
struct Examples {
    rule: RuleId,
    first: Vec<Example>,
    /// The report from which the last one is.
    last: u64,
}

/// How many of a format's records have each field.
#[derive(Debug)]
struct OfFormat {
    format: usize,
    records: u64,
    fields: Box<[u64]>,
}

/// Records with one value.
#[derive(Debug, Default)]
struct Group {
    key: u64,
    value: Box<str>,
    tally: Tally,
}

/// Statistics of a stretch of records, or of all.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    reports: u64,
    examples: Vec<Examples>,
    formats: Vec<OfFormat>,
    /// Records that have the field by which they are grouped, in the order in which values first came.
    groups: Vec<Group>,
    places: HashMap<u64, usize>,
    /// Records with values for which there was no group of their own.
    others: Tally,
    /// Records that lack the field.
    without: Tally,
}

impl Figures {
    /// Counts one judgement.
    pub(crate) fn add(&mut self, seen: &Seen, outcome: Outcome<'_>, report: Option<&RecordReport<'_>>) {
        match outcome {
            Outcome::Record { format, .. } => {
                self.fields(format, &seen.present);
                self.group(seen).add(outcome, report, None);
            }
            Outcome::ByOwnSchema => self.without.add(outcome, report, None),
            // What is of no known format is of no group.
            _ => {}
        }
        self.examples(report);
    }

    /// Counts what is found out later of a record whose worst finding was `before`.
    pub(crate) fn add_later(&mut self, seen: &Seen, before: Option<Severity>, report: &RecordReport<'_>) {
        self.group(seen).add_later(before, report, None);
        self.examples(Some(report));
    }

    fn examples(&mut self, report: Option<&RecordReport<'_>>) {
        self.reports += 1;
        for reported in report.into_iter().flat_map(|report| &report.reported) {
            let finding = &reported.finding;
            let reports = self.reports;
            let examples = self.examples_of(reported.rule);
            if examples.first.len() < EXAMPLES && examples.last != reports {
                examples.last = reports;
                let id = finding.record.as_ref().and_then(|record| record.id.as_deref());
                let id = id.map(|id| shortened(id).into());
                examples.first.push(Example { path: Arc::clone(&finding.path), line: finding.start.line, id });
            }
        }
    }

    fn examples_of(&mut self, rule: RuleId) -> &mut Examples {
        let known = self.examples.iter().position(|known| known.rule == rule).unwrap_or_else(|| {
            self.examples.push(Examples { rule, first: Vec::new(), last: 0 });
            self.examples.len() - 1
        });
        &mut self.examples[known]
    }

    fn of_format(&mut self, format: usize, fields: usize) -> &mut OfFormat {
        let known = self.formats.iter().position(|known| known.format == format).unwrap_or_else(|| {
            self.formats.push(OfFormat { format, records: 0, fields: vec![0; fields].into() });
            self.formats.len() - 1
        });
        &mut self.formats[known]
    }

    fn fields(&mut self, format: &Format, present: &FieldSet) {
        let of_format = self.of_format(format.number, FieldSet::MOST);
        of_format.records += 1;
        present.iter().for_each(|field| of_format.fields[field.index()] += 1);
    }

    fn group(&mut self, seen: &Seen) -> &mut Tally {
        let Some(value) = &seen.value else { return &mut self.without };
        let value = one_line(value);
        self.group_of(xxh3_64(value.as_bytes()), || shortened(&value).into())
    }

    /// The group of a value; that of all others where there are too many.
    fn group_of(&mut self, key: u64, value: impl FnOnce() -> Box<str>) -> &mut Tally {
        if let Some(known) = self.places.get(&key) {
            return &mut self.groups[*known].tally;
        }
        let number = self.groups.len();
        if number == MOST_GROUPS {
            return &mut self.others;
        }
        self.places.insert(key, number);
        self.groups.push(Group { key, value: value(), tally: Tally::default() });
        &mut self.groups[number].tally
    }

    /// Takes the findings out again: the one there is is said only once a source.
    pub(crate) fn forget_findings(&mut self) {
        self.examples.clear();
        let tallies = self.groups.iter_mut().map(|group| &mut group.tally);
        tallies.chain([&mut self.others, &mut self.without]).for_each(Tally::forget_findings);
    }

    /// Adds what comes after it in the order of the input.
    pub(crate) fn extend(&mut self, after: Self) {
        for more in after.examples {
            let examples = self.examples_of(more.rule);
            let room = EXAMPLES - examples.first.len();
            examples.first.extend(more.first.into_iter().take(room));
        }
        for more in after.formats {
            let of_format = self.of_format(more.format, more.fields.len());
            of_format.records += more.records;
            of_format.fields.iter_mut().zip(more.fields).for_each(|(count, more)| *count += more);
        }
        for Group { key, value, tally } in after.groups {
            self.group_of(key, || value).extend(&tally);
        }
        self.others.extend(&after.others);
        self.without.extend(&after.without);
    }

    /// The statistics of a run that came to this and to `tally`.
    pub(crate) fn statistics(self, tally: &Tally, setup: &Setup, group_by: Option<FieldId>) -> Statistics {
        let values = tally.values();
        let mut rules: Vec<_> = tally
            .by_rule()
            .iter()
            .map(|found| {
                let rule = setup.catalogue.rule(found.rule);
                let examples = self.examples.iter().find(|examples| examples.rule == found.rule);
                RuleStatistics {
                    rule: Arc::clone(&rule.name),
                    category: rule.category,
                    severity: found.gravest(),
                    findings: found.total(),
                    records: found.records(),
                    share: Share::new(found.records(), values),
                    examples: examples.map(|examples| examples.first.clone()).unwrap_or_default(),
                }
            })
            .collect();
        rules.sort_by(|left, right| {
            let order = (right.records, right.findings).cmp(&(left.records, left.findings));
            order.then_with(|| left.rule.cmp(&right.rule))
        });
        let mut fields: Vec<_> = self.formats.iter().map(|of_format| of_format.statistics(setup)).collect();
        fields.sort_by(|left, right| right.records.cmp(&left.records).then_with(|| left.format.cmp(&right.format)));
        let field = group_by.map(|field| Arc::clone(&setup.catalogue.formats.fields.get(field).name));
        let groups = if group_by.is_some() { self.group_statistics(tally, setup) } else { Vec::new() };
        let most_groups = field.is_some().then_some(MOST_GROUPS);
        Statistics { records: values, rules, fields, group_by: field, groups, most_groups }
    }

    /// The groups, the largest first.
    fn group_statistics(&self, all: &Tally, setup: &Setup) -> Vec<GroupStatistics> {
        let all = all.classes().iter().sum();
        let own = self.groups.iter().map(|group| (&*group.value, GroupKind::Value, &group.tally));
        let rest = [("(none)", GroupKind::None, &self.without), ("(other)", GroupKind::Other, &self.others)];
        let mut groups: Vec<_> = own
            .chain(rest)
            .map(|(value, kind, tally)| one_group(value, kind, tally, all, setup))
            .filter(|group| group.records > 0)
            .collect();
        groups.sort_by(|left, right| {
            let order = right.records.cmp(&left.records).then(left.kind.cmp(&right.kind));
            order.then_with(|| left.value.cmp(&right.value))
        });
        groups
    }
}

fn one_group(value: &str, kind: GroupKind, tally: &Tally, all: u64, setup: &Setup) -> GroupStatistics {
    let [records_with_errors, records_with_warnings, records_clean] = tally.classes();
    let records = records_with_errors + records_with_warnings + records_clean;
    let rule = |found: &super::tally::OfRule| GroupRule {
        rule: Arc::clone(&setup.catalogue.rule(found.rule).name),
        findings: found.total(),
        records: found.records(),
        share: Share::new(found.records(), records),
    };
    let mut rules: Vec<_> = tally.by_rule().iter().map(rule).collect();
    rules.sort_by(|left, right| right.records.cmp(&left.records).then_with(|| left.rule.cmp(&right.rule)));
    GroupStatistics {
        value: value.into(),
        kind,
        records,
        share: Share::new(records, all),
        records_with_errors,
        records_with_warnings,
        records_clean,
        findings: tally.findings(),
        rules,
    }
}

impl OfFormat {
    fn statistics(&self, setup: &Setup) -> FormatStatistics {
        let formats = &setup.catalogue.formats;
        let format = &formats.formats[self.format];
        let fields = formats.fields.iter().filter(|(id, _)| format.maps(*id)).map(|(id, field)| {
            let records = self.fields[id.index()];
            FieldStatistics {
                field: Arc::clone(&field.name),
                label: Arc::clone(format.label(id, &formats.fields)),
                records,
                share: Share::new(records, self.records),
            }
        });
        FormatStatistics {
            format: format.name.clone(),
            title: format.title.clone(),
            records: self.records,
            fields: fields.collect(),
        }
    }
}

/// The text with one space where it has white space, and nothing that cannot be seen: alike values are one group.
fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let is_plain = !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if is_plain { visible(text) } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}
