//! Why a text is not YAML, or is YAML that no record is written in: said so that it can be mended.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::Fault;

/// Why a text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Empty,
    SecondDocument,
    TrailingText,
    UnclosedBracket,
    UnclosedQuote,
    WrongBracket,
    ExpectedComma,
    ExpectedKey,
    ExpectedValue,
    KeyIsNoText,
    Colon,
    Tab,
    Indentation,
    AfterQuote,
    Escape,
    ReservedCharacter,
    ControlCharacter,
    Comment,
    BlockHeader,
    UnknownAnchor,
    AnchorName,
    AliasOfItself,
    AliasBomb,
    UnknownTag,
    TagDoesNotFit,
    Tag,
    Directive,
    ByteOrderMark,
    TooDeep,
    Other,
}

impl Reason {
    /// The fault at a place.
    pub(super) fn at(self, span: Range<usize>) -> Fault {
        Fault { reason: self.explanation().into(), remedy: self.remedy(), span, too_deep: self == Self::TooDeep }
    }

    /// What is wrong, as a clause.
    fn explanation(self) -> &'static str {
        match self {
            Self::Empty => "there is nothing here",
            Self::SecondDocument => "a second document begins here, and a file holds one",
            Self::TrailingText => "the value has ended, and more text follows",
            Self::UnclosedBracket => "this bracket is never closed",
            Self::UnclosedQuote => "this text in quotes has no closing quote",
            Self::WrongBracket => "this bracket closes nothing that is open here",
            Self::ExpectedComma => "a comma or the closing bracket is expected here",
            Self::ExpectedKey => "a name with a colon behind it is expected here",
            Self::ExpectedValue => "a value is expected here",
            Self::KeyIsNoText => "a list or an object stands here as a name",
            Self::Colon => "this colon makes a name of what stands before it, and no name can stand there",
            Self::Tab => "a tab stands where YAML takes blanks only",
            Self::Indentation => "this line is not indented as those that it belongs to",
            Self::AfterQuote => "more text follows the closing quote",
            Self::Escape => "YAML does not have this escape",
            Self::ReservedCharacter => "no text without quotes can begin with this character",
            Self::ControlCharacter => "a control character stands here",
            Self::Comment => "a comment stands where none can",
            Self::BlockHeader => "behind `|` or `>` there is more than YAML has there",
            Self::UnknownAnchor => "this alias stands for an anchor that is nowhere before it",
            Self::AnchorName => "behind `&` or `*` a name is expected, without a blank between",
            Self::AliasOfItself => "this alias stands within what it stands for",
            Self::AliasBomb => "up to this alias, aliases have repeated more than 100,000 values",
            Self::UnknownTag => "this tag says something that only another program understands",
            Self::TagDoesNotFit => "this value is not what its tag says",
            Self::Tag => "this is not a tag as YAML writes it",
            Self::Directive => "this is not a directive as YAML writes it",
            Self::ByteOrderMark => "a byte order mark stands in the middle of the text",
            Self::TooDeep => "lists and objects are nested deeper than 127 levels here",
            Self::Other => "it goes wrong here",
        }
    }

    /// What to do about it.
    fn remedy(self) -> &'static str {
        match self {
            Self::Empty => "Was the file saved, or the download interrupted? Fetch it again.",
            Self::SecondDocument => "Remove the line `---` with what follows, or keep the second in a file of its own.",
            Self::TrailingText | Self::ExpectedValue | Self::Other => "Look just before this place, too.",
            Self::UnclosedBracket => "Close it, or put the text in quotes if the bracket is part of it.",
            Self::UnclosedQuote => {
                "Close it at the end of the text. A single quote inside single quotes is written twice."
            }
            Self::WrongBracket => "Remove it, or put the text in quotes if the bracket is part of it.",
            Self::ExpectedComma => "Look just before this place: a comma or a quote is missing.",
            Self::ExpectedKey => {
                "Write `name: value`. If the line goes on with the text before, indent it more, or begin that text with `>-`."
            }
            Self::KeyIsNoText => {
                "Write a text before the colon. A text that begins with a bracket is put in quotes, as `{{ … }}` of a template."
            }
            Self::Colon => "Put a text that contains `: ` in quotes; or look at how the line is indented.",
            Self::Tab => "Write blanks instead: two a level.",
            Self::Indentation => "Give the members of an object, and the dashes of a list, the same number of blanks.",
            Self::AfterQuote => {
                "Put the whole text in quotes; write quotes inside as `\\\"`, or as `''` in single quotes."
            }
            Self::Escape => {
                "Write a backslash as `\\\\`, or use single quotes: there it is a character like any other."
            }
            Self::ReservedCharacter => "Put the text in quotes.",
            Self::ControlCharacter => "Remove it: the file is damaged, or no text file.",
            Self::Comment => "Put a blank before the `#`, or the text in quotes if `#` is part of it.",
            Self::BlockHeader => "Begin the text on the next line, indented.",
            Self::UnknownAnchor => {
                "Put a text that begins with `*` in quotes; else name the anchor, with `&`, before the alias."
            }
            Self::AnchorName => "Put a text that begins with `&` or `*` in quotes.",
            Self::AliasOfItself | Self::AliasBomb => "Write out what is meant, without aliases.",
            Self::UnknownTag => "Remove it; a text that begins with `!` is put in quotes.",
            Self::TagDoesNotFit => "Remove the tag, or mend the value.",
            Self::Tag => "Put a text that begins with `!` in quotes.",
            Self::Directive => "Put a text that begins with `%` in quotes; a record needs no directive.",
            Self::ByteOrderMark => {
                "Remove it: it may stand at the very beginning only. Two files may have been joined."
            }
            Self::TooDeep => "Records are not nested so deeply: the file is damaged, or no record.",
        }
    }

    fn of(kind: &ErrorKind) -> Self {
        use ErrorKind as Kind;
        match kind {
            Kind::UnexpectedEofFlowSequence
            | Kind::UnexpectedEofFlowMapping
            | Kind::UnexpectedEofImplicitFlowMapping
            | Kind::UnclosedFlowCollection { .. }
            // Told at the bracket that another one closes.
            | Kind::MismatchedFlowCollectionEnd { .. } => Self::UnclosedBracket,
            Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Self::UnclosedQuote,
            Kind::MisplacedFlowCollectionEnd => Self::WrongBracket,
            Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => Self::ExpectedComma,
            Kind::SimpleKeyExpected
            | Kind::InvalidSimpleKey
            | Kind::ExpectedBlockMappingKey
            | Kind::MappingKeyNotAllowed => Self::ExpectedKey,
            Kind::ExpectedNodeContent | Kind::UnexpectedEof => Self::ExpectedValue,
            Kind::MappingValueNotAllowed
            | Kind::InvalidColonPlacement
            | Kind::InvalidMappingValueWhitespace
            | Kind::FlowMappingValueAdjacentCollection => Self::Colon,
            Kind::TabNotAllowed
            | Kind::TabInBlockIndentation
            | Kind::TabInIndentation
            | Kind::TabAtBlockScalarStart
            | Kind::TabInPlainScalar => Self::Tab,
            Kind::InvalidIndentation
            | Kind::ExpectedBlockSequenceEntry
            | Kind::BlockSequenceEntryNotAllowed
            | Kind::BlockEntryInFlowCollection
            | Kind::InvalidBlockEntryWhitespace
            | Kind::InvalidBlockScalarIndent
            | Kind::InvalidQuotedScalarIndent
            | Kind::InvalidFlowScalarIndent => Self::Indentation,
            Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => Self::AfterQuote,
            Kind::UnexpectedCharacter { character } if character.is_control() => Self::ControlCharacter,
            Kind::UnexpectedCharacter { .. } | Kind::PlainScalarStartsWithDashFlowIndicator => Self::ReservedCharacter,
            Kind::CommentInterceptedScalar | Kind::CommentNotSeparated => Self::Comment,
            Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader => Self::BlockHeader,
            Kind::UnknownAnchor => Self::UnknownAnchor,
            Kind::MissingAnchorOrAliasName => Self::AnchorName,
            Kind::ExpectedDocumentStart | Kind::InvalidDocumentEnd => Self::TrailingText,
            Kind::BomInsideDocument => Self::ByteOrderMark,
            Kind::RecursionLimitExceeded => Self::TooDeep,
            kind => Self::of_the_rarer(kind),
        }
    }

    fn of_the_rarer(kind: &ErrorKind) -> Self {
        use ErrorKind as Kind;
        match kind {
            Kind::UnknownQuotedScalarEscape
            | Kind::InvalidQuotedScalarHexEscape
            | Kind::InvalidLowSurrogateHexEscape
            | Kind::InvalidLowSurrogate
            | Kind::MissingLowSurrogate
            | Kind::UnpairedLowSurrogate
            | Kind::InvalidUnicodeEscape => Self::Escape,
            Kind::UndeclaredTagHandle => Self::UnknownTag,
            Kind::ExpectedTagBang
            | Kind::InvalidGlobalTagCharacter
            | Kind::InvalidTagTerminator
            | Kind::MissingTagUri
            | Kind::UnclosedVerbatimTag
            | Kind::InvalidTagEscape
            | Kind::InvalidTagUtf8LeadingByte
            | Kind::InvalidTagUtf8TrailingByte
            | Kind::InvalidTagUtf8 => Self::Tag,
            Kind::DuplicateVersionDirective
            | Kind::UnsupportedYamlMajorVersion
            | Kind::DuplicateTagDirective
            | Kind::MissingDocumentEndBeforeDirective
            | Kind::ExpectedTagDirectiveBang
            | Kind::InvalidDirectiveTerminator
            | Kind::DirectiveDisallowed
            | Kind::MissingYamlVersionSeparator
            | Kind::MissingDirectiveName
            | Kind::InvalidDirectiveName
            | Kind::DirectiveByteLimitExceeded { .. }
            | Kind::TooManyReservedDirectiveParams { .. }
            | Kind::YamlVersionTooLong
            | Kind::MissingYamlVersion
            | Kind::InvalidTagDirectiveTerminator => Self::Directive,
            _ => Self::Other,
        }
    }
}

