//! The tags of a repository that lead to its last commit.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::beside::Tag;

use super::{program, said};

/// By what a hook is told of the repository that is committed to (`git rev-parse --local-env-vars`, but for settings).
const OF_ONE_REPOSITORY: [&str; 10] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_PREFIX",
];

/// The tags of the repository at `top` from which its last commit comes; or, where there may be some, why git does not say.
/// It is the one that `of_index` was asked for, else any, to which nothing applies that is said of that.
pub(in crate::cli) fn tags(top: &Path, of_index: bool) -> Result<Vec<Tag>, String> {
    const NO_COMMIT: [&str; 2] = ["malformed object name HEAD", "Failed to resolve 'HEAD' as a valid ref."];
    const FORM: &str = "--format=%(creatordate:unix) %(refname:strip=2)";
    let is_usual = !of_index || std::env::var_os("GIT_DIR").is_none();
    if is_usual && has_surely_none(top) {
        return Ok(Vec::new());
    }
    let mut program = program(top);
    if !of_index {
        for name in OF_ONE_REPOSITORY {
            program.env_remove(name);
        }
    }
    let said = match said(program.args(["for-each-ref", "--merged=HEAD", FORM, "refs/tags"])) {
        // Where nothing has been committed yet, no tag leads to it.
        Ok(Err(why)) if NO_COMMIT.iter().any(|said| why.ends_with(said)) => return Ok(Vec::new()),
        Ok(said) => said?,
        // To be without git is no fault of who only judges files.
        Err(_) => return Ok(Vec::new()),
    };
    let said = String::from_utf8_lossy(&said);
    let tags = said.lines().filter_map(|line| {
        let (made, name) = line.split_once(' ')?;
        Some(Tag { name: name.into(), made: made.parse().unwrap_or_default() })
    });
    Ok(tags.collect())
}

/// That the repository has no tags can be seen without a further program: no file is one, and none is among the packed
/// ones. Where it keeps them elsewhere, as a second work tree does, git is asked.
fn has_surely_none(top: &Path) -> bool {
    let folder = top.join(".git");
    let refs = folder.join("refs");
    let is_usual = refs.join("heads").is_dir();
    let is_gone = |error: std::io::Error| error.kind() == ErrorKind::NotFound;
    let none_loose = || fs::read_dir(refs.join("tags")).map_or_else(is_gone, |mut tags| tags.next().is_none());
    let none_packed = || {
        let packed = fs::read_to_string(folder.join("packed-refs"));
        packed.map_or_else(is_gone, |packed| !packed.contains(" refs/tags/"))
    };
    is_usual && none_loose() && none_packed()
}
