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

/// What a byte can be in an address that needs no second look.
const HOST: u8 = 1;
const PATH: u8 = 2;
const END: u8 = 4;

const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0x21;
    while byte < 0x7F {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 127")]
        let own = byte as u8;
        signs[byte] = if own.is_ascii_alphanumeric() {
            HOST | PATH | END
        } else {
            match own {
                b'.' | b'-' => HOST | PATH,
                b'/' | b'=' | b'_' => PATH | END,
                b'<' | b'>' | b'"' | b'&' | b';' | b',' | b'|' | b'{' | b'\\' => 0,
                _ => PATH,
            }
        };
        byte += 1;
    }
    signs
};

/// Nearly all addresses: `http` or `https`, a host with a full stop in it, signs that are none of a sentence.
#[inline]
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let bytes = rest.as_bytes();
    let is = |byte: &u8, sign: u8| SIGNS[usize::from(*byte)] & sign != 0;
    let (mut host, mut stop) = (0, 0);
    while let Some(byte) = bytes.get(host).filter(|byte| is(byte, HOST)) {
        if *byte == b'.' {
            // Two in a row, or one at the beginning.
            if host == stop {
                return false;
            }
            stop = host + 1;
        }
        host += 1;
    }
    let (host, path) = bytes.split_at(host);
    let ends = bytes.last().is_some_and(|last| is(last, END)) && matches!(path, [] | [b'/', ..]);
    if stop == 0 || !ends || !path.iter().fold(true, |all, byte| all & is(byte, PATH)) {
        return false;
    }
    let top = &host[stop..];
    // A host that ends in letters is no number; which of these names are nobody's is asked later.
    top.len() > 1 && top.iter().all(u8::is_ascii_lowercase) && !fault::is_inner(top)
}
