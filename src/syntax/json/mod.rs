//! The strict JSON scanner: RFC 8259 text into an arena of nodes with byte spans.
//!
//! It accepts the texts that `serde_json` accepts, except that numbers out of range are kept (and noted), and
//! refuses the others at the byte where they go wrong.

use std::ops::Range;

use crate::document::{Arena, DECODED, Kind, NON_ASCII, QUOTED, hash};

mod fault;
mod run;

pub use fault::{Reason, SyntaxFault};
use run::{HIGH, plain_run};

/// Nesting that is refused: `serde_json` reads 127 levels, too.
pub const DEPTH_LIMIT: usize = 128;

/// Scans the one JSON value that `range` of `source` holds into `arena`.
///
/// # Errors
///
/// The first place at which the text is not JSON. The arena then holds what came before.
pub fn scan(source: &str, range: Range<usize>, arena: &mut Arena) -> Result<(), SyntaxFault> {
    arena.clear();
    let bytes = &source.as_bytes()[..range.end];
    let mut scanner = Scanner { source, bytes, at: range.start, arena };
    scanner.document(range.start)
}

struct Scanner<'a, 'b> {
    source: &'a str,
    /// The source up to the end of the range: what lies beyond does not exist.
    bytes: &'a [u8],
    at: usize,
    arena: &'b mut Arena,
}

