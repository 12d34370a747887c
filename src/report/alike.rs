//! What is the same in many records: counted by rule and value, in bounded memory, and said as one.

use std::collections::HashMap;
use std::fmt::Write as _;

use foldhash::fast::RandomState;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::check::RuleId;
use crate::policy::Reported;

use super::machine::on_one_line;
use super::render::{Alike, FoldKind};
use super::statistics::Share;
use super::{Summary, grouped};

/// From so many records on, what is the same is said as one.
const MANY: u64 = 20;
/// How many different faults are counted by their value: the first in the order of the input.
const MOST_COUNTED: usize = 10_000;
/// How many are said.
const MOST_SAID: usize = 30;
/// How many records are named.
const EXAMPLES: usize = 3;
/// Up to so many characters of what is said are kept.
const MESSAGE: usize = 240;

/// The finding as one that may be alike to others.
pub(super) fn alike(reported: &Reported) -> Alike {
    let finding = &reported.finding;
    let kind = FoldKind { rule: reported.rule, says: xxh3_64(without_values(&finding.message).as_bytes()) };
    let value = finding.value.as_deref().map_or(0, |value| xxh3_64(value.trim().as_bytes()));
    let message = match finding.message.char_indices().nth(MESSAGE) {
        Some((end, _)) => format!("{}…", &finding.message[..end]).into(),
        None => finding.message.as_str().into(),
    };
    Alike { kind, same: xxh3_64_with_seed(&value.to_le_bytes(), kind.says), message }
}

/// A message without what is in quotes or brackets, and without digits.
fn without_values(message: &str) -> String {
    let mut says = String::with_capacity(message.len());
    let (mut quoted, mut brackets) = (false, 0_usize);
    for letter in message.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => brackets += 1,
            ')' if !quoted => brackets = brackets.saturating_sub(1),
            _ if quoted || brackets > 0 || letter.is_ascii_digit() => {}
            _ => says.push(letter),
        }
    }
    says
}

/// Findings that were not shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Hidden {
    pub(super) count: u64,
    /// The first, each with its number in the run.
    examples: Vec<(u64, Box<str>)>,
}

impl Hidden {
    fn note(&mut self, number: u64, example: &str) {
        self.count += 1;
        if self.examples.len() < EXAMPLES && !self.examples.iter().any(|(_, known)| **known == *example) {
            self.examples.push((number, example.into()));
        }
    }

    /// Adds others, which may have come before.
    fn extend(&mut self, other: &Self) {
        self.count += other.count;
        self.examples.extend(other.examples.iter().cloned());
        self.examples.sort();
        self.examples.dedup_by(|left, right| left.1 == right.1);
        self.examples.truncate(EXAMPLES);
    }

    /// "many.ndjson:4, many.ndjson:5".
    pub(super) fn examples(&self) -> String {
        self.examples.iter().map(|(_, example)| &**example).collect::<Vec<_>>().join(", ")
    }
}

/// One fault, and how many records have it.
#[derive(Debug)]
struct Counter {
    rule: RuleId,
    message: Box<str>,
    records: u64,
    /// The record that was counted last.
    last: u64,
    examples: Vec<Box<str>>,
    hidden: Hidden,
}

/// How often what was found.
#[derive(Debug, Default)]
pub(super) struct Counts {
    counters: Vec<Counter>,
    places: HashMap<(RuleId, u64), usize, RandomState>,
    /// By rule, what was not shown and is not counted by its value.
    uncounted: HashMap<RuleId, Hidden, RandomState>,
    stopped: bool,
    /// How many findings there have been.
    number: u64,
}

impl Counts {
    /// The same has not been found in many records before this one. Nothing is known of what came when too many were
    /// counted: that is new.
    pub(super) fn is_new(&self, alike: &Alike, record: u64) -> bool {
        let counter = self.places.get(&(alike.kind.rule, alike.same)).map(|place| &self.counters[*place]);
        counter.is_none_or(|counter| counter.records - u64::from(counter.last == record) < MANY)
    }

    /// Counts a finding in the record with this number, which stands at `example`.
    pub(super) fn note(&mut self, alike: &Alike, record: u64, example: &str, shown: bool) {
        self.number += 1;
        let number = self.number;
        let rule = alike.kind.rule;
        let key = (rule, alike.same);
        let place = self.places.get(&key).copied().or_else(|| {
            if self.counters.len() == MOST_COUNTED {
                self.stopped = true;
                return None;
            }
            let message = alike.message.clone();
            let (examples, hidden) = (Vec::new(), Hidden::default());
            self.counters.push(Counter { rule, message, records: 0, last: 0, examples, hidden });
            self.places.insert(key, self.counters.len() - 1);
            Some(self.counters.len() - 1)
        });
        let hidden = match place {
            Some(place) => {
                let counter = &mut self.counters[place];
                if counter.last != record {
                    counter.last = record;
                    counter.records += 1;
                    if counter.examples.len() < EXAMPLES {
                        counter.examples.push(example.into());
                    }
                }
                &mut counter.hidden
            }
            None => self.uncounted.entry(rule).or_default(),
        };
        if !shown {
            hidden.note(number, example);
        }
    }

    /// What is the same in many records, and of the rest what was not shown of each rule.
    fn told(&self) -> (Vec<&Counter>, HashMap<RuleId, Hidden, RandomState>) {
        let mut many: Vec<_> = self.counters.iter().filter(|counter| counter.records >= MANY).collect();
        many.sort_by(|left, right| {
            let order = right.records.cmp(&left.records).then(left.rule.cmp(&right.rule));
            order.then_with(|| left.message.cmp(&right.message))
        });
        let unsaid = many.split_off(many.len().min(MOST_SAID));
        let mut rest = self.uncounted.clone();
        let few = self.counters.iter().filter(|counter| counter.records < MANY);
        for counter in few.chain(unsaid).filter(|counter| counter.hidden.count > 0) {
            rest.entry(counter.rule).or_default().extend(&counter.hidden);
        }
        (many, rest)
    }

    /// Some findings were counted and not shown.
    fn has_hidden(&self) -> bool {
        !self.uncounted.is_empty() || self.counters.iter().any(|counter| counter.hidden.count > 0)
    }

    /// What comes at the end of a report: each fault that is in many records, and how many of each rule are not shown;
    /// nothing if there are neither.
    pub(super) fn text(&self, names: &[std::sync::Arc<str>], summary: &Summary) -> String {
        let (many, rest) = self.told();
        let mut text = String::new();
        if !many.is_empty() {
            text.push_str("The same in many records:\n\n");
        }
        for counter in many {
            let share = Share::new(counter.records, summary.values());
            let _ = writeln!(
                text,
                "{}: in {} of {} records ({}), e.g. {}\n  {}\n",
                names[counter.rule.index()],
                grouped(counter.records),
                grouped(share.whole()),
                share.percent(),
                counter.examples.join(", "),
                on_one_line(&counter.message),
            );
        }
        for (rule, name) in names.iter().enumerate() {
            let hidden = rest.iter().find(|(known, _)| known.index() == rule).map(|(_, hidden)| hidden);
            if let Some(hidden) = hidden.filter(|hidden| hidden.count > 0) {
                let _ = writeln!(text, "{name}: and {} more, e.g. {}", grouped(hidden.count), hidden.examples());
            }
        }
        if self.stopped {
            let _ = writeln!(
                text,
                "Counting the same by its value stopped at {} different faults.",
                grouped(MOST_COUNTED as u64)
            );
        }
        if self.has_hidden() {
            text.push_str("`--output-format concise --for auditor` has every one, a line each.\n");
        }
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        text
    }
}
