//! A worker: takes a task, judges its records, renders what it finds while it holds the text.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::beside::Beside;
use crate::check::{Record, RuleId};
use crate::document::{Prefix, Segment, Source};
use crate::finding::Severity;
use crate::format::{Cuts, Format};
use crate::input::{Chunk, Content, Piece, SourceFile, Task, Work, open};
use crate::policy::Claims;
use crate::report::{RecordReport, Rendered, Renderer, Understood};

use super::figures::{Figures, Seen};
use super::judge::{Judge, Outcome, Sink, said};
use super::measures::Measures;
use super::setup::Setup;
use super::sieve::{Earlier, Sieve, Sift};
use super::table::Columns;
use super::tally::Tally;
use super::times::Times;

/// A stretch of what a worker has done: all of it counts, or all of it only if nothing like it came before.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    /// The finding that is said once a source, if this is one.
    pub(crate) once: Option<RuleId>,
    pub(crate) tally: Tally,
    /// What is told of a table's columns when all its rows have been judged.
    pub(crate) columns: Columns,
    /// Statistics, if they are wanted.
    pub(crate) figures: Option<Box<Figures>>,
    /// What was rendered, for each output.
    pub(crate) rendered: Vec<Rendered>,
}

/// What a worker has done with a task.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) number: u64,
    pub(crate) source: usize,
    pub(crate) first: bool,
    pub(crate) stretches: Vec<Stretch>,
    /// Bytes that were judged.
    pub(crate) bytes: u64,
    /// The source could not be read (on).
    pub(crate) failure: Option<io::Error>,
    /// Faults of the baseline that were met.
    pub(crate) claims: Claims,
    /// If there are any: what was judged, should more have been claimed than is left.
    pub(crate) chunks: Vec<Chunk<'static>>,
}

/// A worker with its buffers.
pub(crate) struct Worker<'e> {
    setup: &'e Setup,
    measures: &'e Measures,
    renderers: &'e [Box<dyn Renderer>],
    sources: &'e [SourceFile],
    cuts: &'e Arc<Cuts>,
    sieve: &'e Sieve,
    judge: Judge<'e>,
    /// The buffer of the last chunk, to be used again.
    pub(crate) spare: Vec<u8>,
}

impl<'e> Worker<'e> {
    pub(crate) fn new(
        setup: &'e Setup,
        measures: &'e Measures,
        renderers: &'e [Box<dyn Renderer>],
        sources: &'e [SourceFile],
        cuts: &'e Arc<Cuts>,
        sieve: &'e Sieve,
    ) -> Self {
        let times = measures.clock.map(|clock| Times::new(clock, setup.catalogue.rules().count()));
        let judge = judge(setup, renderers, sieve).timed(times);
        Self { setup, measures, renderers, sources, cuts, sieve, judge, spare: Vec::new() }
    }

    /// What its work has cost, if that was wanted.
    pub(crate) fn times(&self) -> Option<&Times> {
        self.judge.times.as_ref()
    }

    /// Does a task. Whatever panics, something is handed on: the others wait for it.
    pub(crate) fn work(&mut self, task: Task) -> Done {
        let Task { number, source, first, work } = task;
        let mut done = Done { number, source, first, ..Done::default() };
        let begins = match &work {
            Work::Chunk(chunk) => chunk.segments.first().cloned(),
            _ => None,
        };
        let attempt = || match work {
            Work::Chunk(chunk) => done.failure = self.chunk(chunk, &mut done).err(),
            Work::Small => done.failure = self.small(&mut done).err(),
            Work::Nothing => {}
            Work::Failed(error) => done.failure = Some(error),
            Work::Panicked(payload) => self.panicked(&*payload, None, &mut done),
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(attempt)) {
            self.panicked(&*payload, begins, &mut done);
        }
        done.claims = self.judge.sift.claims();
        if done.claims.is_empty() {
            done.chunks.clear();
        }
        done
    }

