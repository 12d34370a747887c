//! A run: workers take tasks, the writer takes what they have done. Memory is bounded by the chunks in flight.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::finding::Severity;
use crate::input::{Feed, ListPath, SourceFile};
use crate::report::{Renderer, Summary};

use super::setup::Setup;
use super::worker::Worker;
use super::writer::{Failure, Output, Writer};

/// How many tasks a worker may be ahead of the one that is due, for each worker.
const AHEAD: u64 = 4;
/// No source is to be skipped.
const NO_SOURCE: usize = usize::MAX;

/// What a run came to.
pub(crate) struct RunResult {
    pub(crate) summary: Summary,
    /// Sources that could not be read.
    pub(crate) failures: Vec<Failure>,
    /// Writing failed: the reader of the report may just have gone.
    pub(crate) write_error: Option<io::Error>,
}

/// What to run over what.
pub(crate) struct Run<'e> {
    pub(crate) setup: &'e Setup,
    pub(crate) sources: Arc<[SourceFile]>,
    pub(crate) renderers: &'e [Box<dyn Renderer>],
    pub(crate) threads: usize,
    /// Told now and then how many bytes have been judged.
    pub(crate) progress: &'e (dyn Fn(u64) + Sync),
}

/// What the workers share.
struct Shared<'r> {
    run: &'r Run<'r>,
    lists: Arc<[ListPath]>,
    feed: Mutex<Feed>,
    writer: Mutex<Option<Writer<'r>>>,
    /// Something has been written: those who are ahead may go on.
    turned: Condvar,
    /// A source that need not be read on.
    skip: AtomicUsize,
    stop: AtomicBool,
    write_error: Mutex<Option<io::Error>>,
}

/// A panic elsewhere must not hide what has been found.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run<'_> {
    /// Judges everything and writes it to `outputs`, one for each renderer.
    pub(crate) fn go(&self, outputs: Vec<Output>) -> RunResult {
        let lists: Arc<[ListPath]> = self.setup.catalogue.formats.lists().into();
        let writer = match Writer::new(self.setup, &self.sources, outputs) {
            Ok(writer) => writer,
            Err(error) => {
                return RunResult { summary: Summary::default(), failures: Vec::new(), write_error: Some(error) };
            }
        };
        let shared = Shared {
            run: self,
            feed: Mutex::new(Feed::new(Arc::clone(&self.sources), Arc::clone(&lists))),
            lists,
            writer: Mutex::new(Some(writer)),
            turned: Condvar::new(),
            skip: AtomicUsize::new(NO_SOURCE),
            stop: AtomicBool::new(false),
            write_error: Mutex::new(None),
        };
        shared.work_on_all_threads();
        let mut write_error = lock(&shared.write_error).take();
        let Some(writer) = lock(&shared.writer).take() else {
            return RunResult { summary: Summary::default(), failures: Vec::new(), write_error };
        };
        if write_error.is_some() {
            let (_, summary, failures) = writer.finish();
            return RunResult { summary, failures, write_error };
        }
        let (written, summary, failures) = writer.finish();
        write_error = written.err();
        RunResult { summary, failures, write_error }
    }
}

impl Shared<'_> {
    #[cfg(feature = "parallel")]
    fn work_on_all_threads(&self) {
        let pool = (self.run.threads != 1)
            .then(|| rayon::ThreadPoolBuilder::new().num_threads(self.run.threads).build().ok())
            .flatten();
        match pool {
            // Zero threads are as many as the machine has, or as RAYON_NUM_THREADS says.
            Some(pool) => {
                pool.broadcast(|_| self.work(AHEAD * pool.current_num_threads() as u64));
            }
            None => self.work(AHEAD),
        }
    }

    #[cfg(not(feature = "parallel"))]
    fn work_on_all_threads(&self) {
        self.work(AHEAD);
    }

    /// One worker's loop.
    fn work(&self, ahead: u64) {
        let mut worker = Worker::new(self.run.setup, self.run.renderers, &self.run.sources, &self.lists);
        while !self.stop.load(Ordering::Relaxed) {
            let spare = std::mem::take(&mut worker.spare);
            let skip = self.skip.load(Ordering::Relaxed);
            let Some(task) = lock(&self.feed).next(spare, |source| source == skip) else { return };
            let done = worker.work(task);
            let number = done.number;
            let mut guard = lock(&self.writer);
            let Some(writer) = guard.as_mut() else { return };
            match writer.take(done) {
                Ok(Some(source)) => self.skip.store(source, Ordering::Relaxed),
                Ok(None) => {}
                Err(error) => {
                    self.stop.store(true, Ordering::Relaxed);
                    lock(&self.write_error).get_or_insert(error);
                }
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
    /// The findings reach `severity`.
    pub(crate) fn fails_at(&self, severity: Severity) -> bool {
        self.summary.findings.at_least(severity) > 0
    }
}
