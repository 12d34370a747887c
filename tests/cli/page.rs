//! The review page as data: what stands in it is what the other reports say, and none of it is markup.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::{Value, json};

use crate::support::{BROKEN, CLEAN, Place, project};

/// What a page says, with its numbers looked up.
struct Page {
    head: Value,
    summary: Value,
    /// Each with its path and its values.
    records: Vec<Value>,
    findings: Vec<Value>,
}

impl Page {
    fn of(html: &str) -> Self {
        let parts = html.split("<script").flat_map(|part| part.split("<template")).skip(1);
        let elements: Vec<_> = parts.map(|rest| rest.split_once('>').expect("it is closed")).collect();
        // In what is data, no `<` stands.
        let block = |rest: &str| rest.split_once("</").expect("it ends").0.to_owned();
        let all = |kind: &str| -> Vec<String> {
            let of_kind = elements.iter().filter(|(attributes, _)| attributes.contains(kind));
            of_kind.map(|(_, rest)| block(rest)).collect()
        };
        let one = |kind: &str| read(&all(kind)[0]);
        let mut page = Self {
            head: one("id=\"head\""),
            summary: one("id=\"summary\""),
            records: Vec::new(),
            findings: Vec::new(),
        };
        let (mut texts, mut path) = (Vec::new(), Value::Null);
        for (index, details) in all("class=\"index\"").iter().zip(all("class=\"details\"")) {
            let mut values = unpacked(&details).as_array().expect("it is a list").clone().into_iter();
            for line in read(index).as_array().expect("it is a list") {
                let is_path = !line.is_array() || line[0].is_string();
                if is_path {
                    path = looked_up(line, &mut texts);
                    continue;
                }
                let line = line.as_array().expect("it is a list");
                // Of a record the states are a list as well, and no text.
                let text = |texts: &mut Vec<Value>, at: usize| looked_up(&line[at], texts);
                if line[0] == 0 {
                    let (group, states) = (text(&mut texts, 7), line[9].clone());
                    let fields = text(&mut texts, 10);
                    page.records.push(json!({
                        "path": path, "byte": line[1], "line": line[2], "row": line[3], "format": line[4], "id": line[5],
                        "title": line[6], "collection": group, "year": line[8], "states": states, "fields": fields,
                        "values": values.next().expect("each record has its values"),
                    }));
                } else {
                    let field = text(&mut texts, 4);
                    let (message, help) = (text(&mut texts, 8), text(&mut texts, 9));
                    page.findings.push(json!({
                        "path": path, "of": line[1], "rule": page.head["rules"][at(&line[2])]["name"],
                        "severity": page.head["severities"][at(&line[3])], "field": field, "from": line[5], "to": line[6],
                        "present": line[7], "message": message, "help": help, "value": line[10], "suggestion": line[11],
                        "pointer": text(&mut texts, 12), "line": line[13], "column": line[14], "fingerprint": line[15],
                    }));
                }
            }
            assert!(values.next().is_none(), "there are values of no record");
        }
        page
    }

    /// By format and field, how many records have it.
    fn fields(&self) -> BTreeMap<(String, String), u64> {
        let mut counts = BTreeMap::new();
        for record in &self.records {
            let format = self.head["formats"][at(&record["format"])]["title"].as_str().expect("it has a title");
            for (place, digit) in record["fields"].as_str().expect("they are digits").chars().enumerate() {
                let bits = digit.to_digit(16).expect("it is a digit");
                for bit in (0..4).filter(|bit| bits & 1 << bit != 0) {
                    let field = self.head["fields"][place * 4 + bit]["name"].as_str().expect("it has a name");
                    *counts.entry((format.to_owned(), field.to_owned())).or_default() += 1;
                }
            }
        }
        counts
    }
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).expect("it is JSON")
}

fn at(number: &Value) -> usize {
    usize::try_from(number.as_u64().expect("it is a number")).expect("it is small")
}

/// A text, or the number of one that has come; one in a list gets the next number.
fn looked_up(given: &Value, texts: &mut Vec<Value>) -> Value {
    match given {
        Value::Number(_) => texts[at(given)].clone(),
        Value::Array(one) => {
            texts.push(one[0].clone());
            one[0].clone()
        }
        other => other.clone(),
    }
}

/// The details, which are packed.
fn unpacked(text: &str) -> Value {
    let sign = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut packed = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(sign(*byte))) << (6 * (4 - four.len()));
        packed.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    let mut json = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut json).expect("it is packed text");
    read(&json)
}

fn page(place: &Place, arguments: &[&str]) -> Page {
    let run =
        place.run(&[&["check", "--isolated", "--as-of", "2026-01-01", "--output-format", "html"], arguments].concat());
    assert!(run.code < Some(2), "{run}");
    Page::of(&run.stdout)
}

