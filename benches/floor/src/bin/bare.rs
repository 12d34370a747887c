//! The bare parsers that reclint's other syntaxes are measured against: the crate's reader over the file in memory, and
//! nothing made of what it gives.
//!
//! ```text
//! bare FILE csv|yaml [--passes N]    the seconds of each pass, one a line
//! ```

#![forbid(unsafe_code)]

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

type Anything<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: bare FILE csv|yaml [--passes N]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bare: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Anything<()> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let (file, syntax, passes) = match &*words {
        [file, syntax] => (file, syntax, 1),
        [file, syntax, flag, number] if flag == "--passes" => (file, syntax, number.parse()?),
        _ => return Err(USAGE.into()),
    };
    let content = std::fs::read_to_string(file)?;
    for _ in 0..passes {
        let start = Instant::now();
        let count = match &**syntax {
            "csv" => csv(&content)?,
            "yaml" => yaml(&content)?,
            _ => return Err(USAGE.into()),
        };
        black_box(count);
        writeln!(std::io::stdout(), "{:.6}", start.elapsed().as_secs_f64())?;
    }
    Ok(())
}

/// Reads every row as text; gives how many cells there were.
fn csv(content: &str) -> Anything<usize> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content.as_bytes());
    let mut row = csv::StringRecord::new();
    let mut cells = 0;
    while reader.read_record(&mut row)? {
        cells += row.len();
    }
    Ok(cells)
}

/// Takes every event; gives how many there were.
fn yaml(content: &str) -> Anything<usize> {
    let mut events = 0;
    for event in granit_parser::Parser::new_from_str(content) {
        black_box(event.map_err(|error| error.to_string())?);
        events += 1;
    }
    Ok(events)
}
