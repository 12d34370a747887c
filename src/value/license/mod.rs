//! Licences: identifiers of SPDX and expressions of them, addresses of Creative Commons, SPDX and rightsstatements.org.
//!
//! What does not claim to be one of these (another address, a sentence) is nobody's to judge here.

use std::sync::OnceLock;

use super::date::text::{Clean, malformed, placeholder};
use super::{Class, Fault};

mod address;
mod choice;
mod meant;

pub use choice::{Choice, choices};

/// What a value of some place claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A licence in any form: only what looks like an identifier is held to those of SPDX.
    Any,
    /// An identifier of SPDX, or an address: whatever is no address is held to the identifiers.
    Spdx,
}

/// The identifiers, in the order of their letters without regard to case; `~` behind those given up.
const LIST: &str = include_str!("../../../rules/vocabularies/spdx-licenses.txt");

/// One of SPDX's identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: &'static str,
    /// SPDX has given it up.
    deprecated: bool,
}

/// All of SPDX's identifiers, and where to find one.
struct Index {
    all: Box<[Known]>,
    /// The number of an identifier and one, in the slot that [`slot`] gives or, where that is taken, in the next free one.
    slots: Box<[u16; SLOTS]>,
}

/// So many that most identifiers have one for themselves.
const SLOTS: usize = 4096;

/// Cut from the list at first use.
fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let lines = LIST.lines().filter(|line| !line.starts_with('#'));
        let word = |word: &'static str| match word.strip_suffix('~') {
            Some(id) => Known { id, deprecated: true },
            None => Known { id: word, deprecated: false },
        };
        let all: Box<[Known]> = lines.flat_map(str::split_ascii_whitespace).map(word).collect();
        let mut slots = Box::new([0; SLOTS]);
        for (known, number) in all.iter().zip(1..) {
            let mut slot = slot(known.id);
            while slots[slot] > 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = number;
        }
        Index { all, slots }
    })
}

/// Where an identifier is looked for first: by its length and by the eight letters at each end, without regard to case.
#[inline]
fn slot(id: &str) -> usize {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = id.as_bytes();
    let (head, tail) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => (bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)), 0),
    };
    let mixed = ((head | SMALL).wrapping_mul(SPREAD) ^ (tail | SMALL)).wrapping_add(bytes.len() as u64);
    (mixed.wrapping_mul(SPREAD) >> 52) as usize % SLOTS
}

/// All of SPDX's identifiers, in the order of their letters without regard to case.
pub(super) fn spdx() -> &'static [Known] {
    &index().all
}

/// SPDX's identifier that is this one, without regard to case.
pub(super) fn find(id: &str) -> Option<Known> {
    let Index { all, slots } = index();
    let mut slot = slot(id);
    loop {
        let known = all[usize::from(slots[slot]).checked_sub(1)?];
        if known.id.eq_ignore_ascii_case(id) {
            return Some(known);
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// An exception of SPDX, which has pages beside the licences: `Classpath-exception-2.0`. Not each is known here.
fn is_exception(id: &str) -> bool {
    id.to_ascii_lowercase().contains("exception")
}

/// Reads `text` as a licence.
///
/// # Errors
///
/// A [`Fault`] that says why it names none, and, where that is unique, which was probably meant.
pub fn parse(text: &str, form: Form) -> Result<(), Fault> {
    if let Some(start) = address::after_scheme(text) {
        return address::parse(text, start);
    }
    match find(text) {
        Some(Known { deprecated: false, .. }) => Ok(()),
        Some(known) => Err(given_up(text, known)),
        None if is_other(text) || (form == Form::Any && !claims(text)) => Ok(()),
        None => expression(text).unwrap_or_else(|| Err(diagnose(text, form))),
    }
}

/// An address or identifier of some other kind: a URN, a term of info:eu-repo.
fn is_other(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, rest)| (scheme, !rest.starts_with(' ') && !rest.is_empty()));
    let is_scheme = |scheme: &str| scheme.len() > 2 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    scheme.is_some_and(|(scheme, goes_on)| goes_on && is_scheme(scheme))
}

/// How the identifiers begin that people write from memory.
const FAMILIES: [&str; 14] =
    ["cc-", "cc0", "cc_", "ccby", "gpl", "lgpl", "agpl", "gfdl", "apache", "bsd-", "mpl", "eupl", "odbl", "odc-"];

/// A value that may be anything looks like an identifier: one short word that begins as those of licences do.
fn claims(text: &str) -> bool {
    const LONGEST: usize = 40;
    let begins = |family: &&str| text.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family));
    let one_word = || text.bytes().all(|byte| byte.is_ascii_graphic());
    text.len() <= LONGEST && FAMILIES.iter().any(begins) && one_word()
}

