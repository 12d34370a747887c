//! A tree that owns its text: a schema, whose parts are shown when something breaks them.

use super::arena::Arena;
use super::view::Document;

/// A text with its tree.
#[derive(Debug)]
pub struct OwnedDocument {
    text: Box<str>,
    arena: Arena,
}

impl OwnedDocument {
    /// `arena` must have been filled from `text`.
    #[must_use]
    pub fn new(text: Box<str>, arena: Arena) -> Self {
        Self { text, arena }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        Document::new(&self.text, &self.arena)
    }
}
