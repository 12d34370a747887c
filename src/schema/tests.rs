//! Our tree is to the `jsonschema` crate what a `serde_json::Value` is: the same verdicts, and errors at the same places.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::sync::Arc;

use jsonschema::error::ValidationErrorKind;
use jsonschema::json::conformance;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::tree::{Tree, value};
use super::violation::node_of;
use super::{Loader, Schema, Violation};
use crate::document::OwnedDocument;
use crate::document::{Arena, NodeRef};
use crate::embedded::Files;
use crate::format::Formats;
use crate::syntax::json::scan;

fn read(text: &str) -> OwnedDocument {
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena).expect("it is JSON");
    OwnedDocument::new(text.into(), arena)
}

fn compiled(schema: &Value) -> Schema {
    let offline: Loader = Arc::new(|uri| Err(format!("{uri} is not here")));
    Schema::users("schema.json", "schema:///schema.json", &schema.to_string(), offline).expect("it is a schema")
}

#[test]
fn the_tree_keeps_the_contract_of_representations() {
    // In other orders and spellings too: what is repeated before it is overridden.
    let plain = conformance::document().to_string();
    let repeated = plain.replacen('{', r#"{"\u0073tring": 1, "object": [], "null": {"a": 2, "a": 3},"#, 1);
    let escaped = plain.replace("nested", r"\u006eested").replace("héllo", r"h\u00e9llo");
    for text in [&plain, &repeated, &escaped] {
        let document = read(text);
        let tree = document.document();
        conformance::assert_conformance::<Tree>(&tree.root().expect("it has a root"));
        assert_eq!(tree.root().map(value), Some(conformance::document()), "{text}");
    }
}

/// A value as it may be written.
fn instance() -> impl Strategy<Value = String> {
    let numbers = [
        "42",
        "42.0",
        "4.2e1",
        "0",
        "-0.0",
        "1.5",
        "3",
        "100",
        "1e2",
        "-7",
        "9007199254740993",
        "18446744073709551615",
    ];
    let texts = ["\"\"", "\"a\"", r#""\u0061""#, "\"ab\"", "\"é❄\"", r#""\u00e9\u2744""#, "\"𐍈\"", "\"𐍈bc\"", "\"42\""];
    let others = ["null", "true", "false", "[]", "{}"];
    let leaf = select([&numbers[..], &texts[..], &others[..]].concat()).prop_map(str::to_owned);
    leaf.prop_recursive(3, 40, 16, |inner| {
        let name = select(vec!["a", "b", r"\u0061", "c", "é", "ab", "long name"]);
        let member = (name, inner.clone()).prop_map(|(name, value)| format!("\"{name}\": {value}"));
        let few = vec(inner.clone(), 0..5).prop_map(|elements| format!("[{}]", elements.join(", ")));
        // With so many, digests are compared.
        let many = vec(inner, 13..16).prop_map(|elements| format!("[{}]", elements.join(",")));
        let distinct =
            Just(format!("[{}]", (1000..1014).map(|number| number.to_string()).collect::<Vec<_>>().join(",")));
        let object = vec(member, 0..5).prop_map(|members| format!("{{{}}}", members.join(", ")));
        prop_oneof![4 => few, 1 => many, 1 => distinct, 5 => object]
    })
}

/// A schema with some keywords, which may say the same of values within.
fn schema() -> impl Strategy<Value = Value> {
    let keywords = [
        json!({"type": "string"}),
        json!({"type": ["integer", "null"]}),
        json!({"type": "number"}),
        json!({"type": "object"}),
        json!({"type": "array"}),
        json!({"minLength": 2}),
        json!({"maxLength": 1}),
        json!({"maxLength": 2, "minLength": 1}),
        json!({"pattern": "^[a-zé]+"}),
        json!({"minimum": 42}),
        json!({"exclusiveMaximum": 42}),
        json!({"maximum": 3.5}),
        json!({"multipleOf": 2}),
        json!({"multipleOf": 1.5}),
        json!({"minItems": 2}),
        json!({"maxItems": 3}),
        json!({"uniqueItems": true}),
        json!({"required": ["a", "b"]}),
        json!({"minProperties": 2}),
        json!({"maxProperties": 1}),
        json!({"dependentRequired": {"a": ["b"]}}),
        json!({"propertyNames": {"maxLength": 1}}),
        json!({"propertyNames": {"enum": ["a", "b", "é"]}}),
        json!({"additionalProperties": false}),
        json!({"unevaluatedProperties": false}),
        json!({"$ref": "#/$defs/deep"}),
        json!({"const": 42}),
        json!({"const": 0}),
    ];
    let constant =
        instance().prop_map(|text| json!({"const": serde_json::from_str::<Value>(&text).expect("it is JSON")}));
    let one_of = vec(instance(), 1..4).prop_map(|texts| {
        let values: Vec<Value> = texts.iter().map(|text| serde_json::from_str(text).expect("it is JSON")).collect();
        json!({"enum": values})
    });
    let leaf = prop_oneof![8 => select(keywords.to_vec()), 1 => constant, 1 => one_of];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let name = select(vec!["a", "b", "é"]);
        let below = (select(vec!["items", "additionalProperties", "not", "contains", "unevaluatedItems"]), inner.clone());
        let branches = (select(vec!["anyOf", "oneOf", "allOf", "prefixItems"]), vec(inner.clone(), 1..4));
        let if_then = (inner.clone(), inner.clone(), inner.clone());
        let all = vec(inner.clone(), 1..4).prop_map(|schemas| {
            let members = schemas.into_iter().filter_map(|schema| schema.as_object().cloned()).flatten();
            Value::Object(members.collect::<Map<_, _>>())
        });
        prop_oneof![
            3 => (name, inner.clone()).prop_map(|(name, schema)| json!({"properties": {name: schema}})),
            1 => inner.prop_map(|schema| json!({"patternProperties": {"^a": schema}, "dependentSchemas": {"b": schema}})),
            3 => below.prop_map(|(keyword, schema)| json!({keyword: schema})),
            3 => branches.prop_map(|(keyword, schemas)| json!({keyword: schemas})),
            1 => if_then.prop_map(|(test, then, other)| json!({"if": test, "then": then, "else": other})),
            3 => all,
        ]
    })
}

