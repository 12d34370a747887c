//! Whether a condition can hold at all. A rule that can never fire is a mistake that nobody would notice: it is said when
//! the rule is read.

use crate::document::{Misfit, NodeRef};
use crate::format::{FieldId, FieldSet, Format};

use super::condition::Condition;
use super::condition_text::Names;

/// The formats whose records a rule can be about.
#[derive(Clone, Debug)]
pub(crate) struct Reach<'n> {
    names: Names<'n>,
    formats: Vec<&'n Format>,
    /// The rule says itself which formats it is for.
    chosen: bool,
}

impl<'n> Reach<'n> {
    /// Those with the names `chosen`; all if none is chosen.
    pub(crate) fn new(names: Names<'n>, chosen: &[Box<str>]) -> Self {
        let is_one = |format: &&Format| chosen.is_empty() || chosen.contains(&format.name);
        Self { names, formats: names.formats.iter().filter(is_one).collect(), chosen: !chosen.is_empty() }
    }

    /// Those of them that `test` takes.
    pub(crate) fn only(&self, test: impl Fn(&Format) -> bool) -> Self {
        Self { formats: self.formats.iter().copied().filter(|format| test(format)).collect(), ..self.clone() }
    }

    /// The formats.
    pub(crate) fn formats(&self) -> &[&'n Format] {
        &self.formats
    }

    /// Some format has a place for the field that `node` names.
    pub(crate) fn need_field(&self, field: FieldId, node: NodeRef<'_>) -> Result<(), Misfit> {
        if self.names.formats.is_empty() || self.formats.iter().any(|format| format.maps(field)) {
            return Ok(());
        }
        Err(self.unmapped(field, node))
    }

    /// The condition at `node` can hold for records of one of the formats.
    pub(crate) fn need(&self, condition: &Condition, node: NodeRef<'_>) -> Result<(), Misfit> {
        if self.formats.is_empty() || self.formats.iter().any(|format| condition.can_hold(Some(&format.mapped))) {
            return Ok(());
        }
        if !condition.can_hold(None) {
            return Err(Misfit::at(node, "this condition can never hold: it contradicts itself")
                .help("a part of it says the opposite of another part"));
        }
        let mut nowhere = None;
        condition.fields(&mut |field| {
            if nowhere.is_none() && !self.formats.iter().any(|format| format.maps(field)) {
                nowhere = Some(field);
            }
        });
        Err(match nowhere {
            Some(field) => self.unmapped(field, node),
            None => {
                Misfit::at(node, "this condition can never hold: no one format has all the fields that it asks for")
                    .help("`reclint formats --fields` shows which format has which")
            }
        })
    }

    /// No format has the field: at its name in the text of `node`, if it stands there.
    fn unmapped(&self, field: FieldId, node: NodeRef<'_>) -> Misfit {
        let name = &*self.names.fields.get(field).name;
        let having =
            self.names.formats.iter().filter(|format| format.maps(field)).map(|format| format!("`{}`", format.name));
        let having: Vec<_> = having.collect();
        let whose = if self.chosen && !having.is_empty() { "none of the rule's formats has" } else { "no format has" };
        let misfit = Misfit::at(node, format!("this can never hold: {whose} the field `{name}`"));
        let misfit = match node.text().and_then(|text| text.find(name)) {
            Some(at) => misfit.within(&(at..at + name.len())),
            None => misfit,
        };
        misfit.help(match having.as_slice() {
            [] => "`reclint formats --fields` shows which format has which".to_owned(),
            having => format!("it is a field of {}", having.join(", ")),
        })
    }
}

impl Condition {
    /// It can hold for a record that has no other fields than `mapped`, as far as that is seen on its face. Without them:
    /// for any record.
    pub(crate) fn can_hold(&self, mapped: Option<&FieldSet>) -> bool {
        let is_mapped = |field: &FieldId| mapped.is_none_or(|mapped| mapped.contains(*field));
        match self {
            Self::Has(field) | Self::IsTrue(field) | Self::Like(field, _) | Self::OneOf { field, .. } => {
                is_mapped(field)
            }
            Self::Compare(field, _, operand) => {
                is_mapped(field) && operand.field().is_none_or(|other| is_mapped(&other))
            }
            Self::All(parts) => parts.iter().all(|part| part.can_hold(mapped)) && !self.contradicts_itself(),
            Self::Any(parts) => parts.iter().any(|part| part.can_hold(mapped)),
            Self::Not(inner) => !inner.always_holds(mapped),
            Self::State(state) => state.condition.can_hold(mapped),
        }
    }

    /// It holds for every record that has no other fields than `mapped`, as far as that is seen on its face.
    pub(crate) fn always_holds(&self, mapped: Option<&FieldSet>) -> bool {
        match self {
            Self::Has(_) | Self::IsTrue(_) | Self::Like(..) | Self::OneOf { .. } | Self::Compare(..) => false,
            Self::All(parts) => parts.iter().all(|part| part.always_holds(mapped)),
            Self::Any(parts) => {
                parts.iter().any(|part| part.always_holds(mapped))
                    || parts.iter().any(|part| parts.iter().any(|other| other.is_opposite(part)))
            }
            Self::Not(inner) => !inner.can_hold(mapped),
            Self::State(state) => state.condition.always_holds(mapped),
        }
    }

    /// Two of the parts that must all hold exclude each other.
    fn contradicts_itself(&self) -> bool {
        let mut parts = Vec::new();
        self.parts_of_all(&mut parts);
        parts.iter().any(|part| parts.iter().any(|other| other.is_opposite(part) || other.rules_out(part)))
    }

    fn parts_of_all<'c>(&'c self, parts: &mut Vec<&'c Self>) {
        match self {
            Self::All(own) => own.iter().for_each(|part| part.parts_of_all(parts)),
            part => parts.push(part),
        }
    }

    /// One is the other with `not`.
    fn is_opposite(&self, other: &Self) -> bool {
        matches!(self, Self::Not(inner) if **inner == *other)
    }

    /// It says that a field is not there, of whose values `other` says something.
    fn rules_out(&self, other: &Self) -> bool {
        let Self::Not(inner) = self else { return false };
        let Self::Has(absent) = **inner else { return false };
        matches!(other, Self::Has(field) | Self::IsTrue(field) | Self::Compare(field, ..) | Self::OneOf { field, .. } if *field == absent)
    }
}
