//! The JSON Schema of `reclint.toml`, for editors: its keys and their shapes. What it says of each is what the template says.
//! A test holds it to the keys that are read.

use serde_json::{Map, Value, json};

use crate::embedded::Files;
use crate::finding::Severity;
use crate::format::Formats;
use crate::report::Minima;
use crate::rule::CATEGORIES;

use super::TEMPLATE;

/// The schema. Draft 7 is what editors read most.
pub(crate) fn schema() -> Value {
    let described = settings().map(|(key, shape)| (key, with(shape, explained(key))));
    let mut schema = table(described);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
        schema.insert("$id".to_owned(), "urn:reclint:settings-1".into());
        schema.insert("title".to_owned(), "Settings of reclint (reclint.toml)".into());
    }
    schema
}

/// Each key with the shape of its value.
fn settings() -> impl Iterator<Item = (&'static str, Value)> {
    let text = || json!({ "type": "string" });
    let languages = Formats::languages(&Files::built_in());
    let state = table([("when", text()), ("verdict", text()), ("ready", json!({ "type": "boolean" }))]);
    let points = || json!({ "type": "number", "minimum": 0, "maximum": 100 });
    let share = json!({ "anyOf": [text(), { "type": "number", "minimum": 0, "maximum": 1 }] });
    [
        ("required-version", text()),
        ("select", one_or_more(&word())),
        ("extend-select", one_or_more(&word())),
        ("ignore", one_or_more(&word())),
        ("profile", text()),
        ("rules", one_or_more(&text())),
        ("pages", one_or_more(&text())),
        ("fail-on", severity(&[])),
        ("exclude", one_or_more(&text())),
        ("baseline", text()),
        ("schema", text()),
        ("lang", json!({ "enum": languages })),
        ("severity", each(&severity(&[]))),
        ("states", each(&need(state, "when"))),
        ("lists", by_format(&one_or_more(&text()))),
        ("max-rate", each(&share)),
        ("min-score", json!({ "anyOf": [points(), table(Minima::names().map(|name| (name, points())))] })),
        ("source", each(&need(table([("url", text())]), "url"))),
        ("names", table([("collections", text())])),
        ("labels", by_format(&text())),
        ("override", one_or_more(&one_override())),
    ]
    .into_iter()
}

fn one_override() -> Value {
    let text = || json!({ "type": "string" });
    let settings = [
        ("paths", one_or_more(&text())),
        ("records", one_or_more(&text())),
        ("when", text()),
        ("rules", one_or_more(&word())),
        ("severity", severity(&["off"])),
        ("reason", text()),
        // A date of TOML's is a text to those who hold it to a schema.
        ("until", text()),
    ];
    need(table(settings.map(|(key, shape)| (key, with(shape, remarked(key))))), "reason")
}

/// A word that selects rules. Categories are offered; the rules are too many, and the user may have more.
fn word() -> Value {
    let offered: Vec<_> = CATEGORIES.into_iter().chain(["all"]).collect();
    json!({ "anyOf": [{ "enum": offered }, { "type": "string" }] })
}

fn severity(also: &[&str]) -> Value {
    let severities = [Severity::Info, Severity::Warning, Severity::Error].map(Severity::name);
    let all: Vec<_> = also.iter().copied().chain(severities).collect();
    json!({ "enum": all })
}

fn one_or_more(shape: &Value) -> Value {
    json!({ "anyOf": [shape, { "type": "array", "items": shape }] })
}

/// A table in which every key has such a value.
fn each(shape: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": shape })
}

/// The same by field, and for the records of a format in a table of its name.
fn by_format(shape: &Value) -> Value {
    each(&json!({ "anyOf": [shape, each(shape)] }))
}

/// A table with these keys and no others.
fn table(keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let keys: Map<_, _> = keys.into_iter().map(|(key, shape)| (key.to_owned(), shape)).collect();
    json!({ "type": "object", "properties": keys, "additionalProperties": false })
}

fn need(mut table: Value, key: &str) -> Value {
    table["required"] = json!([key]);
    table
}

fn with(mut shape: Value, description: Option<String>) -> Value {
    if let Some(description) = description {
        shape["description"] = description.into();
    }
    shape
}

/// What the template says of a setting: the text above it.
fn explained(key: &str) -> Option<String> {
    let names = |line: &str| {
        let setting = line.strip_prefix("# ").unwrap_or_default();
        let name = setting.split(" = ").next().filter(|name| name.len() < setting.len());
        let table = setting.strip_prefix('[').map(|table| table.trim_start_matches('[').split(['.', ']']).next());
        table.flatten().or(name).map(str::to_owned)
    };
    TEMPLATE.split("\n\n").find_map(|block| {
        let text: Vec<_> = block.lines().take_while(|line| names(line).is_none()).collect();
        let mut settings = block.lines().skip(text.len()).filter_map(names);
        settings
            .any(|name| name == key)
            .then(|| text.iter().map(|line| line.trim_start_matches("# ")).collect::<Vec<_>>().join(" "))
    })
}

/// What the template says of a setting of an override: the text behind it.
fn remarked(key: &str) -> Option<String> {
    let overrides = TEMPLATE.split("# [[override]]").nth(1)?;
    let line = overrides
        .lines()
        .find(|line| line.strip_prefix("# ").and_then(|line| line.split(" = ").next()) == Some(key))?;
    line.split_once("  # ").map(|(_, remark)| remark.trim().to_owned())
}
