//! Counting: what a stretch of records came to, and how that adds up to a summary.

#[cfg(feature = "cli")]
mod score;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::RuleId;
use crate::finding::Severity;
use crate::format::Format;
use crate::policy::Rates;
use crate::report::{Counts, Cut, NotJudged, PassedOver, RateFound, RecordReport, Share, Summary};

use super::judge::Outcome;
use super::setup::Setup;

/// What a stretch of records came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Records by format and carrier, by their places.
    carriers: Vec<((usize, usize), u64)>,
    /// Records with an error; those with a warning and no error; the others. What is found out later may move one.
    with_errors: i64,
    with_warnings: i64,
    clean: i64,
    not_ready: u64,
    /// Records of no known format that were held to the user's own schema.
    by_own_schema: u64,
    /// Records that are as they were, and other values.
    unchanged: u64,
    unchanged_others: u64,
    unreadable: u64,
    /// Of those, the ones that are larger than any record.
    too_large: u64,
    unknown: u64,
    internal_errors: u64,
    findings: Counts,
    by_rule: Vec<OfRule>,
    /// How many reports were added.
    reports: u64,
    /// By format and the place of its reason.
    not_judged: Vec<((usize, usize), u64)>,
    /// By format and rule: rows whose table has no column for what the rule asks.
    no_column: Vec<((usize, RuleId), u64)>,
    /// By format and name.
    others: Vec<((usize, Box<str>), u64)>,
}

/// What a rule came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfRule {
    pub(crate) rule: RuleId,
    pub(crate) findings: Counts,
    /// Those that are of no record: in the text round the records.
    outside: Counts,
    /// Records that have it, and values that could not be read or are of no known format: each by its gravest finding.
    by_gravest: Counts,
    /// The report that was counted last, and the gravest of its findings.
    last: (u64, Severity),
}

impl OfRule {
    fn of(rule: RuleId) -> Self {
        let none = Counts::default();
        Self { rule, findings: none, outside: none, by_gravest: none, last: (0, Severity::Info) }
    }

    /// Counts a finding in a value; a value has a rule once, however many findings it has of it.
    fn add(&mut self, report: u64, severity: Severity) {
        if self.last.0 != report {
            self.last = (report, severity);
            self.by_gravest.add(severity);
        } else if self.last.1 < severity {
            self.by_gravest.graver(self.last.1, severity);
            self.last.1 = severity;
        }
    }

    /// Records that have it, and values that could not be read or are of no known format.
    pub(crate) fn records(&self) -> u64 {
        self.by_gravest.at_least(Severity::Info)
    }

    /// What counts for the score: the same by severity, and findings outside of records.
    #[cfg(feature = "cli")]
    fn counted(&self) -> Counts {
        let mut counted = self.by_gravest;
        counted.extend(self.outside);
        counted
    }

    /// How many findings.
    pub(crate) fn total(&self) -> u64 {
        self.findings.at_least(Severity::Info)
    }

    /// The severity of the gravest.
    pub(crate) fn gravest(&self) -> Severity {
        match self.findings {
            Counts { error: 1.., .. } => Severity::Error,
            Counts { warning: 1.., .. } => Severity::Warning,
            _ => Severity::Info,
        }
    }
}

/// Adds to the count of `key`; there are few keys.
fn count<K: PartialEq>(counts: &mut Vec<(K, u64)>, key: K, more: u64) {
    match counts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, count)) => *count += more,
        None => counts.push((key, more)),
    }
}

impl Tally {
    /// Something known was found: the source is one of ours. A fault of our own is told wherever it shows.
    pub(crate) fn has_recognised(&self) -> bool {
        !self.carriers.is_empty() || !self.others.is_empty() || self.internal_errors + self.unchanged > 0
    }

    /// Something could not be read, or is too large.
    #[cfg(feature = "cli")]
    pub(crate) fn has_unreadable(&self) -> bool {
        self.unreadable > 0
    }

    /// A value was looked at, known or not.
    #[cfg(feature = "cli")]
    pub(crate) fn has_values(&self) -> bool {
        self.has_recognised()
            || self.by_own_schema + self.unknown + self.unchanged_others + self.unreadable > self.too_large
    }

    /// Counts a fault of our own that nobody could be told of.
    #[cfg(feature = "cli")]
    pub(crate) fn add_internal_error(&mut self) {
        self.internal_errors += 1;
    }

