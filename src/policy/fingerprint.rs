//! Fingerprints: the same for the same fault of the same record, wherever it moves in the file.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::few::FewMap;

/// What a fingerprint is made of.
pub(super) struct Parts<'a> {
    pub(super) rule: &'a str,
    pub(super) field: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    /// The record's identifier; without one its file and content.
    pub(super) record: RecordKey<'a>,
}

/// What identifies a record for its fingerprints.
pub(super) enum RecordKey<'a> {
    Id(&'a str),
    Content { path: &'a str, text: &'a str },
    File(&'a str),
}

/// No line breaks and tabs, and never two spaces.
#[expect(clippy::needless_bitwise_bool, reason = "without a way out in the middle many bytes are looked at at once")]
pub(super) fn is_on_one_line(value: &[u8]) -> bool {
    let is_break = |byte: u8| (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
    let breaks = value.iter().fold(false, |any, byte| any | is_break(*byte));
    let behind = value.get(1..).unwrap_or_default();
    let doubled = value.iter().zip(behind).fold(false, |any, (one, next)| any | ((*one == b' ') & (*next == b' ')));
    !breaks && !doubled
}

/// What has been found in a record before: alike findings are told apart by their number.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// By rule, field and value.
    counts: FewMap<u64, u32>,
    /// What the fingerprint is taken of: each part behind its name and before a NUL.
    text: String,
}

impl Before {
    /// 16 hexadecimal digits: XXH3 (64 bits) over the parts.
    pub(super) fn fingerprint(&mut self, parts: &Parts<'_>) -> String {
        let again = self.alike(parts);
        self.text.clear();
        let mut part = |name: &str, value: &str| {
            self.text.push_str(name);
            self.text.push_str(value);
            self.text.push('\0');
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
        if again > 0 {
            part("again:", &again.to_string());
        }
        hexadecimal(xxh3_64(self.text.as_bytes()))
    }

    /// How often the same has been found before.
    fn alike(&mut self, Parts { rule, field, value, .. }: &Parts<'_>) -> u32 {
        let mut key = xxh3_64(rule.as_bytes());
        for part in [field, value] {
            key = part.map_or(!key, |part| xxh3_64_with_seed(part.as_bytes(), key));
        }
        let count = self.counts.entry(key);
        *count += 1;
        *count - 1
    }
}

/// 16 digits.
fn hexadecimal(number: u64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut rest = number;
    let mut text = [0; 16];
    for digit in text.iter_mut().rev() {
        *digit = DIGITS[(rest & 15) as usize];
        rest >>= 4;
    }
    std::str::from_utf8(&text).unwrap_or_default().to_owned()
}
