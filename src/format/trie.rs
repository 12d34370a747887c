//! A crosswalk compiled: all its paths as one trie that walks a record once.

use crate::document::{Kind, Name, NodeRef};
use crate::value::text::Style;

use super::entities::LookUp;
use super::extract::{Extract, Form, NO_HIT};
use super::field::{FieldId, FieldKind};
use super::filter::{Filter, Test};
use super::names::KeyTable;
use super::path::Step;

/// What a value at the end of a path is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Emit {
    pub(crate) field: FieldId,
    /// The entry the field is part of, if having this makes the entry somebody.
    pub(crate) makes_entry: Option<FieldId>,
    /// Which of the field's alternative paths this is.
    pub(crate) alternative: u8,
    /// The field is an entry: what is found below belongs to it.
    pub(crate) is_entry: bool,
    /// What the field's values are.
    pub(crate) kind: FieldKind,
    /// The form in which the format wants it here.
    pub(crate) form: Form,
    /// As which kind of text it is judged, if it is one.
    pub(crate) style: Option<Style>,
}

/// The texts of a filter, and where each leads.
type Texts = Vec<(Box<str>, u32)>;

/// Where the trie stands: what ends here, and where each kind of step leads.
#[derive(Debug, Default)]
struct State {
    /// What ends here, until all paths are in.
    ends: Vec<Emit>,
    /// The first of `emits` that end here, and how many do.
    emits: (u32, u32),
    keys: KeyTable,
    prefixes: Vec<(Box<str>, u32)>,
    every: Option<u32>,
    one_or_list: Option<u32>,
    /// Of filters that compare a member with a text, by the member: its texts, and where each leads.
    filters: Vec<(Name, Texts)>,
    /// All other filters.
    tests: Vec<(Filter, u32)>,
    /// Where what the value refers to leads.
    look_up: Option<u32>,
    /// `filters`, `tests` or `look_up` lead on.
    has_filters: bool,
    /// Members lead on whose name is not one of `keys`.
    has_patterns: bool,
}

impl State {
    /// Makes the look-ups quick, when all paths are in.
    fn finish(&mut self) {
        self.keys.finish();
        self.has_patterns = !self.prefixes.is_empty() || self.every.is_some();
        self.has_filters = !self.filters.is_empty() || !self.tests.is_empty() || self.look_up.is_some();
    }

    /// Nothing leads on from here.
    fn is_end(&self) -> bool {
        !self.has_patterns && !self.has_filters && self.keys.names.is_empty() && self.one_or_list.is_none()
    }

    /// Where each step leads.
    fn children(&mut self) -> impl Iterator<Item = &mut u32> {
        let texts = self.filters.iter_mut().flat_map(|(_, texts)| texts).map(|(_, child)| child);
        let names = self.keys.names.iter_mut().map(|(_, child)| child);
        let others = [&mut self.every, &mut self.one_or_list, &mut self.look_up].into_iter().flatten();
        let prefixes = self.prefixes.iter_mut().map(|(_, child)| child);
        names.chain(prefixes).chain(others).chain(texts).chain(self.tests.iter_mut().map(|(_, child)| child))
    }
}

/// Where a step leads is not a state, but the end of a path: in the lowest bits how many values it gives, then the
/// first of them. Nearly every path ends where nothing leads on, and so without a look at a state.
const END: u32 = 1 << 31;
const COUNT_BITS: u32 = 4;

/// One large entity to which thousands refer is looked at thousands of times: no more values in all than this for each
/// of the record's, and so many besides. What is referred to beyond is passed over.
const MOST_LOOKED_UP: usize = 16;
const LEAST_LOOKED_UP: usize = 1_000_000;

/// The trie of one carrier's crosswalk.
#[derive(Debug)]
pub(crate) struct Trie {
    states: Vec<State>,
    emits: Vec<Emit>,
    /// Where the entities stand that values refer to.
    look_up: Option<LookUp>,
}

