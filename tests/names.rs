//! Names of people: what is the same, what goes together, what is told apart; and lists of thousands of them.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use reclint::Linter;
use reclint::value::name::Likeness::{Compatible, Different, OtherGiven, Same, Unclear};
use reclint::value::name::{Likeness, Name};

const PAIRS: [(&str, &str, Likeness); 42] = [
    // The same letters.
    ("Keller, Ruth", "Ruth Keller", Same),
    ("Keller, Ruth", "KELLER, RUTH", Same),
    ("Müller, Anna", "Mueller, Anna", Same),
    ("Müller, Anna", "Muller, Anna", Same),
    ("Mu\u{308}ller, Anna", "Müller, Anna", Same),
    ("Mu\u{308}ller, Anna", "Mueller, Anna", Same),
    ("García, Sofía M.", "Garcia, Sofia M", Same),
    ("O'Brien, Pat", "OBrien, Pat", Same),
    ("Kim, Min-soo", "Kim, Minsoo", Same),
    ("Weiß, Eva", "Weiss, Eva", Same),
    ("Ærø, Bo", "Aeroe, Bo", Same),
    ("Łukasz Żak", "Zak, Lukasz", Same),
    ("ETH Zürich", "ETH Zurich", Same),
    ("Office of Snow, ", "Office of Snow", Same),
    ("王伟", "王伟", Same),
    // They can be of one person.
    ("Müller, A.", "Mueller, Anna", Compatible),
    ("Smith, J. R.", "Smith, John", Compatible),
    ("Smith, Rob", "Smith, Robert", Compatible),
    ("Smith, John Robert", "Smith, Robert", Compatible),
    ("R. Keller", "Ruth Keller", Compatible),
    ("Li Wei", "Li, W.", Compatible),
    ("Meier-Huber, Anna", "Meier, Anna", Compatible),
    ("García Márquez, Gabriel", "Márquez, Gabriel", Compatible),
    ("van der Berg, Jan", "Berg, Jan van der", Compatible),
    ("Petersen, Ida", "Pedersen, Ida", Compatible),
    ("Keller", "Keller, Ruth", Compatible),
    // One family, two people.
    ("Meier, Anna", "Meier, Beat", OtherGiven),
    ("Meier, Anna", "Meier, Andreas", OtherGiven),
    ("Anna Meier", "Beat Meier", OtherGiven),
    ("Meier, Anna", "Beat Meier", OtherGiven),
    // Two.
    ("Keller, Ruth", "Meier, Ruth", Different),
    ("Ruth Keller", "Ruth Meier", Different),
    ("Keller, Ruth", "Ruth Meier", Different),
    ("Xue, Li", "Xu, Li", Different),
    ("Li, Wei", "Wang, Wei", Different),
    ("van Berg, Anna", "van Dijk, Anna", Different),
    ("Keller, Ruth", "ETH Zurich", Different),
    // Nothing can be said.
    ("王伟", "Wang, Wei", Unclear),
    ("Иванов, Иван", "Ivanov, Ivan", Unclear),
    ("", "", Unclear),
    ("...", "Keller, Ruth", Unclear),
    ("王伟", "李娜", Unclear),
];

#[test]
fn names_are_compared() {
    let mut wrong = String::new();
    for (left, right, likeness) in PAIRS {
        for (left, right) in [(left, right), (right, left)] {
            let found = Name::read(left).likeness(&Name::read(right));
            if found != likeness {
                let _ = writeln!(wrong, "{left:?} and {right:?}: {found:?}, not {likeness:?}");
            }
            if found == Same && Name::read(left).key() != Name::read(right).key() {
                let _ = writeln!(wrong, "{left:?} and {right:?} have two keys");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn turned_names_are_two_people_where_the_comma_says_so() {
    assert_ne!(Name::read("Li, Wei").likeness(&Name::read("Wei, Li")), Same);
}

#[test]
fn some_names_are_not_enough() {
    for telling in ["Keller, Ruth", "Ruth Keller", "ETH Zurich", "NASA", "Lunt, Sophia Y", "Meier, J. Ruth"] {
        assert!(Name::read(telling).is_telling(), "{telling}");
    }
    for short in ["Wang, Y.", "Y. Wang", "Wang, JR", "[s.n.]", "N.N.", "", "Wang, Y. Z."] {
        assert!(!Name::read(short).is_telling(), "{short}");
    }
}

fn record(creators: impl Iterator<Item = String>) -> String {
    let creators: Vec<_> = creators.collect();
    format!(r#"{{"doi": "10.5072/snow", "titles": [{{"title": "Snow"}}], "creators": [{}]}}"#, creators.join(", "))
}

/// A name of letters that stands for a number.
fn letters(number: usize) -> String {
    let digits = [number / 676 % 26, number / 26 % 26, number % 26];
    digits.iter().map(|digit| char::from(b'a' + u8::try_from(*digit).unwrap_or(0))).collect()
}

#[test]
fn thousands_of_creators_are_no_matter() {
    let linter = Linter::builder().build().expect("the program's own files are right");
    let count = |text: &str, rule: &str| {
        let report = linter.check("list.json", text.as_bytes());
        report.findings.iter().filter(|finding| &*finding.rule == rule).count()
    };
    let start = Instant::now();
    let all = record((0..3_000).map(|n| format!(r#"{{"name": "Keller{0}, Ruth{0}"}}"#, letters(n))));
    assert_eq!(count(&all, "same-person-twice"), 0);
    let twice = record((0..3_000).map(|n| format!(r#"{{"name": "Keller{0}, Ruth{0}"}}"#, letters(n % 1_500))));
    assert_eq!(count(&twice, "same-person-twice"), 1_500);
    let one = record((0..3_000).map(|_| r#"{"name": "Keller, Ruth"}"#.to_owned()));
    assert_eq!(count(&one, "same-person-twice"), 1);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
