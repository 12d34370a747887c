//! Records of software are held to what lies beside them, in folders and in repositories of git.

use std::path::Path;

use crate::changes::{Repository, git};
use crate::support::{Place, Run, project, reclint};

const RULES: &str = "conflicting-versions,version-behind-tag,conflicting-licenses,conflicting-creators,conflicting-identifiers,conflicting-titles";

/// A crate of data, with a version of its own.
const CRATE: &str = r#"{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
  {"@id": "./", "@type": "Dataset", "name": "Gauges of 2024", "version": "4.0.0"}]}"#;

/// What the rules on being in step find, a line each; and how it ended.
fn run_in(folder: &Path, words: &[&str]) -> Run {
    let words =
        [&["check", "--isolated", "--output-format", "concise", "--for", "auditor", "--select", RULES], words].concat();
    let mut command = reclint(folder, &words);
    command.env("PATH", std::env::var_os("PATH").expect("it is set")).env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().expect("the program starts").into()
}

fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    let run = run_in(folder, words);
    assert!(matches!(run.code, Some(0 | 1)), "{run}");
    run.stdout.lines().filter(|line| line.contains(" warning ") || line.contains(" info ")).map(str::to_owned).collect()
}

fn cff(version: &str) -> String {
    format!(
        "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Winter floods\nversion: {version}\nauthors:\n  - name: Floods\n"
    )
}

fn cargo(version: &str) -> String {
    format!("[package]\nname = \"floods\"\nversion = \"{version}\"\n")
}

fn says(place: &str, rule: &str, message: &str) -> String {
    format!("{place} warning {rule} {message}.")
}

#[test]
fn a_manifest_says_another_version() {
    let place = Place::new("in-step").file("CITATION.cff", cff("1.2.0")).file("Cargo.toml", cargo("1.3.0"));
    let wanted = says(
        "CITATION.cff:4:10",
        "conflicting-versions",
        "`CITATION.cff` says 1.2.0, but `Cargo.toml` (line 3) says 1.3.0",
    );
    assert_eq!(found(&place.folder, &["."]), [&*wanted]);
    assert_eq!(found(&place.folder, &["CITATION.cff"]), [&*wanted]);
    assert_eq!(run_in(&place.folder, &["--fail-on", "warning"]).code, Some(1));
    // From elsewhere files are called as they are seen from there, and the message names them from the record's folder.
    let outside = place.run(&["check", "--isolated", "--select", RULES, "--output-format", "json", "../in-step"]);
    let report: serde_json::Value = serde_json::from_str(&outside.stdout).expect("it is JSON");
    let related = &report["findings"][0]["related"][0];
    assert_eq!((&related["path"], &related["pointer"]), (&"../in-step/Cargo.toml".into(), &"/package/version".into()));
    assert_eq!((&related["start"]["line"], &related["start"]["column"]), (&3.into(), &11.into()));
    let mended = place.file("CITATION.cff", cff("v1.3"));
    assert!(found(&mended.folder, &["."]).is_empty());
}

#[test]
fn a_workspace_says_it_for_its_members() {
    let place = Place::new("in-step-workspace")
        .file("CITATION.cff", cff("2.1.0"))
        .file(
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\"]\n\n[workspace.package]\nversion = \"2.2.0\"\nlicense = \"MIT\"\n",
        )
        .file("a/Cargo.toml", "[package]\nname = \"a\"\nversion.workspace = true\nlicense = { workspace = true }\n")
        .file("a/CITATION.cff", cff("2.1.0") + "license: Apache-2.0\n");
    git(&place.folder, &["init", "--quiet"]);
    let wanted = [
        says(
            "CITATION.cff:4:10",
            "conflicting-versions",
            "`CITATION.cff` says 2.1.0, but `Cargo.toml` (line 5) says 2.2.0",
        ),
        says(
            "a/CITATION.cff:4:10",
            "conflicting-versions",
            "`CITATION.cff` says 2.1.0, but `../Cargo.toml` (line 5) says 2.2.0",
        ),
        says(
            "a/CITATION.cff:7:10",
            "conflicting-licenses",
            "`CITATION.cff` says Apache-2.0, but `../Cargo.toml` (line 6) says MIT",
        ),
    ];
    assert_eq!(found(&place.folder, &["."]), wanted);
}