    /// A part of a source, which begins there, was not judged: one finding says so.
    #[cold]
    fn panicked(&mut self, payload: &(dyn Any + Send), begins: Option<Segment>, done: &mut Done) {
        let segments = [begins.unwrap_or_else(|| Segment::whole(Arc::clone(&self.sources[done.source].shown)))];
        let reason = format!("{}; from here on a part of the file was not judged", said(payload));
        // What stands in its buffers is not to be relied on.
        self.judge = judge(self.setup, self.renderers, self.sieve).timed(self.judge.times.take());
        let tell = || {
            let mut collector = Collector::new(self.setup, self.measures, self.renderers);
            let piece = Piece {
                range: 0..0,
                index: 0,
                row: None,
                prefix: Prefix::Root,
                content: Content::Value,
                syntax: crate::syntax::Syntax::Json,
            };
            self.judge.internal_error(&Source::new("", &segments), &piece, reason, Outcome::Around, &mut collector);
            collector.finish()
        };
        let told = catch_unwind(AssertUnwindSafe(tell));
        done.stretches.extend(told.unwrap_or_else(|_| {
            // If even that cannot be rendered, it is counted.
            let mut stretch = Stretch::default();
            stretch.tally.add_internal_error();
            vec![stretch]
        }));
    }

    /// Opens, cuts and judges a small file.
    fn small(&mut self, done: &mut Done) -> io::Result<()> {
        let mut cutter = open(&self.sources[done.source], self.cuts)?;
        while let Some(chunk) = cutter.next(std::mem::take(&mut self.spare))? {
            self.chunk(chunk, done)?;
        }
        Ok(())
    }

    /// Judges a chunk.
    fn chunk(&mut self, chunk: Chunk<'static>, done: &mut Done) -> io::Result<()> {
        let source = &self.sources[done.source];
        self.judge.sift.earlier = self.sieve.earlier(done.source, source, self.setup, self.cuts)?;
        self.judge.beside = source.beside.as_deref();
        done.bytes += chunk.text.len() as u64;
        let mut collector = Collector::new(self.setup, self.measures, self.renderers);
        self.judge.chunk(&chunk, &mut collector);
        if self.sieve.baseline.is_some() {
            done.chunks.push(chunk);
        } else {
            self.spare = chunk.into_spare();
        }
        done.stretches.append(&mut collector.finish());
        Ok(())
    }
}

/// Judges chunks again, when all before them have been, so that of what is lived with the first are taken.
pub(crate) fn judged_again(
    (setup, sieve): (&Setup, &Sieve),
    measures: &Measures,
    renderers: &[Box<dyn Renderer>],
    chunks: &[Chunk<'_>],
    (earlier, beside): (Option<&Earlier>, Option<&Beside>),
) -> (Vec<Stretch>, Claims) {
    let mut judge = judge(setup, renderers, sieve);
    judge.sift.earlier = earlier;
    judge.beside = beside;
    let mut stretches = Vec::new();
    for chunk in chunks {
        let mut collector = Collector::new(setup, measures, renderers);
        judge.chunk(chunk, &mut collector);
        stretches.append(&mut collector.finish());
    }
    (stretches, judge.sift.claims())
}

/// What is told of a table's columns when all its rows have been judged.
pub(crate) fn columns_told(
    (setup, sieve): (&Setup, &Sieve),
    measures: &Measures,
    renderers: &[Box<dyn Renderer>],
    columns: Columns,
) -> (Vec<Stretch>, Claims) {
    let mut collector = Collector::new(setup, measures, renderers);
    let mut judge = judge(setup, renderers, sieve);
    judge.columns(columns, &mut collector);
    (collector.finish(), judge.sift.claims())
}

fn judge<'e>(setup: &'e Setup, renderers: &[Box<dyn Renderer>], sieve: &'e Sieve) -> Judge<'e> {
    let framed = renderers.iter().any(|renderer| renderer.draws_frames());
    Judge::new(setup).framed(framed).sifting(Sift::new(sieve.baseline.as_ref()))
}

/// Counts and renders what is judged.
struct Collector<'e> {
    setup: &'e Setup,
    measures: &'e Measures,
    renderers: &'e [Box<dyn Renderer>],
    stretches: Vec<Stretch>,
    current: Stretch,
    /// Findings that are said once a source and have been said in this chunk.
    said: Vec<RuleId>,
    /// The record that is being told of, for statistics.
    seen: Seen,
}

