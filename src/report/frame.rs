//! Frames: a few lines of the user's own text with labels under them, drawn by miette.
//!
//! miette's own source scans from byte 0, merges labels that stand far apart, and prints a 20 kB line whole. So it gets
//! a snippet: only the lines that are shown, cropped round their labels, with their true line numbers and columns.

use std::fmt::{self, Write as _};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use crate::document::{FileMisfit, Position, Segment, Source};
use crate::finding::Severity;
use crate::value::{visible, visible_lines};

/// Columns that a frame's line number, bar and margin take.
const GUTTER: usize = 10;
/// The narrowest text that is still worth showing.
const NARROWEST: usize = 30;
/// Lines of more bytes than this are not shown as context.
const LONGEST_CONTEXT: usize = 200;

/// How a report for people looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Box-drawing characters; else plain ASCII frames.
    pub(crate) drawn: bool,
    /// Colours.
    pub(crate) coloured: bool,
    /// Columns.
    pub(crate) width: usize,
}

impl Look {
    pub(super) fn handler(self) -> GraphicalReportHandler {
        let theme = match (self.drawn, self.coloured) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, true) => GraphicalTheme::ascii(),
            (false, false) => GraphicalTheme::none(),
        };
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.width.max(NARROWEST + GUTTER))
            .with_links(false)
            .with_context_lines(1)
            .with_show_related_as_nested(true)
    }
}

/// A span with what is said of it.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) span: Range<usize>,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// One shown line.
#[derive(Debug)]
struct Line {
    /// Its number in the file, from 1.
    number: u64,
    /// Where it begins in the snippet.
    start: usize,
}

/// The shown lines of a source, and their labels, moved to where they stand in it.
#[derive(Debug)]
pub(super) struct Snippet {
    path: String,
    text: String,
    lines: Vec<Line>,
    labels: Vec<(Label, Position)>,
}

impl Snippet {
    /// Takes the lines of `labels` out of `source`, and nothing beyond `within`. Texts are cropped to `width` columns.
    pub(super) fn new(source: &Source<'_>, within: &Range<usize>, labels: &[Label], width: usize) -> Self {
        let width = width.saturating_sub(GUTTER).max(NARROWEST);
        let index = source.lines();
        let first = labels.first().map_or(within.start, |label| label.span.start);
        let mut snippet = Self {
            path: visible(&source.segment(first).path).into_owned(),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
        };
        let mut numbers: Vec<usize> = labels.iter().map(|label| index.line(label.span.start)).collect();
        let context: Vec<usize> = numbers.iter().filter_map(|line| line.checked_sub(1)).collect();
        let floor = index.line(within.start);
        numbers.extend(context.into_iter().filter(|line| {
            *line >= floor && index.start(line + 1) - index.start(*line).max(within.start) <= LONGEST_CONTEXT
        }));
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let start = index.start(number).max(source_start(source, within, index.start(number)));
            let end = index.start(number + 1).min(source.text().len());
            let own: Vec<_> = labels.iter().filter(|label| index.line(label.span.start) == number).collect();
            snippet.push_line(source, start..end, &own, width);
        }
        snippet
    }

    /// Adds one line, cropped round its labels.
    fn push_line(&mut self, source: &Source<'_>, line: Range<usize>, labels: &[&Label], width: usize) {
        let text = source.text()[line.clone()].trim_end_matches(['\n', '\r']);
        let line = line.start..line.start + text.len();
        let spans: Vec<_> = labels.iter().map(|label| clamp(&label.span, &line)).collect();
        self.lines.push(Line { number: source.position(line.start).line, start: self.text.len() });
        let mut written: Vec<Option<Range<usize>>> = vec![None; spans.len()];
        for window in windows(source.text(), &line, &spans, width) {
            if window.start > line.start {
                self.text.push('…');
            }
            self.push_window(source.text(), &window, &spans, &mut written);
            if window.end < line.end {
                self.text.push('…');
            }
        }
        self.text.push('\n');
        for (label, span) in labels.iter().zip(written) {
            let span = span.unwrap_or(self.text.len() - 1..self.text.len() - 1);
            let moved = Label { span, ..(*label).clone() };
            self.labels.push((moved, source.position(label.span.start)));
        }
    }

    /// Copies a part of a line, what cannot be seen made visible, and notes where the spans come to stand.
    fn push_window(
        &mut self,
        source: &str,
        window: &Range<usize>,
        spans: &[Range<usize>],
        written: &mut [Option<Range<usize>>],
    ) {
        let mut edge = |at: usize, snippet: &String| {
            for (span, moved) in spans.iter().zip(written.iter_mut()) {
                let here = snippet.len();
                if span.start == at && moved.is_none() {
                    *moved = Some(here..here);
                }
                if let Some(moved) = moved.as_mut().filter(|_| at > span.start && at <= span.end) {
                    moved.end = here;
                }
            }
        };
        for (offset, character) in source[window.clone()].char_indices() {
            edge(window.start + offset, &self.text);
            if is_invisible(character) {
                let _ = write!(self.text, "<U+{:04X}>", character as u32);
            } else {
                self.text.push(if character == '\t' { ' ' } else { character });
            }
        }
        edge(window.end, &self.text);
    }

    fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    fn line_end(&self, line: usize) -> usize {
        self.lines.get(line + 1).map_or(self.text.len(), |next| next.start)
    }
}

