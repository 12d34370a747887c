//! The score: its formula by hand, its gate, its badge.

use serde_json::{Value, json};

use crate::support::{BROKEN, CLEAN, Place, Run, blocks, project, run};

/// The licence in `CLEAN`.
const LICENCE: &str = r#""rightsList":[{"rights":"CC0"}],"#;

fn page() -> String {
    std::fs::read_to_string(project().join("docs/score.md")).expect("it is there")
}

/// The score as data.
fn score(run: &Run) -> Value {
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}\n{run}"));
    report["summary"]["score"].clone()
}

fn of(place: &Place, more: &[&str]) -> Value {
    score(&place.run(&[&["check", "--score", "--output-format", "json"], more].concat()))
}

/// 100 × 20 N / (20 N + F), in tenths, rounded down.
fn by_hand(records: u64, weight: u64) -> f64 {
    let tenths = 1000 * 20 * records / (20 * records + weight);
    f64::from(u32::try_from(tenths).expect("there are at most a thousand")) / 10.0
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn weight(lost: &Value) -> u64 {
    let counted = &lost["counted"];
    20 * number(&counted["error"]) + 5 * number(&counted["warning"]) + number(&counted["info"])
}

#[test]
fn the_page_shows_what_is_said() {
    let page = page();
    let commands: Vec<_> = blocks(&page, "console").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 3);
    let place = Place::new("score-page").copy("docs/curator/export.csv", "docs/curator/export.csv");
    let ran: Vec<_> = commands
        .iter()
        .map(|command| {
            let words = command.strip_prefix("$ reclint ").expect("it is ours").split_whitespace();
            place.run(&words.collect::<Vec<_>>())
        })
        .collect();
    let table = blocks(&page, "text")[0];
    assert!(ran[0].stdout.ends_with(&format!("\n\n{table}")), "{}", ran[0]);
    assert!(!ran[1].stderr.contains("score") && ran[1].stdout.contains("at least"), "{}", ran[1]);
    assert_eq!(place.text("badge.json"), blocks(&page, "json")[0]);
    let place = place.file("reclint.toml", blocks(&page, "toml")[0]);
    assert!(place.run(&["check", "docs"]).stdout.contains("completeness   98.4  90.0"));
}

