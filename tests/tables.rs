//! Tables as the library reads them: cells named as a spreadsheet does, damaged files told of, wherever they are cut.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::fmt::Write as _;

use reclint::{Finding, Linter, Report};

fn linter() -> Linter {
    Linter::builder().as_of("2026-01-01").build().expect("the rules are known")
}

const HEADER: &str = "id,collection,dc.contributor.author,dc.title,dc.date.issued,dc.identifier.uri\n";

fn row(number: usize) -> String {
    format!(
        "4f2c1b3e-8d0a-4a57-9c61-{number:012x},20.500.99999/12,\"Keller, Ruth\",Floods of the Rhine near Zürich {number},2019-11,https://hdl.handle.net/20.500.99999/{number}\n"
    )
}

fn table(rows: usize) -> String {
    (0..rows).fold(HEADER.to_owned(), |table, number| table + &row(number))
}

fn above_info(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity > reclint::Severity::Info).collect()
}

#[test]
fn a_sound_table_is_let_be() {
    let report = linter().check("export.csv", table(3).as_bytes());
    assert_eq!(report.summary.records, 3);
    assert!(above_info(&report).is_empty(), "{:?}", report.findings);
}

#[test]
fn what_is_wrong_is_found_in_its_cell() {
    let bad = "4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b01,20.500.99999/12,n/a,\"Floods\n of the Rhine\",2999-01-01,x\n";
    let text = format!("{HEADER}{}\n{bad}", row(1));
    let report = linter().check("export.csv", text.as_bytes());
    let cells: Vec<_> = above_info(&report)
        .into_iter()
        .map(|finding| {
            let record = finding.record.as_ref().expect("it is of a record");
            assert_eq!(record.row, Some(4), "the blank row counts");
            assert_eq!(record.id.as_deref(), Some("4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b01"));
            (finding.cell.as_deref().expect("it is in a cell"), finding.column.as_deref().expect("it has a header"))
        })
        .collect();
    for wanted in [("C4", "dc.contributor.author"), ("E4", "dc.date.issued")] {
        assert!(cells.contains(&wanted), "{wanted:?} in {cells:?}");
    }
}

#[test]
fn separators_marks_and_encodings_are_found_out() {
    let plain = linter().check("export.csv", table(3).as_bytes());
    let count = |report: &Report| report.findings.iter().filter(|finding| finding.record.is_some()).count();
    let semicolons = table(3).replace("\"Keller, Ruth\"", "Keller# Ruth").replace(',', ";").replace('#', ",");
    let wide = |text: &str, little: bool| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    for content in [
        semicolons.clone().into_bytes(),
        semicolons.replace(';', "\t").into_bytes(),
        table(3).replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{}", table(3)).into_bytes(),
        wide(&table(3), true),
        wide(&table(3), false),
    ] {
        let report = linter().check("export.csv", &content);
        assert_eq!((report.summary.records, count(&report)), (3, count(&plain)), "{:?}", report.findings);
    }
    let western = table(3).replace("Floods", "Zürich über Fluß").chars().map(|c| c as u8).collect::<Vec<_>>();
    let report = linter().check("export.csv", &western);
    let encoding: Vec<_> = report.findings.iter().filter(|finding| &*finding.rule == "invalid-encoding").collect();
    assert_eq!((report.summary.records, encoding.len()), (3, 1), "{:?}", report.findings);
}

#[test]
fn wherever_a_table_is_cut_the_same_is_found() {
    let mut text = HEADER.to_owned();
    for number in 0..4000 {
        text += &row(number);
        if number % 100 == 7 {
            let _ = writeln!(
                text,
                "4f2c1b3e-8d0a-4a57-9c61-ffff{number:08x},20.500.99999/12,n/a,\"A\nB\",2019,\"https://hdl.handle.net/20.500.99999/9{number}\""
            );
        }
    }
    let report = linter().check("export.csv", text.as_bytes());
    let fillers: Vec<_> = report.findings.iter().filter(|finding| &*finding.rule == "placeholder-value").collect();
    assert_eq!(fillers.len(), 40);
    let lines: Vec<&str> = text.split('\n').collect();
    for finding in fillers {
        let line = lines[usize::try_from(finding.start.line).expect("small") - 1];
        assert_eq!(
            line.get(usize::try_from(finding.start.column).expect("small") - 1..).map(|rest| &rest[..3]),
            Some("n/a")
        );
        let byte = usize::try_from(finding.start.byte).expect("small");
        assert_eq!(&text[byte..byte + 3], "n/a");
    }
    let rows: Vec<_> = report.findings.iter().filter(|finding| &*finding.rule == "too-many-rows").collect();
    assert_eq!(rows.len(), 1);
}

#[test]
fn a_hundred_damaged_tables_are_told_of() {
    let sound = table(3);
    let field = sound.find("Floods").expect("it is there");
    for number in 0..100 {
        let mut text = sound.clone();
        match number % 5 {
            // A quote that nothing closes.
            0 => text.insert(field, '"'),
            // A quote in a quoted cell.
            1 => text.insert(text.find("Keller").expect("it is there") + 1 + number % 7, '"'),
            // A separator too many.
            2 => text.insert(field + 1 + number % 10, ','),
            // The file breaks off.
            3 => text.truncate(field + number % 12),
            // The first line is gone.
            _ => text = text[HEADER.len()..].to_owned(),
        }
        let report = linter().check("export.csv", text.as_bytes());
        assert!(!above_info(&report).is_empty(), "{number}: {text}");
        assert!(report.findings.iter().all(|finding| &*finding.rule != "internal-error"));
    }
}

#[test]
fn a_table_of_something_else_is_told_of_once() {
    let report = linter().check("prices.csv", b"name,price\nbread,3\nmilk,2\n");
    let rules: Vec<_> = report.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(rules, ["unknown-format"]);
}

#[test]
fn beside_the_schema_alone_a_rule_on_tables_is_heard() {
    let text = "id,collection,dc.title,dc.identifier.issn\n+,20.500.99999/1,A,\"||b\"\n";
    let linter = Linter::builder().select(["schema-violation", "doubtful-separator"]).build();
    let report = linter.expect("the rules are known").check("export.csv", text.as_bytes());
    let found: Vec<_> = report.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(found, ["doubtful-separator"]);
}
