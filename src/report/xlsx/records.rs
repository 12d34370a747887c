//! The records of a spreadsheet: a few words of each, and what they come to by collection and file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::READY;
use crate::finding::Severity;
use crate::report::{Counts, NIHIL_OBSTAT, NOT_READY, TO_LOOK_AT, verdict};

/// What is kept of a record.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) file: Arc<str>,
    pub(super) line: u64,
    pub(super) title: Box<str>,
    pub(super) id: Box<str>,
    pub(super) link: Box<str>,
    pub(super) collection: Arc<str>,
    pub(super) states: Arc<str>,
    in_ready_state: bool,
    pub(super) counts: Counts,
}

impl Record {
    pub(super) fn verdict(&self) -> &'static str {
        verdict(self.in_ready_state && self.counts.error == 0, self.counts.warning > 0)
    }

    pub(super) fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().rev().find(|severity| self.counts.at_least(*severity) > 0)
    }
}

/// The most records that are kept: as many as a sheet has rows below its head.
const MOST: usize = 1_048_575;

/// What some records come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) records: u64,
    /// Not ready, to look at, nihil obstat.
    pub(super) verdicts: [u64; 3],
    pub(super) counts: Counts,
}

/// All records, in the order of the input.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) all: Vec<Record>,
    /// By file and byte, where each stands: more may be found in it later. The file is the one that is being read.
    places: HashMap<u64, usize>,
    file: Arc<str>,
    /// Texts that many records have in common.
    common: HashMap<Box<str>, Arc<str>>,
    /// Records beyond the most.
    pub(super) left_out: u64,
}

impl Records {
    /// Adds a record, or what was found in it later.
    pub(super) fn add(&mut self, cells: &[&str]) {
        let &[file, byte, line, title, id, page, collection, states, ready, infos, warnings, errors] = cells else {
            return;
        };
        if *self.file != *file {
            self.file = file.into();
            self.places.clear();
        }
        let number = |text: &str| text.parse::<u64>().unwrap_or_default();
        let counts = Counts { error: number(errors), warning: number(warnings), info: number(infos) };
        if let Some(place) = self.places.get(&number(byte)) {
            self.all.get_mut(*place).into_iter().for_each(|known| known.counts.extend(counts));
            return;
        }
        self.places.insert(number(byte), self.all.len());
        if self.all.len() == MOST {
            self.left_out += 1;
            return;
        }
        let record = Record {
            file: Arc::clone(&self.file),
            line: number(line),
            title: title.into(),
            id: id.into(),
            link: page.into(),
            collection: self.shared(collection),
            states: self.shared(states),
            in_ready_state: ready == READY,
            counts,
        };
        self.all.push(record);
    }

    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.common.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = text.into();
        self.common.insert(text.into(), Arc::clone(&shared));
        shared
    }

    /// What they come to by what `of` says of each.
    pub(super) fn by(&self, of: impl Fn(&Record) -> &str) -> BTreeMap<&str, Sum> {
        let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
        for record in &self.all {
            let sum = sums.entry(of(record)).or_default();
            sum.records += 1;
            let verdict = record.verdict();
            let place = [NOT_READY, TO_LOOK_AT, NIHIL_OBSTAT].iter().position(|word| *word == verdict);
            sum.verdicts[place.unwrap_or_default()] += 1;
            sum.counts.extend(record.counts);
        }
        sums
    }
}
