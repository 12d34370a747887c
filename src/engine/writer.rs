//! The writer: puts what the workers have done in order, adds it up, and writes it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::format::Cuts;
use crate::input::SourceFile;
use crate::policy::Claims;
use crate::report::{Assembler, Counts, Rendered, Renderer, Summary, UnreadFile};

use super::figures::Figures;
use super::judge::said;
use super::measures::Measures;
use super::setup::Setup;
use super::sieve::{Earlier, Sieve};
use super::table::Columns;
use super::tally::Tally;
use super::worker::{Done, Stretch, columns_told, judged_again};

/// One output: its format's half that puts parts together, and where it goes.
pub(crate) struct Output {
    assembler: Box<dyn Assembler>,
    to: Box<dyn Write + Send>,
    /// Why nothing more is written to it.
    gone: Option<io::Error>,
}

impl Output {
    pub(crate) fn new(assembler: Box<dyn Assembler>, to: Box<dyn Write + Send>) -> Self {
        Self { assembler, to, gone: None }
    }

    /// Writes on, unless that has failed before: each output ends on its own, and none with a summary that hides it.
    fn write(&mut self, write: impl FnOnce(&mut dyn Assembler, &mut dyn Write) -> io::Result<()>) {
        if self.gone.is_none() {
            let Self { assembler, to, .. } = self;
            let written = catch_unwind(AssertUnwindSafe(|| write(&mut **assembler, &mut **to)));
            let written = written.unwrap_or_else(|payload| Err(io::Error::other(said(&*payload))));
            self.gone = written.err();
        }
    }
}

/// A source that could not be read, or not to its end.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) path: String,
    /// It was named, or is called as records are: `CITATION.cff`.
    pub(crate) is_wanted: bool,
    pub(crate) error: io::Error,
}

impl Failure {
    /// The run fails for it. An archive that breaks may have held records that nobody saw: that is no small matter on a
    /// walk either.
    pub(crate) fn fails(&self) -> bool {
        self.is_wanted || self.is_break()
    }

    /// The file could be opened, and what is in it is damaged: no more comes out of the archive.
    pub(crate) fn is_break(&self) -> bool {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        matches!(self.error.kind(), InvalidData | InvalidInput | UnexpectedEof)
    }

    /// As reports are told of it.
    fn unread(&self) -> UnreadFile {
        UnreadFile { path: self.path.clone(), reason: self.error.to_string(), fails: self.fails() }
    }
}

/// Whether a source's findings are ours to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belonging {
    Ours,
    NotOurs,
    /// Nothing has come yet that would tell: remarks on the beginning, something too large.
    Open,
}

/// What has been written, when all is done.
pub(crate) struct Written {
    pub(crate) summary: Summary,
    /// The findings that do not count for the gate, by severity.
    pub(crate) tolerated: Counts,
    pub(crate) failures: Vec<Failure>,
    /// Faults of the baseline that were met.
    pub(crate) met: Met,
    /// The numbers of sources of which something could not be read as what it is.
    pub(crate) unread: HashSet<usize>,
    /// What kept an output from being written.
    pub(crate) error: Option<io::Error>,
    /// What reports say that they lack.
    pub(crate) lacks: Vec<String>,
}

/// Faults of the baseline, by number, each with a source in which it was met, and how often.
pub(crate) type Met = HashMap<(u32, usize), u64>;

/// Puts everything in order.
pub(crate) struct Writer<'e> {
    setup: &'e Setup,
    measures: &'e Measures,
    renderers: &'e [Box<dyn Renderer>],
    sources: &'e [SourceFile],
    cuts: &'e Arc<Cuts>,
    sieve: &'e Sieve,
    met: Met,
    unread: HashSet<usize>,
    outputs: Vec<Output>,
    /// The number of the task that is due.
    due: u64,
    /// What came before its turn.
    waiting: BTreeMap<u64, Done>,
    tally: Tally,
    figures: Figures,
    files: u64,
    passed_over: u64,
    /// The source that is being written, and what is known of it.
    source: usize,
    belonging: Belonging,
    /// What was found before that could be told.
    held: Vec<Stretch>,
    /// What is told of its columns at its end, if it is a table.
    columns: Columns,
    said_once: Vec<crate::check::RuleId>,
    failures: Vec<Failure>,
    /// Bytes judged so far.
    bytes: u64,
}

