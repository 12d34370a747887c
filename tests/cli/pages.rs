//! What the program says of itself: rules, formats, settings.

use crate::support::{CLEAN, Place, project, run};

#[test]
fn explain() {
    insta::assert_snapshot!(run(&["explain", "missing-creator"]));
}

#[test]
fn rules() {
    insta::assert_snapshot!(run(&["rules"]));
}

#[test]
fn every_rule_can_be_explained() {
    for (_, rule) in reclint::catalogue().expect("it reads").rules() {
        let page = run(&["explain", &rule.name]);
        assert_eq!(page.code, Some(0), "{page}");
        assert!(page.stdout.contains(&*rule.name), "{page}");
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = std::fs::read_to_string(project().join("docs/rules.md")).expect("docs/rules.md is there");
    let fresh = run(&["rules", "--markdown"]).stdout;
    assert!(page == fresh, "docs/rules.md is stale: `cargo run -- rules --markdown > docs/rules.md`");
}

#[test]
fn formats() {
    insta::assert_snapshot!(run(&["formats"]));
}

#[test]
fn a_record_as_it_was_understood() {
    insta::assert_snapshot!(run(&["formats", "--fields", "examples/dspace/in-review.json"]));
}

#[test]
fn what_a_file_was_taken_for() {
    let place = Place::new("taken")
        .file("list.csv", "title,doi\n")
        .file("config.json", r#"{"compilerOptions": {}}"#)
        .copy("search.json", "examples/dspace/search-page.json");
    let said = ["list.csv", "config.json", "search.json"].map(|file| place.run(&["formats", file]).to_string());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn init_writes_settings_that_work_and_overwrites_none() {
    let place = Place::new("init");
    insta::assert_snapshot!(place.run(&["init"]));
    assert_eq!(place.run(&["check"]).code, Some(0));
    let again = place.run(&["init"]);
    assert_eq!(again.code, Some(2), "{again}");
}

#[test]
fn every_setting_that_init_explains_is_one() {
    let written = run(&["init", "--help"]);
    assert_eq!(written.code, Some(0), "{written}");
    let place = Place::new("settings");
    place.run(&["init"]);
    // Uncommented, the settings still read: a rule's, a profile's, a condition's name that is wrong would be refused.
    let settings: String = place
        .text("reclint.toml")
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting) if setting.contains(" = ") || setting.starts_with('[') => format!("{setting}\n"),
            _ => String::new(),
        })
        .filter(|line| !line.starts_with("schema =") && !line.starts_with("pages =") && !line.starts_with("baseline ="))
        .collect();
    assert!(settings.lines().count() > 12, "{settings}");
    let rule = "metadata-rules/short-title.md";
    let place = place.file("collections.csv", "20.500.12345/1,Theses\n");
    let place = place.file("reclint.toml", settings).copy(rule, &format!("examples/{rule}"));
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn pointers_of_fields_lead_from_the_root_of_the_file() {
    let list = r#"{ "data": [
  { "type": "dois", "attributes": { "creators": [], "titles": [{ "title": "Ice" }] } },
  { "type": "dois", "attributes": { "creators": [], "titles": [{ "title": "Snow" }] } } ] }"#;
    let place = Place::new("pointers").file("list.json", list);
    insta::assert_snapshot!(place.run(&["formats", "--fields", "list.json"]));
}

#[test]
fn a_list_that_is_not_utf_8_is_looked_at_too() {
    let list = [&b"[\"\xe9\xe9\xe9\","[..], "\"日本語日本語日本語\\n\",".as_bytes(), CLEAN.as_bytes(), b"]"].concat();
    let place = Place::new("formats-not-utf-8").file("l.json", list);
    let run = place.run(&["formats", "--fields", "l.json"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("l.json: 1 not UTF-8: the byte E9 stands here"), "{run}");
    assert!(run.stdout.contains("10.5072/example-1"), "{run}");
}

#[test]
fn a_part_of_a_name_finds_the_rule() {
    let place = Place::new("part-of-name");
    for word in ["licence", "license", "missing-licence"] {
        let run = place.run(&["explain", word]);
        assert!(format!("{run}").contains("missing-license"), "{word}\n{run}");
    }
    assert_eq!(place.run(&["explain", "missing-licence"]).code, Some(0));
}
