//! Member names: a cheap 32-bit hash made while scanning, and names prepared for look-ups.

const K0: u64 = 0x9E37_79B9_7F4A_7C15;
const K1: u64 = 0xD6E8_FEB8_6659_FD93;

#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

#[inline]
fn four(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u64::from(u32::from_le_bytes(word))
}

/// How a name begins and ends: of up to 16 bytes all there is, so that two names as long and of the same ends are one.
#[inline]
fn ends(name: &[u8]) -> (u64, u64) {
    let len = name.len();
    if len >= 8 {
        (eight(name, 0), eight(name, len - 8))
    } else if len >= 4 {
        (four(name, 0), four(name, len - 4))
    } else {
        let packed = name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        (packed, 0)
    }
}

/// Hashes a member name. Equal names have equal hashes; names with equal hashes must still be compared.
#[inline]
#[allow(clippy::cast_possible_truncation)] // the upper half is folded in first
pub(crate) fn hash(name: &[u8]) -> u32 {
    let len = name.len();
    let (first, last) = ends(name);
    let mut mixed = (first ^ (len as u64).wrapping_mul(K0)).wrapping_mul(K1) ^ last.wrapping_mul(K0).rotate_left(31);
    if len > 16 {
        for at in (8..len - 8).step_by(8) {
            mixed = (mixed ^ eight(name, at)).wrapping_mul(K0).rotate_left(29);
        }
    }
    (mixed ^ (mixed >> 32)) as u32
}

/// A member name prepared once for many look-ups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub(crate) hash: u32,
    ends: (u64, u64),
    pub(crate) text: Box<str>,
}

impl Name {
    /// Prepares `text` for look-ups.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { hash: hash(text.as_bytes()), ends: ends(text.as_bytes()), text: text.into() }
    }

    /// The name is these bytes. Most names are short, and to call for a comparison would take longer than to make it.
    #[inline]
    pub(crate) fn is(&self, bytes: &[u8]) -> bool {
        let own = self.text.as_bytes();
        own.len() == bytes.len()
            && self.ends == ends(bytes)
            && match own.len() {
                ..=16 => true,
                17..=24 => eight(own, 8) == eight(bytes, 8),
                _ => own == bytes,
            }
    }
}
