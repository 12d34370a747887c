//! JSON Schema over our tree: the one room that knows the `jsonschema` crate.

mod branch;
mod load;
#[cfg(test)]
mod tests;
mod tree;
mod unique;
mod violation;
mod words;

use jsonschema::Validator;

use crate::document::NodeRef;

#[cfg(feature = "cli")]
pub(crate) use load::percent_decoded;
pub(crate) use load::{Loader, Schema};
pub(crate) use violation::{SchemaPlace, Violation};

use tree::Tree;

impl Schema {
    /// The value obeys the schema.
    #[inline]
    pub(crate) fn is_valid(&self, value: NodeRef<'_>) -> bool {
        self.validator.is_valid(value)
    }

    /// Everything in which the value breaks the schema, in document order.
    pub(crate) fn violations(&self, value: NodeRef<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        for error in self.validator.iter_errors(value) {
            violation::collect(self, value, &error, &mut found);
        }
        found.sort_by_key(|violation| violation.node);
        found
    }
}

/// The type of a compiled schema.
pub(crate) type Compiled = Validator<Tree>;