/// An identifier that SPDX has given up; where one took its place, that.
fn given_up(text: &str, known: Known) -> Fault {
    let id = known.id;
    let family =
        ["AGPL-", "GFDL-", "GPL-", "LGPL-"].iter().any(|family| id.starts_with(family)) && !id.contains("with");
    if family {
        let reason = format!("SPDX has given up this identifier; say {id}-only, or {id}-or-later");
        return Fault::whole(Class::Notation, text, reason);
    }
    let now = match id {
        "BSD-2-Clause-FreeBSD" => Some("BSD-2-Clause-Views"),
        "BSD-2-Clause-NetBSD" => Some("BSD-2-Clause"),
        "bzip2-1.0.5" => Some("bzip2-1.0.6"),
        "StandardML-NJ" => Some("SMLNJ"),
        _ => None,
    };
    Fault::whole(Class::Notation, text, "SPDX has given up this identifier").meant_if(now.map(str::to_owned))
}

/// An expression of several identifiers: `MIT OR Apache-2.0`. Nothing if it is none.
fn expression(text: &str) -> Option<Result<(), Fault>> {
    let is_operator = |word: &str| ["AND", "OR", "WITH"].iter().any(|operator| word.eq_ignore_ascii_case(operator));
    if text.starts_with(' ') || text.ends_with(' ') {
        return None;
    }
    let words = text.split([' ', '(', ')']).filter(|word| !word.is_empty());
    let (mut wants_id, mut after_with, mut old) = (true, false, None);
    for word in words {
        if is_operator(word) == wants_id {
            return None;
        }
        if wants_id {
            let id = word.strip_suffix('+').unwrap_or(word);
            match find(id) {
                _ if after_with => {}
                Some(known) if known.deprecated => old = old.or(Some((known, id.len() < word.len()))),
                Some(_) => {}
                None if word.starts_with("LicenseRef-") || word.starts_with("DocumentRef-") => {}
                None => return None,
            }
        }
        after_with = word.eq_ignore_ascii_case("WITH");
        wants_id = !wants_id;
    }
    if wants_id {
        return None;
    }
    if !has_its_brackets(text) {
        return Some(Err(Fault::whole(Class::Form, text, "a bracket has no other that goes with it")));
    }
    Some(match old {
        None => Ok(()),
        // `GPL-2.0+` alone can only mean one.
        Some((known, true)) if text.len() == known.id.len() + 1 => {
            let fault = Fault::whole(Class::Notation, text, "SPDX has given up this identifier");
            Err(fault.meant(format!("{}-or-later", known.id)))
        }
        Some((known, _)) => Err(Fault { at: 0..text.len(), ..given_up(text, known) }.meant_if(None)),
    })
}

/// Each bracket that is opened is closed, and none before.
fn has_its_brackets(text: &str) -> bool {
    let open = text.bytes().try_fold(0_usize, |open, byte| match byte {
        b'(' => Some(open + 1),
        b')' => open.checked_sub(1),
        _ => Some(open),
    });
    open == Some(0)
}

/// Explains why `text` names no licence.
#[cold]
fn diagnose(text: &str, form: Form) -> Fault {
    if let Some(clean) = Clean::of(text)
        && parse(&clean.text, form).is_ok()
    {
        return malformed(clean.at.clone(), clean.reason("licence")).meant(clean.text.as_str());
    }
    if let Some(reason) = placeholder(text) {
        return Fault::whole(Class::Placeholder, text, reason);
    }
    meant::diagnose(text)
}
