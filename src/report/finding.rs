//! A finding as one JSON object: what `serde_json` writes of it, and a test holds it to that.
//!
//! Findings are half of what a run over faulty records costs. Their members are few and known, most texts have nothing to
//! escape, and the record is the same in all of a record's findings: it is written once and copied.

use crate::document::{Position, is_name};
use crate::finding::{Finding, Fix, RecordName, RelatedPlace};

/// Writes findings of one record after the other into `out`.
pub(super) struct FindingWriter<'o> {
    out: &'o mut Vec<u8>,
    /// Where the path and the record's name stand, once they are written.
    record: Option<std::ops::Range<usize>>,
}

impl<'o> FindingWriter<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, record: None }
    }

    /// How many bytes there are.
    pub(super) fn written(&self) -> usize {
        self.out.len()
    }

    /// Writes the bytes as they are.
    #[inline]
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Writes one finding; its path and record must be those of the findings before.
    pub(super) fn write(&mut self, finding: &Finding) {
        let Finding { rule, category, severity, message, help, url, fingerprint, path, .. } = finding;
        self.plain("{\"rule\":\"", rule);
        self.plain(",\"category\":\"", category);
        self.plain(",\"severity\":\"", severity.name());
        self.text(",\"message\":", message);
        self.maybe(",\"help\":", help.as_deref());
        self.maybe(",\"url\":", url.as_deref());
        self.plain(",\"fingerprint\":\"", fingerprint);
        self.path_and_record(path, finding.record.as_deref());
        match &finding.field {
            Some(field) => self.plain(",\"field\":\"", field),
            None => self.raw(b",\"field\":null"),
        }
        self.maybe(",\"pointer\":", finding.pointer.as_deref());
        self.raw(if finding.present { b",\"present\":true" } else { b",\"present\":false" });
        self.maybe(",\"value\":", finding.value.as_deref());
        self.maybe(",\"suggestion\":", finding.suggestion.as_deref());
        if let Some(cell) = &finding.cell {
            self.text(",\"cell\":", cell);
        }
        if let Some(column) = &finding.column {
            self.text(",\"column\":", column);
        }
        self.position(",\"start\":", finding.start);
        self.position(",\"end\":", finding.end);
        self.related(&finding.related);
        self.fix(finding.fix.as_ref());
        self.raw(b"}");
    }

    fn path_and_record(&mut self, path: &str, record: Option<&RecordName>) {
        if let Some(before) = self.record.clone() {
            self.out.extend_from_within(before);
            return;
        }
        let start = self.out.len();
        self.text(",\"path\":", path);
        self.raw(b",\"record\":");
        match record {
            None => self.raw(b"null"),
            Some(RecordName { index, row, id, title, url, group }) => {
                self.number("{\"index\":", *index);
                match row {
                    None => self.raw(b",\"row\":null"),
                    Some(row) => self.number(",\"row\":", *row),
                }
                self.maybe(",\"id\":", id.as_deref());
                self.maybe(",\"title\":", title.as_deref());
                self.maybe(",\"url\":", url.as_deref());
                self.maybe(",\"group\":", group.as_deref());
                self.raw(b"}");
            }
        }
        self.record = Some(start..self.out.len());
    }

    fn related(&mut self, related: &[RelatedPlace]) {
        self.raw(b",\"related\":[");
        for (position, place) in related.iter().enumerate() {
            self.text(if position > 0 { ",{\"path\":" } else { "{\"path\":" }, &place.path);
            self.maybe(",\"pointer\":", place.pointer.as_deref());
            self.position(",\"start\":", place.start);
            self.position(",\"end\":", place.end);
            self.text(",\"message\":", &place.message);
            self.raw(b"}");
        }
        self.raw(b"]");
    }

    fn fix(&mut self, fix: Option<&Fix>) {
        let Some(fix) = fix else { return self.raw(b",\"fix\":null") };
        self.text(",\"fix\":{\"safety\":", &fix.safety);
        self.raw(b",\"edits\":[");
        for (position, edit) in fix.edits.iter().enumerate() {
            self.number(if position > 0 { ",{\"start\":" } else { "{\"start\":" }, edit.start);
            self.number(",\"end\":", edit.end);
            self.text(",\"text\":", &edit.text);
            self.raw(b"}");
        }
        self.raw(b"]}");
    }

    #[inline]
    fn position(&mut self, name: &str, Position { byte, line, column }: Position) {
        self.raw(name.as_bytes());
        self.number("{\"byte\":", byte);
        self.number(",\"line\":", line);
        self.number(",\"column\":", column);
        self.raw(b"}");
    }

    #[inline]
    fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            return self.text(name, text);
        }
        self.raw(name.as_bytes());
        self.raw(b"null");
    }

    #[inline]
    fn number(&mut self, name: &str, number: u64) {
        self.raw(name.as_bytes());
        self.raw(itoa::Buffer::new().format(number).as_bytes());
    }

    #[inline]
    fn text(&mut self, name: &str, text: &str) {
        self.raw(name.as_bytes());
        self.quoted(text.as_bytes());
    }

    /// A word of our own that has nothing to escape (`is_name`); `name` ends with the quote before it.
    #[inline]
    fn plain(&mut self, name: &str, text: &str) {
        debug_assert!(is_name(text), "{text} would need escapes");
        self.raw(name.as_bytes());
        self.raw(text.as_bytes());
        self.raw(b"\"");
    }

    #[inline(never)]
    fn quoted(&mut self, text: &[u8]) {
        self.raw(b"\"");
        let mut rest = text;
        while let Some(at) = to_escape(rest) {
            self.raw(&rest[..at]);
            self.escape(rest[at]);
            rest = &rest[at + 1..];
        }
        self.raw(rest);
        self.raw(b"\"");
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.raw(b"\\\""),
            b'\\' => self.raw(b"\\\\"),
            b'\n' => self.raw(b"\\n"),
            b'\r' => self.raw(b"\\r"),
            b'\t' => self.raw(b"\\t"),
            0x08 => self.raw(b"\\b"),
            0x0C => self.raw(b"\\f"),
            other => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                self.raw(b"\\u00");
                self.raw(&[DIGITS[usize::from(other >> 4)], DIGITS[usize::from(other & 15)]]);
            }
        }
    }
}