/// What the parser found, at its byte; `base` is where its text begins in the source.
#[cold]
pub(super) fn of_parser(error: &ScanError, source: &str, base: usize) -> Fault {
    let at = error.marker().byte_offset().unwrap_or(0) + base;
    let at = source.floor_char_boundary(at.min(source.len()));
    let next = source[at..].chars().next();
    let reason = match (Reason::of(error.kind()), next) {
        // The parser stops at such a character for one reason or another.
        (_, Some(character)) if character.is_control() && !matches!(character, '\t' | '\n' | '\r') => {
            Reason::ControlCharacter
        }
        (reason, _) => reason,
    };
    let (at, next) = match reason {
        Reason::Tab => (tab_near(source, at), Some('\t')),
        Reason::Escape => (escape_near(source, at), Some('\\')),
        _ => (at, next),
    };
    let length = next.filter(|character| !matches!(character, '\n' | '\r')).map_or(0, char::len_utf8);
    reason.at(at..(at + length).min(source.len()))
}

/// What to say instead of `fault` if a bracket is open there that should have been closed: the parser stops where what
/// follows no longer fits. `open` are the first bytes of all that is open, the outermost first.
#[cold]
pub(super) fn or_unclosed(fault: Fault, source: &str, mut open: impl Iterator<Item = usize>) -> Fault {
    let Some(bracket) = open.find(|start| source[*start..].starts_with(['[', '{'])) else { return fault };
    let line = source[..bracket].rfind('\n').map_or(0, |feed| feed + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = indent(&source[line..]);
    // What a bracket holds is indented more than the line in which it stands; up to where it goes wrong, or just behind.
    let end = source[fault.span.start..].find('\n').map_or(source.len(), |feed| fault.span.start + feed);
    let mut after = source.get(bracket..end).unwrap_or_default().split('\n').skip(1);
    let is_over = |line: &str| {
        let text = line.trim();
        indent(line) <= own && !text.is_empty() && !text.starts_with(['#', ']', '}', ','])
    };
    if after.any(is_over) { Reason::UnclosedBracket.at(bracket..bracket + 1) } else { fault }
}

/// The parser tells of a tab where it noticed: behind it, or before the line that it begins.
fn tab_near(source: &str, at: usize) -> usize {
    let before = source[..at].len() - source[..at].trim_end_matches('\t').len();
    if before > 0 {
        return at - before;
    }
    source[at..].find('\t').map_or(at, |further| at + further)
}

/// The parser tells of an escape at the text in quotes in which it stands.
fn escape_near(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    let mut here = at + 1;
    while let Some([byte, next]) = bytes.get(here..here + 2) {
        match byte {
            b'"' => break,
            b'\\' if !b"0abtnvfre \"/\\N_LPxuU\t\n\r".contains(next) => return here,
            b'\\' => here += 2,
            _ => here += 1,
        }
    }
    at
}
