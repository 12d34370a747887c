//! The kinds of check: what a rule can ask of a record. One file a kind.

mod blank;
mod condition;
mod condition_text;
mod empty;
mod fragment;
mod in_step;
mod listed;
mod missing;
mod misspelt;
mod reach;
mod schema;
mod signs;
mod tables;
mod terms;
mod value;
mod when;
mod within;
mod years;

use std::fmt;
use std::ops::Range;

use crate::document::{Misfit, NodeRef, Table, push_token, suggest};
use crate::format::{Carrier, FieldId, FieldTable, Fields, Followed, Format};
use crate::schema::Violation;
use crate::value::{Class, Fault};

pub(crate) use condition::{Condition, State, Verdict};
pub(crate) use condition_text::{KEYWORDS, Names, names_in};
pub(crate) use in_step::{Elsewhere, InStep};
pub(crate) use listed::Lists;
pub(crate) use reach::Reach;
pub(crate) use schema::{SchemaCheck, violations};
pub(crate) use tables::{ColumnWords, InColumn, Orders, TableCheck, TableRow};
pub(crate) use value::{ValueCheck, classes};

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
    /// A value is on no list: the fault, which case of the rule it is, and what there is to choose from, if that is little.
    Unlisted { fault: Fault, variant: Option<&'static str>, choice: Option<String> },
    /// The record breaks a schema.
    Violation(Box<Violation>),
    /// The value would be a link on a page, of which the copy may have lost it.
    LinkLost,
    /// A part of the rule's words that only the check knows.
    Said { variant: Option<&'static str>, reason: String, remedy: Option<&'static str> },
    /// The cells of a column are told of together.
    Column(Box<ColumnWords>),
    /// Other files say otherwise.
    Elsewhere(Box<Elsewhere>),
}

impl Raw {
    pub(crate) fn new(rule: RuleId, at: At) -> Self {
        Self { rule, at, field: None, related: Vec::new(), detail: Detail::None }
    }

    /// What the engine calls this case of the rule; of a fault, its class.
    pub(crate) fn variant(&self) -> Option<&'static str> {
        match &self.detail {
            Detail::Said { variant, .. } | Detail::Unlisted { variant, .. } => *variant,
            Detail::Column(words) => words.variant,
            Detail::Elsewhere(elsewhere) => elsewhere.variant,
            _ => None,
        }
    }

    /// In which way a value fails its kind.
    pub(crate) fn class(&self) -> Option<Class> {
        match &self.detail {
            Detail::Fault(fault) => Some(fault.class),
            _ => None,
        }
    }
}

/// A kind of check that looks at one record, by its fields alone.
pub(crate) trait RecordCheck: fmt::Debug + Send + Sync {
    /// The fields without which it can never find anything.
    fn fields(&self) -> Vec<FieldId>;

    /// Looks at one record.
    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>);

    /// A finding can have other values that belong to it.
    fn has_related(&self) -> bool {
        false
    }

    /// What it finds says why there is no value in a field, not what is wrong with one.
    fn is_of_absence(&self) -> bool {
        false
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
    When(when::When),
    /// A value fails its kind.
    Value(ValueCheck),
    /// A value is on no list.
    Listed,
    /// The record breaks its schema.
    Schema(schema::SchemaCheck),
    /// Values at a pointer break a schema of the rule's own.
    Fragment(Box<fragment::Fragment>),
    /// Something else that the fields of one record tell.
    Record(Box<dyn RecordCheck>),
    /// The form of a table is wrong.
    Table(TableCheck),
    /// Other files of the same folder, or tags, say otherwise.
    InStep(Box<InStep>),
    /// The engine itself finds it, in the text or in what a text is.
    Source,
}

/// What a record says of a field whose absence counts only where another record beside it has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetFact {
    /// It has the field: absence elsewhere counts.
    Seen,
    /// It lacks the field, which counts if another has it.
    Lacking,
}

/// What a rule of the user's own can be; `within` has more.
const OWN_KINDS: [&str; 9] = ["missing", "blank", "empty", "signs", "when", "value", "years", "misspelt", "schema"];
/// What has its one rule already.
const TAKEN_KINDS: [&str; 4] = ["listed", "source", "table", "in-step"];

fn own_kinds() -> impl Iterator<Item = &'static str> + Clone {
    OWN_KINDS.into_iter().chain(within::KINDS)
}

