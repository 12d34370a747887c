//! `reclint init`: a configuration with every setting explained, or its schema.

use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::config::{FILE_NAME, TEMPLATE, schema};

use super::args::Init;
use super::error::CliError;

/// Runs the subcommand; a file that is there is not touched.
pub(super) fn run(init: &Init) -> Result<u8, CliError> {
    if init.schema {
        writeln!(io::stdout(), "{:#}", schema())?;
        return Ok(0);
    }
    let path = init.folder.join(FILE_NAME);
    let created = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = created.map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::AlreadyExists => format!("`{}` is already there", path.display()),
            _ => format!("`{}` cannot be written: {error}", path.display()),
        };
        CliError::said(message).help("nothing was changed")
    })?;
    file.write_all(TEMPLATE.as_bytes())?;
    writeln!(io::stderr(), "wrote {}", path.display())?;
    Ok(0)
}
