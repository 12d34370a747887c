//! Reads the findings of a report as data, one after the other: a report may be larger than memory.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::cli::error::CliError;
use crate::finding::Severity;
use crate::report::{JSON_FORM as FORM, counted, grouped};
use crate::spool::Spool;
use crate::value::visible;

/// So many bytes of a report through a pipe are kept in memory.
const MOST_IN_MEMORY: usize = 16 * 1024 * 1024;

/// What stands before a text that an editor of Windows has saved.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What a comparison has to know of a finding. The order is that of a report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) rule: String,
    #[serde(with = "severity")]
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) fingerprint: String,
    pub(super) path: String,
    pub(super) record: Option<TellsRecord>,
    pub(super) field: Option<String>,
    pub(super) pointer: Option<String>,
    pub(super) value: Option<String>,
    pub(super) start: Start,
}

/// The record of a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TellsRecord {
    index: u64,
    row: Option<u64>,
    id: Option<String>,
    title: Option<String>,
}

/// The place of a finding.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Start {
    byte: u64,
    pub(super) line: u64,
    pub(super) column: u64,
}

mod severity {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use crate::finding::Severity;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    pub(super) fn serialize<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
        severity.serialize(serializer)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Severity, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(|()| D::Error::custom(format!("`{name}` is no severity")))
    }
}

/// What the summary says of what is not in the report.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Ending {
    #[serde(default)]
    cut: Vec<Cut>,
    #[serde(default)]
    in_baseline: u64,
    #[serde(default)]
    unchanged: u64,
    #[serde(default)]
    files: u64,
    #[serde(default)]
    files_unread: u64,
    #[serde(default)]
    unreadable: u64,
    /// Reports of earlier versions do not say it.
    #[serde(default)]
    rules: Option<u64>,
    #[serde(default)]
    rule_set: Option<String>,
    /// It stands beside the summary.
    #[serde(skip)]
    as_of: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Cut {
    rule: String,
    written: u64,
    total: u64,
}

impl Ending {
    /// Why the report called `name` has not all findings.
    pub(super) fn lacks(ending: Option<&Self>, name: &str) -> Vec<String> {
        let Some(Self { cut, in_baseline, unchanged, .. }) = ending else {
            return vec![format!("{name} has no summary: it breaks off")];
        };
        let mut lacks: Vec<_> = cut
            .iter()
            .map(|Cut { rule, written, total }| {
                let (written, total) = (grouped(*written), grouped(*total));
                format!("{name} has only the first {written} of {total} findings of {rule} (--max-findings-per-rule)")
            })
            .collect();
        if *in_baseline > 0 {
            lacks.push(format!("{name} was made with a baseline: {} are not in it", counted(*in_baseline, "finding")));
        }
        if *unchanged > 0 {
            let records = counted(*unchanged, "record");
            lacks.push(format!("{name} tells only of what had changed: {records} are not in it"));
        }
        lacks
    }

    /// What the run of the report called `name` did not see, and this earlier one did: what is gone need not be mended.
    pub(super) fn unseen_in(&self, new: &Self, name: &str) -> Vec<String> {
        let mut unseen = Vec::new();
        if new.files < self.files {
            unseen.push(format!(
                "{name} is of {}, and the earlier one of {}",
                counted(new.files, "file"),
                grouped(self.files)
            ));
        }
        if let (Some(before), Some(now)) = (self.rules, new.rules)
            && self.rule_set != new.rule_set
        {
            let (is_by, before) = (counted(now, "rule"), grouped(before));
            unseen.push(format!("{name} is by {is_by}, and the earlier one by {before}: they are not the same"));
        }
        if let (Some(before), Some(now)) = (&self.as_of, &new.as_of)
            && before != now
        {
            unseen.push(format!(
                "{name} is judged as of {}, and the earlier one as of {}",
                visible(now),
                visible(before)
            ));
        }
        let unread = |ending: &Self| ending.unreadable + ending.files_unread;
        if unread(new) > unread(self) {
            unseen.push(format!(
                "in {name} more could not be read ({}, before {})",
                grouped(unread(new)),
                grouped(unread(self))
            ));
        }
        unseen
    }
}

#[derive(Deserialize)]
struct LastLine {
    summary: Ending,
    #[serde(default)]
    as_of: Option<String>,
}

/// A report that can be read twice: what comes through a pipe is kept.
pub(super) struct Twice<'p> {
    path: &'p Path,
    kept: Option<Spool>,
}

impl<'p> Twice<'p> {
    /// The report at `path`.
    pub(super) fn at(path: &'p Path) -> Result<Self, CliError> {
        let keep = || -> io::Result<Option<Spool>> {
            let mut kept = Spool::new(MOST_IN_MEMORY);
            if is_standard_input(path) {
                io::copy(&mut io::stdin().lock(), &mut kept)?;
                return Ok(Some(kept));
            }
            let mut file = File::open(path)?;
            if file.metadata()?.is_file() {
                return Ok(None);
            }
            io::copy(&mut file, &mut kept)?;
            Ok(Some(kept))
        };
        Ok(Self { path, kept: keep().map_err(|error| unread(path, &error))? })
    }

