//! Which of many keys stand more than once. A few are kept on the stack.

/// So many are kept without a place on the heap.
const FEW: usize = 32;

/// Keys, each with the number of what it is of.
pub(super) struct Doubles {
    few: [(u64, u32); FEW],
    count: usize,
    many: Vec<(u64, u32)>,
}

impl Doubles {
    pub(super) fn new() -> Self {
        Self { few: [(0, 0); FEW], count: 0, many: Vec::new() }
    }

    /// Adds a key.
    #[inline]
    pub(super) fn push(&mut self, key: u64, of: u32) {
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

/// Mixes a second key into a first.
#[inline]
pub(super) fn mix(key: u64, more: u64) -> u64 {
    (key ^ more.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A key of a term, whatever its case.
#[inline]
pub(super) fn term_key(text: &str) -> u64 {
    bytes_key(text.trim().bytes())
}

/// A key of an identifier, the same whether it is bare, labelled or an address, and whatever its case. Two of the same
/// key have still to be compared.
pub(super) fn identifier_key(text: &str) -> u64 {
    let bytes = text.trim().as_bytes();
    let bytes = bytes.strip_suffix(b"/").unwrap_or(bytes);
    // A DOI begins at its prefix, whatever resolver or label is before it; in an address it may have escapes.
    let begins = |at: &usize| {
        bytes.get(*at..*at + 3) == Some(b"10.") && (*at == 0 || matches!(bytes.get(*at - 1), Some(b'/' | b':' | b' ')))
    };
    let head = bytes.get(..LONGEST_RESOLVER).unwrap_or(bytes);
    let start = memchr::memchr_iter(b'1', head).find(begins).unwrap_or_else(|| {
        let at = |scheme: &&[u8]| bytes.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        SCHEMES.iter().copied().find(at).map_or(0, <[u8]>::len)
    });
    let rest = bytes.get(start..).unwrap_or_default();
    if start > 0 && memchr::memchr(b'%', rest).is_some() {
        return tail_key(&unescaped(rest).collect::<Vec<_>>());
    }
    tail_key(rest)
}

/// A key of how bytes end, whatever their case: identifiers differ there.
fn tail_key(bytes: &[u8]) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let word = |end: usize| {
        let start = end.saturating_sub(8);
        let mut word = [0; 8];
        for (place, byte) in word.iter_mut().zip(bytes.get(start..end).unwrap_or_default()) {
            *place = *byte;
        }
        u64::from_le_bytes(word) | CASE
    };
    let length = bytes.len();
    mix(mix(word(length), word(length.saturating_sub(8))), length as u64)
}

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

fn bytes_key(bytes: impl Iterator<Item = u8>) -> u64 {
    let add = |key: u64, byte: u8| (key ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01B3);
    bytes.fold(0xCBF2_9CE4_8422_2325, add)
}
