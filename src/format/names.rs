//! The names of members that lead on in a crosswalk, by their hash.

use crate::document::{Name, NodeRef};

/// Member names by their hash: no two of them in one slot, so that one look tells whether a name is known. Without
/// slots where that cannot be had.
#[derive(Debug, Default)]
pub(super) struct KeyTable {
    pub(super) names: Vec<(Name, u32)>,
    /// The hash of a name, and its position among the names; a power of two of them.
    slots: Vec<(u32, u32)>,
    /// By what hashes are multiplied so that they part.
    factor: u32,
}

const EMPTY: u32 = u32::MAX;

#[expect(clippy::cast_possible_truncation, reason = "a crosswalk has few names")]
impl KeyTable {
    /// Where a name leads, before all are in.
    pub(super) fn child(&self, name: &Name) -> Option<u32> {
        self.names.iter().find(|(known, _)| known == name).map(|(_, child)| *child)
    }

    /// Makes the look-ups quick, when all names are in.
    pub(super) fn finish(&mut self) {
        /// So many factors are tried before there are more slots. Any odd number will do.
        const TRIES: u32 = 64;
        const MOST_SLOTS: usize = 1 << 12;
        if self.names.is_empty() {
            return;
        }
        let mut size = (self.names.len() * 2).next_power_of_two();
        // Two names of one hash cannot be parted: then there are no slots.
        while self.slots.is_empty() && size <= MOST_SLOTS {
            let factors = (0..TRIES).map(|number| 0x9E37_79B1_u32.wrapping_mul(number * 2 + 1));
            for factor in factors {
                if let Some(slots) = self.parted(factor, size) {
                    (self.slots, self.factor) = (slots, factor);
                    break;
                }
            }
            size *= 2;
        }
    }

    /// The slots, if no two names come into one.
    fn parted(&self, factor: u32, size: usize) -> Option<Vec<(u32, u32)>> {
        let mut slots = vec![(0, EMPTY); size];
        for (position, (name, _)) in self.names.iter().enumerate() {
            let slot = &mut slots[slot_of(name.hash, factor, size)];
            if slot.1 != EMPTY {
                return None;
            }
            *slot = (name.hash, position as u32);
        }
        Some(slots)
    }

    /// Where a member's name leads, unless it stands again later.
    #[inline]
    pub(super) fn find(&self, key: NodeRef<'_>) -> Option<u32> {
        let hash = key.raw().data;
        let Some(&(known, position)) = self.slots.get(slot_of(hash, self.factor, self.slots.len())) else {
            return if self.names.is_empty() { None } else { self.search(key) };
        };
        if known != hash {
            return None;
        }
        let (name, child) = self.names.get(position as usize)?;
        (name.is(key.raw_bytes()) && key.counts()).then_some(*child)
    }

    /// Without slots: each name in turn.
    #[cold]
    fn search(&self, key: NodeRef<'_>) -> Option<u32> {
        let known = self.names.iter().find(|(name, _)| key.counts() && key.is_called(name));
        known.map(|(_, child)| *child)
    }
}

/// The upper bits of the product, as many as `size`, a power of two, has.
#[inline]
fn slot_of(hash: u32, factor: u32, size: usize) -> usize {
    (hash.wrapping_mul(factor) >> 16) as usize & size.wrapping_sub(1)
}