    /// Tells `told` of each finding, in order; gives what the summary says, if there is one.
    pub(super) fn findings(&mut self, told: &mut dyn FnMut(Told)) -> Result<Option<Ending>, CliError> {
        match &mut self.kept {
            Some(kept) => read_from(self.path, &mut kept.read().map_err(|error| unread(self.path, &error))?, told),
            None => findings(self.path, told),
        }
    }
}

/// Tells `told` of each finding of the report at `path`, in order; gives what its summary says, if it has one.
pub(super) fn findings(path: &Path, told: &mut dyn FnMut(Told)) -> Result<Option<Ending>, CliError> {
    if is_standard_input(path) {
        return read_from(path, &mut io::stdin().lock(), told);
    }
    read_from(path, &mut File::open(path).map_err(|error| unread(path, &error))?, told)
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn unread(path: &Path, error: &io::Error) -> CliError {
    CliError::said(format!("the report `{}` cannot be read: {error}", path.display())).help("look at the path")
}

/// Reads the report at `path`, whose bytes come from `input`.
fn read_from(path: &Path, input: &mut dyn Read, told: &mut dyn FnMut(Told)) -> Result<Option<Ending>, CliError> {
    let name = path.display();
    let unread = |error: &io::Error| unread(path, error);
    let none = |why: &str| {
        CliError::said(format!("`{name}` cannot be read as a report: {why}"))
            .help("`reclint check --output-format json` writes one, and `ndjson`")
    };
    let mut reader = BufReader::with_capacity(256 * 1024, input);
    let mut head = reader.fill_buf().map_err(|error| unread(&error))?;
    if head.starts_with(MARK) {
        reader.consume(MARK.len());
        head = reader.buffer();
    }
    match first_name(head) {
        // The summary comes first where somebody has sorted the members, and where nothing was found of what has a line each.
        Some("format" | "as_of" | "findings" | "summary") => {
            let mut ending = None;
            let mut deserializer = serde_json::Deserializer::from_reader(reader);
            let read = Object { told, ending: &mut ending }.deserialize(&mut deserializer);
            read.and_then(|()| deserializer.end()).map_err(|error| none(&error.to_string()))?;
            Ok(ending)
        }
        Some("rule" | "category") => {
            let mut ending = None;
            for (number, line) in reader.lines().enumerate() {
                let line = line.map_err(|error| unread(&error))?;
                // An editor may have put one at the end.
                if line.trim().is_empty() {
                    continue;
                }
                let wrong = |error: &serde_json::Error| {
                    let said = error.to_string();
                    // What the parser says ends with the place in this line.
                    let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
                    let said = if error.is_eof() { "it breaks off" } else { said };
                    none(&format!("line {}: {said}", number + 1))
                };
                match first_name(line.as_bytes()) {
                    Some("summary") => {
                        let last: LastLine = serde_json::from_str(&line).map_err(|error| wrong(&error))?;
                        ending = Some(Ending { as_of: last.as_of, ..last.summary });
                    }
                    _ => told(serde_json::from_str(&line).map_err(|error| wrong(&error))?),
                }
            }
            Ok(ending)
        }
        _ => Err(none("it does not begin as one")),
    }
}

/// The name of the first member of an object.
fn first_name(head: &[u8]) -> Option<&str> {
    let rest = head.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', rest)?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// A report that is one object.
struct Object<'t> {
    told: &'t mut dyn FnMut(Told),
    ending: &'t mut Option<Ending>,
}

impl<'d> DeserializeSeed<'d> for Object<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'d> Visitor<'d> for Object<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a report")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut members: A) -> Result<(), A::Error> {
        let (mut had_findings, mut as_of) = (false, None);
        while let Some(name) = members.next_key::<String>()? {
            match &*name {
                "findings" => {
                    had_findings = true;
                    members.next_value_seed(List(&mut *self.told))?;
                }
                "format" => {
                    let form: String = members.next_value()?;
                    if form != FORM {
                        return Err(serde::de::Error::custom(format!("it is of the form `{form}`, and not `{FORM}`")));
                    }
                }
                "as_of" => as_of = members.next_value()?,
                "summary" => *self.ending = Some(members.next_value()?),
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        match self.ending {
            Some(ending) => ending.as_of = as_of,
            None if !had_findings => return Err(serde::de::Error::missing_field("findings")),
            None => {}
        }
        Ok(())
    }
}

/// Its findings.
struct List<'t>(&'t mut dyn FnMut(Told));

impl<'d> DeserializeSeed<'d> for List<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'d>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'d> Visitor<'d> for List<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of findings")
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut findings: A) -> Result<(), A::Error> {
        while let Some(finding) = findings.next_element()? {
            (self.0)(finding);
        }
        Ok(())
    }
}
