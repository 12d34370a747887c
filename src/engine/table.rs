//! Tables: the header is judged once, before its rows; what is found in many cells of a column is told once, at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::check::{ColumnWords, Detail, InColumn, Orders, Raw, Record, RuleId, TableRow};
use crate::document::{Document, Position, Segment, Source};
use crate::few::FewMap;
use crate::finding::{RelatedPlace, Severity};
use crate::format::{Carrier, Fields, Format, Found};
use crate::input::Piece;
use crate::policy::Row;
use crate::report::RecordReport;

use super::judge::{Judge, Outcome, Sink, said};
use super::place::{Place, finish, walk};

/// How many of a column's cells are named.
const NAMED: usize = 3;

/// What was found in many cells of a table's columns, to be told when all rows have been judged. It takes as much memory as
/// a row for each column and way in which it is damaged.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    all: Vec<Column>,
    /// The place of each: a table can have thousands.
    places: FewMap<Key, Option<usize>>,
}

/// What is told together: the rule, the column, and in which way it is damaged.
type Key = (RuleId, Option<u32>, Option<&'static str>);

/// Cells of one column with the same thing in them.
#[derive(Debug)]
struct Column {
    count: u64,
    orders: Orders,
    /// The first.
    cell: InColumn,
    /// Where it begins and ends in its file.
    at: (Position, Position),
    row: Arc<RowText>,
    /// The next few.
    others: Vec<Other>,
}

/// A row as a text of its own, behind its header: what a finding stands in.
#[derive(Debug)]
struct RowText {
    text: String,
    segments: Vec<Segment>,
    piece: Piece,
    /// The places of its format and carrier.
    kind: (usize, usize),
    /// The record's worst finding so far.
    worst: Option<Severity>,
}

/// A further cell.
#[derive(Debug)]
struct Other {
    value: String,
    intended: Option<String>,
    row: u64,
    path: Arc<str>,
    start: Position,
    end: Position,
}

impl Columns {
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Adds those of rows that come after these.
    pub(crate) fn extend(&mut self, later: Self) {
        later.all.into_iter().for_each(|column| self.add(column));
    }

    fn add(&mut self, column: Column) {
        let InColumn { raw, column: number, .. } = &column.cell;
        let place = self.places.entry((raw.rule, *number, number.and(raw.variant())));
        let Some(known) = place.and_then(|place| self.all.get_mut(place)) else {
            *place = Some(self.all.len());
            self.all.push(column);
            return;
        };
        // Of the number of rows the last is the one to be said.
        if column.cell.column.is_none() {
            *known = column;
            return;
        }
        known.count += column.count;
        known.orders.extend(column.orders);
        let first = (known.others.len() + 1 < NAMED).then(|| column.as_other()).flatten();
        known.others.extend(first);
        known.others.extend(column.others);
        known.others.truncate(NAMED - 1);
    }
}

impl Column {
    /// Its first cell as one that comes after another.
    fn as_other(&self) -> Option<Other> {
        let RowText { segments, piece, .. } = &*self.row;
        let (start, end) = self.at;
        let path = Arc::clone(&segments.last()?.path);
        let intended = self.cell.intended().map(str::to_owned);
        Some(Other { value: self.cell.value.clone(), intended, row: piece.row?, path, start, end })
    }

    /// What is said of it, which is of no record; of a cell that is the only one, what other rules have found there, which
    /// is of its record.
    fn told(self, told: &mut Told) {
        let Self { count, orders, cell, row, others, .. } = self;
        if cell.column.is_none() {
            if !matches!(cell.raw.detail, Detail::None) {
                told.of_column.push(cell.raw);
            }
            return;
        }
        if count == 1 && !cell.instead.is_empty() {
            told.of_record.extend(cell.instead);
            return;
        }
        let mut first = vec![(&*cell.value, row.piece.row.unwrap_or_default(), cell.intended())];
        first.extend(others.iter().map(|other| (&*other.value, other.row, other.intended.as_deref())));
        let mut words = ColumnWords::new(cell.raw.variant(), count, &first, orders);
        words.elsewhere = others.into_iter().map(Other::related).collect();
        told.of_column.push(Raw { detail: Detail::Column(Box::new(words)), ..cell.raw });
    }
}

/// What is told of cells of a row when all rows have been judged.
#[derive(Default)]
struct Told {
    of_column: Vec<Raw>,
    of_record: Vec<Raw>,
}

impl<'e> Judge<'e> {
    /// The header of a table, if its rows are records.
    pub(super) fn header(&mut self, source: &Source<'_>, piece: &Piece, sink: &mut dyn Sink<'e>) {
        let Some(table) = piece.syntax.table() else { return };
        if piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena).is_err() {
            return;
        }
        // The header read as a row has the members that every row has.
        let document = Document::new(source.text(), &self.desk.arena);
        let mut known = self.taken_for.map(|(format, _)| format);
        if let Some(root) = document.root() {
            let path = &source.segment(piece.range.start).path;
            self.setup.catalogue.formats.find(root, (&piece.syntax, path), &mut |found| {
                if let Found::Record { format, .. } = found {
                    known.get_or_insert(format);
                }
            });
        }
        let Some(format) = known else { return };
        for (rule, check) in self.setup.plan.of(format).table_checks(&self.setup.catalogue) {
            check.header(rule, table, &mut self.raws);
        }
        // Each is of its own: of what is said once a file nothing else may stand beside it.
        let found = std::mem::take(&mut self.raws);
        let (once, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|raw| self.setup.catalogue.rule(raw.rule).once);
        for raws in std::iter::once(others).chain(once.into_iter().map(|raw| vec![raw])).filter(|raws| !raws.is_empty())
        {
            self.raws = raws;
            self.tell_of_text(source, piece, Outcome::Around, sink);
        }
    }

    /// Tells what was found in the columns of a table, all of whose rows have been judged: in one report what has its first
    /// cell in the same row.
    pub(crate) fn columns(&mut self, columns: Columns, sink: &mut dyn Sink<'e>) {
        let mut columns = columns.all;
        columns.sort_by_key(|column| column.row.piece.index);
        let mut columns = columns.into_iter().peekable();
        while let Some(column) = columns.next() {
            let row = Arc::clone(&column.row);
            let mut told = Told::default();
            column.told(&mut told);
            while let Some(more) = columns.next_if(|more| more.row.piece.index == row.piece.index) {
                more.told(&mut told);
            }
            let source = Source::new(&row.text, &row.segments);
            let again = || self.row_again(&source, &row, &mut told, sink);
            if let Err(payload) = catch_unwind(AssertUnwindSafe(again)) {
                // The record has been counted.
                self.internal_error(&source, &row.piece, said(&*payload), Outcome::Around, sink);
            }
        }
    }

    /// Tells what was found in a row later.
    fn row_again(&mut self, source: &Source<'_>, row: &RowText, told: &mut Told, sink: &mut dyn Sink<'e>) {
        let (setup, piece) = (self.setup, &row.piece);
        let Some(format) = setup.catalogue.formats.formats.get(row.kind.0) else { return };
        let Some(carrier) = format.carriers.get(row.kind.1) else { return };
        if piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena).is_err() {
            return;
        }
        let document = Document::new(source.text(), &self.desk.arena);
        let Some(root) = document.root() else { return };
        walk(setup, (format, carrier), root, &mut self.desk.extract);
        let fields = Fields { document: &document, extract: &self.desk.extract };
        let record = Record { format, carrier, root, fields, table: &setup.catalogue.formats.fields };
        let (arena, framed, sift, index) = (&self.desk.arena, self.framed, &self.sift, piece.index);
        let place = Place { source, document: &document, arena, piece, index, framed, times: None, sift, beside: None };
        // What is of the whole column is of no record, and stands under the table's header.
        let scene = place.scene(setup, Some(&record), None, root.span());
        let reported = finish(setup, &mut told.of_column, &scene, place.sift);
        let header = 0..piece.syntax.table().map_or(0, |table| table.end);
        let of_column = RecordReport { source, name: None, states: Vec::new(), reported, range: header, more: false };
        if !of_column.reported.is_empty() {
            sink.judged(Outcome::Around, Some(&of_column));
        }
        sink.record(&record);
        if let Some(report) = place.report(setup, &record, &mut told.of_record) {
            sink.judged_later(row.worst, &RecordReport { more: true, ..report });
        }
    }
}

