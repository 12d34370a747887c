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
