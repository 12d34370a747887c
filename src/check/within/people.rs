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
    /// Name, family name, given name, kind of name, role, ORCID iD.
    parts: [Option<FieldId>; PARTS],
}

const PARTS: usize = 6;
const PART_NAMES: [&str; PARTS] = ["name", "family", "given", "name-type", "role", "orcid"];

impl PeopleField {
    fn new(entry: FieldId, fields: &FieldTable) -> Self {
        let owner = fields.get(entry);
        let part = |part: &str| fields.id(&format!("{}.{part}", owner.name));
        Self { entry, plain: owner.kind != FieldKind::Entry, parts: PART_NAMES.map(part) }
    }

    /// The part with their ORCID iDs.
    pub(super) fn orcid(&self) -> Option<FieldId> {
        self.parts[5]
    }

    /// Its people in the record, in order.
    pub(super) fn of<'a>(&self, fields: Fields<'a>) -> People<'a> {
        let parts = self.parts.map(|part| part.map(|part| Part::new(fields.all(part))));
        People { entries: fields.all(self.entry), plain: self.plain, parts }
    }
}

/// The fields of people that `of` lists.
pub(super) fn read(table: &mut crate::document::Table<'_>, names: Names<'_>) -> Result<Vec<PeopleField>, Misfit> {
    let fields = super::fields_of(table, "of", names)?;
    Ok(fields.into_iter().map(|field| PeopleField::new(field, names.fields)).collect())
}

/// The values of one part, which come in the order of their entries.
#[derive(Debug)]
struct Part<'a> {
    values: Values<'a>,
    next: Option<FieldValue<'a>>,
}

impl<'a> Part<'a> {
    fn new(mut values: Values<'a>) -> Self {
        let next = values.next();
        Self { values, next }
    }

    /// The first value of the entry that is not blank.
    fn of(&mut self, entry: u32) -> Option<FieldValue<'a>> {
        loop {
            let value = self.next?;
            if value.hit.entry > entry {
                return None;
            }
            if value.hit.entry == entry && !value.hit.blank {
                return Some(value);
            }
            self.next = self.values.next();
        }
    }
}

/// The people of one field.
#[derive(Debug)]
pub(super) struct People<'a> {
    entries: Values<'a>,
    plain: bool,
    parts: [Option<Part<'a>>; PARTS],
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    pub(super) entry: FieldValue<'a>,
    parts: [Option<FieldValue<'a>>; PARTS],
}

impl<'a> Iterator for People<'a> {
    type Item = Person<'a>;

    fn next(&mut self) -> Option<Person<'a>> {
        let entry = self.entries.next()?;
        let mut parts = [None; PARTS];
        for (value, part) in parts.iter_mut().zip(&mut self.parts) {
            *value = part.as_mut().and_then(|part| part.of(entry.number));
        }
        if self.plain && !entry.hit.blank {
            parts[0] = Some(entry);
        }
        Some(Person { entry, parts })
    }
}

impl<'a> Person<'a> {
    fn text(&self, part: usize) -> Option<&'a str> {
        self.parts.get(part).copied().flatten().map(|value| value.text())
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
        match self.parts[5]?.hit.meaning {
            Meaning::Orcid(orcid) => Some(orcid),
            _ => None,
        }
    }

    /// There is something where an ORCID iD belongs.
    pub(super) fn has_orcid(&self) -> bool {
        self.parts[5].is_some()
    }

    /// The node of the ORCID iD, and its field.
    pub(super) fn orcid_place(&self) -> Option<(u32, FieldId)> {
        self.parts[5].map(|value| (value.hit.node, value.hit.field))
    }

    /// The node to show, and its field: the name, else the entry.
    pub(super) fn place(&self) -> (u32, FieldId) {
        let named = [0, 1, 2].into_iter().find_map(|part| self.parts.get(part).copied().flatten());
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
