//! The baseline of a check: what is lived with is not told. It is written, and what is no longer found is taken out of it.

mod collect;
mod file;
mod stake;

use std::collections::HashMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::{Output, RunResult};
use crate::input::{SourceFile, shown};
use crate::paths::{PathRoot, absolute, beside};
use crate::policy::Baseline;
use crate::report::{Look, Renderer, counted, grouped, plain_remark};
use crate::value::visible;

use super::args::Check;
use super::error::CliError;
use super::git;
use super::settings::Settings;
use collect::Collect;
use file::{Entries, Key};
use stake::Stake;

/// How it is called where nobody says otherwise.
const FILE_NAME: &str = "reclint-baseline.json";

/// What is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// What is in it is not told.
    Use,
    /// The same, and what is no longer found is taken out of it.
    Prune,
    /// It is written.
    Write,
}

/// The baseline of a check.
pub(super) struct InUse {
    path: PathBuf,
    name: String,
    purpose: Purpose,
    entries: Entries,
    /// What was found, where it is to be written.
    found: Arc<Mutex<Entries>>,
    /// From where its paths are seen.
    root: PathRoot,
}

/// The baseline that the command line or the configuration names, or that is to be written.
pub(super) fn of(check: &Check, settings: &Settings) -> Result<Option<InUse>, CliError> {
    let configured = settings.config.baseline.as_ref().filter(|_| !check.no_baseline);
    let configured = configured.map(|named| PathBuf::from(beside(&settings.config.path, &named.name)));
    let named = check.baseline.clone().or(configured);
    let (purpose, path) = match (&check.write_baseline, named) {
        (Some(given), named) => {
            let default = || PathBuf::from(beside(&settings.config.path, FILE_NAME));
            (Purpose::Write, given.clone().or(named).unwrap_or_else(default))
        }
        (None, None) if check.prune_baseline => {
            return Err(CliError::said("there is no baseline to prune")
                .help("name it with --baseline, or as `baseline` in reclint.toml"));
        }
        (None, None) => return Ok(None),
        (None, Some(path)) => (if check.prune_baseline { Purpose::Prune } else { Purpose::Use }, path),
    };
    let name = shown(&path);
    let here = env::current_dir().unwrap_or_default();
    let whole = absolute(&here, &path);
    if !path.exists() && git::skipped(&here).contains(&whole) {
        return Err(CliError::said(format!("the baseline `{name}` is left out of this sparse checkout"))
            .help("`git sparse-checkout add` brings it back"));
    }
    let is_new = purpose == Purpose::Write && !path.exists();
    if !is_new && !path.exists() {
        return Err(CliError::said(format!("there is no baseline `{name}`"))
            .help("`reclint check --write-baseline` writes it, with what is found now"));
    }
    let entries = if is_new { Entries::default() } else { Entries::read(&path, &name)? };
    let folder = whole.parent().unwrap_or(Path::new("/")).to_path_buf();
    let root = PathRoot { folder, here };
    Ok(Some(InUse { path, name, purpose, entries, found: Arc::default(), root }))
}

