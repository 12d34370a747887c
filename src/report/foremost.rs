//! Of all findings the first, errors before warnings before infos: for readers that show no more than so many.

use std::collections::VecDeque;

use crate::finding::Severity;

use super::Counts;

/// How many there is room for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Room {
    /// So many in all.
    Together(usize),
    /// So many of each severity.
    Each(usize),
}

/// Keeps the gravest, of those the first in the order of the input. The memory is that of what is kept.
#[derive(Debug)]
pub(super) struct Foremost<T> {
    room: Room,
    kept: [VecDeque<T>; 3],
    /// All that came.
    pub(super) counts: Counts,
}

impl<T> Foremost<T> {
    pub(super) fn new(room: Room) -> Self {
        Self { room, kept: Default::default(), counts: Counts::default() }
    }

    /// Adds the next, if there is room for it; something less grave may have to go.
    pub(super) fn add(&mut self, severity: Severity, make: impl FnOnce() -> T) {
        self.counts.add(severity);
        let own = severity as usize;
        let is_full = match self.room {
            Room::Each(most) => self.kept[own].len() >= most,
            Room::Together(most) => {
                let is_full = self.kept.iter().map(VecDeque::len).sum::<usize>() >= most;
                let lesser = (0..own).find(|lesser| !self.kept[*lesser].is_empty()).filter(|_| is_full);
                if let Some(lesser) = lesser {
                    self.kept[lesser].pop_back();
                }
                is_full && lesser.is_none()
            }
        };
        if !is_full {
            self.kept[own].push_back(make());
        }
    }

    /// What is kept, errors first.
    pub(super) fn kept(&self) -> impl Iterator<Item = &T> + Clone {
        self.kept.iter().rev().flatten()
    }

    /// Keeps no more than the first so many of what is kept.
    pub(super) fn keep(&mut self, most: usize) {
        let mut room = most;
        for kept in self.kept.iter_mut().rev() {
            kept.truncate(room);
            room -= kept.len();
        }
    }

    /// What is kept of a severity, in the order of the input.
    pub(super) fn of(&self, severity: Severity) -> &VecDeque<T> {
        &self.kept[severity as usize]
    }

    /// How many there was no room for.
    pub(super) fn left_out(&self) -> Counts {
        let kept = |severity| self.of(severity).len() as u64;
        let kept =
            Counts { error: kept(Severity::Error), warning: kept(Severity::Warning), info: kept(Severity::Info) };
        self.counts.less(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::{Foremost, Room};
    use crate::finding::Severity::{Error, Info, Warning};
    use crate::report::Counts;

    #[test]
    fn the_gravest_stay() {
        let mut all = Foremost::new(Room::Together(4));
        for (number, severity) in [Info, Warning, Info, Warning, Error, Info, Warning, Error].into_iter().enumerate() {
            all.add(severity, || number);
        }
        assert_eq!(all.kept().copied().collect::<Vec<_>>(), [4, 7, 1, 3]);
        assert_eq!(all.left_out(), Counts { error: 0, warning: 1, info: 3 });
        all.keep(3);
        assert_eq!(all.kept().copied().collect::<Vec<_>>(), [4, 7, 1]);
        assert_eq!(all.left_out(), Counts { error: 0, warning: 2, info: 3 });
        let mut each = Foremost::new(Room::Each(1));
        for (number, severity) in [Info, Warning, Info, Error].into_iter().enumerate() {
            each.add(severity, || number);
        }
        assert_eq!(each.kept().copied().collect::<Vec<_>>(), [3, 1, 0]);
        assert_eq!(each.left_out(), Counts { error: 0, warning: 0, info: 1 });
    }
}
