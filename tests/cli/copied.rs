//! Copied item pages through the front door: our example, other languages and encodings, what stands round a page, and a
//! repository that is known by data alone.

use reclint::{Finding, Linter, Report, Severity};

use crate::support::{Place, run};

/// The labels of a page that shows nothing of a record but what it has not: as a curator copies it from a review.
const IN_REVIEW: &str = "This record is in review state, the data has not yet been validated.\n\
    This is not the latest version of this item. The latest version can be found here.\n\
    Tremor below the lake\nAuthor / Producer\nDate\n2025-03-01\nPublication Type\nJournal Issue\nETH Bibliography\nyes\n\
    Citations\nAltmetric\nData\nRights / License\nAbstract\nTwo networks of seismometers were moved to the shore, and for a \
    year they heard what moves below the sediments of the lake.\nPermanent link\nPublication status\nunpublished\n\
    External links\nBook title\nJournal / series\nVolume\n7\nPages / Article No.\nPublisher\nSeismic Office; Lake Museum\n\
    Event\nMethods\nSoftware\nSubject\nseismology; lakes; sediments\nNotes\nMaps: J. Novak\nText: R. Keller\n";

/// A record with all that is asked for.
const COMPLETE: &str = "Skip to main content\nHome\nTheses\nWater under the glacier\nWater under the glacier\nFiles\n\
    thesis.pdf (2.1 MB)\nDate\n2019-11\nAuthors\nKeller, Ruth\nNovak, Jan\nPublisher\nEnviDat\nAbstract\n\
    Dyes were poured into four moulins each winter and looked for at the snout.\nShow more\n\
    In mild winters they came out after hours.\nKeywords\nglaciers, tracers, water\nCitation\nKeller, R. (2019). Water.\n\
    URI\nhttps://hdl.handle.net/20.500.99999/12\nCollections\nDissertations\nFull item page\n\
    DSpace software copyright © 2002-2025 LYRASIS\nCookie settings\n";

const GERMAN: &str = "Dies ist nicht die neueste Version dieses Items. Die neueste Version finden Sie unter hier.\n\
    Wasser unter dem Gletscher\nDateien\narbeit.pdf (2.1 MB)\nDatum\n07.04.2017\nAutor:innen\nKeller, Ruth\n\
    Zusammenfassung\nVier Gletschermühlen wurden jeden Winter gefärbt.\nSchlagwörter\nGletscher\nURI\n\
    https://hdl.handle.net/20.500.99999/12\nSammlungen\nDissertationen\nKomplettanzeige\n";

/// A repository that nobody knows, with the labels of its page.
const SHELF: &str = r#"format = "zenodo"
name = "page-shelf"
title = "copied page of the Shelf"
title-at = "/title"
end = ["The Shelf"]

labels = [
  { says = ["Written by", "Geschrieben von"], to = "/creators/*/name", lines = "each" },
  { says = ["On the shelf since"], to = "/publication_date" },
  { says = ["Kind"], to = "/upload_type" },
  { says = ["Words"], to = "/keywords/*", split = "|" },
  { says = ["What it is"], to = "/description", lines = "all" },
]
"#;

fn check(name: &str, text: impl AsRef<[u8]>) -> Report {
    Linter::builder().as_of("2026-01-01").build().expect("the rules are known").check(name, text.as_ref())
}

fn rules(report: &Report) -> Vec<&str> {
    let mut rules: Vec<_> = report.findings.iter().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules
}

fn of<'r>(report: &'r Report, rule: &str) -> &'r Finding {
    report.findings.iter().find(|finding| &*finding.rule == rule).expect(rule)
}

#[test]
fn the_example() {
    insta::assert_snapshot!(run(&["check", "examples/dspace/item-page.txt", "--isolated"]));
    insta::assert_snapshot!(run(&["formats", "examples/dspace/item-page.txt", "--fields", "--isolated"]));
}

#[test]
fn a_page_in_review_has_its_eight_findings_and_no_more() {
    let report = check("page.txt", IN_REVIEW);
    let wanted = [
        "missing-container",
        "missing-creator",
        "missing-identifier",
        "missing-language",
        "missing-license",
        "not-latest-version",
        "unpublished-but-dated",
        "unvalidated-record",
    ];
    assert_eq!(rules(&report), wanted);
    for (rule, severity, line) in [
        ("unvalidated-record", Severity::Error, 1),
        ("not-latest-version", Severity::Warning, 2),
        ("missing-creator", Severity::Warning, 4),
        ("missing-license", Severity::Warning, 14),
        ("unpublished-but-dated", Severity::Warning, 19),
        ("missing-container", Severity::Warning, 24),
        ("missing-identifier", Severity::Info, 17),
        ("missing-language", Severity::Info, 3),
    ] {
        let finding = of(&report, rule);
        assert_eq!((finding.severity, finding.start.line), (severity, line), "{rule}");
    }
    let creator = of(&report, "missing-creator");
    assert!(creator.help.as_deref().is_some_and(|help| help.contains("links can be lost")), "{creator:?}");
    assert_eq!(creator.value.as_deref(), Some(""));
    let record = creator.record.as_ref().expect("it is of a record");
    assert_eq!((record.title.as_deref(), record.id.as_deref()), (Some("Tremor below the lake"), None));
}

