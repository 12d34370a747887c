//! Every rule's file holds what it promises: its sections, its examples, and what they find.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use reclint::rule::{Example, Rule};
use reclint::{Finding, Linter, Report, catalogue};

/// What an example finds when only its rule runs on it.
fn findings(rule: &Rule, example: &Example) -> Report {
    let mut builder = Linter::builder().select([rule.name.to_string()]);
    if let Some(profile) = &example.profile {
        builder = builder.profile(profile);
    }
    let linter = builder.build().expect("the rule is known");
    let name = format!("example.{}", example.syntax);
    match &example.format {
        Some(format) => linter
            .check_as(format, example.carrier.as_deref(), &name, example.text.as_bytes())
            .unwrap_or_else(|| panic!("{}: no format {format} with such a carrier", rule.name)),
        None => linter.check(&name, example.text.as_bytes()),
    }
}

/// In what a finding is not what its example says.
fn differences(finding: &Finding, example: &Example) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, wanted: &Option<String>, found: Option<&str>| {
        if wanted.as_deref().is_some_and(|wanted| !wanted.is_empty() && Some(wanted) != found) {
            differences.push(format!("{what}: wanted {wanted:?}, found {found:?}"));
        }
    };
    compare("at", &example.at, finding.pointer.as_deref());
    compare("severity", &example.severity, Some(finding.severity.name()));
    compare("suggests", &example.suggests, finding.suggestion.as_deref());
    if let Some(says) = example.says.as_ref().filter(|says| !finding.message.contains(says.as_str())) {
        differences.push(format!("says: wanted {says:?} in {:?}", finding.message));
    }
    differences
}

#[test]
fn examples_find_what_they_say() {
    let catalogue = catalogue().expect("the catalogue reads");
    let mut wrong = Vec::new();
    for (_, rule) in catalogue.rules() {
        for example in rule.examples().unwrap_or_else(|(line, why)| panic!("{}, line {line}: {why}", rule.name)) {
            let report = findings(rule, &example);
            let place = format!("{}, line {}", rule.name, example.line);
            match (example.fails, report.findings.as_slice()) {
                (false, []) => {}
                (true, [only]) => {
                    let differences = differences(only, &example);
                    wrong.extend(differences.iter().map(|difference| format!("{place}: {difference}")));
                }
                (fails, found) => {
                    let found: Vec<_> = found.iter().map(|finding| (&finding.pointer, &finding.message)).collect();
                    wrong.push(format!("{place}: wanted {}, found {found:?}", if fails { "one" } else { "nothing" }));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules whose failing example cannot be written down in a Markdown file; tests of their own make them fire.
const TESTED_ELSEWHERE: [&str; 2] = ["internal-error", "record-too-large"];

#[test]
fn every_rule_has_its_sections_and_both_kinds_of_example() {
    let catalogue = catalogue().expect("the catalogue reads");
    for (_, rule) in catalogue.rules() {
        for heading in ["What it checks", "Why it matters", "How to fix", "Examples"] {
            let text = rule.section(heading);
            assert!(text.is_some_and(|text| text.len() > 20), "{} lacks \"{heading}\"", rule.name);
        }
        let examples = rule.examples().expect("marks are understood");
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
    let catalogue = catalogue().expect("the catalogue reads");
    let mut names: Vec<_> = catalogue.rules().map(|(_, rule)| rule.name.to_string()).collect();
    names.extend(catalogue.rules().flat_map(|(_, rule)| rule.aliases.iter().map(ToString::to_string)));
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "a name stands twice");
    for (_, rule) in catalogue.rules() {
        let path = format!("{}/rules/{}/{}.md", env!("CARGO_MANIFEST_DIR"), rule.category, rule.name);
        assert!(std::path::Path::new(&path).exists(), "{} should stand at {path}", rule.name);
    }
}

#[test]
fn every_path_of_every_crosswalk_exists_in_its_schema() {
    let linter = Linter::builder().build().expect("the linter builds");
    linter.verify().expect("the crosswalks fit their schemas");
}

#[test]
fn every_schema_compiles() {
    // A record of each carrier makes its schema; one that does not compile would find nothing.
    let linter = Linter::builder().select(["schema-violation"]).build().expect("the linter builds");
    for format in &linter.catalogue().formats.formats {
        for carrier in &format.carriers {
            if carrier.schema.is_none() {
                continue;
            }
            let broken = br#"{"attributes": {"titles": 1, "metadata": 1}, "titles": 1, "metadata": 1, "sections": 1, "_embedded": {"item": {"metadata": 1}}}"#;
            let report =
                linter.check_as(&format.name, Some(&carrier.name), "broken.json", broken).expect("it is known");
            assert!(!report.findings.is_empty(), "the schema of {}/{} finds nothing", format.name, carrier.name);
        }
    }
}
