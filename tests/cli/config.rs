//! `reclint.toml`: found, obeyed, and its mistakes framed.

use crate::support::{BROKEN, CLEAN, Place};

fn with(name: &str, settings: &str) -> Place {
    Place::new(name).file("reclint.toml", settings).file("a.json", BROKEN).file("old/b.json", BROKEN)
}

/// What is said of a configuration that is wrong.
fn mistake(name: &str, settings: &str) -> String {
    format!("{settings}\n{}", with(name, settings).run(&["check"]))
}

#[test]
fn mistakes_are_framed() {
    let said = [
        mistake("unknown-key", "ignroe = [\"invalid-doi\"]\n"),
        mistake("unknown-rule", "ignore = [\"invalid-dio\"]\n"),
        mistake("unknown-severity", "[severity]\ninvalid-doi = \"fatal\"\n"),
        mistake("unknown-profile", "profile = \"datacite-5\"\n"),
        mistake("unknown-table-key", "[[override]]\npath = [\"old/**\"]\nseverity = \"off\"\nreason = \"old\"\n"),
        mistake("no-reason", "[[override]]\npaths = [\"old/**\"]\nrules = [\"invalid-doi\"]\nseverity = \"off\"\n"),
        mistake("condition", "[[override]]\nwhen = \"isued < 2020\"\nseverity = \"off\"\nreason = \"old\"\n"),
        mistake("toml", "select = [\"all\"\n"),
        mistake("type", "select = \"all\"\n"),
        mistake("rate", "[max-rate]\nmissing-license = \"often\"\n"),
        mistake("rate-of-all", "[max-rate]\nmissing-license = 5\n"),
        mistake("rate-of-nothing", "[max-rate]\nmising-license = \"5%\"\n"),
        mistake("rate-alone", "max-rate = \"5%\"\n"),
        mistake("version", "required-version = \">=99\"\n"),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_nearest_one_upwards_counts() {
    let place = with("nearest", "ignore = [\"invalid-doi\"]\n");
    assert_eq!(place.run(&["check"]).code, Some(0));
    assert_eq!(place.run(&["check", "--isolated"]).code, Some(1));
    assert_eq!(place.run(&["check", "--select", "invalid-doi"]).code, Some(1), "the command line has the last word");
    let place = Place { folder: place.folder.join("old") };
    assert_eq!(place.run(&["check"]).code, Some(0));
}

#[test]
fn severities_and_the_gate() {
    let place = with("gate", "fail-on = \"warning\"\n[severity]\ninvalid-doi = \"warning\"\n");
    let run = place.run(&["check", "--output-format", "concise"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("a.json:1:8 warning invalid-doi"), "{run}");
    assert_eq!(place.run(&["check", "--fail-on", "error"]).code, Some(0));
}

#[test]
fn what_is_excluded_is_not_walked() {
    let place = with("exclude", "exclude = [\"old/**\"]\n");
    let run = place.run(&["check", "--output-format", "concise"]);
    assert!(run.stdout.contains("a.json:1:8"), "{run}");
    assert!(!run.stdout.contains("old/b.json"), "{run}");
    assert!(place.run(&["check", "--output-format", "concise", "old/b.json"]).stdout.contains("old/b.json:1:8"));
    assert_eq!(place.run(&["check", "--force-exclude", "old/b.json"]).code, Some(0));
}

#[test]
fn overrides_by_path_record_and_condition() {
    let first = "select = [\"invalid-doi\"]\n[[override]]\npaths = [\"old/**\"]\nrules = [\"invalid-doi\"]\nseverity = \"off\"\nreason = \"old\"\n";
    let run = with("by-path", first).run(&["check", "--output-format", "concise"]);
    assert!(run.stdout.contains("a.json:1:8") && !run.stdout.contains("old/b.json"), "{run}");

    let by = |name: &str, how: &str| {
        with(name, &format!("select = [\"invalid-doi\"]\n[[override]]\n{how}\nrules = [\"values\"]\nseverity = \"info\"\nreason = \"known\"\n"))
            .run(&["check", "--output-format", "json"])
            .stdout
            .contains("\"info\":2")
    };
    assert!(by("by-record", "records = [\"10.5072\"]"));
    assert!(by("by-condition", "when = \"publication-year < 2025\""));
    assert!(!by("by-other-record", "records = [\"10.5072/2\"]"));
    assert!(!by("by-other-condition", "when = \"publication-year < 2020\""));
}

#[test]
fn an_override_that_nothing_needs_is_reported() {
    let unused = "select = [\"invalid-doi\"]\n[[override]]\npaths = [\"gone/**\"]\nrules = [\"invalid-doi\"]\nseverity = \"off\"\nreason = \"old\"\n";
    let ended = "[[override]]\npaths = [\"a.json\"]\nseverity = \"off\"\nreason = \"moving\"\nuntil = 2026-06-30\n";
    let place = with("unused", &format!("{unused}\n{ended}")).file("c.json", CLEAN);
    insta::assert_snapshot!(place.run(&["check"]));
}

#[test]
fn lists_of_ones_own() {
    let settings =
        "[lists]\ntype = [\"Dataset\", \"Software\"]\n[lists.datacite]\npublisher = \"lists/publishers.txt\"\n";
    let place = Place::new("lists").file("reclint.toml", settings).file("lists/publishers.txt", "# ours\n\nEnviDat\n");
    let other = CLEAN.replace("\"Dataset\"", "\"Text\"").replace("\"name\":\"EnviDat\"", "\"name\":\"Envidat\"");
    let place = place.file("a.json", CLEAN).file("b.json", other);
    let run = place.run(&["check", "--select", "unlisted-value", "--output-format", "concise"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!run.stdout.contains("a.json"), "{run}");
    assert!(run.stdout.contains("warning unlisted-value \"Text\" is not on the list for the resource type"), "{run}");
    assert!(run.stdout.contains("lists/publishers.txt have it in another spelling"), "{run}");
    let isolated = place.run(&["check", "--isolated", "--select", "unlisted-value", "--output-format", "concise"]);
    assert!(!isolated.stdout.contains("unlisted-value"), "{isolated}");
    std::fs::remove_file(place.folder.join("lists/publishers.txt")).expect("it is there");
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("the list `lists/publishers.txt` cannot be read"), "{run}");
    let said = mistake("list-unknown", "[lists]\ntype = \"dspace-types\"\n");
    assert!(said.contains("did you mean `dspace-type`?"), "{said}");
    let said = mistake("list-field", "[lists.dspce]\ntype = \"dspace-type\"\n");
    assert!(said.contains("there is no format `dspce`"), "{said}");
}
