//! The kinds of check: what a rule can ask of a record. One file a kind.

mod blank;
mod condition;
mod condition_text;
mod missing;
mod schema;
mod value;

use std::ops::Range;

use crate::document::{Misfit, NodeRef, Table, push_token, suggest};
use crate::format::{Carrier, FieldId, FieldSet, FieldTable, Fields, Followed, Format};
use crate::schema::Violation;
use crate::value::Fault;

pub(crate) use condition::{Condition, State, Verdict};
pub(crate) use condition_text::Names;
pub(crate) use schema::{SchemaCheck, violations};
pub(crate) use value::ValueCheck;

/// A rule, by its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(crate) u16);

impl RuleId {
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A record as the checks see it.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) format: &'a Format,
    pub(crate) carrier: &'a Carrier,
    /// The value that is the record.
    pub(crate) root: NodeRef<'a>,
    pub(crate) fields: Fields<'a>,
    pub(crate) table: &'a FieldTable,
}

impl Record<'_> {
    /// What to show for something the whole record lacks: its title, else what identifies it, else its beginning.
    pub(crate) fn anchor(&self) -> Anchor {
        let known = self.table.known();
        let shown = [known.title, known.id].into_iter().flatten().find_map(|field| self.fields.first(field));
        shown.map_or(Anchor::Opening(self.root.index), |value| Anchor::Node(value.hit.node))
    }

    /// Pointer to the first member that is not there on the first path of a field; nothing if all of them are.
    pub(crate) fn pointer_to_absent(&self, field: FieldId) -> Option<String> {
        let Followed { node, absent, .. } = self.carrier.follow(field, self.root).next()?;
        let mut pointer = node.pointer();
        push_token(&mut pointer, &absent?.text);
        Some(pointer)
    }
}

/// Where something is wrong, in terms of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum At {
    /// A value, or a key.
    Node(u32),
    /// Bytes of a value's text.
    Within(u32, Range<usize>),
    /// Something that is not there: what `pointer` would lead to; `anchor` is the node to show.
    Absent { anchor: Anchor, pointer: String },
    /// Bytes of the source, where no tree is.
    Span(Range<usize>),
}

impl At {
    /// The value it is about, if that is there.
    pub(crate) fn node(&self) -> Option<u32> {
        match self {
            Self::Node(node) | Self::Within(node, _) => Some(*node),
            Self::Absent { .. } | Self::Span(_) => None,
        }
    }
}

/// What is shown for something that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// A value or a key.
    Node(u32),
    /// The opening bracket of a list or object.
    Opening(u32),
}

/// What a check found, before severity and words.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) rule: RuleId,
    pub(crate) at: At,
    pub(crate) field: Option<FieldId>,
    /// Other nodes that belong to it.
    pub(crate) related: Vec<u32>,
    pub(crate) detail: Detail,
}

/// What a kind of check has to say beside the place.
#[derive(Debug)]
pub(crate) enum Detail {
    /// The rule's words say it all.
    None,
    /// A value fails its kind.
    Fault(Fault),
    /// The record breaks a schema.
    Violation(Box<Violation>),
    /// A part of the rule's words that only the check knows.
    Said { variant: Option<&'static str>, reason: String, remedy: Option<&'static str> },
}

impl Raw {
    pub(crate) fn new(rule: RuleId, at: At) -> Self {
        Self { rule, at, field: None, related: Vec::new(), detail: Detail::None }
    }

    /// What the engine calls this case of the rule.
    pub(crate) fn variant(&self) -> Option<&'static str> {
        match &self.detail {
            Detail::Said { variant, .. } => *variant,
            Detail::Fault(fault) => value::class_name(fault.class),
            _ => None,
        }
    }
}

/// A kind of check with its parameters.
#[derive(Debug)]
pub(crate) enum Check {
    /// A field has no value.
    Missing(missing::Missing),
    /// An entry is there and empty.
    Blank(blank::Blank),
    /// A condition holds.
    When(When),
    /// A value fails its kind.
    Value(ValueCheck),
    /// The record breaks its schema.
    Schema(schema::SchemaCheck),
    /// The engine itself finds it, in the text or in what a text is.
    Source,
}

/// A condition that must not hold: the finding stands at the value that makes it true.
#[derive(Debug)]
pub(crate) struct When {
    condition: Condition,
    /// Fields whose values belong to it.
    related: Vec<FieldId>,
    asked: FieldSet,
    /// A field whose absence counts, too, where another record read with it has it.
    absent_in_set: Option<FieldId>,
}

/// What a record says of a field whose absence counts only where another record beside it has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetFact {
    /// It has the field: absence elsewhere counts.
    Seen,
    /// It lacks the field, which counts if another has it.
    Lacking,
}

const KINDS: [&str; 6] = ["missing", "blank", "when", "value", "schema", "source"];

