//! The configuration: `reclint.toml` as written, and what it comes to together with the command line.

mod naming;
mod schema;
mod wishes;
mod written;

pub(crate) use naming::read_collections;
pub(crate) use schema::schema;
pub(crate) use wishes::{Named, Wishes};
pub(crate) use written::{ConfigFile, FILE_NAME};

/// The configuration that `reclint init` writes.
pub(crate) const TEMPLATE: &str = include_str!("template.toml");
