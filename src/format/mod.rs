//! Formats as data: how a record is recognised, what it is wrapped in, and where its fields are.

mod carrier;
mod catalogue;
mod collections;
mod crosswalk;
mod cuts;
mod entities;
mod extract;
mod field;
mod fields;
mod filter;
mod language;
mod link;
mod names;
mod page;
mod path;
mod read;
mod recognise;
mod trie;
mod verify;
mod vocabulary;

pub use carrier::{Carrier, SchemaFile};
pub use catalogue::{Format, Formats, NotBorne};
pub(crate) use cuts::Cuts;
pub use field::{Field, FieldId, FieldKind, FieldSet, FieldTable};
pub use filter::{Filter, Test};
pub(crate) use path::Followed;
pub use path::{Path, PathFault, Step};

pub(crate) use catalogue::Found;
pub(crate) use collections::Collections;
pub(crate) use extract::{Extract, Form, Meaning, is_blank, style};
pub(crate) use fields::{FieldValue, Fields, Values};
#[cfg(feature = "cli")]
pub(crate) use language::{Label, Language, Words, read_labels};
#[cfg(feature = "cli")]
pub(crate) use link::is_address;
pub(crate) use link::{Link, is_uuid};
pub(crate) use read::read_file;
#[cfg(feature = "cli")]
pub(crate) use read::read_toml;
pub(crate) use vocabulary::{List, ListReader, Term, Terms, Vocabulary, standard_version};
