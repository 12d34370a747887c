//! Lines and columns: found once per text, and only where something is reported.

use memchr::memchr_iter;

/// Where the lines of a text begin.
#[derive(Debug, Default)]
pub struct LineIndex {
    /// Byte after each line feed.
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`; a line ends with its line feed. Texts are below 4 GiB.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "texts are below 4 GiB")]
    pub fn new(text: &str) -> Self {
        Self { starts: memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1).collect() }
    }

    /// Line of the byte `at`, from 0.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= at)
    }

    /// First byte of `line` (from 0); the text's length has no line of its own.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        match line.checked_sub(1) {
            None => 0,
            Some(before) => self.starts.get(before).map_or(usize::MAX, |start| *start as usize),
        }
    }

    /// How many lines there are, the last one also without a line feed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len() + 1
    }
}