impl Scanner<'_, '_> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn document(&mut self, start: usize) -> Result<(), SyntaxFault> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return Err(SyntaxFault { reason: Reason::Empty, span: start..start });
        }
        self.value_and_rest()?;
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.unexpected(Reason::TrailingText));
        }
        Ok(())
    }

    /// Scans one value with all that it holds; iterative, so that depth costs no stack.
    fn value_and_rest(&mut self) -> Result<(), SyntaxFault> {
        loop {
            // A value begins here.
            let opened = match self.peek() {
                Some(b'"') => {
                    self.string()?;
                    false
                }
                Some(b'{') => {
                    self.open(Kind::Object)?;
                    self.skip_space();
                    if self.peek() == Some(b'}') {
                        self.at += 1;
                        self.arena.close(self.source, self.at);
                        false
                    } else {
                        self.member_name()?;
                        true
                    }
                }
                Some(b'[') => {
                    self.open(Kind::Array)?;
                    self.skip_space();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        self.arena.close(self.source, self.at);
                        false
                    } else {
                        self.arena.element();
                        true
                    }
                }
                Some(b'-' | b'0'..=b'9') => {
                    self.number()?;
                    false
                }
                _ => {
                    self.literal()?;
                    false
                }
            };
            // A value has ended: close what it ends, or go on to the next.
            if !opened && self.after_value()? {
                return Ok(());
            }
        }
    }

    /// After a value: closes containers and stops where the next value begins. True when the outermost is done.
    #[inline]
    fn after_value(&mut self) -> Result<bool, SyntaxFault> {
        loop {
            let Some(container) = self.arena.inside() else { return Ok(true) };
            self.skip_space();
            let close = if container == Kind::Object { b'}' } else { b']' };
            match self.peek() {
                Some(b',') => {
                    let comma = self.at;
                    self.at += 1;
                    self.skip_space();
                    if matches!(self.peek(), Some(b'}' | b']')) {
                        return Err(SyntaxFault { reason: Reason::TrailingComma, span: comma..comma + 1 });
                    }
                    if container == Kind::Object {
                        self.member_name()?;
                    } else {
                        self.arena.element();
                    }
                    return Ok(false);
                }
                Some(byte) if byte == close => {
                    self.at += 1;
                    self.arena.close(self.source, self.at);
                }
                _ if container == Kind::Object => return Err(self.unexpected(Reason::ExpectedCommaOrBrace)),
                _ => return Err(self.unexpected(Reason::ExpectedCommaOrBracket)),
            }
        }
    }

    #[inline]
    fn open(&mut self, kind: Kind) -> Result<(), SyntaxFault> {
        if self.arena.depth() + 1 >= DEPTH_LIMIT {
            return Err(SyntaxFault { reason: Reason::TooDeep, span: self.at..self.at + 1 });
        }
        self.arena.open(kind, self.at);
        self.at += 1;
        Ok(())
    }

    /// Scans a member's name, the colon and the space up to its value.
    #[expect(clippy::inline_always, reason = "for each of a record's names")]
    #[inline(always)]
    fn member_name(&mut self) -> Result<(), SyntaxFault> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(Reason::ExpectedKey));
        }
        let start = self.at;
        let flags = self.string_end()?;
        let hash = if flags & DECODED == 0 {
            hash(&self.bytes[start + 1..self.at - 1])
        } else {
            let name = self.arena.decoded.last().map_or(0..0, |text| text.start as usize..text.end as usize);
            hash(self.arena.scratch[name].as_bytes())
        };
        self.arena.key(self.source, start, self.at, hash, flags);
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected(Reason::ExpectedColon));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Result<(), SyntaxFault> {
        let start = self.at;
        let flags = self.string_end()?;
        self.arena.leaf(Kind::String, start, self.at, flags);
        Ok(())
    }

    /// From the opening quote to behind the closing one; a text with escapes goes to the scratch.
    #[expect(clippy::inline_always, reason = "for each of a record's texts; a call costs as much as the work")]
    #[inline(always)]
    fn string_end(&mut self) -> Result<u8, SyntaxFault> {
        let start = self.at;
        let mut seen = 0;
        self.at = plain_run(self.bytes, start + 1, &mut seen);
        let non_ascii = if seen & HIGH != 0 { NON_ASCII } else { 0 };
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(QUOTED | non_ascii);
        }
        self.escaped_string(start)?;
        Ok(QUOTED | DECODED | NON_ASCII)
    }

    /// The rest of a string that began at `start` and has a backslash, a control character or no end.
    #[cold]
    fn escaped_string(&mut self, start: usize) -> Result<(), SyntaxFault> {
        let begins = self.arena.scratch.len();
        let mut copied = start + 1;
        loop {
            self.arena.scratch.push_str(&self.source[copied..self.at]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0) => return Err(self.here(Reason::Nul, 1)),
                Some(_) => return Err(self.here(Reason::ControlCharacter, 1)),
                None => return Err(SyntaxFault { reason: Reason::UnclosedString, span: start..self.at }),
            }
            copied = self.at;
            self.at = plain_run(self.bytes, copied, &mut 0);
        }
        self.at += 1;
        self.arena.decode_next(begins);
        Ok(())
    }

    /// One escape, from its backslash.
    fn escape(&mut self) -> Result<(), SyntaxFault> {
        let start = self.at;
        let letter = self.bytes.get(start + 1).copied();
        self.at += 2;
        let character = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.unicode_escape(start)?,
            None => return Err(SyntaxFault { reason: Reason::Truncated, span: start..start + 1 }),
            Some(_) => return Err(self.bad_escape(start)),
        };
        self.arena.scratch.push(character);
        Ok(())
    }

    fn unicode_escape(&mut self, start: usize) -> Result<char, SyntaxFault> {
        let lone = |end| Err(SyntaxFault { reason: Reason::LoneSurrogate, span: start..end });
        let Some(high) = self.four_digits() else { return Err(self.bad_escape(start)) };
        if let Some(character) = char::from_u32(high) {
            return Ok(character);
        }
        let after_high = self.at;
        let rest = &self.bytes[self.at..];
        if high < 0xDC00 && rest.len() < 2 && b"\\u".starts_with(rest) {
            return Err(self.cut_short(start));
        }
        if high >= 0xDC00 || self.bytes.get(self.at..self.at + 2) != Some(b"\\u") {
            return lone(after_high);
        }
        self.at += 2;
        let Some(low) = self.four_digits() else { return Err(self.bad_escape(after_high)) };
        if !(0xDC00..0xE000).contains(&low) {
            return lone(after_high);
        }
        let joined = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        char::from_u32(joined).map_or_else(|| lone(after_high), Ok)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
    }

    #[inline]
    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - start
    }

    #[inline]
    fn number(&mut self) -> Result<(), SyntaxFault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading = self.at;
        let integer = self.digits();
        if integer == 0 || (integer > 1 && self.bytes[leading] == b'0') {
            return Err(self.bad_number(start));
        }
        let mut exponent = false;
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(self.bad_number(start));
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            exponent = true;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.bad_number(start));
            }
        }
        if exponent || integer > 300 {
            self.note_if_huge(start);
        }
        self.arena.leaf(Kind::Number, start, self.at, 0);
        Ok(())
    }

    #[cold]
    fn note_if_huge(&mut self, start: usize) {
        if self.source[start..self.at].parse::<f64>().is_ok_and(f64::is_infinite) {
            self.arena.note_huge_number();
        }
    }

    #[inline]
    fn literal(&mut self) -> Result<(), SyntaxFault> {
        let rest = &self.bytes[self.at..];
        let (kind, length) = if rest.starts_with(b"null") {
            (Kind::Null, 4)
        } else if rest.starts_with(b"true") {
            (Kind::True, 4)
        } else if rest.starts_with(b"false") {
            (Kind::False, 5)
        } else {
            return Err(self.unexpected(Reason::ExpectedValue));
        };
        self.arena.leaf(kind, self.at, self.at + length, 0);
        self.at += length;
        Ok(())
    }

    fn here(&self, reason: Reason, length: usize) -> SyntaxFault {
        SyntaxFault { reason, span: self.at..self.at + length }
    }
}
