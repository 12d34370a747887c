//! Kinds of value: each turns the text of one value into what it means, or into a precise fault.
//!
//! A kind knows no record, no format and no message: it says what the fault is, where in the value it stands and,
//! where that is unique, what was probably meant.

use std::borrow::Cow;
use std::ops::Range;

pub mod arxiv;
pub mod date;
pub mod doi;
pub mod handle;
mod identifier;
pub mod isbn;
pub mod isni;
pub mod issn;
pub mod language;
pub mod license;
pub mod name;
pub mod orcid;
pub mod release;
pub mod ror;
pub mod text;
pub mod url;

/// In which way a value fails its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It does not have the form of the kind.
    Form,
    /// It has a form of the kind, but not one that stands here: a URL where the bare identifier is wanted.
    Notation,
    /// Well-formed, and cannot be: 30 February.
    Impossible,
    /// Its check digit is wrong.
    Checksum,
    /// It stands for "no value": `n/a`, `1970-01-01`.
    Placeholder,
    /// It is a standard's code that says why there is no value: `(:tba)`.
    Code,
    /// It is a well-formed identifier of another kind: an ISBN where an ISSN belongs.
    OtherKind,
    /// It can be read in two ways: 03/04/2025.
    Ambiguous,
    /// An interval that ends before it begins.
    Reversed,
    /// White space stands before or after it.
    Surrounded,
    /// It has characters that nobody sees.
    Invisible,
    /// A sign stands in it for a character that was lost.
    Lost,
    /// It has a line break, where one line is wanted.
    LineBreak,
    /// It has HTML or another markup, where plain text is wanted.
    Markup,
    /// Some of its words are set apart by a markup: `<em>`, `<sub>`.
    Emphasis,
    /// It has characters in an escaped form: `&amp;`.
    Escaped,
    /// Its letters were read in the wrong encoding: "Ã¼" for "ü".
    Mojibake,
    /// It is in capitals throughout.
    Capitals,
    /// Several values stand in one.
    Several,
    /// Punctuation stands before or after it that belongs to a list or a sentence.
    Punctuation,
    /// An e-mail address stands in it.
    Email,
}

/// Why a value is not what its kind demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which way it fails.
    pub class: Class,
    /// Why, as a clause that can follow a colon: "the day and month are in German order".
    pub reason: Cow<'static, str>,
    /// Bytes of the value at which it goes wrong; the whole value where that cannot be narrowed.
    pub at: Range<usize>,
    /// The likely intended value, complete, where there is exactly one.
    pub intended: Option<String>,
}

impl Fault {
    /// A fault of the whole of `text`.
    pub(crate) fn whole(class: Class, text: &str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { class, reason: reason.into(), at: 0..text.len(), intended: None }
    }

    /// The same fault with what was probably meant.
    #[must_use]
    pub(crate) fn meant(self, intended: impl Into<String>) -> Self {
        Self { intended: Some(intended.into()), ..self }
    }
}

/// The text has nothing in it but white space, also of the invisible kind (U+200B and the like).
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'))
}

/// How many characters of a value a message shows.
const SHOWN: usize = 60;

/// A character that would steer a terminal, or turn the direction of what follows it, and what is shown for it.
fn stand_in(character: char) -> Option<char> {
    match character {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7F}' => Some('␡'),
        '\u{80}'..='\u{9F}'
        | '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

/// Of the bytes of a text: none can be of a character that has a stand-in. Most texts are so, and are told without a
/// look at their characters; of some others, Arabic ones say, it is not true and yet nothing stands in.
fn is_plainly_visible(text: &str) -> bool {
    // The bytes with which the UTF-8 of U+0080, U+061C, U+200E and U+2066 and their neighbours begins.
    let suspect = |byte: u8| byte < b' ' || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2);
    // Without a way out in the middle, so that many bytes are looked at at once.
    !text.bytes().fold(false, |any, byte| any | suspect(byte))
}

/// A text on one line, in which nothing steers a terminal: controls and marks of direction are shown, not sent.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plainly_visible(text) || !text.contains(|c: char| stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| stand_in(c).unwrap_or(c)).collect())
}

/// The same of a text that may have several lines.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    if is_plainly_visible(text) || !text.contains(|c: char| c != '\n' && stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(visible).collect::<Vec<_>>().join("\n"))
}

/// A value as a message shows it: on one line, what cannot be seen made visible, a long one cut with `…`.
#[must_use]
pub fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= SHOWN && is_plainly_visible(text) {
        return Cow::Borrowed(text);
    }
    let cut = text.char_indices().nth(SHOWN).map(|(end, _)| end);
    if cut.is_none() && !text.contains(|c: char| stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for part in text.split_inclusive(['\n', '\r', '\t']) {
        let plain = part.trim_end_matches(['\n', '\r', '\t']);
        shown.push_str(&visible(if shown.ends_with('↵') { plain.trim_start() } else { plain }));
        if part.len() > plain.len() && !shown.ends_with('↵') {
            shown.push('↵');
        }
    }
    match shown.char_indices().nth(SHOWN) {
        None => Cow::Owned(shown),
        Some((end, _)) => Cow::Owned(format!("{}…", shown[..end].trim_end())),
    }
}

/// A text as a sentence begins: its first letter as a capital.
pub(crate) fn capitalised(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
        return text;
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
