//! What renders each of the reports that are wanted.

use std::sync::Arc;

use crate::report::{
    Audience, Azure, Badge, Checkstyle, Concise, Csv, Github, Gitlab, Html, Json, Junit, Markdown, Pretty, Rdjson,
    Renderer, RuleLine, Sarif, Shape, Tables, Template, Xlsx,
};
use crate::rule::{Catalogue, Rule};

use super::args::{Check, For, OutputFormat};
use super::error::CliError;
use super::ground::read_text;
use super::outputs::Wanted;
use super::settings::Settings;
use super::terminal::Terminal;

/// What renders each of the reports.
pub(super) fn of(
    check: &Check,
    reports: &[Wanted],
    terminal: &Terminal,
    settings: &Settings,
    as_of: &str,
) -> Result<Vec<Box<dyn Renderer>>, CliError> {
    if check.template.is_some() && !reports.iter().any(|(format, _)| *format == OutputFormat::Template) {
        return Err(
            CliError::said("a template is named, and no report is made by it").help("add --output-format template")
        );
    }
    let to_stdout = |format| reports.contains(&(format, None));
    let renderer = |(format, file): &Wanted| -> Result<Box<dyn Renderer>, CliError> {
        let look = if file.is_some() { Terminal::file_look() } else { terminal.stdout_look() };
        let catalogue = settings.linter.catalogue();
        let apart = settings.measures.most_per_rule.is_some();
        let audience = audience(check.audience);
        let as_of = || as_of.to_owned();
        let json = |shape| Json { shape, as_of: as_of(), apart };
        Ok(match format {
            OutputFormat::Pretty | OutputFormat::Concise if settings.measures.statistics => {
                Box::new(Tables { width: look.width })
            }
            OutputFormat::Pretty => Box::new(Pretty::new(look, audience, rule_names(catalogue)).apart(apart)),
            OutputFormat::Concise => Box::new(Concise { audience, rule_names: rule_names(catalogue), apart }),
            OutputFormat::Json => Box::new(json(Shape::Object)),
            OutputFormat::Ndjson => Box::new(json(Shape::Lines)),
            OutputFormat::Xlsx => Box::new(Xlsx {
                words: Arc::clone(&settings.words),
                as_of: as_of(),
                rules: rule_lines(catalogue),
                states: catalogue.states.iter().cloned().collect(),
                apart,
            }),
            OutputFormat::Csv => Box::new(Csv { words: Arc::clone(&settings.words), apart }),
            OutputFormat::Html => {
                Box::new(Html::new(catalogue, &check.paths, &as_of(), Arc::clone(&settings.words)).apart(apart))
            }
            OutputFormat::Markdown => Box::new(Markdown { rules: rule_lines(catalogue) }),
            OutputFormat::Sarif => Box::new(Sarif::new(catalogue, &as_of())),
            OutputFormat::Github => Box::new(Github { beside: file.is_none() && to_stdout(OutputFormat::Pretty) }),
            OutputFormat::Gitlab => Box::new(Gitlab),
            OutputFormat::Azure => Box::new(Azure),
            OutputFormat::Junit => Box::new(Junit { fail_on: settings.fail_on, rated: rated(settings) }),
            OutputFormat::Checkstyle => Box::new(Checkstyle),
            OutputFormat::Rdjson => Box::new(Rdjson),
            OutputFormat::Badge => Box::new(Badge),
            OutputFormat::Template => Box::new(template(check, &as_of())?),
        })
    };
    reports.iter().map(renderer).collect()
}

fn rule_names(catalogue: &Catalogue) -> Arc<[Arc<str>]> {
    catalogue.rules().map(|(_, rule)| Arc::clone(&rule.name)).collect()
}

/// What each rule says, for an overview.
fn rule_lines(catalogue: &Catalogue) -> Arc<[RuleLine]> {
    let line = |rule: &Rule| RuleLine { name: Arc::clone(&rule.name), summary: rule.summary.clone() };
    catalogue.rules().map(|(_, rule)| line(rule)).collect()
}

/// Of each rule whether a rate is tolerated.
fn rated(settings: &Settings) -> Arc<[bool]> {
    let rates = &settings.measures.rates;
    settings.linter.catalogue().rules().map(|(id, _)| rates.of(id).is_some()).collect()
}

/// Reads the user's template.
fn template(check: &Check, as_of: &str) -> Result<Template, CliError> {
    let path = check.template.as_deref().ok_or_else(|| {
        CliError::said("a report by a template needs one, and none is named")
            .help("name it: --output-format template --template report.md.j2")
    })?;
    let text = read_text(path, "the template")?;
    Ok(Template::read(&crate::input::shown(path), &text, as_of)?)
}

fn audience(audience: For) -> Audience {
    match audience {
        For::Submitter => Audience::Submitter,
        For::Curator => Audience::Curator,
        For::Auditor => Audience::Auditor,
    }
}
