//! Where reports go: never over what is judged, never two to one place.

use crate::support::{BROKEN, CLEAN, Place};

#[test]
fn a_report_does_not_destroy_what_is_judged() {
    let place = Place::new("onto-input").file("in.ndjson", BROKEN).file("sub/x", "");
    for output in ["in.ndjson", "./sub/../in.ndjson"] {
        let run = place.run(&["check", "in.ndjson", "--output-format", "ndjson", "-o", output]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("would be overwritten"), "{run}");
        assert_eq!(place.text("in.ndjson"), BROKEN);
    }
    // Nor what is found on a walk.
    let run = place.run(&[
        "check",
        ".",
        "--output-format",
        "json",
        "-o",
        "new.json",
        "--output-format",
        "ndjson",
        "-o",
        "in.ndjson",
    ]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(place.text("in.ndjson"), BROKEN);
    assert!(!place.folder.join("new.json").exists(), "nothing is written before it is known that all can be");
}

#[test]
fn the_last_report_is_written_anew() {
    let place = Place::new("again").file("in.json", BROKEN);
    for (format, output) in [("json", "report.json"), ("ndjson", "report.ndjson")] {
        let arguments = ["check", ".", "--output-format", format, "-o", output];
        assert_eq!(place.run(&arguments).code, Some(1));
        let before = place.text(output);
        let run = place.run(&arguments);
        assert_eq!(run.code, Some(1), "{run}");
        assert_eq!(place.text(output), before);
        std::fs::remove_file(place.folder.join(output)).expect("it is there");
    }
}

#[test]
fn two_reports_do_not_go_to_one_file() {
    let place = Place::new("one-output").file("in.json", CLEAN).file("sub/x", "");
    for again in ["out", "./out", "sub/../out"] {
        let run = place.run(&[
            "check",
            "in.json",
            "--output-format",
            "json",
            "-o",
            "out",
            "--output-format",
            "concise",
            "-o",
            again,
        ]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("two reports cannot both go to"), "{run}");
        assert!(!place.folder.join("out").exists());
    }
}

#[test]
fn a_dash_is_standard_output() {
    let place = Place::new("dash").file("in.json", CLEAN);
    let run = place.run(&["check", "in.json", "--output-format", "concise", "-o", "-"]);
    assert!(run.stdout.starts_with("nihil obstat"), "{run}");
    assert!(!place.folder.join("-").exists());
    let both = ["check", "in.json", "--output-format", "concise", "-o", "-", "--output-format", "json"];
    assert_eq!(place.run(&both).code, Some(2));
}

const PROFILE: &str = "name = \"own\"\ndescribes = \"Ours.\"\n";

#[test]
fn a_report_does_not_destroy_what_a_run_reads() {
    let rules =
        std::fs::read_to_string(crate::support::project().join("rules/values/invalid-doi.md")).expect("it is there");
    let place = Place::new("onto-own")
        .file("in.json", BROKEN)
        .file("p.toml", PROFILE)
        .file("own/r.md", rules.replace("invalid-doi", "own-doi"))
        .file("whole.schema.json", r#"{"$ref": "part.schema.json"}"#)
        .file("part.schema.json", "{}")
        .file("reclint.toml", "schema = \"whole.schema.json\"\n");
    for (words, file) in [
        (&["--profile", "p.toml"][..], "p.toml"),
        (&["--rules", "own"], "own/r.md"),
        (&[], "whole.schema.json"),
        (&[], "./part.schema.json"),
        (&[], "reclint.toml"),
    ] {
        let before = place.text(file);
        let words = [&["check", "in.json", "--output-format", "json", "-o", file], words].concat();
        let run = place.run(&words);
        assert!(run.code == Some(2) && run.stderr.contains("would be overwritten by a report"), "{file}: {run}");
        assert_eq!(place.text(file), before);
    }
}

#[test]
fn a_mistaken_template_leaves_the_last_report() {
    let place = Place::new("mistaken").file("in.json", BROKEN).file("own.md", "{{ summary.findings.error / 0 }}");
    let place = place.file("report.md", "the last one");
    let words = ["check", "in.json", "--output-format", "template", "--template", "own.md", "-o", "report.md"];
    let run = place.run(&words);
    assert_eq!((run.code, &*place.text("report.md")), (Some(2), "the last one"), "{run}");
    let place = place.file("own.md", "{# nothing #}");
    let run = place.run(&words);
    assert_eq!((run.code, &*place.text("report.md")), (Some(1), ""), "{run}");
}
