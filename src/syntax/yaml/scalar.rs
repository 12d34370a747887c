//! Scalars: which kind of value the core schema makes of them, and where those in blocks stand.

use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use crate::document::Kind;

use super::Scalar;
use super::fault::Reason;

/// Nothing is written there: the parser says `~` for it.
pub(super) fn is_absent(scalar: &Scalar<'_>) -> bool {
    scalar.range.is_empty() && scalar.style == ScalarStyle::Plain
}

/// What the scalar is.
pub(super) fn kind(scalar: &Scalar<'_>) -> Result<Kind, Reason> {
    let plain = |text: &str| if is_absent(scalar) { Kind::Null } else { by_core_schema(text) };
    let Some(tag) = scalar.tag else {
        return Ok(if scalar.style == ScalarStyle::Plain { plain(scalar.text) } else { Kind::String });
    };
    let claimed = match tag.core_suffix() {
        Some("null") => [Kind::Null, Kind::Null],
        Some("bool") => [Kind::True, Kind::False],
        Some("int" | "float") => [Kind::Number, Kind::Number],
        // Of older versions of YAML; with us they are texts whatever they are called.
        Some("str" | "timestamp" | "binary") => return Ok(Kind::String),
        Some("seq" | "map" | "set" | "omap" | "pairs") => return Err(Reason::TagDoesNotFit),
        _ if tag.original() == "!" => return Ok(Kind::String),
        _ => return Err(Reason::UnknownTag),
    };
    let kind = plain(scalar.text);
    if claimed.contains(&kind) { Ok(kind) } else { Err(Reason::TagDoesNotFit) }
}

/// Whether a list or object may bear this tag.
pub(super) fn check_container_tag(kind: Kind, tag: Option<&Tag>) -> Result<(), Reason> {
    let Some(tag) = tag else { return Ok(()) };
    let is_fit = match tag.core_suffix() {
        Some("seq" | "omap" | "pairs") => kind == Kind::Array,
        Some("map" | "set") => kind == Kind::Object,
        Some(_) => false,
        None if tag.original() == "!" => true,
        None => return Err(Reason::UnknownTag),
    };
    if is_fit { Ok(()) } else { Err(Reason::TagDoesNotFit) }
}

/// What a text without quotes and tag is: YAML 1.2.2, section 10.3.2.
fn by_core_schema(text: &str) -> Kind {
    match text.as_bytes() {
        b"null" | b"Null" | b"NULL" | b"~" => Kind::Null,
        b"true" | b"True" | b"TRUE" => Kind::True,
        b"false" | b"False" | b"FALSE" => Kind::False,
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] if is_number(text) => Kind::Number,
        _ => Kind::String,
    }
}

fn is_number(text: &str) -> bool {
    let all = |digits: &str, fits: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(fits);
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |byte| (b'0'..=b'7').contains(byte));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, u8::is_ascii_hexdigit);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_infinite(unsigned) || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    has_digits
        && digits(whole)
        && digits(fraction)
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

fn is_infinite(unsigned: &str) -> bool {
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
}

/// A number that no 64-bit float can hold, or that is none.
pub(super) fn is_huge(text: &str) -> bool {
    if text.starts_with("0x") || text.starts_with("0o") {
        return false;
    }
    text.parse::<f64>().map_or(true, f64::is_infinite)
}

/// Where a block scalar stands, whose content is at `content`: from its `|` or `>`, which comes after `from`, to the
/// end of its last line; with the empty lines at its end if it keeps them.
pub(super) fn block(source: &str, from: usize, content: Range<usize>) -> Range<usize> {
    let bytes = source.as_bytes();
    let mut start = from.min(content.start);
    while start < content.start {
        match bytes[start] {
            b'|' | b'>' => break,
            b'#' => start += length_until(&bytes[start..content.start], |byte| byte == b'\n'),
            b'&' | b'!' => start += length_until(&bytes[start..content.start], |byte| byte.is_ascii_whitespace()),
            _ => start += 1,
        }
    }
    let header = &source[start..content.start];
    let header = header.split(['\n', '#']).next().unwrap_or_default();
    if header.contains('+') {
        return start..content.end;
    }
    let written = source[start..content.end].trim_end_matches(['\n', '\r', ' ']);
    start..start + written.len()
}

fn length_until(bytes: &[u8], stop: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| stop(*byte)).unwrap_or(bytes.len())
}
