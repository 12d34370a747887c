//! What YAML becomes: kinds of values, places, and damage that is told where it is.

use proptest::prelude::*;

use super::scan;
use crate::document::{Arena, Document, Kind, NodeRef};
use crate::syntax::Fault;

const SOUND: &str = include_str!("../../../examples/cff/sound/CITATION.cff");

fn fault(text: &str) -> Option<Fault> {
    scan(text, 0..text.len(), &mut Arena::new()).err()
}

/// The value that a text in a member `v` becomes, as its kind and plain text.
fn value(written: &str) -> (Kind, String) {
    let text = format!("v: {written}\n");
    let mut arena = Arena::new();
    scan(&text, 0..text.len(), &mut arena).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"));
    let document = Document::new(&text, &arena);
    let node = document.root().and_then(|root| root.members().next()).expect("it has a member").1;
    (node.kind(), node.plain().to_owned())
}

/// The whole tree as JSON would write it; numbers as they are written.
fn tree(text: &str) -> String {
    fn write(node: NodeRef<'_>) -> String {
        match node.kind() {
            Kind::Object => {
                let members = node.members().map(|(key, value)| format!("{:?}:{}", key.raw_text(), write(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Kind::Array => format!("[{}]", node.elements().map(write).collect::<Vec<_>>().join(",")),
            Kind::String | Kind::Key => format!("{:?}", node.raw_text()),
            Kind::Null => "null".to_owned(),
            _ => node.source().to_owned(),
        }
    }
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"));
    let document = Document::new(text, &arena);
    write(document.root().expect("there is a value"))
}

#[test]
fn plain_scalars_are_what_the_core_schema_makes_of_them() {
    for nothing in ["", "~", "null", "Null", "NULL", "# a remark"] {
        assert_eq!(value(nothing).0, Kind::Null, "{nothing:?}");
    }
    for (flag, kind) in [("true", Kind::True), ("TRUE", Kind::True), ("False", Kind::False)] {
        assert_eq!(value(flag).0, kind);
    }
    for number in ["1.10", "0", "-7", "+1", "012", "1e3", ".5", "5.", "0x1F", "0o17", ".inf", "-.INF", ".nan", "1.2E-4"]
    {
        assert_eq!(value(number), (Kind::Number, number.to_owned()));
    }
    for text in
        ["2021-07-01", "1.2.0", "yes", "No", "on", "12:30", "1_000", "0b1", "tRUE", "nULL", "+", ".", "1e", "0x", "e3"]
    {
        assert_eq!(value(text), (Kind::String, text.to_owned()));
    }
    for (written, text) in [("'1'", "1"), ("\"true\"", "true"), ("!!str 12", "12"), ("! null", "null"), ("!!str", "")] {
        assert_eq!(value(written), (Kind::String, text.to_owned()), "{written:?}");
    }
}

#[test]
fn scalars_in_quotes_and_blocks_are_decoded() {
    for (written, text) in [
        ("'it''s'", "it's"),
        ("\"a\\tb\\u00e9\\x41\\U0001F600\"", "a\tbéA😀"),
        ("|\n  a\n  b\n", "a\nb\n"),
        ("|-\n  a\n   b\n\n", "a\n b"),
        ("|+\n  a\n\n", "a\n\n\n"),
        (">\n  a\n  b\n\n  c\n", "a b\nc\n"),
        (">- # why\n  a\n  b\n", "a b"),
        ("a\n  b", "a b"),
        ("\"a\n  b\"", "a b"),
    ] {
        assert_eq!(value(written), (Kind::String, text.to_owned()), "{written:?}");
    }
}

#[test]
fn names_aliases_and_brackets() {
    for (text, wanted) in [
        ("a: &x [1, {b: c}]\nd: *x\n", r#"{"a":[1,{"b":"c"}],"d":[1,{"b":"c"}]}"#),
        ("a: &x 'it''s'\n*x : *x\n", r#"{"a":"it's","it's":"it's"}"#),
        ("&k key: *k\n", r#"{"key":"key"}"#),
        ("base: &b {x: 1}\n<<: *b\n", r#"{"base":{"x":1},"<<":{"x":1}}"#),
        ("1: a\nnull: b\n: c\n", r#"{"1":"a","null":"b","":"c"}"#),
        ("- - a\n  - b\n-\n- {x, y: }\n", r#"[["a","b"],null,{"x":null,"y":null}]"#),
        ("%YAML 1.2\n---\n{\"a\": [1, 2,]}\n...\n", r#"{"a":[1,2]}"#),
        ("a:\r\n- b\r\n- c: d\r\n", r#"{"a":["b",{"c":"d"}]}"#),
        ("k: [\na, b\n]\n", r#"{"k":["a","b"]}"#),
    ] {
        assert_eq!(tree(text), wanted, "{text:?}");
    }
}

#[test]
fn a_repeated_value_has_the_places_of_its_anchor() {
    let text = "a: &x Zürich\nb: *x\n";
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena).expect("it is YAML");
    let document = Document::new(text, &arena);
    let spans: Vec<_> = document.root().expect("a value").members().map(|(_, value)| value.source()).collect();
    assert_eq!(spans, ["Zürich", "Zürich"]);
}

#[test]
fn faults_stand_where_they_are() {
    for (text, at, says) in [
        ("", 0, "nothing"),
        ("# only a remark\n", 0, "nothing"),
        ("ä: 1\n\tb: 2\n", 6, "tab"),
        ("title: a: b\n", 8, "colon"),
        ("ü: \"x\n", 4, "closing quote"),
        ("a: *b\n", 3, "alias"),
        ("a: &x [*x]\n", 7, "within"),
        ("? [a]\n: b\n", 2, "as a name"),
        ("{[a]: b}\n", 1, "as a name"),
        ("a: 1\n---\nb: 2\n", 5, "second document"),
        ("a: !own b\n", 8, "tag"),
        ("a: !!int b\n", 9, "tag"),
        ("a: @b\n", 3, "begin with"),
        ("a: \"b\" c\n", 7, "follows"),
        ("a: \"\\q\"\n", 4, "escape"),
    ] {
        let fault = fault(text).unwrap_or_else(|| panic!("{text:?} is read"));
        assert!(fault.reason.contains(says), "{text:?}: {fault:?}");
        assert_eq!(fault.span.start, at, "{text:?}: {fault:?}");
        assert!(text.is_char_boundary(fault.span.end) && !fault.remedy.is_empty(), "{text:?}");
    }
}

#[test]
fn an_open_bracket_is_told_where_it_opens() {
    for (text, at) in [
        ("a: [b\nc: d\n", 3),
        ("a:\n  - {b: 1\n  - c: 2\n", 7),
        ("a: [b,\n  # why\n  [c, d\n  ]\ne:\n  - f\n", 3),
        ("a: &x [b\nc: d\n", 6),
        ("a: [b\n\nc: \"d\"\n", 3),
    ] {
        let fault = fault(text).unwrap_or_else(|| panic!("{text:?} is read"));
        assert!(fault.reason.contains("never closed"), "{text:?}: {fault:?}");
        assert_eq!(fault.span, at..at + 1, "{text:?}: {fault:?}");
    }
    for text in ["a: [b,\n  c: d: e]\nf: g\n", "a: [b, c: d: e]\n", "a: [b]\nc: d: e\n", "a: {\n  b: c: d\n}\n"] {
        let fault = fault(text).unwrap_or_else(|| panic!("{text:?} is read"));
        assert!(!fault.reason.contains("never closed"), "{text:?}: {fault:?}");
    }
}

#[test]
fn depth_and_aliases_are_bounded() {
    for text in [
        "[".repeat(300),
        "- ".repeat(300),
        format!("{}1{}", "{a: ".repeat(128), "}".repeat(128)),
        format!("{}x", "- ".repeat(127) + "- "),
    ] {
        assert!(fault(&text).is_some_and(|fault| fault.too_deep), "{text}");
    }
    assert_eq!(fault(&format!("{}x", "- ".repeat(127))), None);
    let deep = format!("a: &x {}1{}\nb: {}*x{}\n", "[".repeat(70), "]".repeat(70), "[".repeat(70), "]".repeat(70));
    assert!(fault(&deep).is_some_and(|fault| fault.too_deep));
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{below}]\n");
    }
    assert!(fault(&bomb).is_some_and(|fault| fault.reason.contains("100,000")));
}

#[test]
fn a_name_that_stands_twice_is_noted() {
    let text = "a: 1\nb: &x {c: 1, 'c': 2}\n\"a\": *x\n";
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena).expect("it is YAML");
    assert_eq!(arena.duplicates.len(), 2);
}

/// What makes a text unreadable wherever it stands among the members of an object.
const DAMAGE: [&str; 25] = [
    "\tx: 1\n",
    "x: @y\n",
    "x: `y`\n",
    "x: \"y\n",
    "x: 'y\n",
    "x: [y\n",
    "x: {y\n",
    "x: ]\n",
    "x: }\n",
    "x: *nowhere\n",
    "x: !u!v w\n",
    "x: y: z\n",
    "x\n",
    "x: \"\\q\"\n",
    "- x\n",
    "? [a]\n: b\n",
    "x: |9z\n a\n",
    "x: \"a\" b\n",
    "x: %y\n",
    "---\n",
    "x: !own y\n",
    "x: !!int y\n",
    "x: !<y\n",
    "x: [a b: c: d]\n",
    "x: , y\n",
];

#[test]
fn damage_is_told_once_and_never_panics() {
    let starts: Vec<usize> = SOUND
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| SOUND[*at..].starts_with(|first: char| first.is_ascii_lowercase()))
        .skip(1)
        .collect();
    let mut count = 0;
    for at in starts {
        for damage in DAMAGE {
            let text = format!("{}{damage}{}", &SOUND[..at], &SOUND[at..]);
            let fault = fault(&text).unwrap_or_else(|| panic!("{damage:?} at {at} is read"));
            assert!(fault.span.end <= text.len() && text.is_char_boundary(fault.span.start), "{fault:?}");
            count += 1;
        }
    }
    assert!(count > 250, "{count}");
    for at in (0..SOUND.len()).filter(|at| SOUND.is_char_boundary(*at)) {
        // Cut short, and with a character too many: read or not, but without a panic and within the text.
        for text in [SOUND[..at].to_owned()].into_iter().chain(
            ["\0", "\u{7}", "\t", ":", "\"", "'", "[", "}", "*", "&", "!", "|", "\u{feff}", "\r", "- ", "é"]
                .map(|extra| format!("{}{extra}{}", &SOUND[..at], &SOUND[at..])),
        ) {
            if let Some(fault) = fault(&text) {
                assert!(
                    fault.span.end <= text.len() && text.get(fault.span.clone()).is_some(),
                    "{fault:?} in {text:?}"
                );
            }
        }
    }
}

/// A text as it is written, and what it is.
fn written() -> impl Strategy<Value = (String, String)> {
    let line = "x[a-zäü€0-9#, :'\"\\\\-]{0,12}[a-zé]";
    prop_oneof![
        "x[a-zäü€0-9 ]{0,12}[a-zé]".prop_map(|text| (text.clone(), text)),
        line.prop_map(|text| (format!("'{}'", text.replace('\'', "''")), text)),
        "[a-zäü€\t\n\u{1}\"\\\\/ ]{0,12}".prop_map(|text| (serde_json::to_string(&text).expect("it is a text"), text)),
        prop::collection::vec(prop_oneof![4 => line, 1 => ""], 1..4).prop_filter_map(
            "begins and ends in text",
            |lines| {
                let ends = !lines.first()?.is_empty() && !lines.last()?.is_empty();
                let text = lines.join("\n");
                ends.then(|| (format!("|-\n      {}", text.replace('\n', "\n      ")), text))
            }
        ),
        line.prop_map(|text| (format!("| # why: |\n      {text}"), format!("{text}\n"))),
    ]
}

/// What a scalar as it is written means, read in another way than the parser's.
fn decoded(written: &str) -> String {
    match written.as_bytes().first() {
        Some(b'\'') => written[1..written.len() - 1].replace("''", "'"),
        Some(b'"') => serde_json::from_str(written).expect("it is a JSON text"),
        Some(b'|') => {
            let (head, rest) = written.split_once('\n').expect("a block has a second line");
            let lines: Vec<_> = rest.split('\n').map(|line| line.trim_end_matches('\r').trim_start()).collect();
            lines.join("\n") + if head.starts_with("|-") { "" } else { "\n" }
        }
        _ => written.to_owned(),
    }
}

proptest! {
    #[test]
    fn the_text_at_a_span_decoded_is_the_value(values in prop::collection::vec(written(), 1..6), crlf: bool, offset in 0..3_usize) {
        let mut text = "€".repeat(offset);
        let start = text.len();
        text.push_str("# ü\nlist:\n  - 'é': 1\n");
        for (number, (written, _)) in values.iter().enumerate() {
            text.push_str(&format!("    k{number}: !!str {written}\n"));
        }
        text.push_str("end: true\n");
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let mut arena = Arena::new();
        scan(&text, start..text.len(), &mut arena).map_err(|fault| TestCaseError::fail(format!("{fault:?} in {text:?}")))?;
        let document = Document::new(&text, &arena);
        let members = document.root().and_then(|root| root.resolve("/list/0")).expect("it is there");
        let found: Vec<_> = members.members().skip(1).map(|(_, value)| value).collect();
        prop_assert_eq!(found.len(), values.len());
        for (node, (_, wanted)) in found.iter().zip(&values) {
            prop_assert_eq!(node.raw_text(), wanted.as_str());
            prop_assert_eq!(&decoded(node.source()), wanted);
        }
    }
}
