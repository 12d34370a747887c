//! What real records look like, seen by the program: for each of 92 observations on public records its rule, or the
//! silence that is meant, on a record of our own. `LEFT_OUT` has those that only formats not read so far can show.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod catch;
mod conditions;
mod coverage;
mod curator;
mod quiet;
mod shapes;

use std::collections::BTreeSet;

use reclint::{Linter, Report};
use serde_json::{Map, Value, json};

/// What a row's record is.
#[derive(Clone, Copy, Debug)]
enum As {
    /// A well-kept record of this format in which these members are changed; `null` stays, `"!"` removes.
    Datacite,
    /// The same as the REST API gives it; members go among the attributes, those that begin with `/` beside them.
    DataciteRest,
    /// Names with a dot go into `metadata`, where texts become values; others into the item.
    Dspace,
    Codemeta,
    ZenodoGit,
    /// Members go into `metadata`, those that begin with `/` beside it.
    ZenodoDeposit,
    /// The text of a file of this name, to be recognised.
    File(&'static str),
}

/// An observation: its number (0: none), in a few words; the record; the rules that speak, in order of their names.
/// `missing-*` at `info` is said of half of all records and counts only where it is named.
type Row = (u8, &'static str, As, &'static str, &'static [&'static str]);

/// Observations that these rows cannot show, and why.
const LEFT_OUT: [(u8, &str); 5] = [
    (59, "Crossref's way of giving no date, `[[null]]`; none of the four has dates in parts"),
    (68, "deleted headers and error pages of OAI-PMH"),
    (76, "XML of DataCite 3: a place as a text. Its JSON never had one, so there it breaks the schema"),
    (79, "CITATION.cff: dates and versions that YAML turns into other types"),
    (80, "CITATION.cff: records that follow an older version of its schema"),
];

fn linter() -> Linter {
    Linter::builder().as_of("2026-11-25").build().expect("the program's own files are right")
}

fn base(of: As) -> Value {
    match of {
        As::Datacite => json!({
            "doi": "10.16904/envidat.1001",
            "creators": [{ "name": "Keller, Ruth", "nameType": "Personal", "givenName": "Ruth", "familyName": "Keller" }],
            "titles": [{ "title": "Snow depth at Weissfluhjoch" }],
            "publisher": "EnviDat", "publicationYear": 2024, "language": "en",
            "types": { "resourceTypeGeneral": "Dataset", "resourceType": "Time series" },
            "subjects": [{ "subject": "snow" }],
            "dates": [{ "date": "2024-05-17", "dateType": "Issued" }],
            "rightsList": [{ "rights": "Creative Commons Attribution 4.0 International",
                "rightsUri": "https://creativecommons.org/licenses/by/4.0/legalcode",
                "rightsIdentifier": "cc-by-4.0", "rightsIdentifierScheme": "SPDX" }],
            "descriptions": [{ "description": "Daily snow depth, homogenised.", "descriptionType": "Abstract" }],
            "schemaVersion": "http://datacite.org/schema/kernel-4",
        }),
        As::DataciteRest => {
            let mut attributes = base(As::Datacite);
            attributes["state"] = json!("findable");
            json!({ "id": "10.16904/envidat.1001", "type": "dois", "attributes": attributes })
        }
        As::Dspace => json!({
            "id": "9b2a3f60-5f0b-4d5e-9f4f-2f0f1c1f7a11", "uuid": "9b2a3f60-5f0b-4d5e-9f4f-2f0f1c1f7a11",
            "name": "Snow depth in the Alps", "handle": "20.500.11850/4811",
            "metadata": {
                "dc.title": values(&json!("Snow depth in the Alps")),
                "dc.contributor.author": values(&json!("Keller, Ruth")),
                "dc.date.accessioned": values(&json!("2024-06-02T08:11:45Z")),
                "dc.date.issued": values(&json!("2024-05-17")),
                "dc.type": values(&json!("Technical Report")),
                "dc.publisher": values(&json!("Institute for Snow Research")),
                "dc.language.iso": values(&json!("en")),
                "dc.subject": values(&json!("snow")),
                "dc.description.abstract": values(&json!("Sixty winters of daily measurements.")),
                "dc.rights.uri": values(&json!("https://creativecommons.org/licenses/by/4.0/")),
            },
            "inArchive": true, "discoverable": true, "withdrawn": false, "type": "item",
        }),
        As::Codemeta => json!({
            "@context": "https://w3id.org/codemeta/3.1", "type": "SoftwareSourceCode",
            "name": "snowtools", "description": "Reads, checks and plots snow depths of automatic stations.",
            "identifier": "https://doi.org/10.16904/envidat.2002", "codeRepository": "https://git.slf.ch/snow/snowtools",
            "license": "https://spdx.org/licenses/MIT", "version": "2.3.0", "datePublished": "2025-03-18",
            "keywords": ["snow depth", "time series"],
            "author": [{ "type": "Person", "givenName": "Ruth", "familyName": "Keller" }],
        }),
        As::ZenodoGit => json!({
            "title": "snowtools: reading snow depths", "upload_type": "software", "description": "<p>Reads and plots.</p>",
            "creators": [{ "name": "Keller, Ruth", "affiliation": "Institute for Snow Research" }],
            "license": "MIT", "language": "eng", "keywords": ["snow"], "access_right": "open",
        }),
        As::ZenodoDeposit => {
            let mut metadata = base(As::ZenodoGit);
            metadata["publication_date"] = json!("2024-05-17");
            metadata["doi"] = json!("10.5281/zenodo.481516");
            json!({ "id": 481_516, "conceptrecid": "481515", "submitted": true, "state": "done", "metadata": metadata })
        }
        As::File(_) => Value::Null,
    }
}

