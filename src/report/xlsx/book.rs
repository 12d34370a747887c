//! The book: its sheets of findings and records. Findings are written as they come, the rest at the end.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DocProperties, ExcelDateTime, Format, Workbook, XlsxError,
};

use crate::finding::Severity;
use crate::report::rows::COLUMNS;
use crate::report::{Counts, Summary, Words};

use super::records::Records;
use super::sheet::{Looks, Sheet};
use super::{RuleLine, Xlsx};

/// How wide the columns of findings may become, in the order of [`COLUMNS`].
const WIDEST: [u16; COLUMNS.len()] = [12, 28, 40, 38, 40, 28, 28, 40, 12, 36, 60, 28, 60, 10, 30, 20];
/// The columns of which texts are broken into lines.
const WRAPPED: [&str; 6] = ["title", "value", "message", "suggestion", "help", "note"];
/// The heads of the records' columns, and how wide they may become.
pub(super) const RECORD_COLUMNS: [(&str, u16); 13] = [
    ("title", 60),
    ("record", 38),
    ("link", 50),
    ("collection", 40),
    ("verdict", 14),
    ("state", 28),
    ("worst", 12),
    ("findings", 12),
    ("errors", 10),
    ("warnings", 12),
    ("infos", 10),
    ("file", 40),
    ("where", 10),
];

/// A spreadsheet that is being written.
pub(super) struct Book {
    pub(super) workbook: Workbook,
    pub(super) looks: Looks,
    pub(super) words: Arc<Words>,
    pub(super) as_of: String,
    pub(super) rules: Arc<[RuleLine]>,
    pub(super) findings: Sheet,
    pub(super) records: Records,
    /// What was written of each rule.
    pub(super) by_rule: BTreeMap<Box<str>, Counts>,
}

