//! Every rule's file holds what it promises: its sections, its examples, and what they find.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use reclint::{Catalogue, Examples, Linter, LinterBuilder};

fn built(builder: LinterBuilder) -> Linter {
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

fn catalogue() -> Catalogue {
    reclint::catalogue().unwrap_or_else(|error| panic!("{error}"))
}

/// A file of a test's own.
type OwnFile = (&'static str, &'static str);

/// What runs examples; `file` is added to the program's.
fn examples(file: Option<OwnFile>) -> Examples<'static> {
    Examples::new(move |profile| {
        let builder = Linter::builder().files(file);
        profile.map_or(builder.clone(), |profile| builder.profile(profile)).build()
    })
}

/// What is wrong with the examples of a rule, each with the line it stands at.
fn mistakes_of(examples: &mut Examples<'_>, rule: &str) -> Vec<String> {
    let tried = examples.of_rule(rule).unwrap_or_else(|error| panic!("{error}"));
    tried.mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn examples_find_what_they_say() {
    let mut examples = examples(None);
    let wrong: Vec<_> = catalogue().rules().flat_map(|(_, rule)| mistakes_of(&mut examples, &rule.name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of a rule with this example.
fn said(example: &str) -> String {
    let front = r#"+++
name = "no-title"
category = "text"
severity = "info"
status = "preview"
summary = "No title."
field = "title"
since = "0.1.0"
message = "No title."
check = { kind = "missing" }
+++

"#;
    let file = ("rules/text/no-title.md", &*format!("{front}{example}\n```\n").leak());
    let said = mistakes_of(&mut examples(Some(file)), "no-title").join("\n");
    format!("{example}\n  {said}\n")
}

#[test]
fn mistakes_in_examples_are_named_with_their_line() {
    let table = [
        "```json\n{}",
        "```json pass format=dspace\n{ \"type\": \"item\", \"metadata\": { \"dc.title\": [{ \"value\": \"Ice\" }] } }",
        "```json Fail\n{}",
        "```json fail fromat=dspace\n{}",
        "```json fail format=dspce\n{}",
        "```json fail format=dspace carrier=rest-itm\n{}",
        "```json fail format=datacite carrier=csv\n{}",
        "```json fail carrier=rest-item\n{}",
        "```json fail profile=datacite-4.6 format=dspace\n{}",
        "```json pass format=dspace\n{ \"metadata\": ",
        "```json pass\n{ \"titles\": 1 }",
        "```json pass\n[]",
        "```json fail format=dspace at=/title\n{ \"type\": \"item\", \"metadata\": {} }",
    ];
    insta::assert_snapshot!(table.map(said).join("\n"));
}

#[test]
fn the_rule_of_contributing_is_right() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRIBUTING.md")).expect("it is there");
    let behind = page.split_once("`````markdown\n").expect("it has a rule").1;
    let text: &'static str = behind.split_once("`````").expect("it ends").0.to_owned().leak();
    let mut examples = examples(Some(("rules/completeness/missing-abstract.md", text)));
    assert!(examples.of_rule("missing-abstract").is_ok_and(|tried| tried.examples > 2));
    let wrong = mistakes_of(&mut examples, "missing-abstract");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules whose failing example cannot be written down in a Markdown file; tests of their own make them fire.
const TESTED_ELSEWHERE: [&str; 3] = ["too-many-rows", "internal-error", "record-too-large"];

#[test]
fn every_rule_has_its_sections_and_both_kinds_of_example() {
    let catalogue = catalogue();
    for (_, rule) in catalogue.rules() {
        for heading in ["What it checks", "Why it matters", "How to fix", "Examples"] {
            let text = rule.section(heading);
            assert!(text.is_some_and(|text| text.len() > 20), "{} lacks \"{heading}\"", rule.name);
        }
        let examples = rule.examples().unwrap_or_else(|(line, why)| panic!("{}:{line}: {why}", rule.path));
        assert!(examples.iter().any(|example| !example.fails), "{} has no example that passes", rule.name);
        let fails = examples.iter().any(|example| example.fails) || TESTED_ELSEWHERE.contains(&&*rule.name);
        assert!(fails, "{} has no example that fails", rule.name);
        assert!(!rule.sources.is_empty(), "{} names no source", rule.name);
        assert!(rule.summary.ends_with('.'), "{}: the summary is no sentence", rule.name);
        for character in rule.name.chars() {
            assert!(character.is_ascii_lowercase() || character == '-', "{} is not in kebab-case", rule.name);
        }
    }
}

#[test]
fn names_are_unique_and_stand_where_their_category_says() {
    let catalogue = catalogue();
    let mut names: Vec<_> = catalogue.rules().map(|(_, rule)| rule.name.to_string()).collect();
    names.extend(catalogue.rules().flat_map(|(_, rule)| rule.aliases.iter().map(ToString::to_string)));
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "a name stands twice");
    for (_, rule) in catalogue.rules() {
        assert_eq!(*rule.path, format!("rules/{}/{}.md", rule.category, rule.name), "{} stands elsewhere", rule.name);
    }
}

#[test]
fn every_schema_compiles_and_has_every_path_of_its_crosswalk() {
    built(Linter::builder()).verify().unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_profile_can_be_chosen() {
    // Its states are read only then.
    for profile in catalogue().profiles() {
        built(Linter::builder().profile(&*profile.name));
    }
}
