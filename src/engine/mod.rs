//! The pipeline: chunks of records to workers, what they find to one writer, in order.

mod judge;
mod run;
mod setup;
mod tally;
mod text;
mod worker;
mod writer;

pub(crate) use judge::{Judge, Outcome, Sink};
pub(crate) use run::{Run, RunResult};
pub(crate) use setup::Setup;
pub(crate) use tally::Tally;
pub(crate) use writer::Output;
