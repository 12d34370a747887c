//! A value is on no list where one holds: the format's own, which its schema has too, or one that a profile or the user
//! has chosen.

use std::sync::Arc;

use crate::document::Kind;
use crate::format::{FieldId, FieldValue, Term, Terms, Vocabulary, standard_version};
use crate::value::{Class, Fault, is_blank};

use super::{At, Detail, Raw, Record, RuleId};

/// The lists that hold for the records of one format.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Those of the format's standard. Its schema says where they hold, and so is asked first.
    pub(crate) standard: Vec<(FieldId, Arc<Vocabulary>)>,
    /// Those that a profile or the user has chosen.
    pub(crate) chosen: Vec<(FieldId, Arc<Vocabulary>)>,
    /// The field that names the version of the standard that a record follows.
    pub(crate) version: Option<FieldId>,
}

impl Lists {
    /// No list holds.
    pub(crate) fn is_empty(&self) -> bool {
        self.standard.is_empty() && self.chosen.is_empty()
    }

    /// Looks at all values of the fields for which lists were chosen, and for terms newer than the record's standard.
    pub(crate) fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        // Where no schema says where the standard's lists hold, they hold everywhere.
        let standard = if record.carrier.schema.is_none() { &*self.standard } else { &[] };
        let lists =
            standard.iter().map(|list| (list, None)).chain(self.chosen.iter().map(|list| (list, Some("chosen"))));
        for ((field, vocabulary), variant) in lists {
            for value in record.fields.values(*field).filter(is_word) {
                let terms = vocabulary.terms();
                match terms.get(value.text()) {
                    Some(Term { deprecated: false, .. }) => {}
                    Some(term) => found.push(given_up(rule, &value, term)),
                    None => found.push(unlisted(rule, &value, terms, variant)),
                }
            }
        }
        let follows = self.version.and_then(|version| standard_version(record.fields.first(version)?.text()));
        if let Some(follows) = follows {
            self.newer(rule, follows, record, found);
        }
    }

    /// Terms that came after the version of the standard that the record says it follows.
    #[cold]
    fn newer(&self, rule: RuleId, follows: (u16, u16), record: &Record<'_>, found: &mut Vec<Raw>) {
        for (field, vocabulary) in &self.standard {
            for value in record.fields.values(*field).filter(is_word) {
                let since = vocabulary.terms().get(value.text()).and_then(|term| term.since);
                let Some((major, minor)) = since.filter(|since| *since > follows) else { continue };
                let reason =
                    format!("it came with version {major}.{minor}, and the record says {}.{}", follows.0, follows.1);
                let fault = Fault::whole(Class::Form, value.text(), reason);
                found.push(raw(rule, &value, fault, Some("newer")));
            }
        }
    }

    /// Of a value at which the schema of the standard is broken: that it is on none of the standard's lists, if so.
    pub(crate) fn of_broken(&self, rule: RuleId, node: u32, record: &Record<'_>) -> Option<Raw> {
        let (value, terms) = self.standard.iter().find_map(|(field, vocabulary)| {
            let value = record.fields.at(node).find(|value| value.hit.field == *field)?;
            Some((value, vocabulary.terms()))
        })?;
        (is_word(&value) && terms.get(value.text()).is_none()).then(|| unlisted(rule, &value, terms, None))
    }
}

/// It is a text that says something: all else is the schema's business.
fn is_word(value: &FieldValue<'_>) -> bool {
    value.node.kind() == Kind::String && !is_blank(value.text())
}

fn raw(rule: RuleId, value: &FieldValue<'_>, fault: Fault, variant: Option<&'static str>) -> Raw {
    let mut raw = Raw::new(rule, At::Node(value.hit.node));
    raw.field = Some(value.hit.field);
    raw.detail = Detail::Unlisted { fault, variant, choice: None };
    raw
}

#[cold]
fn given_up(rule: RuleId, value: &FieldValue<'_>, term: &Term) -> Raw {
    let fault = Fault::whole(Class::Notation, value.text(), "the term has been given up");
    let fault = fault.meant_if(term.successor.as_deref().map(str::to_owned));
    raw(rule, value, fault, Some("deprecated"))
}

#[cold]
fn unlisted(rule: RuleId, value: &FieldValue<'_>, terms: &Terms, variant: Option<&'static str>) -> Raw {
    let mut raw = raw(rule, value, why(value.text(), terms), variant);
    if let Detail::Unlisted { choice, .. } = &mut raw.detail {
        *choice = terms.few().map(|terms| terms.join(", "));
    }
    raw
}

/// Why `text` is no term, and which was meant.
fn why(text: &str, terms: &Terms) -> Fault {
    let title = &terms.title;
    let folded = folded(text);
    let alike = one(terms.iter().filter(|term| self::folded(terms.way_to_write(term, text)) == folded));
    let called = || one(terms.iter().filter(|term| term.labels.iter().any(|label| self::folded(label) == folded)));
    let (reason, meant) = if let Some(term) = alike {
        (format!("{title} have it in another spelling"), Some(terms.way_to_write(term, text)))
    } else if let Some(term) = called() {
        (format!("{title} have it under another name"), Some(terms.way_to_write(term, text)))
    } else {
        (format!("{title} have no such term"), nearest(text, terms))
    };
    Fault::whole(Class::Form, text, reason).meant_if(meant.filter(|meant| *meant != text).map(str::to_owned))
}

/// Letters and digits in lower case, without the scheme of an address: how terms are compared that are written alike.
fn folded(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    bare.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The only one.
fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}

/// The one term that is a slip of the pen away: a letter or two of a long word. Where more is different, it is another
/// word: "Dissertation" is no "Presentation".
fn nearest<'t>(text: &str, terms: &'t Terms) -> Option<&'t str> {
    const SHORTEST: usize = 4;
    let most = (text.chars().count() / 5).clamp(1, 2);
    let lower = text.to_lowercase();
    let distance = |written: &str| strsim::damerau_levenshtein(&lower, &written.to_lowercase());
    let near =
        terms.written().filter(|written| written.len() >= SHORTEST && written.len().abs_diff(text.len()) <= 2 * most);
    let mut near: Vec<_> = near.map(|written| (distance(written), written)).filter(|(far, _)| *far <= most).collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, nearest), (second, _), ..] if first < second => Some(nearest),
        _ => None,
    }
}
