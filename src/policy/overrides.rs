//! Overrides: what the configuration says of single paths, records or rules, with a reason.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use crate::check::{Condition, Record, RuleId};
use crate::finding::Severity;
use crate::paths::PathPatterns;
use crate::rule::{Catalogue, Selector};

/// One `[[override]]`.
#[derive(Debug)]
pub(crate) struct Override {
    /// Patterns of paths; none: all.
    pub(crate) paths: OverridePaths,
    /// Identifiers of records; none: all.
    pub(crate) records: Vec<Box<str>>,
    /// A condition on the record.
    pub(crate) when: Option<Condition>,
    /// The rules; none: all.
    pub(crate) rules: Vec<Selector>,
    /// The severity it gives; none: nothing is reported.
    pub(crate) severity: Option<Severity>,
    /// Why.
    pub(crate) reason: Box<str>,
    /// Where it stands in the configuration, in bytes.
    pub(crate) span: std::ops::Range<usize>,
    /// How many findings it has changed.
    pub(crate) used: AtomicU64,
}

/// Patterns of paths, and what is known of the sources that have had findings: those are asked for once a finding.
#[derive(Debug, Default)]
pub(crate) struct OverridePaths {
    patterns: PathPatterns,
    known: RwLock<HashMap<Box<str>, bool>>,
}

impl From<PathPatterns> for OverridePaths {
    fn from(patterns: PathPatterns) -> Self {
        Self { patterns, known: RwLock::default() }
    }
}

impl OverridePaths {
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    fn take(&self, path: &str) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        known.unwrap_or_else(|| {
            let takes = self.patterns.take(Path::new(path));
            self.known.write().unwrap_or_else(PoisonError::into_inner).insert(path.into(), takes);
            takes
        })
    }
}

/// All of them; the last that fits decides.
#[derive(Debug, Default)]
pub(crate) struct Overrides(pub(crate) Vec<Override>);

/// What an override makes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    Keep(Severity),
    Drop,
}

impl Overrides {
    /// What becomes of a finding of `rule` with `severity`.
    pub(crate) fn judge(
        &self,
        catalogue: &Catalogue,
        rule: RuleId,
        severity: Severity,
        path: &str,
        record: Option<(&Record<'_>, Option<&str>)>,
    ) -> Ruling {
        let fits = |rule_of: &&Override| rule_of.fits(catalogue, rule, path, record);
        match self.0.iter().rev().find(fits) {
            None => Ruling::Keep(severity),
            Some(found) => {
                found.used.fetch_add(1, Ordering::Relaxed);
                found.severity.map_or(Ruling::Drop, Ruling::Keep)
            }
        }
    }

    /// A finding of `rule` in the record with this identifier, in the file at `path`, may be dropped by one of them.
    #[cfg(feature = "cli")]
    pub(crate) fn may_drop(&self, catalogue: &Catalogue, rule: RuleId, path: &str, id: Option<&str>) -> bool {
        self.0.iter().any(|one| one.severity.is_none() && one.concerns(catalogue, rule, path, id))
    }
}

impl Override {
    /// It is about findings of `rule` in the record with this identifier, in the file at `path`, if its condition holds.
    fn concerns(&self, catalogue: &Catalogue, rule: RuleId, path: &str, id: Option<&str>) -> bool {
        (self.rules.is_empty() || self.rules.iter().any(|selector| selector.takes(rule, catalogue)))
            && (self.paths.is_empty() || self.paths.take(path))
            && (self.records.is_empty() || id.is_some_and(|id| self.records.iter().any(|own| **own == *id)))
    }

    fn fits(
        &self,
        catalogue: &Catalogue,
        rule: RuleId,
        path: &str,
        record: Option<(&Record<'_>, Option<&str>)>,
    ) -> bool {
        let holds = |when: &Condition| record.is_some_and(|(record, _)| when.holds(record.fields).is_some());
        self.concerns(catalogue, rule, path, record.and_then(|(_, id)| id)) && self.when.as_ref().is_none_or(holds)
    }
}
