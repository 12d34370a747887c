//! Texts that are broken: each fault is told once, by the right rule, at its byte, and the next record is judged.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::ops::Range;

use reclint::{Finding, Linter, Severity};

/// A record that is judged: its creators are missing.
const RECORD: &str = r#"{"doi": "10.5061/dryad.8515", "creators": [], "titles": [{"title": "Snow"}], "types": {}}"#;
const OF_RECORD: &str = "missing-creator";

fn linter() -> Linter {
    let rules = ["syntax-error", "invalid-encoding", "too-deep", "duplicate-key", "number-out-of-range", OF_RECORD];
    Linter::builder().select(rules).build().expect("the rules are known")
}

/// Lines and columns as an editor counts them: line feeds, and characters of what is UTF-8.
fn line_and_column(content: &[u8], byte: usize) -> (u64, u64) {
    let before = &content[..byte];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    let shown: usize = before[line_start..]
        .utf8_chunks()
        .map(|part| part.valid().trim_start_matches('\u{feff}').chars().count() + part.invalid().len())
        .sum();
    (line as u64, shown as u64 + 1)
}

/// Rule, place and record of each finding; its lines and columns are those of its bytes.
fn found(name: &str, content: &[u8]) -> Vec<(String, Range<usize>, Option<u64>)> {
    let report = linter().check(name, content);
    let place = |finding: &Finding| {
        let [start, end] = [finding.start, finding.end].map(|position| {
            let byte = usize::try_from(position.byte).expect("it is small");
            assert_eq!((position.line, position.column), line_and_column(content, byte), "{finding:?}");
            byte
        });
        start..end
    };
    let one = |finding: &Finding| {
        let record = finding.record.as_ref().map(|record| record.index);
        (finding.rule.to_string(), place(finding), record)
    };
    report.findings.iter().map(one).collect()
}

