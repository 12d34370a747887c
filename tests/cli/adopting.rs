//! A baseline: ten thousand old faults do not hide a new one.

use serde_json::Value;

use crate::support::{CLEAN, Place, Run, reclint};

/// A record with three dates that cannot be.
fn faulty(number: usize) -> String {
    let date = |day: &str, of: &str| format!("{{\"date\":\"2024-{day}\",\"dateType\":\"{of}\"}}");
    let dates = [date("02-31", "Issued"), date("02-30", "Updated"), date("04-31", "Submitted")].join(",");
    let own = format!("10.5072/{number}\",\"dates\":[{dates}],\"creators\"");
    CLEAN.replace("10.5072/example-1\",\"creators\"", &own)
}

/// As many of them as lines.
fn lines(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|number| faulty(number) + "\n").collect()
}

fn summary(place: &Place, more: &[&str]) -> (Run, Value) {
    let run = place.run(&[&["check", "--output-format", "json", "--isolated"], more].concat());
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}\n{run}"));
    let summary = report["summary"].clone();
    (run, summary)
}

const WRITE: [&str; 3] = ["check", "--isolated", "--write-baseline"];
const USE: [&str; 2] = ["--baseline", "reclint-baseline.json"];

fn is_silent(place: &Place) -> Value {
    let (run, summary) = summary(place, &USE);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{run}");
    assert_eq!(summary["findings"], serde_json::json!({"error": 0, "warning": 0, "info": 0}), "{run}");
    summary
}

#[test]
fn thousands_of_old_faults_are_silent_wherever_they_move() {
    let place = Place::new("baseline").file("a.ndjson", lines(0..2000)).file("b.json", format!("[{}]", faulty(7000)));
    let before = summary(&place, &[]);
    let count = before.1["findings"].as_object().expect("it is one").values().filter_map(Value::as_u64).sum::<u64>();
    assert!(count >= 6000 && before.0.code == Some(1), "{}", before.1);
    let written = place.run(&WRITE);
    assert_eq!((written.code, &*written.stdout), (Some(0), ""), "{written}");
    insta::assert_snapshot!(written.stderr);
    let summary = is_silent(&place);
    assert_eq!(summary["in_baseline"], count);
    assert_eq!(summary["records"], 2001);
    let said = place.run(&["check", "--isolated", USE[0], USE[1]]);
    insta::assert_snapshot!(said);
    let listed = place.text("reclint-baseline.json");
    insta::assert_snapshot!(listed.lines().take(5).collect::<Vec<_>>().join("\n"));

    // The other way round, laid out in lines, members in another order, in a file of another name.
    let mut records: Vec<Value> =
        (0..2000).map(|number| serde_json::from_str(&faulty(number)).expect("it is JSON")).collect();
    records.reverse();
    for record in &mut records {
        let members = record.as_object_mut().expect("it is one");
        let doi = members.remove("doi").expect("it is there");
        members.insert("doi".to_owned(), doi);
    }
    std::fs::remove_file(place.folder.join("a.ndjson")).expect("it is there");
    let place = place.file("moved/c.json", serde_json::to_string_pretty(&records).expect("it is JSON"));
    assert_eq!(is_silent(&place)["in_baseline"], count);
}

#[test]
fn a_new_fault_is_told_and_a_mended_one_is_missed() {
    let place = Place::new("baseline-new").file("a.ndjson", lines(0..100));
    place.run(&WRITE);
    let place = place.file("a.ndjson", lines((0..50).chain([777]).chain(51..100)));
    let run = place.run(&["check", "--isolated", "--output-format", "concise", USE[0], USE[1]]);
    assert_eq!(run.code, Some(1), "{run}");
    insta::assert_snapshot!(run);

    // A reason stays, whatever is written anew.
    let text = place.text(USE[1]).replacen("\"count\":1}", "\"count\":1,\"reason\":\"the press office knows\"}", 1);
    let place = place.file(USE[1], &text);
    let pruned = place.run(&["check", "--isolated", "--prune-baseline", "--quiet", USE[0], USE[1]]);
    assert_eq!(pruned.code, Some(1), "{pruned}");
    let after = place.text(USE[1]);
    assert_eq!(text.lines().count() - after.lines().count(), 3, "{after}");
    assert!(after.contains("the press office knows") && !after.contains("10.5072/50\""), "{after}");
    let run = place.run(&WRITE);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(place.text(USE[1]).contains("the press office knows"));
    is_silent(&place);
    let again = place.run(&["check", "--isolated", "--prune-baseline", USE[0], USE[1]]);
    assert!(again.stderr.contains("All of `reclint-baseline.json` is still found."), "{again}");
}

