//! The files that have changed, each with the versions that git has of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::cli::error::CliError;

use super::{Repository, path_of, refused, text_of};

/// What is asked of git for what differs: with paths from the top, ended by NUL, whatever the user's settings are.
const DIFF: [&str; 11] = [
    "-c",
    "diff.relative=false",
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    // However many have been moved.
    "-l0",
    "-O/dev/null",
    "--no-ext-diff",
    "--ignore-submodules=all",
];

/// Files that have changed.
#[derive(Debug)]
pub(in crate::cli) struct Changes {
    pub(super) repository: Repository,
    /// Those that are there, by path.
    pub(super) files: HashMap<PathBuf, Change>,
    /// Those that are no longer there.
    pub(super) gone: Vec<PathBuf>,
    /// Those of which git has several versions, as a merge is not done.
    pub(super) unmerged: Vec<PathBuf>,
    /// What is judged is what is staged, and not what lies in the folder.
    pub(super) staged: bool,
}

/// A file that has changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Its earlier version, if it has one: the path, and git's name of the content.
    pub(super) earlier: Option<(PathBuf, String)>,
    /// Git's name of the content that is staged.
    pub(super) content: Option<String>,
}

impl Changes {
    /// What is staged, against the last commit; before the first, all that is staged.
    pub(super) fn staged(repository: Repository) -> Result<Self, CliError> {
        Self::of(repository, &["--cached"], true)
    }

    /// What lies in the work tree, against the last commit, and what git does not know; before the first, all of it.
    pub(super) fn in_work_tree(repository: Repository, head: Option<String>) -> Result<Self, CliError> {
        let base = match head {
            Some(head) => head,
            // Git's name of a tree with nothing in it.
            None => text_of(&repository.must(&["hash-object", "-t", "tree", "--stdin"])?),
        };
        let mut changes = Self::of(repository, &[&base], false)?;
        let unknown = changes.repository.must(&["ls-files", "--others", "--exclude-standard", "-z"])?;
        // What ends with a slash is a repository of its own.
        for path in unknown.split(|byte| *byte == 0).filter(|path| !path.is_empty() && !path.ends_with(b"/")) {
            let path = changes.repository.top.join(path_of(path));
            changes.files.entry(path).or_default();
        }
        Ok(changes)
    }

    /// What lies in the work tree, against where its history and that of `reference` part.
    pub(super) fn since(repository: Repository, reference: &str) -> Result<Self, CliError> {
        let base = repository.parting(reference)?;
        Self::of(repository, &[&base], false)
    }

    fn of(repository: Repository, against: &[&str], staged: bool) -> Result<Self, CliError> {
        let said = repository.must(&[&DIFF[..], against, &["--"]].concat())?;
        let mut changes = Self { repository, files: HashMap::new(), gone: Vec::new(), unmerged: Vec::new(), staged };
        let mut parts = said.split(|byte| *byte == 0).filter(|part| !part.is_empty());
        while let Some(head) = parts.next() {
            let head = String::from_utf8_lossy(head);
            let mut path = || parts.next().map(path_of).ok_or_else(|| refused("its answer breaks off"));
            let words: Vec<_> = head.trim_start_matches(':').split(' ').collect();
            let [old_mode, mode, old, new, status] = words[..] else {
                return Err(refused("its answer is of another form"));
            };
            let first = path()?;
            let last = if status.starts_with(['R', 'C']) { path()? } else { first.clone() };
            changes.add((&first, old_mode, old), (&last, mode, new), status);
        }
        Ok(changes)
    }

    fn add(
        &mut self,
        (old_path, old_mode, old): (&Path, &str, &str),
        (path, mode, new): (&Path, &str, &str),
        status: &str,
    ) {
        // Submodules are other people's, and links lead to files that are judged themselves.
        let is_file = |mode: &str| mode.starts_with("100");
        let whole = self.repository.top.join(path);
        if status == "U" {
            self.unmerged.push(whole);
        } else if status == "D" {
            self.gone.push(whole);
        } else if is_file(mode) {
            if status.starts_with('R') {
                self.gone.push(self.repository.top.join(old_path));
            }
            let is_known = |name: &str| name.bytes().any(|digit| digit != b'0');
            let earlier =
                (is_file(old_mode) && is_known(old)).then(|| (self.repository.top.join(old_path), old.to_owned()));
            let content = is_known(new).then(|| new.to_owned());
            self.files.insert(whole, Change { earlier, content });
        }
    }
}
