//! What is wrong with a text that is not plainly a web address; nothing where it is one after all.

use std::borrow::Cow;
// The types alone: nothing here asks the network.
use core::net::{Ipv4Addr, Ipv6Addr};

use super::{host, is_sound, parts};
use crate::value::date::text::{is_invisible, malformed, placeholder};
use crate::value::identifier::{self, Identifier};
use crate::value::{Class, Fault, is_blank};

/// The fault, of which the proposal is in order, or there is none.
#[cold]
pub(super) fn settled(fault: Fault) -> Fault {
    let intended = fault.intended.clone().filter(|text| is_sound(text));
    fault.meant_if(intended)
}

/// The first thing that is wrong with `text`. Allocates for what is wrong only.
pub(super) fn of(text: &str) -> Option<Fault> {
    if is_blank(text) {
        return Some(Fault::whole(Class::Form, text, "it is blank"));
    }
    enclosed(text)
        .or_else(|| space(text))
        .or_else(|| template(text))
        .or_else(|| beginning(text))
        .or_else(|| in_host(text))
        .or_else(|| signs(text))
        .or_else(|| ending(text))
}

/// White space and what nobody sees, before and after it.
fn enclosed(text: &str) -> Option<Fault> {
    let is_stray = |c: char| c.is_whitespace() || is_invisible(c);
    let inner = text.trim_matches(is_stray);
    if inner.len() < text.len() {
        let lead = text.len() - text.trim_start_matches(is_stray).len();
        let (at, sides) = match (lead, text.len() - lead - inner.len()) {
            (0, _) => (inner.len()..text.len(), "after"),
            (_, 0) => (0..lead, "before"),
            _ => (0..lead, "before and after"),
        };
        return Some(match of(inner) {
            Some(fault) if fault.intended.is_none() => fault.shifted(lead),
            Some(fault) => {
                malformed(at, format!("white space stands {sides} the web address")).meant_if(fault.intended)
            }
            None => malformed(at, format!("white space stands {sides} the web address")).meant(inner),
        });
    }
    let (at, hidden) = text.char_indices().find(|&(_, c)| is_invisible(c) && !matches!(c, '\u{200C}' | '\u{200D}'))?;
    let reason = format!("it has an invisible character (U+{:04X})", u32::from(hidden));
    let meant: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    Some(malformed(at..at + hidden.len_utf8(), reason).meant(meant))
}

/// White space inside it: another address follows, or a text, or it was torn apart.
fn space(text: &str) -> Option<Fault> {
    let (at, blank) = text.char_indices().find(|(_, c)| c.is_whitespace())?;
    let rest = text.get(at..)?;
    if let Some(second) = ["http://", "https://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        if text.starts_with("http") {
            let at = at + second..text.len();
            return Some(Fault::part(Class::Several, at, "there are two web addresses in one value"));
        }
        return Some(malformed(0..at + second, "text stands before the web address"));
    }
    if !text.contains("://") && !text.starts_with("www.") {
        let reason = placeholder(text);
        return Some(match reason {
            Some(reason) => Fault::whole(Class::Placeholder, text, reason),
            None => no_address(text),
        });
    }
    Some(malformed(at..at + blank.len_utf8(), "white space stands inside the web address"))
}

fn template(text: &str) -> Option<Fault> {
    let slot = text.find('<').is_some_and(|open| {
        let name = text.get(open + 1..).and_then(|rest| rest.split_once('>')).map_or("", |(name, _)| name);
        !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | ' '))
    });
    let is_one = slot || text.contains("{{") || text.contains("${");
    is_one.then(|| Fault::whole(Class::Placeholder, text, "a template was not filled in"))
}

/// The scheme: missing, mistyped, doubled.
fn beginning(text: &str) -> Option<Fault> {
    let (scheme, slashes, authority) = parts(text);
    if scheme.is_empty() {
        return Some(without_scheme(text));
    }
    let known = is_of_the_web(scheme);
    let rest = text.get(scheme.len() + 1..)?;
    if rest.is_empty() {
        return Some(Fault::whole(Class::Form, text, "nothing stands after its beginning"));
    }
    if known && !slashes {
        let path = rest.trim_start_matches(['/', '\\']);
        let at = scheme.len() + 1..text.len() - path.len();
        let at = if at.is_empty() { 0..scheme.len() + 1 } else { at };
        return Some(malformed(at, "two slashes are wanted after the colon").meant(format!("{scheme}://{path}")));
    }
    if known {
        return doubled(text, scheme, authority);
    }
    if let Some(right) = mistyped(scheme) {
        let path = rest.trim_start_matches('/');
        let reason = format!("the scheme {scheme}: is mistyped");
        return Some(malformed(0..scheme.len(), reason).meant(format!("{right}://{path}")));
    }
    if scheme.eq_ignore_ascii_case("file") || scheme.len() == 1 {
        return Some(Fault::whole(
            Class::Impossible,
            text,
            "this is a file on one computer, which nobody else can reach",
        ));
    }
    None
}