#[test]
fn a_report_does_not_go_into_the_baseline() {
    let place = Place::new("baseline-kept").file("a.json", faulty(1));
    place.run(&WRITE);
    let before = place.text(USE[1]);
    let run = place.run(&["check", "--isolated", USE[0], USE[1], "--output-format", "json", "--output-file", USE[1]]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("is the baseline and would be overwritten by a report"), "{run}");
    assert_eq!(place.text(USE[1]), before);
}

#[test]
fn what_is_not_judged_is_not_missed() {
    let place =
        Place::new("baseline-part").file("a.json", faulty(1)).file("b.json", faulty(2)).file("c.json", faulty(3));
    place.run(&WRITE);
    let all = place.text(USE[1]);
    for more in [&["a.json"][..], &["a.json", "--select", "invalid-doi"], &["--select", "missing-creator"]] {
        let used = summary(&place, &[&USE, more].concat()).0;
        assert_eq!((used.code, &*used.stderr), (Some(0), ""), "{used}");
        let pruned = place.run(&[&["check", "--isolated", "--prune-baseline"], &USE[..], more].concat());
        assert_eq!(pruned.code, Some(0), "{pruned}");
        let written = place.run(&[&WRITE[..], more].concat());
        assert_eq!(written.code, Some(0), "{written}");
        assert_eq!(place.text(USE[1]), all, "{more:?}\n{written}");
    }
    // A file that has gone is missed by who looks at its folder.
    std::fs::remove_file(place.folder.join("b.json")).expect("it is there");
    assert_eq!(summary(&place, &[&USE[..], &["a.json"]].concat()).0.stderr, "");
    let run = summary(&place, &USE).0;
    assert!(run.stderr.contains("no longer found of `reclint-baseline.json`: 3 findings: "), "{run}");
}

#[test]
fn a_record_without_an_identifier_is_known_by_its_title() {
    let untitled = |text: &str| text.replace("\"titles\":[{\"title\":\"Snow depth\"}],", "");
    let nameless = |text: &str| text.replacen("\"doi\":\"10.5072/1\",", "", 1);
    let record = nameless(&faulty(1));
    let place = Place::new("baseline-title").file("a.json", &record).file("b.json", untitled(&record));
    place.run(&WRITE);
    let count = is_silent(&place)["in_baseline"].clone();
    // Laid out anew both are what they were.
    let pretty = |text: &str| {
        let value: Value = serde_json::from_str(text).expect("it is JSON");
        serde_json::to_string_pretty(&value).expect("it is JSON")
    };
    let place = place.file("a.json", pretty(&record)).file("b.json", pretty(&untitled(&record)));
    assert_eq!(is_silent(&place)["in_baseline"], count);
    // What is mended in the one with a title leaves its other faults what they are.
    let place = place.file("a.json", record.replace("2024-02-31", "2024-02-28"));
    let run = summary(&place, &USE).0;
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("1 finding: impossible-date in a.json"), "{run}");
}

