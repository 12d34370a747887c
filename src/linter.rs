//! The library: a linter that is made once and judges texts, from any number of threads.

mod examples;
mod gather;

use std::sync::Arc;

use crate::beside::{Around, Beside, Kinds, Tag, gather};
use crate::document::{FileMisfit, Misfit};
use crate::embedded::{Files, OwnFile};
use crate::engine::{Judge, Setup};
use crate::finding::{Finding, Severity};
use crate::format::{Carrier, Cuts, Formats};
use crate::input::{Cutter, Nature};
use crate::paths::has_extension;
use crate::policy::{Override, Overrides};
use crate::report::Summary;
use crate::rule::{Catalogue, Own, Plan, Selection};
use crate::schema::{Loader, Schema};
use crate::value::date::Point;

use gather::Gather;

pub use examples::{Examples, Mistake, Tried};

/// Why a linter cannot be made.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file (a rule, a format, a schema) has a mistake.
    #[error("{0}")]
    File(Box<FileMisfit>),
    /// A word of the caller's is not understood.
    #[error("{message}{}", .help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default())]
    Word {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl From<FileMisfit> for BuildError {
    fn from(misfit: FileMisfit) -> Self {
        Self::File(Box::new(misfit))
    }
}

impl From<Box<FileMisfit>> for BuildError {
    fn from(misfit: Box<FileMisfit>) -> Self {
        Self::File(misfit)
    }
}

/// The rules, formats and profiles that are part of the program.
///
/// # Errors
///
/// When one of those files has a mistake, which the project's tests rule out.
pub fn catalogue() -> Result<Catalogue, BuildError> {
    catalogue_with(&Files::built_in(), &Own::none())
}

/// The rules, formats and profiles among `files`, and what the user adds to them.
pub(crate) fn catalogue_with(files: &Files, own: &Own<'_>) -> Result<Catalogue, BuildError> {
    let mut formats = Formats::read(files)?;
    own.pages.iter().try_for_each(|page| formats.add_page(page.file()))?;
    Ok(Catalogue::read(files, formats, own)?)
}

/// Makes a [`Linter`].
#[derive(Clone, Debug, Default)]
pub struct LinterBuilder {
    select: Vec<String>,
    extend: Vec<String>,
    ignore: Vec<String>,
    severities: Vec<(String, Severity)>,
    profile: Option<String>,
    schema: Option<(String, String)>,
    as_of: Option<String>,
    files: Vec<(&'static str, &'static str)>,
    own_files: Vec<OwnFile>,
    pages: Vec<OwnFile>,
}

impl LinterBuilder {
    /// Only these rules: names, categories, beginnings with `*`, or `all`.
    #[must_use]
    pub fn select(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.select.extend(words.into_iter().map(Into::into));
        self
    }

    /// Also these rules.
    #[must_use]
    pub fn extend_select(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.extend.extend(words.into_iter().map(Into::into));
        self
    }

    /// Not these rules.
    #[must_use]
    pub fn ignore(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignore.extend(words.into_iter().map(Into::into));
        self
    }

    /// The severity of a rule.
    #[must_use]
    pub fn severity(mut self, rule: impl Into<String>, severity: Severity) -> Self {
        self.severities.push((rule.into(), severity));
        self
    }

    /// The demands of an institution or standard, by name: `eth-research-collection`.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// A JSON Schema of the caller's own, to which every record is held: its name, and its text.
    #[must_use]
    pub fn schema(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.schema = Some((name.into(), text.into()));
        self
    }

    /// A file of the caller's own, its path and its text: a rule (`.md`), which joins the others; a profile (`.toml`), which
    /// [`profile`](Self::profile) names by its path; or a JSON Schema that a rule names.
    #[must_use]
    pub fn own_file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.own_files.push(OwnFile { path: path.into(), text: text.into() });
        self
    }

    /// The labels of a repository's item page, a file's path and its text (`docs/crosswalks.md`): copies of such pages are
    /// recognised, too.
    #[must_use]
    pub fn page(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.pages.push(OwnFile { path: path.into(), text: text.into() });
        self
    }

    /// The day by which records are judged, `YYYY-MM-DD`. The library has no clock: without this, rules that ask for
    /// today's date find nothing.
    #[must_use]
    pub fn as_of(mut self, date: impl Into<String>) -> Self {
        self.as_of = Some(date.into());
        self
    }

    /// With these files, each its path and its text, as if they were part of the program: what tests of their mistakes
    /// need.
    #[doc(hidden)]
    #[must_use]
    pub fn files(mut self, files: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        self.files.extend(files);
        self
    }

    /// Makes the linter.
    ///
    /// # Errors
    ///
    /// When a word is not known, or the schema is none.
    pub fn build(self) -> Result<Linter, BuildError> {
        let (rules, beside): (Vec<_>, Vec<_>) =
            self.own_files.into_iter().partition(|file| has_extension(&file.path, "md"));
        let read = |path: &str| {
            let found = beside.iter().find(|file| file.path == path);
            found.map(|file| file.text.clone()).ok_or_else(|| "there is no such file".to_owned())
        };
        let own =
            Own { rules: &rules, pages: &self.pages, profile: self.profile.as_deref(), config: None, read: &read };
        let catalogue = catalogue_with(&Files::built_in().with(&self.files), &own)?;
        let selectors = |words: &[String]| {
            words.iter().map(|word| catalogue.selector(word).map_err(word_error)).collect::<Result<Vec<_>, _>>()
        };
        let mut selection = Selection {
            select: selectors(&self.select)?,
            extend: selectors(&self.extend)?,
            ignore: selectors(&self.ignore)?,
            ..Selection::default()
        };
        for (word, severity) in &self.severities {
            let selector = catalogue.selector(word).map_err(word_error)?;
            let rules = catalogue.rules().filter(|(id, _)| selector.takes(*id, &catalogue));
            selection.severities.extend(rules.map(|(id, _)| (id, *severity)));
        }
        if let Some(name) = &self.profile {
            let profile = catalogue.profile(name).cloned();
            selection.profile = Some(profile.ok_or_else(|| unknown_profile(&catalogue, name))?);
        }
        let as_of = self.as_of.as_deref().map(day);
        let offline: Loader = Arc::new(|uri| Err(format!("{uri} is not part of the schema")));
        let schema = self.schema.map(|(name, text)| Schema::users(&name, "schema:///schema.json", &text, offline));
        Ok(Linter::new(catalogue, &selection, Vec::new(), schema.transpose()?).judged_as_of(as_of.transpose()?))
    }
}

