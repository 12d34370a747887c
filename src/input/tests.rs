//! Wherever a text is cut, the same pieces come out, at the same places; what is too large is named and passed over.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::chunk::Base;
use super::values::ValueCutter;
use super::{Cutter, Limits, Nature};
use crate::document::{Position, Source};
use crate::format::Cuts;

/// Limits that no text of these tests reaches.
const WIDE: Limits = Limits { chunk: 1 << 20, record: 1 << 20 };

/// A piece as the rest of the program sees it.
#[derive(Debug, PartialEq, Eq)]
struct Cut {
    content: String,
    start: Position,
    end: Position,
    text: String,
    index: u64,
    row: Option<u64>,
    pointer: String,
}

fn known() -> Arc<Cuts> {
    let path = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
    Arc::new(Cuts {
        lists: vec![path(&["data"]), path(&["_embedded", "items"])],
        layouts: Vec::new(),
        pages: Vec::new(),
    })
}

fn cut(limits: Limits, nature: Nature, content: &[u8]) -> Vec<Cut> {
    let input = Box::new(Cursor::new(content));
    let read = Cutter::open_within(limits, input, "file".into(), nature, known()).expect("memory reads");
    let at_hand = Cutter::of_text_within(limits, content, "file".into(), nature, known()).expect("memory reads");
    let [(cuts, lengths), (cuts_at_hand, lengths_at_hand)] = [read, at_hand].map(all_of);
    assert_eq!((&cuts_at_hand, lengths_at_hand), (&cuts, lengths), "cut in memory, and read");
    cuts
}

/// What a cutter gives, and how long its chunks are.
fn all_of(mut cutter: Cutter<'_>) -> (Vec<Cut>, Vec<usize>) {
    let (mut cuts, mut lengths) = (Vec::new(), Vec::new());
    let mut spare = Vec::new();
    while let Some(chunk) = cutter.next(std::mem::take(&mut spare)).expect("memory reads") {
        lengths.push(chunk.text.len());
        let mark = |part: std::str::Utf8Chunk<'_>| part.valid().to_owned() + &"?".repeat(part.invalid().len());
        let text: String = chunk.text.utf8_chunks().map(mark).collect();
        let source = Source::new(&text, &chunk.segments);
        chunk.pieces.iter().for_each(|piece| {
            let (start, end) = source.positions(&piece.range);
            cuts.push(Cut {
                content: format!("{:?}", piece.content),
                start,
                end,
                text: text[piece.range.clone()].to_owned(),
                index: piece.index,
                row: piece.row,
                pointer: piece.prefix.pointer(),
            });
        });
        spare = chunk.into_spare();
    }
    (cuts, lengths)
}

/// An element of a list, or a line: whole, broken within its brackets, or no value at all.
fn element() -> impl Strategy<Value = String> {
    let whole = [
        "{}",
        "[]",
        "0",
        "-1.5e3",
        "null",
        "true",
        r#""a""#,
        r#""]},{[\"\\""#,
        r#""\\""#,
        r#"{"a": "}]\\\"", "b": [1, {}]}"#,
        r#"{"ö": "❄\ud83c\udf28"}"#,
        "{\"a\":\n[1,\n2]}",
        r#"{"data": [1, 2]}"#,
    ];
    let broken = ["{\"a\": 1,}", "{a: 1}", "[1 2]", "nul", "{\"a\": \"\u{1}\"}", "{'a': 1}", "01", "\"\\x\""];
    let litter = ["word", "two words", "// a remark\n", "/* , ] */ ", "# hash\n", "nulla", "é", "trueish or not"];
    prop_oneof![
        6 => select(whole.to_vec()).prop_map(str::to_owned),
        1 => select(broken.to_vec()).prop_map(str::to_owned),
        1 => select(litter.to_vec()).prop_map(str::to_owned),
        1 => (select(whole.to_vec()), 1_usize..40).prop_map(|(value, times)| format!("[{}]", [value].repeat(times).join(","))),
    ]
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 2 => "[ \n]{1,3}", 1 => "[ \t\r\n]{20,60}"]
}

