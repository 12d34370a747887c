//! The formats, rules, profiles and vocabularies that are part of the program, by their path in the repository.

use crate::document::{Decoded, Document, Kind, Node};

/// A file that is part of the program.
struct File {
    path: &'static str,
    text: &'static str,
    /// Of its TOML, if it has some.
    tree: Option<Tree>,
}

/// A tree that was made when the program was.
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

fn find(path: &str) -> Option<&'static File> {
    FILES.binary_search_by_key(&path, |file| file.path).ok().map(|found| &FILES[found])
}

/// The text of one file.
pub(crate) fn file(path: &str) -> Option<&'static str> {
    find(path).map(|file| file.text)
}

/// The tree of a file's TOML, which is `source`: the whole text, or in a rule's file its front matter.
pub(crate) fn document(path: &str, source: &'static str) -> Option<Document<'static>> {
    let Tree { nodes, decoded, scratch } = find(path)?.tree.as_ref()?;
    Some(Document { source, nodes, decoded, scratch })
}

/// The files whose path begins and ends so.
pub(crate) fn files(prefix: &str, suffix: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let wanted = move |file: &&File| file.path.starts_with(prefix) && file.path.ends_with(suffix);
    FILES.iter().filter(wanted).map(|file| (file.path, file.text))
}
