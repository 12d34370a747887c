//! Why a text is not JSON: found out only when it is not, and said so that it can be mended.

use std::ops::Range;

use super::Scanner;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing but white space.
    Empty,
    /// The text ends inside a value.
    Truncated,
    /// The text ends inside a string that began at the span's start.
    UnclosedString,
    /// A value was expected.
    ExpectedValue,
    /// A member name in double quotes was expected.
    ExpectedKey,
    /// A colon after a member name was expected.
    ExpectedColon,
    /// A comma or the closing bracket of an array was expected.
    ExpectedCommaOrBracket,
    /// A comma or the closing brace of an object was expected.
    ExpectedCommaOrBrace,
    /// A comma before a closing bracket or brace.
    TrailingComma,
    /// `//`, `/*` or `#`.
    Comment,
    /// A text in single quotes.
    SingleQuotes,
    /// `NaN`, `Infinity`, `None`, `True`, `undefined` and the like.
    ForeignLiteral,
    /// A number in a form that JSON does not have: leading zero or plus, bare dot.
    BadNumber,
    /// A control character inside a string.
    ControlCharacter,
    /// A NUL byte.
    Nul,
    /// An escape that JSON does not have.
    BadEscape,
    /// One half of a surrogate pair.
    LoneSurrogate,
    /// More text after the value.
    TrailingText,
    /// XML or HTML.
    Markup,
    /// A file that should hold one value holds one a line.
    ManyLines,
    /// A file that should hold one value a line holds one that runs over several.
    NotOneALine,
    /// More than [`DEPTH_LIMIT`](super::DEPTH_LIMIT) levels.
    TooDeep,
}

/// Where and why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Why.
    pub reason: Reason,
    /// Bytes of the source text.
    pub span: Range<usize>,
}

impl Reason {
    /// What is wrong, as a clause.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Empty => "there is nothing here",
            Self::Truncated => "the text ends in the middle of a value",
            Self::UnclosedString => "this text in quotes has no closing quote",
            Self::ExpectedValue => "a value is expected here",
            Self::ExpectedKey => "the name of a member, in double quotes, is expected here",
            Self::ExpectedColon => "a colon is expected here, between a member's name and its value",
            Self::ExpectedCommaOrBracket => "a comma or the closing `]` is expected here",
            Self::ExpectedCommaOrBrace => "a comma or the closing `}` is expected here",
            Self::TrailingComma => "nothing follows this comma",
            Self::Comment => "JSON has no comments",
            Self::SingleQuotes => "JSON has no single quotes",
            Self::ForeignLiteral => "JSON does not have this word",
            Self::BadNumber => "this is not a number as JSON writes it",
            Self::ControlCharacter => "a line break or other control character stands inside a text in quotes",
            Self::Nul => "a NUL byte stands here",
            Self::BadEscape => "JSON does not have this escape",
            Self::LoneSurrogate => "this escape is one half of a character, and the other half is missing",
            Self::TrailingText => "the value has ended, and more text follows",
            Self::Markup => "it is XML or HTML",
            Self::ManyLines => "the file is named `.json` and holds one value a line",
            Self::NotOneALine => "the file should hold one value a line, and its first value runs over several",
            Self::TooDeep => "lists and objects are nested deeper than 127 levels here",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Empty => "Was the export interrupted? Fetch it again.",
            Self::Truncated | Self::UnclosedString => {
                "Was the download or the export interrupted? Fetch it again, or close what is open."
            }
            Self::ExpectedValue | Self::ExpectedKey | Self::ExpectedColon => "Look just before this place, too.",
            Self::ExpectedCommaOrBracket | Self::ExpectedCommaOrBrace => {
                "A comma is missing just before this place, or a bracket is one too many."
            }
            Self::TrailingComma => "Remove the comma.",
            Self::Comment => "Remove the comment.",
            Self::SingleQuotes => {
                "Write double quotes. Python prints its own notation: export with `json.dumps` instead."
            }
            Self::ForeignLiteral => {
                "Write `null`, `true` or `false`. Python prints its own notation: export with `json.dumps` instead."
            }
            Self::BadNumber => "Write it without leading zero, plus sign or bare dot, or as a text in quotes.",
            Self::ControlCharacter => "Write a line break as `\\n`, a tab as `\\t`.",
            Self::Nul => "The file is damaged, or not a text file: fetch it again.",
            Self::BadEscape => {
                "Write a backslash as `\\\\`; JSON knows `\\\" \\\\ \\/ \\b \\f \\n \\r \\t` and `\\u` with four digits."
            }
            Self::LoneSurrogate => "The exporting program cut a character in two: write the character itself.",
            Self::TrailingText => {
                "A file holds one value: put several into a list, or write one a line in a `.ndjson` file."
            }
            Self::Markup => "Was an error page or another export saved under this name? Fetch it again as JSON.",
            Self::ManyLines => "Name it `.ndjson`, or put the values into a list. Each line was judged.",
            Self::NotOneALine => {
                "Name it `.json`, or write each record on one line. It was judged as one JSON document."
            }
            Self::TooDeep => "Records are not nested so deeply: the file is damaged, or no record.",
        }
    }
}

