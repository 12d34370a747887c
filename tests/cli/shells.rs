//! What shells complete, and manual pages.

use std::process::Command;

use crate::support::{Place, run};

/// The names of the subcommands, as the help lists them.
fn subcommands() -> Vec<String> {
    let help = run(&["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("they are listed");
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase())).map(str::to_owned).collect()
}

#[test]
fn shells_take_what_they_are_to_complete() {
    let place = Place::new("completions");
    let names = subcommands();
    assert!(names.len() > 8 && names.iter().any(|name| name == "completions"), "{names:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]);
        assert_eq!((script.code, &*script.stderr), (Some(0), ""), "{script}");
        for word in names.iter().map(String::as_str).chain(["output-format", "min-score"]) {
            assert!(script.stdout.contains(word), "{shell} does not know {word}");
        }
        let path = place.folder.join(shell);
        std::fs::write(&path, script.stdout).expect("it can be written");
        // Each shell that can be asked is: `-n` reads a script and runs nothing of it.
        if ["bash", "zsh", "fish"].contains(&shell)
            && let Ok(said) = Command::new(shell).arg("-n").arg(&path).output()
        {
            assert!(said.status.success() && said.stderr.is_empty(), "{shell}: {said:?}");
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).code, Some(2));
}

#[test]
fn every_subcommand_has_its_page() {
    let place = Place::new("man");
    let made = place.run(&["man", "--dir", "share/man1"]);
    assert_eq!((made.code, &*made.stdout, &*made.stderr), (Some(0), "", ""), "{made}");
    for name in subcommands() {
        let page = place.text(&format!("share/man1/reclint-{name}.1"));
        assert!(page.contains(&format!(".TH reclint-{name} 1")), "{name}\n{page}");
    }
    let own = place.run(&["man"]).stdout;
    assert_eq!(own, place.text("share/man1/reclint.1"));
    assert!(own.contains(".TH reclint 1") && own.contains("reclint\\-check(1)"), "{own}");
    let none = place.file("file", "").run(&["man", "--dir", "file"]);
    assert_eq!(none.code, Some(2), "{none}");
}
