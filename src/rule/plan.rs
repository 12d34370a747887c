//! The plan of a run: which rules look at which records, decided before the first one.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::check::{Check, Lists, RuleId, TableCheck, ValueCheck};
use crate::finding::Severity;
use crate::format::{Format, List};

use super::catalogue::{Catalogue, Profile, Selector};

/// What the command line, the configuration and the profile want.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Rules that are on; none: those that are on by default.
    pub(crate) select: Vec<Selector>,
    /// Rules that are on beside them.
    pub(crate) extend: Vec<Selector>,
    /// Rules that are off.
    pub(crate) ignore: Vec<Selector>,
    /// Severities that the user has set.
    pub(crate) severities: Vec<(RuleId, Severity)>,
    /// The profile.
    pub(crate) profile: Option<Profile>,
    /// The lists that the user has chosen.
    pub(crate) lists: Vec<List>,
}

/// What is done with the records of one format.
#[derive(Debug, Default)]
pub(crate) struct FormatPlan {
    /// The rules that look at the record.
    pub(crate) checks: Vec<RuleId>,
    /// The rules that speak of values that fail their kind.
    pub(crate) values: Vec<RuleId>,
    /// Some of them speak of texts.
    pub(crate) texts: bool,
    /// The rules that look at a record in the company of others.
    pub(crate) of_set: Vec<RuleId>,
    /// The rules that hold a record to what lies beside it, where something does.
    pub(crate) in_step: Vec<RuleId>,
    /// The rules on the form of tables.
    pub(crate) tables: Vec<RuleId>,
    /// The rule that holds the record to its schema.
    pub(crate) schema: Option<RuleId>,
    /// The rule that speaks of values on no list, if any list holds.
    pub(crate) listed: Option<RuleId>,
    /// The lists that hold.
    pub(crate) lists: Lists,
    /// For each of the format's reasons why a carrier lacks fields: the rules that cannot be judged then.
    pub(crate) not_borne: Vec<Vec<RuleId>>,
}

/// The plan of a run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// For each format, in their order.
    formats: Vec<FormatPlan>,
    active: Vec<bool>,
    /// How many are on, and which: the same text for the same rules, 16 hexadecimal digits.
    rule_set: (u64, Arc<str>),
    /// What the user or the profile says of a rule's severity; the user's word is the last.
    fixed: Vec<Option<Severity>>,
}

impl Plan {
    /// Makes the plan.
    pub(crate) fn new(catalogue: &Catalogue, selection: &Selection) -> Self {
        let active: Vec<_> = catalogue.rules().map(|(id, _)| is_on(catalogue, selection, id)).collect();
        let fixed = catalogue
            .rules()
            .map(|(id, _)| {
                let by_user = selection.severities.iter().rev().find(|(rule, _)| *rule == id);
                let by_profile = selection.profile.as_ref().and_then(|profile| catalogue.severity_in(profile, id));
                by_user.map(|(_, severity)| *severity).or(by_profile)
            })
            .collect();
        let formats = catalogue
            .formats
            .formats
            .iter()
            .map(|format| {
                let mut plan = plan_format(catalogue, format, &active);
                plan.lists = lists_of(catalogue, selection, format);
                plan.listed = plan.listed.filter(|_| !plan.lists.is_empty());
                plan
            })
            .collect();
        let on: Vec<&str> =
            catalogue.rules().filter(|(id, _)| active[id.index()]).map(|(_, rule)| &*rule.name).collect();
        let rule_set = (on.len() as u64, format!("{:016x}", xxh3_64(on.join("\n").as_bytes())).into());
        Self { formats, active, rule_set, fixed }
    }

    /// The plan for one format.
    pub(crate) fn of(&self, format: &Format) -> &FormatPlan {
        &self.formats[format.number]
    }

    /// Some rule holds records to what lies beside them.
    #[cfg(feature = "cli")]
    pub(crate) fn looks_beside(&self) -> bool {
        self.formats.iter().any(|format| !format.in_step.is_empty())
    }

    /// Some rule holds records to the tags of their repository.
    #[cfg(feature = "cli")]
    pub(crate) fn asks_tags(&self, catalogue: &Catalogue) -> bool {
        let mut rules = self.formats.iter().flat_map(|format| &format.in_step);
        rules.any(|rule| matches!(&catalogue.rule(*rule).check, Check::InStep(in_step) if in_step.asks_tags()))
    }

    /// How many rules are on, and which: the same text for the same rules, 16 hexadecimal digits.
    pub(crate) fn rule_set(&self) -> &(u64, Arc<str>) {
        &self.rule_set
    }

