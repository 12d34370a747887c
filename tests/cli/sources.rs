//! Which files are meant: what cannot be read is said, and one file is one file, however it is named.

use crate::support::{BROKEN, CLEAN, Place, gzip};

/// The paths that were found something in, in order.
fn paths(place: &Place, arguments: &[&str]) -> Vec<String> {
    let run = place.run(&[&["check", "--output-format", "concise"], arguments].concat());
    let lines = run.stdout.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(_, rest)| rest.contains("invalid-doi")).map(|(path, _)| path.to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new("unreadable").file("top/sub/a.json", BROKEN).file("top/b.json", CLEAN);
    let sub = place.folder.join("top/sub");
    let allow = |mode| std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    allow(0o000);
    // Whoever may do everything reads it all the same.
    let is_kept_out = std::fs::read_dir(&sub).is_err();
    let runs = [&["check", "top/sub"][..], &["check", "top"], &["check", "top/*/*.json", "top/b.json"]];
    let [named, walked, pattern] = runs.map(|arguments| place.run(arguments));
    allow(0o755);
    if is_kept_out {
        assert_eq!(named.code, Some(2), "{named}");
        assert!(named.stderr.contains("`top/sub` cannot be read"), "{named}");
        assert_eq!(walked.code, Some(0), "{walked}");
        assert!(walked.stderr.contains("`top/sub` cannot be read"), "{walked}");
        assert!(walked.stdout.contains("1 record in 1 file"), "{walked}");
        assert_eq!(pattern.code, Some(2), "{pattern}");
    }
}

#[test]
fn an_archive_that_breaks_is_no_small_matter_on_a_walk_either() {
    let records = (0..400).fold(String::new(), |text, number| {
        text + &CLEAN.replace("Keller, Ruth", &format!("Keller, Ruth {}", number * number * 7919 % 10007)) + "\n"
    });
    let whole = gzip(&records);
    let place = Place::new("archive-on-walk")
        .file("cw/t.ndjson.gz", &whole[..whole.len() / 2])
        .file("nothing/t.ndjson.gz", &whole[..5]);
    for arguments in [&["cw"][..], &["--exit-zero", "cw"], &["nothing"], &["cw/t.ndjson.gz"]] {
        let run = place.run(&[&["check"], arguments].concat());
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("t.ndjson.gz` cannot be read"), "{run}");
        assert!(run.stderr.contains("before the break"), "{run}");
    }
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

#[test]
fn one_file_is_judged_once_however_it_is_named() {
    let place = Place::new("one-name").file("sub/a.json", BROKEN);
    let here = place.folder.to_string_lossy().into_owned();
    let absolute = format!("{here}/sub/a.json");
    assert_eq!(paths(&place, &[".", &here]), ["sub/a.json"]);
    assert_eq!(paths(&place, &["sub/../sub/a.json", &absolute, "."]).len(), 1);
    assert_eq!(paths(&place, &[&absolute, "sub/a.json"]), [absolute.as_str()]);
}

#[test]
fn of_a_file_that_is_not_there_nothing_was_judged() {
    let place = Place::new("not-there");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("gone.json", place.folder.join("dangling.json")).expect("a link can be made");
        let run = place.run(&["check", "dangling.json"]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("`dangling.json` cannot be read"), "{run}");
        assert!(!run.stderr.contains("judged"), "{run}");
        let run = place.run(&["check", "."]);
        assert!(run.stderr.contains("`dangling.json` cannot be read"), "{run}");
    }
    let run = place.run(&["check", "no-such.json"]);
    assert!(!run.stderr.contains("before"), "{run}");
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_and_those_to_folders_are_not() {
    use std::os::unix::fs::symlink;
    let place = Place::new("links").file("outside/a.json", BROKEN).file("in/own.json", BROKEN);
    let link = |to: &str, at: &str| symlink(to, place.folder.join(at)).expect("a link can be made");
    link("../outside/a.json", "in/linked.json");
    link("own.json", "in/again.json");
    link("../outside", "in/folder");
    assert_eq!(paths(&place, &["in"]), ["in/linked.json", "in/own.json"]);
}
