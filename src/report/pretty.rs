//! The report for people: per record a verdict, then a frame for each thing found, at its place in the record.

use std::io::Write;
use std::sync::Arc;

use miette::GraphicalReportHandler;

use crate::check::RuleId;
use crate::document::{Segment, Source};
use crate::finding::Severity;
use crate::policy::{Reported, short_title};
use crate::schema::SchemaPlace;

use super::alike::alike;
use super::folding::Folding;
use super::frame::{Drawn, Label, Look, Snippet};
use super::render::Alike;
use super::summary::Counts;
use super::{Assembler, Audience, Gate, NOT_READY, RecordReport, Rendered, Renderer, TO_LOOK_AT, grouped};

/// So many related places are shown in a frame: of a value that stands a thousand times the data name each.
const MOST_RELATED: usize = 12;

/// Renders findings in frames.
pub(crate) struct Pretty {
    pub(crate) look: Look,
    pub(crate) audience: Audience,
    handler: GraphicalReportHandler,
    rule_names: Arc<[Arc<str>]>,
    /// Each finding stands alone: there is a limit for the findings of a rule.
    apart: bool,
}

impl Pretty {
    pub(crate) fn new(look: Look, audience: Audience, rule_names: Arc<[Arc<str>]>) -> Self {
        Self { look, audience, handler: look.handler(), rule_names, apart: false }
    }

    /// The same with each finding alone, or not.
    pub(crate) fn apart(self, apart: bool) -> Self {
        Self { apart, ..self }
    }

    /// Infos are said in one line, unless everything is wanted in frames.
    fn in_frame(&self, reported: &Reported) -> bool {
        self.audience == Audience::Auditor || reported.finding.severity > Severity::Info
    }

