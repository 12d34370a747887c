//! The words of a rule: texts with places in braces that a finding fills.

use crate::document::{Misfit, NodeRef, did_you_mean, did_you_mean_all};
use crate::format::{FieldId, FieldTable};

/// What a place in braces stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// `{value}`: the value at the finding's place.
    Value,
    /// `{label}`: what the format calls the rule's field.
    Label,
    /// `{label|a}`: the same with its article.
    LabelWithArticle,
    /// `{key}`: the key under which the record has, or would have, the field.
    Key,
    /// `{reason}`: why the value fails its kind.
    Reason,
    /// `{remedy}`: what to do about it.
    Remedy,
    /// `{intended}`: the value that was probably meant.
    Intended,
    /// `{related}`: the values that belong to it: "a publication date (2025) and a volume (330)".
    Related,
    /// `{format}`: the format's name for people.
    Format,
    /// `{volume}`: the first value of that field.
    Field(FieldId),
    /// `{type|a}`: the same in lower case with its article.
    FieldWithArticle(FieldId),
}

/// One part of a template.
#[derive(Clone, Debug)]
enum Part {
    Text(Box<str>),
    Slot(Slot),
    /// `[Write {intended}.|Write it so.]`: the first of these in which each slot has something to say; else nothing.
    Optional(Vec<Vec<Part>>),
}

/// A text with slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

const SLOTS: [(&str, Slot); 9] = [
    ("value", Slot::Value),
    ("label", Slot::Label),
    ("label|a", Slot::LabelWithArticle),
    ("remedy", Slot::Remedy),
    ("key", Slot::Key),
    ("reason", Slot::Reason),
    ("intended", Slot::Intended),
    ("related", Slot::Related),
    ("format", Slot::Format),
];

impl Template {
    /// Reads the text at `node`.
    pub(crate) fn read(name: &str, node: NodeRef<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let text = crate::document::text(name, node)?;
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('[') {
            let Some((inside, after)) = after.split_once(']') else {
                return Err(Misfit::at(node, "a `[` without its `]`"));
            };
            read_parts(before, node, fields, &mut parts)?;
            let mut optional = Vec::new();
            for alternative in alternatives(inside) {
                let mut parts = Vec::new();
                read_parts(alternative, node, fields, &mut parts)?;
                optional.push(parts);
            }
            parts.push(Part::Optional(optional));
            rest = after;
        }
        read_parts(rest, node, fields, &mut parts)?;
        Ok(Self { parts })
    }

    /// The slot stands in it.
    pub(crate) fn has(&self, slot: &Slot) -> bool {
        has(&self.parts, slot)
    }

    /// The text, with each slot filled by `fill`, which writes what it stands for, or says that there is nothing.
    pub(crate) fn write(&self, mut fill: impl FnMut(&Slot, &mut String) -> Option<()>) -> String {
        // Most texts are no longer: they need not grow step by step.
        let mut text = String::with_capacity(128);
        write_parts(&self.parts, &mut text, &mut fill);
        text
    }
}

fn has(parts: &[Part], slot: &Slot) -> bool {
    parts.iter().any(|part| match part {
        Part::Text(_) => false,
        Part::Slot(own) => own == slot,
        Part::Optional(alternatives) => alternatives.iter().any(|parts| has(parts, slot)),
    })
}

/// A misfit at the place in braces `word` of the text at `node`.
pub(crate) fn slot_at(word: &str, node: NodeRef<'_>, message: impl Into<String>) -> Misfit {
    let misfit = Misfit::at(node, message);
    // In the source, not in the text: escapes before it would move it.
    let slot = format!("{{{word}}}");
    let Some(start) = node.source().find(&slot).map(|at| node.span().start + at) else { return misfit };
    Misfit { span: start..start + slot.len(), ..misfit }
}

/// Writes the parts; false if one of the slots had nothing to say.
fn write_parts(parts: &[Part], text: &mut String, fill: &mut dyn FnMut(&Slot, &mut String) -> Option<()>) -> bool {
    let mut complete = true;
    for part in parts {
        match part {
            Part::Text(plain) => text.push_str(plain),
            Part::Slot(slot) => complete &= fill(slot, text).is_some(),
            Part::Optional(alternatives) => {
                let before = text.len();
                for parts in alternatives {
                    if write_parts(parts, text, fill) {
                        break;
                    }
                    text.truncate(before);
                }
            }
        }
    }
    complete
}

/// What stands between the bars that are not in braces.
fn alternatives(text: &str) -> impl Iterator<Item = &str> {
    let mut braces = 0_i32;
    text.split(move |letter| {
        braces += i32::from(letter == '{') - i32::from(letter == '}');
        letter == '|' && braces == 0
    })
}

fn read_parts(text: &str, node: NodeRef<'_>, fields: &FieldTable, parts: &mut Vec<Part>) -> Result<(), Misfit> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((slot, after)) = after.split_once('}') else {
            return Err(Misfit::at(node, "a `{` without its `}`"));
        };
        parts.push(Part::Text(before.into()));
        parts.push(Part::Slot(read_slot(slot, node, fields)?));
        rest = after;
    }
    parts.push(Part::Text(rest.into()));
    Ok(())
}

fn read_slot(word: &str, node: NodeRef<'_>, fields: &FieldTable) -> Result<Slot, Misfit> {
    if let Some((_, slot)) = SLOTS.iter().find(|(name, _)| *name == word) {
        return Ok(slot.clone());
    }
    let (name, with_article) = word.strip_suffix("|a").map_or((word, false), |name| (name, true));
    match fields.id(name) {
        Some(field) if with_article => Ok(Slot::FieldWithArticle(field)),
        Some(field) => Ok(Slot::Field(field)),
        None => {
            let slots = SLOTS.iter().map(|(name, _)| *name);
            let meant = did_you_mean(name, slots.clone().chain(fields.names()));
            let near = meant.map(|name| format!("did you mean `{{{name}}}`?"));
            let help = near.or_else(|| did_you_mean_all(name, fields.names())).unwrap_or_else(|| {
                let slots: Vec<_> = slots.map(|name| format!("{{{name}}}")).collect();
                format!("a field's name, or one of {}", slots.join(", "))
            });
            Err(slot_at(word, node, format!("nothing fills `{{{word}}}`")).help(help))
        }
    }
}

/// A word with its indefinite article.
pub(crate) fn with_article(word: &str) -> String {
    let vowel = word.chars().next().is_some_and(|c| "aeiouAEIOU".contains(c));
    format!("{} {word}", if vowel { "an" } else { "a" })
}
