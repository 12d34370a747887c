//! The `reclint` program: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    reclint::cli::main()
}
