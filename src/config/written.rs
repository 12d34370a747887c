//! `reclint.toml` as written. Unknown keys are errors, with a frame into the file.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use crate::check::{Names, RuleId};
use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Table, text};
use crate::finding::Severity;
use crate::format::{List, read_toml};
use crate::paths::{PathPattern, PathPatterns, absolute};
use crate::policy::{Most, Override, RateWords};
use crate::report::{Minima, Points};
use crate::rule::{Catalogue, Selector, is_file, severity_at};
use crate::value::date;

use super::naming::Naming;
use super::wishes::Named;

/// The name of the file that is looked for, from the working folder upwards.
pub(crate) const FILE_NAME: &str = "reclint.toml";

/// A configuration file.
#[derive(Debug, Default)]
pub(crate) struct ConfigFile {
    /// Its path as shown.
    pub(crate) path: String,
    /// Its text, for frames.
    pub(crate) text: String,
    pub(crate) select: Vec<Selector>,
    pub(crate) extend_select: Vec<Selector>,
    pub(crate) ignore: Vec<Selector>,
    pub(crate) severities: Vec<(RuleId, Severity)>,
    pub(crate) fail_on: Option<Severity>,
    pub(crate) rates: RateWords,
    pub(crate) min_score: Minima,
    pub(crate) exclude: PathPatterns,
    pub(crate) schema: Option<PathBuf>,
    /// The file of what is lived with, from the configuration's folder.
    pub(crate) baseline: Option<Named>,
    pub(crate) overrides: Vec<Override>,
    /// Lists of which values must be; those in files are still to be read.
    pub(crate) lists: Vec<List>,
    /// The words of the user's.
    pub(crate) naming: Naming,
    /// Overrides that have run out.
    ended: Vec<Override>,
}

impl ConfigFile {
    /// Reads the configuration `content`, which stands at `path` as seen from `here`, the working folder. Overrides that
    /// have run out by `as_of` do not count, nor does its profile if there is another one.
    pub(crate) fn read(
        (path, content): (&Path, &str),
        here: &Path,
        (catalogue, other_profile): (&Catalogue, bool),
        as_of: date::Point,
    ) -> Result<Self, Box<FileMisfit>> {
        let shown = crate::input::shown(path);
        let root = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let whole = absolute(here, path);
        let folder = whole.parent().unwrap_or(&whole);
        let reader = Reader { catalogue, other_profile, as_of, folder, here };
        let mut config = read_toml(&shown, content, |root| reader.file(root)).map_err(Box::new)?;
        config.schema = config.schema.map(|schema| root.join(schema));
        Ok(Self { path: shown, text: content.to_owned(), ..config })
    }

    /// The overrides that have run out or changed nothing, each as a remark with its frame.
    pub(crate) fn unused(&self, overrides: &[Override]) -> Vec<FileMisfit> {
        let remark = |one: &Override, what: &str, help: &str| FileMisfit {
            path: self.path.as_str().into(),
            text: self.text.as_str().into(),
            misfit: Misfit {
                message: format!("this override {what} (\"{}\")", one.reason),
                span: one.span.clone(),
                help: Some(help.to_owned()),
            },
        };
        let ended = self.ended.iter().map(|one| remark(one, "has run out", "remove it, or set a later `until`"));
        let unused = overrides.iter().filter(|one| one.used.load(std::sync::atomic::Ordering::Relaxed) == 0);
        let help = "remove it, or look whether its paths and rules are still right";
        ended.chain(unused.map(|one| remark(one, "changed nothing", help))).collect()
    }
}

struct Reader<'c> {
    catalogue: &'c Catalogue,
    other_profile: bool,
    as_of: date::Point,
    /// The configuration's folder, where its patterns begin.
    folder: &'c Path,
    here: &'c Path,
}

