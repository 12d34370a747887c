//! What can be named: files, folders, patterns, standard input; plain or compressed.

use crate::support::{BROKEN, CLEAN, Place, gzip};

/// The paths that were found something in, in order.
fn paths(place: &Place, arguments: &[&str]) -> Vec<String> {
    let run = place.run(&[&["check", "--output-format", "concise", "--for", "auditor"], arguments].concat());
    run.stdout
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(_, rest)| rest.contains("invalid-doi"))
        .map(|(path, _)| path.to_owned())
        .collect()
}

fn tree(name: &str) -> Place {
    Place::new(name)
        .file("b.json", BROKEN)
        .file("a/one.json", BROKEN)
        .file("a/two.ndjson", format!("{CLEAN}\n\n{BROKEN}\n"))
        .file("a/three.jsonl.gz", gzip(BROKEN))
        .file("a/.zenodo.json", BROKEN)
        .file("a/.cache/x.json", BROKEN)
        .file("ignored/x.json", BROKEN)
        .file("a/tsconfig.json", r#"{"compilerOptions": {"doi": 1}}"#)
        .file("a/package.json", r#"{"name": "broken", }"#)
        .file("a/notes.txt", "nothing")
        .file(".gitignore", "ignored/\n")
        .file(".git/HEAD", "")
}

#[test]
fn a_folder_is_walked_in_order_and_what_is_not_ours_is_passed_over() {
    let place = tree("walk");
    let wanted = ["a/.zenodo.json", "a/one.json", "a/three.jsonl.gz", "a/two.ndjson", "b.json"];
    assert_eq!(paths(&place, &[]), wanted);
    assert_eq!(paths(&place, &["."]), wanted);
    assert_eq!(paths(&place, &["a", "b.json"]), wanted);
    assert_eq!(paths(&place, &["b.json", "a/"]), wanted);
    insta::assert_snapshot!(place.run(&["check", "--for", "submitter", "."]));
}

#[test]
fn a_file_that_is_called_so_is_ours_whatever_is_in_it() {
    let place = Place::new("called")
        .file("a/.zenodo.json", r#"{ "license": "MIT" }"#)
        .file("a/codemeta.json", "{ \"name\": \"snowtools\", }")
        .file("b/codemeta.json", r#"[{ "name": "snowtools" }, "no record", { "@graph": [], "@context": "codemeta" }]"#)
        .file("b/.zenodo.json", BROKEN)
        .file("b/my-codemeta.json", r#"{ "name": "snowtools" }"#)
        .file("c/.zenodo.json.gz", gzip(r#"{ "metadata": { "upload_type": "software" } }"#));
    let rules = "missing-title,missing-creator,invalid-doi,syntax-error,unknown-format,schema-violation";
    let words = ["check", "--output-format", "concise", "--for", "auditor", "--select", rules, "."];
    insta::assert_snapshot!(place.run(&words));
    insta::assert_snapshot!(place.run(&["formats", "a/.zenodo.json"]));
}

#[test]
fn patterns_are_ours_too() {
    let place = tree("patterns");
    assert_eq!(paths(&place, &["a/*.json"]), ["a/one.json"]);
    assert_eq!(paths(&place, &["**/*.json"]), ["a/one.json", "b.json", "ignored/x.json"]);
    assert_eq!(paths(&place, &["a/o?e.json", "[b].json"]), ["a/one.json", "b.json"]);
}

#[test]
fn what_is_named_is_ours_although_git_ignores_it() {
    let place = tree("named");
    assert_eq!(paths(&place, &["ignored/x.json"]), ["ignored/x.json"]);
    assert_eq!(paths(&place, &["ignored"]), ["ignored/x.json"]);
    assert_eq!(place.run(&["check", "a/package.json"]).code, Some(1));
}

#[test]
fn a_file_that_is_named_twice_is_judged_once() {
    let place = tree("twice");
    assert_eq!(
        paths(&place, &["b.json", "./b.json", "*.json", "."]).iter().filter(|path| *path == "b.json").count(),
        1
    );
}

#[test]
fn standard_input() {
    let place = Place::new("stdin");
    let said = |arguments: &[&str], input: &[u8]| {
        let run = place.run_with(&[&["check", "--output-format", "concise"], arguments].concat(), input);
        format!("$ reclint check {}\n{run}", arguments.join(" "))
    };
    let lines = format!("{CLEAN}\n{BROKEN}\n");
    let bom = format!("\u{feff}{CLEAN}");
    let said = [
        said(&["-"], BROKEN.as_bytes()),
        said(&["-"], lines.as_bytes()),
        said(&["-", "--stdin-filename", "deposits/1.json"], BROKEN.as_bytes()),
        said(&["-"], &gzip(BROKEN)),
        said(&["-"], bom.as_bytes()),
        said(&["-"], b""),
        said(&["-"], b"[]"),
        said(&["-"], b"<!DOCTYPE html>\n<html><body>504 Gateway Time-out</body></html>\n"),
        said(&["-"], br#"{"errors":[{"status":"404","title":"The resource you are looking for doesn't exist."}]}"#),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn another_syntax_is_one_finding() {
    let place = Place::new("syntaxes")
        .file("list.csv", "title,doi\nSnow,10.5072/1\n".repeat(50))
        .file("Cargo.toml", "[package]\nname = \"x\"\n\n[dependencies]\na = { version = \"1\" }\n")
        .file("toml.json", "[package]\nname = \"x\"\n\n[dependencies]\na = { version = \"1\" }\n")
        .file("page.json", "<html>\n<body>{}</body>\n</html>\n")
        .file("python.json", "{'doi': None}\n")
        .file("LICENSE", "Permission is hereby granted [1], free of charge {2}\n")
        .file("main.rs", "//! Comment\nfn main() { println!(\"{}\", [1][0]); }\n");
    let run = place.run(&["check", "--output-format", "concise", "*"]);
    insta::assert_snapshot!(run);
}

#[test]
fn between_the_records_of_a_list() {
    let list = format!("[{CLEAN} junk words {CLEAN}, // a remark\n{CLEAN},, {BROKEN},]");
    let place = Place::new("between").file("list.json", list);
    insta::assert_snapshot!(place.run(&["check", "--output-format", "concise", "list.json"]));
}

#[test]
fn what_is_remarked_at_the_beginning_of_a_file_does_not_decide_whose_it_is() {
    // Larger than a chunk, or compressed: the remark comes alone.
    let lines = format!("{BROKEN}\n").repeat(1500);
    let list = format!("\u{feff}[{}]", vec![BROKEN; 1500].join(","));
    let place = Place::new("remarks")
        .file("one/bom.ndjson", format!("\u{feff}{lines}"))
        .file("one/few.ndjson.gz", gzip(&format!("\u{feff}{BROKEN}\n{BROKEN}\n")))
        .file("one/lines.json", &lines)
        .file("one/list.json", list)
        .file("one/other.ndjson", format!("\u{feff}{}", "{\"not\": \"ours\"}\n".repeat(30_000)))
        .file("one/spaces.json.gz", gzip(&format!("\u{feff}{}", " ".repeat(600_000))));
    let mut found = paths(&place, &["one"]);
    assert_eq!(found.len(), 3 * 1500 + 2);
    found.dedup();
    assert_eq!(found, ["one/bom.ndjson", "one/few.ndjson.gz", "one/lines.json", "one/list.json"]);
    let run = place.run(&["check", "--output-format", "ndjson", "one"]);
    assert!(run.stdout.contains(r#""files":4,"files_passed_over":2,"#), "{}", &run.stdout[run.stdout.len() - 500..]);
    assert_eq!(run.stdout.matches("byte order mark").count(), 3, "said where the file is ours");
}