    /// Counts one judgement.
    pub(crate) fn add(&mut self, outcome: Outcome<'_>, report: Option<&RecordReport<'_>>, internal: Option<RuleId>) {
        if matches!(outcome, Outcome::Record { .. } | Outcome::ByOwnSchema) {
            self.not_ready += u64::from(report.is_some_and(|report| !report.is_ready()));
        }
        match outcome {
            Outcome::Record { format, carrier } => {
                count(&mut self.carriers, (format.number, carrier.number), 1);
                *self.class(report.and_then(RecordReport::worst)) += 1;
            }
            Outcome::Other { format, name } => count(&mut self.others, (format.number, name.into()), 1),
            Outcome::ByOwnSchema => {
                self.by_own_schema += 1;
                *self.class(report.and_then(RecordReport::worst)) += 1;
            }
            Outcome::Unchanged { known: true } => self.unchanged += 1,
            Outcome::Unchanged { known: false } => self.unchanged_others += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Unreadable => self.unreadable += 1,
            Outcome::TooLarge => {
                self.unreadable += 1;
                self.too_large += 1;
            }
            Outcome::Around | Outcome::More => {}
        }
        self.add_findings(report, !matches!(outcome, Outcome::Around), internal);
    }

    fn add_findings(&mut self, report: Option<&RecordReport<'_>>, of_value: bool, internal: Option<RuleId>) {
        self.reports += 1;
        for reported in report.into_iter().flat_map(|report| &report.reported) {
            let severity = reported.finding.severity;
            self.findings.add(severity);
            let reports = self.reports;
            let of_rule = self.rule(reported.rule);
            of_rule.findings.add(severity);
            if of_value {
                of_rule.add(reports, severity);
            } else {
                of_rule.outside.add(severity);
            }
            self.internal_errors += u64::from(Some(reported.rule) == internal);
        }
    }

    /// What a rule comes to; there are few.
    fn rule(&mut self, rule: RuleId) -> &mut OfRule {
        let known = self.by_rule.iter().position(|known| known.rule == rule).unwrap_or_else(|| {
            self.by_rule.push(OfRule::of(rule));
            self.by_rule.len() - 1
        });
        &mut self.by_rule[known]
    }

    /// Counts a record on which some rules could not be judged.
    pub(crate) fn not_judged(&mut self, format: &Format, reason: usize) {
        count(&mut self.not_judged, (format.number, reason), 1);
    }

    /// Counts a row whose table has no column for what a rule asks.
    pub(crate) fn no_column(&mut self, format: &Format, rule: RuleId) {
        count(&mut self.no_column, (format.number, rule), 1);
    }

    /// Counts what is found out later of a record whose worst finding was `before`.
    pub(crate) fn add_later(&mut self, before: Option<Severity>, report: &RecordReport<'_>, internal: Option<RuleId>) {
        self.add_findings(Some(report), true, internal);
        let counted = before == Some(Severity::Error) || (before.is_some() && !report.is_in_ready_state());
        self.not_ready += u64::from(!counted && !report.is_ready());
        *self.class(before) -= 1;
        *self.class(before.max(report.worst())) += 1;
    }

    /// Where a record is counted whose worst finding is this.
    fn class(&mut self, worst: Option<Severity>) -> &mut i64 {
        match worst {
            Some(Severity::Error) => &mut self.with_errors,
            Some(Severity::Warning) => &mut self.with_warnings,
            Some(Severity::Info) | None => &mut self.clean,
        }
    }

    /// Takes the findings out again: the one there is is said only once a source.
    #[cfg(feature = "cli")]
    pub(crate) fn forget_findings(&mut self) {
        self.findings = Counts::default();
        self.by_rule.clear();
    }

