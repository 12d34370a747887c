//! Handles: a prefix, a slash and a local name (RFC 3650 and 3651), alone, as `hdl:` or as the address of the resolver.

use super::date::text::{malformed, placeholder};
use super::identifier::{self, Identifier, after_scheme};
use super::{Class, Fault, url};

/// A handle, as slices of the text it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle<'a> {
    /// The naming authority: `20.500.11850`.
    pub prefix: &'a str,
    /// What follows the slash.
    pub name: &'a str,
}

impl Handle<'_> {
    /// The handle alone: `20.500.11850/123`.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{}/{}", self.prefix, self.name)
    }
}

/// Reads `text` as a handle: alone, after `hdl:`, or as an address at hdl.handle.net.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, where, and, if only one handle can have been meant, which.
pub fn parse(text: &str) -> Result<Handle<'_>, Fault> {
    read(text).ok_or_else(|| identifier::diagnose(text, Identifier::Handle, is_sound, named))
}

/// Nothing is wrong with `text`.
pub(super) fn is_sound(text: &str) -> bool {
    read(text).is_some()
}

fn read(text: &str) -> Option<Handle<'_>> {
    let start = if text.starts_with(|c: char| c.is_ascii_digit()) { 0 } else { notation(text) };
    let (prefix, name) = text.get(start..)?.split_once('/')?;
    // Prefixes are numbers today; older ones are words, of which alone nobody could tell what they are.
    let known = prefix.starts_with(|c: char| c.is_ascii_digit()) || prefix.contains('.') || start > 0;
    (known && is_prefix(prefix) && is_name(name)).then_some(Handle { prefix, name })
}

/// How long `hdl:` or the address of the resolver is; 0 where there is none.
pub(super) fn notation(text: &str) -> usize {
    let resolver = |rest| identifier::after(rest, "hdl.handle.net/");
    let rest = identifier::after(text, "hdl:")
        .or_else(|| identifier::after(text, "info:hdl/"))
        .or_else(|| resolver(after_scheme(text)));
    rest.map_or(0, |rest| text.len() - rest.len())
}

/// Letters and digits, in parts divided by full stops.
fn is_prefix(prefix: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    prefix.bytes().all(is_part) && !prefix.split('.').any(str::is_empty)
}

/// Anything that is printed; what shows that something else was meant is none.
fn is_name(name: &str) -> bool {
    let last = name.bytes().next_back();
    let suspect = |byte: u8| byte <= b' ' || matches!(byte, 0x7F..|b'{'| b'<' | b';' | b',' | b'|');
    if last.is_some_and(|last| last.is_ascii_alphanumeric() && !matches!(last, b'x' | b'X'))
        && !name.bytes().any(suspect)
    {
        return true;
    }
    !name.is_empty() && flaw(name).is_none()
}

/// What in a local name belongs to something else: where, in which way, why; it may end before that.
fn flaw(name: &str) -> Option<(usize, Class, &'static str)> {
    if let Some(at) = name.find(char::is_whitespace) {
        return Some((at, Class::Form, "white space stands inside the handle"));
    }
    let crossed = name.len() >= 3 && name.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    let slot = name.starts_with('<') && name.ends_with('>');
    if crossed || slot || name.contains("{{") || name.contains("${") {
        return Some((0, Class::Placeholder, "a template was not filled in"));
    }
    let second = name.match_indices([';', ',', '|']).find(|(at, _)| {
        let rest = name.get(at + 1..).unwrap_or_default().trim_start_matches('|');
        notation(rest) > 0 || rest.starts_with("http")
    });
    if let Some((at, _)) = second {
        return Some((at, Class::Several, "there are two handles in one value"));
    }
    let end = name.trim_end_matches(['.', ',', ';', ':', '|', '"', '\'', '>']).len();
    (end < name.len()).then_some((end, Class::Punctuation, "punctuation stands after the handle"))
}

