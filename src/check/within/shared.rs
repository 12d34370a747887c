//! One ORCID iD stands with two people.

use crate::document::{Misfit, Table};
use crate::format::{FieldId, Meaning};
use crate::value::name::Likeness;

use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::doubles::{Doubles, Keys, MaybeTwice};
use super::people::{Lists, PeopleField, Person, read};

/// Lists over all of which an ORCID iD is one person's.
#[derive(Debug)]
pub(crate) struct Shared {
    lists: Vec<PeopleField>,
}

impl Shared {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        Ok(Self { lists: read(table, names)? })
    }

    fn people<'a>(&'a self, record: &Record<'a>) -> impl Iterator<Item = Person<'a>> {
        let fields = record.fields;
        self.lists.iter().flat_map(move |list| list.of(fields))
    }

    /// Looks at those with the same ORCID iD: each is held against the first who has it.
    #[cold]
    fn verify(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let mut values = self.lists.iter().filter_map(PeopleField::orcid).flat_map(|part| record.fields.values(part));
        if values.nth(1).is_none() {
            return;
        }
        let people: Vec<_> = self.people(record).collect();
        let mut keys = Doubles::new();
        for (number, person) in (0..).zip(&people) {
            if let Some(orcid) = person.orcid() {
                keys.push(orcid.serial(), number);
            }
        }
        for group in keys.groups() {
            let mut bearers = group.iter().filter_map(|(_, number)| people.get(*number as usize));
            let Some(first) = bearers.next() else { continue };
            let mut others = bearers.filter(|other| are_two(first, other));
            let Some(second) = others.next() else { continue };
            let place = |person: &Person<'_>| person.orcid_place().unwrap_or(person.place());
            let (node, field) = place(second);
            let named = [first.place().0, second.place().0].into_iter();
            let related = named.chain(others.map(|other| other.place().0)).collect();
            found.push(super::finding(rule, node, field, related));
        }
    }
}

impl RecordCheck for Shared {
    fn fields(&self) -> Vec<FieldId> {
        self.lists.iter().map(|list| list.entry).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let mut seen = MaybeTwice::default();
        for part in self.lists.iter().filter_map(PeopleField::orcid) {
            for value in record.fields.all(part) {
                if let Meaning::Orcid(orcid) = value.meaning() {
                    seen.push(orcid.serial(), 0);
                }
            }
        }
        if seen.again() {
            self.verify(rule, record, found);
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// Two bearers of one ORCID iD are two people. In one list, where nobody stands twice, another given name is enough.
fn are_two(left: &Person<'_>, right: &Person<'_>) -> bool {
    let Some((one, other)) = left.name().zip(right.name()) else { return false };
    match one.likeness(&other) {
        Likeness::Different => true,
        Likeness::OtherGiven => {
            let list = |person: &Person<'_>| Lists::default().of(person.entry.node);
            list(left) == list(right) && left.same_role(right)
        }
        Likeness::Same | Likeness::Compatible | Likeness::Unclear => false,
    }
}
