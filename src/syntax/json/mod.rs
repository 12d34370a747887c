//! The strict JSON scanner: RFC 8259 text into an arena of nodes with byte spans.
//!
//! It accepts the texts that `serde_json` accepts, except that numbers out of range are kept (and noted), and
//! refuses the others at the byte where they go wrong.

use std::ops::Range;

use crate::document::{Arena, DECODED, Kind, NON_ASCII, QUOTED, hash};

mod fault;
mod run;

pub use fault::{Reason, SyntaxFault};
use run::plain_run;

/// Nesting that is refused: `serde_json` reads 127 levels, too.
pub const DEPTH_LIMIT: usize = 128;

/// Scans the one JSON value that `range` of `source` holds into `arena`.
///
/// # Errors
///
/// The first place at which the text is not JSON. The arena then holds what came before.
pub fn scan(source: &str, range: Range<usize>, arena: &mut Arena) -> Result<(), SyntaxFault> {
    arena.clear();
    let scanner = Scanner { source, bytes: &source.as_bytes()[..range.end] };
    scanner.document(range.start, arena)
}

/// The text. Where in it one stands goes from hand to hand: a place in memory would be written for every token.
#[derive(Clone, Copy)]
struct Scanner<'a> {
    source: &'a str,
    /// The source up to the end of the range: what lies beyond does not exist.
    bytes: &'a [u8],
}

/// The byte that stands beyond the end. As a token it means nothing either.
const NOTHING: u8 = 0;

