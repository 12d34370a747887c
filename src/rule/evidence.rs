//! What each rule found in genuine records, and how much of it was right: for the page of all rules.

use crate::document::{Misfit, NodeRef, Table};
use crate::embedded::Files;
use crate::format::read_file;

use super::catalogue::Catalogue;

/// The file that says it.
const FILE: &str = "rules/evidence.toml";

/// What a rule found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    /// Findings in all records.
    pub(super) findings: u64,
    /// Of these, how many were read by a person.
    pub(super) read: u64,
    /// Of those, how many were right.
    pub(super) right: u64,
}

/// What all rules found.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// On which records, in a sentence.
    pub(super) records: String,
    rules: Vec<(Box<str>, Count)>,
}

impl Evidence {
    /// What the project says of the rules of `catalogue`; nothing where its file has a mistake, which the tests rule out.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let file = Files::built_in().get(FILE);
        file.and_then(|file| read_file(file, file.text, |root| read(root, catalogue)).ok()).unwrap_or_default()
    }

    pub(super) fn get(&self, rule: &str) -> Option<Count> {
        self.rules.iter().find(|(name, _)| **name == *rule).map(|(_, count)| *count)
    }
}

fn read(root: NodeRef<'_>, catalogue: &Catalogue) -> Result<Evidence, Misfit> {
    let mut evidence = Evidence::default();
    for (key, value) in root.members() {
        if key.raw_text() == "records" {
            value.plain().clone_into(&mut evidence.records);
            continue;
        }
        let name = key.raw_text();
        if catalogue.find(name).is_none() {
            return Err(Misfit::at(key, format!("there is no rule `{name}`")));
        }
        let mut table = Table::new(value)?;
        let mut number = |name| -> Result<u64, Misfit> {
            let node = table.any(name).ok_or_else(|| Misfit::at(value, format!("`{name}` is missing here")))?;
            node.source().parse().map_err(|_| Misfit::at(node, "a whole number is expected here"))
        };
        let count = Count { findings: number("findings")?, read: number("read")?, right: number("right")? };
        table.done()?;
        if count.right > count.read || count.read > count.findings {
            return Err(Misfit::at(value, "more were right than were read, or read than were found"));
        }
        evidence.rules.push((name.into(), count));
    }
    Ok(evidence)
}
