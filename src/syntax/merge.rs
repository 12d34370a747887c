//! Marks that git leaves in a text whose merge is not done: they say better why it cannot be read than where it goes wrong.

use std::ops::Range;

use super::Fault;

/// How the lines begin that git writes; a fourth may stand before the second, with what both sides come from.
const MARKS: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];
const GROUND: &str = "||||||| ";

/// What to say instead of `fault` where `range` of `text` has such a mark, and `text` has all of them in their order.
#[cold]
pub(super) fn or_unfinished(fault: Fault, text: &str, range: &Range<usize>) -> Fault {
    let Some(mark) = text.get(range.clone()).and_then(first_mark) else { return fault };
    let mut rest = lines(text).map(|line| &text[line]);
    if !MARKS.iter().all(|mark| rest.any(|line| begins(line, mark))) {
        return fault;
    }
    Fault {
        reason: "a merge is not done, and git's marks of both sides stand in the file".into(),
        remedy: "Choose between the two sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
        span: mark.start + range.start..mark.end + range.start,
        too_deep: false,
    }
}

/// The first line that is a mark, in bytes.
pub(crate) fn first_mark(text: &str) -> Option<Range<usize>> {
    let is_mark = |line: &Range<usize>| MARKS.iter().chain([&GROUND]).any(|mark| begins(&text[line.clone()], mark));
    lines(text).find(is_mark)
}

/// A line is this mark; that between the sides is alone in its line.
fn begins(line: &str, mark: &str) -> bool {
    line.starts_with(mark) && (mark.ends_with(' ') || line == mark)
}

/// The lines of `text`, without what ends them.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end().len())
    })
}