impl<'e> Writer<'e> {
    /// Begins the outputs.
    pub(crate) fn new(
        setup: &'e Setup,
        measures: &'e Measures,
        renderers: &'e [Box<dyn Renderer>],
        (sources, cuts): (&'e [SourceFile], &'e Arc<Cuts>),
        sieve: &'e Sieve,
        mut outputs: Vec<Output>,
    ) -> Self {
        for output in &mut outputs {
            output.write(|assembler, to| assembler.begin(to));
        }
        Self {
            setup,
            measures,
            renderers,
            sources,
            cuts,
            sieve,
            met: Met::new(),
            unread: HashSet::new(),
            outputs,
            due: 0,
            waiting: BTreeMap::new(),
            tally: Tally::default(),
            figures: Figures::default(),
            files: 0,
            passed_over: 0,
            source: 0,
            belonging: Belonging::Ours,
            held: Vec::new(),
            columns: Columns::default(),
            said_once: Vec::new(),
            failures: Vec::new(),
            bytes: 0,
        }
    }

    /// The number of the task that is due.
    pub(crate) fn due(&self) -> u64 {
        self.due
    }

    /// Bytes judged so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes what a worker has done, and writes what is due. True if a source need not be read on.
    pub(crate) fn take(&mut self, done: Done) -> Option<usize> {
        self.waiting.insert(done.number, done);
        let mut skip = None;
        while let Some(done) = self.waiting.remove(&self.due) {
            self.due += 1;
            let source = done.source;
            self.write(done);
            if self.belonging == Belonging::NotOurs {
                skip = Some(source);
            }
        }
        skip
    }

    /// Nobody reads any of the outputs.
    pub(crate) fn is_alone(&self) -> bool {
        !self.outputs.is_empty() && self.outputs.iter().all(|output| output.gone.is_some())
    }

    /// What was taken for lived with must be what comes first: where it is not, it is judged again.
    fn settle(&self, done: &mut Done) {
        let Some(baseline) = &self.sieve.baseline else { return };
        let chunks = std::mem::take(&mut done.chunks);
        if baseline.allows(&done.claims) || chunks.is_empty() {
            return;
        }
        let file = &self.sources[done.source];
        let Ok(earlier) = self.sieve.earlier(done.source, file, self.setup, self.cuts) else { return };
        let (setup, renderers) = ((self.setup, self.sieve), self.renderers);
        (done.stretches, done.claims) =
            judged_again(setup, self.measures, renderers, &chunks, (earlier, file.beside.as_deref()));
    }

    /// Counts what was met of the baseline.
    fn count(&mut self, claims: Claims, source: usize) {
        let Some(baseline) = &self.sieve.baseline else { return };
        let met = &mut self.met;
        baseline.count(claims, |number, times, once| {
            let count = met.entry((number, source)).or_default();
            if !once || *count == 0 {
                *count += times;
            }
        });
    }

    fn write(&mut self, mut done: Done) {
        let file = &self.sources[done.source];
        self.bytes += done.bytes;
        if done.first {
            self.end_source();
            self.belonging = Belonging::Open;
            self.said_once.clear();
        }
        self.source = done.source;
        self.settle(&mut done);
        if done.stretches.iter().any(|stretch| stretch.tally.has_unreadable()) {
            self.unread.insert(done.source);
        }
        self.held.extend(done.stretches);
        if self.belonging == Belonging::Open {
            // What is found on a walk is ours if it is called so, or if its beginning holds something known, or did so
            // before it was broken.
            let known = file.named
                || self.held.iter().any(|stretch| stretch.tally.has_recognised())
                || self.is_called_so(file)
                || self.unread.contains(&done.source) && self.had_records(done.source);
            if known {
                self.belonging = Belonging::Ours;
                self.files += u64::from(done.failure.is_none());
            } else if done.failure.is_some() || self.held.iter().any(|stretch| stretch.tally.has_values()) {
                self.belonging = Belonging::NotOurs;
                self.passed_over += u64::from(done.failure.is_none());
            }
        }
        if let Some(error) = done.failure {
            let is_wanted = file.named || self.is_called_so(file);
            self.failures.push(Failure { path: file.shown.to_string(), is_wanted, error });
        }
        if self.belonging != Belonging::NotOurs {
            self.count(done.claims, done.source);
        }
        match self.belonging {
            Belonging::Ours => std::mem::take(&mut self.held).into_iter().for_each(|stretch| self.stretch(stretch)),
            Belonging::NotOurs => self.held.clear(),
            Belonging::Open => {}
        }
    }

