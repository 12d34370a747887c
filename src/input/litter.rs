//! Litter: what stands where a value should and is none. It is remarked on once, and what follows is judged.

use std::sync::Arc;

use memchr::{memchr, memmem};

use crate::document::Prefix;
use crate::syntax::json::Reason;

use super::piece::Content;
use super::skip::skip_space;
use super::values::{List, State, Step, ValueCutter};

impl ValueCutter {
    /// No value stands at `start`. A comment is passed over, a comma between values too; else the file is taken for
    /// something that is not JSON, and one finding says so.
    pub(super) fn litter(&mut self, start: usize, values: u64) -> Step {
        let end = litter_end(&self.buffer, start);
        if values == 0 {
            self.push(start..end, Prefix::Root, Content::Value);
        }
        self.at = if self.buffer[start] == b',' { start + 1 } else { end };
        let goes_on = matches!(self.buffer[start], b',' | b'/' | b'#');
        self.state = if goes_on { State::Top { values: values.max(2) } } else { State::Done };
        Step::Went
    }

    /// No value stands at `start` in a list: it is remarked on once, and what follows it is judged.
    pub(super) fn litter_in_list(&mut self, mut list: List, start: usize) -> Step {
        let end = litter_end(&self.buffer, start);
        let comment = matches!(self.buffer[start], b'/' | b'#');
        if comment {
            self.push(start..end, Prefix::Root, Content::Fault(Reason::Comment));
        } else if list.after_element {
            self.fault(start, Reason::ExpectedCommaOrBracket);
        } else {
            let prefix = Prefix::Element { list: Arc::clone(&list.pointer), index: list.next };
            self.push(start..end, prefix, Content::Value);
            list.next += 1;
        }
        let next = skip_space(&self.buffer, end);
        list.after_element = match self.buffer.get(next) {
            _ if comment => list.after_element,
            Some(b',' | b']') => true,
            _ => false,
        };
        self.at = end;
        self.state = State::List(list);
        Step::Went
    }
}

/// A JSON value can begin at `start`.
pub(super) fn begins_value(bytes: &[u8], start: usize) -> bool {
    let rest = &bytes[start..];
    match rest.first() {
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9') => true,
        Some(_) => [&b"true"[..], b"false", b"null"].iter().any(|literal| {
            rest.starts_with(literal) && !rest.get(literal.len()).is_some_and(u8::is_ascii_alphanumeric)
        }),
        None => false,
    }
}

/// Where what begins at `start`, and is neither value nor punctuation, ends: a comment with itself, words before the
/// next comma, bracket or quote.
pub(super) fn litter_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let line = memchr(b'\n', rest);
    let length = match rest {
        [b'/', b'*', inside @ ..] => memmem::find(inside, b"*/").map(|end| end + 4),
        [b'/', b'/', ..] | [b'#', ..] => line,
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'"');
            rest.iter().skip(1).position(ends).map(|length| length + 1)
        }
    };
    length.map_or(bytes.len(), |length| start + length)
}
