//! The first sheet: what all comes to, by verdict, severity, rule, collection and file.

use rust_xlsxwriter::XlsxError;

use crate::finding::Severity;
use crate::report::{Counts, NIHIL_OBSTAT, NOT_READY, Summary, TO_LOOK_AT, grouped};

use super::book::Book;
use super::records::Sum;
use super::sheet::{MOST_ROWS, Sheet};

/// The most files and collections that are named.
const MOST_NAMED: usize = 1_000;
/// How wide the columns may become.
const WIDEST: [u16; 8] = [44, 16, 16, 16, 16, 16, 16, 16];

impl Book {
    pub(super) fn write_overview(&mut self, summary: &Summary, sheets: [&Sheet; 2]) -> Result<(), XlsxError> {
        let mut sheet = Sheet::new(0, WIDEST);
        let title = format!("reclint · {}", self.words.say("Worklist"));
        sheet.text(&mut self.workbook, 0, &title, &self.looks.title)?;
        sheet.row += 2;
        sheet.text(&mut self.workbook, 0, self.words.say("as of"), &self.looks.plain)?;
        sheet.text(&mut self.workbook, 1, &self.as_of, &self.looks.plain)?;
        sheet.row += 1;
        for (name, number) in [("files", summary.files), ("records", summary.records)] {
            sheet.text(&mut self.workbook, 0, self.words.say(name), &self.looks.plain)?;
            sheet.number(&mut self.workbook, 1, number, &self.looks)?;
            sheet.row += 1;
        }
        self.by_verdict(&mut sheet)?;
        self.by_severity(&mut sheet, summary.findings)?;
        self.by_rule(&mut sheet, summary)?;
        self.by_group(&mut sheet, "collection")?;
        self.by_group(&mut sheet, "file")?;
        self.notes(&mut sheet, summary, sheets)?;
        sheet.set_widths(&mut self.workbook)?;
        sheet.on(&mut self.workbook)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// A table's name and heads.
    fn section(&mut self, sheet: &mut Sheet, name: &str, heads: &[&str]) -> Result<(), XlsxError> {
        sheet.row += 1;
        sheet.text(&mut self.workbook, 0, self.words.say(name), &self.looks.section)?;
        sheet.row += 1;
        for (column, head) in (0..).zip(heads) {
            sheet.text(&mut self.workbook, column, self.words.say(head), &self.looks.head)?;
        }
        sheet.row += u32::from(!heads.is_empty());
        Ok(())
    }

    fn by_verdict(&mut self, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let sum = self.records.by(|_| "").remove("").unwrap_or_default();
        self.section(sheet, "By verdict", &["verdict", "records"])?;
        for (verdict, number) in [NOT_READY, TO_LOOK_AT, NIHIL_OBSTAT].into_iter().zip(sum.verdicts) {
            sheet.text(&mut self.workbook, 0, self.words.say(verdict), &self.looks.plain)?;
            sheet.number(&mut self.workbook, 1, number, &self.looks)?;
            sheet.row += 1;
        }
        Ok(())
    }

    fn by_severity(&mut self, sheet: &mut Sheet, counts: Counts) -> Result<(), XlsxError> {
        self.section(sheet, "By severity", &["severity", "findings"])?;
        let numbers = [counts.error, counts.warning, counts.info];
        for (severity, number) in [Severity::Error, Severity::Warning, Severity::Info].into_iter().zip(numbers) {
            sheet.text(&mut self.workbook, 0, self.words.say(severity.name()), self.looks.of(severity))?;
            sheet.number(&mut self.workbook, 1, number, &self.looks)?;
            sheet.row += 1;
        }
        Ok(())
    }

    /// The rules that were found, the gravest first, then the most frequent.
    fn by_rule(&mut self, sheet: &mut Sheet, summary: &Summary) -> Result<(), XlsxError> {
        self.section(sheet, "By rule", &["rule", "severity", "findings", "what it says"])?;
        let found = summary.findings_by_rule.iter().map(|(rule, total)| {
            let counts = self.by_rule.get(&**rule).copied().unwrap_or_default();
            (gravest(counts), *total, &**rule)
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by(|left, right| (right.0, right.1).cmp(&(left.0, left.1)).then_with(|| left.2.cmp(right.2)));
        for (severity, total, rule) in found {
            sheet.text(&mut self.workbook, 0, rule, &self.looks.plain)?;
            if let Some(severity) = severity {
                sheet.text(&mut self.workbook, 1, self.words.say(severity.name()), self.looks.of(severity))?;
            }
            sheet.number(&mut self.workbook, 2, total, &self.looks)?;
            if let Some(line) = self.rules.iter().find(|line| *line.name == *rule) {
                sheet.text(&mut self.workbook, 3, &line.summary, &self.looks.plain)?;
            }
            sheet.row += 1;
        }
        Ok(())
    }

    /// Collections or files, those with most errors first.
    fn by_group(&mut self, sheet: &mut Sheet, what: &str) -> Result<(), XlsxError> {
        let heads = [what, "records", NOT_READY, TO_LOOK_AT, NIHIL_OBSTAT, "errors", "warnings", "infos"];
        self.section(sheet, if what == "file" { "By file" } else { "By collection" }, &heads)?;
        let Self { workbook, looks, words, records, .. } = self;
        let sums = records.by(|record| if what == "file" { &record.file } else { &record.collection });
        let mut sums: Vec<(&str, Sum)> = sums.into_iter().collect();
        let weight = |sum: &Sum| (sum.counts.error, sum.counts.warning, sum.counts.info);
        sums.sort_by(|left, right| weight(&right.1).cmp(&weight(&left.1)).then_with(|| left.0.cmp(right.0)));
        for (name, Sum { records, verdicts, counts }) in sums.iter().take(MOST_NAMED) {
            let name = if name.is_empty() { words.say("no collection") } else { name };
            sheet.text(workbook, 0, name, &looks.wrapped)?;
            let numbers = [*records].into_iter().chain(*verdicts).chain([counts.error, counts.warning, counts.info]);
            for (column, number) in (1..).zip(numbers) {
                sheet.number(workbook, column, number, looks)?;
            }
            sheet.row += 1;
        }
        if sums.len() > MOST_NAMED {
            let more = format!("and {} more", grouped((sums.len() - MOST_NAMED) as u64));
            sheet.text(workbook, 0, &more, &looks.plain)?;
            sheet.row += 1;
        }
        Ok(())
    }

    /// What a reader of the sheets would else miss.
    fn notes(&mut self, sheet: &mut Sheet, summary: &Summary, sheets: [&Sheet; 2]) -> Result<(), XlsxError> {
        let mut lines = Vec::new();
        for (sheet, what) in sheets.into_iter().zip(["findings", "records"]).filter(|(sheet, _)| sheet.left_out > 0) {
            let (held, lacking) = (grouped(u64::from(MOST_ROWS - 1)), grouped(sheet.left_out));
            lines.push(format!(
                "A sheet holds {held} {what}: {lacking} are not in it. --output-format csv and ndjson have all findings."
            ));
        }
        let cut = sheets.iter().map(|sheet| sheet.cut).sum::<u64>();
        if cut > 0 {
            let cells = if cut == 1 { "1 text is".to_owned() } else { format!("{} texts are", grouped(cut)) };
            lines.push(format!("A cell holds 32,767 characters: {cells} cut, and end in \"[cut]\"."));
        }
        let said = summary.text() + &summary.cut_text();
        lines.extend(said.lines().map(str::to_owned));
        self.section(sheet, "Notes", &[])?;
        for line in lines {
            sheet.on(&mut self.workbook)?.write_string_with_format(sheet.row, 0, line, &self.looks.plain)?;
            sheet.row += 1;
        }
        Ok(())
    }
}

/// The severity of the gravest, if there is one.
fn gravest(counts: Counts) -> Option<Severity> {
    Severity::ALL.into_iter().rev().find(|severity| counts.at_least(*severity) > 0)
}
