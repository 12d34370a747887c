//! The people of a record: the entries of a field with the parts that say who they are.

use crate::document::{Kind, Misfit, NodeRef};
use crate::format::{FieldId, FieldKind, FieldTable, FieldValue, Fields, Meaning, Values};
use crate::value::name::Name;
use crate::value::orcid::Orcid;

use super::super::condition::same_term;
use super::super::condition_text::Names;

/// A field of people, and the fields of its entries. A part that the field does not have is not asked for.
#[derive(Clone, Debug)]
pub(super) struct PeopleField {
    /// The field.
    pub(super) entry: FieldId,
    /// Its values are names, not entries with parts.
    plain: bool,
    /// The part with their ORCID iDs.
    orcid: Option<FieldId>,
    /// Which part a field is, by its distance from the first of them; `PARTS` if it is none.
    part_of: Box<[u8]>,
    first: usize,
    /// The parts that the field has, as bits.
    has: u8,
}

const PARTS: usize = 6;
/// No value has this number.
const NONE: u32 = u32::MAX;
/// Name, family name, given name, kind of name, role, ORCID iD.
const PART_NAMES: [&str; PARTS] = ["name", "family", "given", "name-type", "role", "orcid"];

impl PeopleField {
    fn new(entry: FieldId, fields: &FieldTable) -> Self {
        let owner = fields.get(entry);
        let parts = PART_NAMES.map(|part| fields.id(&format!("{}.{part}", owner.name)));
        let places = || parts.iter().flatten().map(|part| part.index());
        let (first, last) = (places().min().unwrap_or(0), places().max().unwrap_or(0));
        let part_at = |place| parts.iter().position(|part| part.is_some_and(|part| part.index() == place));
        let part_of = (first..=last).map(|place| u8::try_from(part_at(place).unwrap_or(PARTS)).unwrap_or(u8::MAX));
        let has = (0..).zip(&parts).fold(0, |has, (part, field)| has | u8::from(field.is_some()) << part);
        let [.., orcid] = parts;
        Self { entry, plain: owner.kind != FieldKind::Entry, orcid, part_of: part_of.collect(), first, has }
    }

    /// The part with their ORCID iDs.
    pub(super) fn orcid(&self) -> Option<FieldId> {
        self.orcid
    }

    /// Its people in the record, in order.
    #[inline]
    pub(super) fn of<'a>(&'a self, fields: Fields<'a>) -> People<'a> {
        People { field: self, fields, entries: fields.all(self.entry), wanted: self.has }
    }

    /// The same, with their names and the kind of name alone.
    #[inline]
    pub(super) fn names_of<'a>(&'a self, fields: Fields<'a>) -> People<'a> {
        const NAMES: u8 = 0b1111;
        People { wanted: self.has & NAMES, ..self.of(fields) }
    }

    /// The first value of each wanted part of an entry that is not blank. What is in an entry stands right behind it.
    #[inline]
    fn parts(&self, fields: Fields<'_>, entry: &FieldValue<'_>, mut wanted: u8) -> [u32; PARTS] {
        let mut parts = [NONE; PARTS];
        let end = entry.node.raw().next;
        let mut number = entry.number;
        if self.plain && !entry.hit.blank {
            parts[0] = number;
            wanted &= !1;
        }
        while wanted != 0 {
            number += 1;
            let Some(value) = fields.value(number).filter(|value| value.hit.node < end) else { break };
            let distance = value.hit.field.index().wrapping_sub(self.first);
            if let Some(part) = self.part_of.get(distance)
                && wanted & 1 << (part & 7) != 0
                && value.hit.entry == entry.number
                && !value.hit.blank
                && let Some(place) = parts.get_mut(usize::from(*part))
            {
                *place = number;
                wanted &= !(1 << (part & 7));
            }
        }
        parts
    }
}

/// The fields of people that `of` lists.
pub(super) fn read(table: &mut crate::document::Table<'_>, names: Names<'_>) -> Result<Vec<PeopleField>, Misfit> {
    let fields = super::fields_of(table, "of", names)?;
    Ok(fields.into_iter().map(|field| PeopleField::new(field, names.fields)).collect())
}

