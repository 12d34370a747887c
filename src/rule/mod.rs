//! The rules: the catalogue, what a word selects, and the plan of a run.

mod catalogue;
mod definition;
mod evidence;
mod markdown;
mod own;
mod pages;
mod plan;
mod states;
mod template;
mod words;

pub use catalogue::{Catalogue, Profile, Selector};
#[cfg(feature = "cli")]
pub(crate) use definition::severity_at;
pub use definition::{CATEGORIES, Rule, Status};
pub use markdown::Example;
pub(crate) use own::{Own, is_file};

pub use pages::{page, rules_page};
pub(crate) use plan::{Plan, Selection};
pub(crate) use words::{label_of, say};
