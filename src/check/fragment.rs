//! A rule that is itself a piece of JSON Schema: every value at a pointer is held to it.

use std::ops::Range;
use std::sync::OnceLock;

use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Table, text};
use crate::format::{FieldId, Format, Path};
use crate::schema::Schema;

use super::condition::Condition;
use super::missing::read_conditions;
use super::reach::Reach;
use super::{At, Detail, Names, Raw, Record, RuleId};

/// The schema to which values are held.
#[derive(Debug)]
enum Held {
    /// Its file is still to be read.
    Unread,
    /// It is compiled: where one of the user's own is wrong is said at once.
    Ready(Box<Schema>),
    /// It is part of the program, and compiled for the first value: most runs have none for it.
    Ours { text: Box<str>, schema: OnceLock<Option<Box<Schema>>> },
}

impl Held {
    fn schema(&self) -> Option<&Schema> {
        match self {
            Self::Unread => None,
            Self::Ready(schema) => Some(schema),
            // That ours are schemas their rules' examples show.
            Self::Ours { text, schema } => {
                schema.get_or_init(|| Schema::of_our_rule(text).ok().map(Box::new)).as_deref()
            }
        }
    }
}

/// Values that a path leads to, and the schema to which they are held.
#[derive(Debug)]
pub(crate) struct Fragment {
    /// From the record's body, or from a base.
    path: Path,
    schema: Held,
    /// The file beside the rule's that the schema is in, and where the rule names it.
    file: Option<(Box<str>, Range<usize>)>,
    /// The field that the rule says it is about.
    field: Option<FieldId>,
    when: Option<Condition>,
    unless: Option<Condition>,
}

impl Fragment {
    pub(super) fn read(
        table: &mut Table<'_>,
        field: Option<FieldId>,
        (names, reach): (Names<'_>, &Reach<'_>),
        is_own: bool,
    ) -> Result<Self, Misfit> {
        let node = table.any("pointer").ok_or_else(|| {
            Misfit::at(table.node(), "`pointer` is missing here").help("as in `pointer = \"/titles/*/title\"`")
        })?;
        let path = read_path(node, reach)?;
        let (inline, file) = (table.any("schema"), table.any("schema-file"));
        let (schema, file) = match (inline, file) {
            (Some(node), None) => (read_schema(node, is_own)?, None),
            (None, Some(node)) => (Held::Unread, Some((text("schema-file", node)?.into(), node.span()))),
            _ => return Err(Misfit::at(table.node(), "either `schema` or `schema-file` says what holds there")),
        };
        let (when, unless) = read_conditions(table, (names, reach))?;
        Ok(Self { path, schema, file, field, when, unless })
    }

    /// Reads the schema's file, if it has one: `read` gives the path and text of one that is beside the rule's.
    ///
    /// # Errors
    ///
    /// A mistake in that file, or why it cannot be read and where the rule names it.
    pub(crate) fn load(
        &mut self,
        read: impl FnOnce(&str) -> Result<(String, String), String>,
    ) -> Result<(), Result<Box<FileMisfit>, Misfit>> {
        let Some((name, span)) = &self.file else { return Ok(()) };
        let unread =
            |why| Misfit { message: format!("`{name}` cannot be read: {why}"), span: span.clone(), help: None };
        let (path, text) = read(name).map_err(|why| Err(unread(why)))?;
        self.schema = Held::Ready(Box::new(Schema::of_rule(&path, &text).map_err(Ok)?));
        Ok(())
    }

    /// One of the format's carriers has the base that the path begins at.
    pub(super) fn is_for(&self, format: &Format) -> bool {
        has_base(format, &self.path)
    }

    pub(super) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        let is_out = self.unless.as_ref().is_some_and(|unless| unless.holds(fields).is_some())
            || self.when.as_ref().is_some_and(|when| when.holds(fields).is_none());
        if is_out {
            return;
        }
        let Some(schema) = self.schema.schema() else { return };
        record.carrier.each(&self.path, record.root, |value| {
            found.extend(schema.violations_in(record.root, value).into_iter().map(|mut violation| {
                let mut raw = Raw::new(rule, At::Node(violation.node));
                raw.field = self.field.or_else(|| fields.field_at(violation.node));
                raw.related = std::mem::take(&mut violation.related);
                raw.detail = Detail::Violation(Box::new(violation));
                raw
            }));
        });
    }
}

fn has_base(format: &Format, path: &Path) -> bool {
    path.base.as_deref().is_none_or(|base| format.bases().any(|name| name == base))
}

fn read_path(node: NodeRef<'_>, reach: &Reach<'_>) -> Result<Path, Misfit> {
    let path = Path::absolute(text("pointer", node)?).map_err(|fault| fault.at(node))?;
    let formats = reach.formats();
    if let Some(base) = path.base.as_deref().filter(|_| !formats.iter().any(|format| has_base(format, &path))) {
        let mut known: Vec<_> = formats.iter().flat_map(|format| format.bases()).collect();
        known.sort_unstable();
        known.dedup();
        return Err(Misfit::at(node, format!("no format has a base `{base}`"))
            .within(&(0..base.len() + 1))
            .help(crate::document::suggest(base, known)));
    }
    Ok(path)
}

/// The schema that is written in the rule, as TOML.
fn read_schema(node: NodeRef<'_>, is_own: bool) -> Result<Held, Misfit> {
    if !matches!(node.kind(), Kind::Object | Kind::True | Kind::False) {
        let message = format!("a JSON Schema is a table, not {}", crate::document::kind_name(node.kind()));
        return Err(Misfit::at(node, message).help("as in `schema = { type = \"string\", minLength = 5 }`"));
    }
    if let Some(number) = not_json(node) {
        return Err(Misfit::at(number, "JSON has no such number").help("write it in digits, as 1000 or 0.5"));
    }
    if is_own {
        return Schema::in_rule(node).map(|schema| Held::Ready(Box::new(schema)));
    }
    Ok(Held::Ours { text: Schema::text_in_rule(node)?.into(), schema: OnceLock::new() })
}

/// A number that TOML has and JSON has not: `1_000`, `0xFF`, `inf`.
fn not_json(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_odd = |literal: &str| {
        let digits = literal.trim_start_matches(['+', '-']);
        !digits.starts_with(|first: char| first.is_ascii_digit()) || literal.parse::<f64>().is_err()
    };
    if node.kind() == Kind::Number {
        return is_odd(node.source()).then_some(node);
    }
    node.elements().chain(node.members().map(|(_, value)| value)).find_map(not_json)
}
