//! The score of a run and of its dimensions, as data. How it comes about is in `scoring`; `docs/score.md` states the formula.

use std::fmt::{self, Display};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::Counts;

/// A number of points from 0 to 100, in tenths; as data a number with one digit behind the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub(super) u32);

impl Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

/// What a rule costs a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleLoss {
    /// The rule.
    pub rule: Arc<str>,
    /// Records that have it, by the gravest finding of each, and its findings outside of records.
    pub counted: Counts,
    /// The points of the dimension that it costs, rounded.
    pub points: Points,
}

/// A dimension's score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DimensionScore {
    /// A category of rules.
    pub dimension: &'static str,
    /// The score; none if no record was judged by a rule of the dimension.
    pub score: Option<Points>,
    /// Records that were judged by one.
    pub records: u64,
    /// The least that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Points>,
    /// What it lost points for, the most costly first.
    pub lost: Vec<RuleLoss>,
}

/// A run's score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// The score; none if no record was judged.
    pub score: Option<Points>,
    /// The least that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Points>,
    /// A score is below what is asked for: the run fails.
    pub below: bool,
    /// Each dimension's score.
    pub dimensions: Vec<DimensionScore>,
}
