//! The formats, rules, profiles and vocabularies that are part of the program, by their path in the repository.

/// Path and text of every file under `rules/` and `schemas/`, in the order of the paths.
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of one file.
pub(crate) fn file(path: &str) -> Option<&'static str> {
    FILES.binary_search_by_key(&path, |(name, _)| name).ok().map(|found| FILES[found].1)
}

/// The files whose path begins and ends so.
pub(crate) fn files(prefix: &str, suffix: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(move |(path, _)| path.starts_with(prefix) && path.ends_with(suffix))
}
