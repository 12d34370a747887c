//! What lies beside the records of software that are judged: looked for in the folders, or in what git has in its index.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::beside::{Around, Kinds, MOST_BYTES, Tag, gather};
use crate::engine::Setup;
use crate::format::Formats;
use crate::input::{Exclusion, Found, Origin, SourceFile, shown};
use crate::paths::{PathRoot, absolute};

use super::error::CliError;
use super::git::{self, Index};

/// Where the files lie that are looked for.
pub(super) struct Shelf<'s> {
    kinds: &'s Kinds,
    formats: &'s Formats,
    /// What would be committed; without it the folders are looked into.
    index: Option<&'s Index>,
    here: PathBuf,
    /// By the top folder of a repository: its tags.
    tags: HashMap<PathBuf, Vec<Tag>>,
    /// Some rule asks for tags.
    asks_tags: bool,
    /// The repositories whose tags git did not tell, and why.
    pub(super) refused: Vec<(String, String)>,
}

impl<'s> Shelf<'s> {
    pub(super) fn new(kinds: &'s Kinds, setup: &'s Setup, index: Option<&'s Index>) -> Self {
        let asks_tags = setup.plan.asks_tags(&setup.catalogue);
        let formats = &setup.catalogue.formats;
        let here = std::env::current_dir().unwrap_or_default();
        let here = if index.is_some() { fs::canonicalize(&here).unwrap_or(here) } else { here };
        Self { kinds, formats, index, here, tags: HashMap::new(), asks_tags, refused: Vec::new() }
    }

    /// Puts beside each record what lies there; `words` are what was named on the command line.
    pub(super) fn put(&mut self, files: &mut [SourceFile], words: &[String]) {
        let roots: Vec<_> = words.iter().map(|word| absolute(&self.here, Path::new(word))).collect();
        let wanted: Vec<_> = (0..files.len()).filter(|number| self.is_wanted(&files[*number], &roots)).collect();
        let judged: BTreeSet<_> =
            wanted.iter().map(|number| absolute(&self.here, Path::new(&*files[*number].shown))).collect();
        for number in wanted {
            let file = &mut files[number];
            file.beside = self.beside(file, &judged).map(Arc::new);
        }
    }

    /// It is called as records of software are, and on a walk lies in no folder of things that are shown, tried or foreign.
    fn is_wanted(&self, file: &SourceFile, roots: &[PathBuf]) -> bool {
        if matches!(file.origin, Origin::Stdin) || self.kinds.rank(&file.shown).is_none() {
            return false;
        }
        let path = absolute(&self.here, Path::new(&*file.shown));
        let Some(root) = roots.iter().filter(|root| path.starts_with(root)).max().filter(|_| !file.named) else {
            return true;
        };
        let below = path.strip_prefix(root).map(shown).unwrap_or_default();
        // A repository within that which is walked is a submodule, or somebody else's.
        let is_foreign = top_of(root).is_some_and(|top| path.parent().and_then(top_of) != Some(top));
        !self.kinds.leaves_alone(&below) && !is_foreign
    }

    fn beside(&mut self, file: &SourceFile, judged: &BTreeSet<PathBuf>) -> Option<crate::beside::Beside> {
        let path = absolute(&self.here, Path::new(&*file.shown));
        let folder = path.parent()?.to_path_buf();
        let top = match self.index {
            Some(index) => Some(index.top.clone()),
            None => top_of(&folder),
        };
        let below = top.as_ref().and_then(|top| folder.strip_prefix(top).ok()).unwrap_or(Path::new(""));
        let below: Vec<_> = below.iter().map(|folder| folder.to_string_lossy().into_owned()).collect();
        let above = self.kinds.above(&below);
        let index = self.index;
        let mut read = |name: &str| {
            let path = absolute(&folder, Path::new(name));
            match index {
                Some(index) => index.text(&path, MOST_BYTES),
                None => text(&path),
            }
        };
        let is_judged = |name: &str| judged.contains(&absolute(&folder, Path::new(name)));
        let mut around = Around { path: &file.shown, above, read: &mut read, is_judged: &is_judged };
        let mut beside = gather((self.kinds, self.formats), &mut around)?;
        if let Some(top) = top.filter(|_| self.asks_tags) {
            let (refused, of_index) = (&mut self.refused, self.index.is_some());
            let tags = self.tags.entry(top).or_insert_with_key(|top| {
                git::tags(top, of_index).unwrap_or_else(|why| {
                    refused.push((shown(top), why));
                    Vec::new()
                })
            });
            beside.tag(tags, below.last().map(String::as_str));
        }
        Some(beside)
    }
}

/// The text of a file, if it is one, and not too large: to open a pipe is to wait for whoever writes to it.
fn text(path: &Path) -> Option<String> {
    let is_small = |metadata: &fs::Metadata| metadata.is_file() && metadata.len() <= MOST_BYTES;
    fs::metadata(path).ok().filter(is_small)?;
    fs::read_to_string(path).ok()
}

/// The top folder of the repository in which a folder lies.
fn top_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// The records of software that git has in its index, below `words`; and those of which it has several versions, as they are
/// shown.
pub(super) fn software(
    (kinds, index): (&Kinds, &Index),
    words: &[String],
    exclusion: &Exclusion,
) -> Result<(Found, Vec<String>), CliError> {
    let here = std::env::current_dir().unwrap_or_default();
    let here = fs::canonicalize(&here).unwrap_or(here);
    if let Some(word) = words.iter().find(|word| *word == "-" || !absolute(&here, Path::new(word)).exists()) {
        return Err(CliError::said(format!("there is no file or folder `{word}`")).help("look at the spelling"));
    }
    let words: Vec<_> = words.iter().map(|word| absolute(&here, Path::new(word))).collect();
    let root = PathRoot { folder: here.clone(), here };
    let mut found = Found::default();
    let is_wanted = |path: &Path| {
        let below = path.strip_prefix(&index.top).map(shown).unwrap_or_default();
        words.iter().any(|word| path.starts_with(word)) && kinds.rank(&below).is_some() && !kinds.leaves_alone(&below)
    };
    for path in index.paths().filter(|path| is_wanted(path)) {
        let seen = PathBuf::from(root.see(&path.to_string_lossy()));
        if exclusion.patterns.take(&seen) {
            found.excluded += 1;
            continue;
        }
        let Some(content) = index.content(path) else { continue };
        let shown = shown(&seen).into();
        found.files.push(SourceFile {
            origin: Origin::Handed(content),
            shown,
            named: true,
            earlier: None,
            beside: None,
        });
    }
    found.files.sort_by(|left, right| left.shown.as_bytes().cmp(right.shown.as_bytes()));
    let unmerged = index.unmerged.iter().filter(|path| is_wanted(path)).map(|path| root.see(&path.to_string_lossy()));
    let unmerged = unmerged.filter(|seen| !exclusion.patterns.take(Path::new(seen))).collect();
    Ok((found, unmerged))
}
