//! What becomes of what the checks found: one fault is one finding, its severity, what overrides say, its fingerprint.

mod baseline;
mod build;
mod fingerprint;
mod name;
mod overrides;
mod rate;
mod settle;

pub(crate) use baseline::{Baseline, Claims};
#[cfg(feature = "cli")]
pub(crate) use build::rule_url;
pub(crate) use build::{Reported, Row, Scene};
pub(crate) use fingerprint::Before;
pub(crate) use name::name_of;
#[cfg(feature = "cli")]
pub(crate) use name::short_title;
pub(crate) use overrides::{Override, Overrides, Ruling};
pub(crate) use rate::Rates;
#[cfg(feature = "cli")]
pub(crate) use rate::{Most, RateWords};
pub(crate) use settle::settle;
