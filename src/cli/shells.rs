//! `reclint completions` and `reclint man`: what shells complete, and manual pages, from the same arguments.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;

use super::args::{Arguments, Completions, Man};
use super::error::CliError;

/// Runs `reclint completions`.
pub(super) fn completions(completions: &Completions) -> Result<u8, CliError> {
    // Into memory first: the crate panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "reclint", &mut script);
    io::stdout().write_all(&script)?;
    Ok(0)
}

/// Runs `reclint man`: the program's own page, or into a folder those of its subcommands, too.
pub(super) fn man(man: &Man) -> Result<u8, CliError> {
    let mut program = Arguments::command();
    program.build();
    let Some(folder) = &man.dir else {
        io::stdout().write_all(&page(&program)?)?;
        return Ok(0);
    };
    write(&program, folder).map_err(|error| {
        CliError::said(format!("the pages cannot be written into `{}`: {error}", folder.display()))
            .help("look at the path")
    })?;
    Ok(0)
}

fn write(program: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        fs::write(folder.join(format!("{name}.1")), page(command)?)?;
    }
    Ok(())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Page::new(command.clone()).render(&mut page)?;
    Ok(page)
}
