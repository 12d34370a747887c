//! `JUnit` XML, as GitLab, Jenkins and others show tests: a suite a file, a case a record.
//!
//! A record is what somebody has to mend, and what is counted everywhere else: so a case is a record, which passes or
//! fails, and not a rule in it. What fails the run makes it fail; what else was found is the output of the case. A rule
//! with a rate is judged by that alone, as a case of its own.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::check::RuleId;
use crate::document::Source;
use crate::finding::{RecordName, Severity};
use crate::policy::Reported;

use super::machine::{as_xml_has_it, gate, on_one_line, record_title, said};
use super::render::UnreadFile;
use super::rows::{pack, unpack};
use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary, Understood};

/// A record.
const RECORD: u8 = b'R';
/// It fails the run by a finding.
const FAILS: u8 = b'f';
/// What is said of such a finding, and of others.
const FAILURE: u8 = b'F';
const TOLD: u8 = b't';

/// Renders records as cases.
#[derive(Clone, Debug)]
pub(crate) struct Junit {
    /// From which severity on a finding fails the run.
    pub(crate) fail_on: Severity,
    /// By rule, whether a rate is tolerated.
    pub(crate) rated: Arc<[bool]>,
}

impl Junit {
    /// The finding fails the run; one outside of records does, whatever is tolerated of its rule.
    fn fails(&self, reported: &Reported) -> bool {
        let tolerated = self.is_rated(reported.rule) && reported.finding.record.is_some();
        reported.finding.severity >= self.fail_on && !tolerated
    }

    fn is_rated(&self, rule: RuleId) -> bool {
        self.rated.get(rule.index()).copied().unwrap_or(false)
    }
}

/// What a case is known by: its file, and the byte at which its record begins; without a record it is the file's.
fn place(source: &Source<'_>, start: usize, name: Option<&RecordName>) -> [String; 4] {
    let position = source.position(start);
    let path = source.segment(start).path.to_string();
    match name {
        Some(name) => [path, position.byte.to_string(), position.line.to_string(), record_title(name)],
        None => [path, String::new(), String::new(), "the file".to_owned()],
    }
}

impl Renderer for Junit {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let place = place(report.source, report.range.start, report.name.as_deref());
        for reported in &report.reported {
            let finding = &reported.finding;
            let severity = finding.severity.name();
            let text = format!("{} {severity} {}\n{}\n", reported.location(), finding.rule, said(finding));
            let place = || place.iter().map(String::as_str);
            if self.fails(reported) {
                let message = on_one_line(&finding.message);
                pack(FAILS, place().chain([&*finding.rule, &*message]), &mut rendered.bytes);
                // However many of its findings are written, the record fails.
                rendered.end(Gate::Always);
            }
            pack(if self.fails(reported) { FAILURE } else { TOLD }, place().chain([&*text]), &mut rendered.bytes);
            rendered.end(gate(reported));
        }
    }

    fn wants_records(&self) -> bool {
        true
    }

    fn understood(&self, record: &Understood<'_>, rendered: &mut Rendered) {
        let place = place(record.source, record.record.root.span().start, Some(&record.name));
        pack(RECORD, place.iter().map(String::as_str), &mut rendered.bytes);
        rendered.end(Gate::Always);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { report: Report::new("reclint"), suite: Suite::default() })
    }
}

/// The file whose records come.
#[derive(Default)]
struct Suite {
    path: String,
    cases: Vec<Case>,
    /// By the byte at which the record begins, where its case is.
    places: HashMap<String, usize>,
    /// How many cases have a name: readers tell cases by it.
    named: HashMap<String, u32>,
}

#[derive(Default)]
struct Case {
    name: String,
    line: String,
    /// The rule and message of the first finding that fails the run.
    failure: Option<(String, String)>,
    /// How many fail it.
    failing: usize,
    failures: String,
    told: String,
}

