//! What the walk over a record found: the values of its fields, each read once. Reused from record to record.

use crate::document::{Document, Kind, NodeRef};
use crate::value::{self, Fault, arxiv, date, doi, handle, isbn, isni, issn, language, license, orcid, ror, text, url};

use super::field::{FieldId, FieldKind, FieldSet, FieldTable};
use super::trie::Emit;

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
    alternative: u8,
    /// Nothing but white space, null, or an empty list or object.
    pub(crate) blank: bool,
    /// An entry that has a name.
    pub(crate) somebody: bool,
    /// A text that is HTML by design.
    html: bool,
    /// The next hit of the same field.
    next: u32,
    /// The hit of the entry it is part of.
    pub(crate) entry: u32,
    pub(crate) meaning: Meaning,
}

/// The hits of one field: first, last, and the best alternative that has something.
#[derive(Clone, Copy, Debug)]
struct Chain {
    first: u32,
    last: u32,
    best: u8,
}

const NO_CHAIN: Chain = Chain { first: NO_HIT, last: NO_HIT, best: u8::MAX };

/// The values of a record's fields.
#[derive(Debug)]
pub(crate) struct Extract {
    kinds: Box<[FieldKind]>,
    hits: Vec<Hit>,
    chains: Vec<Chain>,
    faults: Vec<Fault>,
    /// Some value is a blank text.
    has_blanks: bool,
    /// The day by which records are judged, if that is said.
    today: Option<date::Point>,
    /// Hits whose text may be wrong, as the bytes say.
    suspects: Vec<u32>,
    /// Somebody asks whether texts are in order.
    texts: bool,
    /// Fields with at least one value that is not blank; entries in which at least one is somebody.
    present: FieldSet,
}

#[expect(clippy::cast_possible_truncation, reason = "a record has fewer than 2^32 nodes")]
impl Extract {
    /// An empty one for these fields.
    pub(crate) fn new(fields: &FieldTable) -> Self {
        Self {
            kinds: fields.iter().map(|(_, field)| field.kind).collect(),
            hits: Vec::new(),
            chains: vec![NO_CHAIN; fields.len()],
            faults: Vec::new(),
            has_blanks: false,
            today: None,
            suspects: Vec::new(),
            texts: false,
            present: FieldSet::default(),
        }
    }

    /// Another one for the same fields and day.
    pub(crate) fn fresh(&self) -> Self {
        let chains = vec![NO_CHAIN; self.chains.len()];
        Self { kinds: self.kinds.clone(), hits: Vec::new(), chains, faults: Vec::new(), suspects: Vec::new(), ..*self }
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
        self.faults.clear();
        self.has_blanks = false;
        self.suspects.clear();
        self.chains.fill(NO_CHAIN);
        self.present = FieldSet::default();
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
            meaning: Meaning::Plain,
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

    /// Reads the value of the last hit by what the field's values are. Most are then no more than texts.
    #[inline]
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
            hit.meaning = meaning;
        }
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

/// A value of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldValue<'a> {
    pub(crate) number: u32,
    pub(crate) hit: &'a Hit,
    pub(crate) node: NodeRef<'a>,
}

impl<'a> FieldValue<'a> {
    /// As which kind of text it is judged.
    pub(crate) fn style(&self, kind: FieldKind) -> Option<text::Style> {
        style(kind, if self.hit.html { Form::Html } else { Form::Any })
    }

    /// Its text: a string's, or a number, true or false as written.
    pub(crate) fn text(&self) -> &'a str {
        self.node.plain()
    }
}

/// The values of a record's fields, with the record they stand in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) extract: &'a Extract,
}

impl<'a> Fields<'a> {
    /// The day by which the record is judged, if that is said.
    pub(crate) fn today(self) -> Option<date::Point> {
        self.extract.today
    }

