//! The paths of a crosswalk: JSON Pointers with a few more steps. `docs/crosswalks.md` has the grammar.

use std::fmt;
use std::ops::{ControlFlow, Range};

use crate::document::{Kind, Misfit, Name, NodeRef, unescape_token};

use super::entities::Entities;
use super::filter::Filter;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member of this name: `title`.
    Key(Name),
    /// Every member whose name begins so: `dc.contributor.*`.
    Prefix(Box<str>),
    /// Every element of a list, every member of an object: `*`.
    Every,
    /// The elements of a list, or the one value that stands there instead: `creators[]`.
    OneOrList,
    /// Goes on only where this holds: `[dateType=Issued]`.
    Filter(Filter),
    /// What the value refers to, else the value itself: `author[][@]`.
    LookUp,
}

/// A path from the record's body, or from an entry, to values.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Path {
    /// The name of the base it begins at: `@metadata/...`.
    pub base: Option<Box<str>>,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// What is wrong.
    pub message: String,
    /// Bytes of the path.
    pub at: Range<usize>,
}

impl PathFault {
    /// The fault as a misfit of the text at `node`, in which the path stands.
    pub(crate) fn at(self, node: NodeRef<'_>) -> Misfit {
        Misfit::at(node, self.message).within(&self.at).help("docs/crosswalks.md has the grammar of paths")
    }
}

impl Path {
    /// Reads a path from a record's body: `/titles/*/title`, `@metadata/dc.title/*/value`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn absolute(text: &str) -> Result<Self, PathFault> {
        if let Some(rest) = text.strip_prefix('@') {
            let (base, steps) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
            return Ok(Self { base: Some(base.into()), steps: after_slash(steps, text.len() - steps.len())? });
        }
        if !text.is_empty() && !text.starts_with('/') {
            let message = "a path begins with `/`, or with `@` and the name of a base".to_owned();
            return Err(PathFault { message, at: 0..1.min(text.len()) });
        }
        Ok(Self { base: None, steps: after_slash(text, 0)? })
    }

    /// Reads a path that begins at a value itself, where no base is known.
    pub(crate) fn without_base(text: &str) -> Result<Self, PathFault> {
        let path = Self::absolute(text)?;
        path.base.as_ref().map_or(Ok(()), |base| {
            let message = format!("this path cannot begin at a base; a member named `@{base}` is `/@{base}`");
            Err(PathFault { message, at: 0..base.len() + 1 })
        })?;
        Ok(path)
    }

    /// Reads a path from a value itself, as [`Self::without_base`], that looks nothing up.
    pub(crate) fn direct(text: &str) -> Result<Self, PathFault> {
        let path = Self::without_base(text)?;
        if path.looks_up() {
            let message = "nothing is looked up here: `[@]` belongs into `body`, `bases` and `[crosswalk]`".to_owned();
            let at = text.find(LOOK_UP).unwrap_or_default();
            return Err(PathFault { message, at: at..at + LOOK_UP.len() });
        }
        Ok(path)
    }

    /// One of its steps looks up what a value refers to.
    pub(crate) fn looks_up(&self) -> bool {
        self.steps.contains(&Step::LookUp)
    }

    /// Reads a path from an entry: `name`, `nameIdentifiers/*/nameIdentifier`; `.` is the entry itself.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn relative(text: &str) -> Result<Self, PathFault> {
        if text == "." {
            return Ok(Self::default());
        }
        if text.starts_with('/') {
            let message = "the path of an entry's field begins at the entry: without `/`".to_owned();
            return Err(PathFault { message, at: 0..1 });
        }
        Ok(Self { base: None, steps: steps_of(text, 0)? })
    }

    /// The names of members from the path's beginning up to its first other step.
    pub fn leading_keys(&self) -> impl Iterator<Item = &Name> {
        self.steps.iter().map_while(|step| match step {
            Step::Key(name) => Some(name),
            _ => None,
        })
    }

    /// The first node that the path leads to from `node`. What a value refers to is not looked up.
    #[must_use]
    pub fn find<'a>(&self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        first_of(&self.steps, node, &Entities::none())
    }

    /// Every node that the path leads to from `node`, in document order. What a value refers to is not looked up.
    pub fn each<'a>(&self, node: NodeRef<'a>, mut visit: impl FnMut(NodeRef<'a>)) {
        each_of(&self.steps, (node, &Entities::none()), &mut visit);
    }

    /// All members that the path begins with are there.
    pub(crate) fn begins_in(&self, node: NodeRef<'_>) -> bool {
        follow(&self.steps, node).absent.is_none()
    }
}

/// How far a path's leading keys lead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Followed<'a, 's> {
    /// The last node that is there.
    pub(crate) node: NodeRef<'a>,
    /// How many keys were there.
    pub(crate) keys: usize,
    /// The first that was not.
    pub(crate) absent: Option<&'s Name>,
}

/// Follows the leading keys of `steps` from `node`.
pub(crate) fn follow<'a, 's>(steps: impl IntoIterator<Item = &'s Step>, node: NodeRef<'a>) -> Followed<'a, 's> {
    let mut followed = Followed { node, keys: 0, absent: None };
    for step in steps {
        let Step::Key(name) = step else { break };
        let Some(next) = followed.node.get(name) else {
            followed.absent = Some(name);
            break;
        };
        followed.node = next;
        followed.keys += 1;
    }
    followed
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(base) = &self.base {
            write!(f, "@{base}")?;
        }
        for step in &self.steps {
            match step {
                Step::Key(name) => write!(f, "/{}", name.text)?,
                Step::Prefix(prefix) => write!(f, "/{prefix}*")?,
                Step::Every => f.write_str("/*")?,
                Step::OneOrList => f.write_str("[]")?,
                Step::Filter(filter) => write!(f, "{filter}")?,
                Step::LookUp => f.write_str(LOOK_UP)?,
            }
        }
        Ok(())
    }
}

