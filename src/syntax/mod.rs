//! What turns text into nodes: one file a syntax.

pub mod json;
pub mod toml;