/// A list, more or less as it should be.
fn list() -> impl Strategy<Value = String> {
    let comma = prop_oneof![30 => Just(","), 1 => Just(""), 1 => Just(",,"), 1 => Just("}"), 1 => Just(":")];
    let member = (space(), element(), space(), comma)
        .prop_map(|(before, element, after, comma)| before + &element + &after + comma);
    let end = prop_oneof![8 => Just("]"), 1 => Just(",]"), 1 => Just(", "), 1 => Just(""), 1 => Just("}")];
    (vec(member, 0..12), space(), end).prop_map(|(members, space, end)| {
        let members = members.concat();
        format!("[{}{space}{end}", members.trim_end_matches(','))
    })
}

/// A file: a list, an envelope with siblings before and after its list, values side by side.
fn file() -> impl Strategy<Value = String> {
    let member = (select(vec!["meta", "däta", "links"]), space(), element())
        .prop_map(|(name, space, value)| format!("\"{name}\":{space}{value}"));
    let members = vec(member, 0..4).prop_map(|members| members.join(",")).boxed();
    let envelope =
        (members.clone(), space(), list(), members, any::<bool>()).prop_map(|(before, space, list, after, deep)| {
            let (open, close) = if deep { ("{\"_embedded\":{", "}}") } else { ("{", "}") };
            let comma = |members: &str| if members.is_empty() { "" } else { "," };
            let name = if deep { "items" } else { "data" };
            format!("{open}{before}{}\"{name}\":{space}{list}{}{after}{close}", comma(&before), comma(&after))
        });
    let one = prop_oneof![3 => list(), 3 => envelope, 1 => element()];
    let more = prop_oneof![6 => Just(String::new()), 1 => "[ \n]{0,3}[\\]}1,]"];
    (space(), one, space(), more).prop_map(|(before, one, after, more)| before + &one + &after + &more)
}

/// Anything that brackets, quotes and commas can make.
fn soup() -> impl Strategy<Value = String> {
    let words = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        " ",
        "\n",
        "1",
        "a",
        "é",
        "{\"data\":[",
        "{\"a\":1}",
        "null",
        "\"b\"",
    ];
    vec(select(words.to_vec()), 0..40).prop_map(|words| words.concat())
}

fn assert_cut_alike(content: &[u8], chunk: usize) -> Result<(), TestCaseError> {
    for nature in [Nature::Json, Nature::Lines] {
        let fine = cut(Limits { chunk, ..WIDE }, nature, content);
        prop_assert_eq!(fine, cut(WIDE, nature, content), "{:?}, {} bytes at once", nature, chunk);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_are_cut_alike_wherever_they_are_read_to(file in file(), chunk in 1_usize..80) {
        assert_cut_alike(file.as_bytes(), chunk)?;
    }

    #[test]
    fn lines_are_cut_alike_wherever_they_are_read_to(
        lines in vec((space(), element()), 0..12),
        end in select(vec!["", "\n", "\r\n", "{\"a\": "]),
        chunk in 1_usize..80,
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(space, element)| space + &element.replace('\n', "")).collect();
        assert_cut_alike((lines.join("\n") + end).as_bytes(), chunk)?;
    }

    #[test]
    fn soup_is_cut_alike_wherever_it_is_read_to(soup in soup(), chunk in 1_usize..20) {
        assert_cut_alike(soup.as_bytes(), chunk)?;
    }

    #[test]
    fn bytes_that_are_no_characters_have_columns_too(
        elements in vec(vec(select(vec![b'a', 0xC3, 0xA9, 0xB0, 0xE9, b' ']), 0..6), 1..8),
        chunk in 1_usize..20,
    ) {
        let elements: Vec<_> = elements.into_iter().map(|inner| [b"\"", &inner[..], b"\""].concat()).collect();
        let content = [&b"["[..], &elements.join(&b','), &b"]"[..]].concat();
        let columns = |limits| -> Vec<_> {
            cut(limits, Nature::Json, &content).iter().map(|cut| (cut.start, cut.pointer.clone())).collect()
        };
        prop_assert_eq!(columns(Limits { chunk, ..WIDE }), columns(WIDE));
    }
}

