//! What every kind of value meets: characters that nobody sees or meant, and words that stand for "no value".

use std::borrow::Cow;
use std::ops::Range;

use crate::value::{Class, Fault};

/// A fault of form that stands at `at`.
pub(crate) fn malformed(at: Range<usize>, reason: impl Into<Cow<'static, str>>) -> Fault {
    Fault::part(Class::Form, at, reason)
}

impl Fault {
    /// A fault that stands at `at`.
    pub(crate) fn part(class: Class, at: Range<usize>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { class, reason: reason.into(), at, intended: None }
    }

    /// The same fault with what was meant, if that is known.
    pub(crate) fn meant_if(self, intended: Option<String>) -> Self {
        Self { intended, ..self }
    }

    /// The same fault in a value in which its own begins at byte `by`.
    pub(crate) fn shifted(self, by: usize) -> Self {
        Self { at: self.at.start + by..self.at.end + by, ..self }
    }
}

/// Nobody sees it: zero-width characters, soft hyphens, marks of direction, control characters.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || (c.is_control() && !c.is_whitespace())
}

/// A dash of the typographer, where identifiers and dates have the hyphen of the keyboard.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// The ASCII character of which `c` is the full-width form.
fn narrow(c: char) -> Option<char> {
    matches!(c, '\u{FF01}'..='\u{FF5E}').then(|| char::from_u32(u32::from(c) - 0xFEE0)).flatten()
}

/// What was cleaned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    Before,
    After,
    Around,
    Invisible(char),
    Dash(char),
    Wide,
}

/// A text without what nobody typed on purpose, and the way back to the bytes of the original.
pub(crate) struct Clean {
    /// The cleaned text.
    pub(crate) text: String,
    /// Where the flaw stands in the original.
    pub(crate) at: Range<usize>,
    flaw: Flaw,
    /// For every byte of `text`, where it began and ended in the original.
    origin: Vec<Range<usize>>,
}

impl Clean {
    /// `text` cleaned; nothing where it was clean.
    pub(crate) fn of(text: &str) -> Option<Self> {
        // Most texts are clean, and that is seen without taking them apart.
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        if text.bytes().all(is_plain) && !text.starts_with(' ') && !text.ends_with(' ') {
            return None;
        }
        let keep = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c)).len();
        let mut clean = Self {
            text: String::with_capacity(keep.len()),
            at: 0..0,
            flaw: Flaw::Around,
            origin: Vec::with_capacity(keep.len()),
        };
        let mut flaw = None;
        for (start, c) in text.char_indices() {
            let span = start..start + c.len_utf8();
            let kept = span.start >= lead && span.end <= lead + keep.len();
            let (plain, this) = match c {
                c if is_invisible(c) => (None, Some(Flaw::Invisible(c))),
                c if is_dash(c) => (Some('-'), Some(Flaw::Dash(c))),
                c if kept && c.is_whitespace() => (Some(' '), None),
                c if c.is_whitespace() => (None, None),
                c => narrow(c).map_or((Some(c), None), |n| (Some(n), Some(Flaw::Wide))),
            };
            if let Some(this) = this {
                flaw.get_or_insert((this, span.clone()));
            }
            if let (Some(plain), true) = (plain, kept) {
                clean.push(plain, c, span);
            }
        }
        let tail = lead + keep.len();
        let outer = match (lead > 0, tail < text.len()) {
            (true, true) => Some((Flaw::Around, 0..lead)),
            (true, false) => Some((Flaw::Before, 0..lead)),
            (false, true) => Some((Flaw::After, tail..text.len())),
            (false, false) => None,
        };
        (clean.flaw, clean.at) = flaw.or(outer)?;
        Some(clean)
    }

    fn push(&mut self, plain: char, written: char, span: Range<usize>) {
        self.text.push(plain);
        if plain == written {
            self.origin.extend(span.map(|byte| byte..byte + 1));
        } else {
            // Whatever took its place is one byte long.
            self.origin.push(span);
        }
    }

    /// The bytes of the original from which `at` in the cleaned text comes.
    pub(crate) fn back(&self, at: &Range<usize>) -> Range<usize> {
        let end_of_all = self.origin.last().map_or(0, |last| last.end);
        let start = self.origin.get(at.start).map_or(end_of_all, |byte| byte.start);
        let end = at.end.checked_sub(1).and_then(|last| self.origin.get(last)).map_or(start, |byte| byte.end);
        start..end.max(start)
    }

    /// What was wrong with a value that is called `noun`.
    pub(crate) fn reason(&self, noun: &str) -> Cow<'static, str> {
        match self.flaw {
            Flaw::Before => format!("white space stands before the {noun}").into(),
            Flaw::After => format!("white space stands after the {noun}").into(),
            Flaw::Around => format!("white space stands before and after the {noun}").into(),
            Flaw::Invisible(c) => {
                format!("it has an invisible character ({}U+{:04X})", name_of(c), u32::from(c)).into()
            }
            Flaw::Dash(c) => {
                format!("it has a typographic dash (U+{:04X}) where a hyphen belongs", u32::from(c)).into()
            }
            Flaw::Wide => "it has full-width characters where plain ones belong".into(),
        }
    }
}

