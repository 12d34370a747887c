//! Runs the programs against each other and prints one Markdown table: promises are ratios within one run.
//!
//! ```text
//! compare --programs FOLDER --data FOLDER --schema FILE [--pairs N] [--peer PROGRAM] [--table FILE] [--yaml FILE]
//! ```
//!
//! What one round compares is run in turn, and each round gives one ratio; the table has their median and extremes. Rows
//! whose data, or whose program (`valgrind`, the peer), is not there are left out, and that is said.

#![forbid(unsafe_code)]

mod program;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use program::{Program, instructions};
use reclint_steps::{Anything, Words};

const USAGE: &str = "usage: compare --programs FOLDER --data FOLDER --schema FILE [--pairs N] [--peer PROGRAM] \
    [--table FILE] [--yaml FILE]";
/// What a step may take of the floor's time.
const STEPS: [(&str, &str, f64); 3] = [
    ("parse", "parse, with spans and repeated names", 0.30),
    ("schema", "parse and schema (with recognition and crosswalk)", 0.75),
    ("check", "whole check, default rules", 0.90),
];
/// What a step of another syntax may take of the time of the bare parser that `bare` runs by its second name.
const SYNTAXES: [(&str, &str, &str, f64); 2] = [
    ("table", "csv", "tables: read and recognised / the `csv` crate", 2.0),
    ("yaml", "yaml", "YAML: read and recognised / `granit-parser`", 2.0),
];
/// How much memory a run may have, in MiB.
const MOST_MEMORY: f64 = 40.0;

fn main() -> ExitCode {
    reclint_steps::main("compare", run)
}

/// What is compared, on which data.
struct Bench {
    programs: PathBuf,
    data: PathBuf,
    schema: String,
    pairs: usize,
    peer: Option<String>,
    /// The user's own files for `SYNTAXES`, in their order.
    own: [Option<String>; 2],
}

fn run(mut words: Words) -> Anything<()> {
    let bench = Bench {
        programs: words.needed("--programs")?.into(),
        data: words.needed("--data")?.into(),
        schema: words.needed("--schema")?,
        pairs: words.number("--pairs", 15)?,
        peer: words.value("--peer")?,
        own: [words.value("--table")?, words.value("--yaml")?],
    };
    let [] = words.rest(USAGE)?;
    table::begin()?;
    bench.steps()?;
    bench.syntaxes()?;
    bench.instructions()?;
    bench.whole()?;
    bench.dirty()?;
    bench.threads()?;
    bench.start()?;
    bench.memory()
}

impl Bench {
    fn program(&self, name: &str) -> Program {
        Program::new(self.programs.join(name))
    }

    fn file(&self, name: &str) -> String {
        self.data.join(name).to_string_lossy().into_owned()
    }

    /// The library's steps, in process, against the floor.
    fn steps(&self) -> Anything<()> {
        let (floor, steps, file) = (self.program("floor"), self.program("steps"), self.file("clean.ndjson"));
        let mut ratios = [(); STEPS.len()].map(|()| Vec::new());
        for _ in 0..self.pairs {
            let ground = floor.warm_pass(&[&file])?;
            for ((name, ..), ratios) in STEPS.iter().zip(&mut ratios) {
                ratios.push(steps.warm_pass(&[&file, name])? / ground);
            }
        }
        for ((_, what, most), ratios) in STEPS.iter().zip(ratios) {
            table::at_most(&format!("{what} / floor"), *most, ratios)?;
        }
        Ok(())
    }

    /// The other syntaxes, in process, against their bare parsers.
    fn syntaxes(&self) -> Anything<()> {
        let (bare, steps) = (self.program("bare"), self.program("steps"));
        for ((step, syntax, what, most), file) in SYNTAXES.iter().zip(&self.own) {
            let Some(file) = file else {
                table::note(&format!("no file given: not measured: {what}"))?;
                continue;
            };
            let ratios = self.rounds(|| {
                let ground = bare.warm_pass(&[file, syntax])?;
                Ok(steps.warm_pass(&[file, step])? / ground)
            })?;
            table::at_most(what, *most, ratios)?;
        }
        Ok(())
    }

