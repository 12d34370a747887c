//! Rules that look at a record in the company of others: what it lacks counts where a record beside it has it.
//!
//! The company are the records that were read together, in one chunk: it is at hand, and at any number of threads the same.

use crate::check::{Record, RuleId};
use crate::document::{Document, Source};
use crate::finding::Severity;
use crate::format::{Carrier, Fields, Format};
use crate::input::Piece;
use crate::syntax::json;

use super::judge::{Judge, Sink};
use super::place::Place;

/// A record that lacks what counts as lacking only if another has it.
pub(super) struct Lacking<'e> {
    pub(super) rule: RuleId,
    pub(super) piece: Piece,
    pub(super) index: u64,
    pub(super) node: u32,
    pub(super) kind: (&'e Format, &'e Carrier),
    /// Its worst finding so far.
    pub(super) worst: Option<Severity>,
}

/// What the records of a chunk have and lack, for rules that look at one in the company of others.
#[derive(Default)]
pub(super) struct Company<'e> {
    seen: Vec<RuleId>,
    pub(super) lacking: Vec<Lacking<'e>>,
}

impl Company<'_> {
    pub(super) fn see(&mut self, rule: RuleId) {
        if !self.seen.contains(&rule) {
            self.seen.push(rule);
        }
    }
}

impl<'e> Judge<'e> {
    /// Judges again the records of a chunk that lack what others in it have.
    pub(super) fn company(&mut self, source: &Source<'_>, sink: &mut dyn Sink<'e>) {
        let company = std::mem::take(&mut self.company);
        let counts = company.lacking.iter().filter(|lacking| company.seen.contains(&lacking.rule));
        for Lacking { rule, piece, index, node, kind: (format, carrier), worst } in counts {
            if json::scan(source.text(), piece.range.clone(), &mut self.arena).is_err() {
                continue;
            }
            let document = Document::new(source.text(), &self.arena);
            let Some(root) = document.node(*node) else { continue };
            let table = &self.setup.catalogue.formats.fields;
            self.extract.clear();
            carrier.trie(table).walk(root, &mut self.extract);
            let fields = Fields { document: &document, extract: &self.extract };
            let record = Record { format, carrier, root, fields, table };
            self.raws.extend(self.setup.catalogue.rule(*rule).check.lacking_in_set(*rule, &record));
            let place = Place { source, document: &document, arena: &self.arena, piece, index: *index };
            if let Some(report) = place.report(self.setup, &record, &mut self.raws) {
                sink.judged_later(*worst, &report);
            }
        }
    }
}
