//! A format's crosswalk: where in its records each field stands.

use crate::document::{Kind, Misfit, NodeRef, Table, suggest, text};
use crate::value::{date, doi, language, license};

use super::entities::LookUp;
use super::extract::{Form, style};
use super::field::{FieldId, FieldKind, FieldTable};
use super::path::{Path, Step};
use super::trie::{Emit, Trie};

/// One path of a field.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) field: FieldId,
    pub(crate) path: Path,
    /// For the field of an entry: the entry's path comes first.
    pub(crate) entry: Option<usize>,
    alternative: u8,
    form: Form,
    /// Bytes of the path in the format's file.
    pub(crate) span: std::ops::Range<usize>,
}

/// Where each field stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crosswalk {
    /// The paths of every field, in the order in which they are written; entries before their fields.
    pub(crate) routes: Vec<Route>,
}

impl Crosswalk {
    /// Reads the table `[crosswalk]`.
    pub(crate) fn read(node: NodeRef<'_>, fields: &FieldTable) -> Result<Self, Misfit> {
        let mut crosswalk = Self::default();
        for (key, value) in node.members() {
            let field = fields.need(key.raw_text(), key)?;
            crosswalk.read_field(field, value, fields, None)?;
        }
        Ok(crosswalk)
    }

    /// Reads where one field stands: a path, a list of alternatives, or a table with `at` or `all`.
    fn read_field(
        &mut self,
        field: FieldId,
        node: NodeRef<'_>,
        fields: &FieldTable,
        entry: Option<usize>,
    ) -> Result<(), Misfit> {
        match node.kind() {
            Kind::Array => self.alternatives(field, node, fields, entry),
            Kind::Object => {
                let mut table = Table::new(node)?;
                let form = read_form(&mut table, fields.get(field).kind)?;
                let first_of = table.any("at");
                let union = table.any("all");
                no_unknown_key(field, node, fields)?;
                let (paths, is_union) = match (first_of, union) {
                    (Some(paths), None) => (paths, false),
                    (None, Some(paths)) => (paths, true),
                    _ => {
                        return Err(Misfit::at(
                            node,
                            "either `at` (the first that has a value) or `all` says where it stands",
                        ));
                    }
                };
                let first_route = self.routes.len();
                let nodes: Vec<_> = if paths.kind() == Kind::Array { paths.elements().collect() } else { vec![paths] };
                for (position, node) in nodes.into_iter().enumerate() {
                    let alternative = if is_union { 0 } else { position };
                    self.route(field, node, fields, entry, (alternative, form))?;
                }
                self.read_entry(field, node, fields, first_route)
            }
            _ => self.route(field, node, fields, entry, (0, default_form(fields.get(field).kind))),
        }
    }

    fn alternatives(
        &mut self,
        field: FieldId,
        node: NodeRef<'_>,
        fields: &FieldTable,
        entry: Option<usize>,
    ) -> Result<(), Misfit> {
        let form = default_form(fields.get(field).kind);
        for (position, element) in node.elements().enumerate() {
            self.route(field, element, fields, entry, (position, form))?;
        }
        Ok(())
    }

    /// The other keys of an entry's table are its own fields, relative to each of its paths.
    fn read_entry(
        &mut self,
        entry: FieldId,
        node: NodeRef<'_>,
        fields: &FieldTable,
        first: usize,
    ) -> Result<(), Misfit> {
        let end = self.routes.len();
        for (key, value) in node.members().filter(|(key, _)| !KEYS.contains(&key.raw_text())) {
            let field = fields.need(&format!("{}.{}", fields.get(entry).name, key.raw_text()), key)?;
            for route in first..end {
                self.read_field(field, value, fields, Some(route))?;
            }
        }
        Ok(())
    }

    fn route(
        &mut self,
        field: FieldId,
        node: NodeRef<'_>,
        fields: &FieldTable,
        entry: Option<usize>,
        (alternative, form): (usize, Form),
    ) -> Result<(), Misfit> {
        let written = text("crosswalk", node)?;
        let read = if entry.is_some() { Path::relative(written) } else { Path::absolute(written) };
        let path = read.map_err(|fault| fault.at(node))?;
        if fields.get(field).kind == FieldKind::Date && form == Form::Any {
            return Err(Misfit::at(node, "a date needs a `form`: `{ at = ..., form = \"w3cdtf\" }`"));
        }
        let alternative = alternative + entry.map_or(0, |entry| 8 * usize::from(self.routes[entry].alternative));
        let alternative =
            u8::try_from(alternative).map_err(|_| Misfit::at(node, "a field has at most 255 alternatives"))?;
        self.routes.push(Route { field, path, entry, alternative, form, span: node.span() });
        Ok(())
    }

