//! What the library does with judgements: it keeps the findings, and counts.

use crate::check::RuleId;
use crate::engine::{Columns, Judge, Outcome, Setup, Sink, Tally};
use crate::finding::{Finding, Severity};
use crate::format::Format;
use crate::input::Cutter;
use crate::report::RecordReport;

/// Gathers findings.
pub(super) struct Gather<'e> {
    setup: &'e Setup,
    pub(super) findings: Vec<Finding>,
    pub(super) tally: Tally,
    said_once: Vec<RuleId>,
    /// What is told of a table's columns when all its rows have been judged.
    columns: Columns,
}

impl<'e> Gather<'e> {
    pub(super) fn new(setup: &'e Setup) -> Self {
        Self {
            setup,
            findings: Vec::new(),
            tally: Tally::default(),
            said_once: Vec::new(),
            columns: Columns::default(),
        }
    }

    /// Judges all that can be cut.
    pub(super) fn judge(&mut self, mut judge: Judge<'e>, cutter: &mut Cutter<'_>) -> std::io::Result<()> {
        let mut spare = Vec::new();
        let read = loop {
            match cutter.next(std::mem::take(&mut spare)) {
                Ok(Some(chunk)) => {
                    judge.chunk(&chunk, self);
                    spare = chunk.into_spare();
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        let columns = std::mem::take(&mut self.columns);
        judge.columns(columns, self);
        read
    }
}

impl<'e> Sink<'e> for Gather<'e> {
    fn judged(&mut self, outcome: Outcome<'e>, report: Option<&RecordReport<'_>>) {
        let again = report.is_some_and(|report| {
            report.is_once(&self.setup.catalogue).is_some_and(|rule| self.said_once.contains(&rule))
        });
        let report = report.filter(|_| !again);
        self.tally.add(outcome, report, self.setup.own.internal_error);
        if let Some(report) = report {
            self.said_once.extend(report.is_once(&self.setup.catalogue));
            self.findings.extend(report.reported.iter().map(|reported| reported.finding.clone()));
        }
    }

    fn judged_later(&mut self, before: Option<Severity>, report: &RecordReport<'_>) {
        self.tally.add_later(before, report, self.setup.own.internal_error);
        self.findings.extend(report.reported.iter().map(|reported| reported.finding.clone()));
    }

    fn in_columns(&mut self, columns: Columns) {
        self.columns.extend(columns);
    }

    fn no_column(&mut self, format: &'e Format, rule: RuleId) {
        self.tally.no_column(format, rule);
    }

    fn not_judged(&mut self, format: &'e Format, reason: usize) {
        self.tally.not_judged(format, reason);
    }
}
