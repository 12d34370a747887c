//! The view of a document that the `jsonschema` crate validates: objects as `serde_json` would show them.

use std::borrow::Cow;
use std::ops::ControlFlow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use jsonschema_value::LazyInstance;
use serde_json::{Number, Value};

use crate::document::{
    DECODED, DUPLICATES, Decoded, Document, Elements, Kind, Members, NON_ASCII, Name, Node, NodeRef, Wide,
};

/// A document as a representation of JSON values.
pub struct Tree;

impl Json for Tree {
    type Node<'a> = NodeRef<'a>;
    type PreparedKey = Name;
    type StringBuffer = ();

    /// A look-up compares hashes, a members pass makes names: two keys are about one look-up.
    const KEYS_PER_LOOKUP: usize = 2;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Name {
        Name::new(key)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a member name is below 4 GiB")]
    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(NodeRef<'_>) -> T) -> T {
        let node = Node { start: 0, end: 0, next: 1, data: 0, kind: Kind::String, flags: DECODED | NON_ASCII };
        let decoded = Decoded { node: 0, start: 0, end: string.len() as u32 };
        let document =
            Document { source: "", nodes: &[node], decoded: &[decoded], scratch: string, wide: Wide::default() };
        f(NodeRef { document: &document, index: 0 })
    }
}

/// A number as it is written.
pub struct Literal<'a>(&'a str);

impl JsonNumber for Literal<'_> {
    fn as_u64(&self) -> Option<u64> {
        unsigned(self.0)
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        float(self.0).filter(|value| value.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    /// Total: what no 64-bit float can hold becomes the largest that it can.
    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(number(self.0))
    }
}

/// A whole number, also as YAML writes it: `0x1F`, `0o17`.
fn unsigned(literal: &str) -> Option<u64> {
    match literal.split_at_checked(2) {
        Some(("0x", digits)) => u64::from_str_radix(digits, 16).ok(),
        Some(("0o", digits)) => u64::from_str_radix(digits, 8).ok(),
        _ => literal.parse().ok(),
    }
}

/// Any number, also YAML's `.inf`; `.nan` is none.
#[expect(clippy::cast_precision_loss, reason = "a double is what is asked for")]
fn float(literal: &str) -> Option<f64> {
    let other = || match literal.trim_start_matches(['+', '-']) {
        ".inf" | ".Inf" | ".INF" if literal.starts_with('-') => Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
        _ => unsigned(literal).map(|whole| whole as f64),
    };
    literal.parse().ok().or_else(other)
}

fn number(literal: &str) -> Number {
    if let Some(value) = unsigned(literal) {
        return value.into();
    }
    if let Ok(value) = literal.parse::<i64>() {
        return value.into();
    }
    let value = float(literal).unwrap_or(0.0).clamp(f64::MIN, f64::MAX);
    Number::from_f64(value).unwrap_or_else(|| 0.into())
}

/// The value that `serde_json` would have read.
pub(crate) fn value(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::False => Value::Bool(false),
        Kind::True => Value::Bool(true),
        Kind::Number => Value::Number(number(node.source())),
        Kind::String | Kind::Key => Value::String(node.raw_text().to_owned()),
        Kind::Array => node.elements().map(value).collect(),
        Kind::Object => {
            Value::Object(node.members().map(|(key, member)| (key.raw_text().to_owned(), value(member))).collect())
        }
    }
}

