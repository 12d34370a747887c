//! `reclint rules`: the list of rules.

use std::io::{self, Write};

use super::args::Rules;
use super::error::CliError;
use super::ground::Ground;

/// Runs the subcommand.
pub(super) fn run(rules: &Rules) -> Result<u8, CliError> {
    let catalogue = Ground::read(&rules.ground)?.catalogue()?;
    let mut out = io::stdout().lock();
    if rules.markdown {
        out.write_all(crate::rule::rules_page(&catalogue).as_bytes())?;
        return Ok(0);
    }
    let width = catalogue.rules().map(|(_, rule)| rule.name.len()).max().unwrap_or(0);
    for category in crate::rule::CATEGORIES {
        let of_category: Vec<_> = catalogue.rules().filter(|(_, rule)| rule.category == category).collect();
        if of_category.is_empty() {
            continue;
        }
        writeln!(out, "{category}")?;
        for (_, rule) in of_category {
            let off = if rule.default { "" } else { " (off by default)" };
            writeln!(out, "  {:width$}  {:7}  {}{off}", rule.name, rule.severity.name(), rule.summary)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "`reclint explain RULE` says more of one.")?;
    out.flush()?;
    Ok(0)
}
