//! Templates of a record's page on the web: `https://doi.org/{doi}`, `{source}/items/{id:uuid}`.

use std::fmt::Write;

use crate::document::{Misfit, NodeRef, text};

use super::field::{FieldId, FieldTable};

/// What stands in a template for the address of the repository that the records come from.
const SOURCE: &str = "{source}";

/// What a value must look like to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Any,
    Uuid,
}

/// A template with one field.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// As written, for messages.
    pub(crate) written: Box<str>,
    /// It begins with the address of the repository, which the configuration gives.
    pub(crate) of_source: bool,
    before: Box<str>,
    /// The field that it asks for.
    pub(crate) field: FieldId,
    look: Look,
    after: Box<str>,
}

impl Link {
    /// Reads a template.
    pub(super) fn read(node: NodeRef<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let link = text("link", node)?;
        let rest = link.strip_prefix(SOURCE).unwrap_or(link);
        let from = link.len() - rest.len();
        let parts = rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
        let Some((before, (slot, after))) = parts.filter(|(_, (_, after))| !after.contains(['{', '}'])) else {
            return Err(Misfit::at(node, "a link has one field in braces").help("as in `https://doi.org/{doi}`"));
        };
        let at = from + before.len() + 1;
        let (field, look) = match slot.split_once(':') {
            None => (slot, Look::Any),
            Some((field, "uuid")) => (field, Look::Uuid),
            Some((field, look)) => {
                let misfit = Misfit::at(node, format!("no value looks like `{look}`")).help("`uuid` is known");
                return Err(misfit.within(&(at + field.len() + 1..at + slot.len())));
            }
        };
        Ok(Self {
            written: link.into(),
            of_source: from > 0,
            before: before.into(),
            field: fields.need(field, node).map_err(|misfit| misfit.within(&(at..at + field.len())))?,
            look,
            after: after.into(),
        })
    }

    /// The address, by the repository's and a value of the field; none where the former is lacking or it is no address.
    pub(crate) fn fill(&self, source: Option<&str>, value: &str) -> Option<String> {
        let source = if self.of_source { source? } else { "" };
        let value = value.trim();
        if value.is_empty() || (self.look == Look::Uuid && !is_uuid(value)) {
            return None;
        }
        if is_address(value) {
            return Some(value.to_owned());
        }
        let url = [source, &self.before, &escaped(value), &self.after].concat();
        is_address(&url).then_some(url)
    }
}

/// The text is the address of a page.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') && !rest.contains(char::is_whitespace)
    })
}

/// The text is a UUID, with its hyphens.
pub(crate) fn is_uuid(text: &str) -> bool {
    const DASHES: [usize; 4] = [8, 13, 18, 23];
    let fits = |(at, byte): (usize, u8)| if DASHES.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

/// A value as part of a path: what would end the path, or cannot stand in an address, by its bytes.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, ' ' | '"' | '<' | '>' | '#' | '?' | '%' | '\\' | '^' | '`' | '{' | '|' | '}') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(escaped, "%{byte:02X}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}
