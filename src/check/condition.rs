//! Conditions on a record's fields, as rules, states and the configuration write them:
//! `publication-status in ["unpublished", "submitted"] and (issued or volume)`.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::document::Kind;
use crate::format::{FieldId, FieldKind, FieldSet, FieldTable, FieldValue, Fields, Meaning};
use crate::value::name::trimmed;
use crate::value::{date, doi};

use super::terms::TermSet;

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Text(Box<str>),
    Number(f64),
    Flag(bool),
    Date(date::Point),
    Field(FieldId),
    /// The day by which records are judged.
    Today,
    /// The year after that.
    NextYear,
}

impl Operand {
    /// The field, if it is one.
    pub(super) fn field(&self) -> Option<FieldId> {
        if let Self::Field(field) = self { Some(*field) } else { None }
    }
}

/// A condition on a record's fields.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    /// The field has a value; a flag, that it is true.
    Has(FieldId),
    /// A flag is true.
    IsTrue(FieldId),
    /// Some value of the field stands in one of these relations to the operand.
    Compare(FieldId, &'static [Ordering], Operand),
    /// Some value of the field is (or, negated, the field has values and none is) one of these texts.
    OneOf {
        field: FieldId,
        texts: TermSet,
        negated: bool,
    },
    /// Some value of the field fits this pattern.
    Like(FieldId, Pattern),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A named state.
    State(Arc<State>),
}

/// What a text begins with, ends with or has in it; the case does not matter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    part: Box<str>,
    /// Anything may stand before it, and behind it.
    open: (bool, bool),
}

impl Pattern {
    /// Reads `part`, `part*`, `*part` or `*part*`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (before, rest) = text.strip_prefix('*').map_or((false, text), |rest| (true, rest));
        let (behind, part) = rest.strip_suffix('*').map_or((false, rest), |part| (true, part));
        (!part.is_empty() && !part.contains('*')).then(|| Self { part: part.into(), open: (before, behind) })
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        let (text, part) = (trimmed(text).as_bytes(), self.part.as_bytes());
        let Some(spare) = text.len().checked_sub(part.len()) else { return false };
        match self.open {
            (false, false) => text.eq_ignore_ascii_case(part),
            (false, true) => text[..part.len()].eq_ignore_ascii_case(part),
            (true, false) => text[spare..].eq_ignore_ascii_case(part),
            (true, true) => {
                // It can begin wherever its first letter stands.
                let first = part.first().copied().unwrap_or_default();
                let starts = text.get(..=spare).unwrap_or_default();
                let same =
                    |at: usize| text.get(at..at + part.len()).is_some_and(|text| text.eq_ignore_ascii_case(part));
                memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), starts).any(same)
            }
        }
    }
}

/// A state a record can be in: `in-review`, `draft`.
#[derive(Debug)]
pub(crate) struct State {
    /// Its name.
    pub(crate) name: Box<str>,
    /// What the verdict on such a record says of it.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) condition: Condition,
}

/// There is one of each name.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What a verdict says of a state.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) word: Box<str>,
    /// A record in this state is none the less ready.
    pub(crate) ready: bool,
}

/// The values that made a condition true: what it was about, and what that was compared with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Witness {
    /// Number of the hit.
    pub(crate) value: Option<u32>,
    /// Number of the hit it was compared with.
    pub(crate) other: Option<u32>,
}

impl Condition {
    /// Tries the condition on a record; gives what made it true.
    pub(crate) fn holds(&self, fields: Fields<'_>) -> Option<Witness> {
        match self {
            Self::Has(field) => {
                if !fields.has(*field) {
                    return None;
                }
                Some(Witness { value: fields.first(*field).map(|value| value.number), other: None })
            }
            Self::IsTrue(field) => {
                let value = fields.values(*field).find(|value| flag(value) == Some(true))?;
                Some(Witness { value: Some(value.number), other: None })
            }
            Self::Compare(field, wanted, operand) => compare_values(fields, *field, wanted, operand),
            Self::OneOf { field, texts, negated } => one_of(fields, *field, texts, *negated),
            Self::Like(field, pattern) => {
                let value = fields.values(*field).find(|value| pattern.fits(value.text()))?;
                Some(Witness { value: Some(value.number), other: None })
            }
            Self::All(conditions) => {
                let mut first = None;
                for condition in conditions {
                    let witness = condition.holds(fields)?;
                    first.get_or_insert(witness);
                }
                first
            }
            Self::Any(conditions) => conditions.iter().find_map(|condition| condition.holds(fields)),
            Self::Not(condition) => match condition.holds(fields) {
                Some(_) => None,
                None => Some(Witness::default()),
            },
            Self::State(state) => state.condition.holds(fields),
        }
    }

