//! Folding: of what is alike in many records the first few are shown, the rest is counted.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::alike::Counts;
use super::render::{Alike, FoldKind, parts};
use super::{Assembler, Gate, Rendered, Summary};

/// How often a kind is shown before the rest is only counted.
const SHOWN_PER_KIND: u64 = 3;
/// How often a rule is, of whatever kind.
const SHOWN_PER_RULE: u64 = 30;
/// Puts the parts of a report together.
pub(super) struct Folding {
    names: Arc<[Arc<str>]>,
    /// How often each kind has been shown.
    shown: HashMap<FoldKind, u64>,
    /// How often each rule has.
    shown_of_rule: Vec<u64>,
    counts: Counts,
    /// The number of the record, from 1.
    record: u64,
    /// What was written last is a line of its own, with nothing after it.
    in_lines: bool,
}

/// The record whose parts are being written.
#[derive(Default)]
struct Open<'r> {
    /// Its beginning, as long as nothing of it has been written; nothing where a line is all there is of it.
    head: Option<&'r [u8]>,
    /// Something of it has been written.
    begun: bool,
    /// The rules of what was not.
    left_out: Vec<usize>,
}

impl Folding {
    pub(super) fn new(names: Arc<[Arc<str>]>) -> Self {
        let shown_of_rule = vec![0; names.len()];
        Self { names, shown: HashMap::new(), shown_of_rule, counts: Counts::default(), record: 0, in_lines: false }
    }

    /// A part is shown while any of its kinds is new enough; all are counted.
    fn shows(&mut self, alike: &[Alike], example: &str) -> bool {
        let is_new = |Alike { kind, .. }: &Alike| {
            let shown = self.shown.get(kind).is_none_or(|shown| *shown < SHOWN_PER_KIND);
            shown && self.shown_of_rule[kind.rule.index()] < SHOWN_PER_RULE
        };
        let shows = alike.iter().any(is_new);
        for one in alike {
            if shows {
                *self.shown.entry(one.kind).or_default() += 1;
                self.shown_of_rule[one.kind.rule.index()] += 1;
            }
            self.counts.note(one, self.record, example, shows);
        }
        shows
    }

    fn write(&mut self, bytes: &[u8], open: &mut Open<'_>, out: &mut dyn Write) -> io::Result<()> {
        if let Some(head) = open.head.take().filter(|head| !head.is_empty()) {
            // A line on its own comes before it.
            if self.in_lines {
                out.write_all(b"\n")?;
            }
            out.write_all(head)?;
            open.begun = true;
        }
        self.in_lines = !bytes.ends_with(b"\n\n");
        out.write_all(bytes)
    }

    /// Says in a record that has begun what is wrong with it, too.
    fn close(&self, open: &mut Open<'_>, out: &mut dyn Write) -> io::Result<()> {
        if open.begun && !open.left_out.is_empty() {
            open.left_out.dedup();
            let names: Vec<_> = open.left_out.iter().map(|rule| &*self.names[*rule]).collect();
            writeln!(out, "  and, as shown before: {}\n", names.join(", "))?;
        }
        *open = Open::default();
        Ok(())
    }
}

impl Assembler for Folding {
    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        let mut open = Open::default();
        for (bytes, gate) in parts(&rendered) {
            match gate {
                Gate::Head => {
                    self.close(&mut open, out)?;
                    self.record += 1;
                    open.head = Some(bytes);
                }
                Gate::Fold { alike, example } if !self.shows(alike, example) => {
                    open.left_out.extend(alike.iter().map(|alike| alike.kind.rule.index()));
                }
                Gate::Always | Gate::Of(..) | Gate::Fold { .. } => self.write(bytes, &mut open, out)?,
            }
        }
        self.close(&mut open, out)
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = self.counts.text(&self.names, summary);
        if self.in_lines {
            out.write_all(b"\n")?;
        }
        out.write_all(text.as_bytes())?;
        out.write_all(summary.text().as_bytes())?;
        out.write_all(summary.cut_text().as_bytes())?;
        out.write_all(summary.score_text().as_bytes())
    }
}
