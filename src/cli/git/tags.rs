//! The tags of a repository that lead to its last commit.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::beside::Tag;

use super::ask;

/// The tags of the repository at `top` from which its last commit comes; none where git does not say.
pub(in crate::cli) fn tags(top: &Path) -> Vec<Tag> {
    const FORM: &str = "--format=%(creatordate:unix) %(refname:strip=2)";
    if has_surely_none(top) {
        return Vec::new();
    }
    let Ok(Ok(said)) = ask(top, &["for-each-ref", "--merged=HEAD", FORM, "refs/tags"]) else { return Vec::new() };
    let said = String::from_utf8_lossy(&said);
    let tags = said.lines().filter_map(|line| {
        let (made, name) = line.split_once(' ')?;
        Some(Tag { name: name.into(), made: made.parse().unwrap_or_default() })
    });
    tags.collect()
}

/// That the repository has no tags can be seen without a further program: no file is one, and none is among the packed
/// ones. Where it keeps them elsewhere, as a second work tree does, git is asked.
fn has_surely_none(top: &Path) -> bool {
    let folder = top.join(".git");
    let refs = folder.join("refs");
    let is_usual = std::env::var_os("GIT_DIR").is_none() && refs.join("heads").is_dir();
    let is_gone = |error: std::io::Error| error.kind() == ErrorKind::NotFound;
    let none_loose = || fs::read_dir(refs.join("tags")).map_or_else(is_gone, |mut tags| tags.next().is_none());
    let none_packed = || {
        let packed = fs::read_to_string(folder.join("packed-refs"));
        packed.map_or_else(is_gone, |packed| !packed.contains(" refs/tags/"))
    };
    is_usual && none_loose() && none_packed()
}
