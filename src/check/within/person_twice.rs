//! A person stands twice in one list, in one role: by the same ORCID iD and a name that goes with it, or by the same name.

use crate::document::{Misfit, Table};
use crate::format::FieldId;
use crate::value::name::{Likeness, Name};

use super::super::condition_text::Names;
use super::super::{Detail, Raw, Record, RecordCheck, RuleId};
use super::doubles::{Doubles, Keys, MaybeTwice, mix, term_key};
use super::people::{Lists, PeopleField, Person, read};

/// Lists in which nobody should stand twice.
#[derive(Debug)]
pub(crate) struct PersonTwice {
    lists: Vec<PeopleField>,
}

/// Two of a group that are looked at for one of its others; names of the same letters that are of different people are few.
const MOST_HEADS: usize = 16;

impl PersonTwice {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        Ok(Self { lists: read(table, names)? })
    }
}

impl RecordCheck for PersonTwice {
    fn fields(&self) -> Vec<FieldId> {
        self.lists.iter().map(|list| list.entry).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for list in self.lists.iter().filter(|list| record.fields.all(list.entry).nth(1).is_some()) {
            let mut seen = MaybeTwice::default();
            add_keys(list, record, &mut seen);
            if seen.again() {
                verify(rule, list, record, found);
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// Adds the keys of a list's people: by name and by ORCID iD, in their roles.
fn add_keys(list: &PeopleField, record: &Record<'_>, keys: &mut impl Keys) {
    for (number, person) in (0..).zip(list.of(record.fields)) {
        let of_role = person.role().map_or(0, term_key);
        if let Some(name) = person.name() {
            keys.push(mix(name.key(), of_role), number);
        }
        if let Some(orcid) = person.orcid() {
            keys.push(mix(orcid.serial(), of_role), number);
        }
    }
}

/// Looks at those whose names or ORCID iDs are alike.
#[cold]
fn verify(rule: RuleId, list: &PeopleField, record: &Record<'_>, found: &mut Vec<Raw>) {
    let mut keys = Doubles::new();
    add_keys(list, record, &mut keys);
    let mut groups = keys.groups().peekable();
    if groups.peek().is_none() {
        return;
    }
    let mut lists = Lists::default();
    let people: Vec<_> = list.of(record.fields).map(|person| (lists.of(person.entry.node), person)).collect();
    // For each who stands there again, the place at which that person stood first.
    let mut first: Vec<Option<usize>> = vec![None; people.len()];
    for group in groups {
        let mut heads: Vec<usize> = Vec::new();
        for (_, number) in group {
            let number = *number as usize;
            let Some((own, person)) = people.get(number) else { continue };
            let same = |head: &&usize| {
                people
                    .get(**head)
                    .is_some_and(|(list, other)| **head != number && list == own && is_same(other, person))
            };
            match heads.iter().find(same) {
                Some(head) if first[number].is_none() => first[number] = Some(first[*head].unwrap_or(*head)),
                None if heads.len() < MOST_HEADS => heads.push(number),
                _ => {}
            }
        }
    }
    tell(rule, &people, &first, found);
}

/// One finding for each person: where it stands again, with the first and all further places.
fn tell(rule: RuleId, people: &[(u32, Person<'_>)], first: &[Option<usize>], found: &mut Vec<Raw>) {
    let mut again: Vec<_> = first.iter().enumerate().filter_map(|(number, head)| Some(((*head)?, number))).collect();
    again.sort_unstable();
    for of_one in again.chunk_by(|left, right| left.0 == right.0) {
        let Some(((head, second), further)) = of_one.split_first() else { continue };
        let (node, field) = people[*second].1.place();
        let related = std::iter::once(head).chain(further.iter().map(|(_, number)| number));
        let related = related.map(|number| people[*number].1.place().0).collect();
        let name = people[*second].1.full_name().unwrap_or_default();
        let detail = Detail::Said { variant: None, reason: name, remedy: None };
        found.push(Raw { detail, ..super::finding(rule, node, field, related) });
    }
}

/// Two entries of one list are of the same person.
fn is_same(left: &Person<'_>, right: &Person<'_>) -> bool {
    if !left.same_role(right) {
        return false;
    }
    let names = left.name().zip(right.name());
    if has_another_alias(left, right) {
        return false;
    }
    match (left.orcid(), right.orcid()) {
        (Some(one), Some(other)) if one == other => {
            names.is_none_or(|(one, other)| matches!(one.likeness(&other), Likeness::Same | Likeness::Compatible))
        }
        (Some(_), Some(_)) => false,
        // One that cannot be read may be another's.
        (None, None) if left.has_orcid() && right.has_orcid() => false,
        _ => names.is_some_and(|(one, other)| is_same_by_name(&one, &other)),
    }
}

/// Besides their names they have each a word of their own by which they are known.
fn has_another_alias(left: &Person<'_>, right: &Person<'_>) -> bool {
    let is_word = |text: &str| !text.contains(char::is_whitespace);
    let aliases = left.whole().zip(right.whole());
    aliases.is_some_and(|(one, other)| is_word(one) && is_word(other) && !one.eq_ignore_ascii_case(other))
}

/// The names are the same, and say enough for that.
fn is_same_by_name(left: &Name<'_>, right: &Name<'_>) -> bool {
    left.is_telling() && right.is_telling() && left.likeness(right) == Likeness::Same
}
