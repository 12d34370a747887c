//! One fault is one finding: the specific rule speaks, the general one is silent.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::check::{Anchor, At, Check, Detail, Raw, Record, RuleId};
use crate::document::push_token;
use crate::finding::Severity;
use crate::format::FieldId;
use crate::rule::{Catalogue, Plan};
use crate::schema::{SchemaPlace, Violation};

/// Something found, with its severity.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) raw: Raw,
    pub(crate) severity: Severity,
    /// Where a schema says the same.
    pub(crate) schema: Option<SchemaPlace>,
}

/// Decides which of the things found in a record (or outside any) are reported, and how severe they are.
pub(crate) fn settle(
    found: &mut Vec<Raw>,
    record: Option<&Record<'_>>,
    catalogue: &Catalogue,
    plan: &Plan,
) -> Vec<Judged> {
    let mut speaking: Vec<(RuleId, Option<FieldId>)> = Vec::new();
    for raw in found.iter() {
        if !speaking.contains(&(raw.rule, raw.field)) {
            speaking.push((raw.rule, raw.field));
        }
    }
    let silent: Vec<_> = found.iter().map(|raw| beaten(raw, &speaking, catalogue)).collect();
    let mut judged: Vec<Judged> = Vec::with_capacity(found.len());
    let mut violations = Vec::new();
    for (raw, _) in found.drain(..).zip(silent).filter(|(_, silent)| !silent) {
        if matches!(raw.detail, Detail::Violation(_)) {
            violations.push(raw);
        } else {
            let severity = severity(&raw, record, catalogue, plan);
            judged.push(Judged { raw, severity, schema: None });
        }
    }
    let named = Named::new(&judged, record);
    // Two schemas can demand the same.
    let mut known: HashMap<_, usize> = HashMap::new();
    for raw in violations {
        let severity = severity(&raw, record, catalogue, plan);
        let Detail::Violation(violation) = &raw.detail else { continue };
        let covering = record.and_then(|record| {
            let mut near = named.near(violation.node);
            near.find(|number| covers(&judged[*number].raw, violation, record, catalogue))
        });
        if let Some(named) = covering.map(|number| &mut judged[number]) {
            if plan.fixed_severity(named.raw.rule).is_none() {
                named.severity = named.severity.max(severity);
            }
            named.schema = named.schema.take().or_else(|| violation.place.clone());
            continue;
        }
        let schema = violation.place.clone();
        match known.entry((violation.node, violation.keyword.clone(), violation.missing.clone())) {
            Entry::Occupied(same) => {
                let same = &mut judged[*same.get()];
                same.schema = same.schema.take().or(schema);
            }
            Entry::Vacant(new) => {
                new.insert(judged.len());
                judged.push(Judged { raw, severity, schema });
            }
        }
    }
    judged
}

/// What named rules found, by where it stands: a record can have thousands of each.
struct Named {
    /// At single values, by their node.
    at_values: HashMap<u32, Vec<usize>>,
    /// At lists and objects, and what is absent.
    others: Vec<usize>,
}

impl Named {
    fn new(judged: &[Judged], record: Option<&Record<'_>>) -> Self {
        let mut named = Self { at_values: HashMap::new(), others: Vec::new() };
        let node = |index| record.and_then(|record| record.fields.document.node(index));
        for (number, one) in judged.iter().enumerate() {
            match one.raw.at {
                At::Node(own) | At::Within(own, _) if node(own).is_some_and(|node| !node.is_container()) => {
                    named.at_values.entry(own).or_default().push(number);
                }
                _ => named.others.push(number),
            }
        }
        named
    }

    /// Those that can be about `node`.
    fn near(&self, node: u32) -> impl Iterator<Item = usize> {
        self.at_values.get(&node).into_iter().flatten().chain(&self.others).copied()
    }
}

/// Another rule that speaks of the same field makes this one silent.
fn beaten(raw: &Raw, speaking: &[(RuleId, Option<FieldId>)], catalogue: &Catalogue) -> bool {
    speaking.iter().any(|(rule, field)| catalogue.beats(*rule, raw.rule) && *field == raw.field)
}

/// The user's or the profile's word, else the case's, else the rule's.
fn severity(raw: &Raw, record: Option<&Record<'_>>, catalogue: &Catalogue, plan: &Plan) -> Severity {
    let rule = catalogue.rule(raw.rule);
    let by_case = || rule.case(record, raw.variant()).and_then(|case| case.severity);
    plan.fixed_severity(raw.rule).or_else(by_case).unwrap_or(rule.severity)
}

/// What a named rule found is the fault that the schema sees, too.
fn covers(named: &Raw, violation: &Violation, record: &Record<'_>, catalogue: &Catalogue) -> bool {
    let speaks_of_it = match catalogue.rule(named.rule).check {
        Check::Missing(_) | Check::Blank(_) => violation.is_of_absence(record.root),
        Check::Value(_) => true,
        Check::When(_) | Check::Schema(_) | Check::Source => false,
    };
    let Some(node) = record.fields.document.node(violation.node).filter(|_| speaks_of_it) else { return false };
    match &named.at {
        At::Node(own) | At::Within(own, _) => {
            let end = record.fields.document.node(*own).map_or(*own, |own| own.raw().next);
            (*own..end).contains(&violation.node)
        }
        At::Absent { pointer, anchor } => {
            let mut missing = String::new();
            node.push_pointer(&mut missing);
            if let Some(name) = &violation.missing {
                push_token(&mut missing, name);
            }
            *pointer == missing
                && !matches!(anchor, Anchor::Node(own) if *own == violation.node && violation.missing.is_none())
        }
        At::Span(_) => false,
    }
}