/// The text as JSON.
pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    FindingWriter::new(out).quoted(text.as_bytes());
}

/// The first byte that JSON does not let stand in a text; eight are looked at at once.
#[inline]
fn to_escape(bytes: &[u8]) -> Option<usize> {
    let (stretches, rest) = bytes.as_chunks::<8>();
    for (number, stretch) in stretches.iter().enumerate() {
        let marks = escapes_in(u64::from_le_bytes(*stretch));
        if marks != 0 {
            return Some(number * 8 + marks.trailing_zeros() as usize / 8);
        }
    }
    let must = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    rest.iter().position(must).map(|at| stretches.len() * 8 + at)
}

/// Sets the highest bit of bytes that JSON does not let stand: the lowest that is set is right, those above may be wrong.
#[inline]
fn escapes_in(eight: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let below = |eight: u64, limit: u64| eight.wrapping_sub(EACH * limit) & !eight;
    let is = |sign: u8| below(eight ^ (EACH * u64::from(sign)), 1);
    (below(eight, 0x20) | is(b'"') | is(b'\\')) & (EACH << 7)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use std::sync::Arc;

    use super::FindingWriter;
    use crate::document::Position;
    use crate::finding::{Edit, Finding, Fix, RecordName, RelatedPlace, Severity};

    fn finding(text: &str, record: Option<Arc<RecordName>>) -> Finding {
        let text = || text.to_owned();
        let (start, end) =
            (Position { byte: 0, line: 1, column: u64::MAX }, Position { byte: 10, line: 9, column: 100 });
        let related = RelatedPlace { path: text().into(), pointer: None, start, end, message: text() };
        let edit = Edit { start: 7, end: 12, text: text() };
        Finding {
            rule: "a-rule".into(),
            category: "values".into(),
            severity: Severity::Warning,
            message: text(),
            help: Some(text()),
            url: None,
            fingerprint: "0123456789abcdef".to_owned(),
            path: text().into(),
            record,
            field: Some("creator.orcid".into()),
            pointer: Some(text()),
            present: true,
            value: None,
            suggestion: Some(text()),
            cell: Some("H57".to_owned()),
            column: Some(text()),
            start,
            end,
            related: vec![related.clone(), RelatedPlace { pointer: Some(text()), ..related }],
            fix: Some(Fix { safety: text().into(), edits: vec![edit.clone(), edit] }),
        }
    }

    #[test]
    fn findings_are_written_as_serde_would() {
        let every: String = (0..=255).map(char::from).collect();
        let name = |text: &str| RecordName {
            index: 0,
            row: Some(5),
            id: Some(text.to_owned()),
            title: None,
            url: Some(text.to_owned()),
            group: None,
        };
        for text in ["", "plain", "just sixteen long", "a \"quote\" behind the first sixteen \u{1F}\\", &every] {
            for record in [None, Some(name(text)), Some(RecordName { row: None, ..name(text) })] {
                let record = record.map(Arc::new);
                let full = finding(text, record.clone());
                let bare = Finding {
                    help: None,
                    cell: None,
                    column: None,
                    present: false,
                    related: Vec::new(),
                    fix: None,
                    ..full.clone()
                };
                let mut written = Vec::new();
                let mut writer = FindingWriter::new(&mut written);
                writer.write(&full);
                writer.write(&bare);
                let [full, bare] =
                    [full, bare].map(|finding| serde_json::to_string(&finding).expect("it is plain data"));
                assert_eq!(String::from_utf8(written).expect("it is UTF-8"), full + &bare);
            }
        }
    }
}
