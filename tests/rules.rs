//! Every rule's file holds what it promises: its sections, its examples, and what they find.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use reclint::document::suggest;
use reclint::rule::{Example, Rule};
use reclint::{Catalogue, Finding, Linter, LinterBuilder, Report};

fn built(builder: LinterBuilder) -> Linter {
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

fn catalogue() -> Catalogue {
    reclint::catalogue().unwrap_or_else(|error| panic!("{error}"))
}

/// What is found in an example.
fn judged(linter: &Linter, example: &Example) -> Result<Report, String> {
    let name = format!("example.{}", example.syntax);
    let text = example.text.as_bytes();
    let Some(format) = &example.format else {
        return match &example.carrier {
            Some(_) => Err("`carrier=` needs `format=` beside it".to_owned()),
            None => Ok(linter.check(&name, text)),
        };
    };
    let formats = &linter.catalogue().formats;
    let Some(known) = formats.get(format) else {
        let names: Vec<_> = formats.formats.iter().map(|format| &*format.name).collect();
        return Err(format!("there is no format `{format}`: {}", suggest(format, names)));
    };
    linter.check_as(format, example.carrier.as_deref(), &name, text).ok_or_else(|| {
        let carrier = example.carrier.as_deref().unwrap_or_default();
        let names: Vec<_> = known.carriers.iter().map(|carrier| &*carrier.name).collect();
        format!("the format `{format}` has no carrier `{carrier}`: {}", suggest(carrier, names))
    })
}

/// Why an example could never find anything: it is no JSON, or no record.
fn unreadable(files: [(&'static str, &'static str); 1], example: &Example) -> Result<(), String> {
    let reading = ["syntax-error", "invalid-encoding", "too-deep", "unknown-format"];
    let report = judged(&built(Linter::builder().files(files).select(reading)), example)?;
    match report.findings.first() {
        Some(finding) => Err(format!("it cannot be judged: {}", finding.message)),
        None if report.summary.records == 0 => Err("it cannot be judged: there is no record in it".to_owned()),
        None => Ok(()),
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

/// The day by which examples are judged that do not say one.
const AS_OF: &str = "2026-01-01";

/// What is wrong with an example, when only its rule runs on it. `files` is a file of a test's own.
fn mistakes(files: [(&'static str, &'static str); 1], rule: &Rule, example: &Example) -> Result<Vec<String>, String> {
    if rule.is_of_records() {
        unreadable(files, example)?;
    }
    let as_of = example.as_of.as_deref().unwrap_or(AS_OF);
    let mut builder = Linter::builder().files(files).select([rule.name.to_string()]).as_of(as_of);
    if let Some(profile) = &example.profile {
        builder = builder.profile(profile);
    }
    let report = judged(&builder.build().map_err(|error| error.to_string())?, example)?;
    Ok(match (example.fails, report.findings.as_slice()) {
        (false, []) => Vec::new(),
        (true, [only]) => differences(only, example),
        (fails, found) => {
            let found: Vec<_> = found.iter().map(|finding| (&finding.pointer, &finding.message)).collect();
            vec![format!("wanted {}, found {found:?}", if fails { "one" } else { "nothing" })]
        }
    })
}

/// What is wrong with the examples of a rule, each with the line it stands at.
fn mistakes_of(files: [(&'static str, &'static str); 1], rule: &Rule) -> Vec<String> {
    let examples = match rule.examples() {
        Ok(examples) => examples,
        Err((line, why)) => return vec![format!("{}:{line}: {why}", rule.path)],
    };
    let each = |example: &Example| {
        let wrong = mistakes(files, rule, example).unwrap_or_else(|why| vec![why]);
        wrong.into_iter().map(|why| format!("{}:{}: {why}", rule.path, example.line)).collect::<Vec<_>>()
    };
    examples.iter().flat_map(each).collect()
}

/// A file that stands for none.
const NONE: [(&str, &str); 1] = [("none", "")];

#[test]
fn examples_find_what_they_say() {
    let catalogue = catalogue();
    let wrong: Vec<_> = catalogue.rules().flat_map(|(_, rule)| mistakes_of(NONE, rule)).collect();
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
    let files = [("rules/text/no-title.md", &*format!("{front}{example}\n```\n").leak())];
    let linter = built(Linter::builder().files(files));
    let (_, rule) = linter.catalogue().rules().find(|(_, rule)| &*rule.name == "no-title").expect("it was added");
    let said = mistakes_of(files, rule).join("\n");
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
    let files = [("rules/completeness/missing-abstract.md", text)];
    let linter = built(Linter::builder().files(files));
    let rule = linter.catalogue().rules().find(|(_, rule)| &*rule.path == files[0].0).expect("it was added").1;
    let wrong = mistakes_of(files, rule);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules whose failing example cannot be written down in a Markdown file; tests of their own make them fire.
const TESTED_ELSEWHERE: [&str; 2] = ["internal-error", "record-too-large"];

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
