//! What a spreadsheet does to the cells of a column: it shortens numbers, turns dates into numbers or into the order of the
//! country, drops zeros, and cuts long texts.

use std::ops::Range;

use crate::document::{Cell, NodeRef};
use crate::few::FewMap;
use crate::finding::RelatedPlace;
use crate::format::FieldKind;
use crate::value::{Fault, date, isbn, issn, shortened};

use super::{At, Detail, InColumn, Raw, Record, RuleId, TableRow, column_of, said};

/// The most characters, in UTF-16, that a cell of a spreadsheet holds.
const MOST_IN_CELL: usize = 32_767;
/// What a spreadsheet shows where a formula fails.
const SHEET_ERRORS: [&str; 7] = ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "########"];

const LOCAL: &str = "local-date";
const MONTH: &str = "month";
const SERIAL: &str = "serial";
const ZEROS: &str = "zeros";

/// The order of day and month in a date that does not begin with its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    /// Both are below 13.
    Either,
}

/// How many dates of a column are in which order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Orders {
    day_first: u64,
    month_first: u64,
}

impl Orders {
    /// Counts one more.
    pub(crate) fn add(&mut self, order: Order) {
        match order {
            Order::DayFirst => self.day_first += 1,
            Order::MonthFirst => self.month_first += 1,
            Order::Either => {}
        }
    }

    /// Adds those of another part of the column.
    pub(crate) fn extend(&mut self, others: Self) {
        self.day_first += others.day_first;
        self.month_first += others.month_first;
    }

    /// The order that the column shows.
    fn shown(self) -> Order {
        match (self.day_first, self.month_first) {
            (1.., 0) => Order::DayFirst,
            (0, 1..) => Order::MonthFirst,
            _ => Order::Either,
        }
    }

    fn words(self) -> &'static str {
        match (self.day_first, self.month_first) {
            (1.., 0) => "the day first",
            (0, 1..) => "the month first, as in the United States",
            (0, 0) => "which is the day and which the month does not show",
            _ => "some with the day first, some with the month",
        }
    }
}

/// What is said of a column, where its cells are told of together.
#[derive(Debug, Default)]
pub(crate) struct ColumnWords {
    pub(crate) variant: Option<&'static str>,
    /// How many cells there are beside the first.
    pub(crate) more: u64,
    /// In how many cells, and which are the first.
    pub(crate) reason: String,
    /// What was probably meant in the first.
    pub(crate) intended: Option<String>,
    /// What was probably meant in the first few.
    pub(crate) likely: Option<String>,
    /// The next few cells.
    pub(crate) elsewhere: Vec<RelatedPlace>,
}

impl ColumnWords {
    /// Of `count` cells of which the `first` are given, each with what stands there, its row and what its own fault says
    /// was meant.
    pub(crate) fn new(
        variant: Option<&'static str>,
        count: u64,
        first: &[(&str, u64, Option<&str>)],
        orders: Orders,
    ) -> Self {
        let cell = |(value, row, _): &(&str, u64, Option<&str>)| {
            if value.is_empty() { format!("row {row}") } else { format!("`{value}` in row {row}") }
        };
        let named = first.iter().map(cell).collect::<Vec<_>>().join(", ");
        let order = if variant == Some(LOCAL) { format!(", {}", orders.words()) } else { String::new() };
        let reason = if count > 1 { format!("in {count} cells{order}, first {named}") } else { named };
        let meant = |(value, _, own): &(&str, u64, Option<&str>)| match variant {
            Some(LOCAL) => local_date(value).and_then(|date| date.by(orders.shown())),
            _ => own.map(str::to_owned),
        };
        let pairs = first.iter().filter_map(|cell| Some(format!("`{}` is {}", cell.0, meant(cell)?)));
        let mut pairs: Vec<_> = pairs.collect();
        pairs.dedup();
        let likely = (!pairs.is_empty()).then(|| pairs.join(", "));
        let intended = first.first().and_then(meant);
        Self { variant, more: count.saturating_sub(1), reason, intended, likely, elsewhere: Vec::new() }
    }
}