/// DSpace's values: of a text, of several, or as they are.
fn values(given: &Value) -> Value {
    let value = |(place, text): (usize, &Value)| json!({ "value": text, "language": null, "authority": null, "confidence": -1, "place": place });
    match given {
        Value::Array(texts) if texts.iter().all(Value::is_string) => texts.iter().enumerate().map(value).collect(),
        Value::String(_) => json!([value((0, given))]),
        _ => given.clone(),
    }
}

/// Into which of the record's members a change goes, and under which name.
fn target<'r>(of: As, record: &'r mut Value, name: &str) -> (&'r mut Map<String, Value>, String) {
    let inner = match of {
        As::DataciteRest if !name.starts_with('/') => Some("attributes"),
        As::Dspace if name.contains('.') => Some("metadata"),
        As::ZenodoDeposit if !name.starts_with('/') => Some("metadata"),
        _ => None,
    };
    let member = match inner {
        Some(inner) => record.get_mut(inner).expect("the base has it"),
        None => record,
    };
    (member.as_object_mut().expect("it is an object"), name.trim_start_matches('/').to_owned())
}

fn record(of: As, changes: &str) -> String {
    if let As::File(_) = of {
        return changes.to_owned();
    }
    let mut record = base(of);
    let changes: Map<String, Value> =
        serde_json::from_str(changes).unwrap_or_else(|error| panic!("{changes}: {error}"));
    for (name, value) in changes {
        let (members, key) = target(of, &mut record, &name);
        if value == json!("!") {
            members.remove(&key).unwrap_or_else(|| panic!("{key} is not there"));
        } else {
            let dspace = matches!(of, As::Dspace) && name.contains('.');
            members.insert(key, if dspace { values(&value) } else { value });
        }
    }
    record.to_string()
}

fn report(linter: &Linter, of: As, changes: &str) -> Report {
    let text = record(of, changes);
    let (format, carrier) = match of {
        As::Datacite => ("datacite", "plain"),
        As::DataciteRest => ("datacite", "rest"),
        As::Dspace => ("dspace", "rest-item"),
        As::Codemeta => ("codemeta", "file"),
        As::ZenodoGit => ("zenodo", "git"),
        As::ZenodoDeposit => ("zenodo", "deposit"),
        As::File(name) => return linter.check(name, text.as_bytes()),
    };
    linter.check_as(format, Some(carrier), "record.json", text.as_bytes()).expect("there is such a carrier")
}

/// The rules that spoke, but for what is absent and merely recommended.
fn spoke(report: &Report, wanted: &[&str]) -> Vec<String> {
    let mut rules: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| {
            let absent = finding.rule.starts_with("missing-") && finding.severity.name() == "info";
            !absent || wanted.contains(&&*finding.rule)
        })
        .map(|finding| finding.rule.to_string())
        .collect();
    rules.sort();
    rules
}

/// Runs the rows; says of all that went wrong.
fn hold(rows: &[Row]) {
    let linter = linter();
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|(number, what, of, changes, wanted)| {
            let report = report(&linter, *of, changes);
            let spoke = spoke(&report, wanted);
            let said: Vec<_> = report
                .findings
                .iter()
                .map(|finding| format!("      {}: {}", finding.pointer.as_deref().unwrap_or(""), finding.message))
                .collect();
            (spoke != *wanted)
                .then(|| format!("{number} {what}\n   wanted {wanted:?}\n   found  {spoke:?}\n{}", said.join("\n")))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn well_kept_records_are_silent() {
    let linter = linter();
    let all = [As::Datacite, As::DataciteRest, As::Dspace, As::Codemeta, As::ZenodoGit, As::ZenodoDeposit];
    for of in all {
        let report = report(&linter, of, "{}");
        assert_eq!(report.summary.records, 1, "{of:?}");
        let said: Vec<_> =
            report.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
        assert!(said.is_empty(), "{of:?}: {said:?}");
    }
}

#[test]
fn no_observation_was_forgotten() {
    let rows = [catch::ROWS, quiet::ROWS, shapes::ROWS].concat();
    let mut numbers: BTreeSet<u8> = rows.iter().map(|row| row.0).collect();
    for (number, _) in LEFT_OUT {
        assert!(numbers.insert(number), "{number} is shown and left out");
    }
    let all: BTreeSet<u8> = (1..=92).collect();
    assert_eq!(numbers, all);
}
