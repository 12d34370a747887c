//! Characters in the escaped form of HTML and XML: `&amp;`, `&#8211;`.

use crate::value::{Class, Fault};

use super::{Style, markup};

/// Names of entities that are met in metadata, and what they stand for.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("curren", '¤'),
    ("yen", '¥'),
    ("sect", '§'),
    ("uml", '¨'),
    ("copy", '©'),
    ("ordf", 'ª'),
    ("laquo", '«'),
    ("not", '¬'),
    ("shy", '\u{AD}'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup", '⊃'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("acute", '´'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("middot", '·'),
    ("ordm", 'º'),
    ("raquo", '»'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("times", '×'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("divide", '÷'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("phi", 'φ'),
    ("omega", 'ω'),
    ("Delta", 'Δ'),
    ("Omega", 'Ω'),
];

/// How often a text may have been escaped over.
const ROUNDS: usize = 3;

/// Some characters of the text are escaped. In HTML they are as they should be, unless they were escaped twice.
pub(super) fn fault(text: &str, style: Style) -> Option<Fault> {
    let (at, _, first) =
        all(text).find(|(at, length, c)| style != Style::Html || (*c == '&' && is_inner(&text[at + length..])))?;
    let length = text[at..].find(';')? + 1;
    let mut plain = decoded(text, style);
    let mut twice = false;
    for _ in 1..ROUNDS {
        if style == Style::Html || all(&plain).next().is_none() {
            break;
        }
        twice = true;
        plain = decoded(&plain, style);
    }
    let written = &text[at..at + length];
    let reason = if twice || style == Style::Html {
        format!("it has been escaped twice, as {written} and what follows it say")
    } else if first == '\u{A0}' {
        format!("{written} stands where a blank belongs")
    } else {
        format!("{written} stands where {first} belongs")
    };
    let fault = Fault::part(Class::Escaped, at..at + length, reason);
    // Escaped tags are tags when they are not escaped: then it is not plain what was meant.
    let is_plain = style == Style::Html || markup::fault(&plain).is_none();
    Some(if is_plain { fault.meant(plain) } else { fault })
}

/// A text that is not HTML as it is meant, of what was HTML.
pub(super) fn plain(text: &str) -> String {
    decoded(text, Style::Text)
}

/// What follows `&amp;` goes on as an entity does.
fn is_inner(rest: &str) -> bool {
    rest.find(';').is_some_and(|end| meaning(&rest[..end]).is_some())
}

/// The text with its entities undone once; in HTML, those that were escaped twice.
fn decoded(text: &str, style: Style) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    for (at, length, c) in all(text) {
        if style == Style::Html && !(c == '&' && is_inner(&text[at + length..])) {
            continue;
        }
        plain.push_str(&text[done..at]);
        plain.push(c);
        done = at + length;
    }
    plain.push_str(&text[done..]);
    plain
}

/// The entities of a text: where each begins, how long it is, what it stands for.
pub(super) fn all(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    const LONGEST: usize = 10;
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(move |at| {
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
        let name = text.get(at + 1..at + 1 + end)?;
        Some((at, end + 2, meaning(name)?))
    })
}

fn meaning(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?;
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
