//! What a run comes to: counts, what was not judged and why, what was passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::finding::Severity;

use super::score::Score;
use super::statistics::{Share, Statistics};
use super::{counted, grouped, quantity};

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Errors.
    pub error: u64,
    /// Warnings.
    pub warning: u64,
    /// Infos.
    pub info: u64,
}

impl Counts {
    /// Adds one finding.
    pub(crate) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.error += 1,
            Severity::Warning => self.warning += 1,
            Severity::Info => self.info += 1,
        }
    }

    /// Counts what was counted with the severity `before` with a graver one.
    pub(crate) fn graver(&mut self, before: Severity, severity: Severity) {
        match before {
            Severity::Error => self.error -= 1,
            Severity::Warning => self.warning -= 1,
            Severity::Info => self.info -= 1,
        }
        self.add(severity);
    }

    /// Adds other counts.
    pub(crate) fn extend(&mut self, other: Self) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
    }

    /// These without others, which are among them.
    pub(crate) fn less(self, others: Self) -> Self {
        Self { error: self.error - others.error, warning: self.warning - others.warning, info: self.info - others.info }
    }

    /// How many are at least as severe.
    pub(crate) fn at_least(self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.error + self.warning + self.info,
        }
    }

    /// "1 error · 5 warnings · 2 info".
    pub(crate) fn text(self) -> String {
        let counts = [(self.error, Severity::Error), (self.warning, Severity::Warning), (self.info, Severity::Info)];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        counts.map(|(count, severity)| quantity(*count, *severity)).collect::<Vec<_>>().join(" · ")
    }
}

/// A rule that could not be judged on some records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotJudged {
    /// The rule.
    pub rule: Arc<str>,
    /// The format of the records.
    pub format: String,
    /// How many records.
    pub records: u64,
    /// Why not.
    pub reason: String,
    /// How to get what is lacking.
    pub remedy: String,
}

/// What came beside records and is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct PassedOver {
    /// The format it belongs to.
    pub format: String,
    /// What it is.
    pub what: String,
    /// How many.
    pub count: u64,
}

/// A rule of which not all findings were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cut {
    /// The rule.
    pub rule: Arc<str>,
    /// How many findings were written at most: the first in the order of the input.
    pub written: u64,
    /// How many there are.
    pub total: u64,
}

/// A rule that is tolerated up to a share of the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RateFound {
    /// The rule.
    pub rule: Arc<str>,
    /// Records that have it.
    pub records: u64,
    /// Their share.
    pub share: Share,
    /// The share that is tolerated.
    pub most: Share,
    /// It is more than that: the run fails.
    pub exceeded: bool,
}

