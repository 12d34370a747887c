//! What the programs of this crate share: reading a command line.

#![forbid(unsafe_code)]

use std::error::Error;
use std::process::ExitCode;

/// A result whose error is only ever shown.
pub type Anything<T> = Result<T, Box<dyn Error>>;

/// The words of a command line: flags, options with a value, and what stands alone.
#[derive(Debug)]
pub struct Words(Vec<String>);

impl Words {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Takes out the flag `name`: was it there?
    pub fn flag(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|word| word == name);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// Takes out the option `name` and gives its value.
    ///
    /// # Errors
    ///
    /// When there is nothing behind it.
    pub fn value(&mut self, name: &str) -> Anything<Option<String>> {
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(at);
        if at < self.0.len() { Ok(Some(self.0.remove(at))) } else { Err(format!("{name} takes a value").into()) }
    }

    /// Takes out the option `name` and gives its value, which must be there.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn needed(&mut self, name: &str) -> Anything<String> {
        self.value(name)?.ok_or_else(|| format!("{name} is missing").into())
    }

    /// Takes out the option `name` and gives its number, else `default`.
    ///
    /// # Errors
    ///
    /// When it is no number.
    pub fn number(&mut self, name: &str, default: usize) -> Anything<usize> {
        let number = self.value(name)?.map(|word| word.parse().map_err(|_| format!("{name}: {word} is no number")));
        Ok(number.transpose()?.unwrap_or(default))
    }

    /// What stands alone: exactly `N` words.
    ///
    /// # Errors
    ///
    /// When there are more or fewer; `usage` says which.
    pub fn rest<const N: usize>(self, usage: &str) -> Anything<[String; N]> {
        if let Some(word) = self.0.iter().find(|word| word.starts_with("--")) {
            return Err(format!("{word} is no option here: {usage}").into());
        }
        <[String; N]>::try_from(self.0).map_err(|_| usage.into())
    }
}

/// Runs a program and says on standard error why it failed, if it did.
pub fn main(name: &str, program: impl FnOnce(Words) -> Anything<()>) -> ExitCode {
    match program(Words::of_process()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::from(2)
        }
    }
}
