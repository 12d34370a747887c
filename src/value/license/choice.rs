//! Licences as they are compared across files: by the choices that a text gives, however each file has to write them.

use super::{address, find, meant};

/// One licence that a text lets its reader choose. Of those of GNU the version counts by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    family: String,
    /// Of a licence of GNU: its version, if that is said.
    version: Option<String>,
    /// Of a licence of GNU: a later version will do, too.
    later: bool,
}

const GNU: [&str; 4] = ["agpl", "lgpl", "gfdl", "gpl"];

impl Choice {
    fn of(id: &str) -> Self {
        let id = id.to_ascii_lowercase();
        let gnu = GNU.into_iter().find_map(|family| Some((family, id.strip_prefix(family)?.strip_prefix('-')?)));
        let Some((family, rest)) = gnu else { return Self { family: id, version: None, later: false } };
        let version = rest.split('-').next().unwrap_or_default().trim_end_matches('+').to_owned();
        let later = rest.ends_with('+') || rest.ends_with("or-later");
        Self { family: family.to_owned(), version: Some(version), later }
    }

    /// Both can be the same licence: `GPL-3.0`, `GPL-3.0-only` and `GPL (>= 2)` can.
    #[must_use]
    pub fn goes_with(&self, other: &Self) -> bool {
        if self.family != other.family {
            return false;
        }
        let (Some(own), Some(others)) = (&self.version, &other.version) else { return true };
        own == others || self.later && own < others || other.later && others < own
    }
}

/// The licences of which `text` gives the choice, or which it demands together; nothing where one of them is not known.
#[must_use]
pub fn choices(text: &str) -> Option<Vec<Choice>> {
    let text = text.trim();
    if let Some(start) = address::after_scheme(text) {
        return Some(vec![of_address(text.get(start..)?)?]);
    }
    let text = without_file(text);
    let plain = at_least(text).replace(['(', ')'], " ");
    let mut choices = Vec::new();
    let words: Vec<_> = plain.split_whitespace().collect();
    let is_between = |word: &&str| ["or", "and", "|"].iter().any(|mark| word.eq_ignore_ascii_case(mark));
    for words in words.split(is_between) {
        let exception = words.iter().position(|word| word.eq_ignore_ascii_case("with")).unwrap_or(words.len());
        let id = words.get(..exception)?.join(" ");
        // R's second choice: whatever the file says.
        if !id.starts_with("file ") {
            choices.extend(one(&id)?);
        }
    }
    (!choices.is_empty()).then_some(choices)
}

/// R names a licence and the file that completes it: `MIT + file LICENSE`.
fn without_file(text: &str) -> &str {
    let plus = text.find('+').filter(|plus| text[plus + 1..].trim_start().starts_with("file "));
    plus.map_or(text, |plus| text[..plus].trim_end())
}

/// `GPL (>= 3)`, as R has it, with a `+`; and a bar between two licences with blanks round it.
fn at_least(text: &str) -> String {
    let mut plain = text.replace('|', " | ");
    while let Some(start) = plain.find("(>=") {
        let Some(end) = plain[start..].find(')').map(|end| start + end) else { break };
        let version = plain[start + 3..end].trim().to_owned();
        let before = plain[..start].trim_end().len();
        plain.replace_range(before..=end, &format!("-{version}+"));
    }
    plain
}

fn one(text: &str) -> Option<Vec<Choice>> {
    if let Some(known) = find(text) {
        return Some(vec![Choice::of(known.id)]);
    }
    if let Some(gnu) = gnu(text) {
        return Some(vec![gnu]);
    }
    let bare = text.strip_suffix('+').unwrap_or(text);
    if let Some(known) = find(bare) {
        return Some(vec![Choice::of(known.id)]);
    }
    let intended = meant::diagnose(bare).intended?;
    intended.split(" OR ").map(|id| find(id).map(|known| Choice::of(known.id))).collect()
}

/// A licence of GNU however it is written: `GPL-3`, `GPLv2+`, `gpl`.
fn gnu(text: &str) -> Option<Choice> {
    let lower = text.to_ascii_lowercase();
    let family = GNU.into_iter().find(|family| lower.starts_with(family))?;
    let rest = lower[family.len()..].trim_start_matches(['-', ' ', 'v']);
    let (number, later) = match rest.strip_suffix('+') {
        Some(number) => (number, true),
        None => (rest, false),
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let version = match number {
        "" => None,
        whole if !whole.contains('.') => Some(format!("{whole}.0")),
        exact => Some(exact.to_owned()),
    };
    Some(Choice { family: family.to_owned(), version, later })
}

/// The licence at an address of those who keep licences.
fn of_address(address: &str) -> Option<Choice> {
    let (host, path) = address.split_once('/')?;
    let mut parts = path.split(['/', '?', '#']).filter(|part| !part.is_empty());
    let id = match (host.to_ascii_lowercase().as_str(), parts.next()?, parts.next()?) {
        ("creativecommons.org", "licenses", kind) => format!("CC-{kind}-{}", parts.next()?),
        ("creativecommons.org", "publicdomain", "zero") => "CC0-1.0".to_owned(),
        ("spdx.org" | "choosealicense.com", "licenses", page) | ("opensource.org", "licenses" | "license", page) => {
            page.to_owned()
        }
        ("gnu.org", "licenses", page) => page.split(".en").next()?.to_owned(),
        ("apache.org", "licenses", page) => page.to_ascii_lowercase().replacen("license", "Apache", 1),
        _ => return None,
    };
    let id = [".html", ".json", ".txt", ".php"].iter().find_map(|ending| id.strip_suffix(ending)).unwrap_or(&id);
    // An address may have a hyphen where the identifier has a dot: `apache-2-0`.
    let dotted = id.rsplit_once('-').map(|(before, after)| format!("{before}.{after}"));
    let known = find(id).or_else(|| find(&dotted?)).map(|known| Choice::of(known.id));
    known.or_else(|| gnu(id))
}
