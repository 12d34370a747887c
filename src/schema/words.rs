//! What a schema error says to a curator: from its kind and the schema's own `title`, `description`, `examples`.

use std::fmt::Write;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kinds};
use jsonschema::{JsonType, JsonTypeSet, ValidationError};
use serde_json::Value;

use crate::document::{Document, Kind, Name, NodeRef, did_you_mean, kind_name};
use crate::value::capitalised;

use super::said::Said;

/// How many values of a list a help names.
const MOST_NAMED: usize = 12;

/// The words for an error at `node`, which the user calls `subject`, and whose keyword stands at `pointer` in `schema`.
pub(super) fn of_error(
    error: &ValidationError<'_>,
    (node, subject): (NodeRef<'_>, &str),
    root: NodeRef<'_>,
    schema: &Document<'_>,
    pointer: &str,
) -> Said {
    let keyword = schema.root().and_then(|root| root.resolve(pointer));
    let parent = keyword.and_then(NodeRef::parent).map(|(parent, _)| parent);
    let about = if matches!(error.kind(), Kinds::FalseSchema) { keyword } else { parent };
    let mut said = of_kind(error.kind(), node, subject);
    if let (Kinds::AdditionalProperties { .. } | Kinds::UnevaluatedProperties { .. }, Some(about)) =
        (error.kind(), about)
    {
        said = unknown_member(node, root, about);
    }
    if let Some(message) = about.and_then(|about| own_message(about, error.kind().keyword())) {
        said.message = message;
    }
    // Of what is missing its own words say more than those of what lacks it.
    let missing = match error.kind() {
        Kinds::Required { property } => property
            .as_str()
            .zip(about)
            .and_then(|(name, about)| about.get(&Name::new("properties"))?.get(&Name::new(name)).map(own_words)),
        _ => None,
    };
    let is_said = |words: &String| !words.is_empty();
    let own = missing.filter(is_said).or_else(|| about.map(own_words).filter(is_said));
    said.help = match (said.help, own) {
        // Where the schema says it in words, nobody needs to read its pattern.
        (_, Some(own)) if matches!(error.kind(), Kinds::Pattern { .. }) => Some(own),
        (Some(help), Some(own)) => Some(format!("{help} {own}")),
        (help, own) => help.or(own),
    };
    said
}

/// The schema's `errorMessage`: one for all keywords, or one for each.
fn own_message(schema: NodeRef<'_>, keyword: &str) -> Option<String> {
    let message = schema.get(&Name::new("errorMessage"))?;
    message.text().or_else(|| message.get(&Name::new(keyword))?.text()).map(str::to_owned)
}

/// The schema's own words: its description, and its examples.
fn own_words(schema: NodeRef<'_>) -> String {
    let mut words = Vec::new();
    if let Some(description) = schema.get(&Name::new("description")).and_then(NodeRef::text) {
        words.push(description.to_owned());
    }
    if let Some(examples) = schema.get(&Name::new("examples")).filter(|examples| !examples.is_empty()) {
        let examples: Vec<_> = examples.elements().take(3).map(NodeRef::source).collect();
        words.push(format!("For example: {}.", examples.join(", ")));
    }
    words.join(" ")
}

/// What the user calls the value: its key, an entry of its list, or the record.
pub(super) fn name(node: NodeRef<'_>, root: NodeRef<'_>) -> String {
    if node.index == root.index {
        return "the record".to_owned();
    }
    if node.kind() == Kind::Key {
        return format!("the name `{}`", node.raw_text());
    }
    match node.parent() {
        Some((_, Some(key))) => format!("`{}`", key.raw_text()),
        Some((list, None)) if list.index == root.index => "an entry of the record".to_owned(),
        Some((list, None)) => format!("an entry of {}", name(list, root)),
        None => "the record".to_owned(),
    }
}

/// A member that the schema does not have.
fn unknown_member(node: NodeRef<'_>, root: NodeRef<'_>, schema: NodeRef<'_>) -> Said {
    let Some((object, Some(key))) = node.parent() else { return Said::default() };
    let known: Vec<_> = schema
        .get(&Name::new("properties"))
        .into_iter()
        .flat_map(NodeRef::members)
        // Those of former days are there only for the words that are said of them.
        .filter(|(_, schema)| schema.get(&Name::new("deprecated")).is_none())
        .filter_map(|(key, _)| key.text())
        .collect();
    let meant = did_you_mean(key.raw_text(), known.iter().copied());
    let help = match meant {
        Some(name) if object.get(&Name::new(name)).is_some() => {
            format!("Did you mean `{name}`? That is there already; keep one of them.")
        }
        Some(name) => format!("Did you mean `{name}`?"),
        None if known.is_empty() => "Remove it.".to_owned(),
        None => format!("Known here are {}.", listed(known.iter(), |text, name| push_between(text, '`', name))),
    };
    Said {
        message: format!("`{}` is not known in {}.", key.raw_text(), name(object, root)),
        help: Some(help),
        suggestion: None,
    }
}

/// "a, b and c", cut after [`MOST_NAMED`]; `push` writes one of the words.
fn listed<W>(words: impl ExactSizeIterator<Item = W>, push: impl Fn(&mut String, W)) -> String {
    let more = words.len().saturating_sub(MOST_NAMED);
    let mut text = String::with_capacity(256);
    for (position, word) in words.take(MOST_NAMED).enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        push(&mut text, word);
    }
    if more > 0 {
        let _ = write!(text, " and {more} more");
    }
    text
}

