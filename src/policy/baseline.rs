//! A baseline: faults that were there before and are lived with, by fingerprint. Each is taken out of a run so often as
//! the baseline has it, the first in the order of the input.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::RandomState;

/// Faults that are lived with, and how many of each a run has met.
#[derive(Debug, Default)]
pub(crate) struct Baseline {
    /// By fingerprint: the fault's number.
    numbers: HashMap<u64, u32, RandomState>,
    /// By number: how often it is lived with, and how often it has been met.
    known: Vec<(u64, AtomicU64)>,
}

/// Faults of a baseline that were met in a stretch of a run, and do not count until the stretch has its turn.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    counts: HashMap<u32, u64, RandomState>,
    /// What is found once in a file, however often it is met.
    once: Vec<u32>,
}

impl Baseline {
    /// Of fingerprints, each with how often it is lived with.
    pub(crate) fn new(entries: impl Iterator<Item = (u64, u64)>) -> Self {
        let mut baseline = Self::default();
        for (fingerprint, count) in entries {
            let next = u32::try_from(baseline.known.len()).unwrap_or(u32::MAX);
            let number = *baseline.numbers.entry(fingerprint).or_insert(next);
            if number == next {
                baseline.known.push((0, AtomicU64::new(0)));
            }
            let known = &mut baseline.known[number as usize].0;
            *known = known.saturating_add(count);
        }
        baseline
    }

    /// The number of a fault that is lived with.
    pub(crate) fn number(&self, fingerprint: u64) -> Option<u32> {
        self.numbers.get(&fingerprint).copied()
    }

    /// How often the fault may still be met.
    fn left(&self, number: u32) -> u64 {
        let (most, met) = &self.known[number as usize];
        most.saturating_sub(met.load(Ordering::Relaxed))
    }

    /// The fault is one that is lived with, and is claimed; `once`: it is found once in a file.
    pub(crate) fn takes(&self, fingerprint: &str, once: bool, claims: &mut Claims) -> bool {
        let number = u64::from_str_radix(fingerprint, 16).ok().and_then(|fingerprint| self.number(fingerprint));
        let Some(number) = number else { return false };
        if once {
            claims.once.push(number);
            return true;
        }
        let claimed = claims.counts.entry(number).or_default();
        let takes = *claimed < self.left(number);
        *claimed += u64::from(takes);
        takes
    }

    /// A stretch that has its turn has claimed no more than is left: what it took is what comes first.
    pub(crate) fn allows(&self, claims: &Claims) -> bool {
        claims.counts.iter().all(|(number, claimed)| *claimed <= self.left(*number))
    }

    /// Counts what was claimed; tells `met` of each fault and how often it was met.
    pub(crate) fn count(&self, claims: Claims, mut met: impl FnMut(u32, u64, bool)) {
        for (number, claimed) in claims.counts.into_iter().filter(|(_, claimed)| *claimed > 0) {
            self.known[number as usize].1.fetch_add(claimed, Ordering::Relaxed);
            met(number, claimed, false);
        }
        claims.once.into_iter().for_each(|number| met(number, 1, true));
    }
}

impl Claims {
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.once.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Claims};

    #[test]
    fn a_fault_is_taken_so_often_as_it_is_known() {
        let baseline = Baseline::new([(1, 2), (2, 1), (1, 1)].into_iter());
        let mut claims = Claims::default();
        let taken = |text: &str, claims: &mut Claims| baseline.takes(text, false, claims);
        assert_eq!((0..5).filter(|_| taken("0000000000000001", &mut claims)).count(), 3);
        assert!(!taken("0000000000000003", &mut claims) && baseline.allows(&claims));
        let mut others = Claims::default();
        assert!(taken("0000000000000001", &mut others), "nobody's turn has come");
        baseline.count(claims, |_, _, _| {});
        assert!(!baseline.allows(&others) && !taken("0000000000000001", &mut Claims::default()));
    }
}
