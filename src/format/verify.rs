//! Every path of a crosswalk must exist in the format's own schema: one that leads nowhere finds nothing, silently.

use crate::document::{Arena, Document, FileMisfit, Kind, Misfit, Name, NodeRef};
use crate::syntax::json;

use super::carrier::{Carrier, SchemaFile};
use super::catalogue::{Format, Formats};
use super::filter::{Filter, Test};
use super::path::Step;

/// How many references are followed at one place: schemas may refer in a circle.
const MOST_REFERENCES: usize = 16;

impl Formats {
    /// Holds every crosswalk to its schema.
    ///
    /// # Errors
    ///
    /// The first schema that is no JSON, and the first path that does not exist in its schema, in the format's file.
    pub(crate) fn verify(&self) -> Result<(), FileMisfit> {
        self.formats.iter().try_for_each(|format| {
            format.carriers.iter().try_for_each(|carrier| {
                let schema = carrier.schema.as_ref();
                schema.map_or(Ok(()), |schema| verify_carrier(format, carrier, schema))
            })
        })
    }
}

fn verify_carrier(format: &Format, carrier: &Carrier, schema: &SchemaFile) -> Result<(), FileMisfit> {
    let (path, content) = (&schema.path, schema.text);
    let mut arena = Arena::new();
    json::scan(content, 0..content.len(), &mut arena).map_err(|fault| {
        let message = format!("the schema is no JSON: {}", fault.reason.explanation());
        FileMisfit {
            path: path.clone(),
            text: content.into(),
            misfit: Misfit { message, span: fault.span, help: None },
        }
    })?;
    let document = Document::new(content, &arena);
    let in_format = |misfit| FileMisfit { path: format.file.path.into(), text: format.file.text.into(), misfit };
    let start = document.root().and_then(|root| root.resolve(&schema.fragment)).ok_or_else(|| {
        let message = format!("{path} has nothing at `{}`", schema.fragment);
        in_format(Misfit { message, span: schema.span.clone(), help: None })
    })?;
    verify_paths(carrier, path, start).map_err(in_format)
}

/// Holds the paths of a carrier to its schema, the part that applies.
fn verify_paths(carrier: &Carrier, file: &str, start: NodeRef<'_>) -> Result<(), Misfit> {
    // Where the schema describes the whole record, it describes what is looked up.
    let within = carrier.look_up.iter().filter(|_| carrier.schema_at.steps.is_empty());
    let entities: Vec<_> = within.flat_map(|look_up| led_to(start, look_up.within.steps.iter(), &[]).0).collect();
    for route in &carrier.crosswalk.routes {
        let (before, outer) = carrier.crosswalk.before(route, &carrier.bases, &carrier.body);
        let steps: Vec<_> = before.iter().chain(outer).chain(&route.path.steps).collect();
        let at = carrier.schema_at.steps.len();
        let described =
            steps.len() >= at && steps.iter().zip(&carrier.schema_at.steps).all(|(step, own)| **step == *own);
        if !described {
            continue;
        }
        if let Some(step) = unreachable_step(start, &steps[at..], &entities) {
            return Err(Misfit {
                message: format!("the schema knows no {step} on this path (carrier `{}`)", carrier.name),
                span: route.span.clone(),
                help: Some(format!("mend the path, or describe it in {file}")),
            });
        }
    }
    Ok(())
}

/// The first of `steps` that leads nowhere from the schema `start`; `entities` are the schemas of what is looked up.
fn unreachable_step(start: NodeRef<'_>, steps: &[&Step], entities: &[NodeRef<'_>]) -> Option<String> {
    let step = led_to(start, steps.iter().copied(), entities).1?;
    Some(match step {
        Step::Key(name) => format!("member `{}`", name.text),
        Step::Prefix(prefix) => format!("members `{prefix}*`"),
        Step::Every | Step::OneOrList => "list".to_owned(),
        Step::Filter(Filter { member: Some(name), test: Test::Equals, text }) => {
            format!("member `{}` with the value `{text}`", name.text)
        }
        Step::Filter(filter) => format!("value for `{filter}`"),
        Step::LookUp => "entity".to_owned(),
    })
}

