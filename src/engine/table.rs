//! Tables: the header is judged once, before its rows; what is found in many cells of a column is told once, at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::{ColumnWords, Detail, InColumn, Orders, Raw, Record, TableRow};
use crate::document::{Document, Position, Segment, Source};
use crate::finding::{RelatedPlace, Severity};
use crate::format::{Carrier, Fields, Format, Found};
use crate::input::Piece;
use crate::policy::Row;

use super::judge::{Judge, Outcome, Sink, said};
use super::place::{Place, walk};

/// How many of a column's cells are named.
const NAMED: usize = 3;

/// What was found in many cells of a table's columns, to be told when all rows have been judged. It takes as much memory as
/// a row for each column and way in which it is damaged.
#[derive(Debug, Default)]
pub(crate) struct Columns(Vec<Column>);

/// Cells of one column with the same thing in them.
#[derive(Debug)]
struct Column {
    count: u64,
    orders: Orders,
    first: OfRow,
    /// The next few.
    others: Vec<Other>,
}

/// A cell, with its row as a text of its own: that is what the finding stands in.
#[derive(Debug)]
struct OfRow {
    cell: InColumn,
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
    path: std::sync::Arc<str>,
    start: Position,
    end: Position,
}

impl Columns {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds those of rows that come after these.
    pub(crate) fn extend(&mut self, later: Self) {
        later.0.into_iter().for_each(|column| self.add(column));
    }

    fn add(&mut self, column: Column) {
        let key = |column: &Column| {
            let InColumn { raw, column, .. } = &column.first.cell;
            (raw.rule, *column, column.and(raw.variant()))
        };
        let Some(known) = self.0.iter_mut().find(|known| key(known) == key(&column)) else {
            self.0.push(column);
            return;
        };
        // Of the number of rows the last is the one to be said.
        if column.first.cell.column.is_none() {
            *known = column;
            return;
        }
        known.count += column.count;
        known.orders.extend(column.orders);
        let first = (known.others.len() + 1 < NAMED).then(|| column.first.as_other()).flatten();
        known.others.extend(first);
        known.others.extend(column.others);
        known.others.truncate(NAMED - 1);
    }
}

impl OfRow {
    fn as_other(&self) -> Option<Other> {
        let source = Source::new(&self.text, &self.segments);
        let table = self.piece.syntax.table()?;
        let mut cells = Vec::new();
        table.cells(&self.text, self.piece.range.clone(), &mut cells);
        let span = cells.get(self.cell.column? as usize)?.span();
        let (start, end) = source.positions(&span);
        Some(Other {
            value: self.cell.value.clone(),
            intended: self.cell.intended().map(str::to_owned),
            row: self.piece.row?,
            path: std::sync::Arc::clone(&source.segment(span.start).path),
            start,
            end,
        })
    }
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
            self.setup.catalogue.formats.find(root, (piece.syntax.shape(), None), &mut |found| {
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

    /// Tells what was found in the columns of a table, all of whose rows have been judged.
    pub(crate) fn columns(&mut self, columns: Columns, sink: &mut dyn Sink<'e>) {
        for Column { count, orders, first, others } in columns.0 {
            let OfRow { cell, text, segments, piece, kind, worst } = first;
            let source = Source::new(&text, &segments);
            let again = Again { cell, kind, worst, count, orders, others };
            let judged = catch_unwind(AssertUnwindSafe(|| self.column(&source, &piece, again, sink)));
            if let Err(payload) = judged {
                // The record has been counted.
                self.internal_error(&source, &piece, said(&*payload), Outcome::Around, sink);
            }
        }
    }

    /// Tells of one column by the first row that has it.
    fn column(&mut self, source: &Source<'_>, piece: &Piece, again: Again, sink: &mut dyn Sink<'e>) {
        let Again { mut cell, kind, worst, count, orders, others } = again;
        let setup = self.setup;
        let Some(format) = setup.catalogue.formats.formats.get(kind.0) else { return };
        let Some(carrier) = format.carriers.get(kind.1) else { return };
        if piece.syntax.scan(source.text(), piece.range.clone(), &mut self.desk.arena).is_err() {
            return;
        }
        let document = Document::new(source.text(), &self.desk.arena);
        let Some(root) = document.root() else { return };
        walk(setup, (format, carrier), root, &mut self.desk.extract);
        let fields = Fields { document: &document, extract: &self.desk.extract };
        let record = Record { format, carrier, root, fields, table: &setup.catalogue.formats.fields };
        let instead = std::mem::take(&mut cell.instead);
        if count == 1 && !instead.is_empty() && cell.column.is_some() {
            self.raws.extend(instead);
        } else {
            cell.tell(piece.row.unwrap_or_default(), count, orders, &others);
            self.raws.push(cell.raw);
        }
        let (arena, framed) = (&self.desk.arena, self.framed);
        let place = Place { source, document: &document, arena, piece, index: piece.index, framed, times: None };
        sink.record(&record);
        if let Some(mut report) = place.report(setup, &record, &mut self.raws) {
            if let Some(only) = report.reported.first_mut().filter(|_| count > 1) {
                only.finding.related.extend(others.into_iter().map(Other::related));
            }
            sink.judged_later(worst, &report);
        }
    }
}

/// A column that is told of.
struct Again {
    cell: InColumn,
    kind: (usize, usize),
    worst: Option<Severity>,
    count: u64,
    orders: Orders,
    others: Vec<Other>,
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

    /// Says it of all cells of the column.
    fn tell(&mut self, row: u64, count: u64, orders: Orders, others: &[Other]) {
        if self.column.is_none() {
            return;
        }
        let mut first = vec![(&*self.value, row, self.intended())];
        first.extend(others.iter().map(|other| (&*other.value, other.row, other.intended.as_deref())));
        let words = ColumnWords::new(self.raw.variant(), count, &first, orders);
        self.raw.detail = Detail::Column(Box::new(words));
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
        let mut columns = Columns::default();
        for mut cell in found {
            let text = format!("{}\n{}", &source.text()[..header], &source.text()[range.clone()]);
            let start = header + 1;
            cell.shift(range.start, start);
            let at = source.position(range.start);
            let segment = Segment {
                start,
                path: std::sync::Arc::clone(&source.segment(range.start).path),
                base_byte: at.byte,
                base_line: at.line - 1,
                base_column: at.column - 1,
            };
            let segments = vec![source.segment(0).clone(), segment];
            let piece = Piece { range: start..text.len(), ..piece.clone() };
            let mut orders = Orders::default();
            cell.order.into_iter().for_each(|order| orders.add(order));
            let kind = (format.number, carrier.number);
            let first = OfRow { cell, text, segments, piece, kind, worst };
            columns.add(Column { count: 1, orders, first, others: Vec::new() });
        }
        columns
    }
}

impl InColumn {
    /// Moves the places that are bytes of the text, with their row, from one place to another.
    fn shift(&mut self, from: usize, to: usize) {
        if let crate::check::At::Span(span) = &mut self.raw.at {
            *span = span.start - from + to..span.end - from + to;
        }
    }
}

/// The row of a table that a piece is.
pub(super) fn row_of(piece: &Piece) -> Option<Row<'_>> {
    let table = piece.syntax.table()?;
    Some(Row { table, number: piece.row.unwrap_or(table.row), range: piece.range.clone() })
}
