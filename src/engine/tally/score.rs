//! What a run's counts come to as a score.

use std::sync::Arc;

use crate::check::RuleId;
use crate::report::{Counts, Minima, Score};
use crate::rule::CATEGORIES;

use super::{Setup, Tally};

impl Tally {
    /// The score of a run that came to this.
    pub(crate) fn score(&self, setup: &Setup, minima: &Minima) -> Score {
        let records = self.carriers.iter().map(|(_, records)| records).sum::<u64>() + self.by_own_schema;
        let dimension = |category: &'static str| {
            let found = self.by_rule.iter().filter(|found| setup.catalogue.rule(found.rule).category == category);
            let counted = found.map(|found| (Arc::clone(&setup.catalogue.rule(found.rule).name), found.counted()));
            (self.judged_by(category, setup), counted.filter(|(_, counted)| *counted != Counts::default()).collect())
        };
        Score::new(records, minima, CATEGORIES.map(dimension).into())
    }

    /// How many records a rule of the category has judged: of each format, those that the rule judged which judged most.
    fn judged_by(&self, category: &str, setup: &Setup) -> u64 {
        let formats = &setup.catalogue.formats.formats;
        let mut judged = 0;
        for (number, format) in formats.iter().enumerate() {
            let of_format = self.carriers.iter().filter(|((of, _), _)| *of == number);
            let records: u64 = of_format.map(|(_, records)| records).sum();
            let on = setup.catalogue.rules().filter(|(id, rule)| {
                records > 0 && rule.category == category && setup.plan.is_on(*id) && rule.is_for(format)
            });
            let left = on.map(|(id, _)| records.saturating_sub(self.without(number, id, setup)));
            judged += left.max().unwrap_or(0);
        }
        // What is of no known format is held to the user's own schema alone.
        let by_schema = setup.own.schema_violation.is_some_and(|rule| setup.catalogue.rule(rule).category == category);
        judged + if by_schema { self.by_own_schema } else { 0 }
    }

    /// On how many records of a format a rule could not be judged. A record may have more than one reason: the one that
    /// most have counts, so that no record counts twice.
    fn without(&self, number: usize, rule: RuleId, setup: &Setup) -> u64 {
        let not_borne = &setup.plan.of(&setup.catalogue.formats.formats[number]).not_borne;
        let by_reason = self
            .not_judged
            .iter()
            .filter(|((format, reason), _)| *format == number && not_borne[*reason].contains(&rule));
        let by_column = self.no_column.iter().filter(|((format, of), _)| *format == number && *of == rule);
        let counts = by_reason.map(|(_, records)| *records).chain(by_column.map(|(_, records)| *records));
        counts.max().unwrap_or(0)
    }
}
