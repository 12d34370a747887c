//! Rules that look at a record in the company of others: what it lacks counts where a record beside it has it.
//!
//! The company are the records that were read together, in one chunk: it is at hand, and at any number of threads the same.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::{Record, RuleId, SetFact};
use crate::document::{Document, NodeRef, Source};
use crate::finding::Severity;
use crate::format::{Carrier, Extract, Fields, Format};
use crate::input::Piece;
use crate::report::RecordReport;

use super::judge::{Judge, Outcome, Sink, said};
use super::place::{Place, walk};
use super::setup::Setup;
use super::text::ChunkText;

/// A record that lacks what counts as lacking only if another has it.
pub(super) struct Lacking<'e> {
    pub(super) rule: RuleId,
    /// Which piece of the chunk it is in.
    pub(super) piece: usize,
    pub(super) index: u64,
    pub(super) node: u32,
    pub(super) kind: (&'e Format, &'e Carrier),
    /// Its worst finding so far.
    pub(super) worst: Option<Severity>,
}

/// What the records of a chunk have and lack, for rules that look at one in the company of others.
#[derive(Default)]
pub(super) struct Company<'e> {
    /// How many pieces of the chunk have been begun.
    pub(super) pieces: usize,
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
    /// Judges again the records of a chunk that lack what others in it have, which is `text`.
    pub(super) fn company(&mut self, text: &ChunkText<'_>, source: &Source<'_>, sink: &mut dyn Sink<'e>) {
        let mut company = std::mem::take(&mut self.company);
        let Company { seen, lacking, .. } = &mut company;
        lacking.retain(|lacking| seen.contains(&lacking.rule));
        if !lacking.is_empty() {
            let (mut rest, mut number) = (lacking.as_slice(), 0);
            text.pieces(|piece| {
                number += 1;
                let here = rest.iter().take_while(|lacking| lacking.piece == number).count();
                let (lacking, later) = rest.split_at(here);
                rest = later;
                if !lacking.is_empty() {
                    self.guarded_again(source, piece, lacking, sink);
                }
            });
        }
        // Most chunks lack something and have nothing of it: the list is used again.
        company.pieces = 0;
        company.seen.clear();
        company.lacking.clear();
        self.company = company;
    }

    /// As in a piece, a panic becomes one finding.
    fn guarded_again(&mut self, source: &Source<'_>, piece: &Piece, lacking: &[Lacking<'e>], sink: &mut dyn Sink<'e>) {
        let judged = catch_unwind(AssertUnwindSafe(|| self.again(source, piece, lacking, sink)));
        if let Err(payload) = judged {
            // The record has been counted.
            self.internal_error(source, piece, said(&*payload), Outcome::Around, sink);
        }
    }

    /// Judges records of one piece again.
    fn again(&mut self, source: &Source<'_>, piece: &Piece, lacking: &[Lacking<'e>], sink: &mut dyn Sink<'e>) {
        if piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena).is_err() {
            return;
        }
        let document = Document::new(source.text(), &self.desk.arena);
        for Lacking { rule, index, node, kind: (format, carrier), worst, .. } in lacking {
            let Some(root) = document.node(*node) else { continue };
            let table = &self.setup.catalogue.formats.fields;
            walk(self.setup, (format, carrier), root, &mut self.desk.extract);
            let fields = Fields { document: &document, extract: &self.desk.extract };
            let record = Record { format, carrier, root, fields, table };
            self.raws.extend(self.setup.catalogue.rule(*rule).check.lacking_in_set(*rule, &record));
            let (arena, framed, sift) = (&self.desk.arena, self.framed, &self.sift);
            let index = *index;
            let place =
                Place { source, document: &document, arena, piece, index, framed, times: None, sift, beside: None };
            sink.record(&record);
            if let Some(report) = place.report(self.setup, &record, &mut self.raws) {
                sink.judged_later(*worst, &RecordReport { more: true, ..report });
            }
        }
    }
}

impl<'p> Place<'p> {
    /// What others are judged by of a record of which nothing is told.
    pub(super) fn company_of<'e>(
        &self,
        setup: &'e Setup,
        (format, carrier, root): (&'e Format, &'e Carrier, NodeRef<'p>),
        extract: &mut Extract,
        company: &mut Company<'e>,
    ) {
        let of_set = &setup.plan.of(format).of_set;
        if of_set.is_empty() {
            return;
        }
        walk(setup, (format, carrier), root, extract);
        let fields = Fields { document: self.document, extract };
        let record = Record { format, carrier, root, fields, table: &setup.catalogue.formats.fields };
        for rule in of_set {
            if let Some(SetFact::Seen) = setup.catalogue.rule(*rule).check.set_fact(&record) {
                company.see(*rule);
            }
        }
    }
}
