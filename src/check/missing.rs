//! A field has no value, and nothing stands in for it.

use crate::document::{Misfit, NodeRef, Shape, Table, one_or_list, push_token, text};
use crate::format::{FieldId, FieldKind, FieldSet, FieldValue, Followed, Format, is_blank};

use super::condition::{Condition, Pattern};
use super::condition_text::Names;
use super::reach::Reach;
use super::terms::TermSet;
use super::{Anchor, At, Detail, Raw, Record, RuleId};

/// A field that a record should have.
#[derive(Debug)]
pub(crate) struct Missing {
    field: FieldId,
    /// Formats in which it is another field that is missed.
    field_in: Vec<(Box<str>, FieldId)>,
    /// Fields of which any stands in for it, each with the formats for which that is so (none: all).
    instead: Vec<(FieldId, Option<Box<str>>)>,
    /// It is missed only where this holds, and the finding stands at the value that makes it hold.
    when: Option<Condition>,
    /// Formats in which it is missed only where this holds, too: their standards leave it open.
    when_in: Vec<(Box<str>, Condition)>,
    /// It is not missed where this holds.
    unless: Option<Condition>,
    /// Values that are none: access terms are no licence. And patterns of such values.
    not_counted: TermSet,
    not_counted_patterns: Vec<Pattern>,
    entry: bool,
    /// Any value of the field will do, in all formats.
    any_will_do: bool,
    with_instead: FieldSet,
}

impl Missing {
    pub(super) fn read(
        table: &mut Table<'_>,
        field: FieldId,
        (names, reach): (Names<'_>, &Reach<'_>),
    ) -> Result<Self, Misfit> {
        let mut field_in = Vec::new();
        if let Some(by_format) = table.any("field-in") {
            for (key, value) in Table::new(by_format)?.node().members() {
                field_in.push((names.format(key)?, names.fields.need(text("field-in", value)?, value)?));
            }
        }
        let mut instead = Vec::new();
        for (name, node) in table.texts("or")? {
            instead.push((names.fields.need(name, node)?, None));
        }
        if let Some(by_format) = table.any("or-in") {
            for (key, list) in Table::new(by_format)?.node().members() {
                let format = names.format(key)?;
                for node in one_or_list(list) {
                    let field = names.fields.need(text("or-in", node)?, node)?;
                    instead.push((field, Some(format.clone())));
                }
            }
        }
        let of_format = |format: &Format| {
            let own = field_in.iter().find(|(name, _)| *name == format.name);
            format.maps(own.map_or(field, |(_, field)| *field))
        };
        let (when, unless) = read_conditions(table, (names, &reach.only(of_format)))?;
        let mut when_in = Vec::new();
        if let Some(by_format) = table.any("when-in") {
            for (key, value) in Table::new(by_format)?.node().members() {
                let format = names.format(key)?;
                let condition = names.read(value)?;
                reach.only(|one| one.name == format).need(&condition, value)?;
                when_in.push((format, condition));
            }
        }
        let with_instead = instead.iter().map(|(field, _)| *field);
        let with_instead = with_instead.chain(field_in.iter().map(|(_, field)| *field)).chain([field]).collect();
        let (patterns, whole): (Vec<_>, Vec<_>) =
            table.texts("not-counted")?.into_iter().map(|(text, _)| text).partition(|text| text.contains('*'));
        let entry = names.fields.get(field).kind == FieldKind::Entry;
        let any_will_do = field_in.is_empty() && patterns.is_empty() && whole.is_empty();
        Ok(Self {
            field,
            any_will_do,
            field_in,
            instead,
            when,
            when_in,
            unless,
            not_counted: TermSet::new(whole.into_iter().map(Into::into).collect()),
            not_counted_patterns: patterns.into_iter().filter_map(Pattern::read).collect(),
            entry,
            with_instead,
        })
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = FieldId> {
        self.field_in.iter().map(|(_, field)| *field).chain([self.field])
    }

    /// The field that is missed in a record.
    fn field(&self, record: &Record<'_>) -> FieldId {
        let of_format = self.field_in.iter().find(|(format, _)| *format == record.format.name);
        of_format.map_or(self.field, |(_, field)| *field)
    }

    #[inline]
    pub(super) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        let given = self.any_will_do && fields.has(self.field) && (!self.entry || fields.first(self.field).is_some());
        if !given {
            self.look(rule, record, found);
        }
    }

    #[inline(never)]
    fn look(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let field = self.field(record);
        if !record.fields.has_any(&self.with_instead) || !self.is_given(record, field) {
            found.extend(self.find(rule, record, field));
        }
    }

    /// What to say where nothing is given, if that matters.
    fn find(&self, rule: RuleId, record: &Record<'_>, field: FieldId) -> Option<Raw> {
        if self.lacks_place(record, field) {
            return None;
        }
        let fields = record.fields;
        // Where it matters at all is asked first: that is mostly the shorter condition.
        let witness = match &self.when {
            None => None,
            Some(when) => Some(when.holds(fields)?),
        };
        if self.is_left_open(record) {
            return None;
        }
        let cause = witness.and_then(|witness| fields.value(witness.value?));
        let mut raw = Raw::new(rule, self.place(record, field, cause.map(|value| value.node)));
        raw.field = Some(field);
        if let Some(page) = &record.carrier.page
            && self.of(record, field).any(|field| blank_labels(record, field).any(|label| page.is_link(label.source())))
        {
            raw.detail = Detail::LinkLost;
        }
        Some(raw)
    }

