//! SARIF 2.1.0 (OASIS), as GitHub's code scanning and editors read it.
//!
//! Rules are listed as far as something was found by them: GitHub shows no others, and the pages of all would be most of
//! a small report. Results are errors first, and no more than GitHub takes of a run.

mod result;

use std::io::{self, Write};
use std::sync::Arc;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::check::RuleId;
use crate::policy::rule_url;
use crate::rule::{Catalogue, Rule, page};

use super::foremost::{Foremost, Room};
use super::machine::{gate, left_out, level, remarks};
use super::render::{UnreadFile, findings};
use super::{Assembler, RecordReport, Rendered, Renderer, Summary};
use result::{artifact, found, message};

/// The schema that the report names.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What paths are relative to.
const ROOT: &str = "%SRCROOT%";
/// GitHub takes so many results of a run, and shows the gravest 5,000.
const MOST_RESULTS: usize = 25_000;
/// GitHub takes 10 MB, packed; a part of it is for what is no result.
const MOST_PACKED: u64 = 9_500_000;
/// GitHub takes descriptions of 1,024 characters.
const MOST_DESCRIBED: usize = 1_000;
/// How levels are called: for infos, warnings and errors.
const LEVELS: [&str; 3] = ["note", "warning", "error"];

/// Renders findings as results.
#[derive(Clone, Debug)]
pub(crate) struct Sarif {
    rules: Arc<[(Arc<str>, Value)]>,
    as_of: String,
}

impl Sarif {
    /// With the rules of a catalogue.
    pub(crate) fn new(catalogue: &Catalogue, as_of: &str) -> Self {
        let rule = |(id, rule): (RuleId, &Rule)| (Arc::clone(&rule.name), descriptor(catalogue, id, rule));
        Self { rules: catalogue.rules().map(rule).collect(), as_of: as_of.to_owned() }
    }
}

/// What is said of a rule.
fn descriptor(catalogue: &Catalogue, id: RuleId, rule: &Rule) -> Value {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let checks = rule.section("What it checks").map_or_else(|| rule.summary.to_string(), plain);
    let described: String = checks.chars().take(MOST_DESCRIBED).collect();
    let sections = ["What it checks", "Why it matters", "How to fix"].into_iter().filter_map(|name| rule.section(name));
    let help = sections.collect::<Vec<_>>().join("\n\n");
    let help = if help.is_empty() { rule.summary.to_string() } else { help };
    // Who reads of a finding has an example of his own.
    let page = page(catalogue, id);
    let markdown = page.split("## Examples").next().unwrap_or_default().trim_end();
    let problem = level(rule.severity, ["recommendation", "warning", "error"]);
    let mut descriptor = json!({
        "id": &*rule.name,
        "name": pascal_case(&rule.name),
        "shortDescription": { "text": &*rule.summary },
        "fullDescription": { "text": described },
        "help": { "text": help, "markdown": markdown },
        "defaultConfiguration": { "level": level(rule.severity, LEVELS) },
        "properties": { "category": rule.category, "tags": [rule.category, "metadata"], "problem.severity": problem },
    });
    if let (Some(url), Some(members)) = (rule_url(&rule.name).filter(|_| !rule.is_own), descriptor.as_object_mut()) {
        members.insert("helpUri".to_owned(), url.into());
    }
    descriptor
}

/// `missing-creator` as `MissingCreator`.
fn pascal_case(name: &str) -> String {
    let words = name.split(['-', '.']).map(|word| crate::value::capitalised(word.to_owned()));
    words.collect()
}

impl Renderer for Sarif {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            let found = found(reported, report.source);
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut rendered.bytes, &found);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble {
            sarif: self.clone(),
            results: Foremost::new(Room::Together(MOST_RESULTS)),
            unread: Vec::new(),
        })
    }
}

/// The bytes are the beginning of a report in this form, of whatever version of the program.
pub(super) fn begins(head: &str) -> bool {
    head.starts_with(&beginning())
}

/// How a report begins, up to the version of the program.
fn beginning() -> String {
    format!(
        "{{\n\"$schema\":\"{SCHEMA}\",\n\"version\":\"2.1.0\",\n\"runs\":[{{\n\"tool\":{{\"driver\":{{\"name\":\"reclint\",\"version\":"
    )
}

struct Assemble {
    sarif: Sarif,
    results: Foremost<(RuleId, Box<[u8]>)>,
    unread: Vec<UnreadFile>,
}

impl Assemble {
    /// The rules of the results, each with its place in the list.
    fn places(&self) -> Vec<Option<usize>> {
        let mut places = vec![None; self.sarif.rules.len()];
        self.results.kept().for_each(|(rule, _)| places[rule.index()] = Some(0));
        places.iter_mut().flatten().enumerate().for_each(|(number, place)| *place = number);
        places
    }

