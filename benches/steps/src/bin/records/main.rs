//! Writes DataCite records for the benchmarks: the same arguments give the same bytes, everywhere.
//!
//! ```text
//! records FILE --number N [--clean | --dirty] [--array] [--seed N]
//! records FOLDER --files --number N [...]
//! ```
//!
//! A record a line, 2.6 KB on average, every tenth with `\u` escapes. `--clean`: nothing is wrong with them. `--dirty`:
//! each has exactly five findings of the default rules. Else three in a hundred have one. `--array`: the same lines as one
//! JSON array. `--files`: a file each, indented, into a folder.

#![forbid(unsafe_code)]

mod faults;
mod json;
mod person;
mod random;
mod record;
mod words;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use json::{Json, Style};
use random::Random;
use reclint_steps::{Anything, Words};

const USAGE: &str = "usage: records FILE --number N [--clean | --dirty] [--array | --files] [--seed N]";
/// Of how many records without `--clean` and `--dirty` one has a fault.
const ONE_FAULT_IN: usize = 33;

/// How many faults records have.
#[derive(Clone, Copy)]
enum State {
    Clean,
    Mixed,
    Dirty,
}

fn main() -> ExitCode {
    reclint_steps::main("records", run)
}

fn run(mut words: Words) -> Anything<()> {
    let number = words.number("--number", 10_000)?;
    let seed = words.number("--seed", 20)? as u64;
    let state = match (words.flag("--clean"), words.flag("--dirty")) {
        (true, _) => State::Clean,
        (_, true) => State::Dirty,
        _ => State::Mixed,
    };
    let (array, files) = (words.flag("--array"), words.flag("--files"));
    let [out] = words.rest(USAGE)?;
    let records = (0..number).map(|number| (number, record(seed, number, state)));
    if files { write_files(Path::new(&out), records) } else { write_lines(Path::new(&out), records, array) }
}

/// The record with this number, and its faults.
fn record(seed: u64, number: usize, state: State) -> Json {
    let mut random = Random::of(seed, number as u64);
    let mut record = record::record(&mut random, number);
    match state {
        State::Dirty => faults::FAULTS.iter().for_each(|fault| fault(&mut record, &mut random)),
        State::Mixed if random.below(ONE_FAULT_IN) == 0 => random.pick(&faults::FAULTS)(&mut record, &mut random),
        State::Mixed | State::Clean => {}
    }
    record
}

/// A record a line; as an array with commas and brackets round them.
fn write_lines(file: &Path, records: impl Iterator<Item = (usize, Json)>, array: bool) -> Anything<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let (before, between, after) = if array { ("[\n", ",\n", "\n]\n") } else { ("", "\n", "\n") };
    out.write_all(before.as_bytes())?;
    let mut line = String::new();
    for (number, record) in records {
        line.clear();
        if number > 0 {
            line.push_str(between);
        }
        record.write(if number % 10 == 9 { Style::Escaped } else { Style::Line }, &mut line);
        out.write_all(line.as_bytes())?;
    }
    out.write_all(after.as_bytes())?;
    Ok(out.flush()?)
}

fn write_files(folder: &Path, records: impl Iterator<Item = (usize, Json)>) -> Anything<()> {
    fs::create_dir_all(folder)?;
    for (number, record) in records {
        let mut text = String::new();
        record.write(Style::Pretty, &mut text);
        text.push('\n');
        fs::write(folder.join(format!("r{number:06}.json")), text)?;
    }
    Ok(())
}
