//! Reading a tree: a document borrows the arena and the source, a node reference is two words.

use std::ops::Range;

use super::arena::{Arena, Decoded, bytes_of, text_of};
use super::key::Name;
use super::node::{Kind, NON_ASCII, Node, OVERRIDDEN};
use super::wide::Wide;

/// A record as a tree over its source text. The root is node 0.
#[derive(Debug)]
pub struct Document<'a> {
    pub(crate) source: &'a str,
    pub(crate) nodes: &'a [Node],
    pub(crate) decoded: &'a [Decoded],
    pub(crate) scratch: &'a str,
    pub(crate) wide: Wide,
}

impl<'a> Document<'a> {
    /// The tree that `arena` holds over `source`, the text it was filled from.
    #[must_use]
    pub fn new(source: &'a str, arena: &'a Arena) -> Self {
        Self { source, nodes: &arena.nodes, decoded: &arena.decoded, scratch: &arena.scratch, wide: Wide::default() }
    }

    /// The outermost value; `None` for a document without any.
    #[must_use]
    pub fn root(&'a self) -> Option<NodeRef<'a>> {
        self.node(0)
    }

    /// Text of `node`, which has this index.
    #[inline]
    fn text_of(&self, node: &Node, index: u32) -> &'a str {
        text_of((node, index), self.decoded, self.scratch, self.source)
    }

    /// The same as bytes.
    #[inline]
    fn bytes_of(&self, node: &Node, index: u32) -> &'a [u8] {
        bytes_of((node, index), self.decoded, self.scratch, self.source)
    }

    /// The node with this index.
    #[must_use]
    pub fn node(&'a self, index: u32) -> Option<NodeRef<'a>> {
        ((index as usize) < self.nodes.len()).then_some(NodeRef { document: self, index })
    }
}

/// No key: the root is none.
const NO_KEY: u32 = 0;

/// One node of a document.
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) index: u32,
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.document, other.document)
    }
}

impl<'a> NodeRef<'a> {
    #[inline]
    pub(crate) fn raw(self) -> &'a Node {
        &self.document.nodes[self.index as usize]
    }

    /// What the node is.
    #[inline]
    #[must_use]
    pub fn kind(self) -> Kind {
        self.raw().kind
    }

    /// The node's bytes in the source text; for strings, quotes included.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        let node = self.raw();
        node.start as usize..node.end as usize
    }

    /// The bytes of its first character: of a JSON list or object the bracket.
    pub(crate) fn opening(self) -> Range<usize> {
        let start = self.span().start;
        start..start + self.source().chars().next().map_or(0, char::len_utf8)
    }

    /// The node exactly as it stands in the source.
    #[must_use]
    pub fn source(self) -> &'a str {
        &self.document.source[self.span()]
    }

    /// Text of a string or key, escapes resolved; `None` for other kinds.
    #[inline]
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        matches!(self.kind(), Kind::String | Kind::Key).then(|| self.raw_text())
    }

    #[inline]
    pub(crate) fn raw_text(self) -> &'a str {
        self.document.text_of(self.raw(), self.index)
    }

    /// The bytes of [`Self::raw_text`]: cheaper, as nobody asks where characters begin.
    #[inline]
    pub(crate) fn raw_bytes(self) -> &'a [u8] {
        self.document.bytes_of(self.raw(), self.index)
    }

    /// The value as plain text: a string's text, anything else as it is written.
    #[inline]
    #[must_use]
    pub fn plain(self) -> &'a str {
        match self.kind() {
            Kind::String | Kind::Key => self.raw_text(),
            _ => self.source(),
        }
    }

    /// A string or key without any byte above 0x7F.
    #[must_use]
    pub fn is_ascii(self) -> bool {
        self.raw().flags & NON_ASCII == 0
    }

    /// How many members or elements are written; 0 for other kinds.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        match self.kind() {
            Kind::Array | Kind::Object => self.raw().data as usize,
            _ => 0,
        }
    }

    /// An array or an object.
    #[must_use]
    pub fn is_container(self) -> bool {
        matches!(self.kind(), Kind::Array | Kind::Object)
    }

    /// No member and no element.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline]
    pub(crate) fn at(self, index: u32) -> Self {
        Self { document: self.document, index }
    }

    /// The members as written, key node and value node, also of keys that stand twice.
    #[inline]
    #[must_use]
    pub fn members(self) -> Members<'a> {
        let end = if self.kind() == Kind::Object { self.raw().next } else { self.index };
        Members { document: self.document, next: self.index + 1, end }
    }

    /// The elements of an array.
    #[inline]
    #[must_use]
    pub fn elements(self) -> Elements<'a> {
        let end = if self.kind() == Kind::Array { self.raw().next } else { self.index };
        Elements { document: self.document, next: self.index + 1, end }
    }

    /// The value of the member `name`; of a key that stands twice, the last.
    #[inline]
    #[must_use]
    pub fn get(self, name: &Name) -> Option<Self> {
        let key = self.key_of(name);
        (key != NO_KEY).then(|| self.at(key + 1))
    }

    /// The same where it is mostly the first member: that is looked at first.
    #[inline]
    pub(crate) fn get_first(self, name: &Name) -> Option<Self> {
        let first = (self.kind() == Kind::Object && !self.is_empty()).then(|| self.at(self.index + 1));
        let found = first.filter(|key| key.is_called(name) && key.counts());
        found.map(|key| key.at(key.index + 1)).or_else(|| self.get(name))
    }

    /// Key and value of the member `name`; of a key that stands twice, the last.
    #[must_use]
    pub fn member(self, name: &Name) -> Option<(Self, Self)> {
        let key = self.key_of(name);
        (key != NO_KEY).then(|| (self.at(key), self.at(key + 1)))
    }

    /// The key of the member `name`, or [`NO_KEY`]: a number, as two nodes would have to go through memory.
    fn key_of(self, name: &Name) -> u32 {
        let Members { document, mut next, end } = self.members();
        while next < end {
            let Some(key) = document.nodes.get(next as usize) else { break };
            if key.data == name.hash && key.flags & OVERRIDDEN == 0 && name.is(document.bytes_of(key, next)) {
                return next;
            }
            next = key.next;
        }
        NO_KEY
    }

    /// A key with this name.
    #[inline]
    pub(crate) fn is_called(self, name: &Name) -> bool {
        self.raw().data == name.hash && name.is(self.raw_bytes())
    }

    /// A key whose name does not stand again later in its object.
    #[inline]
    pub(crate) fn counts(self) -> bool {
        self.raw().flags & OVERRIDDEN == 0
    }
}

/// The members of an object, as written.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    document: &'a Document<'a>,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Members<'a> {
    type Item = (NodeRef<'a>, NodeRef<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let key = NodeRef { document: self.document, index: self.next };
        self.next = key.raw().next;
        Some((key, key.at(key.index + 1)))
    }
}

impl<'a> Members<'a> {
    /// The next member whose name does not stand again later, with its name.
    #[inline]
    pub(crate) fn next_named(&mut self) -> Option<(&'a str, NodeRef<'a>)> {
        while self.next < self.end {
            let (at, key) = (self.next, self.document.nodes.get(self.next as usize)?);
            self.next = key.next;
            if key.flags & OVERRIDDEN == 0 {
                return Some((self.document.text_of(key, at), NodeRef { document: self.document, index: at + 1 }));
            }
        }
        None
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    document: &'a Document<'a>,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Elements<'a> {
    type Item = NodeRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let element = NodeRef { document: self.document, index: self.next };
        self.next = element.raw().next;
        Some(element)
    }
}
