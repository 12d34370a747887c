//! What may stand before a DOI: `doi:`, the address of the resolver, and everything that is mistaken for it.

/// Where the DOI begins after one of the notations for it, and whether that is a URL; nothing if there is no notation.
pub(super) fn notation(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    if let Some(rest) = after(bytes, b"doi:") {
        let blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
        return Some((4 + blanks, false));
    }
    if after(bytes, b"info:doi/").is_some() {
        return Some((9, false));
    }
    let rest = after(bytes, b"https://").or_else(|| after(bytes, b"http://")).unwrap_or(bytes);
    let rest = after(rest, b"dx.").or_else(|| after(rest, b"www.")).unwrap_or(rest);
    after(rest, b"doi.org/").map(|rest| (bytes.len() - rest.len(), true))
}

/// The bytes after `start`, which may be in capitals.
fn after<'a>(bytes: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// Where in `text` a DOI begins: `10.`, digits and a slash, not in the middle of a longer number.
pub(super) fn locate(text: &str) -> Option<usize> {
    text.match_indices("10.").map(|(at, _)| at).find(|&at| {
        let before = at.checked_sub(1).and_then(|last| text.as_bytes().get(last));
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        !before.is_some_and(u8::is_ascii_digit) && begins(rest)
    })
}

/// A prefix and its slash, which may be escaped.
fn begins(bytes: &[u8]) -> bool {
    let rest = super::prefix_length(bytes).and_then(|length| bytes.get(length..)).unwrap_or_default();
    matches!(rest, [b'/', ..] | [b'%', b'2', b'F' | b'f', ..])
}

/// The host of a web address, and what follows it.
pub(super) fn host(text: &str) -> Option<(&str, &str)> {
    let rest = text.split_once("://").map(|(_, rest)| rest)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest.split_at_checked(end)
}

/// What `text`, in which no DOI was found, is instead, with its article.
pub(super) fn other_kind(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let starts = |with: &str| lower.starts_with(with);
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    let numeric = lower.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ' | b'x'));
    if starts("urn:") {
        Some("a URN")
    } else if starts("arxiv:") || lower.contains("arxiv.org/") {
        Some("an arXiv identifier")
    } else if starts("ark:") || lower.contains("/ark:") {
        Some("an ARK")
    } else if starts("isbn") || numeric && digits == 13 && (starts("978") || starts("979")) {
        Some("an ISBN")
    } else if starts("issn") || numeric && lower.len() == 9 && lower.as_bytes().get(4) == Some(&b'-') {
        Some("an ISSN")
    } else if starts("pmid") || lower.contains("pubmed") {
        Some("a PubMed number")
    } else if starts("swh:") {
        Some("a Software Heritage identifier")
    } else if starts("http://") || starts("https://") || starts("www.") {
        Some("a web address")
    } else if lower.contains('@') && !lower.contains('/') {
        Some("an e-mail address")
    } else {
        None
    }
}

/// A handle: digits, perhaps divided by full stops, a slash, a local name.
pub(super) fn is_handle(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once('/') else { return false };
    (4..=20).contains(&prefix.len())
        && prefix.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && !prefix.starts_with('0')
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
}
