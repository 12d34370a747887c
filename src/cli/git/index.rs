//! What git has in its index: what would be committed, and of the work tree nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::error::CliError;
use crate::input::Handed;

use super::blobs::{Blob, Blobs};
use super::{Repository, path_of, refused};

/// Files of the index, with their contents.
#[derive(Debug)]
pub(in crate::cli) struct Index {
    /// The top folder of the work tree.
    pub(in crate::cli) top: PathBuf,
    /// By path from the root on: git's name of the content.
    files: HashMap<PathBuf, String>,
    blobs: Arc<Blobs>,
    /// Those of which git has several versions, as a merge is not done; sorted.
    pub(in crate::cli) unmerged: Vec<PathBuf>,
}

impl Index {
    /// The files of the repository of the working folder that are so called, in whatever folder.
    pub(in crate::cli) fn here(names: &[&str]) -> Result<Self, CliError> {
        Self::of(Repository::here()?, names)
    }

    pub(super) fn of(repository: Repository, names: &[&str]) -> Result<Self, CliError> {
        let patterns: Vec<_> = names.iter().map(|name| format!(":(glob)**/{name}")).collect();
        let words: Vec<_> =
            ["ls-files", "--stage", "-z", "--"].into_iter().chain(patterns.iter().map(String::as_str)).collect();
        let said = repository.must(&words)?;
        let (mut files, mut unmerged) = (HashMap::new(), Vec::new());
        for entry in said.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            let tab = entry.iter().position(|byte| *byte == b'\t').ok_or_else(|| refused("its answer breaks off"))?;
            let head = String::from_utf8_lossy(&entry[..tab]);
            let path = repository.top.join(path_of(&entry[tab + 1..]));
            // Submodules and links are no files.
            match head.split(' ').collect::<Vec<_>>()[..] {
                [mode, content, "0"] if mode.starts_with("100") => {
                    files.insert(path, content.to_owned());
                }
                [mode, _, stage] if mode.starts_with("100") && stage != "0" => unmerged.push(path),
                _ => {}
            }
        }
        unmerged.sort();
        unmerged.dedup();
        let blobs = Blobs::new(&repository.top, files.values().map(String::as_str))?;
        Ok(Self { top: repository.top, files, blobs, unmerged })
    }

    /// Its files, in no order.
    pub(in crate::cli) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    fn blob(&self, path: &Path) -> Option<Blob> {
        self.blobs.get(self.files.get(path)?).filter(|blob| !blob.is_elsewhere())
    }

    /// The content of a file, to be judged.
    pub(in crate::cli) fn content(&self, path: &Path) -> Option<Arc<dyn Handed>> {
        Some(Arc::new(self.blob(path)?))
    }

    /// The text of a file, if it is none of more than `most` bytes.
    pub(in crate::cli) fn text(&self, path: &Path, most: u64) -> Option<String> {
        let mut text = String::new();
        let blob = self.blob(path).filter(|blob| blob.bytes() <= most)?;
        std::io::Read::read_to_string(&mut blob.open().ok()?, &mut text).ok()?;
        Some(text)
    }
}
