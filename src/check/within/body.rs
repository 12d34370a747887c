//! A body is entered as a person: its name has a word that no person's has.

use crate::document::{Misfit, Table};
use crate::format::FieldId;
use crate::value::name::{folded, word_key};

use super::super::condition::same_term;
use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::people::{PeopleField, Person, read};

/// Lists whose persons should not be bodies, and the words by which bodies are known.
#[derive(Debug)]
pub(crate) struct Body {
    lists: Vec<PeopleField>,
    /// The kind of name that says "person".
    person: Vec<Box<str>>,
    /// Words that are in no person's name.
    words: Words,
    /// Words that are family names, too: they count beside others of the same name alone.
    beside_others: Words,
    /// Words that count at the end of such a name alone.
    last: Words,
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
    /// For each length of a folded word up to 15, and all that are longer, the first letters.
    firsts: [u32; 16],
}

impl Words {
    fn read(table: &mut Table<'_>, name: &'static str) -> Result<Self, Misfit> {
        let mut words = Self { bits: [0; 64], keys: Vec::new(), firsts: [0; 16] };
        for (word, node) in table.texts(name)? {
            if word.contains(char::is_whitespace) {
                return Err(Misfit::at(node, "these are single words"));
            }
            let key = word_key(word);
            if let Some(bits) = words.bits.get_mut(Self::place(key)) {
                *bits |= 1 << (key & 63);
            }
            words.keys.push(key);
            let length = folded(word).count().min(15);
            let first = folded(word).next().map_or(0, |c| c as u32 & 31);
            if let Some(firsts) = words.firsts.get_mut(length) {
                *firsts |= 1 << first;
            }
        }
        words.keys.sort_unstable();
        Ok(words)
    }

    /// By how many letters it has, and the first of them, a word may be among them.
    fn may_have(&self, word: &str, letters: usize) -> bool {
        let first = match word.as_bytes().first() {
            Some(byte) if byte.is_ascii() => u32::from(*byte & 31),
            _ => folded(word).next().map_or(0, |c| c as u32 & 31),
        };
        self.firsts[letters.min(15)] & 1 << first != 0
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
        Ok(Self {
            lists: read(table, names)?,
            person: table.texts("person")?.into_iter().map(|(text, _)| text.into()).collect(),
            words: Words::read(table, "words")?,
            beside_others: Words::read(table, "beside-others")?,
            last: Words::read(table, "last")?,
            last_letters: endings.iter().fold(0, |letters, ending| letters | 1 << (last_of(ending) & 31)),
            endings,
        })
    }

    fn is_body_as_person(&self, person: &Person<'_>) -> bool {
        let [family, given] = person.parted();
        let is_person = match person.name_type() {
            Some(kind) => self.person.iter().any(|person| same_term(person, kind)),
            None => given.is_some(),
        };
        if !is_person {
            return false;
        }
        let whole = person.whole().unwrap_or_default();
        // Several names in one value, with or without where they work, are another fault.
        if whole.bytes().any(|byte| matches!(byte, b';' | b'(' | b'[' | b'/')) {
            return false;
        }
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
    /// Words are told apart by their length and first letter before anything is made of them.
    fn is_body(&self, text: &str, several: usize) -> bool {
        let (mut words, mut beside, mut last) = (0, false, false);
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c| !is_of_word(c));
            let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if word.is_empty() {
                return words >= several && (beside || last);
            }
            rest = after;
            words += 1;
            last = false;
            let ends = !word.is_ascii()
                || word.as_bytes().last().is_some_and(|byte| self.last_letters & 1 << (byte & 31) != 0);
            if ends && self.endings.iter().any(|ending| ends_so(word, ending)) {
                return true;
            }
            // An apostrophe, or a mark on a letter, does not count among the letters.
            let letters = word.chars().count();
            let may_have = |words: &Words| words.may_have(word, letters);
            if word.contains(['\'', '’']) || [&self.words, &self.beside_others, &self.last].into_iter().any(may_have)
            {
                let key = word_key(word);
                if self.words.has(key) {
                    return true;
                }
                beside |= self.beside_others.has(key);
                last = self.last.has(key);
            }
        }
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

/// Letters and digits, an apostrophe, and of what is not ASCII all but the signs.
fn is_of_word(c: char) -> bool {
    match c {
        '\'' | '’' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' => false,
        _ => true,
    }
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
