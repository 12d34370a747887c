//! Many records: statistics, groups, limits, rates, and what is the same in many of them.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::support::{BROKEN, CLEAN, Place, project, run};

/// What the records of [`many`] are made for: no other rule is to change what is counted.
const RULES: &str = "invalid-doi,malformed-date,missing-license,schema-violation,syntax-error";

/// Some thousand records of a few publishers with faults in known places, and some lines that cannot be read.
fn many() -> String {
    let mut text = String::new();
    for number in 0..4000 {
        let publisher = match number {
            _ if number % 250 == 3 => " ".to_owned(),
            _ if number % 2 == 0 => "House 0".to_owned(),
            _ => format!("House {}", number % 140),
        };
        let mut record = CLEAN.replace("10.5072/example-1", &format!("10.5072/example-{number}"));
        record = record.replace("EnviDat", &publisher);
        if number % 8 == 0 {
            record = record.replace(r#""rightsList":[{"rights":"CC0"}],"#, "");
        }
        if number % 9 == 0 {
            record = record.replace(&format!("10.5072/example-{number}"), "10.5072");
        }
        if number % 500 == 1 {
            record = record.replace(&format!("10.5072/example-{number}"), &format!("10.507/{number}"));
        }
        if number % 7 == 0 {
            let year = 2000 + number % 5;
            let date = format!(r#""dates":[{{"date":"07.04.{year}","dateType":"Issued"}}],"publicationYear""#);
            record = record.replace(r#""publicationYear""#, &date);
        } else {
            let year = 1990 + number % 3;
            let date = format!(r#""dates":[{{"date":"{year}-04-07","dateType":"Issued"}}],"publicationYear""#);
            record = record.replace(r#""publicationYear""#, &date);
        }
        if number % 1000 == 999 {
            record.truncate(100);
        }
        let _ = writeln!(text, "{record}");
    }
    text
}

fn place(name: &str) -> Place {
    place_with(name, "")
}

fn place_with(name: &str, settings: &str) -> Place {
    let rules = RULES.replace(',', "\", \"");
    Place::new(name).file("many.ndjson", many()).file("reclint.toml", format!("select = [\"{rules}\"]\n{settings}"))
}

/// The last line of the findings as data.
fn summary(output: &str) -> Value {
    let last: Value = serde_json::from_str(output.lines().last().expect("there is a summary")).expect("it is JSON");
    last["summary"].clone()
}

/// The findings of each rule, in their order.
fn by_rule(output: &str) -> BTreeMap<String, Vec<Value>> {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in output.lines() {
        let line: Value = serde_json::from_str(line).expect("it is JSON");
        if let Some(rule) = line["rule"].as_str() {
            found.entry(rule.to_owned()).or_default().push(line);
        }
    }
    found
}

#[test]
fn statistics_by_rule_and_field() {
    let place = Place::new("statistics").file("many.ndjson", format!("{BROKEN}\n{CLEAN}\n").repeat(3));
    let said = place.run(&["check", "--statistics", "--select", "invalid-doi", "many.ndjson"]).to_string();
    // Which fields there are beside those of these records is another matter.
    let (there, absent) = said.split_once("in no record: ").expect("some fields are in none");
    let (absent, last) = absent.split_once("\n\n").expect("the summary comes last");
    assert!(["creator.orcid", "funder.name"].iter().all(|field| absent.contains(field)), "{absent}");
    insta::assert_snapshot!(format!("{there}\n{last}"));
}

#[test]
fn statistics_by_group() {
    let said = place("groups").run(&["check", "--group-by", "publisher", "--max-rate", "missing-license=0.1%", "."]);
    let shown = said.stdout.lines().filter(|line| line.starts_with("House ")).count();
    assert_eq!(shown + usize::from(said.stdout.contains("(none)")), 50, "{said}");
    let groups = said.stdout.split("\n\n").nth(2).expect("they come after rules and fields");
    let last = said.stdout.split("\n\n").nth(3).expect("the summary comes last");
    let head: Vec<_> = groups.lines().take(7).collect();
    let tail: Vec<_> = groups.lines().rev().take(1).collect();
    insta::assert_snapshot!(format!("{}\n...\n{}\n\n{last}", head.join("\n"), tail.join("\n")));
}

#[test]
fn statistics_are_exact() {
    let place = place("exact");
    let said = place.run(&["check", "--output-format", "ndjson", "--group-by", "issued", "many.ndjson"]);
    let found = by_rule(&said.stdout);
    let of_run = summary(&said.stdout);
    let statistics = &of_run["statistics"];
    assert_eq!(statistics["records"], 4000, "with the four that cannot be read");
    let rules = statistics["rules"].as_array().expect("it is a list");
    assert_eq!(rules.len(), found.len());
    for rule in rules {
        let findings = &found[rule["rule"].as_str().expect("it has a name")];
        assert_eq!(rule["findings"], findings.len());
        let mut records: Vec<_> = findings.iter().map(|finding| finding["record"]["index"].as_u64()).collect();
        records.dedup();
        assert_eq!(rule["records"], records.len(), "{rule}");
        let examples: Vec<_> = rule["examples"].as_array().expect("it is a list").iter().collect();
        assert_eq!(examples.len(), records.len().min(3));
        for (example, record) in examples.iter().zip(records) {
            assert_eq!(example["line"].as_u64(), record.map(|index| index + 1));
        }
    }
    let field = |name: &str| {
        let fields = statistics["fields"][0]["fields"].as_array().expect("it is a list");
        fields.iter().find(|field| field["field"] == name).expect("it is mapped")["records"].clone()
    };
    assert_eq!(
        (field("title"), field("license"), field("publisher")),
        (3996.into(), 3496.into(), 3980.into()),
        "what is blank is no value"
    );
    assert_eq!(field("volume"), 0);
    let by_publisher = ["check", "--output-format", "ndjson", "--group-by", "publisher", "many.ndjson"];
    let by_publisher = summary(&place.run(&by_publisher).stdout);
    let publishers = by_publisher["statistics"]["groups"].as_array().expect("it is a list");
    let none = publishers.iter().find(|group| group["kind"] == "none").expect("some have a blank one");
    assert_eq!((&none["value"], &none["records"]), (&"(none)".into(), &16.into()));
    let groups = statistics["groups"].as_array().expect("it is a list");
    let names: Vec<_> = groups.iter().map(|group| group["value"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["1992", "1990", "1991", "(no date)"], "a date that is none has no year");
    let records: u64 = groups.iter().filter_map(|group| group["records"].as_u64()).sum();
    assert_eq!(records, 3996);
    let of_groups = |rule: &str| -> u64 {
        let rules = groups.iter().flat_map(|group| group["rules"].as_array().expect("it is a list"));
        rules.filter(|found| found["rule"] == rule).filter_map(|found| found["records"].as_u64()).sum()
    };
    assert_eq!(of_groups("missing-license"), 500);
}

#[test]
fn groups_beyond_the_most_are_one() {
    let records = (0..10_050).fold(String::new(), |text, number| {
        text + &CLEAN.replace("EnviDat", &format!("House {}", number % 10_030)) + "\n"
    });
    let place = Place::new("many-groups").file("many.ndjson", records);
    let said = place.run(&["check", "--output-format", "ndjson", "--group-by", "publisher", "many.ndjson"]);
    let summary = summary(&said.stdout);
    let groups = summary["statistics"]["groups"].as_array().expect("it is a list");
    assert_eq!(groups.len(), 10_001);
    assert_eq!((&groups[0]["kind"], &groups[0]["records"]), (&"other".into(), &30.into()));
    let text = place.run(&["check", "--group-by", "publisher", "many.ndjson"]).stdout;
    assert!(text.contains("Only the first 10,000 values have a group of their own"), "{text}");
    assert!(text.contains("and 9,951 smaller groups with 9,951 records"), "{text}");
}

#[test]
fn no_more_of_a_rule_are_written_and_all_are_counted() {
    let place = place("most");
    let whole = place.run(&["check", "--output-format", "ndjson", "many.ndjson"]);
    let cut = place.run(&["check", "--output-format", "ndjson", "--max-findings-per-rule", "7", "many.ndjson"]);
    let (all, some) = (by_rule(&whole.stdout), by_rule(&cut.stdout));
    for (rule, findings) in &all {
        assert_eq!(some[rule], findings[..findings.len().min(7)], "{rule}: the first");
    }
    let (whole_summary, mut cut_summary) = (summary(&whole.stdout), summary(&cut.stdout));
    let said = cut_summary.as_object_mut().and_then(|summary| summary.remove("cut")).expect("it is said");
    assert_eq!(cut_summary, whole_summary, "the counts are those of the whole");
    let total = |rule: &str| said.as_array()?.iter().find(|cut| cut["rule"] == rule)?["total"].as_u64();
    assert_eq!(total("missing-license"), Some(500));
    assert_eq!(total("syntax-error"), None, "there are but four");
    assert_eq!((cut.code, whole.code), (Some(1), Some(1)));
    let none = place.run(&["check", "--output-format", "json", "--max-findings-per-rule", "0", "many.ndjson"]);
    let none: Value = serde_json::from_str(&none.stdout).expect("it is JSON");
    assert_eq!(none["findings"], Value::Array(Vec::new()));
    insta::assert_snapshot!(place.run(&["check", "--max-findings-per-rule", "1", "many.ndjson"]));
    insta::assert_snapshot!(place.run(&[
        "check",
        "--output-format",
        "concise",
        "--max-findings-per-rule",
        "2",
        "many.ndjson"
    ]));
}

#[test]
fn a_limit_holds_where_several_things_are_missing_at_one_place() {
    let bare =
        r#"{"doi":"10.5072/x","creators":[],"titles":[{"title":"Snow"}],"types":{},"publisher":{},"contributors":[]}"#;
    let place = Place::new("most-joined").file("many.ndjson", format!("{bare}\n").repeat(5));
    for whom in ["submitter", "curator", "auditor"] {
        for format in ["pretty", "concise"] {
            let arguments = ["check", "--for", whom, "--output-format", format, "--max-findings-per-rule", "2", "."];
            let said = place.run(&arguments).stdout;
            let said = said.split("5 records in 1 file").next().expect("it has a beginning");
            assert_eq!(said.matches("missing-creator").count(), 2, "{whom} {format}\n{said}");
            let license = said.matches("missing-license").count();
            assert_eq!(license, if whom == "submitter" { 0 } else { 2 }, "{whom} {format}\n{said}");
        }
    }
}

#[test]
fn a_record_that_was_not_judged_is_no_sound_one() {
    // Of a table without a column for titles nobody knows whether items have some.
    let plain = "id,collection,dc.title\n1,c,Snow\n2,c,\n";
    let without = "id,collection,dc.date.issued\n3,c,2024\n4,c,2024\n5,c,2024\n6,c,2024\n7,c,2024\n8,c,2024\n";
    let place = Place::new("rates-not-judged").file("a.csv", plain).file("b.csv", without);
    let words = ["check", "--isolated", "--select", "missing-title", ".", "--output-format", "json"];
    let whole = place.run(&words);
    let report: serde_json::Value = serde_json::from_str(&whole.stdout).expect("it is JSON");
    let not_judged = &report["summary"]["not_judged"][0];
    assert_eq!((&not_judged["rule"], &not_judged["records"]), (&"missing-title".into(), &6.into()), "{whole}");
    let rated = |most: &str| place.run(&[&words[..], &["--max-rate", most]].concat());
    assert_eq!((rated("missing-title=50%").code, rated("missing-title=49%").code), (Some(0), Some(1)));
    let report: serde_json::Value = serde_json::from_str(&rated("missing-title=49%").stdout).expect("it is JSON");
    assert_eq!(report["summary"]["rates"][0]["records"], 1, "{report}");
}

#[test]
fn rates_are_tolerated_and_no_more() {
    let place = place_with("rates", "[max-rate]\nsyntax-error = 0.001\n\"invalid-*\" = \"5%\"\n");
    let table: &[(&[&str], i32)] = &[
        (&[], 1),
        (&["--max-rate", "invalid-doi=20%"], 0),
        (&["--max-rate", "invalid-doi=20%", "--max-rate", "syntax-error=0.0999%"], 1),
        (&["--max-rate", "all=0.2"], 0),
        (&["--max-rate", "all=0.2", "--max-rate", "missing-license=12.4%"], 1),
        (&["--max-rate", "all=0.2", "--max-rate", "missing-license=12.5%"], 0),
        (&["--max-rate", "all=0.2", "--max-rate", "missing-license=12.4%", "--exit-zero"], 0),
        (&["--max-rate", "invalid-doi=20%", "--fail-on", "warning"], 1),
        (&["--max-rate", "invalid-doi"], 2),
        (&["--max-rate", "invalid-doi=much"], 2),
        (&["--max-rate", "invalid-dio=1%"], 2),
        (&["--group-by", "publishers"], 2),
    ];
    for (arguments, code) in table {
        let said = place.run(&[&["check", "--output-format", "ndjson", "many.ndjson"], *arguments].concat());
        assert_eq!(said.code, Some(*code), "{arguments:?}\n{}", said.stderr);
    }
    let said = place.run(&["check", "--statistics", "--max-rate", "missing-license=0.1%", "many.ndjson"]).stdout;
    insta::assert_snapshot!(said.split("\n\n").last().expect("the summary comes last"));
    let wrong: Vec<_> = table.iter().filter(|(_, code)| *code == 2).collect();
    let wrong = wrong.iter().map(|(arguments, _)| place.run(&[&["check"], *arguments].concat()).to_string());
    insta::assert_snapshot!(wrong.collect::<String>());
}

#[test]
fn a_fault_outside_of_any_record_is_not_tolerated() {
    // Larger than a chunk: it is cut into its records, and breaks off in the list round them.
    let list = format!("{{\"data\": [{}", vec![CLEAN; 2000].join(","));
    let place = Place::new("rate-outside").file("cut.json", list).file("line.ndjson", format!("{CLEAN}\n{{\n"));
    let code = |file| place.run(&["check", "--max-rate", "all=100%", file]).code;
    assert_eq!((code("cut.json"), code("line.ndjson")), (Some(1), Some(0)));
}

#[test]
fn the_same_in_many_records_is_one() {
    let place = place("same");
    let said = place.run(&["check", "many.ndjson"]).stdout;
    let end = said.find("The same in many records").expect("there is much of it");
    insta::assert_snapshot!(&said[end..]);
    let said = place.run(&["check", "--output-format", "concise", "many.ndjson"]).stdout;
    assert_eq!(said.lines().filter(|line| line.contains(" error invalid-doi \"10.5072\" ")).count(), 20);
    assert_eq!(said.lines().filter(|line| line.contains(" error invalid-doi \"10.507/")).count(), 7, "each is another");
    assert!(said.contains("\ninvalid-doi: in 444 of 4,000 records (11.1%), e.g. many.ndjson:1, "), "{said}");
    let all = place.run(&["check", "--output-format", "concise", "--for", "auditor", "many.ndjson"]).stdout;
    assert!(all.lines().filter(|line| line.contains(" error invalid-doi ")).count() > 444);
    assert!(!all.contains("The same in many records"));
}

#[test]
fn counting_by_value_stops() {
    let records = (0..10_050).fold(String::new(), |text, number| {
        text + &CLEAN.replace("10.5072/example-1", &format!("10.507/{number}")) + "\n"
    });
    let place = Place::new("many-values").file("many.ndjson", records + &format!("{BROKEN}\n").repeat(40));
    let said = place.run(&["check", "--select", "invalid-doi", "many.ndjson"]).stdout;
    assert!(said.contains("Counting the same by its value stopped at 10,000 different faults."), "{said}");
    let more = said.lines().find(|line| line.starts_with("invalid-doi: and ")).expect("the rest is counted");
    let shown = said.matches(" is not a well-formed DOI").count();
    let hidden: usize =
        more.split(' ').nth(2).map(|count| count.replace(',', "")).and_then(|count| count.parse().ok()).expect(more);
    assert_eq!(hidden + shown, 10_090, "{more}");
}

#[test]
fn threads_change_nothing_at_scale() {
    let place = place("scale-threads").file("more/again.ndjson", many());
    for format in ["pretty", "concise", "json", "ndjson"] {
        for more in [
            &["--statistics"][..],
            &["--group-by", "publisher", "--max-rate", "missing-*=1%"],
            &["--max-findings-per-rule", "5"],
            &["--max-findings-per-rule", "300", "--for", "auditor"],
        ] {
            let said = |threads| {
                let arguments = ["check", "--output-format", format, "--threads", threads, "."];
                place.run(&[&arguments, more].concat())
            };
            let (one, four) = (said("1"), said("4"));
            assert_eq!((one.code, &one.stdout), (four.code, &four.stdout), "{format} {more:?}");
        }
    }
}

#[test]
fn timings_are_no_part_of_the_report() {
    let place = place("timings");
    let plain = place.run(&["check", "--output-format", "ndjson", "many.ndjson"]);
    let timed = place.run(&["check", "--output-format", "ndjson", "--timings", "many.ndjson"]);
    assert_eq!((plain.code, plain.stdout), (timed.code, timed.stdout));
    assert_eq!(plain.stderr, "");
    let rows: Vec<_> = timed.stderr.lines().collect();
    assert!(rows[0].starts_with("rule ") && rows[0].ends_with("per record"), "{}", timed.stderr);
    for row in ["(parse)", "(crosswalk and values)", "schema-violation", "(report)", "missing-license", "(all)"] {
        assert_eq!(rows.iter().filter(|line| line.starts_with(row)).count(), 1, "{row}\n{}", timed.stderr);
    }
}

#[test]
fn the_report_with_statistics_keeps_its_schema() {
    let schema = std::fs::read(project().join("schemas/report.schema.json")).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let wanted = ["--group-by", "creator", "--max-findings-per-rule", "1", "--max-rate", "all=5%", "examples"];
    let report = run(&[&["check", "--output-format", "json"], &wanted[..]].concat()).stdout;
    let mut report: Value = serde_json::from_str(&report).expect("the report is JSON");
    let wrong: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for part in ["cut", "rates", "statistics"] {
        assert!(!report["summary"][part].is_null(), "{part}");
    }
    report["summary"]["statistics"]["groups"][0]["kind"] = "odd".into();
    assert!(!validator.is_valid(&report), "the schema says something");
}
