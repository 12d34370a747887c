//! A value or an entry stands twice in one list.

use crate::document::{Kind, Misfit, NodeRef, Table};
use crate::format::{FieldId, FieldKind, FieldTable, FieldValue, Fields};
use crate::value::name::{beginning_key, first_letters_key, folded, word_key};

use super::super::condition::{same_identifier, same_term};
use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::doubles::{Doubles, Keys, MaybeTwice, identifier_key, mix, term_key};
use super::people::Lists;

/// Lists in which nothing should stand twice.
#[derive(Debug)]
pub(crate) struct Repeated {
    lists: Vec<List>,
    /// The lists are one: what stands in one of them should not stand in another either.
    together: bool,
}

/// A field whose values, or whose entries by some of their parts, are told apart.
#[derive(Debug)]
struct List {
    field: FieldId,
    /// The parts of an entry by which it is another; none: its own value.
    by: Vec<FieldId>,
    /// Values are compared as identifiers, by their kind; else as texts.
    identifier: bool,
}

/// One of a list: the value to show, and the parts by which it is compared.
struct Item<'a> {
    entry: FieldValue<'a>,
    list: u32,
    parts: Vec<FieldValue<'a>>,
}

impl Repeated {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let fields = super::fields_of(table, "of", names)?;
        let by = table.texts("by")?.into_iter().map(|(name, node)| Ok((names.fields.need(name, node)?, node)));
        let by: Vec<_> = by.collect::<Result<_, Misfit>>()?;
        let belongs = |part: FieldId| names.fields.get(part).entry.is_some_and(|entry| fields.contains(&entry));
        if let Some((_, node)) = by.iter().find(|(part, _)| !belongs(*part)) {
            return Err(Misfit::at(*node, "`by` names parts of the entries in `of`"));
        }
        let list = |field: FieldId| List {
            field,
            by: by.iter().map(|(part, _)| *part).filter(|part| names.fields.get(*part).entry == Some(field)).collect(),
            identifier: is_identifier(names.fields, field),
        };
        Ok(Self { lists: fields.iter().copied().map(list).collect(), together: table.flag("together", false)? })
    }

    fn some_are_the_same(lists: &[List], fields: Fields<'_>, together: bool) -> bool {
        let mut keys = Doubles::new();
        for list in lists {
            list.keys(fields, together, &mut keys);
        }
        keys.groups().next().is_some()
    }

    /// Looks at those whose keys are the same: the first and, as places of one finding, all others.
    #[cold]
    fn verify(lists: &[List], rule: RuleId, record: &Record<'_>, together: bool, found: &mut Vec<Raw>) {
        // The rough keys may have been the same by chance.
        if !Self::some_are_the_same(lists, record.fields, together) {
            return;
        }
        let mut standing = Lists::default();
        let mut items = Vec::new();
        let mut keys = Doubles::new();
        for list in lists {
            list.visit::<Doubles>(record.fields, together, |entry, key, parts| {
                keys.push(key, u32::try_from(items.len()).unwrap_or(u32::MAX));
                let node = parts.first().map_or(entry.node, |part| part.node);
                items.push((Item { entry, list: standing.of(node), parts: parts.to_vec() }, list));
            });
        }
        let before = found.len();
        for group in keys.groups() {
            let mut of_group = group.iter().filter_map(|(_, number)| items.get(*number as usize));
            let Some((first, list)) = of_group.next() else { continue };
            let again: Vec<_> = of_group
                .filter(|(item, _)| {
                    (together || item.list == first.list) && list.is_same(first, item, record.table, together)
                })
                .map(|(item, _)| item.shown())
                .collect();
            if let Some((second, further)) = again.split_first() {
                let related = std::iter::once(first.shown()).chain(further.iter().copied());
                let related = related.map(|value| value.hit.node).collect();
                found.push(super::finding(rule, second.hit.node, second.hit.field, related));
            }
        }
        // Groups come in the order of their keys; what is said, in that of the record.
        found[before..].sort_by_key(|raw| raw.at.node());
    }
}