    fn style(&self, text: &str, code: &str) -> String {
        if self.look.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The record's title and place, and its verdict.
    fn head(&self, report: &RecordReport<'_>) -> String {
        let title = report.name.as_deref().and_then(short_title);
        let location = report.location();
        let title = title
            .map_or_else(|| self.style(&location, "1"), |title| format!("{}  {location}", self.style(&title, "1")));
        format!("{title}\n{}\n\n", self.verdict(report))
    }

    fn verdict(&self, report: &RecordReport<'_>) -> String {
        let mut counts = Counts::default();
        report.reported.iter().for_each(|reported| counts.add(reported.finding.severity));
        // Its verdict has been said, by what was known then.
        if report.more {
            return format!("also: {}", counts.text());
        }
        let mut parts: Vec<String> = report.states.iter().map(|state| state.word.to_string()).collect();
        parts.push(counts.text());
        let parts = parts.join(" · ");
        if report.name.is_none() {
            return parts;
        }
        let verdict = report.verdict();
        let colour = match verdict {
            NOT_READY => "31",
            TO_LOOK_AT => "33",
            _ => "32",
        };
        format!("{}: {parts}", self.style(verdict, colour))
    }

    /// The frames of a record: one for all that is missing at the same place, one for each other finding.
    fn frames<'r>(&self, report: &'r RecordReport<'_>) -> Vec<Vec<&'r Reported>> {
        let mut frames: Vec<Vec<&Reported>> = Vec::new();
        for reported in report.reported.iter().filter(|reported| self.in_frame(reported)) {
            let joins = |frame: &&mut Vec<&Reported>| is_absent(frame[0]) && frame[0].span == reported.span;
            let may_join = is_absent(reported) && !self.apart;
            match if may_join { frames.iter_mut().find(joins) } else { None } {
                Some(frame) => frame.push(reported),
                None => frames.push(vec![reported]),
            }
        }
        frames
    }

    /// Draws a frame; `also` is what else is to be said in it.
    fn draw(&self, frame: &[&Reported], also: Option<&str>, report: &RecordReport<'_>) -> String {
        let first = frame[0];
        let messages: Vec<_> = frame.iter().map(|reported| reported.finding.message.as_str()).collect();
        let rules: Vec<_> = frame.iter().map(|reported| &*reported.finding.rule).collect();
        let helps = frame.iter().filter_map(|reported| reported.finding.help.as_deref()).chain(also);
        let help = helps.collect::<Vec<_>>().join("\n");
        let schema = frame.iter().filter_map(|reported| reported.schema.as_ref());
        let severity = frame.iter().map(|reported| reported.finding.severity).max().unwrap_or(Severity::Info);
        Drawn {
            code: Some(match first.cell() {
                Some(cell) => format!("{} · {cell}", rules.join(", ")),
                None => rules.join(", "),
            }),
            severity,
            message: messages.join("\n"),
            help: Some(help).filter(|help| !help.is_empty()),
            snippet: Some(Snippet::new(report.source, &report.range, &Self::labels(frame, report), self.look.width)),
            related: schema.map(|place| self.schema_frame(place)).collect(),
        }
        .draw(&self.handler)
    }

    fn labels(frame: &[&Reported], report: &RecordReport<'_>) -> Vec<Label> {
        let first = frame[0];
        let text = match &first.label {
            Some(label) => label.clone(),
            None if first.is_missing => absent_label(frame, report),
            None => String::new(),
        };
        let mut labels = vec![Label { span: first.span.clone(), text, primary: true }];
        for (number, related) in first.related.iter().enumerate() {
            if labels.len() > MOST_RELATED {
                let more = grouped((first.related.len() - number) as u64);
                if let Some(last) = labels.last_mut() {
                    last.text = format!("{}, and in {more} more places", last.text);
                }
                break;
            }
            if !labels.iter().any(|label| label.span == related.span) {
                labels.push(Label { span: related.span.clone(), text: related.label.clone(), primary: false });
            }
        }
        labels
    }

    /// The line of the user's schema that is broken.
    fn schema_frame(&self, place: &SchemaPlace) -> Drawn {
        let segments = [Segment::whole(Arc::clone(&place.path))];
        let source = Source::new(place.document.text(), &segments);
        let labels = [Label { span: place.span.clone(), text: String::new(), primary: true }];
        Drawn {
            code: None,
            severity: Severity::Info,
            message: "the schema says so here".to_owned(),
            help: None,
            snippet: Some(Snippet::new(
                &source,
                &(0..place.document.text().len()),
                &labels,
                self.look.width.saturating_sub(6),
            )),
            related: Vec::new(),
        }
    }

    /// What is not given and is no more than an info, in one line.
    fn not_given(&self, report: &RecordReport<'_>) -> Option<(String, Vec<Alike>)> {
        let is_folded = |reported: &&Reported| self.is_folded(reported) && reported.is_missing && !self.apart;
        let missing: Vec<_> = report.reported.iter().filter(is_folded).collect();
        let labels: Vec<_> = missing.iter().filter_map(|reported| reported.field_label.as_deref()).collect();
        let rules: Vec<_> = missing.iter().map(|reported| &*reported.finding.rule).collect();
        let line = format!("not given: {} ({})", labels.join(", "), rules.join(", "));
        (!missing.is_empty()).then(|| (line, missing.iter().map(|reported| alike(reported)).collect()))
    }

    /// The other infos, each in a line.
    fn remarks(&self, report: &RecordReport<'_>) -> Vec<(String, Vec<Alike>)> {
        let is_folded = |reported: &&Reported| self.is_folded(reported) && (!reported.is_missing || self.apart);
        let line = |reported: &Reported| {
            let finding = &reported.finding;
            if let Some(cell) = reported.cell() {
                format!("{} ({}, {cell})", finding.message, finding.rule)
            } else {
                let start = finding.start;
                format!("{} ({}, {}:{})", finding.message, finding.rule, start.line, start.column)
            }
        };
        report.reported.iter().filter(is_folded).map(|reported| (line(reported), vec![alike(reported)])).collect()
    }

    /// It is said in a line, not in a frame.
    fn is_folded(&self, reported: &Reported) -> bool {
        self.audience == Audience::Curator && !self.in_frame(reported)
    }

    /// A record of which little is to be said takes a line for each thing.
    fn in_lines(&self, report: &RecordReport<'_>, fold: &dyn Fn(Vec<Alike>) -> Gate, rendered: &mut Rendered) {
        let title = report.name.as_deref().and_then(short_title).map_or_else(String::new, |title| format!("  {title}"));
        for (line, rules) in self.not_given(report).into_iter().chain(self.remarks(report)) {
            let line = format!("{}{title}: {line}", report.location());
            let _ = writeln!(rendered.bytes, "{}", wrapped(&line, self.look.width, "    "));
            rendered.end(fold(rules));
        }
    }
}

/// A text broken at its spaces into lines of `width` characters, those after the first behind `indent`.
pub(super) fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = String::with_capacity(text.len() + 16);
    let mut column = 0;
    for word in text.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if column > indent.len() && column + length > width {
            lines.truncate(lines.trim_end().len());
            lines.push('\n');
            lines.push_str(indent);
            column = indent.len();
        }
        lines.push_str(word);
        column += word.chars().count();
    }
    lines
}

