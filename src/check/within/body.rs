//! A body is entered as a person: its name has a word that no person's has.

use crate::document::{Misfit, Table};
use crate::format::FieldId;
use crate::value::name::{folded, word_key};

use super::super::condition_text::Names;
use super::super::terms::{TermSet, Word, next_word};
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::people::{PeopleField, Person, read};

/// Lists whose persons should not be bodies, and the words by which bodies are known.
#[derive(Debug)]
pub(crate) struct Body {
    lists: Vec<PeopleField>,
    /// The kind of name that says "person".
    person: TermSet,
    /// Words that are in no person's name.
    words: Words,
    /// Words that are family names, too: they count beside others of the same name alone.
    beside_others: Words,
    /// Words that count at the end of such a name alone.
    last: Words,
    /// What words of any of these lists look like.
    looks: Looks,
    /// How words of bodies end.
    endings: Vec<Box<str>>,
    /// The last letters of these.
    last_letters: u32,
}

/// A list of words, asked by their keys.
#[derive(Debug)]
struct Words {
    /// A bit for each of the keys, by their lowest 12 bits: most words are not on the list.
    bits: [u64; 64],
    keys: Vec<u64>,
}

/// By how many letters words have, up to 15, and the first and last of them, most words are told from those of a list.
#[derive(Debug, Default)]
struct Looks {
    /// For each number of letters, the first ones.
    firsts: [u32; 16],
    /// For each first letter, the last ones.
    lasts: [u64; 32],
}

impl Looks {
    fn add(&mut self, word: &str) {
        let first = folded(word).next().map_or(0, |c| c as usize & 31);
        self.firsts[folded(word).count().min(15)] |= 1 << first;
        self.lasts[first] |= 1 << folded(word).last().map_or(0, |c| c as u32 & 63);
    }

    /// A word may be among them.
    fn fit(&self, word: Word<'_>) -> bool {
        let text = word.text;
        if word.is_ascii() {
            let first = text.as_bytes().first().map_or(0, |first| usize::from(first & 31));
            let last = last_of(text).to_ascii_lowercase() & 63;
            return self.firsts[text.len().min(15)] & 1 << first != 0 && self.lasts[first] & 1 << last != 0;
        }
        let first = folded(text).next().map_or(0, |c| c as u32 & 31);
        self.firsts[text.chars().count().min(15)] & 1 << first != 0
    }
}

impl Words {
    fn read(table: &mut Table<'_>, name: &'static str, looks: &mut Looks) -> Result<Self, Misfit> {
        let mut words = Self { bits: [0; 64], keys: Vec::new() };
        for (word, node) in table.texts(name)? {
            if word.contains(char::is_whitespace) {
                return Err(Misfit::at(node, "these are single words"));
            }
            let key = word_key(word);
            if let Some(bits) = words.bits.get_mut(Self::place(key)) {
                *bits |= 1 << (key & 63);
            }
            words.keys.push(key);
            looks.add(word);
        }
        words.keys.sort_unstable();
        Ok(words)
    }

    fn place(key: u64) -> usize {
        usize::try_from(key >> 6 & 63).unwrap_or(0)
    }

    fn has(&self, key: u64) -> bool {
        self.bits.get(Self::place(key)).is_some_and(|bits| bits & 1 << (key & 63) != 0)
            && self.keys.binary_search(&key).is_ok()
    }
}

impl Body {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let endings: Vec<Box<str>> = table.texts("endings")?.into_iter().map(|(text, _)| text.into()).collect();
        let mut looks = Looks::default();
        Ok(Self {
            lists: read(table, names)?,
            person: TermSet::new(table.texts("person")?.into_iter().map(|(text, _)| text.into()).collect()),
            words: Words::read(table, "words", &mut looks)?,
            beside_others: Words::read(table, "beside-others", &mut looks)?,
            last: Words::read(table, "last", &mut looks)?,
            last_letters: endings.iter().fold(0, |letters, ending| letters | 1 << (last_of(ending) & 31)),
            endings,
            looks,
        })
    }

    fn is_body_as_person(&self, person: &Person<'_>) -> bool {
        let [family, given] = person.parted();
        let is_person = match person.name_type() {
            Some(kind) => self.person.has(kind),
            None => given.is_some(),
        };
        if !is_person {
            return false;
        }
        let whole = person.whole().unwrap_or_default();
        // Several names in one value, with or without where they work, are another fault.
        self.has_body(whole, [family, given]) && !whole.contains([';', '(', '[', '/'])
    }

    /// A name has words of a body.
    fn has_body(&self, whole: &str, [family, given]: [Option<&str>; 2]) -> bool {
        match (family, given) {
            // Without a comma a family name can be any of the words: "Marie Centre".
            (None, None) if !whole.contains(',') => self.is_body(whole, 3),
            (None, None) => {
                // What follows family and given name is where a person works: "Keller, Ruth, University of Zurich".
                let mut parts = whole.splitn(3, ',').map(str::trim).filter(|part| !part.is_empty());
                parts.next().is_some_and(|part| self.is_body(part, 2))
                    || parts.next().is_some_and(|part| self.is_body(part, 2))
            }
            _ => [family, given].into_iter().flatten().any(|part| self.is_body(part, 2)),
        }
    }

    /// A word of the text is that of a body; one that is a family name, too, if there are at least `several` words.
    /// Words are told apart by how they look before anything is made of them.
    fn is_body(&self, text: &str, several: usize) -> bool {
        let (mut words, mut beside, mut last) = (0, false, false);
        let mut rest = text;
        while let Some((word, after)) = next_word(rest, true) {
            rest = after;
            words += 1;
            last = false;
            if self.may_end(word) && self.endings.iter().any(|ending| ends_so(word.text, ending)) {
                return true;
            }
            // An apostrophe, or a mark on a letter, does not count among the letters.
            if word.has_apostrophe() || self.looks.fit(word) {
                let key = word_key(word.text);
                if self.words.has(key) {
                    return true;
                }
                beside |= self.beside_others.has(key);
                last = self.last.has(key);
            }
        }
        words >= several && (beside || last)
    }

    /// By its last letter a word may have one of the endings.
    fn may_end(&self, word: Word<'_>) -> bool {
        !word.is_ascii() || self.last_letters & 1 << (last_of(word.text) & 31) != 0
    }
}

impl RecordCheck for Body {
    fn fields(&self) -> Vec<FieldId> {
        self.lists.iter().map(|list| list.entry).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for list in self.lists.iter().filter(|list| record.fields.has(list.entry)) {
            for person in list.of(record.fields).filter(|person| self.is_body_as_person(person)) {
                let (node, field) = person.place();
                found.push(super::finding(rule, node, field, Vec::new()));
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

/// The last byte of a text.
fn last_of(text: &str) -> u8 {
    text.as_bytes().last().copied().unwrap_or_default()
}

/// A word of several parts ends in this one: "Forschungszentrum".
fn ends_so(word: &str, ending: &str) -> bool {
    if word.is_ascii() {
        let (word, ending) = (word.as_bytes(), ending.as_bytes());
        let last = |text: &[u8]| text.last().map(u8::to_ascii_lowercase);
        return word.len() > ending.len()
            && last(word) == last(ending)
            && word.get(word.len() - ending.len()..).is_some_and(|tail| tail.eq_ignore_ascii_case(ending));
    }
    word.len() > ending.len() && {
        let more = folded(word).count().saturating_sub(folded(ending).count());
        more > 0 && folded(word).skip(more).eq(folded(ending))
    }
}