/// A file's first line may begin within the text.
fn source_start(source: &Source<'_>, within: &Range<usize>, line_start: usize) -> usize {
    let segment = source.segment(within.start);
    if line_start < segment.start { segment.start } else { line_start }
}

fn clamp(span: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    let start = span.start.clamp(line.start, line.end);
    start..span.end.clamp(start, line.end)
}

/// Characters that nobody sees, or that would move the terminal's cursor.
fn is_invisible(character: char) -> bool {
    (character.is_control() && character != '\t')
        || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The parts of a line that are shown: all of it, or windows round the spans that share the width.
fn windows(source: &str, line: &Range<usize>, spans: &[Range<usize>], width: usize) -> Vec<Range<usize>> {
    if line.len() <= width || source[line.clone()].chars().nth(width).is_none() {
        return vec![line.clone()];
    }
    let mut targets = spans.to_vec();
    if targets.is_empty() {
        targets.push(line.start..line.start);
    }
    targets.sort_unstable_by_key(|span| (span.start, span.end));
    let share = (width / targets.len()).max(NARROWEST);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for target in targets {
        let shown = source[target.clone()].chars().count().min(share);
        let lead = (share - shown) / 2;
        let before = step_back(source, line.start, target.start, lead);
        let after = step_on(source, line.end, before, share);
        match windows.last_mut() {
            Some(last) if before <= last.end => last.end = last.end.max(after),
            _ => windows.push(before..after),
        }
    }
    windows
}

/// `count` characters before `at`, but not before `floor`.
fn step_back(source: &str, floor: usize, at: usize, count: usize) -> usize {
    source[floor..at].char_indices().rev().take(count).last().map_or(at, |(offset, _)| floor + offset)
}

/// `count` characters behind `at`, but not behind `ceiling`.
fn step_on(source: &str, ceiling: usize, at: usize, count: usize) -> usize {
    source[at..ceiling].char_indices().nth(count).map_or(ceiling, |(offset, _)| at + offset)
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.text.len() || self.lines.is_empty() {
            return Err(MietteError::OutOfBounds);
        }
        let (mut first, mut last) = (self.line_of(start), self.line_of(end.max(start + 1) - 1));
        let follows = |line: usize| self.lines[line + 1].number == self.lines[line].number + 1;
        if (first..last).any(|line| !follows(line)) {
            // The labels stand apart: each gets a frame of its own.
            return Err(MietteError::OutOfBounds);
        }
        if before == 0 && after == 0 {
            // This asks where the label is, for the frame's head.
            let position =
                self.labels.iter().find(|(label, _)| label.span.start == start).map(|(_, position)| *position);
            let (line, column) = position.map_or((0, 0), |at| (at.line - 1, at.column - 1));
            return Ok(self.contents(first..first + 1, to_usize(line), to_usize(column)));
        }
        while first > 0 && follows(first - 1) {
            first -= 1;
        }
        while last + 1 < self.lines.len() && follows(last) {
            last += 1;
        }
        Ok(self.contents(first..last + 1, to_usize(self.lines[first].number - 1), 0))
    }
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Snippet {
    fn contents<'a>(&'a self, lines: Range<usize>, line: usize, column: usize) -> Box<dyn SpanContents<'a> + 'a> {
        let start = self.lines[lines.start].start;
        let end = self.line_end(lines.end - 1);
        let data = &self.text.as_bytes()[start..end];
        let span = SourceSpan::from((start, end - start));
        Box::new(MietteSpanContents::new_named(self.path.clone(), data, span, line, column, lines.len()))
    }
}