/// What is too large, and the values: which, from where on.
fn told(cuts: &[Cut]) -> Vec<(&str, u64, u64)> {
    cuts.iter().map(|cut| (&*cut.content, cut.index, cut.start.byte)).collect()
}

#[test]
fn what_is_too_large_is_named_and_passed_over() {
    const RECORD: usize = 1000;
    let string = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    let (fits, too_large) = (string(RECORD), string(RECORD + 1));
    for chunk in [1, 7, 64, 999, 1000, 1001, 5000] {
        let limits = Limits { chunk, record: RECORD };
        for value in [&too_large, &format!("[{too_large}]"), &format!("{{\"a\": [{}]}}", "{},".repeat(5000))] {
            let after = value.len() as u64;
            let list = format!("[1, {value},\n {fits}]");
            let cuts = cut(limits, Nature::Json, list.as_bytes());
            let wanted = [("Value", 0, 1), ("TooLarge", 1, 4), ("Value", 2, after + 7)];
            assert_eq!(told(&cuts), wanted, "in a list, {chunk} bytes at once");
            assert_eq!((cuts[2].start.line, cuts[2].start.column, &*cuts[2].pointer), (2, 2, "/2"));

            let envelope = format!("{{\"data\": [{value}, 2], \"more\": 3}}");
            let cuts = cut(limits, Nature::Json, envelope.as_bytes());
            let wanted = [("TooLarge", 0, 10), ("Value", 1, after + 12), ("Frame", 0, 0)];
            assert_eq!(told(&cuts), wanted, "in an envelope, {chunk} bytes at once");
            assert_eq!(cuts[1].start.column, after + 13);

            let lines = format!("1\n{value}\n\n{fits}\n{value}");
            let cuts = cut(limits, Nature::Lines, lines.as_bytes());
            let wanted = [("Value", 0, 0), ("TooLarge", 1, 2), ("Value", 2, after + 4), ("TooLarge", 3, after + 1005)];
            assert_eq!(told(&cuts), wanted, "on a line, {chunk} bytes at once");
            assert_eq!((cuts[2].row, cuts[2].start.line, cuts[3].row), (Some(4), 4, Some(5)));

            let cuts = cut(limits, Nature::Json, value.as_bytes());
            let alone = if value.starts_with('[') { ("TooLarge", 0, 1) } else { ("TooLarge", 0, 0) };
            assert_eq!(told(&cuts), [alone], "alone, {chunk} bytes at once");
        }
    }
}

#[test]
fn what_is_too_large_and_does_not_end_is_named_once() {
    let limits = Limits { chunk: 100, record: 1000 };
    let open = format!("{{\"a\": \"{}", "x".repeat(5000));
    assert_eq!(told(&cut(limits, Nature::Json, open.as_bytes())), [("TooLarge", 0, 0)]);
    assert_eq!(told(&cut(limits, Nature::Lines, open.as_bytes())), [("TooLarge", 0, 0)]);
    let list = format!("[1,{open}");
    assert_eq!(told(&cut(limits, Nature::Json, list.as_bytes())), [("Value", 0, 1), ("TooLarge", 1, 3)]);
}

