//! Addresses of licences: those of Creative Commons, SPDX and rightsstatements.org are read, all others pass.

use crate::value::{Class, Fault};

use super::find;

/// Where an address of the web goes on after its scheme and `www.`.
#[inline]
pub(super) fn after_scheme(text: &str) -> Option<usize> {
    if !matches!(text.as_bytes(), [b'h' | b'H', ..]) {
        return None;
    }
    let begins = |start: &str, at: usize| {
        let own = text.as_bytes().get(at..at + start.len())?;
        (own == start.as_bytes() || own.eq_ignore_ascii_case(start.as_bytes())).then_some(at + start.len())
    };
    let start = begins("https://", 0).or_else(|| begins("http://", 0))?;
    Some(begins("www.", start).unwrap_or(start))
}

/// Reads the address `text`, whose host begins at `start`.
pub(super) fn parse(text: &str, start: usize) -> Result<(), Fault> {
    let address = text.get(start..).unwrap_or_default();
    if is_plain(address.as_bytes()) {
        return Ok(());
    }
    let slash = memchr::memchr(b'/', address.as_bytes()).unwrap_or(address.len());
    let (host, path) = address.split_at(slash);
    let read = if host.eq_ignore_ascii_case("creativecommons.org") {
        creative_commons
    } else if host.eq_ignore_ascii_case("spdx.org") {
        spdx
    } else if host.eq_ignore_ascii_case("rightsstatements.org") {
        rights_statements
    } else {
        return Ok(());
    };
    read(text, path.split(['?', '#']).next().unwrap_or_default())
}

/// The addresses that nearly all licences of Creative Commons have, as it writes them; others may be right, too.
#[inline]
fn is_plain(address: &[u8]) -> bool {
    let Some(path) = address.strip_prefix(b"creativecommons.org/") else { return false };
    if path.starts_with(b"publicdomain/zero/1.0") {
        return true;
    }
    let Some(rest) = path.strip_prefix(b"licenses/by") else { return false };
    let kinds: [&[u8]; 6] = [b"/", b"-nc-nd/", b"-nc-sa/", b"-nc/", b"-nd/", b"-sa/"];
    let Some([one, b'.', two, end @ ..]) = kinds.iter().find_map(|kind| rest.strip_prefix(*kind)) else { return false };
    matches!((one, two), (b'1'..=b'4', b'0') | (b'2', b'1' | b'5')) && matches!(end, [] | [b'/', ..])
}

/// The parts of a path, without empty ones.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// What Creative Commons has, and had: the elements of a licence, in their order.
const CURRENT: [&str; 6] = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"];
const RETIRED: [&str; 8] = ["sa", "nd", "nc", "nc-sa", "nd-nc", "sampling", "sampling+", "nc-sampling+"];
/// Other things for which it has pages among its licences.
const OTHERS: [&str; 6] = ["publicdomain", "devnations", "gpl", "lgpl", "mit", "bsd"];
const VERSIONS: [&str; 6] = ["1.0", "2.0", "2.1", "2.5", "3.0", "4.0"];

fn creative_commons(text: &str, path: &str) -> Result<(), Fault> {
    let mut parts = parts(path);
    let is_one = |part: &str, of: &[&str]| of.iter().any(|one| part.eq_ignore_ascii_case(one));
    let (area, kind, version) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
    let no_version = || {
        let reason = "it does not say which version of the licence: 4.0 is the newest, and each has terms of its own";
        Fault::whole(Class::Ambiguous, text, reason)
    };
    if area.eq_ignore_ascii_case("publicdomain") && is_one(kind, &["zero", "mark", "certification"]) {
        return match version {
            Some(_) => Ok(()),
            // There is but one.
            None => Err(Fault::whole(Class::Form, text, "the version is missing")
                .meant(format!("{}/1.0/", text.trim_end_matches('/')))),
        };
    }
    if !area.eq_ignore_ascii_case("licenses") || kind.is_empty() {
        return Err(Fault::whole(Class::Form, text, "this address of Creative Commons names no licence"));
    }
    if is_one(kind, &OTHERS) {
        return Ok(());
    }
    // The elements stood in another order in version 1.0.
    let first_order = kind.eq_ignore_ascii_case("by-nd-nc") && version == Some("1.0");
    if !is_one(kind, &CURRENT) && !is_one(kind, &RETIRED) && !first_order {
        let fault = Fault::whole(Class::Form, text, format!("Creative Commons has no licence `{kind}`"));
        let right = in_order(kind).map(|right| text.replacen(&format!("/{kind}"), &format!("/{right}"), 1));
        return Err(fault.meant_if(right.filter(|right| right != text)));
    }
    match version {
        Some(version) if is_one(version, &VERSIONS) => Ok(()),
        None => Err(no_version()),
        Some(word) if word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.' || byte == b'_') => {
            Err(no_version())
        }
        Some(version) => {
            let fault = Fault::whole(Class::Form, text, format!("Creative Commons has no version `{version}`"));
            let whole = format!("{version}.0");
            let right =
                is_one(&whole, &VERSIONS).then(|| text.replacen(&format!("/{version}"), &format!("/{whole}"), 1));
            Err(fault.meant_if(right))
        }
    }
}

/// The licence that has just these elements.
fn in_order(kind: &str) -> Option<&'static str> {
    let sorted = |kind: &str| {
        let mut elements: Vec<_> = kind.split(['-', '_']).map(str::to_ascii_lowercase).collect();
        elements.sort();
        elements
    };
    CURRENT.into_iter().find(|right| sorted(right) == sorted(kind))
}

fn spdx(text: &str, path: &str) -> Result<(), Fault> {
    let mut parts = parts(path);
    if !parts.next().is_some_and(|area| area.eq_ignore_ascii_case("licenses")) {
        return Ok(());
    }
    let Some(page) = parts.next() else {
        return Err(Fault::whole(Class::Form, text, "the address names no licence, but the list of them"));
    };
    let id = [".html", ".json", ".txt"].iter().find_map(|ending| page.strip_suffix(ending)).unwrap_or(page);
    match find(id) {
        Some(known) if known.deprecated => {
            let fault = super::given_up(text, known);
            let now = fault.intended.as_ref().map(|now| text.replacen(page, now, 1));
            Err(fault.meant_if(now))
        }
        Some(_) => Ok(()),
        None if super::is_exception(id) => Ok(()),
        None => {
            let fault = Fault::whole(Class::Form, text, format!("SPDX has no licence `{id}`"));
            let right = super::meant::diagnose(id).intended.map(|right| text.replacen(id, &right, 1));
            Err(fault.meant_if(right))
        }
    }
}

/// The statements of rightsstatements.org.
const STATEMENTS: [&str; 12] =
    ["InC", "InC-OW-EU", "InC-EDU", "InC-NC", "InC-RUU", "NoC-CR", "NoC-NC", "NoC-OKLR", "NoC-US", "CNE", "UND", "NKC"];

fn rights_statements(text: &str, path: &str) -> Result<(), Fault> {
    let mut parts = parts(path);
    let area = parts.next().filter(|area| ["vocab", "page", "data"].contains(area));
    let Some(id) = area.and_then(|_| parts.next()) else {
        return Err(Fault::whole(Class::Form, text, "this address of rightsstatements.org names no statement"));
    };
    if STATEMENTS.iter().any(|known| id.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(Fault::whole(Class::Form, text, format!("rightsstatements.org has no statement `{id}`")))
}
