//! The curator's own list: CSV and spreadsheets, in the user's words, with a link to each record.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::support::{BROKEN, CLEAN, Place};

/// Two items of DSpace: one with two faults, in a collection that only has a handle; one that is well.
const ITEMS: &str = r#"{"type":"item","uuid":"0c2d7a4e-6a3b-4c5f-9f1e-2b7d1c3a9e02","handle":"20.500.12345/12","inArchive":true,"_embedded":{"owningCollection":{"handle":"20.500.12345/1"}},"metadata":{"dc.title":[{"value":"=HYPERLINK(\"https://evil.example\",\"Snow; depth\")"}],"dc.contributor.author":[{"value":"Keller, Ruth"}],"dc.date.issued":[{"value":"May 2012"}],"dc.type":[{"value":"Dataset"}],"dc.identifier.doi":[{"value":"+10.3929"}]}}
{"type":"item","uuid":"0c2d7a4e-6a3b-4c5f-9f1e-2b7d1c3a9e03","handle":"20.500.12345/13","inArchive":true,"_embedded":{"owningCollection":{"name":"Reports"}},"metadata":{"dc.title":[{"value":"Ice on lakes"}],"dc.contributor.author":[{"value":"Keller, Ruth"}],"dc.date.issued":[{"value":"2012-05"}],"dc.type":[{"value":"Dataset"}]}}
"#;

const SETTINGS: &str = r#"select = ["malformed-date", "invalid-doi"]
[source.dspace]
url = "https://repo.example.org/"
[names]
collections = "lists/collections.csv"
"#;

const COLLECTIONS: &str =
    "\u{FEFF}handle;name\r\nhttps://hdl.handle.net/20.500.12345/1;\"Theses; \"\"grey\"\"\"\r\n\r\n";

fn items(name: &str, settings: &str) -> Place {
    Place::new(name)
        .file("reclint.toml", settings)
        .file("lists/collections.csv", COLLECTIONS)
        .file("records/items.ndjson", ITEMS)
}

