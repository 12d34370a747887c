//! A panic, while a record is judged or anywhere else: it is told, and the rest goes on.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{Output, Run, RunResult};
use crate::Linter;
use crate::input::{Exclusion, find};
use crate::policy::{Override, Overrides};
use crate::report::{Assembler, Json, RecordReport, Rendered, Renderer, Shape, Summary};

/// What there is to trip over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Nothing,
    /// A record, by its index.
    Record(u64),
    /// Every finding, also the one that says so.
    All,
    /// What the writer adds.
    Assembler,
}

/// Renders JSON, and panics.
struct Trips {
    json: Json,
    over: Over,
}

struct TripsLater(Box<dyn Assembler>);

impl Assembler for TripsLater {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.0.begin(out)
    }

    fn add(&mut self, _: Rendered, _: &mut dyn Write) -> io::Result<()> {
        panic!("tripped")
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.0.finish(summary, out)
    }
}

impl Renderer for Trips {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let index = report.name.as_ref().map(|name| name.index);
        let is_told = report.reported.iter().any(|reported| &*reported.finding.rule == "internal-error");
        let trips = match self.over {
            Over::Nothing | Over::Assembler => false,
            Over::Record(over) => index == Some(over) && !is_told,
            Over::All => true,
        };
        assert!(!trips, "tripped");
        self.json.record(report, rendered);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        match self.over {
            Over::Assembler => Box::new(TripsLater(self.json.assembler())),
            _ => self.json.assembler(),
        }
    }
}

/// What was written, to be read when the run is over.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics here").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Judges the lines of an example file, and gives what was written.
fn judge(over: Over, threads: usize, overrides: Vec<Override>) -> (RunResult, Vec<Value>) {
    let mut linter = Linter::builder().select(["all"]).build().expect("the rules read");
    linter.setup.overrides = Overrides(overrides);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/datacite/records.ndjson");
    let found = find(&[path.to_owned()], None, &Exclusion::default()).expect("it is there");
    let renderers: [Box<dyn Renderer>; 1] =
        [Box::new(Trips { json: Json { shape: Shape::Lines, apart: false, as_of: String::new() }, over })];
    let written = Shared::default();
    let output = Output::new(renderers[0].assembler(), Box::new(written.clone()));
    let progress = |_| ();
    let run = Run {
        setup: &linter.setup,
        sources: found.files.into(),
        renderers: &renderers,
        threads,
        measures: &super::Measures::default(),
        sieve: &super::Sieve::default(),
        progress: &progress,
    };
    let result = run.go(vec![output]);
    let written = written.0.lock().expect("nobody panics here").clone();
    let lines = written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines = lines.map(|line| serde_json::from_slice(line).expect("it is JSON"));
    (result, lines.collect())
}

/// All but the last line.
fn findings(lines: &[Value]) -> impl Iterator<Item = &Value> {
    lines.iter().filter(|line| line.get("summary").is_none())
}

#[test]
fn a_panic_is_one_finding_and_the_other_records_are_judged() {
    let (_, before) = judge(Over::Nothing, 1, Vec::new());
    let is_of = |finding: &Value, index: u64| finding["record"]["index"] == index;
    let tripped = before.iter().find_map(|finding| finding["record"]["index"].as_u64()).expect("a record has findings");
    let others: Vec<_> = findings(&before).filter(|finding| !is_of(finding, tripped)).collect();
    assert!(!others.is_empty(), "other records have findings, too");
    for threads in [1, 3] {
        let (result, after) = judge(Over::Record(tripped), threads, Vec::new());
        let (told, rest): (Vec<_>, Vec<_>) = findings(&after).partition(|finding| is_of(finding, tripped));
        assert_eq!(rest, others);
        let [told] = told.as_slice() else { panic!("one finding, not {told:?}") };
        assert_eq!((&told["rule"], &told["severity"]), (&"internal-error".into(), &"error".into()));
        assert!(told["message"].as_str().is_some_and(|message| message.contains("tripped")), "{told}");
        assert_eq!(told["start"], told["end"]);
        assert_eq!(result.summary.internal_errors, 1);
        assert!(result.failures.is_empty() && result.write_error.is_none());
    }
}

#[test]
fn where_even_that_panics_the_run_ends_and_counts_it() {
    for threads in [1, 3] {
        let (result, lines) = judge(Over::All, threads, Vec::new());
        assert!(result.summary.internal_errors > 0 && result.write_error.is_none());
        assert_eq!((findings(&lines).count(), lines.len()), (0, 1));
        assert_eq!(result.summary.files, 1);

        let (result, lines) = judge(Over::Assembler, threads, Vec::new());
        assert!(result.write_error.is_some_and(|error| error.to_string() == "tripped"));
        assert!(lines.is_empty(), "no summary as if all were there: {lines:?}");
    }
}

#[test]
fn a_panic_is_told_whatever_the_overrides_say() {
    let all_off = || Override {
        paths: crate::paths::PathPatterns::default().into(),
        records: Vec::new(),
        when: None,
        rules: Vec::new(),
        severity: None,
        reason: "all off".into(),
        span: 0..0,
        used: 0.into(),
    };
    let (result, lines) = judge(Over::Nothing, 1, vec![all_off()]);
    assert_eq!((findings(&lines).count(), result.summary.internal_errors), (0, 0));
    let mut linter = Linter::builder().build().expect("the rules read");
    linter.setup.overrides = Overrides(vec![all_off()]);
    let mut judge = super::Judge::new(&linter.setup);
    let mut told = Told::default();
    let segments = [crate::document::Segment::whole("file".into())];
    let source = crate::document::Source::new("é", &segments);
    let piece = crate::input::Piece {
        range: 1..2,
        index: 0,
        row: None,
        prefix: crate::document::Prefix::Root,
        content: crate::input::Content::Value,
        syntax: crate::syntax::Syntax::Json,
    };
    judge.internal_error(&source, &piece, "tripped".to_owned(), super::Outcome::Unreadable, &mut told);
    assert_eq!(told.0, ["internal-error"]);
}

/// The rules of what was told.
#[derive(Default)]
struct Told(Vec<String>);

impl<'e> super::Sink<'e> for Told {
    fn judged(&mut self, _: super::Outcome<'e>, report: Option<&RecordReport<'_>>) {
        let reported = report.into_iter().flat_map(|report| &report.reported);
        self.0.extend(reported.map(|reported| reported.finding.rule.to_string()));
    }

    fn judged_later(&mut self, _: Option<crate::finding::Severity>, _: &RecordReport<'_>) {}

    fn in_columns(&mut self, _: super::Columns) {}

    fn no_column(&mut self, _: &'e crate::format::Format, _: crate::check::RuleId) {}

    fn not_judged(&mut self, _: &'e crate::format::Format, _: usize) {}
}
