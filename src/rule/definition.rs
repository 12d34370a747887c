//! One rule: what it is called, what it checks, how severe it is, and its words.

use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use crate::check::{Check, Condition, Names, Raw, Reach, Record, classes};
use crate::document::{FileMisfit, Misfit, NodeRef, Table, is_name, suggest, text};
use crate::embedded::File;
use crate::finding::Severity;
use crate::format::FieldId;
use crate::value::Class;

use super::markdown::{self, Example, RuleFile};
use super::own::Origin;
use super::template::{Slot, Template, slot_at};

/// The categories, which are also the dimensions of a record's quality.
pub const CATEGORIES: [&str; 8] =
    ["state", "currency", "completeness", "values", "consistency", "text", "rights", "structure"];

/// How settled a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// New: it may still change, and is off unless it is selected.
    Preview,
    /// Settled.
    Stable,
    /// About to go.
    Deprecated,
}

impl Status {
    const ALL: [(&'static str, Self); 3] =
        [("preview", Self::Preview), ("stable", Self::Stable), ("deprecated", Self::Deprecated)];

    /// `preview`, `stable` or `deprecated`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }
}

/// What a rule says when it fires.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) message: Template,
    pub(crate) help: Option<Template>,
    /// What stands under the place in a frame.
    pub(crate) label: Option<Template>,
}

/// A case in which a rule is of another severity, or says something else.
#[derive(Debug)]
pub(crate) struct Case {
    pub(super) formats: Vec<Box<str>>,
    when: Option<Condition>,
    /// What the engine or a kind of check calls this case.
    variant: Option<Box<str>>,
    /// In which ways a value fails its kind; none: in whatever way.
    faults: Vec<Class>,
    pub(crate) severity: Option<Severity>,
    message: Option<Template>,
    help: Option<Template>,
    label: Option<Template>,
}

/// A name whose bearer may not have been read yet.
#[derive(Clone, Debug)]
pub(crate) struct NameAt {
    pub(crate) name: Box<str>,
    /// Where it stands in its file, in bytes.
    pub(crate) at: Range<usize>,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which is that of the bad pattern: `missing-creator`.
    pub name: Arc<str>,
    /// Names it had.
    pub aliases: Vec<Box<str>>,
    /// Its category.
    pub category: &'static str,
    /// Its severity where no case and no profile says otherwise.
    pub severity: Severity,
    /// How settled it is.
    pub status: Status,
    /// It is on unless it is ignored.
    pub default: bool,
    /// It is found once in a file, however many records have it.
    pub once: bool,
    /// What it finds, in a sentence.
    pub summary: Box<str>,
    /// The field it is about.
    pub field: Option<FieldId>,
    /// The formats it is for; none: all that have its fields.
    pub formats: Vec<Box<str>>,
    /// The standard's clauses it follows.
    pub sources: Vec<Box<str>>,
    /// The version in which it came; nothing for a rule of the user's own.
    pub since: Box<str>,
    /// It is the user's own, and no part of the program.
    pub is_own: bool,
    /// Where its file names it, in bytes.
    pub(super) name_at: Range<usize>,
    /// The rules that are silent where this one speaks.
    pub(crate) beats: Vec<NameAt>,
    pub(crate) check: Check,
    pub(crate) words: Words,
    pub(crate) cases: Vec<Case>,
    /// Its file.
    pub path: Box<str>,
    /// Its Markdown.
    pub body: Box<str>,
    /// Lines of the file before the Markdown.
    body_line: usize,
}

impl Rule {
    /// Reads a rule's file. `source` has what stands beside it.
    pub(crate) fn read(file: File<'_>, names: Names<'_>, source: Origin<'_>) -> Result<Self, FileMisfit> {
        let (path, content) = (file.path, file.text);
        let in_file = |misfit| FileMisfit { path: path.into(), text: content.into(), misfit };
        let parts = RuleFile::split(content)
            .map_err(|(message, span)| in_file(Misfit { message: message.to_owned(), span, help: None }))?;
        let moved = |span: Range<usize>| span.start + parts.front_at..span.end + parts.front_at;
        let mut rule = crate::format::read_file(file, parts.front, |root| {
            read_rule(root, path, parts, names, matches!(source, Origin::User(_)))
        })
        .map_err(|FileMisfit { misfit, .. }| in_file(Misfit { span: moved(misfit.span), ..misfit }))?;
        rule.name_at = moved(rule.name_at);
        if let Check::Fragment(check) = &mut rule.check {
            check.load(|name| source.read_beside(path, name)).map_err(|error| match error {
                Ok(elsewhere) => *elsewhere,
                Err(misfit) => in_file(Misfit { span: moved(misfit.span), ..misfit }),
            })?;
        }
        for beaten in &mut rule.beats {
            beaten.at = moved(beaten.at.clone());
        }
        Ok(rule)
    }

