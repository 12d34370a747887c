//! The people of an R package: `Authors@R` is code of R, of which calls of `person()` with plain texts are read.

/// Family and given names of those who wrote it; nothing where the code does more than name them.
pub(super) fn read(code: &str) -> Option<Vec<(String, String)>> {
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

/// One person, or none if the roles say that it is no author.
fn person(code: &str) -> Option<Vec<(String, String)>> {
    const PLACES: [&str; 2] = ["given", "family"];
    let (mut family, mut given, mut is_author, mut place) = (None, None, true, 0);
    for argument in arguments(code).into_iter().filter(|argument| !argument.is_empty()) {
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic());
        let named = argument.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        let (name, value) = if let Some(named) = named.filter(|(name, _)| is_name(name)) {
            named
        } else {
            place += 1;
            (*PLACES.get(place - 1).unwrap_or(&"other"), argument)
        };
        match name {
            "given" | "first" => given = Some(texts(value)?.join(" ")),
            "family" | "last" => family = Some(texts(value)?.join(" ")),
            "role" => is_author = texts(value)?.iter().any(|role| matches!(role.as_str(), "aut" | "cre")),
            _ => {}
        }
    }
    Some(family.zip(given).filter(|_| is_author).into_iter().collect())
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
