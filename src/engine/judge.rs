//! One worker's judgement: a piece of text to a tree, to records, to what is wrong with them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::{At, Detail, Raw, Record, RuleId, SetFact, ValueCheck};
use crate::document::{Arena, Document, Kind, NodeRef, Source};
use crate::finding::{RecordName, Severity};
use crate::format::{Carrier, Extract, Fields, Format, Found};
use crate::input::{Content, Piece};
use crate::policy::{Reported, Scene, Verdict, name_of, settle};
use crate::report::RecordReport;
use crate::syntax::json::{self, Reason, SyntaxFault};

use super::setup::Setup;

/// What a value turned out to be, for the counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome<'e> {
    /// A record of a format, and the reasons for which some rules could not be judged.
    Record { format: &'e Format, carrier: &'e Carrier },
    /// Something beside records.
    Other { format: &'e Format, name: &'e str },
    /// Not recognised.
    Unknown,
    /// Not read at all.
    Unreadable,
    /// A finding about the text round the records.
    Around,
}

/// Where a worker's judgements go.
pub(crate) trait Sink<'e> {
    /// One value was judged; `report` has what was found, if anything was.
    fn judged(&mut self, outcome: Outcome<'e>, report: Option<&RecordReport<'_>>);
    /// More was found in a record that has been judged, in the company of others; `before` was its worst.
    fn judged_later(&mut self, before: Option<Severity>, report: &RecordReport<'_>);
    /// Some rules could not be judged on a record, for the format's reason with this number.
    fn not_judged(&mut self, format: &'e Format, reason: usize);
}

/// A record that lacks what counts as lacking only if another has it.
struct Lacking<'e> {
    rule: RuleId,
    piece: Piece,
    index: u64,
    node: u32,
    kind: (&'e Format, &'e Carrier),
    /// Its worst finding so far.
    worst: Option<Severity>,
}

/// What the records of a chunk have and lack, for rules that look at one in the company of others.
#[derive(Default)]
struct Company<'e> {
    seen: Vec<RuleId>,
    lacking: Vec<Lacking<'e>>,
}

impl Company<'_> {
    fn see(&mut self, rule: RuleId) {
        if !self.seen.contains(&rule) {
            self.seen.push(rule);
        }
    }
}

/// A worker's buffers.
pub(crate) struct Judge<'e> {
    setup: &'e Setup,
    arena: Arena,
    extract: Extract,
    raws: Vec<Raw>,
    /// The nodes of the records of one piece.
    records: Vec<Range<u32>>,
    company: Company<'e>,
    /// What every value is taken for, whatever it looks like.
    taken_for: Option<(&'e Format, &'e Carrier)>,
}

impl<'e> Judge<'e> {
    pub(crate) fn new(setup: &'e Setup) -> Self {
        let extract = Extract::new(&setup.catalogue.formats.fields);
        Self {
            setup,
            arena: Arena::new(),
            extract,
            raws: Vec::new(),
            records: Vec::new(),
            company: Company::default(),
            taken_for: None,
        }
    }

    /// A worker that takes every value for a record of this carrier.
    pub(crate) fn taking_for(setup: &'e Setup, format: &'e Format, carrier: &'e Carrier) -> Self {
        Self { taken_for: Some((format, carrier)), ..Self::new(setup) }
    }

    /// Judges one piece. A panic becomes one finding.
    pub(crate) fn piece(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let judged = catch_unwind(AssertUnwindSafe(|| self.judge(source, piece, sink)));
        let Err(payload) = judged else { return };
        let said = payload.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        self.raws.clear();
        self.text_fault(self.setup.own.internal_error, piece.range.start..piece.range.start, None, said);
        self.tell_of_text(source, piece, Outcome::Unreadable, sink);
    }

