//! What a record keeps in one list and refers to: RO-Crate through the front door, and Data Packages beside it.

use std::fmt::Write as _;

use crate::support::{Place, run};

const CONTEXT: &str = r#""@context": "https://w3id.org/ro/crate/1.2/context""#;

/// A crate of version 1.2 whose root has more members, each before a comma, beside these entities, each behind one.
fn crate_of(root: &str, entities: &str) -> String {
    format!(
        r#"{{ {CONTEXT}, "@graph": [
{{ "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {{ "@id": "./" }}, "conformsTo": {{ "@id": "https://w3id.org/ro/crate/1.2" }} }},
{{ "@id": "./", "@type": "Dataset", {root} "name": "Snow", "description": "Daily.", "datePublished": "2024", "license": "CC0-1.0" }}{entities}
] }}"#
    )
}

/// The lines that `concise` writes of a file with this name and text, without the name.
fn said(name: &str, text: &str) -> Vec<String> {
    // Tests run side by side: each has its folder.
    let test = std::thread::current().name().unwrap_or("references").replace("::", "-");
    let place = Place::new(&test).file(name, text);
    let run = place.run(&["check", ".", "--isolated", "--for", "auditor", "--output-format", "concise"]);
    let found = run.stdout.lines().filter(|line| line.starts_with(name));
    found.map(|line| line[name.len() + 1..].to_owned()).collect()
}

#[test]
fn the_examples() {
    for format in ["ro-crate", "datapackage"] {
        let examples = format!("examples/{format}");
        insta::assert_snapshot!(run(&["check", "--isolated", &examples]));
    }
    insta::assert_snapshot!(run(&["formats", "examples/ro-crate/sound/ro-crate-metadata.json", "--fields"]));
    insta::assert_snapshot!(run(&["formats", "examples/datapackage/sound/datapackage.json", "--fields"]));
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let entities = r##",
{ "@id": "#keller", "@type": "Person", "name": "Ruth Keller", "affiliation": { "@id": "#slf" } },
{ "@id": "#meier", "@type": "Person", "name": "Anna Meier", "affiliation": "#slf" },
{ "@id": "#slf", "@type": "Organization", "name": "Institute for Snow\u200b", "member": [{ "@id": "#keller" }, { "@id": "#meier" }] }"##;
    let authors = r##""author": [{ "@id": "#keller" }, "#meier", { "@id": "#frei" },
{ "@id": "https://orcid.org/0000-0002-1825-0098", "name": "Beat Frei" }],"##;
    let said = said("a.json", &crate_of(authors, entities));
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].starts_with("3:") && said[0].contains("blank-creator"), "{said:#?}");
    assert!(
        said[1].starts_with("4:") && said[1].contains("invalid-orcid"),
        "described where it is mentioned: {said:#?}"
    );
    assert!(said[2].starts_with("7:") && said[2].contains("invisible-character"), "once, of one value: {said:#?}");
}

