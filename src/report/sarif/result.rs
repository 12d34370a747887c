//! A result: what was found, where, and what would mend it.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

use crate::document::{Position, Source};
use crate::finding::{Finding, RecordName, RelatedPlace};
use crate::policy::Reported;

use super::super::machine::{edit, level, record_title, said, uri};
use super::{LEVELS, ROOT};

/// GitHub takes so many related places of a result.
const MOST_RELATED: usize = 1_000;

/// One result; what rule it is of, the writer says, who knows the rules' places.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found<'r> {
    level: &'static str,
    message: Text,
    locations: [Value; 1],
    partial_fingerprints: Fingerprint<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
    properties: Properties<'r>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Fingerprint<'r> {
    #[serde(rename = "reclint/v1")]
    own: &'r str,
}

#[derive(Serialize)]
struct Properties<'r> {
    field: Option<&'r str>,
    value: Option<&'r str>,
    suggestion: Option<&'r str>,
    record: Option<&'r RecordName>,
}

/// A text as a message has it: braces would be placeholders (clause 3.11.5), and `[text](target)` a link (3.11.6).
fn escaped(text: &str) -> Cow<'_, str> {
    let has_link = text.contains("](");
    if !has_link && !text.contains(['{', '}']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '{' | '}' => escaped.push(letter),
            '[' | ']' | '\\' if has_link => escaped.push('\\'),
            _ => {}
        }
        escaped.push(letter);
    }
    Cow::Owned(escaped)
}

pub(super) fn message(text: &str) -> Value {
    json!({ "text": escaped(text) })
}

pub(super) fn artifact(path: &str) -> Value {
    match uri(path) {
        (uri, true) => json!({ "uri": uri, "uriBaseId": ROOT }),
        (uri, false) => json!({ "uri": uri }),
    }
}

/// How the places of a text are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Places {
    /// By lines, as columns are cells.
    Lines,
    /// By lines and columns, as its bytes are not those of the file: that is packed, or in another encoding.
    Columns,
    /// By bytes, too.
    Bytes,
}

impl Places {
    /// Of what was found in a source.
    fn of(reported: &Reported, source: &Source<'_>) -> Self {
        match (reported.in_table, source.segment(reported.span.start).is_recoded) {
            (true, _) => Self::Lines,
            (false, true) => Self::Columns,
            (false, false) => Self::Bytes,
        }
    }
}

/// A stretch of a file.
fn region((start, end): (Position, Position), places: Places) -> Value {
    if places == Places::Lines {
        return json!({ "startLine": start.line, "endLine": end.line });
    }
    let mut region = json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    });
    if let Some(members) = region.as_object_mut().filter(|_| places == Places::Bytes) {
        members.insert("byteOffset".to_owned(), start.byte.into());
        members.insert("byteLength".to_owned(), end.byte.saturating_sub(start.byte).into());
    }
    region
}

fn location(reported: &Reported, places: Places) -> Value {
    let finding = &reported.finding;
    let mut logical = Vec::new();
    if let Some(pointer) = &finding.pointer {
        logical
            .push(json!({ "fullyQualifiedName": pointer, "kind": if finding.present { "value" } else { "property" } }));
    }
    if let Some(cell) = reported.cell() {
        logical.push(json!({ "name": cell, "kind": "cell" }));
    }
    if let Some(record) = finding.record.as_deref() {
        let mut place = json!({ "name": record_title(record), "kind": "record" });
        if let (Some(id), Some(members)) = (&record.id, place.as_object_mut()) {
            members.insert("fullyQualifiedName".to_owned(), id.as_str().into());
        }
        logical.push(place);
    }
    json!({
        "physicalLocation": {
            "artifactLocation": artifact(&finding.path),
            "region": region((finding.start, finding.end), places),
        },
        "logicalLocations": logical,
    })
}

fn related(reported: &Reported, places: Places) -> Vec<Value> {
    let place = |place: &RelatedPlace| {
        json!({
            "message": message(&place.message),
            "physicalLocation": {
                "artifactLocation": artifact(&place.path),
                "region": region((place.start, place.end), places),
            },
        })
    };
    reported.finding.related.iter().take(MOST_RELATED).map(place).collect()
}

fn fix(reported: &Reported, text: &str, places: Places) -> Value {
    let Finding { path, start, end, suggestion, .. } = &reported.finding;
    json!({
        "description": message(&format!("Write {}", suggestion.as_deref().unwrap_or_default())),
        "artifactChanges": [{
            "artifactLocation": artifact(path),
            "replacements": [{ "deletedRegion": region((*start, *end), places), "insertedContent": { "text": text } }],
        }],
    })
}

/// The result that a finding is.
pub(super) fn found<'r>(reported: &'r Reported, source: &Source<'_>) -> Found<'r> {
    let finding = &reported.finding;
    let places = Places::of(reported, source);
    Found {
        level: level(finding.severity, LEVELS),
        message: Text { text: escaped(&said(finding)).into_owned() },
        locations: [location(reported, places)],
        partial_fingerprints: Fingerprint { own: &finding.fingerprint },
        related_locations: related(reported, places),
        fixes: edit(reported, source).iter().map(|text| fix(reported, text, places)).collect(),
        properties: Properties {
            field: finding.field.as_deref(),
            value: finding.value.as_deref(),
            suggestion: finding.suggestion.as_deref(),
            record: finding.record.as_deref(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_is_a_placeholder_or_a_link() {
        for (text, wanted) in [
            ("`{title}` is filled in", "`{{title}}` is filled in"),
            ("[1] is no link", "[1] is no link"),
            ("[see](3) a \\b", "\\[see\\](3) a \\\\b"),
        ] {
            assert_eq!(escaped(text), wanted);
        }
    }
}
