//! One worker's judgement: a piece of text to a tree, to records, to what is wrong with them.

use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::beside::Beside;
use crate::check::{At, Detail, Raw, Record, RuleId};
use crate::document::{Arena, Document, Source};
use crate::finding::Severity;
use crate::format::{Carrier, Extract, Format, Found};
use crate::input::{Content, Piece};
use crate::policy::Scene;
use crate::report::{RecordReport, Understood};
use crate::syntax::{Fault, json};

use super::ahead::{Batch, Desk, Ready, Recognised};
use super::company::Company;
use super::place::{Place, bare_name, finish, tree_faults};
use super::setup::Setup;
use super::sieve::Sift;
use super::table::{Columns, row_of};
use super::times::{Part, Times};

/// What is read.
const READ_AS: &str = "Records are read as JSON (`.json`), one a line (`.ndjson`, `.jsonl`), YAML (`.yaml`, `.yml`, `.cff`), a \
    CSV of metadata (`.csv`, `.tsv`) or the text of an item's page, copied from a browser (`.txt`), each also `.gz`, and as a spreadsheet of that table (`.xlsx`, `.ods`).";

/// What is said where a copied page is followed by another.
const SECOND_PAGE: &str = "here a second page begins: of a text only the first is judged";

/// What a value turned out to be, for the counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome<'e> {
    /// A record of a format, and the reasons for which some rules could not be judged.
    Record { format: &'e Format, carrier: &'e Carrier },
    /// Something beside records.
    Other { format: &'e Format, name: &'e str },
    /// Of no known format, held to the user's own schema.
    ByOwnSchema,
    /// Not recognised.
    Unknown,
    /// Not read at all.
    Unreadable,
    /// Larger than any record, and so not looked at.
    TooLarge,
    /// As it was in the file's earlier version, so that nothing is told of it; `known`: it is a record.
    Unchanged { known: bool },
    /// A finding about the text round the records.
    Around,
    /// More of the value that was told of last.
    More,
}

