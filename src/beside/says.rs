//! What a record or a manifest says of the software that it describes.

use std::ops::Range;

use crate::document::{Document, Kind, NodeRef, Position, Source};
use crate::format::{FieldId, FieldTable, FieldValue, Fields, Path};
use crate::value::doi;
use crate::value::name::{Name, folded};

use super::Spot;
use super::kinds::{Kinds, Manifest};
use super::persons::{self, AuthorOrNot};

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct Says {
    pub(crate) version: Option<Said>,
    pub(crate) licenses: Vec<Said>,
    /// Authors, then those who only contributed.
    pub(crate) people: Vec<Person>,
    /// In small letters.
    pub(crate) dois: Vec<Said>,
    pub(crate) title: Option<Said>,
    /// What kinds of thing it is.
    pub(super) types: Vec<Box<str>>,
    /// Of a manifest: what its package is called.
    pub(super) package: Option<Box<str>>,
    /// It leaves something to the manifest above.
    pub(super) inherits: bool,
}

/// One text, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) text: Box<str>,
    pub(crate) at: Spot,
}

/// Somebody who is named.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Family and given name, where they stand apart.
    parts: Option<(Box<str>, Box<str>)>,
    /// The name as it is shown.
    pub(crate) shown: Box<str>,
    pub(crate) orcid: Option<Box<str>>,
    /// What the file says of the kind of name.
    pub(crate) name_type: Option<Box<str>>,
    /// No author, but somebody who contributed.
    pub(crate) contributed: bool,
    pub(crate) at: Spot,
}

impl Person {
    fn new(shown: &str, at: Spot) -> Self {
        Self { parts: None, shown: shown.trim().into(), orcid: None, name_type: None, contributed: false, at }
    }

    /// The name, for comparing.
    pub(crate) fn name(&self) -> Name<'_> {
        match &self.parts {
            Some((family, given)) => Name::parted(family, given),
            None => Name::read(&self.shown),
        }
    }

    /// The name as a text that stands there.
    pub(crate) fn said(&self) -> Said {
        Said { text: self.shown.clone(), at: self.at.clone() }
    }

    /// The parts of the name can be told apart: it is a person's.
    pub(crate) fn is_parted(&self) -> bool {
        self.parts.is_some() || self.shown.contains(',')
    }
}

/// Where a file's values stand.
pub(super) struct Spots<'a>(pub(super) &'a Source<'a>);

impl Spots<'_> {
    fn of(&self, node: NodeRef<'_>) -> Spot {
        self.at(node, &node.span())
    }

    fn at(&self, node: NodeRef<'_>, span: &Range<usize>) -> Spot {
        let (start, end) = self.0.positions(span);
        let mut pointer = String::new();
        node.push_pointer(&mut pointer);
        Spot { node: node.index, pointer, start, end }
    }
}

/// The spot of a value of the record that is judged.
fn own_spot(node: NodeRef<'_>) -> Spot {
    const START: Position = Position { byte: 0, line: 1, column: 1 };
    Spot { node: node.index, pointer: String::new(), start: START, end: START }
}

impl Says {
    /// What the record that is judged says.
    pub(crate) fn of_own(fields: Fields<'_>, table: &FieldTable) -> Self {
        Self::of_record(fields, table, &own_spot)
    }

    /// What a record in another file says.
    pub(super) fn of_other(fields: Fields<'_>, table: &FieldTable, spots: &Spots<'_>) -> Self {
        Self::of_record(fields, table, &|node| spots.of(node))
    }

    /// Its title is the name of the manifest's package, or that with something behind: "floods: how they come".
    pub(super) fn has_name_of(&self, manifest: &Self) -> bool {
        const ENDS: [&str; 5] = [":", " (", " – ", " — ", " - "];
        let (Some(title), Some(package)) = (&self.title, &manifest.package) else { return false };
        let name = |text: &str| folded(text).collect::<String>();
        let package = name(package.rsplit('/').next().unwrap_or_default());
        let starts = ENDS.iter().filter_map(|end| Some(title.text.split_once(end)?.0));
        !package.is_empty() && starts.chain([&*title.text]).any(|start| name(start) == package)
    }

    /// The same without what the manifest below says itself.
    pub(super) fn without(mut self, below: &Self) -> Self {
        self.version = self.version.filter(|_| below.version.is_none());
        self.licenses.retain(|_| below.licenses.is_empty());
        self.people.retain(|_| below.people.is_empty());
        self
    }

