//! The keywords of a schema that is part of a rule: one that is misspelt would be passed over, and the rule never fire.

use crate::document::{Kind, Misfit, NodeRef, did_you_mean};

/// What a keyword holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Something that is said for people, or for other programs.
    Words,
    /// What a value must be, and no schema in it.
    Demand,
    /// A schema, or a list of them.
    Schema,
    /// Schemas by names.
    Named,
    /// Schemas by names, which demand nothing by themselves.
    Definitions,
}

/// The keywords from draft 4 to 2020-12, and `errorMessage`, which reports show.
const KEYWORDS: [(Holds, &[&str]); 5] = [
    (
        Holds::Words,
        &[
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$comment",
            "$vocabulary",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "errorMessage",
        ],
    ),
    (
        Holds::Demand,
        &[
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "type",
            "enum",
            "const",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minContains",
            "maxContains",
            "required",
            "minProperties",
            "maxProperties",
            "dependentRequired",
        ],
    ),
    (
        Holds::Schema,
        &[
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf",
        ],
    ),
    (Holds::Named, &["properties", "patternProperties", "dependentSchemas", "dependencies"]),
    (Holds::Definitions, &["$defs", "definitions"]),
];

fn holds(keyword: &str) -> Option<Holds> {
    KEYWORDS.iter().find(|(_, names)| names.contains(&keyword)).map(|(holds, _)| *holds)
}

/// Each keyword of the schema at `node` is one, and there is something that it does not take.
pub(super) fn are_known(node: NodeRef<'_>) -> Result<(), Misfit> {
    let demands = |key: &str| holds(key).is_some_and(|holds| !matches!(holds, Holds::Words | Holds::Definitions));
    let takes_all = node.kind() == Kind::True
        || (node.kind() == Kind::Object && !node.members().any(|(key, _)| demands(key.raw_text())));
    known_in(node)?;
    if takes_all {
        return Err(Misfit::at(node, "this schema takes every value: the rule can never fire")
            .help("as in `schema = { type = \"string\", minLength = 5 }`"));
    }
    Ok(())
}

fn known_in(schema: NodeRef<'_>) -> Result<(), Misfit> {
    for (key, value) in schema.members() {
        let name = key.raw_text();
        match holds(name) {
            None if name.starts_with("x-") => {}
            None => return Err(unknown(key)),
            Some(Holds::Words | Holds::Demand) => {}
            Some(Holds::Schema) => {
                known_in(value)?;
                value.elements().try_for_each(known_in)?;
            }
            Some(Holds::Named | Holds::Definitions) => value.members().try_for_each(|(_, inner)| known_in(inner))?,
        }
    }
    Ok(())
}

fn unknown(key: NodeRef<'_>) -> Misfit {
    let name = key.raw_text();
    let known = KEYWORDS.iter().flat_map(|(_, names)| names.iter().copied());
    let misfit = Misfit::at(key, format!("`{name}` is no keyword of JSON Schema: it would be passed over"));
    match did_you_mean(name, known) {
        Some(meant) => misfit.help(format!("did you mean `{meant}`?")),
        None => misfit,
    }
}
