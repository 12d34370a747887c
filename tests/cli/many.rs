//! Records with thousands of things wrong in one list: each is told at its place, and frames stay short.

use crate::support::{CLEAN, Place, Run};

const MANY: usize = 3000;

fn findings(run: &Run, rule: &str) -> Vec<serde_json::Value> {
    let lines = run.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
    lines.filter(|finding: &serde_json::Value| finding["rule"] == rule).collect()
}

#[test]
fn names_that_are_not_known() {
    let names = (0..MANY).map(|number| format!("unknown-{number}: x\n")).collect::<Vec<_>>().concat();
    let head = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Snow\nauthors:\n  - family-names: Keller\n";
    let place = Place::new("many-names").file("CITATION.cff", format!("{head}{names}"));
    let run = place.run(&["check", "CITATION.cff", "--isolated", "--output-format", "ndjson"]);
    let found = findings(&run, "schema-violation");
    assert_eq!(found.len(), MANY);
    for (number, finding) in found.iter().enumerate() {
        assert_eq!(finding["pointer"], format!("/unknown-{number}"));
        assert_eq!(finding["start"]["line"], number + 6);
    }
}

#[test]
fn one_value_that_stands_in_a_long_line_again_and_again() {
    let subjects = vec![r#"{"subject":"Über-Schnee"}"#; MANY].join(",");
    let text = CLEAN.replace(r#"{"subject":"snow"}"#, &subjects);
    let begins = text.chars().count() - text.split_once("Über").expect("it is there").1.chars().count() - 4;
    let place = Place::new("many-equal-values").file("one.json", &text);
    let run = place.run(&["check", "one.json", "--isolated", "--output-format", "ndjson"]);
    let found = findings(&run, "repeated-value");
    assert_eq!(found.len(), 1, "{run}");
    let mut places = vec![(&found[0]["pointer"], &found[0]["start"]["column"])];
    let related = found[0]["related"].as_array().expect("it is a list");
    places.extend(related.iter().map(|place| (&place["pointer"], &place["start"]["column"])));
    places.sort_by_key(|(_, column)| column.as_u64());
    assert_eq!(places.len(), MANY);
    for (number, (pointer, column)) in places.iter().enumerate() {
        assert_eq!(**pointer, format!("/subjects/{number}/subject"));
        assert_eq!(column.as_u64(), Some((begins + number * r#"{"subject":"Über-Schnee"},"#.chars().count()) as u64));
    }
    // Nobody reads a frame with thousands of places.
    let run = place.run(&["check", "one.json", "--isolated"]);
    assert!(run.stdout.contains("and in 2,987 more places"), "{run}");
    assert!(run.stdout.lines().count() < 60, "{run}");
}

#[test]
fn columns_of_one_name() {
    let columns = vec!["dc.subject"; MANY].join(",");
    let place =
        Place::new("many-columns").file("wide.csv", format!("id,dc.title,{columns}\n+,Snow{}\n", ",a".repeat(MANY)));
    let run =
        place.run(&["check", "wide.csv", "--isolated", "--output-format", "ndjson", "--select", "duplicate-column"]);
    let found = findings(&run, "duplicate-column");
    assert_eq!(found.len(), MANY - 1);
    assert_eq!((&found[0]["cell"], &found[MANY - 2]["cell"]), (&"D1".into(), &"DKL1".into()));
    assert!(found.iter().all(|finding| finding["message"].as_str().is_some_and(|says| says.contains("the column C "))));
}