/// The schema with what it may refer to.
fn whole(mut schema: Value) -> Value {
    let deep = json!({"type": ["object", "string", "number"], "properties": {"a": {"$ref": "#/$defs/deep"}}});
    if let Some(members) = schema.as_object_mut() {
        members.insert("$defs".to_owned(), json!({"deep": deep}));
    }
    schema
}

/// Each error's keyword and place, as the crate gives it; our errors lead to the node at that place.
fn errors(schema: &Schema, root: NodeRef<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for error in schema.validator.iter_errors(root) {
        let mut pointer = String::new();
        node_of(root, &error).push_pointer(&mut pointer);
        let path = error.instance_path().as_str().to_owned();
        match error.kind() {
            // Where no member is allowed at all, the crate names the object, and gives the member.
            ValidationErrorKind::FalseSchema => assert!(pointer.starts_with(&path), "{path}: {pointer}"),
            kind => assert_eq!(pointer, path, "{kind:?}"),
        }
        if let ValidationErrorKind::PropertyNames { error } = error.kind() {
            assert!(error.instance().is_string(), "the error of a name has the name: {error:?}");
        }
        all.push((error.kind().keyword().to_owned(), path));
    }
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_and_errors_are_those_over_serde_json(schema in schema().prop_map(whole), texts in vec(instance(), 8)) {
        let ours = compiled(&schema);
        let theirs = jsonschema::validator_for(&schema).expect("it is a schema");
        for text in texts {
            let document = read(&text);
            let tree = document.document();
            let root = tree.root().expect("it has a root");
            let instance: Value = serde_json::from_str(&text).expect("it is JSON");
            let verdict = ours.validator.is_valid(root);
            prop_assert_eq!(verdict, theirs.is_valid(&instance), "{} by {}", text, schema);
            prop_assert_eq!(verdict, ours.every_violation(root, root).is_empty(), "{} by {}", text, schema);
            let mut wanted: Vec<_> = theirs
                .iter_errors(&instance)
                .map(|error| (error.kind().keyword().to_owned(), error.instance_path().as_str().to_owned()))
                .collect();
            wanted.sort();
            prop_assert_eq!(errors(&ours, root), wanted, "{} by {}", text, schema);
        }
    }

    #[test]
    fn numbers_out_of_range_are_judged_without_a_panic(
        schema in schema().prop_map(whole),
        text in instance(),
        huge in select(vec!["1e400", "-1e400", "1.5E+309"]),
    ) {
        let ours = compiled(&schema);
        let text = text.replace("42.0", huge).replace("\"42\"", huge).replace("100", huge);
        let document = read(&text);
        let tree = document.document();
        let root = tree.root().expect("it has a root");
        prop_assert_eq!(ours.validator.is_valid(root), ours.every_violation(root, root).is_empty(), "{} by {}", text, schema);
        errors(&ours, root);
    }
}

