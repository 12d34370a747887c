//! One node of the tree: what it is, where it stands in the source, and where its next sibling is.

/// What a node is. `Key` nodes stand before the value of their member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// `null`, or what a syntax writes for "no value".
    Null,
    /// `false`.
    False,
    /// `true`.
    True,
    /// A number, kept as written.
    Number,
    /// A text value.
    String,
    /// The name of an object's member; the member's value is the next node.
    Key,
    /// An ordered list of values.
    Array,
    /// A list of members: key nodes, each followed by its value.
    Object,
}

/// What a syntax makes of its values, as far as recognition must know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The tree is as the text is.
    #[default]
    AsIs,
    /// A row of a table, by its header.
    HeaderRow,
    /// A copied page, by the labels that stand alone on its lines.
    LabelLines,
}

/// The node's text is one byte inside its span at either end (it stands in quotes).
pub(crate) const QUOTED: u8 = 1;
/// The node's text had escapes and stands in the scratch, found by the node's index.
pub(crate) const DECODED: u8 = 1 << 1;
/// The node's text has a byte above 0x7F.
pub(crate) const NON_ASCII: u8 = 1 << 2;
/// An object in which at least one key stands twice.
pub(crate) const DUPLICATES: u8 = 1 << 3;
/// A key whose name stands again in the same object, later: there the value that counts is.
pub(crate) const OVERRIDDEN: u8 = 1 << 4;

/// A node of an [`Arena`](super::Arena): 20 bytes, in document order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// First byte of the node in the source text, quotes included.
    pub(crate) start: u32,
    /// One past the last byte of the node in the source text.
    pub(crate) end: u32,
    /// Index of the next sibling: for a key, of the next key.
    pub(crate) next: u32,
    /// For a key the hash of its text; for an object or array how many members or elements it has.
    pub(crate) data: u32,
    pub(crate) kind: Kind,
    pub(crate) flags: u8,
}

const _: () = assert!(size_of::<Node>() == 20);