/// Where a worker's judgements go.
pub(crate) trait Sink<'e> {
    /// The fields of every record are wanted, also of those in which nothing is found.
    fn wants_fields(&self) -> bool {
        false
    }
    /// A record is about to be told of.
    fn record(&mut self, _record: &Record<'_>) {}
    /// Every record is wanted as it was understood.
    fn wants_records(&self) -> bool {
        false
    }
    /// A record as it was understood, before it is told of for the first time.
    fn understood(&mut self, _record: &Understood<'_>) {}
    /// One value was judged; `report` has what was found, if anything was.
    fn judged(&mut self, outcome: Outcome<'e>, report: Option<&RecordReport<'_>>);
    /// More was found in a record that has been judged, in the company of others; `before` was its worst.
    fn judged_later(&mut self, before: Option<Severity>, report: &RecordReport<'_>);
    /// Something was found in cells of a table that is told of when all its rows have been judged.
    fn in_columns(&mut self, columns: Columns);
    /// A rule asks a row for what its table has no column for.
    fn no_column(&mut self, format: &'e Format, rule: RuleId);
    /// Some rules could not be judged on a record, for the format's reason with this number.
    fn not_judged(&mut self, format: &'e Format, reason: usize);
}

/// A worker's buffers.
pub(crate) struct Judge<'e> {
    pub(super) setup: &'e Setup,
    /// What is worked on now.
    pub(super) desk: Box<Desk>,
    pub(super) batch: Batch,
    pub(super) raws: Vec<Raw>,
    /// The nodes of the records of one piece.
    records: Vec<Range<u32>>,
    /// The value that is being judged: its number in the source, and whether it is one of several in its piece.
    current: (u64, bool),
    pub(super) company: Company<'e>,
    /// Someone draws frames of what is found.
    pub(super) framed: bool,
    /// What every value is taken for, whatever it looks like.
    pub(super) taken_for: Option<(&'e Format, &'e Carrier)>,
    /// What its work costs, where somebody wants to know.
    pub(crate) times: Option<Times>,
    /// What is not told.
    pub(crate) sift: Sift<'e>,
    /// What lies beside the source, if it is a file of such a name.
    pub(crate) beside: Option<&'e Beside>,
}

impl<'e> Judge<'e> {
    pub(crate) fn new(setup: &'e Setup) -> Self {
        let extract = Extract::new(&setup.catalogue.formats.fields).judged_as_of(setup.as_of);
        Self {
            setup,
            desk: Box::new(Desk { arena: Arena::new(), extract }),
            batch: Batch::default(),
            raws: Vec::new(),
            records: Vec::new(),
            current: (0, false),
            company: Company::default(),
            framed: false,
            taken_for: None,
            times: None,
            sift: Sift::default(),
            beside: None,
        }
    }

    /// The same that does not tell of everything.
    pub(crate) fn sifting(self, sift: Sift<'e>) -> Self {
        Self { sift, ..self }
    }

    /// The same, holding the record to what lies beside it.
    pub(crate) fn beside(self, beside: Option<&'e Beside>) -> Self {
        Self { beside, ..self }
    }

    /// The same for somebody who wants to know what it costs.
    pub(crate) fn timed(self, times: Option<Times>) -> Self {
        Self { times, ..self }
    }

    /// The same for somebody who draws frames, or does not.
    pub(crate) fn framed(self, framed: bool) -> Self {
        Self { framed, ..self }
    }

    /// A worker that takes every value for a record of this carrier.
    pub(crate) fn taking_for(setup: &'e Setup, format: &'e Format, carrier: &'e Carrier) -> Self {
        Self { taken_for: Some((format, carrier)), ..Self::new(setup) }
    }

    /// Judges one piece, of which something may be known already. A panic becomes one finding.
    pub(super) fn piece(
        &mut self,
        source: &Source<'_>,
        piece: &Piece,
        ready: Option<Ready<'e>>,
        sink: &mut dyn Sink<'e>,
    ) {
        self.current = (piece.index, false);
        let judged = catch_unwind(AssertUnwindSafe(|| self.judge(source, piece, ready, sink)));
        let Err(payload) = judged else { return };
        let mut reason = said(&*payload);
        let (index, of_several) = self.current;
        if of_several {
            reason += "; nor were the records after it in the same list judged";
        }
        let piece = Piece { index, ..piece.clone() };
        self.internal_error(source, &piece, reason, Outcome::Unreadable, sink);
    }

    /// Says that the program failed on a piece. Nothing is taken for granted of the piece but where it begins.
    pub(super) fn internal_error(
        &mut self,
        source: &Source<'_>,
        piece: &Piece,
        reason: String,
        outcome: Outcome<'e>,
        sink: &mut dyn Sink<'e>,
    ) {
        let start = source.text().floor_char_boundary(piece.range.start);
        let end = source.text().floor_char_boundary(piece.range.end.max(start));
        let piece = Piece { range: start..end, ..piece.clone() };
        self.raws.clear();
        self.text_fault(self.setup.own.internal_error, start..start, None, reason);
        self.tell_of_text(source, &piece, outcome, sink);
    }

    fn judge(&mut self, source: &Source<'_>, piece: &Piece, ready: Option<Ready<'e>>, sink: &mut dyn Sink<'e>) {
        if self.sift.has_text(source, piece) {
            let is_value = matches!(piece.content, Content::Value);
            sink.judged(if is_value { Outcome::Unchanged { known: false } } else { Outcome::Around }, None);
            return;
        }
        let own = self.setup.own;
        let range = piece.range.clone();
        match &piece.content {
            Content::Value | Content::Frame => {
                let (scanned, record) = match ready {
                    Some(Ready { scanned, record }) => (scanned, record),
                    None => (self.scan(source, piece), None),
                };
                if let Err(fault) = scanned {
                    self.syntax_fault(fault, piece.syntax.variant());
                    let is_value = matches!(piece.content, Content::Value);
                    let outcome = if is_value { Outcome::Unreadable } else { Outcome::Around };
                    self.tell_of_text(source, piece, outcome, sink);
                } else if matches!(piece.content, Content::Value) {
                    self.values(source, piece, record, sink);
                    if let Some(second) = piece.syntax.page().and_then(|page| page.second(source.text(), range)) {
                        let (piece, reason) =
                            (Piece { range: second.clone(), ..piece.clone() }, SECOND_PAGE.to_owned());
                        self.text_fault(own.unknown_format, second, Some("second-page"), reason);
                        self.tell_of_text(source, &piece, Outcome::Around, sink);
                    }
                } else {
                    self.around(source, piece, sink);
                }
            }
            Content::Fault(reason) => {
                self.syntax_fault(json::SyntaxFault { reason: *reason, span: range }.into(), None);
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
            Content::NotUtf8(reason) => {
                self.text_fault(own.invalid_encoding, range, None, reason.clone());
                self.tell_of_text(source, piece, Outcome::Unreadable, sink);
            }
            Content::Foreign => {
                self.text_fault(
                    own.unknown_format,
                    range,
                    None,
                    "this is neither JSON nor YAML nor a table nor a copied page that is known".to_owned(),
                );
                self.remedy(READ_AS);
                self.tell_of_text(source, piece, Outcome::Unknown, sink);
            }
            Content::Header => self.header(source, piece, sink),
            Content::Encoded(how) => {
                self.text_fault(own.invalid_encoding, range, Some("another-encoding"), (*how).to_owned());
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
            Content::ByteOrderMark => {
                self.text_fault(own.invalid_encoding, range, Some("byte-order-mark"), String::new());
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
            Content::TooLarge => {
                self.text_fault(own.record_too_large, range, None, String::new());
                self.tell_of_text(source, piece, Outcome::TooLarge, sink);
            }
            Content::FrameTooLarge => {
                self.text_fault(own.record_too_large, range, None, String::new());
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
        }
    }

    /// Reads a piece into the arena.
    pub(super) fn scan(&mut self, source: &Source<'_>, piece: &Piece) -> Result<(), Fault> {
        if let Some(times) = &mut self.times {
            times.begin();
        }
        let scanned = piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena);
        if let Some(times) = &mut self.times {
            times.part(Part::Parse);
        }
        scanned
    }

    /// Notes what is wrong with a text of which there is no tree.
    pub(super) fn text_fault(
        &mut self,
        rule: Option<RuleId>,
        span: Range<usize>,
        variant: Option<&'static str>,
        reason: String,
    ) {
        if let Some(rule) = rule {
            let mut raw = Raw::new(rule, At::Span(span));
            raw.detail = Detail::Said { variant, reason, remedy: None };
            self.raws.push(raw);
        }
    }

    fn syntax_fault(&mut self, fault: Fault, variant: Option<&'static str>) {
        let own = self.setup.own;
        let (rule, variant) = if fault.too_deep { (own.too_deep, None) } else { (own.syntax_error, variant) };
        self.text_fault(rule, fault.span, variant, fault.reason.into_owned());
        self.remedy(fault.remedy);
    }

    /// Says what to do about what was noted last.
    fn remedy(&mut self, said: &'static str) {
        if let Some(Raw { detail: Detail::Said { remedy, .. }, .. }) = self.raws.last_mut() {
            *remedy = Some(said);
        }
    }

    /// Tells what was noted of a text of which there is no tree.
    pub(super) fn tell_of_text(
        &mut self,
        source: &Source<'_>,
        piece: &Piece,
        outcome: Outcome<'e>,
        sink: &mut dyn Sink<'e>,
    ) {
        let name = matches!(outcome, Outcome::Unreadable | Outcome::TooLarge).then(|| Arc::new(bare_name(piece)));
        let scene = Scene {
            catalogue: &self.setup.catalogue,
            source,
            document: None,
            record: None,
            name: name.as_ref(),
            range: piece.range.clone(),
            framed: self.framed,
            prefix: &piece.prefix,
            table: Some(piece).and_then(row_of),
            root: self.setup.root.as_ref(),
        };
        let reported = finish(self.setup, &mut self.raws, &scene, &self.sift);
        let range = piece.range.clone();
        let report = RecordReport { source, name, states: Vec::new(), reported, range, more: false };
        sink.judged(outcome, Some(&report).filter(|report| !report.reported.is_empty()));
    }

    /// The text round a list of records: its repeated names.
    fn around(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let document = Document::new(source.text(), &self.desk.arena);
        tree_faults(self.setup, &self.desk.arena, &document, 0..u32::MAX, &[], &mut self.raws);
        if self.raws.is_empty() {
            return;
        }
        let scene = Scene {
            catalogue: &self.setup.catalogue,
            source,
            document: Some(&document),
            record: None,
            name: None,
            range: piece.range.clone(),
            framed: self.framed,
            prefix: &piece.prefix,
            table: None,
            root: self.setup.root.as_ref(),
        };
        let reported = finish(self.setup, &mut self.raws, &scene, &self.sift);
        let range = piece.range.clone();
        let report = RecordReport { source, name: None, states: Vec::new(), reported, range, more: false };
        sink.judged(Outcome::Around, Some(&report).filter(|report| !report.reported.is_empty()));
    }

    /// Judges the records that the scanned value is or wraps.
    fn values(&mut self, source: &Source<'_>, piece: &Piece, seen: Option<Recognised<'e>>, sink: &mut dyn Sink<'e>) {
        let Self { setup, desk, raws, records, current, company, taken_for, framed, times, sift, beside, .. } = self;
        let beside = *beside;
        let setup: &'e Setup = setup;
        let Desk { arena, extract } = &mut **desk;
        let document = Document::new(source.text(), arena);
        let Some(root) = document.root() else { return };
        records.clear();
        let mut index = piece.index;
        let known = seen.map_or((false, false), |seen| (seen.kept, seen.walked));
        let mut visit = |found| {
            let times = times.as_mut();
            let framed = *framed;
            let mut place = Place { source, document: &document, arena, piece, index, framed, times, sift, beside };
            match found {
                Found::Record { format, carrier, root } => {
                    *current = (index, root.index > 0);
                    place.record(setup, (format, carrier, root), known, (extract, raws), company, sink);
                    records.push(root.index..root.raw().next);
                }
                Found::Other { format, name } => sink.judged(Outcome::Other { format, name }, None),
                Found::Unknown(value) => place.unknown(setup, value, raws, sink),
            }
            index += 1;
        };
        if let Some((Recognised { format, carrier, .. }, root)) =
            seen.zip(seen.and_then(|seen| document.node(seen.node)))
        {
            visit(Found::Record { format, carrier, root });
        } else if let Some((format, carrier)) = *taken_for {
            visit(Found::Record { format, carrier, root });
        } else {
            let formats = &setup.catalogue.formats;
            let path = &source.segment(piece.range.start).path;
            formats.find(root, (&piece.syntax, path), &mut visit);
        }
        if !records.is_empty() && records.first() != Some(&(0..root.raw().next)) {
            let framed = *framed;
            let mut place =
                Place { source, document: &document, arena, piece, index, framed, times: None, sift, beside };
            place.around(setup, records, raws, sink);
        }
    }
}

/// What a panic said.
pub(super) fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|said| (*said).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
}
