//! Reading on, so that what came before an error is not lost.

use std::io::{self, Read};

/// Reads; an error that comes after some bytes is told the next time.
#[derive(Debug, Default)]
pub(super) struct Reader {
    failure: Option<io::Error>,
}

impl Reader {
    /// Reads up to `wanted` bytes more into `buffer` and tells how many there were: none at the end.
    ///
    /// # Errors
    ///
    /// When nothing can be read.
    pub(super) fn read(&mut self, input: &mut dyn Read, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<usize> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let before = buffer.len();
        buffer.reserve(wanted);
        let read = input.take(wanted as u64).read_to_end(buffer);
        let length = buffer.len() - before;
        match read {
            Err(error) if length > 0 => self.failure = Some(error),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        Ok(length)
    }

    /// What is left to tell.
    pub(super) fn failure(self) -> Option<io::Error> {
        self.failure
    }
}

/// An input that fails at once.
pub(super) struct Failing(pub(super) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
