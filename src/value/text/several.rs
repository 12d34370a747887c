//! Several names or keywords in one value.

use crate::value::{Class, Fault};

use super::{Style, entity};

/// Several values stand in one.
pub(super) fn fault(text: &str, style: Style) -> Option<Fault> {
    match style {
        Style::Name => names(text),
        Style::Keyword => keywords(text),
        _ => None,
    }
}

/// The parts of a text between one of `marks`, of which those that end an entity do not count.
fn parts<'t>(text: &'t str, marks: &[char]) -> Vec<&'t str> {
    let mut entities = entity::all(text).map(|(at, length, _)| at + length - 1).peekable();
    let mut parts = Vec::new();
    let mut done = 0;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if entities.next_if_eq(&at).is_some() {
            continue;
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && marks.contains(&c) => {
                parts.push(&text[done..at]);
                done = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[done..]);
    parts.into_iter().map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

fn names(text: &str) -> Option<Fault> {
    let said = |count: usize| Fault::whole(Class::Several, text, format!("{count} names stand in it"));
    let lower = text.trim_end_matches(['.', ' ', ',', ';']);
    if lower.ends_with(" et al") {
        return Some(Fault::whole(Class::Several, text, "\u{201c}et al.\u{201d} stands for names that are not given"));
    }
    let listed = parts(text, &[';']);
    if listed.len() > 1 && listed.iter().all(|part| is_name(part)) {
        return Some(said(listed.len()));
    }
    let joined = [" and ", " & ", " und ", " et ", " y "].iter().find_map(|word| text.split_once(word));
    if let Some((left, right)) = joined {
        let left_names = parts(left, &[',']);
        let inverted = is_inverted(left) && is_inverted(right);
        let with_initials = is_with_initial(right) && left_names.iter().all(|name| is_with_initial(name));
        if inverted || (with_initials && !left_names.is_empty()) {
            return Some(said(if inverted { 2 } else { left_names.len() + 1 }));
        }
    }
    let parts = parts(text, &[',']);
    if parts.len() < 4 || !parts.iter().all(|part| is_short_name(part)) {
        return None;
    }
    // "A. Smith, B. Jones, C. Doe, D. Roe", and "Smith, A., Jones, B.".
    if parts.iter().all(|part| is_with_initial(part)) {
        return Some(said(parts.len()));
    }
    let pairs = parts.len().is_multiple_of(2)
        && parts.chunks(2).all(|pair| !has_initial(pair[0]) && pair[1].split_whitespace().all(is_initial));
    pairs.then(|| said(parts.len() / 2))
}

/// Words of bodies: what has one of them is no person.
const BODIES: &[&str] = &[
    "academy",
    "agency",
    "association",
    "board",
    "bureau",
    "center",
    "centre",
    "co",
    "college",
    "committee",
    "company",
    "consortium",
    "corp",
    "council",
    "department",
    "dept",
    "division",
    "foundation",
    "gmbh",
    "group",
    "inc",
    "institut",
    "institute",
    "laboratory",
    "lab",
    "library",
    "llc",
    "ltd",
    "ministry",
    "museum",
    "office",
    "organization",
    "partners",
    "press",
    "project",
    "school",
    "service",
    "services",
    "society",
    "sons",
    "survey",
    "system",
    "team",
    "trust",
    "united",
    "universität",
    "université",
    "university",
    "universidad",
    "verlag",
];

fn has_body(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word.to_lowercase().as_str()))
}

/// A part between semicolons that can be a name; an iD, an address or a remark is none.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let begins_small = text.chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric());
    text.chars().any(char::is_alphabetic)
        && words <= 6
        && (!begins_small || words > 1)
        && !text.contains([':', '@'])
        && !text.contains("orcid")
}

/// "Family, Given" of a person, also "Family, Given, Jr."; longer rows of commas are addresses.
fn is_inverted(text: &str) -> bool {
    let mut parts = text.split(',').map(str::trim);
    let (Some(family), Some(given)) = (parts.next(), parts.next()) else { return false };
    let is_suffix = |part: &str| {
        matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "")
            || part.chars().any(|c| c.is_ascii_digit())
    };
    is_short_name(family) && is_short_name(given) && parts.all(is_suffix)
}

/// One to three words with a capital, no number, no word of bodies.
fn is_short_name(text: &str) -> bool {
    let words = text.split_whitespace();
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "del" | "der" | "den" | "van" | "von" | "da" | "di" | "dos" | "la" | "le" | "ten" | "ter" | "zu"
        )
    };
    let fits = |word: &str| word.chars().next().is_some_and(char::is_uppercase) || particle(word);
    let count = words.clone().count();
    (1..=4).contains(&count) && words.clone().all(fits) && !has_body(text) && !text.chars().any(|c| c.is_ascii_digit())
}

/// "J.", "J", "J.-P.", "AS".
fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=3).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
        && (letters == 1 || word.contains('.') || letters == 2)
}

fn has_initial(text: &str) -> bool {
    text.split_whitespace().any(|word| is_initial(word) && word.len() < 4)
}

/// "J. Smith", "John A. Smith".
fn is_with_initial(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=4).contains(&words)
        && is_short_name(text)
        && has_initial(text)
        && text
            .split_whitespace()
            .next_back()
            .is_some_and(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

/// Most words of one keyword in a row of them.
const WORDS: usize = 4;

fn keywords(text: &str) -> Option<Fault> {
    let said = |count: usize| Fault::whole(Class::Several, text, format!("{count} keywords stand in it"));
    let has_words = |parts: &[&str]| parts.iter().all(|part| part.chars().any(char::is_alphabetic));
    // The captions of classes have semicolons of their own: "610 Medical sciences; Medicine".
    if text.trim_start().bytes().take_while(u8::is_ascii_digit).count() == 3 && !text.contains(['|', ',']) {
        return None;
    }
    for marks in [&[';'][..], &['|']] {
        let parts = parts(text, marks);
        if parts.len() > 1 && has_words(&parts) {
            return Some(said(parts.len()));
        }
    }
    let parts = parts(text, &[',']);
    let is_term = |part: &&str| {
        part.split_whitespace().count() <= WORDS
            && !part.contains(['.', ':', '>', '/'])
            && !part.contains("--")
            && !part.chars().any(|c| c.is_ascii_digit())
            && !part.starts_with("and ")
            && !part.starts_with("or ")
            && !part.starts_with("& ")
    };
    // "Seattle, King County, Washington, United States" is one place.
    let is_place =
        parts.len() < 6 && parts.iter().skip(1).all(|part| part.chars().next().is_some_and(char::is_uppercase));
    (parts.len() > 3 && !is_place && parts.iter().all(is_term)).then(|| said(parts.len()))
}
