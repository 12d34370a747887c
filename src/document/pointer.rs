//! JSON Pointers (RFC 6901), made only for what is reported.

use std::borrow::Cow;
use std::sync::Arc;

use super::key::hash;
use super::node::Kind;
use super::view::NodeRef;

/// How many bytes most pointers do not exceed.
const USUAL_POINTER: usize = 64;

/// Writes one reference token, escaped: `~` as `~0`, `/` as `~1`.
pub fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(token);
    }
}

/// Undoes the escapes of one reference token.
#[must_use]
pub fn unescape_token(token: &str) -> Cow<'_, str> {
    // Hardly any token has one, and every start reads hundreds.
    if token.as_bytes().contains(&b'~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// What leads from the root of a file's text to one of the values it was cut into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Prefix {
    /// The value is the root.
    #[default]
    Root,
    /// The value is an element of the list at this pointer.
    Element {
        /// Pointer to the list.
        list: Arc<str>,
        /// Which element, from 0.
        index: u64,
    },
}

impl Prefix {
    /// The pointer to the piece: `/data/17`.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut pointer = String::with_capacity(USUAL_POINTER);
        if let Self::Element { list, index } = self {
            pointer.push_str(list);
            pointer.push('/');
            pointer.push_str(itoa::Buffer::new().format(*index));
        }
        pointer
    }
}

impl NodeRef<'_> {
    /// The JSON Pointer that leads from the document's root to this node; a key has its value's.
    pub(crate) fn pointer(self) -> String {
        // Few are longer: they need not grow step by step.
        let mut pointer = String::with_capacity(USUAL_POINTER);
        self.push_pointer(&mut pointer);
        pointer
    }

    /// Appends the JSON Pointer that leads from the document's root to this node; a key has its value's.
    pub fn push_pointer(self, pointer: &mut String) {
        let mut at = self.document.root();
        while let Some(container) = at.filter(|at| at.index < self.index && at.is_container()) {
            let Some((position, child)) = container.child_with(self.index) else { return };
            if child.kind() == Kind::Key {
                push_token(pointer, child.raw_text());
                at = Some(child.at(child.index + 1)).filter(|_| child.index < self.index);
            } else {
                pointer.push('/');
                pointer.push_str(itoa::Buffer::new().format(position));
                at = Some(child);
            }
        }
    }

    /// The element of a list that a reference token names.
    pub(crate) fn element(self, token: &str) -> Option<Self> {
        // An index is digits alone, and begins with zero only where it is zero.
        if token.starts_with('+') || (token.len() > 1 && token.starts_with('0')) {
            return None;
        }
        self.elements().nth(token.parse().ok()?)
    }

    /// The node that `pointer` leads to from this one; nothing if it is no JSON Pointer.
    #[must_use]
    pub fn resolve(self, pointer: &str) -> Option<Self> {
        let mut tokens = pointer.split('/');
        if tokens.next() != Some("") {
            return None;
        }
        let mut at = self;
        for token in tokens {
            let token = unescape_token(token);
            at = match at.kind() {
                Kind::Object => {
                    let hash = hash(token.as_bytes());
                    let is_it = |key: Self| key.raw().data == hash && key.counts() && key.raw_text() == token;
                    at.members().find(|(key, _)| is_it(*key))?.1
                }
                Kind::Array => at.element(&token)?,
                _ => return None,
            };
        }
        Some(at)
    }

    /// The container this node stands in, and its key there if that is an object.
    #[must_use]
    pub fn parent(self) -> Option<(Self, Option<Self>)> {
        let mut parent = None;
        let mut at = self.document.root();
        while let Some(container) = at.filter(|at| at.index < self.index && at.is_container()) {
            let (_, child) = container.child_with(self.index)?;
            let key = Some(child).filter(|child| child.kind() == Kind::Key);
            parent = Some((container, key));
            at = match key {
                Some(key) => Some(key.at(key.index + 1)).filter(|_| key.index < self.index),
                None => Some(child),
            };
        }
        parent
    }
}