    /// Its name, and those that it had.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(|alias| &**alias).chain([&*self.name])
    }

    /// The case that holds for a finding in a record.
    pub(crate) fn case(&self, record: Option<&Record<'_>>, raw: &Raw) -> Option<&Case> {
        self.cases.iter().find(|case| case.holds(record, raw))
    }

    /// The words for a finding in a case.
    pub(crate) fn words_in<'w>(
        &'w self,
        case: Option<&'w Case>,
    ) -> (&'w Template, Option<&'w Template>, Option<&'w Template>) {
        let own = &self.words;
        match case {
            None => (&own.message, own.help.as_ref(), own.label.as_ref()),
            Some(case) => (
                case.message.as_ref().unwrap_or(&own.message),
                case.help.as_ref().or(own.help.as_ref()),
                case.label.as_ref().or(own.label.as_ref()),
            ),
        }
    }

    /// A section of its Markdown: `Why it matters`.
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<&str> {
        markdown::section(&self.body, heading)
    }

    /// Its examples.
    ///
    /// # Errors
    ///
    /// The line of the file with a block whose marks are not understood, and why.
    pub fn examples(&self) -> Result<Vec<Example>, (usize, String)> {
        markdown::examples(&self.body, self.body_line)
    }

    /// It looks at records; else at the text, and it may be just that its examples cannot be read.
    #[must_use]
    pub fn is_of_records(&self) -> bool {
        !matches!(self.check, Check::Source)
    }

    /// The rule speaks of records of this format.
    pub(crate) fn is_for(&self, format: &crate::format::Format) -> bool {
        (self.formats.is_empty() || self.formats.contains(&format.name)) && self.check.is_for(format)
    }
}

impl Case {
    /// Wherever the other case holds, this one does, as far as that is seen on its face.
    fn takes_all_of(&self, other: &Self) -> bool {
        let formats = self.formats.is_empty()
            || (!other.formats.is_empty() && other.formats.iter().all(|format| self.formats.contains(format)));
        let when = self.when.as_ref().is_none_or(|when| when.always_holds(None) || other.when.as_ref() == Some(when));
        let faults = self.faults.is_empty()
            || (!other.faults.is_empty() && other.faults.iter().all(|class| self.faults.contains(class)));
        formats && when && faults && (self.variant.is_none() || self.variant == other.variant)
    }

    fn holds(&self, record: Option<&Record<'_>>, raw: &Raw) -> bool {
        let of_format = record.is_some_and(|record| self.formats.contains(&record.format.name));
        (self.formats.is_empty() || of_format)
            && self.variant.as_deref().is_none_or(|own| raw.variant() == Some(own))
            && (self.faults.is_empty() || raw.class().is_some_and(|class| self.faults.contains(&class)))
            && self.when.as_ref().is_none_or(|when| record.is_some_and(|record| when.holds(record.fields).is_some()))
    }
}

fn read_rule(
    root: NodeRef<'_>,
    path: &str,
    file: RuleFile<'_>,
    names: Names<'_>,
    is_own: bool,
) -> Result<Rule, Misfit> {
    let mut table = Table::new(root)?;
    let (name, name_at) = read_name(&mut table)?;
    let formats = formats(&mut table, names)?;
    let reach = Reach::new(names, &formats);
    let field = table.any("field").map(|node| {
        let field = names.fields.need(text("field", node)?, node)?;
        reach.need_field(field, node).map(|()| field)
    });
    let field = field.transpose()?;
    let check = table.table("check")?.ok_or_else(|| Misfit::at(root, "`[check]` is missing"))?;
    let check = Check::read(check, field, (names, &reach), is_own)?;
    let category = one_of(&mut table, "category", &CATEGORIES.map(|name| (name, name)))?;
    // What was written for one house is as that house wants it, and has no version of ours.
    let status = match table.any("status") {
        None if is_own => Status::Stable,
        _ => one_of(&mut table, "status", &Status::ALL)?,
    };
    let since = if is_own { table.text("since")?.unwrap_or_default() } else { table.need_text("since")? };
    let severity = read_severity(&mut table)?.ok_or_else(|| Misfit::at(root, "`severity` is missing"))?;
    let rule = Rule {
        name: name.into(),
        aliases: texts(&mut table, "aliases")?,
        category,
        severity,
        status,
        default: table.flag("default", is_own || status == Status::Stable)?,
        once: table.flag("once", false)?,
        summary: table.need_text("summary")?.into(),
        field,
        formats,
        sources: texts(&mut table, "sources")?,
        since: since.into(),
        is_own,
        name_at,
        beats: table
            .texts("beats")?
            .into_iter()
            .map(|(name, node)| NameAt { name: name.into(), at: node.span() })
            .collect(),
        words: read_words(&mut table, root, &check, names)?,
        cases: read_cases(&mut table, &check, names)?,
        check,
        path: path.into(),
        body: file.body.into(),
        body_line: file.body_line,
    };
    table.done()?;
    Ok(rule)
}

