//! JSON Schema over our tree: the one room that knows the `jsonschema` crate.

mod branch;
mod keywords;
mod load;
mod said;
#[cfg(test)]
mod tests;
mod tree;
mod unique;
mod violation;
mod words;

use std::sync::atomic::Ordering;

use jsonschema::Validator;

use crate::document::NodeRef;

#[cfg(feature = "cli")]
pub(crate) use load::percent_decoded;
pub(crate) use load::{Loader, Schema};
pub(crate) use violation::{SchemaPlace, Violation};

use tree::Tree;

impl Schema {
    /// Everything in which the value breaks the schema, in document order.
    #[inline]
    pub(crate) fn violations(&self, value: NodeRef<'_>) -> Vec<Violation> {
        self.violations_in(value, value)
    }

    /// The value keeps to it, and so did the last one; else that is left to [`Self::violations`].
    pub(crate) fn is_surely_kept_by(&self, value: NodeRef<'_>) -> bool {
        !self.broken_last.load(Ordering::Relaxed) && self.validator.is_valid(value)
    }

    /// The same for a `value` that is a part of the record `root`.
    #[inline]
    pub(crate) fn violations_in(&self, root: NodeRef<'_>, value: NodeRef<'_>) -> Vec<Violation> {
        // The records of a file are alike: where the last broke the schema, this one is not first asked whether it does.
        let expected = self.broken_last.load(Ordering::Relaxed);
        if !expected && self.validator.is_valid(value) {
            return Vec::new();
        }
        let found = self.every_violation(root, value);
        if expected == found.is_empty() {
            self.broken_last.store(!expected, Ordering::Relaxed);
        }
        found
    }

    #[cold]
    fn every_violation(&self, root: NodeRef<'_>, value: NodeRef<'_>) -> Vec<Violation> {
        self.violations_by(self.for_details(), root, value)
    }

    fn violations_by(&self, validator: &Compiled, root: NodeRef<'_>, value: NodeRef<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        for error in validator.iter_errors(value) {
            violation::collect(self, root, &error, &mut found);
        }
        found.sort_by_key(|violation| violation.node);
        found
    }
}

/// The type of a compiled schema.
pub(crate) type Compiled = Validator<Tree>;