fn is_of_the_web(scheme: &str) -> bool {
    ["http", "https", "ftp", "ftps"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// `http://http://`, `https://https//`
fn doubled(text: &str, scheme: &str, authority: &str) -> Option<Fault> {
    let second = authority.trim_end_matches(':');
    if second != "http" && second != "https" {
        return None;
    }
    let start = scheme.len() + 3;
    let rest = text.get(start + authority.len()..)?.trim_start_matches([':', '/']);
    let at = 0..start + second.len();
    // Of two that are not the same, which was meant is anybody's guess.
    let meant = (second == scheme).then(|| format!("{scheme}://{rest}"));
    Some(malformed(at, format!("behind {scheme}:// stands {second}")).meant_if(meant))
}

/// The letters of `http` in another number or order: `hptt`, `htttps`.
fn mistyped(scheme: &str) -> Option<&'static str> {
    let lower = scheme.to_ascii_lowercase();
    let like = lower.bytes().all(|byte| matches!(byte, b'h' | b't' | b'p' | b's'))
        && lower.contains('t')
        && lower.contains('p')
        && lower.starts_with(['h', 't'])
        && (3..=7).contains(&lower.len());
    like.then_some(if lower.contains('s') { "https" } else { "http" })
}

fn without_scheme(text: &str) -> Fault {
    if let Some(reason) = placeholder(text) {
        return Fault::whole(Class::Placeholder, text, reason);
    }
    let slip = ["https", "http"].iter().find_map(|scheme| {
        let rest = text.strip_prefix(scheme)?;
        let path = rest.trim_start_matches([':', '/', ';']);
        (path.len() < rest.len()).then(|| (scheme.len()..text.len() - path.len(), format!("{scheme}://{path}")))
    });
    if let Some((at, meant)) = slip {
        return malformed(at, "the :// at its beginning is mistyped").meant(meant);
    }
    if let Some(rest) = text.strip_prefix("://").or_else(|| text.strip_prefix("//"))
        && host_like(rest)
    {
        return malformed(0..text.len() - rest.len(), "the https: at its beginning is missing");
    }
    let (_, _, authority) = parts(text);
    let name = host(text);
    if let Some(fault) = unreachable(text).filter(|_| authority.len() < text.len()) {
        return fault;
    }
    if name.contains('.') && host_like(text) && !text.contains('@') {
        return malformed(0..authority.len(), "the https:// at its beginning is missing");
    }
    no_address(text)
}

/// It begins with what can only be the name of a host: letters at its end, `www` at its beginning or a path behind it.
fn host_like(text: &str) -> bool {
    let end = text.find(['/', '?', '#', ':']).unwrap_or(text.len());
    let host = text.get(..end).unwrap_or_default();
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && is_host(host)
        && (2..=24).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (host.starts_with("www.") || text.as_bytes().get(end) == Some(&b'/'))
}

/// What it is instead.
fn no_address(text: &str) -> Fault {
    if let Some(fault) = identifier::other_kind(text, Identifier::Url) {
        return fault;
    }
    let is_mail = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(['/', ' ']) && !host.contains('@')
    });
    let reason = if is_mail { "this is an e-mail address" } else { "this is not a web address" };
    Fault::whole(Class::Form, text, reason)
}

/// The host: missing, malformed, or known to nobody outside.
fn in_host(text: &str) -> Option<Fault> {
    let (scheme, slashes, authority) = parts(text);
    // What stands there in other schemes is theirs: `s3://bucket/key`.
    if !slashes || !is_of_the_web(scheme) {
        return None;
    }
    let start = scheme.len() + 3;
    if authority.is_empty() {
        return Some(malformed(0..text.len().min(start + 1), "the name of the host is missing"));
    }
    let at = start..start + authority.len();
    let name = host(text);
    if let Some(fault) = unreachable(text) {
        return Some(fault);
    }
    if name.starts_with('[') {
        let inner = name.trim_matches(['[', ']']);
        let sound = inner.parse::<Ipv6Addr>().is_ok();
        return (!sound).then(|| malformed(at, "this is not the number of a host"));
    }
    if !is_host(name.strip_suffix('.').unwrap_or(name)) {
        return Some(malformed(at, format!("\u{201c}{name}\u{201d} cannot be the name of a host")));
    }
    let port = authority.rsplit_once('@').map_or(authority, |(_, host)| host).get(name.len()..).unwrap_or_default();
    let number = port.strip_prefix(':').unwrap_or("1");
    if number.parse::<u16>().is_err() {
        let from = at.end - port.len();
        return Some(malformed(from..at.end, "what stands after the host is no number of a port"));
    }
    let numbers = name.rsplit('.').next().is_some_and(|top| top.bytes().all(|byte| byte.is_ascii_digit()));
    (numbers && name.parse::<Ipv4Addr>().is_err()).then(|| malformed(at, "this is not the number of a host"))
}

