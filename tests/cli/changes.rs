//! Only what has changed, in repositories of git that are made for it.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::{BROKEN, CLEAN, Place, Run, reclint};

/// Runs git in a folder, as somebody whose settings are not ours.
pub(crate) fn git(folder: &Path, words: &[&str]) {
    let output = said_by_git(folder, words);
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn said_by_git(folder: &Path, words: &[&str]) -> Output {
    Command::new("git")
        .current_dir(folder)
        .args(words)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", folder)
        .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")])
        .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org")])
        .output()
        .expect("git is there")
}

/// A repository of its own, outside of that of the project.
pub(crate) struct Repository(Place);

impl Repository {
    pub(crate) fn new(name: &str) -> Self {
        let place = Place::new(&format!("git-{name}"));
        git(&place.folder, &["init", "--quiet", "--initial-branch=main"]);
        Self(place)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        Self(self.0.file(path, content))
    }

    pub(crate) fn git(&self, words: &[&str]) -> &Self {
        git(&self.0.folder, words);
        self
    }

    pub(crate) fn commit(self) -> Self {
        self.git(&["add", "--all"]).git(&["commit", "--quiet", "--message", "it is so"]);
        self
    }

    fn run(&self, words: &[&str]) -> Run {
        run_in(&self.0.folder, words)
    }
}

fn run_in(folder: &Path, words: &[&str]) -> Run {
    let words =
        [&["check", "--isolated", "--output-format", "concise", "--select", "invalid-doi,impossible-date"], words]
            .concat();
    let mut command = reclint(folder, &words);
    command.env("PATH", std::env::var_os("PATH").expect("it is set")).env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().expect("the program starts").into()
}

/// A record with a DOI of its own, and a date.
fn record(number: usize, date: &str) -> String {
    CLEAN.replace("10.5072/example-1", &format!("10.5072/{number}")).replace(
        "\"publicationYear\":2024",
        &format!("\"publicationYear\":2024,\"dates\":[{{\"date\":\"{date}\",\"dateType\":\"Issued\"}}]"),
    )
}

const BAD: &str = "2024-02-31";

/// Where something was found, and the last lines.
fn places(run: &Run) -> Vec<&str> {
    run.stdout
        .lines()
        .filter_map(|line| line.split_once(' ').map(|(place, _)| place))
        .filter(|place| place.matches(':').count() > 1)
        .collect()
}

#[test]
fn what_is_staged_is_judged_as_it_is_staged() {
    let repository = Repository::new("staged")
        .file("a.json", CLEAN)
        .file("b.json", BROKEN)
        .file("gone.json", BROKEN)
        .file("old name.json", format!("[{},\n{}]", record(1, BAD), record(2, "2024-01-01")))
        .commit();
    let nothing = repository.run(&["--staged"]);
    assert_eq!(
        (nothing.code, &*nothing.stderr),
        (Some(0), "nothing to judge: nothing of it is staged.\n"),
        "{nothing}"
    );
    // Staged is a faulty version, behind a line; in the folder it has been mended.
    let repository = repository.file("a.json", format!("\n{BROKEN}"));
    repository.git(&["add", "a.json"]);
    let repository = repository.file("a.json", CLEAN).file("b.json", format!("{BROKEN}\n"));
    let run = repository.run(&["--staged"]);
    assert_eq!((run.code, places(&run)), (Some(1), vec!["a.json:2:8"]), "{run}");
    // A frame shows what is staged.
    let framed = repository.run(&["--staged", "--output-format", "pretty"]);
    assert_eq!(framed.code, Some(2), "{framed}");
    let mut command = reclint(&repository.0.folder, &["check", "--isolated", "--staged"]);
    let framed: Run =
        command.env("PATH", std::env::var_os("PATH").expect("it is set")).output().expect("it starts").into();
    assert!(framed.stdout.contains("a.json:2") && framed.stdout.contains("2 | {\"doi\":\"10.5072\""), "{framed}");

    // What is deleted is left alone; what is renamed keeps its records; what is only staged is judged.
    repository.git(&["rm", "--quiet", "--cached", "gone.json"]);
    repository.git(&["mv", "old name.json", "new 'ü' name.json"]);
    let repository = repository
        .file("new 'ü' name.json", format!("[{},\n{}]", record(2, BAD), record(1, BAD)))
        .file("in/-x.json", BROKEN.replace("Snow depth", "Ice"));
    repository.git(&["add", "--", "new 'ü' name.json", "in/-x.json"]);
    std::fs::remove_file(repository.0.folder.join("in/-x.json")).expect("it is there");
    let run = repository.run(&["--staged"]);
    assert_eq!(run.code, Some(1), "{run}");
    insta::assert_snapshot!(run);
    let named = repository.run(&["--staged", "gone.json", "in/-x.json"]);
    assert_eq!(places(&named), ["in/-x.json:1:8"], "{named}");
    // Nor need a pattern find it in the folder, nor the folder itself.
    for pattern in ["in/*.json", "./i*/-x.json", "i?", "i?/", "in//*.json", "in/./-*", "on/../in/*"] {
        let named = repository.run(&["--staged", pattern]);
        assert_eq!(places(&named), ["in/-x.json:1:8"], "{pattern}: {named}");
    }
    assert_eq!(repository.run(&["--staged", "on/*.json"]).code, Some(2), "there is nothing of it");
    // A name is no pattern only because it looks like one.
    for name in ["in/a[1].json", "in/b[1.json"] {
        std::fs::create_dir_all(repository.0.folder.join("in")).expect("a folder can be made");
        std::fs::write(repository.0.folder.join(name), BROKEN.replace("Snow depth", name))
            .expect("a file can be written");
        repository.git(&["add", "--", name]);
        std::fs::remove_file(repository.0.folder.join(name)).expect("it is there");
        let named = repository.run(&["--staged", name]);
        assert_eq!(places(&named), [format!("{name}:1:8")], "{named}");
        repository.git(&["rm", "--quiet", "--cached", "--", &format!(":(literal){name}")]);
    }
    // From within a folder paths are seen from there.
    std::fs::create_dir_all(repository.0.folder.join("in")).expect("a folder can be made");
    let inside = run_in(&repository.0.folder.join("in"), &["--staged", ".", "../a.json"]);
    assert_eq!(places(&inside), ["-x.json:1:8", "../a.json:2:8"], "{inside}");
}

#[test]
fn of_many_records_only_those_are_told_that_have_changed() {
    let lines = |records: &[String]| records.iter().fold(String::new(), |text, record| text + record + "\n");
    let mut records: Vec<_> =
        (0..1000).map(|number| record(number, if number % 2 == 0 { BAD } else { "2024-01-01" })).collect();
    let list = |records: &[String]| format!("[\n{}\n]", records.join(",\n"));
    let cffs =
        |date: &str| format!("dc.identifier,dc.title,dc.date.issued\n10.5072/1,Snow,{date}\n10.5072/2,Ice,{BAD}\n");
    let repository = Repository::new("records")
        .file("lines.ndjson", lines(&records))
        .file("list.json", list(&records))
        .file("same.ndjson", lines(&records))
        .file("table.csv", cffs("2024-01-01"))
        .commit();
    assert_eq!(repository.run(&["--changed"]).stderr, "nothing to judge: nothing of it has changed.\n");
    // One has a new fault, in its members' other order; the others stand the other way round.
    records.reverse();
    let same = lines(&records);
    records[500] = record(499, "2024-02-30");
    let repository = repository
        .file("lines.ndjson", lines(&records))
        .file("list.json", list(&records))
        .file("same.ndjson", same)
        .file("table.csv", cffs("2024-02-30"))
        .file("new.json", record(5000, BAD));
    let run = repository.run(&["--changed"]);
    assert_eq!(run.code, Some(1), "{run}");
    insta::assert_snapshot!(run);
    for threads in ["1", "4"] {
        assert_eq!(repository.run(&["--changed", "--threads", threads]).stdout, run.stdout, "{threads}");
    }
    repository.git(&["add", "--all"]);
    assert_eq!(repository.run(&["--staged"]).stdout, run.stdout);
}

#[test]
fn since_a_branch() {
    let repository = Repository::new("since").file("a.json", record(1, BAD)).file("b.json", record(2, BAD)).commit();
    repository.git(&["switch", "--quiet", "--create", "work"]);
    let repository = repository.file("b.json", record(2, "2024-02-30")).commit();
    repository.git(&["switch", "--quiet", "main"]);
    // What others have done meanwhile is not ours.
    let repository = repository.file("a.json", record(1, "2024-02-29")).commit();
    repository.git(&["switch", "--quiet", "work"]);
    let repository = repository.file("unknown.json", BROKEN);
    let run = repository.run(&["--since", "main"]);
    assert_eq!((run.code, places(&run).len()), (Some(1), 1), "{run}");
    assert!(places(&run)[0].starts_with("b.json:"), "{run}");

    let shallow = Place::new("git-shallow");
    let from = format!("file://{}", repository.0.folder.display());
    git(&shallow.folder, &["clone", "--quiet", "--depth=1", "--branch=work", &from, "clone"]);
    let clone = shallow.folder.join("clone");
    let first = run_in(&clone, &["--since", "origin/main"]);
    git(&clone, &["fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    let second = run_in(&clone, &["--since", "origin/main"]);
    let none = repository.run(&["--since", "mian"]);
    let dashed = repository.run(&["--since=--all"]);
    insta::assert_snapshot!([first, second, none, dashed].map(|run| run.to_string()).join("\n"));
}

#[test]
fn where_git_cannot_say_it_is_said_why() {
    let place = Place::new("no-git").file("a.json", BROKEN);
    // The project's own repository is not asked.
    let mut outside = reclint(&place.folder, &["check", "--isolated", "--staged"]);
    let outside: Run = outside
        .env("PATH", std::env::var_os("PATH").expect("it is set"))
        .env("GIT_CEILING_DIRECTORIES", place.folder.parent().expect("it lies in one"))
        .output()
        .expect("the program starts")
        .into();
    let without: Run = reclint(&place.folder, &["check", "--isolated", "--changed"])
        .env("PATH", &place.folder)
        .output()
        .expect("the program starts")
        .into();
    let unborn = Repository::new("unborn").file("a.json", BROKEN).file("b.json", BROKEN);
    unborn.git(&["add", "a.json"]);
    assert_eq!(places(&unborn.run(&["--staged"])), ["a.json:1:8"]);
    assert_eq!(places(&unborn.run(&["--changed"])), ["a.json:1:8", "b.json:1:8"]);
    let since = unborn.run(&["--since", "main"]);
    let stdin = unborn.run(&["--staged", "-"]);
    let misspelt = unborn.run(&["--staged", "c.json"]);
    let both = unborn.run(&["--staged", "--changed"]);
    insta::assert_snapshot!([outside, without, since, stdin, misspelt, both].map(|run| run.to_string()).join("\n"));
}

#[test]
fn submodules_links_and_unfinished_merges_are_left_alone() {
    let repository = Repository::new("others").file("a.json", record(1, "2024-01-01")).commit();
    repository.git(&["switch", "--quiet", "--create", "work"]);
    let repository = repository.file("a.json", record(1, BAD)).commit();
    repository.git(&["switch", "--quiet", "main"]);
    let repository = repository.file("a.json", record(1, "2024-01-02")).commit();
    assert!(!said_by_git(&repository.0.folder, &["merge", "--quiet", "work"]).status.success());
    let sub = repository.0.folder.join("sub");
    std::fs::create_dir_all(&sub).expect("a folder can be made");
    git(&sub, &["init", "--quiet"]);
    let repository = repository.file("sub/b.json", BROKEN).file("target.txt", "nothing");
    git(&sub, &["add", "b.json"]);
    git(&sub, &["commit", "--quiet", "--message", "it is so"]);
    repository.git(&["add", "sub"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("target.txt", repository.0.folder.join("c.json")).expect("a link can be made");
    repository.git(&["add", "c.json"]);
    let run = repository.run(&["--staged"]);
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(run);
    assert_eq!(
        repository.run(&["--changed", "sub", "c.json"]).stderr,
        "nothing to judge: nothing of it has changed.\n"
    );
}

#[test]
fn what_is_ignored_and_tracked_all_the_same_is_judged() {
    let repository = Repository::new("ignored").file(".gitignore", "build/\n").file("a.json", CLEAN).commit();
    let repository = repository.file("build/i.json", BROKEN);
    repository.git(&["add", "--force", "build/i.json"]);
    let staged = repository.run(&["--staged"]);
    assert!(staged.code == Some(1) && staged.stdout.contains("build/i.json"), "{staged}");
    repository.git(&["commit", "--quiet", "--message", "it is so"]);
    let since = repository.run(&["--since", "HEAD~1"]);
    assert!(since.code == Some(1) && since.stdout.contains("build/i.json"), "{since}");
}

#[test]
fn what_git_cannot_give_is_no_success() {
    let repository = Repository::new("lost").file("a.json", CLEAN).commit().file("a.json", BROKEN);
    repository.git(&["add", "a.json"]);
    let name = String::from_utf8(said_by_git(&repository.0.folder, &["rev-parse", ":a.json"]).stdout).expect("a name");
    let (folder, file) = name.trim().split_at(2);
    std::fs::remove_file(repository.0.folder.join(".git/objects").join(folder).join(file)).expect("it is there");
    let run = repository.run(&["--staged"]);
    assert!(run.code == Some(2) && run.stderr.contains("git has not what is staged of `a.json`"), "{run}");
}

#[test]
fn what_held_a_record_before_it_was_broken_is_told() {
    let place = Repository::new("broken").file("records/a.json", CLEAN).file("settings.json", "{\"a\": 1}").commit();
    let place = place.file("records/a.json", CLEAN.replacen(':', "", 1)).file("settings.json", "{\"a\": }");
    let walked = run_in(place.folder(), &["--select", "syntax-error", "."]);
    assert_eq!(walked.code, Some(0), "nothing tells what it is: {walked}");
    for words in [&["--changed"][..], &["--since", "HEAD"], &["--staged"]] {
        if words == ["--staged"] {
            place.git(&["add", "--all"]);
        }
        let run = run_in(place.folder(), &[&["--select", "syntax-error"], words].concat());
        assert_eq!((run.code, places(&run).len()), (Some(1), 1), "{run}");
        assert!(run.stdout.starts_with("records/a.json:1:") && run.stdout.contains("syntax-error"), "{run}");
    }
    // What has become something else is no broken record.
    let place = place.file("records/a.json", "{\"a\": 1}").file("settings.json", "{\"a\": 2}");
    let run = run_in(place.folder(), &["--select", "syntax-error,unknown-format", "--changed"]);
    assert_eq!((run.code, places(&run).len()), (Some(0), 0), "{run}");
}

#[test]
fn a_record_whose_merge_is_not_done_is_named() {
    let place = Repository::new("unmerged-software").file("CITATION.cff", "cff-version: 1.2.0\ntitle: a\n").commit();
    place.git(&["checkout", "--quiet", "-b", "other"]);
    let place = place.file("CITATION.cff", "cff-version: 1.2.0\ntitle: b\n").commit();
    place.git(&["checkout", "--quiet", "main"]);
    let place = place.file("CITATION.cff", "cff-version: 1.2.0\ntitle: c\n").commit();
    assert!(!said_by_git(place.folder(), &["merge", "--quiet", "other"]).status.success());
    let run = run_in(place.folder(), &["--software"]);
    assert!(run.stderr.contains("`CITATION.cff` is not judged: its merge is not done"), "{run}");
    // The file itself has git's marks.
    let run = run_in(place.folder(), &["--select", "syntax-error", "CITATION.cff"]);
    assert!(run.code == Some(1) && run.stdout.contains("a merge is not done"), "{run}");
}