#[test]
fn the_first_are_taken_at_any_number_of_threads() {
    // The same record 6,000 times, in files large enough to be cut; 1,500 of each fault are lived with.
    let place = Place::new("baseline-threads");
    let same = |times: usize| lines(std::iter::repeat_n(5, times));
    let place = place.file("old.ndjson", same(1500));
    place.run(&WRITE);
    let place = place.file("a.ndjson", same(1000)).file("b.ndjson", same(5000));
    let judged = |threads: &str| {
        let words = [
            "check",
            "--isolated",
            "--output-format",
            "ndjson",
            "--threads",
            threads,
            USE[0],
            USE[1],
            "a.ndjson",
            "b.ndjson",
        ];
        place.run(&words)
    };
    let one = judged("1");
    assert_eq!(one.code, Some(1));
    let first: Value = serde_json::from_str(one.stdout.lines().next().expect("there is one")).expect("it is JSON");
    assert_eq!((&first["path"], &first["record"]["row"]), (&"b.ndjson".into(), &501.into()), "{first}");
    for threads in ["2", "3", "8"] {
        let several = judged(threads);
        assert!(several.stdout == one.stdout, "{threads} threads");
    }
}

#[test]
fn the_configuration_names_it() {
    let place =
        Place::new("baseline-config").file("reclint.toml", "baseline = \"known.json\"\n").file("in/a.json", faulty(1));
    let none = place.run(&["check"]);
    assert_eq!(none.code, Some(2), "{none}");
    let inside = Place { folder: place.folder.join("in") };
    let written = inside.run(&["check", "--write-baseline"]);
    assert_eq!(written.code, Some(0), "{written}");
    assert!(place.text("known.json").contains("\"path\":\"in/a.json\""));
    assert_eq!(place.run(&["check"]).code, Some(0));
    assert_eq!(inside.run(&["check", "a.json"]).code, Some(0));
    assert_eq!(place.run(&["check", "--no-baseline"]).code, Some(1));
    assert_eq!(place.run(&["check", "--isolated", "in/a.json"]).code, Some(1));
}

