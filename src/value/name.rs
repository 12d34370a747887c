//! Names of persons and bodies: folded for comparing, and what it means that two of them are of the same one.
//!
//! Case, diacritics and punctuation do not count; "Keller, Ruth" is "Ruth Keller"; ä is both "a" and "ae". An initial
//! stands for any name that begins with it, but two names that are no more than family and initial are not enough to
//! say that two people are one.

mod keys;

use keys::letters_key;
pub(crate) use keys::{any_case_key, beginning_key, first_letters_key, last_word, trimmed, word_key};

/// A name in its parts; where only the whole is known, that is parted at its first comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// The family name; without a comma, the whole.
    family: &'a str,
    /// The given names; nothing where the whole has no comma.
    given: &'a str,
}

/// How two names are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same letters.
    Same,
    /// They can be of one person: "Müller, A." and "Mueller, Anna".
    Compatible,
    /// One family name, and given names that do not go together.
    OtherGiven,
    /// Of two people or bodies.
    Different,
    /// Nothing can be said: other scripts, or no letters.
    Unclear,
}

impl<'a> Name<'a> {
    /// A name as it stands in one text: "Keller, Ruth", "Ruth Keller", "ETH Zurich".
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        match text.split_once(',') {
            Some((family, given)) if has_letter(family) && has_letter(given) => Self { family, given },
            Some((family, given)) if !has_letter(given) => Self { family, given: "" },
            _ => Self { family: text, given: "" },
        }
    }

    /// A name that is given in its two parts.
    #[must_use]
    pub fn parted(family: &'a str, given: &'a str) -> Self {
        Self { family, given }
    }

    /// A number that is the same for the same names, in whatever order and notation; rarely for others.
    #[must_use]
    pub fn key(&self) -> u64 {
        letters_key(self.family).wrapping_add(letters_key(self.given))
    }

    /// It says who somebody is even without more: a body's name, or a family name with a given one in full.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        let letters = folded(self.family).chain(folded(self.given)).take(3).count();
        if letters < 3 {
            return false;
        }
        if self.given.is_empty() {
            // "ETH Zurich" is telling, "Y. Wang" is not.
            let full = words(self.family).filter(|word| folded(word).nth(1).is_some()).count();
            return full >= 2 || full == words(self.family).count();
        }
        words(self.given).any(|word| !is_initial(word))
    }

    /// How it is related to another.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        if !self.is_latin() || !other.is_latin() {
            let same = self.family.trim() == other.family.trim() && self.given.trim() == other.given.trim();
            return if same && has_letter(self.family) { Likeness::Same } else { Likeness::Unclear };
        }
        let [mine, theirs] = [self, other].map(Folded::new);
        if mine.whole.base.is_empty() || theirs.whole.base.is_empty() {
            return Likeness::Unclear;
        }
        if mine.is_same(&theirs) {
            return Likeness::Same;
        }
        if !mine.may_share_family(&theirs) {
            return Likeness::Different;
        }
        if given_compatible(self, other) { Likeness::Compatible } else { Likeness::OtherGiven }
    }

    fn is_latin(&self) -> bool {
        let latin = |c: char| c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c);
        [self.family, self.given].into_iter().all(|text| text.chars().filter(|c| c.is_alphabetic()).all(latin))
    }
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The words of a name, at whatever is no letter; an apostrophe or mark within a word does not part it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let within = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '`') || is_mark(c);
    text.split(move |c| !within(c)).filter(|word| has_letter(word))
}

/// One letter, or two or three capitals as in "JR".
fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters == 1 || letters <= 3 && word.chars().all(|c| !c.is_lowercase()) && word.is_ascii()
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The base letters of U+00C0 to U+017F, of U+0218 to U+021F and of U+1E00 to U+1EFF; `-` where there is none.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
const ROMANIAN: &[u8; 8] = b"sstt--hh";
const ADDITIONAL: &[u8; 256] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas----aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy------";

/// A letter without case and diacritics.
fn base(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = c as usize;
    let table: (&[u8], usize) = match code {
        0xC0..0x180 => (LATIN, 0xC0),
        0x218..0x220 => (ROMANIAN, 0x218),
        0x1E00..0x1F00 => (ADDITIONAL, 0x1E00),
        _ => return c.to_lowercase().next().unwrap_or(c),
    };
    match table.0.get(code - table.1) {
        Some(b'-') | None => c,
        Some(letter) => char::from(*letter),
    }
}

/// A letter or digit, and no mark on one. Those of Latin are known without a table.
#[inline]
fn is_folded(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        _ => c.is_alphanumeric() && !is_mark(c),
    }
}

/// The letters and digits of a text without case, diacritics, and whatever stands between them.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_folded(*c)).map(base)
}

/// A text's letters in the two ways in which umlauts are written without their dots.
#[derive(Debug, PartialEq, Eq)]
struct Letters {
    base: String,
    digraph: String,
}