#[test]
fn the_nearest_manifest_counts_and_none_above_the_repository() {
    let place = Place::new("in-step-folders")
        .file("Cargo.toml", cargo("9.0.0"))
        .file("repo/CITATION.cff", cff("1.0.0"))
        .file("repo/pyproject.toml", "[project]\nname = \"floods\"\nversion = \"1.0\"\n")
        .file(
            "repo/docs/codemeta.json",
            r#"{"@context": "https://w3id.org/codemeta/3.0", "version": "0.9", "name": "Floods"}"#,
        )
        .file("repo/rain/CITATION.cff", cff("0.1.0"))
        .file("repo/rain/deep/CITATION.cff", cff("0.2.0"))
        .file("repo/snow/package.json", r#"{"name": "snow", "version": "3.1.0"}"#)
        .file("repo/snow/CITATION.cff", cff("3.0.0"))
        .file("repo/results/ro-crate-metadata.json", CRATE);
    let repo = place.folder.join("repo");
    git(&repo, &["init", "--quiet"]);
    let wanted = [
        says(
            "docs/codemeta.json:1:58",
            "conflicting-versions",
            "`codemeta.json` says 0.9, but `../pyproject.toml` (line 3) says 1.0",
        ),
        says(
            "snow/CITATION.cff:4:10",
            "conflicting-versions",
            "`CITATION.cff` says 3.0.0, but `package.json` (line 1) says 3.1.0",
        ),
    ];
    // What lies above belongs to the record of the same kind there: `rain` is no package of its own.
    assert_eq!(found(&repo, &["."]), wanted);
    // Without a repository only the folder itself counts.
    let outside = std::env::temp_dir().join(format!("reclint-in-step-{}", std::process::id()));
    std::fs::create_dir_all(outside.join("plain")).expect("a folder can be made");
    std::fs::write(outside.join("Cargo.toml"), cargo("9.0.0")).expect("a file can be written");
    std::fs::write(outside.join("plain/CITATION.cff"), cff("1.0.0")).expect("a file can be written");
    let nothing = found(&outside.join("plain"), &["."]);
    std::fs::write(outside.join("plain/Cargo.toml"), cargo("8.0.0")).expect("a file can be written");
    let beside = found(&outside.join("plain"), &["."]);
    let _ = std::fs::remove_dir_all(&outside);
    assert_eq!((nothing.len(), beside.len()), (0, 1), "{nothing:?} {beside:?}");
}

#[test]
fn a_conflict_of_two_records_is_told_once() {
    let codemeta =
        |version: &str| format!("{{\"@context\": \"https://w3id.org/codemeta/3.0\", \"version\": \"{version}\"}}");
    let place = Place::new("in-step-once").file("CITATION.cff", cff("1.1.0")).file("codemeta.json", codemeta("1.2.0"));
    let older = says(
        "CITATION.cff:4:10",
        "conflicting-versions",
        "`CITATION.cff` says 1.1.0, but `codemeta.json` (line 1) says 1.2.0",
    );
    let newer = says(
        "codemeta.json:1:58",
        "conflicting-versions",
        "`codemeta.json` says 1.2.0, but `CITATION.cff` (line 4) says 1.1.0",
    );
    assert_eq!(found(&place.folder, &["."]), [&*older]);
    assert_eq!(found(&place.folder, &["codemeta.json"]), [newer]);
    // The manifest bears out one of them: the other is wrong.
    let place = place.file("Cargo.toml", cargo("1.1.0"));
    let both =
        "`codemeta.json` says 1.2.0, but `Cargo.toml` (line 3) says 1.1.0 and `CITATION.cff` (line 4) says 1.1.0";
    assert_eq!(found(&place.folder, &["."]), [says("codemeta.json:1:58", "conflicting-versions", both)]);
    // Neither is: each is told of, and of the manifest alone.
    let place = place.file("Cargo.toml", cargo("2.0.0"));
    assert_eq!(found(&place.folder, &["."]).len(), 2);
}

#[test]
fn on_a_walk_what_is_shown_tried_or_foreign_is_left_alone() {
    let repository = Repository::new("in-step-alone")
        .file("Cargo.toml", cargo("1.0.0"))
        .file("examples/CITATION.cff", cff("7.0.0"))
        .file("src/tests/data/CITATION.cff", cff("7.0.0"))
        .file("pkg/inst/CITATION.cff", cff("7.0.0"))
        .file("other/CITATION.cff", cff("7.0.0"))
        .file("other/Cargo.toml", cargo("6.0.0"));
    git(&repository.folder().join("other"), &["init", "--quiet"]);
    let folder = repository.folder();
    assert!(found(folder, &["."]).is_empty());
    // Other rules judge them as before, and what is named is judged wholly.
    let run = run_in(folder, &["--extend-select", "schema-violation", "examples"]);
    assert!(run.stdout.contains("1 record in 1 file"), "{run}");
    let named = ["examples/CITATION.cff"];
    assert!(found(folder, &named).is_empty(), "what lies above the examples is another thing");
    std::fs::write(folder.join("examples/Cargo.toml"), cargo("5.0.0")).expect("a file can be written");
    assert_eq!(found(folder, &named).len(), 1);
    assert_eq!(found(folder, &["examples"]).len(), 1);
    assert!(found(folder, &["."]).is_empty());
    assert_eq!(found(&folder.join("other"), &["."]).len(), 1);
}

#[test]
fn only_metadata_older_than_the_newest_reachable_release_is_told() {
    let repository = Repository::new("in-step-tags").file("CITATION.cff", cff("1.2.0")).commit();
    let folder = repository.folder().to_path_buf();
    assert!(found(&folder, &["."]).is_empty(), "there are no tags");
    for tag in ["v1.1.0", "v1.2.0", "v2.0.0-rc.1", "nightly"] {
        repository.git(&["tag", tag]);
    }
    repository.git(&["switch", "--quiet", "--create", "next"]);
    let repository = repository.file("a.txt", "a").commit();
    repository.git(&["tag", "--annotate", "--message", "it is out", "v1.10"]);
    repository.git(&["switch", "--quiet", "main"]);
    assert!(found(&folder, &["."]).is_empty(), "the release is on another branch");
    repository.git(&["merge", "--quiet", "next"]);
    let behind =
        says("CITATION.cff:4:10", "version-behind-tag", "`CITATION.cff` says 1.2.0, but there is a release v1.10");
    assert_eq!(found(&folder, &["."]), [&*behind]);
    // The commit of a release comes before its tag.
    let repository = repository.file("CITATION.cff", cff("1.11.0"));
    assert!(found(&folder, &["."]).is_empty());
    // In a folder of its own a package has tags of its own.
    let repository = repository
        .file("CITATION.cff", cff("1.10.0"))
        .file("snow/package.json", r#"{"name": "@alps/snow", "version": "0.2.0"}"#)
        .file("snow/CITATION.cff", cff("0.2.0"))
        .commit();
    assert!(found(&folder, &["."]).is_empty());
    repository.git(&["tag", "snow-v0.3.0"]);
    let own = says(
        "snow/CITATION.cff:4:10",
        "version-behind-tag",
        "`CITATION.cff` says 0.2.0, but there is a release snow-v0.3.0",
    );
    assert_eq!(found(&folder, &["."]), [own]);
    // Who says the version otherwise is told that, and no more.
    let repository = repository.file("Cargo.toml", cargo("1.12.0")).file("CITATION.cff", cff("1.9.0"));
    let first = &found(repository.folder(), &["CITATION.cff"]);
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].contains("conflicting-versions"), "{first:?}");
}