impl InUse {
    /// It is written in this run: there is no report.
    pub(super) fn is_written(&self) -> bool {
        self.purpose == Purpose::Write
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is not told of.
    pub(super) fn known(&self) -> Option<Baseline> {
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let entries = self.entries.0.values().filter_map(|entry| Some((number(&entry.fingerprint)?, entry.count)));
        (!self.is_written()).then(|| Baseline::new(entries))
    }

    /// It is no source itself.
    pub(super) fn leave_out(&self, sources: &mut Vec<SourceFile>) {
        let own = absolute(&self.root.here, &self.path);
        sources.retain(|source| source.path().is_none_or(|path| absolute(&self.root.here, path) != own));
    }

    /// What gathers it.
    pub(super) fn collector(&self, settings: &Settings) -> (Box<dyn Renderer>, Output) {
        let internal = settings.linter.setup.own.internal_error;
        let collect = Collect { internal, root: self.root.clone(), found: Arc::clone(&self.found) };
        let output = Output::new(collect.assembler(), Box::new(std::io::sink()));
        (Box::new(collect), output)
    }

    /// After a run over all of `sources`: writes it, if that is wanted; gives what is to be said.
    pub(super) fn end(
        &mut self,
        check: &Check,
        settings: &Settings,
        (result, sources): (&RunResult, &[SourceFile]),
        look: Look,
    ) -> Result<Option<String>, CliError> {
        // What was not judged to its end tells nothing of what is no longer there.
        if result.write_error.is_some() || result.summary.internal_errors > 0 {
            return match self.purpose {
                Purpose::Use => Ok(None),
                _ => Err(CliError::said(format!("`{}` is as it was: not everything could be judged", self.name))),
            };
        }
        let root = self.root.clone();
        let stake = Stake::new(&root, check, settings, (result, sources));
        if self.is_written() {
            return self.write(&stake).map(Some);
        }
        let gone = if stake.is_part() { Vec::new() } else { stake.gone(&self.entries, self.known().as_ref(), result) };
        match (self.purpose, gone.is_empty()) {
            (Purpose::Prune, true) => Ok(Some(format!("All of `{}` is still found.\n", self.name))),
            (Purpose::Prune, false) => self.prune(gone).map(Some),
            (_, true) => Ok(None),
            (_, false) => {
                let (findings, list) = told(&gone);
                let message = format!("no longer found of `{}`: {findings}: {list}", self.name);
                let help = "--prune-baseline takes out of it what is mended";
                Ok(Some(plain_remark(&message, Some(help), look)))
            }
        }
    }

    fn save(&self, entries: &Entries) -> Result<(), CliError> {
        entries.write(&self.path).map_err(|error| {
            CliError::said(format!("`{}` cannot be written: {error}", self.name)).help("look at the path")
        })
    }

    /// Writes what was found, and keeps what was not looked for.
    fn write(&mut self, stake: &Stake<'_>) -> Result<String, CliError> {
        let old = std::mem::take(&mut self.entries);
        let mut entries = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        let found = entries.findings();
        let reasons: HashMap<&str, &String> =
            old.0.values().filter_map(|entry| Some((&*entry.fingerprint, entry.reason.as_ref()?))).collect();
        for entry in entries.0.values_mut() {
            entry.reason = reasons.get(&*entry.fingerprint).map(|reason| (*reason).clone());
        }
        let (had, mut kept) = (old.findings(), 0);
        for entry in old.0.values().filter(|entry| !stake.has(entry)) {
            kept += entry.count;
            entries.keep(entry.clone());
        }
        self.save(&entries)?;
        let before = if had > 0 { format!(", which had {}", grouped(had)) } else { String::new() };
        let stays = if kept > 0 {
            format!("; of that {} stay, as they were not looked for", grouped(kept))
        } else {
            String::new()
        };
        let mut said = format!("Wrote {} to `{}`{before}{stays}.\n", counted(found, "finding"), self.name);
        if !stake.is_configured(&self.path) {
            let name = &self.name;
            let how = format!("It counts with --baseline {name}, or `baseline = \"{name}\"` in reclint.toml.\n");
            said.push_str(&how);
        }
        Ok(said)
    }

    /// Takes out what is no longer found.
    fn prune(&mut self, gone: Vec<(Key, u64)>) -> Result<String, CliError> {
        let (findings, list) = told(&gone);
        for (key, count) in gone {
            if let Some(entry) = self.entries.0.get_mut(&key) {
                entry.count -= count;
            }
        }
        self.entries.0.retain(|_, entry| entry.count > 0);
        self.save(&self.entries)?;
        Ok(format!("Took {findings} out of `{}`: {list}.\n", self.name))
    }
}

/// How many findings are no longer there, and the first of them.
fn told(gone: &[(Key, u64)]) -> (String, String) {
    const NAMED: usize = 3;
    let named = |((path, record, rule, _), _): &(Key, u64)| {
        let (path, rule) = (visible(path), visible(rule));
        record.as_ref().map_or_else(|| format!("{rule} in {path}"), |id| format!("{rule} in {path} ({})", visible(id)))
    };
    let mut list = gone.iter().take(NAMED).map(named).collect::<Vec<_>>().join(", ");
    if gone.len() > NAMED {
        list += ", …";
    }
    (counted(gone.iter().map(|(_, count)| count).sum(), "finding"), list)
}
