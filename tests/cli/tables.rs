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
    assert!(run.stdout.contains("A1002"), "{run}");
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
    let place_of_dates = "big.csv: C15002 (dc.date.issued), and 4999 rows more: warning spreadsheet-damage";
    assert!(run.stdout.contains(place_of_dates), "{run}");
    assert!(run.stdout.contains("in 5000 cells, first `45000` in row 15002, `45001` in row 15003"), "{run}");
    assert!(run.stdout.contains("in 20 cells, first `9.78E+12` in row 1001"), "{run}");
    assert!(run.stdout.contains("1 error · 1 warning."), "{run}");
    assert_eq!(run.stdout.matches("spreadsheet-damage").count(), 2, "{run}");
    let cut = check(&["--max-findings-per-rule", "1"]);
    assert!(cut.stdout.contains("only the first of 2 findings is written"), "{cut}");
    // It is of no record: no share of records makes it good.
    assert!(run.stdout.contains("20,000 records in 1 file: 20,000 clean."), "{run}");
    assert_eq!(check(&["--max-rate", "spreadsheet-damage=1%"]).code, Some(1));
}

#[test]
fn what_is_of_a_whole_column_is_told_of_no_record() {
    let rows = "+,Floods,45366,#NAME?,\n+,Storms,45367,#NAME?,\n+,Hail,45368,Hagel,14.3.24\n";
    let place = Place::new("of-a-column")
        .file("sheet.csv", format!("id,dc.title,dc.date.issued,local.note,dc.date.available\n{rows}"));
    let check = |format| place.run(&["check", "sheet.csv", "--isolated", "--output-format", format]);
    let pretty = check("pretty");
    assert!(pretty.stdout.contains("sheet.csv:1\n1 error · 1 warning\n"), "{pretty}");
    assert!(pretty.stdout.contains("spreadsheet-damage · C2 (dc.date.issued), and 2 rows more"), "{pretty}");
    assert!(pretty.stdout.contains("spreadsheet-damage · D2 (local.note), and 1 row more"), "{pretty}");
    // A record is told of once; that which is found in it only in the end is said to be more of it.
    for title in ["Floods", "Storms", "Hail"] {
        let heads = pretty.stdout.lines().filter(|line| line.starts_with(title)).count();
        assert!(heads <= 1 + usize::from(title == "Hail"), "{pretty}");
    }
    assert!(pretty.stdout.contains("Hail  sheet.csv: row 4\nalso: 1 warning\n"), "{pretty}");
    let json: serde_json::Value = serde_json::from_str(&check("json").stdout).expect("it is JSON");
    let of_columns = json["findings"].as_array().expect("it is a list").iter();
    let of_columns: Vec<_> = of_columns.filter(|finding| finding["rule"] == "spreadsheet-damage").collect();
    assert!(of_columns.iter().all(|finding| finding["record"].is_null()), "{json}");
    // The whole cell is the value, of a field or of the column alone.
    let csv = check("csv").stdout;
    assert!(csv.contains(",publication date,sheet.csv,C2,45366,"), "{csv}");
    assert!(csv.contains(",local.note,sheet.csv,D2,#NAME?,"), "{csv}");
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
    assert!(check("just.csv").stdout.contains("just.csv: A501 (id): info too-many-rows The table has 500 items"));
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
    let place_of_dates = "dates.xlsx: C3 (dc.date.issued), and 1 row more: warning spreadsheet-damage";
    assert!(run.stdout.contains(place_of_dates), "{run}");
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

#[test]
fn lines_that_end_as_on_old_macs_and_a_first_line_that_names_the_separator() {
    let place = Place::new("line-ends")
        .file("mac.csv", "id,dc.title,dc.date.issued\r+,Floods,2019\r+,\"Two\nlines\",2019-13\r+,Hail,2018-14\r")
        .file("hint.csv", "sep=;\r\nid;dc.title;dc.date.issued\r\n+;Floods, and hail;2019\r\n+;Hail;2018-14\r\n")
        .file("bar.csv", "\u{FEFF}SEP=|\nid|dc.title|dc.date.issued\n+|Floods, hail; snow|2019-13\n")
        .file("none.csv", "sep=;\n");
    let check = |file| {
        place.run(&[
            "check",
            file,
            "--isolated",
            "--output-format",
            "concise",
            "--select",
            "malformed-date,impossible-date",
        ])
    };
    let mac = check("mac.csv");
    for cell in ["mac.csv: row 3, C3 (dc.date.issued): ", "mac.csv: row 4, C4 (dc.date.issued): "] {
        assert!(mac.stdout.contains(cell), "{mac}");
    }
    assert!(mac.stdout.contains("3 records in 1 file"), "{mac}");
    // Excel does not show the line, so that the header is its first row; as data, lines are those of the file.
    let hint = check("hint.csv");
    assert!(hint.stdout.contains("hint.csv: row 3, C3 (dc.date.issued): "), "{hint}");
    assert!(hint.stdout.contains("2 records in 1 file"), "{hint}");
    let run = place.run(&["check", "hint.csv", "--isolated", "--output-format", "ndjson"]);
    assert!(run.stdout.contains(r#""cell":"C3""#) && run.stdout.contains(r#""start":{"byte":72,"line":4,"#), "{run}");
    let bar = check("bar.csv");
    assert!(bar.stdout.contains("bar.csv: row 2, C2 (dc.date.issued): "), "{bar}");
    assert!(place.run(&["check", "none.csv", "--isolated"]).stdout.contains("unknown-format"));
}

#[test]
fn a_column_is_called_as_the_table_calls_it() {
    let place = Place::new("second-names").file("terms.csv", "id,dc.title,dcterms.type\n+,Floods,\n");
    let run =
        place.run(&["check", "terms.csv", "--isolated", "--select", "missing-type", "--output-format", "concise"]);
    assert!(run.stdout.contains("`dcterms.type`") && !run.stdout.contains("`dc.type`"), "{run}");
}
