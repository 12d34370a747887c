//! One value of a piece: a record, to which every rule of the plan is put, or something unknown.

use std::ops::Range;
use std::sync::Arc;

use crate::beside::Beside;
use crate::check::{At, Check, Detail, Raw, Record, RuleId, SetFact, ValueCheck};
use crate::document::{Arena, Document, NodeRef, Source};
use crate::finding::RecordName;
use crate::format::{Carrier, Extract, Fields, Format};
use crate::input::Piece;
use crate::policy::{Before, Reported, Ruling, Scene, name_of, settle};
use crate::report::{RecordReport, Understood};

use super::company::{Company, Lacking};
use super::judge::{Outcome, Sink};
use super::setup::Setup;
use super::sieve::Sift;
use super::table::{RowOf, look_at_row, look_at_values, row_of};
use super::times::{Part, Times};

/// A value of a piece, and where it stands.
pub(super) struct Place<'p> {
    pub(super) source: &'p Source<'p>,
    pub(super) document: &'p Document<'p>,
    pub(super) arena: &'p Arena,
    pub(super) piece: &'p Piece,
    /// Which value of its source it is, from 0.
    pub(super) index: u64,
    /// Someone draws frames of what is found.
    pub(super) framed: bool,
    /// What judging costs, where somebody wants to know.
    pub(super) times: Option<&'p mut Times>,
    /// What is not told.
    pub(super) sift: &'p Sift<'p>,
    /// What lies beside the source, if it is a file of such a name.
    pub(super) beside: Option<&'p Beside>,
}

impl<'p> Place<'p> {
    pub(super) fn scene<'s>(
        &'s self,
        setup: &'s Setup,
        record: Option<&'s Record<'s>>,
        name: Option<&'s Arc<RecordName>>,
        range: Range<usize>,
    ) -> Scene<'s> {
        let (source, document, prefix) = (self.source, Some(self.document), &self.piece.prefix);
        let table = row_of(self.piece);
        let (catalogue, root, framed) = (&setup.catalogue, setup.root.as_ref(), self.framed);
        Scene { catalogue, source, document, record, name, range, framed, prefix, table, root }
    }

    /// Judges one record.
    pub(super) fn record<'e>(
        &mut self,
        setup: &'e Setup,
        (format, carrier, root): (&'e Format, &'e Carrier, NodeRef<'p>),
        (kept, walked): (bool, bool),
        (extract, raws): (&mut Extract, &mut Vec<Raw>),
        company: &mut Company<'e>,
        sink: &mut dyn Sink<'e>,
    ) {
        if self.sift.has_value(root) {
            self.company_of(setup, (format, carrier, root), extract, company);
            return sink.judged(Outcome::Unchanged { known: true }, None);
        }
        let catalogue = &setup.catalogue;
        let table = &catalogue.formats.fields;
        let mut times = self.times.take();
        if let Some(times) = &mut times {
            times.begin();
        }
        let outcome = Outcome::Record { format, carrier };
        let row = RowOf::of(setup, (self.source, self.piece), &self.arena.cells);
        let mut columns = Vec::new();
        if let Some(row) = &row {
            look_at_row(row, format, raws, &mut columns);
        }
        if raws.is_empty() && columns.is_empty() && !needs_fields(setup, format, kept, sink.wants_fields()) {
            return sink.judged(outcome, None);
        }
        if !walked {
            walk(setup, (format, carrier), root, extract);
        }
        if let Some(times) = &mut times {
            times.part(Part::Values);
        }
        let fields = Fields { document: self.document, extract };
        let record = Record { format, carrier, root, fields, table };
        run_checks(setup, &record, kept, raws, times.as_deref_mut());
        // What lies beside a file is about the one thing that it describes.
        if let Some(beside) = self.beside.filter(|_| root.index == 0 && self.index == 0) {
            run_in_step(setup, &record, beside, raws, times.as_deref_mut());
        }
        if let Some(row) = &row {
            look_at_values(row, &record, raws, &mut columns);
        }
        if row.is_some() {
            let asked = setup.plan.of(format).checks.iter();
            asked
                .filter(|rule| catalogue.rule(**rule).check.wants_column(&record))
                .for_each(|rule| sink.no_column(format, *rule));
        }
        for (reason, lack) in format.not_borne.iter().enumerate() {
            if !setup.plan.of(format).not_borne[reason].is_empty() && lack.is_lacking(carrier, root) {
                sink.not_judged(format, reason);
            }
        }
        tree_faults(setup, self.arena, self.document, root.index..root.raw().next, &[], raws);
        sink.record(&record);
        if sink.wants_records() {
            sink.understood(&self.understood(setup, &record));
        }
        if let Some(times) = &mut times {
            times.begin();
        }
        let mut report = self.report(setup, &record, raws);
        let once = report.as_mut().map(|report| report.take_once(catalogue)).unwrap_or_default();
        sink.judged(outcome, report.as_ref());
        for once in &once {
            sink.judged(Outcome::More, Some(once));
        }
        if let Some(row) = row.filter(|_| !columns.is_empty()) {
            let worst = report.as_ref().and_then(RecordReport::worst);
            sink.in_columns(row.gather(columns, (self.source, self.piece), (format, carrier), worst));
        }
        if let Some(times) = &mut times {
            times.part(Part::Report);
        }
        for rule in &setup.plan.of(format).of_set {
            match catalogue.rule(*rule).check.set_fact(&record) {
                Some(SetFact::Seen) => company.see(*rule),
                Some(SetFact::Lacking) => company.lacking.push(Lacking {
                    rule: *rule,
                    piece: company.pieces,
                    index: self.index,
                    node: root.index,
                    kind: (format, carrier),
                    worst: report.as_ref().and_then(RecordReport::worst),
                }),
                None => {}
            }
        }
    }

    /// The record as it was understood.
    fn understood<'r>(&'r self, setup: &Setup, record: &'r Record<'r>) -> Understood<'r> {
        let name = Arc::new(name_of(record, self.index, self.piece.row, &setup.catalogue.formats.collections));
        let states = setup.catalogue.states.iter().enumerate();
        let states = states.filter(|(_, state)| state.condition.holds(record.fields).is_some());
        Understood { source: self.source, record, name, states: states.map(|(number, _)| number).collect() }
    }

    /// The report of what was found in a record; nothing if nothing is left of it.
    pub(super) fn report<'r>(
        &'r self,
        setup: &'r Setup,
        record: &Record<'_>,
        raws: &mut Vec<Raw>,
    ) -> Option<RecordReport<'r>> {
        if raws.is_empty() {
            return None;
        }
        let range = record.root.span();
        let name = Arc::new(name_of(record, self.index, self.piece.row, &setup.catalogue.formats.collections));
        let reported = finish(setup, raws, &self.scene(setup, Some(record), Some(&name), range.clone()), self.sift);
        let states = setup.catalogue.states.iter().filter(|state| state.condition.holds(record.fields).is_some());
        let states = states.filter_map(|state| state.verdict.as_ref()).collect();
        let report = RecordReport { source: self.source, name: Some(name), states, reported, range, more: false };
        Some(report).filter(|report| !report.reported.is_empty())
    }

    /// Repeated names round the records of an envelope.
    pub(super) fn around<'e>(
        &mut self,
        setup: &'e Setup,
        records: &[Range<u32>],
        raws: &mut Vec<Raw>,
        sink: &mut dyn Sink<'e>,
    ) {
        tree_faults(setup, self.arena, self.document, 0..u32::MAX, records, raws);
        if raws.is_empty() || self.sift.has_around(self.document, records) {
            raws.clear();
            return;
        }
        let reported = finish(setup, raws, &self.scene(setup, None, None, self.piece.range.clone()), self.sift);
        let range = self.piece.range.clone();
        let report = RecordReport { source: self.source, name: None, states: Vec::new(), reported, range, more: false };
        sink.judged(Outcome::Around, Some(&report).filter(|report| !report.reported.is_empty()));
    }
}