#[test]
fn circles_end_and_thousands_of_entities_are_soon_found() {
    let (mut people, mut entities) = (String::new(), String::new());
    for number in 0..20_000 {
        let comma = if number == 0 { "" } else { ", " };
        let _ = write!(people, r##"{comma}{{ "@id": "#p{number}" }}"##);
        let _ = write!(
            entities,
            r##",
{{ "@id": "#p{number}", "@type": "Person", "name": "Keller, R{number}", "affiliation": {{ "@id": "#slf" }} }}"##
        );
    }
    let body = format!(
        r##",
{{ "@id": "#slf", "@type": "Organization", "name": "Institute\u200b", "member": [{people}], "memberOf": {{ "@id": "#slf" }} }}"##
    );
    let text = crate_of(&format!(r#""author": [{people}],"#), &(entities + &body));
    let said = said("a.json", &text);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("20004:") && said[0].contains("invisible-character"), "{said:#?}");
}

#[test]
fn an_entity_that_costs_too_much_is_passed_over_and_the_run_ends() {
    let authors = r##"{ "@id": "#keller" }, "##.repeat(20_000);
    let work = r#""SLF", "#.repeat(20_000);
    let root = format!(r#""author": [{authors}{{}}],"#);
    let keller = format!(
        r##",
{{ "@id": "#keller", "@type": "Person", "name": "Keller", "affiliation": [{work}""] }}"##
    );
    let place = Place::new("dear").file("a.json", crate_of(&root, &keller));
    let run = place.run(&["check", "a.json", "--isolated", "--output-format", "concise"]);
    let blank = run.stdout.lines().filter(|line| line.contains("blank-creator")).count();
    assert_eq!(blank, 1, "the last one, which is empty: {run}");
}

#[test]
fn what_the_root_lacks_belongs_to_the_root() {
    for (root, version, wanted) in [
        ("./", "1.2", "error missing-title"),
        ("https://doi.org/10.16904/envidat.1001", "1.1", "error missing-title"),
        ("https://doi.org/10.16904/envidat.1001", "1.1-DRAFT", "info missing-title"),
        ("./", "1.0", "info missing-title"),
    ] {
        let text = crate_of("", "").replace("\"./\"", &format!("{root:?}")).replace("\"name\": \"Snow\", ", "");
        let text = text.replace("ro/crate/1.2\"", &format!("ro/crate/{version}\""));
        let said = said("a.json", &text);
        let of_name: Vec<_> = said.iter().filter(|line| line.contains("title")).collect();
        assert!(of_name.len() == 1 && of_name[0].contains(wanted), "{root} {version}: {said:#?}\n{text}");
        assert!(of_name[0].starts_with("3:"), "{of_name:?}");
    }
}

#[test]
fn without_its_descriptor_a_crate_is_still_one() {
    let named = said("ro-crate-metadata.json", &format!(r#"{{ {CONTEXT}, "@graph": [] }}"#));
    assert!(named.iter().any(|line| line.contains("No entity is the descriptor")), "{named:#?}");
    let root = r#"{ "@id": "./", "@type": "Dataset", "name": "Snow", "datePublished": "soon" }"#;
    let bare = said("b.json", &format!(r#"{{ {CONTEXT}, "@graph": [ {root} ] }}"#));
    assert!(bare.iter().any(|line| line.contains("No entity is the descriptor")), "{bare:#?}");
    assert!(bare.iter().any(|line| line.contains("malformed-date")), "its root is `./`: {bare:#?}");
}

#[test]
fn other_json_ld_is_no_crate_and_other_resources_are_no_package() {
    let files = [
        (
            "codemeta.json",
            r#"{ "@context": "https://w3id.org/codemeta/3.1", "type": "SoftwareSourceCode", "name": "a" }"#,
        ),
        (
            "graph.json",
            r#"{ "@context": "https://schema.org/", "@graph": [{ "@id": "./", "@type": "Dataset", "about": {} }] }"#,
        ),
        ("state.json", r#"{ "version": 4, "resources": [{ "name": "a", "path": "x" }] }"#),
        ("kustomize.json", r#"{ "kind": "Kustomization", "resources": ["a.yaml"] }"#),
        ("package.json", r#"{ "profile": "tabular-data-package", "resources": [{ "name": "a", "path": "a.csv" }] }"#),
    ];
    let place = files.iter().fold(Place::new("other-graphs"), |place, (name, text)| place.file(name, text));
    for (name, wanted) in [
        ("codemeta.json", "1 CodeMeta record"),
        ("package.json", "1 Data Package"),
        ("graph.json", ""),
        ("state.json", ""),
        ("kustomize.json", ""),
    ] {
        let run = place.run(&["formats", name]);
        let is_ours = run.stdout.contains(": 1 RO-Crate") || run.stdout.contains(": 1 Data Package");
        assert!(run.stdout.contains(wanted), "{run}");
        assert_eq!(is_ours, name == "package.json", "{run}");
    }
}

#[test]
fn a_package_is_held_to_the_version_that_it_names() {
    let package = |head: &str| {
        format!(
            r#"{{ {head} "title": "Snow", "description": "Daily.", "licenses": [{{ "name": "CC0-1.0" }}],
"name": "Snow", "contributors": [{{ "givenName": "Ruth", "familyName": "Keller" }}],
"resources": [{{ "name": "Depth", "path": "depth.csv" }}] }}"#
        )
    };
    let of =
        |version| package(&format!(r#""$schema": "https://datapackage.org/profiles/{version}/datapackage.json","#));
    for (text, wanted) in [
        (package(""), 3),
        (of("1.0"), 3),
        (of("2.0"), 0),
        (package(r#""$schema": "https://example.org/profile.json","#), 0),
        (package(r#""datapackage_version": "1.0-beta.5","#).replace(r#""path": "depth.csv""#, r#""file": 1"#), 0),
    ] {
        let said = said("datapackage.json", &text);
        let broken: Vec<_> = said.iter().filter(|line| line.contains("schema-violation")).collect();
        assert_eq!(broken.len(), wanted, "{text}\n{said:#?}");
    }
}
