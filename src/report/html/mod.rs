//! The review page: one file with everything in it, to be opened in a browser.
//!
//! Workers write two things of each chunk, the *index* (records and findings, a line of a list each, which the page reads
//! at once) and the *details* (the values of records, which it reads when a record is looked at). Both are JSON in
//! `<template>`s, which no browser shows, with `<` and `&` written as escapes, so that nothing in a record can be taken for
//! markup: a browser reads text there twice as fast as in a `<script>`. The writer puts texts that
//! come again into the index as numbers, and packs the details, which stand behind everything else: the page is small,
//! and its reader works in it before the browser has come to its end.

mod page;
mod rows;
mod seal;

use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::finding::Severity;
use crate::rule::Catalogue;

use super::{Assembler, Gate, RecordReport, Rendered, Renderer, Understood, Words};

/// The form of the data in the page.
const FORM: &str = "reclint-page-1";

/// Renders the review page.
#[derive(Clone, Debug)]
pub(crate) struct Html {
    /// What the page has to know before it reads what was found, as JSON.
    head: String,
    words: Arc<Words>,
    /// There is a limit for the findings of a rule, so that each is a part of its own.
    apart: bool,
}

/// What the page has to know before it reads what was found. Findings and records name the members of these lists by
/// their places.
#[derive(Serialize)]
struct Head<'c> {
    form: &'c str,
    version: &'c str,
    as_of: &'c str,
    /// The reader's language, and in it the English words of the page.
    language: &'c str,
    words: BTreeMap<&'c str, &'c str>,
    /// The same for runs over the same paths: the reader's notes are kept under it.
    identity: String,
    paths: &'c [String],
    severities: [&'c str; 3],
    rules: Vec<HeadRule<'c>>,
    states: Vec<HeadState<'c>>,
    fields: Vec<HeadField<'c>>,
    formats: Vec<HeadFormat<'c>>,
}

#[derive(Serialize)]
struct HeadRule<'c> {
    name: &'c str,
    category: &'c str,
    summary: &'c str,
    url: Option<String>,
}

#[derive(Serialize)]
struct HeadState<'c> {
    name: &'c str,
    /// What a verdict says of it; none if verdicts do not speak of it.
    verdict: Option<&'c str>,
    ready: bool,
}

#[derive(Serialize)]
struct HeadField<'c> {
    name: &'c str,
    label: &'c str,
    /// The entry it is part of.
    entry: Option<usize>,
    /// The entry is somebody, or something, by this.
    core: bool,
}

#[derive(Serialize)]
struct HeadFormat<'c> {
    title: &'c str,
    /// The fields that it has a place for, with what it calls them.
    fields: Vec<(usize, &'c str)>,
}

impl Html {
    /// For a run over `paths` by these rules and formats, in these words.
    pub(crate) fn new(catalogue: &Catalogue, paths: &[String], as_of: &str, words: Arc<Words>) -> Self {
        let table = &catalogue.formats.fields;
        let rules = catalogue.rules().map(|(_, rule)| HeadRule {
            name: &rule.name,
            category: rule.category,
            summary: &rule.summary,
            url: if rule.is_own { None } else { crate::policy::rule_url(&rule.name) },
        });
        let states = catalogue.states.iter().map(|state| HeadState {
            name: &state.name,
            verdict: state.verdict.as_ref().map(|verdict| &*verdict.word),
            ready: state.verdict.as_ref().is_none_or(|verdict| verdict.ready),
        });
        let fields = table.iter().map(|(_, field)| HeadField {
            name: &field.name,
            label: &field.label,
            entry: field.entry.map(crate::format::FieldId::index),
            core: field.core,
        });
        let formats = catalogue.formats.formats.iter().map(|format| HeadFormat {
            title: &format.title,
            fields: {
                let mapped = table.iter().filter(|(id, _)| format.maps(*id));
                mapped.map(|(id, _)| (id.index(), &**format.label(id, table))).collect()
            },
        });
        let head = Head {
            form: FORM,
            version: env!("CARGO_PKG_VERSION"),
            as_of,
            language: words.language(),
            words: words.all().collect(),
            identity: format!("{:016x}", xxh3_64(paths.join("\n").as_bytes())),
            paths,
            severities: Severity::ALL.map(Severity::name),
            rules: rules.collect(),
            states: states.collect(),
            fields: fields.collect(),
            formats: formats.collect(),
        };
        // It is plain data, of which JSON can always be made.
        Self { head: serde_json::to_string(&head).unwrap_or_default(), words, apart: false }
    }

    /// The same with each finding as a part of its own, so that there can be a limit.
    pub(crate) fn apart(self, apart: bool) -> Self {
        Self { apart, ..self }
    }
}

impl Renderer for Html {
    fn wants_records(&self) -> bool {
        true
    }

    fn understood(&self, record: &Understood<'_>, rendered: &mut Rendered) {
        rows::path(record.source, record.record.root.span().start, rendered);
        rows::record(record, &mut rendered.bytes);
        rows::values(record, &mut rendered.bytes);
        rendered.end(Gate::Always);
    }

    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        rows::path(report.source, report.range.start, rendered);
        for reported in &report.reported {
            rows::finding(report, reported, &mut rendered.bytes);
            rendered.end(if self.apart { Gate::Of(reported.rule, reported.finding.severity) } else { Gate::Always });
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(page::Page::new(self.head.clone(), Arc::clone(&self.words)))
    }
}

/// The bytes are the beginning of a review page.
pub(crate) fn begins_page(head: &[u8]) -> bool {
    let tag = head.get(..head.len().min(page::LONGEST_TAG)).unwrap_or_default();
    tag.starts_with(page::BEGIN.as_bytes()) && memmem::find(tag, page::MARK.as_bytes()).is_some()
}