impl Scanner<'_> {
    /// The escape that begins at `start` is none that JSON has; the span is kept on whole characters.
    #[cold]
    pub(super) fn bad_escape(self, start: usize) -> SyntaxFault {
        let is_unicode = self.bytes.get(start + 1) == Some(&b'u');
        if is_unicode && self.bytes.len() < start + 6 && self.bytes[start + 2..].iter().all(u8::is_ascii_hexdigit) {
            return self.cut_short(start);
        }
        let wanted = if is_unicode { 6 } else { 2 };
        let end = self.bytes[start + 1..]
            .iter()
            .position(|byte| *byte == b'"' || *byte < 0x20)
            .map_or(self.bytes.len(), |quote| start + 1 + quote.max(1))
            .min(start + wanted);
        SyntaxFault { reason: Reason::BadEscape, span: start..self.source.ceil_char_boundary(end) }
    }

    /// What begins at `start` would be right if the text went on.
    #[cold]
    pub(super) fn cut_short(self, start: usize) -> SyntaxFault {
        SyntaxFault { reason: Reason::Truncated, span: start..self.bytes.len() }
    }

    /// What begins at `start` is a number, but from `at` on not one of JSON's.
    #[cold]
    pub(super) fn bad_number(self, start: usize, at: usize) -> SyntaxFault {
        let end = self.word_end(start + 1);
        let is_open = !self.bytes[end - 1].is_ascii_digit();
        if end == self.bytes.len() && at == end && is_open {
            return self.cut_short(start);
        }
        let reason = if &self.bytes[start..end] == b"-Infinity" { Reason::ForeignLiteral } else { Reason::BadNumber };
        SyntaxFault { reason, span: start..end }
    }

    /// Where the run of letters, digits and `+-._` from `at` ends.
    fn word_end(self, at: usize) -> usize {
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._$".contains(byte);
        self.bytes[at..].iter().position(|byte| !word(byte)).map_or(self.bytes.len(), |length| at + length)
    }

    /// What stands at `at` does not fit: names what it probably is, else what was `expected`.
    #[cold]
    pub(super) fn unexpected(self, at: usize, expected: Reason) -> SyntaxFault {
        let Some(byte) = self.bytes.get(at).copied() else {
            return SyntaxFault { reason: Reason::Truncated, span: at..at };
        };
        let next = self.bytes.get(at + 1).copied();
        let word = &self.bytes[at..self.word_end(at)];
        let wants_value = matches!(expected, Reason::ExpectedValue | Reason::ExpectedKey);
        let (reason, length) = match (byte, next) {
            (0, _) => (Reason::Nul, 1),
            (b'<', _) if wants_value => (Reason::Markup, 1),
            (b'/', Some(b'/' | b'*')) => (Reason::Comment, 2),
            (b'#', _) => (Reason::Comment, 1),
            (b'\'', _) if wants_value => (Reason::SingleQuotes, 1),
            (b'+' | b'.', Some(b'0'..=b'9')) if wants_value => (Reason::BadNumber, word.len()),
            (b'A'..=b'Z' | b'a'..=b'z', _) if expected == Reason::ExpectedValue => match word {
                b"NaN" | b"Infinity" | b"None" | b"True" | b"False" | b"undefined" | b"nil" | b"NULL" | b"Null"
                | b"TRUE" | b"FALSE" => (Reason::ForeignLiteral, word.len()),
                _ if at + word.len() == self.bytes.len()
                    && [&b"null"[..], b"true", b"false"].iter().any(|literal| literal.starts_with(word)) =>
                {
                    (Reason::Truncated, word.len())
                }
                _ => (expected, word.len()),
            },
            _ => (expected, self.source[at..].chars().next().map_or(1, char::len_utf8)),
        };
        SyntaxFault { reason, span: at..at + length }
    }
}
