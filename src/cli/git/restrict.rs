//! Of the files that are named or walked, those that have changed, each with its earlier version.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::error::CliError;
use crate::input::{
    Exclusion, Found, Handed, ON_COMMAND_LINE, Origin, SourceFile, is_pattern, is_walked, pattern_means, shown,
};
use crate::paths::{PathRoot, absolute};

use super::blobs::Blobs;
use super::changes::{Change, Changes};

impl Changes {
    /// The words of the command line that can be looked for: not what only git knows.
    pub(in crate::cli) fn to_find(&self, words: &[String]) -> Result<Vec<String>, CliError> {
        if words.iter().any(|word| word == "-") {
            return Err(CliError::said("git knows no earlier version of standard input")
                .help("name files or folders, or leave out --staged, --changed and --since"));
        }
        let root = here();
        let known = |word: &&String| {
            let named = Named::by(word);
            let mut gone = self.gone.iter().chain(&self.unmerged).chain(self.files.keys());
            !(named.finds_nothing() && gone.any(|gone| named.takes(gone, &root).is_some()))
        };
        Ok(words.iter().filter(known).cloned().collect())
    }

    /// Leaves of what was found what has changed; of what is staged it is the staged version. Gives what is to be said of
    /// files that are left out all the same.
    pub(in crate::cli) fn restrict(
        &self,
        found: &mut Found,
        words: &[String],
        exclusion: &Exclusion,
    ) -> Result<Vec<String>, CliError> {
        let root = here();
        let names = self.files.values().flat_map(|change| {
            let earlier = change.earlier.as_ref().map(|(_, name)| &**name);
            earlier.into_iter().chain(change.content.as_deref().filter(|_| self.staged))
        });
        let blobs = Blobs::new(&self.repository.top, names)?;
        let mut files = std::mem::take(&mut found.files);
        self.add_unfound(&mut files, words, exclusion, &root);
        let mut left_out = Vec::new();
        for mut file in files {
            let Some(path) = file.path().map(real) else { continue };
            let Some(change) = self.files.get(&path).filter(|_| !self.staged || !self.unmerged.contains(&path)) else {
                if self.staged && self.unmerged.contains(&path) {
                    left_out.push(format!("`{}` is not judged: its merge is not done", file.shown));
                }
                continue;
            };
            if self.staged {
                let Some(blob) = change.content.as_deref().and_then(|name| blobs.get(name)) else {
                    return Err(CliError::said(format!("git has not what is staged of `{}`", file.shown))
                        .help("`git fsck` says what its repository lacks"));
                };
                if blob.is_elsewhere() {
                    left_out.push(format!("`{}` is not judged: git-lfs keeps what is staged", file.shown));
                    continue;
                }
                file.origin = Origin::Handed(Arc::new(blob));
            }
            file.earlier = earlier(change, &blobs, &root).map(Box::new);
            found.files.push(file);
        }
        found.files.sort_by(|left, right| left.shown.as_bytes().cmp(right.shown.as_bytes()));
        Ok(left_out)
    }

    /// What was not found and will be committed all the same: it is ignored and yet tracked, or is no longer in the folder.
    fn add_unfound(&self, files: &mut Vec<SourceFile>, words: &[String], exclusion: &Exclusion, root: &PathRoot) {
        let words: Vec<_> = words.iter().map(|word| Named::by(word)).collect();
        let found: HashSet<_> = files.iter().filter_map(SourceFile::path).map(real).collect();
        let is_there = |path: &Path| self.staged || fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        for path in self.files.keys().filter(|path| !found.contains(*path) && is_there(path)) {
            let taken: Vec<_> = words.iter().filter_map(|word| word.takes(path, root)).collect();
            let named = taken.contains(&Taken::Itself);
            let walked = taken.contains(&Taken::OnWalk);
            let seen = PathBuf::from(root.see(&path.to_string_lossy()));
            let out = (exclusion.forced || !named) && exclusion.patterns.take(&seen);
            if (named || walked) && !out {
                let shown = shown(&seen).into();
                files.push(SourceFile {
                    origin: Origin::File(path.clone()),
                    shown,
                    named,
                    earlier: None,
                    beside: None,
                });
            }
        }
    }

    /// What there is to say where nothing is left.
    pub(in crate::cli) fn nothing(&self) -> &'static str {
        if self.staged { "nothing of it is staged" } else { "nothing of it has changed" }
    }
}

/// A word of the command line, of which git may know what is no longer in the folder.
struct Named<'w> {
    word: &'w str,
    path: PathBuf,
    is_there: bool,
}

/// How a word takes a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It names the file.
    Itself,
    /// It names a folder above, in which a walk would have come by the file.
    OnWalk,
    /// It names a folder above, and a walk would have passed over the file.
    Passed,
}

impl<'w> Named<'w> {
    fn by(word: &'w str) -> Self {
        let path = real(Path::new(word));
        let is_there = fs::symlink_metadata(&path).is_ok();
        Self { word, path, is_there }
    }

    /// Nothing in the folders is so called, or fits it as a pattern.
    fn finds_nothing(&self) -> bool {
        let fits_none = || glob::glob_with(self.word, ON_COMMAND_LINE).map_or(true, |mut found| found.next().is_none());
        !self.is_there && fits_none()
    }

    /// How it takes the file at `path`, which need not be there.
    fn takes(&self, path: &Path, root: &PathRoot) -> Option<Taken> {
        let below = |folder: &Path| path.strip_prefix(folder).ok().map(is_walked);
        let walked = |is_walked| if is_walked { Taken::OnWalk } else { Taken::Passed };
        if self.path == path {
            return Some(Taken::Itself);
        }
        // What is called as a pattern would be is meant as it stands.
        if let Some(is_walked) = below(&self.path) {
            return Some(walked(is_walked));
        }
        if self.is_there || !is_pattern(self.word) {
            return None;
        }
        let seen = |path: &Path| {
            let is_absolute = Path::new(self.word).is_absolute();
            if is_absolute { path.to_path_buf() } else { root.see(&path.to_string_lossy()).into() }
        };
        let folder = path.ancestors().find(|above| pattern_means(self.word, &seen(above)))?;
        if folder == path { Some(Taken::Itself) } else { below(folder).map(walked) }
    }
}

/// Paths are seen from the working folder.
fn here() -> PathRoot {
    let here = std::env::current_dir().unwrap_or_default();
    PathRoot { folder: here.clone(), here }
}

fn earlier(change: &Change, blobs: &Arc<Blobs>, root: &PathRoot) -> Option<SourceFile> {
    let (path, name) = change.earlier.as_ref()?;
    let handed: Arc<dyn Handed> = Arc::new(blobs.get(name)?);
    let shown = root.see(&path.to_string_lossy()).into();
    Some(SourceFile { origin: Origin::Handed(handed), shown, named: true, earlier: None, beside: None })
}

/// A path as git would have it: links above it are followed, and it itself is not.
fn real(path: &Path) -> PathBuf {
    let whole = absolute(&std::env::current_dir().unwrap_or_default(), path);
    let above = whole.parent().and_then(|above| fs::canonicalize(above).ok());
    match (above, whole.file_name()) {
        (Some(above), Some(name)) => above.join(name),
        _ => whole,
    }
}
