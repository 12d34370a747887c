//! Exit codes: 0 nothing stands in the way, 1 something does, 2 the work could not be done.

use std::process::Stdio;

use crate::support::{BROKEN, CLEAN, Place, Run, gzip, reclint};

/// A record with a warning and no error.
fn doubtful() -> String {
    CLEAN.replace(r#""publicationYear""#, r#""dates":[{"date":"07.04.2017","dateType":"Issued"}],"publicationYear""#)
}

fn place(name: &str) -> Place {
    let corrupt = &gzip(&format!("{BROKEN}\n").repeat(1000))[..120];
    Place::new(name)
        .file("clean.json", CLEAN)
        .file("broken.json", BROKEN)
        .file("doubtful.json", doubtful())
        .file("cut.ndjson.gz", corrupt)
        .file("list.csv", "title,doi\nSnow,10.5072/1\n")
        .file("cut.json", &CLEAN[..100])
        .file("off.toml", "exclude = [\"broken.json\"]\n")
        .file("wrong.toml", "ignroe = [\"invalid-doi\"]\n")
}

#[test]
fn codes() {
    let place = place("exit-codes");
    let table: &[(&[&str], i32)] = &[
        (&["clean.json"], 0),
        (&["broken.json"], 1),
        (&["doubtful.json"], 0),
        (&["--fail-on", "warning", "doubtful.json"], 1),
        (&["--exit-zero", "broken.json"], 0),
        (&["--ignore", "invalid-doi", "broken.json"], 0),
        (&["--select", "future-date", "--fail-on", "info", "--as-of", "2023-12-31", "clean.json"], 1),
        (&["--select", "future-date", "--fail-on", "info", "clean.json"], 0),
        (&["cut.json"], 1),
        (&["list.csv"], 0),
        (&["--fail-on", "warning", "list.csv"], 1),
        (&["no-such-file.json"], 2),
        (&["--exit-zero", "no-such-file.json"], 2),
        (&["clean.json", "no-such-file.json"], 2),
        (&["no-*-such.json"], 2),
        (&["cut.ndjson.gz"], 2),
        (&["--config", "wrong.toml", "clean.json"], 2),
        (&["--config", "no-such.toml", "clean.json"], 2),
        (&["--config", "off.toml", "--force-exclude", "broken.json"], 0),
        (&["--select", "invalid-dio", "clean.json"], 2),
        (&["--schema", "no-such.schema.json", "clean.json"], 2),
        (&["--schema", "cut.json", "clean.json"], 2),
        (&["--as-of", "yesterday", "clean.json"], 2),
        (&["--no-such-flag", "clean.json"], 2),
    ];
    for (arguments, code) in table {
        for format in ["pretty", "concise", "json", "ndjson"] {
            let arguments = [&["check", "--output-format", format], *arguments].concat();
            let run = place.run(&arguments);
            assert_eq!(run.code, Some(*code), "{arguments:?}\n{run}");
            // What is said at the end is what the gate says.
            assert!(*code == 0 || !run.stdout.contains("nihil obstat"), "{arguments:?}\n{run}");
            assert_eq!(
                run.stderr.is_empty(),
                *code != 2 && !arguments.contains(&"--force-exclude"),
                "{arguments:?}\n{run}"
            );
        }
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let place = place("said");
    let said: Vec<_> = [
        &["check", "no-such-file.json"][..],
        &["check", "no-*-such.json"],
        &["check", "[.json"],
        &["check", "--as-of", "yesterday"],
        &["check", "--select", "invalid-dio"],
        &["check", "--profile", "datacit"],
        &["check", "--threads", "none"],
        &["check", "--config", "off.toml", "--force-exclude", "broken.json"],
        &["explain", "invalid-dio"],
    ]
    .iter()
    .map(|arguments| format!("$ reclint {}\n{}", arguments.join(" "), place.run(arguments)))
    .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_came_before_a_break_in_an_archive_stands() {
    let records = (0..400).fold(String::new(), |text, number| {
        text + &BROKEN.replace("Keller, Ruth", &format!("Keller, Ruth {}", number * number * 7919 % 10007)) + "\n"
    });
    let whole = gzip(&records);
    let place = Place::new("archive").file("records.ndjson.gz", &whole[..whole.len() / 2]);
    let run = place.run(&["check", "--output-format", "concise", "records.ndjson.gz"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("records.ndjson.gz"), "{run}");
    assert!(run.stdout.starts_with("records.ndjson.gz:1:8 error invalid-doi"), "{run}");
}

#[test]
fn a_reader_that_goes_cuts_only_its_own_report_short() {
    let place = place("reader").file("many.ndjson", format!("{BROKEN}\n").repeat(4000));
    let words = ["--output-format", "ndjson", "--output-file", "all.ndjson", "--output-format", "concise"];
    for (path, code) in [("many.ndjson", 1), ("cut.ndjson.gz", 2)] {
        let mut command = reclint(&place.folder, &[&["check"], &words[..], &["many.ndjson", path]].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert_eq!(said.contains(path), code == 2, "{said}");
        let written = place.text("all.ndjson");
        let (findings, summary) = written.trim_end().rsplit_once('\n').expect("there are findings");
        assert!(findings.lines().count() >= 4000 && summary.starts_with("{\"summary\""), "{summary}");
    }
}

#[test]
fn too_many_threads_are_fewer() {
    let place = place("exit-threads").file("many.ndjson", format!("{BROKEN}\n").repeat(4000));
    let words = |threads| ["check", "--output-format", "concise", "--threads", threads, "many.ndjson"];
    let one = place.run(&words("1"));
    for threads in ["100000", "18446744073709551615"] {
        let many = place.run(&words(threads));
        assert_eq!((many.code, many.stdout == one.stdout), (Some(1), true), "{threads} threads: {}", many.stderr);
    }
}

#[test]
fn a_source_date_that_is_none_is_said() {
    let place = place("epoch");
    for (epoch, code) in [("nonsense", 2), ("-1", 2), ("99999999999999999", 2), ("", 0), (" 1795305600\n", 0)] {
        let mut command = reclint(&place.folder, &["check", "clean.json"]);
        let run: Run = command.env("SOURCE_DATE_EPOCH", epoch).output().expect("the program starts").into();
        assert_eq!(run.code, Some(code), "{epoch:?}\n{run}");
        assert_eq!(run.stderr.contains("SOURCE_DATE_EPOCH"), code == 2, "{run}");
    }
}
