//! A date with something round it, in it or before it that does not belong to it.

use super::fault::Case;
use super::text::malformed;
use super::{Form, eu_repo, words};
use crate::value::{Class, Fault};

/// Words and signs that say "about".
const ABOUT: [&str; 19] = [
    "approximately",
    "approx.",
    "approx",
    "environ",
    "around",
    "circa",
    "about",
    "etwa",
    "hacia",
    "vers",
    "env.",
    "ca.",
    "cca.",
    "ca",
    "ca,",
    "c.",
    "um",
    "~",
    "\u{2248}",
];

/// Words that stand before a date as a label, also without a colon.
const LABELS: &str = "accessed año année copyright cop created date erschienen erstellt in issued jahr modified on printed \
    publicado published publié submitted updated veröffentlicht vom year am";

/// White space inside a date that is right without it.
pub(super) fn white_space(case: &Case) -> Option<Fault> {
    let first = case.text.find(' ')?;
    let joined: String = case.text.chars().filter(|&c| c != ' ').collect();
    if !case.takes(&joined) {
        return None;
    }
    // "20 12" may be anything; "2001 - 09" may be a span as well as a month.
    let words: Vec<&str> = case.text.split_ascii_whitespace().collect();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let gaps = words.iter().zip(words.iter().skip(1));
    let torn =
        gaps.filter(|(a, b)| digit(a.chars().next_back()) && digit(b.chars().next())).count() > 0 && joined.len() < 10;
    let span = joined.len() == 7 && case.text.contains(" - ");
    let noun = if joined.contains('/') { "interval" } else { "date" };
    let end = first + case.text.get(first..).map_or(1, |rest| rest.len() - rest.trim_start_matches(' ').len());
    let fault = malformed(first..end, format!("white space stands inside the {noun}"));
    Some(if torn || span { fault } else { fault.meant(joined) })
}

/// "ca. 1990", "1990 (?)": EDTF level 1 has signs for that, the other forms have none.
pub(super) fn uncertain(case: &Case) -> Option<Fault> {
    let lower = case.text.to_lowercase();
    // Only where small letters keep their place can bytes be counted.
    let lower = if lower.len() == case.text.len() { lower.as_str() } else { case.text };
    let marked = |at: std::ops::Range<usize>, date: &str, sign: char, word: &str| {
        let date = case.with(date.trim()).meant()?;
        let meant = (case.form == Form::Edtf1).then(|| format!("{date}{sign}"));
        let end = if meant.is_some() { "" } else { ", which cannot be said here" };
        Some(malformed(at, format!("the date is marked as {word}{end}")).meant_if(meant))
    };
    for about in ABOUT {
        let Some(rest) = lower.strip_prefix(about) else { continue };
        let digits = rest.trim_start_matches([' ', '.', ':']);
        let apart = rest.len() > digits.len() || !about.ends_with(char::is_alphabetic);
        if apart && digits.starts_with(|c: char| c.is_ascii_digit()) {
            return marked(0..about.len(), digits, '~', "approximate");
        }
    }
    if let Some(date) = lower.strip_prefix('c').filter(|date| date.len() >= 4 && case.takes(date.trim_start())) {
        let at = 0..lower.len() - date.len();
        return Some(malformed(at, "the c may stand for copyright or for circa"));
    }
    for (sign, kind, word) in [
        ("?", '?', "uncertain"),
        ("[?]", '?', "uncertain"),
        ("(?)", '?', "uncertain"),
        ("(ca.)", '~', "approximate"),
        ("ca.", '~', "approximate"),
        ("approx.", '~', "approximate"),
    ] {
        if let Some(date) = lower.strip_suffix(sign).filter(|date| date.starts_with(|c: char| c.is_ascii_digit())) {
            return marked(date.len()..lower.len(), date, kind, word);
        }
    }
    decade(case, lower)
}

