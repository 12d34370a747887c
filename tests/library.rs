//! The library as other programs use it.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use reclint::{Linter, LinterBuilder, Position, Report};

#[test]
fn a_linter_serves_any_number_of_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Linter>();
    is_shared::<Report>();
}

#[test]
fn today_is_what_the_caller_says() {
    let text = br#"{"doi": "10.5072/a", "creators": [], "titles": [], "types": {}, "publicationYear": 2031}"#;
    let found = |as_of: Option<&str>| {
        let builder = Linter::builder().select(["future-date"]);
        let builder = as_of.into_iter().fold(builder, LinterBuilder::as_of);
        builder.build().map(|linter| linter.check("a.json", text).findings.len())
    };
    assert_eq!(found(Some("2030-12-31")).ok(), Some(1));
    assert_eq!(found(Some("2031-01-01")).ok(), Some(0));
    assert_eq!(found(None).ok(), Some(0), "without a day nothing is in the future");
    for day in ["2031", "1.1.2031", ""] {
        assert!(found(Some(day)).is_err(), "{day:?}");
    }
}

#[test]
fn a_report_is_data() {
    let linter = Linter::builder().build().expect("the program's own files are right");
    let report = linter.check("list.ndjson", br#"{"doi": "10.5072", "creators": [], "titles": [], "types": {}}"#);
    let start: Position = report.findings.first().expect("much is missing").start;
    assert_eq!(start.line, 1);
    let data = serde_json::to_value(&report).expect("it has no maps but of texts");
    assert_eq!(data["findings"].as_array().map(Vec::len), Some(report.findings.len()));
    assert_eq!(data["summary"]["records"], 1);
}

#[test]
fn what_lies_beside_a_record_is_handed_in() {
    let linter =
        Linter::builder().select(["conflicting-versions", "version-behind-tag"]).build().expect("they are there");
    let text = b"cff-version: 1.2.0\ntitle: Floods\nversion: 1.1.0\n";
    let found = |name: &str, files: &[(&str, &str)], tags: &[&str]| {
        let findings = linter.check_beside(name, text, files, tags).findings;
        findings.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>()
    };
    let cargo = [("../Cargo.toml", "[package]\nname = \"floods\"\nversion = \"1.2.0\"\n")];
    assert_eq!(found("floods/CITATION.cff", &cargo, &[]), ["conflicting-versions"]);
    assert_eq!(found("floods/CITATION.cff", &[], &["v1.0.0", "v1.2.0"]), ["version-behind-tag"]);
    assert!(found("floods/other.cff", &cargo, &["v1.2.0"]).is_empty(), "nothing lies beside what is so called");
}

#[test]
fn rules_and_profiles_of_the_callers_own() {
    let rule = "+++\nname = \"no-abstract\"\ncategory = \"completeness\"\nseverity = \"info\"\nsummary = \"None.\"\n\
                field = \"abstract\"\nmessage = \"No abstract is given.\"\ncheck = { kind = \"missing\" }\n+++\n";
    let builder = Linter::builder()
        .own_file("own/no-abstract.md", rule)
        .own_file("own/house.toml", "[severity]\nno-abstract = \"error\"\n")
        .select(["no-abstract"]);
    for (builder, severity) in [(builder.clone(), "info"), (builder.profile("own/house.toml"), "error")] {
        let linter = builder.build().expect("they are right");
        let report = linter.check("a.json", br#"{"doi": "10.5072/1", "creators": [], "titles": [], "types": {}}"#);
        let found: Vec<_> = report.findings.iter().map(|finding| (&*finding.rule, finding.severity.name())).collect();
        assert_eq!(found, [("no-abstract", severity)]);
    }
    let wrong = Linter::builder().own_file("own/no-abstract.md", rule.replace("missing\"", "misssing\"")).build();
    let said = wrong.expect_err("there is no such kind").to_string();
    assert!(said.starts_with("own/no-abstract.md:8:18: there is no check `misssing`"), "{said}");
}
