//! `--schema`: records are held to the user's own JSON Schema, too.

use crate::support::{CLEAN, Place, run};

#[test]
fn the_broken_line_of_the_schema_is_shown() {
    insta::assert_snapshot!(run(&[
        "check",
        "--schema",
        "examples/house-rules.schema.json",
        "examples/datacite/list.json"
    ]));
}

#[test]
fn it_may_refer_to_files_beside_it() {
    let main = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema",
 "properties": {"titles": {"items": {"$ref": "parts/title.json#/$defs/title"}}}}"#;
    let part = r#"{"$defs": {"title": {"properties": {"title": {"minLength": 30, "title": "Long title"}}}}}"#;
    let place = Place::new("beside").file("s/main.json", main).file("s/parts/title.json", part).file("a.json", CLEAN);
    insta::assert_snapshot!(place.run(&["check", "--schema", "s/main.json", "a.json"]));
}

#[test]
fn drafts_from_4_on() {
    for (draft, schema) in [
        (
            "http://json-schema.org/draft-04/schema#",
            r#""properties": {"publicationYear": {"minimum": 2024, "exclusiveMinimum": true}}"#,
        ),
        ("http://json-schema.org/draft-06/schema#", r#""properties": {"publicationYear": {"exclusiveMinimum": 2024}}"#),
        ("http://json-schema.org/draft-07/schema#", r#""if": {"required": ["doi"]}, "then": {"required": ["url"]}"#),
        ("https://json-schema.org/draft/2019-09/schema", r#""dependentRequired": {"doi": ["url"]}"#),
        (
            "https://json-schema.org/draft/2020-12/schema",
            r#""properties": {"creators": {"prefixItems": [{"required": ["orcid"]}]}}"#,
        ),
    ] {
        let schema = format!(r#"{{"$schema": "{draft}", {schema}}}"#);
        let place = Place::new("drafts").file("s.json", schema).file("a.json", CLEAN);
        let run = place.run(&["check", "--output-format", "concise", "--schema", "s.json", "a.json"]);
        assert_eq!(run.stdout.matches("schema-violation").count(), 1, "{draft}\n{run}");
        assert_eq!(run.code, Some(1), "{draft}\n{run}");
    }
}

#[test]
fn a_record_of_no_known_format_is_held_to_it() {
    let schema = r#"{"required": ["sample"], "properties": {"sample": {"title": "Sample number", "type": "integer"}}}"#;
    let place = Place::new("own")
        .file("s.json", schema)
        .file("a.json", r#"{"sample": "12"}"#)
        .file("b.json", r#"{"sample": 12}"#);
    insta::assert_snapshot!(place.run(&["check", "--schema", "s.json", "a.json", "b.json"]));
}

#[test]
fn a_schema_that_cannot_be_used_is_framed() {
    let said = |name: &str, schema: &str| {
        let place = Place::new(name).file("s.json", schema).file("a.json", CLEAN);
        place.run(&["check", "--schema", "s.json", "a.json"]).to_string()
    };
    let said = [
        said("no-json", "{\"type\": \"object\",\n \"required\": [\"doi\",]\n}"),
        said("no-schema", "{\"type\": \"object\",\n \"required\": \"doi\"\n}"),
        said("bad-pattern", "{\"properties\": {\n  \"doi\": {\"pattern\": \"10.(\"}\n}}"),
        said("bad-reference", "{\"properties\": {\n  \"doi\": {\"$ref\": \"#/$defs/doi\"}\n}}"),
        said("no-file", "{\"properties\": {\n  \"doi\": {\"$ref\": \"doi.json\"}\n}}"),
        said("offline", "{\"properties\": {\n  \"doi\": {\"$ref\": \"https://example.org/doi.json\"}\n}}"),
    ];
    insta::assert_snapshot!(said.join("\n"));
}
