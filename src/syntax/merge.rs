//! Marks that git leaves in a text whose merge is not done: they say better why it cannot be read than where it goes wrong.

use std::ops::Range;

use super::Fault;

/// How the lines begin that git writes; one more may stand before the second, and is of no account here.
const MARKS: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// What to say instead of `fault` where `range` of `text` has such a mark, and `text` has all of them in their order.
#[cold]
pub(super) fn or_unfinished(fault: Fault, text: &str, range: &Range<usize>) -> Fault {
    let Some(mark) = text.get(range.clone()).and_then(first_mark) else { return fault };
    let mark = mark.start + range.start..mark.end + range.start;
    let mut at = 0;
    for wanted in MARKS {
        match lines(text, at).find(|line| text[line.clone()].starts_with(wanted)) {
            Some(line) => at = line.end,
            None => return fault,
        }
    }
    Fault {
        reason: "a merge is not done, and git's marks of both sides stand in the file".into(),
        remedy: "Choose between the two sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
        span: mark,
        too_deep: false,
    }
}

/// The first line that is a mark.
fn first_mark(text: &str) -> Option<Range<usize>> {
    lines(text, 0).find(|line| MARKS.iter().any(|mark| text[line.clone()].starts_with(mark)))
}

/// The lines of `text` from the one on that begins at `from`, without what ends them.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    text[from..].split_inclusive('\n').scan(from, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end().len())
    })
}