fn report(place: &Place, arguments: &[&str]) -> Value {
    let run =
        place.run(&[&["check", "--isolated", "--as-of", "2026-01-01", "--output-format", "json"], arguments].concat());
    read(&run.stdout)
}

#[test]
fn a_record_stands_in_the_page_as_it_was_understood() {
    let place = Place::new("page-golden").copy("item.json", "examples/dspace/in-review.json").file("clean.json", CLEAN);
    let page = page(&place, &["clean.json", "item.json"]);
    let shown = |record: &Value| {
        let mut shown = record.clone();
        // Fields by their names: their places move with each new one.
        for value in shown["values"].as_array_mut().expect("it is a list").iter_mut().skip(1) {
            value[0] = page.head["fields"][at(&value[0])]["name"].clone();
        }
        let states = shown["states"].as_array().expect("it is a list").iter();
        shown["states"] = states.map(|state| page.head["states"][at(state)]["name"].clone()).collect();
        shown["format"] = page.head["formats"][at(&record["format"])]["title"].clone();
        shown["fields"] = Value::Null;
        shown
    };
    let lines =
        |values: &mut dyn Iterator<Item = Value>| values.map(|value| value.to_string()).collect::<Vec<_>>().join("\n");
    let records = lines(&mut page.records.iter().map(shown)).replace(",[", ",\n  [");
    insta::assert_snapshot!(format!("{records}\n\n{}", lines(&mut page.findings.iter().cloned())));
}

#[test]
fn the_page_says_what_the_other_reports_say() {
    let examples = project().join("examples");
    let examples = examples.to_str().expect("it is a path");
    let place = Place::new("page-same").file("broken.ndjson", format!("{BROKEN}\n{{half\n{CLEAN}\n{BROKEN}\n"));
    let arguments = [examples, "broken.ndjson"];
    let page = page(&place, &arguments);
    let report = report(&place, &[&arguments[..], &["--statistics"]].concat());
    let sorted = |findings: &[Value]| {
        let members = ["path", "rule", "severity", "field", "message", "help", "suggestion", "pointer", "fingerprint"];
        let mut all: Vec<_> =
            findings.iter().map(|finding| members.map(|member| finding[member].to_string())).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&page.findings), sorted(report["findings"].as_array().expect("it is a list")));
    assert_eq!(page.records.len() as u64, page.summary["records"].as_u64().expect("it is a number"));
    // The summary of the page has no statistics: it counts them itself, and comes to the same.
    let mut counted = BTreeMap::new();
    for format in report["summary"]["statistics"]["fields"].as_array().expect("it is a list") {
        for field in format["fields"].as_array().expect("it is a list") {
            let name = |value: &Value| value.as_str().expect("it is a text").to_owned();
            let records = field["records"].as_u64().expect("it is a number");
            counted.insert((name(&format["title"]), name(&field["field"])), records);
        }
    }
    counted.retain(|_, records| *records > 0);
    assert_eq!(page.fields(), counted);
}

#[test]
fn the_page_is_the_same_at_any_number_of_threads() {
    let record = |at: usize| BROKEN.replace("Snow depth", &format!("Snow depth {at}")) + "\n";
    let text: String = (0..3000).map(record).collect();
    let place = Place::new("page-threads").file("many.ndjson", text);
    let run =
        |threads| place.run(&["check", "many.ndjson", "--isolated", "--output-format", "html", "--threads", threads]);
    let one = run("1");
    assert!(one.stdout.len() > 10_000, "{one}");
    assert_eq!(one.stdout, run("3").stdout);
    assert_eq!(Page::of(&one.stdout).records.len(), 3000);
}

#[test]
fn markup_in_a_record_stays_text() {
    let evil = "</script><script>alert(1)</script><!--";
    let place = Place::new("page-markup").file("evil.json", BROKEN.replace("Snow depth", evil));
    let run = place.run(&["check", "evil.json", "--isolated", "--output-format", "html"]);
    assert!(!run.stdout.contains(evil) && !run.stdout.contains("<script>alert"), "{run}");
    assert_eq!(Page::of(&run.stdout).records[0]["title"], evil);
}

#[test]
fn a_limit_holds_for_the_page() {
    let place = Place::new("page-limit").file("in.ndjson", format!("{BROKEN}\n").repeat(5));
    let page = page(&place, &["in.ndjson", "--max-findings-per-rule", "2"]);
    assert_eq!((page.records.len(), page.findings.len()), (5, 2));
}

#[test]
fn the_page_of_an_earlier_run_is_written_anew() {
    let place = Place::new("page-again").file("in.json", BROKEN);
    let arguments = ["check", ".", "--isolated", "--output-format", "html", "-o", "page.json"];
    for _ in 0..2 {
        let run = place.run(&arguments);
        assert_eq!(run.code, Some(1), "{run}");
        assert_eq!(Page::of(&place.text("page.json")).records.len(), 1);
    }
}
