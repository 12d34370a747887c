//! What a finding says: the rule's words, filled from the record.

use std::borrow::Cow;

use crate::check::{At, Detail, Raw, Record};
use crate::document::{Document, NodeRef};
use crate::format::{FieldId, Fields};
use crate::value::{capitalised, shortened, visible_lines};

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
/// Only where it is `framed` there is a label.
pub(crate) fn say(
    catalogue: &Catalogue,
    raw: &Raw,
    (document, record): (Option<&Document<'_>>, Option<&Record<'_>>),
    case: Option<&Case>,
    framed: bool,
) -> Said {
    let rule = catalogue.rule(raw.rule);
    let (message, help, label) = rule.words_in(case);
    let slots = Filler { raw, document, record };
    let filled = |template: &Template| template.write(|slot, text| slots.fill(slot, text));
    let mut said = Said {
        message: capitalised(filled(message)),
        help: None,
        label: label.filter(|_| framed).map(filled).filter(|label| !label.is_empty()),
        suggestion: None,
    };
    // Keys and the words of schemas come from outside as values do. What was probably meant is data, and stays.
    if let Cow::Owned(shown) = visible_lines(&said.message) {
        said.message = shown;
    }
    match &raw.detail {
        Detail::None | Detail::LinkLost | Detail::Said { .. } | Detail::Elsewhere(_) => {}
        Detail::Column(words) => said.suggestion.clone_from(&words.intended),
        Detail::Fault(fault) | Detail::Unlisted { fault, .. } => said.suggestion.clone_from(&fault.intended),
        Detail::Violation(violation) => {
            said.suggestion.clone_from(&violation.said.suggestion);
            if help.is_none() {
                said.help.clone_from(&violation.said.help);
                return said;
            }
        }
    }
    said.help = help.map(|help| capitalised(trimmed(filled(help)))).filter(|help| !help.is_empty());
    if matches!(raw.detail, Detail::LinkLost) {
        said.help = Some(said.help.map_or_else(|| LINK_LOST.to_owned(), |help| format!("{help} {LINK_LOST}")));
    }
    said
}

/// What is said where a label of a copied page has nothing under it, and would have a link.
const LINK_LOST: &str = "Look at the item first: links can be lost when a page is copied.";

/// A longer value is not written out as what was meant.
const MOST_INTENDED: usize = 240;

struct Filler<'a> {
    raw: &'a Raw,
    document: Option<&'a Document<'a>>,
    record: Option<&'a Record<'a>>,
}

impl Filler<'_> {
    /// Writes what a slot stands for; nothing is written where that is nothing.
    fn fill(&self, slot: &Slot, text: &mut String) -> Option<()> {
        match slot {
            Slot::Value => text.push_str(&shortened(self.node()?.plain())),
            Slot::Reason => text.push_str(match &self.raw.detail {
                Detail::None | Detail::LinkLost => return None,
                Detail::Fault(fault) | Detail::Unlisted { fault, .. } => &fault.reason,
                Detail::Violation(violation) => &violation.said.message,
                Detail::Said { reason, .. } => reason,
                Detail::Column(words) => &words.reason,
                Detail::Elsewhere(elsewhere) => &elsewhere.reason,
            }),
            Slot::Intended => match &self.raw.detail {
                // Nobody reads a whole abstract for one word of it; as data it is given in full.
                Detail::Fault(fault) | Detail::Unlisted { fault, .. } => {
                    text.push_str(fault.intended.as_deref().filter(|intended| intended.len() <= MOST_INTENDED)?);
                }
                Detail::Column(words) => text.push_str(words.intended.as_deref()?),
                _ => return None,
            },
            Slot::Label => text.push_str(self.label()?),
            Slot::LabelWithArticle => text.push_str(&with_article(self.label()?)),
            Slot::Remedy => match &self.raw.detail {
                Detail::Said { remedy, .. } => text.push_str((*remedy)?),
                Detail::Unlisted { choice, .. } => text.push_str(choice.as_deref()?),
                Detail::Column(words) => text.push_str(words.likely.as_deref()?),
                _ => return None,
            },
            Slot::Key => text.push_str(&self.key()?),
            Slot::Format => text.push_str(&self.record?.format.title),
            Slot::Field(field) => text.push_str(&self.first(*field)?),
            Slot::FieldWithArticle(field) => text.push_str(&with_article(&in_words(&self.first(*field)?))),
            Slot::Related => text.push_str(&self.related()?),
        }
        Some(())
    }

    /// Where the user would enter the field; on a copied page what that calls it, if it shows it.
    fn key(&self) -> Option<String> {
        let (record, field) = (self.record?, self.raw.field?);
        if record.carrier.page.is_none() {
            return record.carrier.key_in(field, record.root);
        }
        let mut found = record.carrier.follow(field, record.root).filter(|followed| followed.absent.is_none());
        let key = found.find_map(|followed| followed.node.parent()?.1)?;
        Some(key.source().to_owned()).filter(|label| !label.is_empty())
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

fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    text
}
