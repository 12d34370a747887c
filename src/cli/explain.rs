//! `reclint explain`: a rule's page.

use std::io::{self, Write};

use super::args::Explain;
use super::error::CliError;
use super::ground::Ground;
use super::terminal::Terminal;

/// Runs the subcommand.
pub(super) fn run(explain: &Explain, terminal: &Terminal) -> Result<u8, CliError> {
    let catalogue = Ground::read(&explain.ground)?.catalogue()?;
    let Some(id) = catalogue.find(&explain.rule) else {
        let help = match catalogue.selector(&explain.rule) {
            Ok(_) => "`reclint rules` lists the rules; explain takes one rule's name".to_owned(),
            Err((_, help)) => help.unwrap_or_else(|| "`reclint rules` lists the rules".to_owned()),
        };
        return Err(CliError::said(format!("there is no rule `{}`", explain.rule)).help(help));
    };
    let page = crate::rule::page(&catalogue, id);
    let coloured = terminal.stdout_look().coloured;
    let mut out = io::stdout().lock();
    for line in page.lines() {
        match line.strip_prefix('#') {
            Some(heading) if coloured => writeln!(out, "\u{1b}[1m{}\u{1b}[0m", heading.trim_start_matches(['#', ' ']))?,
            _ => writeln!(out, "{line}")?,
        }
    }
    out.flush()?;
    Ok(0)
}