/// What miette draws: a head, a message, a frame, a help, and frames in other files.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) code: Option<String>,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) snippet: Option<Snippet>,
    pub(super) related: Vec<Drawn>,
}

impl Drawn {
    /// Draws it.
    pub(super) fn draw(&self, handler: &GraphicalReportHandler) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = handler.render_report(&mut text, self);
        // Lines that end in blanks look right and copy wrong.
        let mut tidy = String::with_capacity(text.len());
        for line in text.lines() {
            tidy.push_str(line.trim_end());
            tidy.push('\n');
        }
        tidy
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible_lines(&self.message))
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_deref().map(|help| Box::new(visible_lines(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        Some(Box::new(snippet.labels.iter().map(|(label, _)| {
            let text = Some(visible(&label.text).into_owned()).filter(|text| !text.is_empty());
            let span = (label.span.start, label.span.len());
            if label.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|related| related as &dyn Diagnostic)))
    }
}

/// A mistake in a file of ours or the user's configuration, with its frame.
pub(crate) fn misfit_frame(found: &FileMisfit, look: Look) -> String {
    framed(found, Severity::Error, look)
}

/// Something in a file of the user's that keeps nothing from its work, with its frame.
pub(crate) fn remark_frame(found: &FileMisfit, look: Look) -> String {
    framed(found, Severity::Warning, look)
}

fn framed(found: &FileMisfit, severity: Severity, look: Look) -> String {
    let segments = [Segment::whole(found.path.as_ref().into())];
    let source = Source::new(&found.text, &segments);
    let span = found.misfit.span.start.min(found.text.len())..found.misfit.span.end.min(found.text.len());
    let labels = [Label { span, text: "here".to_owned(), primary: true }];
    Drawn {
        code: None,
        severity,
        message: found.misfit.message.clone(),
        help: found.misfit.help.clone(),
        snippet: Some(Snippet::new(&source, &(0..found.text.len()), &labels, look.width)),
        related: Vec::new(),
    }
    .draw(&look.handler())
}

/// A mistake that has no place in a file: the message and what to do.
pub(crate) fn plain_error(message: &str, help: Option<&str>, look: Look) -> String {
    plain(Severity::Error, message, help, look)
}

/// The same of something that keeps nothing from its work.
pub(crate) fn plain_remark(message: &str, help: Option<&str>, look: Look) -> String {
    plain(Severity::Warning, message, help, look)
}

fn plain(severity: Severity, message: &str, help: Option<&str>, look: Look) -> String {
    Drawn {
        code: None,
        severity,
        message: message.to_owned(),
        help: help.map(str::to_owned),
        snippet: None,
        related: Vec::new(),
    }
    .draw(&look.handler())
}