/// Writes a value as JSON.
fn push_value(text: &mut String, value: &Value) {
    match value.as_str().filter(|plain| !plain.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'))) {
        Some(plain) => push_between(text, '"', plain),
        None => {
            let _ = write!(text, "{value}");
        }
    }
}

fn push_between(text: &mut String, sign: char, word: &str) {
    text.push(sign);
    text.push_str(word);
    text.push(sign);
}

fn quantity(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The text of a value as it is shown in a message.
fn shown(node: NodeRef<'_>) -> String {
    match node.kind() {
        Kind::Object | Kind::Array => "this value".to_owned(),
        // Not every syntax puts texts in quotes.
        Kind::String if !node.source().starts_with('"') => {
            format!("\"{}\"", crate::value::shortened(node.raw_text()))
        }
        _ => crate::value::shortened(node.source()).into_owned(),
    }
}

fn type_names(kind: &TypeKind) -> String {
    let name = |json_type: JsonType| match json_type {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "an object",
    };
    let types = match kind {
        TypeKind::Single(one) => JsonTypeSet::from(*one),
        TypeKind::Multiple(types) => *types,
    };
    types.iter().filter(|one| types.len() == 1 || *one != JsonType::Null).map(name).collect::<Vec<_>>().join(" or ")
}

/// Which two elements of a list are the same, counted from 1.
fn repeated_places(array: NodeRef<'_>) -> Option<(usize, usize)> {
    let (first, again) = super::unique::repeated(array)?;
    let place = |index| array.elements().position(|element| element.index == index).map(|place| place + 1);
    place(first).zip(place(again))
}

/// The words for an error of this kind about `node`, which the user calls `subject`.
pub(super) fn of_kind(kind: &Kinds, node: NodeRef<'_>, subject: &str) -> Said {
    let said = |message: String| Said { message: sentence(message), help: None, suggestion: None };
    match kind {
        Kinds::Type { kind } if node.kind() == Kind::Null => {
            said(format!("{subject} is empty (null), and must be {}", type_names(kind)))
        }
        Kinds::Type { kind } => said(format!("{subject} must be {}, not {}", type_names(kind), kind_name(node.kind()))),
        Kinds::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            said(format!("{subject} has no `{property}`"))
        }
        Kinds::Enum { options } => not_listed(options, node, subject),
        Kinds::Constant { expected_value } => said(format!("{subject} must be {expected_value}")),
        Kinds::AdditionalItems { limit } => {
            said(format!("{subject} has more than {}", quantity(*limit as u64, "entry", "entries")))
        }
        Kinds::FalseSchema => said(format!("{subject} must not be there")),
        Kinds::Contains => said(format!("{subject} lacks an entry that must be in it")),
        Kinds::UniqueItems => said(match repeated_places(node) {
            Some((first, again)) => format!("entries {first} and {again} of {subject} are the same"),
            None => format!("two entries of {subject} are the same"),
        }),
        Kinds::UnevaluatedItems { .. } => said(format!("{subject} has entries that are not known here")),
        Kinds::Not { .. } => said(format!("{subject} is what it must not be")),
        Kinds::AnyOf { context } | Kinds::OneOfNotValid { context } => {
            said(format!("{subject} fits none of the {} forms that are allowed here", context.len()))
        }
        Kinds::OneOfMultipleValid { .. } => {
            said(format!("{subject} fits more than one form, and must fit exactly one"))
        }
        Kinds::Custom { message, .. } => said(message.clone()),
        Kinds::PropertyNames { error } => of_kind(error.kind(), node, "the name of a member"),
        Kinds::Referencing(error) => said(format!("a reference of the schema leads nowhere: {error}")),
        _ => of_limit(kind, node, subject).map_or_else(|| of_text(kind, node, subject), said),
    }
}

