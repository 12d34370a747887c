//! What the walk over a record found: the values of its fields, each read once. Reused from record to record.

use std::sync::OnceLock;

use crate::document::{Kind, NodeRef};
use crate::value::{self, Fault, arxiv, date, doi, handle, isbn, isni, issn, language, license, orcid, ror, text, url};

use super::field::{FieldId, FieldKind, FieldSet, FieldTable};
use super::trie::Emit;

/// No meaning beyond the text.
const PLAIN: u32 = u32::MAX;

/// No hit: the end of a list of hits, or a value outside any entry.
pub(crate) const NO_HIT: u32 = u32::MAX;

/// The form in which a path's values must be written, beyond what their kind says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing is demanded beyond the kind.
    Any,
    Date(date::Form),
    Doi(doi::Form),
    Language(language::Form),
    License(license::Form),
    /// The text is HTML by design.
    Html,
}

/// What a value means, by the kind of its field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    /// Nothing more than its text.
    Plain,
    Date(date::Date),
    Orcid(orcid::Orcid),
    /// It fails its kind: the fault with this number.
    Fault(u32),
}

/// A value that a path of the crosswalk led to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) node: u32,
    pub(crate) field: FieldId,
    pub(super) alternative: u8,
    /// Nothing but white space, null, or an empty list or object.
    pub(crate) blank: bool,
    /// An entry that has a name.
    pub(crate) somebody: bool,
    /// A text that is HTML by design.
    pub(super) html: bool,
    /// The next hit of the same field.
    pub(super) next: u32,
    /// The hit of the entry it is part of.
    pub(crate) entry: u32,
    /// Its number among the meanings, if it means more than its text.
    meaning: u32,
}

// There are many of them, and all are gone through.
const _: () = assert!(size_of::<Hit>() == 24);

/// The hits of one field: first, last, and the best alternative that has something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    pub(super) first: u32,
    last: u32,
    pub(super) best: u8,
}

const NO_CHAIN: Chain = Chain { first: NO_HIT, last: NO_HIT, best: u8::MAX };

/// The values of a record's fields.
#[derive(Debug)]
pub(crate) struct Extract {
    pub(super) kinds: Box<[FieldKind]>,
    pub(super) hits: Vec<Hit>,
    pub(super) chains: Vec<Chain>,
    meanings: Vec<Meaning>,
    pub(super) faults: Vec<Fault>,
    /// Some value is a blank text.
    pub(super) has_blanks: bool,
    /// The day by which records are judged, if that is said.
    pub(super) today: Option<date::Point>,
    /// Hits whose text may be wrong, as the bytes say.
    pub(super) suspects: Vec<u32>,
    /// Of a carrier that looks up references: the record's entities, by their ids.
    pub(super) entities: Vec<u32>,
    /// How many values may still be looked at in them.
    pub(super) looked_up: usize,
    /// Somebody asks whether texts are in order.
    texts: bool,
    /// Fields with at least one value that is not blank; entries in which at least one is somebody.
    pub(super) present: FieldSet,
    /// Of many hits: node and number of each, in order; found when somebody asks which fields have a value at a node.
    pub(super) by_node: OnceLock<Vec<(u32, u32)>>,
}

#[expect(clippy::cast_possible_truncation, reason = "a record has fewer than 2^32 nodes")]
impl Extract {
    /// An empty one for these fields.
    pub(crate) fn new(fields: &FieldTable) -> Self {
        Self {
            kinds: fields.iter().map(|(_, field)| field.kind).collect(),
            hits: Vec::new(),
            chains: vec![NO_CHAIN; fields.len()],
            meanings: Vec::new(),
            faults: Vec::new(),
            has_blanks: false,
            today: None,
            suspects: Vec::new(),
            entities: Vec::new(),
            looked_up: 0,
            texts: false,
            present: FieldSet::default(),
            by_node: OnceLock::new(),
        }
    }

    /// Another one for the same fields and day.
    pub(crate) fn fresh(&self) -> Self {
        let chains = vec![NO_CHAIN; self.chains.len()];
        let (hits, meanings, faults) = (Vec::new(), Vec::new(), Vec::new());
        let (suspects, entities) = (Vec::new(), Vec::new());
        let (kinds, by_node) = (self.kinds.clone(), OnceLock::new());
        Self { kinds, hits, chains, meanings, faults, suspects, entities, by_node, ..*self }
    }

    /// The same, to be judged by this day.
    pub(crate) fn judged_as_of(self, today: Option<date::Point>) -> Self {
        Self { today, ..self }
    }

    /// Looks at texts from now on, or passes them.
    pub(crate) fn look_at_texts(&mut self, texts: bool) {
        self.texts = texts;
    }

    /// Forgets the record, keeps the buffers.
    pub(crate) fn clear(&mut self) {
        self.hits.clear();
        self.meanings.clear();
        self.faults.clear();
        self.has_blanks = false;
        self.suspects.clear();
        self.chains.fill(NO_CHAIN);
        self.present = FieldSet::default();
        self.by_node.take();
    }

