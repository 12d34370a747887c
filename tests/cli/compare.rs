//! Two reports beside each other.

use serde_json::Value;

use crate::support::{CLEAN, Place};

fn numbered(number: usize, of: &str) -> String {
    let dated = format!("{number}\",\"dates\":[{{\"date\":\"2024-02-31\",\"dateType\":\"Issued\"}}],\"creators\"");
    of.replace("example-1\",\"creators\"", &dated)
}

/// A folder with reports of two versions of the same records: one fixed, two new, the others in another order.
fn place(name: &str) -> Place {
    let lines =
        |numbers: Vec<usize>| numbers.into_iter().map(|number| numbered(number, CLEAN) + "\n").collect::<String>();
    let place = Place::new(name).file("r.ndjson", lines((0..40).collect()));
    for (format, file) in [("json", "old.json"), ("ndjson", "old.ndjson")] {
        report(&place, format, file, &[]);
    }
    let place = place.file("r.ndjson", lines((1..40).rev().chain([50, 51]).collect()));
    report(&place, "json", "new.json", &[]);
    report(&place, "ndjson", "new.ndjson", &[]);
    place
}

fn report(place: &Place, format: &str, file: &str, more: &[&str]) {
    let words = [
        "check",
        "--isolated",
        "--select",
        "impossible-date",
        "--exit-zero",
        "--output-format",
        format,
        "--output-file",
        file,
        "r.ndjson",
    ];
    let run = place.run(&[&words[..], more].concat());
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn what_is_new_fixed_and_remaining() {
    let place = place("compare");
    let run = place.run(&["compare", "old.json", "new.ndjson"]);
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(run);
    for (old, new) in [("old.json", "new.json"), ("old.ndjson", "new.json"), ("old.ndjson", "new.ndjson")] {
        assert_eq!(place.run(&["compare", old, new]).stdout, run.stdout, "{old} {new}");
    }
    let data = place.run(&["compare", "old.json", "new.json", "--output-format", "json", "--fail-on-new"]);
    assert_eq!(data.code, Some(1), "{data}");
    let data: Value = serde_json::from_str(&data.stdout).expect("it is JSON");
    insta::assert_snapshot!(serde_json::to_string_pretty(&data["summary"]).expect("it is JSON"));
    assert_eq!(data["format"], "reclint-compare-1");
    assert!(data["new"].as_array().is_some_and(|new| new.iter().all(|told| told["path"] == "r.ndjson")), "{data}");
    // The other way round what was fixed is new.
    assert_eq!(place.run(&["compare", "new.json", "old.json", "--fail-on-new"]).code, Some(1));
    // What is new is an error; as an info it need not stop anything.
    let mild = place.text("new.json").replace("\"severity\":\"error\"", "\"severity\":\"info\"");
    std::fs::write(place.folder.join("mild.json"), mild).expect("a file can be written");
    for (least, code) in [("--fail-on-new", 1), ("--fail-on-new=info", 1), ("--fail-on-new=warning", 0)] {
        assert_eq!(place.run(&["compare", "old.json", "mild.json", least]).code, Some(code), "{least}");
    }
    assert_eq!(place.run(&["compare", "old.json", "new.json", "--fail-on-new=error"]).code, Some(1));
    let same = place.run(&["compare", "new.json", "new.ndjson", "--fail-on-new"]);
    assert!(same.code == Some(0) && same.stdout.starts_with("0 new, 0 fixed, "), "{same}");
}

#[test]
fn what_is_not_all_of_it_is_said() {
    let place = place("compare-cut");
    report(&place, "json", "cut.json", &["--max-findings-per-rule", "3"]);
    let cut = place.run(&["compare", "cut.json", "new.json", "--output-format", "json"]);
    let data: Value = serde_json::from_str(&cut.stdout).expect("it is JSON");
    let lines = place.text("new.ndjson");
    let kept: Vec<_> = lines.lines().take(5).collect();
    let (whole, broken) = (place.text("new.json"), kept.join("\n"));
    let place = place
        .file("short.ndjson", &broken)
        .file("torn.json", &whole[..whole.len() / 2])
        .file("torn.ndjson", &lines[..lines.len() - 9])
        .file("record.json", CLEAN);
    let short = place.run(&["compare", "short.ndjson", "new.json"]);
    let short = short.stdout.lines().skip_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let said = ["torn.json", "torn.ndjson", "record.json", "no.json"]
        .map(|file| place.run(&["compare", "new.json", file]).to_string());
    insta::assert_snapshot!(format!("{:#}\n{short}\n{}", data["summary"]["incomplete"], said.join("\n")));
}

#[test]
fn what_breaks_off_or_is_of_another_form_is_no_success() {
    let place = place("compare-broken");
    let text = place.text("new.ndjson");
    let cut: Vec<_> = text.lines().take(2).collect();
    let place = place.file("cut.ndjson", cut.join("\n") + "\n");
    let run = place.run(&["compare", "new.ndjson", "cut.ndjson", "--fail-on-new"]);
    assert!(run.code == Some(2) && run.stdout.contains("it breaks off"), "{run}");
    assert_eq!(place.run(&["compare", "new.ndjson", "cut.ndjson"]).code, Some(0));
    let place = place.file("next.json", r#"{"format":"reclint-json-2","findings":[],"summary":{}}"#);
    let run = place.run(&["compare", "next.json", "new.json"]);
    assert!(run.code == Some(2) && run.stderr.contains("reclint-json-2"), "{run}");
    // An editor's empty line at the end is none of the report's.
    let place = place.file("edited.ndjson", text + "\n");
    assert_eq!(place.run(&["compare", "new.ndjson", "edited.ndjson", "--fail-on-new"]).code, Some(0));
}

#[test]
fn a_later_run_that_saw_less_is_said() {
    let place = place("compare-less").file("other.ndjson", numbered(7000, CLEAN));
    let run = |words: &[&str]| {
        place.run(&[&["check", "--isolated", "--exit-zero", "--output-format", "json"], words].concat())
    };
    let both = run(&["r.ndjson", "other.ndjson"]).stdout;
    let one = run(&["r.ndjson"]).stdout;
    let by_one = run(&["r.ndjson", "--select", "invalid-doi"]).stdout;
    let by_other = run(&["r.ndjson", "--select", "missing-title"]).stdout;
    let place = place.file("both.json", both).file("one.json", one);
    let place = place.file("by-one.json", by_one).file("by-other.json", by_other);
    let said = place.run(&["compare", "both.json", "one.json"]);
    assert!(said.stdout.contains("`one.json` is of 1 file, and the earlier one of 2"), "{said}");
    let said = place.run(&["compare", "one.json", "both.json"]);
    assert!(!said.stdout.contains("incomplete"), "{said}");
    let said = place.run(&["compare", "one.json", "by-one.json"]);
    assert!(said.stdout.contains("`by-one.json` is by 1 rule, and the earlier one by "), "{said}");
    let said = place.run(&["compare", "by-one.json", "by-other.json"]);
    assert!(said.stdout.contains("`by-other.json` is by 1 rule, and the earlier one by 1: they are not"), "{said}");
}

#[cfg(unix)]
#[test]
fn reports_may_come_through_pipes() {
    let place = place("compare-pipes");
    let wanted = place.run(&["compare", "old.json", "new.json"]).stdout;
    for (old, new) in [("old.json", "new.json"), ("old.ndjson", "new.ndjson")] {
        let pipes = ["a.pipe", "b.pipe"].map(|name| place.folder.join(name));
        let writers = pipes.clone().into_iter().zip([old, new]).map(|(pipe, name)| {
            let _ = std::fs::remove_file(&pipe);
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
            let text = place.text(name);
            std::thread::spawn(move || std::fs::write(pipe, text).expect("it is read"))
        });
        let writers: Vec<_> = writers.collect();
        let run = place.run(&["compare", "a.pipe", "b.pipe"]);
        for writer in writers {
            writer.join().expect("all of it is read");
        }
        assert_eq!(run.stdout, wanted, "{run}");
    }
}

#[test]
fn reports_are_read_however_they_are_written() {
    let place = place("compare-forms");
    let wanted = place.run(&["compare", "old.json", "new.json"]).stdout;
    let whole = place.text("new.json");
    let report: Value = serde_json::from_str(&whole).expect("it is JSON");
    let turned = format!(
        "{{\"summary\": {}, \"findings\": {}, \"as_of\": {}, \"format\": {}}}",
        report["summary"], report["findings"], report["as_of"], report["format"]
    );
    let place = place.file("turned.json", turned).file("marked.json", format!("\u{feff}{whole}"));
    assert_eq!(place.run(&["compare", "old.json", "turned.json"]).stdout, wanted);
    assert_eq!(place.run(&["compare", "old.json", "marked.json"]).stdout, wanted);
    assert_eq!(place.run_with(&["compare", "old.json", "-"], &whole).stdout, wanted);
    assert_eq!(place.run_with(&["compare", "-", "new.json"], place.text("old.json")).stdout, wanted);
}

#[test]
fn another_day_and_other_severities_are_said() {
    let place = place("compare-days").file("e.toml", "[severity]\nimpossible-date = \"warning\"\n");
    report(&place, "json", "later.json", &["--as-of", "2027-01-01"]);
    report(&place, "ndjson", "later.ndjson", &["--as-of", "2027-01-01"]);
    for later in ["later.json", "later.ndjson"] {
        let said = place.run(&["compare", "new.json", later]);
        assert!(said.stdout.contains(" is judged as of 2027-01-01, and the earlier one as of "), "{said}");
    }
    let words = ["check", "--config", "e.toml", "--select", "impossible-date", "--output-format", "json", "r.ndjson"];
    let place = place.file("mild.json", "");
    std::fs::write(place.folder.join("mild.json"), place.run(&words).stdout).expect("a file can be written");
    let said = place.run(&["compare", "mild.json", "new.json"]);
    assert!(said.stdout.contains("0 new, 0 fixed, 41 remaining, 41 of them graver than before."), "{said}");
}
