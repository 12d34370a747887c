//! A panic while a record is judged: one finding says so, and the rest goes on.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{Output, Run, RunResult};
use crate::Linter;
use crate::input::{Exclusion, find};
use crate::report::{Assembler, Json, RecordReport, Rendered, Renderer, Shape};

/// Renders JSON, and panics over one record.
struct Trips {
    json: Json,
    over: Option<u64>,
}

impl Renderer for Trips {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let index = report.name.as_ref().map(|name| name.index);
        let is_told = report.reported.iter().any(|reported| &*reported.finding.rule == "internal-error");
        assert!(self.over.is_none() || index != self.over || is_told, "tripped");
        self.json.record(report, rendered);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        self.json.assembler()
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

/// Judges the lines of an example file, and gives the findings that were written.
fn judge(over: Option<u64>, threads: usize) -> (RunResult, Vec<Value>) {
    let linter = Linter::builder().select(["all"]).build().expect("the rules read");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/datacite/records.ndjson");
    let found = find(&[path.to_owned()], None, &Exclusion::default()).expect("it is there");
    let renderers: [Box<dyn Renderer>; 1] =
        [Box::new(Trips { json: Json { shape: Shape::Lines, as_of: String::new() }, over })];
    let written = Shared::default();
    let output = Output { assembler: renderers[0].assembler(), to: Box::new(written.clone()) };
    let progress = |_| ();
    let run =
        Run { setup: &linter.setup, sources: found.files.into(), renderers: &renderers, threads, progress: &progress };
    let result = run.go(vec![output]);
    let written = written.0.lock().expect("nobody panics here").clone();
    let lines = written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines = lines.map(|line| serde_json::from_slice(line).expect("it is JSON"));
    (result, lines.filter(|line: &Value| line.get("summary").is_none()).collect())
}

#[test]
fn a_panic_is_one_finding_and_the_other_records_are_judged() {
    let (_, before) = judge(None, 1);
    let is_of = |finding: &Value, index: u64| finding["record"]["index"] == index;
    let tripped = before.iter().find_map(|finding| finding["record"]["index"].as_u64()).expect("a record has findings");
    let others: Vec<_> = before.iter().filter(|finding| !is_of(finding, tripped)).collect();
    assert!(!others.is_empty(), "other records have findings, too");
    for threads in [1, 3] {
        let (result, after) = judge(Some(tripped), threads);
        let (told, rest): (Vec<_>, Vec<_>) = after.iter().partition(|finding| is_of(finding, tripped));
        assert_eq!(rest, others);
        let [told] = told.as_slice() else { panic!("one finding, not {told:?}") };
        assert_eq!((&told["rule"], &told["severity"]), (&"internal-error".into(), &"error".into()));
        assert!(told["message"].as_str().is_some_and(|message| message.contains("tripped")), "{told}");
        assert_eq!(told["start"], told["end"]);
        assert_eq!(result.summary.internal_errors, 1);
        assert!(result.failures.is_empty() && result.write_error.is_none());
    }
}
