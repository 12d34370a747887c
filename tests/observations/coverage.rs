//! The page that says what is judged and what is left alone names every rule, and none that there is not.

use std::collections::BTreeSet;

#[test]
fn the_page_names_each_rule_and_no_other() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/coverage.md")).expect("it is there");
    let link = |part: &str| part.split_once(')').map(|(name, _)| name.to_owned());
    let named: BTreeSet<String> = page.split("(rules.md#").skip(1).filter_map(link).collect();
    let catalogue = reclint::catalogue().expect("the program's own files are right");
    let rules: BTreeSet<String> = catalogue.rules().map(|(_, rule)| rule.name.to_string()).collect();
    let strangers: Vec<_> = named.difference(&rules).collect();
    assert!(strangers.is_empty(), "docs/coverage.md names rules that there are not: {strangers:?}");
    let forgotten: Vec<_> = rules.difference(&named).collect();
    assert!(forgotten.is_empty(), "docs/coverage.md forgets {forgotten:?}");
    // What stands as a link is called by its own name.
    for name in &named {
        assert!(page.contains(&format!("[`{name}`](rules.md#{name})")), "{name}");
    }
}