impl Check {
    /// Reads the table `[check]` of a rule; `field` is the field the rule is about, `reach` are its formats.
    ///
    /// A rule of the user's own cannot be what the engine itself finds.
    pub(crate) fn read(
        mut table: Table<'_>,
        field: Option<FieldId>,
        (names, reach): (Names<'_>, &Reach<'_>),
        is_own: bool,
    ) -> Result<Self, Misfit> {
        let node = table.any("kind").ok_or_else(|| Misfit::at(table.node(), "`kind` is missing here"))?;
        let kind = crate::document::text("kind", node)?;
        let need_field =
            || field.ok_or_else(|| Misfit::at(node, format!("a check of kind `{kind}` needs the rule's `field`")));
        let check = match kind {
            "missing" => Self::Missing(missing::Missing::read(&mut table, need_field()?, (names, reach))?),
            "blank" => Self::Blank(blank::Blank::new(need_field()?, names.fields)),
            "empty" => Self::Record(Box::new(empty::Empty::read(&mut table, names)?)),
            "signs" => Self::Record(Box::new(signs::Signs::read(&mut table, names.fields)?)),
            "misspelt" => Self::Record(Box::new(misspelt::Misspelt::read(&mut table, names)?)),
            "years" => Self::Record(Box::new(years::Years::read(&mut table, need_field()?, names)?)),
            "when" => Self::When(when::When::read(&mut table, (names, reach))?),
            "value" => Self::Value(ValueCheck::read(&mut table, (names, reach))?),
            "schema" if is_own || table.any("pointer").is_some() => {
                Self::Fragment(Box::new(fragment::Fragment::read(&mut table, field, (names, reach), is_own)?))
            }
            "schema" => Self::Schema(schema::SchemaCheck::read(&mut table, names)?),
            "source" | "listed" | "table" | "in-step" if is_own => {
                let kinds: Vec<_> = own_kinds().map(|kind| format!("`{kind}`")).collect();
                return Err(Misfit::at(
                    node,
                    "what this kind of check finds has a rule already: this one can never fire",
                )
                .help(format!("of your own rules the check is one of {}", kinds.join(", "))));
            }
            "listed" => Self::Listed,
            "source" => Self::Source,
            "table" => Self::Table(TableCheck::read(&mut table, names)?),
            "in-step" => Self::InStep(Box::new(InStep::read(&mut table, need_field()?)?)),
            _ => Self::Record(within::read(kind, &mut table, field, names)?.ok_or_else(|| {
                let kinds = own_kinds().chain(TAKEN_KINDS.into_iter().filter(|_| !is_own));
                Misfit::at(node, format!("there is no check `{kind}`")).help(suggest(kind, kinds))
            })?),
        };
        table.done()?;
        Ok(check)
    }

    /// The fields without which the check can never find anything; none if it can without any.
    pub(crate) fn fields(&self) -> Vec<FieldId> {
        let mut fields = Vec::new();
        match self {
            Self::Missing(check) => fields.extend(check.fields()),
            Self::Record(check) => fields.extend(check.fields()),
            Self::Blank(check) => fields.push(check.field()),
            Self::When(check) => check.fields(&mut |field| fields.push(field)),
            Self::InStep(check) => fields.push(check.field()),
            Self::Value(_) | Self::Listed | Self::Schema(_) | Self::Fragment(_) | Self::Table(_) | Self::Source => {}
        }
        fields
    }

    /// Records of this format can have what the check looks at.
    pub(crate) fn is_for(&self, format: &Format) -> bool {
        if let Self::Fragment(check) = self {
            return check.is_for(format);
        }
        if let Self::Table(_) = self {
            return format.carriers.iter().any(|carrier| carrier.layout.is_some());
        }
        if matches!(self, Self::InStep(_)) && !InStep::is_for(format) {
            return false;
        }
        let fields = self.fields();
        fields.is_empty() || fields.iter().any(|field| format.maps(*field))
    }

    /// A finding can have other values that belong to it.
    pub(crate) fn has_related(&self) -> bool {
        match self {
            Self::When(check) => check.has_related(),
            Self::Record(check) => check.has_related(),
            Self::Value(_) | Self::Schema(_) | Self::Fragment(_) => true,
            Self::Missing(_) | Self::Blank(_) | Self::Listed | Self::Table(_) | Self::InStep(_) | Self::Source => false,
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
        matches!(self, Self::When(check) if check.is_of_set())
    }

    /// It misses something for which the table that the record is a row of has no column: that is not asked.
    pub(crate) fn wants_column(&self, record: &Record<'_>) -> bool {
        matches!(self, Self::Missing(check) if check.wants_column(record))
    }

    /// Looks at one record.
    pub(crate) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        match self {
            Self::Missing(check) => check.run(rule, record, found),
            Self::Blank(check) => check.run(rule, record, found),
            Self::Record(check) => check.run(rule, record, found),
            Self::When(check) => check.run(rule, record, found),
            Self::Fragment(check) => check.run(rule, record, found),
            // Values are read on the walk, lists and schemas asked by the worker: their faults come in one pass.
            Self::Value(check) => {
                if let Some(check) = check.or_when() {
                    check.run(rule, record, found);
                }
            }
            Self::Listed | Self::Schema(_) | Self::Table(_) | Self::InStep(_) | Self::Source => {}
        }
    }
}
