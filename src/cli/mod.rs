//! The command line: one file a subcommand. Errors are rendered here and nowhere else.

mod args;
mod baseline;
mod beside;
mod check;
mod clock;
mod compare;
mod earlier;
mod error;
mod explain;
mod formats;
mod git;
mod ground;
mod inert;
mod init;
mod outputs;
mod progress;
mod renderers;
mod rules;
mod scale;
mod settings;
mod shells;
mod terminal;
mod test;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use error::CliError;
use terminal::Terminal;

/// Something was found at or above `--fail-on`.
const FOUND: u8 = 1;
/// The program could not do its work: usage, configuration, a file that cannot be read, a fault of its own.
const FAILED: u8 = 2;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout and are no failure. There is nobody to tell if that cannot be written.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILED));
        }
    };
    let terminal = Terminal::new(arguments.color);
    let result = match arguments.command {
        Command::Check(check) => check::run(&check, &terminal),
        Command::Compare(compare) => compare::run(&compare),
        Command::Explain(explain) => explain::run(&explain, &terminal),
        Command::Rules(rules) => rules::run(&rules),
        Command::Test(test) => test::run(&test),
        Command::Formats(formats) => formats::run(&formats),
        Command::Init(init) => init::run(&init),
        Command::Completions(completions) => shells::completions(&completions),
        Command::Man(man) => shells::man(&man),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // Whoever read the output has gone: that is not ours to complain of.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            outputs::tell(&error.render(terminal.stderr_look()));
            ExitCode::from(FAILED)
        }
    }
}
