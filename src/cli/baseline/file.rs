//! The file of a baseline: an entry a line, sorted, so that a change of it can be read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use crate::cli::error::CliError;
use crate::cli::ground::read_text;
use crate::document::{FileMisfit, Misfit};
use crate::syntax::first_mark;

/// The name of the form, with its version; members are only ever added within it.
const FORM: &str = "reclint-baseline-1";
/// What names of its versions have in common.
const FORMS: &str = "reclint-baseline-";

/// A fault that is lived with. The order of the members is that of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The file, as seen from the baseline's folder.
    pub(super) path: String,
    /// What identifies the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    pub(super) rule: String,
    #[serde(deserialize_with = "fingerprint")]
    pub(super) fingerprint: String,
    /// How many such findings there are.
    pub(super) count: u64,
    /// Why it is lived with: the user's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

/// By what entries are sorted and told apart.
pub(super) type Key = (String, Option<String>, String, String);

/// Faults that are lived with, sorted.
#[derive(Debug, Default)]
pub(super) struct Entries(pub(super) BTreeMap<Key, Entry>);

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    entries: Vec<Entry>,
}

/// A fingerprint, or what is none.
fn fingerprint<'d, D: Deserializer<'d>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_one = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_one {
        Ok(text)
    } else {
        Err(serde::de::Error::custom("this is no fingerprint: it has 16 hexadecimal digits"))
    }
}

impl Entries {
    /// Reads the file at `path`, which is called `name`.
    pub(super) fn read(path: &Path, name: &str) -> Result<Self, CliError> {
        let text = read_text(path, "the baseline")?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let (text, head) = match serde_json::from_str::<Head>(&text) {
            Err(error) => {
                let merged = merged(&text);
                let head = serde_json::from_str(&merged);
                if head.is_ok() { (merged, head) } else { (text, Err(error)) }
            }
            head => (text, head),
        };
        let misfit = |message: String, span: Range<usize>, help: &str| -> CliError {
            let misfit = Misfit { message, span, help: Some(help.to_owned()) };
            Box::new(FileMisfit { path: name.into(), text: text.as_str().into(), misfit }).into()
        };
        if let Some(span) = first_mark(&text) {
            let message = "here two versions meet of which git could not make one".to_owned();
            return Err(misfit(
                message,
                span,
                "keep the entries of both sides, without the marks and with a comma between",
            ));
        }
        let wrong = |error: &serde_json::Error| {
            // What the parser says ends with the place, which the frame shows.
            let said = error.to_string();
            let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
            misfit(
                format!("the baseline cannot be read: {said}"),
                place(&text, error),
                "mend it, or take an older version of it",
            )
        };
        if matches!(text.trim_start().bytes().next(), None | Some(b'[')) {
            let end = text.chars().next().map_or(0, char::len_utf8);
            let help = "`reclint check --write-baseline` writes one; to begin anew, delete the file before";
            return Err(misfit("this is no baseline".to_owned(), 0..end, help));
        }
        let form = head.map_err(|error| wrong(&error))?.format.unwrap_or_default();
        if form != FORM {
            let at = text.find("\"format\"").unwrap_or_default();
            let (message, help) = if form.starts_with(FORMS) {
                (
                    format!("this baseline is of another version (`{form}`), and this reclint reads `{FORM}`"),
                    "take the reclint that wrote it, or write it anew with --write-baseline=ANOTHER-FILE",
                )
            } else {
                ("this is no baseline".to_owned(), "`reclint check --write-baseline` writes one")
            };
            return Err(misfit(message, at..at + 1, help));
        }
        let body: Body = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
        let mut entries = Self::default();
        body.entries.into_iter().for_each(|entry| entries.keep(entry));
        Ok(entries)
    }

    /// Keeps an entry. Of one that stands twice, as after a merge, the larger count is right.
    pub(super) fn keep(&mut self, entry: Entry) {
        if entry.count == 0 {
            return;
        }
        match self.0.entry(entry.key()) {
            Slot::Vacant(slot) => {
                slot.insert(entry);
            }
            Slot::Occupied(mut slot) => {
                let known = slot.get_mut();
                known.count = known.count.max(entry.count);
                known.reason = known.reason.take().or(entry.reason);
            }
        }
    }

    /// How many findings they are.
    pub(super) fn findings(&self) -> u64 {
        self.0.values().map(|entry| entry.count).sum()
    }

    /// Writes them to `path`: all of them, or, should that fail, nothing.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = format!("{{\n  \"format\": \"{FORM}\",\n  \"entries\": [").into_bytes();
        for (number, entry) in self.0.values().enumerate() {
            text.extend_from_slice(if number == 0 { b"\n    " } else { b",\n    " });
            serde_json::to_writer(&mut text, entry)?;
        }
        text.extend_from_slice(if self.0.is_empty() { b"]\n}\n" } else { b"\n  ]\n}\n" });
        if fs::read(path).is_ok_and(|known| known == text) {
            return Ok(());
        }
        // A link stays one.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let beside = beside(&path);
        let written = fs::File::create(&beside)
            .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&beside, &path));
        if written.is_err() {
            // What is left of it is of no use; the failure is what is told.
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        (self.path.clone(), self.record.clone(), self.rule.clone(), self.fingerprint.clone())
    }
}

/// A baseline in which the lines of two branches stand together, where commas can be missing or too many. Lines stay lines.
fn merged(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    let mut before: Option<usize> = None;
    for number in 0..lines.len() {
        let Some(first) = lines[number].trim_start().chars().next() else { continue };
        let Some(line) = before.replace(number).map(|before| &mut lines[before]) else { continue };
        match first {
            '{' if line.ends_with('}') => line.push(','),
            ']' if line.ends_with("},") => line.truncate(line.len() - 1),
            _ => {}
        }
    }
    lines.join("\n")
}

/// A name beside a file that nobody else has.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

/// Where a text is wrong.
fn place(text: &str, error: &serde_json::Error) -> Range<usize> {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let at = text.floor_char_boundary((line + error.column().saturating_sub(1)).min(text.len()));
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    at..at + length
}
