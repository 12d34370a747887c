//! reclint's steps over a file of one record a line, in process: the seconds of each pass, one a line.
//!
//! ```text
//! steps FILE parse|schema|check|table|yaml [--passes N]
//! ```
//!
//! - `parse`: chunks of 256 KiB, the check for UTF-8, each line into a tree with spans, repeated names noted.
//! - `schema`: `Linter::check` with the rule `schema-violation` alone. That cuts, recognises the format and walks the
//!   crosswalk, too: an upper bound for "parse and validate".
//! - `check`: `Linter::check` with the default rules.
//! - `table`, `yaml`: `Linter::check` of a metadata CSV, of YAML, with the rule `syntax-error` alone: cut, read into trees,
//!   recognised.

#![forbid(unsafe_code)]

use std::fs;
use std::hint::black_box;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use memchr::{memchr_iter, memrchr};
use reclint::Linter;
use reclint::document::Arena;
use reclint::syntax::json;
use reclint_steps::{Anything, Words};

const USAGE: &str = "usage: steps FILE parse|schema|check|table|yaml [--passes N]";
/// How large a chunk is, in bytes: as in reclint.
const CHUNK_BYTES: usize = 256 * 1024;

fn main() -> ExitCode {
    reclint_steps::main("steps", run)
}

fn run(mut words: Words) -> Anything<()> {
    let passes = words.number("--passes", 1)?;
    let [file, step] = words.rest(USAGE)?;
    let content = fs::read(file)?;
    let mut work = step_named(&step)?;
    for _ in 0..passes {
        let start = Instant::now();
        black_box(work(&content)?);
        writeln!(io::stdout(), "{:.6}", start.elapsed().as_secs_f64())?;
    }
    Ok(())
}

/// What a pass does; gives how many findings or faults there are.
type Step = Box<dyn FnMut(&[u8]) -> Anything<usize>>;

fn step_named(name: &str) -> Anything<Step> {
    match name {
        "parse" => {
            let mut arena = Arena::new();
            Ok(Box::new(move |content| parse(content, &mut arena)))
        }
        "schema" => Ok(through("records.ndjson", Linter::builder().select(["schema-violation"]).build()?)),
        "check" => Ok(through("records.ndjson", Linter::builder().build()?)),
        "table" => Ok(through("records.csv", Linter::builder().select(["syntax-error"]).build()?)),
        "yaml" => Ok(through("record.yaml", Linter::builder().select(["syntax-error"]).build()?)),
        _ => Err(USAGE.into()),
    }
}

/// The step that puts all through a linter, as a file of this name.
fn through(name: &'static str, linter: Linter) -> Step {
    Box::new(move |content| Ok(linter.check(name, content).findings.len()))
}

/// Every line into a tree, chunk after chunk.
fn parse(content: &[u8], arena: &mut Arena) -> Anything<usize> {
    let mut faults = 0;
    let mut rest = content;
    while !rest.is_empty() {
        let most = rest.len().min(CHUNK_BYTES);
        let end = memrchr(b'\n', &rest[..most]).map_or(most, |last| last + 1);
        let (chunk, after) = rest.split_at(end);
        faults += parse_chunk(chunk, arena)?;
        rest = after;
    }
    Ok(faults)
}

fn parse_chunk(chunk: &[u8], arena: &mut Arena) -> Anything<usize> {
    let text = simdutf8::basic::from_utf8(chunk)?;
    let mut start = 0;
    let mut faults = 0;
    for end in memchr_iter(b'\n', chunk) {
        faults += usize::from(json::scan(text, start..end, arena).is_err());
        black_box(&mut *arena);
        start = end + 1;
    }
    Ok(faults)
}
