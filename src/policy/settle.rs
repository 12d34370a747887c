//! One fault is one finding: the specific rule speaks, the general one is silent.

use std::ops::Range;

use crate::check::{Anchor, At, Check, Detail, Raw, Record, RuleId};
use crate::document::{NodeRef, push_token};
use crate::few::FewMap;
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
    let speaking = Speaking::of(found, catalogue);
    let silent: Vec<_> = found.iter().map(|raw| speaking.silences(raw, catalogue)).collect();
    let mut judged: Vec<Judged> = Vec::with_capacity(found.len());
    let mut violations = Vec::new();
    for (raw, _) in found.drain(..).zip(silent).filter(|(_, silent)| !silent) {
        // A rule that is itself a schema is one with a name, as any other.
        if matches!(raw.detail, Detail::Violation(_)) && matches!(catalogue.rule(raw.rule).check, Check::Schema(_)) {
            violations.push(raw);
        } else {
            let severity = severity(&raw, record, catalogue, plan);
            judged.push(Judged { raw, severity, schema: None });
        }
    }
    if !violations.is_empty() {
        settle_violations(violations, record, catalogue, plan, &mut judged);
    }
    judged
}

/// Adds what schemas alone have found; where a rule has said the same, its finding takes on what they say of it.
fn settle_violations(
    violations: Vec<Raw>,
    record: Option<&Record<'_>>,
    catalogue: &Catalogue,
    plan: &Plan,
    judged: &mut Vec<Judged>,
) {
    let named = Named::new(judged, record);
    // Two schemas can demand the same.
    let mut known: FewMap<_, Option<usize>> = FewMap::default();
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
        let known = known.entry((violation.node, violation.keyword.clone(), violation.missing.clone()));
        if let Some(same) = known.map(|same| &mut judged[same]) {
            same.schema = same.schema.take().or(schema);
        } else {
            *known = Some(judged.len());
            judged.push(Judged { raw, severity, schema });
        }
    }
}

/// What named rules found, by where it stands: a record can have thousands of each.
struct Named {
    /// At values, lists and objects, in the order of the tree.
    at: Vec<Spot>,
    /// What is absent.
    absent: Vec<usize>,
}

/// A value at which something was found, which stands at `number` among all that was.
struct Spot {
    nodes: Range<u32>,
    /// It is a list or an object.
    is_container: bool,
    number: usize,
    /// The spot before it in which this one stands.
    around: Option<usize>,
}

impl Named {
    fn new(judged: &[Judged], record: Option<&Record<'_>>) -> Self {
        let mut named = Self { at: Vec::new(), absent: Vec::new() };
        for (number, one) in judged.iter().enumerate() {
            match one.raw.at {
                At::Node(own) | At::Within(own, _) => {
                    let node = record.and_then(|record| record.fields.document.node(own));
                    let is_container = node.is_none_or(NodeRef::is_container);
                    let end = node.filter(|_| is_container).map_or(own + 1, |node| node.raw().next);
                    named.at.push(Spot { nodes: own..end, is_container, number, around: None });
                }
                At::Absent { .. } => named.absent.push(number),
                At::Span(_) => {}
            }
        }
        named.at.sort_unstable_by_key(|spot| (spot.nodes.start, spot.number));
        let mut open: Vec<usize> = Vec::new();
        for place in 0..named.at.len() {
            let spot = &named.at[place].nodes;
            while open.pop_if(|outer| named.at[*outer].nodes.end <= spot.start).is_some() {}
            named.at[place].around = open.last().copied();
            open.push(place);
        }
        named
    }

    /// Those that can be about `node`: at the value itself or at one in which it stands, and all that is absent; in the
    /// order in which they were found, those at a value of its own first.
    fn near(&self, node: u32) -> impl Iterator<Item = usize> {
        let last = self.at.partition_point(|spot| spot.nodes.start <= node).checked_sub(1);
        let around = std::iter::successors(last, |place| self.at[*place].around);
        let here = around.map(|place| &self.at[place]).filter(|spot| spot.nodes.contains(&node));
        let mut near: Vec<_> = here.map(|spot| (spot.is_container, spot.number)).collect();
        near.extend(self.absent.iter().map(|number| (true, *number)));
        near.sort_unstable();
        near.into_iter().map(|(_, number)| number)
    }
}

