//! What a record is called in reports: its identifier, its title on one line, and the address of its page.

use crate::check::Record;
use crate::finding::RecordName;
use crate::format::{Collections, FieldValue, Link};
use crate::value::{Class, shortened};

use super::fingerprint::is_on_one_line;

/// A record's name, for all that is found in it.
pub(crate) fn name_of(record: &Record<'_>, index: u64, row: Option<u64>, collections: &Collections) -> RecordName {
    let known = record.table.known();
    let first = |field: Option<crate::format::FieldId>| Some(record.fields.first(field?)?.text().trim());
    // A sign that stands where an identifier will be names nothing.
    let names = |id: &&str| id.contains(char::is_alphanumeric);
    RecordName {
        index,
        row,
        id: first(known.id).filter(names).map(str::to_owned),
        title: first(known.title).map(one_line),
        url: link_of(record),
        group: first(known.collection).map(|id| collections.name(id).to_owned()),
    }
}

/// The text with one space where it has white space.
fn one_line(text: &str) -> String {
    // Vertical tab and form feed, and the bytes with which the UTF-8 of white space beyond ASCII begins.
    let may_be_space = |byte: u8| matches!(byte, 0x0B | 0x0C | 0xC2 | 0xE1..=0xE3);
    if is_on_one_line(text.as_bytes()) && !text.bytes().fold(false, |any, byte| any | may_be_space(byte)) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The record's page on the web, by the first template that can be filled.
fn link_of(record: &Record<'_>) -> Option<String> {
    let source = record.format.source.as_deref();
    let link = |link: &Link| link.fill(source, record.fields.values(link.field).find_map(that_leads)?);
    record.format.links.iter().find_map(link)
}

/// The value as a link can have it: what is no DOI leads nowhere, one in another notation leads where it should.
fn that_leads(value: FieldValue<'_>) -> Option<&str> {
    match value.fault() {
        None => Some(value.text()),
        Some(fault) if fault.class == Class::Notation => fault.intended.as_deref(),
        Some(_) => None,
    }
}

/// A title for one line of a report.
pub(crate) fn short_title(name: &RecordName) -> Option<String> {
    name.title.as_deref().or(name.id.as_deref()).map(|title| shortened(title).into_owned())
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn any_white_space_becomes_one_space() {
        for c in '\0'..=char::MAX {
            let title = format!("São {c} Paulo");
            let wanted = if c.is_whitespace() { "São Paulo".to_owned() } else { title.clone() };
            assert_eq!(one_line(&title), wanted, "{c:?}");
        }
        assert_eq!(one_line(" two\u{A0}\u{A0}lines\r\n"), "two lines");
    }
}