/// The rule's name, and where it stands.
fn read_name<'a>(table: &mut Table<'a>) -> Result<(&'a str, Range<usize>), Misfit> {
    let root = table.node();
    let node = table.any("name").ok_or_else(|| Misfit::at(root, "`name` is missing here"))?;
    let name = text("name", node)?;
    if is_name(name) && !name.contains('.') {
        return Ok((name, node.span()));
    }
    Err(Misfit::at(node, format!("`{name}` is no name for a rule: small letters, digits and hyphens are")))
}

fn formats(table: &mut Table<'_>, names: Names<'_>) -> Result<Vec<Box<str>>, Misfit> {
    table.list("formats").into_iter().map(|node| names.format(node)).collect()
}

fn texts(table: &mut Table<'_>, name: &'static str) -> Result<Vec<Box<str>>, Misfit> {
    Ok(table.texts(name)?.into_iter().map(|(text, _)| text.into()).collect())
}

fn one_of<T: Copy>(table: &mut Table<'_>, name: &'static str, known: &[(&'static str, T)]) -> Result<T, Misfit> {
    let root = table.node();
    let node = table.any(name).ok_or_else(|| Misfit::at(root, format!("`{name}` is missing")))?;
    let word = text(name, node)?;
    known.iter().find(|(known, _)| *known == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        Misfit::at(node, format!("there is no {name} `{word}`")).help(suggest(word, names))
    })
}

/// Reads the optional `severity` of a table.
pub(crate) fn read_severity(table: &mut Table<'_>) -> Result<Option<Severity>, Misfit> {
    table.any("severity").map(severity_at).transpose()
}

/// The severity that `node` names.
pub(crate) fn severity_at(node: NodeRef<'_>) -> Result<Severity, Misfit> {
    let word = text("severity", node)?;
    Severity::from_str(word).map_err(|()| {
        Misfit::at(node, format!("there is no severity `{word}`"))
            .help(suggest(word, Severity::ALL.map(Severity::name)))
    })
}

fn template(
    table: &mut Table<'_>,
    name: &'static str,
    check: &Check,
    names: Names<'_>,
) -> Result<Option<Template>, Misfit> {
    let Some(node) = table.any(name) else { return Ok(None) };
    let template = Template::read(name, node, names.fields)?;
    if template.has(&Slot::Related) && !check.has_related() {
        return Err(slot_at("related", node, "nothing fills `{related}`: this check relates no values")
            .help("a check of kind `when` has `related = [...]`"));
    }
    Ok(Some(template))
}

fn read_words(table: &mut Table<'_>, root: NodeRef<'_>, check: &Check, names: Names<'_>) -> Result<Words, Misfit> {
    Ok(Words {
        message: template(table, "message", check, names)?.ok_or_else(|| Misfit::at(root, "`message` is missing"))?,
        help: template(table, "help", check, names)?,
        label: template(table, "label", check, names)?,
    })
}

/// The cases; none of them may be hidden behind one before it.
fn read_cases(table: &mut Table<'_>, check: &Check, names: Names<'_>) -> Result<Vec<Case>, Misfit> {
    let mut cases: Vec<Case> = Vec::new();
    for node in table.list("case") {
        let case = read_case(node, check, names)?;
        if let Some(number) = cases.iter().position(|earlier| earlier.takes_all_of(&case)) {
            let message =
                format!("this case is never taken: wherever it holds, case {} holds too, and comes first", number + 1);
            return Err(Misfit::at(node, message).help("put the more particular case first"));
        }
        cases.push(case);
    }
    Ok(cases)
}

fn read_case(node: NodeRef<'_>, check: &Check, names: Names<'_>) -> Result<Case, Misfit> {
    let mut table = Table::new(node)?;
    if let Some(faults) = table.any("faults").filter(|_| !matches!(check, Check::Value(_))) {
        return Err(Misfit::at(faults, "only a check of kind `value` has faults"));
    }
    let case = Case {
        formats: formats(&mut table, names)?,
        when: table.any("when").map(|node| read_case_condition(node, names)).transpose()?,
        variant: table.text("variant")?.map(Into::into),
        faults: classes(&mut table)?,
        severity: read_severity(&mut table)?,
        message: template(&mut table, "message", check, names)?,
        help: template(&mut table, "help", check, names)?,
        label: template(&mut table, "label", check, names)?,
    };
    table.done()?;
    Ok(case)
}

fn read_case_condition(node: NodeRef<'_>, names: Names<'_>) -> Result<Condition, Misfit> {
    let condition = names.read(node)?;
    if condition.can_hold(None) {
        return Ok(condition);
    }
    Err(Misfit::at(node, "this condition can never hold: it contradicts itself")
        .help("a part of it says the opposite of another part"))
}
