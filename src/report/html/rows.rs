//! What a worker writes of a record and of what was found in it: lines of lists, each with a sign before it.
//!
//! JSON has no control characters, so that they can stand for what the writer has to know.

use std::sync::Arc;

use crate::document::{Kind, Source};
use crate::format::{FieldValue, Meaning};
use crate::policy::Reported;
use crate::value::visible_lines;

use super::super::{Gate, RecordReport, Rendered, Understood};

/// A line of the index comes.
pub(super) const INDEX: u8 = 0x1E;
/// The values of the record that came last come.
pub(super) const DETAILS: u8 = 0x1D;
/// A text comes, in quotes, that may come again; it ends with the same sign.
pub(super) const AGAIN: u8 = 0x1F;

/// Longer values are cut: in the list, in a record.
const SHOWN: usize = 300;
const SHOWN_WHOLE: usize = 1500;
/// So many values of a field are shown.
const MOST_VALUES: usize = 50;

/// Names the path of what comes next, unless it was named last: `"records.ndjson"`.
pub(super) fn path(source: &Source<'_>, at: usize, rendered: &mut Rendered) {
    let path = &source.segment(at).path;
    if rendered.path.as_ref() != Some(path) {
        let line = Line::index(&mut rendered.bytes);
        line.out.push(AGAIN);
        text(path, line.out);
        line.out.push(AGAIN);
        rendered.path = Some(Arc::clone(path));
        rendered.end(Gate::Always);
    }
}

/// `[0, byte, line, row, format, id, title, collection, year, states, fields]`: states by their places, fields as a number
/// in hexadecimal digits whose lowest bit is the first field.
pub(super) fn record(understood: &Understood<'_>, out: &mut Vec<u8>) {
    let Understood { source, record, name, states } = understood;
    let place = source.position(record.root.span().start);
    let mut line = Line::index(out);
    line.out.push(b'[');
    line.number(0).number(place.byte).number(place.line).number(name.row.unwrap_or(0));
    line.number(record.format.number as u64);
    line.maybe(name.id.as_deref());
    match &name.title {
        Some(title) => line.cut(title, SHOWN),
        None => line.null(),
    };
    line.maybe_again(name.group.as_deref());
    line.number(year(understood).unwrap_or(0));
    line.comma();
    line.out.push(b'[');
    for state in states {
        line.number(*state as u64);
    }
    line.out.push(b']');
    let mut digits = String::new();
    for field in record.fields.present().iter() {
        let (digit, bit) = (field.index() / 4, field.index() % 4);
        while digits.len() <= digit {
            digits.push('0');
        }
        let before = digits.as_bytes()[digit];
        let value = char::from(before).to_digit(16).unwrap_or(0) | 1 << bit;
        digits.replace_range(digit..=digit, char::from_digit(value, 16).unwrap_or('0').encode_utf8(&mut [0; 4]));
    }
    line.maybe_again(Some(&digits));
    line.out.push(b']');
}

/// The year in which it came out, if one of its dates says so.
fn year(understood: &Understood<'_>) -> Option<u64> {
    let record = understood.record;
    let dates = record.table.known().issued.into_iter().flatten().filter_map(|field| record.fields.first(field));
    let years = dates.filter_map(|value| match value.meaning() {
        Meaning::Date(date) => date.year(),
        _ => value.text().trim().parse().ok(),
    });
    years.filter_map(|year| u64::try_from(year).ok()).find(|year| (1..=9999).contains(year))
}