impl<'e> Collector<'e> {
    fn new(setup: &'e Setup, measures: &'e Measures, renderers: &'e [Box<dyn Renderer>]) -> Self {
        let mut collector = Self {
            setup,
            measures,
            renderers,
            stretches: Vec::new(),
            current: Stretch::default(),
            said: Vec::new(),
            seen: Seen::default(),
        };
        collector.current = collector.fresh();
        collector
    }

    fn fresh(&self) -> Stretch {
        let rendered = self.renderers.iter().map(|_| Rendered::default()).collect();
        let figures = self.measures.statistics.then(Box::default);
        Stretch { once: None, tally: Tally::default(), columns: Columns::default(), figures, rendered }
    }

    fn finish(mut self) -> Vec<Stretch> {
        self.stretches.push(self.current);
        self.stretches
    }

    /// Makes `stretch` one of its own.
    fn apart(&mut self, stretch: Stretch) {
        let fresh = self.fresh();
        self.stretches.push(std::mem::replace(&mut self.current, fresh));
        self.stretches.push(stretch);
    }
}

/// Renders what was found. It comes before anything is counted: should it panic, that is what is counted.
fn render(renderers: &[Box<dyn Renderer>], report: Option<&RecordReport<'_>>, stretch: &mut Stretch) {
    if let Some(report) = report {
        renderers.iter().zip(&mut stretch.rendered).for_each(|(renderer, rendered)| renderer.record(report, rendered));
    }
}

/// Counts one judgement.
fn add(seen: &Seen, outcome: Outcome<'_>, report: Option<&RecordReport<'_>>, setup: &Setup, stretch: &mut Stretch) {
    if let Some(figures) = &mut stretch.figures {
        figures.add(seen, outcome, report);
    }
    stretch.tally.add(outcome, report, setup.own.internal_error);
}

impl<'e> Sink<'e> for Collector<'e> {
    fn wants_fields(&self) -> bool {
        self.measures.statistics || self.wants_records()
    }

    fn wants_records(&self) -> bool {
        self.renderers.iter().any(|renderer| renderer.wants_records())
    }

    fn understood(&mut self, record: &Understood<'_>) {
        let both = self.renderers.iter().zip(&mut self.current.rendered);
        both.for_each(|(renderer, rendered)| renderer.understood(record, rendered));
    }

    fn record(&mut self, record: &Record<'_>) {
        if self.measures.statistics {
            self.seen = Seen::of(record, self.measures.group_by, &self.setup.catalogue.formats.collections);
        }
    }

    fn judged(&mut self, outcome: Outcome<'e>, report: Option<&RecordReport<'_>>) {
        let once = report.and_then(|report| report.is_once(&self.setup.catalogue));
        let Some(rule) = once else {
            render(self.renderers, report, &mut self.current);
            add(&self.seen, outcome, report, self.setup, &mut self.current);
            return;
        };
        if self.said.contains(&rule) {
            add(&self.seen, outcome, None, self.setup, &mut self.current);
            return;
        }
        let mut stretch = self.fresh();
        stretch.once = Some(rule);
        render(self.renderers, report, &mut stretch);
        add(&self.seen, outcome, report, self.setup, &mut stretch);
        self.said.push(rule);
        self.apart(stretch);
    }

    fn judged_later(&mut self, before: Option<Severity>, report: &RecordReport<'_>) {
        render(self.renderers, Some(report), &mut self.current);
        self.current.tally.add_later(before, report, self.setup.own.internal_error);
        if let Some(figures) = &mut self.current.figures {
            figures.add_later(&self.seen, before, report);
        }
    }

    fn in_columns(&mut self, columns: Columns) {
        self.current.columns.extend(columns);
    }

    fn no_column(&mut self, format: &'e Format, rule: RuleId) {
        self.current.tally.no_column(format, rule);
    }

    fn not_judged(&mut self, format: &'e Format, reason: usize) {
        self.current.tally.not_judged(format, reason);
    }
}
