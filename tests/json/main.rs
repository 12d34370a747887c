//! The JSON scanner against `serde_json`: the same texts are accepted, the same values come out, and what is refused is
//! refused with its reason at its byte.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod faults;
mod repeated;
mod spans;
mod texts;

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use reclint::document::{Arena, Document, Kind, NodeRef};
use reclint::syntax::json::{SyntaxFault, scan};
use serde_json::Value;

use texts::{damage, damaged, fragment, json_text};

/// As many cases as fit a test run; nothing is left behind in the checkout.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

// What comes out.

/// The node as `serde_json` would have it: of a name that stands twice, the last; numbers as `serde_json` reads them.
fn value(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::False => Value::Bool(false),
        Kind::True => Value::Bool(true),
        Kind::Number => serde_json::from_str(node.source()).expect("the literal is a number of JSON"),
        Kind::String | Kind::Key => Value::String(node.text().expect("a string has a text").to_owned()),
        Kind::Array => node.elements().map(value).collect(),
        Kind::Object => {
            let text = |key: NodeRef<'_>| key.text().expect("a key has a text").to_owned();
            Value::Object(node.members().map(|(key, member)| (text(key), value(member))).collect())
        }
    }
}

/// What our scanner makes of a text.
fn ours(text: &str) -> Result<Value, SyntaxFault> {
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena)?;
    let document = Document::new(text, &arena);
    Ok(value(document.root().expect("an accepted text has a root")))
}

fn accepted(text: &str) -> bool {
    scan(text, 0..text.len(), &mut Arena::new()).is_ok()
}

/// The byte at which `serde_json` stopped; its lines and columns are from 1, its columns in bytes.
fn stopped_at(text: &str, error: &serde_json::Error) -> usize {
    let line_start = text.split_inclusive('\n').take(error.line() - 1).map(str::len).sum::<usize>();
    line_start + error.column()
}

/// The number literal in which the byte before `at` stands.
fn number_about(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let in_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let start = bytes[..at].iter().rposition(|byte| !in_number(*byte)).map_or(0, |before| before + 1);
    let digits = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let has = |at: usize, any_of: &[u8]| usize::from(bytes.get(at).is_some_and(|byte| any_of.contains(byte)));
    let mut end = digits(start + has(start, b"-"));
    if has(end, b".") == 1 {
        end = digits(end + 1);
    }
    if has(end, b"eE") == 1 {
        end = digits(end + 1 + has(end + 1, b"+-"));
    }
    start..end
}

/// `text` with a zero for each number that `serde_json` refuses because no float can hold it: there we differ.
fn without_huge_numbers(text: &str) -> String {
    let mut text = text.to_owned();
    while let Err(error) = serde_json::from_str::<Value>(&text) {
        if !error.to_string().starts_with("number out of range") {
            break;
        }
        let number = number_about(&text, stopped_at(&text, &error));
        assert!(!number.is_empty(), "{error} in {text:?}");
        // Nothing behind it can make a longer number of this.
        text.replace_range(number, "0.0e0");
    }
    text
}

/// The span lies within the text, on whole characters.
fn assert_sound(fault: &SyntaxFault, text: &str) {
    assert!(text.get(fault.span.clone()).is_some(), "{fault:?} does not lie within {text:?}");
}

/// Both readers say the same of `text`.
fn assert_same_as_serde(text: &str) {
    let plain = without_huge_numbers(text);
    let wanted = serde_json::from_str::<Value>(&plain);
    match (ours(&plain), wanted) {
        (Ok(ours), Ok(wanted)) => assert_eq!(ours, wanted, "of {plain:?}"),
        (Err(fault), Err(_)) => assert_sound(&fault, &plain),
        (Ok(ours), Err(error)) => panic!("we accept {plain:?} as {ours}, serde_json says {error}"),
        (Err(fault), Ok(wanted)) => panic!("we refuse {plain:?} ({fault:?}), serde_json reads {wanted}"),
    }
    assert_eq!(accepted(text), accepted(&plain), "huge numbers are kept in {text:?}");
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn the_same_value_comes_out_of_any_spelling(text in json_text()) {
        let plain = without_huge_numbers(&text);
        prop_assert!(serde_json::from_str::<Value>(&plain).is_ok(), "the generator writes JSON: {}", plain);
        assert_same_as_serde(&text);
    }

    #[test]
    fn damaged_texts_are_refused_as_serde_json_refuses_them(text in json_text(), damages in vec(damage(), 1..4)) {
        assert_same_as_serde(&damaged(text, &damages));
    }

    #[test]
    fn any_text_that_looks_like_json_is_judged_alike(text in r#"[\[\]{}:,"\\ntrufalsE0-9e+\-. \t\n/'#<é𐍈\x00\x1f]{0,30}"#) {
        assert_same_as_serde(&text);
    }

    #[test]
    fn strings_with_any_escapes_are_judged_alike(inner in r#"(\\(["\\/bfnrtux]|u[dD][89a-fA-F][0-9a-f]{2}|u[0-9a-fA-F]{3,4})|[a-zé𐍈\t]){0,8}"#) {
        assert_same_as_serde(&format!("\"{inner}\""));
    }

    #[test]
    fn what_stands_round_the_range_does_not_count(
        (before, after) in (fragment(), fragment()),
        text in json_text(),
        damages in vec(damage(), 0..2),
    ) {
        let text = damaged(text, &damages);
        let whole = format!("{before}{text}{after}");
        let start = before.len();
        let (mut alone, mut within) = (Arena::new(), Arena::new());
        let expected = scan(&text, 0..text.len(), &mut alone);
        let found = scan(&whole, start..start + text.len(), &mut within);
        let moved = expected.map_err(|fault| SyntaxFault {
            reason: fault.reason,
            span: fault.span.start + start..fault.span.end + start,
        });
        prop_assert_eq!(&found, &moved);
        if found.is_ok() {
            let (alone, within) = (Document::new(&text, &alone), Document::new(&whole, &within));
            let same = (0..).map_while(|index| Some((alone.node(index)?, within.node(index)))).all(|(left, right)| {
                right.is_some_and(|right| right.kind() == left.kind() && right.plain() == left.plain())
            });
            prop_assert!(same, "{} in {}", text, whole);
        }
    }
}

#[test]
fn an_arena_that_was_used_before_reads_the_next_text_alike() {
    let mut arena = Arena::new();
    let texts = [r#"{"a": "\u0041", "a": [1e999, {"b": 2, "b": 3}]}"#, "[1, 2", r#"{"x\n": "y"}"#, "[[[[", "7"];
    for text in texts {
        let again = scan(text, 0..text.len(), &mut arena);
        assert_eq!(again, scan(text, 0..text.len(), &mut Arena::new()), "{text}");
        if again.is_ok() && !text.contains("1e999") {
            let document = Document::new(text, &arena);
            assert_eq!(value(document.root().unwrap()), serde_json::from_str::<Value>(text).unwrap());
        }
    }
}

#[test]
fn numbers_that_no_float_can_hold_are_kept_as_they_are_written() {
    for text in ["1e400", "-1e400", "1.0E+309", &"9".repeat(400), &format!("{}.5", "9".repeat(309))] {
        let mut arena = Arena::new();
        scan(text, 0..text.len(), &mut arena).expect("it is a number of JSON");
        let document = Document::new(text, &arena);
        let root = document.root().unwrap();
        assert_eq!((root.kind(), root.source()), (Kind::Number, text));
        assert!(serde_json::from_str::<Value>(text).is_err(), "serde_json does not hold {text}");
    }
}
