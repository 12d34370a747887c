//! The curator's worklist: one finding a row. `csv` and `xlsx` have the same columns.

use std::borrow::Cow;

use crate::finding::Finding;
use crate::policy::Reported;

use super::Words;

/// The columns, by their English heads.
pub(super) const COLUMNS: [&str; 16] = [
    "severity",
    "rule",
    "title",
    "record",
    "link",
    "collection",
    "field",
    "file",
    "where",
    "value",
    "message",
    "suggestion",
    "help",
    "done",
    "note",
    "fingerprint",
];

/// The cells of a finding's row, in the order of [`COLUMNS`]. `done` and `note` are the reader's.
pub(super) fn cells<'r>(reported: &'r Reported, words: &'r Words) -> [Cow<'r, str>; COLUMNS.len()] {
    let finding = &reported.finding;
    let record = finding.record.as_deref();
    let optional = |text: Option<&'r str>| Cow::Borrowed(text.unwrap_or_default());
    [
        Cow::Borrowed(words.say(finding.severity.name())),
        Cow::Borrowed(&finding.rule),
        optional(record.and_then(|record| record.title.as_deref())),
        optional(record.and_then(|record| record.id.as_deref())),
        optional(record.and_then(|record| record.url.as_deref())),
        optional(record.and_then(|record| record.group.as_deref())),
        optional(field(reported)),
        Cow::Borrowed(&finding.path),
        Cow::Owned(place(finding)),
        optional(finding.value.as_deref()),
        Cow::Borrowed(&finding.message),
        optional(finding.suggestion.as_deref()),
        optional(finding.help.as_deref()),
        Cow::Borrowed(""),
        Cow::Borrowed(""),
        Cow::Borrowed(&finding.fingerprint),
    ]
}

/// The field by its label; where no field is meant, what of the record or which column of a table is.
fn field(reported: &Reported) -> Option<&str> {
    let finding = &reported.finding;
    let field = reported.field_label.as_deref().or(finding.field.as_deref());
    field.or(finding.pointer.as_deref()).or(finding.column.as_deref())
}

/// Where in its file a finding stands: in a table the cell, else line and column.
fn place(finding: &Finding) -> String {
    let in_text = || format!("{}:{}", finding.start.line, finding.start.column);
    finding.cell.clone().unwrap_or_else(in_text)
}

/// Writes texts so that [`unpack`] finds them again.
pub(super) fn pack<'c>(kind: u8, cells: impl IntoIterator<Item = &'c str>, out: &mut Vec<u8>) {
    out.push(kind);
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    for cell in cells {
        out.extend_from_slice(&length(cell.len()));
        out.extend_from_slice(cell.as_bytes());
    }
    let size = length(out.len() - start - 4);
    out[start..start + 4].copy_from_slice(&size);
}

/// What [`pack`] has written: each kind with its texts.
pub(super) fn unpack(mut bytes: &[u8]) -> impl Iterator<Item = (u8, Vec<&str>)> {
    std::iter::from_fn(move || {
        let (kind, rest) = bytes.split_first()?;
        let (mut row, rest) = sized(rest)?;
        bytes = rest;
        let mut cells = Vec::with_capacity(COLUMNS.len());
        while let Some((cell, rest)) = sized(row) {
            cells.push(std::str::from_utf8(cell).unwrap_or_default());
            row = rest;
        }
        Some((*kind, cells))
    })
}

/// No text of a record is larger than the record may be.
fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*size)).ok()?)
}