/// All rules of the plan, on one record, which may be known to keep to its schemas.
fn run_checks(setup: &Setup, record: &Record<'_>, kept: bool, raws: &mut Vec<Raw>, mut times: Option<&mut Times>) {
    let catalogue = &setup.catalogue;
    let plan = setup.plan.of(record.format);
    // Who does not ask for times does not pay for them.
    match &mut times {
        None => plan.checks.iter().for_each(|id| catalogue.rule(*id).check.run(*id, record, raws)),
        Some(times) => plan.checks.iter().for_each(|id| {
            catalogue.rule(*id).check.run(*id, record, raws);
            times.rule(*id);
        }),
    }
    if record.fields.has_faults() {
        ValueCheck::run(&plan.value_checks(catalogue), record.table, record, raws);
    }
    if let Some(times) = &mut times {
        times.part(Part::Values);
    }
    let before = raws.len();
    if let Some(rule) = plan.schema.filter(|_| !kept) {
        run_schemas(setup, rule, record, raws);
        if let Some(times) = &mut times {
            times.rule(rule);
        }
    }
    if let Some(rule) = plan.listed {
        run_lists(setup, rule, record, before, raws);
        if let Some(times) = &mut times {
            times.rule(rule);
        }
    }
}

/// Holds a record to what lies beside it.
#[cold]
fn run_in_step(
    setup: &Setup,
    record: &Record<'_>,
    beside: &Beside,
    raws: &mut Vec<Raw>,
    mut times: Option<&mut Times>,
) {
    for id in &setup.plan.of(record.format).in_step {
        if let Check::InStep(check) = &setup.catalogue.rule(*id).check {
            check.run(*id, record, beside, raws);
        }
        if let Some(times) = &mut times {
            times.rule(*id);
        }
    }
}

