//! Pages about the rules: one rule's, for `explain`, and that of all, `docs/rules.md`.

use std::fmt::Write;

use crate::check::RuleId;

use super::catalogue::Catalogue;
use super::definition::{CATEGORIES, Rule};
use super::evidence::Evidence;

/// The sections of a rule's page, in this order; the examples come last.
const HEADINGS: [&str; 4] = ["What it checks", "Why it matters", "How to fix", "Options"];

/// A rule's page as Markdown.
#[must_use]
pub fn page(catalogue: &Catalogue, id: RuleId) -> String {
    let rule = catalogue.rule(id);
    let mut page = format!("# {}\n\n{}\n\n", rule.name, rule.summary);
    // Writing to a text does not fail.
    let _ = writeln!(page, "{}\n", facts(catalogue, rule));
    // A user's own rule need not have sections: then its text is shown as it is.
    if rule.is_own && HEADINGS.iter().chain(&["Examples"]).all(|heading| rule.section(heading).is_none()) {
        let _ = writeln!(page, "{}\n", plain_examples(rule.body.trim()));
    }
    for heading in HEADINGS {
        if let Some(text) = rule.section(heading) {
            let _ = writeln!(page, "## {heading}\n\n{text}\n");
        }
    }
    if let Some(examples) = rule.section("Examples") {
        let _ = writeln!(page, "## Examples\n\n{}\n", plain_examples(examples));
    }
    page
}

/// Category, severity, formats and sources in a line each.
fn facts(catalogue: &Catalogue, rule: &Rule) -> String {
    let mut facts = format!("{}, {}", rule.category, rule.severity.name());
    let mut said = Vec::new();
    for case in &rule.cases {
        let Some(severity) = case.severity.filter(|severity| *severity != rule.severity) else { continue };
        let of_case = |format: &&crate::format::Format| case.formats.contains(&format.name);
        let titles: Vec<_> = catalogue.formats.formats.iter().filter(of_case).map(|format| &*format.title).collect();
        let place = if titles.is_empty() { "some cases".to_owned() } else { titles.join(" and ") };
        let fact = format!("; {} in {place}", severity.name());
        if !said.contains(&fact) {
            facts.push_str(&fact);
            said.push(fact);
        }
    }
    for profile in catalogue.profiles() {
        let id = catalogue.find(&rule.name);
        if let Some(severity) = id.and_then(|id| catalogue.severity_in(profile, id)) {
            let _ = write!(facts, "; {} in the profile {}", severity.name(), profile.name);
        }
    }
    let formats = formats_of(catalogue, rule);
    let _ = write!(facts, "; {formats}; {}", if rule.default { "on by default" } else { "off by default" });
    if !rule.since.is_empty() {
        let _ = write!(facts, "; since {}", rule.since);
    }
    if rule.is_own {
        let _ = write!(facts, "; your own, in {}", rule.path);
    }
    facts.push('.');
    for source in &rule.sources {
        let _ = write!(facts, "\nSource: {source}.");
    }
    facts
}

fn formats_of(catalogue: &Catalogue, rule: &Rule) -> String {
    let titles: Vec<_> =
        catalogue.formats.formats.iter().filter(|format| rule.is_for(format)).map(|format| &*format.title).collect();
    if titles.len() == catalogue.formats.formats.len() { "all formats".to_owned() } else { titles.join(", ") }
}

/// The examples with their marks in words.
fn plain_examples(examples: &str) -> String {
    let mut text = String::new();
    for line in examples.lines() {
        match line.strip_prefix("```").map(str::trim) {
            Some(info) if !info.is_empty() => {
                let mut words = info.split_whitespace();
                let (syntax, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                let marks: Vec<_> = words
                    .filter(|word| ["at=", "format=", "tags="].iter().any(|mark| word.starts_with(mark)))
                    .collect();
                let said = match kind.strip_prefix("beside=") {
                    Some(name) => format!("Beside it, `{name}`"),
                    None if kind == "fail" => "Found here".to_owned(),
                    None => "Nothing is found here".to_owned(),
                };
                let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
                let _ = writeln!(text, "{said}{marks}:\n\n```{syntax}");
            }
            _ => {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text.trim_end().to_owned()
}

/// The page of all rules, `docs/rules.md`.
#[must_use]
pub fn rules_page(catalogue: &Catalogue) -> String {
    let evidence = Evidence::of(catalogue);
    let mut page = format!(
        "# Rules\n\n<!-- Made by `reclint rules --markdown` from the files under `rules/`: do not edit. -->\n\n\
         A finding's severity is `error` where the record's own standard or the chosen profile forbids it or the value is\n\
         impossible, `warning` where a present value is wrong or the record contradicts itself, and `info` where something\n\
         recommended is absent. Profiles and `reclint.toml` can change it.\n\n{}\n\n\
         | rule | category | severity | in profiles | formats | found | right | what it finds |\n\
         |---|---|---|---|---|--:|--:|---|\n",
        evidence.records
    );
    for category in CATEGORIES {
        for (_, rule) in catalogue.rules().filter(|(_, rule)| rule.category == category) {
            let count = evidence.get(&rule.name);
            let _ = writeln!(
                page,
                "| [`{0}`](#{0}) | {1} | {2} | {3} | {4} | {5} | {6} | {7} |",
                rule.name,
                rule.category,
                severities(rule),
                in_profiles(catalogue, rule),
                formats_of(catalogue, rule),
                count.map_or_else(String::new, |count| count.findings.to_string()),
                count.map_or_else(String::new, |count| format!("{} of {}", count.right, count.read)),
                rule.summary
            );
        }
    }
    for category in CATEGORIES {
        for (id, _) in catalogue.rules().filter(|(_, rule)| rule.category == category) {
            // One level lower than on a page of its own.
            let own = self::page(catalogue, id).replace("\n## ", "\n### ");
            let _ = write!(page, "\n#{}", own.trim_end());
            page.push('\n');
        }
    }
    page
}

/// The rule's severity, and those of its cases.
fn severities(rule: &Rule) -> String {
    let mut names = vec![rule.severity.name()];
    for severity in rule.cases.iter().filter_map(|case| case.severity) {
        if !names.contains(&severity.name()) {
            names.push(severity.name());
        }
    }
    let off = if rule.default { "" } else { " (off)" };
    names.join(", ") + off
}

/// Profiles in which the rule has another severity.
fn in_profiles(catalogue: &Catalogue, rule: &Rule) -> String {
    let Some(id) = catalogue.find(&rule.name) else { return String::new() };
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for profile in catalogue.profiles() {
        let Some(severity) = catalogue.severity_in(profile, id) else { continue };
        match said.iter_mut().find(|(name, _)| *name == severity.name()) {
            Some((_, profiles)) => profiles.push(&profile.name),
            None => said.push((severity.name(), vec![&profile.name])),
        }
    }
    let said = said.iter().map(|(severity, profiles)| format!("{severity}: {}", profiles.join(", ")));
    said.collect::<Vec<_>>().join("; ")
}