/// "1990s", "199-", "19th century".
fn decade(case: &Case, lower: &str) -> Option<Fault> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = 0..case.text.len();
    if let Some((start, end)) = lower.trim_start_matches("the ").split_at_checked(4).filter(|(start, _)| digits(start))
        && matches!(end, "s" | "'s" | "er" | "er jahre")
    {
        let meant = start.strip_suffix('0').filter(|three| !three.ends_with('0')).map(|three| format!("{three}X"));
        return Some(malformed(whole, "this is a decade, not a date").meant_if(meant));
    }
    if let Some((start, "-" | "?" | "-?" | "--")) = lower.split_at_checked(3).filter(|(start, _)| digits(start)) {
        return Some(malformed(whole, "this is a decade, not a date").meant(format!("{start}X")));
    }
    let century = ["century", "cent.", "jahrhundert", "jh.", "jh", "jhdt.", "siècle", "siglo"];
    (century.iter().any(|word| lower.ends_with(word)) || lower.starts_with("siglo"))
        .then(|| malformed(whole, "this is a century, not a date"))
}

/// Brackets, quotation marks, a label before, a sign or a remark after the date.
pub(super) fn wrapped(case: &Case) -> Option<Fault> {
    enclosed(case).or_else(|| ended(case)).or_else(|| labelled(case)).or_else(|| remarked(case))
}

fn enclosed(case: &Case) -> Option<Fault> {
    const PAIRS: [(char, char, &str); 10] = [
        ('(', ')', "brackets"),
        ('[', ']', "brackets"),
        ('<', '>', "brackets"),
        ('{', '}', "brackets"),
        ('"', '"', "quotation marks"),
        ('\'', '\'', "quotation marks"),
        ('\u{201C}', '\u{201D}', "quotation marks"),
        ('\u{201E}', '\u{201C}', "quotation marks"),
        ('\u{2018}', '\u{2019}', "quotation marks"),
        ('\u{AB}', '\u{BB}', "quotation marks"),
    ];
    let text = case.text;
    PAIRS.iter().find_map(|&(open, close, name)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        let outer = malformed(0..text.len(), format!("the date stands in {name}"));
        let lead = open.len_utf8() + inner.len() - inner.trim_start().len();
        case.peeled(lead..lead + inner.trim().len(), outer)
    })
}

/// A sign after the date, or half a pair of brackets.
fn ended(case: &Case) -> Option<Fault> {
    let text = case.text;
    // A bracket that was opened before belongs to what it closes.
    let half = |inner: &&str| !text.ends_with([')', ']']) || !inner.contains(['(', '[']);
    if let Some(inner) = text.strip_suffix(['.', ',', ';', ':', ')', ']', '*', '"', '\'']).filter(half) {
        let sign = text.get(inner.len()..)?;
        let name = match sign {
            "." => "a full stop",
            "," => "a comma",
            ";" => "a semicolon",
            ":" => "a colon",
            ")" | "]" => "a bracket",
            "*" => "an asterisk",
            _ => "a quotation mark",
        };
        let outer = malformed(inner.len()..text.len(), format!("{name} stands after the date"));
        return case.peeled(0..inner.trim_end().len(), outer);
    }
    let inner = text.strip_prefix(['\'', '"', '`', '[', '(', '.', ',', ':', ';'])?;
    let outer = malformed(0..text.len() - inner.len(), "there is a sign before the date that does not belong to it");
    case.peeled(text.len() - inner.trim_start().len()..text.len(), outer)
}

/// "Created: 2018-01-18", "published 2018", "© 2019".
fn labelled(case: &Case) -> Option<Fault> {
    let text = case.text;
    if let Some((prefix, date)) =
        text.split_at_checked(eu_repo(text.as_bytes())).filter(|(prefix, _)| !prefix.is_empty())
    {
        let inner =
            case.peeled(prefix.len()..text.len(), malformed(0..prefix.len(), "the date alone is wanted here"))?;
        let meant = inner.intended.as_ref().map(|meant| [prefix, meant].concat()).filter(|_| !date.is_empty());
        return Some(inner.meant_if(meant));
    }
    if let Some(rest) = ["\u{A9}", "\u{2117}", "(c)", "(C)", "cop."].iter().find_map(|sign| text.strip_prefix(sign)) {
        let from = text.len() - rest.trim_start().len();
        return case.peeled(
            from..text.len(),
            malformed(0..text.len() - rest.len(), "a copyright sign stands before the date"),
        );
    }
    let label = text.split_once(':').filter(|(label, rest)| {
        (2..=24).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '_' | '-'))
            && rest.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric())
            && !words::is_month(&label.to_lowercase())
    });
    let known = || {
        let (label, rest) = text.split_once(' ')?;
        let bare = label.trim_end_matches(['.', ',']).to_lowercase();
        LABELS.split(' ').any(|word| word == bare).then_some((label, rest))
    };
    let (label, rest) = label.or_else(known)?;
    let from = text.len() - rest.trim_start().len();
    case.peeled(
        from..text.len(),
        malformed(0..label.len(), format!("the word \u{201c}{label}\u{201d} stands before the date")),
    )
}

