//! Gathers what is found for a baseline: an output like any other, so that what is not told is not in it either.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::RuleId;
use crate::finding::RecordName;
use crate::paths::PathRoot;
use crate::report::{Assembler, Gate, RecordReport, Rendered, Renderer, Summary};

use super::file::{Entries, Entry};

/// Gathers entries of findings.
#[derive(Clone)]
pub(super) struct Collect {
    /// That the program failed is not to be lived with.
    pub(super) internal: Option<RuleId>,
    /// From where paths are seen.
    pub(super) root: PathRoot,
    pub(super) found: Arc<Mutex<Entries>>,
}

impl Renderer for Collect {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        let told = report.reported.iter().filter(|reported| Some(reported.rule) != self.internal);
        for finding in told.map(|reported| &reported.finding) {
            let record = finding.record.as_deref();
            let entry = Entry {
                path: self.root.see(&finding.path),
                record: record.and_then(|RecordName { id, .. }| id.clone()),
                title: record.and_then(|RecordName { title, .. }| title.clone()),
                rule: finding.rule.to_string(),
                fingerprint: finding.fingerprint.clone(),
                count: 1,
                reason: None,
            };
            // Into memory, and of texts and a number.
            if serde_json::to_writer(&mut rendered.bytes, &entry).is_ok() {
                rendered.bytes.push(b'\n');
            }
        }
        rendered.end(Gate::Always);
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(self.clone())
    }
}

impl Assembler for Collect {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn add(&mut self, rendered: Rendered, _: &mut dyn Write) -> io::Result<()> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for line in rendered.bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let entry: Entry = serde_json::from_slice(line)?;
            match found.0.get_mut(&entry.key()) {
                Some(known) => known.count += 1,
                None => found.keep(entry),
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