#[test]
fn one_finding_a_row() {
    let run = items("csv", SETTINGS).run(&["check", "records", "--output-format", "csv"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.starts_with('\u{FEFF}'));
    assert_eq!(run.stdout.matches("\r\n").count(), run.stdout.matches('\n').count());
    insta::assert_snapshot!(run.stdout.replace('\u{FEFF}', "<BOM>").replace("\r\n", "<CRLF>\n"));
}

#[test]
fn the_same_in_german_and_in_words_of_ones_own() {
    let settings = format!("lang = \"de\"\n{SETTINGS}[labels]\ndoi = \"Digitaler Kennzeichner\"\n");
    let settings = format!("{settings}[labels.dspace]\nissued = \"Erschienen\"\n");
    let run = items("csv-de", &settings).run(&["check", "records", "--output-format", "csv"]);
    insta::assert_snapshot!(run.stdout.replace('\u{FEFF}', "<BOM>").replace("\r\n", "<CRLF>\n"));
    let settings = "lang = \"de\"\nselect = [\"missing-license\", \"missing-abstract\"]\n";
    let run = items("pretty-de", settings).run(&["check", "records", "--output-format", "concise"]);
    assert!(run.stdout.contains("Zusammenfassung"), "{run}");
}

#[test]
fn links_names_and_labels_are_in_every_report() {
    let place = items("worklist-json", SETTINGS);
    let run = place.run(&["check", "records", "--output-format", "ndjson"]);
    assert!(
        run.stdout.contains(r#""url":"https://repo.example.org/items/0c2d7a4e-6a3b-4c5f-9f1e-2b7d1c3a9e02""#),
        "{run}"
    );
    assert!(run.stdout.contains(r#""group":"Theses; \"grey\"""#), "{run}");
    let run = place.run(&["check", "records", "--group-by", "collection"]);
    assert!(run.stdout.contains("Theses; \"grey\"  "), "{run}");
    // Without a UUID, by the handle; without an address of the repository there is no link.
    let place = place.file("records/items.ndjson", ITEMS.replace("\"uuid\"", "\"id\"").replace("0c2d", "kein-"));
    let run = place.run(&["check", "records", "--output-format", "ndjson"]);
    assert!(run.stdout.contains(r#""url":"https://repo.example.org/handle/20.500.12345/12""#), "{run}");
    let run = place.run(&["check", "records", "--output-format", "ndjson", "--isolated"]);
    assert!(run.stdout.contains(r#""url":null"#) && run.stdout.contains(r#""group":"20.500.12345/1""#), "{run}");
}

#[test]
fn the_page_on_worklists_shows_settings_that_are_ones() {
    let page = std::fs::read_to_string(crate::support::project().join("docs/worklists.md")).expect("it is there");
    let settings: Vec<_> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```\n").next()).collect();
    assert_eq!(settings.len(), 3);
    let names = page.split("```text\n").nth(1).and_then(|rest| rest.split("```\n").next()).expect("they are shown");
    for (number, settings) in settings.into_iter().enumerate() {
        let place = items(&format!("page-{number}"), settings).file("collections.csv", names);
        let run = place.run(&["check", "records", "--output-format", "csv"]);
        assert_eq!((run.code, &*run.stderr), (Some(1), ""), "{run}");
        assert!(number != 1 || run.stdout.contains("Doctoral theses"), "{run}");
    }
}

#[test]
fn mistakes_in_names_are_framed() {
    let mistake = |name: &str, settings: &str, collections: &str| {
        let place = items(name, settings).file("lists/collections.csv", collections);
        let run = place.run(&["check", "records"]);
        assert_eq!(run.code, Some(2), "{run}");
        format!("{settings}\n{run}")
    };
    let file = "[names]\ncollections = \"lists/collections.csv\"\n";
    let said = [
        mistake("unknown-format", "[source.dspce]\nurl = \"https://repo.example.org\"\n", ""),
        mistake("needless-source", "[source.datacite]\nurl = \"https://repo.example.org\"\n", ""),
        mistake("no-address", "[source.dspace]\nurl = \"repo.example.org\"\n", ""),
        mistake("no-url", "[source.dspace]\nuri = \"https://repo.example.org\"\n", ""),
        mistake("unknown-language", "lang = \"dee\"\n", ""),
        mistake("unknown-field", "[labels]\ncreater = \"Author\"\n", ""),
        mistake("unknown-labels", "[labels.dspaze]\ncreator = \"Author\"\n", ""),
        mistake("empty-label", "[labels]\ncreator = \" \"\n", ""),
        mistake("unknown-names", "[names]\ncolections = \"lists/collections.csv\"\n", ""),
        mistake("no-list", "[names]\ncollections = \"lists/collection.csv\"\n", ""),
        mistake("one-cell", file, "20.500.12345/1,Theses\n20.500.12345/2\n"),
        mistake("three-cells", file, "20.500.12345/1,Theses, grey\n"),
        mistake("no-name", file, "20.500.12345/1,\n"),
        mistake("named-twice", file, "20.500.12345/1,Theses\nhdl:20.500.12345/1,Reports\n"),
        mistake("open-quote", file, "20.500.12345/1,\"Theses\n"),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

/// A spreadsheet as it is read back.
fn book(place: &Place, path: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = std::fs::read(place.folder.join(path)).expect("it was written");
    calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a spreadsheet")
}

/// The rows of a sheet, each with its cells between bars.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).expect("the sheet is there");
    let text = |cell: &Data| cell.to_string();
    range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn a_spreadsheet_has_an_overview_findings_and_records() {
    let place = items("xlsx", SETTINGS).file("records/dois.ndjson", format!("{CLEAN}\n{BROKEN}\n"));
    let run = place.run(&["check", "records", "--output-format", "xlsx", "-o", "list.xlsx"]);
    assert_eq!((run.code, &*run.stdout), (Some(1), ""), "{run}");
    let mut book = book(&place, "list.xlsx");
    assert_eq!(book.sheet_names(), ["Overview", "Findings", "Records"]);
    let mut sheets = String::new();
    for sheet in ["Overview", "Findings", "Records"] {
        writeln!(sheets, "== {sheet}\n{}", rows(&mut book, sheet).join("\n")).expect("into memory");
        for link in book.hyperlinks_by_sheet_name(sheet).expect("its links read") {
            writeln!(sheets, "{link:?}").expect("into memory");
        }
    }
    insta::assert_snapshot!(sheets);
}

#[test]
fn a_spreadsheet_is_the_same_for_the_same_input() {
    let place = items("xlsx-again", SETTINGS);
    let write = |name: &str, threads: &str| {
        let run = place.run(&[
            "check",
            "records",
            "--output-format",
            "xlsx",
            "-o",
            name,
            "--threads",
            threads,
            "--as-of",
            "2026-11-22",
        ]);
        assert_eq!(run.code, Some(1), "{run}");
        std::fs::read(place.folder.join(name)).expect("it was written")
    };
    let first = write("a.xlsx", "1");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == write("b.xlsx", "2"), "it depends on no clock");
    assert!(first == write("a.xlsx", "2"), "it is written anew");
    let other = place.run(&["check", "records", "--output-format", "xlsx", "-o", "c.xlsx", "--as-of", "2026-11-23"]);
    assert_eq!(other.code, Some(1), "{other}");
    assert!(first != std::fs::read(place.folder.join("c.xlsx")).expect("it was written"));
}

#[test]
fn a_spreadsheet_needs_a_file() {
    let place = items("xlsx-terminal", SETTINGS);
    for more in [&[][..], &["-o", "-"]] {
        let run = place.run(&[&["check", "records", "--output-format", "xlsx"], more].concat());
        assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{run}");
        assert!(run.stderr.contains("--output-file worklist.xlsx"), "{run}");
    }
    let pair = ["check", "records", "--output-format", "xlsx", "-o", "a.xlsx", "--output-format", "concise"];
    let run = place.run(&pair);
    assert!(run.stdout.contains("malformed-date") && place.folder.join("a.xlsx").exists(), "{run}");
}

#[test]
fn no_worklist_changes_the_exit_code() {
    let place = Place::new("worklist-codes").file("good.json", CLEAN).file("bad.json", BROKEN).file("broken.json", "{");
    for file in ["good.json", "bad.json", "broken.json", "none.json"] {
        let code = place.run(&["check", file]).code;
        for format in ["csv", "xlsx"] {
            let run = place.run(&["check", file, "--output-format", format, "-o", "list"]);
            assert_eq!(run.code, code, "{file} {format} {run}");
        }
    }
}

#[test]
fn what_a_cell_cannot_hold_is_cut_and_said() {
    let title = "Sn\u{1F600}w ".repeat(9_000);
    let record = BROKEN.replace("Snow depth", &title);
    let place = Place::new("long").file("a.json", record);
    let run = place.run(&["check", "a.json", "--select", "invalid-doi", "--output-format", "xlsx", "-o", "a.xlsx"]);
    assert_eq!(run.code, Some(1), "{run}");
    let mut book = book(&place, "a.xlsx");
    let records = book.worksheet_range("Records").expect("the sheet is there");
    let cell = records.get((1, 0)).expect("the title").to_string();
    assert!(cell.ends_with("… [cut]") && cell.encode_utf16().count() <= 32_767, "{}", cell.len());
    assert!(rows(&mut book, "Overview").iter().any(|row| row.contains("2 texts are cut")));
    // As CSV it is whole.
    let run = place.run(&["check", "a.json", "--select", "invalid-doi", "--output-format", "csv"]);
    assert!(run.stdout.contains(title.trim()), "{}", run.stdout.len());
}

#[test]
fn no_more_of_a_rule_are_in_the_list_and_all_are_counted() {
    let place = Place::new("capped").file("a.ndjson", format!("{BROKEN}\n").repeat(5));
    let more = ["--select", "invalid-doi", "--max-findings-per-rule", "2"];
    let run = place.run(&[&["check", "a.ndjson", "--output-format", "csv"][..], &more].concat());
    assert_eq!(run.stdout.lines().count(), 3, "{run}");
    place.run(&[&["check", "a.ndjson", "--output-format", "xlsx", "-o", "a.xlsx"][..], &more].concat());
    let mut book = book(&place, "a.xlsx");
    assert_eq!(rows(&mut book, "Findings").len(), 3);
    assert_eq!(rows(&mut book, "Records").len(), 6);
    assert!(rows(&mut book, "Overview").iter().any(|row| row.starts_with("invalid-doi | error | 5 |")));
}

#[test]
fn the_last_worklist_is_no_record() {
    let place = items("worklist-again", SETTINGS);
    for format in ["csv", "xlsx"] {
        let name = format!("records/list.{format}");
        let arguments = ["check", "records", "--output-format", format, "-o", &name];
        assert_eq!(place.run(&arguments).code, Some(1));
        let before = std::fs::read(place.folder.join(&name)).expect("it was written");
        let run = place.run(&arguments);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(before == std::fs::read(place.folder.join(&name)).expect("it was written"), "{format}");
        std::fs::remove_file(place.folder.join(&name)).expect("it is there");
    }
}

#[test]
fn what_is_no_doi_is_no_link() {
    let url = |doi: &str| {
        let place = Place::new("links-of-dois").file("one.json", CLEAN.replace("10.5072/example-1", doi));
        let run = place.run(&["check", "one.json", "--isolated", "--select", "ALL", "--output-format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
        report["findings"][0]["record"]["url"].clone()
    };
    assert_eq!(url("10.5072/example-1"), "https://doi.org/10.5072/example-1");
    assert_eq!(url("https://doi.org/10.5072/example-1"), "https://doi.org/10.5072/example-1");
    assert_eq!(url("10.5072"), serde_json::Value::Null);
    assert_eq!(url("978-3-16-148410-0"), serde_json::Value::Null);
}

#[test]
fn a_format_has_its_own_words() {
    let text = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Snow\nauthors:\n\
        - family-names: Keller\n  given-names: Ruth\n  orcid: https://orcid.org/0000-0002-1825-0098\n\
        - family-names: Novak\n  orcid: https://orcid.org/0000-0002-1825-0098\n";
    let place = Place::new("own-words").file("CITATION.cff", text);
    let check =
        |more: &[&str]| place.run(&[&["check", "CITATION.cff", "--isolated", "--select", "ALL"], more].concat());
    let run = check(&["--output-format", "csv"]);
    assert!(run.stdout.contains(",author's ORCID iD,") && run.stdout.contains("No author has"), "{run}");
    assert!(!run.stdout.contains("creator"), "{run}");
    assert!(!check(&[]).stdout.contains("creator's"));
}