    /// Every field that the condition asks for.
    pub(crate) fn fields(&self, visit: &mut dyn FnMut(FieldId)) {
        match self {
            Self::Has(field) | Self::IsTrue(field) | Self::Like(field, _) | Self::OneOf { field, .. } => visit(*field),
            Self::Compare(field, _, operand) => {
                visit(*field);
                operand.field().into_iter().for_each(visit);
            }
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.fields(visit);
                }
            }
            Self::Not(condition) => condition.fields(visit),
            Self::State(state) => state.condition.fields(visit),
        }
    }

    /// Sets of fields: the condition holds only for a record that has some field of each.
    pub(crate) fn needs(&self, fields: &FieldTable) -> Vec<FieldSet> {
        let one = |field: FieldId| std::iter::once(field).collect::<FieldSet>();
        match self {
            // An entry can have a value and be nobody.
            Self::IsTrue(field) | Self::Like(field, _) if fields.get(*field).kind != FieldKind::Entry => {
                vec![one(*field)]
            }
            Self::Compare(field, _, Operand::Field(other)) if fields.get(*other).kind != FieldKind::Entry => {
                vec![one(*field), one(*other)]
            }
            Self::Has(field) | Self::OneOf { field, .. } | Self::Compare(field, ..) => vec![one(*field)],
            Self::All(conditions) => conditions.iter().flat_map(|condition| condition.needs(fields)).collect(),
            Self::Any(conditions) => {
                let mut any = FieldSet::default();
                for condition in conditions {
                    let Some(first) = condition.needs(fields).into_iter().next() else { return Vec::new() };
                    any.extend(&first);
                }
                vec![any]
            }
            Self::State(state) => state.condition.needs(fields),
            Self::IsTrue(_) | Self::Like(..) | Self::Not(_) => Vec::new(),
        }
    }

    /// What makes the condition true can be two fields that are compared.
    pub(crate) fn compares_fields(&self) -> bool {
        match self {
            Self::Compare(_, _, operand) => matches!(operand, Operand::Field(_)),
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().any(Self::compares_fields),
            Self::State(state) => state.condition.compares_fields(),
            Self::Has(_) | Self::IsTrue(_) | Self::Like(..) | Self::OneOf { .. } | Self::Not(_) => false,
        }
    }

    /// The condition asks for the day by which records are judged.
    pub(crate) fn asks_for_today(&self) -> bool {
        match self {
            Self::Compare(_, _, operand) => matches!(operand, Operand::Today | Operand::NextYear),
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().any(Self::asks_for_today),
            Self::Not(condition) => condition.asks_for_today(),
            Self::State(state) => state.condition.asks_for_today(),
            Self::Has(_) | Self::IsTrue(_) | Self::Like(..) | Self::OneOf { .. } => false,
        }
    }

    /// The condition can hold for a record without any of the fields it asks for.
    pub(crate) fn holds_for_nothing(&self) -> bool {
        match self {
            Self::Has(_) | Self::IsTrue(_) | Self::Like(..) | Self::Compare(..) | Self::OneOf { .. } => false,
            Self::All(conditions) => conditions.iter().all(Self::holds_for_nothing),
            Self::Any(conditions) => conditions.iter().any(Self::holds_for_nothing),
            Self::Not(condition) => !condition.holds_for_nothing(),
            Self::State(state) => state.condition.holds_for_nothing(),
        }
    }
}