    /// Notes and reads the value that a path led to; gives its number.
    #[inline]
    pub(crate) fn push(&mut self, emit: &Emit, node: NodeRef<'_>, entry: u32) -> u32 {
        let number = self.hits.len() as u32;
        let kind = node.kind();
        let text = match kind {
            Kind::String => node.raw_text(),
            Kind::Number => node.source(),
            _ => "",
        };
        let blank = match kind {
            Kind::String => is_blank_text(text),
            // `/publisher` stands behind `/publisher/name` for where it is a text: an object there is no value of its own.
            Kind::Array | Kind::Object => node.is_empty() || (emit.alternative > 0 && emit.kind != FieldKind::Entry),
            _ => kind == Kind::Null,
        };
        self.hits.push(Hit {
            node: node.index,
            field: emit.field,
            alternative: emit.alternative,
            blank,
            somebody: false,
            html: emit.form == Form::Html,
            next: NO_HIT,
            entry,
            meaning: PLAIN,
        });
        let chain = &mut self.chains[emit.field.index()];
        let before = std::mem::replace(&mut chain.last, number);
        if chain.first == NO_HIT {
            chain.first = number;
        } else if let Some(before) = self.hits.get_mut(before as usize) {
            before.next = number;
        }
        if blank {
            self.has_blanks |= kind == Kind::String;
            return number;
        }
        chain.best = chain.best.min(emit.alternative);
        match emit.style {
            _ if text.is_empty() => {}
            None if is_plain(emit.kind) => {}
            None => self.read(emit, text),
            Some(style) if self.texts && kind == Kind::String && text::is_suspect(text, style) => {
                self.suspects.push(number);
            }
            Some(_) => {}
        }
        if emit.kind != FieldKind::Entry || kind == Kind::String {
            self.present.insert(emit.field);
        }
        if let Some(field) = emit.makes_entry {
            self.present.insert(field);
            if let Some(owner) = self.hits.get_mut(entry as usize) {
                owner.somebody = true;
            }
        }
        number
    }

    /// Reads the value of the last hit by what the field's values are. Most are then no more than texts. On its own, so
    /// that those are noted quickly.
    #[inline(never)]
    fn read(&mut self, emit: &Emit, text: &str) {
        let result = match (emit.kind, emit.form) {
            (FieldKind::Date, Form::Date(form)) => date::parse(text, form).map(|date| self.means(Meaning::Date(date))),
            (FieldKind::Orcid, _) => orcid::parse(text).map(|orcid| self.means(Meaning::Orcid(orcid))),
            (FieldKind::Doi, Form::Doi(form)) => doi::parse(text, form).map(drop),
            (FieldKind::Url, _) => url::check(text),
            (FieldKind::Handle, _) => handle::parse(text).map(drop),
            (FieldKind::Issn, _) => issn::parse(text).map(drop),
            (FieldKind::Isbn, _) => isbn::parse(text).map(drop),
            (FieldKind::Ror, _) => ror::parse(text).map(drop),
            (FieldKind::Isni, _) => isni::parse(text).map(drop),
            (FieldKind::Arxiv, _) => arxiv::parse(text).map(drop),
            (FieldKind::Language, Form::Language(form)) => language::parse(text, form).map(drop),
            (FieldKind::License, Form::License(form)) => license::parse(text, form),
            _ => return,
        };
        if let Err(fault) = result {
            self.fault(fault);
        }
    }

    /// What the value of the last hit means.
    #[inline]
    fn means(&mut self, meaning: Meaning) {
        if let Some(hit) = self.hits.last_mut() {
            hit.meaning = self.meanings.len() as u32;
            self.meanings.push(meaning);
        }
    }

    #[inline]
    pub(super) fn meaning(&self, hit: &Hit) -> Meaning {
        self.meanings.get(hit.meaning as usize).copied().unwrap_or(Meaning::Plain)
    }

    #[cold]
    fn fault(&mut self, fault: Fault) {
        self.means(Meaning::Fault(self.faults.len() as u32));
        self.faults.push(fault);
    }
}

/// As which kind of text the values of a field are judged; none if they are no texts for people.
#[inline]
pub(crate) fn style(kind: FieldKind, form: Form) -> Option<text::Style> {
    match kind {
        FieldKind::Text if form == Form::Html => Some(text::Style::Html),
        FieldKind::Text => Some(text::Style::Text),
        FieldKind::Line => Some(text::Style::Line),
        FieldKind::Title => Some(text::Style::Title),
        FieldKind::Keyword => Some(text::Style::Keyword),
        FieldKind::Name => Some(text::Style::Name),
        _ => None,
    }
}

/// Values of this kind mean no more than their text.
#[inline]
const fn is_plain(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Entry | FieldKind::Term | FieldKind::Flag | FieldKind::Number | FieldKind::Identifier)
}

/// Nothing stands there: null, white space, an empty list or object.
#[inline]
pub(crate) fn is_blank(node: NodeRef<'_>) -> bool {
    match node.kind() {
        Kind::Null => true,
        Kind::String | Kind::Key => is_blank_text(node.raw_text()),
        Kind::Array | Kind::Object => node.is_empty(),
        Kind::False | Kind::True | Kind::Number => false,
    }
}

/// Nothing but white space. Nearly every text begins with a letter or digit.
#[inline]
fn is_blank_text(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && value::is_blank(text)
}
