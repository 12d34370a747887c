//! A run: workers take tasks, the writer takes what they have done. Memory is bounded by the chunks in flight.

use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::finding::Severity;
use crate::format::Cuts;
use crate::input::{Feed, SourceFile};
use crate::report::{Counts, Renderer, Summary};

use super::judge::said;
use super::measures::Measures;
use super::setup::Setup;
use super::sieve::Sieve;
use super::times::Times;
use super::worker::Worker;
use super::writer::{Failure, Met, Output, Writer, Written};

/// How many tasks a worker may be ahead of the one that is due, for each worker.
const AHEAD: u64 = 4;
/// More threads than this are no quicker on any machine, and each has its buffers.
#[cfg(feature = "parallel")]
const MOST_THREADS: usize = 256;
/// No source is to be skipped.
const NO_SOURCE: usize = usize::MAX;

/// What a run came to.
pub(crate) struct RunResult {
    pub(crate) summary: Summary,
    /// The findings that do not count for the gate, by severity.
    pub(crate) tolerated: Counts,
    /// What each rule cost on all threads together, if that was wanted.
    pub(crate) times: Option<Times>,
    /// Sources that could not be read.
    pub(crate) failures: Vec<Failure>,
    /// Faults of the baseline that were met.
    pub(crate) met: Met,
    /// The numbers of sources of which something could not be read as what it is.
    pub(crate) unread: HashSet<usize>,
    /// Writing failed: the reader of the report may just have gone.
    pub(crate) write_error: Option<io::Error>,
    /// What reports say that they lack of what was found.
    pub(crate) lacks: Vec<String>,
}

/// What to run over what.
pub(crate) struct Run<'e> {
    pub(crate) setup: &'e Setup,
    pub(crate) sources: Arc<[SourceFile]>,
    pub(crate) renderers: &'e [Box<dyn Renderer>],
    pub(crate) threads: usize,
    pub(crate) measures: &'e Measures,
    /// What is not told.
    pub(crate) sieve: &'e Sieve,
    /// Told now and then how many bytes have been judged.
    pub(crate) progress: &'e (dyn Fn(u64) + Sync),
}

/// What the workers share.
struct Shared<'r> {
    run: &'r Run<'r>,
    cuts: &'r Arc<Cuts>,
    feed: Mutex<Feed>,
    writer: Mutex<Option<Writer<'r>>>,
    /// Something has been written: those who are ahead may go on.
    turned: Condvar,
    /// A source that need not be read on.
    skip: AtomicUsize,
    stop: AtomicBool,
    /// What cut the run short: a fault of our own.
    broken: Mutex<Option<io::Error>>,
    times: Mutex<Option<Times>>,
}

/// A panic elsewhere must not hide what has been found.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run<'_> {
    /// Judges everything and writes it to `outputs`, one for each renderer.
    pub(crate) fn go(&self, outputs: Vec<Output>) -> RunResult {
        let cuts = self.setup.catalogue.formats.cuts();
        let sources = (&*self.sources, &cuts);
        let writer = Writer::new(self.setup, self.measures, self.renderers, sources, self.sieve, outputs);
        let shared = Shared {
            run: self,
            feed: Mutex::new(Feed::new(Arc::clone(&self.sources), Arc::clone(&cuts))),
            cuts: &cuts,
            writer: Mutex::new(Some(writer)),
            turned: Condvar::new(),
            skip: AtomicUsize::new(NO_SOURCE),
            stop: AtomicBool::new(false),
            broken: Mutex::new(None),
            times: Mutex::new(None),
        };
        shared.work_on_all_threads();
        let broken = lock(&shared.broken).take();
        let times = lock(&shared.times).take();
        let Some(writer) = lock(&shared.writer).take() else {
            return RunResult { write_error: broken, ..RunResult::of(Summary::default()) };
        };
        let Written { summary, tolerated, failures, met, unread, error, lacks } = writer.finish(broken.is_some());
        RunResult { summary, tolerated, times, failures, met, unread, write_error: broken.or(error), lacks }
    }
}

impl Shared<'_> {
    #[cfg(feature = "parallel")]
    fn work_on_all_threads(&self) {
        // Zero threads are as many as the machine has, or as RAYON_NUM_THREADS says.
        let wanted = self.run.threads.min(MOST_THREADS);
        // Where the system does not give so many, fewer do the same.
        let pool = std::iter::successors(Some(wanted), |wanted| Some(wanted / 2).filter(|half| *half > 1))
            .filter(|wanted| *wanted != 1)
            .find_map(|wanted| rayon::ThreadPoolBuilder::new().num_threads(wanted).build().ok());
        match pool {
            Some(pool) => {
                pool.broadcast(|_| self.work_or_stop(AHEAD * pool.current_num_threads() as u64));
            }
            None => self.work_or_stop(AHEAD),
        }
    }

    #[cfg(not(feature = "parallel"))]
    fn work_on_all_threads(&self) {
        self.work_or_stop(AHEAD);
    }

    /// One worker's loop. Should it panic, the others stop: what it did not finish would never become due.
    fn work_or_stop(&self, ahead: u64) {
        let Err(payload) = catch_unwind(AssertUnwindSafe(|| self.work(ahead))) else { return };
        lock(&self.broken).get_or_insert_with(|| io::Error::other(said(&*payload)));
        // Whoever is about to wait holds this lock.
        let _writer = lock(&self.writer);
        self.stop.store(true, Ordering::Relaxed);
        self.turned.notify_all();
    }

    /// One worker's work, and what it has cost.
    fn work(&self, ahead: u64) {
        let Run { setup, measures, renderers, sources, sieve, .. } = self.run;
        let mut worker = Worker::new(setup, measures, renderers, sources, self.cuts, sieve);
        self.work_on(&mut worker, ahead);
        if let Some(times) = worker.times() {
            lock(&self.times).get_or_insert_with(|| times.fresh()).extend(times);
        }
    }

    /// One worker's loop.
    fn work_on(&self, worker: &mut Worker<'_>, ahead: u64) {
        while !self.stop.load(Ordering::Relaxed) {
            let spare = std::mem::take(&mut worker.spare);
            let skip = self.skip.load(Ordering::Relaxed);
            let Some(task) = lock(&self.feed).next(spare, |source| source == skip) else { return };
            let done = worker.work(task);
            let number = done.number;
            let mut guard = lock(&self.writer);
            let Some(writer) = guard.as_mut() else { return };
            if let Some(source) = writer.take(done) {
                self.skip.store(source, Ordering::Relaxed);
            }
            if writer.is_alone() {
                self.stop.store(true, Ordering::Relaxed);
            }
            (self.run.progress)(writer.bytes());
            self.turned.notify_all();
            // Whoever is too far ahead waits, so that what waits to be written stays bounded.
            while guard.as_ref().is_some_and(|writer| number > writer.due() + ahead)
                && !self.stop.load(Ordering::Relaxed)
            {
                guard = self.turned.wait(guard).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

impl RunResult {
    /// A run that came to this, with nothing that went wrong.
    pub(crate) fn of(summary: Summary) -> Self {
        let (tolerated, failures, met) = (Counts::default(), Vec::new(), Met::new());
        Self {
            summary,
            tolerated,
            times: None,
            failures,
            met,
            unread: HashSet::new(),
            write_error: None,
            lacks: Vec::new(),
        }
    }

    /// The findings reach `severity`, but for those that a rate leaves to itself; or a rate is exceeded or a score too low.
    pub(crate) fn fails_at(&self, severity: Severity) -> bool {
        self.summary.fails_as_a_whole() || self.summary.findings.less(self.tolerated).at_least(severity) > 0
    }
}