    /// The field has a value that is not blank; an entry, one that is somebody.
    #[inline]
    pub(crate) fn has(self, field: FieldId) -> bool {
        self.extract.present.contains(field)
    }

    /// The fields that it has.
    #[cfg(feature = "cli")]
    pub(crate) fn present(self) -> FieldSet {
        self.extract.present
    }

    /// The record has at least one of the fields.
    #[inline]
    pub(crate) fn has_any(self, fields: &FieldSet) -> bool {
        self.extract.present.meets(fields)
    }

    /// Every value of the field that a path led to, blank ones, too, in document order.
    #[inline]
    pub(crate) fn all(self, field: FieldId) -> Values<'a> {
        Values { fields: self, next: self.extract.chains[field.index()].first, best: u8::MAX }
    }

    /// The values that count: not blank, and of the first alternative that has any.
    #[inline]
    pub(crate) fn values(self, field: FieldId) -> Values<'a> {
        let chain = self.extract.chains[field.index()];
        let first = if chain.best == u8::MAX { NO_HIT } else { chain.first };
        Values { fields: self, next: first, best: chain.best }
    }

    /// The first value that counts.
    pub(crate) fn first(self, field: FieldId) -> Option<FieldValue<'a>> {
        self.values(field).next()
    }

    /// Some value is a blank text.
    #[inline]
    pub(crate) fn has_blanks(self) -> bool {
        self.extract.has_blanks
    }

    /// Some value fails its kind, or may.
    #[inline]
    pub(crate) fn has_faults(self) -> bool {
        !self.extract.faults.is_empty() || !self.extract.suspects.is_empty()
    }

    /// Every text that may be wrong, as its bytes say. What is an identifier or a date as well is none: its own kind
    /// speaks of it.
    #[cold]
    pub(crate) fn suspects(self) -> impl Iterator<Item = FieldValue<'a>> {
        let is_judged = |hit: &&Hit| {
            let kind = self.extract.kinds[hit.field.index()];
            kind != FieldKind::Entry && style(kind, Form::Any).is_none()
        };
        let mut judged: Vec<_> = self.extract.hits.iter().filter(is_judged).map(|hit| hit.node).collect();
        judged.sort_unstable();
        let values = self.extract.suspects.iter().filter_map(move |number| self.value(*number));
        values.filter(move |value| judged.binary_search(&value.hit.node).is_err())
    }

    /// Every value that fails its kind.
    pub(crate) fn faults(self) -> impl Iterator<Item = (FieldValue<'a>, &'a Fault)> {
        let extract = self.extract;
        extract.hits.iter().enumerate().filter_map(move |(number, hit)| match hit.meaning {
            Meaning::Fault(fault) => {
                let value = self.value(u32::try_from(number).ok()?)?;
                Some((value, &extract.faults[fault as usize]))
            }
            _ => None,
        })
    }

    /// The field that has its value at this node.
    pub(crate) fn field_at(self, node: u32) -> Option<FieldId> {
        self.extract.hits.iter().find(|hit| hit.node == node).map(|hit| hit.field)
    }

    /// The hit with this number.
    pub(crate) fn value(self, number: u32) -> Option<FieldValue<'a>> {
        let hit = self.extract.hits.get(number as usize)?;
        Some(FieldValue { number, hit, node: NodeRef { document: self.document, index: hit.node } })
    }
}

/// Values of one field.
#[derive(Clone, Debug)]
pub(crate) struct Values<'a> {
    fields: Fields<'a>,
    next: u32,
    /// Only values of this alternative that are not blank; all if there is no such alternative.
    best: u8,
}

impl<'a> Iterator for Values<'a> {
    type Item = FieldValue<'a>;

    fn next(&mut self) -> Option<FieldValue<'a>> {
        loop {
            let value = self.fields.value(self.next)?;
            self.next = value.hit.next;
            if self.best == u8::MAX || (!value.hit.blank && value.hit.alternative == self.best) {
                return Some(value);
            }
        }
    }
}