/// The cells of a row that a spreadsheet has damaged, whatever field they are of.
pub(super) fn cells(rule: RuleId, row: &TableRow<'_>, columns: &mut Vec<InColumn>) {
    for (number, cell) in row.cells.iter().enumerate() {
        let written = &row.text[cell.span()];
        if let Some((variant, value)) = damage(written) {
            let raw = said(rule, At::Span(cell.span()), Some(variant), String::new());
            let column = u32::try_from(number).ok();
            columns.push(InColumn { raw, column, value: value.to_owned(), order: None, instead: Vec::new() });
        }
    }
}

/// The values of a row that fail their kind as a spreadsheet makes them do. Of a damaged cell that is all there is to say:
/// what was `found` there is taken back.
pub(super) fn values(
    rule: RuleId,
    row: &TableRow<'_>,
    record: &Record<'_>,
    found: &mut Vec<Raw>,
    columns: &mut Vec<InColumn>,
) {
    let mut damaged: Vec<InColumn> = Vec::new();
    let mut places: FewMap<u32, Option<usize>> = FewMap::default();
    for (value, fault) in record.fields.faults() {
        let kind = record.table.get(value.hit.field).kind;
        let Some((variant, order, intended)) = damaged_value(kind, value.text(), fault) else { continue };
        let place = places.entry(value.hit.node);
        let Some(column) = column_of(row.cells, value.node.span().start).filter(|_| place.is_none()) else { continue };
        *place = Some(damaged.len());
        let mut raw = said(rule, At::Node(value.hit.node), Some(variant), String::new());
        raw.field = Some(value.hit.field);
        if let Some(meant) = intended {
            raw.detail = Detail::Column(Box::new(ColumnWords {
                variant: Some(variant),
                intended: Some(meant),
                ..ColumnWords::default()
            }));
        }
        let value_text = shortened(value.text().trim()).into_owned();
        damaged.push(InColumn { raw, column: Some(column), value: value_text, order, instead: Vec::new() });
    }
    let mut whole: Vec<(Cell, &mut InColumn)> = Vec::new();
    for one in columns.iter_mut().filter(|one| one.raw.rule == rule) {
        whole.extend(one.column.and_then(|column| row.cells.get(column as usize)).map(|cell| (*cell, one)));
    }
    if damaged.is_empty() && whole.is_empty() {
        return;
    }
    let whole_of = |whole: &[(Cell, &mut InColumn)], span: &Range<usize>| {
        let before = whole.partition_point(|(cell, _)| cell.span().start <= span.start).checked_sub(1)?;
        (!span.is_empty() && span.end <= whole[before].0.span().end).then_some(before)
    };
    if !whole.is_empty() {
        for value in record.fields.of_all() {
            if let Some(place) = whole_of(&whole, &value.node.span()) {
                whole[place].1.raw.field.get_or_insert(value.hit.field);
            }
        }
    }
    let mut kept = Vec::with_capacity(found.len());
    for raw in found.drain(..) {
        let node = raw.at.node();
        let span = node.and_then(|node| record.fields.document.node(node)).map(NodeRef::span).unwrap_or_default();
        let fault_at = node.filter(|_| matches!(raw.detail, Detail::Fault(_)));
        match fault_at.and_then(|node| *places.entry(node)) {
            Some(place) => damaged[place].instead.push(raw),
            None if whole_of(&whole, &span).is_some() => {}
            None => kept.push(raw),
        }
    }
    *found = kept;
    columns.append(&mut damaged);
}