#[expect(clippy::cast_possible_truncation, reason = "a crosswalk has few steps")]
impl Trie {
    /// An empty one for records in which references are looked up so.
    pub(crate) fn new(look_up: Option<LookUp>) -> Self {
        Self { states: vec![State::default()], emits: Vec::new(), look_up }
    }

    /// Adds a path whose values are `emit`.
    pub(crate) fn insert<'s>(&mut self, steps: impl Iterator<Item = &'s Step>, emit: Emit) {
        let end = steps.fold(0, |state, step| self.child(state, step));
        self.states[end as usize].ends.push(emit);
    }

    /// Makes the look-ups quick, when all paths are in.
    pub(crate) fn finish(&mut self) {
        let mut leads = Vec::with_capacity(self.states.len());
        for (number, state) in self.states.iter_mut().enumerate() {
            state.finish();
            let (first, count) = (self.emits.len() as u32, state.ends.len() as u32);
            state.emits = (first, count);
            self.emits.append(&mut state.ends);
            // What ends where an entry does belongs to it, of which a visit takes care.
            let owned = count > 1 && self.emits[first as usize..].iter().any(|emit| emit.is_entry);
            let fits = !owned && count < 1 << COUNT_BITS && first < END >> COUNT_BITS;
            leads.push(if state.is_end() && fits { END | first << COUNT_BITS | count } else { number as u32 });
        }
        for child in self.states.iter_mut().flat_map(State::children) {
            *child = leads[*child as usize];
        }
    }

    /// Where `step` leads from `state`; a new state if nothing went there yet.
    fn child(&mut self, state: u32, step: &Step) -> u32 {
        let fresh = self.states.len() as u32;
        let at = &mut self.states[state as usize];
        let known = match step {
            Step::Key(name) => at.keys.child(name),
            Step::Prefix(prefix) => at.prefixes.iter().find(|(known, _)| known == prefix).map(|(_, child)| *child),
            Step::Every => at.every,
            Step::OneOrList => at.one_or_list,
            Step::LookUp => at.look_up,
            Step::Filter(Filter { member: Some(name), test: Test::Equals, text }) => at
                .filters
                .iter()
                .find(|(key, _)| key == name)
                .and_then(|(_, texts)| texts.iter().find(|(known, _)| known == text))
                .map(|(_, child)| *child),
            Step::Filter(filter) => at.tests.iter().find(|(known, _)| known == filter).map(|(_, child)| *child),
        };
        if let Some(child) = known {
            return child;
        }
        match step {
            Step::Key(name) => at.keys.names.push((name.clone(), fresh)),
            Step::Prefix(prefix) => at.prefixes.push((prefix.clone(), fresh)),
            Step::Every => at.every = Some(fresh),
            Step::OneOrList => at.one_or_list = Some(fresh),
            Step::LookUp => at.look_up = Some(fresh),
            Step::Filter(Filter { member: Some(name), test: Test::Equals, text }) => {
                match at.filters.iter_mut().find(|(key, _)| key == name) {
                    Some((_, texts)) => texts.push((text.clone(), fresh)),
                    None => at.filters.push((name.clone(), vec![(text.clone(), fresh)])),
                }
            }
            Step::Filter(filter) => at.tests.push((filter.clone(), fresh)),
        }
        self.states.push(State::default());
        fresh
    }

    /// Walks the record once and notes every value of every field. Paths are finite, and so is the walk, also where
    /// entities refer to one another in a circle.
    pub(crate) fn walk(&self, root: NodeRef<'_>, extract: &mut Extract) {
        if let Some(look_up) = &self.look_up {
            look_up.index(root, &mut extract.entities);
            extract.looked_up = LEAST_LOOKED_UP + MOST_LOOKED_UP * root.document.nodes.len();
        }
        self.visit(0, root, NO_HIT, extract);
    }

    /// Goes on where a step leads.
    #[inline]
    fn go(&self, lead: u32, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        if lead & END == 0 {
            return self.visit(lead, node, entry, extract);
        }
        let first = (lead & !END) >> COUNT_BITS;
        for emit in self.emits_of((first, lead & ((1 << COUNT_BITS) - 1))) {
            extract.push(emit, node, entry);
        }
    }

    #[inline]
    fn emits_of(&self, (first, count): (u32, u32)) -> &[Emit] {
        self.emits.get(first as usize..(first + count) as usize).unwrap_or_default()
    }

    fn visit(&self, state: u32, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        let state = &self.states[state as usize];
        let mut entry = entry;
        for emit in self.emits_of(state.emits) {
            let hit = extract.push(emit, node, entry);
            if emit.is_entry {
                entry = hit;
            }
        }
        if state.has_filters {
            self.visit_filters(state, node, entry, extract);
        }
        match node.kind() {
            Kind::Object => {
                if let Some(child) = state.one_or_list {
                    self.go(child, node, entry, extract);
                }
                self.visit_members(state, node, entry, extract);
            }
            Kind::Array => {
                for child in [state.one_or_list, state.every].into_iter().flatten() {
                    node.elements().for_each(|element| self.go(child, element, entry, extract));
                }
            }
            Kind::Null => {}
            _ => {
                if let Some(child) = state.one_or_list {
                    self.go(child, node, entry, extract);
                }
            }
        }
    }

    /// What leads on where the value, or a member of it, is or is not a text, and at what it refers to.
    fn visit_filters(&self, state: &State, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        for (name, texts) in &state.filters {
            let Some(found) = node.get(name).and_then(NodeRef::text) else { continue };
            if let Some((_, child)) = texts.iter().find(|(text, _)| **text == *found) {
                self.go(*child, node, entry, extract);
            }
        }
        for (filter, child) in &state.tests {
            if filter.holds(node) {
                self.go(*child, node, entry, extract);
            }
        }
        if let (Some(child), Some(look_up)) = (state.look_up, &self.look_up) {
            let entity = look_up.find(node, &extract.entities);
            let cost = if entity == node { 0 } else { self.cost(child, entity) };
            // What costs too much is passed over: nothing is said of it.
            if let Some(left) = extract.looked_up.checked_sub(cost) {
                extract.looked_up = left;
                self.go(child, entity, entry, extract);
            }
        }
    }

    /// How many values are looked at in an entity to which `lead` leads.
    fn cost(&self, lead: u32, entity: NodeRef<'_>) -> usize {
        let Some(state) = self.states.get(lead as usize) else { return 1 };
        let known = entity.members().filter(|(key, _)| state.keys.find(*key).is_some());
        entity.len() + known.map(|(_, value)| value.len()).sum::<usize>()
    }

    #[inline]
    fn visit_members(&self, state: &State, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        if !state.has_patterns {
            match &*state.keys.names {
                [] => return,
                // Behind a filter there is mostly one.
                [(name, child)] => {
                    if let Some(value) = node.get_first(name) {
                        self.go(*child, value, entry, extract);
                    }
                    return;
                }
                _ => {}
            }
        }
        for (key, value) in node.members() {
            if let Some(child) = state.keys.find(key) {
                self.go(child, value, entry, extract);
            }
            if state.has_patterns && key.counts() {
                self.visit_patterns(state, (key, value), entry, extract);
            }
        }
    }

    /// What leads on whatever a member is called, or by how its name begins.
    fn visit_patterns(
        &self,
        state: &State,
        (key, value): (NodeRef<'_>, NodeRef<'_>),
        entry: u32,
        extract: &mut Extract,
    ) {
        for (prefix, child) in &state.prefixes {
            if key.raw_text().starts_with(&**prefix) {
                self.go(*child, value, entry, extract);
            }
        }
        if let Some(child) = state.every {
            self.go(child, value, entry, extract);
        }
    }
}
