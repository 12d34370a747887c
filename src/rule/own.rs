//! What a user adds to the rules of the program: rule files, profiles, states.

use crate::document::{FileMisfit, Misfit, NodeRef, Table, text};
use crate::embedded::{File, Files, OwnFile};
use crate::format::read_file;
use crate::paths::{beside, has_extension};

use super::definition::{CATEGORIES, NameAt, Rule};

/// Where a rule's file comes from, and so what stands beside it: text by path, or why it cannot be had.
#[derive(Clone, Copy)]
pub(crate) enum Origin<'o> {
    /// It is part of the program.
    Program(&'o Files),
    /// It is the user's own.
    User(&'o ReadText<'o>),
}

/// Gives the text of a file of the user's own by its path as shown.
pub(crate) type ReadText<'o> = dyn Fn(&str) -> Result<String, String> + 'o;

impl Origin<'_> {
    /// Path and text of the file that `path` calls `name`.
    pub(super) fn read_beside(self, path: &str, name: &str) -> Result<(String, String), String> {
        let beside = beside(path, name);
        let text = match self {
            Self::Program(files) => {
                files.get(&beside).map(|file| file.text.to_owned()).ok_or("there is no such file".to_owned())
            }
            Self::User(read) => read(&beside),
        };
        text.map(|text| (beside, text))
    }
}

/// What a user adds to the catalogue.
pub(crate) struct Own<'o> {
    /// The files of rules.
    pub(crate) rules: &'o [OwnFile],
    /// The files of repositories' pages.
    pub(crate) pages: &'o [OwnFile],
    /// The profile that is chosen: a name of ours, or the path of a file.
    pub(crate) profile: Option<&'o str>,
    /// The configuration, of which the table `[states]` is read.
    pub(crate) config: Option<&'o OwnFile>,
    /// Reads a file that one of the user's own names.
    pub(crate) read: &'o ReadText<'o>,
}

impl Own<'_> {
    /// Nothing.
    pub(crate) fn none() -> Self {
        Self { rules: &[], pages: &[], profile: None, config: None, read: &|_| Err("there is no such file".to_owned()) }
    }
}

/// A word names the file of a profile, and not one of ours.
pub(crate) fn is_file(profile: &str) -> bool {
    has_extension(profile, "toml")
}

/// The user's own profile, if one is chosen, and those of the user's own that it is built on.
pub(super) fn profiles(own: &Own<'_>) -> Result<Vec<OwnFile>, FileMisfit> {
    let mut found: Vec<OwnFile> = Vec::new();
    let mut next = own.profile.filter(|word| is_file(word)).map(|word| NameAt { name: word.into(), at: 0..0 });
    // One that leads back to itself is told of when all are read.
    while let Some(NameAt { name, at }) = next.filter(|next| !found.iter().any(|known| *known.path == *next.name)) {
        let text = (own.read)(&name).map_err(|why| {
            let misfit =
                Misfit { message: format!("the profile `{name}` cannot be read: {why}"), span: at, help: None };
            let by = found.last().map_or((&*name, ""), |by| (&by.path, &by.text));
            FileMisfit { path: by.0.into(), text: by.1.into(), misfit }
        })?;
        let file = OwnFile { path: name.into(), text };
        let ground = ground_of(file.file())?;
        found.push(file);
        next = ground.filter(|ground| is_file(&ground.name));
    }
    Ok(found)
}

/// What the profile in `file` is built on.
fn ground_of(file: File<'_>) -> Result<Option<NameAt>, FileMisfit> {
    read_file(file, file.text, |root| read_ground(root, file.path))
}

/// What a profile is built on: the name of one of ours, or the path of a file.
pub(super) fn read_ground(root: NodeRef<'_>, path: &str) -> Result<Option<NameAt>, Misfit> {
    let Some(node) = Table::new(root)?.any("extends") else { return Ok(None) };
    let word = text("extends", node)?;
    let name = if is_file(word) { beside(path, word).into() } else { word.into() };
    Ok(Some(NameAt { name, at: node.span() }))
}

/// The files of the chosen profile and of all that it is built on, the ground last.
pub(super) fn lineage<'f>(files: &Files, profiles: &'f [OwnFile], chosen: &str) -> Result<Vec<File<'f>>, FileMisfit> {
    let find = |word: &str| match profiles.iter().find(|own| own.path == word) {
        Some(own) => Some(own.file()),
        None => files.get(&format!("rules/profiles/{word}.toml")),
    };
    let mut lineage: Vec<File<'f>> = Vec::new();
    let mut next = find(chosen);
    while let Some(file) = next.filter(|file| !lineage.iter().any(|known| known.path == file.path)) {
        lineage.push(file);
        next = ground_of(file)?.and_then(|ground| find(&ground.name));
    }
    Ok(lineage)
}

/// The rule that comes last has no name that is taken already.
pub(super) fn no_name_twice(rule: &Rule, known: &[Rule], file: &OwnFile) -> Result<(), FileMisfit> {
    let misfit = |message: String, help: String| {
        let misfit = Misfit { message, span: rule.name_at.clone(), help: Some(help) };
        FileMisfit { path: rule.path.clone(), text: file.text.as_str().into(), misfit }
    };
    for name in rule.names() {
        let such_as = format!("choose another name for yours, such as `house-{name}`");
        if name == "all" || CATEGORIES.contains(&name) {
            return Err(misfit(format!("`{name}` cannot be the name of a rule: it stands for several"), such_as));
        }
        match known.iter().find(|other| other.names().any(|taken| taken == name)) {
            Some(other) if other.is_own => {
                let message = format!("there is a rule `{name}` already, in {}", other.path);
                return Err(misfit(message, "give one of them another name".to_owned()));
            }
            Some(_) => return Err(misfit(format!("there is a rule `{name}` already, of reclint itself"), such_as)),
            None => {}
        }
    }
    Ok(())
}
