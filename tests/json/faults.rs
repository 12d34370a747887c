//! What is refused, is refused with its reason at its byte.

use std::fmt::Write;

use reclint::document::Arena;
use reclint::syntax::json::{Reason, SyntaxFault, scan};
use serde_json::Value;

use super::accepted;

/// Why our scanner refuses a text.
fn refusal(text: &str) -> SyntaxFault {
    scan(text, 0..text.len(), &mut Arena::new()).expect_err(text)
}

#[test]
fn nesting_ends_where_it_ends_for_serde_json() {
    for levels in 120..=140 {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a":"#, "}]")] {
            let times = levels / open.matches(['[', '{']).count();
            let text = format!("{}0{}", open.repeat(times), close.repeat(times));
            let wanted = serde_json::from_str::<Value>(&text).is_ok();
            assert_eq!(accepted(&text), wanted, "{times} times {open}");
        }
    }
    assert!(accepted(&format!("{}{}", "[".repeat(127), "]".repeat(127))), "127 levels are read");
    assert!(!accepted(&format!("{}{}", "[".repeat(128), "]".repeat(128))), "128 are not");
}

#[test]
fn what_is_too_deep_is_refused_at_the_bracket_that_is_one_too_many() {
    for (open, level) in [("[", 1), (r#"{"a":"#, 5), (" [", 2)] {
        let fault = refusal(&open.repeat(10_000));
        let bracket = 127 * level + open.find(['[', '{']).unwrap();
        assert_eq!(fault, SyntaxFault { reason: Reason::TooDeep, span: bracket..bracket + 1 }, "{open}");
    }
    assert!(accepted(&format!("[{}]", vec!["[[]]"; 10_000].join(","))), "ten thousand lists side by side are no depth");
}

/// Each text with the reason for which it is refused, and the bytes that are shown, as text.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn each_fault_has_its_reason_at_its_byte() {
    use Reason::*;
    let table = [
        // Commas, colons, brackets.
        ("[1, 2, ]", TrailingComma, 5..6),
        (r#"{"a": 1, }"#, TrailingComma, 7..8),
        ("[1, }", TrailingComma, 2..3),
        ("[,]", ExpectedValue, 1..2),
        ("[1,, 2]", ExpectedValue, 3..4),
        ("{,}", ExpectedKey, 1..2),
        (r#"{"a": 1,, "b": 2}"#, ExpectedKey, 8..9),
        ("[1 2]", ExpectedCommaOrBracket, 3..4),
        (r#"["a" "b"]"#, ExpectedCommaOrBracket, 5..6),
        ("[1}", ExpectedCommaOrBracket, 2..3),
        ("[1: 2]", ExpectedCommaOrBracket, 2..3),
        (r#"{"a": 1 "b": 2}"#, ExpectedCommaOrBrace, 8..9),
        (r#"{"a": 1]"#, ExpectedCommaOrBrace, 7..8),
        (r#"{"a": "b": 1}"#, ExpectedCommaOrBrace, 9..10),
        (r#"{"a" 1}"#, ExpectedColon, 5..6),
        (r#"{"a"}"#, ExpectedColon, 4..5),
        (r#"{"a", "b"}"#, ExpectedColon, 4..5),
        (r#"{"a": }"#, ExpectedValue, 6..7),
        (r#"{"a": , "b": 1}"#, ExpectedValue, 6..7),
        ("]", ExpectedValue, 0..1),
        ("}", ExpectedValue, 0..1),
        ("[é]", ExpectedValue, 1..3),
        ("[1 é]", ExpectedCommaOrBracket, 3..5),
        ("[1 word]", ExpectedCommaOrBracket, 3..4),
        // Names.
        ("{a: 1}", ExpectedKey, 1..2),
        ("{1: 1}", ExpectedKey, 1..2),
        (r#"{"a": 1, b: 2}"#, ExpectedKey, 9..10),
        ("{'a': 1}", SingleQuotes, 1..2),
        // Words.
        ("[NaN]", ForeignLiteral, 1..4),
        ("[Infinity]", ForeignLiteral, 1..9),
        ("[-Infinity]", ForeignLiteral, 1..10),
        (r#"{"a": None}"#, ForeignLiteral, 6..10),
        ("[True, False]", ForeignLiteral, 1..5),
        ("undefined", ForeignLiteral, 0..9),
        ("[nulls]", ExpectedCommaOrBracket, 5..6),
        ("[word]", ExpectedValue, 1..5),
        ("['a']", SingleQuotes, 1..2),
        ("<!DOCTYPE html>", Markup, 0..1),
        ("  <?xml version=\"1.0\"?>", Markup, 2..3),
        // Comments.
        ("// first\n{}", Comment, 0..2),
        ("{} // last", Comment, 3..5),
        ("{ /* inside */ }", Comment, 2..4),
        ("[1 /* between */, 2]", Comment, 3..5),
        ("[1, # to the end\n 2]", Comment, 4..5),
        (
            r#"{"a" // name
: 1}"#,
            Comment,
            5..7,
        ),
        // Numbers.
        ("01", BadNumber, 0..2),
        ("-012", BadNumber, 0..4),
        ("[01]", BadNumber, 1..3),
        ("[00]", BadNumber, 1..3),
        ("[+1]", BadNumber, 1..3),
        ("[.5]", BadNumber, 1..3),
        ("[5.]", BadNumber, 1..3),
        ("[1.e5]", BadNumber, 1..5),
        ("[1e]", BadNumber, 1..3),
        ("[1e+]", BadNumber, 1..4),
        ("[-]", BadNumber, 1..2),
        ("[-x]", BadNumber, 1..3),
        ("[0x1F]", ExpectedCommaOrBracket, 2..3),
        ("[1.2.3]", ExpectedCommaOrBracket, 4..5),
        // Strings.
        ("[\"a\nb\"]", ControlCharacter, 3..4),
        ("[\"a\tb\"]", ControlCharacter, 3..4),
        ("[\"\u{1f}\"]", ControlCharacter, 2..3),
        ("[\"é long enough for a word at once\u{b}\"]", ControlCharacter, 35..36),
        ("[\"a\0b\"]", Nul, 3..4),
        ("[\0]", Nul, 1..2),
        ("{}\0", Nul, 2..3),
        (r#"["\x"]"#, BadEscape, 2..4),
        (r#"["\é"]"#, BadEscape, 2..5),
        (r#"["\u12"]"#, BadEscape, 2..6),
        (r#"["\u"]"#, BadEscape, 2..4),
        (r#"["\u12G4"]"#, BadEscape, 2..8),
        (r#"["\uD83C\u12"]"#, BadEscape, 8..12),
        (r#"["\ud83c"]"#, LoneSurrogate, 2..8),
        (r#"["\ud83c!"]"#, LoneSurrogate, 2..8),
        (r#"["\udf28"]"#, LoneSurrogate, 2..8),
        (r#"["\udf28\ud83c"]"#, LoneSurrogate, 2..8),
        (r#"["\ud83c\u0041"]"#, LoneSurrogate, 2..8),
        (r#"["\ud83c\ud83c"]"#, LoneSurrogate, 2..8),
        (r#"["\ud83c\n"]"#, LoneSurrogate, 2..8),
        // Ends.
        ("", Empty, 0..0),
        (" \n\t", Empty, 0..0),
        ("[1", Truncated, 2..2),
        ("{", Truncated, 1..1),
        (r#"{"a": "#, Truncated, 6..6),
        (r#"["open, 1]"#, UnclosedString, 1..10),
        ("tru", Truncated, 0..3),
        ("-", Truncated, 0..1),
        ("1e", Truncated, 0..2),
        ("{} {}", TrailingText, 3..4),
        ("1 2", TrailingText, 2..3),
        ("{}]", TrailingText, 2..3),
        ("truefalse", TrailingText, 4..5),
    ];
    let mut wrong = String::new();
    for (text, reason, span) in table {
        assert!(serde_json::from_str::<Value>(text).is_err(), "serde_json reads {text:?}");
        let (found, wanted) = (refusal(text), SyntaxFault { reason, span });
        if found != wanted {
            let _ = writeln!(wrong, "{text:?}: wanted {wanted:?}, found {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A text with all that JSON has, and the ways in which its value can end before it does.
const SAMPLE: &str = r#" {"title" : "Schnee \"tief\" \u00e9\ud83c\udf28 \\ ❄", "sizes": [0, -1.5e+10, 1E-2, true, false, null, {}, []],
  "nested": {"a": [[{"b": "c\n"}]], "": "\/"} } "#;

#[test]
fn every_beginning_of_a_text_is_refused_at_its_end() {
    assert!(accepted(SAMPLE));
    let value_end = SAMPLE.trim_end().len();
    for end in (0..value_end).filter(|end| SAMPLE.is_char_boundary(*end)) {
        let fault = refusal(&SAMPLE[..end]);
        let wanted = match end {
            0 | 1 => fault.reason == Reason::Empty,
            _ => matches!(fault.reason, Reason::Truncated | Reason::UnclosedString),
        };
        assert!(wanted, "{fault:?} of {:?}", &SAMPLE[..end]);
        assert!(fault.reason == Reason::Empty || fault.span.end == end, "{fault:?} does not reach the end, {end}");
    }
    for end in value_end..SAMPLE.len() {
        assert!(accepted(&SAMPLE[..end]), "only white space is missing");
    }
}

#[test]
fn every_reason_has_words_and_a_remedy_of_its_own_kind() {
    for reason in [Reason::Empty, Reason::TrailingComma, Reason::Comment, Reason::ManyLines, Reason::TooDeep] {
        let (explanation, remedy) = (reason.explanation(), reason.remedy());
        assert!(!explanation.is_empty() && !explanation.ends_with('.'), "{reason:?}: a clause, not a sentence");
        assert!(remedy.ends_with(['.', '?']), "{reason:?}: {remedy}");
    }
}
