//! Paths: one for each file, however it was written, and the patterns by which the configuration means them.

use std::borrow::Cow;
#[cfg(feature = "cli")]
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// How patterns match, on the command line and in the configuration alike: `*` stays in its folder.
pub(crate) const MATCHING: glob::MatchOptions =
    glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// What standard input is called where nobody gives it a name: it lies in no folder.
pub(crate) const STDIN: &str = "<stdin>";

/// `path` from the root on, without `.` and `..`; `here` is the working folder. Links are not looked up.
pub(crate) fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            other => whole.push(other),
        }
    }
    whole
}

/// The path of a file that the file at `path` calls `name`: from its own folder, without `.` and, where that can be, `..`.
pub(crate) fn beside(path: &str, name: &str) -> String {
    let name = name.replace('\\', "/");
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let whole = if Path::new(&name).is_absolute() { name } else { format!("{folder}{name}") };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(feature = "cli")]
/// A path with `/` as a URI has it: all that is not unreserved is encoded, and `:` also, which would end a scheme.
pub(crate) fn percent_encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(feature = "cli")]
/// An absolute path as a `file:` URI; the letter of a drive keeps its colon.
pub(crate) fn file_uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let (drive, rest) = path.split_at(if drive { 2 } else { 0 });
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{drive}{}", percent_encoded(rest))
}

/// The file at `path` has this extension.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// A pattern of the configuration, as `.gitignore` has them.
#[derive(Clone, Debug)]
pub(crate) struct PathPattern {
    pattern: glob::Pattern,
    /// It has a slash, and so begins at the configuration's folder; else it is about names, at any depth.
    anchored: bool,
}

impl PathPattern {
    pub(crate) fn new(text: &str) -> Result<Self, glob::PatternError> {
        let bare = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        let anchored = text.starts_with("./") || bare.contains('/');
        Ok(Self { pattern: glob::Pattern::new(bare.trim_start_matches('/'))?, anchored })
    }

    /// It means the file at `path`, or a folder above it.
    fn takes(&self, path: &str) -> bool {
        if self.anchored {
            let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
            folders.chain([path]).any(|path| self.pattern.matches_with(path, MATCHING))
        } else {
            path.split('/').any(|name| self.pattern.matches_with(name, MATCHING))
        }
    }
}

/// Patterns, and from where they are meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathPatterns {
    pub(crate) patterns: Vec<PathPattern>,
    /// The configuration's folder, from the root on.
    pub(crate) folder: PathBuf,
    /// The working folder, to which shown paths are relative.
    pub(crate) here: PathBuf,
}

impl PathPatterns {
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// One of them means the file at `path`, which is relative to the working folder or absolute.
    pub(crate) fn take(&self, path: &Path) -> bool {
        if self.is_empty() {
            return false;
        }
        let path = seen_from(&self.folder, &absolute(&self.here, path));
        self.patterns.iter().any(|pattern| pattern.takes(&path))
    }
}

/// From where paths are seen, wherever the program runs and however a file was named.
#[derive(Clone, Debug)]
pub(crate) struct PathRoot {
    /// A folder, from the root on.
    pub(crate) folder: PathBuf,
    /// The working folder.
    pub(crate) here: PathBuf,
}

impl PathRoot {
    /// A path that is relative to the working folder, or absolute, as seen from the folder, with `/`.
    pub(crate) fn see(&self, path: &str) -> String {
        if path == STDIN {
            return path.to_owned();
        }
        seen_from(&self.folder, &absolute(&self.here, Path::new(path)))
    }
}

/// An absolute path as seen from an absolute folder, with `/`: `legacy/a.json`, `../b.json`.
fn seen_from(folder: &Path, path: &Path) -> String {
    let (mut own, mut other) = (folder.components().peekable(), path.components().peekable());
    while own.peek().is_some() && own.peek() == other.peek() {
        own.next();
        other.next();
    }
    let up = own.map(|_| Cow::Borrowed(".."));
    up.chain(other.map(|part| part.as_os_str().to_string_lossy())).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_calls_another_from_its_own_folder() {
        for (path, name, wanted) in [
            ("a.md", "b.json", "b.json"),
            ("rules/a.md", "./b.json", "rules/b.json"),
            ("rules/own/a.md", "../b.json", "rules/b.json"),
            ("a.toml", "../b.toml", "../b.toml"),
            ("../x/a.toml", "../../b.toml", "../../b.toml"),
            ("/etc/x/a.toml", "../b.toml", "/etc/b.toml"),
            ("x/a.toml", "/etc/b.toml", "/etc/b.toml"),
        ] {
            assert_eq!(beside(path, name), wanted, "{path} {name}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_configuration() {
        for (path, seen) in [
            ("a.json", "legacy/a.json"),
            ("./x/../a.json", "legacy/a.json"),
            ("../a.json", "a.json"),
            ("/cfg/legacy/a.json", "legacy/a.json"),
            ("../../other/a.json", "../other/a.json"),
            ("../../../../a.json", "../a.json"),
        ] {
            let path = absolute(Path::new("/cfg/legacy"), Path::new(path));
            assert_eq!(seen_from(Path::new("/cfg"), &path), seen);
        }
    }
}