    /// It would be missed, if the table of which the record is a row had a column for it.
    pub(super) fn wants_column(&self, record: &Record<'_>) -> bool {
        let field = self.field(record);
        !self.is_given(record, field)
            && self.lacks_column(record)
            && self.when.as_ref().is_none_or(|when| when.holds(record.fields).is_some())
            && !self.is_left_open(record)
    }

    /// Nobody asks for it in such a record.
    fn is_left_open(&self, record: &Record<'_>) -> bool {
        let holds = |condition: &Condition| condition.holds(record.fields).is_some();
        let mut in_format = self.when_in.iter().filter(|(format, _)| *format == record.format.name);
        self.unless.as_ref().is_some_and(holds) || in_format.any(|(_, condition)| !holds(condition))
    }

    /// The record is a row of a table that has no column for what is missed.
    fn lacks_column(&self, record: &Record<'_>) -> bool {
        record.carrier.shape == Shape::HeaderRow && !Self::has_column(record, self.field(record))
    }

    /// The record can have no place for what is missed: a table without the column, a page without the label.
    fn lacks_place(&self, record: &Record<'_>, field: FieldId) -> bool {
        match record.carrier.shape {
            Shape::AsIs => false,
            Shape::HeaderRow => self.lacks_column(record),
            Shape::LabelLines => !self.of(record, field).any(|field| record.carrier.labelled.contains(field)),
        }
    }

    /// The field, and those that stand in for it in this record's format.
    fn of(&self, record: &Record<'_>, field: FieldId) -> impl Iterator<Item = FieldId> {
        let counts = |format: &Option<Box<str>>| format.as_deref().is_none_or(|format| *format == *record.format.name);
        let instead = self.instead.iter().filter(move |(_, format)| counts(format)).map(|(field, _)| *field);
        [field].into_iter().chain(instead)
    }

    /// A table says nothing of what it has no column for: who edits a few columns leaves the others as they are. What may stand
    /// instead is no reason to ask.
    fn has_column(record: &Record<'_>, field: FieldId) -> bool {
        let depth = record.carrier.depth_of_record(field);
        record.carrier.follow(field, record.root).any(|followed| followed.keys > depth)
    }

    fn is_given(&self, record: &Record<'_>, field: FieldId) -> bool {
        let fields = record.fields;
        let all_count = self.not_counted.is_empty() && self.not_counted_patterns.is_empty();
        let counts = |value: FieldValue<'_>| all_count || !self.is_not_counted(value.text());
        if fields.has(field) && fields.values(field).any(counts) {
            return true;
        }
        self.of(record, field).skip(1).any(|field| fields.has(field))
    }

    fn is_not_counted(&self, text: &str) -> bool {
        self.not_counted.has(text) || self.not_counted_patterns.iter().any(|pattern| pattern.fits(text))
    }

    /// Where to show that it is missing: an empty value that stands for it, else what is not there.
    fn place(&self, record: &Record<'_>, field: FieldId, cause: Option<NodeRef<'_>>) -> At {
        let given = record.fields.all(field).find(|value| !self.entry || value.hit.blank);
        if let Some(value) = given.filter(|_| cause.is_none()) {
            return At::Node(value.hit.node);
        }
        if record.carrier.page.is_some() && cause.is_none() {
            let label = self.of(record, field).find_map(|field| blank_labels(record, field).next());
            if let Some(label) = label {
                return At::Node(label.index + 1);
            }
        }
        let mut first = None;
        for followed in record.carrier.follow(field, record.root) {
            let ends_there = followed.absent.is_none() && followed.keys > 0 && is_blank(followed.node);
            if ends_there && cause.is_none() {
                return At::Node(followed.node.index);
            }
            first.get_or_insert(followed);
        }
        let Some(Followed { node, keys, absent }) = first else {
            return At::Node(record.root.index);
        };
        let mut pointer = node.pointer();
        if let Some(name) = absent {
            push_token(&mut pointer, &name.text);
        }
        let within_record = keys > record.carrier.depth_of_record(field);
        let anchor = match cause {
            Some(cause) => Anchor::Node(cause.index),
            None if within_record => node
                .parent()
                .and_then(|(_, key)| key)
                .map_or(Anchor::Opening(node.index), |key| Anchor::Node(key.index)),
            None => match record.anchor() {
                // Of many entities it is this one that lacks it.
                Anchor::Opening(_) if record.carrier.look_up.is_some() => Anchor::Opening(node.index),
                anchor => anchor,
            },
        };
        At::Absent { anchor, pointer }
    }
}

/// On a copied page, the labels of a field under which there is nothing.
fn blank_labels<'a>(record: &Record<'a>, field: FieldId) -> impl Iterator<Item = NodeRef<'a>> {
    record.carrier.follow(field, record.root).filter_map(|followed| {
        let is_blank = followed.absent.is_none() && followed.keys > 0 && is_blank(followed.node);
        if is_blank { followed.node.parent()?.1 } else { None }
    })
}

/// Where alone a check looks for something, and where it does not: `when` and `unless`.
pub(super) fn read_conditions(
    table: &mut Table<'_>,
    (names, reach): (Names<'_>, &Reach<'_>),
) -> Result<(Option<Condition>, Option<Condition>), Misfit> {
    let mut read = |name| table.any(name).map(|node| Ok((names.read(node)?, node))).transpose();
    let (when, unless) = (read("when")?, read("unless")?);
    if let Some((when, node)) = &when {
        reach.need(when, *node)?;
    }
    if let Some((_, node)) = unless.as_ref().filter(|(unless, _)| unless.always_holds(None)) {
        return Err(Misfit::at(*node, "this condition always holds: nothing would ever be found"));
    }
    Ok((when.map(|(when, _)| when), unless.map(|(unless, _)| unless)))
}
