//! Reports: one file an output format. Workers render what they find, the writer puts it in order.

#[cfg(feature = "cli")]
mod alike;
#[cfg(feature = "cli")]
mod azure;
#[cfg(feature = "cli")]
mod badge;
#[cfg(feature = "cli")]
mod cap;
#[cfg(feature = "cli")]
mod checkstyle;
#[cfg(feature = "cli")]
mod concise;
#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
mod finding;
#[cfg(feature = "cli")]
mod folding;
#[cfg(feature = "cli")]
mod foremost;
#[cfg(feature = "cli")]
mod frame;
#[cfg(feature = "cli")]
mod github;
#[cfg(feature = "cli")]
mod gitlab;
#[cfg(feature = "cli")]
mod html;
#[cfg(feature = "cli")]
mod json;
#[cfg(feature = "cli")]
mod junit;
#[cfg(feature = "cli")]
mod machine;
#[cfg(feature = "cli")]
mod markdown;
#[cfg(feature = "cli")]
mod pretty;
#[cfg(feature = "cli")]
mod rdjson;
#[cfg(feature = "cli")]
mod render;
#[cfg(feature = "cli")]
mod rows;
#[cfg(feature = "cli")]
mod sarif;
mod score;
#[cfg(feature = "cli")]
mod scoring;
mod statistics;
mod summary;
#[cfg(feature = "cli")]
mod table;
#[cfg(feature = "cli")]
mod tables;
#[cfg(feature = "cli")]
mod template;
#[cfg(feature = "cli")]
mod xlsx;

use std::sync::Arc;

use crate::check::{Record, RuleId, Verdict};
use crate::document::Source;
use crate::finding::{RecordName, Severity};
#[cfg(feature = "cli")]
pub(crate) use crate::format::Words;
use crate::policy::Reported;
use crate::rule::Catalogue;
use crate::value::visible;

#[cfg(feature = "cli")]
pub(crate) use azure::Azure;
#[cfg(feature = "cli")]
pub(crate) use badge::Badge;
#[cfg(feature = "cli")]
pub(crate) use cap::Capped;
#[cfg(feature = "cli")]
pub(crate) use checkstyle::Checkstyle;
#[cfg(feature = "cli")]
pub(crate) use concise::Concise;
#[cfg(feature = "cli")]
pub(crate) use csv::{Csv, begins_csv};
#[cfg(feature = "cli")]
pub(crate) use frame::{Look, misfit_frame, plain_error, plain_remark, remark_frame};
#[cfg(feature = "cli")]
pub(crate) use github::Github;
#[cfg(feature = "cli")]
pub(crate) use gitlab::Gitlab;
#[cfg(feature = "cli")]
pub(crate) use html::{Html, begins_page};
#[cfg(feature = "cli")]
pub(crate) use json::{FORM as JSON_FORM, Json, Shape};
#[cfg(feature = "cli")]
pub(crate) use junit::Junit;
#[cfg(feature = "cli")]
pub(crate) use markdown::Markdown;
#[cfg(feature = "cli")]
pub(crate) use pretty::Pretty;
#[cfg(feature = "cli")]
pub(crate) use rdjson::Rdjson;
#[cfg(feature = "cli")]
pub(crate) use render::{Assembler, Audience, Gate, Rendered, Renderer, UnreadFile};
#[cfg(feature = "cli")]
pub(crate) use sarif::Sarif;
pub use score::{DimensionScore, Points, RuleLoss, Score};
#[cfg(feature = "cli")]
pub(crate) use scoring::Minima;
pub use statistics::{
    Example, FieldStatistics, FormatStatistics, GroupKind, GroupRule, GroupStatistics, RuleStatistics, Share,
    Statistics,
};
pub use summary::{Counts, Cut, NotJudged, PassedOver, RateFound, Summary};
#[cfg(feature = "cli")]
pub(crate) use table::{Align, table};
#[cfg(feature = "cli")]
pub(crate) use tables::Tables;
#[cfg(feature = "cli")]
pub(crate) use template::Template;
#[cfg(feature = "cli")]
pub(crate) use xlsx::{RuleLine, Xlsx};

/// An error or its state stands in a record's way.
#[cfg(feature = "cli")]
pub(crate) const NOT_READY: &str = "not ready";
/// Only warnings do.
#[cfg(feature = "cli")]
pub(crate) const TO_LOOK_AT: &str = "to look at";
/// Nothing does.
#[cfg(feature = "cli")]
pub(crate) const NIHIL_OBSTAT: &str = "nihil obstat";