/// `[link, [field, entry, from, to, text], …]`: the values of a record in the order of the fields. `from` and `to` are bytes
/// of the record, `entry` is where the entry begins that the value is part of.
pub(super) fn values(understood: &Understood<'_>, out: &mut Vec<u8>) {
    let Understood { record, name, .. } = understood;
    let start = record.root.span().start;
    out.push(DETAILS);
    let mut line = Line { out };
    line.out.push(b'[');
    line.maybe(name.url.as_deref());
    for (id, _) in record.table.iter().filter(|(id, _)| record.format.maps(*id)) {
        // An object where another path leads to its parts is no value, and what is null is not given.
        let shown = |value: &FieldValue<'_>| match value.node.kind() {
            Kind::Null => false,
            Kind::Array | Kind::Object => value.node.is_empty(),
            _ => true,
        };
        let mut values = record.fields.all(id).filter(shown);
        for value in values.by_ref().take(MOST_VALUES) {
            let span = value.node.span();
            line.comma();
            line.out.push(b'[');
            line.number(id.index() as u64);
            match record.fields.value(value.hit.entry) {
                Some(entry) => line.number(entry.node.span().start.saturating_sub(start) as u64),
                None => line.null(),
            };
            line.number(span.start.saturating_sub(start) as u64).number(span.end.saturating_sub(start) as u64);
            let text = if value.node.is_container() { "" } else { value.text() };
            line.cut(text, SHOWN_WHOLE);
            line.out.push(b']');
        }
        let more = values.count();
        if more > 0 {
            line.comma();
            line.out.push(b'[');
            line.number(id.index() as u64).null().number(0).number(0).number(more as u64);
            line.out.push(b']');
        }
    }
    line.out.push(b']');
}

/// `[1, or 2 for what is of no record, byte of the record, rule, severity, field, from, to, present, message, help, value, suggestion, pointer, line,
/// column, fingerprint]`, and of a table the cell, with what the header calls its column.
pub(super) fn finding(report: &RecordReport<'_>, reported: &Reported, out: &mut Vec<u8>) {
    let finding = &reported.finding;
    let within = |at: usize| at.saturating_sub(report.range.start) as u64;
    let mut line = Line::index(out);
    line.out.push(b'[');
    // What is found round the records is of none of them.
    let kind = if report.name.is_some() { 1 } else { 2 };
    line.number(kind).number(report.source.position(report.range.start).byte);
    line.number(reported.rule.index() as u64).number(finding.severity as u64);
    line.maybe_again(finding.field.as_deref());
    line.number(within(reported.span.start)).number(within(reported.span.end));
    line.number(u64::from(finding.present));
    line.maybe_again(Some(&finding.message)).maybe_again(finding.help.as_deref());
    match &finding.value {
        Some(value) => line.cut(value, SHOWN),
        None => line.null(),
    };
    line.maybe(finding.suggestion.as_deref()).maybe_again(finding.pointer.as_deref());
    line.number(finding.start.line).number(finding.start.column);
    line.maybe(Some(&finding.fingerprint));
    if let Some(cell) = &finding.cell {
        let column = finding.column.as_deref().map(|column| format!(" ({column})")).unwrap_or_default();
        line.maybe(Some(&format!("{cell}{column}")));
    }
    line.out.push(b']');
}

/// A list that grows.
struct Line<'o> {
    out: &'o mut Vec<u8>,
}

impl<'o> Line<'o> {
    fn index(out: &'o mut Vec<u8>) -> Self {
        out.push(INDEX);
        Self { out }
    }

    /// A comma, unless it is the first in its list.
    fn comma(&mut self) {
        if self.out.last() != Some(&b'[') {
            self.out.push(b',');
        }
    }

    fn number(&mut self, number: u64) -> &mut Self {
        self.comma();
        self.out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        self
    }

    fn null(&mut self) -> &mut Self {
        self.comma();
        self.out.extend_from_slice(b"null");
        self
    }

    fn maybe(&mut self, value: Option<&str>) -> &mut Self {
        let Some(value) = value else { return self.null() };
        self.comma();
        text(value, self.out);
        self
    }

    /// A text that may come again.
    fn maybe_again(&mut self, value: Option<&str>) -> &mut Self {
        let Some(value) = value else { return self.null() };
        self.comma();
        self.out.push(AGAIN);
        text(value, self.out);
        self.out.push(AGAIN);
        self
    }

    /// A text of no more than so many characters.
    fn cut(&mut self, value: &str, most: usize) -> &mut Self {
        match value.char_indices().nth(most) {
            Some((end, _)) => self.maybe(Some(&[visible_lines(&value[..end]).as_ref(), "…"].concat())),
            None => self.maybe(Some(&visible_lines(value))),
        }
    }
}

/// The text as JSON.
fn text(value: &str, out: &mut Vec<u8>) {
    super::super::finding::quoted(value, out);
}
