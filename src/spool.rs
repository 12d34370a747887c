//! What is written now and read later: of more than a few megabytes in a temporary file, and in memory where there can be
//! none.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

/// Bytes that wait.
#[derive(Debug)]
pub(crate) struct Spool {
    /// So many bytes are kept in memory before they go to the file.
    most: usize,
    make: fn() -> io::Result<File>,
    file: Option<File>,
    /// How many bytes of the file are ours: a last write may have failed half-way.
    in_file: u64,
    /// What comes behind the file.
    memory: Vec<u8>,
    /// There is no room for a file: what comes stays in memory.
    has_failed: bool,
}

impl Spool {
    /// With up to `most` bytes in memory.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, make: tempfile::tempfile, file: None, in_file: 0, memory: Vec::new(), has_failed: false }
    }

    /// What has come, from the first byte on.
    ///
    /// # Errors
    ///
    /// When the file cannot be read back.
    pub(crate) fn read(&mut self) -> io::Result<impl Read + '_> {
        if let Some(file) = &mut self.file {
            file.rewind()?;
        }
        let file: Box<dyn Read + '_> = match &self.file {
            Some(file) => Box::new(file.take(self.in_file)),
            None => Box::new(io::empty()),
        };
        Ok(file.chain(&*self.memory))
    }

    /// Moves what is in memory to the file.
    fn move_on(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert((self.make)()?),
        };
        file.write_all(&self.memory)?;
        self.in_file += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }
}

impl Write for Spool {
    /// Never fails: where there is no room for a file, there is memory.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.memory.extend_from_slice(bytes);
        if self.memory.len() >= self.most && !self.has_failed {
            self.has_failed = self.move_on().is_err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use std::fs::File;
    use std::io::{self, Read, Write};

    use super::Spool;

    fn goes_round(mut spool: Spool) -> Spool {
        let bytes: Vec<u8> = (0..100_u8).cycle().take(5000).collect();
        bytes.chunks(7).for_each(|part| spool.write_all(part).expect("it takes all"));
        for _ in 0..2 {
            let mut read = Vec::new();
            spool.read().expect("it can be read").read_to_end(&mut read).expect("it can be read");
            assert_eq!(read, bytes);
        }
        spool
    }

    #[test]
    fn what_is_written_is_read() {
        assert!(goes_round(Spool::new(10_000)).file.is_none());
        let spool = goes_round(Spool::new(100));
        assert!(spool.in_file > 4000 && spool.memory.len() < 100, "{spool:?}");
    }

    #[test]
    fn without_a_file_there_is_memory() {
        let none = || Err(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(goes_round(Spool { make: none, ..Spool::new(100) }).memory.len(), 5000);
        // One that cannot be written to.
        let full = || File::open(".");
        let spool = goes_round(Spool { make: full, ..Spool::new(100) });
        assert_eq!((spool.in_file, spool.memory.len()), (0, 5000));
    }
}
