//! The tags of a repository that lead to its last commit.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::beside::Tag;

use super::{program, said};

/// The tags of the repository at `top` from which its last commit comes; or, where there may be some, why git does not say.
pub(in crate::cli) fn tags(top: &Path) -> Result<Vec<Tag>, String> {
    const FORM: &str = "--format=%(creatordate:unix) %(refname:strip=2)";
    if has_surely_none(top) {
        return Ok(Vec::new());
    }
    let mut program = program(top);
    // A hook is told of the repository that is committed to, which need not be this one.
    if top.join(".git").exists() {
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"] {
            program.env_remove(name);
        }
    }
    let said = match said(program.args(["for-each-ref", "--merged=HEAD", FORM, "refs/tags"])) {
        // Where nothing has been committed yet, no tag leads to it.
        Ok(Err(why)) if why.contains("HEAD") => return Ok(Vec::new()),
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