#[test]
fn what_is_no_baseline_is_said_with_its_place() {
    let with = |name: &str, text: &str| {
        let place = Place::new(&format!("baseline-{name}")).file("a.json", CLEAN).file(USE[1], text);
        let run = place.run(&["check", "--isolated", USE[0], USE[1]]);
        assert_eq!(run.code, Some(2), "{run}");
        let written = place.run(&WRITE);
        assert_eq!(written.code, Some(2), "{written}");
        assert_eq!(place.text(USE[1]), text, "what it says is not lost");
        run.to_string()
    };
    let entry = "{\"path\":\"a.json\",\"rule\":\"invalid-doi\",\"fingerprint\":\"0123456789abcdef\",\"count\":1}";
    let of =
        |form: &str, entries: &str| format!("{{\n  \"format\": \"{form}\",\n  \"entries\": [\n{entries}\n  ]\n}}\n");
    let this = "reclint-baseline-1";
    let said = [
        with("conflict", &of(this, &format!("<<<<<<< HEAD\n    {entry}\n=======\n    {entry}\n>>>>>>> other"))),
        with("version", &of("reclint-baseline-2", entry)),
        with("report", "{\n  \"format\": \"reclint-json-1\",\n  \"findings\": []\n}\n"),
        with("comma", &of(this, &format!("    {entry} {entry}"))),
        with(
            "digits",
            &of(this, "    {\"path\":\"a.json\",\"rule\":\"invalid-doi\",\"fingerprint\":\"12\",\"count\":1}"),
        ),
        Place::new("baseline-none")
            .file("a.json", CLEAN)
            .run(&["check", "--isolated", "--baseline", "no.json"])
            .to_string(),
        Place::new("baseline-no-prune")
            .file("a.json", CLEAN)
            .run(&["check", "--isolated", "--prune-baseline"])
            .to_string(),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn wherever_the_program_runs_the_baseline_holds() {
    // Without an identifier a record is known by its path, too.
    let nameless = faulty(1).replace("\"doi\":\"10.5072/1\",", "");
    assert!(!nameless.contains("10.5072/1\""), "{nameless}");
    let place = Place::new("baseline-folders").file("sub/b.json", nameless);
    assert_eq!(place.run(&WRITE).code, Some(0));
    let before = place.text(USE[1]);
    let within = place.folder.join("sub");
    let words = ["check", "--isolated", "--baseline", "../reclint-baseline.json", "--prune-baseline", ".."];
    let run = Run::from(reclint(&within, &words).output().expect("the program starts"));
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(place.text(USE[1]), before, "{run}");
}

#[test]
fn a_record_with_a_file_of_its_own_keeps_its_faults_whatever_is_added() {
    let of = |more: &str| {
        format!(
            r#"{{ "upload_type": "software", "publication_date": "2024-02-31", {more} "creators": [{{ "name": "Keller, Ruth" }}] }}"#
        )
    };
    let place = Place::new("baseline-named").file(".zenodo.json", of(""));
    assert_eq!(place.run(&[&WRITE[..], &[".zenodo.json"]].concat()).code, Some(0));
    let place = place.file(".zenodo.json", of("\"keywords\": [\"snow\"],"));
    let run = place.run(&[&["check", "--isolated", ".zenodo.json"], &USE[..]].concat());
    assert_eq!((run.code, run.stderr.contains("no longer found")), (Some(0), false), "{run}");
}

#[test]
fn what_can_no_longer_be_read_keeps_its_entries() {
    let place = Place::new("baseline-broken").file("a.ndjson", lines(0..3)).file("b.json", faulty(9));
    place.run(&WRITE);
    let before = place.text("reclint-baseline.json");
    let broken = lines(0..3).replacen('{', "{{", 1);
    let place = place.file("a.ndjson", broken).file("b.json", faulty(9).replacen(':', "", 1));
    let run = place.run(&["check", "--isolated", ".", USE[0], USE[1], "--prune-baseline"]);
    assert!(run.stderr.contains("is still found"), "{run}");
    assert_eq!(place.text("reclint-baseline.json"), before);
}

#[test]
fn a_fault_of_one_package_is_not_that_of_another() {
    let of = |name: &str, license: &str| {
        format!(
            "cff-version: 1.2.0\nmessage: Please cite it.\ntitle: {name}\nlicense: {license}\n\
             repository-code: https://github.com/example/mono\nauthors:\n  - family-names: Keller\n    given-names: Ruth\n"
        )
    };
    let place = Place::new("baseline-packages");
    let place = place.file("a/CITATION.cff", of("Ice", "MITT")).file("b/CITATION.cff", of("Snow", "MIT"));
    place.run(&WRITE);
    let place = place.file("a/CITATION.cff", of("Ice", "MIT")).file("b/CITATION.cff", of("Snow", "MITT"));
    let run = place.run(&["check", "--isolated", USE[0], USE[1], "--output-format", "concise"]);
    assert!(run.code == Some(1) && run.stdout.starts_with("b/CITATION.cff:4:10 error unknown-license"), "{run}");
}

#[test]
fn entries_of_rules_that_are_not_loaded_stay() {
    let rule = "+++\nname = \"house-rule\"\ncategory = \"text\"\nseverity = \"warning\"\nsummary = \"Short.\"\n\
                message = \"Too short.\"\n[check]\nkind = \"schema\"\npointer = \"/titles/*/title\"\n\
                schema = { type = \"string\", minLength = 99 }\n+++\n";
    let place = Place::new("baseline-rules").file("house-rule.md", rule).file("a.json", CLEAN);
    place.run(&[&WRITE[..], &["--rules", "house-rule.md", "a.json"]].concat());
    assert!(place.text("reclint-baseline.json").contains("house-rule"));
    for words in [&["--write-baseline"][..], &["--prune-baseline", USE[0], USE[1]]] {
        place.run(&[&["check", "--isolated", "a.json"], words].concat());
        assert!(place.text("reclint-baseline.json").contains("house-rule"), "{words:?}");
    }
}

#[test]
fn standard_input_lies_in_no_folder() {
    let place = Place::new("baseline-stdin").file("sub/keep", "");
    let words = |how: &'static str| ["check", "--isolated", how, "-"];
    let written = place.run_with(&words("--write-baseline=sub/b.json"), faulty(1));
    assert_eq!(written.code, Some(0), "{written}");
    let text = place.text("sub/b.json");
    assert!(text.contains("\"path\":\"<stdin>\""), "{text}");
    let used = place.run_with(&words("--baseline=sub/b.json"), faulty(1));
    assert_eq!((used.code, &*used.stderr), (Some(0), ""), "{used}");
    // A run without it could not have found it again.
    let place = place.file("a.json", CLEAN);
    let pruned = place.run(&["check", "--isolated", "--prune-baseline", "--baseline", "sub/b.json", "."]);
    assert_eq!((pruned.code, place.text("sub/b.json")), (Some(0), text), "{pruned}");
}

#[test]
fn what_is_no_baseline_is_told_so() {
    for (number, text) in ["", "  \n", "[]", "[{\"rule\": \"x\"}]"].into_iter().enumerate() {
        let place = Place::new(&format!("no-baseline-{number}")).file("a.json", CLEAN).file("b.json", text);
        let run = place.run(&["check", "--isolated", "--baseline", "b.json", "a.json"]);
        assert!(run.code == Some(2) && run.stderr.contains("this is no baseline"), "{text}: {run}");
        assert!(run.stderr.contains("--write-baseline"), "{text}: {run}");
        assert!(!run.stderr.contains("EOF") && !run.stderr.contains("struct"), "{text}: {run}");
    }
}

#[test]
fn values_that_differ_in_blanks_alone_are_two_faults() {
    let dates = |values: &[&str]| {
        let dates: Vec<_> =
            values.iter().map(|value| format!("{{\"date\":\"{value}\",\"dateType\":\"Other\"}}")).collect();
        CLEAN.replace("\"language\"", &format!("\"dates\":[{}],\"language\"", dates.join(",")))
    };
    let place = Place::new("baseline-blanks").file("a.json", dates(&["spring  of 2024x"]));
    place.run(&WRITE);
    let place = place.file("a.json", dates(&["spring  of 2024x", "spring of 2024x"]));
    let run = place.run(&["check", "--isolated", USE[0], USE[1], "--output-format", "json", "a.json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1), "{run}");
    let whole = place.run(&["check", "--isolated", "--output-format", "json", "a.json"]);
    let whole: serde_json::Value = serde_json::from_str(&whole.stdout).expect("it is JSON");
    let prints: std::collections::HashSet<_> =
        whole["findings"].as_array().expect("a list").iter().map(|found| found["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), 2, "{whole}");
}

#[test]
fn what_is_mended_in_a_file_of_one_record_leaves_its_other_faults_old() {
    let cff = |title: &str, more: &str| {
        format!(
            "cff-version: 1.2.0\nmessage: Cite it.\ntitle: {title}\ndate-released: 2020-02-31\nauthors:\n  - name: X\n{more}"
        )
    };
    let plain = |title: &str| faulty(1).replace("\"doi\":\"10.5072/1\",", "").replace("Snow depth", title);
    let place = Place::new("baseline-one").file("CITATION.cff", cff("Flods", "")).file("plain.json", plain("Flods"));
    place.run(&WRITE);
    assert!(place.text(USE[1]).contains("CITATION.cff") && place.text(USE[1]).contains("plain.json"));
    let place = place.file("CITATION.cff", cff("Floods", "doi: 10.5072/1\n")).file("plain.json", plain("Floods"));
    is_silent(&place);
}

#[test]
fn what_was_not_there_to_be_judged_is_not_mended() {
    let repository = crate::changes::Repository::new("baseline-sparse")
        .file("a/a.json", faulty(1))
        .file("b/b.json", faulty(2))
        .commit();
    let folder = repository.folder();
    let run = |words: &[&str]| -> Run {
        let words = [&["check", "--isolated"], words].concat();
        let mut command = reclint(folder, &words);
        command.env("PATH", std::env::var_os("PATH").expect("it is set")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.output().expect("the program starts").into()
    };
    let prune = ["--prune-baseline", USE[0], USE[1]];
    assert_eq!(run(&["--write-baseline"]).code, Some(0));
    let text = || std::fs::read_to_string(folder.join(USE[1])).expect("it is there");
    let before = text();
    repository.git(&["sparse-checkout", "set", "a"]);
    assert!(!folder.join("b/b.json").exists());
    let pruned = run(&prune);
    assert_eq!((pruned.code, text()), (Some(0), before.clone()), "{pruned}");
    // A baseline that is left out itself is not written anew.
    repository.git(&["add", USE[1]]).git(&["commit", "--quiet", "--message", "known"]);
    repository.git(&["sparse-checkout", "set", "--no-cone", "/a/*"]);
    assert!(!folder.join(USE[1]).exists());
    for words in [&["--write-baseline"][..], &prune] {
        let refused = run(words);
        assert!(refused.code == Some(2) && refused.stderr.contains("sparse checkout"), "{refused}");
    }
    // Nor what lies in a folder that has gone, as one that could not be mounted has.
    repository.git(&["sparse-checkout", "disable"]);
    std::fs::remove_dir_all(folder.join("a"))
        .and_then(|()| std::fs::remove_dir_all(folder.join("b")))
        .expect("both go");
    let pruned = run(&prune);
    assert_eq!((pruned.code, text()), (Some(0), before), "{pruned}");
}

#[test]
fn baselines_of_two_branches_are_merged_by_their_lines() {
    let place = Place::new("baseline-merge").file("a.json", faulty(1));
    place.run(&WRITE);
    let one = place.text(USE[1]);
    let place = place.file("a.json", CLEAN).file("b.json", faulty(2));
    std::fs::remove_file(place.folder.join(USE[1])).expect("it is there");
    place.run(&WRITE);
    let two = place.text(USE[1]);
    let entries =
        |text: &str| text.lines().filter(|line| line.starts_with("    {")).map(str::to_owned).collect::<Vec<_>>();
    let place = place.file("a.json", faulty(1));
    let both = [entries(&one), entries(&two)].concat().join("\n");
    let marked = format!("\u{feff}{{\n  \"format\": \"reclint-baseline-1\",\n  \"entries\": [\n{both},\n  ]\n}}\n");
    let place = place.file(USE[1], marked);
    is_silent(&place);
    let pruned = place.run(&["check", "--isolated", "--prune-baseline", USE[0], USE[1]]);
    assert!(pruned.stderr.contains("is still found"), "{pruned}");
}

#[test]
fn what_is_missing_is_so_in_whatever_order_something_else_is_said() {
    let rights = [("rights", "Open Access"), ("rightsUri", "info:eu-repo/semantics/openAccess")];
    let with = |rights: &[(&str, &str)]| {
        let members: Vec<_> = rights.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
        CLEAN.replace("{\"rights\":\"CC0\"}", &format!("{{{}}}", members.join(",")))
    };
    let place = Place::new("baseline-members").file("a.json", with(&rights));
    place.run(&WRITE);
    assert!(place.text(USE[1]).contains("missing-license"), "{}", place.text(USE[1]));
    let place = place.file("a.json", with(&[rights[1], rights[0]]));
    is_silent(&place);
}

#[test]
fn what_an_override_silences_is_not_mended() {
    let off = "[[override]]\npaths = [\"a.json\"]\nrules = [\"impossible-date\"]\nseverity = \"off\"\nreason = \"x\"\n";
    let place = Place::new("baseline-override").file("a.json", faulty(1)).file("b.json", faulty(2));
    place.run(&WRITE);
    let before = place.text(USE[1]);
    let place = place.file("reclint.toml", off);
    for how in ["--prune-baseline", "--write-baseline"] {
        let run = place.run(&["check", how, USE[0], USE[1]]);
        assert_eq!((run.code, place.text(USE[1])), (Some(0), before.clone()), "{run}");
    }
}
