//! Where the output goes: a terminal with its width and colours, or a pipe. `COLUMNS` sets the width of either.

use std::env;
use std::io::{IsTerminal, stderr, stdout};

use crate::report::Look;

use super::args::Color;

/// Columns where there is neither a terminal nor `COLUMNS`: the same everywhere.
const PIPED_WIDTH: usize = 100;
/// The widest that is pleasant to read.
const WIDEST: usize = 120;

/// What is known of standard output and standard error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    stdout: Look,
    stderr: Look,
    /// Standard error is a terminal: progress can be shown.
    pub(super) shows_progress: bool,
}

impl Terminal {
    pub(super) fn new(color: Color) -> Self {
        let wanted = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let look = |is_terminal: bool| Look {
            drawn: is_terminal || color == Color::Always,
            coloured: wants_colour(color, is_terminal),
            width: wanted.or_else(|| terminal_width().filter(|_| is_terminal)).unwrap_or(PIPED_WIDTH),
        };
        Self {
            stdout: look(stdout().is_terminal()),
            stderr: look(stderr().is_terminal()),
            shows_progress: stderr().is_terminal(),
        }
    }

    pub(super) fn stdout_look(&self) -> Look {
        self.stdout
    }

    pub(super) fn stderr_look(&self) -> Look {
        self.stderr
    }

    /// A report in a file is plain, whatever the terminal.
    pub(super) fn file_look() -> Look {
        Look { drawn: false, coloured: false, width: PIPED_WIDTH }
    }
}

/// How many columns the terminal has, as far as lines are pleasant to read.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0).min(WIDEST))
}

/// `--color`, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then whether it is a terminal.
fn wants_colour(color: Color, is_terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto => set("FORCE_COLOR") || set("CLICOLOR_FORCE") || is_terminal,
    }
}