/// Letters of any script, digits, hyphens, in parts divided by full stops.
fn is_host(name: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '~' | '%') || !c.is_ascii();
    !name.is_empty() && name.split('.').all(|part| !part.is_empty() && part.chars().all(is_sign))
}

/// A host that others cannot reach.
fn unreachable(text: &str) -> Option<Fault> {
    let name = host(text);
    let reason = out_of_reach(name)?;
    let at = text.find(name)?;
    Some(Fault::part(Class::Impossible, at..at + name.len(), reason))
}

/// Why nobody outside can reach this host; nothing where it can be reached.
pub(in crate::value) fn out_of_reach(host: &str) -> Option<Cow<'static, str>> {
    let lower = host.to_ascii_lowercase();
    if lower == "localhost" || lower.ends_with(".localhost") || lower.starts_with("localhost.") {
        return Some("localhost is the computer on which it was entered, and leads nowhere on others".into());
    }
    let private = lower
        .parse::<Ipv4Addr>()
        .is_ok_and(|ip| ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified());
    let private = private
        || lower
            .trim_matches(['[', ']'])
            .parse::<Ipv6Addr>()
            .is_ok_and(|ip| ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local());
    if private {
        return Some("the number of the host is one of an inner network, which others cannot reach".into());
    }
    let top = lower.rsplit('.').next().unwrap_or_default();
    if !lower.is_empty() && !lower.contains(['.', '[']) && lower.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Some(
            format!("\u{201c}{host}\u{201d} is no name that is known outside of a network: its domain is missing")
                .into(),
        );
    }
    is_inner(top.as_bytes()).then(|| format!("the public network has no host whose name ends in .{top}").into())
}

/// Names at the end of a host that the public network never has (RFC 2606, RFC 6762, and ICANN's list of those left
/// to inner networks).
pub(super) fn is_inner(top: &[u8]) -> bool {
    matches!(
        top,
        b"local"
            | b"localhost"
            | b"localdomain"
            | b"internal"
            | b"intranet"
            | b"corp"
            | b"lan"
            | b"home"
            | b"test"
            | b"invalid"
    )
}

/// Signs that belong to HTML or to a list.
fn signs(text: &str) -> Option<Fault> {
    if let Some(at) = text.find("&amp;") {
        let reason = "an & is escaped as in HTML, and the address leads elsewhere";
        return Some(Fault::part(Class::Escaped, at..at + 5, reason).meant(unescaped(text)));
    }
    let second = text.match_indices([';', ',', '|']).find(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    if let Some((at, _)) = second {
        return Some(Fault::part(Class::Several, at..text.len(), "there are two web addresses in one value"));
    }
    let at = text.find(['"', '<', '\\']).or_else(|| text.find('>').filter(|at| at + 1 < text.len()))?;
    Some(malformed(at..at + 1, "it has a sign that no web address has"))
}

/// However often it was escaped.
fn unescaped(text: &str) -> String {
    let mut text = text.replace("&amp;", "&");
    while text.contains("&amp;") {
        text = text.replace("&amp;", "&");
    }
    text
}

/// Punctuation of the sentence round it.
fn ending(text: &str) -> Option<Fault> {
    let end = text.trim_end_matches(['.', ',', ';', ':', '\'', '\u{201D}', '\u{2019}', '\u{BB}', '>', '|']).len();
    let count = |sign: char| text.chars().filter(|&c| c == sign).count();
    let unopened = |(open, close)| text.ends_with(close) && count(close) > count(open);
    if let Some(close) = [('(', ')'), ('[', ']')].into_iter().find(|&pair| unopened(pair)) {
        let inner = text.strip_suffix(close.1)?;
        let reason = "a bracket stands after the address that is not opened in it";
        return Some(Fault::part(Class::Punctuation, inner.len()..text.len(), reason).meant(inner));
    }
    let reason = "punctuation stands after the web address";
    (end < text.len())
        .then(|| Fault::part(Class::Punctuation, end..text.len(), reason).meant_if(text.get(..end).map(str::to_owned)))
}
