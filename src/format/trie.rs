//! A crosswalk compiled: all its paths as one trie that walks a record once.

use crate::document::{Kind, Name, NodeRef};

use super::extract::{Extract, Form, NO_HIT};
use super::field::FieldId;
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
    /// The form in which the format wants it here.
    pub(crate) form: Form,
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
}

/// Member names by their hash: open addressing, a power of two slots, at most half of them taken.
#[derive(Debug, Default)]
struct KeyTable {
    names: Vec<(Name, u32)>,
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

#[expect(clippy::cast_possible_truncation, reason = "a crosswalk has few names")]
impl KeyTable {
    fn child(&self, name: &Name) -> Option<u32> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, child)| *child)
    }

    fn finish(&mut self) {
        if self.names.is_empty() {
            return;
        }
        self.slots = vec![EMPTY; (self.names.len() * 2).next_power_of_two()];
        let mask = self.slots.len() - 1;
        for (position, (name, _)) in self.names.iter().enumerate() {
            let mut slot = name.hash as usize & mask;
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = position as u32;
        }
    }

    #[inline]
    fn find(&self, key: NodeRef<'_>) -> Option<u32> {
        let hash = key.raw().data;
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(&position) = self.slots.get(slot).filter(|position| **position != EMPTY) {
            let (name, child) = &self.names[position as usize];
            if name.hash == hash && &*name.text == key.raw_text() {
                return Some(*child);
            }
            slot = (slot + 1) & mask;
        }
        None
    }
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
        self.states.iter_mut().for_each(|state| state.keys.finish());
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
        self.visit(0, body, NO_HIT, extract);
    }

    fn visit(&self, state: u32, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        let state = &self.states[state as usize];
        let mut entry = entry;
        for emit in &state.emits {
            let hit = extract.push(*emit, node, entry);
            if emit.is_entry {
                entry = hit;
            }
        }
        for (name, texts) in &state.filters {
            let Some(found) = node.get(name).and_then(NodeRef::text) else { continue };
            if let Some((_, child)) = texts.iter().find(|(text, _)| **text == *found) {
                self.visit(*child, node, entry, extract);
            }
        }
        for (filter, child) in &state.tests {
            if filter.holds(node) {
                self.visit(*child, node, entry, extract);
            }
        }
        if let Some(child) = state.one_or_list {
            if node.kind() == Kind::Array {
                node.elements().for_each(|element| self.visit(child, element, entry, extract));
            } else if node.kind() != Kind::Null {
                self.visit(child, node, entry, extract);
            }
        }
        match node.kind() {
            Kind::Object => self.visit_members(state, node, entry, extract),
            Kind::Array => {
                if let Some(child) = state.every {
                    node.elements().for_each(|element| self.visit(child, element, entry, extract));
                }
            }
            _ => {}
        }
    }

    #[inline]
    fn visit_members(&self, state: &State, node: NodeRef<'_>, entry: u32, extract: &mut Extract) {
        if state.keys.names.is_empty() && state.prefixes.is_empty() && state.every.is_none() {
            return;
        }
        for (key, value) in node.members().filter(|(key, _)| key.counts()) {
            if let Some(child) = state.keys.find(key) {
                self.visit(child, value, entry, extract);
            }
            for (prefix, child) in &state.prefixes {
                if key.raw_text().starts_with(&**prefix) {
                    self.visit(*child, value, entry, extract);
                }
            }
            if let Some(child) = state.every {
                self.visit(child, value, entry, extract);
            }
        }
    }
}
