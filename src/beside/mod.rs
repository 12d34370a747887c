//! What lies beside a record of software: other records and manifests that say the same, and the tags of its releases. It
//! is gathered once, before the run, from texts that are handed in; the check `in-step` holds records to it.

mod gather;
mod kinds;
mod persons;
mod says;
mod tags;

use std::sync::Arc;

use crate::document::Position;
use crate::value::release::Release;

#[cfg(feature = "cli")]
pub(crate) use gather::MOST_BYTES;
pub(crate) use gather::{Around, gather};
pub(crate) use kinds::Kinds;
pub(crate) use says::{Person, Said, Says};
pub(crate) use tags::Tag;

/// What lies beside one record.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// What the record's file is called.
    pub(crate) name: Box<str>,
    /// Its place among the files of records: one before it is believed rather than it.
    pub(crate) rank: usize,
    /// The other files.
    others: Vec<Other>,
    /// The types of which a record describes no software.
    no_software: Arc<[Box<str>]>,
    /// The tags that are releases of its software.
    pub(crate) releases: Vec<TaggedRelease>,
}

/// A file that lies beside a record.
#[derive(Debug)]
pub(crate) struct Other {
    /// As the record's folder sees it: `Cargo.toml`, `../package.json`.
    pub(crate) name: Box<str>,
    /// As reports show it.
    pub(crate) path: Arc<str>,
    /// Its place among the files of records; none for a manifest, which is believed before all of them.
    pub(crate) rank: Option<usize>,
    /// It is a manifest of a folder above.
    is_above: bool,
    /// It is judged itself in this run.
    pub(crate) is_judged: bool,
    pub(crate) says: Says,
}

impl Beside {
    /// The other files that speak of what the record describes, which says `own`: manifests if that is software, and one of a
    /// folder above if its package has the record's name. What lies below it may be another's work.
    pub(crate) fn others<'b>(&'b self, own: &Says) -> Vec<&'b Other> {
        let is_other = |kind: &str| self.no_software.iter().any(|known| known.eq_ignore_ascii_case(kind));
        let is_software = !own.types.iter().any(|kind| is_other(kind));
        let is_meant = |other: &Other| is_software && (!other.is_above || own.has_name_of(&other.says));
        self.others.iter().filter(|other| !other.is_manifest() || is_meant(other)).collect()
    }
}

impl Other {
    pub(crate) fn is_manifest(&self) -> bool {
        self.rank.is_none()
    }
}

/// A tag that is a release.
#[derive(Clone, Debug)]
pub(crate) struct TaggedRelease {
    /// The tag's name.
    pub(crate) tag: Box<str>,
    pub(crate) release: Release,
    /// When it was made, in seconds, or in whatever grows.
    pub(crate) made: i64,
}

/// Where in a file something stands.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// Of the record that is judged: the node.
    pub(crate) node: u32,
    /// Of another file: JSON Pointer, first character and behind the last.
    pub(crate) pointer: String,
    pub(crate) start: Position,
    pub(crate) end: Position,
}