    /// The steps of JSON, in instructions: the second thousand records less the first, so that starting does not count.
    fn instructions(&self) -> Anything<()> {
        let (few, more) = (self.file("clean-1k.ndjson"), self.file("clean-2k.ndjson"));
        let count = |name: &str, step: Option<&str>| -> Anything<f64> {
            let of = |file: &str| instructions(&self.programs.join(name), std::iter::once(file).chain(step));
            Ok(of(&more)? - of(&few)?)
        };
        let Ok(ground) = count("floor", None) else {
            return table::note("no valgrind: no instructions were counted");
        };
        let ratios = STEPS.map(|(name, what, _)| (what, count("steps", Some(name)).map(|steps| steps / ground)));
        for (what, ratio) in ratios {
            table::measure(&format!("instructions: {what} / floor"), vec![ratio?])?;
        }
        Ok(())
    }

    /// The whole program against the floor as a program, which reads the file in pieces, too.
    fn whole(&self) -> Anything<()> {
        let (floor, reclint, file) = (self.program("floor"), self.program("reclint"), self.file("clean.ndjson"));
        let ratios = self.rounds(|| {
            let ground = floor.seconds(&[&file, "--stream"])?;
            Ok(reclint.seconds(&["check", &file, "--output-format", "ndjson", "--threads", "1"])? / ground)
        })?;
        table::at_most("the program `reclint check` / the floor as a program", 0.90, ratios)
    }

    /// Five findings a record against none.
    fn dirty(&self) -> Anything<()> {
        let (reclint, clean, dirty) = (self.program("reclint"), self.file("clean.ndjson"), self.file("dirty.ndjson"));
        let check = |file: &str| reclint.seconds(&["check", file, "--output-format", "ndjson", "--threads", "1"]);
        let ratios = self.rounds(|| Ok(1.0 / check(&clean)? * check(&dirty)?))?;
        table::at_most("5 findings a record, as NDJSON / none", 2.0, ratios)
    }

    /// What a second thread gives, against what it gives the floor.
    fn threads(&self) -> Anything<()> {
        let (floor, reclint, file) = (self.program("floor"), self.program("reclint"), self.file("clean.ndjson"));
        let floor = |threads: &str| floor.seconds(&[&file, "--stream", "--threads", threads]);
        let reclint =
            |threads: &str| reclint.seconds(&["check", &file, "--output-format", "ndjson", "--threads", threads]);
        let (mut floors, mut own) = (Vec::new(), Vec::new());
        let ratios = self.rounds(|| {
            let (alone, ours) = (floor("1")?, reclint("1")?);
            let (both, ours_both) = (floor("2")?, reclint("2")?);
            floors.push(alone / both);
            own.push(ours / ours_both);
            Ok(ours / ours_both / (alone / both))
        })?;
        table::measure("floor: 1 thread / 2 threads", floors)?;
        table::measure("reclint: 1 thread / 2 threads", own)?;
        table::at_least("speed-up by the second thread / the floor's", 0.95, ratios)
    }

    /// From start to finish, on files that take no time, against a validator with the same schema.
    fn start(&self) -> Anything<()> {
        let Some(peer) = self.peer.as_deref().map(Path::new).map(Program::new) else {
            return table::note("no jsonschema-cli: starting was not compared");
        };
        let reclint = self.program("reclint");
        let all: Vec<_> = (0..100).map(|number| self.file(&format!("files/r{number:06}.json"))).collect();
        for (what, files) in [("one small file", &all[..1]), ("a hundred small files", &all[..])] {
            let own: Vec<_> = std::iter::once("check").chain(files.iter().map(String::as_str)).collect();
            let mut its = vec!["validate", &self.schema];
            its.extend(files.iter().flat_map(|file| ["-i", file]));
            let ratios = self.rounds(|| {
                let ground = peer.seconds(&its)?;
                Ok(reclint.seconds(&own)? / ground)
            })?;
            table::at_most(&format!("{what}, start to finish / jsonschema-cli"), 1.0, ratios)?;
        }
        Ok(())
    }

    /// What is resident at most, on all threads.
    fn memory(&self) -> Anything<()> {
        let reclint = self.program("reclint");
        for (what, name) in [("lines", "large.ndjson"), ("one array", "large.json")] {
            let file = self.file(name);
            let Ok(metadata) = std::fs::metadata(&file) else {
                table::note(&format!("no {name}: its memory was not measured"))?;
                continue;
            };
            let size = metadata.len() / 1_000_000;
            let resident = reclint.resident(&["check", &file, "--output-format", "ndjson"])?;
            table::at_most(&format!("MiB resident, {size} MB as {what}"), MOST_MEMORY, vec![resident])?;
        }
        Ok(())
    }

    fn rounds(&self, mut round: impl FnMut() -> Anything<f64>) -> Anything<Vec<f64>> {
        (0..self.pairs).map(|_| round()).collect()
    }
}
