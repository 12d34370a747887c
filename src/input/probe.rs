//! Is a large object an envelope? Where in it does the list of records begin?

use std::sync::Arc;

use crate::format::Formats;
use crate::syntax::page::Page;

use super::skip::{skip_space, value_end};

/// The names that lead to a list of records, as they are written in a file.
pub(crate) type ListPath = Vec<Box<str>>;

/// What texts are searched for before they are read: the lists that envelopes wrap, and the labels of pages.
#[derive(Clone, Debug)]
pub(crate) struct Landmarks {
    pub(crate) lists: Arc<[ListPath]>,
    pub(crate) pages: Arc<[Arc<Page>]>,
}

impl Landmarks {
    /// Those of all formats.
    pub(crate) fn of(formats: &Formats) -> Self {
        Self { lists: formats.lists().into(), pages: formats.pages().map(Arc::clone).collect() }
    }
}

/// What an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Probe {
    /// An envelope: which list it holds, and where the list's bracket stands.
    List { path: usize, bracket: usize },
    /// No envelope: it ends here.
    Whole { end: usize },
    /// More bytes are needed to tell.
    NeedsMore,
}

/// Looks at the object that begins at `start` for one of `lists`.
pub(super) fn probe(bytes: &[u8], start: usize, lists: &[ListPath]) -> Probe {
    let candidates: Vec<_> = lists.iter().enumerate().map(|(number, path)| (number, path.as_slice())).collect();
    match object(bytes, start, &candidates) {
        Ok(Walk::List { path, bracket }) => Probe::List { path, bracket },
        Ok(Walk::Ended { end }) => Probe::Whole { end },
        // Not an object as JSON writes it: the brackets tell where it ends.
        Err(Stop::Malformed) => match value_end(bytes, start) {
            Some(end) => Probe::Whole { end },
            None => Probe::NeedsMore,
        },
        Err(Stop::NeedsMore) => Probe::NeedsMore,
    }
}

/// What going through an object's members came to.
enum Walk {
    /// It leads to this list.
    List { path: usize, bracket: usize },
    /// It ends here and leads to none.
    Ended { end: usize },
}

enum Stop {
    NeedsMore,
    Malformed,
}

/// Goes through an object's members; gives the first list that is found.
fn object(bytes: &[u8], start: usize, candidates: &[(usize, &[Box<str>])]) -> Result<Walk, Stop> {
    let mut at = start + 1;
    loop {
        at = skip_space(bytes, at);
        match bytes.get(at).ok_or(Stop::NeedsMore)? {
            b'}' => return Ok(Walk::Ended { end: at + 1 }),
            b',' => {
                at += 1;
                continue;
            }
            b'"' => {}
            _ => return Err(Stop::Malformed),
        }
        let key_end = value_end(bytes, at).ok_or(Stop::NeedsMore)?;
        let key = bytes.get(at + 1..key_end - 1).ok_or(Stop::Malformed)?;
        at = skip_space(bytes, key_end);
        if *bytes.get(at).ok_or(Stop::NeedsMore)? != b':' {
            return Err(Stop::Malformed);
        }
        at = skip_space(bytes, at + 1);
        let begins = *bytes.get(at).ok_or(Stop::NeedsMore)?;
        let below: Vec<_> = candidates
            .iter()
            .filter_map(|(number, path)| {
                let (name, rest) = path.split_first()?;
                (name.as_bytes() == key).then_some((*number, rest))
            })
            .collect();
        if let Some((number, _)) = below.iter().find(|(_, rest)| rest.is_empty()).filter(|_| begins == b'[') {
            return Ok(Walk::List { path: *number, bracket: at });
        }
        at = if begins == b'{' && below.iter().any(|(_, rest)| !rest.is_empty()) {
            match object(bytes, at, &below)? {
                Walk::Ended { end } => end,
                list @ Walk::List { .. } => return Ok(list),
            }
        } else {
            value_end(bytes, at).ok_or(Stop::NeedsMore)?
        };
    }
}