    /// Adds another tally.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.with_errors += other.with_errors;
        self.with_warnings += other.with_warnings;
        self.clean += other.clean;
        self.not_ready += other.not_ready;
        self.by_own_schema += other.by_own_schema;
        self.unchanged += other.unchanged;
        self.unchanged_others += other.unchanged_others;
        self.unreadable += other.unreadable;
        self.too_large += other.too_large;
        self.unknown += other.unknown;
        self.internal_errors += other.internal_errors;
        self.findings.extend(other.findings);
        other.carriers.iter().for_each(|(key, more)| count(&mut self.carriers, *key, *more));
        for more in &other.by_rule {
            let of_rule = self.rule(more.rule);
            of_rule.findings.extend(more.findings);
            of_rule.outside.extend(more.outside);
            of_rule.by_gravest.extend(more.by_gravest);
        }
        other.not_judged.iter().for_each(|(key, more)| count(&mut self.not_judged, *key, *more));
        other.no_column.iter().for_each(|(key, more)| count(&mut self.no_column, *key, *more));
        other.others.iter().for_each(|(key, more)| count(&mut self.others, key.clone(), *more));
    }

    /// The summary of a run that came to this.
    pub(crate) fn summary(&self, setup: &Setup, files: u64, files_passed_over: u64) -> Summary {
        let formats = &setup.catalogue.formats.formats;
        let mut records_by_carrier = BTreeMap::new();
        for ((format, carrier), count) in &self.carriers {
            let format = &formats[*format];
            *records_by_carrier.entry(format!("{}/{}", format.name, format.carriers[*carrier].name)).or_insert(0) +=
                count;
        }
        if self.by_own_schema > 0 {
            records_by_carrier.insert("own-schema".to_owned(), self.by_own_schema);
        }
        let rule_name = |rule: RuleId| Arc::clone(&setup.catalogue.rule(rule).name);
        let mut not_judged = Vec::new();
        for ((format, reason), records) in &self.not_judged {
            let format = &formats[*format];
            let lack = &format.not_borne[*reason];
            for rule in &setup.plan.of(format).not_borne[*reason] {
                not_judged.push(NotJudged {
                    rule: rule_name(*rule),
                    format: format.name.to_string(),
                    records: *records,
                    reason: lack.reason.to_string(),
                    remedy: lack.remedy.to_string(),
                });
            }
        }
        not_judged.extend(self.no_column.iter().map(|((format, rule), records)| NotJudged {
            rule: rule_name(*rule),
            format: formats[*format].name.to_string(),
            records: *records,
            reason: "the table has no column for what is asked".to_owned(),
            remedy: "where the items are to be looked at as wholes, export all their fields".to_owned(),
        }));
        not_judged.sort_by(|left, right| (&left.rule, &left.format).cmp(&(&right.rule, &right.format)));
        let mut passed_over: Vec<_> = self
            .others
            .iter()
            .map(|((format, what), count)| PassedOver {
                format: formats[*format].title.to_string(),
                what: what.to_string(),
                count: *count,
            })
            .collect();
        passed_over.sort();
        let (rules, rule_set) = setup.plan.rule_set().clone();
        Summary {
            files,
            files_passed_over,
            files_unread: 0,
            rules,
            rule_set,
            records: records_by_carrier.values().sum(),
            records_by_carrier,
            records_with_errors: self.with_errors.unsigned_abs(),
            records_with_warnings: self.with_warnings.unsigned_abs(),
            records_clean: self.clean.unsigned_abs(),
            records_not_ready: self.not_ready,
            unchanged: self.unchanged,
            unreadable: self.unreadable,
            unknown: self.unknown,
            findings: self.findings,
            findings_by_rule: self.by_rule.iter().map(|found| (rule_name(found.rule), found.total())).collect(),
            not_judged,
            passed_over,
            internal_errors: self.internal_errors,
            ..Summary::default()
        }
    }

    /// Records, with an error, with a warning and no error, and the others.
    pub(crate) fn classes(&self) -> [u64; 3] {
        [self.with_errors, self.with_warnings, self.clean].map(i64::unsigned_abs)
    }

    /// Findings by severity.
    pub(crate) fn findings(&self) -> Counts {
        self.findings
    }

    /// What each rule came to that was found, in any order.
    pub(crate) fn by_rule(&self) -> &[OfRule] {
        &self.by_rule
    }

    /// Of how many the records are a share that have a rule: records, and what could not be read or is of no known format.
    pub(crate) fn values(&self) -> u64 {
        self.classes().iter().sum::<u64>() + self.unreadable + self.unknown
    }

    /// Rows on which the rule could not be judged, as their table has no column for what it asks.
    fn lacking(&self, rule: RuleId) -> u64 {
        self.no_column.iter().filter(|((_, of), _)| *of == rule).map(|(_, rows)| rows).sum()
    }

    /// What each rule comes to of which a rate is tolerated.
    pub(crate) fn rates(&self, setup: &Setup, rates: &Rates) -> Vec<RateFound> {
        if rates.is_empty() {
            return Vec::new();
        }
        let all = self.values();
        let found = setup.catalogue.rules().filter_map(|(id, rule)| {
            let rate = rates.of(id)?;
            let found = self.by_rule.iter().find(|found| found.rule == id);
            let records = found.map_or(0, OfRule::records);
            // A row on which it was not judged is no sound one.
            let values = all.saturating_sub(self.lacking(id));
            let (part, whole) = rate.most.parts();
            (found.is_some() || rate.named).then(|| RateFound {
                rule: Arc::clone(&rule.name),
                records,
                share: Share::new(records, values),
                most: Share::new(part, whole),
                exceeded: rate.most.is_passed(records, values),
            })
        });
        found.collect()
    }

    /// The findings of records that a rate leaves to itself. What is found outside of records is never tolerated.
    pub(crate) fn tolerated(&self, rates: &Rates) -> Counts {
        let mut tolerated = Counts::default();
        for found in self.by_rule.iter().filter(|found| rates.of(found.rule).is_some()) {
            tolerated.extend(found.findings.less(found.outside));
        }
        tolerated
    }

    /// The rules of which not all findings are written where no more than `most` are.
    pub(crate) fn cut(&self, setup: &Setup, most: u64) -> Vec<Cut> {
        let cut = self.by_rule.iter().filter(|found| found.total() > most);
        let name = |rule: RuleId| Arc::clone(&setup.catalogue.rule(rule).name);
        let mut cut: Vec<_> =
            cut.map(|found| Cut { rule: name(found.rule), written: most, total: found.total() }).collect();
        cut.sort_by(|left, right| left.rule.cmp(&right.rule));
        cut
    }
}