    fn judge(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let own = self.setup.own;
        let range = piece.range.clone();
        match &piece.content {
            Content::Value | Content::Frame => {
                if let Err(fault) = json::scan(source.text(), range, &mut self.arena) {
                    self.syntax_fault(&fault);
                    self.tell_of_text(source, piece, Outcome::Unreadable, sink);
                } else if matches!(piece.content, Content::Value) {
                    self.values(source, piece, sink);
                } else {
                    self.around(source, piece, sink);
                }
            }
            Content::Fault(reason) => {
                self.syntax_fault(&SyntaxFault { reason: *reason, span: range });
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
            Content::NotUtf8(reason) => {
                self.text_fault(own.invalid_encoding, range, None, reason.clone());
                self.tell_of_text(source, piece, Outcome::Unreadable, sink);
            }
            Content::ByteOrderMark => {
                self.text_fault(own.invalid_encoding, range, Some("byte-order-mark"), String::new());
                self.tell_of_text(source, piece, Outcome::Around, sink);
            }
            Content::TooLarge => {
                self.text_fault(own.record_too_large, range, None, String::new());
                self.tell_of_text(source, piece, Outcome::Unreadable, sink);
            }
        }
    }

    /// Notes what is wrong with a text of which there is no tree.
    fn text_fault(&mut self, rule: Option<RuleId>, span: Range<usize>, variant: Option<&'static str>, reason: String) {
        if let Some(rule) = rule {
            let mut raw = Raw::new(rule, At::Span(span));
            raw.detail = Detail::Said { variant, reason, remedy: None };
            self.raws.push(raw);
        }
    }

    fn syntax_fault(&mut self, fault: &SyntaxFault) {
        let own = self.setup.own;
        let rule = if fault.reason == Reason::TooDeep { own.too_deep } else { own.syntax_error };
        self.text_fault(rule, fault.span.clone(), None, fault.reason.explanation().to_owned());
        if let Some(Raw { detail: Detail::Said { remedy, .. }, .. }) = self.raws.last_mut() {
            *remedy = Some(fault.reason.remedy());
        }
    }

    /// Tells what was noted of a text of which there is no tree.
    fn tell_of_text(&mut self, source: &Source<'_>, piece: &Piece, outcome: Outcome<'e>, sink: &mut dyn Sink<'e>) {
        let name = matches!(outcome, Outcome::Unreadable).then(|| bare_name(piece));
        let scene = Scene {
            catalogue: &self.setup.catalogue,
            source,
            document: None,
            record: None,
            name: name.as_ref(),
            range: piece.range.clone(),
            prefix: &piece.prefix,
        };
        let reported = finish(self.setup, &mut self.raws, &scene);
        let range = piece.range.clone();
        let report = RecordReport { source, name, states: Vec::new(), reported, range };
        sink.judged(outcome, Some(&report).filter(|report| !report.reported.is_empty()));
    }

    /// The text round a list of records: its repeated names.
    fn around(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let document = Document::new(source.text(), &self.arena);
        tree_faults(self.setup, &self.arena, &document, 0..u32::MAX, &[], &mut self.raws);
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
            prefix: &piece.prefix,
        };
        let reported = finish(self.setup, &mut self.raws, &scene);
        let range = piece.range.clone();
        let report = RecordReport { source, name: None, states: Vec::new(), reported, range };
        sink.judged(Outcome::Around, Some(&report).filter(|report| !report.reported.is_empty()));
    }

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

    /// Judges the records that the scanned value is or wraps.
    fn values(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let Self { setup, arena, extract, raws, records, company, taken_for } = self;
        let setup: &'e Setup = setup;
        let document = Document::new(source.text(), arena);
        let Some(root) = document.root() else { return };
        records.clear();
        let mut index = piece.index;
        let mut visit = |found| {
            let mut place = Place { source, document: &document, arena, piece, index };
            match found {
                Found::Record { format, carrier, root } => {
                    place.record(setup, (format, carrier, root), (extract, raws), company, sink);
                    records.push(root.index..root.raw().next);
                }
                Found::Other { format, name } => sink.judged(Outcome::Other { format, name }, None),
                Found::Unknown(value) => place.unknown(setup, value, raws, sink),
            }
            index += 1;
        };
        match *taken_for {
            Some((format, carrier)) => visit(Found::Record { format, carrier, root }),
            None => setup.catalogue.formats.find(root, &mut visit),
        }
        if !records.is_empty() && records.first() != Some(&(0..root.raw().next)) {
            let mut place = Place { source, document: &document, arena, piece, index };
            place.around(setup, records, raws, sink);
        }
    }
}

/// A value of a piece, and where it stands.
struct Place<'p> {
    source: &'p Source<'p>,
    document: &'p Document<'p>,
    arena: &'p Arena,
    piece: &'p Piece,
    index: u64,
}

