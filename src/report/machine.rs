//! What reports for other programs have in common: a message on one line, paths as they are wanted, the edit that a
//! suggestion stands for.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::document::Source;
use crate::finding::{Finding, RecordName, Severity};
use crate::paths::{file_uri, has_extension, percent_encoded};
use crate::policy::Reported;
use crate::value::{visible, visible_lines};

use super::{Gate, Summary, quantity};

/// A text on one line, with what nobody sees made visible.
pub(super) fn on_one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// What is wrong, and below it what to do.
pub(super) fn said(finding: &Finding) -> String {
    let help = finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    visible_lines(&format!("{}{help}", finding.message)).into_owned()
}

/// With a mark in the place of what XML 1.0 cannot have (clause 2.2), however it is written.
pub(super) fn as_xml_has_it(text: &str) -> Cow<'_, str> {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_legal) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|letter| if is_legal(letter) { letter } else { '\u{FFFD}' }).collect()
}

/// Of what stands in a table, the row and cell, for readers who know lines alone: `row 57, H57 (dc.title): `.
pub(super) fn cell(reported: &Reported) -> String {
    reported.cell().map(|cell| format!("{cell}: ")).unwrap_or_default()
}

/// The gate of a finding's own part.
pub(super) fn gate(reported: &Reported) -> Gate {
    Gate::Of(reported.rule, reported.finding.severity)
}

/// A record as a list names it: its title and what identifies it, else its place.
pub(super) fn record_title(record: &RecordName) -> String {
    match (&record.title, &record.id) {
        (Some(title), Some(id)) => format!("{} ({})", visible(title), visible(id)),
        (Some(one), None) | (None, Some(one)) => visible(one).into_owned(),
        (None, None) => format!("record {}", record.row.unwrap_or(record.index + 1)),
    }
}

/// A path without `./` before it, as those write it who look it up in a repository.
pub(super) fn bare(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// The path as a URI reference, and whether that is relative.
pub(super) fn uri(path: &str) -> (String, bool) {
    let is_drive = path.as_bytes().get(1..3) == Some(b":/");
    if path.starts_with('/') || is_drive { (file_uri(path), false) } else { (percent_encoded(bare(path)), true) }
}

/// The name of a severity, from those for infos, warnings and errors.
pub(super) fn level(severity: Severity, names: [&'static str; 3]) -> &'static str {
    let [info, warning, error] = names;
    match severity {
        Severity::Info => info,
        Severity::Warning => warning,
        Severity::Error => error,
    }
}

/// What stands in the text instead of the finding's place if its suggestion is taken: only where a text in quotes is the
/// whole value, so that nothing has to be guessed, and never in what is packed.
pub(super) fn edit(reported: &Reported, source: &Source<'_>) -> Option<String> {
    let Finding { suggestion, value, present, path, .. } = &reported.finding;
    if has_extension(path, "gz") {
        return None;
    }
    let (suggestion, value) = (suggestion.as_ref()?, value.as_ref()?);
    let written = source.text().get(reported.span.clone()).filter(|_| *present && !reported.in_table)?;
    let read: String = serde_json::from_str(written).ok()?;
    (read == *value).then(|| serde_json::Value::from(suggestion.as_str()).to_string())
}

/// "2 errors, 1 warning" of those that there are, gravest first.
pub(super) fn counts(counts: super::Counts) -> String {
    counts.text().replace(" · ", ", ")
}

/// What else there is to know of a run: tolerances, what could not be judged, what was left out by a limit for rules.
pub(super) fn remarks(summary: &Summary) -> Vec<String> {
    let mut remarks = summary.not_judged_lines();
    remarks.extend(summary.rates.iter().map(super::RateFound::text));
    remarks.extend(summary.score.iter().flat_map(super::Score::shortfalls));
    remarks.extend(summary.cut_text().lines().map(str::to_owned));
    remarks
}

/// The last lines of a report whose findings are commands in a log: what there is to say, and what the log does not show.
pub(super) fn closing(summary: &Summary, lacks: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(summary.text().as_bytes())?;
    out.write_all(summary.cut_text().as_bytes())?;
    summary.score.iter().flat_map(super::Score::shortfalls).try_for_each(|short| writeln!(out, "{short}"))?;
    lacks.map_or(Ok(()), |lacks| writeln!(out, "{lacks}"))
}

/// "SARIF: 12 errors and ..." of what a report has no room for.
pub(super) fn left_out(report: &str, left: super::Counts, limit: &str) -> Option<String> {
    (left != super::Counts::default()).then(|| {
        let all = [(left.error, Severity::Error), (left.warning, Severity::Warning), (left.info, Severity::Info)];
        let all: Vec<_> = all.iter().filter(|(count, _)| *count > 0).map(|(count, s)| quantity(*count, *s)).collect();
        format!(
            "{} {} not in the {report} report: {limit}",
            all.join(", "),
            if left.at_least(Severity::Info) == 1 { "is" } else { "are" }
        )
    })
}