impl Scanner<'_> {
    #[inline]
    fn byte(self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(NOTHING)
    }

    /// Where the next token begins, and its first byte.
    #[inline]
    fn token(self, mut at: usize) -> (usize, u8) {
        loop {
            let byte = self.byte(at);
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return (at, byte);
            }
            at += 1;
        }
    }

    fn document(self, start: usize, arena: &mut Arena) -> Result<(), SyntaxFault> {
        let (at, byte) = self.token(start);
        if at == self.bytes.len() {
            return Err(SyntaxFault { reason: Reason::Empty, span: start..start });
        }
        let (at, _) = self.token(self.value_and_rest((at, byte), arena)?);
        if at < self.bytes.len() {
            return Err(self.unexpected(at, Reason::TrailingText));
        }
        Ok(())
    }

    /// Scans one value with all that it holds, and says where it ends; iterative, so that depth costs no stack.
    fn value_and_rest(self, token: (usize, u8), arena: &mut Arena) -> Result<usize, SyntaxFault> {
        let (mut at, mut byte) = token;
        // What the value stands in.
        let mut inside = None;
        loop {
            // A value begins here.
            match byte {
                b'"' => {
                    let (end, flags) = self.string_end(at, arena)?;
                    arena.leaf(Kind::String, at, end, flags);
                    at = end;
                }
                b'{' => {
                    open(Kind::Object, at, arena)?;
                    (at, byte) = self.token(at + 1);
                    if byte != b'}' {
                        (at, byte) = self.member_name((at, byte), arena)?;
                        inside = Some(Kind::Object);
                        continue;
                    }
                    at += 1;
                    arena.close(self.source, at);
                }
                b'[' => {
                    open(Kind::Array, at, arena)?;
                    (at, byte) = self.token(at + 1);
                    if byte != b']' {
                        arena.element();
                        inside = Some(Kind::Array);
                        continue;
                    }
                    at += 1;
                    arena.close(self.source, at);
                }
                b'-' | b'0'..=b'9' => at = self.number(at, arena)?,
                _ => at = self.literal(at, arena)?,
            }
            // It has ended: close what it ends, or go on to the next.
            loop {
                let Some(container) = inside else { return Ok(at) };
                let is_object = container == Kind::Object;
                (at, byte) = self.token(at);
                if byte == b',' {
                    let comma = at;
                    (at, byte) = self.token(at + 1);
                    if matches!(byte, b'}' | b']') {
                        return Err(SyntaxFault { reason: Reason::TrailingComma, span: comma..comma + 1 });
                    }
                    if is_object {
                        (at, byte) = self.member_name((at, byte), arena)?;
                    } else {
                        arena.element();
                    }
                    break;
                }
                if byte != if is_object { b'}' } else { b']' } {
                    let expected =
                        if is_object { Reason::ExpectedCommaOrBrace } else { Reason::ExpectedCommaOrBracket };
                    return Err(self.unexpected(at, expected));
                }
                at += 1;
                inside = arena.close(self.source, at);
            }
        }
    }

    /// Scans a member's name, the colon and the space up to its value.
    #[expect(clippy::inline_always, reason = "for each of a record's names")]
    #[inline(always)]
    fn member_name(self, (start, byte): (usize, u8), arena: &mut Arena) -> Result<(usize, u8), SyntaxFault> {
        if byte != b'"' {
            return Err(self.unexpected(start, Reason::ExpectedKey));
        }
        let (end, flags) = self.string_end(start, arena)?;
        let hash = if flags & DECODED == 0 {
            hash(&self.bytes[start + 1..end - 1])
        } else {
            let name = arena.decoded.last().map_or(0..0, |text| text.start as usize..text.end as usize);
            hash(arena.scratch[name].as_bytes())
        };
        arena.key(self.source, start, end, hash, flags);
        let (at, byte) = self.token(end);
        if byte != b':' {
            return Err(self.unexpected(at, Reason::ExpectedColon));
        }
        Ok(self.token(at + 1))
    }

    /// From the opening quote to behind the closing one, and the text's flags; a text with escapes goes to the scratch.
    #[expect(clippy::inline_always, reason = "for each of a record's texts; a call costs as much as the work")]
    #[inline(always)]
    fn string_end(self, start: usize, arena: &mut Arena) -> Result<(usize, u8), SyntaxFault> {
        let mut high = 0;
        let at = plain_run(self.bytes, start + 1, &mut high);
        if self.byte(at) == b'"' {
            return Ok((at + 1, if high == 0 { QUOTED } else { QUOTED | NON_ASCII }));
        }
        Ok((self.escaped_string((start, at), arena)?, QUOTED | DECODED | NON_ASCII))
    }

    /// The rest of a string that began at `start` and has a backslash, a control character or no end: where it ends.
    #[cold]
    fn escaped_string(self, (start, mut at): (usize, usize), arena: &mut Arena) -> Result<usize, SyntaxFault> {
        let begins = arena.scratch.len();
        let mut copied = start + 1;
        loop {
            arena.scratch.push_str(&self.source[copied..at]);
            copied = match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => self.escape(at, arena)?,
                Some(0) => return Err(SyntaxFault { reason: Reason::Nul, span: at..at + 1 }),
                Some(_) => return Err(SyntaxFault { reason: Reason::ControlCharacter, span: at..at + 1 }),
                None => return Err(SyntaxFault { reason: Reason::UnclosedString, span: start..at }),
            };
            at = plain_run(self.bytes, copied, &mut 0);
        }
        arena.decode_next(begins);
        Ok(at + 1)
    }

    /// One escape, from its backslash: where it ends.
    fn escape(self, start: usize, arena: &mut Arena) -> Result<usize, SyntaxFault> {
        let mut end = start + 2;
        let character = match self.bytes.get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let (character, after) = self.unicode_escape(start)?;
                end = after;
                character
            }
            None => return Err(SyntaxFault { reason: Reason::Truncated, span: start..start + 1 }),
            Some(_) => return Err(self.bad_escape(start)),
        };
        arena.scratch.push(character);
        Ok(end)
    }

    /// The character of one `\u` escape or two, and where they end.
    fn unicode_escape(self, start: usize) -> Result<(char, usize), SyntaxFault> {
        let after_high = start + 6;
        let lone = || Err(SyntaxFault { reason: Reason::LoneSurrogate, span: start..after_high });
        let Some(high) = self.four_digits(start + 2) else { return Err(self.bad_escape(start)) };
        if let Some(character) = char::from_u32(high) {
            return Ok((character, after_high));
        }
        let rest = &self.bytes[after_high..];
        if high < 0xDC00 && rest.len() < 2 && b"\\u".starts_with(rest) {
            return Err(self.cut_short(start));
        }
        if high >= 0xDC00 || !rest.starts_with(b"\\u") {
            return lone();
        }
        let Some(low) = self.four_digits(after_high + 2) else { return Err(self.bad_escape(after_high)) };
        if !(0xDC00..0xE000).contains(&low) {
            return lone();
        }
        let joined = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        char::from_u32(joined).map_or_else(lone, |character| Ok((character, after_high + 6)))
    }

    fn four_digits(self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
    }

    /// Where the digits from `at` on end.
    #[inline]
    fn digits(self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    #[inline]
    fn number(self, start: usize, arena: &mut Arena) -> Result<usize, SyntaxFault> {
        let leading = start + usize::from(self.byte(start) == b'-');
        let mut at = self.digits(leading);
        let integer = at - leading;
        if integer == 0 || (integer > 1 && self.bytes[leading] == b'0') {
            return Err(self.bad_number(start, at));
        }
        let mut exponent = false;
        if self.byte(at) == b'.' {
            let fraction = at + 1;
            at = self.digits(fraction);
            if at == fraction {
                return Err(self.bad_number(start, at));
            }
        }
        if matches!(self.byte(at), b'e' | b'E') {
            exponent = true;
            let power = at + 1 + usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
            at = self.digits(power);
            if at == power {
                return Err(self.bad_number(start, at));
            }
        }
        if exponent || integer > 300 {
            self.note_if_huge(start..at, arena);
        }
        arena.leaf(Kind::Number, start, at, 0);
        Ok(at)
    }

    #[cold]
    fn note_if_huge(self, number: Range<usize>, arena: &mut Arena) {
        if self.source[number].parse::<f64>().is_ok_and(f64::is_infinite) {
            arena.note_huge_number();
        }
    }

    #[inline]
    fn literal(self, at: usize, arena: &mut Arena) -> Result<usize, SyntaxFault> {
        let rest = &self.bytes[at..];
        let (kind, length) = if rest.starts_with(b"null") {
            (Kind::Null, 4)
        } else if rest.starts_with(b"true") {
            (Kind::True, 4)
        } else if rest.starts_with(b"false") {
            (Kind::False, 5)
        } else {
            return Err(self.unexpected(at, Reason::ExpectedValue));
        };
        arena.leaf(kind, at, at + length, 0);
        Ok(at + length)
    }
}

#[inline]
fn open(kind: Kind, at: usize, arena: &mut Arena) -> Result<(), SyntaxFault> {
    if arena.depth() + 1 >= DEPTH_LIMIT {
        return Err(SyntaxFault { reason: Reason::TooDeep, span: at..at + 1 });
    }
    arena.open(kind, at);
    Ok(())
}
