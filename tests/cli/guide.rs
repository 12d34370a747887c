//! What the curators' guide shows is what happens.

use crate::support::{Place, blocks, project, reclint};

fn guide() -> String {
    std::fs::read_to_string(project().join("docs/curator.md")).expect("it is there")
}

#[test]
fn its_export_gives_what_it_shows() {
    let guide = guide();
    let folder = project().join("docs/curator");
    let said = reclint(&folder, &["check", "export.csv"]).output().expect("the program starts");
    let said = String::from_utf8(said.stdout).expect("the program writes UTF-8");
    let shown =
        blocks(&guide, "text").into_iter().find(|block| block.starts_with("Village shops")).expect("it is shown");
    assert!(said.contains(shown), "{said}");
    let settings = std::fs::read_to_string(folder.join("reclint.toml")).expect("they are there");
    assert!(settings.ends_with(blocks(&guide, "toml")[0]), "{settings}");
}

#[test]
fn its_page_is_one() {
    let guide = guide();
    let page = blocks(&guide, "text")[0];
    let run = Place::new("guide-page").file("item.txt", page).run(&["check", "--output-format", "concise", "item.txt"]);
    let found = |rule: &str| run.stdout.lines().any(|line| line.contains(rule));
    assert!(found("error unvalidated-record") && found("warning missing-creator"), "{run}");
}

#[test]
fn its_commands_make_what_it_says() {
    let guide = guide();
    let export = std::fs::read_to_string(project().join("docs/curator/export.csv")).expect("it is there");
    let collections = std::fs::read_to_string(project().join("docs/curator/collections.csv")).expect("it is there");
    let place = Place::new("guide")
        .file("export.csv", &export)
        .file("import.csv", &export)
        .file("collections.csv", &collections)
        .file("reclint.toml", blocks(&guide, "toml")[0]);
    let commands: Vec<_> = blocks(&guide, "console").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let words: Vec<_> = command.strip_prefix("$ reclint ").expect("it is ours").split_whitespace().collect();
        let run = place.run(&words);
        assert_eq!(run.code, Some(1), "{command}\n{run}");
    }
    let page = std::fs::read_to_string(place.folder.join("review.html")).expect("it is made");
    assert!(page.contains("Review of records") && page.contains("export.csv"), "{} bytes", page.len());
    assert!(place.folder.join("worklist.xlsx").exists());
    let list = place.run(&["check", "export.csv", "--output-format", "csv"]).stdout;
    assert!(list.contains("Doctoral theses") && list.contains("https://repository.example.org/items/"), "{list}");
}

#[test]
fn the_commands_of_adopting_do_what_it_says() {
    let page = std::fs::read_to_string(project().join("docs/adopting.md")).expect("it is there");
    let commands: Vec<_> = blocks(&page, "console").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 5);
    let place = Place::new("adopting").file("records/a.json", crate::support::BROKEN);
    let git = |words: &[&str]| {
        let mut command = std::process::Command::new("git");
        let name = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let status = command.current_dir(&place.folder).args(name).args(words).env("HOME", &place.folder).status();
        assert!(status.expect("git is there").success(), "{words:?}");
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    let path = std::env::var_os("PATH").expect("it is set");
    let run = |command: &str| -> crate::support::Run {
        let words: Vec<_> = command.strip_prefix("$ reclint ").expect("it is ours").split_whitespace().collect();
        reclint(&place.folder, &words).env("PATH", &path).output().expect("the program starts").into()
    };
    let report =
        |name: &str| run(&format!("$ reclint check records --no-baseline --output-format json -o {name}")).code;
    assert_eq!(report("old.json"), Some(1));
    assert_eq!(run(commands[0]).code, Some(0));
    std::fs::write(place.folder.join("reclint.toml"), blocks(&page, "toml")[0]).expect("it can be written");
    assert_eq!(run("$ reclint check records").code, Some(0));
    git(&["add", "records", "reclint.toml", "reclint-baseline.json"]);
    git(&["commit", "--quiet", "--message", "what there is"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    std::fs::write(place.folder.join("records/a.json"), crate::support::CLEAN).expect("it can be written");
    let missed = run("$ reclint check records");
    assert!(missed.code == Some(0) && missed.stderr.contains("--prune-baseline"), "{missed}");
    let pruned = run(commands[1]);
    assert!(pruned.code == Some(0) && pruned.stderr.starts_with("Took 1 finding out"), "{pruned}");
    assert_eq!(report("new.json"), Some(0));
    let compared = run(commands[4]);
    assert!(
        compared.code == Some(0) && compared.stdout.contains("0 new, 1 fixed (1 error), 0 remaining."),
        "{compared}"
    );
    std::fs::write(place.folder.join("records/b.json"), crate::support::BROKEN).expect("it can be written");
    git(&["add", "records"]);
    for command in &commands[2..4] {
        let judged = run(command);
        assert!(judged.code == Some(1) && judged.stdout.contains("records/b.json:1"), "{command}\n{judged}");
    }
}
