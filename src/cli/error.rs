//! What keeps the program from its work: inside an enum, at the edge a frame.

use std::io;

use crate::document::FileMisfit;
use crate::input::FindError;
use crate::linter::BuildError;
use crate::report::{Look, misfit_frame, plain_error};

/// What keeps the program from its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A mistake in a file of the user's or of ours.
    #[error("{}", .0.misfit.message)]
    File(Box<FileMisfit>),
    /// Something without a place.
    #[error("{message}")]
    Said { message: String, help: Option<String> },
    /// The report could not be written.
    #[error("the report cannot be written: {0}")]
    Write(io::Error),
}

impl CliError {
    pub(super) fn said(message: impl Into<String>) -> Self {
        Self::Said { message: message.into(), help: None }
    }

    /// The same with what to do.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Said { message, .. } => Self::Said { message, help: Some(help.into()) },
            other => other,
        }
    }

    /// As it is shown.
    pub(super) fn render(&self, look: Look) -> String {
        match self {
            Self::File(misfit) => misfit_frame(misfit, look),
            Self::Said { message, help } => plain_error(message, help.as_deref(), look),
            Self::Write(_) => plain_error(&self.to_string(), None, look),
        }
    }
}

impl From<BuildError> for CliError {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::File(misfit) => Self::File(misfit),
            BuildError::Word { message, help } => Self::Said { message, help },
        }
    }
}

impl From<Box<FileMisfit>> for CliError {
    fn from(misfit: Box<FileMisfit>) -> Self {
        Self::File(misfit)
    }
}

impl From<FindError> for CliError {
    fn from(error: FindError) -> Self {
        let help = match &error {
            FindError::NoSuchPath(_) => "look at the spelling; `-` reads standard input",
            FindError::NoMatch(_) => "look at the spelling: `**` goes through folders, `*` does not",
            FindError::Unreadable(..) => "look at who may read it",
            FindError::BadPattern { .. } => "patterns have `*`, `**`, `?` and `[abc]`",
        };
        Self::said(error.to_string()).help(help)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
