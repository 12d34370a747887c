//! A column of a table: its name, and what of it is a field and a language.

use std::ops::Range;

use crate::document::{Cell, DECODED, NON_ASCII, hash};

use super::layout::Layout;

/// A column, by its cell in the header.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// What the header calls it, without white space at its ends.
    pub(crate) name: Box<str>,
    /// The bytes of the name in the text.
    pub(crate) span: Range<usize>,
    /// The name stands in the text as it is.
    pub(super) verbatim: bool,
    /// How many bytes of the name are a field, if it is one.
    field: Option<usize>,
    /// The language in brackets, as bytes of the name.
    language: Option<Range<usize>>,
    /// The first column that is called the same, if that is another.
    pub(crate) first: Option<usize>,
    /// The hash of the member that it becomes, and the flags of its name's node and of its language's.
    pub(super) hash: u32,
    pub(super) flags: (u8, u8),
}

impl Column {
    pub(super) fn read(text: &str, cell: Cell, layout: &Layout) -> Self {
        let raw = &text[cell.span()];
        let start = cell.start as usize + (raw.len() - raw.trim_start().len());
        let span = start..start + raw.trim().len();
        let name = &text[span.clone()];
        let verbatim = !(cell.quoted && name.contains('"'));
        let name: Box<str> = if verbatim { name.into() } else { name.replace("\"\"", "\"").into() };
        let (field, language) = layout.field(&name);
        let member = field.map_or(&*name, |length| &name[..length]);
        let hash = hash(member.as_bytes());
        let decoded = if verbatim { 0 } else { DECODED };
        let flags = |text: &str| decoded | if text.is_ascii() { 0 } else { NON_ASCII };
        let flags = (flags(member), language.clone().map_or(0, |language| flags(&name[language])));
        Self { name, span, verbatim, field, language, first: None, hash, flags }
    }

    /// The field, without a language: `dc.title`.
    pub(crate) fn field(&self) -> Option<&str> {
        self.field.map(|length| &self.name[..length])
    }

    /// The language in brackets, which may be empty: `en_US` of `dc.title[en_US]`.
    pub(crate) fn language(&self) -> Option<&str> {
        self.language.clone().map(|range| &self.name[range])
    }

    /// The bytes of the language in the text.
    pub(super) fn language_span(&self) -> Option<Range<usize>> {
        let language = self.language.clone().filter(|range| !range.is_empty())?;
        Some(if self.verbatim {
            self.span.start + language.start..self.span.start + language.end
        } else {
            self.span.clone()
        })
    }

    /// The bytes of the member's name in the text.
    pub(super) fn member_span(&self) -> Range<usize> {
        match self.field {
            Some(length) if self.verbatim => self.span.start..self.span.start + length,
            _ => self.span.clone(),
        }
    }

    /// The name of the member that it becomes.
    pub(super) fn member(&self) -> &str {
        self.field().unwrap_or(&self.name)
    }
}
