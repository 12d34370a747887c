//! A carrier: one shape in which a format's records come, and where in it the fields are.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::document::{NodeRef, Shape};
use crate::syntax::page::Page;
use crate::syntax::table::Layout;

use super::crosswalk::{Crosswalk, Route, base_steps};
use super::entities::{Entities, LookUp};
use super::field::{FieldId, FieldSet, FieldTable};
use super::path::{Followed, Path, Step, each_of, first_of, follow};
use super::recognise::{Pattern, Sketch};
use super::trie::Trie;

/// One shape in which a format's records come.
#[derive(Debug)]
pub struct Carrier {
    /// Its place among the format's carriers.
    pub(crate) number: usize,
    /// Its name: `rest-item`.
    pub name: Box<str>,
    /// What it is, for people: "DSpace REST item".
    pub title: Box<str>,
    /// What its values are like: a pattern is tried on such alone.
    pub(crate) shape: Shape,
    /// Of a carrier whose records are rows: how its tables are written.
    pub(crate) layout: Option<Arc<Layout>>,
    pub(super) patterns: Vec<Pattern>,
    /// Names of files that hold such records, whatever they look like: `.zenodo.json`.
    pub(super) names: Vec<Box<str>>,
    pub(crate) body: Path,
    pub(crate) bases: Vec<(Box<str>, Path)>,
    /// The JSON Schema of the record's body.
    pub schema: Option<SchemaFile>,
    /// Where in the record what the schema describes stands.
    pub(crate) schema_at: Path,
    pub(crate) crosswalk: Arc<Crosswalk>,
    /// Where the entities stand to which values refer.
    pub(crate) look_up: Option<LookUp>,
    /// The labels of the page of which it is a copy.
    pub(crate) page: Option<Arc<Page>>,
    /// The fields that have a label on that page.
    pub(crate) labelled: FieldSet,
    pub(super) trie: OnceLock<Trie>,
}

/// A JSON Schema in a format's folder.
#[derive(Clone, Debug)]
pub struct SchemaFile {
    /// Its path.
    pub path: Box<str>,
    /// Its text.
    pub(crate) text: &'static str,
    /// A pointer to the part that applies.
    pub(crate) fragment: Box<str>,
    /// Where the format's file names it, in bytes.
    pub(crate) span: Range<usize>,
}

impl Carrier {
    /// The value, which has this shape and whose names `sketch` has, is such a record.
    pub(super) fn takes(&self, shape: Shape, value: NodeRef<'_>, sketch: &Sketch) -> bool {
        self.shape == shape && self.patterns.iter().any(|pattern| pattern.matches(value, sketch))
    }

    /// Files of this name hold such a record, and no other.
    pub(crate) fn is_named(&self, path: &str) -> bool {
        let is_called = |before: &str| before.is_empty() || before.ends_with('/');
        self.names.iter().any(|name| path.strip_suffix(&**name).is_some_and(is_called))
    }

    /// What a file is called that holds such a record, if it has a name of its own.
    pub(crate) fn file_name(&self) -> Option<&str> {
        self.names.first().map(|name| &**name)
    }

    /// The crosswalk's trie, made when the first such record is met.
    pub(crate) fn trie(&self, fields: &FieldTable) -> &Trie {
        self.trie.get_or_init(|| self.crosswalk.compile(fields, (&self.bases, &self.body), self.look_up.clone()))
    }