fn named(text: &str) -> Option<Fault> {
    let start = notation(text);
    let rest = text.get(start..)?;
    if let Some(reason) = placeholder(text).or_else(|| placeholder(rest).filter(|_| !rest.is_empty())) {
        return Some(Fault::whole(Class::Placeholder, text, reason));
    }
    if start == 0
        && let Some(fault) = in_page(text)
    {
        return Some(fault);
    }
    if start > 0 && rest.trim_matches('/').is_empty() || rest.eq_ignore_ascii_case("hdl") {
        return Some(Fault::whole(Class::Form, text, "there is no handle after what should stand before it"));
    }
    identifier::other_kind(text, Identifier::Handle).or_else(|| in_parts(text, start, rest)).or_else(|| mistyped(text))
}

/// The address of a repository's page that has the handle in it: `https://example.org/handle/20.500.1/2`.
fn in_page(text: &str) -> Option<Fault> {
    let (_, rest) = text.split_once("/handle/").filter(|(head, _)| !head.contains(' '))?;
    let at = 0..text.len() - rest.len();
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let alone = rest.get(..end)?.trim_end_matches('/');
    let meant = (alone.matches('/').count() == 1).then(|| alone.to_owned());
    let host = url::host(text);
    if let Some(reason) = url::out_of_reach(host) {
        return Some(Fault::part(Class::Impossible, at, reason).meant_if(meant));
    }
    let reason = "this is the address of a repository's page; the handle in it is wanted";
    Some(Fault::part(Class::Notation, at, reason).meant_if(meant))
}

/// Prefix, slash and name are to be told apart; one of them is not as it should be.
fn in_parts(text: &str, start: usize, rest: &str) -> Option<Fault> {
    if start == 0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let Some((prefix, name)) = rest.split_once('/') else {
        let is_prefix = is_prefix(rest) && rest.bytes().any(|byte| byte.is_ascii_digit());
        return is_prefix.then(|| malformed(start..text.len(), "the slash and the part after it are missing"));
    };
    let blanks = prefix.len() - prefix.trim_start().len();
    if blanks > 0 {
        let meant = [text.get(..start)?, rest.trim_start()].concat();
        return Some(malformed(start..start + blanks, "white space stands inside the handle").meant(meant));
    }
    if !is_prefix(prefix) {
        return Some(malformed(start..start + prefix.len(), "the part before the slash is no prefix of handles"));
    }
    let from = start + prefix.len() + 1;
    if name.is_empty() {
        return Some(malformed(start..text.len(), "the part after the slash is missing"));
    }
    let (at, class, reason) = flaw(name)?;
    let (at, meant) = match class {
        Class::Placeholder => (0..text.len(), None),
        Class::Punctuation => (from + at..text.len(), text.get(..from + at)),
        _ => (from + at..text.len(), None),
    };
    Some(Fault::part(class, at, reason).meant_if(meant.map(str::to_owned)))
}

/// What stands before the handle is nearly a notation for it: `handle:`, `hdl `, `http://hdl.handle.net` with a slip.
fn mistyped(text: &str) -> Option<Fault> {
    let (at, _) = text.char_indices().find(|&(at, c)| {
        let free = |c: char| !c.is_ascii_alphanumeric() && c != '.';
        c.is_ascii_digit() && text.get(..at).is_some_and(|head| head.chars().next_back().is_none_or(free))
    })?;
    let handle = text.get(at..).filter(|handle| is_sound(handle))?;
    let label = text.get(..at)?.to_ascii_lowercase();
    if label.contains("handle.net") {
        let reason = "the address of the resolver is mistyped";
        return Some(malformed(0..at, reason).meant(format!("https://hdl.handle.net/{handle}")));
    }
    let labelled = matches!(label.trim_matches([' ', ':', '/', '.', '=']), "hdl" | "handle" | "hdl:hdl" | "");
    let reason = "the handle is wanted alone, without a label";
    labelled.then(|| Fault::part(Class::Notation, 0..at, reason).meant(handle))
}