impl<'p> Place<'p> {
    fn scene<'s>(
        &'s self,
        setup: &'s Setup,
        record: Option<&'s Record<'s>>,
        name: Option<&'s RecordName>,
        range: Range<usize>,
    ) -> Scene<'s> {
        let (source, document, prefix) = (self.source, Some(self.document), &self.piece.prefix);
        Scene { catalogue: &setup.catalogue, source, document, record, name, range, prefix }
    }

    /// Judges one record.
    fn record<'e>(
        &mut self,
        setup: &'e Setup,
        (format, carrier, root): (&'e Format, &'e Carrier, NodeRef<'p>),
        (extract, raws): (&mut Extract, &mut Vec<Raw>),
        company: &mut Company<'e>,
        sink: &mut dyn Sink<'e>,
    ) {
        let catalogue = &setup.catalogue;
        let table = &catalogue.formats.fields;
        extract.clear();
        carrier.trie(table).walk(root, extract);
        let fields = Fields { document: self.document, extract };
        let record = Record { format, carrier, root, fields, table };
        run_checks(setup, &record, raws);
        for (reason, lack) in format.not_borne.iter().enumerate() {
            if !setup.plan.of(format).not_borne[reason].is_empty() && lack.is_lacking(carrier, root) {
                sink.not_judged(format, reason);
            }
        }
        tree_faults(setup, self.arena, self.document, root.index..root.raw().next, &[], raws);
        let outcome = Outcome::Record { format, carrier };
        let report = self.report(setup, &record, raws);
        sink.judged(outcome, report.as_ref());
        for rule in &setup.plan.of(format).of_set {
            match catalogue.rule(*rule).check.set_fact(&record) {
                Some(SetFact::Seen) => company.see(*rule),
                Some(SetFact::Lacking) => company.lacking.push(Lacking {
                    rule: *rule,
                    piece: self.piece.clone(),
                    index: self.index,
                    node: root.index,
                    kind: (format, carrier),
                    worst: report.as_ref().and_then(RecordReport::worst),
                }),
                None => {}
            }
        }
    }

    /// The report of what was found in a record; nothing if nothing is left of it.
    fn report<'r>(&'r self, setup: &'r Setup, record: &Record<'_>, raws: &mut Vec<Raw>) -> Option<RecordReport<'r>> {
        if raws.is_empty() {
            return None;
        }
        let range = record.root.span();
        let name = name_of(record, self.index, self.piece.row);
        let reported = finish(setup, raws, &self.scene(setup, Some(record), Some(&name), range.clone()));
        let states = setup.catalogue.states.iter().filter(|state| state.condition.holds(record.fields).is_some());
        let states = states.filter_map(|state| state.verdict.as_deref()).collect();
        let report = RecordReport { source: self.source, name: Some(name), states, reported, range };
        Some(report).filter(|report| !report.reported.is_empty())
    }

    /// A value of no known format: held to the user's schema if there is one, else remarked on.
    fn unknown<'e>(&mut self, setup: &'e Setup, value: NodeRef<'p>, raws: &mut Vec<Raw>, sink: &mut dyn Sink<'e>) {
        match (&setup.users_schema, setup.own.schema_violation) {
            (Some(schema), Some(rule)) => {
                if !schema.is_valid(value) {
                    crate::check::violations(rule, schema, value, |_| true, raws);
                }
            }
            _ => {
                if let Some(rule) = setup.own.unknown_format {
                    let mut raw = Raw::new(rule, At::Node(value.index));
                    raw.detail = Detail::Said { variant: None, reason: what_it_is(value), remedy: None };
                    raws.push(raw);
                }
            }
        }
        let name = RecordName { index: self.index, ..bare_name(self.piece) };
        let reported = finish(setup, raws, &self.scene(setup, None, Some(&name), value.span()));
        let outcome = if setup.users_schema.is_some() { Outcome::Around } else { Outcome::Unknown };
        let range = value.span();
        let report = RecordReport { source: self.source, name: Some(name), states: Vec::new(), reported, range };
        sink.judged(outcome, Some(&report).filter(|report| !report.reported.is_empty()));
        // What is wrong with the text is wrong in any format.
        tree_faults(setup, self.arena, self.document, value.index..value.raw().next, &[], raws);
        if !raws.is_empty() {
            let reported = finish(setup, raws, &self.scene(setup, None, report.name.as_ref(), value.span()));
            let report = RecordReport { states: Vec::new(), reported, ..report };
            sink.judged(Outcome::Around, Some(&report).filter(|report| !report.reported.is_empty()));
        }
    }

    /// Repeated names round the records of an envelope.
    fn around<'e>(&mut self, setup: &'e Setup, records: &[Range<u32>], raws: &mut Vec<Raw>, sink: &mut dyn Sink<'e>) {
        tree_faults(setup, self.arena, self.document, 0..u32::MAX, records, raws);
        if raws.is_empty() {
            return;
        }
        let reported = finish(setup, raws, &self.scene(setup, None, None, self.piece.range.clone()));
        let range = self.piece.range.clone();
        let report = RecordReport { source: self.source, name: None, states: Vec::new(), reported, range };
        sink.judged(Outcome::Around, Some(&report).filter(|report| !report.reported.is_empty()));
    }
}

