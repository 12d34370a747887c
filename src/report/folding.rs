//! Folding: of what is alike in many records the first few are shown, the rest is counted.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::policy::Reported;

use super::render::FoldKind;
use super::{Assembler, Gate, Rendered, Summary, grouped};

/// How often a kind is shown before the rest is only counted.
const SHOWN_PER_KIND: u64 = 3;
/// How often a rule is, of whatever kind.
const SHOWN_PER_RULE: u64 = 30;
/// How many of the rest are named.
const EXAMPLES: usize = 3;

/// The kind that a finding is of: its message without what is in quotes or brackets, and without digits.
pub(super) fn fold_kind(reported: &Reported) -> FoldKind {
    let mut says = String::with_capacity(reported.finding.message.len());
    let (mut quoted, mut brackets) = (false, 0_usize);
    for letter in reported.finding.message.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => brackets += 1,
            ')' if !quoted => brackets = brackets.saturating_sub(1),
            _ if quoted || brackets > 0 || letter.is_ascii_digit() => {}
            _ => says.push(letter),
        }
    }
    FoldKind { rule: reported.rule, says: xxh3_64(says.as_bytes()) }
}

/// What was not shown of a rule.
#[derive(Clone, Debug, Default)]
struct Folded {
    /// How often it was shown.
    shown: u64,
    count: u64,
    examples: Vec<Box<str>>,
}

/// Puts the parts of a report together.
pub(super) struct Folding {
    names: Arc<[Arc<str>]>,
    /// How often each kind has been shown.
    shown: HashMap<FoldKind, u64>,
    /// By rule.
    folded: Vec<Folded>,
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
        let folded = vec![Folded::default(); names.len()];
        Self { names, shown: HashMap::new(), folded, in_lines: false }
    }

    /// A part is shown while any of its kinds is new enough; what is not is counted.
    fn shows(&mut self, kinds: &[FoldKind], example: &str) -> bool {
        let is_new = |kind: &FoldKind| {
            let shown = self.shown.get(kind).is_none_or(|shown| *shown < SHOWN_PER_KIND);
            shown && self.folded[kind.rule.index()].shown < SHOWN_PER_RULE
        };
        let shows = kinds.iter().any(is_new);
        for kind in kinds {
            let folded = &mut self.folded[kind.rule.index()];
            if shows {
                *self.shown.entry(*kind).or_default() += 1;
                folded.shown += 1;
            } else {
                folded.count += 1;
                if folded.examples.len() < EXAMPLES && !folded.examples.iter().any(|known| **known == *example) {
                    folded.examples.push(example.into());
                }
            }
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
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn add(&mut self, rendered: &Rendered, out: &mut dyn Write) -> io::Result<()> {
        let mut start = 0;
        let mut open = Open::default();
        for (end, gate) in &rendered.parts {
            let bytes = &rendered.bytes[start..*end];
            start = *end;
            match gate {
                Gate::Head => {
                    self.close(&mut open, out)?;
                    open.head = Some(bytes);
                }
                Gate::Fold { kinds, example } if !self.shows(kinds, example) => {
                    open.left_out.extend(kinds.iter().map(|kind| kind.rule.index()));
                }
                Gate::Always | Gate::Fold { .. } => self.write(bytes, &mut open, out)?,
            }
        }
        self.close(&mut open, out)
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let folded = self.folded.iter().zip(self.names.iter()).filter(|(folded, _)| folded.count > 0);
        let mut text = if self.in_lines { "\n".to_owned() } else { String::new() };
        let before = text.len();
        for (folded, name) in folded {
            let _ = writeln!(text, "{name}: and {} more, e.g. {}", grouped(folded.count), folded.examples.join(", "));
        }
        if text.len() > before {
            text.push_str("`--output-format concise` has every one, a line each.\n\n");
        }
        out.write_all(text.as_bytes())?;
        out.write_all(summary.text().as_bytes())
    }
}
