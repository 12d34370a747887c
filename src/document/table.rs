//! Reading a file of our own kinds (a format, a rule, the configuration): what is expected, and where it does not fit.

use std::fmt;
use std::ops::Range;

use super::node::Kind;
use super::source::{Segment, Source};
use super::view::NodeRef;

/// What does not fit in a file of ours, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong.
    pub message: String,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What to do, where that can be said.
    pub help: Option<String>,
}

impl Misfit {
    /// A misfit at `node`.
    pub fn at(node: NodeRef<'_>, message: impl Into<String>) -> Self {
        Self { message: message.into(), span: node.span(), help: None }
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same, narrowed to `inner`, bytes of the value that `node` holds as a plain text in quotes.
    #[must_use]
    pub fn within(self, inner: &Range<usize>) -> Self {
        let quoted = self.span.len() >= inner.end + 2;
        let start = self.span.start + usize::from(quoted);
        Self { span: start + inner.start..start + inner.end.max(inner.start + 1), ..self }
    }
}

/// A misfit with the file it stands in.
#[derive(Clone, PartialEq, Eq)]
pub struct FileMisfit {
    /// The file.
    pub path: Box<str>,
    /// Its text.
    pub text: Box<str>,
    /// What does not fit.
    pub misfit: Misfit,
}

impl fmt::Display for FileMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments = [Segment::whole(self.path.as_ref().into())];
        let at = Source::new(&self.text, &segments).position(self.misfit.span.start.min(self.text.len()));
        write!(f, "{}:{}:{}: {}", self.path, at.line, at.column, self.misfit.message)?;
        self.misfit.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}

impl fmt::Debug for FileMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever unwraps an error wants to read what is wrong, not the whole file.
        f.debug_struct("FileMisfit").field("path", &self.path).field("misfit", &self.misfit).finish_non_exhaustive()
    }
}

/// A name of ours: small letters, digits, `-` and `.`, which need no escapes anywhere.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    !text.is_empty() && text.as_bytes().iter().all(fits)
}

