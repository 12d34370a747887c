//! The linter on any bytes: it never panics, and each finding stands where it says, within the text.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use reclint::document::Position;
use reclint::{Finding, Linter, Report};

fn linters() -> &'static [Linter; 2] {
    static LINTERS: OnceLock<[Linter; 2]> = OnceLock::new();
    LINTERS.get_or_init(|| {
        let all = Linter::builder().select(["all"]).profile("eth-research-collection");
        let schema = include_str!("../../examples/house-rules.schema.json");
        let own = Linter::builder().schema("house-rules.schema.json", schema);
        [all, own].map(|builder| builder.build().expect("the words are known"))
    })
}

/// The position, counted anew where the text is UTF-8. A copied page that is not has the bytes of what it was read as.
fn assert_place(position: Position, name: &str, content: &[u8]) {
    if name.ends_with(".txt") && std::str::from_utf8(content).is_err() {
        return;
    }
    let byte = usize::try_from(position.byte).expect("it is small");
    let before = content.get(..byte).unwrap_or_else(|| panic!("{position:?} lies behind {} bytes", content.len()));
    let Ok(text) = std::str::from_utf8(content) else { return };
    assert!(text.is_char_boundary(byte), "{position:?} cuts a character");
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line_text = text[line_start..byte].trim_start_matches(if line == 1 { '\u{feff}' } else { '\n' });
    let counted = (line as u64, line_text.chars().count() as u64 + 1);
    assert_eq!((position.line, position.column), counted, "at {byte}");
}

fn assert_sound(report: &Report, name: &str, content: &[u8]) {
    let mut seen: Vec<&Finding> = Vec::new();
    for finding in &report.findings {
        assert_ne!(&*finding.rule, "internal-error");
        assert!(finding.start.byte <= finding.end.byte);
        assert_place(finding.start, name, content);
        assert_place(finding.end, name, content);
        for related in finding.related.iter().filter(|related| &*related.path == name) {
            assert_place(related.start, name, content);
            assert_place(related.end, name, content);
        }
        let again = |before: &&Finding| {
            (&before.rule, before.start, before.end, &before.pointer, &before.message)
                == (&finding.rule, finding.start, finding.end, &finding.pointer, &finding.message)
        };
        assert!(!seen.iter().any(again), "it is said twice: {finding:?}");
        seen.push(finding);
    }
}

fuzz_target!(|content: &[u8]| {
    let [all, own] = linters();
    for name in ["record.json", "records.ndjson"] {
        assert_sound(&all.check(name, content), name, content);
    }
    assert_sound(&own.check("record.txt", content), "record.txt", content);
    assert_sound(&all.check("CITATION.cff", content), "CITATION.cff", content);
    let report = all.check_as("cff", None, "record.yaml", content).expect("the format is known");
    assert_sound(&report, "record.yaml", content);
    for format in ["datacite", "dspace"] {
        let report = all.check_as(format, None, "record.json", content).expect("the format is known");
        assert_sound(&report, "record.json", content);
    }
});
