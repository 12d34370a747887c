//! How a carrier of the shape *header-row* writes its records: what its format's file says under `table`.

use crate::document::{Misfit, NodeRef, Table, hash, text};

/// The names of a row's tree, and how header and cells are written. Without a format's word nothing is a field or parted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// One behind the other: the member of a row in which its fields stand, then those of a value: its text, language,
    /// authority, confidence.
    pub(super) names: Box<str>,
    /// Where each stands there.
    pub(super) places: [(usize, usize); 5],
    /// Their hashes.
    pub(super) hashes: [u32; 5],
    /// How many names with points between them a field's header has: at least, at most.
    pub(crate) parts: (usize, usize),
    /// What stands before and behind a language in a header.
    pub(crate) language: (char, char),
    /// What stands between the values of a cell.
    pub(crate) values: Box<str>,
    /// What stands before an authority, and before its confidence.
    pub(super) authority: Box<str>,
    /// What stands in place of an id in the row of a new record.
    pub(crate) new_item: Box<str>,
    /// How many rows are imported at once at most.
    pub(crate) most_rows: Option<u64>,
    /// How many rows an export has at most.
    pub(crate) export_rows: Option<u64>,
    /// Fields that an export leaves out.
    pub(crate) not_exported: Box<[Box<str>]>,
    /// The fields that the system itself knows, by their schemas: `issued` of the element `date` as `date.issued`.
    pub(crate) registry: Box<[Registered]>,
}

/// A schema, and its fields without it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Registered {
    pub(crate) schema: Box<str>,
    pub(crate) fields: Box<[Box<str>]>,
}

impl Layout {
    /// Reads the table `table` of a carrier.
    pub(crate) fn read(node: NodeRef<'_>) -> Result<Self, Misfit> {
        let mut table = Table::new(node)?;
        let names = [
            table.need_text("fields")?,
            table.need_text("value")?,
            table.need_text("language")?,
            table.need_text("authority")?,
            table.need_text("confidence")?,
        ];
        let parts = match table.list("parts").as_slice() {
            [least, most] => (whole(*least)?, whole(*most)?),
            _ => {
                return Err(Misfit::at(node, "`parts` says how many names a field's header has, at least and at most"));
            }
        };
        let in_brackets = table.any("language-in").ok_or_else(|| Misfit::at(node, "`language-in` is missing here"))?;
        let mut brackets = text("language-in", in_brackets)?.chars();
        let (Some(open), Some(close), None) = (brackets.next(), brackets.next(), brackets.next()) else {
            return Err(Misfit::at(in_brackets, "these are the two signs round a language, as in `[]`"));
        };
        let mut end = 0;
        let layout = Self {
            hashes: names.map(|name| hash(name.as_bytes())),
            places: names.map(|name| {
                let start = end;
                end += name.len();
                (start, end)
            }),
            names: names.concat().into(),
            parts: (parts.0, parts.1),
            language: (open, close),
            values: table.need_text("between-values")?.into(),
            authority: table.need_text("before-authority")?.into(),
            new_item: table.need_text("new-item")?.into(),
            most_rows: table.any("most-rows").map(whole).transpose()?.map(|rows| rows as u64),
            export_rows: table.any("export-rows").map(whole).transpose()?.map(|rows| rows as u64),
            not_exported: table.texts("not-exported")?.into_iter().map(|(name, _)| name.into()).collect(),
            registry: table.any("registry").map(registry).transpose()?.unwrap_or_default(),
        };
        table.done()?;
        Ok(layout)
    }

    /// How much of a header is a field, in bytes, and the language in brackets behind it.
    pub(super) fn field(&self, name: &str) -> (Option<usize>, Option<std::ops::Range<usize>>) {
        let (open, close) = self.language;
        let (field, language) = match name.strip_suffix(close).and_then(|inner| inner.split_once(open)) {
            Some((field, language)) => {
                let start = field.len() + open.len_utf8();
                (field, Some(start..start + language.len()))
            }
            None => (name, None),
        };
        let is_part = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte > 0x7F)
        };
        let (least, most) = self.parts;
        let is_field = (least..=most).contains(&field.split('.').count()) && field.split('.').all(is_part);
        if is_field { (Some(field.len()), language) } else { (None, None) }
    }
}

/// Reads `registry`, a table of lists.
fn registry(node: NodeRef<'_>) -> Result<Box<[Registered]>, Misfit> {
    let schema = |(schema, fields): (NodeRef<'_>, NodeRef<'_>)| {
        let names = fields.elements().map(|name| Ok(text("registry", name)?.into()));
        Ok(Registered { schema: schema.raw_text().into(), fields: names.collect::<Result<_, Misfit>>()? })
    };
    node.members().map(schema).collect()
}

fn whole(node: NodeRef<'_>) -> Result<usize, Misfit> {
    node.source().parse().map_err(|_| Misfit::at(node, "a whole number is expected here"))
}
