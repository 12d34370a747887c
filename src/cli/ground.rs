//! What every subcommand that knows rules stands on: the configuration's and the user's own rules, profile and states.

use std::cell::RefCell;
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::config::{ConfigFile, FILE_NAME, Named, Wishes};
use crate::document::FileMisfit;
use crate::embedded::{Files, OwnFile};
use crate::input::shown;
use crate::linter::{BuildError, catalogue_with};
use crate::paths::{absolute, beside};
use crate::rule::{Catalogue, Own, is_file};
use crate::value::date::Point;

use super::args;
use super::error::CliError;

/// What the user adds to the program's own rules.
pub(super) struct Ground {
    /// The configuration: its path, and its text.
    config: Option<(PathBuf, OwnFile)>,
    has_states: bool,
    /// The files of rules.
    rules: Vec<OwnFile>,
    /// The files of repositories' pages.
    pages: Vec<OwnFile>,
    /// The profile that is chosen: a name, or the path of a file.
    pub(super) profile: Option<String>,
    /// It was chosen on the command line.
    is_given: bool,
    /// The files of rules, profiles and pages that have been read.
    read: RefCell<Vec<PathBuf>>,
}

impl Ground {
    /// Reads the configuration as far as it says what there is, and the files of rules.
    pub(super) fn read(given: &args::Ground) -> Result<Self, CliError> {
        let mut ground = Self {
            config: None,
            has_states: false,
            rules: Vec::new(),
            pages: Vec::new(),
            profile: given.profile.clone(),
            is_given: given.profile.is_some(),
            read: RefCell::default(),
        };
        if let Some(path) = config_path(given) {
            let text = read_text(&path, "the configuration")?;
            let file = OwnFile { path: shown(&path), text };
            ground.wish(&Wishes::read(&file).map_err(Box::new)?, &file)?;
            ground.config = Some((path, file));
        }
        for path in &given.rules {
            ground.add_rules(&path.to_string_lossy()).map_err(|why| CliError::said(why).help("look at the path"))?;
        }
        if let Some(path) = given.profile.as_ref().filter(|word| is_file(word)) {
            let path = beside("", path);
            can_be_read(&path).map_err(|why| CliError::said(why).help("look at the path"))?;
            ground.profile = Some(path);
        }
        Ok(ground)
    }

    /// Adds what the configuration in `file` wants.
    fn wish(&mut self, wishes: &Wishes, file: &OwnFile) -> Result<(), Box<FileMisfit>> {
        self.has_states = wishes.has_states;
        for Named { name, span } in &wishes.rules {
            let added = self.add_rules(&beside(&file.path, name));
            added.map_err(|why| Box::new(file.misfit(why, span.clone())))?;
        }
        for Named { name, span } in &wishes.pages {
            let path = beside(&file.path, name);
            let text = fs::read_to_string(&path).map_err(|error| file.misfit(unread(&path, &error), span.clone()))?;
            self.pages.push(OwnFile { path, text });
        }
        if let (None, Some(Named { name, span })) = (&self.profile, &wishes.profile) {
            self.profile = Some(name.clone());
            if is_file(name) {
                let path = beside(&file.path, name);
                can_be_read(&path).map_err(|why| Box::new(file.misfit(why, span.clone())))?;
                self.profile = Some(path);
            }
        }
        Ok(())
    }

    /// Adds the rules in the file or folder at `path`; gives their paths, or says why there are none.
    pub(super) fn add_rules(&mut self, path: &str) -> Result<Vec<String>, String> {
        let mut files = Vec::new();
        let path = beside("", path);
        let is_folder = Path::new(&path).is_dir();
        if is_folder {
            rules_below(Path::new(&path), &mut files).map_err(|error| unread(&path, &error))?;
        } else {
            files.push(PathBuf::from(&path));
        }
        if files.is_empty() {
            return Err(format!("there are no rules (`*.md`) in `{path}`"));
        }
        let here = env::current_dir().unwrap_or_default();
        let mut paths = Vec::new();
        for file in files {
            let name = shown(&file);
            let same = |known: &&OwnFile| absolute(&here, Path::new(&known.path)) == absolute(&here, &file);
            if let Some(known) = self.rules.iter().find(same) {
                paths.push(known.path.clone());
                continue;
            }
            let text = fs::read_to_string(&file).map_err(|error| unread(&name, &error))?;
            paths.push(name.clone());
            self.rules.push(OwnFile { path: name, text });
        }
        Ok(paths)
    }

    /// All rules, with the states of the profile that is chosen.
    pub(super) fn catalogue(&self) -> Result<Catalogue, BuildError> {
        self.catalogue_in(self.profile.as_deref())
    }

    /// All rules, with the states of this profile.
    pub(super) fn catalogue_in(&self, profile: Option<&str>) -> Result<Catalogue, BuildError> {
        let read = |path: &str| {
            self.read.borrow_mut().push(path.into());
            fs::read_to_string(path).map_err(|error| error.to_string())
        };
        let config = self.config.as_ref().map(|(_, file)| file).filter(|_| self.has_states);
        catalogue_with(
            &Files::built_in(),
            &Own { rules: &self.rules, pages: &self.pages, profile, config, read: &read },
        )
    }

    /// The files of rules, profiles and pages, with what these name, once the catalogue has been made.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let own = self.rules.iter().chain(&self.pages).map(|file| PathBuf::from(&file.path));
        own.chain(self.read.borrow().iter().cloned()).collect()
    }

    /// The whole configuration, read against all rules.
    pub(super) fn config(&self, catalogue: &Catalogue, as_of: Point) -> Result<ConfigFile, CliError> {
        let Some((path, file)) = &self.config else { return Ok(ConfigFile::default()) };
        let here = env::current_dir().unwrap_or_default();
        Ok(ConfigFile::read((path, &file.text), &here, (catalogue, self.is_given), as_of)?)
    }
}

/// The configuration: the one that is named, else the nearest upwards, else none.
fn config_path(given: &args::Ground) -> Option<PathBuf> {
    match &given.config {
        Some(path) => Some(path.clone()),
        None if given.isolated => None,
        None => nearest_config(),
    }
}

/// The nearest `reclint.toml`, as a path from the working folder.
fn nearest_config() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let mut upwards = PathBuf::new();
    for _ in here.ancestors() {
        let path = upwards.join(FILE_NAME);
        if path.is_file() {
            return Some(path);
        }
        upwards.push("..");
    }
    None
}

pub(super) fn read_text(path: &Path, what: &str) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|error| {
        let help = match error.kind() {
            std::io::ErrorKind::InvalidData => "save it as UTF-8",
            _ => "look at the path",
        };
        CliError::said(format!("{what} `{}` cannot be read: {error}", path.display())).help(help)
    })
}

fn can_be_read(path: &str) -> Result<(), String> {
    File::open(path).map(drop).map_err(|error| unread(path, &error))
}

fn unread(path: &str, error: &std::io::Error) -> String {
    format!("`{path}` cannot be read: {error}")
}

/// The Markdown files below a folder, by name; what is hidden, and what tells people of the folder, is no rule.
fn rules_below(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.eq_ignore_ascii_case("readme.md") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            rules_below(&entry.path(), found)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "md") {
            found.push(entry.path());
        }
    }
    Ok(())
}