impl<'a> JsonNode<'a, Tree> for NodeRef<'a> {
    type Object = ObjectView<'a>;
    type Array = ArrayView<'a>;
    type Number = Literal<'a>;

    #[inline]
    fn as_object(&self) -> Option<ObjectView<'a>> {
        (self.kind() == Kind::Object).then_some(ObjectView(*self))
    }

    #[inline]
    fn as_array(&self) -> Option<ArrayView<'a>> {
        (self.kind() == Kind::Array).then_some(ArrayView(*self))
    }

    #[inline]
    fn as_string(&self) -> Option<Cow<'a, str>> {
        (self.kind() == Kind::String).then(|| Cow::Borrowed(self.raw_text()))
    }

    fn as_number(&self) -> Option<Literal<'a>> {
        (self.kind() == Kind::Number).then(|| Literal(self.source()))
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.kind() {
            Kind::False => Some(false),
            Kind::True => Some(true),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    fn is_number(&self) -> bool {
        self.kind() == Kind::Number
    }

    #[inline]
    fn is_string(&self) -> bool {
        self.kind() == Kind::String
    }

    #[inline]
    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null => JsonType::Null,
            Kind::False | Kind::True => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String | Kind::Key => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn string_length(&self) -> Option<u64> {
        let text = JsonNode::as_string(self)?;
        Some(if self.is_ascii() { text.len() } else { text.chars().count() } as u64)
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        let text = JsonNode::as_string(self)?;
        let bytes = text.len() as u64;
        // A character is one to four bytes, so that most answers need no counting.
        let fewest = if self.is_ascii() { bytes } else { bytes.div_ceil(4) };
        Some(if bytes < min || fewest > max {
            false
        } else if min <= fewest && bytes <= max {
            true
        } else {
            (min..=max).contains(&(text.chars().count() as u64))
        })
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.kind(), expected) {
            (Kind::String, Value::String(text)) => self.raw_text() == text,
            (Kind::Null, Value::Null) | (Kind::True, Value::Bool(true)) | (Kind::False, Value::Bool(false)) => true,
            (Kind::Number, Value::Number(_)) | (Kind::Array, Value::Array(_)) | (Kind::Object, Value::Object(_)) => {
                jsonschema_value::cmp::equal(&value(*self), expected)
            }
            _ => false,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(value(*self))
    }

    /// The node's index instead of its value: it leads from an error back to the node.
    fn lazy_value(&self) -> LazyInstance<'a> {
        // A member's name is a document of its own (see `with_string_node`): there the name says more.
        let is_name = self.document.source.is_empty();
        LazyInstance::Ready(Cow::Owned(if is_name { value(*self) } else { self.index.into() }))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::tagged(std::ptr::from_ref(self.document).addr(), self.index))
    }
}

/// An object's distinct members; of a name that stands twice, the last.
#[derive(Clone, Copy)]
pub struct ObjectView<'a>(NodeRef<'a>);

/// A member's name.
pub struct MemberName<'a>(&'a str);

impl AsRef<str> for MemberName<'_> {
    #[inline]
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl<'a> From<MemberName<'a>> for Cow<'a, str> {
    fn from(name: MemberName<'a>) -> Self {
        Cow::Borrowed(name.0)
    }
}

impl<'a> Object<'a, Tree> for ObjectView<'a> {
    type Node = NodeRef<'a>;
    type MemberName = MemberName<'a>;
    type MembersIter = DistinctMembers<'a>;

    #[inline]
    fn len(&self) -> usize {
        let repeated = self.0.raw().flags & DUPLICATES != 0;
        if repeated { self.members().count() } else { self.0.len() }
    }

    #[inline]
    fn get(&self, key: &Name) -> Option<NodeRef<'a>> {
        self.0.get(key)
    }

    #[inline]
    fn members(&self) -> DistinctMembers<'a> {
        DistinctMembers(self.0.members())
    }

    fn try_for_each_name_node<B>(
        &self,
        buffer: &mut (),
        mut f: impl FnMut(NodeRef<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        for (name, _) in self.members() {
            Tree::with_string_node(buffer, name.0, &mut f)?;
        }
        ControlFlow::Continue(())
    }
}

/// The members that count: all, or of names that stand twice the last.
pub struct DistinctMembers<'a>(Members<'a>);

impl<'a> Iterator for DistinctMembers<'a> {
    type Item = (MemberName<'a>, NodeRef<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_named().map(|(name, value)| (MemberName(name), value))
    }
}

/// An array's elements.
#[derive(Clone, Copy)]
pub struct ArrayView<'a>(NodeRef<'a>);

impl<'a> Array<'a, Tree> for ArrayView<'a> {
    type Node = NodeRef<'a>;
    type ElementsIter = Elements<'a>;

    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn elements(&self) -> Elements<'a> {
        self.0.elements()
    }

    fn is_unique(&self) -> bool {
        super::unique::is_unique(self.0)
    }
}
