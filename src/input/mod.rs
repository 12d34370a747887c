//! Input: finds the sources, reads and decompresses them, cuts them into chunks of whole records.

mod chunk;
mod encoding;
mod envelope;
#[cfg(feature = "files")]
mod feed;
#[cfg(feature = "files")]
mod files;
mod lines;
mod litter;
mod open;
mod piece;
mod probe;
mod reader;
#[cfg(feature = "sheets")]
mod sheet;
mod skip;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod whole;

pub(crate) use chunk::Chunk;
#[cfg(feature = "files")]
pub(crate) use feed::open;
#[cfg(feature = "cli")]
pub(crate) use feed::{Feed, Task, Work};
#[cfg(feature = "files")]
pub(crate) use files::{Exclusion, find};
#[cfg(feature = "cli")]
pub(crate) use files::{
    FindError, Found, Handed, ON_COMMAND_LINE, Origin, SourceFile, Unread, is_pattern, is_walked, pattern_means, shown,
};
pub(crate) use open::{Cutter, Nature};
pub(crate) use piece::{Content, Piece};

/// How large a chunk is about, in bytes: small enough for a processor's cache, large enough to be worth handing over.
pub(crate) const CHUNK_BYTES: usize = 256 * 1024;
/// The largest record, in bytes.
pub(crate) const RECORD_LIMIT: usize = 256 * 1024 * 1024;

/// How much is cut at once. Tests cut finer, to see the seams.
#[derive(Clone, Copy, Debug)]
struct Limits {
    chunk: usize,
    record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { chunk: CHUNK_BYTES, record: RECORD_LIMIT }
    }
}