/// True or false, as a flag or as a text.
pub(crate) fn flag(value: &FieldValue<'_>) -> Option<bool> {
    match value.node.kind() {
        Kind::True => Some(true),
        Kind::False => Some(false),
        _ if value.text().trim().eq_ignore_ascii_case("true") => Some(true),
        _ if value.text().trim().eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Texts from lists are the same whatever their case.
pub(crate) fn same_term(left: &str, right: &str) -> bool {
    left == right || same_trimmed(trimmed(left), trimmed(right))
}

#[inline]
fn same_trimmed(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right) || (!left.is_ascii() && left.to_lowercase() == right.to_lowercase())
}

fn one_of(fields: Fields<'_>, field: FieldId, texts: &TermSet, negated: bool) -> Option<Witness> {
    if !fields.has(field) {
        return None;
    }
    let listed = |value: &FieldValue<'_>| texts.has(value.text());
    let found = if negated {
        if fields.values(field).any(|value| listed(&value)) {
            return None;
        }
        fields.first(field)
    } else {
        fields.values(field).find(listed)
    };
    found.map(|value| Witness { value: Some(value.number), other: None })
}

fn compare_values(fields: Fields<'_>, field: FieldId, wanted: &[Ordering], operand: &Operand) -> Option<Witness> {
    if !fields.has(field) {
        return None;
    }
    let today = match operand {
        Operand::Today => Some(Operand::Date(fields.today()?)),
        Operand::NextYear => Some(Operand::Date(date::Point { year: fields.today()?.year + 1, month: 0, day: 0 })),
        _ => None,
    };
    let operand = today.as_ref().unwrap_or(operand);
    for value in fields.values(field) {
        if let Operand::Field(other) = operand {
            for other in fields.values(*other) {
                if compare_two(&value, &other).is_some_and(|order| wanted.contains(&order)) {
                    return Some(Witness { value: Some(value.number), other: Some(other.number) });
                }
            }
        } else if compare(&value, operand).is_some_and(|order| wanted.contains(&order)) {
            return Some(Witness { value: Some(value.number), other: None });
        }
    }
    None
}

fn number(value: &FieldValue<'_>) -> Option<f64> {
    value.text().trim().parse().ok()
}

/// How a value compares with a fixed operand; nothing where they cannot be compared.
fn compare(value: &FieldValue<'_>, operand: &Operand) -> Option<Ordering> {
    match (operand, value.meaning()) {
        (Operand::Text(text), _) if same_term(text, value.text()) => Some(Ordering::Equal),
        (Operand::Text(text), _) => Some(value.text().trim().cmp(text)),
        (Operand::Flag(wanted), _) => flag(value).map(|flag| flag.cmp(wanted)),
        (Operand::Number(year), Meaning::Date(date)) => Some(compare_year(&date, *year)),
        (Operand::Number(operand), _) => number(value)?.partial_cmp(operand),
        (Operand::Date(point), Meaning::Date(date)) => Some(date.compare(&date::Date::of(*point))),
        (Operand::Date(_) | Operand::Field(_) | Operand::Today | Operand::NextYear, _) => None,
    }
}

/// How a date lies to a year.
fn compare_year(date: &date::Date, year: f64) -> Ordering {
    let of = |point: Option<date::Point>| point.map(|point| f64::from(point.year));
    if of(date.start()).is_some_and(|start| start > year) {
        Ordering::Greater
    } else if of(date.end()).is_some_and(|end| end < year) {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

fn compare_two(left: &FieldValue<'_>, right: &FieldValue<'_>) -> Option<Ordering> {
    match (left.meaning(), right.meaning()) {
        (Meaning::Date(left), Meaning::Date(right)) => Some(left.compare(&right)),
        // What fails its kind can be the same as another value, and no more.
        (Meaning::Fault(_), _) | (_, Meaning::Fault(_)) => {
            same_identifier(left.text(), right.text()).then_some(Ordering::Equal)
        }
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ if same_identifier(left.text(), right.text()) => Some(Ordering::Equal),
            _ => Some(left.text().trim().cmp(right.text().trim())),
        },
    }
}

/// Two texts identify the same thing: whatever the case, and whether bare or as a URL.
pub(super) fn same_identifier(left: &str, right: &str) -> bool {
    const RESOLVERS: [&str; 3] = ["https://hdl.handle.net/", "http://hdl.handle.net/", "hdl:"];
    let bare = |text: &'_ str| {
        let text = text.trim().to_lowercase();
        let handle = RESOLVERS.iter().find_map(|resolver| text.strip_prefix(resolver).map(str::to_owned));
        handle.unwrap_or(text)
    };
    match (doi::parse(left.trim(), doi::Form::Any), doi::parse(right.trim(), doi::Form::Any)) {
        (Ok(left), Ok(right)) => left.same(&right),
        _ => bare(left) == bare(right),
    }
}

/// What a bare field name means as a condition.
pub(crate) fn bare(field: FieldId, fields: &FieldTable) -> Condition {
    if fields.get(field).kind == FieldKind::Flag { Condition::IsTrue(field) } else { Condition::Has(field) }
}