/// Counts, lengths and bounds.
fn of_limit(kind: &Kinds, node: NodeRef<'_>, subject: &str) -> Option<String> {
    let length = || node.text().map_or(0, |text| text.chars().count() as u64);
    Some(match kind {
        Kinds::MinItems { .. } | Kinds::MinProperties { .. } if node.is_empty() => format!("{subject} is empty"),
        Kinds::MinLength { .. } if node.text() == Some("") => format!("{subject} is empty"),
        Kinds::MinItems { limit } => {
            format!("{subject} has {}, and needs at least {limit}", quantity(node.len() as u64, "entry", "entries"))
        }
        Kinds::MaxItems { limit } => {
            format!("{subject} has {}, and may have {limit} at most", quantity(node.len() as u64, "entry", "entries"))
        }
        Kinds::MinProperties { limit } => {
            format!("{subject} has {}, and needs at least {limit}", quantity(node.len() as u64, "member", "members"))
        }
        Kinds::MaxProperties { limit } => {
            format!("{subject} has {}, and may have {limit} at most", quantity(node.len() as u64, "member", "members"))
        }
        Kinds::MinLength { limit } => {
            format!("{subject} has {}, and needs at least {limit}", quantity(length(), "character", "characters"))
        }
        Kinds::MaxLength { limit } => {
            format!("{subject} has {}, and may have {limit} at most", quantity(length(), "character", "characters"))
        }
        Kinds::Minimum { limit } => format!("{subject} is {}, and must be at least {limit}", shown(node)),
        Kinds::Maximum { limit } => format!("{subject} is {}, and may be {limit} at most", shown(node)),
        Kinds::ExclusiveMinimum { limit } => format!("{subject} is {}, and must be more than {limit}", shown(node)),
        Kinds::ExclusiveMaximum { limit } => format!("{subject} is {}, and must be less than {limit}", shown(node)),
        Kinds::MultipleOf { multiple_of } => {
            format!("{subject} is {}, and must be a multiple of {multiple_of}", shown(node))
        }
        _ => return None,
    })
}

/// Forms of texts.
fn of_text(kind: &Kinds, node: NodeRef<'_>, subject: &str) -> Said {
    let message = match kind {
        Kinds::Pattern { .. } => format!("{} does not have the form of {subject}", shown(node)),
        Kinds::Format { format } => format!("{} is no {format}", shown(node)),
        Kinds::ContentEncoding { content_encoding } => format!("{subject} is not encoded as {content_encoding}"),
        Kinds::ContentMediaType { content_media_type } => format!("{subject} does not hold {content_media_type}"),
        _ => format!("{subject} does not fit the schema (`{}`)", kind.keyword()),
    };
    let help = match kind {
        Kinds::Pattern { pattern } => Some(format!("It must match `{pattern}`.")),
        _ => None,
    };
    Said { message: sentence(message), help, suggestion: None }
}

/// A value that is not on the list: with the one that was probably meant.
fn not_listed(options: &Value, node: NodeRef<'_>, subject: &str) -> Said {
    let options: Vec<_> = options.as_array().map_or_else(Vec::new, |options| options.iter().collect());
    let texts = options.iter().filter_map(|option| option.as_str());
    let value = node.text().map(str::trim).filter(|text| !text.is_empty());
    let meant = value.and_then(|value| {
        let same = texts.clone().find(|option| option.eq_ignore_ascii_case(value));
        same.or_else(|| did_you_mean(value, texts.clone()))
    });
    let named: Vec<_> = options.iter().filter(|option| !option.is_null()).collect();
    let list = listed(named.into_iter(), |text, value| push_value(text, value));
    let help = match meant {
        Some(option) => format!("Did you mean \"{option}\"? Allowed are {list}."),
        None => format!("Allowed are {list}."),
    };
    let message = if matches!(node.kind(), Kind::Object | Kind::Array) {
        format!("{subject} must be one of the listed values, not {}", kind_name(node.kind()))
    } else {
        format!("{} is not one of the values of {subject}", shown(node))
    };
    Said { message: sentence(message), help: Some(help), suggestion: meant.map(str::to_owned) }
}

/// Capital letter and full stop.
fn sentence(mut text: String) -> String {
    if !text.is_empty() {
        text.push('.');
    }
    capitalised(text)
}
