//! A part of a text that is judged on its own: one value, and where it stands.

use std::ops::Range;

use crate::document::Prefix;
use crate::syntax::Syntax;
use crate::syntax::json::Reason;

/// A part of a source's text that is one value.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Which value of its source it is, from 0.
    pub(crate) index: u64,
    /// Its line, from 1, where each line is a record.
    pub(crate) row: Option<u64>,
    /// What leads to it from the root of the file's text.
    pub(crate) prefix: Prefix,
    pub(crate) content: Content,
    /// The syntax of what is a value.
    pub(crate) syntax: Syntax,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A value: a record, or what wraps some.
    Value,
    /// What stands round a list of records: it is read for its syntax.
    Frame,
    /// Something is wrong between values.
    Fault(Reason),
    /// It is not UTF-8: the byte at which that shows, and what is wrong.
    NotUtf8(String),
    /// The file is of another syntax, by its name and its beginning.
    Foreign,
    /// The header of a table.
    Header,
    /// The file is in another encoding, which is known: what it is, and that it was read by it.
    Encoded(&'static str),
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// It is larger than the limit.
    TooLarge,
    /// What stands round a list of records is larger than the limit.
    FrameTooLarge,
}
