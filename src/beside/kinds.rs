//! Which files lie beside which, and where manifests say what: read from `schemas/beside.toml`.

use std::sync::Arc;

use crate::document::{FileMisfit, Misfit, NodeRef, Table, suggest};
use crate::embedded::Files;
use crate::format::{Path, read_file};

/// The file that says it.
const FILE: &str = "schemas/beside.toml";

/// The files that can lie beside each other.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    /// What files of records are called, those first that are believed rather than others.
    pub(crate) records: Vec<Box<str>>,
    /// Of those, which have nothing to do with manifests of folders above.
    own_folder: Vec<Box<str>>,
    left_alone: Vec<Box<str>>,
    not_said: Vec<Box<str>>,
    /// Types of what is no software.
    no_software: Arc<[Box<str>]>,
    /// What the files of other packages are called.
    pub(super) packages: Vec<Box<str>>,
    pub(super) manifests: Vec<Manifest>,
}

/// A kind of manifest, and where it says what.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) name: Box<str>,
    pub(super) syntax: Syntax,
    pub(super) package: Vec<Path>,
    pub(super) version: Vec<Path>,
    pub(super) license: Vec<Path>,
    pub(super) creator: Vec<Path>,
    /// People as R's code names them.
    pub(super) persons: Vec<Path>,
    pub(super) title: Vec<Path>,
    /// Where it says that its package is published nowhere.
    pub(super) private: Vec<Path>,
    /// Below this the nearest such file above says what this one leaves to it.
    pub(super) inherits: Option<Path>,
    /// It counts only where it names a package, and no other lies beside it.
    pub(super) alone: bool,
}

/// How a manifest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Toml,
    Json,
    Fields,
}

impl Kinds {
    /// Those that are part of the program.
    pub(crate) fn built_in() -> Result<Self, FileMisfit> {
        match Files::built_in().get(FILE) {
            Some(file) => read_file(file, file.text, Self::read),
            None => Ok(Self::default()),
        }
    }

    fn read(root: NodeRef<'_>) -> Result<Self, Misfit> {
        let mut table = Table::new(root)?;
        let mut words = |name| -> Result<Vec<Box<str>>, Misfit> {
            Ok(table.texts(name)?.into_iter().map(|(text, _)| text.into()).collect())
        };
        let (records, own_folder) = (words("records")?, words("own-folder")?);
        let (left_alone, not_said) = (words("left-alone")?, words("not-said")?);
        let (no_software, packages) = (words("no-software")?.into(), words("packages")?);
        let manifests = table.list("manifest").into_iter().map(Manifest::read).collect::<Result<_, _>>()?;
        table.done()?;
        Ok(Self { records, own_folder, left_alone, not_said, no_software, packages, manifests })
    }

    /// The place among the files of records that the file at `path` has by its name.
    pub(crate) fn rank(&self, path: &str) -> Option<usize> {
        let name = path.rsplit('/').next()?;
        self.records.iter().position(|record| **record == *name)
    }

    /// The names of all manifests, and of the files of other packages.
    pub(crate) fn package_files(&self) -> impl Iterator<Item = &str> {
        self.manifests.iter().map(|manifest| &*manifest.name).chain(self.packages.iter().map(|name| &**name))
    }

    /// The types of which a record of this name describes no software.
    pub(super) fn no_software(&self, name: &str) -> Arc<[Box<str>]> {
        if self.is_of_its_folder(name) { Arc::default() } else { Arc::clone(&self.no_software) }
    }

    /// The path leads through a folder in which things are shown or tried.
    #[cfg(feature = "cli")]
    pub(crate) fn leaves_alone(&self, path: &str) -> bool {
        path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|folder| self.is_left_alone(folder)))
    }

    /// How many folders above the last of `folders` have to do with what lies in it: what is shown or tried has nothing
    /// to do with what lies above the folder for that.
    #[cfg(feature = "cli")]
    pub(crate) fn above(&self, folders: &[String]) -> usize {
        folders.iter().rev().position(|folder| self.is_left_alone(folder)).unwrap_or(folders.len())
    }

    #[cfg(feature = "cli")]
    fn is_left_alone(&self, folder: &str) -> bool {
        self.left_alone.iter().any(|known| known.eq_ignore_ascii_case(folder))
    }

    /// Files of records that are so called have nothing to do with manifests of folders above.
    pub(super) fn is_of_its_folder(&self, name: &str) -> bool {
        self.own_folder.iter().any(|known| **known == *name)
    }

    /// The text says nothing: a tool puts the real value in its place.
    pub(super) fn is_not_said(&self, text: &str) -> bool {
        self.not_said.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)),
            None => text.eq_ignore_ascii_case(known),
        })
    }
}

impl Manifest {
    fn read(node: NodeRef<'_>) -> Result<Self, Misfit> {
        const SYNTAXES: [(&str, Syntax); 3] =
            [("toml", Syntax::Toml), ("json", Syntax::Json), ("fields", Syntax::Fields)];
        let mut table = Table::new(node)?;
        let name = table.need_text("name")?.into();
        let word = table.need_text("syntax")?;
        let syntax = SYNTAXES.iter().find(|(name, _)| *name == word).map(|(_, syntax)| *syntax);
        let syntax = syntax.ok_or_else(|| {
            let names = SYNTAXES.iter().map(|(name, _)| *name);
            Misfit::at(node, format!("no manifest is written as `{word}`")).help(suggest(word, names))
        })?;
        let mut paths = |name| -> Result<Vec<Path>, Misfit> {
            let texts = table.texts(name)?.into_iter();
            texts.map(|(text, node)| Path::direct(text).map_err(|fault| fault.at(node))).collect()
        };
        let manifest = Self {
            name,
            syntax,
            package: paths("package")?,
            version: paths("version")?,
            license: paths("license")?,
            creator: paths("creator")?,
            persons: paths("persons")?,
            title: paths("title")?,
            private: paths("private")?,
            inherits: paths("inherits")?.pop(),
            alone: table.flag("alone", false)?,
        };
        table.done()?;
        Ok(manifest)
    }
}
