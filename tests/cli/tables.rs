//! Tables as a curator meets them: cells by their names, files that are damaged or locked.

use crate::support::{Place, run};

const HEADER: &str = "id,collection,dc.contributor.author,dc.title\n";

#[test]
fn a_metadata_csv_in_lines_and_frames() {
    insta::assert_snapshot!(
        "table_concise",
        run(&["check", "examples/dspace/export.csv", "--isolated", "--output-format", "concise"])
    );
    insta::assert_snapshot!("table_pretty", run(&["check", "examples/dspace/export.csv", "--isolated"]));
    insta::assert_snapshot!(
        "table_import",
        run(&["check", "examples/dspace/import.csv", "--isolated", "--output-format", "concise"])
    );
}

#[test]
fn more_rows_than_are_imported_at_once_are_told_of_once() {
    let rows: Vec<_> = (0..1100).map(|row| format!("{row},20.500.99999/12,\"Keller, Ruth\",Floods {row}\n")).collect();
    let place = Place::new("many-rows").file("many.csv", format!("{HEADER}{}", rows.concat()));
    let run =
        place.run(&["check", "many.csv", "--isolated", "--select", "too-many-rows", "--output-format", "concise"]);
    assert_eq!(run.stdout.matches("too-many-rows").count(), 1, "{run}");
    assert!(run.stdout.contains("row 1002"), "{run}");
}

#[test]
fn spreadsheets_that_cannot_be_read_are_told_of_in_a_sentence() {
    let encrypted: String = "EncryptedPackage".chars().flat_map(|c| [c, '\0']).collect();
    // The mark of a compound file is no UTF-8.
    let place =
        Place::new("sheets").file("half.xlsx", "PK\u{3}\u{4}half").file("page.xlsx", "<html>").file("none.xlsx", "");
    let locked = [b"\xD0\xCF\x11\xE0".as_slice(), encrypted.as_bytes()].concat();
    std::fs::write(place.folder.join("locked.xlsx"), locked).expect("it can be written");
    for (file, said) in [
        ("half.xlsx", "its end is missing"),
        ("page.xlsx", "is none"),
        ("none.xlsx", "it is empty"),
        ("locked.xlsx", "password"),
    ] {
        let run = place.run(&["check", file, "--isolated"]);
        assert_eq!(run.code, Some(2), "{run}");
        let words = run.stderr.split_whitespace().filter(|word| *word != "|").collect::<Vec<_>>().join(" ");
        assert!(words.contains(said), "{run}");
    }
    // On a walk they are passed over.
    let run = place.run(&["check", ".", "--isolated"]);
    assert_ne!(run.code, Some(1), "{run}");
}

#[test]
fn a_damaged_column_is_one_finding_with_all_its_cells() {
    let mut rows = String::from("id,dc.title,dc.date.issued,dc.identifier.isbn\n");
    // Some megabytes: several chunks, and several workers.
    for row in 0..20_000_u32 {
        let date = if row >= 15_000 { format!("45{:03}", row % 1000) } else { "2019-04".to_owned() };
        let isbn = if row % 1000 == 999 { "9.78E+12" } else { "" };
        let title = "Winter floods and what came of them";
        rows.extend(["4f2c1b3e-8d0a-4a57-9c61-", &format!("{row:012x},{title} {row},{date},{isbn}"), "\n"]);
    }
    let place = Place::new("damaged-columns").file("big.csv", rows);
    let rules = ["--select", "spreadsheet-damage,malformed-date,invalid-isbn", "--output-format", "concise"];
    let check = |more: &[&str]| place.run(&[&["check", "big.csv", "--isolated"], &rules[..], more].concat());
    let run = check(&["--threads", "1"]);
    assert_eq!(run.stdout, check(&["--threads", "4"]).stdout);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("row 15002, C15002 (dc.date.issued): warning spreadsheet-damage"), "{run}");
    assert!(run.stdout.contains("in 5000 cells, first `45000` in row 15002, `45001` in row 15003"), "{run}");
    assert!(run.stdout.contains("in 20 cells, first `9.78E+12` in row 1001"), "{run}");
    assert!(run.stdout.contains("1 error · 1 warning."), "{run}");
    assert_eq!(run.stdout.matches("spreadsheet-damage").count(), 2, "{run}");
    let cut = check(&["--max-findings-per-rule", "1"]);
    assert!(cut.stdout.contains("only the first of 2 findings is written"), "{cut}");
    assert_eq!(check(&["--max-rate", "spreadsheet-damage=1%"]).code, Some(0));
}

