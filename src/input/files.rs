//! Finding the sources: files that are named, folders that are walked, patterns, standard input.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::beside::Beside;
#[cfg(feature = "cli")]
use crate::paths::beside;
use crate::paths::{MATCHING, PathPatterns, STDIN, absolute};

use super::open::Nature;

/// Where a source's bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// What is handed in from elsewhere.
    Handed(Arc<dyn Handed>),
}

/// The bytes of a source that lie in no file.
pub(crate) trait Handed: std::fmt::Debug + Send + Sync {
    /// How many there are.
    fn bytes(&self) -> u64;

    /// The bytes from the first on.
    ///
    /// # Errors
    ///
    /// When they cannot be had.
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>>;
}

/// Something to judge.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    pub(crate) origin: Origin,
    /// The path as shown: relative as it was found, with `/`.
    pub(crate) shown: Arc<str>,
    /// The user named it; else it was found on a walk, and is ours only if it holds records.
    pub(crate) named: bool,
    /// The version with which it is compared: nothing is told of records that are in it.
    pub(crate) earlier: Option<Box<SourceFile>>,
    /// What lies beside it, if it is called as files are that describe what they lie beside.
    pub(crate) beside: Option<Arc<Beside>>,
}

impl SourceFile {
    /// Where it lies; nowhere if it is standard input.
    #[cfg(feature = "cli")]
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Stdin | Origin::Handed(_) => None,
        }
    }

    /// How many bytes it has, if that can be known beforehand.
    pub(crate) fn bytes(&self) -> Option<u64> {
        match &self.origin {
            // Of what is compressed, what comes out is not known.
            Origin::Stdin => None,
            Origin::File(_) | Origin::Handed(_) if self.shown.ends_with(".gz") => None,
            Origin::Handed(handed) => Some(handed.bytes()),
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
    /// It is there, and what lies in it cannot be seen.
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, io::Error),
}

/// Which files are left out.
#[derive(Debug, Default)]
pub(crate) struct Exclusion {
    pub(crate) patterns: PathPatterns,
    /// Also files that are named are left out.
    pub(crate) forced: bool,
    /// Files that are named are taken as if they had been found on a walk.
    pub(crate) named_as_found: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their paths' bytes.
    pub(crate) files: Vec<SourceFile>,
    /// How many were left out because the configuration says so.
    pub(crate) excluded: usize,
    /// Files and folders met on the way that cannot be read.
    pub(crate) unread: Vec<Unread>,
}

/// Something met on the way that cannot be read.
#[derive(Debug)]
pub(crate) struct Unread {
    path: PathBuf,
    pub(crate) error: io::Error,
}

impl Unread {
    /// Its path as shown.
    pub(crate) fn shown(&self) -> String {
        shown(&self.path)
    }
}

/// What has been found so far: one file is one file, and is called as it was met first.
struct Gathered {
    here: PathBuf,
    /// By the path from the root on: the path as it was met, and whether it was named.
    files: BTreeMap<PathBuf, (PathBuf, bool)>,
    /// Links to files, met on walks.
    links: Vec<PathBuf>,
    unread: Vec<Unread>,
}

/// Finds what `paths` name. `stdin_name` is the name that standard input is given.
pub(crate) fn find(paths: &[String], stdin_name: Option<&str>, exclusion: &Exclusion) -> Result<Found, FindError> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut gathered = Gathered { here, files: BTreeMap::new(), links: Vec::new(), unread: Vec::new() };
    for path in paths.iter().filter(|path| *path != "-") {
        for path in gathered.expand(path)? {
            if path.is_dir() {
                gathered.walk(&path)?;
            } else {
                gathered.add(&path, true);
            }
        }
    }
    gathered.follow_links();
    let Gathered { files, mut unread, .. } = gathered;
    let mut found = Found::default();
    if paths.iter().any(|path| path == "-") {
        let shown = stdin_name.unwrap_or(STDIN).into();
        found.files.push(SourceFile { origin: Origin::Stdin, shown, named: true, earlier: None, beside: None });
    }
    let mut files: Vec<_> = files
        .into_values()
        .filter(|(path, named)| {
            let out = (exclusion.forced || !named) && exclusion.patterns.take(path);
            found.excluded += usize::from(out);
            !out
        })
        .map(|(path, named)| SourceFile {
            shown: shown(&path).into(),
            origin: Origin::File(path),
            named: named && !exclusion.named_as_found,
            earlier: None,
            beside: None,
        })
        .collect();
    files.sort_by(|left, right| left.shown.as_bytes().cmp(right.shown.as_bytes()));
    found.files.append(&mut files);
    unread.retain(|unread| !exclusion.patterns.take(&unread.path));
    unread.sort_by(|left, right| left.path.cmp(&right.path));
    found.unread = unread;
    Ok(found)
}

