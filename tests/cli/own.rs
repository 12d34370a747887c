//! The user's own rules, profiles and states: obeyed, tested, and their mistakes framed.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{BROKEN, CLEAN, Place, project, run};

/// A rule whose check is to be added, and what comes after it.
const HEAD: &str = r#"+++
name = "house-rule"
category = "text"
severity = "warning"
summary = "Something of the house's."
message = "This is not as the house has it. {reason}"
"#;

/// What holds titles to a length.
const SHORT: &str =
    "\n[check]\nkind = \"schema\"\npointer = \"/titles/*/title\"\nschema = { type = \"string\", minLength = 15 }\n";

fn rule(rest: &str) -> String {
    format!("{HEAD}{rest}+++\n")
}

/// What is said of a rule that is wrong.
fn mistake(rest: &str) -> String {
    // Several tests ask at once.
    static MISTAKES: AtomicUsize = AtomicUsize::new(0);
    let name = format!("own-mistake-{}", MISTAKES.fetch_add(1, Ordering::Relaxed));
    let place = Place::new(&name).file("own/house-rule.md", rule(rest)).file("a.json", CLEAN);
    let run = place.run(&["check", "--rules", "own", "a.json"]);
    assert_eq!(run.code, Some(2), "{rest}\n{run}");
    format!("{}\n{}", rest.trim(), run.stderr)
}

#[test]
fn rules_join_the_others() {
    let place = Place::new("own-join")
        .file("reclint.toml", "rules = [\"own\"]\n")
        .file("own/house-rule.md", rule(SHORT))
        .file("own/README.md", "# Our rules\n")
        .file("below/a.json", CLEAN);
    let concise = ["check", "--output-format", "concise"];
    insta::assert_snapshot!(place.run(&["check", "--select", "house-rule"]));
    for (more, wanted) in [
        (&["--select", "house-rule"][..], 1),
        (&["--ignore", "house-rule"], 0),
        (&["--select", "text"], 1),
        (&["--select", "values"], 0),
        (&["--isolated"], 0),
        (&["--isolated", "--rules", "own/house-rule.md"], 1),
    ] {
        let run = place.run(&[&concise, more].concat());
        assert_eq!(run.stdout.matches("house-rule").count(), wanted, "{more:?}\n{run}");
    }
    let settings = "rules = \"own\"\n[severity]\nhouse-rule = \"error\"\n[[override]]\nwhen = \"publication-year > 2030\"\n\
                    rules = [\"house-rule\"]\nreason = \"not yet\"\n";
    let place = place.file("reclint.toml", settings);
    assert_eq!(place.run(&[&concise[..], &["-q"]].concat()).code, Some(1));
    assert!(place.run(&["rules"]).stdout.contains("house-rule"), "it is listed");
    assert!(place.run(&["explain", "house-rule"]).stdout.contains("your own, in own/house-rule.md"));
    // From a folder below, its rules are still those of the configuration.
    let place = Place { folder: place.folder.join("below") };
    assert!(place.run(&concise).stdout.contains("a.json:1:84 error house-rule"), "{}", place.run(&concise));
}

#[test]
fn a_pointer_leads_through_lists_bases_and_numbers() {
    let record =
        CLEAN.replace("Snow depth\"}", "Snow depth\"}, {\"title\": \"Of snow and its depth\"}, {\"title\":\"Ice\"}");
    for (pointer, wanted) in [
        ("/titles/*/title", 2),
        ("/titles[]/title", 2),
        ("/titles/2/title", 1),
        ("/titles/02/title", 0),
        ("@root/titles/0/title", 1),
        ("/sizes/*", 0),
    ] {
        let rule = rule(&SHORT.replace("/titles/*/title", pointer));
        let place = Place::new("own-pointer").file("own.md", rule).file("a.json", &record);
        let run = place.run(&["check", "--rules", "own.md", "--output-format", "concise", "a.json"]);
        assert_eq!(run.stdout.matches("house-rule").count(), wanted, "{pointer}\n{run}");
    }
}

