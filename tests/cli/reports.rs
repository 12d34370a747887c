//! The reports, word for word, on the project's own examples.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{BROKEN, CLEAN, Place, project, reclint, run};

const IN_REVIEW: &str = "examples/dspace/in-review.json";

#[test]
fn the_first_record() {
    insta::assert_snapshot!(run(&["check", IN_REVIEW]));
}

#[test]
fn the_first_record_has_its_eight_findings() {
    let found = run(&["check", "--output-format", "ndjson", IN_REVIEW]).stdout;
    let findings: Vec<Value> = found
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .filter(|line: &Value| line.get("rule").is_some())
        .collect();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let mut said: Vec<_> = findings
        .iter()
        .map(|finding| format!("{} {} {}", text(finding, "severity"), text(finding, "rule"), text(finding, "pointer")))
        .collect();
    said.sort();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn all_examples() {
    insta::assert_snapshot!(run(&["check", "examples"]));
}

#[test]
fn all_examples_concise() {
    insta::assert_snapshot!(run(&["check", "--output-format", "concise", "examples"]));
}

#[test]
fn a_submitter_hears_what_is_wrong_and_an_auditor_everything() {
    let whom = |whom| run(&["check", "--for", whom, "--output-format", "concise", IN_REVIEW]);
    insta::assert_snapshot!("for_submitter", whom("submitter"));
    insta::assert_snapshot!("for_auditor", whom("auditor"));
}

#[test]
fn drawn_and_coloured() {
    insta::assert_snapshot!(run(&["check", "--color", "always", IN_REVIEW]).stdout.replace('\u{1b}', "␛"));
}

#[test]
fn forty_columns_are_enough() {
    let mut command = reclint(project(), &["check", IN_REVIEW]);
    let output = command.env("COLUMNS", "40").output().expect("the program starts");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    insta::assert_snapshot!(stdout);
}

#[test]
fn a_record_on_one_long_line_is_cropped_round_the_label() {
    let long = BROKEN.replace("Snow depth", &["Snow depth and more snow"; 800].join(", "));
    let place = Place::new("long-line").file("long.ndjson", format!("{CLEAN}\n{long}\n"));
    let said = place.run(&["check", "--select", "invalid-doi", "long.ndjson"]);
    assert!(said.stdout.lines().all(|line| line.chars().count() <= 100), "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn many_alike_are_folded() {
    let place = Place::new("many").file("many.ndjson", format!("{BROKEN}\n").repeat(40));
    insta::assert_snapshot!(place.run(&["check", "--select", "invalid-doi", "many.ndjson"]));
    let as_data = place.run(&["check", "--output-format", "ndjson", "many.ndjson"]);
    assert_eq!(as_data.stdout.lines().filter(|line| line.contains("invalid-doi")).count(), 41, "40 and the summary");
}

#[test]
fn nihil_obstat() {
    let place = Place::new("clean").file("a.json", CLEAN);
    insta::assert_snapshot!(place.run(&["check", "--for", "auditor", "a.json"]));
}

#[test]
fn of_the_well_kept_examples_nothing_is_said() {
    for path in ["examples/codemeta", "examples/zenodo/.zenodo.json", "examples/datacite/dataset.json"] {
        let said = run(&["check", "--for", "auditor", path]);
        assert!(said.stdout.starts_with("nihil obstat: 1 record"), "{path}\n{said}");
    }
}

#[test]
fn one_finding_as_data() {
    let place = Place::new("json").file("a.json", BROKEN);
    insta::assert_snapshot!(place.run(&["check", "--output-format", "json", "a.json"]));
}

#[test]
fn the_report_keeps_its_schema() {
    let schema = std::fs::read(project().join("schemas/report.schema.json")).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let report = run(&["check", "--output-format", "json", "examples"]).stdout;
    let mut report: Value = serde_json::from_str(&report).expect("the report is JSON");
    let wrong: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(report["findings"].as_array().is_some_and(|findings| findings.len() > 20));
    report["findings"][0]["severity"] = "grave".into();
    assert!(!validator.is_valid(&report), "the schema says something");
}

#[test]
fn json_and_ndjson_say_the_same() {
    let json: Value =
        serde_json::from_str(&run(&["check", "--output-format", "json", "examples"]).stdout).expect("JSON");
    let ndjson = run(&["check", "--output-format", "ndjson", "examples"]).stdout;
    let lines: Vec<Value> = ndjson.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (summary, findings) = lines.split_last().expect("there is a summary");
    assert_eq!(json["findings"].as_array().map(Vec::as_slice), Some(findings));
    assert_eq!(json["summary"], summary["summary"]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let many = (0..400).fold(String::new(), |text, number| {
        let record = if number % 7 == 0 { BROKEN } else { CLEAN };
        text + &record.replace("example-1", &format!("example-{number}")) + "\n"
    });
    let place = Place::new("threads").file("many.ndjson", many.repeat(8)).copy("item.json", IN_REVIEW);
    for format in ["pretty", "concise", "json", "ndjson"] {
        let said = |threads| place.run(&["check", "--threads", threads, "--output-format", format, "."]).stdout;
        let alone = said("1");
        assert!(alone.contains("invalid-doi"), "{format}");
        assert_eq!(alone, said("2"), "{format}");
        assert_eq!(alone, said("5"), "{format}");
    }
}

#[test]
fn several_reports_in_one_run() {
    let place = Place::new("several").file("a.json", BROKEN);
    let formats = ["--output-format", "ndjson", "-o", "out.ndjson", "--output-format", "concise"];
    let said = place.run(&[&["check"][..], &formats[..], &["a.json"][..]].concat());
    assert!(said.stdout.starts_with("a.json:1:8 error invalid-doi"), "{said}");
    assert!(place.text("out.ndjson").starts_with(r#"{"rule":"invalid-doi""#));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let place = Place::new("pipe").file("many.ndjson", format!("{BROKEN}\n").repeat(20_000));
    let mut command = reclint(&place.folder, &["check", "--output-format", "ndjson", "many.ndjson"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut first = [0; 100];
    child.stdout.take().expect("it is piped").read_exact(&mut first).expect("it has written");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(101), "no panic");
}