/// A day that a caller names.
fn day(text: &str) -> Result<Point, BuildError> {
    let help = || Some("write it as YYYY-MM-DD".to_owned());
    Point::day(text).ok_or_else(|| BuildError::Word { message: format!("`{text}` is no date"), help: help() })
}

fn word_error((message, help): (String, Option<String>)) -> BuildError {
    BuildError::Word { message, help }
}

pub(crate) fn unknown_profile(catalogue: &Catalogue, name: &str) -> BuildError {
    let names: Vec<_> = catalogue.profiles().map(|profile| &*profile.name).collect();
    let help = Some(crate::document::suggest(name, names));
    BuildError::Word { message: format!("there is no profile `{name}`"), help }
}

/// Judges metadata records. Made once, used from any number of threads.
#[derive(Debug)]
pub struct Linter {
    pub(crate) setup: Setup,
    cuts: Arc<Cuts>,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, serde::Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The findings, in the order of the text.
    pub findings: Vec<Finding>,
    /// What they come to.
    pub summary: Summary,
}

impl Linter {
    /// A builder with the default rules.
    #[must_use]
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    pub(crate) fn new(
        catalogue: Catalogue,
        selection: &Selection,
        overrides: Vec<Override>,
        schema: Option<Schema>,
    ) -> Self {
        let plan = Plan::new(&catalogue, selection);
        let cuts = catalogue.formats.cuts();
        Self { setup: Setup::new(catalogue, plan, Overrides(overrides), schema), cuts }
    }

    /// The same, judging by this day.
    pub(crate) fn judged_as_of(mut self, as_of: Option<Point>) -> Self {
        self.setup.as_of = as_of;
        self
    }

