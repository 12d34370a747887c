//! The formats, rules, profiles and vocabularies that are part of the program, by their path in the repository.

use std::borrow::Cow;

use crate::document::{Decoded, Document, Kind, Node};

/// A file that a catalogue is read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File {
    pub(crate) path: &'static str,
    pub(crate) text: &'static str,
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
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl File {
    /// The tree of its TOML, which is `source`: the whole text, or in a rule's file its front matter.
    pub(crate) fn document(&self, source: &'static str) -> Option<Document<'static>> {
        let Tree { nodes, decoded, scratch } = self.tree?;
        Some(Document { source, nodes, decoded, scratch })
    }
}

/// The files that a catalogue is read from, in the order of their paths.
#[derive(Clone, Debug)]
pub(crate) struct Files(Cow<'static, [File]>);

impl Files {
    /// Those that are part of the program.
    pub(crate) fn built_in() -> Self {
        Self(Cow::Borrowed(FILES))
    }

    /// The same with these besides, each its path and its text, or in the place of those at the same paths.
    pub(crate) fn with(self, files: &[(&'static str, &'static str)]) -> Self {
        let mut all = self.0;
        for &(path, text) in files {
            let file = File { path, text, tree: None };
            match all.binary_search_by_key(&path, |known| known.path) {
                Ok(found) => all.to_mut()[found] = file,
                Err(place) => all.to_mut().insert(place, file),
            }
        }
        Self(all)
    }

    /// One file.
    pub(crate) fn get(&self, path: &str) -> Option<File> {
        self.0.binary_search_by_key(&path, |file| file.path).ok().map(|found| self.0[found])
    }

    /// The files whose path begins and ends so.
    pub(crate) fn all(&self, prefix: &str, suffix: &str) -> impl Iterator<Item = File> {
        self.0.iter().copied().filter(move |file| file.path.starts_with(prefix) && file.path.ends_with(suffix))
    }
}
