//! White space, line breaks, and characters that nobody sees.

use std::fmt::Write as _;
use std::ops::Range;

use crate::value::date::text::{is_invisible, name_of};
use crate::value::{Class, Fault};

use super::Style;

fn is_stray(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space before or after the text.
pub(super) fn surrounded(text: &str, style: Style) -> Option<Fault> {
    // Nobody sorts or groups by running text.
    if matches!(style, Style::Text | Style::Html) {
        return None;
    }
    let kept = text.trim_matches(is_stray);
    let lead = text.len() - text.trim_start_matches(is_stray).len();
    let tail = lead + kept.len();
    let (at, reason) = match (lead > 0, tail < text.len()) {
        (true, true) => (0..lead, "white space stands before and after it"),
        (true, false) => (0..lead, "white space stands before it"),
        (false, true) => (tail..text.len(), "white space stands after it"),
        (false, false) => return None,
    };
    Some(Fault::part(Class::Surrounded, at, reason).meant(kept))
}

/// A line break or tab in a text that stands on one line. The first is shown.
pub(super) fn line_break(text: &str, style: Style) -> Option<Fault> {
    if matches!(style, Style::Text | Style::Html) {
        return None;
    }
    let is_break_or_tab = |c: char| is_break(c) || c == '\t';
    let inner = text.trim();
    let lead = text.len() - text.trim_start().len();
    // One within the text says more than those round it.
    let (at, first) = match inner.char_indices().find(|(_, c)| is_break_or_tab(*c)) {
        Some((at, c)) => (lead + at, c),
        None => text.char_indices().find(|(_, c)| is_break(*c))?,
    };
    let end = text.len() - text[at..].trim_start().len();
    let reason = match first {
        '\t' => "it has a tab in it",
        _ if at < lead && lead + inner.len() < text.len() => "line breaks and white space stand round it",
        _ if at < lead => "a line break stands before it",
        _ if at >= lead + inner.len() => "a line break stands after it",
        _ => "it has a line break in it",
    };
    let mut intended = String::with_capacity(inner.len());
    for part in inner.split(is_break_or_tab).map(str::trim).filter(|part| !part.is_empty()) {
        intended.push_str(if intended.is_empty() { "" } else { " " });
        intended.push_str(part);
    }
    Some(Fault::part(Class::LineBreak, at..end, reason).meant(intended))
}

/// A character that stands for one that was lost.
pub(super) fn lost(text: &str) -> Option<Fault> {
    let at = text.find(char::REPLACEMENT_CHARACTER)?;
    let at = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
    Some(Fault::part(Class::Lost, at, "U+FFFD stands where it was"))
}

/// Characters that nobody sees and that do nothing where they stand.
pub(super) fn invisible(text: &str) -> Option<Fault> {
    let may_be = is_invisible;
    let candidate = text.find(may_be)?;
    let turns = text.chars().any(is_right_to_left);
    let mut kept = text[..candidate].to_owned();
    let mut first: Option<(Range<usize>, char)> = None;
    let mut count = 0;
    for (at, c) in text[candidate..].char_indices().map(|(at, c)| (candidate + at, c)) {
        let around = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
        if !may_be(c) || !is_idle(c, around, turns) {
            kept.push(c);
            continue;
        }
        count += 1;
        first.get_or_insert((at..at + c.len_utf8(), c));
    }
    let (at, c) = first?;
    let mut reason = format!("it has an invisible character ({}U+{:04X})", name_of(c), u32::from(c));
    if count > 1 {
        let _ = write!(reason, ", and {} more", count - 1);
    }
    Some(Fault::part(Class::Invisible, at, reason).meant(kept.trim()))
}

/// The character is not seen, and has no work to do between these two: joiners shape letters in some scripts, marks of
/// direction belong to texts that run from the right, and selectors choose the look of the sign before them.
fn is_idle(c: char, (before, after): (Option<char>, Option<char>), turns: bool) -> bool {
    // Letters of scripts that know no joining.
    let is_western = |c: Option<char>| c.is_none_or(|c| c < '\u{530}' || c.is_whitespace());
    match c {
        '\u{200C}' | '\u{200D}' | '\u{34F}' => is_western(before) && is_western(after),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => !turns,
        '\u{FE00}'..='\u{FE0F}' | '\u{180E}' => is_western(before),
        // Between scripts without blanks it says where a line may break.
        '\u{200B}' => is_western(before) || is_western(after),
        // Invisible operators of mathematics.
        '\u{2061}'..='\u{2064}' => false,
        _ => is_invisible(c),
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}
