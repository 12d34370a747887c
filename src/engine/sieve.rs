//! What of a run is not told: faults of a baseline, and records that are as they were in a file's earlier version.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
#[cfg(feature = "cli")]
use std::io;
use std::mem::discriminant;
use std::ops::Range;
#[cfg(feature = "cli")]
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

#[cfg(feature = "cli")]
use crate::document::Arena;
use crate::document::{Document, NodeRef, Source};
#[cfg(feature = "cli")]
use crate::format::{Cuts, Found};
use crate::input::{Content, Piece};
#[cfg(feature = "cli")]
use crate::input::{SourceFile, open};
use crate::policy::{Baseline, Claims, Reported};

#[cfg(feature = "cli")]
use super::setup::Setup;
#[cfg(feature = "cli")]
use super::text::ChunkText;

/// What a file's earlier version held: its records by what they say, the rest by its text.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    known: HashSet<u64, RandomState>,
    has_records: bool,
}

/// What of a run is not told.
#[cfg(feature = "cli")]
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    pub(crate) baseline: Option<Baseline>,
    /// By source, when it has been asked for.
    earlier: Vec<OnceLock<Result<Earlier, String>>>,
}

/// The same for one worker, at one source.
#[derive(Debug, Default)]
pub(crate) struct Sift<'e> {
    pub(crate) baseline: Option<&'e Baseline>,
    /// The source's earlier version; without one all is new.
    pub(crate) earlier: Option<&'e Earlier>,
    claims: RefCell<Claims>,
}

#[cfg(feature = "cli")]
impl Sieve {
    /// For these sources, with what is lived with.
    pub(crate) fn new(baseline: Option<Baseline>, sources: &[SourceFile]) -> Self {
        let any = sources.iter().any(|source| source.earlier.is_some());
        let earlier = if any { sources.iter().map(|_| OnceLock::new()).collect() } else { Vec::new() };
        Self { baseline, earlier }
    }

    /// What the earlier version of a source held, if there is one: it is read when it is first asked for.
    pub(crate) fn earlier(
        &self,
        number: usize,
        source: &SourceFile,
        setup: &Setup,
        cuts: &Arc<Cuts>,
    ) -> io::Result<Option<&Earlier>> {
        let (Some(version), Some(known)) = (&source.earlier, self.earlier.get(number)) else { return Ok(None) };
        let known = known.get_or_init(|| Earlier::of(version, setup, cuts).map_err(|error| error.to_string()));
        known.as_ref().map(Some).map_err(|error| io::Error::other(format!("its earlier version: {error}")))
    }
}

impl<'e> Sift<'e> {
    /// With what is lived with.
    pub(crate) fn new(baseline: Option<&'e Baseline>) -> Self {
        Self { baseline, ..Self::default() }
    }

    /// The finding is of a fault that is lived with; `once`: it is found once in a file.
    pub(super) fn takes(&self, reported: &Reported, once: bool) -> bool {
        let takes = |known: &Baseline| known.takes(&reported.finding.fingerprint, once, &mut self.claims.borrow_mut());
        self.baseline.is_some_and(takes)
    }

    /// What has been claimed since this was last asked.
    pub(crate) fn claims(&mut self) -> Claims {
        std::mem::take(self.claims.get_mut())
    }

    /// The value was there before.
    pub(super) fn has_value(&self, value: NodeRef<'_>) -> bool {
        self.earlier.is_some_and(|earlier| earlier.known.contains(&value.content()))
    }

    /// What no tree could be made of was there before, as it is.
    pub(super) fn has_text(&self, source: &Source<'_>, piece: &Piece) -> bool {
        self.earlier.is_some_and(|earlier| of_text(source, piece).is_some_and(|text| earlier.known.contains(&text)))
    }

    /// What stands round the records of a value was there before.
    pub(super) fn has_around(&self, document: &Document<'_>, records: &[Range<u32>]) -> bool {
        self.earlier.is_some_and(|earlier| earlier.known.contains(&of_around(document, records)))
    }
}

#[cfg(feature = "cli")]
impl Earlier {
    /// There were records of known formats in it.
    pub(super) fn has_records(&self) -> bool {
        self.has_records
    }

    fn of(version: &SourceFile, setup: &Setup, cuts: &Arc<Cuts>) -> io::Result<Self> {
        let (mut earlier, mut arena) = (Self::default(), Arena::new());
        let mut cutter = open(version, cuts)?;
        let mut spare = Vec::new();
        while let Some(chunk) = cutter.next(std::mem::take(&mut spare))? {
            let text = ChunkText::of(&chunk);
            let source = text.source();
            text.pieces(|piece| earlier.add(&source, piece, setup, &mut arena));
            drop(text);
            spare = chunk.into_spare();
        }
        Ok(earlier)
    }

    fn add(&mut self, source: &Source<'_>, piece: &Piece, setup: &Setup, arena: &mut Arena) {
        let is_value = matches!(piece.content, Content::Value);
        if !is_value || piece.syntax.scan(source.text(), piece.range.clone(), arena).is_err() {
            self.known.extend(of_text(source, piece));
            return;
        }
        let document = Document::new(source.text(), arena);
        let Some(root) = document.root() else { return };
        let mut records = Vec::new();
        let formats = &setup.catalogue.formats;
        let path = &source.segment(piece.range.start).path;
        formats.find(root, (&piece.syntax, path), &mut |found| match found {
            Found::Record { root, .. } => {
                self.known.insert(root.content());
                self.has_records = true;
                records.push(root.index..root.raw().next);
            }
            Found::Unknown(value) => {
                self.known.insert(value.content());
            }
            Found::Other { .. } => {}
        });
        if !records.is_empty() {
            self.known.insert(of_around(&document, &records));
        }
    }
}

/// A text of which there is no tree, by what it was taken for. What it cannot be compared by is always new.
fn of_text(source: &Source<'_>, piece: &Piece) -> Option<u64> {
    if matches!(piece.content, Content::NotUtf8(_) | Content::TooLarge | Content::FrameTooLarge) {
        return None;
    }
    let text = source.text().get(piece.range.clone())?;
    let mut hasher = DefaultHasher::new();
    (discriminant(&piece.content), text.trim()).hash(&mut hasher);
    Some(hasher.finish())
}

/// The names round the records of a value, and what is none of them.
fn of_around(document: &Document<'_>, records: &[Range<u32>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let behind = |node: u32| records.get(records.partition_point(|range| range.end <= node));
    let within = |node: u32| behind(node).filter(|range| range.contains(&node));
    let mut index = 0;
    while let Some(node) = document.node(index) {
        if let Some(record) = within(index) {
            index = record.end;
            continue;
        }
        (node.kind() as u8).hash(&mut hasher);
        if !node.is_container() {
            node.plain().hash(&mut hasher);
        }
        index += 1;
    }
    hasher.finish()
}
