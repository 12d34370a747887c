//! Everything that is decided before the first record: rules, plan, schemas, overrides.

use std::sync::OnceLock;

use crate::check::{Check, RuleId};
use crate::document::FileMisfit;
use crate::format::{Carrier, Format};
use crate::paths::PathRoot;
use crate::policy::Overrides;
use crate::rule::{Catalogue, Plan, Selection};
use crate::schema::Schema;
use crate::value::date::Point;

/// The rules that the engine itself speaks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnRules {
    pub(crate) syntax_error: Option<RuleId>,
    pub(crate) invalid_encoding: Option<RuleId>,
    pub(crate) too_deep: Option<RuleId>,
    pub(crate) duplicate_key: Option<RuleId>,
    pub(crate) number_out_of_range: Option<RuleId>,
    pub(crate) record_too_large: Option<RuleId>,
    pub(crate) unknown_format: Option<RuleId>,
    /// Never off: a record that was not judged must not count as clean.
    pub(crate) internal_error: Option<RuleId>,
    /// For the user's own schema, also where no format's plan has it.
    pub(crate) schema_violation: Option<RuleId>,
}

impl OwnRules {
    fn find(catalogue: &Catalogue, plan: &Plan) -> Self {
        let on = |name: &str| catalogue.find(name).filter(|id| plan.is_on(*id));
        Self {
            syntax_error: on("syntax-error"),
            invalid_encoding: on("invalid-encoding"),
            too_deep: on("too-deep"),
            duplicate_key: on("duplicate-key"),
            number_out_of_range: on("number-out-of-range"),
            record_too_large: on("record-too-large"),
            unknown_format: on("unknown-format"),
            internal_error: catalogue.find("internal-error"),
            schema_violation: on("schema-violation"),
        }
    }
}

/// A schema of ours, or why it does not compile.
type Compiled = Result<Schema, Box<FileMisfit>>;

/// What every worker shares.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) catalogue: Catalogue,
    pub(crate) plan: Plan,
    pub(crate) overrides: Overrides,
    pub(crate) own: OwnRules,
    /// The day by which records are judged; without it nothing that depends on it is.
    pub(crate) as_of: Option<Point>,
    /// From where the paths are seen that fingerprints are made of; without it they are taken as they are.
    pub(crate) root: Option<PathRoot>,
    /// The user's own schema.
    pub(crate) users_schema: Option<Schema>,
    /// The schema of each format's carriers, compiled when the first such record is met.
    schemas: Vec<Vec<OnceLock<Compiled>>>,
}

impl Setup {
    pub(crate) fn new(catalogue: Catalogue, plan: Plan, overrides: Overrides, users_schema: Option<Schema>) -> Self {
        let formats = &catalogue.formats.formats;
        let schemas = formats.iter().map(|format| format.carriers.iter().map(|_| OnceLock::new()).collect()).collect();
        let own = OwnRules::find(&catalogue, &plan);
        Self { catalogue, plan, overrides, own, as_of: None, root: None, users_schema, schemas }
    }

    /// The same with another plan: what was compiled stays.
    pub(crate) fn plan_again(&mut self, selection: &Selection) {
        self.plan = Plan::new(&self.catalogue, selection);
        self.own = OwnRules::find(&self.catalogue, &self.plan);
    }

    /// The schema of a carrier; or why it does not compile, which the tests rule out.
    pub(crate) fn schema(&self, format: &Format, carrier: &Carrier) -> Option<&Compiled> {
        let file = carrier.schema.as_ref()?;
        Some(self.schemas[format.number][carrier.number].get_or_init(|| Schema::built_in(file)))
    }

    /// Of records of this format more is asked than whether they can be read and keep to their schema.
    pub(crate) fn asks_for_fields(&self, format: &Format) -> bool {
        self.own.duplicate_key.is_some()
            || self.own.number_out_of_range.is_some()
            || self.plan.of(format).asks_for_fields()
    }

    /// The check of a rule that holds records to schemas.
    pub(crate) fn schema_check(&self, rule: RuleId) -> Option<&crate::check::SchemaCheck> {
        match &self.catalogue.rule(rule).check {
            Check::Schema(check) => Some(check),
            _ => None,
        }
    }
}
