//! What a record or a file's name holds does not steer the terminal.

use crate::support::{BROKEN, Place};

#[test]
fn escapes_and_marks_of_direction_are_shown_not_sent() {
    let record = BROKEN.replace("Snow depth", r"A\u001b[31mB\u202Eevil").replace(
        r#""publicationYear""#,
        r#""dates":[{"date":"\u001b[2J\u009b","dateType":"Issued"}],"publicationYear""#,
    );
    let place = Place::new("escapes").file("r.json", record);
    for format in ["pretty", "concise"] {
        for more in [&[][..], &["--for", "auditor"]] {
            let run = place.run(&[&["check", "--output-format", format, "r.json"], more].concat());
            let sent = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}');
            assert!(!run.stdout.contains(sent), "{format}: {:?}", run.stdout);
        }
    }
    assert!(place.run(&["check", "r.json"]).stdout.contains("A␛[31mB\u{FFFD}evil"));
    assert!(!place.run(&["formats", "--fields", "r.json"]).stdout.contains('\u{1b}'));
    let data = place.run(&["check", "--output-format", "ndjson", "r.json"]).stdout;
    assert!(data.contains(r#""value":"\u001b[2J"#), "as data a value stays what it is: {data}");
}

#[cfg(unix)]
#[test]
fn a_line_break_in_a_file_name_breaks_no_line() {
    let place = Place::new("line-break").file("a\nb\u{1b}[2J.json", BROKEN).file("c\nd.json", "");
    for format in ["pretty", "concise"] {
        let run = place.run(&["check", "--output-format", format, "."]);
        assert!(run.stdout.contains("a␊b␛[2J.json:1"), "{run}");
        assert!(!run.stdout.contains('\u{1b}'), "{run}");
    }
    let run = place.run(&["check", "no\nsuch\u{1b}.json"]);
    assert!(!run.stderr.contains('\u{1b}'), "{run}");
    assert!(!place.run(&["formats", "."]).stdout.contains('\u{1b}'));
}