/// The path without `.` in it, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// How patterns of the command line match: what is hidden has to be named.
pub(crate) const ON_COMMAND_LINE: glob::MatchOptions =
    glob::MatchOptions { require_literal_leading_dot: true, ..MATCHING };

/// The word may be a pattern, if it is no path.
pub(crate) fn is_pattern(word: &str) -> bool {
    word.contains(['*', '?', '['])
}

/// A word of the command line means as a pattern what lies, or lay, at `path`: both from the working folder, or from the root.
#[cfg(feature = "cli")]
pub(crate) fn pattern_means(word: &str, path: &Path) -> bool {
    glob::Pattern::new(&beside("", word)).is_ok_and(|word| word.matches_path_with(path, ON_COMMAND_LINE))
}

/// A path with `/`, without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let plain = plain(path);
    let text = plain.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

/// The name is that of a file that may hold records.
fn is_of_a_kind(name: &str) -> bool {
    use Nature::{Json, Lines, Sheet, Table, Text, Yaml};
    matches!(Nature::of(name), Json | Lines | Table | Sheet | Yaml | Text)
}

/// A walk would have come by a file at this path, as seen from the folder that is walked.
#[cfg(feature = "cli")]
pub(crate) fn is_walked(path: &Path) -> bool {
    let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
    let in_hidden = path.parent().is_some_and(|above| above.components().any(hidden));
    !in_hidden && path.file_name().is_some_and(|name| is_of_a_kind(&name.to_string_lossy()))
}

impl Gathered {
    fn add(&mut self, path: &Path, named: bool) {
        let whole = absolute(&self.here, path);
        self.files.entry(whole).or_insert_with(|| (plain(path), named)).1 |= named;
    }

    /// What a word of the command line names: itself, or what fits it as a pattern.
    fn expand(&mut self, word: &str) -> Result<Vec<PathBuf>, FindError> {
        let path = PathBuf::from(word);
        if fs::symlink_metadata(&path).is_ok() {
            return Ok(vec![path]);
        }
        if !is_pattern(word) {
            return Err(FindError::NoSuchPath(word.to_owned()));
        }
        let matches = glob::glob_with(word, ON_COMMAND_LINE)
            .map_err(|error| FindError::BadPattern { pattern: word.to_owned(), why: error.msg.to_owned() })?;
        let (mut paths, mut unread) = (Vec::new(), Vec::new());
        for found in matches {
            match found {
                Ok(path) => paths.push(path),
                Err(error) => unread.push(Unread { path: error.path().to_path_buf(), error: error.into() }),
            }
        }
        if paths.is_empty() {
            // Perhaps nothing fits because nothing could be seen.
            let unreadable = |unread: Unread| FindError::Unreadable(unread.shown(), unread.error);
            return Err(unread.pop().map_or_else(|| FindError::NoMatch(word.to_owned()), unreadable));
        }
        self.unread.append(&mut unread);
        Ok(paths)
    }

    /// Files of our kinds below a folder, `.gitignore` respected; hidden files too, as `.zenodo.json` is one, but not
    /// what lies in hidden folders.
    fn walk(&mut self, folder: &Path) -> Result<(), FindError> {
        let hidden = |entry: &ignore::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
        let is_folder = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
        let walk = WalkBuilder::new(folder)
            .require_git(false)
            .hidden(false)
            .filter_entry(move |entry| entry.depth() == 0 || !(is_folder(entry) && hidden(entry)))
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = place_of(&error).unwrap_or(folder).to_path_buf();
                    // Only its kind: the walker's own words name the path again.
                    let error = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind).into();
                    if path == folder {
                        return Err(FindError::Unreadable(shown(folder), error));
                    }
                    self.unread.push(Unread { path, error });
                    continue;
                }
            };
            if !is_of_a_kind(&entry.file_name().to_string_lossy()) {
                continue;
            }
            match entry.file_type() {
                Some(kind) if kind.is_file() => self.add(entry.path(), false),
                Some(kind) if kind.is_symlink() => self.links.push(entry.into_path()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds the files that links lead to, where they have not been found themselves. Links to folders may lead round.
    fn follow_links(&mut self) {
        if self.links.is_empty() {
            return;
        }
        let mut known: BTreeSet<PathBuf> = self.files.keys().filter_map(|path| fs::canonicalize(path).ok()).collect();
        let mut links = std::mem::take(&mut self.links);
        links.sort();
        for link in links {
            match fs::canonicalize(&link) {
                Ok(real) if real.is_file() => {
                    if known.insert(real) {
                        self.add(&link, false);
                    }
                }
                Ok(_) => {}
                Err(error) => self.unread.push(Unread { path: link, error }),
            }
        }
    }
}

/// Where a walk went wrong.
fn place_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        _ => None,
    }
}
