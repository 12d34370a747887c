//! What stands where no value is: codes, words for "nothing" and "not yet", forms that were not filled in.

use crate::value::date::text::code_meaning;
use crate::value::{Class, Fault};

use super::Style;

/// No word for "nothing" is longer.
pub(super) const LONGEST: usize = 40;
/// No form that was not filled in is longer.
const LONGEST_FORM: usize = 80;

/// Which texts a word says nothing in. Titles and names can be strange: there is a family Null, a composer Nan, and a
/// film "Unknown".
#[derive(Clone, Copy, PartialEq)]
enum In {
    All,
    /// As a program writes it, in small letters or capitals; as a word it may be a name or title.
    Leaked,
    /// Not in titles.
    NotTitle,
    /// Neither in names nor keywords, where it is initials or a symbol.
    Prose,
    /// In running text alone.
    Running,
    /// In titles alone: what a form has there before anything is entered.
    Title,
}

const WORDS: &[(&str, In)] = &[
    ("#n/a", In::All),
    ("#name?", In::All),
    ("#ref!", In::All),
    ("#value!", In::All),
    ("[object object]", In::All),
    ("fixme", In::All),
    ("keine angabe", In::All),
    ("leave blank", In::All),
    ("lorem ipsum", In::All),
    ("n/a", In::All),
    ("n.a.", In::Prose),
    ("na", In::Prose),
    ("nan", In::Leaked),
    ("nil", In::Running),
    ("no abstract", In::All),
    ("no abstract available", In::All),
    ("no abstract provided", In::All),
    ("no author", In::All),
    ("no description", In::All),
    ("no description available", In::All),
    ("no description provided", In::All),
    ("no keywords", In::All),
    ("no publisher", In::All),
    ("no title", In::All),
    ("none", In::NotTitle),
    ("none provided", In::All),
    ("not applicable", In::All),
    ("not available", In::All),
    ("not given", In::All),
    ("not provided", In::All),
    ("not specified", In::All),
    ("null", In::Leaked),
    ("please enter", In::All),
    ("publisher not identified", In::All),
    ("tba", In::Prose),
    ("tbc", In::Running),
    ("tbd", In::Prose),
    ("to be added", In::All),
    ("to be announced", In::All),
    ("to be completed", In::All),
    ("to be defined", In::All),
    ("title", In::Title),
    ("to be determined", In::All),
    ("todo", In::All),
    ("unbekannt", In::NotTitle),
    ("undefined", In::Leaked),
    ("unknown", In::NotTitle),
    ("unknown author", In::All),
    ("unspecified", In::NotTitle),
    ("untitled", In::Title),
    ("xxx", In::Prose),
];

/// Of words that begin with a letter: their lengths and their second signs, as bits.
#[derive(Clone, Copy)]
struct Begun {
    lengths: u64,
    seconds: u32,
}

/// The words by the letter that they begin with; and their lengths by the letter that they end with.
const BEGUN: [Begun; 26] = table().0;
const ENDED: [u64; 26] = table().1;

const fn table() -> ([Begun; 26], [u64; 26]) {
    let (mut begun, mut ended) = ([Begun { lengths: 0, seconds: 0 }; 26], [0; 26]);
    let mut at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].0.as_bytes();
        if let (Some(first), Some(last)) = (letter(word[0]), letter(word[word.len() - 1])) {
            begun[first].lengths |= 1 << word.len();
            begun[first].seconds |= 1 << (word[1] % 32);
            ended[last] |= 1 << word.len();
        }
        at += 1;
    }
    (begun, ended)
}

/// The number of a letter, without regard to case.
const fn letter(byte: u8) -> Option<usize> {
    let number = (byte | 0x20).wrapping_sub(b'a') as usize;
    if number < 26 { Some(number) } else { None }
}

/// A text from letter or digit to letter or digit may be no value: by its ends and its length nearly each is one.
#[inline]
pub(super) fn may_be_nothing(bytes: &[u8]) -> bool {
    may_be_word(bytes) || matches!(bytes, [b'l' | b'L', b'o' | b'O', ..])
}

#[expect(clippy::inline_always, reason = "asked of every short text, it is less than a call would cost")]
#[inline(always)]
fn may_be_word(bytes: &[u8]) -> bool {
    let ([first, second, ..], Some(last)) = (bytes, bytes.last()) else { return false };
    let (Some(first), Some(last)) = (letter(*first), letter(*last)) else { return false };
    bytes.len() <= LONGEST
        && (BEGUN[first].lengths & ENDED[last]) >> bytes.len() & 1 == 1
        && BEGUN[first].seconds >> (second % 32) & 1 == 1
}

/// Of the bytes of a text: it may be one of the words, a code, or a form that was not filled in.
#[inline]
pub(super) fn may_be(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    if matches!(first, b'l' | b'L') && is_dummy(text) {
        return true;
    }
    if bytes.len() > LONGEST {
        return bytes.len() <= LONGEST_FORM && matches!(first, b'{' | b'<' | b'[' | b'(' | b'$' | b'%');
    }
    match (letter(*first), letter(*last)) {
        // From letter to letter: by its length, nearly each text is none of the words.
        (Some(_), Some(_)) => may_be_word(bytes) && word(text).is_some(),
        (Some(_), None) => {
            !last.is_ascii_digit() && begins_as_word(bytes) && ends_loosely(text) && word(text).is_some()
        }
        // Beyond ASCII, dashes and points begin with this byte.
        (None, _) => (first.is_ascii() && !first.is_ascii_digit()) || *first == 0xE2,
    }
}

/// Behind the last letter something stands that is none and no part of one.
fn ends_loosely(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii() || c.is_whitespace())
}

