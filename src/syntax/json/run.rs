//! Runs of plain text: how far a text goes without anything to be looked at, found many bytes at once.

use wide::u8x16;

const QUOTE: u8x16 = u8x16::splat(b'"');
const BACKSLASH: u8x16 = u8x16::splat(b'\\');
const LAST_CONTROL: u8x16 = u8x16::splat(0x1F);

/// Skips text from `start` on until a quote, a backslash, a control character or the end; adds to `high` the highest bits
/// of what it skips.
#[expect(clippy::inline_always, reason = "for each of a record's names and texts")]
#[inline(always)]
pub(super) fn plain_run(bytes: &[u8], start: usize, high: &mut u32) -> usize {
    let mut at = start;
    let (blocks, rest) = bytes.get(at..).unwrap_or_default().as_chunks::<16>();
    for block in blocks {
        let block = u8x16::new(*block);
        let controls = block.simd_eq(block.min(LAST_CONTROL));
        let stops = (block.simd_eq(QUOTE) | block.simd_eq(BACKSLASH) | controls).to_bitmask();
        // Only of the bytes before the first stop, or of all.
        *high |= block.to_bitmask() & stops.wrapping_sub(1) & !stops;
        if stops != 0 {
            return at + stops.trailing_zeros() as usize;
        }
        at += block.as_array().len();
    }
    plain_rest(rest, at, high)
}

/// The same byte by byte, for what is left at the end.
fn plain_rest(rest: &[u8], start: usize, high: &mut u32) -> usize {
    let plain = rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | ..0x20));
    start + plain.inspect(|byte| *high |= u32::from(**byte & 0x80)).count()
}
