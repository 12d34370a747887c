//! Reads the file of a repository's item page, `schemas/<format>/pages/*.toml` or a user's own: a carrier by its labels.

use std::sync::{Arc, OnceLock};

use crate::document::{FileMisfit, Kind, Misfit, Name, NodeRef, Shape, Table, suggest, text};
use crate::embedded::File;
use crate::syntax::Syntax;
use crate::syntax::page::{Banner, Label, Meaning, Page, Takes, Target, Wording};

use super::carrier::Carrier;
use super::catalogue::{Format, Formats, Named};
use super::crosswalk::Crosswalk;
use super::field::FieldId;
use super::path::{Path, Step};
use super::read::{Bases, missing_base, read_bases, read_file};

impl Formats {
    /// Adds the page in `file` to its format, which the file names, unless it stands in that format's folder.
    pub(crate) fn add_page(&mut self, file: File<'_>) -> Result<(), FileMisfit> {
        let folder =
            file.path.strip_prefix("schemas/").and_then(|path| path.split_once("/pages/")).map(|(name, _)| name);
        let (format, carrier) = read_file(file, file.text, |root| {
            let mut table = Table::new(root)?;
            let named = table.any("format");
            let number = match (folder.and_then(|name| self.get(name)), named) {
                (Some(format), None) => format.number,
                (_, Some(node)) => self.named_format(text("format", node)?, node)?.number,
                (None, None) => {
                    return Err(Misfit::at(root, "`format` is missing here")
                        .help("it says as records of which format such pages are read"));
                }
            };
            let carrier = read_page(&mut table, &self.formats[number])?;
            table.done()?;
            Ok((number, carrier))
        })?;
        self.formats[format].carriers.push(carrier);
        Ok(())
    }

    fn named_format(&self, name: &str, node: NodeRef<'_>) -> Result<&Format, Misfit> {
        self.get(name).ok_or_else(|| {
            let names = self.formats.iter().map(|format| &*format.name);
            Misfit::at(node, format!("there is no format `{name}`")).help(suggest(name, names))
        })
    }

    /// All pages, in the order of their formats.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Arc<Page>> {
        self.formats.iter().flat_map(|format| &format.carriers).filter_map(|carrier| carrier.page.as_ref())
    }

    /// What a text of this syntax holds, in the file at `path`: a page is its carrier's.
    pub(super) fn holder(&self, syntax: &Syntax, path: &str) -> Named<'_> {
        let Some(page) = syntax.page() else { return self.named(path) };
        let (format, carrier) = page.owner;
        let format = self.formats.get(format)?;
        Some((format, format.carriers.get(carrier)?))
    }
}

/// Reads a page as a carrier of its format.
fn read_page(table: &mut Table<'_>, format: &Format) -> Result<Carrier, Misfit> {
    let (crosswalk, number) = match format.carriers.first() {
        Some(first) => (&first.crosswalk, format.carriers.len()),
        None => return Err(Misfit::at(table.node(), "this format has no carrier")),
    };
    let name: Box<str> = table.need_text("name")?.into();
    if let Some(node) = table.any("name").filter(|_| format.carriers.iter().any(|known| known.name == name)) {
        return Err(Misfit::at(node, format!("there is a carrier `{name}` already")));
    }
    let mut bases = read_bases(table)?;
    // A page wraps nothing: what it does not say begins at the root.
    while let Some((base, _)) = missing_base(crosswalk, &bases) {
        bases.push((base.into(), Path::default()));
    }
    let leads = leads(crosswalk, &bases);
    let mut page = Page { owner: (format.number, number), ..Page::default() };
    if let Some(node) = table.any("title-at") {
        page.title = Some(place(node, &mut page, &leads)?);
    }
    for node in table.list("labels") {
        let label = read_label(node, &mut page, &leads)?;
        page.labels.push(label);
    }
    for node in table.list("banners") {
        let banner = read_banner(node, &mut page, &leads)?;
        page.banners.push(banner);
    }
    if page.labels.is_empty() {
        return Err(Misfit::at(table.node(), "a page has `labels`"));
    }
    let wordings = |texts: Vec<(&str, NodeRef<'_>)>| texts.into_iter().map(|(text, _)| Wording::new(text)).collect();
    page.skip = wordings(table.texts("skip")?);
    page.end = wordings(table.texts("end")?);
    let title = table.need_text("title")?.into();
    let has_label = |lead: &Vec<&Name>| page.places.iter().any(|target| lead.iter().copied().eq(&target.lead));
    let labelled = leads.iter().filter(|(_, lead)| has_label(lead)).map(|(field, _)| *field).collect();
    let body = Path::default();
    Ok(Carrier {
        number,
        name,
        title,
        shape: Shape::LabelLines,
        layout: None,
        patterns: Vec::new(),
        names: Vec::new(),
        schema: None,
        schema_at: body.clone(),
        body,
        bases,
        crosswalk: Arc::clone(crosswalk),
        look_up: None,
        page: Some(Arc::new(page)),
        labelled,
        trie: OnceLock::new(),
    })
}

/// The names that lead to each field, from the record's root.
type Leads<'c> = [(FieldId, Vec<&'c Name>)];

