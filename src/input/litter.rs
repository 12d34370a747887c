//! Litter: what stands where a value should and is none. It is remarked on once, and what follows is judged.

use std::sync::Arc;

use memchr::{memchr, memmem};

use crate::document::Prefix;
use crate::syntax::json::Reason;

use super::piece::Content;
use super::skip::skip_space;
use super::values::{List, State, Step, ValueCutter};

/// The longest of JSON's words, and what must follow it: so many bytes tell whether a value begins.
const TELLING: usize = "false".len() + 1;

impl ValueCutter {
    /// Whether no value begins at `start`; nothing if more bytes are needed to tell.
    pub(super) fn is_litter(&self, start: usize) -> Option<bool> {
        let rest = &self.buffer[start..];
        let short = rest.len() < TELLING && matches!(rest[0], b't' | b'f' | b'n');
        (self.at_end || !short).then(|| !begins_value(rest))
    }

    /// Where the litter at `start` ends, and whether it is a comment; nothing if more bytes are needed to tell.
    fn litter(&self, start: usize) -> Option<(usize, bool)> {
        let rest = &self.buffer[start..];
        let comment = rest.starts_with(b"#") || rest.starts_with(b"//") || rest.starts_with(b"/*");
        let last = self.at_end || rest.len() > self.limits.record;
        match litter_length(rest) {
            Some(length) => Some((start + length, comment)),
            None => last.then_some((self.buffer.len(), comment)),
        }
    }

    /// No value stands at `start`. A comment is passed over, a comma between values too; else the file is taken for
    /// something that is not JSON, and one finding says so.
    pub(super) fn litter_at_top(&mut self, start: usize, values: u64) -> Step {
        let Some((end, comment)) = self.litter(start) else { return Step::NeedsMore };
        let comma = self.buffer[start] == b',';
        let end = if comma { start + 1 } else { end };
        match values {
            0 => self.push(start..end, Prefix::Root, Content::Value),
            1 => self.fault(start, Reason::TrailingText),
            _ => {}
        }
        self.at = end;
        self.state = if comment || comma { State::Top { values: values.max(2) } } else { State::Done };
        Step::Went
    }

    /// No value stands at `start` in a list: it is remarked on once, and what follows it is judged.
    pub(super) fn litter_in_list(&mut self, mut list: List, start: usize) -> Step {
        let seen = self.litter(start).map(|(end, comment)| (end, skip_space(&self.buffer, end), comment));
        // What follows is waited for, but not for as long as white space may be.
        let waits = |next: usize| !self.at_end && next == self.buffer.len() && next - start <= self.limits.record;
        let Some((end, next, comment)) = seen.filter(|(_, next, _)| !waits(*next)) else {
            self.state = State::List(list);
            return Step::NeedsMore;
        };
        if comment {
            self.push(start..end, Prefix::Root, Content::Fault(Reason::Comment));
        } else {
            if list.after_element {
                self.fault(start, Reason::ExpectedCommaOrBracket);
            } else {
                let prefix = Prefix::Element { list: Arc::clone(&list.pointer), index: list.next };
                self.push(start..end, prefix, Content::Value);
                list.next += 1;
            }
            list.after_element = self.buffer.get(next).map_or(!self.at_end, |byte| matches!(byte, b',' | b']'));
        }
        self.at = end;
        self.state = State::List(list);
        Step::Went
    }
}

/// A JSON value can begin as `rest` does.
pub(super) fn begins_value(rest: &[u8]) -> bool {
    match rest.first() {
        Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9') => true,
        Some(_) => [&b"true"[..], b"false", b"null"].iter().any(|literal| {
            rest.starts_with(literal) && !rest.get(literal.len()).is_some_and(u8::is_ascii_alphanumeric)
        }),
        None => false,
    }
}

/// How long what `rest` begins with is, which is no value: a comment with its end, words up to the next comma, bracket
/// or quote. Nothing if it has no end here.
fn litter_length(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'/', b'*', inside @ ..] => memmem::find(inside, b"*/").map(|end| end + 4),
        [b'/', b'/', ..] | [b'#', ..] => memchr(b'\n', rest),
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'"');
            rest.iter().skip(1).position(ends).map(|length| length + 1)
        }
    }
}
