//! Fingerprints: the same for the same fault of the same record, wherever it moves in the file.

use xxhash_rust::xxh3::Xxh3;

/// What a fingerprint is made of.
pub(super) struct Parts<'a> {
    pub(super) rule: &'a str,
    pub(super) field: Option<&'a str>,
    /// The record's identifier; without one its file and content.
    pub(super) record: RecordKey<'a>,
    pub(super) value: Option<&'a str>,
    /// How many findings with the same parts the record had before this one.
    pub(super) again: u32,
}

/// What identifies a record for its fingerprints.
pub(super) enum RecordKey<'a> {
    Id(&'a str),
    Content { path: &'a str, text: &'a str },
    File(&'a str),
}

/// No line breaks and tabs, and never two spaces.
fn is_on_one_line(value: &[u8]) -> bool {
    let no_breaks = !value.iter().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t'));
    no_breaks && !value.windows(2).any(|pair| pair == b"  ")
}

/// 16 hexadecimal digits: XXH3 (64 bits) over the parts, each behind its name and before a NUL.
pub(super) fn fingerprint(parts: &Parts<'_>) -> String {
    let mut hasher = Xxh3::new();
    let mut part = |name: &str, value: &str| {
        hasher.update(name.as_bytes());
        hasher.update(value.as_bytes());
        hasher.update(&[0]);
    };
    part("rule:", parts.rule);
    part("field:", parts.field.unwrap_or_default());
    match parts.record {
        RecordKey::Id(id) => part("id:", id),
        RecordKey::Content { path, text } => {
            part("path:", path);
            part("content:", text);
        }
        RecordKey::File(path) => part("path:", path),
    }
    let value = parts.value.unwrap_or_default();
    if value.trim().len() == value.len() && is_on_one_line(value.as_bytes()) {
        part("value:", value);
    } else {
        part("value:", &value.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if parts.again > 0 {
        part("again:", &parts.again.to_string());
    }
    format!("{:016x}", hasher.digest())
}