    /// What else is to be said of the run.
    fn notifications(&self, summary: &Summary) -> Vec<Value> {
        let mut notes: Vec<Value> = Vec::new();
        for file in &self.unread {
            let at = json!([{ "physicalLocation": { "artifactLocation": artifact(&file.path) } }]);
            let text = format!("{} cannot be read: {}", file.path, file.reason);
            let level = if file.fails { "error" } else { "warning" };
            notes.push(json!({ "level": level, "message": message(&text), "locations": at }));
        }
        notes.extend(self.lacks().map(|text| json!({ "level": "warning", "message": message(&text) })));
        let remark = |text: String| json!({ "level": "note", "message": message(&text) });
        notes.extend(remarks(summary).into_iter().map(remark));
        notes
    }
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        for (bytes, rule, severity) in findings(&rendered) {
            self.results.add(severity, || (rule, bytes.into()));
        }
        Ok(())
    }

    fn unread(&mut self, file: &UnreadFile) {
        self.unread.push(file.clone());
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let fitting = fitting(self.results.kept().map(|(_, bytes)| &**bytes), MOST_PACKED)?;
        self.results.keep(fitting);
        out.write_all(beginning().as_bytes())?;
        let version = env!("CARGO_PKG_VERSION");
        write!(out, "\"{version}\",\"semanticVersion\":\"{version}\",")?;
        let repository = env!("CARGO_PKG_REPOSITORY");
        if !repository.is_empty() {
            write!(out, "\"informationUri\":\"{repository}\",")?;
        }
        let places = self.places();
        let found = self.sarif.rules.iter().zip(&places).filter(|(_, place)| place.is_some());
        out.write_all(b"\"rules\":[")?;
        for (number, ((_, descriptor), _)) in found.enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, descriptor)?;
        }
        let failed = summary.internal_errors > 0 || self.unread.iter().any(|file| file.fails);
        let run = json!([{
            "executionSuccessful": !failed,
            "toolExecutionNotifications": self.notifications(summary),
        }]);
        let bases = json!({ ROOT: { "description": { "text": "The folder in which reclint was run." } } });
        write!(out, "]}}}},\n\"invocations\":{run},\n\"originalUriBaseIds\":{bases},\n")?;
        write!(out, "\"columnKind\":\"unicodeCodePoints\",\n\"results\":[")?;
        for (number, (rule, rest)) in self.results.kept().enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            let (name, place) = (&self.sarif.rules[rule.index()].0, places[rule.index()].unwrap_or_default());
            write!(out, "{{\"ruleId\":\"{name}\",\"ruleIndex\":{place},")?;
            out.write_all(rest.get(1..).unwrap_or_default())?;
        }
        let properties = json!({ "asOf": self.sarif.as_of, "summary": summary });
        write!(out, "],\n\"properties\":{properties}\n}}]\n}}\n")
    }

    fn lacks(&self) -> Option<String> {
        left_out(
            "SARIF",
            self.results.left_out(),
            "GitHub takes 25,000 results of a run, and 10 MB packed; errors come first",
        )
    }
}

/// How many of these texts, from the first on, can be packed into so many bytes.
fn fitting<'t>(texts: impl Iterator<Item = &'t [u8]> + Clone, most: u64) -> io::Result<usize> {
    // What is small enough as it is need not be packed.
    if texts.clone().map(|text| text.len() as u64).sum::<u64>() <= most {
        return Ok(texts.count());
    }
    let mut packed = GzEncoder::new(Counted(0), Compression::fast());
    let mut number = 0;
    for text in texts {
        packed.write_all(text)?;
        if packed.get_ref().0 > most {
            break;
        }
        number += 1;
    }
    Ok(number)
}

/// Counts bytes, and keeps none.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests fail by panicking")]

    use super::fitting;

    #[test]
    fn no_more_than_can_be_packed_into_the_room_there_is() {
        // What repeats itself packs well; what does not has its own length.
        let alike = vec![vec![b'a'; 10_000]; 100];
        let mut state = 1_u64;
        let mut byte = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let different: Vec<Vec<u8>> = (0..100).map(|_| (0..10_000).map(&mut byte).collect()).collect();
        let number =
            |texts: &[Vec<u8>], most| fitting(texts.iter().map(Vec::as_slice), most).expect("memory takes all");
        assert_eq!(number(&alike, 1_000_000), 100);
        assert_eq!(number(&alike, 500_000), 100);
        assert_eq!(number(&different, 1_000_000), 100, "it is small enough as it is");
        let some = number(&different, 500_000);
        assert!((45..55).contains(&some), "{some}");
    }
}
