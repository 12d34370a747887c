//! The JSON Schema of `reclint.toml`: it is up to date, knows what is read, and takes what we show.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::support::{Place, blocks, project, run};

fn schema() -> Value {
    let text = std::fs::read_to_string(project().join("schemas/reclint.schema.json")).expect("it is there");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Settings as those who hold TOML to a JSON Schema see them: a date is a text.
fn settings(text: &str) -> Value {
    table(DeTable::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}")).get_ref())
}

fn table(members: &DeTable<'_>) -> Value {
    let member = |(key, member): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| -> (String, Value) {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        (key.to_string(), value(member.get_ref()))
    };
    Value::Object(members.iter().map(member).collect::<Map<_, _>>())
}

fn value(toml: &DeValue<'_>) -> Value {
    match toml {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => serde_json::from_str(number.as_str()).expect("it is a number"),
        DeValue::Float(number) => serde_json::from_str(number.as_str()).expect("it is a number"),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(elements) => elements.iter().map(|element| value(element.get_ref())).collect(),
        DeValue::Table(members) => table(members),
    }
}

#[test]
fn the_file_is_what_the_program_prints() {
    let printed = run(&["init", "--schema"]);
    let file = std::fs::read_to_string(project().join("schemas/reclint.schema.json")).expect("it is there");
    assert_eq!(printed.stdout, file, "cargo run -q -- init --schema > schemas/reclint.schema.json");
    let keys = schema()["properties"].as_object().expect("there are keys").clone();
    for (key, shape) in keys {
        assert!(shape["description"].as_str().is_some_and(|said| said.len() > 15), "{key}: {shape}");
    }
}

/// The keys that are allowed where a key stands that is not known.
fn allowed(name: &str, settings: &str) -> BTreeSet<String> {
    let run = Place::new(name).file("reclint.toml", settings).run(&["check"]);
    let said = run.stderr.split("allowed are").nth(1).unwrap_or_else(|| panic!("{run}"));
    said.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys(table: &Value) -> BTreeSet<String> {
    table["properties"].as_object().unwrap_or_else(|| panic!("{table}")).keys().cloned().collect()
}

#[test]
fn it_has_the_keys_that_are_read() {
    let schema = schema();
    let one = &schema["properties"];
    assert_eq!(allowed("keys", "quite-unheard-of = 1\n"), keys(&schema));
    let own = "[[override]]\nquite-unheard-of = 1\nreason = \"x\"\nrules = [\"all\"]\n";
    assert_eq!(allowed("keys-override", own), keys(&one["override"]["anyOf"][0]));
    assert_eq!(allowed("keys-minima", "[min-score]\nquite-unheard-of = 1\n"), keys(&one["min-score"]["anyOf"][1]));
    let source = "[source.dspace]\nquite-unheard-of = 1\n";
    assert_eq!(allowed("keys-source", source), keys(&one["source"]["additionalProperties"]));
    assert_eq!(allowed("keys-names", "[names]\nquite-unheard-of = 1\n"), keys(&one["names"]));
    let state = "[states.odd]\nwhen = \"true\"\nquite-unheard-of = 1\n".replace("true", "issued < 2020");
    assert_eq!(allowed("keys-states", &state), keys(&one["states"]["additionalProperties"]));
}

#[test]
fn it_takes_what_we_show_and_no_misspelt_key() {
    let validator = jsonschema::validator_for(&schema()).expect("it is a schema");
    let place = Place::new("settings-schema");
    place.run(&["init"]);
    let template = place.text("reclint.toml");
    let uncommented = template.lines().filter_map(|line| line.strip_prefix("# "));
    let uncommented: Vec<_> = uncommented.filter(|line| line.contains(" = ") || line.starts_with('[')).collect();
    let uncommented = uncommented.join("\n");
    let read = |page: &str| std::fs::read_to_string(project().join(page)).expect("it is there");
    let mut shown = vec![template, uncommented, read("docs/curator/reclint.toml")];
    for (page, number) in [
        ("README.md", 1),
        ("docs/adopting.md", 1),
        ("docs/curator.md", 1),
        ("docs/score.md", 1),
        ("docs/worklists.md", 3),
        ("docs/rules.md", 1),
    ] {
        // Manifests that lie beside an example are no settings.
        let page = read(page);
        let parts = page.split("Beside it, `").enumerate();
        let settings: String = parts
            .filter_map(
                |(number, part)| {
                    if number == 0 { Some(part) } else { part.split_once("\n```\n").map(|(_, rest)| rest) }
                },
            )
            .collect();
        let blocks = blocks(&settings, "toml");
        assert_eq!(blocks.len(), number);
        shown.extend(blocks.into_iter().map(str::to_owned));
    }
    // The other blocks of that page are a profile and a rule.
    let page = read("docs/own-rules.md");
    shown.extend([0, 3].map(|number| blocks(&page, "toml")[number].to_owned()));
    for settings_shown in &shown {
        let settings = settings(settings_shown);
        let wrong: Vec<_> = validator.iter_errors(&settings).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{settings_shown}");
    }
    for refused in [
        "ignroe = [\"invalid-doi\"]",
        "fail-on = \"fatal\"",
        "min-score = 120",
        "[min-score]\ncompletness = 90",
        "[[override]]\npath = [\"old\"]\nreason = \"old\"",
        "[[override]]\npaths = [\"old\"]",
        "[severity]\ninvalid-doi = \"fatal\"",
        "[source.dspace]\nuri = \"https://example.org\"",
        "lang = \"dee\"",
    ] {
        assert!(!validator.is_valid(&settings(refused)), "{refused}");
    }
}
