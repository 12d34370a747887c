//! Markdown for the summary of a step of GitHub Actions, or a note at a merge request: the verdict, a table of counts, and
//! what was found, folded up by rule.
//!
//! What comes from records stands in blocks of HTML without an empty line, in which no Markdown is read; its markup is
//! escaped, and a sign that would call somebody, or refer to an issue, is cut off from its name.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use crate::finding::Severity;

use super::foremost::{Foremost, Room};
use super::machine::{counts, gate, on_one_line, remarks};
use super::render::{UnreadFile, findings};
use super::xlsx::RuleLine;
use super::{Assembler, RecordReport, Rendered, Renderer, Summary, counted, grouped};

/// GitLab takes a note of so many characters, GitHub the summary of a step of 1 MiB: the lesser holds for both.
const MOST_BYTES: usize = 1_000_000;
/// What is kept free for the last lines.
const RESERVE: usize = 4_000;
/// How many findings of a rule are shown.
const SHOWN: usize = 100;
/// Up to so many characters of a text are shown.
const MOST_TEXT: usize = 600;

/// Renders findings for a summary.
#[derive(Clone, Debug)]
pub(crate) struct Markdown {
    pub(crate) rules: Arc<[RuleLine]>,
}

/// Writes a letter as HTML has it.
fn push_html(letter: char, out: &mut String) {
    match letter {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        other => out.push(other),
    }
}

/// A text as HTML, on one line.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    on_one_line(text).chars().for_each(|letter| push_html(letter, &mut out));
    out
}

/// A text from a record, or a message, that calls nobody and refers to nothing. A long one is cut.
fn inert(text: &str) -> String {
    // Of GitHub and GitLab: people, issues, merge requests, snippets, epics, milestones, labels, alerts.
    let refers = |letter| matches!(letter, '@' | '#' | '!' | '$' | '&' | '%' | '~' | '^');
    let line = on_one_line(text);
    let mut out = String::with_capacity(line.len());
    for (number, (at, letter)) in line.char_indices().enumerate() {
        if number == MOST_TEXT {
            out.push('…');
            break;
        }
        push_html(letter, &mut out);
        let rest = &line[at + letter.len_utf8()..];
        let named = rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '"' | '_' | '['));
        if (refers(letter) && named) || (letter == ':' && begins_smiley(rest)) {
            out.push_str("&#8203;");
        }
    }
    out
}

/// What stands behind a colon would make a picture: `tada:`.
fn begins_smiley(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '+' | '-'));
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(':'))
}

impl Renderer for Markdown {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let title = report.name.as_deref().and_then(|name| name.title.as_deref().or(name.id.as_deref()));
        let title = title.map(|title| format!("<i>{}</i>: ", inert(title))).unwrap_or_default();
        for reported in &report.reported {
            let finding = &reported.finding;
            let help = finding.help.as_deref().map(|help| format!("<br>{}", inert(help))).unwrap_or_default();
            let (place, message) = (html(&reported.location()), inert(&finding.message));
            let _ = writeln!(rendered.bytes, "<li><code>{place}</code> {title}{message}{help}</li>");
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { markdown: self.clone(), groups: BTreeMap::new(), unread: Vec::new(), left: 0 })
    }
}

struct Assemble {
    markdown: Markdown,
    /// By rule, what is shown of it.
    groups: BTreeMap<usize, Foremost<Box<[u8]>>>,
    unread: Vec<String>,
    /// Findings for which there was no room.
    left: u64,
}

/// A rule that was found.
struct Group<'a> {
    rule: &'a RuleLine,
    first: &'a Foremost<Box<[u8]>>,
    /// How many findings there are, those that a limit leaves out among them.
    total: u64,
}