    /// How far the paths of `field` lead in a record of this root, in the order in which it is looked for.
    pub(crate) fn follow<'a>(&self, field: FieldId, root: NodeRef<'a>) -> impl Iterator<Item = Followed<'a, '_>> {
        let entities = Entities::new(self.look_up.as_ref(), root);
        self.crosswalk.of(field).map(move |route| self.follow_route(route, root, &entities))
    }

    /// The base of a path may lead through lists and look-ups; from there on its names are followed.
    fn follow_route<'a, 's>(
        &'s self,
        route: &'s Route,
        root: NodeRef<'a>,
        entities: &Entities<'a, '_>,
    ) -> Followed<'a, 's> {
        let (start, outer) = self.crosswalk.before(route, &self.bases, &self.body);
        let own = outer.iter().chain(&route.path.steps);
        if start.iter().all(|step| matches!(step, Step::Key(_))) {
            return follow(start.iter().chain(own), root);
        }
        let Some(node) = first_of(start, root, entities) else { return Followed { node: root, keys: 0, absent: None } };
        let followed = follow(own, node);
        Followed { keys: followed.keys + start.len(), ..followed }
    }

    /// Every value that `path` leads to in a record of this root: from a base, else from the body.
    pub(crate) fn each<'a>(&self, path: &Path, root: NodeRef<'a>, mut visit: impl FnMut(NodeRef<'a>)) {
        let knows = |base: &str| self.bases.iter().any(|(name, _)| **name == *base);
        if path.base.as_deref().is_none_or(knows) {
            let start = base_steps(path.base.as_deref(), &self.bases, &self.body);
            let entities = Entities::new(self.look_up.as_ref(), root);
            each_of(start, (root, &entities), &mut |node| each_of(&path.steps, (node, &entities), &mut visit));
        }
    }

    /// The key under which a user would look for `field`: `dc.rights`, `container.title`.
    pub(crate) fn key_of(&self, field: FieldId) -> Option<String> {
        key(self.crosswalk.first(field)?)
    }

    /// The key that a record of this root has for `field`, be it with nothing in it: a column `dcterms.type`; else that
    /// under which a user would look for it.
    pub(crate) fn key_in(&self, field: FieldId, root: NodeRef<'_>) -> Option<String> {
        let entities = Entities::new(self.look_up.as_ref(), root);
        let is_there = |route: &&Route| self.follow_route(route, root, &entities).absent.is_none();
        self.crosswalk.of(field).filter(is_there).find_map(key).or_else(|| self.key_of(field))
    }

    /// All paths of `field`, from the record's root.
    pub(crate) fn paths(&self, field: FieldId) -> impl Iterator<Item = Path> {
        self.crosswalk.of(field).map(|route| Path { base: None, steps: self.steps(route).cloned().collect() })
    }

    /// What such a record is recognised by, in words; any of them suffices.
    pub(crate) fn sought(&self) -> impl Iterator<Item = String> {
        let names = self.names.iter().map(|name| format!("the file is called `{name}`"));
        let page = self.page.iter().map(|page| page.sought());
        self.patterns.iter().map(Pattern::sought).chain(names).chain(page)
    }

    /// What `value` was recognised by, in words.
    pub(crate) fn recognised_by(&self, value: NodeRef<'_>) -> String {
        if self.page.is_some() {
            return "its labels stand alone on lines".to_owned();
        }
        let sketch = Sketch::of(value);
        let pattern = self.patterns.iter().find(|pattern| pattern.matches(value, &sketch));
        pattern.map_or_else(|| "the file is so called".to_owned(), Pattern::sought)
    }

    /// The first thing for which `value` was not recognised, in words.
    pub(crate) fn not_recognised_by(&self, value: NodeRef<'_>) -> String {
        if self.page.is_some() {
            return "it is no text in which labels stand alone on lines".to_owned();
        }
        let unmet = self.patterns.iter().find_map(|pattern| pattern.unmet(value));
        format!("it is not so that {}", unmet.unwrap_or_default())
    }

    pub(super) fn steps<'s>(&'s self, route: &'s Route) -> impl Iterator<Item = &'s Step> {
        let (start, outer) = self.crosswalk.before(route, &self.bases, &self.body);
        start.iter().chain(outer).chain(&route.path.steps)
    }

    /// How many names lead from the record's root to where the fields of the record itself stand on this path.
    pub(crate) fn depth_of_record(&self, field: FieldId) -> usize {
        let base = self.crosswalk.first(field).and_then(|route| route.path.base.as_deref());
        base_steps(base, &self.bases, &self.body).len()
    }
}

/// The names that lead to a route's values, as a user writes them.
fn key(route: &Route) -> Option<String> {
    let names: Vec<_> = route.path.leading_keys().map(|name| &*name.text).collect();
    (!names.is_empty()).then(|| names.join("."))
}
