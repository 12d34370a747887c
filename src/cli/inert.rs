//! Text in the log of a CI system, which takes some of it for commands: `::error::` where a line begins (GitHub Actions),
//! `##[…]` and `##vso[…]` anywhere (GitHub Actions, Azure Pipelines). What a record says must not be one.

use std::io::{self, Write};

/// What nobody sees, and no command has in it.
const GAP: &[u8] = "\u{200B}".as_bytes();

/// Writes on what it is given, with a gap in whatever would be a command.
pub(super) struct Inert<W: Write> {
    to: W,
    /// Only blanks stand before in the line.
    begins: bool,
    last: u8,
}

impl<W: Write> Inert<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, begins: true, last: b'\n' }
    }
}

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut done = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let is_command =
                (*byte == b'#' && self.last == b'#') || (*byte == b':' && self.last == b':' && self.begins);
            if is_command {
                self.to.write_all(&bytes[done..at])?;
                self.to.write_all(GAP)?;
                done = at;
            }
            self.begins = match byte {
                b'\n' | b'\r' => true,
                b' ' | b'\t' => self.begins,
                // The first of two colons.
                b':' => self.begins && self.last != b':',
                _ => false,
            };
            self.last = *byte;
        }
        self.to.write_all(&bytes[done..])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use std::io::Write;

    use super::Inert;

    #[test]
    fn no_text_is_a_command() {
        for (text, wanted) in [
            ("::error::x\n  ::add-mask::y", ":|:error::x\n  :|:add-mask::y"),
            ("a ::b ##vso[task.complete] ##[error]", "a ::b #|#vso[task.complete] #|#[error]"),
            ("a.json:2:65 error", "a.json:2:65 error"),
            ("\n:\n:x", "\n:\n:x"),
        ] {
            // However it is cut.
            for step in [1, 3, text.len()] {
                let mut out = Vec::new();
                let mut inert = Inert::new(&mut out);
                text.as_bytes().chunks(step).for_each(|bytes| inert.write_all(bytes).expect("into memory"));
                let out = String::from_utf8(out).expect("it is a text");
                assert_eq!(out.replace('\u{200B}', "|"), wanted);
            }
        }
    }
}
