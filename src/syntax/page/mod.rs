//! A repository's item page, as it is copied from a browser: labels that stand alone on lines, and under each its values.
//!
//! What the labels are and where their values belong is data (`schemas/<format>/pages/`); here is what holds for any such
//! page. The tree is the one that the format's own records have, of the shape *label-lines*.

mod lines;
#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
mod tests;
mod tree;

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Arena, Name};

use lines::Lines;

/// How many labels must stand alone on lines, that a text is taken for a page; where one of its banners stands there, too,
/// one is enough.
const ENOUGH_LABELS: usize = 3;

/// The page of a repository: what its labels are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// The format and the carrier whose page it is, by their numbers.
    pub(crate) owner: (usize, usize),
    /// In the order in which they stand on the page.
    pub(crate) labels: Vec<Label>,
    pub(crate) banners: Vec<Banner>,
    /// Lines of the site that stand among the values and are none: "Show more".
    pub(crate) skip: Vec<Wording>,
    /// Lines of the site behind which no value follows: "Full item page".
    pub(crate) end: Vec<Wording>,
    /// Where the line before the first label belongs.
    pub(crate) title: Option<usize>,
    /// Where values belong.
    pub(crate) places: Vec<Target>,
}

/// A label of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// How the page calls it, in each of its languages.
    pub(crate) says: Vec<Box<str>>,
    /// Where its values belong; nowhere, if it is only known.
    pub(crate) place: Option<usize>,
    /// Values of it that are called like another label: a type "Software".
    pub(crate) values: Vec<Box<str>>,
    /// What stands between the values in a line.
    pub(crate) split: Option<Box<str>>,
    pub(crate) takes: Takes,
    /// Its value is a link on the page, of which a copy may have nothing.
    pub(crate) link: bool,
}

/// Which of the lines under a label are its values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Takes {
    /// The first. What follows belongs to labels that are not known.
    #[default]
    One,
    /// Each for itself.
    Each,
    /// All, as one value of several lines.
    All,
}

/// A line that says how it stands with the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Banner {
    pub(crate) says: Vec<Wording>,
    pub(crate) place: usize,
    /// Its value, if that is not the line itself.
    pub(crate) means: Option<Meaning>,
}

/// What a banner says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Flag(bool),
    Text(Box<str>),
}

/// A line, or how it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording {
    begins: Box<str>,
    goes_on: bool,
}

impl Wording {
    /// Reads `Full item page`, or `DSpace software*` for a line that begins so.
    pub(crate) fn new(text: &str) -> Self {
        match text.strip_suffix('*') {
            Some(begins) => Self { begins: begins.into(), goes_on: true },
            None => Self { begins: text.into(), goes_on: false },
        }
    }

    fn fits(&self, line: &str) -> bool {
        if self.goes_on { line.starts_with(&*self.begins) } else { *self.begins == *line }
    }
}

/// A place in the tree: the names that lead to it, whether there is a list, and the names within its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) lead: Vec<Name>,
    pub(crate) list: bool,
    pub(crate) within: Vec<Name>,
}

impl Page {
    /// The page of `pages` as whose copy `text`, or its beginning, is to be read.
    pub(crate) fn recognise<'p>(pages: &'p [Arc<Self>], text: &str) -> Option<&'p Arc<Self>> {
        // Of pages that know as much of it, the first.
        let known = pages.iter().rev().filter_map(|page| Some((page.known_lines(text)?, page)));
        known.max_by_key(|(known, _)| *known).map(|(_, page)| page)
    }

    /// How many of its lines stand in `text`, if they are enough.
    fn known_lines(&self, text: &str) -> Option<usize> {
        let lines = Lines::of(self, text, 0..text.len());
        let (labels, banners) = lines.known();
        (labels >= ENOUGH_LABELS || (labels > 0 && banners > 0)).then_some(labels + banners)
    }

    /// Reads the copy that `range` of `text` is into `arena`.
    pub(crate) fn scan(&self, text: &str, range: Range<usize>, arena: &mut Arena) {
        arena.clear();
        let found = Lines::of(self, text, range.clone()).values();
        tree::build(self, text, range, &found, arena);
    }

    /// The label with which a second page begins in the copy that `range` of `text` is: only the first is read.
    pub(crate) fn second(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        Lines::of(self, text, range).second()
    }

    /// What such a page is recognised by, in words.
    pub(crate) fn sought(&self) -> String {
        const NAMED: usize = 4;
        let labels: Vec<_> = self.labels.iter().filter_map(|label| label.says.first()).take(NAMED).collect();
        let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
        format!(
            "at least {ENOUGH_LABELS} of its labels stand alone on lines ({}, …), or one below a banner",
            labels.join(", ")
        )
    }

    /// The value of the label that is written so is a link on the page.
    pub(crate) fn is_link(&self, label: &str) -> bool {
        self.labels.iter().any(|known| known.link && known.is_written(label))
    }
}

impl Label {
    /// The line is this label: also with a colon behind it, or with blanks that break no line.
    fn is_written(&self, line: &str) -> bool {
        let (line, is_blank) = (without_colon(line), |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}'));
        let same = |says: &str| *says == *line || (!line.is_ascii() && says.split(is_blank).eq(line.split(is_blank)));
        self.says.iter().any(|says| same(says))
    }
}

/// A label without the colon behind it.
fn without_colon(line: &str) -> &str {
    line.strip_suffix(':').map_or(line, str::trim_end)
}
