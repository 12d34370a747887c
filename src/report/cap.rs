//! A limit for the findings of a rule that are written: the first in the order of the input.

use std::io::{self, Write};

use crate::check::RuleId;

use super::{Assembler, Gate, Rendered, Summary, UnreadFile};

/// Lets through no more than so many findings of each rule to what puts a report together.
pub(crate) struct Capped {
    inner: Box<dyn Assembler>,
    most: u64,
    /// By rule, how many were let through.
    written: Vec<u64>,
}

impl Capped {
    /// No more than `most` of each of `rules` rules.
    pub(crate) fn new(inner: Box<dyn Assembler>, most: u64, rules: usize) -> Self {
        Self { inner, most, written: vec![0; rules] }
    }

    fn lets_through(&mut self, gate: &Gate) -> bool {
        let rules: Vec<RuleId> = match gate {
            Gate::Always | Gate::Head => return true,
            Gate::Of(rule, _) => vec![*rule],
            Gate::Fold { alike, .. } => alike.iter().map(|alike| alike.kind.rule).collect(),
        };
        let through = rules.iter().all(|rule| self.written[rule.index()] < self.most);
        if through {
            for rule in &rules {
                self.written[rule.index()] += 1;
            }
        }
        through
    }
}

impl Assembler for Capped {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.inner.begin(out)
    }

    fn add(&mut self, mut rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        let mut kept = Rendered::default();
        let mut start = 0;
        for (end, gate) in std::mem::take(&mut rendered.parts) {
            if self.lets_through(&gate) {
                kept.bytes.extend_from_slice(&rendered.bytes[start..end]);
                kept.end(gate);
            }
            start = end;
        }
        self.inner.add(kept, out)
    }

    fn unread(&mut self, file: &UnreadFile) {
        self.inner.unread(file);
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.inner.finish(summary, out)
    }

    fn lacks(&self) -> Option<String> {
        self.inner.lacks()
    }
}