/// The bytes are the beginning of a report as JSON, of whatever form.
#[cfg(feature = "cli")]
pub(crate) fn begins_report(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let forms: [fn(&str) -> bool; 5] = [json::begins, sarif::begins, gitlab::begins, rdjson::begins, badge::begins];
    forms.iter().any(|begins| begins(&text))
}

/// A record as it was understood, whatever was found in it.
pub(crate) struct Understood<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) record: &'a Record<'a>,
    pub(crate) name: Arc<RecordName>,
    /// The states that it is in, by their places among those of the catalogue.
    pub(crate) states: Vec<usize>,
}

/// What was found in one record, or round it.
pub(crate) struct RecordReport<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) name: Option<Arc<RecordName>>,
    /// What its state is: "in review", "superseded".
    pub(crate) states: Vec<&'a Verdict>,
    /// What was found, in the order of the text; never nothing.
    pub(crate) reported: Vec<Reported>,
    /// The bytes of the record in the text: frames show nothing beyond.
    pub(crate) range: std::ops::Range<usize>,
    /// The record has been told of: this is what was found in it only in the company of others.
    pub(crate) more: bool,
}

impl RecordReport<'_> {
    /// The highest severity of what was found.
    pub(crate) fn worst(&self) -> Option<Severity> {
        self.reported.iter().map(|reported| reported.finding.severity).max()
    }

    /// Neither its state nor an error stands in the record's way.
    pub(crate) fn is_ready(&self) -> bool {
        self.is_in_ready_state() && self.worst() < Some(Severity::Error)
    }

    /// The verdict on a record: "not ready".
    #[cfg(feature = "cli")]
    pub(crate) fn verdict(&self) -> &'static str {
        verdict(self.is_ready(), self.reported.iter().any(|one| one.finding.severity == Severity::Warning))
    }

    /// Its state does not stand in the record's way.
    pub(crate) fn is_in_ready_state(&self) -> bool {
        self.states.iter().all(|state| state.ready)
    }

    /// The findings of rules that are found once in a file, each as a report of its own, where others stand beside them.
    pub(crate) fn take_once(&mut self, catalogue: &Catalogue) -> Vec<Self> {
        let is_once = |reported: &Reported| catalogue.rule(reported.rule).once;
        if self.reported.len() < 2 || !self.reported.iter().any(is_once) {
            return Vec::new();
        }
        let (once, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.reported).into_iter().partition(is_once);
        let mut once = once.into_iter();
        // Something has to be left of the report: it is what the record is counted by.
        self.reported = if others.is_empty() { once.by_ref().take(1).collect() } else { others };
        let apart = |reported| Self {
            source: self.source,
            name: self.name.clone(),
            states: self.states.clone(),
            reported: vec![reported],
            range: self.range.clone(),
            more: self.more,
        };
        once.map(apart).collect()
    }

    /// The one finding, if it is of a rule that is found once in a file.
    pub(crate) fn is_once(&self, catalogue: &Catalogue) -> Option<RuleId> {
        let [only] = self.reported.as_slice() else { return None };
        catalogue.rule(only.rule).once.then_some(only.rule)
    }

    /// Where the record begins, as a line of a report names it: `records.ndjson:57`.
    pub(crate) fn location(&self) -> String {
        let path = visible(&self.source.segment(self.range.start).path).into_owned();
        let row = self.name.as_ref().and_then(|name| name.row);
        match row.filter(|_| self.reported.first().is_some_and(|reported| reported.in_table)) {
            Some(row) => format!("{path}: row {row}"),
            None => format!("{path}:{}", self.source.position(self.range.start).line),
        }
    }
}

/// The verdict on a record that is ready or not, and has warnings or none.
#[cfg(feature = "cli")]
pub(crate) fn verdict(ready: bool, warned: bool) -> &'static str {
    match (ready, warned) {
        (false, _) => NOT_READY,
        (true, true) => TO_LOOK_AT,
        (true, false) => NIHIL_OBSTAT,
    }
}

/// "1 error", "3 errors"; `info` has no plural.
pub(crate) fn quantity(count: u64, severity: Severity) -> String {
    let plural = if count == 1 || severity == Severity::Info { "" } else { "s" };
    format!("{} {}{plural}", grouped(count), severity.name())
}

/// "1 record", "2,000 records".
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