pub(crate) fn name_of(c: char) -> &'static str {
    match c {
        '\u{AD}' => "soft hyphen, ",
        '\u{200B}' => "zero-width space, ",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "mark of direction, ",
        '\u{FEFF}' => "byte order mark, ",
        c if c.is_control() => "control character, ",
        _ => "",
    }
}

/// `DataCite`'s codes for values not known (metadata schema 4, appendix 3), and what they mean.
const CODES: &[(&str, &str)] = &[
    ("at", "the real text is elsewhere"),
    ("etal", "too many to list"),
    ("none", "never had a value, never will"),
    ("null", "explicitly and meaningfully empty"),
    ("tba", "to be assigned or announced later"),
    ("unac", "temporarily inaccessible"),
    ("unal", "unallowed, suppressed intentionally"),
    ("unap", "not applicable, makes no sense"),
    ("unas", "value unassigned"),
    ("unav", "value unavailable, possibly unknown"),
    ("unkn", "known to be unknown"),
];

/// What a code of `DataCite` for a value not known means; `name` is the code in small letters, without its marks.
pub(crate) fn code_meaning(name: &str) -> Option<&'static str> {
    CODES.iter().find(|(code, _)| *code == name).map(|(_, meaning)| *meaning)
}

/// Words for "there is none", with all but letters and digits taken away.
const NOTHING: &str = "anonymous blank dateunknown desconocido empty fehlt inconnu inconnue keine keinedoi \
    missing na nan nd nil noassertion nodata nodate nodoi none noorcid notapplicable notavailable notdated \
    notfound notgiven notknown notspecified null ohnedatum ohnejahr oj sa sansdate sd sf \
    sineanno sinfecha undated undatiert undefined unavailable unbekannt unknown unspecified \
    withoutdate";

/// Words for "not yet".
const LATER: &str = "accepted comingsoon doipending enprensa fixme forthcoming imdruck imerscheinen \
    inpreparation inpress inprint notyet notyetassigned notyetpublished souspresse submitted \
    tba tbc tbd toappear tobeadded tobeannounced tobeassigned tobedetermined todo àparaître";

/// How a word for "not yet" begins that can go on in any way.
const PENDING: &str = "pending";
const STILL_TO_COME: &str = "it says that the value is still to come";

/// Forms of a template, not of a value.
const TEMPLATE: &str = "date ddmmyyyy doi insertdoi insertdoihere mmddyyyy objectobject orcid orcidid yourdoi \
    yourdoihere yyyymm yyyymmdd";

/// Why `text` is no value but stands for one that is not there; nothing where it may be a value.
pub(crate) fn placeholder(text: &str) -> Option<Cow<'static, str>> {
    const LONGEST: usize = 48;
    if text.len() > LONGEST {
        return None;
    }
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    // Most faulty values have digits, and no word below has one; what is pending can have.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        let begins = PENDING.chars().all(|c| letters.next() == Some(c));
        return begins.then_some(STILL_TO_COME.into());
    }
    let bare: String = letters.collect();
    if let Some(meaning) = code(text) {
        return Some(format!("this is DataCite's code for \u{201c}{meaning}\u{201d}").into());
    }
    let is = |words: &str| has_word(words.as_bytes(), bare.as_bytes());
    let only = |letters: &[char]| bare.len() > 1 && bare.chars().all(|c| letters.contains(&c));
    if bare.is_empty() && text.len() < 8 || is(NOTHING) {
        Some("it says that there is no value".into())
    } else if is(LATER) || bare.starts_with(PENDING) {
        Some(STILL_TO_COME.into())
    } else if is(TEMPLATE) || only(&['x']) || only(&['y']) || is_slot(text) {
        Some("a template was not filled in".into())
    } else if matches!(bare.as_str(), "today" | "now" | "heute") {
        Some("it names the day of entry instead of giving a date".into())
    } else {
        None
    }
}

/// What `text` means as one of `DataCite`'s codes.
pub(crate) fn code(text: &str) -> Option<&'static str> {
    let bare = || text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let (_, meaning) = CODES.iter().find(|(code, _)| text.contains(':') && code.chars().eq(bare()))?;
    Some(meaning)
}

/// `word` is one of `words`, which stand in one text: looking through it is quicker than taking it apart.
fn has_word(words: &[u8], word: &[u8]) -> bool {
    let ends = |at: Option<&u8>| at.is_none_or(|byte| *byte == b' ');
    let stands = |at: usize| ends(at.checked_sub(1).map(|before| &words[before])) && ends(words.get(at + word.len()));
    !word.is_empty() && memchr::memmem::find_iter(words, word).any(stands)
}

/// A slot of a template: `<ORCID>`, `{{doi}}`, `${doi}`.
fn is_slot(text: &str) -> bool {
    [("<", ">"), ("{", "}"), ("${", "}"), ("%", "%")].iter().any(|(open, close)| {
        text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(|name| {
            name.chars().any(char::is_alphabetic) && !name.chars().any(|c| c.is_ascii_digit() || c == '/')
        })
    })
}
