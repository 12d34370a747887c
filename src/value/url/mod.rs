//! Web addresses: a scheme, a host that others can reach, and a path that is a path (RFC 3986, RFC 3987).
//!
//! What is not judged: schemes that we do not know, `ftp`, letters of any script, signs that browsers escape by
//! themselves. Parsers of URLs are made to take nearly everything (one slash, blanks, `http://http://…`), which is
//! exactly what is to be found here; hence our own reading.

mod fault;

use super::Fault;

pub(super) use fault::out_of_reach;

/// A web address, as slices of the text it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https`
    pub scheme: &'a str,
    /// The host without user and port; empty where the scheme has none, as in `urn:nbn:…`.
    pub host: &'a str,
    text: &'a str,
}

impl Url<'_> {
    /// The address with scheme and host in small letters.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = self.text.to_owned();
        let host = self.text.find(self.host).unwrap_or(0);
        for part in [0..self.scheme.len(), host..host + self.host.len()] {
            if let Some(part) = text.get_mut(part) {
                part.make_ascii_lowercase();
            }
        }
        text
    }
}

/// Reads `text` as a web address. Other URIs (`urn:`, `ark:`) are taken as they are.
///
/// # Errors
///
/// A [`Fault`] that says why it is none, or why nobody could follow it, where, and, if only one address can have been
/// meant, which.
pub fn parse(text: &str) -> Result<Url<'_>, Fault> {
    check(text)?;
    let scheme = text.split(':').next().unwrap_or_default();
    Ok(Url { scheme, host: host(text), text })
}

/// The same for whoever does not ask what it is made of.
///
/// # Errors
///
/// As [`parse`].
#[inline]
pub fn check(text: &str) -> Result<(), Fault> {
    if is_plain(text) { Ok(()) } else { fault::of(text).map_or(Ok(()), |fault| Err(fault::settled(fault))) }
}

fn is_sound(text: &str) -> bool {
    is_plain(text) || fault::of(text).is_none()
}

/// It is an address with a host, and nothing is wrong with it.
pub(super) fn has_host(text: &str) -> bool {
    text.contains("://") && is_sound(text)
}

/// The host of an address, without user and port; nothing where there is none.
pub(super) fn host(text: &str) -> &str {
    let (_, _, authority) = parts(text);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(end) = host.find(']') {
        return host.get(..=end).unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

/// The scheme, whether two slashes follow it, and what stands between these and the next slash: user, host, port.
fn parts(text: &str) -> (&str, bool, &str) {
    let scheme = scheme(text);
    let rest = text.get(scheme.len()..).unwrap_or_default();
    let after = if scheme.is_empty() { rest } else { rest.get(1..).unwrap_or_default() };
    let slashes = after.starts_with("//");
    let authority = if slashes { after.get(2..).unwrap_or_default() } else { after };
    let end = authority.find(['/', '?', '#', '\\']).unwrap_or(authority.len());
    (scheme, slashes, authority.get(..end).unwrap_or_default())
}

/// The letters before the first colon, if it is one of a scheme and not of a port.
fn scheme(text: &str) -> &str {
    let Some((scheme, rest)) = text.split_once(':') else { return "" };
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_sign);
    let port = rest.starts_with(|c: char| c.is_ascii_digit()) && (scheme.contains('.') || scheme == "localhost");
    if is_scheme && !port { scheme } else { "" }
}

/// Nearly all addresses: `http` or `https`, a host with a full stop in it, signs that are none of a sentence.
#[inline]
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let bytes = rest.as_bytes();
    let (host, path) = bytes.split_at(memchr::memchr(b'/', bytes).unwrap_or(bytes.len()));
    let Some(stop) = memchr::memrchr(b'.', host) else { return false };
    let top = &host[stop + 1..];
    // A host that ends in letters is no number; which of these names are nobody's is asked later.
    let named = top.len() > 1 && top.iter().all(u8::is_ascii_lowercase) && !fault::is_inner(top);
    let odd_host = |byte: u8| !(byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-');
    let odd =
        |byte: u8| byte <= b' ' || matches!(byte, 0x7F..|b'<'| b'>' | b'"' | b'&' | b';' | b',' | b'|' | b'{' | b'\\');
    let ends = bytes.last().is_some_and(|last| last.is_ascii_alphanumeric() || matches!(last, b'/' | b'=' | b'_'));
    let stops = memchr::memmem::find(host, b"..").is_some() || host.first() == Some(&b'.');
    named
        && ends
        && !stops
        && !host.iter().fold(false, |any, &byte| any | odd_host(byte))
        && !path.iter().fold(false, |any, &byte| any | odd(byte))
}
