//! What a value is, recognised by its content.

use crate::document::{Misfit, Name, NodeRef, Table, text};

use super::path::Path;

/// Which names an object has, roughly: a name that is not in it is certainly not there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sketch([u64; 4]);

impl Sketch {
    /// The names of an object's members.
    pub(crate) fn of(object: NodeRef<'_>) -> Self {
        let mut sketch = Self::default();
        for (key, _) in object.members() {
            sketch.add(key.raw().data);
        }
        sketch
    }

    fn add(&mut self, hash: u32) {
        self.0[hash as usize >> 6 & 3] |= 1 << (hash & 63);
    }

    /// The object may have a member of this name.
    fn may_have_name(&self, name: &Name) -> bool {
        self.0[name.hash as usize >> 6 & 3] & 1 << (name.hash & 63) != 0
    }

    /// Everything in `other` may be here, too.
    fn may_have(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(own, wanted)| own & wanted == wanted)
    }
}

/// One way to recognise a value: every condition must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    /// The names that the value itself must have.
    needs: Sketch,
    has: Vec<Path>,
    lacks: Vec<Path>,
    equals: Vec<(Path, Vec<Box<str>>)>,
    some: Vec<Path>,
    /// How many of `some` must be there.
    at_least: usize,
}

impl Pattern {
    /// Reads a pattern: `{ has = [...], lacks = [...], equals = { path = text }, some = [...], at-least = 3 }`.
    pub(crate) fn read(node: NodeRef<'_>) -> Result<Self, Misfit> {
        let mut table = Table::new(node)?;
        let mut pattern = Self {
            has: paths(&mut table, "has")?,
            lacks: paths(&mut table, "lacks")?,
            some: paths(&mut table, "some")?,
            ..Self::default()
        };
        if let Some(equals) = table.any("equals") {
            for (key, value) in equals.members() {
                let path = Path::direct(key.raw_text()).map_err(|fault| fault.at(key))?;
                let texts: Result<Vec<_>, _> = if value.elements().next().is_some() {
                    value.elements().map(|element| text("equals", element).map(Into::into)).collect()
                } else {
                    Ok(vec![text("equals", value)?.into()])
                };
                pattern.equals.push((path, texts?));
            }
        }
        if let Some(number) = table.any("at-least") {
            pattern.at_least =
                number.source().parse().map_err(|_| Misfit::at(number, "`at-least` must be a number"))?;
        }
        let some = table.any("some");
        table.done()?;
        if let Some(node) = some.filter(|_| !(1..=pattern.some.len()).contains(&pattern.at_least)) {
            let count = pattern.some.len();
            return Err(Misfit::at(node, "`at-least` says how many of these must be there")
                .help(format!("add `at-least`, from 1 to {count}")));
        }
        if pattern.has.is_empty() && pattern.equals.is_empty() && pattern.at_least == 0 {
            return Err(Misfit::at(node, "this pattern would recognise everything")
                .help("it needs `has`, `equals`, or `some` with `at-least`"));
        }
        let needed = pattern.has.iter().chain(pattern.equals.iter().map(|(path, _)| path));
        let names: Vec<_> = needed.filter_map(|path| path.leading_keys().next()).map(|name| name.hash).collect();
        for hash in names {
            pattern.needs.add(hash);
        }
        Ok(pattern)
    }

    /// The value, whose names `sketch` has, is what the pattern describes.
    pub(crate) fn matches(&self, value: NodeRef<'_>, sketch: &Sketch) -> bool {
        sketch.may_have(&self.needs) && self.holds(value, sketch)
    }

    fn holds(&self, value: NodeRef<'_>, sketch: &Sketch) -> bool {
        // Most of what is asked for is not there.
        let begins = |path: &Path| path.leading_keys().next().is_none_or(|name| sketch.may_have_name(name));
        let there = |path: &Path| begins(path) && path.find(value).is_some();
        let equal = |(path, texts): &(Path, Vec<Box<str>>)| {
            path.find(value).and_then(NodeRef::text).is_some_and(|text| texts.iter().any(|wanted| **wanted == *text))
        };
        self.equals.iter().all(equal)
            && self.has.iter().all(there)
            && !self.lacks.iter().any(there)
            && self.some.iter().filter(|path| there(path)).take(self.at_least).count() == self.at_least
    }
}

/// "`/type` is "item"", "`/metadata` is there": the conditions of a pattern in words.
struct Conditions<'p>(&'p Pattern);

impl Conditions<'_> {
    /// Each condition in words, and whether `value` meets it.
    fn each(&self, value: Option<NodeRef<'_>>) -> Vec<(String, bool)> {
        let pattern = self.0;
        let there = |path: &Path| value.is_some_and(|value| path.find(value).is_some());
        let mut conditions = Vec::new();
        for (path, texts) in &pattern.equals {
            let found = value.and_then(|value| path.find(value)).and_then(NodeRef::text);
            let met = found.is_some_and(|text| texts.iter().any(|wanted| **wanted == *text));
            let wanted: Vec<_> = texts.iter().take(3).map(|text| format!("\"{text}\"")).collect();
            conditions.push((format!("`{path}` is {}", wanted.join(" or ")), met));
        }
        conditions.extend(pattern.has.iter().map(|path| (format!("`{path}` is there"), there(path))));
        conditions.extend(pattern.lacks.iter().map(|path| (format!("`{path}` is not there"), !there(path))));
        if pattern.at_least > 0 {
            let named: Vec<_> = pattern.some.iter().map(|path| format!("`{path}`")).collect();
            let met = pattern.some.iter().filter(|path| there(path)).count() >= pattern.at_least;
            conditions.push((format!("at least {} of {} are there", pattern.at_least, named.join(", ")), met));
        }
        conditions
    }
}

impl Pattern {
    /// What is sought, in words.
    pub(crate) fn sought(&self) -> String {
        let conditions = Conditions(self).each(None);
        conditions.into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(" and ")
    }

    /// The first condition that `value` does not meet, in words.
    pub(crate) fn unmet(&self, value: NodeRef<'_>) -> Option<String> {
        Conditions(self).each(Some(value)).into_iter().find(|(_, met)| !met).map(|(words, _)| words)
    }
}

fn paths(table: &mut Table<'_>, name: &'static str) -> Result<Vec<Path>, Misfit> {
    table.texts(name)?.into_iter().map(|(text, node)| Path::direct(text).map_err(|fault| fault.at(node))).collect()
}

/// Reads the patterns of `recognise`, of which one must match.
pub(crate) fn patterns(table: &mut Table<'_>) -> Result<Vec<Pattern>, Misfit> {
    let nodes = table.list("recognise");
    if nodes.is_empty() {
        return Err(Misfit::at(table.node(), "`recognise` is missing here"));
    }
    nodes.into_iter().map(Pattern::read).collect()
}