/// How the words begin.
fn begins_as_word(bytes: &[u8]) -> bool {
    let [first, second] = [0, 1].map(|at| bytes.get(at).map_or(b' ', u8::to_ascii_lowercase));
    match first {
        b'f' => second == b'i',
        b'k' | b'l' => second == b'e',
        b'n' => matches!(second, b'/' | b'.' | b'a' | b'i' | b'o' | b'u'),
        b'p' => matches!(second, b'l' | b'u'),
        b't' => matches!(second, b'b' | b'i' | b'o'),
        b'u' => second == b'n',
        b'x' => second == b'x',
        _ => false,
    }
}

/// The words with which typesetters fill a page.
fn is_dummy(text: &str) -> bool {
    text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("lorem ipsum"))
}

/// The word that the text is, be it in brackets or quotes, or with a full stop.
fn word(text: &str) -> Option<In> {
    let around = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '<' | '>');
    let whole = text.trim();
    let bare = text.trim_matches(around);
    let plain = bare.trim_end_matches(['.', '!']);
    let is = |known: &str| [whole, bare, plain].iter().any(|text| known.eq_ignore_ascii_case(text));
    // By their length most are passed without a look at their letters.
    let lengths = [whole.len(), bare.len(), plain.len()];
    WORDS.iter().find(|(known, _)| lengths.contains(&known.len()) && is(known)).map(|(_, place)| *place)
}

/// The text is no value.
pub(super) fn fault(text: &str, style: Style) -> Option<Fault> {
    code(text).or_else(|| nothing(text, style)).or_else(|| form(text))
}

/// One of the codes that `DataCite` has for values that are not known: `(:unav)`, also with words after it, or `:unav`, as
/// its own tools and pages have it.
fn code(text: &str) -> Option<Fault> {
    let bare = text.trim();
    let name: String = bare.chars().take_while(|c| !c.is_whitespace()).filter(char::is_ascii_alphabetic).collect();
    let name = name.to_ascii_lowercase();
    let (head, rest) = bare.split_once(' ').map_or((bare, ""), |(head, rest)| (head, rest));
    if !head.contains(':') || head.len() > name.len() + 3 || rest.len() > LONGEST {
        return None;
    }
    let meaning = code_meaning(&name)?;
    let right = format!("(:{name})");
    let bare_code = rest.is_empty() && head.strip_prefix(':') == Some(name.as_str());
    if head == right || bare_code {
        let reason = if rest.is_empty() {
            format!("this is DataCite's code for \u{201c}{meaning}\u{201d}")
        } else {
            format!("it begins with DataCite's code for \u{201c}{meaning}\u{201d}")
        };
        return Some(Fault::whole(Class::Code, text, reason));
    }
    // `none:` and `at:` may be the beginning of anything.
    if !head.starts_with(['(', ':']) || !rest.is_empty() {
        return None;
    }
    let reason = format!("the code for \u{201c}{meaning}\u{201d} is written {right}");
    Some(Fault::whole(Class::Placeholder, text, reason).meant(right))
}

/// A word that says that there is nothing.
fn nothing(text: &str, style: Style) -> Option<Fault> {
    let bare = text.trim();
    if bare.len() <= LONGEST
        && !bare.is_empty()
        && bare.chars().all(|c| matches!(c, '-' | '.' | '?' | '_' | '–' | '—' | '*' | '…'))
    {
        // A title may be a row of points or question marks; one sign is none.
        let is_title = style == Style::Title && bare.chars().any(|c| matches!(c, '?' | '*' | '…')) || bare == "*";
        return (!is_title).then(|| Fault::whole(Class::Placeholder, text, "it says that there is no value"));
    }
    if is_dummy(bare) {
        return Some(Fault::whole(Class::Placeholder, text, "it is a typesetter's dummy text"));
    }
    let place = word(text).filter(|_| bare.len() <= LONGEST)?;
    let leaked = bare == "NaN" || !bare.chars().any(char::is_uppercase) || !bare.chars().any(char::is_lowercase);
    let (named, titled) = (matches!(style, Style::Name | Style::Keyword), style == Style::Title);
    let says_nothing = match place {
        In::All => true,
        In::Leaked => leaked || !(named || titled),
        In::NotTitle => !titled || (leaked && bare == "none"),
        In::Prose => !named && (leaked || !titled) && (!titled || bare.len() > 2),
        In::Running => matches!(style, Style::Text | Style::Html),
        In::Title => titled,
    };
    let by_program = place == In::Leaked || bare.starts_with('#') || bare.eq_ignore_ascii_case("[object object]");
    let reason = if by_program { "a program wrote it where it had no value" } else { "it says that there is no value" };
    says_nothing.then(|| Fault::whole(Class::Placeholder, text, reason))
}

/// A slot of a template that nobody filled in.
fn form(text: &str) -> Option<Fault> {
    let bare = text.trim();
    if bare.len() > LONGEST_FORM {
        return None;
    }
    let slot =
        [("<", ">"), ("{{", "}}"), ("${", "}"), ("[insert ", "]"), ("[your ", "]"), ("[enter ", "]"), ("%(", ")s")]
            .iter()
            .any(|(open, close)| {
                bare.get(..open.len()).is_some_and(|start| start.eq_ignore_ascii_case(open))
                    && bare.strip_suffix(close).is_some_and(|inner| {
                        let inner = inner.get(open.len()..).unwrap_or_default();
                        inner.chars().any(char::is_alphabetic) && !inner.contains(['<', '>', '{', '}', '[', ']', '@'])
                    })
            });
    let tag = bare.starts_with("</") || bare.ends_with("/>");
    (slot && !tag).then(|| Fault::whole(Class::Placeholder, text, "a template was not filled in"))
}
