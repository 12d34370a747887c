//! `reclint` judges metadata records: descriptions of publications, data sets and software.
//!
//! ```
//! let linter = reclint::Linter::builder().build()?;
//! let report = linter.check("record.json", br#"{"doi": "10.5061/dryad.8515", "creators": [], "titles": [], "types": {}}"#);
//! assert!(report.findings.iter().any(|finding| &*finding.rule == "missing-creator"));
//! # Ok::<(), reclint::BuildError>(())
//! ```

// Without the program, what only its reports and its configuration need lies idle.
#![cfg_attr(not(feature = "cli"), allow(dead_code))]

mod check;
#[cfg(feature = "cli")]
mod config;
pub mod document;
mod embedded;
mod engine;
mod finding;
pub mod format;
mod input;
mod linter;
mod paths;
mod policy;
mod report;
pub mod rule;
mod schema;
pub mod syntax;
pub mod value;

#[cfg(feature = "cli")]
pub mod cli;

pub use finding::{Edit, Finding, Fix, RecordName, RelatedPlace, Severity};
pub use linter::{BuildError, Linter, LinterBuilder, Report, catalogue};
pub use report::{Counts, NotJudged, PassedOver, Summary};
pub use rule::Catalogue;
