//! Reading ahead: a few pieces are read, recognised, held to their schema and walked before the first of them is judged.
//! Each kind of work is then done several times running, while its code and its tables are at hand.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::document::{Arena, Document, NodeRef, Source};
use crate::format::{Carrier, Extract, Format, Found};
use crate::input::{Content, Piece};
use crate::syntax::Fault;

use super::judge::{Judge, Sink};
use super::place::{needs_fields, walk};
use super::setup::Setup;
use super::times::Part;

/// So many pieces are read ahead at most.
const MOST_PIECES: usize = 32;
/// So many bytes they have together at most, unless one alone has more: their trees are to stay at hand as well.
const MOST_BYTES: usize = 96 * 1024;

/// Pieces that wait to be judged, and a place to work for each.
#[derive(Default)]
pub(super) struct Batch {
    #[expect(clippy::vec_box, reason = "they are taken out and put back for each kind of work")]
    desks: Vec<Box<Desk>>,
    pieces: Vec<Piece>,
    bytes: usize,
}

/// Where a piece is worked on: its tree, and the fields of the record that it is.
pub(super) struct Desk {
    pub(super) arena: Arena,
    pub(super) extract: Extract,
}

/// What is known of a piece that was read ahead.
pub(super) struct Ready<'e> {
    /// Whether it could be read.
    pub(super) scanned: Result<(), Fault>,
    /// The record that it is, if it is one and no more.
    pub(super) record: Option<Recognised<'e>>,
}

/// A record that was recognised.
#[derive(Clone, Copy)]
pub(super) struct Recognised<'e> {
    pub(super) format: &'e Format,
    pub(super) carrier: &'e Carrier,
    pub(super) node: u32,
    /// It is known to keep to its schema.
    pub(super) kept: bool,
    /// Its fields have been read.
    pub(super) walked: bool,
}

impl Batch {
    /// The piece would be one too many.
    fn is_full_for(&self, piece: &Piece) -> bool {
        !self.pieces.is_empty() && (self.pieces.len() == MOST_PIECES || self.bytes + piece.range.len() > MOST_BYTES)
    }

    fn push(&mut self, piece: &Piece) {
        self.bytes += piece.range.len();
        self.pieces.push(piece.clone());
    }
}

impl<'e> Judge<'e> {
    /// Takes a piece to be judged with those after it; judges those before it, if they are enough.
    pub(super) fn take(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        if self.batch.is_full_for(piece) {
            self.judge_taken(source, sink);
        }
        self.batch.push(piece);
    }