    fn of_record(fields: Fields<'_>, table: &FieldTable, spot: &dyn Fn(NodeRef<'_>) -> Spot) -> Self {
        let said = |value: FieldValue<'_>| Said { text: value.text().trim().into(), at: spot(value.node) };
        let texts = |name: &str| {
            let values = table.id(name).into_iter().flat_map(move |field| fields.values(field));
            values.filter(|value| !value.node.is_container())
        };
        let dois = ["doi", "other-identifier"].into_iter().flat_map(texts).filter_map(|value| {
            let doi = doi::parse(value.text().trim(), doi::Form::Any).ok()?;
            Some(Said { text: doi.canonical().into(), at: spot(value.node) })
        });
        let mut named = people(fields, table, "creator", spot);
        let contributors = people(fields, table, "contributor", spot).into_iter();
        named.extend(contributors.map(|person| Person { contributed: true, ..person }));
        Self {
            version: texts("version").next().map(said),
            licenses: texts("license-id").map(said).collect(),
            dois: dois.collect(),
            title: texts("title").next().map(said),
            types: texts("type").map(|value| value.text().trim().into()).collect(),
            people: named,
            ..Self::default()
        }
    }

    /// What a manifest says; where it `is_above`, what those below leave to it.
    pub(super) fn of_manifest(
        document: &Document<'_>,
        (kinds, manifest): (&Kinds, &Manifest),
        spots: &Spots<'_>,
        is_above: bool,
    ) -> Option<Self> {
        let root = document.root()?;
        let mut is_private = false;
        for path in &manifest.private {
            path.each(root, |node| is_private |= node.kind() == Kind::True);
        }
        if is_private {
            return None;
        }
        let mut says = Self::default();
        // What those below leave to it stands in a part of it.
        let is_there = |path: &&Path| {
            let start = manifest.inherits.as_ref().filter(|_| is_above);
            start.is_none_or(|start| path.steps.starts_with(&start.steps))
        };
        let mut leaves = |paths: &[Path]| {
            let mut found: Vec<NodeRef<'_>> = Vec::new();
            for path in paths.iter().filter(is_there) {
                path.each(root, |node| match node.kind() {
                    Kind::String | Kind::Number if !kinds.is_not_said(node.plain().trim()) => found.push(node),
                    Kind::Object => says.inherits |= manifest.inherits.is_some() && !is_above,
                    _ => {}
                });
                if !found.is_empty() {
                    break;
                }
            }
            found
        };
        let package = leaves(&manifest.package).first().map(|node| node.plain().trim().into());
        let one = |node: &NodeRef<'_>| Said { text: node.plain().trim().into(), at: spots.of(*node) };
        let version = leaves(&manifest.version).first().map(one);
        let licenses = leaves(&manifest.license).iter().map(one).collect();
        let title = leaves(&manifest.title).first().map(one);
        let mut people: Vec<_> = leaves(&manifest.creator)
            .iter()
            .map(|node| Person::new(bare_name(node.plain()), spots.of(*node)))
            .collect();
        for code in leaves(&manifest.persons) {
            let parted = |AuthorOrNot { family, given, is_author }: AuthorOrNot| Person {
                parts: Some((family.as_str().into(), given.as_str().into())),
                contributed: !is_author,
                ..Person::new(&format!("{given} {family}"), spots.of(code))
            };
            people.extend(persons::read(code.plain()).into_iter().flatten().map(parted));
        }
        people.retain(|person| person.shown.chars().any(char::is_alphabetic));
        Some(Self { version, licenses, people, title, package, ..says })
    }
}

/// A name without the address behind it: `Ruth Keller <ruth@example.org> (https://example.org)`.
fn bare_name(text: &str) -> &str {
    text.split(['<', '(']).next().unwrap_or_default().trim()
}

/// The people of one field of a record.
fn people(fields: Fields<'_>, table: &FieldTable, field: &str, spot: &dyn Fn(NodeRef<'_>) -> Spot) -> Vec<Person> {
    let Some(entry) = table.id(field) else { return Vec::new() };
    let part = |name: &str| table.id(&format!("{field}.{name}"));
    let parts = ["name", "family", "given", "orcid", "name-type"].map(part);
    let mut people = Vec::new();
    for value in fields.values(entry) {
        let of = |part: Option<FieldId>| {
            let mut values = fields.all(part?).filter(|one| one.hit.entry == value.number && !one.hit.blank);
            values.find(|one| !one.node.is_container())
        };
        let [whole, family, given, orcid, name_type] = parts.map(of);
        let plain = (!value.node.is_container()).then_some(value);
        let Some(shown) = family.or(whole).or(given).or(plain) else { continue };
        let text = |value: Option<FieldValue<'_>>| value.map(|value| value.text().trim().into());
        let parted = family.zip(given).map(|(family, given)| (family.text().trim(), given.text().trim()));
        let name = match (parted, whole) {
            (Some((family, given)), _) => format!("{given} {family}"),
            (None, Some(whole)) => whole.text().to_owned(),
            (None, None) => shown.text().to_owned(),
        };
        people.push(Person {
            parts: parted.map(|(family, given)| (family.into(), given.into())),
            orcid: text(orcid),
            name_type: text(name_type),
            ..Person::new(&name, spot(shown.node))
        });
    }
    people
}