impl Suite {
    fn case(&mut self, byte: &str, line: &str, name: &str) -> &mut Case {
        let place = self.places.get(byte).copied().unwrap_or_else(|| {
            let count = self.named.entry(name.to_owned()).or_default();
            *count += 1;
            let name = if *count > 1 { format!("{name} #{count}") } else { name.to_owned() };
            self.cases.push(Case { name, line: line.to_owned(), ..Case::default() });
            self.places.insert(byte.to_owned(), self.cases.len() - 1);
            self.cases.len() - 1
        });
        &mut self.cases[place]
    }

    fn into_suite(self) -> TestSuite {
        let mut suite = TestSuite::new(&*self.path);
        suite.add_test_cases(self.cases.into_iter().map(|case| case.into_case(&self.path)));
        suite
    }
}

impl Case {
    fn into_case(self, path: &str) -> TestCase {
        let status = match self.failure {
            None => TestCaseStatus::success(),
            Some((rule, message)) => {
                let more = if self.failing > 1 { format!(" (and {} more)", self.failing - 1) } else { String::new() };
                failed(NonSuccessKind::Failure, &rule, &(message + &more), &self.failures)
            }
        };
        let mut case = TestCase::new(self.name, status);
        case.set_classname(path);
        case.extra.insert("file".into(), path.into());
        if !self.line.is_empty() {
            case.extra.insert("line".into(), self.line.into());
        }
        if !self.told.is_empty() {
            case.set_system_out(self.told);
        }
        case
    }
}

fn failed(kind: NonSuccessKind, rule: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(rule).set_message(message).set_description(text);
    status
}

/// Counts stand before the cases in this form, so that the whole is kept until the end.
struct Assemble {
    report: Report,
    suite: Suite,
}

impl Assemble {
    fn end_suite(&mut self) {
        let suite = std::mem::take(&mut self.suite);
        if !suite.cases.is_empty() {
            self.report.add_test_suite(suite.into_suite());
        }
    }

    /// A suite with one case.
    fn single(&mut self, suite: &str, case: &str, status: TestCaseStatus) {
        let mut suite = TestSuite::new(suite);
        let mut case = TestCase::new(case, status);
        case.set_classname(suite.name.as_str());
        suite.add_test_case(case);
        self.report.add_test_suite(suite);
    }
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        for (kind, cells) in unpack(&rendered.bytes) {
            let cells: Vec<_> = cells.iter().map(|cell| as_xml_has_it(cell)).collect();
            let [path, byte, line, name, told @ ..] = &cells[..] else { continue };
            if self.suite.path != *path {
                self.end_suite();
                path.as_ref().clone_into(&mut self.suite.path);
            }
            let case = self.suite.case(byte, line, name);
            match (kind, told) {
                (FAILS, [rule, message]) => {
                    case.failing += 1;
                    case.failure.get_or_insert_with(|| (rule.to_string(), message.to_string()));
                }
                (FAILURE, [text]) => case.failures += text,
                (TOLD, [text]) => case.told += text,
                _ => {}
            }
        }
        Ok(())
    }

    fn unread(&mut self, file: &UnreadFile) {
        if file.fails {
            self.end_suite();
            let reason = as_xml_has_it(&file.reason);
            let status = failed(NonSuccessKind::Error, "unreadable", &reason, &reason);
            self.single(&as_xml_has_it(&file.path), "the file can be read", status);
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.end_suite();
        for rate in &summary.rates {
            let text = rate.text();
            let status = if rate.exceeded {
                failed(NonSuccessKind::Failure, &rate.rule, text.trim(), &text)
            } else {
                TestCaseStatus::success()
            };
            self.single("rates", &rate.rule, status);
        }
        if let Some(score) = summary.score.as_ref().filter(|score| score.below) {
            let shortfalls = score.shortfalls().join("\n");
            self.single("score", "--min-score", failed(NonSuccessKind::Failure, "score", &shortfalls, &shortfalls));
        }
        let mut kept = Kept { to: out, error: None };
        let written = self.report.serialize(&mut kept);
        written.map_err(|error| kept.error.take().unwrap_or_else(|| io::Error::other(error)))
    }
}

/// Keeps why it cannot be written, of which the crate gives no account.
struct Kept<'w> {
    to: &'w mut dyn Write,
    error: Option<io::Error>,
}

impl Write for Kept<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes).map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