#[test]
fn a_column_takes_the_findings_of_its_cells_over() {
    let rows = "4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b01,,Keller,Floods,3/4/2024,1/2/24\n\
        4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b02,,Keller,Storms,14/4/2024,2024\n";
    let header = HEADER.trim_end();
    let place = Place::new("columns-over")
        .file("two.csv", format!("{header},dc.date.issued,dc.date.available\n{rows}"))
        .file("narrow.csv", "id,dc.title\n4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b01,Floods\n");
    let run = place.run(&["check", "two.csv", "--isolated", "--output-format", "concise"]);
    assert_eq!(run.stdout.matches("spreadsheet-damage").count(), 1, "{run}");
    assert!(run.stdout.contains("in 2 cells, the day first"), "{run}");
    // One alone is told of as any other.
    assert_eq!(run.stdout.matches("malformed-date").count() + run.stdout.matches("ambiguous-date").count(), 1, "{run}");
    let run = place.run(&["check", "narrow.csv", "--isolated", "--output-format", "concise"]);
    let lines: Vec<_> = run.stdout.lines().filter(|line| line.starts_with("not judged")).collect();
    assert_eq!(lines.len(), 2, "{run}");
    assert!(lines.iter().any(|line| line.contains("missing-license, ") && line.contains("no column")), "{run}");
}

#[test]
fn just_as_many_rows_as_an_export_has_are_told_of() {
    let rows = |most: usize| -> String {
        let rows: Vec<_> =
            (0..most).map(|row| format!("{row},20.500.99999/12,\"Keller, Ruth\",Floods {row}\n")).collect();
        rows.concat()
    };
    let place = Place::new("export-rows")
        .file("just.csv", format!("{HEADER}{}", rows(500)))
        .file("more.csv", format!("{HEADER}{}", rows(501)));
    let check =
        |file| place.run(&["check", file, "--isolated", "--select", "too-many-rows", "--output-format", "concise"]);
    assert!(check("just.csv").stdout.contains("row 501, A501 (id): info too-many-rows The table has 500 items"));
    assert!(!check("more.csv").stdout.contains("too-many-rows"));
}

#[test]
fn a_date_cell_of_a_workbook_is_a_date() {
    let place = Place::new("date-cells");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("m/d/yyyy");
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 3, 14).expect("it is a day");
    let written = [("id", "dc.title", "dc.date.issued"), ("4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b01", "Floods", "")];
    for (row, (id, title, issued)) in (0_u32..).zip(written) {
        sheet.write(row, 0, id).and_then(|sheet| sheet.write(row, 1, title)).expect("it is written");
        sheet.write(row, 2, issued).expect("it is written");
    }
    sheet.write_with_format(1, 2, &date, &day).expect("it is written");
    // Days as bare numbers.
    for row in [2, 3] {
        let id = format!("4f2c1b3e-8d0a-4a57-9c61-0d8f5a1e2b0{row}");
        sheet.write(row, 0, id).and_then(|sheet| sheet.write(row, 2, 45_365 + row)).expect("it is written");
    }
    book.save(place.folder.join("dates.xlsx")).expect("it can be written");
    let run = place.run(&["check", "dates.xlsx", "--isolated", "--output-format", "concise"]);
    assert_eq!(run.stdout.matches("spreadsheet-damage").count(), 1, "{run}");
    assert!(run.stdout.contains("row 3, C3 (dc.date.issued): warning spreadsheet-damage"), "{run}");
    assert!(!run.stdout.contains("malformed-date"), "{run}");
}

#[test]
fn a_header_that_is_not_utf_8_is_told_of() {
    // As long as its header is in bytes, its text with replacements would end within a sign.
    let place = Place::new("header-bytes").file("a.csv", b"id,dc.title\xFF,dc.type\xE2\x80\xA9\n1,2,3\n");
    let run = place.run(&["check", "a.csv", "--isolated", "--output-format", "concise"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("invalid-encoding"), "{run}");
    assert!(!run.stdout.contains("internal-error"), "{run}");
}
