//! What is left over at the ends of a name or title: punctuation of a list or catalogue, an e-mail address.

use crate::value::{Class, Fault};

use super::{Style, entity};

/// Punctuation that belongs to a list or a catalogue card. A full stop is right: initials have one, and titles.
pub(super) fn fault(text: &str, style: Style) -> Option<Fault> {
    if matches!(style, Style::Text | Style::Html) {
        return None;
    }
    let kept = text.trim();
    let lead = text.len() - text.trim_start().len();
    let last = kept.chars().next_back()?;
    let before = kept[..kept.len() - last.len_utf8()].chars().next_back();
    let is_entity = last == ';' && entity::all(kept).last().is_some_and(|(at, length, _)| at + length == kept.len());
    let stray = match last {
        ',' => true,
        // DSpace writes a series without a number so: "Technical reports;".
        ';' => !is_entity && style != Style::Line,
        // ISBD has a blank before it; without one it may belong to what stands there.
        ':' | '/' | '=' => before.is_some_and(char::is_whitespace),
        '|' => style != Style::Title,
        _ => false,
    };
    if !stray {
        return None;
    }
    let plain = kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '/' | '=' | '|'));
    if !plain.chars().any(char::is_alphanumeric) {
        return None;
    }
    let at = lead + plain.len()..lead + kept.len();
    let fault =
        Fault::part(Class::Punctuation, at, format!("it ends with \u{201c}{}\u{201d}", kept[plain.len()..].trim()));
    Some(fault.meant(plain))
}

/// An e-mail address stands in a name.
pub(super) fn email(text: &str, style: Style) -> Option<Fault> {
    if style != Style::Name {
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    text.match_indices('@').find_map(|(sign, _)| {
        let local = &text[..sign];
        let start = local.trim_end_matches(is_part).len();
        let domain = &text[sign + 1..];
        let length = domain.find(|c: char| !is_part(c)).unwrap_or(domain.len());
        let domain = domain[..length].trim_end_matches('.');
        let end = sign + 1 + domain.len();
        let (_, ending) = domain.rsplit_once('.')?;
        if start == sign || ending.len() < 2 || !ending.chars().all(char::is_alphabetic) {
            return None;
        }
        let sides = [text[..start].trim_end(), text[end..].trim_start()];
        let bare = sides.map(|side| {
            side.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';'))
        });
        let fault = Fault::part(Class::Email, start..end, "an e-mail address stands in it");
        Some(if bare[1].is_empty() && !bare[0].is_empty() { fault.meant(bare[0]) } else { fault })
    })
}
