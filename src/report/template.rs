//! A report by a template of the user's own. It is given what `json` has: `findings`, `summary` and `as_of`; and `left_out`,
//! how many findings there was no room for.

use std::io::{self, Write};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, context};

use crate::document::{FileMisfit, Misfit};
use crate::finding::Severity;

use super::finding::FindingWriter;
use super::foremost::{Foremost, Room};
use super::machine::gate;
use super::render::findings;
use super::{Assembler, Counts, RecordReport, Rendered, Renderer, Summary};

/// How many findings are kept for a template, which may want them in any order: some 20 MB.
const MOST: usize = 25_000;

/// Renders findings by a template.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    environment: Arc<Environment<'static>>,
    path: String,
    as_of: String,
}

impl Template {
    /// Reads the template in the file at `path`, whose ending says how values are escaped.
    pub(crate) fn read(path: &str, text: &str, as_of: &str) -> Result<Self, Box<FileMisfit>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        // A block on a line of its own leaves no empty line.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| Box::new(misfit(path, text, &error)))?);
        environment
            .add_template_owned(path.to_owned(), text.to_owned())
            .map_err(|error| Box::new(misfit(path, text, &error)))?;
        Ok(Self { environment: Arc::new(environment), path: path.to_owned(), as_of: as_of.to_owned() })
    }
}

/// A mistake in a template, at its place.
fn misfit(path: &str, text: &str, error: &Error) -> FileMisfit {
    let line = error.line().unwrap_or(1);
    let of_line = || {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        start..start + text[start..].lines().next().map_or(0, str::len)
    };
    let span = error.range().filter(|range| !range.is_empty() && text.get(range.clone()).is_some());
    let misfit =
        Misfit { message: what(error), span: span.unwrap_or_else(of_line), help: Some(remedy(error).to_owned()) };
    FileMisfit { path: path.into(), text: text.into(), misfit }
}

fn what(error: &Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// What to do about a mistake.
fn remedy(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::SyntaxError => {
            "the language is Jinja's, as MiniJinja has it: {{ value }}, {% for … %}, {# remark #}"
        }
        ErrorKind::UndefinedError => "the names are those of `json`: findings, summary, as_of and their members",
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => {
            "look at the spelling; there are those that MiniJinja comes with"
        }
        ErrorKind::TemplateNotFound => "a template is one file: it cannot include others",
        _ => "look at the line of the template",
    }
}

impl Renderer for Template {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            FindingWriter::new(&mut rendered.bytes).write(&reported.finding);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble {
            template: self.clone(),
            kept: Foremost::new(Room::Together(MOST)),
            number: 0,
            left: Counts::default(),
        })
    }
}

struct Assemble {
    template: Template,
    /// Findings as JSON, each with its number in the run.
    kept: Foremost<(u64, Arc<[u8]>)>,
    number: u64,
    left: Counts,
}

impl Assemble {
    /// What is kept, in the order of the input; each is read when the template comes to it.
    fn findings(&self) -> Value {
        let mut kept: Vec<_> = self.kept.kept().cloned().collect();
        kept.sort_unstable_by_key(|(number, _)| *number);
        let kept: Arc<[Arc<[u8]>]> = kept.into_iter().map(|(_, bytes)| bytes).collect();
        let read = |bytes: &Arc<[u8]>| {
            let finding: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
            Value::from(Serde(finding))
        };
        Value::make_object_iterable(kept, move |kept: &Arc<[Arc<[u8]>]>| Box::new(kept.iter().map(read)))
    }
}

impl Assembler for Assemble {
    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        for (bytes, _, severity) in findings(&rendered) {
            self.number += 1;
            self.kept.add(severity, || (self.number, bytes.into()));
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.left = self.kept.left_out();
        let given = context! {
            findings => self.findings(),
            summary => Value::from(Serde(summary)),
            as_of => self.template.as_of.as_str(),
            left_out => self.left.at_least(Severity::Info),
        };
        let Template { environment, path, .. } = &self.template;
        let rendered = environment.get_template(path).and_then(|template| template.render(given));
        let text = rendered.map_err(|error| {
            let line = error.line().unwrap_or_default();
            io::Error::other(format!("{path}:{line}: {}; {}", what(&error), remedy(&error)))
        })?;
        out.write_all(text.as_bytes())
    }

    fn lacks(&self) -> Option<String> {
        super::machine::left_out("template's", self.left, "it is given 25,000 findings, errors before others")
    }
}
