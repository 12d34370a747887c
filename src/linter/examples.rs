//! Runs the examples of a rule's file: what must be found in each, and what is found. The project's tests and
//! `reclint test` judge by it.

use std::fmt;
use std::sync::Arc;

use crate::check::RuleId;
use crate::document::suggest;
use crate::engine::Judge;
use crate::finding::Finding;
use crate::format::Carrier;
use crate::paths::beside;
use crate::rule::{Example, Selection, Selector, is_file};

use super::{BuildError, Linter, Report, day, unknown_profile};

/// The day by which examples are judged that do not say one.
const AS_OF: &str = "2026-01-01";

/// What tells that an example could never find anything: it is no JSON, or no record.
const READING: [&str; 4] = ["syntax-error", "invalid-encoding", "too-deep", "unknown-format"];

/// Makes a linter with a profile, or without.
type Make<'m> = dyn Fn(Option<&str>) -> Result<Linter, BuildError> + 'm;

/// Runs examples, each with its rule alone.
pub struct Examples<'m> {
    make: Box<Make<'m>>,
    /// One for each profile that an example wants.
    linters: Vec<(Option<String>, Linter)>,
}

/// What the examples of one rule came to.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The rule.
    pub rule: Arc<str>,
    /// How many examples it has.
    pub examples: usize,
    /// What is not as it is said.
    pub mistakes: Vec<Mistake>,
}

/// Something that is not as an example says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The rule's file.
    pub path: Box<str>,
    /// The example's line in it, from 1.
    pub line: usize,
    /// What was wanted and what was found, or why the example cannot be judged.
    pub why: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.why)
    }
}

impl<'m> Examples<'m> {
    /// With linters that `make` makes, each with the profile that an example wants.
    pub fn new(make: impl Fn(Option<&str>) -> Result<Linter, BuildError> + 'm) -> Self {
        Self { make: Box::new(make), linters: Vec::new() }
    }

    /// Runs the examples of the rule with this name.
    ///
    /// # Errors
    ///
    /// When no linter can be made. There is nothing wrong with a rule that is not there: nothing was tried.
    pub fn of_rule(&mut self, name: &str) -> Result<Tried, BuildError> {
        let linter = self.linter(None)?;
        let Some(id) = linter.catalogue().find(name) else {
            return Ok(Tried { rule: name.into(), examples: 0, mistakes: Vec::new() });
        };
        let rule = linter.catalogue().rule(id);
        let (rule_name, path, of_records) = (Arc::clone(&rule.name), rule.path.clone(), rule.is_of_records());
        let mistake = |line, why| Mistake { path: path.clone(), line, why };
        let examples = match rule.examples() {
            Ok(examples) => examples,
            Err((line, why)) => return Ok(Tried { rule: rule_name, examples: 0, mistakes: vec![mistake(line, why)] }),
        };
        let mut mistakes = Vec::new();
        for example in &examples {
            let wrong = self.mistakes(&rule_name, &path, of_records, example).unwrap_or_else(|why| vec![why]);
            mistakes.extend(wrong.into_iter().map(|why| mistake(example.line, why)));
        }
        Ok(Tried { rule: rule_name, examples: examples.len(), mistakes })
    }

    fn linter(&mut self, profile: Option<&str>) -> Result<&mut Linter, BuildError> {
        let known = self.linters.iter().position(|(known, _)| known.as_deref() == profile);
        let known = if let Some(known) = known {
            known
        } else {
            self.linters.push((profile.map(str::to_owned), (self.make)(profile)?));
            self.linters.len() - 1
        };
        Ok(&mut self.linters[known].1)
    }

    /// What is wrong with an example, when only its rule runs on it.
    fn mistakes(&mut self, rule: &str, path: &str, of_records: bool, example: &Example) -> Result<Vec<String>, String> {
        let base = self.linter(None).map_err(|error| error.to_string())?;
        if of_records {
            base.only(&READING, None);
            unreadable(base, example)?;
        }
        let profile = example.profile.as_deref();
        let profile = profile.map(|word| if is_file(word) { beside(path, word) } else { word.to_owned() });
        let linter = self.linter(profile.as_deref()).map_err(|error| error.to_string())?;
        if let Some(unknown) = profile.as_deref().filter(|name| linter.catalogue().profile(name).is_none()) {
            return Err(unknown_profile(linter.catalogue(), unknown).to_string());
        }
        linter.only(&[rule], profile.as_deref());
        let as_of = example.as_of.as_deref().unwrap_or(AS_OF);
        linter.setup.as_of = Some(day(as_of).map_err(|error| error.to_string())?);
        let report = judged(linter, example)?;
        Ok(match (example.fails, report.findings.as_slice()) {
            (false, []) => Vec::new(),
            (true, [only]) => differences(only, example),
            (fails, found) => {
                let one = |finding: &Finding| {
                    format!("{:?} at {:?}", finding.message, finding.pointer.as_deref().unwrap_or_default())
                };
                let said: Vec<_> = found.iter().map(one).collect();
                let said = if said.is_empty() { "nothing".to_owned() } else { said.join(" and ") };
                vec![format!("wanted {}, found {said}", if fails { "one" } else { "nothing" })]
            }
        })
    }
}

impl Linter {
    /// From now on only these rules, in this profile.
    fn only(&mut self, rules: &[&str], profile: Option<&str>) {
        let catalogue = self.catalogue();
        let rules = rules.iter().filter_map(|rule| catalogue.find(rule));
        let selection = Selection {
            select: rules.map(|rule: RuleId| Selector::Rule(rule)).collect(),
            profile: profile.and_then(|profile| catalogue.profile(profile)).cloned(),
            ..Selection::default()
        };
        self.setup.plan_again(&selection);
    }
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
    let wanted = |known: &&Carrier| example.carrier.as_deref().is_none_or(|name| *known.name == *name);
    let carrier = known.carriers.iter().find(wanted).ok_or_else(|| {
        let carrier = example.carrier.as_deref().unwrap_or_default();
        let names: Vec<_> = known.carriers.iter().map(|carrier| &*carrier.name).collect();
        format!("the format `{format}` has no carrier `{carrier}`: {}", suggest(carrier, names))
    })?;
    // Of what lies beside a file, its name is a part.
    let own_name = carrier.file_name().filter(|_| !example.beside.is_empty() || !example.tags.is_empty());
    let name = own_name.map_or(name, str::to_owned);
    let files: Vec<_> = example.beside.iter().map(|(name, text)| (&**name, &**text)).collect();
    let tags: Vec<_> = example.tags.iter().map(String::as_str).collect();
    let beside = linter.beside(&name, &files, &tags);
    let judge = Judge::taking_for(&linter.setup, known, carrier).beside(beside.as_ref());
    Ok(linter.judge(&name, text, judge))
}

/// Why an example could never find anything: it is no JSON, or no record.
fn unreadable(linter: &Linter, example: &Example) -> Result<(), String> {
    let report = judged(linter, example)?;
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
        if let Some(wanted) = wanted.as_deref().filter(|wanted| !wanted.is_empty() && Some(*wanted) != found) {
            let found = found.map_or("nothing".to_owned(), |found| format!("{found:?}"));
            differences.push(format!("{what}: wanted {wanted:?}, found {found}"));
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