/// What is missing from the record itself: frames of such things are joined.
fn is_absent(reported: &Reported) -> bool {
    reported.is_missing && !reported.finding.present && reported.label.is_none()
}

/// "no author, no licence: this is the record's title".
fn absent_label(frame: &[&Reported], report: &RecordReport<'_>) -> String {
    let labels: Vec<_> = frame
        .iter()
        .filter_map(|reported| reported.field_label.as_deref())
        .map(|label| format!("no {label}"))
        .collect();
    let shown = &report.source.text()[frame[0].span.clone()];
    let named = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty() && shown.contains(text));
    let name = report.name.as_ref();
    let what = if name.is_some_and(|name| named(&name.title)) {
        " (the record's title)"
    } else if name.is_some_and(|name| named(&name.id)) {
        " (the record's identifier)"
    } else {
        ""
    };
    format!("{}{what}", labels.join(", "))
}

impl Renderer for Pretty {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let example = report.location();
        let severity = |rule: RuleId| {
            let own = report.reported.iter().find(|reported| reported.rule == rule);
            own.map_or(Severity::Info, |reported| reported.finding.severity)
        };
        let fold = |alike: Vec<Alike>| match (self.audience, alike.first()) {
            (Audience::Auditor, Some(first)) if self.apart => Gate::Of(first.kind.rule, severity(first.kind.rule)),
            (Audience::Auditor, _) => Gate::Always,
            _ => Gate::Fold { alike, example: example.as_str().into() },
        };
        let frames = self.frames(report);
        if frames.is_empty() {
            rendered.end(Gate::Head);
            self.in_lines(report, &fold, rendered);
            return;
        }
        rendered.bytes.extend_from_slice(self.head(report).as_bytes());
        rendered.end(Gate::Head);
        // What else is not given is said where something is missing, else on a line of its own.
        let mut not_given = self.not_given(report);
        for frame in frames {
            let also = if is_absent(frame[0]) { not_given.take() } else { None };
            let also = also.map(|(line, _)| format!("Also {line}."));
            rendered.bytes.extend_from_slice(self.draw(&frame, also.as_deref(), report).as_bytes());
            rendered.bytes.push(b'\n');
            rendered.end(fold(frame.iter().map(|reported| alike(reported)).collect()));
        }
        let not_given = not_given.map(|(line, rules)| (format!("also {line}"), rules));
        for (line, rules) in not_given.into_iter().chain(self.remarks(report)) {
            let line = wrapped(&format!("  {line}"), self.look.width, "  ");
            let _ = writeln!(rendered.bytes, "{}\n", self.style(&line, "2"));
            rendered.end(fold(rules));
        }
    }

    fn draws_frames(&self) -> bool {
        true
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Folding::new(Arc::clone(&self.rule_names)))
    }
}
