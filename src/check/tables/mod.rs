//! The form of a table: its header, its rows, and what a spreadsheet has done to its cells.
//!
//! How such a table is written, and what the system takes of it, is the carrier's layout.

mod damage;
mod header;
mod row;

use std::ops::Range;

use crate::document::{self, Cell, Misfit, suggest};
use crate::format::{FieldId, FieldSet};
use crate::syntax::table::Table;

use super::condition_text::Names;
use super::{At, Detail, Raw, Record, RuleId};

pub(crate) use damage::{ColumnWords, Order, Orders};

/// What a rule finds in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finds {
    MalformedColumn,
    DuplicateColumn,
    UnknownColumn,
    SplitField,
    NotExported,
    RaggedRow,
    Bars,
    Rows,
    Ids,
    Damage,
}

const FINDS: [(&str, Finds); 10] = [
    ("malformed-column", Finds::MalformedColumn),
    ("duplicate-column", Finds::DuplicateColumn),
    ("unknown-column", Finds::UnknownColumn),
    ("split-field", Finds::SplitField),
    ("not-exported", Finds::NotExported),
    ("ragged-row", Finds::RaggedRow),
    ("bars", Finds::Bars),
    ("rows", Finds::Rows),
    ("ids", Finds::Ids),
    ("damage", Finds::Damage),
];

/// A rule on tables.
#[derive(Debug)]
pub(crate) struct TableCheck {
    finds: Finds,
    /// Of ids and of single bars: the fields that are looked at.
    fields: FieldSet,
}

/// A row of a table, as it stands in its text.
pub(crate) struct TableRow<'t> {
    pub(crate) table: &'t Table,
    pub(crate) text: &'t str,
    pub(crate) range: Range<usize>,
    /// Which record of the table it is, from 0.
    pub(crate) index: u64,
    pub(crate) cells: &'t [Cell],
}

/// Something found in a cell that is said once for its whole column.
#[derive(Debug)]
pub(crate) struct InColumn {
    /// What is found, as it is said if no other cell of the column has it.
    pub(crate) raw: Raw,
    /// The column; none where it is about the number of rows.
    pub(crate) column: Option<u32>,
    /// What stands there, as the message shows it.
    pub(crate) value: String,
    /// The order of a date in it.
    pub(crate) order: Option<Order>,
    /// What other rules have found in the cell: said if it is the only one of its column.
    pub(crate) instead: Vec<Raw>,
}

impl TableCheck {
    pub(super) fn read(table: &mut document::Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let node = table.any("finds").ok_or_else(|| Misfit::at(table.node(), "`finds` is missing here"))?;
        let word = document::text("finds", node)?;
        let finds = FINDS.iter().find(|(name, _)| *name == word).map(|(_, finds)| *finds);
        let finds = finds.ok_or_else(|| {
            Misfit::at(node, "no such thing is found").help(suggest(word, FINDS.map(|(name, _)| name)))
        })?;
        let mut fields = FieldSet::default();
        for (name, node) in table.texts("fields")? {
            fields.insert(names.fields.need(name, node)?);
        }
        Ok(Self { finds, fields })
    }

    /// What is wrong with the header.
    pub(crate) fn header(&self, rule: RuleId, table: &Table, found: &mut Vec<Raw>) {
        let mut note = |span: Range<usize>, reason: String| found.push(said(rule, At::Span(span), None, reason));
        match self.finds {
            Finds::MalformedColumn => header::malformed(table, &mut note),
            Finds::DuplicateColumn => header::duplicates(table, &mut note),
            Finds::UnknownColumn => header::unknown(table, &mut note),
            Finds::SplitField => header::split(table, &mut note),
            Finds::NotExported => header::not_exported(table, &mut note),
            Finds::RaggedRow | Finds::Bars | Finds::Rows | Finds::Ids | Finds::Damage => {}
        }
    }

    /// What is wrong with the form of a row. What is said once a column goes to `columns`.
    pub(crate) fn row(&self, rule: RuleId, row: &TableRow<'_>, found: &mut Vec<Raw>, columns: &mut Vec<InColumn>) {
        match self.finds {
            Finds::RaggedRow => row::ragged(rule, row, found),
            Finds::Bars => row::bars(rule, row, found),
            Finds::Rows => row::rows(rule, row, columns),
            Finds::Damage => damage::cells(rule, row, columns),
            _ => {}
        }
    }

    /// What is wrong with the values of a row, of which other rules may have `found` something.
    pub(crate) fn values(
        &self,
        rule: RuleId,
        row: &TableRow<'_>,
        record: &Record<'_>,
        found: &mut Vec<Raw>,
        columns: &mut Vec<InColumn>,
    ) {
        match self.finds {
            Finds::Damage => damage::values(rule, row, record, found, columns),
            Finds::Bars => {
                row::empty_parts(rule, row, record, found);
                row::single_bars(rule, record, (&row.table.layout.values, &self.fields), found);
            }
            Finds::Ids => row::ids(rule, row, (record, &self.fields), columns),
            _ => {}
        }
    }
}

/// A finding in the rule's words, of which `reason` is a part.
fn said(rule: RuleId, at: At, variant: Option<&'static str>, reason: String) -> Raw {
    Raw { detail: Detail::Said { variant, reason, remedy: None }, ..Raw::new(rule, at) }
}

/// The cell in which the byte `at` stands.
fn column_of(cells: &[Cell], at: usize) -> Option<u32> {
    let number = cells.partition_point(|cell| cell.span().start <= at).checked_sub(1)?;
    u32::try_from(number).ok().filter(|_| cells.get(number).is_some_and(|cell| at <= cell.span().end))
}

/// The values of these fields.
fn values_of<'r>(
    record: &Record<'r>,
    fields: &FieldSet,
) -> impl Iterator<Item = (FieldId, crate::format::FieldValue<'r>)> {
    let all = record.fields;
    let wanted: Vec<_> = fields.iter().collect();
    wanted.into_iter().flat_map(move |id| all.all(id).map(move |value| (id, value)))
}