    /// The rule is on.
    pub(crate) fn is_on(&self, rule: RuleId) -> bool {
        self.active[rule.index()]
    }

    /// What the user or the profile says of the rule's severity.
    pub(crate) fn fixed_severity(&self, rule: RuleId) -> Option<Severity> {
        self.fixed[rule.index()]
    }
}

/// The most exact word of all that name the rule decides; of two equally exact ones, that which turns it off.
fn is_on(catalogue: &Catalogue, selection: &Selection, rule: RuleId) -> bool {
    let (profile_on, profile_off) =
        selection.profile.as_ref().map(|profile| catalogue.selection_of(profile)).unwrap_or_default();
    let exactness = |words: &[Selector]| {
        words.iter().filter(|word| word.takes(rule, catalogue)).map(Selector::exactness).max().unwrap_or(0)
    };
    let by_default = usize::from(selection.select.is_empty() && catalogue.rule(rule).default);
    // What is selected is all there is: a profile adds to the default rules alone.
    let by_profile = if selection.select.is_empty() { exactness(&profile_on) } else { 0 };
    let on = [&selection.select, &selection.extend].map(|words| exactness(words));
    let on = on.into_iter().max().unwrap_or(0).max(by_default).max(by_profile);
    let off = exactness(&selection.ignore).max(exactness(&profile_off));
    on > off
}

/// The lists that hold for a format's records. Of those chosen for one field, the user's is the last word, and one for
/// the format beats one for all.
fn lists_of(catalogue: &Catalogue, selection: &Selection, format: &Format) -> Lists {
    let mut lists = Lists {
        standard: format.lists.iter().map(|list| (list.field, Arc::clone(&list.vocabulary))).collect(),
        chosen: Vec::new(),
        version: catalogue.formats.fields.known().standard,
    };
    let by_profile = selection.profile.as_ref().map(|profile| catalogue.lists_of(profile)).unwrap_or_default();
    for chosen in std::iter::once(&*selection.lists).chain(by_profile) {
        let own = chosen.iter().filter(|list| list.format.as_ref().is_some_and(|name| *name == format.name));
        for list in own.chain(chosen.iter().filter(|list| list.format.is_none())) {
            if format.maps(list.field) && !lists.chosen.iter().any(|(field, _)| *field == list.field) {
                lists.chosen.push((list.field, Arc::clone(&list.vocabulary)));
            }
        }
    }
    lists
}

fn plan_format(catalogue: &Catalogue, format: &Format, active: &[bool]) -> FormatPlan {
    let mut plan = FormatPlan::default();
    let on = catalogue.rules().filter(|(id, rule)| active[id.index()] && rule.is_for(format));
    for (id, rule) in on {
        match &rule.check {
            Check::Value(check) => {
                plan.values.push(id);
                plan.texts |= check.takes_texts();
                plan.checks.extend(check.or_when().is_some().then_some(id));
            }
            Check::Listed => plan.listed = Some(id),
            Check::Schema(_) => plan.schema = Some(id),
            Check::Table(_) => plan.tables.push(id),
            Check::InStep(_) => plan.in_step.push(id),
            Check::Source => {}
            _ => {
                plan.checks.push(id);
                plan.of_set.extend(rule.check.is_of_set().then_some(id));
            }
        }
    }
    plan.not_borne = format
        .not_borne
        .iter()
        .map(|lack| {
            let asks = |id: &RuleId| catalogue.rule(*id).check.fields().iter().any(|field| lack.fields.contains(field));
            plan.checks.iter().copied().filter(asks).collect()
        })
        .collect();
    plan
}

impl FormatPlan {
    /// More is asked for than the schema.
    pub(crate) fn asks_for_fields(&self) -> bool {
        let some = [&self.checks, &self.values, &self.tables, &self.in_step].into_iter().any(|rules| !rules.is_empty());
        some || self.listed.is_some()
    }

    /// The checks of tables, with their rules.
    pub(crate) fn table_checks<'c>(
        &'c self,
        catalogue: &'c Catalogue,
    ) -> impl Iterator<Item = (RuleId, &'c TableCheck)> {
        self.tables.iter().filter_map(|id| match &catalogue.rule(*id).check {
            Check::Table(check) => Some((*id, check)),
            _ => None,
        })
    }

    /// The checks of values, with their rules.
    pub(crate) fn value_checks<'c>(
        &'c self,
        catalogue: &'c Catalogue,
    ) -> impl Iterator<Item = (RuleId, &'c ValueCheck)> + Clone {
        self.values.iter().filter_map(|id| match &catalogue.rule(*id).check {
            Check::Value(check) => Some((*id, check)),
            _ => None,
        })
    }
}
