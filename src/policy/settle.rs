//! One fault is one finding: the specific rule speaks, the general one is silent.

use crate::check::{Anchor, At, Check, Detail, Raw, Record};
use crate::document::push_token;
use crate::finding::Severity;
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
    let silent: Vec<_> = found.iter().map(|raw| beaten(raw, found, catalogue)).collect();
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
    for raw in violations {
        let severity = severity(&raw, record, catalogue, plan);
        let Detail::Violation(violation) = &raw.detail else { continue };
        let same = |named: &&mut Judged| record.is_some_and(|record| covers(&named.raw, violation, record, catalogue));
        if let Some(named) = judged.iter_mut().find(same) {
            if plan.fixed_severity(named.raw.rule).is_none() {
                named.severity = named.severity.max(severity);
            }
            named.schema = named.schema.take().or_else(|| violation.place.clone());
            continue;
        }
        let schema = violation.place.clone();
        // Two schemas can demand the same.
        if let Some(known) = judged.iter_mut().find(|known| is_same_violation(&known.raw, violation)) {
            known.schema = known.schema.take().or(schema);
            continue;
        }
        judged.push(Judged { raw, severity, schema });
    }
    judged
}

/// `raw` is a violation of the same demand at the same place.
fn is_same_violation(raw: &Raw, violation: &Violation) -> bool {
    let Detail::Violation(known) = &raw.detail else { return false };
    (known.node, &known.keyword, &known.missing) == (violation.node, &violation.keyword, &violation.missing)
}

/// Another rule that speaks of the same field makes this one silent.
fn beaten(raw: &Raw, all: &[Raw], catalogue: &Catalogue) -> bool {
    all.iter().any(|other| catalogue.beats(other.rule, raw.rule) && other.field == raw.field)
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