#[test]
fn the_formula_by_hand() {
    let run =
        run(&["check", "--isolated", "--score", "--statistics", "--output-format", "json", "docs/curator/export.csv"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    let (summary, score) = (&report["summary"], &report["summary"]["score"]);
    let statistics = summary["statistics"]["rules"].as_array().expect("there are rules");
    let mut all = 0;
    for dimension in score["dimensions"].as_array().expect("there are dimensions") {
        let lost = dimension["lost"].as_array().expect("there is a list");
        for lost in lost.iter().filter(|lost| lost["rule"] != "spreadsheet-damage") {
            let rule = statistics.iter().find(|rule| rule["rule"] == lost["rule"]).expect("it was counted");
            let counted = &lost["counted"];
            let records = ["error", "warning", "info"].map(|severity| number(&counted[severity])).iter().sum::<u64>();
            assert_eq!(records, number(&rule["records"]), "{lost}");
        }
        let weights: Vec<_> = lost.iter().map(weight).collect();
        assert!(weights.is_sorted_by(|left, right| left >= right), "{dimension}");
        let weight = weights.iter().sum::<u64>();
        assert_eq!(dimension["score"], by_hand(number(&dimension["records"]), weight), "{dimension}");
        all += weight;
    }
    assert_eq!(score["score"], by_hand(number(&summary["records"]), all));
    // The example of the page.
    let values = &score["dimensions"][3];
    assert_eq!((values["records"].clone(), values["score"].clone()), (json!(36), json!(96.5)), "{values}");
    assert_eq!(values["lost"][0]["points"], 2.7, "{values}");
}

#[test]
fn a_record_counts_once_for_a_rule_and_by_its_gravest_finding() {
    let two = CLEAN.replace(
        r#""creators":[{"name":"Keller, Ruth"}]"#,
        r#""creators":[{"name":"Keller, Ruth","nameIdentifiers":[{"nameIdentifier":"0000-0002-1825-0098","nameIdentifierScheme":"ORCID"}]},{"name":"Meier, Urs","nameIdentifiers":[{"nameIdentifier":"0000-0001-5109-3701","nameIdentifierScheme":"ORCID"}]}]"#,
    );
    let place = Place::new("score-once").file("a.json", two);
    let run = place.run(&["check", "--score", "--output-format", "json", "a.json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    assert_eq!(report["summary"]["findings_by_rule"]["invalid-orcid"], 2, "{run}");
    let lost = &score(&run)["dimensions"][3]["lost"];
    assert_eq!(lost[0]["rule"], "invalid-orcid", "{run}");
    assert_eq!(lost[0]["counted"], json!({"error": 1, "warning": 0, "info": 0}), "{run}");
}

#[test]
fn to_mend_or_to_add_what_is_clean_raises_it() {
    let place = Place::new("score-mend").file("a.json", BROKEN);
    assert_eq!(of(&place, &[])["score"], 50.0);
    let place = place.file("b.json", CLEAN);
    assert_eq!(of(&place, &[])["score"], 66.6);
    let place = place.file("a.json", CLEAN);
    let score = of(&place, &[]);
    assert_eq!(score["score"], 100.0);
    assert!(
        !place.run(&["check", "--output-format", "json"]).stdout.contains("\"score\""),
        "only where it is asked for"
    );
}

#[test]
fn threads_and_order_change_nothing() {
    let line = |number: usize| {
        let record = if number.is_multiple_of(7) { BROKEN } else { CLEAN };
        let record = if number.is_multiple_of(5) { record.replace(LICENCE, "") } else { record.to_owned() };
        record.replace("example-1", &format!("example-{number}")) + "\n"
    };
    let forwards: String = (0..2500).map(line).collect();
    let backwards: String = (0..2500).rev().map(line).collect();
    let place = Place::new("score-threads").file("a/many.ndjson", forwards).file("b/many.ndjson", backwards);
    let alone = of(&place, &["--threads", "1", "a"]);
    assert!(alone["score"].is_number(), "{alone}");
    assert_eq!(alone, of(&place, &["--threads", "4", "a"]));
    assert_eq!(alone, of(&place, &["--threads", "3", "b"]));
}

#[test]
fn what_is_not_judged_has_no_score() {
    let place = Place::new("score-none").file("a.json", "{").file("b.json", CLEAN);
    let run = place.run(&["check", "--score", "--min-score", "text=50", "a.json"]);
    assert!(run.stdout.ends_with("score: none, as no record was judged.\n"), "{run}");
    assert!(run.stderr.contains("no score of text"), "{run}");
    let none = of(&place, &["a.json"]);
    assert_eq!((&none["score"], &none["below"]), (&Value::Null, &json!(false)));
    let badge = place.run(&["check", "--output-format", "badge", "a.json"]).stdout;
    assert_eq!(
        badge,
        "{\"schemaVersion\":1,\"label\":\"metadata\",\"message\":\"no records\",\"color\":\"lightgrey\"}\n"
    );
    // A rule alone judges its own dimension; what is not below does not fail.
    let some = of(&place, &["--select", "invalid-doi", "b.json"]);
    let judged = |dimension: &Value| (dimension["score"].clone(), dimension["records"].clone());
    for (number, dimension) in some["dimensions"].as_array().expect("there are dimensions").iter().enumerate() {
        let expected = if number == 3 { (json!(100.0), json!(1)) } else { (Value::Null, json!(0)) };
        assert_eq!(judged(dimension), expected, "{dimension}");
    }
    let run = place.run(&["check", "--select", "invalid-doi", "--min-score", "text=50", "b.json"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("no score of text"), "{run}");
}

#[test]
fn below_what_is_asked_for_a_run_fails() {
    // One info, on the licence: 100 × 20 / 21.
    let place = Place::new("score-gate").file("a.json", CLEAN.replace(LICENCE, ""));
    let gate = |words: &[&str]| place.run(&[&["check", "--isolated", "--output-format", "concise"], words].concat());
    assert_eq!(gate(&["--min-score", "95.2"]).code, Some(0));
    insta::assert_snapshot!(gate(&["--min-score", "96", "--min-score", "completeness=95.3,text=100"]));
    assert_eq!(gate(&["--min-score", "96", "--exit-zero"]).code, Some(0));
    let place = place.file("reclint.toml", "min-score = 96\n");
    assert_eq!(place.run(&["check"]).code, Some(1));
    assert_eq!(place.run(&["check", "--min-score", "90"]).code, Some(0), "the command line has the last word");
    // Twice, for the first one's badge lies among what the second one walks.
    for _ in 0..2 {
        let run = place.run(&["check", "--output-format", "badge", "-o", "badge.json"]);
        assert_eq!(run.code, Some(1), "{run}");
    }
    let badge = place.text("badge.json");
    assert!(badge.contains(r#""message":"95.2 of 100","color":"red""#), "{badge}");
}

#[test]
fn mistakes_in_what_is_asked_for_are_said() {
    let place = Place::new("score-mistakes").file("a.json", CLEAN);
    let words = ["lots", "101", "completness=90", "text=", "90.55"];
    let said = words.map(|word| format!("--min-score {word}\n{}", place.run(&["check", "--min-score", word])));
    let settings = [
        "min-score = 120",
        "min-score = true",
        "[min-score]\ncompletness = 90",
        "[min-score]\ntext = \"high\"",
        "min-score = [90]",
    ];
    let framed = settings.map(|settings| {
        let place = Place::new("score-mistakes-framed").file("reclint.toml", format!("{settings}\n"));
        format!("{settings}\n{}", place.run(&["check"]))
    });
    insta::assert_snapshot!(said.into_iter().chain(framed).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_report_with_a_score_keeps_its_schema() {
    let schema = std::fs::read(project().join("schemas/report.schema.json")).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let report = run(&["check", "--output-format", "json", "--min-score", "80,text=90", "examples"]).stdout;
    let mut report: Value = serde_json::from_str(&report).expect("the report is JSON");
    let wrong: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    report["summary"]["score"]["dimensions"][0]["records"] = "many".into();
    assert!(!validator.is_valid(&report), "the schema says something");
}
