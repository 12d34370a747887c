//! Observations 87 to 92: one record in many envelopes, and what is no record.

use crate::As::{Codemeta, Dspace, File, ZenodoDeposit, ZenodoGit};
use crate::{As, Row, hold, linter, record};

pub(crate) const ROWS: &[Row] = &[
    (82, "JSON that is not UTF-8: see the test beside", ZenodoGit, "{}", &[]),
    (
        87,
        "a deposit whose metadata is XML",
        File("deposit.json"),
        r#"{ "data": { "type": "dois", "attributes": { "doi": "10.16904/envidat.7", "url": "https://envidat.ch/7", "xml": "PHJlc291cmNlLz4=" } } }"#,
        &[],
    ),
    (
        88,
        "a record of DataCite's older API",
        File("old.json"),
        r#"{ "data": { "id": "https://doi.org/10.16904/envidat.7", "type": "works", "attributes": { "doi": "10.16904/envidat.7",
         "creator": [], "title": "Snow", "resource-type-id": "dataset" } } }"#,
        &[],
    ),
    (
        88,
        "an item of DSpace 5",
        File("old.json"),
        r#"{ "metadata": [{ "key": "dc.title", "value": "Snow", "language": "en" }] }"#,
        &[],
    ),
    (
        88,
        "an item of DSpace 1.5",
        File("old.json"),
        r#"{ "metadata": [{ "schema": "dc", "element": "title", "qualifier": "", "value": "Snow" }] }"#,
        &[],
    ),
    (
        89,
        "JSON with comments",
        File("commented.json"),
        "{\n  // a note\n  \"doi\": \"10.16904/envidat.7\"\n}",
        &["syntax-error"],
    ),
    (
        89,
        "what Python prints",
        File("printed.json"),
        "{'doi': '10.16904/envidat.7', 'titles': None}",
        &["syntax-error"],
    ),
    (90, "a licence as an identifier", ZenodoDeposit, r#"{ "license": "cc-by-4.0" }"#, &[]),
    (90, "a licence as an object", ZenodoDeposit, r#"{ "license": { "id": "cc-by-4.0" } }"#, &[]),
    (
        91,
        "a record of unknown shape, said once for the file",
        File("unknown.json"),
        r#"[{ "resource": { "titles": [{ "title": "Snow" }] } }, { "resource": { "titles": [{ "title": "Ice" }] } }]"#,
        &["unknown-format"],
    ),
    (
        92,
        "an ampersand of an address, escaped",
        Dspace,
        r#"{ "dc.identifier.uri": "https://works.slf.ch/cgi/view?article=77&amp;context=snow" }"#,
        &["invalid-url"],
    ),
    (
        90,
        "a licence by name and address in a record of software",
        Codemeta,
        r#"{ "license": { "name": "MIT", "url": "https://opensource.org/licenses/MIT" } }"#,
        &[],
    ),
];

#[test]
fn envelopes_are_opened_and_other_things_are_named() {
    hold(ROWS);
}

#[test]
fn one_record_in_every_envelope() {
    let linter = linter();
    let plain = record(As::Datacite, r#"{ "creators": [] }"#);
    let object = format!(r#"{{ "id": "10.16904/envidat.1001", "type": "dois", "attributes": {plain} }}"#);
    let envelopes = [
        plain.clone(),
        object.clone(),
        format!(r#"{{ "data": {object} }}"#),
        format!(r#"{{ "data": [{object}], "meta": {{ "total": 1 }}, "links": {{}} }}"#),
        format!("[{object}]"),
    ];
    for text in envelopes {
        let report = linter.check("record.json", text.as_bytes());
        assert_eq!(report.summary.records, 1, "{text}");
        assert_eq!(crate::spoke(&report, &[]), ["missing-creator"], "{text}");
    }
}