impl Book {
    /// An empty book, with the heads of its sheets.
    pub(super) fn new(xlsx: &Xlsx) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let day = ExcelDateTime::parse_from_str(&xlsx.as_of).or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
        workbook.set_properties(
            &DocProperties::new().set_title(xlsx.words.say("Worklist")).set_author(PROGRAM).set_creation_datetime(&day),
        );
        workbook.add_worksheet().set_name(xlsx.words.say("Overview"))?;
        for name in ["Findings", "Records"] {
            workbook.add_worksheet_with_constant_memory()?.set_name(xlsx.words.say(name))?;
        }
        let mut book = Self {
            workbook,
            looks: Looks::new(),
            words: Arc::clone(&xlsx.words),
            as_of: xlsx.as_of.clone(),
            rules: Arc::clone(&xlsx.rules),
            findings: Sheet::new(1, WIDEST),
            records: Records::default(),
            by_rule: BTreeMap::new(),
        };
        let mut findings = book.take_findings();
        book.head(&mut findings, COLUMNS)?;
        book.findings = findings;
        Ok(book)
    }

    fn take_findings(&mut self) -> Sheet {
        std::mem::replace(&mut self.findings, Sheet::new(1, []))
    }

    /// Writes a row of heads, which stays where it is.
    fn head<'h>(&mut self, sheet: &mut Sheet, heads: impl IntoIterator<Item = &'h str>) -> Result<(), XlsxError> {
        let words = Arc::clone(&self.words);
        for (column, head) in (0..).zip(heads) {
            sheet.text(&mut self.workbook, column, words.say(head), &self.looks.head)?;
        }
        sheet.row += 1;
        sheet.on(&mut self.workbook)?.set_freeze_panes(1, 0).map(|_| ())
    }

    /// Writes a finding.
    pub(super) fn finding(&mut self, severity: Severity, cells: &[&str]) -> Result<(), XlsxError> {
        if let Some(rule) = cells.get(1) {
            match self.by_rule.get_mut(*rule) {
                Some(counts) => counts.add(severity),
                None => self.by_rule.entry((*rule).into()).or_default().add(severity),
            }
        }
        if !self.findings.has_room() {
            return Ok(());
        }
        let Self { workbook, looks, findings, .. } = self;
        for ((column, name), cell) in (0..).zip(COLUMNS).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match name {
                "severity" => findings.text(workbook, column, cell, looks.of(severity))?,
                "link" => findings.link(workbook, column, cell, looks)?,
                name if WRAPPED.contains(&name) => findings.text(workbook, column, cell, &looks.wrapped)?,
                _ => findings.text(workbook, column, cell, &looks.plain)?,
            }
        }
        findings.row += 1;
        Ok(())
    }

    /// The whole book.
    pub(super) fn bytes(mut self, summary: &Summary) -> Result<Vec<u8>, XlsxError> {
        let findings = self.take_findings();
        self.finish_findings(&findings)?;
        let records = self.write_records()?;
        self.write_overview(summary, [&findings, &records])?;
        self.workbook.save_to_buffer()
    }

    /// What makes rows a list to work from.
    fn finish_findings(&mut self, findings: &Sheet) -> Result<(), XlsxError> {
        self.as_list(findings, COLUMNS.len())?;
        let place = |name: &str| (0..).zip(COLUMNS).find(|(_, column)| *column == name).map_or(0, |(place, _)| place);
        let (done, note): (u16, u16) = (place("done"), place("note"));
        let (last, columns) = ((findings.row - 1).max(1), last_column(COLUMNS.len()));
        let (yes, no) = (self.words.say("yes").to_owned(), self.words.say("no").to_owned());
        let sheet = findings.on(&mut self.workbook)?;
        let choice = DataValidation::new().allow_list_strings(&[&yes, &no])?;
        sheet.add_data_validation(1, done, last, done, &choice)?;
        let letter = char::from(b'A' + u8::try_from(done).unwrap_or_default());
        let is_done = ConditionalFormatFormula::new()
            .set_rule(format!("=${letter}2=\"{yes}\"").as_str())
            .set_format(Format::new().set_font_color(Color::RGB(0x0080_8080)));
        sheet.add_conditional_format(1, 0, last, columns, &is_done)?;
        // Here somebody writes.
        sheet.set_column_width(note, WIDEST[usize::from(note)]).map(|_| ())
    }

    /// Filters, widths and the form on paper of a sheet with a head.
    fn as_list(&mut self, sheet: &Sheet, columns: usize) -> Result<(), XlsxError> {
        sheet.set_widths(&mut self.workbook)?;
        let last = sheet.row - 1;
        let worksheet = sheet.on(&mut self.workbook)?;
        worksheet.autofilter(0, 0, last, last_column(columns))?;
        worksheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(0, 0).map(|_| ())
    }

    fn write_records(&mut self) -> Result<Sheet, XlsxError> {
        let mut sheet = Sheet::new(2, RECORD_COLUMNS.map(|(_, widest)| widest));
        self.head(&mut sheet, RECORD_COLUMNS.map(|(name, _)| name))?;
        let Self { workbook, looks, words, records, .. } = self;
        for record in &records.all {
            let texts = [
                (0, &*record.title, &looks.wrapped),
                (1, &record.id, &looks.plain),
                (3, &record.collection, &looks.plain),
                (4, words.say(record.verdict()), &looks.plain),
                (5, &record.states, &looks.plain),
                (11, &record.file, &looks.plain),
            ];
            for (column, text, look) in texts.into_iter().filter(|(_, text, _)| !text.is_empty()) {
                sheet.text(workbook, column, text, look)?;
            }
            sheet.link(workbook, 2, &record.link, looks)?;
            if let Some(worst) = record.worst() {
                sheet.text(workbook, 6, words.say(worst.name()), looks.of(worst))?;
            }
            let Counts { error, warning, info } = record.counts;
            let numbers = [(7, error + warning + info), (8, error), (9, warning), (10, info), (12, record.line)];
            for (column, number) in numbers {
                sheet.number(workbook, column, number, looks)?;
            }
            sheet.row += 1;
        }
        sheet.left_out = records.left_out;
        self.as_list(&sheet, RECORD_COLUMNS.len())?;
        Ok(sheet)
    }
}

/// What made the document.
const PROGRAM: &str = concat!("reclint ", env!("CARGO_PKG_VERSION"));
/// A sheet of A4, by the number that spreadsheets have for it.
const A4: u8 = 9;

fn last_column(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX)
}
