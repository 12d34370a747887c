//! Conditions on a record's fields, as rules, states and the configuration write them:
//! `publication-status in ["unpublished", "submitted"] and (issued or volume)`.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::document::Kind;
use crate::format::{FieldId, FieldKind, FieldTable, FieldValue, Fields, Meaning};
use crate::value::{date, doi};

/// What a field is compared with.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Text(Box<str>),
    Number(f64),
    Flag(bool),
    Date(date::Point),
    Field(FieldId),
}

/// A condition on a record's fields.
#[derive(Clone, Debug)]
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
        texts: Vec<Box<str>>,
        negated: bool,
    },
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A named state.
    State(Arc<State>),
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

/// What a verdict says of a state.
#[derive(Debug)]
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
            Self::Has(field) | Self::IsTrue(field) | Self::OneOf { field, .. } => visit(*field),
            Self::Compare(field, _, operand) => {
                visit(*field);
                if let Operand::Field(other) = operand {
                    visit(*other);
                }
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

    /// What makes the condition true can be two fields that are compared.
    pub(crate) fn compares_fields(&self) -> bool {
        match self {
            Self::Compare(_, _, operand) => matches!(operand, Operand::Field(_)),
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().any(Self::compares_fields),
            Self::State(state) => state.condition.compares_fields(),
            Self::Has(_) | Self::IsTrue(_) | Self::OneOf { .. } | Self::Not(_) => false,
        }
    }

    /// The condition can hold for a record without any of the fields it asks for.
    pub(crate) fn holds_for_nothing(&self) -> bool {
        match self {
            Self::Has(_) | Self::IsTrue(_) | Self::Compare(..) | Self::OneOf { .. } => false,
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
    let (left, right) = (left.trim(), right.trim());
    left.eq_ignore_ascii_case(right) || (!left.is_ascii() && left.to_lowercase() == right.to_lowercase())
}

fn one_of(fields: Fields<'_>, field: FieldId, texts: &[Box<str>], negated: bool) -> Option<Witness> {
    if !fields.has(field) {
        return None;
    }
    let listed = |value: &FieldValue<'_>| texts.iter().any(|text| same_term(text, value.text()));
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
    match (operand, value.hit.meaning) {
        (Operand::Text(text), _) if same_term(text, value.text()) => Some(Ordering::Equal),
        (Operand::Text(text), _) => Some(value.text().trim().cmp(text)),
        (Operand::Flag(wanted), _) => flag(value).map(|flag| flag.cmp(wanted)),
        (Operand::Number(year), Meaning::Date(date)) => f64::from(date.year()?).partial_cmp(year),
        (Operand::Number(operand), _) => number(value)?.partial_cmp(operand),
        (Operand::Date(point), Meaning::Date(date)) => Some(date.start()?.compare_common(*point)),
        (Operand::Date(_) | Operand::Field(_), _) => None,
    }
}

fn compare_two(left: &FieldValue<'_>, right: &FieldValue<'_>) -> Option<Ordering> {
    match (left.hit.meaning, right.hit.meaning) {
        (Meaning::Date(left), Meaning::Date(right)) => Some(left.start()?.compare_common(right.start()?)),
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