/// All rules of the plan, on one record.
fn run_checks(setup: &Setup, record: &Record<'_>, raws: &mut Vec<Raw>) {
    let catalogue = &setup.catalogue;
    let plan = setup.plan.of(record.format);
    for id in &plan.checks {
        catalogue.rule(*id).check.run(*id, record, raws);
    }
    if record.fields.has_faults() {
        ValueCheck::run(&plan.value_checks(catalogue), record.table, record, raws);
    }
    let Some(rule) = plan.schema else { return };
    let Some(value) = record.carrier.schema_at.find(record.root) else { return };
    let own = setup.schema(record.format, record.carrier);
    for schema in own.into_iter().chain(&setup.users_schema) {
        if !schema.is_valid(value)
            && let Some(check) = setup.schema_check(rule)
        {
            check.run(rule, record, schema, value, raws);
        }
    }
}

/// Names that stand twice and numbers out of range, among the nodes `within` and outside of `except`.
fn tree_faults(
    setup: &Setup,
    arena: &Arena,
    document: &Document<'_>,
    within: Range<u32>,
    except: &[Range<u32>],
    raws: &mut Vec<Raw>,
) {
    let wanted = |node: &u32| within.contains(node) && !except.iter().any(|range| range.contains(node));
    if let Some(rule) = setup.own.duplicate_key {
        for (earlier, later) in arena.duplicates.iter().filter(|(_, later)| wanted(later)) {
            let value = |key: u32| document.node(key + 1).map(NodeRef::source);
            let variant = (value(*earlier) == value(*later)).then_some("same-value");
            let mut raw = Raw::new(rule, At::Node(*later));
            raw.related.push(*earlier);
            raw.detail = Detail::Said { variant, reason: String::new(), remedy: None };
            raws.push(raw);
        }
    }
    if let Some(rule) = setup.own.number_out_of_range {
        raws.extend(arena.huge_numbers.iter().filter(|node| wanted(node)).map(|node| Raw::new(rule, At::Node(*node))));
    }
}

/// Settles what was found, lets overrides speak, and makes findings of the rest, in the order of the text.
fn finish(setup: &Setup, raws: &mut Vec<Raw>, scene: &Scene<'_>) -> Vec<Reported> {
    let mut reported: Vec<Reported> = Vec::new();
    let path = &scene.source.segment(scene.range.start).path;
    let id = scene.name.and_then(|name| name.id.as_deref());
    for mut judged in settle(raws, scene.record, &setup.catalogue, &setup.plan) {
        let record = scene.record.map(|record| (record, id));
        let rule = judged.raw.rule;
        match setup.overrides.judge(&setup.catalogue, rule, judged.severity, path, record) {
            Verdict::Drop => {}
            Verdict::Keep(severity) => {
                judged.severity = severity;
                let one = scene.report(judged, &reported);
                reported.push(one);
            }
        }
    }
    reported.sort_by(|left, right| {
        (left.span.start, left.span.end, &left.finding.rule).cmp(&(
            right.span.start,
            right.span.end,
            &right.finding.rule,
        ))
    });
    reported
}

/// The name of a piece of which nothing more is known than where it stands.
fn bare_name(piece: &Piece) -> RecordName {
    RecordName { index: piece.index, row: piece.row, id: None, title: None, url: None, group: None }
}

/// What a value that was not recognised looks like.
fn what_it_is(value: NodeRef<'_>) -> String {
    const MOST: usize = 6;
    match value.kind() {
        Kind::Object if value.is_empty() => "this is an empty object, and no record".to_owned(),
        Kind::Object => {
            let names: Vec<_> = value.members().take(MOST).map(|(key, _)| format!("`{}`", key.plain())).collect();
            let more = if value.len() > MOST { ", …" } else { "" };
            format!("this is no record of a known format: an object with {}{more}", names.join(", "))
        }
        kind => format!("this is no record, but {}", crate::document::kind_name(kind)),
    }
}