#[test]
fn what_is_absent_stands_at_its_parent_and_is_found_once() {
    let check = "\n[check]\nkind = \"schema\"\npointer = \"/creators/*\"\nschema-file = \"creator.json\"\n";
    let schema = r##"{ "$ref": "#/$defs/creator", "$defs": { "creator": { "required": ["nameIdentifiers"] } } }"##;
    // The schema of the format demands a publisher, too.
    let publisher = rule("\n[check]\nkind = \"schema\"\npointer = \"\"\nschema = { required = [\"publisher\"] }\n");
    let place = Place::new("own-absent")
        .file("own/a.md", rule(check))
        .file("own/b.md", publisher.replace("house-rule", "house-publisher"))
        .file("own/creator.json", schema)
        .file("a.json", CLEAN.replace("\"publisher\":{\"name\":\"EnviDat\"},", ""));
    let rules = "house-rule,house-publisher,schema-violation";
    insta::assert_snapshot!(place.run(&["check", "--rules", "own", "--select", rules, "a.json"]));
}

#[test]
fn mistakes_in_rules_are_framed() {
    let check = |check: &str| mistake(&format!("\n[check]\n{check}\n"));
    let said = [
        mistake("tile = \"x\"\n\n[check]\nkind = \"when\"\nwhen = \"issued\"\n"),
        mistake("field = \"tilte\"\n\n[check]\nkind = \"missing\"\n"),
        check("kind = \"when\"\nwhen = \"isued\""),
        check("kind = \"source\""),
        check("kind = \"schema\"\nlenient-when = \"draft\""),
        check("kind = \"schema\"\npointer = \"titles\"\nschema = { type = \"string\" }"),
        check("kind = \"schema\"\npointer = \"@recrod/titles\"\nschema = { type = \"string\" }"),
        check("kind = \"schema\"\npointer = \"/titles\""),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema = { type = \"strng\" }"),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema = { items = { minLenght = 4 } }"),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema = { minItems = 1_000 }"),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema = { title = \"The titles\" }"),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema = { \"$ref\" = \"#/$defs/title\" }"),
        check("kind = \"schema\"\npointer = \"/titles\"\nschema-file = \"no-such.json\""),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn rules_that_could_never_fire_are_framed() {
    let check = |check: &str| mistake(&format!("\n[check]\n{check}\n"));
    let said = [
        mistake("formats = [\"dspce\"]\n\n[check]\nkind = \"when\"\nwhen = \"issued\"\n"),
        mistake("field = \"review-status\"\nformats = [\"datacite\"]\n\n[check]\nkind = \"missing\"\n"),
        mistake(
            "formats = [\"datacite\"]\n\n[check]\nkind = \"when\"\nwhen = 'issued and type = \"x\" and review-status'\n",
        ),
        check("kind = \"when\"\nwhen = \"review-status and registration-state\""),
        check("kind = \"when\"\nwhen = \"issued and (volume and not issued)\""),
        check("kind = \"when\"\nwhen = \"not issued and issued > 2020\""),
        mistake("field = \"title\"\n\n[check]\nkind = \"missing\"\nunless = \"draft or not draft\"\n"),
        mistake(
            "formats = [\"datacite\"]\n\n[check]\nkind = \"value\"\nof = [\"date\", \"number\"]\nfaults = [\"form\"]\n",
        ),
        check(
            "kind = \"when\"\nwhen = \"issued\"\n\n[[case]]\nseverity = \"info\"\n\n[[case]]\nwhen = \"draft\"\nseverity = \"error\"",
        ),
        check(
            "kind = \"when\"\nwhen = \"issued\"\n\n[[case]]\nformats = [\"dspace\", \"datacite\"]\nseverity = \"info\"\n\n\
             [[case]]\nformats = [\"dspace\"]\nwhen = \"draft\"\nseverity = \"error\"",
        ),
        check("kind = \"when\"\nwhen = \"issued\"\n\n[[case]]\nwhen = \"draft and not draft\"\nseverity = \"info\""),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn names_that_are_taken_and_files_that_are_not_there() {
    let place = Place::new("own-names")
        .file("a.json", CLEAN)
        .file("built-in.md", rule(SHORT).replace("house-rule", "missing-title"))
        .file("alias.md", rule(&format!("aliases = [\"missing-licence\"]\n{SHORT}")))
        .file("category.md", rule(SHORT).replace("house-rule", "values"))
        .file("twice/a.md", rule(SHORT))
        .file("twice/b.md", rule(SHORT))
        .file("schema.json", "{\n  \"type\": \"strng\"\n}\n")
        .file(
            "bad-schema.md",
            rule("\n[check]\nkind = \"schema\"\npointer = \"/titles\"\nschema-file = \"schema.json\"\n"),
        )
        .file("no-rule/notes.md", "Notes on our rules.\n")
        .file("empty/README.md", "Nothing yet.\n")
        .file("folder.toml", "rules = [\"built-on-sand\"]\n");
    let said = ["built-in.md", "alias.md", "category.md", "twice", "bad-schema.md", "no-rule", "empty", "none.md"]
        .map(|path| format!("$ reclint check --rules {path}\n{}", place.run(&["check", "--rules", path, "a.json"])));
    let folder = place.run(&["check", "--config", "folder.toml", "a.json"]);
    insta::assert_snapshot!(format!("{}\n{folder}", said.join("\n")));
}

#[test]
fn the_examples_of_rules_are_run() {
    insta::assert_snapshot!(run(&["test", "examples/metadata-rules"]));
    let wrong = format!(
        "{}\n```json fail format=datacite carrier=plain at=/titles severity=error says=house\n{{ \"titles\": [{{ \"title\": \"Ice\" }}] }}\n```\n\
         \n```json pass format=datacite carrier=plain\n{{ \"titles\": [{{ \"title\": \"Ice\" }}] }}\n```\n\
         \n```json fail format=datacite carrier=plain\n{{ \"titles\": [] }}\n```\n\
         \n```json pass format=datacite carrier=plain profile=no-such\n{{}}\n```\n\
         \n```json fail format=datacite carrier=plain profile=house.toml severity=error\n{{ \"titles\": [{{ \"title\": \"Ice\" }}] }}\n```\n",
        rule(SHORT)
    );
    let place = Place::new("own-test")
        .file("own/wrong.md", &wrong)
        .file("own/house.toml", "[severity]\nhouse-rule = \"error\"\n")
        .file("own/none.md", rule(SHORT).replace("house-rule", "house-other"))
        .file("marks.md", wrong.replace("json pass", "json passes"))
        .file("no-rule.md", "# Ice\n");
    let said = [
        &["test", "own"][..],
        &["test", "own/none.md", "missing-creator"],
        &["test", "marks.md"],
        &["test", "no-rule.md"],
        &["test", "no-such"],
        &["test", "no-such.md"],
        &["test"],
    ]
    .map(|words| format!("$ reclint {}\n{}", words.join(" "), place.run(words)));
    insta::assert_snapshot!(said.join("\n"));
    let place = place.file("reclint.toml", "rules = [\"own/none.md\"]\n");
    assert_eq!(place.run(&["test"]).code, Some(0));
}

#[test]
fn a_profile_of_the_house() {
    let profile = "extends = \"ground/base.toml\"\nignore = [\"missing-identifier\"]\n\n[severity]\nmissing-license = \"error\"\n";
    let record = CLEAN
        .replace(r#""doi":"10.5072/example-1","#, "")
        .replace(r#"{"name":"Keller, Ruth"}"#, "")
        .replace(r#"{"title":"Snow depth"}"#, "")
        .replace(r#""rightsList":[{"rights":"CC0"}],"#, "");
    let place = Place::new("own-profile")
        .file("reclint.toml", "profile = \"house.toml\"\n")
        .file("house.toml", profile)
        .file(
            "ground/base.toml",
            "name = \"base\"\nextends = \"datacite-4.7\"\n\n[severity]\nmissing-title = \"info\"\n",
        )
        .file("a.json", record);
    let concise =
        |more: &[&str]| place.run(&[&["check", "--output-format", "concise", "a.json"], more].concat()).to_string();
    let said = [concise(&[]), concise(&["--isolated"]), concise(&["--isolated", "--profile", "ground/base.toml"])];
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(concise(&[]), concise(&["--isolated", "--profile", "./ground/../house.toml"]));
}

#[test]
fn mistakes_in_profiles_are_framed() {
    let said = [
        ("extends = \"none.toml\"\n", ""),
        ("extends = \"datacite\"\n", ""),
        ("extends = \"b.toml\"\n", "name = \"b\"\nextends = \"a.toml\"\n"),
        ("extends = \"a.toml\"\n", ""),
        ("[severity]\nhouse-rule = \"error\"\n", ""),
        ("[severty]\n", ""),
        ("select = [\n", ""),
        ("[states.draft]\nwhen = \"isued\"\n", ""),
        ("extends = \"b.toml\"\n", "[states.draft]\nverdict = \"x\"\n"),
    ]
    .map(|(first, second)| {
        let place =
            Place::new("own-bad-profile").file("r/a.toml", first).file("r/b.toml", second).file("a.json", CLEAN);
        format!("{first}{}", place.run(&["check", "--profile", "r/a.toml", "a.json"]))
    });
    let place = Place::new("own-no-profile").file("reclint.toml", "profile = \"house.toml\"\n");
    insta::assert_snapshot!(format!("{}\n{}", said.join("\n"), place.run(&["check"])));
}

#[test]
fn states_of_the_house() {
    let item = "{\"type\":\"item\",\"uuid\":\"7\",\"metadata\":{\"dc.title\":[{\"value\":\"Snow\"}],\"ethz.edit.status\":[{\"value\":\"done\"}]}}\n";
    let place = |settings: &str| Place::new("own-states").file("reclint.toml", settings).file("a.json", item);
    let check = |place: Place, rules: &str| place.run(&["check", "--select", rules]).to_string();
    let preset = "describes = \"Where the status is done.\"\n[states.in-review]\nwhen = 'review-status != \"done\"'\n";
    let house = rule("\n[check]\nkind = \"when\"\nwhen = \"waiting\"\n").replace("house-rule", "house-state");
    let new = "rules = \"own.md\"\n[states.in-review]\nwhen = \"waiting\"\nverdict = \"on the desk\"\n\n\
               [states.waiting]\nverdict = \"waiting\"\nready = true\nwhen = 'review-status = \"done\"'\n";
    let said = [
        check(place(""), "unvalidated-record"),
        check(place("[states.in-review]\nwhen = 'review-status != \"done\"'\n"), "unvalidated-record"),
        check(place("[states.in-review]\nwhen = 'review-status != \"approved\"'\n"), "unvalidated-record"),
        check(place("profile = \"p.toml\"\n").file("p.toml", preset), "unvalidated-record"),
        check(place(new).file("own.md", house), "unvalidated-record,house-state"),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn mistakes_in_states_are_framed() {
    let said = [
        "[states.in-review]\nwhen = 'review-stauts = \"x\"'\n",
        "[states.in-review]\nverdict = \"in review\"\n",
        "[states.in-review]\nwhen = \"issued and not issued\"\n",
        "[states.in-review]\nwhen = \"not in-review\"\n",
        "[states.here]\nwhen = \"there or issued\"\n[states.there]\nwhen = \"here\"\n",
        "[states.issued]\nwhen = \"title\"\n",
        "[states.not]\nwhen = \"title\"\n",
        "[states.waiting]\nwhen = \"title\"\nready = \"yes\"\n",
        "[states.waiting]\nwhen = \"title\"\nverdikt = \"waiting\"\n",
        "states = [\"draft\"]\n",
    ]
    .map(|settings| {
        let place = Place::new("own-bad-states").file("reclint.toml", settings).file("a.json", BROKEN);
        format!("{settings}{}", place.run(&["check"]))
    });
    insta::assert_snapshot!(said.join("\n"));
}

/// A file of the page, its name before it in backquotes and a colon.
fn files_of(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) else { continue };
        let fence = lines.by_ref().find(|line| !line.is_empty()).unwrap_or_default();
        let fence = &fence[..fence.len() - fence.trim_start_matches('`').len()];
        let text: String =
            lines.by_ref().take_while(|line| *line != fence).fold(String::new(), |text, line| text + line + "\n");
        files.push((name.to_owned(), text));
    }
    files
}

#[test]
fn the_page_on_own_rules_is_right() {
    let page = std::fs::read_to_string(project().join("docs/own-rules.md")).expect("it is there");
    let files = files_of(&page);
    assert!(files.len() > 4, "{files:?}");
    let place = files.iter().fold(Place::new("own-page"), |place, (name, text)| place.file(name, text));
    let mut shown = 0;
    for block in page.split("```console\n$ reclint ").skip(1) {
        let (command, rest) = block.split_once('\n').expect("a command is a line");
        let output = rest.split_once("```").expect("it ends").0;
        let run = place.run(&command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.stdout, output, "{command}\n{run}");
        shown += 1;
    }
    assert!(shown > 1, "{shown}");
}

#[test]
fn the_rule_of_the_readme_is_right() {
    let readme = std::fs::read_to_string(project().join("README.md")).expect("it is there");
    let rule = readme.split_once("```markdown\n").expect("it has a rule").1.split_once("```").expect("it ends").0;
    let place = Place::new("own-readme").file("metadata-rules/short-title.md", rule).file("a.json", CLEAN);
    let run = place.run(&["check", "--rules", "metadata-rules/", "--output-format", "concise", "a.json"]);
    assert!(run.stdout.contains("warning short-title The title is too short to be found by. `title` has 10"), "{run}");
}