/// A value with one fault: the value, the rule, and where the fault stands in it.
type Fault = (Vec<u8>, &'static str, Range<usize>);

fn fault(text: impl Into<Vec<u8>>, rule: &'static str, place: Range<usize>) -> Fault {
    (text.into(), rule, place)
}

/// Faults inside the brackets of a value, which itself begins and ends as it should.
fn faults_within() -> Vec<Fault> {
    let deep = |levels: usize| format!("{{\"a\": {}0{}}}", "[".repeat(levels), "]".repeat(levels));
    vec![
        fault(r#"{"title": "Snow", }"#, "syntax-error", 16..17),
        fault(r#"{"titles": ["Snow",], "a": 1}"#, "syntax-error", 18..19),
        fault(r#"{"title": "Snow",, "a": 1}"#, "syntax-error", 17..18),
        fault(r#"{"title" "Snow"}"#, "syntax-error", 9..10),
        fault(r#"{"title": "Snow" "year": 2024}"#, "syntax-error", 17..18),
        fault(r#"{title: "Snow"}"#, "syntax-error", 1..2),
        fault(r#"{"title": 'Snow'}"#, "syntax-error", 10..11),
        fault(r#"{"year": 02024}"#, "syntax-error", 9..14),
        fault(r#"{"year": NaN}"#, "syntax-error", 9..12),
        fault(r#"{"ü": "❄", "year": None}"#, "syntax-error", 22..26),
        fault(r#"{"title": /* the title */ "Snow"}"#, "syntax-error", 10..12),
        fault("{\"title\": \"Snow\" # the title}", "syntax-error", 17..18),
        fault(r#"{"title": "\ud83c snow"}"#, "syntax-error", 11..17),
        fault(r#"{"title": "snow \udf28"}"#, "syntax-error", 16..22),
        fault(r#"{"title": "C:\new\xy"}"#, "syntax-error", 17..19),
        fault("{\"title\": \"Sn\0w\"}", "syntax-error", 13..14),
        fault("{\"title\": \0\"Snow\"}", "syntax-error", 10..11),
        fault("{\"title\": \"Sn\tow\"}", "syntax-error", 13..14),
        fault(deep(127), "too-deep", 132..133),
        fault(deep(10_000), "too-deep", 132..133),
        fault("[".repeat(10_000) + &"]".repeat(10_000), "too-deep", 127..128),
        fault(b"{\"title\": \"Z\xFCrich\"}".to_vec(), "invalid-encoding", 12..13),
        fault(b"{\"title\": \"\xC3\"}".to_vec(), "invalid-encoding", 11..12),
        fault(b"{\"title\": \"\xED\xA0\xBC\"}".to_vec(), "invalid-encoding", 11..14),
        fault(r#"{"title": "Snow", "title": "Ice"}"#, "duplicate-key", 18..25),
        fault(r#"{"title": "Snow", "\u0074itle": "Snow"}"#, "duplicate-key", 18..30),
        fault(r#"{"year": 1e400}"#, "number-out-of-range", 9..14),
    ]
}

/// Checks a text of three values, of which the second has the fault and the others are judged.
fn assert_told_once(name: &str, (open, between, close): (&str, &str, &str), (value, rule, place): &Fault) {
    let parts = [open.as_bytes(), RECORD.as_bytes(), between.as_bytes(), value, between.as_bytes(), RECORD.as_bytes()];
    let content = [&parts.concat(), close.as_bytes()].concat();
    let start = open.len() + RECORD.len() + between.len();
    let last = start + value.len() + between.len();
    let creators = RECORD.find("[]").expect("it has creators");
    let missing = |start: usize, index| (OF_RECORD.to_owned(), start + creators..start + creators + 2, Some(index));
    let wanted = [
        missing(open.len(), 0),
        ((*rule).to_owned(), start + place.start..start + place.end, Some(1)),
        missing(last, 2),
    ];
    let shown: String = String::from_utf8_lossy(value).chars().take(60).collect();
    assert_eq!(found(name, &content), wanted, "{shown} in {name}, between {open:?}");
}

#[test]
fn a_fault_in_a_list_is_told_once_and_the_next_record_is_judged() {
    for fault in faults_within() {
        assert_told_once("list.json", ("[", ", ", "]"), &fault);
        assert_told_once("list.json", ("[\n  ", ",\n  ", "\n]\n"), &fault);
    }
}

#[test]
fn a_fault_in_an_envelope_is_told_once_and_the_next_record_is_judged() {
    for fault in faults_within() {
        assert_told_once("answer.json", ("{\"däta\": 1, \"data\": [", ",", "], \"meta\": {\"total\": 3}}"), &fault);
    }
}

#[test]
fn a_fault_on_a_line_is_told_once_and_the_next_record_is_judged() {
    let open_within_the_line = [
        fault(r#"{"title": "Snow"#, "syntax-error", 10..15),
        fault(r#"{"title": ["Snow","#, "syntax-error", 18..18),
        fault(r#"{"title": "Snow"#.to_owned() + r"\", "syntax-error", 15..16),
        fault("[1}", "syntax-error", 2..3),
        fault(r#"{"title": "Snow"}}"#, "syntax-error", 17..18),
        fault("nul", "syntax-error", 0..3),
        fault("<html>", "syntax-error", 0..1),
        fault("[".repeat(10_000), "too-deep", 127..128),
        fault(r#"{"title": "Snow"} // why"#, "syntax-error", 18..20),
        fault(b"\xFF\xFE\xFD".to_vec(), "invalid-encoding", 0..3),
    ];
    for fault in faults_within().into_iter().chain(open_within_the_line) {
        assert_told_once("records.ndjson", ("", "\n", "\n"), &fault);
        assert_told_once("records.jsonl", ("\n\n", "\r\n\n", ""), &fault);
    }
}

#[test]
fn a_fault_alone_is_told_once() {
    for (value, rule, place) in faults_within() {
        for name in ["record.json", "record", "record.ndjson"] {
            // A list's own bracket is no level of its elements, which are read one by one.
            let outside = usize::from(value.starts_with(b"[") && name != "record.ndjson");
            let wanted = [(rule.to_owned(), place.start + outside..place.end + outside, Some(0))];
            assert_eq!(found(name, &value), wanted, "{}", String::from_utf8_lossy(&value));
        }
    }
}

/// Syntax errors where nothing of a record is broken: the text, where, and how many records are judged all the same.
#[test]
fn faults_between_records_are_told_once() {
    let list = |before: &str, between: &str, after: &str| format!("[{before}{RECORD}{between}{RECORD}{after}");
    let length = RECORD.len();
    let second = |between: usize| 1 + length + between;
    let table = [
        (list("", ",", ",]"), second(1) + length, 1),
        (list("", ",", " ,\n ]"), second(1) + length + 1, 1),
        (list("", "", "]"), second(0), 1),
        (list("", "\n", "]"), second(1), 1),
        (list("", ",,", "]"), second(1), 1),
        (list(",", ",", "]"), 1, 1),
        (list("", "},", "]"), second(0), 1),
        (list("", ",", ""), second(1) + length, 0),
        (list("", ",", ",  \n"), second(1) + length + 4, 0),
        (list("", ",", "] 1"), second(1) + length + 2, 1),
        (list("", ",", "]]"), second(1) + length + 1, 1),
        (list("", ", // [the second\n", "]"), second(2), 14),
        (list("", ",\u{feff}", "]"), second(1), 3),
    ];
    for (text, at, length) in table {
        let found = found("list.json", text.as_bytes());
        let (syntax, records): (Vec<_>, Vec<_>) = found.into_iter().partition(|(rule, ..)| rule == "syntax-error");
        let places: Vec<_> = syntax.into_iter().map(|(_, place, _)| (place.start, place.len())).collect();
        assert_eq!(places, [(at, length)], "{text}");
        assert_eq!(records.len(), 2, "{text}");
    }
}

#[test]
fn what_stands_round_the_list_of_an_envelope_is_read_too() {
    let table = [
        (r#"{"meta": {"a": 1,}, "data": ["#, "]}", "syntax-error", 16..17),
        (r#"{"a": 1, "a": 2, "data": ["#, "]}", "duplicate-key", 9..12),
        (r#"{"a": 1, "data": ["#, r#"], "a": 2}"#, "duplicate-key", RECORD.len() + 21..RECORD.len() + 24),
        (
            r#"{"data": ["#,
            r#"], "meta": {"total": 1e999}}"#,
            "number-out-of-range",
            RECORD.len() + 31..RECORD.len() + 36,
        ),
        (r#"{"data": ["#, "],\n \"mé\": [1,]}", "syntax-error", RECORD.len() + 23..RECORD.len() + 24),
        (r#"{"data": ["#, "]", "syntax-error", RECORD.len() + 11..RECORD.len() + 11),
        (r#"{"data": ["#, "]}}", "syntax-error", RECORD.len() + 12..RECORD.len() + 13),
    ];
    for (before, after, rule, place) in table {
        let text = format!("{before}{RECORD}{after}");
        let found = found("answer.json", text.as_bytes());
        assert!(found.iter().any(|(rule, ..)| rule == OF_RECORD), "the record is judged: {text}");
        let faults: Vec<_> = found.into_iter().filter(|(rule, ..)| rule != OF_RECORD).collect();
        assert_eq!(faults, [(rule.to_owned(), place, None)], "{text}");
    }
}

#[test]
fn texts_without_any_value() {
    for name in ["record.json", "record.txt"] {
        for text in ["", " ", "\n\n\t "] {
            let end = text.len();
            assert_eq!(found(name, text.as_bytes()), [("syntax-error".to_owned(), end..end, None)], "{name} {text:?}");
        }
    }
    assert_eq!(found("records.ndjson", b"\n\n"), [], "no records are no fault");
}

#[test]
fn a_byte_order_mark_is_skipped_and_reported() {
    let creators = RECORD.find("[]").expect("it has creators") + 3;
    for (name, text) in [("record.json", RECORD.to_owned()), ("records.ndjson", format!("{RECORD}\n"))] {
        let content = format!("\u{feff}{text}");
        let missing = (OF_RECORD.to_owned(), creators..creators + 2, Some(0));
        let mark = ("invalid-encoding".to_owned(), 3..3, None);
        assert_eq!(found(name, content.as_bytes()), [mark, missing], "{name}");
        let report = linter().check(name, content.as_bytes());
        assert_eq!(report.findings[0].severity, Severity::Info, "it was judged all the same");
    }
}

#[test]
fn utf_16_is_named_once() {
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] {
        let content: Vec<u8> = mark.into_iter().chain(RECORD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let report = linter().check("record.json", &content);
        assert_eq!(report.findings.len(), 1);
        assert_eq!(&*report.findings[0].rule, "invalid-encoding");
        assert!(report.findings[0].message.contains("UTF-16"), "{}", report.findings[0].message);
    }
}

#[test]
fn a_file_that_is_not_of_the_kind_its_name_says_is_told_once_and_judged() {
    let lines = format!("{RECORD}\n{RECORD}\n");
    let rules = |name: &str, text: &str| -> Vec<_> {
        found(name, text.as_bytes()).into_iter().map(|(rule, place, _)| (rule, place.start)).collect()
    };
    let creators = RECORD.find("[]").expect("it has creators");
    let missing = |start: usize| (OF_RECORD.to_owned(), start + creators);
    let wanted = [("syntax-error".to_owned(), 0), missing(0), missing(RECORD.len() + 1)];
    assert_eq!(rules("records.json", &lines), wanted);
    let spread = RECORD.replacen(' ', "\n", 1);
    assert_eq!(rules("record.ndjson", &spread), [("syntax-error".to_owned(), 0), missing(0)]);
}