/// How a path writes that it goes on at what a value refers to.
const LOOK_UP: &str = "[@]";

/// The first node that the steps lead to from `node`.
pub(super) fn first_of<'a>(steps: &[Step], node: NodeRef<'a>, entities: &Entities<'a, '_>) -> Option<NodeRef<'a>> {
    each(steps, (node, entities), &mut ControlFlow::Break).break_value()
}

/// Every node that the steps lead to from `node`, in document order; references are looked up among `entities`.
pub(super) fn each_of<'a>(
    steps: &[Step],
    (node, entities): (NodeRef<'a>, &Entities<'a, '_>),
    visit: &mut dyn FnMut(NodeRef<'a>),
) {
    let _ = each::<()>(steps, (node, entities), &mut |found| {
        visit(found);
        ControlFlow::Continue(())
    });
}

fn each<'a, B>(
    steps: &[Step],
    (node, entities): (NodeRef<'a>, &Entities<'a, '_>),
    visit: &mut dyn FnMut(NodeRef<'a>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let Some((step, rest)) = steps.split_first() else { return visit(node) };
    let mut members = node.members().filter(|(key, _)| key.counts());
    match step {
        Step::Key(name) => {
            // As in a JSON Pointer, digits are an element of a list.
            let value = if node.kind() == Kind::Array { node.element(&name.text) } else { node.get(name) };
            value.map_or(ControlFlow::Continue(()), |value| each(rest, (value, entities), visit))
        }
        Step::Prefix(prefix) => members.try_for_each(|(key, value)| {
            if key.raw_text().starts_with(&**prefix) {
                each(rest, (value, entities), visit)
            } else {
                ControlFlow::Continue(())
            }
        }),
        Step::Every => {
            members.try_for_each(|(_, value)| each(rest, (value, entities), visit))?;
            node.elements().try_for_each(|element| each(rest, (element, entities), visit))
        }
        Step::OneOrList if node.kind() == Kind::Array => {
            node.elements().try_for_each(|element| each(rest, (element, entities), visit))
        }
        Step::OneOrList => each(rest, (node, entities), visit),
        Step::Filter(filter) if filter.holds(node) => each(rest, (node, entities), visit),
        Step::Filter(_) => ControlFlow::Continue(()),
        Step::LookUp => each(rest, (entities.of(node), entities), visit),
    }
}

/// Reads the steps of `text`, which is empty or begins with a slash; `at` is where it begins in the whole path.
fn after_slash(text: &str, at: usize) -> Result<Vec<Step>, PathFault> {
    text.strip_prefix('/').map_or(Ok(Vec::new()), |steps| steps_of(steps, at + 1))
}

/// Reads the steps of `text`, tokens between slashes; `at` is where it begins in the whole path.
fn steps_of(text: &str, at: usize) -> Result<Vec<Step>, PathFault> {
    let mut steps = Vec::new();
    let mut start = 0;
    loop {
        // A slash in brackets is a part of a filter's text.
        let mut inside = false;
        let end = text[start..].bytes().position(|byte| {
            inside = (inside || byte == b'[') && byte != b']';
            byte == b'/' && !inside
        });
        let token = end.map_or(&text[start..], |end| &text[start..start + end]);
        token_steps(token, at + start, &mut steps)?;
        let Some(end) = end else { return Ok(steps) };
        start += end + 1;
    }
}

/// One token: a name, `*` or `prefix*`, then any number of `[]`, `[@]` and filters.
fn token_steps(token: &str, at: usize, steps: &mut Vec<Step>) -> Result<(), PathFault> {
    let fault = |message: &str, at: Range<usize>| Err(PathFault { message: message.to_owned(), at });
    let (name, mut brackets) = token.find('[').map_or((token, ""), |bracket| token.split_at(bracket));
    match name.strip_suffix('*') {
        Some("") => steps.push(Step::Every),
        Some(prefix) => steps.push(Step::Prefix(unescape_token(prefix).into())),
        None if name.is_empty() && brackets.starts_with("[]") => {
            return fault("`[]` belongs behind a name or `*`", at..at + 2);
        }
        None if name.is_empty() && !brackets.is_empty() => {
            return fault("a filter belongs behind a name, `*` or `[]`", at..at + token.len());
        }
        None if name.is_empty() => return fault("an empty step", at..at + 1),
        None => steps.push(Step::Key(Name::new(&unescape_token(name)))),
    }
    let mut bracket_at = at + name.len();
    while !brackets.is_empty() {
        let Some(end) = brackets.find(']').filter(|_| brackets.starts_with('[')) else {
            return fault("a `[` without its `]`", bracket_at..at + token.len());
        };
        let inside = &brackets[1..end];
        match Filter::read(inside) {
            _ if inside.is_empty() => steps.push(Step::OneOrList),
            _ if inside == "@" => steps.push(Step::LookUp),
            Some(filter) => steps.push(Step::Filter(filter)),
            None => return fault("a filter is `[member=text]`", bracket_at..bracket_at + end + 1),
        }
        brackets = &brackets[end + 1..];
        bracket_at += end + 1;
    }
    Ok(())
}