    /// All paths as one trie. `bases` leads from the name of a base to its steps from the record's root; `body` are
    /// the steps to where paths without a base begin; `look_up` says where references lead.
    pub(crate) fn compile(
        &self,
        fields: &FieldTable,
        (bases, body): (&[(Box<str>, Path)], &Path),
        look_up: Option<LookUp>,
    ) -> Trie {
        let mut trie = Trie::new(look_up);
        for route in &self.routes {
            let owner = fields.get(route.field);
            let emit = Emit {
                field: route.field,
                makes_entry: owner.entry.filter(|_| owner.core),
                alternative: route.alternative,
                is_entry: owner.kind == FieldKind::Entry,
                kind: owner.kind,
                form: route.form,
                style: style(owner.kind, route.form),
            };
            let (start, outer) = self.before(route, bases, body);
            trie.insert(start.iter().chain(outer).chain(&route.path.steps), emit);
        }
        trie.finish();
        trie
    }

    /// The steps that come before a route's own: its base's or the body's, and its entry's.
    pub(crate) fn before<'s>(
        &'s self,
        route: &'s Route,
        bases: &'s [(Box<str>, Path)],
        body: &'s Path,
    ) -> (&'s [Step], &'s [Step]) {
        let (owner, outer): (_, &[Step]) = match route.entry.map(|entry| &self.routes[entry]) {
            Some(entry) => (entry, &entry.path.steps),
            None => (route, &[]),
        };
        (base_steps(owner.path.base.as_deref(), bases, body), outer)
    }

    /// The first path of a field, from the record's root.
    pub(crate) fn first(&self, field: FieldId) -> Option<&Route> {
        self.routes.iter().find(|route| route.field == field)
    }

    /// Every path of a field.
    pub(crate) fn of(&self, field: FieldId) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(move |route| route.field == field)
    }
}

/// The steps from the record's root to a base; without a name, to the body.
pub(crate) fn base_steps<'s>(name: Option<&str>, bases: &'s [(Box<str>, Path)], body: &'s Path) -> &'s [Step] {
    match name {
        None => &body.steps,
        Some(name) => bases.iter().find(|(base, _)| **base == *name).map_or(&[], |(_, path)| &path.steps),
    }
}

/// What the table of any field may have.
const KEYS: [&str; 3] = ["at", "all", "form"];

/// A key that is misspelt is named before what is missed for want of it.
fn no_unknown_key(field: FieldId, node: NodeRef<'_>, fields: &FieldTable) -> Result<(), Misfit> {
    let own = &*fields.get(field).name;
    let parts = fields.names().filter_map(|name| name.strip_prefix(own)?.strip_prefix('.'));
    let known = KEYS.into_iter().chain(parts);
    match node.members().map(|(key, _)| key).find(|key| !known.clone().any(|name| name == key.raw_text())) {
        None => Ok(()),
        Some(key) => {
            let name = key.raw_text();
            Err(Misfit::at(key, format!("`{name}` is not known here")).help(suggest(name, known)))
        }
    }
}

/// The form of a path's values where the format says nothing.
fn default_form(kind: FieldKind) -> Form {
    match kind {
        FieldKind::Doi => Form::Doi(doi::Form::Any),
        FieldKind::Language => Form::Language(language::Form::Any),
        FieldKind::License => Form::License(license::Form::Any),
        _ => Form::Any,
    }
}

/// Reads `form`, which says how strictly a path's dates or DOIs are written.
fn read_form(table: &mut Table<'_>, kind: FieldKind) -> Result<Form, Misfit> {
    const FORMS: [(&str, FieldKind, Form); 15] = [
        ("w3cdtf", FieldKind::Date, Form::Date(date::Form::W3cdtf)),
        ("day", FieldKind::Date, Form::Date(date::Form::Day)),
        ("rkms", FieldKind::Date, Form::Date(date::Form::Rkms)),
        ("year", FieldKind::Date, Form::Date(date::Form::Year)),
        ("dspace", FieldKind::Date, Form::Date(date::Form::Dspace)),
        ("edtf-0", FieldKind::Date, Form::Date(date::Form::Edtf0)),
        ("edtf-1", FieldKind::Date, Form::Date(date::Form::Edtf1)),
        ("bare", FieldKind::Doi, Form::Doi(doi::Form::Bare)),
        ("any", FieldKind::Doi, Form::Doi(doi::Form::Any)),
        ("any", FieldKind::Language, Form::Language(language::Form::Any)),
        ("bcp47", FieldKind::Language, Form::Language(language::Form::Bcp47)),
        ("dspace", FieldKind::Language, Form::Language(language::Form::Dspace)),
        ("any", FieldKind::License, Form::License(license::Form::Any)),
        ("spdx", FieldKind::License, Form::License(license::Form::Spdx)),
        ("html", FieldKind::Text, Form::Html),
    ];
    let Some(node) = table.any("form") else {
        return Ok(default_form(kind));
    };
    let word = text("form", node)?;
    let of_kind = FORMS.iter().filter(|(_, of, _)| *of == kind);
    of_kind.clone().find(|(name, ..)| *name == word).map(|(.., form)| *form).ok_or_else(|| {
        let names: Vec<_> = of_kind.map(|(name, ..)| *name).collect();
        Misfit::at(node, format!("a {} has no form `{word}`", kind.name())).help(suggest(word, names))
    })
}