    /// Judges all pieces that wait: one kind of work after the other, each on all of them.
    pub(super) fn judge_taken(&mut self, source: &Source<'_>, sink: &mut dyn Sink<'e>) {
        let Batch { mut desks, mut pieces, .. } = std::mem::take(&mut self.batch);
        while desks.len() < pieces.len() {
            desks.push(Box::new(Desk { arena: Arena::new(), extract: self.desk.extract.fresh() }));
        }
        let mut ready: [Option<Ready<'e>>; MOST_PIECES] = std::array::from_fn(|_| None);
        let wants_fields = sink.wants_fields();
        let read = catch_unwind(AssertUnwindSafe(|| {
            for work in [Self::read_ahead, Self::recognise, Self::ask_schema, Self::walk_ahead] {
                for ((piece, desk), known) in pieces.iter().zip(&mut desks).zip(&mut ready) {
                    std::mem::swap(&mut self.desk, desk);
                    work(self, (source, piece), known, wants_fields);
                    std::mem::swap(&mut self.desk, desk);
                }
            }
        }));
        if read.is_err() {
            // What panicked does so again when it is judged by itself, and is told of there.
            ready.fill_with(|| None);
        }
        for ((piece, desk), known) in pieces.iter().zip(&mut desks).zip(&mut ready) {
            std::mem::swap(&mut self.desk, desk);
            self.company.pieces += 1;
            self.piece(source, piece, known.take(), sink);
            std::mem::swap(&mut self.desk, desk);
        }
        pieces.clear();
        self.batch = Batch { desks, pieces, bytes: 0 };
    }

    /// Reads a value into the arena.
    fn read_ahead(&mut self, (source, piece): At<'_>, ready: &mut Option<Ready<'e>>, _: bool) {
        if !matches!(piece.content, Content::Value) {
            return;
        }
        let scanned = self.scan(source, piece);
        *ready = Some(Ready { scanned, record: None });
    }

    /// Finds the record that the value is, if it is one and no more.
    fn recognise(&mut self, (source, piece): At<'_>, ready: &mut Option<Ready<'e>>, _: bool) {
        let Some(ready) = ready.as_mut().filter(|ready| ready.scanned.is_ok()) else { return };
        let document = Document::new(source.text(), &self.desk.arena);
        let Some(root) = document.root() else { return };
        let formats = &self.setup.catalogue.formats;
        let (mut count, mut record) = (0, self.taken_for.map(|(format, carrier)| (format, carrier, root)));
        if record.is_none() {
            let path = &source.segment(piece.range.start).path;
            formats.find(root, (&piece.syntax, path), &mut |found| {
                count += 1;
                if let Found::Record { format, carrier, root } = found {
                    record = Some((format, carrier, root));
                }
            });
        }
        let seen = |(format, carrier, root): (_, _, NodeRef<'_>)| Recognised {
            format,
            carrier,
            node: root.index,
            kept: false,
            walked: false,
        };
        ready.record = record.filter(|_| count < 2).map(seen);
    }

    /// Asks whether the record keeps to its schema.
    fn ask_schema(&mut self, (source, _): At<'_>, ready: &mut Option<Ready<'e>>, _: bool) {
        let document = Document::new(source.text(), &self.desk.arena);
        let Some((seen, root)) = record_in(ready, &document) else { return };
        if let Some(rule) = self.setup.plan.of(seen.format).schema {
            if let Some(times) = &mut self.times {
                times.begin();
            }
            seen.kept = keeps_to_schemas(self.setup, (seen.format, seen.carrier), root);
            if let Some(times) = &mut self.times {
                times.rule(rule);
            }
        }
    }

    /// Reads the record's fields, if anybody asks for them.
    fn walk_ahead(&mut self, (source, _): At<'_>, ready: &mut Option<Ready<'e>>, wanted: bool) {
        let Desk { arena, extract } = &mut *self.desk;
        let document = Document::new(source.text(), arena);
        let Some((seen, root)) = record_in(ready, &document) else { return };
        if needs_fields(self.setup, seen.format, seen.kept, wanted) {
            if let Some(times) = &mut self.times {
                times.begin();
            }
            walk(self.setup, (seen.format, seen.carrier), root, extract);
            seen.walked = true;
            if let Some(times) = &mut self.times {
                times.part(Part::Values);
            }
        }
    }
}

/// The record keeps to its format's schema and the user's, as far as that is cheaply known.
fn keeps_to_schemas(setup: &Setup, (format, carrier): (&Format, &Carrier), root: NodeRef<'_>) -> bool {
    let own = setup.schema(format, carrier);
    carrier.schema_at.find(root).is_some_and(|value| {
        own.is_none_or(|own| own.as_ref().is_ok_and(|schema| schema.is_surely_kept_by(value)))
            && setup.users_schema.iter().all(|schema| schema.is_surely_kept_by(value))
    })
}

/// A piece, and the text that it is of.
type At<'a> = (&'a Source<'a>, &'a Piece);

/// The record that was recognised, with its value.
fn record_in<'r, 'e, 'a>(
    ready: &'r mut Option<Ready<'e>>,
    document: &'a Document<'a>,
) -> Option<(&'r mut Recognised<'e>, NodeRef<'a>)> {
    let seen = ready.as_mut()?.record.as_mut()?;
    let root = document.node(seen.node)?;
    Some((seen, root))
}
