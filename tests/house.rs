//! The house stands as it was drawn: rooms import downwards, each file says what it is for, and the ground floors know
//! neither files nor clock.

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground. A room uses its own floor and those below it.
const FLOORS: [&[&str]; 9] = [
    &["value", "document", "finding", "embedded", "paths", "few", "spool"],
    &["syntax", "format"],
    &["schema", "beside"],
    &["check"],
    &["rule"],
    &["policy", "report"],
    &["input", "engine", "linter"],
    &["config"],
    &["cli"],
];

/// A file that passes this many lines usually hides two.
const MOST_LINES: usize = 400;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder reads") {
        let path = entry.expect("the entry reads").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Each file of `src`, as its path there and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).expect("the file reads"))
        })
        .collect()
}

/// The room a file belongs to; none for the roof (`lib.rs`, `main.rs`).
fn room(file: &str) -> Option<&str> {
    let name = file.split('/').next()?.trim_end_matches(".rs");
    (!matches!(name, "lib" | "main")).then_some(name)
}

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("the room `{room}` is on no floor"))
}

/// The rooms that a text names as `crate::room` or `crate::{room, ...}`.
fn named_rooms(text: &str) -> BTreeSet<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    // A list may run over several lines.
    let lists = text.split("crate::{").skip(1).flat_map(first_names);
    let names = code.flat_map(|line| line.split("crate::").skip(1)).map(name);
    names.chain(lists).filter(|name| !name.is_empty()).collect()
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(text.len())]
}

/// Of a list of imports, up to its closing bracket, the first name of each.
fn first_names(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0_usize, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(list[start..at].trim()));
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn every_way_to_name_a_room_is_seen() {
    let named = |text| named_rooms(text).into_iter().collect::<Vec<_>>();
    assert_eq!(named("use crate::cli::args;\nuse crate::Linter;\n// use crate::rule;"), ["cli"]);
    assert_eq!(named("use crate::{cli, input::{find, shown}, Linter,\n    engine::Run};"), ["cli", "engine", "input"]);
    assert_eq!(named("fn of(run: crate::engine::Run) -> crate::report::Look {"), ["engine", "report"]);
}

#[test]
fn rooms_import_downwards() {
    for (file, text) in sources() {
        let Some(room) = room(&file) else { continue };
        for other in named_rooms(&text) {
            assert!(floor(other) <= floor(room), "{file}: `{room}` uses `{other}`, which is above it");
        }
    }
}

#[test]
fn rooms_of_one_floor_do_not_use_each_other_round() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in sources() {
        let Some(room) = room(&file) else { continue };
        let others = named_rooms(&text).into_iter().filter(|other| *other != room).map(str::to_owned);
        uses.entry(room.to_owned()).or_default().extend(others);
    }
    for (room, others) in &uses {
        for other in others {
            let back = uses.get(other).is_some_and(|back| back.contains(room));
            assert!(!back, "`{room}` and `{other}` use each other");
        }
    }
}

#[test]
fn below_input_there_are_no_files_and_no_clock() {
    const FORBIDDEN: [&str; 7] =
        ["std::fs", "std::env", "env::var", "SystemTime", "Instant::", "std::net", "std::process"];
    // What a report writes last waits in a file that has no name.
    const READERS: [&str; 3] = ["input/files.rs", "input/feed.rs", "spool.rs"];
    for (file, text) in sources() {
        let Some(room) = room(&file).filter(|room| floor(room) < floor("cli")) else { continue };
        if READERS.contains(&file.as_str()) {
            continue;
        }
        for word in FORBIDDEN {
            assert!(!text.contains(word), "{file}: `{room}` uses {word}");
        }
    }
}

#[test]
fn only_the_schema_room_knows_the_jsonschema_crate() {
    for (file, text) in sources() {
        let names = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("jsonschema::"));
        assert!(!names || room(&file) == Some("schema"), "{file} names the crate jsonschema");
    }
}

#[test]
fn only_reports_know_miette_and_how_spreadsheets_are_written() {
    for (file, text) in sources() {
        for name in ["miette", "rust_xlsxwriter"] {
            let names = |line: &str| !line.trim_start().starts_with("//") && line.contains(&format!("{name}::"));
            let known = room(&file) == Some("report");
            assert!(known || !text.lines().any(names), "{file} names the crate {name}");
        }
    }
}

#[test]
fn files_say_what_they_are_for_and_hide_no_second_one() {
    for (file, text) in sources() {
        assert!(text.starts_with("//!"), "{file} does not begin with what it is for");
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{file} has {lines} lines: which two files is it?");
    }
}

#[test]
fn no_rust_names_a_format() {
    // A format is a folder of data: the engine, the checks and the reports must not know one by name.
    for (file, text) in sources() {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for format in ["\"dspace\"", "\"datacite\""] {
                let is_form = file.starts_with("format/crosswalk.rs");
                assert!(is_form || !line.contains(format), "{file} names the format {format}: {line}");
            }
        }
    }
}
