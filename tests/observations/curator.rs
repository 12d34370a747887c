//! What a curator wants to read of genuine records, on records of the same kinds.

use crate::As::{Datacite, DataciteRest, Dspace, File};
use crate::{Row, hold};

const ROWS: &[Row] = &[
    (
        0,
        "well kept, without language, licence and subjects",
        Dspace,
        r#"{ "dc.language.iso": "!", "dc.rights.uri": "!", "dc.subject": "!" }"#,
        &[],
    ),
    (
        0,
        "well kept, without abstract and publisher",
        Dspace,
        r#"{ "dc.description.abstract": "!", "dc.publisher": "!", "dc.rights.uri": "!" }"#,
        &[],
    ),
    (
        0,
        "the author stands as a contributor, and there is no date",
        Dspace,
        r#"{ "dc.contributor.author": "!", "dc.contributor": "Keller, Ruth", "dc.date.issued": "!" }"#,
        &["missing-date"],
    ),
    (
        0,
        "data behind an article, with what it supplements",
        DataciteRest,
        r#"{ "titles": [{ "title": "Data from: Snow and ice in the Alps." }],
        "relatedIdentifiers": [{ "relatedIdentifier": "10.1016/j.snow.2023.77", "relatedIdentifierType": "DOI", "relationType": "IsSupplementTo" }] }"#,
        &[],
    ),
    (
        0,
        "the DOI of all versions",
        DataciteRest,
        r#"{ "relatedIdentifiers": [
        { "relatedIdentifier": "10.16904/envidat.1002", "relatedIdentifierType": "DOI", "relationType": "HasVersion" }] }"#,
        &[],
    ),
    (
        0,
        "one version of many",
        DataciteRest,
        r#"{ "relatedIdentifiers": [
        { "relatedIdentifier": "10.16904/envidat.1000", "relatedIdentifierType": "DOI", "relationType": "IsVersionOf" }] }"#,
        &[],
    ),
    (
        0,
        "an article that names no journal, by somebody with an honorific",
        DataciteRest,
        r#"{ "types": { "resourceTypeGeneral": "JournalArticle" },
        "creators": [{ "name": "Dr. Ruth Keller", "nameType": "Personal" }], "language": null }"#,
        &["missing-container", "missing-language"],
    ),
    (0, "an empty second title", Dspace, r#"{ "dc.title": ["Snow depth in the Alps", ""] }"#, &["empty-value"]),
    (0, "a month beside the year", Dspace, r#"{ "dc.date.issued": ["2015", "December"] }"#, &["malformed-date"]),
    (
        0,
        "nobody, no type, keywords in one",
        Dspace,
        r#"{ "dc.contributor.author": "!", "dc.type": "!",
        "dc.subject": "WSL ; SLF ; Davos ; avalanche warning" }"#,
        &["keywords-in-one", "missing-creator", "missing-type"],
    ),
    (
        0,
        "no date, and an entity in the abstract",
        Dspace,
        r#"{ "dc.date.issued": "!",
        "dc.description.abstract": "These data belong to &quot;Snow and ice&quot;." }"#,
        &["escaped-entity", "missing-date"],
    ),
    (
        0,
        "two dates of issue",
        Dspace,
        r#"{ "dc.date.issued": ["2015-05-08", "2015-01-29"] }"#,
        &["several-issue-dates"],
    ),
    (
        0,
        "a stray semicolon, and a publisher that is empty",
        Dspace,
        r#"{ "dc.contributor.author": ["Keller, Ruth", "Meier, Anna;"],
        "dc.publisher": "",
        "dc.source": "Annals of Snow" }"#,
        &["empty-value", "trailing-punctuation"],
    ),
    (0, "an empty description", Dspace, r#"{ "dc.description": "" }"#, &["empty-value"]),
    (
        0,
        "the prefix that DSpace comes with, once a file",
        File("items.ndjson"),
        concat!(
            r#"{ "type": "item", "uuid": "a", "handle": "123456789/15", "inArchive": true, "discoverable": true, "withdrawn": false, "metadata": { "dc.title": [{ "value": "Snow" }], "dc.contributor.author": [{ "value": "Keller, Ruth" }] } }"#,
            "\n",
            r#"{ "type": "item", "uuid": "b", "handle": "123456789/16", "inArchive": true, "discoverable": true, "withdrawn": false, "metadata": { "dc.title": [{ "value": "Ice" }], "dc.contributor.author": [{ "value": "Frei, Urs" }] } }"#,
            "\n"
        ),
        &["default-handle-prefix"],
    ),
    (0, "no author", Dspace, r#"{ "dc.contributor.author": "!" }"#, &["missing-creator"]),
    (
        0,
        "line breaks round two values",
        Dspace,
        r#"{ "dc.source": "\n  Alpine library, B 77\n", "dc.relation": "\n  Notice: https://slf.ch/n/77\n" }"#,
        &["line-break-in-value", "line-break-in-value"],
    ),
    (
        0,
        "a year of the Buddhist calendar is one finding",
        DataciteRest,
        r#"{ "publicationYear": 2549, "dates": [{ "date": "2549", "dateType": "Issued" }] }"#,
        &["impossible-date"],
    ),
    (
        0,
        "a German date and an empty abstract",
        DataciteRest,
        r#"{ "dates": [{ "date": "07.04.2024", "dateType": "Available" }],
        "descriptions": [{ "description": "", "descriptionType": "Abstract" }] }"#,
        &["empty-value", "malformed-date"],
    ),
    (0, "a draft", DataciteRest, r#"{ "state": "draft", "creators": [], "url": null }"#, &["draft-record"]),
    (
        0,
        "findable, and nothing in it",
        DataciteRest,
        r#"{ "creators": [], "titles": [], "publisher": null, "publicationYear": null, "subjects": [],
        "types": {}, "dates": [], "rightsList": [], "descriptions": [], "language": null }"#,
        &["empty-record"],
    ),
    (0, "a code for the publisher", Datacite, r#"{ "publisher": ":unav" }"#, &["placeholder-value"]),
];

#[test]
fn curators_read_what_they_want_to_read() {
    hold(ROWS);
}