    /// The file is called as records are.
    fn is_called_so(&self, file: &SourceFile) -> bool {
        self.setup.catalogue.formats.named(&file.shown).is_some()
    }

    /// An earlier version of the source, if it is at hand, held records.
    fn had_records(&self, source: usize) -> bool {
        let earlier = self.sieve.earlier(source, &self.sources[source], self.setup, self.cuts);
        earlier.is_ok_and(|earlier| earlier.is_some_and(Earlier::has_records))
    }

    /// A source in which nothing told whose it is is not ours. What is told of the columns of a table comes last.
    fn end_source(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        if !columns.is_empty() {
            let setup = (self.setup, self.sieve);
            let (told, claims) = columns_told(setup, self.measures, self.renderers, columns);
            self.count(claims, self.source);
            for stretch in told {
                self.stretch(stretch);
            }
        }
        if self.belonging == Belonging::Open {
            self.belonging = Belonging::NotOurs;
            self.passed_over += 1;
            self.held.clear();
        }
    }

    fn stretch(&mut self, mut stretch: Stretch) {
        self.columns.extend(std::mem::take(&mut stretch.columns));
        if let Some(rule) = stretch.once {
            if self.said_once.contains(&rule) {
                stretch.tally.forget_findings();
                if let Some(figures) = &mut stretch.figures {
                    figures.forget_findings();
                }
                stretch.rendered.clear();
            } else {
                self.said_once.push(rule);
            }
        }
        self.tally.extend(&stretch.tally);
        if let Some(figures) = stretch.figures {
            self.figures.extend(*figures);
        }
        let wrote = |rendered: &Rendered| !rendered.bytes.is_empty();
        let rendered = self.outputs.iter_mut().zip(stretch.rendered);
        for (output, rendered) in rendered.filter(|(_, rendered)| wrote(rendered)) {
            output.write(|assembler, to| assembler.add(rendered, to));
        }
    }

    /// Ends the outputs, unless the run was cut short: then a summary would hide that. Gives also the gravest of what
    /// kept an output from being written; that its reader has gone is the least.
    pub(crate) fn finish(mut self, cut_short: bool) -> Written {
        self.end_source();
        let tolerated = self.tally.tolerated(&self.measures.rates);
        let mut summary = self.summary();
        summary.infos_fail = self.measures.infos_fail && summary.findings.less(tolerated).info > 0;
        let mut lacks = Vec::new();
        for output in self.outputs.iter_mut().filter(|_| !cut_short) {
            output.write(|assembler, to| {
                self.failures.iter().for_each(|failure| assembler.unread(&failure.unread()));
                assembler.finish(&summary, to)?;
                to.flush()?;
                lacks.extend(assembler.lacks());
                Ok(())
            });
        }
        let gone = self.outputs.into_iter().filter_map(|output| output.gone);
        let gravest = gone.min_by_key(|error| error.kind() == io::ErrorKind::BrokenPipe);
        Written {
            summary,
            tolerated,
            failures: self.failures,
            met: self.met,
            unread: self.unread,
            error: gravest,
            lacks,
        }
    }

    /// What the run came to.
    fn summary(&mut self) -> Summary {
        let Self { setup, measures, tally, .. } = self;
        let mut summary = tally.summary(setup, self.files, self.passed_over);
        summary.cut = measures.most_per_rule.map(|most| tally.cut(setup, most)).unwrap_or_default();
        summary.files_unread = self.failures.len() as u64;
        summary.in_baseline = self.met.values().sum();
        summary.rates = tally.rates(setup, &measures.rates);
        summary.score = measures.score.as_ref().map(|minima| tally.score(setup, minima));
        let figures = std::mem::take(&mut self.figures);
        summary.statistics = measures.statistics.then(|| figures.statistics(tally, setup, measures.group_by));
        summary
    }
}
