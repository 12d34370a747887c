//! Which entries of a baseline a run could have found again: those of files that it judged, or that are gone, and of
//! rules that are on. The others stay as they are.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::cli::args::Check;
use crate::cli::git;
use crate::cli::settings::Settings;
use crate::engine::RunResult;
use crate::input::SourceFile;
use crate::paths::{PathRoot, STDIN, absolute, beside};
use crate::policy::Baseline;

use super::file::{Entries, Entry, Key};

/// What a run could have found.
pub(super) struct Stake<'r> {
    settings: &'r Settings,
    root: &'r PathRoot,
    /// By path as the baseline has it, the sources that were judged to their end.
    judged: HashMap<String, usize>,
    /// Folders and files that are named.
    named: Vec<PathBuf>,
    /// Records that have not changed were not looked at.
    part: bool,
    /// What git has and leaves out of the folders, once it was asked.
    skipped: OnceCell<HashSet<PathBuf>>,
}

impl<'r> Stake<'r> {
    pub(super) fn new(
        root: &'r PathRoot,
        check: &Check,
        settings: &'r Settings,
        (result, sources): (&RunResult, &[SourceFile]),
    ) -> Self {
        let failed: HashSet<&str> = result.failures.iter().map(|failure| &*failure.path).collect();
        let judged = sources.iter().enumerate();
        let judged =
            judged.filter(|(number, source)| !failed.contains(&*source.shown) && !result.unread.contains(number));
        let judged = judged.map(|(number, source)| (root.see(&source.shown), number)).collect();
        let named = check.paths.iter().map(|path| absolute(&root.here, Path::new(path))).collect();
        Self { settings, root, judged, named, part: check.changes.any(), skipped: OnceCell::new() }
    }

    /// Only a part of the records was looked at.
    pub(super) fn is_part(&self) -> bool {
        self.part
    }

    /// The configuration names this baseline.
    pub(super) fn is_configured(&self, path: &Path) -> bool {
        let config = &self.settings.config;
        let configured = config.baseline.as_ref().map(|named| beside(&config.path, &named.name));
        let whole = |path: &Path| absolute(&self.root.here, path);
        configured.is_some_and(|configured| whole(Path::new(&configured)) == whole(path))
    }

    /// The entry would have been found, if its fault were still there.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        let setup = &self.settings.linter.setup;
        // A rule that is not there may be one of the user's own that was not loaded.
        let Some(rule) = setup.catalogue.find(&entry.rule).filter(|rule| setup.plan.is_on(*rule)) else { return false };
        let is_silenced = || {
            let (path, record) = (self.seen(&entry.path), entry.record.as_deref());
            setup.overrides.may_drop(&setup.catalogue, rule, &path, record)
        };
        (self.judged.contains_key(&entry.path) || self.is_gone(&entry.path)) && !is_silenced()
    }

    /// The file is no longer there, below what was looked at. Where there is nothing at all, something else is amiss.
    fn is_gone(&self, path: &str) -> bool {
        let whole = absolute(&self.root.folder, Path::new(path));
        let is_left_out =
            || self.settings.exclusion.patterns.take(Path::new(&self.seen(path))) || self.skipped().contains(&whole);
        path != STDIN
            && self.named.iter().any(|named| whole.starts_with(named))
            && !whole.exists()
            && !self.judged.is_empty()
            && !is_left_out()
    }

    /// A path of the baseline as it is seen from the working folder.
    fn seen(&self, path: &str) -> String {
        PathRoot { folder: self.root.here.clone(), here: self.root.folder.clone() }.see(path)
    }

    fn skipped(&self) -> &HashSet<PathBuf> {
        self.skipped.get_or_init(|| git::skipped(&self.root.here))
    }

    /// The entries that are no longer found, and how many of each.
    pub(super) fn gone(&self, entries: &Entries, known: Option<&Baseline>, result: &RunResult) -> Vec<(Key, u64)> {
        let Some(known) = known else { return Vec::new() };
        let mut met: HashMap<u32, u64> = HashMap::new();
        for ((number, _), count) in &result.met {
            *met.entry(*number).or_default() += count;
        }
        // An entry has what was met in its own file; what is left over, as the record has moved, goes to any other.
        let mut unmet: Vec<(&Key, &Entry, u32, u64)> = Vec::new();
        for (key, entry) in &entries.0 {
            let number = u64::from_str_radix(&entry.fingerprint, 16).ok().and_then(|number| known.number(number));
            let Some(number) = number else { continue };
            let source = self.judged.get(&entry.path);
            let own = source.and_then(|source| result.met.get(&(number, *source))).copied().unwrap_or_default();
            // One fault can stand under two records, as where two branches have written it.
            let left = met.entry(number).or_default();
            let own = own.min(entry.count).min(*left);
            *left -= own;
            if own < entry.count && self.has(entry) {
                unmet.push((key, entry, number, entry.count - own));
            }
        }
        let mut gone = Vec::new();
        for (key, _, number, count) in unmet {
            let left = met.entry(number).or_default();
            let moved = count.min(*left);
            *left -= moved;
            if count > moved {
                gone.push((key.clone(), count - moved));
            }
        }
        gone
    }
}