/// The member of `names` that `word` was probably meant to be.
#[must_use]
pub fn did_you_mean<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = word.to_lowercase();
    let (length, letters) = letters_of(word);
    let near = names.into_iter().filter_map(|name| {
        let most = (name.chars().count().max(3) / 3).min(4);
        // Words are at least as far apart as their lengths, and as the letters that only one of them has; that costs much
        // less to find out than how far they are.
        let (own_length, own) = letters_of(name);
        let apart = (letters & !own).count_ones().max((own & !letters).count_ones());
        if own_length.abs_diff(length) > most || apart as usize > most {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
        (distance <= most).then_some((distance, name))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// A sentence that names what `word` was probably meant to be: the nearest of `names`, else those that have it in them.
pub(crate) fn did_you_mean_all<'n>(word: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> Option<String> {
    const MOST: usize = 4;
    const SHORTEST: usize = 3;
    if let Some(name) = did_you_mean(word, names.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let mut found: Vec<_> = names.into_iter().filter(|name| word.len() >= SHORTEST && name.contains(word)).collect();
    found.sort_by_key(|name| !name.starts_with(word));
    found.truncate(MOST);
    let found: Vec<_> = found.iter().map(|name| format!("`{name}`")).collect();
    (!found.is_empty()).then(|| format!("did you mean {}?", found.join(" or ")))
}

/// How many letters a word has in lower case, and which, as a set of 64, where several share a place.
fn letters_of(word: &str) -> (usize, u64) {
    let add = |set: u64, letter: u32| set | 1 << (letter % 64);
    if word.is_ascii() {
        let letters = word.bytes().map(|byte| u32::from(byte.to_ascii_lowercase()));
        return (word.len(), letters.fold(0, add));
    }
    let letters = word.chars().flat_map(char::to_lowercase).map(u32::from);
    (letters.clone().count(), letters.fold(0, add))
}

/// A sentence that names the likely word, or all that are allowed.
#[must_use]
pub fn suggest<'n>(word: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> String {
    if let Some(name) = did_you_mean(word, names.clone()) {
        return format!("did you mean `{name}`?");
    }
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    format!("allowed are {}", names.join(", "))
}

/// An object of which every member must be asked for by name: what is left over is a mistake.
pub struct Table<'a> {
    node: NodeRef<'a>,
    /// The names that were asked for.
    asked: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// `node` as a table.
    ///
    /// # Errors
    ///
    /// When it is no object.
    pub fn new(node: NodeRef<'a>) -> Result<Self, Misfit> {
        if node.kind() == Kind::Object {
            Ok(Self { node, asked: Vec::new() })
        } else {
            Err(Misfit::at(node, format!("a table belongs here, not {}", kind_name(node.kind()))))
        }
    }

    /// The table's own node.
    #[must_use]
    pub fn node(&self) -> NodeRef<'a> {
        self.node
    }

    /// The value of `name`, whatever it is.
    pub fn any(&mut self, name: &'static str) -> Option<NodeRef<'a>> {
        self.asked.push(name);
        let hash = super::hash(name.as_bytes());
        let mut members = self.node.members();
        members.find(|(key, _)| key.raw().data == hash && key.raw_text() == name).map(|(_, value)| value)
    }

    /// The text of `name`.
    ///
    /// # Errors
    ///
    /// When it is there and no text.
    pub fn text(&mut self, name: &'static str) -> Result<Option<&'a str>, Misfit> {
        self.any(name).map(|node| text(name, node)).transpose()
    }

    /// The text of `name`, which must be there.
    ///
    /// # Errors
    ///
    /// When it is missing or no text.
    pub fn need_text(&mut self, name: &'static str) -> Result<&'a str, Misfit> {
        let node = self.node;
        self.text(name)?.ok_or_else(|| Misfit::at(node, format!("`{name}` is missing here")))
    }

    /// The truth value of `name`, or `default`.
    ///
    /// # Errors
    ///
    /// When it is there and neither true nor false.
    pub fn flag(&mut self, name: &'static str, default: bool) -> Result<bool, Misfit> {
        match self.any(name).map(|node| (node, node.kind())) {
            None => Ok(default),
            Some((_, Kind::True)) => Ok(true),
            Some((_, Kind::False)) => Ok(false),
            Some((node, _)) => Err(Misfit::at(node, format!("`{name}` must be `true` or `false`"))),
        }
    }

    /// The elements of `name`: none, those of a list, or the one value that stands there instead of a list.
    pub fn list(&mut self, name: &'static str) -> Vec<NodeRef<'a>> {
        self.any(name).map_or_else(Vec::new, one_or_list)
    }

    /// The texts of `name`, each with its node: a list of texts, or one text.
    ///
    /// # Errors
    ///
    /// When one of them is no text.
    pub fn texts(&mut self, name: &'static str) -> Result<Vec<(&'a str, NodeRef<'a>)>, Misfit> {
        self.list(name).into_iter().map(|node| Ok((text(name, node)?, node))).collect()
    }

    /// The table `name`.
    ///
    /// # Errors
    ///
    /// When it is there and no table.
    pub fn table(&mut self, name: &'static str) -> Result<Option<Table<'a>>, Misfit> {
        self.any(name).map(Table::new).transpose()
    }

    /// All members were asked for.
    ///
    /// # Errors
    ///
    /// The first member that nothing asked for, with the name that was probably meant.
    pub fn done(self) -> Result<(), Misfit> {
        let unknown = self.node.members().find(|(key, _)| !self.asked.contains(&key.raw_text()));
        match unknown {
            None => Ok(()),
            Some((key, _)) => {
                let name = key.raw_text();
                let help = suggest(name, self.asked.iter().copied());
                Err(Misfit::at(key, format!("`{name}` is not known here")).help(help))
            }
        }
    }
}

/// The elements of a list, or the value itself.
pub(crate) fn one_or_list(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    if node.kind() == Kind::Array { node.elements().collect() } else { vec![node] }
}

/// The text of `node`, the value of `name`.
///
/// # Errors
///
/// When it is no text.
pub fn text<'a>(name: &str, node: NodeRef<'a>) -> Result<&'a str, Misfit> {
    node.text()
        .ok_or_else(|| Misfit::at(node, format!("`{name}` must be a text in quotes, not {}", kind_name(node.kind()))))
}

/// What a value is, for a sentence.
#[must_use]
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::False | Kind::True => "true or false",
        Kind::Number => "a number",
        Kind::String | Kind::Key => "a text",
        Kind::Array => "a list",
        Kind::Object => "an object",
    }
}
