//! A body is entered as a person: its name has a word that no person's has.

use crate::document::{Misfit, Table};
use crate::format::FieldId;
use crate::value::name::{folded, word_key};

use super::super::condition_text::Names;
use super::super::terms::{TermSet, Word, next_word, one_word};
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
    /// For each letter, those that stand before it at the end of these.
    last_letters: [u32; 32],
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
        let mut last_letters = [0; 32];
        for ending in &endings {
            let mut letters = folded(ending).map(|c| c as u32 & 31).collect::<Vec<_>>().into_iter().rev();
            let last = letters.next().map_or(0, |last| last as usize);
            last_letters[last] |= letters.next().map_or(u32::MAX, |before| 1 << before);
        }
        let mut looks = Looks::default();
        Ok(Self {
            lists: read(table, names)?,
            person: TermSet::new(table.texts("person")?.into_iter().map(|(text, _)| text.into()).collect()),
            words: Words::read(table, "words", &mut looks)?,
            beside_others: Words::read(table, "beside-others", &mut looks)?,
            last: Words::read(table, "last", &mut looks)?,
            last_letters,
            endings,
            looks,
        })
    }

    fn is_body_as_person(&self, person: &Person<'_>) -> bool {
        let [family, given] = person.parted();
        let is_person = match person.name_type() {
            // Nearly always it is exactly that word.
            Some(kind) => self.person.begins_with(kind) || self.person.has(kind),
            None => given.is_some(),
        };
        if !is_person {
            return false;
        }
        // Several names in one value, with or without where they work, are another fault.
        let is_one = || !person.whole().unwrap_or_default().contains([';', '(', '[', '/']);
        match (family, given) {
            (None, None) => person.whole().is_some_and(|whole| self.is_whole_body(whole)) && is_one(),
            _ => [family, given].into_iter().flatten().any(|part| self.is_body(part, 2)) && is_one(),
        }
    }

    /// A name that is not told in its parts has words of a body.
    fn is_whole_body(&self, whole: &str) -> bool {
        // Without a comma a family name can be any of the words: "Marie Centre".
        if !whole.contains(',') {
            return self.is_body(whole, 3);
        }
        // What follows family and given name is where a person works: "Keller, Ruth, University of Zurich".
        let parts = whole.splitn(3, ',').map(str::trim).filter(|part| !part.is_empty());
        parts.take(2).any(|part| self.is_body(part, 2))
    }

    /// A word of the text is that of a body; one that is a family name, too, if there are at least `several` words.
    fn is_body(&self, text: &str, several: usize) -> bool {
        // Most are one word, and that is not several.
        if let Some(word) = one_word(text) {
            return self.is_of_body(word, self.key(word));
        }
        let (mut words, mut beside, mut last) = (0, false, false);
        let mut rest = text;
        while let Some((word, after)) = next_word(rest, true) {
            rest = after;
            words += 1;
            let key = self.key(word);
            if self.is_of_body(word, key) {
                return true;
            }
            beside |= key.is_some_and(|key| self.beside_others.has(key));
            last = key.is_some_and(|key| self.last.has(key));
        }
        words >= several && (beside || last)
    }

    /// The word's key, if by how it looks it may be on a list.
    #[inline]
    fn key(&self, word: Word<'_>) -> Option<u64> {
        // An apostrophe, or a mark on a letter, does not count among the letters.
        (word.has_apostrophe() || self.looks.fit(word)).then(|| word_key(word.text))
    }

    /// A word that only bodies have.
    #[inline]
    fn is_of_body(&self, word: Word<'_>, key: Option<u64>) -> bool {
        key.is_some_and(|key| self.words.has(key))
            || self.may_end(word.text) && self.endings.iter().any(|ending| ends_so(word.text, ending))
    }

    /// By its last two letters a word may have one of the endings.
    fn may_end(&self, word: &str) -> bool {
        let is_letter = u8::is_ascii_alphanumeric;
        match word.as_bytes() {
            [.., before, last] if is_letter(last) => {
                let befores = self.last_letters[usize::from(last & 31)];
                if is_letter(before) { befores & 1 << (before & 31) != 0 } else { befores != 0 }
            }
            _ => true,
        }
    }
}

impl RecordCheck for Body {
    fn fields(&self) -> Vec<FieldId> {
        self.lists.iter().map(|list| list.entry).collect()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for list in self.lists.iter().filter(|list| record.fields.has(list.entry)) {
            for person in list.names_of(record.fields).filter(|person| self.is_body_as_person(person)) {
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