impl Reader<'_> {
    fn file(&self, root: NodeRef<'_>) -> Result<ConfigFile, Misfit> {
        let mut table = Table::new(root)?;
        required_version(&mut table)?;
        // The rules have been read, with the states, and the pages.
        table.any("pages");
        table.any("rules");
        table.any("states");
        if let Some(node) = table.any("profile").filter(|_| !self.other_profile) {
            self.is_profile(node)?;
        }
        let (ended, overrides) = self.overrides(&mut table)?;
        let config = ConfigFile {
            select: self.catalogue.selectors_at(table.list("select"))?,
            extend_select: self.catalogue.selectors_at(table.list("extend-select"))?,
            ignore: self.catalogue.selectors_at(table.list("ignore"))?,
            severities: table.any("severity").map_or(Ok(Vec::new()), |node| self.catalogue.read_severities(node))?,
            fail_on: table.any("fail-on").map(severity_at).transpose()?,
            rates: table.any("max-rate").map_or(Ok(RateWords::new()), |node| self.rates(node))?,
            min_score: table.any("min-score").map_or(Ok(Minima::default()), minima)?,
            exclude: self.patterns(&mut table, "exclude")?,
            schema: table.text("schema")?.map(Into::into),
            baseline: table.any("baseline").map(|node| Named::read("baseline", node)).transpose()?,
            lists: table.any("lists").map_or(Ok(Vec::new()), |node| self.catalogue.lists(true).read(node))?,
            naming: Naming::read(&mut table, &self.catalogue.formats)?,
            overrides,
            ended,
            ..ConfigFile::default()
        };
        table.done()?;
        Ok(config)
    }

    /// There is such a profile. That of a file has been read.
    fn is_profile(&self, node: NodeRef<'_>) -> Result<(), Misfit> {
        let name = text("profile", node)?;
        if is_file(name) || self.catalogue.profile(name).is_some() {
            return Ok(());
        }
        let names: Vec<_> = self.catalogue.profiles().map(|profile| &*profile.name).collect();
        Err(Misfit::at(node, format!("there is no profile `{name}`")).help(crate::document::suggest(name, names)))
    }

    /// A table of rules and the shares of records up to which they are tolerated.
    fn rates(&self, node: NodeRef<'_>) -> Result<RateWords, Misfit> {
        // What is no table is said so.
        Table::new(node)?;
        let rate = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
            let text = if value.is_container() { "" } else { value.plain() };
            let most = text.parse().map_err(|message: String| Misfit::at(value, message).help(Most::HELP))?;
            Ok((self.catalogue.selector_at(key)?, most))
        };
        node.members().map(rate).collect()
    }

    /// The overrides that have run out, and those that are still in force.
    fn overrides(&self, table: &mut Table<'_>) -> Result<(Vec<Override>, Vec<Override>), Misfit> {
        let (mut ended, mut in_force) = (Vec::new(), Vec::new());
        for node in table.list("override") {
            let (over, one) = self.one_override(node)?;
            if over { ended.push(one) } else { in_force.push(one) }
        }
        Ok((ended, in_force))
    }

    /// One override, and whether it has run out.
    fn one_override(&self, node: NodeRef<'_>) -> Result<(bool, Override), Misfit> {
        let mut table = Table::new(node)?;
        let until = table.any("until").map(until).transpose()?;
        let formats = &self.catalogue.formats;
        let names = Names { fields: &formats.fields, states: &self.catalogue.states, formats: &formats.formats };
        let severity = table.any("severity").map(severity_or_off).transpose()?;
        let one = Override {
            paths: self.patterns(&mut table, "paths")?.into(),
            records: table.texts("records")?.into_iter().map(|(id, _)| id.into()).collect(),
            when: table.any("when").map(|node| names.read(node)).transpose()?,
            rules: self.catalogue.selectors_at(table.list("rules"))?,
            severity: severity.unwrap_or_default(),
            reason: table.text("reason")?.unwrap_or_default().into(),
            span: node.span(),
            used: AtomicU64::new(0),
        };
        table.done()?;
        if one.reason.trim().is_empty() {
            return Err(Misfit::at(node, "an override needs a `reason`").help("say why, for those who come after you"));
        }
        if one.paths.is_empty() && one.records.is_empty() && one.when.is_none() && one.rules.is_empty() {
            return Err(Misfit::at(node, "this override takes everything")
                .help("name `paths`, `records`, `rules`, or a condition `when`"));
        }
        let over = until.is_some_and(|until| self.as_of.compare_common(until).is_gt());
        Ok((over, one))
    }

    fn patterns(&self, table: &mut Table<'_>, name: &'static str) -> Result<PathPatterns, Misfit> {
        let pattern = |(text, node): (&str, NodeRef<'_>)| {
            PathPattern::new(text).map_err(|error| Misfit::at(node, format!("this is not a pattern: {}", error.msg)))
        };
        let patterns = table.texts(name)?.into_iter().map(pattern).collect::<Result<_, _>>()?;
        Ok(PathPatterns { patterns, folder: self.folder.to_path_buf(), here: self.here.to_path_buf() })
    }
}

/// The least score, or a table of dimensions and theirs.
fn minima(node: NodeRef<'_>) -> Result<Minima, Misfit> {
    let points = |node: NodeRef<'_>| {
        let text = if node.is_container() { "" } else { node.plain() };
        text.parse::<Points>().map_err(|message| Misfit::at(node, message).help(Points::HELP))
    };
    let mut minima = Minima::default();
    if node.kind() != Kind::Object {
        minima.set(None, points(node)?);
        return Ok(minima);
    }
    for (key, value) in node.members() {
        let name = key.raw_text();
        if !minima.set(Some(name), points(value)?) {
            let help = crate::document::suggest(name, Minima::names());
            return Err(Misfit::at(key, format!("there is no dimension `{name}`")).help(help));
        }
    }
    Ok(minima)
}

/// The last day on which an override holds.
fn until(node: NodeRef<'_>) -> Result<date::Point, Misfit> {
    let point = date::parse(node.plain(), date::Form::W3cdtf).ok().and_then(|date| date.start());
    point.ok_or_else(|| Misfit::at(node, "`until` is the last day on which the override holds: 2027-03-31"))
}

/// A severity, or `off`.
fn severity_or_off(node: NodeRef<'_>) -> Result<Option<Severity>, Misfit> {
    if node.text() == Some("off") { Ok(None) } else { severity_at(node).map(Some) }
}

/// The program is new enough for this configuration.
fn required_version(table: &mut Table<'_>) -> Result<(), Misfit> {
    let Some(node) = table.any("required-version") else { return Ok(()) };
    let wanted = text("required-version", node)?;
    let number = |version: &str| {
        let mut parts = version.split('.').map(|part| part.parse::<u64>().ok());
        let three = [parts.next(), parts.next().or(Some(Some(0))), parts.next().or(Some(Some(0)))];
        three.map(Option::flatten)
    };
    let needed = number(wanted.trim_start_matches(">=").trim());
    let own = env!("CARGO_PKG_VERSION");
    if needed.contains(&None) {
        return Err(Misfit::at(node, "this is not a version").help("write it as `\">=0.1.0\"`"));
    }
    if needed > number(own) {
        return Err(Misfit::at(node, format!("this configuration needs reclint {wanted}, and this is {own}"))
            .help("install a newer version"));
    }
    Ok(())
}
