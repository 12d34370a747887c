//! Statistics for people: tables of rules, fields and groups in the place of single findings.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::value::visible;

use super::pretty::wrapped;
use super::statistics::{Example, FormatStatistics, GroupKind, GroupStatistics, RuleStatistics, Statistics};
use super::table::{Align, table};
use super::{Assembler, RecordReport, Rendered, Renderer, Summary, counted, grouped};

/// How many groups are shown.
const GROUPS: usize = 50;
/// How many rules of a group are named.
const RULES: usize = 4;
/// What stands before the line below a row.
const INDENT: &str = "    ";

/// Shows statistics, and no findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables {
    /// Columns.
    pub(crate) width: usize,
}

impl Renderer for Tables {
    fn record(&self, _: &RecordReport<'_>, _: &mut Rendered) {}

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(*self)
    }
}

impl Assembler for Tables {
    fn add(&mut self, _: Rendered, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = summary.statistics.as_ref().map_or_else(String::new, |statistics| self.text(statistics));
        out.write_all(text.as_bytes())?;
        out.write_all(summary.text().as_bytes())?;
        out.write_all(summary.score_text().as_bytes())
    }
}

impl Tables {
    fn text(self, statistics: &Statistics) -> String {
        let mut parts = Vec::new();
        if !statistics.rules.is_empty() {
            parts.push(self.rules(&statistics.rules));
        }
        parts.extend(statistics.fields.iter().map(|fields| self.fields(fields)));
        if let Some(field) = &statistics.group_by {
            parts.push(self.groups(field, statistics));
        }
        parts.iter().flat_map(|part| [part.as_str(), "\n"]).collect()
    }

    fn below(self, text: &str) -> String {
        wrapped(&format!("{INDENT}{text}"), self.width, INDENT)
    }

    fn rules(self, rules: &[RuleStatistics]) -> String {
        let header = [
            ("rule", Align::Left),
            ("severity", Align::Left),
            ("findings", Align::Right),
            ("records", Align::Right),
            ("share", Align::Right),
        ];
        let rows = rules.iter().map(|rule| {
            let cells = vec![
                rule.rule.to_string(),
                rule.severity.name().to_owned(),
                grouped(rule.findings),
                grouped(rule.records),
                rule.share.percent(),
            ];
            let examples: Vec<_> = rule.examples.iter().map(example).collect();
            (cells, Some(self.below(&format!("e.g. {}", examples.join(", ")))))
        });
        table(&header, &rows.collect::<Vec<_>>())
    }

    /// A row for each field that some record has; the others are named in a line.
    fn fields(self, of_format: &FormatStatistics) -> String {
        let title = format!("field of {}", counted(of_format.records, &format!("{} record", of_format.title)));
        let header = [(title.as_str(), Align::Left), ("records", Align::Right), ("share", Align::Right)];
        let (there, absent): (Vec<_>, Vec<_>) = of_format.fields.iter().partition(|field| field.records > 0);
        let rows = there.iter().map(|field| {
            let cells = vec![field.field.to_string(), grouped(field.records), field.share.percent()];
            (cells, None)
        });
        let mut text = table(&header, &rows.collect::<Vec<_>>());
        if !absent.is_empty() {
            let names: Vec<_> = absent.iter().map(|field| &*field.field).collect();
            text.push_str(&wrapped(&format!("in no record: {}", names.join(", ")), self.width, INDENT));
            text.push('\n');
        }
        text
    }

    fn groups(self, field: &str, statistics: &Statistics) -> String {
        let groups = &statistics.groups;
        let header = [
            (field, Align::Left),
            ("records", Align::Right),
            ("share", Align::Right),
            ("errors", Align::Right),
            ("warnings", Align::Right),
            ("clean", Align::Right),
        ];
        let rows = groups.iter().take(GROUPS).map(|group| {
            let cells = vec![
                group.value.to_string(),
                grouped(group.records),
                group.share.percent(),
                grouped(group.records_with_errors),
                grouped(group.records_with_warnings),
                grouped(group.records_clean),
            ];
            (cells, (!group.rules.is_empty()).then(|| self.below(&frequent(group))))
        });
        let mut text = table(&header, &rows.collect::<Vec<_>>());
        if let Some(rest) = groups.get(GROUPS..).filter(|rest| !rest.is_empty()) {
            let records = rest.iter().map(|group| group.records).sum();
            let groups = counted(rest.len() as u64, "smaller group");
            let records = counted(records, "record");
            let _ = writeln!(text, "and {groups} with {records}: `--output-format json` has them.");
        }
        if groups.iter().any(|group| group.kind == GroupKind::Other) {
            let most = statistics.most_groups.unwrap_or_default() as u64;
            let _ = writeln!(
                text,
                "Only the first {} values have a group of their own; what came after them is in (other).",
                grouped(most)
            );
        }
        text
    }
}

/// "records.ndjson:57 (10.5072/x)".
fn example(example: &Example) -> String {
    let place = format!("{}:{}", visible(&example.path), example.line);
    example.id.as_ref().map_or_else(|| place.clone(), |id| format!("{place} ({})", visible(id)))
}

/// The rules that most records of a group have.
fn frequent(group: &GroupStatistics) -> String {
    let named = group.rules.iter().take(RULES).map(|rule| format!("{} {}", rule.rule, rule.share.percent()));
    let mut named: Vec<_> = named.collect();
    if group.rules.len() > RULES {
        named.push(format!("{} more", counted((group.rules.len() - RULES) as u64, "rule")));
    }
    named.join(", ")
}