impl Other {
    fn related(self) -> RelatedPlace {
        let message = if self.value.is_empty() { "here, too".to_owned() } else { format!("here, too: {}", self.value) };
        RelatedPlace { path: self.path, pointer: None, start: self.start, end: self.end, message }
    }
}

impl InColumn {
    /// What was meant by it alone.
    fn intended(&self) -> Option<&str> {
        match &self.raw.detail {
            Detail::Column(words) => words.intended.as_deref(),
            _ => None,
        }
    }

    /// Moves the places that are bytes of the text, with their row, from one place to another.
    fn shift(&mut self, from: usize, to: usize) {
        if let crate::check::At::Span(span) = &mut self.raw.at {
            *span = span.start - from + to..span.end - from + to;
        }
    }
}

/// The rules on the form of a row, before the others.
pub(super) fn look_at_row(judged: &RowOf<'_, '_>, format: &Format, raws: &mut Vec<Raw>, columns: &mut Vec<InColumn>) {
    let plan = judged.setup.plan.of(format);
    plan.table_checks(&judged.setup.catalogue).for_each(|(rule, check)| check.row(rule, &judged.row, raws, columns));
}

/// The rules on a row's values, after the others.
pub(super) fn look_at_values(
    judged: &RowOf<'_, '_>,
    record: &Record<'_>,
    raws: &mut Vec<Raw>,
    columns: &mut Vec<InColumn>,
) {
    let plan = judged.setup.plan.of(record.format);
    plan.table_checks(&judged.setup.catalogue)
        .for_each(|(rule, check)| check.values(rule, &judged.row, record, raws, columns));
}

