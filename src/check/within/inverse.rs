//! Two relations to one thing of which each is the other seen from the other side: part of it, and having it as a part.

use crate::document::{Misfit, NodeRef, Table, text};
use crate::format::{FieldId, FieldValue, Fields, Values};

use super::super::condition::{same_identifier, same_term};
use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::doubles::{Doubles, Keys, MaybeTwice, identifier_key};

/// Relations that exclude each other.
#[derive(Debug)]
pub(crate) struct Inverse {
    /// The fields of target and relation in the entries of one field.
    target: FieldId,
    kind: FieldId,
    /// Pairs of relations.
    pairs: Vec<[Box<str>; 2]>,
    /// Pairs that are unlikely together, but can be: two works may cite each other.
    mutual: Vec<[Box<str>; 2]>,
    /// Pairs of fields that exclude each other.
    fields: Vec<[FieldId; 2]>,
}

impl Inverse {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let mut field = |name: &'static str| {
            let node = table.any(name).ok_or_else(|| Misfit::at(table.node(), format!("`{name}` is missing here")))?;
            names.fields.need(text(name, node)?, node)
        };
        let (target, kind) = (field("target")?, field("relation")?);
        let words = |nodes: Vec<NodeRef<'_>>| {
            let pairs = nodes.into_iter().map(|node| pair(node, |text, _| Ok(text.into())));
            pairs.collect::<Result<Vec<[Box<str>; 2]>, _>>()
        };
        let (pairs, mutual) = (words(table.list("pairs"))?, words(table.list("mutual"))?);
        if pairs.is_empty() {
            return Err(Misfit::at(table.node(), "`pairs` says which relations exclude each other"));
        }
        let fields = table.list("fields").into_iter();
        let fields = fields.map(|node| pair(node, |name, node| names.fields.need(name, node)));
        Ok(Self { target, kind, pairs, mutual, fields: fields.collect::<Result<_, _>>()? })
    }

    fn add_keys(&self, record: &Record<'_>, keys: &mut impl Keys) {
        for (number, target) in (0..).zip(record.fields.values(self.target)) {
            keys.push(identifier_key(target.text()), number);
        }
    }

    /// Looks at the relations of what is named more than once.
    #[cold]
    fn verify(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let mut keys = Doubles::new();
        self.add_keys(record, &mut keys);
        let mut groups = keys.groups().peekable();
        if groups.peek().is_none() {
            return;
        }
        let fields = record.fields;
        let targets: Vec<_> = fields.values(self.target).collect();
        let mut kinds = fields.all(self.kind).peekable();
        let kinds: Vec<_> = targets
            .iter()
            .map(|target| {
                while kinds.next_if(|kind| kind.hit.entry < target.hit.entry).is_some() {}
                kinds.next_if(|kind| kind.hit.entry == target.hit.entry)
            })
            .collect();
        let before = found.len();
        for group in groups {
            // A relation that stands there again says nothing new, so that few are left to be compared.
            let mut known: Vec<(FieldValue<'_>, FieldValue<'_>)> = Vec::new();
            for (_, number) in group {
                let number = *number as usize;
                let Some((target, kind)) = targets.get(number).copied().zip(kinds.get(number).copied().flatten())
                else {
                    continue;
                };
                if known.iter().any(|(_, known)| same_term(known.text(), kind.text())) {
                    continue;
                }
                let same = |other: &&(FieldValue<'_>, FieldValue<'_>)| same_identifier(other.0.text(), target.text());
                for (_, other) in known.iter().filter(same) {
                    let raw = || super::finding(rule, kind.hit.node, self.kind, vec![other.hit.node]);
                    if is_pair(&self.pairs, other.text(), kind.text()) {
                        found.push(raw());
                    } else if is_pair(&self.mutual, other.text(), kind.text()) {
                        found.push(super::variant(raw(), "mutual"));
                    }
                }
                known.push((target, kind));
            }
        }
        if let Some(new) = found.get_mut(before..) {
            new.sort_by_key(|raw| raw.at.node());
        }
    }
}

impl RecordCheck for Inverse {
    fn fields(&self) -> Vec<FieldId> {
        std::iter::once(self.target).chain(self.fields.iter().flatten().copied()).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        // What is named alone is not named twice.
        if fields.values(self.target).nth(1).is_some() {
            let mut seen = MaybeTwice::default();
            self.add_keys(record, &mut seen);
            if seen.again() {
                self.verify(rule, record, found);
            }
        }
        for [one, other] in &self.fields {
            if !fields.has(*one) || !fields.has(*other) {
                continue;
            }
            let ones = Ones::of(fields, *one);
            for value in fields.values(*other) {
                if let Some(first) = ones.first_like(&value) {
                    found.push(super::finding(rule, value.hit.node, *other, vec![first.hit.node]));
                }
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// The values of a field, to be compared with others: many by their keys.
enum Ones<'a> {
    Few(Values<'a>),
    /// Sorted, of the same key in their order.
    Many(Vec<(u64, FieldValue<'a>)>),
}

impl<'a> Ones<'a> {
    fn of(fields: Fields<'a>, field: FieldId) -> Self {
        const FEW: usize = 32;
        if fields.values(field).nth(FEW).is_none() {
            return Self::Few(fields.values(field));
        }
        let mut many: Vec<_> = fields.values(field).map(|value| (identifier_key(value.text()), value)).collect();
        many.sort_by_key(|(key, _)| *key);
        Self::Many(many)
    }

    /// The first that is the same identifier.
    fn first_like(&self, value: &FieldValue<'_>) -> Option<FieldValue<'a>> {
        let same = |one: &FieldValue<'_>| same_identifier(one.text(), value.text());
        match self {
            Self::Few(values) => values.clone().find(same),
            Self::Many(values) => {
                let key = identifier_key(value.text());
                let alike = &values[values.partition_point(|(one, _)| *one < key)..];
                alike.iter().take_while(|(one, _)| *one == key).map(|(_, one)| *one).find(same)
            }
        }
    }
}

fn is_pair(pairs: &[[Box<str>; 2]], left: &str, right: &str) -> bool {
    pairs.iter().any(|[one, other]| {
        same_term(one, left) && same_term(other, right) || same_term(one, right) && same_term(other, left)
    })
}

/// A list of two texts, each read by `read`.
fn pair<T>(node: NodeRef<'_>, read: impl Fn(&str, NodeRef<'_>) -> Result<T, Misfit>) -> Result<[T; 2], Misfit> {
    let mut of_pair = node.elements().map(|node| read(text("pair", node)?, node));
    match (of_pair.next(), of_pair.next(), of_pair.next()) {
        (Some(one), Some(other), None) => Ok([one?, other?]),
        _ => Err(Misfit::at(node, "a pair is a list of two")),
    }
}
