//! All rules, states and profiles: read once, before the first record.

use std::sync::Arc;

use crate::check::{Names, RuleId, State};
use crate::document::{FileMisfit, Misfit, NodeRef, Table, did_you_mean, did_you_mean_all, text};
use crate::embedded::{File, Files, OwnFile};
use crate::finding::Severity;
use crate::format::{Formats, List, ListReader, read_file};

use super::definition::{CATEGORIES, NameAt, Rule, severity_at};
use super::own::{self, Origin, Own};
use super::states;

/// The demands of an institution or a standard, by name.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its name: `eth-research-collection`.
    pub name: Box<str>,
    /// Whose demands these are, in a sentence.
    pub describes: Box<str>,
    /// Its file.
    pub path: Box<str>,
    /// What it is built on.
    extends: Option<NameAt>,
    /// How severe rules are in it.
    severities: Vec<(RuleId, Severity)>,
    /// Rules that it turns on.
    select: Vec<Selector>,
    /// Rules that it turns off.
    ignore: Vec<Selector>,
    /// Lists of which it demands values.
    lists: Vec<List>,
}

/// Which rules a word stands for, and how exactly it names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `all`.
    All,
    /// A category: `completeness`.
    Category(&'static str),
    /// The beginning of names: `missing-*`.
    Prefix(Box<str>),
    /// One rule.
    Rule(RuleId),
}

/// All rules, with what they are read against.
#[derive(Debug)]
pub struct Catalogue {
    /// The formats and fields.
    pub formats: Formats,
    rules: Vec<Rule>,
    pub(crate) states: Vec<Arc<State>>,
    profiles: Vec<Profile>,
    /// For each rule, the rules that are silent where it speaks.
    beats: Vec<Vec<RuleId>>,
}

#[expect(clippy::cast_possible_truncation, reason = "there are fewer than 65,536 rules")]
impl Catalogue {
    /// Reads the rules, states and profiles among `files`, and what the user adds to them.
    pub(crate) fn read(files: &Files, formats: Formats, own: &Own<'_>) -> Result<Self, FileMisfit> {
        let profiles = own::profiles(own)?;
        let lineage = own.profile.map_or(Ok(Vec::new()), |chosen| own::lineage(files, &profiles, chosen))?;
        let states = states::read(files.get("rules/states.toml"), &lineage, own.config, &formats)?;
        let names = Names { fields: &formats.fields, states: &states, formats: &formats.formats };
        let ours = files.all("rules/", ".md").map(|file| Rule::read(file, names, Origin::Program(files)));
        let mut rules = ours.collect::<Result<Vec<_>, _>>()?;
        for file in own.rules {
            let rule = Rule::read(file.file(), names, Origin::User(own.read))?;
            own::no_name_twice(&rule, &rules, file)?;
            rules.push(rule);
        }
        rules.sort_by(|left, right| left.name.cmp(&right.name));
        let text_of = |path: &str| match own.rules.iter().find(|file| file.path == path) {
            Some(file) => file.text.as_str(),
            None => files.get(path).map_or("", |file| file.text),
        };
        let mut catalogue = Self { formats, rules, states, profiles: Vec::new(), beats: Vec::new() };
        catalogue.beats = catalogue
            .rules
            .iter()
            .map(|rule| catalogue.beaten_by(rule, text_of(&rule.path)))
            .collect::<Result<_, _>>()?;
        catalogue.read_profiles(files, &profiles)?;
        Ok(catalogue)
    }

    /// Reads all profiles: ours, then those of the user's own.
    fn read_profiles(&mut self, files: &Files, own: &[OwnFile]) -> Result<(), FileMisfit> {
        let mut all: Vec<File<'_>> = files.all("rules/profiles/", ".toml").collect();
        let ours = all.len();
        all.extend(own.iter().map(OwnFile::file));
        for (number, file) in all.iter().copied().enumerate() {
            let is_own = number >= ours;
            let profile = read_file(file, file.text, |root| self.read_profile(root, file.path, is_own))?;
            self.profiles.push(profile);
        }
        // A profile may be built on one that comes after it by name.
        for (profile, file) in self.profiles.iter().zip(all) {
            let Some(ground) = &profile.extends else { continue };
            if self.profile(&ground.name).is_none() {
                let names: Vec<_> = self.profiles().map(|profile| &*profile.name).collect();
                return Err(unknown_name("profile", ground, names, (file.path, file.text)));
            }
            if self.lineage(profile).is_none() {
                let misfit = Misfit {
                    message: format!("the profile `{}` is built on itself", profile.name),
                    span: ground.at.clone(),
                    help: Some(format!("what `{}` is built on leads back to it", ground.name)),
                };
                return Err(FileMisfit { path: file.path.into(), text: file.text.into(), misfit });
            }
        }
        Ok(())
    }

