//! Which files are meant: what cannot be read is said, and one file is one file, however it is named.

use crate::support::{BROKEN, Place};

/// The paths that were found something in, in order.
fn paths(place: &Place, arguments: &[&str]) -> Vec<String> {
    let run = place.run(&[&["check", "--output-format", "concise"], arguments].concat());
    let lines = run.stdout.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(_, rest)| rest.contains("invalid-doi")).map(|(path, _)| path.to_owned()).collect()
}

/// Two records, one below `legacy`, which the settings speak of.
fn legacy(name: &str, settings: &str) -> Place {
    Place::new(name).file("cfg/reclint.toml", settings).file("cfg/legacy/a.json", BROKEN).file("cfg/b.json", BROKEN)
}

#[test]
fn paths_of_the_configuration_hold_from_everywhere() {
    let exclude = legacy("exclude-from", "exclude = [\"legacy/**\"]\n");
    let over =
        "[[override]]\npaths = [\"legacy/**\"]\nrules = [\"invalid-doi\"]\nseverity = \"off\"\nreason = \"old\"\n";
    let over = legacy("override-from", over);
    for place in [exclude, over] {
        let root = place.folder.join("cfg");
        let absolute = root.join("legacy").to_string_lossy().into_owned();
        let config = root.join("reclint.toml").to_string_lossy().into_owned();
        let table: &[(&str, &[&str])] = &[
            ("cfg", &["legacy"]),
            ("cfg", &["./legacy/"]),
            ("cfg", &[&absolute]),
            ("cfg/legacy", &["."]),
            ("cfg/legacy", &["../legacy"]),
            ("cfg/legacy", &["../../cfg/legacy"]),
            ("cfg", &["../cfg/legacy"]),
            (".", &["--config", "cfg/reclint.toml", "cfg/legacy"]),
            ("..", &["--config", &config, &absolute]),
        ];
        for (folder, arguments) in table {
            let from = Place { folder: place.folder.join(folder) };
            assert!(paths(&from, arguments).is_empty(), "{folder}: {arguments:?}");
            let run = from.run(&[&["check"], *arguments].concat());
            assert!(!run.stderr.contains("changed nothing"), "{folder}: {arguments:?}\n{run}");
        }
        assert_eq!(paths(&Place { folder: root.join("legacy") }, &[".."]), ["../b.json"]);
    }
}

#[test]
fn force_exclude_takes_absolute_paths_too() {
    let place = legacy("force-absolute", "exclude = [\"legacy/**\"]\n");
    let file = place.folder.join("cfg/legacy/a.json").to_string_lossy().into_owned();
    let from = Place { folder: place.folder.join("cfg") };
    assert_eq!(from.run(&["check", "--force-exclude", &file]).code, Some(0));
    assert_eq!(from.run(&["check", &file]).code, Some(1));
}

#[test]
fn a_star_stays_in_its_folder() {
    let judged = |name: &str, pattern: &str| {
        let place = Place::new(name)
            .file("reclint.toml", format!("exclude = [\"{pattern}\"]\n"))
            .file("a.json", BROKEN)
            .file("legacy/a.json", BROKEN)
            .file("legacy/deep/b.ndjson", BROKEN);
        paths(&place, &["."])
    };
    let all = ["a.json", "legacy/a.json", "legacy/deep/b.ndjson"];
    // With a slash from the configuration's folder, and `*` goes through no folder.
    assert_eq!(judged("star-1", "legacy/*.json"), [all[0], all[2]]);
    assert_eq!(judged("star-2", "*/b.ndjson"), all);
    assert_eq!(judged("star-3", "**/b.ndjson"), all[..2]);
    assert_eq!(judged("star-4", "/a.json"), all[1..]);
    assert_eq!(judged("star-5", "./legacy/"), [all[0]]);
    // Without a slash by the name of the file or of a folder, at any depth.
    assert_eq!(judged("star-6", "*.ndjson"), all[..2]);
    assert_eq!(judged("star-7", "a.json"), [all[2]]);
    assert_eq!(judged("star-8", "leg*"), [all[0]]);
    assert_eq!(judged("star-9", "deep"), all[..2]);
}
