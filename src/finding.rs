//! A finding: what is wrong, where exactly, why that matters and what to do, as plain data.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use crate::document::Position;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something recommended is absent.
    Info,
    /// A present value is wrong, or the record contradicts itself.
    Warning,
    /// The record's own standard or the chosen profile forbids it, or the value is impossible.
    Error,
}

impl Severity {
    /// All, from the least.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// `info`, `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|severity| severity.name() == word).ok_or(())
    }
}

/// Which record a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordName {
    /// Which value of its source it is, from 0.
    pub index: u64,
    /// In a source of one record a line or row: which, from 1.
    pub row: Option<u64>,
    /// What identifies it: a DOI, a handle, a UUID.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its page on the web.
    pub url: Option<String>,
    /// The collection it belongs to.
    pub group: Option<String>,
}

/// A place that belongs to a finding beside its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RelatedPlace {
    /// The file, with `/`.
    pub path: Arc<str>,
    /// JSON Pointer from the root of the JSON text.
    pub pointer: Option<String>,
    /// Its first character.
    pub start: Position,
    /// Behind its last character.
    pub end: Position,
    /// What stands there.
    pub message: String,
}

/// A replacement of one stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// First byte of the file that is replaced.
    pub start: u64,
    /// Behind the last byte that is replaced.
    pub end: u64,
    /// What is written instead.
    pub text: String,
}

/// How a finding can be mended by the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// `safe`: the meaning stays. `unsafe`: a person should look.
    pub safety: Cow<'static, str>,
    /// The replacements, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// Something that a rule found.
///
/// Lines and columns are from 1, columns in characters; bytes and indexes from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's name: `missing-creator`.
    pub rule: Arc<str>,
    /// The rule's category: `completeness`.
    pub category: Cow<'static, str>,
    /// How much it matters, after profile and configuration.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Why it matters and what to do.
    pub help: Option<String>,
    /// The rule's page.
    pub url: Option<String>,
    /// The same for the same fault of the same record, wherever it moves in the file: 16 hexadecimal digits.
    pub fingerprint: String,
    /// The file, relative where it was found so, with `/`.
    pub path: Arc<str>,
    /// The record; none for what concerns the file.
    pub record: Option<Arc<RecordName>>,
    /// The field: `creator.orcid`.
    pub field: Option<Arc<str>>,
    /// JSON Pointer from the root of the JSON text: of the value, or of the member that is absent.
    pub pointer: Option<String>,
    /// The pointer leads to something that is there.
    pub present: bool,
    /// The value as the record gives it.
    pub value: Option<String>,
    /// The value that was probably meant.
    pub suggestion: Option<String>,
    /// In a table: the cell as a spreadsheet calls it, `H57`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// In a table: what the header calls the cell's column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// First character of the place.
    pub start: Position,
    /// Behind the last character of the place.
    pub end: Position,
    /// Other places that belong to it.
    pub related: Vec<RelatedPlace>,
    /// How the program can mend it.
    pub fix: Option<Fix>,
}