impl Letters {
    fn new(text: &str) -> Self {
        let mut letters = Self { base: String::new(), digraph: String::new() };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if is_mark(c) || !c.is_alphanumeric() {
                continue;
            }
            let letter = base(c);
            let umlaut = chars.peek() == Some(&'\u{308}') && matches!(letter, 'a' | 'o' | 'u');
            let ring = chars.peek() == Some(&'\u{30A}') && letter == 'a';
            letters.base.push(letter);
            letters.digraph.push(letter);
            match c {
                'ä' | 'Ä' | 'ö' | 'Ö' | 'ü' | 'Ü' | 'ø' | 'Ø' => letters.digraph.push('e'),
                'å' | 'Å' => letters.digraph.push('a'),
                'æ' | 'Æ' | 'œ' | 'Œ' => letters.add('e'),
                'ß' | 'ẞ' => letters.add('s'),
                _ if umlaut => letters.digraph.push('e'),
                _ if ring => letters.digraph.push('a'),
                _ => {}
            }
        }
        letters
    }

    fn add(&mut self, letter: char) {
        self.base.push(letter);
        self.digraph.push(letter);
    }

    fn is_same(&self, other: &Self) -> bool {
        self.base == other.base || self.digraph == other.digraph
    }

    fn is_same_or_misspelt(&self, other: &Self) -> bool {
        const LONG: usize = 5;
        let long = self.base.len() >= LONG && other.base.len() >= LONG;
        self.is_same(other) || long && strsim::damerau_levenshtein(&self.base, &other.base) <= 1
    }
}

/// A name folded.
struct Folded {
    /// Family and given names are told apart.
    parted: bool,
    family: Letters,
    given: Letters,
    /// Family before given.
    whole: Letters,
    /// Given before family.
    turned: Letters,
    family_words: Vec<Letters>,
    given_words: Vec<Letters>,
}

impl Folded {
    fn new(name: &Name<'_>) -> Self {
        let all = |text: &str| words(text).map(Letters::new).collect();
        let Name { family, given } = name;
        Self {
            parted: has_letter(given) && has_letter(family),
            family: Letters::new(family),
            given: Letters::new(given),
            whole: Letters::new(&format!("{family} {given}")),
            turned: Letters::new(&format!("{given} {family}")),
            family_words: all(family),
            given_words: all(given),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        if self.parted && other.parted {
            return self.family.is_same(&other.family) && self.given.is_same(&other.given);
        }
        self.whole.is_same(&other.whole)
            || self.parted != other.parted && (self.turned.is_same(&other.whole) || self.whole.is_same(&other.turned))
    }

    /// The family names have a word in common, are nearly the same, or it cannot be told which words they are.
    fn may_share_family(&self, other: &Self) -> bool {
        if self.family.is_same_or_misspelt(&other.family) || self.whole.is_same(&other.turned) {
            return true;
        }
        match (self.parted, other.parted) {
            (true, true) => {
                shares(&self.family_words, &other.family_words)
                    || shares(&self.family_words, &other.given_words)
                    || shares(&self.given_words, &other.family_words)
            }
            (true, false) => shares(&self.family_words, &other.family_words),
            (false, true) => shares(&other.family_words, &self.family_words),
            // "Anna Müller" and "Anna Keller" share their first word alone, "Wang Wei" and "Wang Wei-Li" the last, too.
            (false, false) => {
                let last = |words: &[Letters], of: &[Letters]| {
                    words.last().is_some_and(|word| shares(std::slice::from_ref(word), of))
                };
                last(&self.family_words, &other.family_words)
                    || last(&other.family_words, &self.family_words)
                    || self.family_words.len() == 1
                    || other.family_words.len() == 1
            }
        }
    }
}

/// Words of family names that many families have.
const PARTICLES: [&str; 24] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "zu", "zur",
];

/// A word of more than a letter stands in both.
fn shares(some: &[Letters], others: &[Letters]) -> bool {
    some.iter()
        .filter(|word| word.base.chars().nth(1).is_some() && !PARTICLES.contains(&&*word.base))
        .any(|word| others.iter().any(|other| word.is_same_or_misspelt(other)))
}

/// The words of a name that are no family name's: where the parts are not told apart, those the other one has not.
fn given_words<'a>(name: &Name<'a>, other: &Name<'_>) -> Vec<&'a str> {
    if has_letter(name.given) {
        return words(name.given).collect();
    }
    let family: Vec<_> = words(other.family).map(Letters::new).collect();
    words(name.family).filter(|word| !shares(&[Letters::new(word)], &family)).collect()
}

/// Given names that can be of one person: one is absent, they share a word, or their first letters are alike.
fn given_compatible(left: &Name<'_>, right: &Name<'_>) -> bool {
    let [mine, theirs] = [given_words(left, right), given_words(right, left)];
    let (Some(first), Some(other)) = (mine.first(), theirs.first()) else { return true };
    let all = |words: &[&str]| words.iter().map(|word| Letters::new(word)).collect::<Vec<_>>();
    if shares(&all(&mine), &all(&theirs)) {
        return true;
    }
    let initials = |words: &[&str]| words.iter().all(|word| is_initial(word));
    if folded(first).next() != folded(other).next() {
        return false;
    }
    // "Anna" and "Andreas" begin alike and are two people; "Rob" is short for "Robert".
    let [one, another] = [mine.concat(), theirs.concat()].map(|given| Letters::new(&given).base);
    initials(&mine) || initials(&theirs) || one.starts_with(&another) || another.starts_with(&one)
}
