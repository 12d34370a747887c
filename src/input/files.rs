//! Finding the sources: files that are named, folders that are walked, patterns, standard input.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::paths::{MATCHING, PathPatterns};

use super::open::Nature;

/// Where a source's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// Something to judge.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    pub(crate) origin: Origin,
    /// The path as shown: relative as it was found, with `/`.
    pub(crate) shown: Arc<str>,
    /// The user named it; else it was found on a walk, and is ours only if it holds records.
    pub(crate) named: bool,
}

impl SourceFile {
    /// Where it lies; nowhere if it is standard input.
    #[cfg(feature = "cli")]
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Stdin => None,
        }
    }

    /// How many bytes it has, if that can be known beforehand.
    pub(crate) fn bytes(&self) -> Option<u64> {
        match &self.origin {
            // Of what is compressed, what comes out is not known.
            Origin::Stdin => None,
            Origin::File(_) if self.shown.ends_with(".gz") => None,
            Origin::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len()),
        }
    }
}

/// Why the sources could not be found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FindError {
    /// Nothing of that name.
    #[error("there is no file or folder `{0}`")]
    NoSuchPath(String),
    /// Nothing fits the pattern.
    #[error("the pattern `{0}` matches nothing")]
    NoMatch(String),
    /// Not a pattern.
    #[error("`{pattern}` is not a pattern: {why}")]
    BadPattern { pattern: String, why: String },
}

/// Which files are left out.
#[derive(Debug, Default)]
pub(crate) struct Exclusion {
    pub(crate) patterns: PathPatterns,
    /// Also files that are named are left out.
    pub(crate) forced: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their paths' bytes.
    pub(crate) files: Vec<SourceFile>,
    /// How many were left out because the configuration says so.
    pub(crate) excluded: usize,
}

/// Finds what `paths` name. `stdin_name` is the name that standard input is given.
pub(crate) fn find(paths: &[String], stdin_name: Option<&str>, exclusion: &Exclusion) -> Result<Found, FindError> {
    let mut named = BTreeSet::new();
    let mut walked = BTreeSet::new();
    let mut stdin = false;
    for path in paths {
        if path == "-" {
            stdin = true;
            continue;
        }
        for path in expand(path)? {
            if path.is_dir() {
                walk(&path, &mut walked);
            } else {
                named.insert(plain(&path));
            }
        }
    }
    let mut found = Found::default();
    if stdin {
        let shown = stdin_name.unwrap_or("<stdin>").into();
        found.files.push(SourceFile { origin: Origin::Stdin, shown, named: true });
    }
    walked.retain(|path| !named.contains(path));
    let all = named.into_iter().map(|path| (path, true)).chain(walked.into_iter().map(|path| (path, false)));
    let mut files: Vec<_> = all
        .filter(|(path, named)| {
            let out = (exclusion.forced || !named) && exclusion.patterns.take(path);
            found.excluded += usize::from(out);
            !out
        })
        .map(|(path, named)| SourceFile { shown: shown(&path).into(), origin: Origin::File(path), named })
        .collect();
    files.sort_by(|left, right| left.shown.as_bytes().cmp(right.shown.as_bytes()));
    found.files.append(&mut files);
    Ok(found)
}

/// The path without `.` in it, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// A path with `/`, without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let plain = plain(path);
    let text = plain.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

/// What a word of the command line names: itself, or what fits it as a pattern.
fn expand(word: &str) -> Result<Vec<PathBuf>, FindError> {
    let path = PathBuf::from(word);
    if fs::symlink_metadata(&path).is_ok() {
        return Ok(vec![path]);
    }
    if !word.contains(['*', '?', '[']) {
        return Err(FindError::NoSuchPath(word.to_owned()));
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..MATCHING };
    let matches = glob::glob_with(word, options)
        .map_err(|error| FindError::BadPattern { pattern: word.to_owned(), why: error.msg.to_owned() })?;
    let paths: Vec<_> = matches.filter_map(Result::ok).collect();
    if paths.is_empty() { Err(FindError::NoMatch(word.to_owned())) } else { Ok(paths) }
}

/// Files of our kinds below a folder, `.gitignore` respected; hidden files too, as `.zenodo.json` is one, but not what
/// lies in hidden folders.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    let hidden = |entry: &ignore::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    let is_folder = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .hidden(false)
        .filter_entry(move |entry| entry.depth() == 0 || !(is_folder(entry) && hidden(entry)))
        .build();
    for entry in walk.filter_map(Result::ok) {
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && matches!(Nature::of(&entry.file_name().to_string_lossy()), Nature::Json | Nature::Lines) {
            found.insert(plain(entry.path()));
        }
    }
}
