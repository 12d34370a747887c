//! Equality of values in a tree, as JSON Schema sees it: numbers by value, objects in any order.

use crate::document::{DUPLICATES, Kind, NodeRef};

use super::tree::value;

/// Up to how many elements are compared pairwise; beyond, only those whose digests agree.
const PAIRWISE_ELEMENTS: usize = 12;

/// No two elements of `array` are equal.
pub(super) fn is_unique(array: NodeRef<'_>) -> bool {
    repeated(array).is_none()
}

/// An element that stands again, and where it does; in a short array, the first.
pub(super) fn repeated(array: NodeRef<'_>) -> Option<(u32, u32)> {
    if array.len() <= PAIRWISE_ELEMENTS {
        let mut elements = array.elements();
        while let Some(element) = elements.next() {
            if let Some(again) = elements.clone().find(|later| equal(element, *later)) {
                return Some((element.index, again.index));
            }
        }
        return None;
    }
    let nodes = &array.document.nodes[array.index as usize..array.raw().next as usize];
    if nodes.iter().any(|node| node.flags & DUPLICATES != 0) {
        return repeated_value(array);
    }
    let mut digests: Vec<_> = array.elements().map(|element| (digest(element), element.index)).collect();
    digests.sort_unstable();
    digests.chunk_by(|left, right| left.0 == right.0).find_map(|same| {
        same.iter().enumerate().find_map(|(position, (_, left))| {
            let again = same[position + 1..].iter().find(|(_, right)| equal(array.at(*left), array.at(*right)));
            again.map(|(_, right)| (*left, *right))
        })
    })
}

/// The same, where names stand twice in some object: by the values that `serde_json` would have read.
#[cold]
fn repeated_value(array: NodeRef<'_>) -> Option<(u32, u32)> {
    let values: Vec<_> = array.elements().map(|element| (element.index, value(element))).collect();
    values.iter().enumerate().find_map(|(position, (left, value))| {
        let again = values[position + 1..].iter().find(|(_, other)| jsonschema_value::cmp::equal(value, other));
        again.map(|(right, _)| (*left, *right))
    })
}

/// Two values of one document are equal.
fn equal(left: NodeRef<'_>, right: NodeRef<'_>) -> bool {
    if left.kind() != right.kind() {
        return false;
    }
    match left.kind() {
        Kind::Null | Kind::False | Kind::True => true,
        Kind::String | Kind::Key => left.raw_text() == right.raw_text(),
        Kind::Number => left.source() == right.source() || jsonschema_value::cmp::equal(&value(left), &value(right)),
        Kind::Array => {
            left.len() == right.len() && left.elements().zip(right.elements()).all(|(left, right)| equal(left, right))
        }
        Kind::Object if (left.raw().flags | right.raw().flags) & DUPLICATES != 0 => {
            jsonschema_value::cmp::equal(&value(left), &value(right))
        }
        Kind::Object => left.len() == right.len() && same_members(left, right),
    }
}

/// Objects of equal length: the members usually stand in the same order, so each is looked for where the last was.
fn same_members(left: NodeRef<'_>, right: NodeRef<'_>) -> bool {
    let mut expected = right.members();
    left.members().all(|(key, member)| {
        let same_name = |other: NodeRef<'_>| other.raw().data == key.raw().data && other.raw_text() == key.raw_text();
        match expected.next() {
            Some((name, other)) if same_name(name) => equal(member, other),
            _ => right.members().any(|(name, other)| same_name(name) && equal(member, other)),
        }
    })
}

/// A number that is the same for equal values, where no name stands twice.
fn digest(node: NodeRef<'_>) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = |text: &str| u64::from(crate::document::hash(text.as_bytes()));
    let kind = node.kind() as u64;
    let content = match node.kind() {
        Kind::Null | Kind::False | Kind::True => 0,
        Kind::String | Kind::Key => bytes(node.raw_text()),
        // -0 and 0 are equal.
        Kind::Number => node.source().parse::<f64>().map_or(0, |value| (value + 0.0).to_bits()),
        Kind::Array => node.elements().fold(0, |sum: u64, element| sum.rotate_left(5).wrapping_add(digest(element))),
        Kind::Object => node.members().fold(0, |sum: u64, (key, member)| {
            sum.wrapping_add((u64::from(key.raw().data) ^ digest(member).rotate_left(17)).wrapping_mul(MIX))
        }),
    };
    (content ^ kind << 56).wrapping_mul(MIX)
}