#[test]
fn values_are_compared_as_json_schema_does() {
    let table = [
        (json!({"const": 42}), "42.0", true),
        (json!({"const": 42.0}), "42", true),
        (json!({"enum": [[1, {"a": 42.0}]]}), r#"[1.0, {"a": 42}]"#, true),
        (json!({"const": 0}), "-0.0", true),
        (json!({"const": 1}), "true", false),
        (json!({"const": {"a": 1, "b": 2}}), r#"{"b": 2, "a": 1}"#, true),
        (json!({"const": {"a": 2}}), r#"{"a": 1, "a": 2}"#, true),
        (json!({"uniqueItems": true}), "[1, 1.0]", false),
        (json!({"uniqueItems": true}), "[1, true, \"1\", [1], {\"a\": 1}, null, false, 0]", true),
        (json!({"uniqueItems": true}), r#"[{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]"#, false),
        (json!({"uniqueItems": true}), "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,[14],[1.4e1]]", false),
        (json!({"uniqueItems": true}), "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,-0.0]", false),
        (json!({"uniqueItems": true}), "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,\"0\"]", true),
        (json!({"uniqueItems": true}), r#"[{"a": 1, "a": 2}, {"a": 2}]"#, false),
        (json!({"maxLength": 2}), "\"é❄\"", true),
        (json!({"maxLength": 2}), "\"é❄𐍈\"", false),
        (json!({"minLength": 2}), "\"𐍈\"", false),
        (json!({"minLength": 2}), r#""\ud83c\udf28""#, false),
        (json!({"maxLength": 1}), r#""\u00e9""#, true),
        (json!({"maxProperties": 1}), r#"{"a": 1, "\u0061": 2}"#, true),
        (json!({"required": ["a"]}), r#"{"\u0061": 1}"#, true),
        (json!({"properties": {"a": {"type": "string"}}}), r#"{"a": 1, "a": "x"}"#, true),
        (json!({"properties": {"a": {"type": "string"}}}), r#"{"a": "x", "a": 1}"#, false),
        (json!({"propertyNames": {"maxLength": 1}}), r#"{"𐍈": 1}"#, true),
        (json!({"type": "integer"}), "42.0", true),
        (json!({"type": "number"}), "1e400", true),
        (json!({"maximum": 10}), "1e400", false),
        (json!({"minimum": 10}), "-1e400", false),
        (json!({"minimum": 10}), "1e400", true),
    ];
    for (schema, text, wanted) in table {
        let document = read(text);
        let tree = document.document();
        let root = tree.root().expect("it has a root");
        let compiled = compiled(&schema);
        assert_eq!(compiled.validator.is_valid(root), wanted, "{text} by {schema}");
        assert_eq!(compiled.every_violation(root, root).is_empty(), wanted, "{text} by {schema}");
    }
}

/// What a schema's violations say, and where.
fn said(violations: &[Violation]) -> Vec<String> {
    let said = |violation: &Violation| {
        let Violation { node, keyword, missing, said, related, .. } = violation;
        format!("{node} {keyword} {missing:?} {related:?} {} {:?} {:?}", said.message, said.help, said.suggestion)
    };
    violations.iter().map(said).collect()
}

#[test]
fn the_narrowed_schemas_say_what_the_written_ones_do() {
    let formats = Formats::read(&Files::built_in()).expect("they are well-formed");
    let texts = [
        r#"{"a": 1}"#,
        r#"{"dates": [{"date": "2020", "dateType": "Isued"}, {"date": 7}], "types": 4, "creators": [{"name": null}, 5]}"#,
        r#"{"titles": {}, "publicationYear": "99", "subjects": [{}, {"subject": []}], "identifiers": "x", "dates": null}"#,
        r#"{"metadata": {"dc.title": "x", "dc.date.issued": [{"value": 4}], "dctitle": []}, "uuid": 4, "name": []}"#,
        r#"{"creators": [], "titles": [], "schemaVersion": "http://datacite.org/schema/kernel-2", "types": {}, "doi": 1}"#,
        r#"{"geoLocations": [{"geoLocationPoint": {"pointLongitude": "181", "pointLatitude": 91}}], "version": {}}"#,
        r#"{"inArchive": "no", "withdrawn": 3, "handle": 1, "metadata": {"dc.title": [{"valu": "x"}]}, "container": []}"#,
    ];
    let mut broken = 0;
    for file in formats.formats.iter().flat_map(|format| &format.carriers).filter_map(|carrier| carrier.schema.as_ref())
    {
        let schema = Schema::built_in(file).expect("it compiles");
        let members = format!("{}/properties", file.fragment);
        let names_members = schema.document.document().root().and_then(|root| root.resolve(&members)).is_some();
        assert_eq!(schema.narrowed().is_some(), names_members, "{}", file.path);
        let Some(narrowed) = schema.narrowed() else { continue };
        for text in texts {
            let document = read(text);
            let tree = document.document();
            let root = tree.root().expect("it has a root");
            let written = schema.violations_by(&schema.validator, root, root);
            assert_eq!(said(&schema.violations_by(narrowed, root, root)), said(&written), "{text} by {}", file.path);
            broken += written.len();
        }
    }
    assert!(broken > 40, "only {broken} violations were compared");
}

#[test]
fn what_is_found_does_not_depend_on_what_came_before() {
    let schema = compiled(&json!({"properties": {"a": {"enum": ["one", "two"]}}}));
    let found = |text: &str| {
        let document = read(text);
        let tree = document.document();
        said(&schema.violations(tree.root().expect("it has a root")))
    };
    let (good, bad, worse) = (r#"{"a": "one"}"#, r#"{"a": "oen"}"#, r#"{"a": "x"}"#);
    let alone_said = [good, bad, worse].map(found);
    assert_eq!(alone_said.each_ref().map(Vec::len), [0, 1, 1]);
    for round in 0..40 {
        for (text, alone) in [good, bad, bad, worse, good, good].into_iter().zip([0, 1, 1, 2, 0, 0]) {
            assert_eq!(found(text), alone_said[alone], "{round}: {text}");
        }
    }
}

#[test]
fn lists_of_schemas_within_a_schema_are_told_apart() {
    let beast = |id: &str, names: [&str; 3]| json!({"$id": id, "properties": {"type": {"enum": names}}});
    let schema = compiled(&json!({
        "properties": {"a": {"$ref": "colours"}, "b": {"$ref": "beasts"}},
        "$defs": {"c": beast("colours", ["red", "green", "blue"]), "b": beast("beasts", ["rat", "cat", "dog"])},
    }));
    for (text, wanted) in [(r#"{"a": {"type": "rad"}}"#, "red"), (r#"{"b": {"type": "rad"}}"#, "rat")] {
        let document = read(text);
        let tree = document.document();
        let found = schema.violations(tree.root().expect("it has a root"));
        assert_eq!(found[0].said.suggestion.as_deref(), Some(wanted));
    }
}

#[test]
fn a_pattern_is_shown_only_where_no_words_say_it() {
    let help = |description: Value| {
        let schema = compiled(&json!({"properties": {"a": {"pattern": "^[0-9]$", "description": description}}}));
        let document = read(r#"{"a": "x"}"#);
        let tree = document.document();
        let found = schema.violations(tree.root().expect("it has a root"));
        found[0].said.help.clone()
    };
    assert_eq!(help("One digit.".into()).as_deref(), Some("One digit."));
    assert_eq!(help("".into()).as_deref(), Some("It must match `^[0-9]$`."));
}
