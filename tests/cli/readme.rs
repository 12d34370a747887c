//! What the README shows is what happens.

use crate::support::{Place, blocks, project, reclint, run};

fn readme() -> String {
    std::fs::read_to_string(project().join("README.md")).expect("it is there")
}

#[test]
fn what_it_shows_is_said() {
    let readme = readme();
    for command in ["check examples/dspace/in-review.json", "test examples/metadata-rules"] {
        let line = format!("$ reclint {command}\n");
        let shown =
            blocks(&readme, "console").into_iter().find_map(|block| block.strip_prefix(&line)).expect("it is shown");
        let said = run(&command.split(' ').collect::<Vec<_>>()).stdout;
        assert!(said.starts_with(shown), "{said}");
    }
}

#[test]
fn its_settings_read() {
    let readme = readme();
    let settings = blocks(&readme, "toml");
    assert_eq!(settings.len(), 1);
    let place = Place::new("readme").file("reclint.toml", settings[0]);
    let run = place.run(&["check", "-q"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn its_commands_are_known() {
    let readme = readme();
    let commands =
        blocks(&readme, "console").into_iter().flat_map(str::lines).filter_map(|line| line.split("reclint ").nth(1));
    let mut seen = 0;
    for command in commands {
        let arguments: Vec<&str> = command.split('#').next().unwrap_or_default().split_whitespace().collect();
        let output = reclint(project(), &arguments).arg("--help").output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{command}");
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}