/// A row that is being judged.
pub(super) struct RowOf<'s, 't> {
    pub(super) setup: &'s super::setup::Setup,
    pub(super) row: TableRow<'t>,
}

impl<'s, 't> RowOf<'s, 't> {
    /// The row that the piece is, if it is one.
    pub(super) fn of(
        setup: &'s super::setup::Setup,
        (source, piece): (&Source<'t>, &'t Piece),
        cells: &'t [crate::document::Cell],
    ) -> Option<Self> {
        let table = piece.syntax.table()?;
        let row = TableRow { table, text: source.text(), range: piece.range.clone(), index: piece.index, cells };
        Some(Self { setup, row })
    }

    /// What was found in cells, each with its row.
    pub(super) fn gather(
        &self,
        found: Vec<InColumn>,
        (source, piece): (&Source<'_>, &Piece),
        (format, carrier): (&Format, &Carrier),
        worst: Option<Severity>,
    ) -> Columns {
        let (header, range) = (self.row.table.end, &self.row.range);
        let text = format!("{}\n{}", &source.text()[..header], &source.text()[range.clone()]);
        let start = header + 1;
        let at = source.position(range.start);
        let segment = Segment {
            start,
            path: Arc::clone(&source.segment(range.start).path),
            base_byte: at.byte,
            base_line: at.line - 1,
            base_column: at.column - 1,
            is_recoded: false,
        };
        let segments = vec![source.segment(0).clone(), segment];
        let piece = Piece { range: start..text.len(), ..piece.clone() };
        let row = Arc::new(RowText { text, segments, piece, kind: (format.number, carrier.number), worst });
        let mut columns = Columns::default();
        for mut cell in found {
            cell.shift(range.start, start);
            let mut orders = Orders::default();
            cell.order.into_iter().for_each(|order| orders.add(order));
            let span = cell.column.and_then(|column| self.row.cells.get(column as usize)).map(|cell| cell.span());
            let at = source.positions(&span.unwrap_or(range.start..range.start));
            columns.add(Column { count: 1, orders, cell, at, row: Arc::clone(&row), others: Vec::new() });
        }
        columns
    }
}

/// The row of a table that a piece is.
pub(super) fn row_of(piece: &Piece) -> Option<Row<'_>> {
    let table = piece.syntax.table()?;
    let cells = std::cell::OnceCell::new();
    Some(Row { table, number: piece.row.unwrap_or(table.row), range: piece.range.clone(), cells })
}