/// What a spreadsheet has done to a cell, and what of it is shown.
fn damage(written: &str) -> Option<(&'static str, &str)> {
    let bytes = written.as_bytes();
    match bytes {
        [] => None,
        [b'#', ..] if SHEET_ERRORS.iter().any(|error| written.starts_with(error) && written.len() < 12) => {
            Some(("error", written))
        }
        [b'1'..=b'9', .., b'0'..=b'9'] if bytes.len() < 24 && is_scientific(written) => Some(("number", written)),
        _ if bytes.len() >= MOST_IN_CELL && written.encode_utf16().count() == MOST_IN_CELL => Some(("cut", "")),
        _ => None,
    }
}

/// `9,78E+12`: a long number as spreadsheets shorten it.
fn is_scientific(written: &str) -> bool {
    let Some((digits, exponent)) = written.split_once("E+") else { return false };
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = digits
        .split_once([',', '.'])
        .map_or(digits.len() == 1 && all(digits), |(one, rest)| one.len() == 1 && all(one) && all(rest));
    whole && exponent.len() == 2 && all(exponent)
}

type Damaged = (&'static str, Option<Order>, Option<String>);

/// How a value fails its kind because of a spreadsheet, and what was meant.
fn damaged_value(kind: FieldKind, text: &str, fault: &Fault) -> Option<Damaged> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        FieldKind::Date if is_number && text.len() == 5 => Some((SERIAL, None, Some(fault.intended.clone()?))),
        FieldKind::Date if is_month_and_digits(text) => Some((MONTH, None, None)),
        FieldKind::Date => local_date(text).map(|date| (LOCAL, Some(date.order), None)),
        FieldKind::Issn if is_number && (5..8).contains(&text.len()) => {
            let whole = format!("{text:0>8}");
            let (first, last) = whole.split_at(4);
            issn::parse(&format!("{first}-{last}")).ok().map(|issn| (ZEROS, None, Some(issn.canonical())))
        }
        FieldKind::Isbn if is_number && (7..10).contains(&text.len()) => {
            isbn::parse(&format!("{text:0>10}")).ok().map(|isbn| (ZEROS, None, Some(isbn.canonical())))
        }
        _ => None,
    }
}

/// `Jan-23`, `Jan 23`: what spreadsheets make of a year with its month.
fn is_month_and_digits(text: &str) -> bool {
    let Some((month, year)) = text.split_once(['-', ' ']) else { return false };
    let is_short = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_short && date::is_month(&month.trim_end_matches('.').to_lowercase())
}

/// A date that does not begin with its year: `3/14/2024`, `14.03.2024`.
struct LocalDate {
    first: u8,
    second: u8,
    /// Where all its digits are given.
    year: Option<u16>,
    order: Order,
}

impl LocalDate {
    /// Year first; nothing where the order does not show.
    fn by(&self, shown: Order) -> Option<String> {
        let order = if self.order == Order::Either { shown } else { self.order };
        let (month, day) = match order {
            Order::DayFirst => (self.second, self.first),
            Order::MonthFirst => (self.first, self.second),
            Order::Either if self.first == self.second => (self.first, self.second),
            Order::Either => return None,
        };
        Some(format!("{:04}-{month:02}-{day:02}", self.year?))
    }
}

fn local_date(text: &str) -> Option<LocalDate> {
    let sign = text.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let mut parts = text.split(sign);
    let (Some(first), Some(second), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = matches!(year.len(), 2 | 4) && year.bytes().all(|byte| byte.is_ascii_digit());
    if !is_short(first) || !is_short(second) || !is_year {
        return None;
    }
    // Of two digits nobody can say the century.
    let whole_year = if year.len() == 4 { Some(year.parse().ok()?) } else { None };
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    let order = match (first, second) {
        // Nobody writes points with the month first.
        (1..=31, 1..=12) if sign == '.' || first > 12 => Order::DayFirst,
        (1..=12, 13..=31) if sign != '.' => Order::MonthFirst,
        (1..=12, 1..=12) => Order::Either,
        _ => return None,
    };
    Some(LocalDate { first, second, year: whole_year, order })
}
