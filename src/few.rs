//! A map of mostly few entries: they are looked through, and hashed only where there are many.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// Up to so many entries are looked through.
const FEW: usize = 12;

/// Values by their keys.
#[derive(Debug)]
pub(crate) struct FewMap<K, V> {
    few: Vec<(K, V)>,
    many: HashMap<K, V, RandomState>,
}

impl<K, V> Default for FewMap<K, V> {
    fn default() -> Self {
        Self { few: Vec::new(), many: HashMap::default() }
    }
}

impl<K: Eq + Hash, V: Default> FewMap<K, V> {
    /// The value of `key`; the default where it has none yet.
    pub(crate) fn entry(&mut self, key: K) -> &mut V {
        if self.many.is_empty() {
            let known = self.few.iter().position(|(known, _)| *known == key);
            if known.is_some() || self.few.len() < FEW {
                let at = known.unwrap_or_else(|| {
                    if self.few.is_empty() {
                        self.few.reserve_exact(FEW);
                    }
                    self.few.push((key, V::default()));
                    self.few.len() - 1
                });
                return &mut self.few[at].1;
            }
            self.many.extend(self.few.drain(..));
        }
        self.many.entry(key).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::FewMap;

    #[test]
    fn few_and_many_are_counted_alike() {
        let mut map: FewMap<u32, u32> = FewMap::default();
        for round in 1..=3_u32 {
            for key in 0..40_u32 {
                *map.entry(key) += key;
                assert_eq!(*map.entry(key), key * round);
            }
        }
    }
}
