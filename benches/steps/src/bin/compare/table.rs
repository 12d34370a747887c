//! The table of what was measured, printed row by row.

use std::io::{self, Write};

use reclint_steps::Anything;

/// Begins the table.
pub fn begin() -> Anything<()> {
    line("| measured | promised | median | min–max | |\n|---|---|---|---|---|")
}

/// A row whose median is promised to be at most this.
pub fn at_most(what: &str, most: f64, values: Vec<f64>) -> Anything<()> {
    row(what, &format!("≤ {most:.2}"), values, |median| median <= most)
}

/// A row whose median is promised to be at least this.
pub fn at_least(what: &str, least: f64, values: Vec<f64>) -> Anything<()> {
    row(what, &format!("≥ {least:.2}"), values, |median| median >= least)
}

/// A row of which nothing is promised.
pub fn measure(what: &str, values: Vec<f64>) -> Anything<()> {
    row(what, "", values, |_| true)
}

/// Says what was not measured.
pub fn note(text: &str) -> Anything<()> {
    line(&format!("| {text} | | | | |"))
}

fn row(what: &str, promised: &str, mut values: Vec<f64>, met: impl Fn(f64) -> bool) -> Anything<()> {
    values.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (values.first(), values.last()) else { return Err("nothing was measured".into()) };
    let median = values[values.len() / 2];
    let range = if values.len() > 1 { format!("{least:.2}–{most:.2}") } else { String::new() };
    let verdict = if met(median) { "" } else { "**not met**" };
    line(&format!("| {what} | {promised} | {median:.2} | {range} | {verdict} |"))
}

fn line(text: &str) -> Anything<()> {
    Ok(writeln!(io::stdout(), "{text}")?)
}