/// The schemas to which `steps` lead from the schema `start`, and the first step that leads nowhere.
fn led_to<'a, 's>(
    start: NodeRef<'a>,
    steps: impl Iterator<Item = &'s Step>,
    entities: &[NodeRef<'a>],
) -> (Vec<NodeRef<'a>>, Option<&'s Step>) {
    let mut at = vec![start];
    for step in steps {
        let schemas = with_applied(&at);
        at = schemas.iter().flat_map(|schema| below(*schema, step)).collect();
        if *step == Step::LookUp {
            at.extend(entities);
        }
        at.sort_unstable_by_key(|schema| schema.index);
        at.dedup();
        if at.is_empty() {
            return (at, Some(step));
        }
    }
    (at, None)
}

/// The schemas themselves, and those that they apply to the same value.
fn with_applied<'a>(schemas: &[NodeRef<'a>]) -> Vec<NodeRef<'a>> {
    let mut all = Vec::new();
    let mut next = schemas.to_vec();
    for _ in 0..MOST_REFERENCES {
        all.extend(&next);
        next = next.iter().flat_map(|schema| applied(*schema)).collect();
    }
    all
}

fn applied(schema: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let member = |name| schema.get(&Name::new(name));
    let mut found: Vec<_> = ["then", "else"].into_iter().filter_map(member).collect();
    for branches in ["allOf", "anyOf", "oneOf"].into_iter().filter_map(member) {
        found.extend(branches.elements());
    }
    let reference = member("$ref").and_then(NodeRef::text).and_then(|text| text.strip_prefix('#'));
    found.extend(reference.and_then(|pointer| schema.document.root()?.resolve(pointer)));
    found
}

/// Where one step leads from a schema.
fn below<'a>(schema: NodeRef<'a>, step: &Step) -> Vec<NodeRef<'a>> {
    let member = |name| schema.get(&Name::new(name));
    let named = |name: &Name| member("properties").and_then(|properties| properties.get(name));
    let described = |node: &NodeRef<'a>| matches!(node.kind(), Kind::Object | Kind::True);
    let rest = || {
        let patterns = member("patternProperties").into_iter().flat_map(NodeRef::members).map(|(_, value)| value);
        patterns.chain(member("additionalProperties").filter(|node| node.kind() == Kind::Object)).collect::<Vec<_>>()
    };
    let elements = || member("items").filter(described).into_iter().collect::<Vec<_>>();
    match step {
        Step::Key(name) => named(name).map_or_else(rest, |found| vec![found]),
        Step::Prefix(prefix) => {
            let properties = member("properties").into_iter().flat_map(NodeRef::members);
            let begun = properties.filter(|(key, _)| key.raw_text().starts_with(&**prefix)).map(|(_, value)| value);
            begun.chain(rest()).collect()
        }
        Step::Every => elements().into_iter().chain(rest()).collect(),
        Step::OneOrList => elements().into_iter().chain([schema]).collect(),
        Step::Filter(Filter { member, test, text }) => match member.as_ref().map(named) {
            None => vec![schema],
            Some(Some(values)) if *test != Test::Equals || allows(values, text) => vec![schema],
            Some(_) => Vec::new(),
        },
        Step::LookUp => vec![schema],
    }
}

/// The schema of a filter's member does not rule out the text, by a list that lacks it.
fn allows(schema: NodeRef<'_>, text: &str) -> bool {
    let lists = with_applied(&[schema]);
    let mut enums = lists.iter().filter_map(|schema| schema.get(&Name::new("enum")));
    enums.all(|list| list.elements().any(|value| value.text() == Some(text)))
}
