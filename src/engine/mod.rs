//! The pipeline: chunks of records to workers, what they find to one writer, in order.

mod ahead;
mod company;
#[cfg(feature = "cli")]
mod figures;
mod judge;
#[cfg(feature = "cli")]
mod measures;
mod place;
#[cfg(feature = "cli")]
mod run;
mod setup;
mod sieve;
mod table;
mod tally;
#[cfg(all(test, feature = "cli"))]
mod tests;
mod text;
mod times;
mod unknown;
#[cfg(feature = "cli")]
mod worker;
#[cfg(feature = "cli")]
mod writer;

pub(crate) use judge::{Judge, Outcome, Sink};
#[cfg(feature = "cli")]
pub(crate) use measures::Measures;
#[cfg(feature = "cli")]
pub(crate) use run::{Run, RunResult};
pub(crate) use setup::Setup;
#[cfg(feature = "cli")]
pub(crate) use sieve::Sieve;
pub(crate) use table::Columns;
pub(crate) use tally::Tally;
#[cfg(feature = "cli")]
pub(crate) use text::ChunkText;
#[cfg(feature = "cli")]
pub(crate) use writer::Output;
