//! A path's filter: whether a value is one that the path goes on from.

use std::fmt;

use crate::document::{Name, NodeRef};

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `=`: it is this text.
    Equals,
    /// `!=`: it is anything else, or is not there.
    Differs,
    /// `^=`: it begins so.
    Begins,
    /// `*=`: this stands somewhere in it.
    Contains,
}

/// The signs of the tests; the shortest last, as the others end in it.
const SIGNS: [(&str, Test); 4] =
    [("!=", Test::Differs), ("^=", Test::Begins), ("*=", Test::Contains), ("=", Test::Equals)];

/// What stands in brackets: `[dateType=Issued]`, `[^=https://doi.org/]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The member that is looked at; without one, the value itself.
    pub member: Option<Name>,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub text: Box<str>,
}

impl Filter {
    /// Reads what stands between the brackets; nothing if it is no filter.
    pub(super) fn read(inside: &str) -> Option<Self> {
        let (left, right) = inside.split_once('=')?;
        let (member, test) = SIGNS.iter().find_map(|(sign, test)| {
            let before = sign.strip_suffix('=')?;
            left.strip_suffix(before).map(|member| (member, *test))
        })?;
        // An empty text is in everything, and of a value itself a path need not say what it is.
        let idle = match test {
            Test::Equals => member.is_empty(),
            Test::Differs => false,
            Test::Begins | Test::Contains => right.is_empty(),
        };
        let member = (!member.is_empty()).then(|| Name::new(member));
        (!idle).then(|| Self { member, test, text: right.into() })
    }

    /// The path goes on from `node`.
    #[inline]
    pub(crate) fn holds(&self, node: NodeRef<'_>) -> bool {
        let subject = self.member.as_ref().map_or(Some(node), |name| node.get(name));
        let found = subject.and_then(NodeRef::text);
        match self.test {
            Test::Equals => found == Some(&self.text),
            Test::Differs => found != Some(&self.text),
            Test::Begins => found.is_some_and(|found| found.starts_with(&*self.text)),
            Test::Contains => found.is_some_and(|found| found.contains(&*self.text)),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let member = self.member.as_ref().map_or("", |name| &name.text);
        let sign = SIGNS.iter().find(|(_, test)| *test == self.test).map_or("", |(sign, _)| sign);
        write!(f, "[{member}{sign}{}]", self.text)
    }
}
