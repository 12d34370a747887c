//! What is wanted of a run beside its findings: statistics, limits, tolerances, times.

use crate::format::FieldId;
use crate::policy::Rates;
use crate::report::Minima;

use super::times::Clock;

/// What is wanted of a run beside its findings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measures {
    /// Statistics by rule and by field.
    pub(crate) statistics: bool,
    /// And by the values of this field.
    pub(crate) group_by: Option<FieldId>,
    /// The score, and what is asked of it.
    pub(crate) score: Option<Minima>,
    /// No more findings of a rule are written.
    pub(crate) most_per_rule: Option<u64>,
    /// The shares of records up to which rules are tolerated.
    pub(crate) rates: Rates,
    /// The run fails for infos, too: where there are some, the report says so.
    pub(crate) infos_fail: bool,
    /// The clock by which the cost of each rule is measured.
    pub(crate) clock: Option<Clock>,
}
