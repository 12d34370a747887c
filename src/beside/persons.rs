//! The people of an R package: `Authors@R` is code of R, of which calls of `person()` with plain texts are read.

/// Somebody who is named.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AuthorOrNot {
    pub(super) family: String,
    pub(super) given: String,
    /// By the roles: it is one of those who wrote it.
    pub(super) is_author: bool,
}

/// Those who are named; nothing where the code does more than name them.
pub(super) fn read(code: &str) -> Option<Vec<AuthorOrNot>> {
    let mut people = Vec::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("person(") {
        // `as.person(` and the like read texts of their own.
        if before.ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_')) {
            return None;
        }
        let end = closing(after)?;
        people.extend(person(&after[..end])?);
        rest = &after[end + 1..];
    }
    Some(people)
}

/// Where the bracket closes that was open before `code`.
fn closing(code: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, letter) in code.char_indices() {
        match (quote, letter) {
            (Some(mark), _) if letter == mark => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return Some(at),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The arguments of a call, at the commas that stand in no bracket and no text.
fn arguments(code: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start, mut found) = (0_usize, None, 0, Vec::new());
    for (at, letter) in code.char_indices() {
        match (quote, letter) {
            (Some(mark), _) if letter == mark => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(code[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(code[start..].trim());
    found
}

/// The arguments of `person()` in their order (R, `utils::person`).
const FORMALS: [&str; 8] = ["given", "family", "middle", "email", "role", "comment", "first", "last"];

/// An argument that is named: `family = "Keller"`.
fn named(argument: &str) -> Option<(&str, &str)> {
    let (name, value) = argument.split_once('=')?;
    let name = name.trim();
    name.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some((name, value.trim()))
}

/// One person, or none if it is no author and has not both names. Arguments without a name take the places, in order, that
/// those with one have left.
fn person(code: &str) -> Option<Vec<AuthorOrNot>> {
    let arguments = arguments(code);
    let taken: Vec<_> = arguments.iter().filter_map(|argument| Some(named(argument)?.0)).collect();
    let mut places = FORMALS.into_iter().filter(|formal| !taken.contains(formal));
    let (mut family, mut given, mut is_author) = (None, None, true);
    for argument in arguments {
        let (name, value) = named(argument).or_else(|| Some((places.next()?, argument)))?;
        match name {
            // Left empty: the place is passed over.
            _ if value.is_empty() || value == "NULL" => {}
            "given" | "first" => given = Some(texts(value)?.join(" ")),
            "family" | "last" => family = Some(texts(value)?.join(" ")),
            "role" => is_author = texts(value)?.iter().any(|role| matches!(role.as_str(), "aut" | "cre")),
            known if FORMALS.contains(&known) => {}
            // R takes beginnings of names, too.
            _ => return None,
        }
    }
    match family.zip(given) {
        Some((family, given)) => Some(vec![AuthorOrNot { family, given, is_author }]),
        // A body has one name, and a person may have put both into one: an author who cannot be read may be the one who is
        // asked for.
        None => (!is_author).then(Vec::new),
    }
}

/// A text, or several in `c(...)`; nothing of what is other code.
fn texts(code: &str) -> Option<Vec<String>> {
    let list = code.strip_prefix("c(").and_then(|rest| rest.strip_suffix(')'));
    if let Some(list) = list {
        return arguments(list).into_iter().map(|one| texts(one)?.pop()).collect();
    }
    let quote = code.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inner = code.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\'])).then(|| vec![inner.to_owned()])
}
