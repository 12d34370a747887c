//! Fingerprints: the same for the same fault of the same record, wherever it moves in the file.

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::check::{Check, Detail, Raw, Record};
use crate::document::{NodeRef, Prefix};
use crate::few::FewMap;
use crate::finding::{Finding, RecordName};
use crate::paths::STDIN;

use super::build::Scene;

/// What a fingerprint is made of.
pub(super) struct Parts<'a> {
    pub(super) rule: &'a str,
    pub(super) field: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) record: RecordKey<'a>,
}

/// What identifies a record for its fingerprints.
pub(super) enum RecordKey<'a> {
    Id(&'a str),
    /// Of a record without an identifier: what is mended in it leaves its other faults what they are.
    Title {
        path: &'a str,
        title: &'a str,
    },
    /// Of a record without either: the layout aside.
    Content {
        path: &'a str,
        content: u64,
    },
    /// Of what could not be read as a record.
    Text {
        path: &'a str,
        text: &'a str,
    },
    /// Of what is found round records, or said once a file.
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
    /// Of the record's tree, once it was asked for.
    content: Option<u64>,
    /// What the fingerprint is taken of: each part behind its name and before a NUL.
    text: String,
}

impl Before {
    /// What the record says, as a number: it is the same for all that is found in it.
    pub(super) fn content_of(&mut self, record: NodeRef<'_>) -> u64 {
        *self.content.get_or_insert_with(|| record.content())
    }

    /// 16 hexadecimal digits: XXH3 (64 bits) over the parts.
    pub(super) fn fingerprint(&mut self, parts: &Parts<'_>) -> String {
        let value = parts.value.unwrap_or_default();
        let value = if value.trim().len() == value.len() && is_on_one_line(value.as_bytes()) {
            Cow::Borrowed(value)
        } else {
            Cow::Owned(value.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let again = self.alike(parts, &value);
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
            RecordKey::Title { path, title } => {
                part("path:", path);
                part("title:", title);
            }
            RecordKey::Content { path, content } => {
                part("path:", path);
                part("content:", &hexadecimal(content));
            }
            RecordKey::Text { path, text } => {
                part("path:", path);
                part("content:", text);
            }
            RecordKey::File(path) => part("path:", path),
        }
        part("value:", &value);
        if again > 0 {
            part("again:", &again.to_string());
        }
        hexadecimal(xxh3_64(self.text.as_bytes()))
    }

    /// How often the same has been found before; `value` is that of the fingerprint, whatever its blanks were.
    fn alike(&mut self, Parts { rule, field, .. }: &Parts<'_>, value: &str) -> u32 {
        let mut key = xxh3_64(rule.as_bytes());
        for part in [*field, Some(value)] {
            key = part.map_or(!key, |part| xxh3_64_with_seed(part.as_bytes(), key));
        }
        let count = self.counts.entry(key);
        *count += 1;
        *count - 1
    }
}

impl Scene<'_> {
    /// That of a finding made of `raw`.
    pub(super) fn fingerprint(&self, finding: &Finding, raw: &Raw, before: &mut Before) -> String {
        let path = match self.root {
            Some(root) => Cow::Owned(root.see(&finding.path)),
            None => Cow::Borrowed(&*finding.path),
        };
        let rule = &*finding.rule;
        if self.catalogue.rule(raw.rule).once {
            // In which record it is said depends on their order.
            let parts = Parts { rule, field: None, value: None, record: RecordKey::File(&path) };
            return Before::default().fingerprint(&parts);
        }
        if let Detail::Column(words) = &raw.detail {
            let record = RecordKey::File(&path);
            return before.fingerprint(&Parts { rule, field: finding.column.as_deref(), value: words.variant, record });
        }
        let record = match finding.record.as_deref() {
            None => RecordKey::File(&path),
            Some(name) => self.key_of(name, &finding.path, &path, before),
        };
        // What is missing has no value: one that stands there and does not count may be one of several, in any order.
        let is_missing = matches!(self.catalogue.rule(raw.rule).check, Check::Missing(_));
        let value = finding.value.as_deref().filter(|_| !is_missing);
        before.fingerprint(&Parts { rule, field: finding.field.as_deref(), value, record })
    }
}

impl<'a> Scene<'a> {
    /// What identifies the record of this `name` in the file that is shown as `shown` and known as `path`.
    fn key_of<'k>(&self, name: &'k RecordName, shown: &str, path: &'k str, before: &mut Before) -> RecordKey<'k>
    where
        'a: 'k,
    {
        // What a file of this name holds is the same thing, whatever of it is mended.
        if self.record.is_some_and(|record| record.carrier.is_named(shown)) {
            return RecordKey::File(path);
        }
        if let Some(id) = &name.id {
            return RecordKey::Id(id);
        }
        let is_whole_file = *self.prefix == Prefix::Root && name.index == 0 && name.row.is_none() && shown != STDIN;
        let is_root = |record: &Record<'_>| record.root.index == 0;
        if is_whole_file && self.record.is_some_and(is_root) {
            return RecordKey::File(path);
        }
        match (&name.title, self.record) {
            (Some(title), _) => RecordKey::Title { path, title },
            (None, Some(record)) => RecordKey::Content { path, content: before.content_of(record.root) },
            (None, None) => RecordKey::Text { path, text: &self.source.text()[self.range.clone()] },
        }
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