    /// The rules, formats and profiles.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.setup.catalogue
    }

    /// Judges the records in `content`. `name` is how findings call it; its ending says whether it holds a record a line.
    #[must_use]
    pub fn check(&self, name: &str, content: &[u8]) -> Report {
        self.judge(name, content, Judge::new(&self.setup))
    }

    /// Judges `content` as records of this format and carrier, whatever they look like; without a carrier, of the
    /// format's first. Nothing if there is no such format or carrier.
    #[must_use]
    pub fn check_as(&self, format: &str, carrier: Option<&str>, name: &str, content: &[u8]) -> Option<Report> {
        let format = self.setup.catalogue.formats.get(format)?;
        let named = |known: &&Carrier| carrier.is_none_or(|name| *known.name == *name);
        let carrier = format.carriers.iter().find(named)?;
        Some(self.judge(name, content, Judge::taking_for(&self.setup, format, carrier)))
    }

    /// Judges the record in `content`, and holds it to what lies beside it: `files` are those of its folder and of those
    /// above, each its name as that folder sees it (`Cargo.toml`, `../package.json`) and its text; `tags` those of its
    /// repository, in the order in which they were made. Only a file called as records of software are
    /// (`CITATION.cff`) has something beside it.
    #[must_use]
    pub fn check_beside(&self, name: &str, content: &[u8], files: &[(&str, &str)], tags: &[&str]) -> Report {
        let beside = self.beside(name, files, tags);
        self.judge(name, content, Judge::new(&self.setup).beside(beside.as_ref()))
    }

    /// What lies beside the file that is so named.
    fn beside(&self, name: &str, files: &[(&str, &str)], tags: &[&str]) -> Option<Beside> {
        let mut read = |wanted: &str| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| (*text).to_owned())
        };
        let above = files.iter().map(|(name, _)| name.matches("../").count()).max().unwrap_or(0);
        let mut around = Around { path: name, above, read: &mut read, is_judged: &|_| false };
        // The file of kinds is part of the program, and the tests rule out a mistake in it.
        let kinds = Kinds::built_in().ok()?;
        let mut beside = gather((&kinds, &self.setup.catalogue.formats), &mut around)?;
        let tags: Vec<_> = (0..).zip(tags).map(|(made, name)| Tag { name: (*name).into(), made }).collect();
        beside.tag(&tags, None);
        Some(beside)
    }

    /// Judges the records of files, folders (walked as git would) and patterns, and gives each finding to `sink`, in
    /// the order of the paths. Of a folder, files that hold no records of a known format are passed over.
    ///
    /// # Errors
    ///
    /// A path that is not there, a pattern that matches nothing. A file that cannot be read (on) is told of when all
    /// others have been judged; what came before in it stands. On a walk it is passed over, if nothing known came before.
    #[cfg(feature = "files")]
    pub fn check_paths<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p str>,
        sink: &mut dyn FnMut(Finding),
    ) -> std::io::Result<Summary> {
        let paths: Vec<_> = paths.into_iter().map(str::to_owned).collect();
        let found = crate::input::find(&paths, None, &crate::input::Exclusion::default());
        let found = found.map_err(|error| std::io::Error::new(std::io::ErrorKind::NotFound, error))?;
        let mut all = crate::engine::Tally::default();
        let (mut files, mut passed_over) = (0, 0);
        let mut broken = None;
        for file in &found.files {
            let mut gather = Gather::new(&self.setup);
            let cutter = crate::input::open(file, &self.cuts);
            let judged = cutter.and_then(|mut cutter| gather.judge(Judge::new(&self.setup), &mut cutter));
            if let Err(error) = judged
                && (file.named || gather.tally.has_recognised())
            {
                let told = std::io::Error::new(error.kind(), format!("{}: {error}", file.shown));
                broken.get_or_insert(told);
            }
            if file.named || gather.tally.has_recognised() {
                files += 1;
                all.extend(&gather.tally);
                gather.findings.into_iter().for_each(&mut *sink);
            } else {
                passed_over += 1;
            }
        }
        broken.map_or_else(|| Ok(all.summary(&self.setup, files, passed_over)), Err)
    }

    fn judge<'e>(&'e self, name: &str, content: &[u8], judge: Judge<'e>) -> Report {
        let mut gather = Gather::new(&self.setup);
        let cutter = Cutter::of_text(content, name.into(), Nature::of(name), Arc::clone(&self.cuts));
        // Reading from memory does not fail.
        let _ = cutter.and_then(|mut cutter| gather.judge(judge, &mut cutter));
        let summary = gather.tally.summary(&self.setup, 1, 0);
        Report { findings: gather.findings, summary }
    }

    /// Checks that every list can be read, that every format's schema compiles, and that every path of every crosswalk exists in it: what is too long
    /// for each start, and so is left to the tests.
    ///
    /// # Errors
    ///
    /// The first list or schema that has a mistake, in its own file, or the first path that is not there, in the format's.
    pub fn verify(&self) -> Result<(), BuildError> {
        let formats = &self.setup.catalogue.formats;
        formats.verify()?;
        Kinds::built_in()?;
        formats.vocabularies.iter().try_for_each(|list| list.read().map(|_| ()))?;
        for schema in formats.formats.iter().flat_map(|format| &format.carriers).filter_map(|one| one.schema.as_ref()) {
            Schema::verify(schema)?;
        }
        Ok(())
    }
}

/// A misfit that has no file: a word of the command line.
impl From<Misfit> for BuildError {
    fn from(misfit: Misfit) -> Self {
        Self::Word { message: misfit.message, help: misfit.help }
    }
}