/// Values and lists: what the format's schema found, from `first` on, says where one of its standard's lists is broken.
fn run_lists(setup: &Setup, rule: RuleId, record: &Record<'_>, first: usize, raws: &mut Vec<Raw>) {
    let plan = setup.plan.of(record.format);
    plan.lists.run(rule, record, raws);
    if plan.lists.standard.is_empty() || (plan.schema.is_some() && raws.len() == first) {
        return;
    }
    // Without a rule for what breaks the schema it has not been asked so far, and what it finds is not told.
    let kept = raws.len();
    let from = if plan.schema.is_some() { first } else { kept };
    if let (None, Some(Ok(schema))) = (plan.schema, setup.schema(record.format, record.carrier))
        && let Some(value) = record.carrier.schema_at.find(record.root)
    {
        crate::check::violations(rule, schema, value, raws);
    }
    let broken = raws[from..].iter().filter_map(|raw| match &raw.detail {
        Detail::Violation(violation) if violation.place.is_none() => Some(violation.node),
        _ => None,
    });
    let mut unlisted: Vec<_> = broken.filter_map(|node| plan.lists.of_broken(rule, node, record)).collect();
    unlisted.dedup_by(|one, other| one.at == other.at);
    if plan.schema.is_none() {
        raws.truncate(kept);
    }
    raws.append(&mut unlisted);
}

/// Somebody asks for the fields of a record. Who asks for nothing but the schema need not wait for those of records that
/// keep to it: no check asks for them, and there is nothing to be told of.
pub(super) fn needs_fields(setup: &Setup, format: &Format, kept: bool, wanted: bool) -> bool {
    wanted || (!kept && setup.plan.of(format).schema.is_some()) || setup.asks_for_fields(format)
}

/// Reads the fields of a record.
pub(super) fn walk(setup: &Setup, (format, carrier): (&Format, &Carrier), root: NodeRef<'_>, extract: &mut Extract) {
    extract.clear();
    extract.look_at_texts(setup.plan.of(format).texts);
    carrier.trie(&setup.catalogue.formats.fields).walk(root, extract);
}

/// The format's schema and the user's, on one record.
fn run_schemas(setup: &Setup, rule: RuleId, record: &Record<'_>, raws: &mut Vec<Raw>) {
    let Some(value) = record.carrier.schema_at.find(record.root) else { return };
    let own = match setup.schema(record.format, record.carrier) {
        Some(Err(misfit)) => {
            // A record that was held to nothing must not count as clean.
            raws.extend(setup.own.internal_error.map(|rule| {
                let reason = format!("the format's schema does not compile: {misfit}");
                let detail = Detail::Said { variant: None, reason, remedy: None };
                Raw { detail, ..Raw::new(rule, At::Node(record.root.index)) }
            }));
            None
        }
        Some(Ok(schema)) => Some(schema),
        None => None,
    };
    for schema in own.into_iter().chain(&setup.users_schema) {
        if let Some(check) = setup.schema_check(rule) {
            check.run(rule, record, schema, value, raws);
        }
    }
}

/// Names that stand twice and numbers out of range, among the nodes `within` and outside of `except`, which are in order.
pub(super) fn tree_faults(
    setup: &Setup,
    arena: &Arena,
    document: &Document<'_>,
    within: Range<u32>,
    except: &[Range<u32>],
    raws: &mut Vec<Raw>,
) {
    let is_excepted = |node: &u32| {
        except.get(except.partition_point(|range| range.end <= *node)).is_some_and(|range| range.contains(node))
    };
    let wanted = |node: &u32| within.contains(node) && !is_excepted(node);
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

/// Settles what was found, lets overrides speak, and makes findings of the rest that is to be told, in the order of the text.
pub(super) fn finish(setup: &Setup, raws: &mut Vec<Raw>, scene: &Scene<'_>, sift: &Sift<'_>) -> Vec<Reported> {
    let mut reported: Vec<Reported> = Vec::with_capacity(raws.len());
    let mut before = Before::default();
    let path = &scene.source.segment(scene.range.start).path;
    // What is told of a whole column is judged by none of its records.
    let record = scene.record.zip(scene.name).map(|(record, name)| (record, name.id.as_deref()));
    for mut judged in settle(raws, scene.record, &setup.catalogue, &setup.plan) {
        let rule = judged.raw.rule;
        // That the program failed is not for the user to settle.
        if setup.own.internal_error == Some(rule) {
            let one = scene.report(judged, &mut before);
            reported.push(one);
            continue;
        }
        match setup.overrides.judge(&setup.catalogue, rule, judged.severity, path, record) {
            Ruling::Drop => {}
            Ruling::Keep(severity) => {
                judged.severity = severity;
                let one = scene.report(judged, &mut before);
                if !sift.takes(&one, setup.catalogue.rule(rule).once) {
                    reported.push(one);
                }
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
pub(super) fn bare_name(piece: &Piece) -> RecordName {
    RecordName { index: piece.index, row: piece.row, id: None, title: None, url: None, group: None }
}
