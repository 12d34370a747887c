//! What the command line and the configuration come to together.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::{ConfigFile, Named, read_collections};
use crate::embedded::OwnFile;
use crate::engine::Measures;
use crate::finding::Severity;
use crate::format::{Collections, Formats, Words};
use crate::input::Exclusion;
use crate::linter::{Linter, unknown_profile};
use crate::paths::{PathRoot, absolute, beside, file_uri};
use crate::policy::Override;
use crate::rule::{Catalogue, Selection, Selector};
use crate::schema::{Loader, Schema};
use crate::value::date::Point;

use super::args::Check;
use super::error::CliError;
use super::ground::{Ground, read_text};
use super::scale;

/// Everything a check needs to know.
pub(super) struct Settings {
    pub(super) linter: Linter,
    pub(super) config: ConfigFile,
    pub(super) fail_on: Severity,
    pub(super) exclusion: Exclusion,
    pub(super) measures: Measures,
    /// The words of worklists.
    pub(super) words: Arc<Words>,
    /// The files that were read for this, but for the configuration.
    pub(super) files: Vec<PathBuf>,
}

impl Settings {
    /// Reads the configuration and puts the command line above it.
    pub(super) fn new(check: &Check, as_of: Point) -> Result<Self, CliError> {
        let ground = Ground::read(&check.ground)?;
        let mut catalogue = ground.catalogue()?;
        let mut config = ground.config(&catalogue, as_of)?;
        let mut files = ground.files();
        let words = name(&mut catalogue.formats, &mut config, &mut files)?;
        let overrides: Vec<Override> = std::mem::take(&mut config.overrides);
        read_lists(&config, &mut files)?;
        let selection = selection(check, &config, &ground, &catalogue)?;
        let schema = check.schema.clone().or_else(|| config.schema.clone());
        let schema = schema.map(|path| read_schema(&path, &mut files)).transpose()?;
        let fail_on = check.fail_on.map(Severity::from).or(config.fail_on).unwrap_or(Severity::Error);
        let exclusion = Exclusion {
            patterns: std::mem::take(&mut config.exclude),
            forced: check.force_exclude,
            named_as_found: check.pass_over,
        };
        let measures = scale::measures(check, &config, fail_on, &catalogue)?;
        let mut linter = Linter::new(catalogue, &selection, overrides, schema).judged_as_of(Some(as_of));
        linter.setup.root = Some(root(check, &config));
        Ok(Self { linter, config, fail_on, exclusion, measures, words: words.into(), files })
    }
}

/// From where the paths of fingerprints are seen: the configuration's folder, without one that of the baseline, so that they
/// are the same wherever the program is run.
fn root(check: &Check, config: &ConfigFile) -> PathRoot {
    let here = env::current_dir().unwrap_or_default();
    let baseline = check.baseline.as_deref().or(check.write_baseline.as_ref().and_then(Option::as_deref));
    let of = Some(Path::new(&config.path)).filter(|path| !path.as_os_str().is_empty()).or(baseline);
    let folder = absolute(&here, of.and_then(Path::parent).unwrap_or(Path::new("")));
    PathRoot { folder, here }
}

/// Makes the formats speak the words of the user's; gives those of worklists.
fn name(formats: &mut Formats, config: &mut ConfigFile, files: &mut Vec<PathBuf>) -> Result<Words, CliError> {
    let mut collections = Collections::default();
    if let Some(Named { name, span }) = &config.naming.collections {
        let path = beside(&config.path, name);
        files.push(PathBuf::from(&path));
        let text = fs::read_to_string(&path).map_err(|error| {
            let file = OwnFile { path: config.path.clone(), text: config.text.clone() };
            let mut misfit = file.misfit(format!("`{path}` cannot be read: {error}"), span.clone());
            let is_text = error.kind() != ErrorKind::InvalidData;
            misfit.misfit.help = Some(if is_text { "look at the path" } else { "save it as UTF-8" }.to_owned());
            Box::new(misfit)
        })?;
        collections = read_collections(&path, &text)?;
    }
    Ok(config.naming.apply(formats, collections).map_err(Box::new)?)
}

/// Reads the lists that stand in files, whose paths begin at the configuration's folder.
fn read_lists(config: &ConfigFile, files: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let folder = Path::new(&config.path).parent().unwrap_or(Path::new(""));
    for list in config.lists.iter().map(|list| &list.vocabulary).filter(|list| list.is_in_file()) {
        let path = folder.join(&*list.name);
        list.fill(&read_text(&path, "the list")?);
        files.push(path);
    }
    Ok(())
}

fn selection(
    check: &Check,
    config: &ConfigFile,
    ground: &Ground,
    catalogue: &Catalogue,
) -> Result<Selection, CliError> {
    let words = |words: &[String]| -> Result<Vec<Selector>, CliError> {
        let read = words
            .iter()
            .map(|word| word.trim())
            .filter(|word| !word.is_empty())
            .map(|word| catalogue.selector(word).map_err(|(message, help)| CliError::Said { message, help }));
        read.collect()
    };
    // What the command line selects is all there is; what it ignores is ignored besides.
    let only = words(&check.select)?;
    let configured = |list: &[Selector]| if only.is_empty() { list.to_vec() } else { Vec::new() };
    let mut extend = configured(&config.extend_select);
    extend.extend(words(&check.extend_select)?);
    let mut ignore = configured(&config.ignore);
    ignore.extend(words(&check.ignore)?);
    let profile = ground
        .profile
        .as_ref()
        .map(|name| catalogue.profile(name).cloned().ok_or_else(|| CliError::from(unknown_profile(catalogue, name))));
    Ok(Selection {
        select: if only.is_empty() { config.select.clone() } else { only },
        extend,
        ignore,
        severities: config.severities.clone(),
        profile: profile.transpose()?,
        lists: config.lists.clone(),
    })
}

/// Reads the user's own schema; what it refers to is looked for beside it.
fn read_schema(path: &Path, files: &mut Vec<PathBuf>) -> Result<Schema, CliError> {
    let content = read_text(path, "the schema")?;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let base = absolute.parent().unwrap_or(Path::new("/")).to_path_buf();
    let read: Arc<Mutex<Vec<PathBuf>>> = Arc::new(Mutex::new(vec![path.to_path_buf()]));
    let known = Arc::clone(&read);
    let loader: Loader = Arc::new(move |uri: &str| {
        let Some(file) = path_of(uri) else {
            return Err(format!("{uri} is not beside the schema, and reclint does not use the network"));
        };
        let shown = file.strip_prefix(&base).map_or_else(|_| file.clone(), |relative| folder.join(relative));
        known.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", shown.display()))?;
        Ok((crate::input::shown(&shown), text))
    });
    let schema = Schema::users(&crate::input::shown(path), &file_uri(&absolute.to_string_lossy()), &content, loader)?;
    files.append(&mut read.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(schema)
}

/// The path that a `file:` URI names.
fn path_of(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("file://")?;
    let path = crate::schema::percent_decoded(path);
    let windows = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if windows { &path[1..] } else { &path }))
}
