//! The one tree: a flat arena of nodes over the source text, whatever the syntax was.

mod arena;
mod content;
mod key;
mod lines;
mod node;
mod owned;
mod pointer;
mod source;
mod table;
mod view;
mod wide;

pub use arena::Arena;
pub use key::Name;
pub use lines::LineIndex;
pub use node::Kind;
pub(crate) use node::Shape;
pub use owned::OwnedDocument;
pub use pointer::{Prefix, push_token, unescape_token};
pub use source::{Position, Segment, Source};
pub use table::{FileMisfit, Misfit, Table, did_you_mean, kind_name, suggest, text};
pub(crate) use table::{did_you_mean_all, is_name, one_or_list};
pub use view::{Document, Elements, Members, NodeRef};

pub(crate) use arena::{Cell, Decoded};
pub(crate) use key::hash;
pub(crate) use node::{DECODED, DUPLICATES, NON_ASCII, Node, QUOTED};
pub(crate) use wide::Wide;