/// What a run comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Files (and standard input) that were judged.
    pub files: u64,
    /// Files found on a walk that hold no records of a known format.
    pub files_passed_over: u64,
    /// Files that could not be read, or not to their end.
    pub files_unread: u64,
    /// Rules that were on.
    pub rules: u64,
    /// Which these were: the same for the same rules, 16 hexadecimal digits.
    pub rule_set: Arc<str>,
    /// Records that were judged.
    pub records: u64,
    /// Records by carrier: `datacite/plain`.
    pub records_by_carrier: BTreeMap<String, u64>,
    /// Records with an error.
    pub records_with_errors: u64,
    /// Records with a warning and no error.
    pub records_with_warnings: u64,
    /// Records with nothing above info.
    pub records_clean: u64,
    /// Records of which an error or their state says that they are not ready.
    pub records_not_ready: u64,
    /// Values that could not be read: no JSON, not UTF-8, too large.
    pub unreadable: u64,
    /// Values in files that were named which are no records of a known format.
    pub unknown: u64,
    /// Findings by severity.
    pub findings: Counts,
    /// Findings by rule.
    pub findings_by_rule: BTreeMap<Arc<str>, u64>,
    /// Rules that could not be judged, and why.
    pub not_judged: Vec<NotJudged>,
    /// What came beside records and is none.
    pub passed_over: Vec<PassedOver>,
    /// Records on which reclint itself failed.
    pub internal_errors: u64,
    /// Findings that the baseline has: they are not told, and in no other count.
    #[serde(skip_serializing_if = "is_zero")]
    pub in_baseline: u64,
    /// Records that have not changed, where only those are told of that have: they are in no other count.
    #[serde(skip_serializing_if = "is_zero")]
    pub unchanged: u64,
    /// Rules of which not all findings were written; the counts are those of all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<Cut>,
    /// Rules that are tolerated up to a share of the records, as far as they were found or named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<RateFound>,
    /// The run fails for infos, and there are some.
    #[serde(skip)]
    pub(crate) infos_fail: bool,
    /// By rule, field and group, where that was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
    /// The score, where it was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Summary {
    /// Nothing above info stands in the way.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !self.fails_as_a_whole()
            && self.findings.error + self.findings.warning + self.unknown + self.unreadable + self.records_not_ready
                == 0
            && self.files_unread == 0
    }

    /// Records, and what could not be read or is of no known format: of so many the records are a share that have a rule.
    pub(crate) fn values(&self) -> u64 {
        self.records + self.unreadable + self.unknown
    }

    /// What was not written because there is a limit for each rule.
    pub(crate) fn cut_text(&self) -> String {
        self.cut.iter().map(Cut::text).collect()
    }

    /// More records have a rule than is tolerated, or a score is below what is asked for.
    pub(crate) fn fails_as_a_whole(&self) -> bool {
        self.rates.iter().any(|rate| rate.exceeded) || self.score.as_ref().is_some_and(|score| score.below)
    }

    /// The score, if it was wanted.
    #[cfg(feature = "cli")]
    pub(crate) fn score_text(&self) -> String {
        self.score.as_ref().map_or_else(String::new, Score::text)
    }

    /// The last lines of a report for people.
    pub(crate) fn text(&self) -> String {
        let mut lines = Vec::new();
        let counted_records = format!("{} in {}", counted(self.records, "record"), counted(self.files, "file"));
        if self.is_clean() && self.records > 0 && !self.infos_fail {
            let remarks = if self.findings.info > 0 { format!(" ({})", self.findings.text()) } else { String::new() };
            // What is lived with may stand in the way.
            let (verdict, said) = if self.in_baseline > 0 {
                ("nothing new", "nothing beside the baseline stands in the way")
            } else {
                ("nihil obstat", "nothing stands in the way")
            };
            lines.push(format!("{verdict}: {counted_records}, {said}{remarks}."));
        } else {
            lines.push(format!("{counted_records}: {}.", self.verdicts()));
            if self.findings != Counts::default() {
                let fail = if self.infos_fail { ", and none is let pass (--fail-on info)" } else { "" };
                lines.push(format!("{}{fail}.", self.findings.text()));
            }
        }
        if self.in_baseline > 0 {
            let is = if self.in_baseline == 1 { "is" } else { "are" };
            lines.push(format!("not told: {} that {is} in the baseline.", counted(self.in_baseline, "finding")));
        }
        if self.unchanged > 0 {
            let has = if self.unchanged == 1 { "has" } else { "have" };
            lines.push(format!("not told of: {} that {has} not changed.", counted(self.unchanged, "record")));
        }
        lines.extend(self.rates.iter().map(RateFound::text));
        lines.extend(self.not_judged_lines());
        if !self.passed_over.is_empty() {
            let kinds = self
                .passed_over
                .iter()
                .map(|other| format!("{} × {} {}", grouped(other.count), other.format, other.what));
            lines.push(format!("passed over, not judged: {}.", kinds.collect::<Vec<_>>().join(", ")));
        }
        if self.files_passed_over > 0 {
            lines.push(format!(
                "passed over: {} without records of a known format.",
                counted(self.files_passed_over, "file")
            ));
        }
        lines.join("\n") + "\n"
    }

    /// What was not judged: rules of which the same is to be said in one line, with their records.
    pub(super) fn not_judged_lines(&self) -> Vec<String> {
        let mut lines: Vec<Vec<&NotJudged>> = Vec::new();
        for lack in &self.not_judged {
            let same = |line: &&mut Vec<&NotJudged>| (&line[0].reason, &line[0].remedy) == (&lack.reason, &lack.remedy);
            match lines.iter_mut().find(same) {
                Some(line) => line.push(lack),
                None => lines.push(vec![lack]),
            }
        }
        let line = |lacks: Vec<&NotJudged>| {
            let NotJudged { records, reason, remedy, .. } = lacks[0];
            let alike = lacks.iter().all(|lack| lack.records == *records);
            let rule = |lack: &&NotJudged| {
                if alike {
                    lack.rule.to_string()
                } else {
                    format!("{} on {}", lack.rule, counted(lack.records, "record"))
                }
            };
            let on = if alike { format!(" on {}", counted(*records, "record")) } else { String::new() };
            format!("not judged: {}{on}: {reason}; {remedy}.", lacks.iter().map(rule).collect::<Vec<_>>().join(", "))
        };
        lines.into_iter().map(line).collect()
    }

    fn verdicts(&self) -> String {
        let list = |counts: &[(u64, &str)]| {
            let some = counts.iter().filter(|(count, _)| *count > 0);
            some.map(|(count, what)| format!("{} {what}", grouped(*count))).collect::<Vec<_>>().join(", ")
        };
        let records = list(&[
            (self.records_with_errors, "with errors"),
            (self.records_with_warnings, "with warnings"),
            (self.records_clean, "clean"),
        ]);
        // Where all that is not ready has errors, that has been said.
        let by_state = if self.records_not_ready > self.records_with_errors { self.records_not_ready } else { 0 };
        let beside = list(&[(self.unreadable, "unreadable"), (self.unknown, "of no known format")]);
        let parts = [records, list(&[(by_state, "not ready")]), beside];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "nothing to judge".to_owned() } else { parts.join("; ") }
    }
}

impl RateFound {
    /// "missing-license: 12.5% of records, at most 0.1% allowed".
    pub(super) fn text(&self) -> String {
        let Self { rule, records, share, most, exceeded } = self;
        let found = format!("{} of {}", grouped(*records), grouped(share.whole()));
        let verdict = if *exceeded || *records == 0 { "" } else { ": tolerated" };
        format!("{rule}: {} of records, at most {} allowed ({found}){verdict}.", share.rounded(), most.exact())
    }
}

impl Cut {
    /// "missing-license: only the first 100 of 3,211 findings are written".
    pub(crate) fn text(&self) -> String {
        let Self { rule, written, total } = self;
        let first = match written {
            0 => "none".to_owned(),
            1 => "only the first".to_owned(),
            more => format!("only the first {}", grouped(*more)),
        };
        let is = if *written > 1 { "are" } else { "is" };
        format!("{rule}: {first} of {} findings {is} written (--max-findings-per-rule).\n", grouped(*total))
    }
}
