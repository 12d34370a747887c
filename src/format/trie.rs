//! A crosswalk compiled: all its paths as one trie that walks a record once.

use crate::document::{Kind, Name, NodeRef};
use crate::value::text::Style;

use super::extract::{Extract, Form, NO_HIT};
use super::field::{FieldId, FieldKind};
use super::filter::{Filter, Test};
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
    emits: Vec<Emit>,
    keys: KeyTable,
    prefixes: Vec<(Box<str>, u32)>,
    every: Option<u32>,
    one_or_list: Option<u32>,
    /// Of filters that compare a member with a text, by the member: its texts, and where each leads.
    filters: Vec<(Name, Texts)>,
    /// All other filters.
    tests: Vec<(Filter, u32)>,
    /// `filters` or `tests` lead on.
    has_filters: bool,
    /// Nothing leads on from here.
    is_end: bool,
    /// Members lead on whose name is not one of `keys`.
    has_patterns: bool,
}

impl State {
    /// Makes the look-ups quick, when all paths are in.
    fn finish(&mut self) {
        self.keys.finish();
        self.has_patterns = !self.prefixes.is_empty() || self.every.is_some();
        self.has_filters = !self.filters.is_empty() || !self.tests.is_empty();
        self.is_end =
            !self.has_patterns && !self.has_filters && self.keys.names.is_empty() && self.one_or_list.is_none();
    }
}

/// Member names by their hash: no two of them in one slot, so that one look tells whether a name is known.
#[derive(Debug, Default)]
struct KeyTable {
    names: Vec<(Name, u32)>,
    /// The hash of a name, and its position among the names; a power of two of them.
    slots: Vec<(u32, u32)>,
    /// By what hashes are multiplied so that they part.
    factor: u32,
}

const EMPTY: u32 = u32::MAX;

#[expect(clippy::cast_possible_truncation, reason = "a crosswalk has few names")]
impl KeyTable {
    fn child(&self, name: &Name) -> Option<u32> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, child)| *child)
    }

    fn finish(&mut self) {
        /// So many factors are tried before there are more slots. Any odd number will do.
        const TRIES: u32 = 64;
        const MOST_SLOTS: usize = 1 << 12;
        if self.names.is_empty() {
            return;
        }
        let mut size = (self.names.len() * 2).next_power_of_two();
        // Two names of one hash cannot be parted: then there are no slots.
        while self.slots.is_empty() && size <= MOST_SLOTS {
            let factors = (0..TRIES).map(|number| 0x9E37_79B1_u32.wrapping_mul(number * 2 + 1));
            for factor in factors {
                if let Some(slots) = self.parted(factor, size) {
                    (self.slots, self.factor) = (slots, factor);
                    break;
                }
            }
            size *= 2;
        }
    }

    /// The slots, if no two names come into one.
    fn parted(&self, factor: u32, size: usize) -> Option<Vec<(u32, u32)>> {
        let mut slots = vec![(0, EMPTY); size];
        for (position, (name, _)) in self.names.iter().enumerate() {
            let slot = &mut slots[slot_of(name.hash, factor, size)];
            if slot.1 != EMPTY {
                return None;
            }
            *slot = (name.hash, position as u32);
        }
        Some(slots)
    }

    #[inline]
    fn find(&self, key: NodeRef<'_>) -> Option<u32> {
        let hash = key.raw().data;
        let Some(&(known, position)) = self.slots.get(slot_of(hash, self.factor, self.slots.len())) else {
            return self.search(key);
        };
        if known != hash {
            return None;
        }
        let (name, child) = self.names.get(position as usize)?;
        (name.is(key.raw_bytes()) && key.counts()).then_some(*child)
    }

    /// Without slots: each name in turn.
    #[cold]
    fn search(&self, key: NodeRef<'_>) -> Option<u32> {
        let known = self.names.iter().find(|(name, _)| key.counts() && key.is_called(name));
        known.map(|(_, child)| *child)
    }
}

/// The upper bits of the product, as many as `size`, a power of two, has.
#[inline]
fn slot_of(hash: u32, factor: u32, size: usize) -> usize {
    (hash.wrapping_mul(factor) >> 16) as usize & size.wrapping_sub(1)
}

/// The trie of one carrier's crosswalk.
#[derive(Debug)]
pub(crate) struct Trie {
    states: Vec<State>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { states: vec![State::default()] }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a crosswalk has few steps")]
impl Trie {
    /// Adds a path whose values are `emit`.
    pub(crate) fn insert<'s>(&mut self, steps: impl Iterator<Item = &'s Step>, emit: Emit) {
        let end = steps.fold(0, |state, step| self.child(state, step));
        self.states[end as usize].emits.push(emit);
    }

    /// Makes the look-ups quick, when all paths are in.
    pub(crate) fn finish(&mut self) {
        self.states.iter_mut().for_each(State::finish);
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

    /// Walks the record once and notes every value of every field.
    pub(crate) fn walk(&self, body: NodeRef<'_>, extract: &mut Extract) {
        self.visit(&self.states[0], body, NO_HIT, extract);
    }

    /// Goes on at `child`: nearly every path ends there, which needs no visit.
    #[inline]
    fn go(&self, child: u32, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        let state = &self.states[child as usize];
        if state.is_end {
            for emit in &state.emits {
                extract.push(emit, node, entry);
            }
        } else {
            self.visit(state, node, entry, extract);
        }
    }

    fn visit(&self, state: &State, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        let mut entry = entry;
        for emit in &state.emits {
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

    /// What leads on where the value, or a member of it, is or is not a text.
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
    }

    #[inline]
    fn visit_members(&self, state: &State, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        if state.keys.names.is_empty() && state.prefixes.is_empty() && state.every.is_none() {
            return;
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
