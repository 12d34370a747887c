//! The floor: every line of a file through `serde_json::from_slice::<Value>`, and nothing else.
//!
//! ```text
//! floor FILE [--passes N] [--threads N]    the file in memory; prints the seconds of each pass, one a line
//! floor FILE --stream [--threads N]        a process to compare with: one pass, read in pieces; prints the number of records
//! ```

#![forbid(unsafe_code)]

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use memchr::memchr_iter;
use serde_json::Value;

/// How much is read at a time, in bytes.
const PIECE_BYTES: usize = 256 * 1024;

type Anything<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What the command line says.
struct Task {
    file: String,
    passes: usize,
    threads: usize,
    stream: bool,
}

fn main() -> ExitCode {
    match task().and_then(|task| if task.stream { stream(&task) } else { passes(&task) }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("floor: {error}");
            ExitCode::from(2)
        }
    }
}

fn task() -> Anything<Task> {
    let mut task = Task { file: String::new(), passes: 1, threads: 1, stream: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--passes" => task.passes = number(words.next())?,
            "--threads" => task.threads = number(words.next())?.max(1),
            "--stream" => task.stream = true,
            _ => task.file = word,
        }
    }
    if task.file.is_empty() { Err("usage: floor FILE [--passes N | --stream] [--threads N]".into()) } else { Ok(task) }
}

fn number(word: Option<String>) -> Anything<usize> {
    Ok(word.ok_or("a number is missing")?.parse()?)
}

/// Passes over a file in memory.
fn passes(task: &Task) -> Anything<()> {
    let content = fs::read(&task.file)?;
    let parts = parts(&content, task.threads);
    for _ in 0..task.passes {
        let start = Instant::now();
        on_all(&parts, |part| lines(part))?;
        writeln!(io::stdout(), "{:.6}", start.elapsed().as_secs_f64())?;
    }
    Ok(())
}

/// Does `work` with each part, each but the first on a thread of its own, and adds up what it gives.
fn on_all<P: Sync>(parts: &[P], work: impl Fn(&P) -> Anything<usize> + Sync) -> Anything<usize> {
    let Some((first, others)) = parts.split_first() else { return Ok(0) };
    thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|part| scope.spawn(|| work(part))).collect();
        let first = work(first)?;
        others.into_iter().try_fold(first, |sum, other| Ok(sum + other.join().map_err(|_| "a thread has died")??))
    })
}

/// About `number` equal parts of a text, cut at line ends.
fn parts(content: &[u8], number: usize) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = content;
    for left in (2..=number).rev() {
        let near = rest.len() / left;
        let end = memchr::memchr(b'\n', &rest[near..]).map_or(rest.len(), |length| near + length + 1);
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// Parses every line, and drops it; gives how many there were.
fn lines(part: &[u8]) -> Anything<usize> {
    let mut start = 0;
    let mut count = 0;
    for end in memchr_iter(b'\n', part) {
        black_box(serde_json::from_slice::<Value>(&part[start..end])?);
        start = end + 1;
        count += 1;
    }
    Ok(count)
}

/// One pass over a file that is read in pieces.
fn stream(task: &Task) -> Anything<()> {
    let length = fs::metadata(&task.file)?.len();
    let threads = task.threads as u64;
    let ranges: Vec<_> = (0..threads).map(|part| (length * part / threads, length * (part + 1) / threads)).collect();
    let count = on_all(&ranges, |(start, end)| stream_range(&task.file, *start, *end))?;
    writeln!(io::stdout(), "{count}")?;
    Ok(())
}

/// Parses the lines that begin in these bytes of a file.
fn stream_range(file: &str, start: u64, end: u64) -> Anything<usize> {
    let mut file = File::open(file)?;
    // A line that begins exactly at `start` is ours: its line feed before is the last of the line before.
    let mut at = start.saturating_sub(1);
    file.seek(SeekFrom::Start(at))?;
    let mut input = BufReader::with_capacity(PIECE_BYTES, file);
    let mut line = Vec::new();
    if start > 0 {
        at += input.read_until(b'\n', &mut line)? as u64;
    }
    let mut count = 0;
    while at < end {
        line.clear();
        let read = input.read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        black_box(serde_json::from_slice::<Value>(&line)?);
        at += read as u64;
        count += 1;
    }
    Ok(count)
}