impl Check {
    /// Reads the table `[check]` of a rule; `field` is the field the rule is about.
    pub(crate) fn read(mut table: Table<'_>, field: Option<FieldId>, names: Names<'_>) -> Result<Self, Misfit> {
        let node = table.any("kind").ok_or_else(|| Misfit::at(table.node(), "`kind` is missing here"))?;
        let kind = crate::document::text("kind", node)?;
        let need_field =
            || field.ok_or_else(|| Misfit::at(node, format!("a check of kind `{kind}` needs the rule's `field`")));
        let check = match kind {
            "missing" => Self::Missing(missing::Missing::read(&mut table, need_field()?, names)?),
            "blank" => Self::Blank(blank::Blank::new(need_field()?, names.fields)),
            "when" => Self::When(When::read(&mut table, names)?),
            "value" => Self::Value(ValueCheck::read(&mut table)?),
            "schema" => Self::Schema(schema::SchemaCheck::read(&mut table, names)?),
            "source" => Self::Source,
            _ => return Err(Misfit::at(node, format!("there is no check `{kind}`")).help(suggest(kind, KINDS))),
        };
        table.done()?;
        Ok(check)
    }

    /// The fields without which the check can never find anything; none if it can without any.
    pub(crate) fn fields(&self) -> Vec<FieldId> {
        let mut fields = Vec::new();
        match self {
            Self::Missing(check) => fields.push(check.field()),
            Self::Blank(check) => fields.push(check.field()),
            Self::When(check) => check.condition.fields(&mut |field| fields.push(field)),
            Self::Value(_) | Self::Schema(_) | Self::Source => {}
        }
        fields
    }

    /// A finding can have other values that belong to it.
    pub(crate) fn has_related(&self) -> bool {
        match self {
            Self::When(check) => !check.related.is_empty() || check.condition.compares_fields(),
            Self::Value(_) | Self::Schema(_) => true,
            Self::Missing(_) | Self::Blank(_) | Self::Source => false,
        }
    }

    /// What a record says of a field whose absence counts only in company.
    #[inline]
    pub(crate) fn set_fact(&self, record: &Record<'_>) -> Option<SetFact> {
        match self {
            Self::When(check) => check.set_fact(record),
            _ => None,
        }
    }

    /// What is found in a record that lacks that field, where another has it.
    pub(crate) fn lacking_in_set(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        match self {
            Self::When(check) => check.lacking_in_set(rule, record),
            _ => None,
        }
    }

    /// The check looks at a record in the company of others.
    pub(crate) fn is_of_set(&self) -> bool {
        matches!(self, Self::When(When { absent_in_set: Some(_), .. }))
    }

    /// Looks at one record.
    pub(crate) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        match self {
            Self::Missing(check) => found.extend(check.run(rule, record)),
            Self::Blank(check) => check.run(rule, record, found),
            Self::When(check) => found.extend(check.run(rule, record)),
            // Values are read on the walk and schemas run by the worker: their faults come in one pass.
            Self::Value(_) | Self::Schema(_) | Self::Source => {}
        }
    }
}

impl When {
    fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let node = table.any("when").ok_or_else(|| Misfit::at(table.node(), "`when` is missing here"))?;
        let condition = names.read(node)?;
        if condition.holds_for_nothing() {
            return Err(Misfit::at(node, "this condition holds for a record that has nothing: it would always fire")
                .help("name a field that must be there"));
        }
        let related = table.texts("related")?.into_iter().map(|(name, node)| names.fields.need(name, node));
        let related = related.collect::<Result<_, _>>()?;
        let mut asked = FieldSet::default();
        condition.fields(&mut |field| asked.insert(field));
        let absent_in_set = table.any("absent-in-set").map(|node| {
            let name = crate::document::text("absent-in-set", node)?;
            names.fields.need(name, node)
        });
        Ok(Self { condition, related, asked, absent_in_set: absent_in_set.transpose()? })
    }

    /// What the record says of the field whose absence counts only in company.
    #[inline]
    fn set_fact(&self, record: &Record<'_>) -> Option<SetFact> {
        let field = self.absent_in_set?;
        if record.fields.has(field) {
            return Some(SetFact::Seen);
        }
        self.condition.holds(record.fields).is_none().then_some(SetFact::Lacking)
    }

    /// What is found in a record that lacks the field, where another has it.
    fn lacking_in_set(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        let field = self.absent_in_set?;
        let pointer = record.pointer_to_absent(field)?;
        let mut raw = Raw::new(rule, At::Absent { anchor: record.anchor(), pointer });
        raw.field = Some(field);
        raw.detail = Detail::Said { variant: Some("absent-in-set"), reason: String::new(), remedy: None };
        Some(raw)
    }

    fn run(&self, rule: RuleId, record: &Record<'_>) -> Option<Raw> {
        let fields = record.fields;
        if !fields.has_any(&self.asked) {
            return None;
        }
        let witness = self.condition.holds(fields)?;
        let value = fields.value(witness.value?)?;
        let mut raw = Raw::new(rule, At::Node(value.hit.node));
        raw.field = Some(value.hit.field);
        raw.related.extend(witness.other.and_then(|other| fields.value(other)).map(|other| other.hit.node));
        let related = self.related.iter().filter_map(|field| fields.first(*field)).map(|value| value.hit.node);
        raw.related.extend(related.filter(|node| *node != value.hit.node));
        Some(raw)
    }
}