#[test]
fn what_a_copy_may_have_lost_is_no_error_in_any_profile() {
    let linter = Linter::builder().profile("eth-research-collection").build().expect("it is known");
    let report = linter.check("page.txt", IN_REVIEW.as_bytes());
    assert_eq!(of(&report, "missing-creator").severity, Severity::Warning);
    let json = IN_REVIEW.replace("Author / Producer\n", "");
    assert_eq!(of(&linter.check("page.txt", json.as_bytes()), "missing-creator").severity, Severity::Error);
}

#[test]
fn a_complete_page_in_its_frame_is_let_be() {
    let report = check("page.txt", COMPLETE);
    assert_eq!((report.summary.records, rules(&report)), (1, Vec::new()), "{:?}", report.findings);
}

#[test]
fn german_labels_and_other_encodings() {
    let windows: Vec<u8> = GERMAN.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(GERMAN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (text, remarks) in [
        (GERMAN.as_bytes().to_vec(), 0),
        (GERMAN.replace('\n', "\r\n").into_bytes(), 0),
        (format!("\u{feff}{GERMAN}").into_bytes(), 1),
        (windows, 1),
        (wide, 1),
    ] {
        let report = check("seite.txt", &text);
        let found: Vec<_> = report.findings.iter().filter(|finding| &*finding.rule != "invalid-encoding").collect();
        assert_eq!((report.summary.records, report.findings.len() - found.len()), (1, remarks));
        let found: Vec<_> =
            found.iter().map(|finding| (&*finding.rule, finding.start.line, finding.start.column)).collect();
        assert_eq!(found, [("not-latest-version", 1, 1), ("missing-publisher", 2, 1), ("malformed-date", 6, 1)]);
    }
}

#[test]
fn labels_with_colons_and_with_blanks_that_break_no_line() {
    let plain = check("complete.txt", COMPLETE);
    let written = COMPLETE.replace("\nDate\n", "\nDate:\n").replace("\nAuthors\n", "\nAuthors :\n\u{A0}\n");
    assert_eq!(rules(&check("complete.txt", written)), rules(&plain));
    let plain = check("review.txt", IN_REVIEW);
    let written =
        IN_REVIEW.replace("\nRights / License\n", "\nRights\u{A0}/\u{A0}License:\n").replace("\nData\n", "\nData:\n");
    let written = check("review.txt", written);
    assert_eq!(rules(&written), rules(&plain));
    // What is said of the label has no colon.
    let at = |report: &Report| of(report, "missing-license").pointer.clone();
    assert_eq!(at(&written), at(&plain));
}

#[test]
fn a_second_page_is_told_of() {
    let text = format!("{COMPLETE}{}", COMPLETE.replace("Water under the glacier", "Ice on the lake"));
    let report = check("two.txt", &text);
    let told = of(&report, "unknown-format");
    assert!(told.message.starts_with("Here a second page begins") && told.severity == Severity::Warning, "{told:?}");
    let line = usize::try_from(told.start.line).expect("it is small");
    assert!(line > COMPLETE.lines().count(), "{told:?}");
    assert!(["Files", "Date"].contains(&text.lines().nth(line - 1).expect("it is a line")), "{told:?}");
    let others = report.findings.iter().filter(|finding| &*finding.rule != "unknown-format");
    let others: Vec<_> = others.map(|finding| (&finding.rule, &finding.message)).collect();
    let first = check("one.txt", COMPLETE);
    assert_eq!(others, first.findings.iter().map(|finding| (&finding.rule, &finding.message)).collect::<Vec<_>>());
    // A word in an abstract that is called like a label is none.
    let text = COMPLETE.replace("Show more\n", "Date\nAuthors\nShow more\n");
    assert!(!rules(&check("one.txt", text)).contains(&"unknown-format"));
}

#[test]
fn places_are_those_of_the_file() {
    let text = GERMAN.replace('\n', "\r\n");
    let date = check("seite.txt", &text);
    let date = of(&date, "malformed-date");
    let bytes = usize::try_from(date.start.byte).expect("small")..usize::try_from(date.end.byte).expect("small");
    assert_eq!((&text[bytes], date.suggestion.as_deref()), ("07.04.2017", Some("2017-04-07")));
}

#[test]
fn any_other_text_is_no_page() {
    let place = Place::new("texts")
        .file("a/notes.txt", "Date\nto be seen\nAbstract\nnone yet\n")
        .file("a/page.txt", GERMAN)
        .file("b/notes.txt", "Dear Ruth,\nthe Date is set.\n");
    let named = place.run(&["check", "a/notes.txt", "--isolated", "--output-format", "concise"]);
    assert!(named.stdout.contains("unknown-format"), "{named}");
    let walk = place.run(&["check", ".", "--isolated", "--output-format", "concise"]);
    assert!(walk.stdout.contains("a/page.txt:6:1") && !walk.stdout.contains("notes.txt"), "{walk}");
    let piped = place.run_with(&["check", "-", "--isolated", "--output-format", "concise"], GERMAN);
    assert!(piped.stdout.contains("malformed-date"), "{piped}");
}

#[test]
fn another_repository_is_known_by_data_alone() {
    let page = "The Shelf\nTide tables of 1911\nWritten by\nKeller, Ruth\nNovak, Jan\nOn the shelf since\n31.02.2019\nKind\n\
                dataset\nWords\ntides|harbours\nWhat it is\nEvery tide of a year.\nCopied by hand.\n";
    let place = Place::new("shelf")
        .file("reclint.toml", "pages = [\"labels/shelf.toml\"]\n")
        .file("labels/shelf.toml", SHELF)
        .file("page.txt", page);
    insta::assert_snapshot!(place.run(&["check", "page.txt"]));
    insta::assert_snapshot!(place.run(&["formats", "page.txt", "--fields"]));
    let without = place.run(&["check", "page.txt", "--isolated"]);
    assert!(without.stdout.contains("unknown-format"), "{without}");
}

#[test]
fn mistakes_in_labels_are_framed() {
    let mistakes = [
        ("format = \"zenodo\"", "format = \"zenod\""),
        ("format = \"zenodo\"\n", ""),
        ("lines = \"each\"", "lines = \"every\""),
        ("\"/keywords/*\"", "\"/keywords[]\""),
        ("\"/publication_date\"", "\"/title/date\""),
        ("\"Kind\"", "\"Words\""),
        ("to = \"/upload_type\"", "at = \"/upload_type\""),
        ("title-at", "titel-at"),
        ("\"/upload_type\"", "\"/uploaded_type\""),
    ];
    let said = mistakes.map(|(right, wrong)| {
        assert!(SHELF.contains(right), "{right}");
        let built = Linter::builder().page("shelf.toml", SHELF.replacen(right, wrong, 1)).build();
        format!("{wrong}\n{}\n", built.expect_err("it is a mistake"))
    });
    insta::assert_snapshot!(said.join("\n"));
    let place = Place::new("no-labels").file("reclint.toml", "pages = [\"none.toml\"]\n");
    insta::assert_snapshot!(place.run(&["check", "."]));
}

#[test]
fn worklists_and_overrides_take_pages_as_they_take_records() {
    let settings = "[[override]]\npaths = [\"page.txt\"]\nrules = [\"missing-creator\"]\nreason = \"seen on the item\"\nallow = true\n";
    let settings = settings.replace("allow = true\n", "");
    let place = Place::new("copied-worklist").file("reclint.toml", settings).file("page.txt", IN_REVIEW);
    let csv = place.run(&["check", "page.txt", "--output-format", "csv"]);
    assert!(csv.stdout.contains("Tremor below the lake") && !csv.stdout.contains("missing-creator"), "{csv}");
    let lines = place.run(&["check", "page.txt", "--output-format", "ndjson"]);
    assert_eq!(lines.stdout.lines().count(), 8, "seven findings and the summary: {lines}");
    let page = place.run(&["check", "page.txt", "--output-format", "html"]);
    assert!(page.stdout.contains("Tremor below the lake"));
}

#[test]
fn a_hundred_damaged_pages_are_read_without_a_panic() {
    let linter = Linter::builder().select(["all"]).build().expect("the words are known");
    for number in 0..100 {
        let mut bytes = [IN_REVIEW, COMPLETE, GERMAN][number % 3].as_bytes().to_vec();
        let at = number * 7919 % bytes.len();
        match number % 7 {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(..at)),
            2 => bytes.insert(at, b'\n'),
            3 => bytes[at] = 0xFF,
            4 => bytes.retain(|byte| *byte != b'\n' || at.is_multiple_of(2)),
            5 => bytes.extend(bytes.clone()),
            _ => bytes.splice(at..at, *b"\nAuthor / Producer\nDate\n\xC3").for_each(drop),
        }
        let report = linter.check("page.txt", &bytes);
        for finding in &report.findings {
            assert_ne!(&*finding.rule, "internal-error", "{number}: {finding:?}");
            assert!(finding.start.byte <= finding.end.byte && finding.end.byte <= 2 * bytes.len() as u64);
        }
    }
}
