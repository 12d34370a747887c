//! Titles in capitals.

use crate::value::{Class, Fault};

use super::Style;

/// Fewer letters are an acronym, or a title so short that nobody minds.
const LETTERS: usize = 12;
const WORDS: usize = 3;
/// A word shorter than this can be an acronym.
const LONG: usize = 4;

/// The title is in capitals throughout, in Latin letters.
pub(super) fn capitals(text: &str, style: Style) -> Option<Fault> {
    if style != Style::Title || text.chars().any(|c| c.is_lowercase() || (c.is_alphabetic() && c > '\u{24F}')) {
        return None;
    }
    let words = text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’'));
    let words = words.map(|word| word.chars().filter(|c| c.is_alphabetic()).count()).filter(|letters| *letters > 0);
    let (mut count, mut long, mut letters) = (0, 0, 0);
    for word in words {
        count += 1;
        letters += word;
        long += usize::from(word > LONG);
    }
    let is_shouted = letters >= LETTERS && count >= WORDS && long >= 2;
    is_shouted.then(|| Fault::whole(Class::Capitals, text, "it is in capitals throughout"))
}