impl RecordCheck for Repeated {
    fn fields(&self) -> Vec<FieldId> {
        self.lists.iter().map(|list| list.field).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        let several = |list: &List| fields.values(list.field).nth(1).is_some();
        if self.together {
            let mut there = self.lists.iter().filter(|list| fields.has(list.field));
            // What stands there alone does not stand there twice.
            let Some(first) = there.next() else { return };
            if there.next().is_none() && !several(first) {
                return;
            }
            let mut seen = MaybeTwice::default();
            for list in self.lists.iter().filter(|list| fields.has(list.field)) {
                list.keys(fields, true, &mut seen);
            }
            if seen.again() {
                Self::verify(&self.lists, rule, record, true, found);
            }
            return;
        }
        for list in self.lists.iter().filter(|list| fields.has(list.field)) {
            let is_alone = if list.by.is_empty() { !several(list) } else { fields.all(list.field).nth(1).is_none() };
            if is_alone {
                continue;
            }
            let mut seen = MaybeTwice::default();
            list.keys(fields, false, &mut seen);
            if seen.again() {
                Self::verify(std::slice::from_ref(list), rule, record, false, found);
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

fn is_identifier(fields: &FieldTable, field: FieldId) -> bool {
    !matches!(
        fields.get(field).kind,
        FieldKind::Text | FieldKind::Line | FieldKind::Title | FieldKind::Keyword | FieldKind::Term | FieldKind::Name
    )
}

impl<'a> Item<'a> {
    /// What is shown of it: its first part, else itself.
    fn shown(&self) -> FieldValue<'a> {
        self.parts.first().copied().unwrap_or(self.entry)
    }

    /// The object it is, or stands in.
    fn object(&self) -> Option<NodeRef<'a>> {
        let node = self.entry.node;
        let object = if node.kind() == Kind::Object { Some(node) } else { node.parent().map(|(parent, _)| parent) };
        object.filter(|object| object.kind() == Kind::Object)
    }
}

impl List {
    fn key<K: Keys>(&self, text: &str, together: bool) -> u64 {
        match (self.identifier, together) {
            (true, _) => identifier_key(text),
            (false, true) if K::ROUGH => first_letters_key(text),
            (false, true) => word_key(text),
            (false, false) => beginning_key(text),
        }
    }

    fn keys<K: Keys>(&self, fields: Fields<'_>, together: bool, keys: &mut K) {
        let mut number = 0;
        self.visit::<K>(fields, together, |_, key, _| {
            keys.push(key, number);
            number += 1;
        });
    }

    /// Each of the list that can be compared, with its key and its parts.
    #[inline]
    fn visit<'a, K: Keys>(
        &self,
        fields: Fields<'a>,
        together: bool,
        mut visit: impl FnMut(FieldValue<'a>, u64, &[FieldValue<'a>]),
    ) {
        const MOST: usize = 4;
        if self.by.is_empty() {
            for value in fields.values(self.field).filter(|value| is_text(value.node)) {
                visit(value, self.key::<K>(value.text(), together), &[]);
            }
            return;
        }
        let mut parts: [_; MOST] =
            std::array::from_fn(|part| self.by.get(part).map(|field| fields.all(*field).peekable()));
        for entry in fields.all(self.field) {
            let mut key = 0;
            let mut values = [entry; MOST];
            let mut count = 0;
            for part in parts.iter_mut().flatten() {
                while part.next_if(|value| value.hit.entry < entry.number).is_some() {}
                let Some(value) = part.next_if(|value| value.hit.entry == entry.number && !value.hit.blank) else {
                    break;
                };
                // The first part is what it is about; the others are terms.
                key = if count == 0 { identifier_key(value.text()) } else { mix(key, term_key(value.text())) };
                if let Some(place) = values.get_mut(count) {
                    *place = value;
                }
                count += 1;
            }
            if count == self.by.len().min(MOST) {
                visit(entry, key, values.get(..count).unwrap_or_default());
            }
        }
    }

    fn is_same(&self, left: &Item<'_>, right: &Item<'_>, fields: &FieldTable, together: bool) -> bool {
        let same = |left: &FieldValue<'_>, right: &FieldValue<'_>| {
            let (one, other) = (left.text(), right.text());
            if is_identifier(fields, left.hit.field) {
                same_identifier(one, other)
            } else if left.hit.field == right.hit.field && (!self.by.is_empty() || !together) {
                // "region" and "región" are words of two languages.
                same_term(one, other)
            } else {
                folded(one).next().is_some() && folded(one).eq(folded(other))
            }
        };
        if self.by.is_empty() {
            return same(&left.entry, &right.entry) && !says_otherwise(left, right, together);
        }
        left.parts.iter().zip(&right.parts).all(|(left, right)| same(left, right))
            && !says_otherwise(left, right, together)
    }
}

fn is_text(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::String | Kind::Number)
}

/// Beside what is compared, the two objects do not have the same texts: the same word in another language, or from a
/// scheme, is another value. A text that only one of them has counts within one list: across lists it is what tells them.
fn says_otherwise(left: &Item<'_>, right: &Item<'_>, together: bool) -> bool {
    let Some((one, other)) = left.object().zip(right.object()) else { return false };
    let compared = |item: &Item<'_>, node: NodeRef<'_>| {
        item.shown().hit.node == node.index || item.parts.iter().any(|part| part.hit.node == node.index)
    };
    let differs = |(one, item): (NodeRef<'_>, &Item<'_>), other: NodeRef<'_>| {
        texts(one).filter(|(_, value)| !compared(item, *value)).any(|(key, value)| {
            let mut same_key = texts(other).filter(|(of_other, _)| of_other.raw_text() == key.raw_text());
            same_key.next().map_or(!together, |(_, text)| text.raw_text() != value.raw_text())
        })
    };
    differs((one, left), other) || differs((other, right), one)
}

/// The members of an object that are texts and say something.
fn texts(object: NodeRef<'_>) -> impl Iterator<Item = (NodeRef<'_>, NodeRef<'_>)> {
    object.members().filter(|(_, value)| value.kind() == Kind::String && !crate::format::is_blank(*value))
}