/// What rules that can make others silent have found in a record.
struct Speaking {
    /// Of which fields they speak, save those that judge each value for itself.
    of_fields: Vec<(RuleId, Option<FieldId>)>,
    /// At which values, in order: a record can have thousands.
    at_values: Vec<(u32, RuleId)>,
}

impl Speaking {
    fn of(found: &[Raw], catalogue: &Catalogue) -> Self {
        let mut speaking = Self { of_fields: Vec::new(), at_values: Vec::new() };
        for raw in found.iter().filter(|raw| catalogue.is_beating(raw.rule)) {
            // One value that is wrong says nothing of the field's others; one that is missing does.
            let of_one_value = match &catalogue.rule(raw.rule).check {
                Check::Value(_) | Check::Table(_) => true,
                Check::Record(check) => !check.is_of_absence(),
                _ => false,
            };
            if !of_one_value && !speaking.of_fields.contains(&(raw.rule, raw.field)) {
                speaking.of_fields.push((raw.rule, raw.field));
            }
            speaking.at_values.extend(raw.at.node().map(|node| (node, raw.rule)));
        }
        speaking.at_values.sort_unstable();
        speaking
    }

    /// Another rule that speaks of the same field, or at the same value, makes this one silent.
    fn silences(&self, raw: &Raw, catalogue: &Catalogue) -> bool {
        let of_field =
            |(rule, field): &(RuleId, Option<FieldId>)| *field == raw.field && catalogue.beats(*rule, raw.rule);
        let here = raw.at.node().filter(|_| !self.at_values.is_empty());
        self.of_fields.iter().any(of_field)
            || here.is_some_and(|node| {
                let first = self.at_values.partition_point(|(own, _)| *own < node);
                let here = self.at_values[first..].iter().take_while(|(own, _)| *own == node);
                here.into_iter().any(|(_, rule)| catalogue.beats(*rule, raw.rule))
            })
    }
}

/// The user's or the profile's word, else the case's, else the rule's.
fn severity(raw: &Raw, record: Option<&Record<'_>>, catalogue: &Catalogue, plan: &Plan) -> Severity {
    let rule = catalogue.rule(raw.rule);
    let by_case = || rule.case(record, raw).and_then(|case| case.severity);
    let severity = plan.fixed_severity(raw.rule).or_else(by_case).unwrap_or(rule.severity);
    // What a copy may have lost is no error, whoever says so: the item itself may have it.
    if matches!(raw.detail, Detail::LinkLost) { severity.min(Severity::Warning) } else { severity }
}

/// What a named rule found is the fault that the schema sees, too.
fn covers(named: &Raw, violation: &Violation, record: &Record<'_>, catalogue: &Catalogue) -> bool {
    let speaks_of_it = match catalogue.rule(named.rule).check {
        Check::Missing(_) => violation.is_of_absence(record.root),
        // An entry that is `""` where an object belongs is nobody before it is a text.
        Check::Blank(_) => violation.is_of_absence(record.root) || named.at.node() == Some(violation.node),
        Check::Value(_) => true,
        Check::Fragment(_) => {
            let what = |violation: &Violation| (violation.node, violation.keyword.clone(), violation.missing.clone());
            matches!(&named.detail, Detail::Violation(own) if what(own) == what(violation))
        }
        // A blank text that is also too short.
        Check::Record(_) => violation.is_of_absence(record.root) && named.at.node() == Some(violation.node),
        Check::Listed => matches!(&*violation.keyword, "enum" | "const" | "anyOf" | "oneOf"),
        Check::When(_) | Check::Schema(_) | Check::Table(_) | Check::InStep(_) | Check::Source => false,
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
