//! The tags of a repository that lead to its last commit.

use std::path::Path;

use crate::beside::Tag;

use super::ask;

/// The tags of the repository at `top` from which its last commit comes; none where git does not say.
pub(in crate::cli) fn tags(top: &Path) -> Vec<Tag> {
    const FORM: &str = "--format=%(creatordate:unix) %(refname:strip=2)";
    let Ok(Ok(said)) = ask(top, &["for-each-ref", "--merged=HEAD", FORM, "refs/tags"]) else { return Vec::new() };
    let said = String::from_utf8_lossy(&said);
    let tags = said.lines().filter_map(|line| {
        let (made, name) = line.split_once(' ')?;
        Some(Tag { name: name.into(), made: made.parse().unwrap_or_default() })
    });
    tags.collect()
}
