//! From the crate's errors to violations: which node, what is wrong in the schema's own words, and where it says so.

use std::ops::Range;
use std::sync::Arc;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::document::{Kind, Name, NodeRef, OwnedDocument};

use super::load::Schema;
use super::said::Said;
use super::{branch, unique, words};

/// A place in a schema's file.
#[derive(Clone, Debug)]
pub(crate) struct SchemaPlace {
    pub(crate) path: Arc<str>,
    pub(crate) document: Arc<OwnedDocument>,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
}

/// One way in which a record breaks a schema.
#[derive(Debug)]
pub(crate) struct Violation {
    /// The node that breaks it.
    pub(crate) node: u32,
    /// The schema's keyword: `enum`.
    pub(crate) keyword: Box<str>,
    /// The member that is missing from the node.
    pub(crate) missing: Option<Box<str>>,
    pub(crate) said: Arc<Said>,
    pub(crate) related: Vec<u32>,
    /// Where the schema says so, if it is the user's own.
    pub(crate) place: Option<SchemaPlace>,
}

impl Violation {
    /// A member is there that is not known.
    pub(crate) fn is_of_name(&self) -> bool {
        matches!(&*self.keyword, "additionalProperties" | "unevaluatedProperties")
    }

    /// Something is absent or empty rather than wrong: a draft may be so.
    pub(crate) fn is_of_absence(&self, value: NodeRef<'_>) -> bool {
        let node = value.at(self.node);
        matches!(&*self.keyword, "required" | "minItems" | "minLength" | "minProperties")
            || (&*self.keyword == "type" && node.kind() == Kind::Null)
            // A blank text has no form at all.
            || (&*self.keyword == "pattern" && node.text().is_some_and(|text| text.trim().is_empty()))
    }
}

/// The node that an error is about: its "instance" is the node's index.
pub(super) fn node_of<'a>(root: NodeRef<'a>, error: &ValidationError<'_>) -> NodeRef<'a> {
    let index = error.instance().as_u64().and_then(|index| u32::try_from(index).ok());
    index.and_then(|index| root.document.node(index)).unwrap_or(root)
}

/// Adds the violations that one error stands for.
pub(super) fn collect(schema: &Schema, root: NodeRef<'_>, error: &ValidationError<'_>, found: &mut Vec<Violation>) {
    let node = node_of(root, error);
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            match branch::meant(root, node, context) {
                Some(branch) => branch.iter().for_each(|error| collect(schema, root, error, found)),
                None => found.push(violation(schema, error, node, root)),
            }
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            // They are named in the order in which they stand: each is looked for behind the one before it.
            let mut members = node.members().filter(|(key, _)| key.counts());
            for name in unexpected {
                let behind = members.find(|(key, _)| key.raw_text() == name);
                let member = behind.or_else(|| node.member(&Name::new(name))).map_or(node, |(_, value)| value);
                found.push(violation(schema, error, member, root));
            }
        }
        ValidationErrorKind::PropertyNames { error: inner } => {
            let name = inner.instance().as_str().unwrap_or_default();
            let key = node.member(&Name::new(name)).map_or(node, |(key, _)| key);
            found.push(violation(schema, inner, key, root));
        }
        _ => found.push(violation(schema, error, node, root)),
    }
}

fn violation(schema: &Schema, error: &ValidationError<'_>, node: NodeRef<'_>, root: NodeRef<'_>) -> Violation {
    let absolute = error.absolute_keyword_location().map(jsonschema::Uri::as_str);
    let (path, document, pointer) = schema.place(absolute, error.schema_path().as_str());
    let subject = words::name(node, root);
    let say = || words::of_error(error, (node, &subject), root, &document.document(), &pointer);
    let said = match error.kind() {
        // Which value of a list was meant takes long to find out. Of a user's schemas, which can have names within names,
        // a pointer need not tell which list it is.
        ValidationErrorKind::Enum { .. } if !node.is_container() && !schema.is_users => {
            schema.said_before.or_say(&[&*pointer, &*subject, node.source()], say)
        }
        _ => Arc::new(say()),
    };
    let missing = match error.kind() {
        ValidationErrorKind::Required { property } => property.as_str().map(Into::into),
        _ => None,
    };
    let related = match error.kind() {
        ValidationErrorKind::UniqueItems => {
            unique::repeated(node).map_or_else(Vec::new, |(first, again)| vec![first, again])
        }
        _ => Vec::new(),
    };
    Violation {
        node: node.index,
        keyword: error.kind().keyword().into(),
        missing,
        said,
        related,
        place: schema.is_users.then(|| SchemaPlace::find(path, document, &pointer)),
    }
}
