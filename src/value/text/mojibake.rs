//! Letters in UTF-8 that were read as Latin-1 or Windows-1252: "Ã¼" for "ü".

use std::ops::Range;

use crate::value::{Class, Fault};

/// What Windows-1252 shows for the bytes from 0x80 to 0x9F; where it has nothing, Latin-1's control character.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Times that a text may have been read wrongly.
const ROUNDS: usize = 3;

/// The byte for which a character is shown.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return (byte >= 0x80).then_some(byte);
    }
    let place = WINDOWS.iter().position(|shown| *shown == c)?;
    u8::try_from(0x80 + place).ok()
}

/// A character that was taken apart: where its parts stand, and what it was.
struct Part {
    at: Range<usize>,
    meant: char,
    /// It proves itself; others need company.
    alone: bool,
}

/// The text has letters that were read in a wrong encoding.
pub(super) fn fault(text: &str) -> Option<Fault> {
    let (first, letter, mut repaired) = repair(text)?;
    for _ in 1..ROUNDS {
        let Some((.., again)) = repair(&repaired) else { break };
        repaired = again;
    }
    // Where some of it is beyond repair, nobody is helped by the rest, nor is it sure what a letter was.
    let is_whole = !repaired.contains(['Ã', 'Â', 'Ð', 'Ñ', char::REPLACEMENT_CHARACTER]) && !has_rest(&repaired);
    let shown = &text[first.clone()];
    let reason = if !is_whole || letter.is_whitespace() || letter.is_control() || letter == '\u{AD}' {
        format!("\u{201c}{shown}\u{201d} was one character")
    } else {
        format!("\u{201c}{shown}\u{201d} was \u{201c}{letter}\u{201d}")
    };
    let fault = Fault::part(Class::Mojibake, first, reason);
    Some(if is_whole { fault.meant(repaired) } else { fault })
}

/// After the repair something still stands there that may have been one character: "Ì¥".
fn has_rest(text: &str) -> bool {
    let following = text.chars().skip(1);
    text.chars()
        .zip(following)
        .any(|(lead, next)| ('\u{C2}'..='\u{DF}').contains(&lead) && byte_of(next).is_some_and(|byte| byte < 0xC0))
}

/// The first place that was read wrongly, what was meant there, and the text with all such places put right once.
fn repair(text: &str) -> Option<(Range<usize>, char, String)> {
    let parts = parts(text);
    if !parts.iter().any(|part| part.alone) && parts.len() < 2 {
        return None;
    }
    let first = parts.first()?;
    let mut whole = String::with_capacity(text.len());
    let mut done = 0;
    for part in &parts {
        whole.push_str(&text[done..part.at.start]);
        whole.push(part.meant);
        done = part.at.end;
    }
    whole.push_str(&text[done..]);
    Some((first.at.clone(), first.meant, whole))
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut next = 0;
    for (at, c) in text.char_indices() {
        if at >= next
            && let Some(part) = part(text, at, c)
        {
            next = part.at.end;
            parts.push(part);
        }
    }
    parts
}

/// The character that was taken apart into the one at `at` and those after it.
fn part(text: &str, at: usize, lead: char) -> Option<Part> {
    let first = byte_of(lead).filter(|byte| (0xC2..=0xF4).contains(byte) && u32::from(lead) < 0x100)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut end = at + lead.len_utf8();
    let mut last = lead;
    for byte in bytes.get_mut(1..length)? {
        last = text[end..].chars().next()?;
        *byte = byte_of(last).filter(|byte| (0x80..0xC0).contains(byte))?;
        end += last.len_utf8();
    }
    let meant = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    is_likely(first, last, (before, after), meant).map(|alone| Part { at: at..end, meant, alone })
}

/// Could these have been meant as they stand? A word in capitals may end in "Ã", and be followed by a quotation mark,
/// a dash, a footnote's number. Says whether the place proves itself.
fn is_likely(first: u8, last: char, (before, after): (Option<char>, Option<char>), meant: char) -> Option<bool> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let after_capital = before.is_some_and(char::is_uppercase);
    let blank = matches!(last, '\u{A0}' | '\u{AD}');
    let stray = u32::from(last) > 0xFF && !last.is_alphabetic()
        || matches!(last, '¹' | '²' | '³' | 'º' | 'ª' | '»' | '«' | '´' | '°');
    if after_capital && (blank || (stray && !is_letter(after))) {
        return None;
    }
    match first {
        // Signs, and the blank that does not break.
        0xC2 => (!after_capital && !meant.is_control()).then_some(true),
        // "Ö" before a dash, "Ã" before a quotation mark: letters follow where it was one.
        0xC3 => (meant.is_alphabetic() && (!stray || u32::from(last) <= 0xFF || is_letter(after))).then_some(true),
        // Central Europe. "Å²" is a unit.
        0xC4 | 0xC5 => {
            let inside = is_letter(before) || is_letter(after);
            (meant.is_alphabetic() && inside && (!stray || is_letter(after))).then_some(true)
        }
        // Letters that nobody met so far are no proof.
        0xC6..=0xCD => None,
        0xCE..=0xDF => (meant.is_alphabetic() && (first != 0xD7 || !stray)).then_some(false),
        0xE2 => (!meant.is_control() && u32::from(meant) < 0x2C00).then_some(true),
        _ => (meant.is_alphanumeric()
            || matches!(meant, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{1F000}'..='\u{1FAFF}'))
        .then_some(false),
    }
}
