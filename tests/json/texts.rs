//! JSON texts to try a reader with: as odd as the grammar lets them be, and damaged ones.

use std::fmt::Write;
use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn space() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 1 => "[ \t\r\n]{1,12}"]
}

pub(crate) fn number() -> impl Strategy<Value = String> {
    let odd = ["-0", "-0.0", "0e0", "0E+00", "1e0400", "-1E400", "9007199254740993", "18446744073709551615"];
    let limits = ["18446744073709551616", "-9223372036854775808", "-9223372036854775809", "5e-324", "1e-400"];
    let names: Vec<_> = odd.into_iter().chain(limits).map(str::to_owned).collect();
    prop_oneof![
        4 => "-?(0|[1-9][0-9]{0,3})",
        2 => r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        1 => select(names),
        1 => (1_usize..9, 290_usize..330).prop_map(|(first, length)| format!("{first}{}", "7".repeat(length))),
    ]
}

/// One character of a string, in one of the ways in which JSON can write it.
fn spelled(character: char, way: u8) -> String {
    let mut units = [0; 2];
    let mut escapes = |upper| {
        let units = character.encode_utf16(&mut units).iter();
        units.fold(String::new(), |mut text, unit| {
            let _ = if upper { write!(text, "\\u{unit:04X}") } else { write!(text, "\\u{unit:04x}") };
            text
        })
    };
    let short = match character {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '/' => Some("\\/"),
        '\u{8}' => Some("\\b"),
        '\u{c}' => Some("\\f"),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        _ => None,
    };
    let must = character < ' ' || matches!(character, '"' | '\\');
    match (way % 4, short) {
        (0, _) => escapes(true),
        (1, _) => escapes(false),
        (2, Some(short)) => short.to_owned(),
        (_, Some(short)) if must => short.to_owned(),
        _ if must => escapes(true),
        _ => character.to_string(),
    }
}

pub(crate) fn quoted(text: &str, ways: &[u8]) -> String {
    let way = ways.iter().copied().chain(std::iter::repeat(3));
    let inner: String = text.chars().zip(way).map(|(character, way)| spelled(character, way)).collect();
    format!("\"{inner}\"")
}

pub(crate) fn string() -> impl Strategy<Value = String> {
    let text = prop_oneof![3 => "[a-z ]{0,20}", 1 => ".{0,12}", 1 => "[\\x00-\\x7f]{0,12}", 1 => "[\\PC\u{10000}-\u{10FFFF}]{0,9}"];
    let ways = prop_oneof![Just(Vec::new()), vec(any::<u8>(), 12)];
    (text, ways).prop_map(|(text, ways)| quoted(&text, &ways))
}

/// Names of which many are the same, not all of them spelled the same.
pub(crate) fn name() -> impl Strategy<Value = String> {
    let text =
        prop_oneof![6 => "[ab]{0,1}", 1 => "[a-zé]{1,10}", 1 => "name-that-is-[a-c]{1,9}-longer", 1 => "[~/01]{1,3}"];
    let ways = prop_oneof![2 => Just(Vec::new()), 1 => vec(any::<u8>(), 10)];
    (text, ways).prop_map(|(text, ways)| quoted(&text, &ways))
}

/// A JSON text, as odd as the grammar lets it be.
pub(crate) fn json_text() -> impl Strategy<Value = String> {
    let literal = select(vec!["null", "true", "false"]).prop_map(str::to_owned);
    let leaf = prop_oneof![literal, number(), string()];
    let value = leaf.prop_recursive(6, 60, 6, |inner| {
        let spaced =
            (space(), inner, space()).prop_map(|(before, value, after)| format!("{before}{value}{after}")).boxed();
        let name = (space(), name(), space()).prop_map(|(before, name, after)| format!("{before}{name}{after}:"));
        let empty = space();
        let array = vec(spaced.clone(), 1..6).prop_map(|elements| format!("[{}]", elements.join(",")));
        let member = (name, spaced).prop_map(|(name, value)| name + &value);
        let object = vec(member, 1..6).prop_map(|members| format!("{{{}}}", members.join(",")));
        prop_oneof![
            4 => array,
            4 => object,
            1 => empty.prop_map(|space| format!("[{space}]")),
            1 => space().prop_map(|space| format!("{{{space}}}")),
        ]
    });
    (space(), value, space()).prop_map(|(before, value, after)| before + &value + &after)
}

/// A JSON Pointer, or what looks like one, of the names and places that texts have.
pub(crate) fn pointer() -> impl Strategy<Value = String> {
    prop_oneof![4 => "(/([ab0-3]|~0|~1|)){1,3}", 1 => "[/ab0-3~+]{0,5}"]
}

/// What a damaged text has in places where it does not belong.
pub(crate) fn fragment() -> impl Strategy<Value = String> {
    let words = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "'", "-", "+", ".", "e", "0", "00", "7", " ", "\n", "\t", "\u{0}",
        "\u{1f}", "\u{7f}", "null", "tru", "NaN", "//", "/*", "#", "\\u", "\\u12", "\\ud83d", "\\udc00", "\\x", "<",
        "é", "𐍈", "\u{feff}", ",,", "[]", "{}", "\"\"",
    ];
    select(words.map(str::to_owned).to_vec())
}

/// What is done to a text.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    Insert(Index, String),
    Delete(Index),
    Replace(Index, String),
    Truncate(Index),
    SwapBracket(Index),
}

pub(crate) fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), fragment()).prop_map(|(at, fragment)| Damage::Insert(at, fragment)),
        3 => at().prop_map(Damage::Delete),
        3 => (at(), fragment()).prop_map(|(at, fragment)| Damage::Replace(at, fragment)),
        1 => at().prop_map(Damage::Truncate),
        2 => at().prop_map(Damage::SwapBracket),
    ]
}

/// The character that a place in `text` leads to: its first byte and what is behind it.
fn character_at(text: &str, at: Index) -> Range<usize> {
    let start = text.floor_char_boundary(at.index(text.len()));
    start..text.ceil_char_boundary(start + 1)
}

pub(crate) fn damaged(mut text: String, damages: &[Damage]) -> String {
    for damage in damages {
        if text.is_empty() {
            return text;
        }
        match damage {
            Damage::Insert(at, fragment) => text.insert_str(character_at(&text, *at).start, fragment),
            Damage::Delete(at) => text.replace_range(character_at(&text, *at), ""),
            Damage::Replace(at, fragment) => text.replace_range(character_at(&text, *at), fragment),
            Damage::Truncate(at) => text.truncate(character_at(&text, *at).start),
            Damage::SwapBracket(at) => swap_bracket(&mut text, *at),
        }
    }
    text
}

/// Turns one of the brackets round, or into one of the other kind.
fn swap_bracket(text: &mut String, at: Index) {
    let brackets: Vec<_> = text.match_indices(['[', ']', '{', '}']).map(|(at, _)| at).collect();
    if brackets.is_empty() {
        return;
    }
    let place = at.get(&brackets);
    let other = match &text[*place..=*place] {
        "[" => "{",
        "{" => "}",
        "}" => "]",
        _ => "[",
    };
    text.replace_range(*place..=*place, other);
}