/// The people of one field.
#[derive(Debug)]
pub(super) struct People<'a> {
    field: &'a PeopleField,
    fields: Fields<'a>,
    entries: Values<'a>,
    /// Parts that are asked for, as bits.
    wanted: u8,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    pub(super) entry: FieldValue<'a>,
    fields: Fields<'a>,
    /// The numbers of the values.
    parts: [u32; PARTS],
}

impl<'a> Iterator for People<'a> {
    type Item = Person<'a>;

    #[inline]
    fn next(&mut self) -> Option<Person<'a>> {
        let entry = self.entries.next()?;
        Some(Person { entry, fields: self.fields, parts: self.field.parts(self.fields, &entry, self.wanted) })
    }
}

impl<'a> Person<'a> {
    #[inline]
    fn value(&self, part: usize) -> Option<FieldValue<'a>> {
        self.fields.value(self.parts[part])
    }

    #[inline]
    fn text(&self, part: usize) -> Option<&'a str> {
        self.value(part).map(|value| value.text())
    }

    /// The name, from its two parts where both are there.
    pub(super) fn name(&self) -> Option<Name<'a>> {
        match (self.text(1), self.text(2)) {
            (Some(family), Some(given)) => Some(Name::parted(family, given)),
            (family, given) => self.text(0).or(family).or(given).map(Name::read),
        }
    }

    /// The whole name as it is written.
    pub(super) fn whole(&self) -> Option<&'a str> {
        self.text(0)
    }

    /// The name as one says it: "Ruth Keller".
    pub(super) fn full_name(&self) -> Option<String> {
        match (self.text(1), self.text(2)) {
            (Some(family), Some(given)) => Some(format!("{given} {family}")),
            (family, given) => self.text(0).or(family).or(given).map(str::to_owned),
        }
    }

    /// Family and given names, where they are there by themselves.
    pub(super) fn parted(&self) -> [Option<&'a str>; 2] {
        [self.text(1), self.text(2)]
    }

    /// What the record says of the kind of name.
    pub(super) fn name_type(&self) -> Option<&'a str> {
        self.text(3)
    }

    /// What the person did.
    pub(super) fn role(&self) -> Option<&'a str> {
        self.text(4)
    }

    pub(super) fn same_role(&self, other: &Self) -> bool {
        match (self.role(), other.role()) {
            (Some(left), Some(right)) => same_term(left, right),
            (None, None) => true,
            _ => false,
        }
    }

    /// The ORCID iD, if it is a right one.
    pub(super) fn orcid(&self) -> Option<Orcid> {
        match self.value(5)?.meaning() {
            Meaning::Orcid(orcid) => Some(orcid),
            _ => None,
        }
    }

    /// There is something where an ORCID iD belongs.
    pub(super) fn has_orcid(&self) -> bool {
        self.value(5).is_some()
    }

    /// The node of the ORCID iD, and its field.
    pub(super) fn orcid_place(&self) -> Option<(u32, FieldId)> {
        self.value(5).map(|value| (value.hit.node, value.hit.field))
    }

    /// The node to show, and its field: the name, else the entry.
    pub(super) fn place(&self) -> (u32, FieldId) {
        let named = [0, 1, 2].into_iter().find_map(|part| self.value(part));
        let value = named.unwrap_or(self.entry);
        (value.hit.node, value.hit.field)
    }
}

/// Which of the record's lists entries stand in, told from one entry to the next.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The list that the last entry stood in.
    current: Option<(u32, u32)>,
}

impl Lists {
    /// The list of a value, by its node; of a value outside of a list, the value's own.
    pub(super) fn of(&mut self, node: NodeRef<'_>) -> u32 {
        if let Some((list, _)) = self.current.filter(|(list, end)| node.index > *list && node.index < *end) {
            return list;
        }
        // A value may stand an object deeper than its entry in the list: `dc.title/*/value`.
        let mut at = node;
        for _ in 0..2 {
            match at.parent() {
                Some((parent, _)) if parent.kind() == Kind::Array => {
                    self.current = Some((parent.index, parent.raw().next));
                    return parent.index;
                }
                Some((parent, _)) => at = parent,
                None => break,
            }
        }
        node.index
    }
}