#[test]
fn what_a_text_looks_like_says_how_it_is_cut() {
    // The text, and whether each line of it is a record: named `.json`, `.ndjson`, neither.
    let table = [
        ("{}\n{}\n", [true; 3]),
        ("{\"a\": \"cut sho\n{}\n{}\n", [true; 3]),
        ("{}", [false, true, false]),
        ("[\n{}\n]", [false, true, false]),
        ("[\n{}\n,\n{}\n]\n", [false, true, false]),
        ("[{},\n{}]\n", [false; 3]),
        ("{\"data\":\n{}\n}", [false, true, false]),
        ("{\n\"a\": 1\n}", [false; 3]),
        ("1\n2\n", [false, true, false]),
    ];
    for (text, wanted) in table {
        for (nature, wanted) in [Nature::Json, Nature::Lines, Nature::Unsaid].into_iter().zip(wanted) {
            let cuts = cut(WIDE, nature, text.as_bytes());
            assert_eq!(cuts.iter().any(|cut| cut.row.is_some()), wanted, "{text:?}, {nature:?}");
        }
    }
}

#[test]
fn what_is_too_large_is_cut_between_characters() {
    let limits = Limits { chunk: 100, record: 1000 };
    for before in ["", "x", "xx"] {
        let long = format!("é{before}{}", "❄".repeat(500));
        let cuts = cut(limits, Nature::Lines, format!("{long}\n1\n").as_bytes());
        assert_eq!(told(&cuts), [("TooLarge", 0, 0), ("Value", 1, long.len() as u64 + 1)]);
        assert_eq!(cuts[0].text, "é");
        for text in [format!("[\"{long}\", 1]"), format!("{long}\n1\n")] {
            let nature = if text.starts_with('[') { Nature::Json } else { Nature::Lines };
            let mut cutter = Cutter::open_within(limits, Box::new(text.as_bytes()), "file".into(), nature, known())
                .expect("it reads");
            let chunk = cutter.next(Vec::new()).expect("it reads").expect("something is too large");
            assert!(str::from_utf8(&chunk.text).is_ok(), "{:?}", chunk.text.utf8_chunks());
        }
    }
}

#[test]
fn a_word_or_number_that_is_too_large_ends_with_it() {
    let limits = Limits { chunk: 64, record: 1000 };
    let number = "7".repeat(3000);
    let cuts = cut(limits, Nature::Json, format!("[{number}, {{\"a\": 1}},\"b\"]").as_bytes());
    assert_eq!(told(&cuts), [("TooLarge", 0, 1), ("Value", 1, 3003), ("Value", 2, 3012)]);
}

#[test]
fn white_space_is_not_kept() {
    let limits = Limits { chunk: 100, record: 1000 };
    for (before, after, pieces) in
        [("", "", 1), ("[", "]", 0), ("[1,", "2]", 2), ("[1 ", ",2]", 2), ("[1, x", ",2]", 3)]
    {
        let mut input = before.as_bytes().chain(std::io::repeat(b' ').take(100_000)).chain(after.as_bytes());
        let mut cutter = ValueCutter::new(limits, Base::start("file".into()), known(), Vec::new());
        let mut seen = 0;
        while let Some(chunk) = cutter.next(&mut input, Vec::new()).expect("memory reads") {
            assert!(chunk.text.len() < 10_000, "{} bytes", chunk.text.len());
            seen += chunk.pieces.len();
        }
        assert!(cutter.buffer.capacity() < 10_000, "{} bytes", cutter.buffer.capacity());
        assert_eq!(seen, pieces, "{before} {after}");
    }
    let far = format!("[1,{}]", " ".repeat(3000));
    let cuts = cut(limits, Nature::Json, far.as_bytes());
    assert_eq!(told(&cuts), [("Value", 0, 1), ("Fault(TrailingComma)", 1, 3003)]);
}

#[test]
fn what_stands_round_a_list_and_is_too_large_is_named() {
    let limits = Limits { chunk: 64, record: 1000 };
    let text = format!("{{\"data\": [1], \"more\": [{}]}}", "\"xé\", ".repeat(1000));
    assert_eq!(told(&cut(limits, Nature::Json, text.as_bytes())), [("Value", 0, 10), ("FrameTooLarge", 0, 0)]);
}
