//! Texts of a list, to be found without regard to case: by their length and first letter told from most others.

use super::condition::same_term;

/// Texts of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TermSet {
    terms: Vec<Box<str>>,
    /// For each length up to 31, and all that are longer, the first letters.
    firsts: Box<[u32; 32]>,
    /// Some are not ASCII: a letter's other case can there be of another length.
    has_foreign: bool,
}

impl TermSet {
    pub(super) fn new(terms: Vec<Box<str>>) -> Self {
        let mut firsts = Box::new([0; 32]);
        for term in &terms {
            firsts[term.len().min(31)] |= Self::first(term);
        }
        let has_foreign = terms.iter().any(|term| !term.is_ascii());
        Self { terms, firsts, has_foreign }
    }

    /// The bit of a text's first letter, the same in capitals and small letters.
    fn first(text: &str) -> u32 {
        1 << (text.as_bytes().first().copied().unwrap_or_default() & 31)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// It has the text, whatever its case and the white space round it.
    #[inline]
    pub(super) fn has(&self, text: &str) -> bool {
        let text = text.trim();
        if self.has_foreign {
            return self.terms.iter().any(|term| same_term(term, text));
        }
        self.firsts[text.len().min(31)] & Self::first(text) != 0
            && self.terms.iter().any(|term| term.eq_ignore_ascii_case(text))
    }
}
