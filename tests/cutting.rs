//! Large files: wherever they are cut, each record is judged as it would be alone, and told at its own place; with any
//! number of threads, in the same words.

#![cfg(feature = "cli")]
#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use proptest::prelude::*;
use reclint::document::Position;
use reclint::{Finding, Linter};

/// A chunk is a quarter of a megabyte: these are a few.
const FILE_BYTES: usize = 1_100_000;
/// It looks at the records of a chunk together.
const NOT_ALONE: &str = "unvalidated-record";

/// Numbers without a pattern, the same ones for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("it is small")
    }

    fn pick<'a>(&mut self, faces: &[&'a str]) -> &'a str {
        faces[self.below(faces.len())]
    }
}

/// White space between two tokens.
fn space(dice: &mut Dice, in_line: bool) -> &'static str {
    let spaces = ["", "", " ", "  \t", "\n", "\r\n    ", "\n\n"];
    dice.pick(&spaces[..if in_line { 4 } else { spaces.len() }])
}

/// A record of one of the known formats, with or without faults, or a broken one.
fn record(dice: &mut Dice, in_line: bool) -> String {
    if dice.below(12) == 0 {
        let broken = [
            r#"{"doi": "10.5061/dryad.8515", }"#,
            r#"{"doi": "10.5061/dryad.8515", "titles": [{"title": "\ud83c"}]}"#,
            r#"{"doi": 10.5061/dryad.8515}"#,
            r#"{"titles": [{"title": "Schnee" "lang": "de"}]}"#,
            r#"{"é": NaN}"#,
        ];
        return dice.pick(&broken).to_owned();
    }
    let title = ["Snow", r#"]}, {\"[\\"#, r"Schneeh\u00f6he \ud83c\udf28", "雪の深さ", "", r"\\", "null"];
    let title = dice.pick(&title).repeat(1 + dice.below(3));
    let long =
        if dice.below(40) == 0 { "Schnee und Lawinen [{ \\\" }] ❄ ".repeat(dice.below(2000)) } else { String::new() };
    let [a, b, c, d] = [(); 4].map(|()| space(dice, in_line));
    if dice.below(3) == 0 {
        let issued = dice.pick(&["2024-05-17", "17.5.2024", "2024-13-01", ""]);
        return format!(
            "{{{a}\"uuid\":{b}\"0b5c\",\"type\": \"item\",{c}\"metadata\": {{{d}\"dc.title\": [{{\"value\": \"{title}\"}}],\
             {a}\"dc.date.issued\": [{{\"value\": \"{issued}\"}}], \"dc.description\":{b}[{{\"value\": \"{long}\"}}]}}}}"
        );
    }
    let creators = dice.pick(&["", r#"{"name": "Keller, Ruth"}"#, r#"{"name": " "}"#]);
    let date = dice.pick(&["2024-05-17", "1984-10-01/2024-04-30", "17. Mai 2024", "2024-02-30"]);
    let doi = dice.pick(&["10.5061/dryad.8515", "doi:10.5061/dryad.8515", "11.1/2"]);
    let year = dice.pick(&["2024", "2024, \"publicationYear\": 2023", "1e400"]);
    format!(
        "{{\"doi\":{a}\"{doi}\",{b}\"creators\": [{creators}],{c}\"titles\": [{{\"title\":{d}\"{title}\"}}],\
         \"publisher\": \"EnviDat\",{b}\"publicationYear\": {year}, \"types\": {{{a}}}, \"descriptions\": [\"{long}\"],\
         {c}\"dates\": [{{\"date\": \"{date}\", \"dateType\": \"Issued\"}}]}}"
    )
}

/// A file of records, and where each stands.
struct File {
    name: &'static str,
    text: String,
    records: Vec<(usize, String)>,
    /// Pointer to the list; nothing where each line is a record.
    list: Option<&'static str>,
}

fn file(seed: u64, (name, open, close): (&'static str, &str, &str), list: Option<&'static str>) -> File {
    let dice = &mut Dice(seed | 1);
    let mut file = File { name, text: open.to_owned(), records: Vec::new(), list };
    while file.text.len() < FILE_BYTES {
        if !file.records.is_empty() {
            file.text += if list.is_some() { "," } else { "\n" };
        }
        file.text += space(dice, false);
        let record = record(dice, list.is_none());
        file.records.push((file.text.len(), record));
        file.text += &file.records[file.records.len() - 1].1;
        file.text += space(dice, list.is_none());
    }
    file.text += close;
    file
}

fn files(seed: u64) -> [File; 3] {
    let before =
        format!("{{\"links\": {{\"sélf\": \"{}\"}},\n\"meta\": [1, [\"]\"]], \"data\": [", "]}".repeat(50_000));
    let after = format!("], \"included\": [{{\"data\": [\"{}❄\"]}}],\n \"é\": 1, \"é\": 2}}\n", "❄".repeat(150_000));
    [
        file(seed, ("list.json", " [", "]\n"), Some("")),
        file(seed, ("answer.json", &before, &after), Some("/data")),
        file(seed, ("records.ndjson", "", "\n"), None),
    ]
}

fn linter() -> Linter {
    Linter::builder().select(["all"]).ignore([NOT_ALONE]).build().expect("the words are known")
}

/// What should be found: what is found in each record alone, moved to where the record stands.
fn wanted(file: &File, linter: &Linter) -> Vec<Finding> {
    let mut alone: HashMap<&str, Vec<Finding>> = HashMap::new();
    let mut all = Vec::new();
    let (mut from, mut line, mut column) = (0, 0, 0);
    for ((start, record), index) in file.records.iter().zip(0..) {
        for character in file.text[from..*start].chars() {
            (line, column) = if character == '\n' { (line + 1, 0) } else { (line, column + 1) };
        }
        from = *start;
        let moved = |position: &mut Position| {
            position.byte += *start as u64;
            position.column += if position.line == 1 { column } else { 0 };
            position.line += line;
        };
        let lead = |pointer: &mut Option<String>| {
            if let (Some(pointer), Some(list)) = (pointer, file.list) {
                pointer.insert_str(0, &format!("{list}/{index}"));
            }
        };
        let found = alone.entry(record).or_insert_with(|| linter.check(file.name, record.as_bytes()).findings);
        for mut finding in found.iter().cloned() {
            moved(&mut finding.start);
            moved(&mut finding.end);
            lead(&mut finding.pointer);
            for related in &mut finding.related {
                moved(&mut related.start);
                moved(&mut related.end);
                lead(&mut related.pointer);
            }
            let name = Arc::make_mut(finding.record.as_mut().expect("it is of a record"));
            name.index = index;
            name.row = file.list.is_none().then_some(line + 1);
            all.push(finding);
        }
    }
    all
}

fn assert_found(file: &File, linter: &Linter) {
    let mut found = linter.check(file.name, file.text.as_bytes()).findings;
    if file.list == Some("/data") {
        let round = found.pop().expect("something is wrong behind the list");
        let at = file.text.rfind("\"é\"").expect("it is there") as u64;
        assert_eq!((&*round.rule, round.start.byte, round.record.is_none()), ("duplicate-key", at, true));
        let line = file.text.lines().count() as u64;
        assert_eq!((round.start.line, round.start.column, round.pointer.as_deref()), (line, 10, Some("/é")));
    }
    let wanted = wanted(file, linter);
    let rules: std::collections::BTreeSet<_> = wanted.iter().map(|finding| &*finding.rule).collect();
    assert!(rules.len() > 8 && wanted.len() > 1000, "much should be found: {rules:?}");
    for (position, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
        assert_eq!(found, wanted, "finding {position} in {}", file.name);
    }
    assert_eq!(found.len(), wanted.len(), "in {}", file.name);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn records_of_large_files_are_judged_as_they_are_alone(seed in any::<u64>()) {
        let linter = linter();
        for file in files(seed) {
            assert_found(&file, &linter);
        }
    }
}

fn reclint(words: &[&str], stdin: Option<&Path>) -> Vec<u8> {
    let stdin = stdin.map_or_else(Stdio::null, |path| fs::File::open(path).expect("it opens").into());
    let output = Command::new(env!("CARGO_BIN_EXE_reclint"))
        .args(["check", "--isolated", "--select", "all", "--ignore", NOT_ALONE, "--as-of", "2026-01-01"])
        .args(words)
        .stdin(stdin)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("it can be made");
    folder
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = folder("cutting");
    for file in files(7) {
        let path = folder.join(file.name);
        fs::write(&path, &file.text).expect("it can be written");
        let path_text = path.to_str().expect("the path is a text");
        for format in ["json", "pretty"] {
            let words = |threads| reclint(&["--output-format", format, "--threads", threads, path_text], None);
            let one = words("1");
            assert!(one.len() > 1000);
            for threads in ["2", "4"] {
                assert!(words(threads) == one, "{format} of {} with {threads} threads", file.name);
            }
        }
    }
}

#[test]
fn the_program_finds_what_the_library_finds_also_compressed_and_from_standard_input() {
    let folder = folder("cutting-inputs");
    let linter = linter();
    for file in files(11) {
        let report = linter.check(file.name, file.text.as_bytes());
        let mut wanted = String::new();
        for mut finding in report.findings {
            // By their names the files differ, and so do the fingerprints of records without an identifier.
            finding.fingerprint = String::new();
            finding.path = "".into();
            finding.related.iter_mut().for_each(|related| related.path = "".into());
            let _ = writeln!(wanted, "{}", serde_json::to_value(&finding).expect("it is data"));
        }
        let path = folder.join(file.name);
        fs::write(&path, &file.text).expect("it can be written");
        let compressed = folder.join(format!("{}.gz", file.name));
        let to = fs::File::create(&compressed).expect("it can be written");
        let mut encoder = flate2::write::GzEncoder::new(to, flate2::Compression::fast());
        encoder.write_all(file.text.as_bytes()).and_then(|()| encoder.finish()).expect("it can be written");
        let named = ["--stdin-filename", file.name, "-"];
        let text = |path: &PathBuf| path.to_str().expect("the path is a text").to_owned();
        let runs = [
            (vec![text(&path)], None),
            (vec![text(&compressed)], None),
            (named.map(str::to_owned).to_vec(), Some(&path)),
            (named.map(str::to_owned).to_vec(), Some(&compressed)),
        ];
        for (words, stdin) in runs {
            let words: Vec<_> =
                ["--output-format", "ndjson"].into_iter().chain(words.iter().map(String::as_str)).collect();
            let output = reclint(&words, stdin.map(PathBuf::as_path));
            let output = String::from_utf8(output).expect("it is UTF-8");
            let (lines, _) = output.trim_end().rsplit_once('\n').expect("there are findings and a summary");
            let mut found = String::new();
            for line in lines.lines() {
                let mut finding: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
                finding["fingerprint"] = "".into();
                finding["path"] = "".into();
                for related in finding["related"].as_array_mut().expect("it is a list") {
                    related["path"] = "".into();
                }
                let _ = writeln!(found, "{finding}");
            }
            assert!(found == wanted, "{words:?}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_on_hides_neither_what_came_before_nor_other_files() {
    let folder = folder("cutting-breaks");
    let [_, _, file] = files(13);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(file.text.as_bytes()).expect("into memory");
    let whole = encoder.finish().expect("into memory");
    fs::write(folder.join("a.ndjson.gz"), &whole[..whole.len() / 2]).expect("it can be written");
    fs::write(folder.join("b.json.gz"), "no archive").expect("it can be written");
    fs::write(folder.join("c.ndjson"), &file.text).expect("it can be written");
    let mut found = std::collections::BTreeMap::new();
    let path = folder.to_str().expect("the path is a text");
    let result = linter().check_paths([path], &mut |finding| *found.entry(finding.path.to_string()).or_insert(0) += 1);
    let error = result.expect_err("a file could not be read on").to_string();
    assert!(error.contains("a.ndjson.gz"), "{error}");
    let counts: Vec<_> = found.values().copied().collect();
    assert!(matches!(counts[..], [a, c] if a > 100 && c > a), "{found:?}");
}
