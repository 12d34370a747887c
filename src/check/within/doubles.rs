//! Which of many keys stand more than once. A few are kept on the stack.
//!
//! It is asked in two steps: first whether any may, by a filter of bits ([`MaybeTwice`]), then which they are ([`Doubles`]).

use crate::value::name::{any_case_key, last_word, trimmed};

/// Keys, each with the number of what it is of.
pub(super) trait Keys {
    /// It is enough if those that are the same have the same key.
    const ROUGH: bool;

    /// Adds a key.
    fn push(&mut self, key: u64, of: u32);
}

/// Whether two keys may be the same: nearly always none are.
#[derive(Default)]
pub(super) struct MaybeTwice {
    bits: [u64; 16],
    again: bool,
}

impl MaybeTwice {
    /// Some key may have been there twice.
    pub(super) fn again(&self) -> bool {
        self.again
    }
}

impl Keys for MaybeTwice {
    const ROUGH: bool = true;

    #[inline]
    fn push(&mut self, key: u64, _of: u32) {
        // Of a product the highest bits are mixed best.
        let [high, low, ..] = key.wrapping_mul(SPREAD).to_be_bytes();
        let word = &mut self.bits[usize::from(high >> 4)];
        let bit = 1 << (low & 63);
        self.again |= *word & bit != 0;
        *word |= bit;
    }
}

/// So many are kept without a place on the heap.
const FEW: usize = 32;

/// Keys, to be grouped.
pub(super) struct Doubles {
    few: [(u64, u32); FEW],
    count: usize,
    many: Vec<(u64, u32)>,
}

impl Doubles {
    pub(super) fn new() -> Self {
        Self { few: [(0, 0); FEW], count: 0, many: Vec::new() }
    }

    /// What has the same key: groups of two and more, each in order.
    pub(super) fn groups(&mut self) -> impl Iterator<Item = &[(u64, u32)]> {
        let keys =
            if self.many.is_empty() { self.few.get_mut(..self.count).unwrap_or_default() } else { &mut self.many };
        if keys.len() > 1 {
            keys.sort_unstable();
        }
        keys.chunk_by(|left, right| left.0 == right.0).filter(|group| group.len() > 1)
    }
}

impl Keys for Doubles {
    const ROUGH: bool = false;

    #[inline]
    fn push(&mut self, key: u64, of: u32) {
        if let Some(place) = self.few.get_mut(self.count) {
            *place = (key, of);
        } else {
            if self.many.is_empty() {
                self.many.extend_from_slice(&self.few);
            }
            self.many.push((key, of));
        }
        self.count += 1;
    }
}

/// Mixes a second key into a first.
#[inline]
pub(super) fn mix(key: u64, more: u64) -> u64 {
    (key ^ more.rotate_left(32)).wrapping_mul(SPREAD)
}

/// A key of a term, whatever its case.
#[inline]
pub(super) fn term_key(text: &str) -> u64 {
    any_case_key(trimmed(text).as_bytes())
}

/// A key of an identifier, the same whether it is bare, labelled or an address, and whatever its case. Two of the same
/// key have still to be compared.
pub(super) fn identifier_key(text: &str) -> u64 {
    let bytes = identifier(text);
    let start = start_of(bytes);
    let rest = bytes.get(start..).unwrap_or_default();
    if start > 0 && memchr::memchr(b'%', rest).is_some() {
        return tail_key(&unescaped(rest).collect::<Vec<_>>());
    }
    tail_key(rest)
}

/// The bits of how identifiers can end that are the same: by them most are told apart before any key is made.
#[inline]
pub(super) fn ending(text: &str) -> u32 {
    match *identifier(text) {
        // It can be escaped.
        [.., b'%', _, _] => u32::MAX,
        [.., last] => 1 << (last & 31),
        [] => 1,
    }
}

/// An identifier without what is round it.
#[inline]
fn identifier(text: &str) -> &[u8] {
    let bytes = trimmed(text).as_bytes();
    bytes.strip_suffix(b"/").unwrap_or(bytes)
}

/// Where an identifier begins, behind its resolver or label.
fn start_of(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"10.") {
        return 0;
    }
    // A DOI begins at its prefix, whatever resolver or label is before it; in an address it may have escapes.
    let begins =
        |at: &usize| bytes.get(*at..*at + 3) == Some(b"10.") && matches!(bytes.get(*at - 1), Some(b'/' | b':' | b' '));
    let head = bytes.get(..LONGEST_RESOLVER).unwrap_or(bytes);
    memchr::memchr_iter(b'1', head).filter(|at| *at > 0).find(begins).unwrap_or_else(|| {
        let at = |scheme: &&[u8]| bytes.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        let may = bytes.first().is_some_and(|first| first.eq_ignore_ascii_case(&b'h'));
        SCHEMES.iter().copied().filter(|_| may).find(at).map_or(0, <[u8]>::len)
    })
}

/// A key of how bytes end, whatever their case: identifiers differ there.
fn tail_key(bytes: &[u8]) -> u64 {
    let before = bytes.get(..bytes.len().saturating_sub(8)).unwrap_or_default();
    mix(mix(last_word(bytes), last_word(before)), bytes.len() as u64)
}

/// An odd number with bits all over.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

const LONGEST_RESOLVER: usize = 32;
const SCHEMES: [&[u8]; 6] =
    [b"https://hdl.handle.net/", b"http://hdl.handle.net/", b"https://", b"http://", b"hdl:", b"handle:"];

/// Bytes with their percent escapes resolved.
fn unescaped(bytes: &[u8]) -> impl Iterator<Item = u8> {
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 0;
    std::iter::from_fn(move || {
        let byte = *bytes.get(at)?;
        let escaped = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'%');
        at += if escaped.is_some() { 3 } else { 1 };
        Some(escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()).unwrap_or(byte))
    })
}
