//! The values of a record's fields, as checks and reports ask for them.

use crate::document::{Document, NodeRef};
use crate::value::{Fault, date, text};

use super::extract::{Extract, Form, Hit, Meaning, NO_HIT, style};
use super::field::{FieldId, FieldKind, FieldSet};

/// A value of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldValue<'a> {
    pub(crate) number: u32,
    pub(crate) hit: &'a Hit,
    pub(crate) node: NodeRef<'a>,
    extract: &'a Extract,
}

impl<'a> FieldValue<'a> {
    /// As which kind of text it is judged.
    pub(crate) fn style(&self, kind: FieldKind) -> Option<text::Style> {
        style(kind, if self.hit.html { Form::Html } else { Form::Any })
    }

    /// What it means, by the kind of its field.
    #[inline]
    pub(crate) fn meaning(&self) -> Meaning {
        self.extract.meaning(self.hit)
    }

    /// In what it fails its kind, if it does.
    pub(crate) fn fault(&self) -> Option<&'a Fault> {
        match self.meaning() {
            Meaning::Fault(number) => self.extract.faults.get(number as usize),
            _ => None,
        }
    }

    /// Its text: a string's, or a number, true or false as written.
    pub(crate) fn text(&self) -> &'a str {
        self.node.plain()
    }
}

/// The values of a record's fields, with the record they stand in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) extract: &'a Extract,
}

impl<'a> Fields<'a> {
    /// The day by which the record is judged, if that is said.
    pub(crate) fn today(self) -> Option<date::Point> {
        self.extract.today
    }

    /// The field has a value that is not blank; an entry, one that is somebody.
    #[inline]
    pub(crate) fn has(self, field: FieldId) -> bool {
        self.extract.present.contains(field)
    }

    /// The fields that it has.
    #[cfg(feature = "cli")]
    pub(crate) fn present(self) -> FieldSet {
        self.extract.present
    }

    /// The record has at least one of the fields.
    #[inline]
    pub(crate) fn has_any(self, fields: &FieldSet) -> bool {
        self.extract.present.meets(fields)
    }

    /// Every value of the field that a path led to, blank ones, too, in document order.
    #[inline]
    pub(crate) fn all(self, field: FieldId) -> Values<'a> {
        Values { fields: self, next: self.extract.chains[field.index()].first, best: u8::MAX }
    }

    /// The values that count: not blank, and of the first alternative that has any.
    #[inline]
    pub(crate) fn values(self, field: FieldId) -> Values<'a> {
        let chain = self.extract.chains[field.index()];
        let first = if chain.best == u8::MAX { NO_HIT } else { chain.first };
        Values { fields: self, next: first, best: chain.best }
    }

    /// The first value that counts.
    pub(crate) fn first(self, field: FieldId) -> Option<FieldValue<'a>> {
        self.values(field).next()
    }

    /// Some value is a blank text.
    #[inline]
    pub(crate) fn has_blanks(self) -> bool {
        self.extract.has_blanks
    }

    /// Some value fails its kind, or may.
    #[inline]
    pub(crate) fn has_faults(self) -> bool {
        !self.extract.faults.is_empty() || !self.extract.suspects.is_empty()
    }

    /// Every text that may be wrong, as its bytes say. What is an identifier or a date as well is none: its own kind
    /// speaks of it.
    #[cold]
    pub(crate) fn suspects(self) -> impl Iterator<Item = FieldValue<'a>> {
        let is_judged = |hit: &&Hit| {
            let kind = self.extract.kinds[hit.field.index()];
            kind != FieldKind::Entry && style(kind, Form::Any).is_none()
        };
        let mut judged: Vec<_> = self.extract.hits.iter().filter(is_judged).map(|hit| hit.node).collect();
        judged.sort_unstable();
        let values = self.extract.suspects.iter().filter_map(move |number| self.value(*number));
        values.filter(move |value| judged.binary_search(&value.hit.node).is_err())
    }

    /// Every value that fails its kind.
    pub(crate) fn faults(self) -> impl Iterator<Item = (FieldValue<'a>, &'a Fault)> {
        let extract = self.extract;
        extract.hits.iter().enumerate().filter_map(move |(number, hit)| match extract.meaning(hit) {
            Meaning::Fault(fault) => {
                let value = self.value(u32::try_from(number).ok()?)?;
                Some((value, &extract.faults[fault as usize]))
            }
            _ => None,
        })
    }

    /// The field that has its value at this node; of several, the part of an entry, which says most exactly what it is.
    pub(crate) fn field_at(self, node: u32) -> Option<FieldId> {
        let mut first = None;
        for value in self.at(node) {
            if value.hit.entry != NO_HIT {
                return Some(value.hit.field);
            }
            first.get_or_insert(value.hit.field);
        }
        first
    }

    /// The values at a node: of several fields, in the order in which they were found.
    pub(crate) fn at(self, node: u32) -> impl Iterator<Item = FieldValue<'a>> {
        /// So many are gone through one by one.
        const FEW: usize = 256;
        let hits = &*self.extract.hits;
        let few = if hits.len() <= FEW { hits } else { &[][..] };
        let few = (0..).zip(few).filter(move |(_, hit)| hit.node == node).map(|(number, _)| number);
        let by_node = || {
            let mut nodes: Vec<_> = (0..).zip(hits).map(|(number, hit)| (hit.node, number)).collect();
            nodes.sort_unstable();
            nodes
        };
        let many = if hits.len() > FEW { self.extract.by_node.get_or_init(by_node) } else { &[][..] };
        let many = &many[many.partition_point(|(known, _)| *known < node)..];
        let many = many.iter().take_while(move |(known, _)| *known == node).map(|(_, number)| *number);
        few.chain(many).filter_map(move |number| self.value(number))
    }

    /// Every value of every field, in the order in which they were found.
    pub(crate) fn of_all(self) -> impl Iterator<Item = FieldValue<'a>> {
        (0..).map_while(move |number| self.value(number))
    }

    /// The value of a part in the entry with this number, if it is not blank.
    pub(crate) fn part_of(self, entry: u32, part: FieldId) -> Option<FieldValue<'a>> {
        let is_it = |value: &FieldValue<'_>| value.hit.field == part && value.hit.entry == entry && !value.hit.blank;
        // It is found behind its entry, and nearly always before the next.
        let near = self.value(entry).and_then(|owner| {
            let behind = (entry + 1..).map_while(|number| self.value(number));
            behind.take_while(|value| value.hit.field != owner.hit.field).find(is_it)
        });
        near.or_else(|| self.all(part).find(is_it))
    }

    /// The hit with this number.
    pub(crate) fn value(self, number: u32) -> Option<FieldValue<'a>> {
        let hit = self.extract.hits.get(number as usize)?;
        let node = NodeRef { document: self.document, index: hit.node };
        Some(FieldValue { number, hit, node, extract: self.extract })
    }
}

/// Values of one field.
#[derive(Clone, Debug)]
pub(crate) struct Values<'a> {
    fields: Fields<'a>,
    next: u32,
    /// Only values of this alternative that are not blank; all if there is no such alternative.
    best: u8,
}

impl<'a> Iterator for Values<'a> {
    type Item = FieldValue<'a>;

    fn next(&mut self) -> Option<FieldValue<'a>> {
        loop {
            let value = self.fields.value(self.next)?;
            self.next = value.hit.next;
            if self.best == u8::MAX || (!value.hit.blank && value.hit.alternative == self.best) {
                return Some(value);
            }
        }
    }
}
