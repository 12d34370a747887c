//! The feed: hands the workers one chunk after the other, numbered in the order of the sources.

use std::any::Any;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::files::{Origin, SourceFile};
use crate::format::Cuts;

use super::{CHUNK_BYTES, Chunk, Cutter, Nature};

/// What a worker gets.
pub(crate) struct Task {
    /// Its number in the order of all.
    pub(crate) number: u64,
    /// The source, by its place in the list.
    pub(crate) source: usize,
    /// It is the source's first.
    pub(crate) first: bool,
    pub(crate) work: Work,
}

/// What there is to do.
pub(crate) enum Work {
    /// A chunk to judge.
    Chunk(Chunk<'static>),
    /// A small file to open, cut and judge.
    Small,
    /// Nothing but the end of a source.
    Nothing,
    /// The source could not be read, or not read on.
    Failed(io::Error),
    /// Cutting the source panicked, with this.
    Panicked(Box<dyn Any + Send>),
}

/// Hands out what there is to do.
pub(crate) struct Feed {
    sources: Arc<[SourceFile]>,
    cuts: Arc<Cuts>,
    next_source: usize,
    next_number: u64,
    /// A large source that is being cut.
    current: Option<(usize, Box<Cutter<'static>>)>,
}

impl Feed {
    /// Feeds the records of `sources`; `cuts` says how they are cut.
    pub(crate) fn new(sources: Arc<[SourceFile]>, cuts: Arc<Cuts>) -> Self {
        Self { sources, cuts, next_source: 0, next_number: 0, current: None }
    }

    /// The next task; nothing when all is done. `spare` is a buffer to use again; `skips` says which sources need not
    /// be read on.
    pub(crate) fn next(&mut self, spare: Vec<u8>, skips: impl Fn(usize) -> bool) -> Option<Task> {
        let (source, first, work) = match self.current.take() {
            Some((source, _)) if skips(source) => (source, false, Work::Nothing),
            Some((source, cutter)) => (source, false, self.cut(source, || Ok(cutter), spare)),
            None => {
                let source = self.next_source;
                let file = self.sources.get(source)?;
                self.next_source += 1;
                if is_small(file) {
                    (source, true, Work::Small)
                } else {
                    let (sources, cuts) = (Arc::clone(&self.sources), Arc::clone(&self.cuts));
                    (source, true, self.cut(source, || open(&sources[source], &cuts).map(Box::new), spare))
                }
            }
        };
        let number = self.next_number;
        self.next_number += 1;
        Some(Task { number, source, first, work })
    }

    /// Cuts the next chunk of a source. A panic is handed on: it must not end who holds the feed.
    fn cut(
        &mut self,
        source: usize,
        cutter: impl FnOnce() -> io::Result<Box<Cutter<'static>>>,
        spare: Vec<u8>,
    ) -> Work {
        let cut = || -> io::Result<_> {
            let mut cutter = cutter()?;
            let chunk = cutter.next(spare)?;
            Ok((cutter, chunk))
        };
        match catch_unwind(AssertUnwindSafe(cut)) {
            Ok(Ok((cutter, Some(chunk)))) => {
                self.current = Some((source, cutter));
                Work::Chunk(chunk)
            }
            Ok(Ok((_, None))) => Work::Nothing,
            Ok(Err(error)) => Work::Failed(error),
            Err(payload) => Work::Panicked(payload),
        }
    }
}

/// A file that is read in one go.
fn is_small(file: &SourceFile) -> bool {
    match &file.origin {
        Origin::Stdin => false,
        Origin::Handed(handed) => handed.bytes() <= CHUNK_BYTES as u64 && !is_compressed(&file.shown),
        Origin::File(path) => std::fs::metadata(path).is_ok_and(|metadata| {
            metadata.is_file() && metadata.len() <= CHUNK_BYTES as u64 && !is_compressed(&file.shown)
        }),
    }
}

fn is_compressed(name: &str) -> bool {
    name.len() > 3 && name.get(name.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case(".gz"))
}

/// Opens a source and decides how to cut it.
///
/// # Errors
///
/// When it cannot be opened or read.
pub(crate) fn open(file: &SourceFile, cuts: &Arc<Cuts>) -> io::Result<Cutter<'static>> {
    let mut is_packed = is_compressed(&file.shown);
    let input: Box<dyn Read + Send> = match &file.origin {
        Origin::Stdin => {
            let mut stdin = BufReader::with_capacity(CHUNK_BYTES, io::stdin());
            is_packed = stdin.fill_buf()?.starts_with(&[0x1F, 0x8B]);
            if is_packed { Box::new(MultiGzDecoder::new(stdin)) } else { Box::new(stdin) }
        }
        Origin::Handed(handed) => unpacked(&file.shown, handed.open()?),
        Origin::File(path) => {
            let opened = File::open(path)?;
            if opened.metadata()?.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            unpacked(&file.shown, Box::new(opened))
        }
    };
    let cutter = Cutter::open(input, Arc::clone(&file.shown), Nature::of(&file.shown), Arc::clone(cuts))?;
    Ok(cutter.packed(is_packed))
}

/// What comes out of a source by that name.
fn unpacked(name: &str, input: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    if is_compressed(name) {
        Box::new(MultiGzDecoder::new(BufReader::with_capacity(CHUNK_BYTES, input)))
    } else {
        input
    }
}
