//! What a finding says: the rule's words, filled from the record.

use crate::check::{At, Detail, Raw, Record};
use crate::document::{Document, NodeRef};
use crate::format::{FieldId, Fields};
use crate::value::shortened;

use super::catalogue::Catalogue;
use super::definition::Case;
use super::template::{Slot, Template, with_article};

/// The words of one finding.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// What stands under the place in a frame.
    pub(crate) label: Option<String>,
    /// The value that was probably meant.
    pub(crate) suggestion: Option<String>,
}

/// Says what a check found; `document` is the tree it was found in, `record` the record, if it was one.
pub(crate) fn say(
    catalogue: &Catalogue,
    raw: &Raw,
    (document, record): (Option<&Document<'_>>, Option<&Record<'_>>),
    case: Option<&Case>,
) -> Said {
    let rule = catalogue.rule(raw.rule);
    let (message, help, label) = rule.words_in(case);
    let slots = Filler { raw, document, record };
    let filled = |template: &Template| template.write(|slot| slots.fill(slot));
    let mut said = Said {
        message: sentence(&filled(message)),
        help: help.map(|help| sentence(filled(help).trim())).filter(|help| !help.is_empty()),
        label: label.map(filled).filter(|label| !label.is_empty()),
        suggestion: None,
    };
    match &raw.detail {
        Detail::None | Detail::Said { .. } => {}
        Detail::Fault(fault) => said.suggestion.clone_from(&fault.intended),
        Detail::Violation(violation) => {
            said.suggestion.clone_from(&violation.suggestion);
            said.help.clone_from(&violation.help);
        }
    }
    said
}

/// The first letter as a capital.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

struct Filler<'a> {
    raw: &'a Raw,
    document: Option<&'a Document<'a>>,
    record: Option<&'a Record<'a>>,
}

impl Filler<'_> {
    fn fill(&self, slot: &Slot) -> Option<String> {
        match slot {
            Slot::Value => self.node().map(|node| shortened(node.plain()).into_owned()),
            Slot::Reason => Some(match &self.raw.detail {
                Detail::None => return None,
                Detail::Fault(fault) => fault.reason.to_string(),
                Detail::Violation(violation) => violation.message.clone(),
                Detail::Said { reason, .. } => reason.clone(),
            }),
            Slot::Intended => match &self.raw.detail {
                Detail::Fault(fault) => fault.intended.clone(),
                _ => None,
            },
            Slot::Label => self.label().map(str::to_owned),
            Slot::LabelWithArticle => self.label().map(with_article),
            Slot::Remedy => match &self.raw.detail {
                Detail::Said { remedy, .. } => remedy.map(str::to_owned),
                _ => None,
            },
            Slot::Key => self.record?.carrier.key_of(self.raw.field?),
            Slot::Format => Some(self.record?.format.title.to_string()),
            Slot::Field(field) => self.first(*field),
            Slot::FieldWithArticle(field) => self.first(*field).map(|value| with_article(&in_words(&value))),
            Slot::Related => self.related(),
        }
    }

    fn label(&self) -> Option<&str> {
        let record = self.record?;
        Some(record.format.label(self.raw.field?, record.table))
    }

    /// The node at the finding's place.
    fn node(&self) -> Option<NodeRef<'_>> {
        match self.raw.at {
            At::Node(node) | At::Within(node, _) => self.document?.node(node),
            At::Absent { .. } | At::Span(_) => None,
        }
    }

    fn first(&self, field: FieldId) -> Option<String> {
        self.record?.fields.first(field).map(|value| shortened(value.text()).into_owned())
    }

    /// "a publication date (2025-09-22) and a volume (330)".
    fn related(&self) -> Option<String> {
        let record = self.record?;
        let named: Vec<_> = self
            .raw
            .related
            .iter()
            .filter_map(|node| {
                let label = label_of(record, *node)?;
                let node = record.fields.document.node(*node)?;
                Some(format!("{} ({})", with_article(label), shortened(node.plain())))
            })
            .collect();
        let (last, before) = named.split_last()?;
        Some(if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) })
    }
}

/// A type as prose has it: `JournalArticle` is a "journal article".
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        before = letter;
    }
    words
}

/// What the format calls the field that has its value at this node.
pub(crate) fn label_of<'a>(record: &'a Record<'_>, node: u32) -> Option<&'a str> {
    let fields: Fields<'_> = record.fields;
    let field = fields.field_at(node)?;
    Some(record.format.label(field, record.table))
}
