//! HTML and its kin in what is to be plain text. Only tags that are known are tags: `<` may stand for "less than".

use crate::value::{Class, Fault};

use super::entity;

/// Tags that set single words apart; titles need some of them, for names of species and formulas.
const EMPHASIS: &[&str] = &["b", "em", "i", "scp", "small", "strong", "sub", "sup", "tt", "u"];

/// Tags that build a text.
const BLOCKS: &[&str] = &[
    "a",
    "abstract",
    "article-title",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "italic",
    "bold",
    "li",
    "list",
    "list-item",
    "ol",
    "p",
    "pre",
    "sc",
    "script",
    "sec",
    "span",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "title",
    "tr",
    "ul",
    "xref",
    "ext-link",
];

/// A tag is not longer, with all that it says.
const LONGEST: usize = 1000;

/// One tag of a text.
struct Tag<'a> {
    at: usize,
    end: usize,
    name: &'a str,
    closes: bool,
}

/// The first tag that builds a text, else the first that sets a word apart. Formulas in `MathML` are left alone.
pub(super) fn fault(text: &str) -> Option<Fault> {
    let tags: Vec<_> = tags(text).collect();
    let is_block = |tag: &&Tag<'_>| is_among(BLOCKS, tag.name);
    let block = tags.iter().find(is_block);
    let tag = block.or_else(|| tags.first())?;
    let (class, reason) = match block {
        Some(_) => (Class::Markup, format!("the tag {} stands in it", &text[tag.at..tag.end])),
        None => (Class::Emphasis, format!("{} sets words of it apart", &text[tag.at..tag.end])),
    };
    let fault = Fault::part(class, tag.at..tag.end, shortened(reason));
    Some(fault.meant_if(plain(text, &tags)))
}

fn shortened(reason: String) -> String {
    const MOST: usize = 80;
    if reason.chars().count() <= MOST {
        return reason;
    }
    "a tag stands in it".to_owned()
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The text without its tags; nothing where a formula would change its meaning, a link lose its target, or words run
/// together.
fn plain(text: &str, tags: &[Tag<'_>]) -> Option<String> {
    if tags
        .iter()
        .any(|tag| is_among(&["sub", "sup", "a", "img", "ext-link", "xref", "table", "script", "style"], tag.name))
    {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    let joins = |tag: &&Tag<'_>| {
        text[..tag.at].ends_with(char::is_alphanumeric) && text[tag.end..].starts_with(char::is_alphanumeric)
    };
    if tags.iter().filter(|tag| is_among(EMPHASIS, tag.name)).any(|tag| joins(&tag)) {
        return None;
    }
    for tag in tags {
        plain.push_str(&text[done..tag.at]);
        done = tag.end;
        let parts =
            is_among(BLOCKS, tag.name) && !is_among(&["span", "font", "italic", "bold", "sc", "code"], tag.name);
        if parts && (tag.closes || is_among(&["br", "hr"], tag.name)) && !text[done..].trim_start().is_empty() {
            plain.truncate(plain.trim_end().len());
            plain.push('\n');
            done += text[done..].len() - text[done..].trim_start().len();
        }
    }
    plain.push_str(&text[done..]);
    Some(entity::plain(plain.trim()))
}

/// The tags of a text that are known.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut formula = false;
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(move |at| {
        let inner = &text[at + 1..];
        let end = memchr::memchr(b'>', &inner.as_bytes()[..inner.len().min(LONGEST)])?;
        let inner = &inner[..end];
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let end_of_name =
            inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(end_of_name);
        let name = name.strip_prefix("jats:").unwrap_or(name);
        let bare = name.strip_prefix("mml:").unwrap_or(name);
        if bare.eq_ignore_ascii_case("math") {
            formula = !closes;
        }
        let whole = rest.is_empty()
            || rest == "/"
            || (rest.starts_with(char::is_whitespace) && (rest.trim() == "/" || rest.contains('=')));
        let known = !formula && whole && (is_among(EMPHASIS, name) || is_among(BLOCKS, name));
        known.then_some(Tag { at, end: at + 2 + end, name, closes })
    })
}