/// "2017-04-07 (online)": a date, and then words in brackets without a digit.
fn remarked(case: &Case) -> Option<Fault> {
    let (date, remark) = case.text.split_once(" (")?;
    if remark.chars().any(|c| c.is_ascii_digit()) || !remark.ends_with(')') || date.ends_with('/') {
        return None;
    }
    case.peeled(0..date.len(), malformed(date.len()..case.text.len(), "a remark stands after the date"))
}

/// "AD 79", "500 BC".
pub(super) fn era(case: &Case) -> Option<Fault> {
    let text = case.text;
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text.get(first..)?;
    let end = first + digits.bytes().take_while(u8::is_ascii_digit).count();
    let (before, year, after) = (text.get(..first)?, text.get(first..end)?, text.get(end..)?);
    let name: String =
        before.chars().chain(after.chars()).filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    match name.as_str() {
        "bc" | "bce" | "vchr" | "avjc" | "ac" if year.len() <= 4 => {
            let reason = if case.takes("-0001") {
                "a year before Christ is written as a number with a minus"
            } else {
                "years before Christ cannot be given here"
            };
            Some(malformed(0..text.len(), reason))
        }
        "ad" | "ce" | "nchr" if year.len() <= 4 => {
            let reason = "the era is given, where a year has four digits and nothing else";
            Some(malformed(0..text.len(), reason).meant(format!("{year:0>4}")))
        }
        _ => None,
    }
}

/// Other notations of standards: `2019-W05`, `Y2010`, EDTF of a higher level.
pub(super) fn other_notation(case: &Case) -> Option<Fault> {
    let text = case.text;
    let notation = |reason: &'static str| Fault::part(Class::Notation, 0..text.len(), reason);
    if let Some(year) = text.strip_prefix(['Y', 'y']).filter(|year| year.len() == 4 && case.takes(year)) {
        return Some(notation("a Y belongs only before years of more than four digits").meant(year));
    }
    if text.get(..4)?.bytes().all(|byte| byte.is_ascii_digit())
        && text.get(4..).is_some_and(|rest| rest.trim_start_matches('-').starts_with('W'))
    {
        return Some(notation("this is the number of a week, not a date"));
    }
    let known = text.bytes().all(|byte| byte.is_ascii_digit() || b"X?~%-/.,[]{}SEY ".contains(&byte));
    let list = text.starts_with(['[', '{']) && (text.contains("..") || text.contains(','));
    let mark = text.contains('X')
        || text.starts_with(['?', '~', '%'])
        || text.ends_with(['?', '~', '%'])
        || ["?-", "~-", "%-", "-?", "-~", "-%", "/?", "/~", "/%"].iter().any(|pair| text.contains(pair));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (known && digits >= 3 && (list || mark)).then(|| notation("this is EDTF of a level that cannot stand here"))
}

/// A letter O in place of a zero, a letter l or I in place of a one.
pub(super) fn letters_for_digits(case: &Case) -> Option<Fault> {
    let at = case.text.find(['O', 'o', 'l', 'I'])?;
    let digits: String = case
        .text
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            c => c,
        })
        .collect();
    let known = digits.bytes().all(|byte| byte.is_ascii_digit() || b"-/T:Z.+".contains(&byte));
    let most = case.text.bytes().filter(u8::is_ascii_digit).count() * 2 >= case.text.len();
    (known && most && case.takes(&digits)).then(|| {
        let (letter, digit) = match case.text.get(at..=at) {
            Some("O" | "o") => ("O", "0"),
            Some("l") => ("l", "1"),
            _ => ("I", "1"),
        };
        let reason = format!("the letter {letter} stands in place of the digit {digit}");
        Fault::part(Class::Form, at..at + 1, reason).meant(digits)
    })
}
