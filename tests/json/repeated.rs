//! Names that stand twice: the last value counts, and the repetition is told.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use reclint::document::{Arena, Document, Name, NodeRef};
use reclint::syntax::json::scan;
use reclint::{Finding, Linter, Severity};

use super::texts::quoted;
use super::{assert_same_as_serde, cases};

fn duplicates_of(text: &str) -> Vec<Finding> {
    let linter = Linter::builder().select(["duplicate-key"]).build().expect("the rule is known");
    linter.check("record.json", text.as_bytes()).findings
}

/// Each repeated name: where it stands again, and where it stood before.
fn repeated(findings: &[Finding]) -> Vec<(usize, usize)> {
    let byte = |byte: u64| usize::try_from(byte).unwrap();
    findings.iter().map(|finding| (byte(finding.start.byte), byte(finding.related[0].start.byte))).collect()
}

#[test]
fn repeated_names_are_told_where_they_stand_again() {
    let table: [(&str, &[(usize, usize)]); 9] = [
        (r#"{"a": 1, "b": 2}"#, &[]),
        (r#"{"a": {"a": 1}, "b": {"a": 1}}"#, &[]),
        (r#"[{"a": 1}, {"a": 1}]"#, &[]),
        (r#"{"a": 1, "a": 2}"#, &[(9, 1)]),
        (r#"{"a": 1, "a": 2, "a": 3}"#, &[(9, 1), (17, 9)]),
        (r#"{"a": 1, "b": 2, "a": 3, "b": 4}"#, &[(17, 1), (25, 9)]),
        (r#"{"a": 1, "\u0061": 2}"#, &[(9, 1)]),
        (r#"{"": 1, "x": {"y": [], "y": []}, "": 3}"#, &[(23, 14), (33, 1)]),
        ("{\"a\": 1, \"A\": 2, \"a \": 3, \"\u{e1}\": 4, \"a\u{301}\": 5}", &[]),
    ];
    for (text, wanted) in table {
        assert_eq!(repeated(&duplicates_of(text)), wanted, "{text}");
    }
}

#[test]
fn a_repeated_name_with_the_same_value_weighs_less() {
    let other = duplicates_of(r#"{"a": {"b": 1}, "a": {"b": 2}}"#);
    let same = duplicates_of(r#"{"a": {"b": 1}, "a": {"b": 1}}"#);
    assert_eq!((other[0].severity, same[0].severity), (Severity::Error, Severity::Warning));
    assert!(other[0].message.contains("`a`") && other[0].message.contains("only the last counts"), "{other:?}");
    assert_eq!((other[0].pointer.as_deref(), other[0].value.as_deref()), (Some("/a"), Some("a")));
}

#[test]
fn of_a_repeated_name_the_last_value_is_given() {
    let text = r#"{"a": 1, "b": 2, "\u0061": 3, "a": 4}"#;
    let mut arena = Arena::new();
    scan(text, 0..text.len(), &mut arena).unwrap();
    let document = Document::new(text, &arena);
    let root = document.root().unwrap();
    let (key, value) = root.member(&Name::new("a")).expect("it is there");
    assert_eq!((key.span(), value.source()), (30..33, "4"));
    assert_eq!(root.get(&Name::new("b")).map(NodeRef::source), Some("2"));
    assert_eq!(root.get(&Name::new("c")), None);
    assert_eq!(root.resolve("/a").map(NodeRef::source), Some("4"));
    assert_eq!((root.len(), root.members().count()), (4, 4), "as written, there are four");
}

/// An object of members, with where each name stands.
fn object(members: &[(String, u8)]) -> (String, Vec<usize>) {
    let mut text = "{".to_owned();
    let mut places = Vec::new();
    for (position, (name, value)) in members.iter().enumerate() {
        let comma = if position > 0 { ", " } else { "" };
        text.push_str(comma);
        places.push(text.len());
        let _ = write!(text, "{name}: {value}");
    }
    (text + "}", places)
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn every_repetition_is_found_once_in_objects_of_any_size(
        numbers in vec((0_u16..400, any::<bool>(), 0_u8..3), 0..200),
        repeats in vec((any::<Index>(), any::<Index>()), 0..6),
    ) {
        let mut members: Vec<_> = numbers
            .iter()
            .map(|(number, escaped, value)| (quoted(&format!("member-{number}"), &[0].repeat(usize::from(*escaped))), *value))
            .collect();
        if !members.is_empty() {
            for (from, to) in repeats {
                let again = members[from.index(members.len())].clone();
                members.insert(to.index(members.len()), again);
            }
        }
        let (text, places) = object(&members);
        let names: Vec<String> = members.iter().map(|(name, _)| serde_json::from_str(name).unwrap()).collect();
        let wanted: Vec<_> = (0..names.len())
            .filter_map(|again| {
                let before = names[..again].iter().rposition(|name| *name == names[again])?;
                Some((places[again], places[before]))
            })
            .collect();
        let findings = duplicates_of(&text);
        prop_assert_eq!(repeated(&findings), wanted);
        for (finding, (again, before)) in findings.iter().zip(repeated(&findings)) {
            let value_at = |place: usize| members[places.iter().position(|at| *at == place).unwrap()].1;
            let severity = if value_at(again) == value_at(before) { Severity::Warning } else { Severity::Error };
            prop_assert_eq!(finding.severity, severity);
        }
        assert_same_as_serde(&text);
    }
}
