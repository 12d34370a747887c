//! `reclint` judges metadata records: descriptions of publications, data sets and software.
//!
//! ```
//! let linter = reclint::Linter::builder().build()?;
//! let report = linter.check("record.json", br#"{"doi": "10.5061/dryad.8515", "creators": [], "titles": [], "types": {}}"#);
//! assert!(report.findings.iter().any(|finding| &*finding.rule == "missing-creator"));
//! # Ok::<(), reclint::BuildError>(())
//! ```
//!
//! What stands on this page is stable: versions that break it say so by their number. The modules that it does not show
//! can be reached, because the project's tests and measurements reach into them, and may change in any version.

// Without the program, what only its reports and its configuration need lies idle.
#![cfg_attr(not(feature = "cli"), allow(dead_code))]

mod beside;
mod check;
#[cfg(feature = "cli")]
mod config;
#[doc(hidden)]
pub mod document;
mod embedded;
mod engine;
mod few;
mod finding;
#[doc(hidden)]
pub mod format;
mod input;
mod linter;
mod paths;
mod policy;
mod report;
#[doc(hidden)]
pub mod rule;
mod schema;
#[cfg(feature = "cli")]
mod spool;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod value;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use document::Position;
pub use finding::{Edit, Finding, Fix, RecordName, RelatedPlace, Severity};
pub use linter::{BuildError, Linter, LinterBuilder, Report, catalogue};
#[doc(hidden)]
pub use linter::{Examples, Mistake, Tried};
pub use report::{
    Counts, Cut, DimensionScore, Example, FieldStatistics, FormatStatistics, GroupKind, GroupRule, GroupStatistics,
    NotJudged, PassedOver, Points, RateFound, RuleLoss, RuleStatistics, Score, Share, Statistics, Summary,
};
pub use rule::Catalogue;