fn leads<'c>(crosswalk: &'c Crosswalk, bases: &'c Bases) -> Vec<(FieldId, Vec<&'c Name>)> {
    static BODY: Path = Path { base: None, steps: Vec::new() };
    let routes = crosswalk.routes.iter();
    let lead = routes.map(|route| {
        let (before, outer) = crosswalk.before(route, bases, &BODY);
        let steps = before.iter().chain(outer).chain(&route.path.steps);
        let names = steps.map_while(|step| if let Step::Key(name) = step { Some(name) } else { None });
        (route.field, names.collect())
    });
    lead.collect()
}

fn read_label(node: NodeRef<'_>, page: &mut Page, leads: &Leads<'_>) -> Result<Label, Misfit> {
    const TAKES: [(&str, Takes); 3] = [("one", Takes::One), ("each", Takes::Each), ("all", Takes::All)];
    let mut table = Table::new(node)?;
    let says = says(&mut table)?;
    let known = |says: &str| page.labels.iter().any(|label| label.says.iter().any(|known| **known == *says));
    if let Some((twice, at)) = says.iter().find(|(says, _)| known(says)) {
        return Err(Misfit::at(*at, format!("there is a label `{twice}` already")));
    }
    let takes = match table.any("lines") {
        None => Takes::default(),
        Some(node) => {
            let word = text("lines", node)?;
            let found = TAKES.iter().find(|(name, _)| *name == word).map(|(_, takes)| *takes);
            found.ok_or_else(|| {
                Misfit::at(node, format!("there is no `{word}` lines")).help(suggest(word, TAKES.map(|(name, _)| name)))
            })?
        }
    };
    let label = Label {
        says: says.into_iter().map(|(says, _)| says.into()).collect(),
        place: table.any("to").map(|node| place(node, page, leads)).transpose()?,
        values: table.texts("values")?.into_iter().map(|(value, _)| value.into()).collect(),
        split: table.text("split")?.filter(|between| !between.is_empty()).map(Into::into),
        takes,
        link: table.flag("link", false)?,
    };
    table.done()?;
    Ok(label)
}

fn read_banner(node: NodeRef<'_>, page: &mut Page, leads: &Leads<'_>) -> Result<Banner, Misfit> {
    let mut table = Table::new(node)?;
    let says = says(&mut table)?.into_iter().map(|(says, _)| Wording::new(says)).collect();
    let to = table.any("to").ok_or_else(|| Misfit::at(node, "`to` is missing here"))?;
    let means = match table.any("value") {
        None => None,
        Some(value) => Some(match value.kind() {
            Kind::True | Kind::False => Meaning::Flag(value.kind() == Kind::True),
            _ => Meaning::Text(text("value", value)?.into()),
        }),
    };
    let banner = Banner { says, place: place(to, page, leads)?, means };
    table.done()?;
    Ok(banner)
}

fn says<'a>(table: &mut Table<'a>) -> Result<Vec<(&'a str, NodeRef<'a>)>, Misfit> {
    let says = table.texts("says")?;
    match says.iter().find(|(says, _)| says.trim().trim_end_matches('*').is_empty()) {
        Some((_, node)) => Err(Misfit::at(*node, "nothing stands here")),
        None if says.is_empty() => Err(Misfit::at(table.node(), "`says` is missing here")),
        None => Ok(says),
    }
}

/// The number of the place that a path leads to: names, one list at most, names.
fn place(node: NodeRef<'_>, page: &mut Page, leads: &Leads<'_>) -> Result<usize, Misfit> {
    let path = Path::without_base(text("to", node)?).map_err(|fault| fault.at(node))?;
    let mut target = Target { lead: Vec::new(), list: false, within: Vec::new() };
    for step in path.steps {
        match step {
            Step::Key(name) if target.list => target.within.push(name),
            Step::Key(name) => target.lead.push(name),
            Step::Every if !target.list => target.list = true,
            _ => return Err(Misfit::at(node, "here a path has names and one `*` at most")),
        }
    }
    if target.lead.is_empty() {
        return Err(Misfit::at(node, "this path begins with no name"));
    }
    if !leads.iter().any(|(_, lead)| lead.iter().copied().eq(&target.lead)) {
        return Err(Misfit::at(node, "the format's crosswalk has no field there")
            .help("leave out `to` where the label is only to be known"));
    }
    if let Some(known) = page.places.iter().position(|known| *known == target) {
        return Ok(known);
    }
    let clash = page.places.iter().any(|known| {
        let shorter = known.lead.len().min(target.lead.len());
        known.lead[..shorter] == target.lead[..shorter]
            && (known.lead.len() != target.lead.len() || known.list != target.list || !target.list)
    });
    if clash {
        return Err(Misfit::at(node, "another path leads to a value where this one goes on, or the other way round"));
    }
    page.places.push(target);
    Ok(page.places.len() - 1)
}
