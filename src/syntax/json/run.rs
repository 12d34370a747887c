//! Runs of plain text: how far a text goes without anything to be looked at, found many bytes at once.

const LOW: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks (at least) the first byte of `word` that is zero.
#[inline]
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
}

#[inline]
const fn repeat(byte: u8) -> u64 {
    LOW * byte as u64
}

/// Skips text from `start` on until a quote, a backslash, a control character or the end; gathers the bytes' high bits.
#[inline]
pub(super) fn plain_run(bytes: &[u8], start: usize, seen: &mut u64) -> usize {
    /// From so many bytes on a text is a long one.
    const LONG: usize = 32;
    let mut at = start;
    while let Some(word) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*word);
        // With this bit turned round, a quote comes right behind the control characters: both are less than 0x21.
        let turned = word ^ repeat(b'"' ^ 0x20);
        let stop = (turned.wrapping_sub(repeat(0x21)) & !turned & HIGH) | zero_bytes(word ^ repeat(b'\\'));
        *seen |= word;
        if stop != 0 {
            return at + stop.trailing_zeros() as usize / 8;
        }
        at += 8;
        if at == start + LONG {
            at = plain_blocks(bytes, at, seen);
        }
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        *seen |= u64::from(byte);
        at += 1;
    }
    at
}

/// Skips whole blocks of a long text.
fn plain_blocks(bytes: &[u8], start: usize, seen: &mut u64) -> usize {
    let mut at = start;
    let mut high = 0;
    while let Some(block) = bytes[at..].first_chunk::<32>() {
        let (mut stops, mut bits) = (0, 0);
        for byte in block {
            stops |= u8::from(*byte == b'"') | u8::from(*byte == b'\\') | u8::from(*byte < 0x20);
            bits |= byte;
        }
        if stops != 0 {
            break;
        }
        high |= bits;
        at += block.len();
    }
    *seen |= u64::from(high);
    at
}