    fn beaten_by(&self, rule: &Rule, content: &str) -> Result<Vec<RuleId>, FileMisfit> {
        let of_rule = |beaten: &NameAt| {
            self.find(&beaten.name).ok_or_else(|| {
                let names: Vec<_> = self.rules.iter().map(|rule| &*rule.name).collect();
                unknown_name("rule", beaten, names, (&rule.path, content))
            })
        };
        rule.beats.iter().map(of_rule).collect()
    }

    /// All rules, in the order of their names.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(index, rule)| (RuleId(index as u16), rule))
    }

    /// One rule.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// The rule with this name, or that had it.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<RuleId> {
        let named = |rule: &&Rule| *rule.name == *name || rule.aliases.iter().any(|alias| **alias == *name);
        self.rules.iter().position(|rule| named(&rule)).map(|index| RuleId(index as u16))
    }

    /// `winner` speaks, and so `loser` is silent of the same field.
    pub(crate) fn beats(&self, winner: RuleId, loser: RuleId) -> bool {
        self.beats[winner.index()].contains(&loser)
    }

    /// There are rules that are silent where this one speaks.
    pub(crate) fn is_beating(&self, rule: RuleId) -> bool {
        !self.beats[rule.index()].is_empty()
    }

    /// All profiles, in the order of their names.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.iter()
    }

    /// The profile with this name; of the user's own, that in the file at this path.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        let is_file = own::is_file(name);
        self.profiles.iter().find(|profile| if is_file { *profile.path == *name } else { *profile.name == *name })
    }

    /// What a word that selects rules stands for.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and the word that was probably meant.
    pub fn selector(&self, word: &str) -> Result<Selector, (String, Option<String>)> {
        if word.eq_ignore_ascii_case("all") {
            return Ok(Selector::All);
        }
        if let Some(category) = CATEGORIES.iter().find(|category| **category == word) {
            return Ok(Selector::Category(category));
        }
        if let Some(prefix) = word.strip_suffix('*') {
            if self.rules.iter().any(|rule| rule.name.starts_with(prefix)) {
                return Ok(Selector::Prefix(prefix.into()));
            }
            return Err((format!("no rule's name begins with `{prefix}`"), None));
        }
        self.find(word).map(Selector::Rule).ok_or_else(|| {
            let all = || "`reclint rules` lists the rules and their categories; `all` is all of them".to_owned();
            (format!("there is no rule or category `{word}`"), Some(self.meant(word).unwrap_or_else(all)))
        })
    }

    /// Which rule or category a word probably means, by its name, or by one that it had.
    fn meant(&self, word: &str) -> Option<String> {
        let names = self.rules.iter().map(|rule| &*rule.name).chain(CATEGORIES);
        did_you_mean_all(word, names).or_else(|| {
            let near = |alias: &str| alias.contains(word) || did_you_mean(word, [alias]).is_some();
            let rule = self.rules.iter().find(|rule| rule.aliases.iter().any(|alias| near(alias)))?;
            Some(format!("did you mean `{}`?", rule.name))
        })
    }

    /// What the word at `node`, which selects rules, stands for.
    pub(crate) fn selector_at(&self, node: NodeRef<'_>) -> Result<Selector, Misfit> {
        self.selector(text("a rule's name", node)?).map_err(|(message, help)| {
            let misfit = Misfit::at(node, message);
            match help {
                Some(help) => misfit.help(help),
                None => misfit,
            }
        })
    }

    /// What the words at these nodes, which select rules, stand for.
    pub(crate) fn selectors_at(&self, nodes: Vec<NodeRef<'_>>) -> Result<Vec<Selector>, Misfit> {
        nodes.into_iter().map(|node| self.selector_at(node)).collect()
    }

    /// Reads a table of rules and their severities.
    pub(crate) fn read_severities(&self, node: NodeRef<'_>) -> Result<Vec<(RuleId, Severity)>, Misfit> {
        let mut severities = Vec::new();
        for (key, value) in node.members() {
            let severity = severity_at(value)?;
            let selector = self.selector_at(key)?;
            severities.extend(self.rules().filter(|(id, _)| selector.takes(*id, self)).map(|(id, _)| (id, severity)));
        }
        Ok(severities)
    }

    /// Reads the profile in the file at `path`. One of the user's own need not have a name.
    fn read_profile(&self, root: NodeRef<'_>, path: &str, is_own: bool) -> Result<Profile, Misfit> {
        let mut table = Table::new(root)?;
        let (name, describes) = (table.text("name")?, table.text("describes")?);
        // What comes first by `extends`, and the states, were read before the rules.
        table.any("extends");
        table.any("states");
        let profile = Profile {
            name: if is_own { name.unwrap_or(path).into() } else { table.need_text("name")?.into() },
            describes: if is_own { describes.unwrap_or_default().into() } else { table.need_text("describes")?.into() },
            path: path.into(),
            extends: own::read_ground(root, path)?,
            severities: table.any("severity").map_or(Ok(Vec::new()), |node| self.read_severities(node))?,
            select: self.selectors_at(table.list("select"))?,
            ignore: self.selectors_at(table.list("ignore"))?,
            lists: table.any("lists").map_or(Ok(Vec::new()), |node| self.lists(false).read(node))?,
        };
        table.done()?;
        Ok(profile)
    }

    /// What lists are read against; `files`: a text may be the path of a file with terms.
    pub(crate) fn lists(&self, files: bool) -> ListReader<'_> {
        let Formats { fields, formats, vocabularies, .. } = &self.formats;
        ListReader { fields, formats, vocabularies, files }
    }

    /// The lists that a profile demands, its own first, then those of what it is built on.
    pub(crate) fn lists_of<'c>(&'c self, profile: &'c Profile) -> Vec<&'c [List]> {
        let lineage = self.lineage(profile).unwrap_or_default();
        lineage.into_iter().rev().map(|profile| &*profile.lists).collect()
    }

    /// The profile and all that it is built on, the ground first; nothing if that leads back to one of them.
    fn lineage<'c>(&'c self, profile: &'c Profile) -> Option<Vec<&'c Profile>> {
        let mut lineage = vec![profile];
        while let Some(ground) = lineage.last().and_then(|last| self.profile(&last.extends.as_ref()?.name)) {
            if lineage.iter().any(|known| known.path == ground.path) {
                return None;
            }
            lineage.push(ground);
        }
        lineage.reverse();
        Some(lineage)
    }

    /// How severe a rule is in a profile, if the profile says so.
    pub(crate) fn severity_in(&self, profile: &Profile, rule: RuleId) -> Option<Severity> {
        let lineage = self.lineage(profile).unwrap_or_default();
        let mut said = lineage.iter().rev().flat_map(|profile| profile.severities.iter().rev());
        said.find(|(id, _)| *id == rule).map(|(_, severity)| *severity)
    }

    /// What a profile turns on and off.
    pub(crate) fn selection_of(&self, profile: &Profile) -> (Vec<Selector>, Vec<Selector>) {
        let lineage = self.lineage(profile).unwrap_or_default();
        let all = |of: fn(&Profile) -> &Vec<Selector>| lineage.iter().flat_map(|profile| of(profile).clone()).collect();
        (all(|profile| &profile.select), all(|profile| &profile.ignore))
    }
}

impl Selector {
    /// The word stands for this rule.
    pub(crate) fn takes(&self, rule: RuleId, catalogue: &Catalogue) -> bool {
        match self {
            Self::All => true,
            Self::Category(category) => catalogue.rule(rule).category == *category,
            Self::Prefix(prefix) => catalogue.rule(rule).name.starts_with(&**prefix),
            Self::Rule(own) => *own == rule,
        }
    }

    /// How exactly the word names its rules: the more exact word wins.
    pub(crate) fn exactness(&self) -> usize {
        match self {
            Self::All => 1,
            Self::Category(_) => 2,
            Self::Prefix(prefix) => 3 + prefix.len(),
            Self::Rule(_) => usize::MAX,
        }
    }
}

/// A name in a file that is nobody's.
fn unknown_name(what: &str, name: &NameAt, names: Vec<&str>, (path, text): (&str, &str)) -> FileMisfit {
    let NameAt { name, at } = name;
    let help = match did_you_mean(name, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("`reclint rules` lists the {what}s"),
    };
    let misfit = Misfit { message: format!("there is no {what} `{name}`"), span: at.clone(), help: Some(help) };
    FileMisfit { path: path.into(), text: text.into(), misfit }
}
