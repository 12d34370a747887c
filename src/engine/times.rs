//! What each part of the work costs. The clock is handed in, and is read only where somebody wants to know.

use crate::check::RuleId;

/// Nanoseconds since some beginning.
pub(crate) type Clock = fn() -> u64;

/// Work that is done for all rules together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A text to a tree.
    Parse,
    /// The values of the fields, each read on the walk.
    Values,
    /// What was found to findings, and to bytes of a report.
    Report,
}

impl Part {
    /// All of them, with what they are called.
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Parse, "(parse)"), (Self::Values, "(crosswalk and values)"), (Self::Report, "(report)")];
}

/// The time that was spent on each part and on each rule.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    clock: Clock,
    /// When the last one ended.
    last: u64,
    parts: [u64; Part::ALL.len()],
    rules: Vec<u64>,
}

impl Times {
    /// Nothing was spent so far.
    pub(crate) fn new(clock: Clock, rules: usize) -> Self {
        Self { clock, last: 0, parts: [0; Part::ALL.len()], rules: vec![0; rules] }
    }

    /// The same with nothing spent.
    #[cfg(feature = "cli")]
    pub(crate) fn fresh(&self) -> Self {
        Self::new(self.clock, self.rules.len())
    }

    /// From here on time counts for what comes next.
    pub(crate) fn begin(&mut self) {
        self.last = (self.clock)();
    }

    fn lap(&mut self) -> u64 {
        let now = (self.clock)();
        let spent = now.saturating_sub(self.last);
        self.last = now;
        spent
    }

    /// A part of the work is done.
    pub(crate) fn part(&mut self, part: Part) {
        self.parts[part as usize] += self.lap();
    }

    /// A rule's check is done.
    pub(crate) fn rule(&mut self, rule: RuleId) {
        self.rules[rule.index()] += self.lap();
    }

    /// Adds another worker's.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.parts.iter_mut().zip(other.parts).for_each(|(time, more)| *time += more);
        self.rules.iter_mut().zip(&other.rules).for_each(|(time, more)| *time += more);
    }

    /// Each part and each rule on which time was spent, in nanoseconds.
    pub(crate) fn rows<'n>(&self, rule_names: impl Iterator<Item = &'n str>) -> Vec<(&'n str, u64)> {
        let parts = Part::ALL.iter().map(|(part, name)| (*name, self.parts[*part as usize]));
        let rules = rule_names.zip(self.rules.iter().copied());
        parts.chain(rules).filter(|(_, time)| *time > 0).collect()
    }
}
