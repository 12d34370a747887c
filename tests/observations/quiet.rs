//! Observations 51 to 86: what looks wrong on real records, and is not.

use crate::As::{Codemeta, Datacite, DataciteRest, Dspace, File, ZenodoDeposit, ZenodoGit};
use crate::{Row, hold};

pub(crate) const ROWS: &[Row] = &[
    (
        51,
        "Portuguese in capitals is no wrong encoding",
        Dspace,
        r#"{ "dc.title": "Relatório de MEDIÇÃO e SUPERAÇÃO", "dc.language.iso": "pt" }"#,
        &[],
    ),
    (
        51,
        "nor is a title that is all in them; being in capitals is said softly",
        Dspace,
        r#"{ "dc.title": "APLICAÇÃO DA MEDIÇÃO DE NEVE NAS ESTAÇÕES", "dc.language.iso": "pt" }"#,
        &["all-caps-title"],
    ),
    (
        52,
        "capitals of another script",
        Datacite,
        r#"{ "titles": [{ "title": "ИЗМЕРЕНИЕ ВЫСОТЫ СНЕГА В ГОРАХ" }], "language": "ru" }"#,
        &[],
    ),
    (
        53,
        "LaTeX in a title",
        Datacite,
        r#"{ "titles": [{ "title": "Scattering of light in snow at $\\sqrt{s}=7$ GHz" }] }"#,
        &[],
    ),
    (
        53,
        "MathML and small capitals are the markup of journals",
        Datacite,
        r#"{ "titles": [{ "title": "Isotopes of H<sub>2</sub>O in snow" }] }"#,
        &["markup-in-text"],
    ),
    (
        54,
        "a title that ends in a full stop",
        Datacite,
        r#"{ "titles": [{ "title": "Data from: A new station in the Alps." }] }"#,
        &[],
    ),
    (
        55,
        "HTML in a description of Zenodo's",
        ZenodoDeposit,
        r#"{ "description": "<p>Depths of <b>snow</b>.</p><ul><li>daily</li></ul>" }"#,
        &[],
    ),
    (
        55,
        "HTML in a description of DataCite's",
        Datacite,
        r#"{ "descriptions": [{ "description": "<p>Depths of snow.</p>", "descriptionType": "Abstract" }] }"#,
        &[],
    ),
    (
        56,
        "a person of one name",
        Datacite,
        r#"{ "creators": [{ "name": "조혜린" }, { "name": "Sudesi", "nameType": "Personal", "familyName": "Sudesi" }] }"#,
        &[],
    ),
    (
        56,
        "a group by its name",
        Codemeta,
        r#"{ "author": { "type": "Organization", "name": "The snowtools developers" } }"#,
        &[],
    ),
    (
        57,
        "bodies and names without a comma",
        Dspace,
        r#"{ "dc.contributor.author": ["Various Artists", "Ruth Keller", "Institute for Snow Research"] }"#,
        &[],
    ),
    (
        58,
        "no author, but the editors of a journal issue",
        Dspace,
        r#"{ "dc.contributor.author": "!", "dc.contributor.editor": "Keller, Ruth", "dc.type": "Journal Issue", "dc.relation.ispartof": "Annals of Snow" }"#,
        &[],
    ),
    (
        60,
        "brackets and semicolons in a DOI",
        Datacite,
        r#"{ "relatedIdentifiers": [
        { "relatedIdentifier": "10.1016/0160-4120(79)90077-0", "relatedIdentifierType": "DOI", "relationType": "Cites" },
        { "relatedIdentifier": "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa9>3.0.co;2-1", "relatedIdentifierType": "DOI", "relationType": "Cites" }] }"#,
        &[],
    ),
    (61, "a DOI in capitals", Datacite, r#"{ "doi": "10.3886/ICPSR77777.V2" }"#, &[]),
    (
        62,
        "a year alone",
        Datacite,
        r#"{ "dates": [{ "date": "2024", "dateType": "Issued" }, { "date": "2023-11", "dateType": "Submitted" }] }"#,
        &[],
    ),
    (62, "year and month", Dspace, r#"{ "dc.date.issued": "2024-05" }"#, &[]),
    (
        63,
        "ranges, open ranges, years before Christ",
        Datacite,
        r#"{ "dates": [{ "date": "-0024/-0022", "dateType": "Coverage" },
        { "date": "2009-10-01/2014-01-23", "dateType": "Collected" }, { "date": "1971/2012", "dateType": "Collected" },
        { "date": "2019/", "dateType": "Valid" }, { "date": "2024", "dateType": "Issued" }] }"#,
        &[],
    ),
    (
        64,
        "an interval of EDTF as the date of publication",
        ZenodoDeposit,
        r#"{ "publication_date": "2018/2020-09" }"#,
        &[],
    ),
    (
        65,
        "times with a zone, without, with fractions",
        Datacite,
        r#"{ "dates": [{ "date": "2018-05-08T13:05:12.000+02:00", "dateType": "Updated" },
        { "date": "2018-05-08T13:05:12Z", "dateType": "Created" }, { "date": "2024", "dateType": "Issued" }] }"#,
        &[],
    ),
    (
        66,
        "dates of accession, of release and of issue in one item",
        Dspace,
        r#"{ "dc.date.available": "2024-06-02T08:11:45Z", "dc.date.created": "2019", "dc.date.issued": "2021-03" }"#,
        &[],
    ),
    (
        67,
        "a date that info:eu-repo packs into a term",
        Dspace,
        r#"{ "dc.date": "info:eu-repo/date/embargoEnd/2018-05-27" }"#,
        &[],
    ),
    (
        69,
        "anything for an identifier",
        Dspace,
        r#"{ "dc.identifier": ["Annals of Snow 12 (2019), p. 3", "0378-5955", "doi:10.16904/envidat.77", "WSL-B-77"] }"#,
        &[],
    ),
    (
        70,
        "languages as DSpace writes them",
        Dspace,
        r#"{ "dc.language.iso": ["en_US", "eng", "en", "ger", "deu", "dut", "en-us", "other", "yap"] }"#,
        &[],
    ),
    (70, "a language by its name", Dspace, r#"{ "dc.language.iso": "Englisch" }"#, &["unknown-language"]),
    (
        71,
        "the identifier of a licence in small letters",
        Datacite,
        r#"{ "rightsList": [{ "rightsIdentifier": "cc0-1.0", "rightsIdentifierScheme": "SPDX" }] }"#,
        &[],
    ),
    (
        72,
        "members that the API writes as null or empty",
        DataciteRest,
        r#"{ "contributors": null, "sizes": null, "container": {}, "relatedIdentifiers": [],
        "version": null, "formats": [], "geoLocations": null, "fundingReferences": [], "identifiers": [], "contentUrl": null }"#,
        &[],
    ),
    (
        73,
        "affiliations as texts or as objects",
        Datacite,
        r#"{ "creators": [{ "name": "Keller, Ruth", "affiliation": ["Institute for Snow Research"] },
        { "name": "Frei, Urs", "affiliation": [{ "name": "Institute for Snow Research" }] }, { "name": "Meier, Anna", "affiliation": "ETH Zurich" }] }"#,
        &[],
    ),
    (74, "a publisher as an object", Datacite, r#"{ "publisher": { "name": "EnviDat", "lang": "en" } }"#, &[]),
    (
        75,
        "a record that follows version 3",
        Datacite,
        r#"{ "schemaVersion": "http://datacite.org/schema/kernel-3" }"#,
        &[],
    ),
    (
        75,
        "a record that follows version 2.2, by https",
        Datacite,
        r#"{ "schemaVersion": "https://datacite.org/schema/kernel-2.2" }"#,
        &[],
    ),
    (
        77,
        "schemes that few know",
        Datacite,
        r#"{ "alternateIdentifiers": [{ "alternateIdentifier": "SLF-PROC-77", "alternateIdentifierType": "SLF-ID" },
        { "alternateIdentifier": "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d", "alternateIdentifierType": "SWHID" }],
        "creators": [{ "name": "Keller, Ruth", "nameIdentifiers": [{ "nameIdentifier": "118540238", "nameIdentifierScheme": "GND" }] }] }"#,
        &[],
    ),
    (78, "the prefix for tests", Datacite, r#"{ "doi": "10.5072/snow-77" }"#, &[]),
    (
        81,
        "a BOM and line ends of Windows; of the BOM it is said softly that it is there",
        File("list.json"),
        "\u{feff}{ \"doi\": \"10.16904/envidat.7\", \"creators\": [{ \"name\": \"Keller, Ruth\" }],\r\n  \"titles\": [{ \"title\": \"Snow\" }], \"publisher\": \"EnviDat\",\r\n  \"publicationYear\": 2024, \"types\": { \"resourceTypeGeneral\": \"Dataset\" } }\r\n",
        &["invalid-encoding"],
    ),
    (
        83,
        "objects of DSpace that are no items",
        File("objects.json"),
        r#"[
        { "uuid": "0d2c", "name": "ORIGINAL", "type": "bundle", "metadata": {}, "_links": {} },
        { "uuid": "0d2d", "name": "snow.pdf", "type": "bitstream", "metadata": { "dc.title": [{ "value": "snow.pdf" }] }, "_links": {} },
        { "uuid": "0d2e", "name": "Reports", "type": "collection", "metadata": { "dc.title": [{ "value": "Reports" }] }, "_links": {} }]"#,
        &[],
    ),
    (
        86,
        "one author, other forms of language and licence",
        Codemeta,
        r#"{ "@context": "https://doi.org/10.5063/schema/codemeta-2.0", "type": "!",
        "@type": "SoftwareSourceCode", "author": { "@type": "Person", "givenName": "Ruth", "familyName": "Keller" },
        "license": { "@type": "CreativeWork", "name": "MIT", "url": "https://spdx.org/licenses/MIT" }, "programmingLanguage": "R" }"#,
        &[],
    ),
    (
        86,
        "licences as a list",
        Codemeta,
        r#"{ "license": ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/Apache-2.0"],
        "programmingLanguage": { "type": "ComputerLanguage", "name": "Rust" } }"#,
        &[],
    ),
    (
        86,
        "a list of descriptions",
        File("packages.json"),
        r#"[
        { "@context": "https://doi.org/10.5063/schema/codemeta-2.0", "@type": "SoftwareSourceCode", "name": "snowplot", "description": "Plots.",
          "author": [{ "@type": "Person", "givenName": "Ruth", "familyName": "Keller" }], "license": "https://spdx.org/licenses/MIT",
          "codeRepository": "https://git.slf.ch/snow/snowplot" },
        { "@context": "https://w3id.org/codemeta/3.0", "type": "SoftwareSourceCode", "name": "icemap", "description": "Maps.",
          "author": { "type": "Person", "givenName": "Urs", "familyName": "Frei" }, "license": "https://spdx.org/licenses/MIT",
          "codeRepository": "https://git.slf.ch/snow/icemap" }]"#,
        &[],
    ),
    (
        84,
        "a root that is no `./`, found through the descriptor",
        File("crate.json"),
        r#"{ "@context": "https://w3id.org/ro/crate/1.2/context", "@graph": [
        { "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": { "@id": "https://doi.org/10.16904/envidat.1001" },
          "conformsTo": { "@id": "https://w3id.org/ro/crate/1.2" } },
        { "@id": "https://doi.org/10.16904/envidat.1001", "@type": ["Dataset", "LearningResource"], "name": "Snow depth",
          "description": "Daily.", "datePublished": "2024", "license": { "@id": "https://creativecommons.org/licenses/by/4.0/" },
          "author": { "@id": "https://orcid.org/0000-0002-1825-0097" } },
        { "@id": "https://orcid.org/0000-0002-1825-0097", "@type": "Person", "name": "Ruth Keller" }] }"#,
        &[],
    ),
    (
        85,
        "contexts in a list, with terms of one's own; the name of old for the descriptor; a version before 1.1",
        File("crate.json"),
        r##"[{ "@context": ["https://w3id.org/ro/crate/1.1/context", { "reading": "https://slf.ch/terms#reading" }], "@graph": [
        { "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": { "@id": "./" }, "conformsTo": [
          { "@id": "https://w3id.org/ro/crate/1.1" }, { "@id": "https://w3id.org/workflowhub/workflow-ro-crate/1.0" }] },
        { "@id": "./", "@type": "Dataset", "name": "Snow depth", "description": "Daily.", "datePublished": "2024-05-17T10:00:00+00:00",
          "license": "CC-BY-4.0", "author": "#keller", "reading": 7 },
        { "@id": "#keller", "@type": "Person", "name": "Ruth Keller" }] },
        { "@context": "https://w3id.org/ro/crate/1.0/context", "@graph": [
        { "@id": "ro-crate-metadata.jsonld", "@type": "CreativeWork", "about": { "@id": "./" } },
        { "@id": "./", "@type": "Dataset", "author": "Ruth Keller" }] }]"##,
        &[],
    ),
    (
        55,
        "HTML in notes of Zenodo's",
        ZenodoGit,
        r#"{ "notes": "<p>See <a href=\"https://slf.ch\">here</a>.</p>" }"#,
        &[],
    ),
];

#[test]
fn what_only_looks_wrong_is_left_alone() {
    hold(ROWS);
}

#[test]
fn text_that_is_not_utf_8_is_one_finding() {
    // Observation 82, of which the four formats have the JSON: a name in ISO 8859-1.
    let text = b"{ \"doi\": \"10.16904/envidat.7\", \"creators\": [{ \"name\": \"M\xfcller, Ruth\" }, { \"name\": \"J\xe4ger, Urs\" }],\
        \"titles\": [{ \"title\": \"Schneeh\xf6he\" }], \"publisher\": \"EnviDat\", \"publicationYear\": 2024,\
        \"types\": { \"resourceTypeGeneral\": \"Dataset\" } }";
    let report = crate::linter().check("record.json", text);
    assert_eq!(crate::spoke(&report, &[]), ["invalid-encoding"]);
}
