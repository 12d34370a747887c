//! One sheet: texts that fit into cells, addresses that can be followed, widths that fit, and what a spreadsheet cannot hold.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Url, Workbook, Worksheet, XlsxError};

use crate::finding::Severity;
use crate::value::visible_lines;

/// The most rows of a sheet, its head among them.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// The most characters of a cell, as UTF-16 counts them.
const MOST_CHARACTERS: usize = 32_767;
/// The most addresses of a sheet that can be followed; those after them are formulas.
const MOST_LINKS: usize = 65_530;
/// The longest text in a formula.
const LONGEST_IN_FORMULA: usize = 255;

/// How cells look.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) section: Format,
    pub(super) head: Format,
    pub(super) plain: Format,
    pub(super) wrapped: Format,
    pub(super) number: Format,
    pub(super) link: Format,
    severities: [Format; 3],
}

impl Looks {
    pub(super) fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        let coloured = |text: u32, ground: u32| {
            cell().set_bold().set_font_color(Color::RGB(text)).set_background_color(Color::RGB(ground))
        };
        Self {
            title: Format::new().set_bold().set_font_size(16),
            section: Format::new().set_bold().set_font_size(13),
            head: Format::new()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00DD_E3EA))
                .set_border_bottom(FormatBorder::Thin),
            plain: cell(),
            wrapped: cell().set_text_wrap(),
            number: cell().set_num_format("#,##0"),
            link: cell()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            severities: [
                coloured(0x001F_4E78, 0x00DD_EBF7),
                coloured(0x007F_6000, 0x00FF_F2CC),
                coloured(0x009C_0006, 0x00FF_C7CE),
            ],
        }
    }

    pub(super) fn of(&self, severity: Severity) -> &Format {
        match severity {
            Severity::Info => &self.severities[0],
            Severity::Warning => &self.severities[1],
            Severity::Error => &self.severities[2],
        }
    }
}

/// A sheet that is written from top to bottom.
pub(super) struct Sheet {
    number: usize,
    /// The row that is written next.
    pub(super) row: u32,
    widths: Vec<(u16, u16)>,
    links: usize,
    /// Rows that had no place.
    pub(super) left_out: u64,
    /// Cells whose text had no place.
    pub(super) cut: u64,
}

impl Sheet {
    /// The sheet of this number, with columns of at most these widths.
    pub(super) fn new(number: usize, widest: impl IntoIterator<Item = u16>) -> Self {
        let widths = widest.into_iter().map(|widest| (0, widest)).collect();
        Self { number, row: 0, widths, links: 0, left_out: 0, cut: 0 }
    }

    pub(super) fn on<'w>(&self, book: &'w mut Workbook) -> Result<&'w mut Worksheet, XlsxError> {
        book.worksheet_from_index(self.number)
    }

    /// There is room for another row; if not, it is counted.
    pub(super) fn has_room(&mut self) -> bool {
        let room = self.row < MOST_ROWS;
        self.left_out += u64::from(!room);
        room
    }

    /// Writes a text as it is, never a formula.
    pub(super) fn text(
        &mut self,
        book: &mut Workbook,
        column: u16,
        text: &str,
        look: &Format,
    ) -> Result<(), XlsxError> {
        let text = self.fitting(text);
        self.fit(column, &text);
        self.on(book)?.write_string_with_format(self.row, column, text, look).map(|_| ())
    }

    pub(super) fn number(
        &mut self,
        book: &mut Workbook,
        column: u16,
        number: u64,
        looks: &Looks,
    ) -> Result<(), XlsxError> {
        let text = number.to_string();
        self.fit(column, &text);
        // No count of ours is beyond what a double holds.
        let number = text.parse::<f64>().unwrap_or_default();
        self.on(book)?.write_number_with_format(self.row, column, number, &looks.number).map(|_| ())
    }

    /// Writes an address that can be followed; what a spreadsheet cannot follow is written as a text.
    pub(super) fn link(
        &mut self,
        book: &mut Workbook,
        column: u16,
        address: &str,
        looks: &Looks,
    ) -> Result<(), XlsxError> {
        if address.is_empty() {
            return Ok(());
        }
        self.fit(column, address);
        let row = self.row;
        if self.links < MOST_LINKS {
            self.links += 1;
            if self.on(book)?.write_url_with_format(row, column, Url::new(address), &looks.link).is_ok() {
                return Ok(());
            }
        } else if address.encode_utf16().count() <= LONGEST_IN_FORMULA {
            let formula = format!("HYPERLINK(\"{}\")", address.replace('"', "\"\""));
            let formula = Formula::new(formula).set_result(address);
            return self.on(book)?.write_formula_with_format(row, column, formula, &looks.link).map(|_| ());
        }
        self.text(book, column, address, &looks.plain)
    }

    /// Sets the widths of the columns to what stands in them.
    pub(super) fn set_widths(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        const NARROWEST: u16 = 6;
        let sheet = self.on(book)?;
        for (column, (width, widest)) in (0..).zip(&self.widths) {
            sheet.set_column_width(column, (width + 2).clamp(NARROWEST, *widest))?;
        }
        Ok(())
    }

    /// Notes how wide a text is: its longest line.
    fn fit(&mut self, column: u16, text: &str) {
        let Some((width, widest)) = self.widths.get_mut(usize::from(column)) else { return };
        if width < widest {
            let longest = text.lines().map(|line| line.chars().take(usize::from(*widest)).count()).max();
            *width = (*width).max(u16::try_from(longest.unwrap_or_default()).unwrap_or(*widest));
        }
    }

    /// The text as far as a cell can hold it, with what cannot be seen made visible.
    fn fitting<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        const MARK: &str = " … [cut]";
        let shown = visible_lines(text);
        if shown.len() <= MOST_CHARACTERS || shown.encode_utf16().count() <= MOST_CHARACTERS {
            return shown;
        }
        self.cut += 1;
        let (mut units, most) = (0, MOST_CHARACTERS - MARK.encode_utf16().count());
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= most
        };
        let mut cut: String = shown.chars().take_while(fits).collect();
        cut.push_str(MARK);
        Cow::Owned(cut)
    }
}