impl Group<'_> {
    /// That of its findings, or how many there are of each.
    fn severity(&self) -> String {
        let found = self.first.counts;
        let of_one = [(found.error, Severity::Error), (found.warning, Severity::Warning), (found.info, Severity::Info)];
        let is_all = |count: u64| count > 0 && count == found.at_least(Severity::Info);
        let one = of_one.iter().find(|(count, _)| is_all(*count));
        one.map_or_else(|| counts(found), |(_, severity)| severity.name().to_owned())
    }

    /// Writes what was found, as far as there is room; gives how many findings were written.
    fn write(&self, text: &mut String) -> u64 {
        let (name, total) = (&self.rule.name, grouped(self.total));
        let head = format!("<details><summary><b>{name}</b>: {total} ({})</summary>\n<ul>\n", self.severity());
        if text.len() + head.len() + RESERVE > MOST_BYTES {
            return 0;
        }
        text.push_str(&head);
        let mut written = 0;
        for item in self.first.kept() {
            if text.len() + item.len() + RESERVE > MOST_BYTES {
                break;
            }
            text.push_str(&String::from_utf8_lossy(item));
            written += 1;
        }
        if written < self.total {
            let _ = writeln!(text, "<li>and {} more</li>", grouped(self.total - written));
        }
        text.push_str("</ul>\n</details>\n\n");
        written
    }
}

impl Assemble {
    /// What was found, the gravest first.
    fn groups<'a>(&'a self, summary: &Summary) -> Vec<Group<'a>> {
        let group = |(rule, first): (&usize, &'a Foremost<_>)| {
            let rule = self.markdown.rules.get(*rule)?;
            let total = summary.findings_by_rule.get(&rule.name).copied()?;
            Some(Group { rule, first, total })
        };
        let mut groups: Vec<_> = self.groups.iter().filter_map(group).collect();
        groups.sort_by_key(|group| {
            let counts = group.first.counts;
            Reverse((counts.error > 0, counts.warning > 0))
        });
        groups
    }
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        for (bytes, rule, severity) in findings(&rendered) {
            let group = self.groups.entry(rule.index()).or_insert_with(|| Foremost::new(Room::Together(SHOWN)));
            group.add(severity, || bytes.into());
        }
        Ok(())
    }

    fn unread(&mut self, file: &UnreadFile) {
        if self.unread.len() < SHOWN {
            self.unread.push(format!("<code>{}</code> cannot be read: {}", html(&file.path), inert(&file.reason)));
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let found = counts(summary.findings);
        let verdict = if found.is_empty() { "nothing found" } else { &found };
        let records = summary.text();
        let mut text = format!("### reclint: {verdict}\n\n{}\n\n", inert(records.lines().next().unwrap_or_default()));
        let groups = self.groups(summary);
        if !groups.is_empty() {
            text.push_str("| rule | severity | findings | what it finds |\n|---|---|--:|---|\n");
            for group in &groups {
                let RuleLine { name, summary } = group.rule;
                let summary = inert(summary).replace('|', "\\|").replace('`', "\\`");
                let (severity, total) = (group.severity(), grouped(group.total));
                let _ = writeln!(text, "| `{name}` | {severity} | {total} | {summary} |");
            }
            text.push('\n');
        }
        let written: u64 = groups.iter().map(|group| group.write(&mut text)).sum();
        self.left = summary.findings.at_least(Severity::Info) - written;
        let remarks = remarks(summary).into_iter().map(|remark| inert(&remark));
        let lines: Vec<_> = self.unread.iter().cloned().chain(remarks).chain(self.lacks()).collect();
        if !lines.is_empty() {
            let _ = writeln!(text, "<ul>\n<li>{}</li>\n</ul>", lines.join("</li>\n<li>"));
        }
        out.write_all(text.as_bytes())
    }

    fn lacks(&self) -> Option<String> {
        let left = counted(self.left, "finding");
        (self.left > 0).then(|| format!("{left} not shown in the Markdown: it has {SHOWN} of a rule, and 1 MB in all"))
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_a_record_says_stays_text() {
        for (text, wanted) in [
            ("a <b>\n\n| c", "a &lt;b&gt; | c"),
            ("@octocat and #12, R&D", "@&#8203;octocat and #&#8203;12, R&amp;&#8203;D"),
            ("mail: a@b", "mail: a@&#8203;b"),
            ("`code` * _x_", "`code` * _x_"),
            ("done :tada: doi:10.1/2 12:30:45 a: b", "done :&#8203;tada: doi:10.1/2 12:&#8203;30:45 a: b"),
        ] {
            assert_eq!(inert(text), wanted);
        }
        assert_eq!(inert(&"x".repeat(700)).chars().count(), 601);
    }
}
