//! The formats, rules, profiles and vocabularies that are part of the program, by their path in the repository; and
//! files of the user's own that are read as they are.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Decoded, Document, FileMisfit, Kind, Misfit, Node, Wide};

/// A file that a catalogue is read from: part of the program, or borrowed from who read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'f> {
    pub(crate) path: &'f str,
    pub(crate) text: &'f str,
    /// Of its TOML, if it has some and is part of the program.
    tree: Option<Tree>,
}

/// A tree that was made when the program was.
#[derive(Clone, Copy, Debug)]
struct Tree {
    nodes: &'static [Node],
    decoded: &'static [Decoded],
    scratch: &'static str,
}

const fn node(start: u32, end: u32, next: u32, data: u32, kind: Kind, flags: u8) -> Node {
    Node { start, end, next, data, kind, flags }
}

/// Every file under `rules/` and `schemas/`, in the order of the paths.
#[allow(clippy::unreadable_literal, reason = "nobody reads the trees")]
static FILES: &[File<'static>] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl<'f> File<'f> {
    /// A file that is not part of the program.
    pub(crate) fn new(path: &'f str, text: &'f str) -> Self {
        Self { path, text, tree: None }
    }

    /// The tree of its TOML, which is `source`: the whole text, or in a rule's file its front matter.
    pub(crate) fn document(&self, source: &'f str) -> Option<Document<'f>> {
        let Tree { nodes, decoded, scratch } = self.tree?;
        Some(Document { source, nodes, decoded, scratch, wide: Wide::default() })
    }
}

/// The files that a catalogue is read from, in the order of their paths.
#[derive(Clone, Debug)]
pub(crate) struct Files(Cow<'static, [File<'static>]>);

impl Files {
    /// Those that are part of the program.
    pub(crate) fn built_in() -> Self {
        Self(Cow::Borrowed(FILES))
    }

    /// The same with these besides, each its path and its text, or in the place of those at the same paths.
    pub(crate) fn with(self, files: &[(&'static str, &'static str)]) -> Self {
        let mut all = self.0;
        for &(path, text) in files {
            let file = File::new(path, text);
            match all.binary_search_by_key(&path, |known| known.path) {
                Ok(found) => all.to_mut()[found] = file,
                Err(place) => all.to_mut().insert(place, file),
            }
        }
        Self(all)
    }

    /// One file.
    pub(crate) fn get(&self, path: &str) -> Option<File<'static>> {
        self.0.binary_search_by_key(&path, |file| file.path).ok().map(|found| self.0[found])
    }

    /// The files whose path begins and ends so.
    pub(crate) fn all(&self, prefix: &str, suffix: &str) -> impl Iterator<Item = File<'static>> {
        self.0.iter().copied().filter(move |file| file.path.starts_with(prefix) && file.path.ends_with(suffix))
    }
}

/// A file of the user's own: a rule, a profile, a schema.
#[derive(Clone, Debug)]
pub(crate) struct OwnFile {
    /// As shown, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl OwnFile {
    pub(crate) fn file(&self) -> File<'_> {
        File::new(&self.path, &self.text)
    }

    /// Something that is wrong at these bytes of it.
    pub(crate) fn misfit(&self, message: String, span: Range<usize>) -> FileMisfit {
        let (path, text) = (self.path.as_str().into(), self.text.as_str().into());
        FileMisfit { path, text, misfit: Misfit { message, span, help: None } }
    }
}