#[test]
fn what_is_staged_is_held_to_what_is_staged() {
    let repository = Repository::new("in-step-staged")
        .file("CITATION.cff", cff("1.0.0"))
        .file("Cargo.toml", cargo("1.0.0"))
        .commit();
    let folder = repository.folder().to_path_buf();
    let repository = repository.file("CITATION.cff", cff("1.1.0"));
    repository.git(&["add", "CITATION.cff"]);
    // In the folder the manifest has been mended, and a record lies there that git does not know.
    let repository = repository
        .file("Cargo.toml", cargo("1.1.0"))
        .file("codemeta.json", r#"{"@context": "https://w3id.org/codemeta/3.0", "version": "0.5"}"#);
    let wanted = says(
        "CITATION.cff:4:10",
        "conflicting-versions",
        "`CITATION.cff` says 1.1.0, but `Cargo.toml` (line 3) says 1.0.0",
    );
    assert_eq!(found(&folder, &["--staged"]), [&*wanted]);
    assert_eq!(found(&folder, &["--software"]), [&*wanted]);
    assert!(found(&folder, &["."])[0].contains("`codemeta.json` says 0.5"), "the folder is another matter");
    repository.git(&["add", "Cargo.toml"]);
    assert!(found(&folder, &["--staged"]).is_empty());
    assert!(found(&folder, &["--software"]).is_empty());
}

#[test]
fn the_software_of_a_repository_is_what_git_has_of_it() {
    let repository = Repository::new("in-step-software")
        .file("CITATION.cff", cff("1.0.0"))
        .file("Cargo.toml", cargo("1.0.0"))
        .file("rain/.zenodo.json", r#"{"upload_type": "software", "title": "Rain", "version": "0.1"}"#)
        .file("rain/DESCRIPTION", "Package: rain\nVersion: 0.2\n")
        .file("tests/CITATION.cff", cff("7.0.0"))
        .file("record.json", "{}")
        .commit();
    let folder = repository.folder().to_path_buf();
    // Only the manifest is staged: the record that it leaves behind is told of.
    let repository = repository.file("Cargo.toml", cargo("1.1.0")).file("snow/CITATION.cff", cff("1.0.0"));
    repository.git(&["add", "Cargo.toml"]);
    let wanted = [
        says(
            "CITATION.cff:4:10",
            "conflicting-versions",
            "`CITATION.cff` says 1.0.0, but `Cargo.toml` (line 3) says 1.1.0",
        ),
        says(
            "rain/.zenodo.json:1:57",
            "conflicting-versions",
            "`.zenodo.json` says 0.1, but `DESCRIPTION` (line 2) says 0.2",
        ),
    ];
    assert_eq!(found(&folder, &["--software"]), wanted);
    assert_eq!(found(&folder, &["--software", "rain"]), wanted[1..]);
    assert_eq!(found(&folder.join("rain"), &["--software", ".."]).len(), 2);
    let nothing = Repository::new("in-step-nothing").file("a.json", "{}").commit();
    let run = run_in(nothing.folder(), &["--software"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), "nothing to judge: git has no record of software.\n"), "{run}");
    let misspelt = run_in(&folder, &["--software", "rian"]);
    let both = run_in(&folder, &["--software", "--staged"]);
    assert_eq!((misspelt.code, both.code), (Some(2), Some(2)), "{misspelt}{both}");
}

#[test]
fn the_hook_is_called_for_every_file_that_counts() {
    let kinds = std::fs::read_to_string(project().join("schemas/beside.toml")).expect("it is there");
    let value = |line: &'static str| kinds.lines().filter_map(move |own| own.strip_prefix(line));
    let records = value("records = ").flat_map(|list| list.split('"').skip(1).step_by(2));
    let manifests = value("name = ").map(|name| name.trim_matches('"'));
    let names: Vec<_> = records.chain(manifests).map(|name| name.replace('.', "\\.")).collect();
    assert!(names.len() > 7, "{names:?}");
    let hooks = std::fs::read_to_string(project().join("pre-commit/.pre-commit-hooks.yaml")).expect("it is there");
    let wanted = format!("files: '(^|/)({})$'", names.join("|"));
    assert!(hooks.contains(&wanted), "{wanted}");
}

#[test]
fn the_page_shows_what_happens() {
    let page = std::fs::read_to_string(project().join("docs/in-step.md")).expect("it is there");
    let shown = crate::support::blocks(&page, "console");
    let files = [crate::support::blocks(&page, "yaml")[0], crate::support::blocks(&page, "toml")[0]];
    let place = Place::new("in-step-page").file("CITATION.cff", files[0]).file("Cargo.toml", files[1]);
    let (command, output) = shown[0].split_once('\n').expect("it has an answer");
    let words: Vec<_> = command.strip_prefix("$ reclint ").expect("it is ours").split_whitespace().collect();
    let run = place.run(&words);
    assert_eq!(run.stdout, output);
}

const CFF_OF_TWO: &str = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Rain\nauthors:\n  - {given-names: Ruth, \
    family-names: Keller}\n";

#[test]
fn people_of_an_r_package_are_read_as_r_does() {
    let place = Place::new("in-step-r").file("CITATION.cff", CFF_OF_TWO);
    for (number, (code, is_strange)) in [
        ("person(given = \"Ruth\", \"Keller\")", false),
        ("person(family = \"Keller\", \"Ruth\", role = c(\"aut\", \"cre\"))", false),
        ("person(\"Ruth\", \"Keller\", , \"r@example.org\", c(\"aut\", \"cre\"))", false),
        ("person(\"Jan\", \"Novak\", NULL, \"r@example.org\", \"ctb\")", false),
        // She is there, whatever she has done.
        ("c(person(\"Jan\", \"Novak\"), person(\"Ruth\", \"Keller\", role = \"ctb\"))", false),
        // Perhaps it is she.
        ("c(person(\"Ruth Keller\"), person(\"Jan\", \"Novak\"))", false),
        ("person(giv = \"Ruth\", fam = \"Keller\")", false),
        ("person(\"Jan\", \"Novak\", role = \"aut\")", true),
        ("person(given = \"Jan\", \"Novak\")", true),
    ]
    .into_iter()
    .enumerate()
    {
        let description = format!("Package: rain\nVersion: 0.2\nAuthors@R: {code}\n");
        std::fs::write(place.folder.join("DESCRIPTION"), description).expect("a file can be written");
        let found = found(&place.folder, &["."]);
        assert_eq!(found.len(), usize::from(is_strange), "{number}: {code}: {found:?}");
    }
}

#[test]
fn manifests_with_a_mark_are_read_and_pipes_are_not() {
    let place = Place::new("in-step-mark")
        .file("CITATION.cff", cff("1.2.0"))
        .file("package.json", "\u{feff}{\"name\": \"floods\", \"version\": \"1.3.0\"}");
    let wanted = says(
        "CITATION.cff:4:10",
        "conflicting-versions",
        "`CITATION.cff` says 1.2.0, but `package.json` (line 1) says 1.3.0",
    );
    assert_eq!(found(&place.folder, &["."]), [&*wanted]);
    std::fs::write(place.folder.join("package.json"), " ".repeat(5_000_000)).expect("a file can be written");
    assert!(found(&place.folder, &["."]).is_empty());
    #[cfg(unix)]
    {
        std::fs::remove_file(place.folder.join("package.json")).expect("it is there");
        let made = std::process::Command::new("mkfifo").arg(place.folder.join("package.json")).status();
        assert!(made.is_ok_and(|made| made.success()), "mkfifo is there");
        // Nobody writes to it.
        assert!(found(&place.folder, &["CITATION.cff"]).is_empty());
    }
}

#[test]
fn a_hook_of_another_repository_does_not_lend_its_tags() {
    let other = Repository::new("in-step-lends").file("a.txt", "a").commit();
    other.git(&["tag", "v9.0.0"]);
    let own = Repository::new("in-step-borrows").file("CITATION.cff", cff("1.2.0")).commit();
    own.git(&["tag", "v1.2.0"]);
    let run = |own: &Repository| -> Run {
        let words = ["check", "--isolated", "--output-format", "concise", "--select", RULES, "CITATION.cff"];
        let mut command = reclint(own.folder(), &words);
        command.env("PATH", std::env::var_os("PATH").expect("it is set")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_DIR", other.folder().join(".git")).output().expect("the program starts").into()
    };
    assert!(run(&own).stdout.contains("nihil obstat"), "{}", run(&own));
    own.git(&["tag", "v1.3.0"]);
    assert!(run(&own).stdout.contains("there is a release v1.3.0"), "{}", run(&own));
    // What git does not say is not silently taken for nothing.
    std::fs::write(own.folder().join(".git/config"), "[broken\n").expect("a file can be written");
    let broken = run(&own);
    assert!(broken.code == Some(0) && broken.stderr.contains("the tags of `"), "{broken}");
}

#[test]
fn what_lies_below_a_manifest_need_not_be_its_work() {
    let cff = |title: &str, more: &str| {
        format!(
            "cff-version: 1.2.0\nmessage: Cite it.\ntitle: {title}\nversion: 2.0.0\nlicense: GPL-3.0-only\n\
             authors:\n  - {{given-names: Ruth, family-names: Keller}}\n{more}"
        )
    };
    let manifest = "[project]\nname = \"flood-tools\"\nversion = \"1.3.0\"\nlicense = \"MIT\"\n\
                    authors = [{name = \"Jan Novak\"}]\n";
    let repository = Repository::new("in-step-below")
        .file("pyproject.toml", manifest)
        .file("external/lib/CITATION.cff", cff("Another library", ""))
        .file("data/CITATION.cff", cff("Flood tools of the Alps", ""))
        .file("paper/CITATION.cff", cff("How it floods", ""));
    let folder = repository.folder().to_path_buf();
    assert_eq!(found(&folder, &["."]), [""; 0]);
    // By its name it is.
    let repository = repository.file("docs/CITATION.cff", cff("'Flood Tools: how they flood'", ""));
    let lines = found(&folder, &["."]);
    assert!(lines.len() == 3 && lines.iter().all(|line| line.starts_with("docs/")), "{lines:?}");
    // Unless it is a package of another kind.
    std::fs::write(folder.join("docs/pom.xml"), "").expect("a file can be written");
    assert_eq!(found(&folder, &["."]), [""; 0]);
    std::fs::remove_file(folder.join("docs/pom.xml")).expect("it is there");
    std::fs::remove_file(folder.join("docs/CITATION.cff")).expect("it is there");
    // Data beside the scripts that made them.
    let repository = repository.file("CITATION.cff", cff("Flood data", "type: dataset\n"));
    let zenodo =
        r#"{"upload_type": "poster", "title": "Floods", "version": "7", "creators": [{"name": "Keller, Ruth"}]}"#;
    let repository = repository.file("poster/.zenodo.json", zenodo).file("poster/pyproject.toml", manifest);
    assert_eq!(found(repository.folder(), &["."]), [""; 0]);
    let repository = repository.file("CITATION.cff", cff("Flood data", "type: software\n"));
    assert_eq!(found(repository.folder(), &["."]).len(), 3);
}

#[test]
fn a_manifest_of_tools_says_nothing_of_the_software() {
    let tools = "{\"name\": \"x\", \"version\": \"1.0.0\", \"license\": \"ISC\"}";
    let place =
        Place::new("in-step-tools").file("CITATION.cff", cff("3.1.0") + "license: MIT\n").file("package.json", tools);
    assert_eq!(found(&place.folder, &["."]).len(), 2);
    for name in ["setup.py", "pom.xml", "go.mod"] {
        let path = place.folder.join(name);
        std::fs::write(&path, "").expect("a file can be written");
        assert_eq!(found(&place.folder, &["."]), [""; 0], "{name}");
        std::fs::remove_file(path).expect("it is there");
    }
    let place = place.file("pyproject.toml", "[tool.ruff]\nline-length = 100\n");
    assert_eq!(found(&place.folder, &["."]), [""; 0]);
    std::fs::remove_file(place.folder.join("pyproject.toml")).expect("it is there");
    for text in [tools.replace("\"name\": \"x\", ", ""), tools.replace('{', "{\"private\": true, ")] {
        let _ = std::fs::write(place.folder.join("package.json"), &text);
        assert_eq!(found(&place.folder, &["."]), [""; 0], "{text}");
    }
}

#[test]
fn a_body_in_a_manifest_is_no_other_author() {
    let place = Place::new("in-step-bodies").file("CITATION.cff", CFF_OF_TWO);
    for (name, is_strange) in [
        ("ETH Zürich", false),
        ("TU Delft", false),
        ("EPFL ENAC", false),
        ("INRIA Grenoble", false),
        ("Met Office", false),
        ("Politecnico di Milano", false),
        ("United Kingdom Atomic Energy Authority", false),
        ("Your Name", false),
        ("Keller R.", false),
        ("Jan Novak", true),
    ] {
        let manifest = format!("[project]\nname = \"rain\"\nauthors = [{{name = \"{name}\"}}]\n");
        std::fs::write(place.folder.join("pyproject.toml"), manifest).expect("a file can be written");
        let lines = found(&place.folder, &["."]);
        assert_eq!(lines.len(), usize::from(is_strange), "{name}: {lines:?}");
    }
}
