//! Where each node stands: its bytes read alone are the same value, and its pointer leads to it and to nothing else.

use std::collections::HashMap;

use proptest::prelude::*;
use reclint::document::{Arena, Document, Kind, NodeRef};
use reclint::syntax::json::scan;
use serde_json::Value;

use super::texts::{json_text, pointer};
use super::{cases, ours, value, without_huge_numbers};

/// A node with what a walk from the root knows of it.
struct Walked<'a> {
    node: NodeRef<'a>,
    pointer: String,
    /// No name on the way stands again later.
    counts: bool,
    parent: Option<(NodeRef<'a>, Option<NodeRef<'a>>)>,
}

/// Every value and key below `walked`, itself first.
fn walk<'a>(walked: Walked<'a>, all: &mut Vec<Walked<'a>>) {
    let Walked { node, pointer, counts, .. } = &walked;
    let (node, pointer, counts) = (*node, pointer.clone(), *counts);
    all.push(walked);
    match node.kind() {
        Kind::Array => {
            for (position, element) in node.elements().enumerate() {
                let pointer = format!("{pointer}/{position}");
                walk(Walked { node: element, pointer, counts, parent: Some((node, None)) }, all);
            }
        }
        Kind::Object => {
            let last: HashMap<_, _> = node.members().map(|(key, _)| (key.text(), key.span().start)).collect();
            for (key, member) in node.members() {
                let name = key.text().expect("a key has a text");
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                let counts = counts && last[&key.text()] == key.span().start;
                let parent = Some((node, Some(key)));
                all.push(Walked { node: key, pointer: pointer.clone(), counts, parent });
                walk(Walked { node: member, pointer, counts, parent }, all);
            }
        }
        _ => {}
    }
}

/// All nodes of a document, keys too.
fn nodes<'a>(document: &'a Document<'a>) -> Vec<Walked<'a>> {
    let mut all = Vec::new();
    let root = document.root().expect("an accepted text has a root");
    walk(Walked { node: root, pointer: String::new(), counts: true, parent: None }, &mut all);
    all
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn the_bytes_of_a_node_are_its_value(text in json_text()) {
        let text = without_huge_numbers(&text);
        let mut arena = Arena::new();
        scan(&text, 0..text.len(), &mut arena).expect("it is JSON");
        let document = Document::new(&text, &arena);
        for (index, Walked { node, .. }) in (0..).zip(nodes(&document)) {
            prop_assert_eq!(document.node(index), Some(node), "nodes stand in the order of the text");
            let bytes = text.get(node.span()).expect("a span lies on whole characters");
            prop_assert_eq!(node.source(), bytes);
            prop_assert_eq!(bytes.trim(), bytes, "no white space belongs to a value");
            prop_assert_eq!(ours(bytes).expect("it is a value of its own"), value(node));
            let mut again = Arena::new();
            prop_assert!(scan(&text, node.span(), &mut again).is_ok());
            let within = Document::new(&text, &again);
            prop_assert_eq!(within.root().map(NodeRef::span), Some(node.span()));
        }
    }

    #[test]
    fn a_pointer_leads_from_the_root_to_its_node(text in json_text()) {
        let text = without_huge_numbers(&text);
        let mut arena = Arena::new();
        scan(&text, 0..text.len(), &mut arena).expect("it is JSON");
        let document = Document::new(&text, &arena);
        let root = document.root().expect("it has a root");
        let whole: Value = serde_json::from_str(&text).expect("it is JSON");
        for Walked { node, pointer, counts, parent } in nodes(&document) {
            let mut made = String::new();
            node.push_pointer(&mut made);
            prop_assert_eq!(&made, &pointer);
            prop_assert_eq!(node.parent(), parent);
            let target = root.resolve(&pointer).map(value);
            if counts {
                prop_assert_eq!(target.as_ref(), whole.pointer(&pointer));
                prop_assert!(node.kind() == Kind::Key || root.resolve(&pointer) == Some(node));
            } else {
                prop_assert!(root.resolve(&pointer) != Some(node), "what was overridden is not found");
            }
        }
    }

    #[test]
    fn any_pointer_leads_where_serde_json_says(text in json_text(), pointer in pointer()) {
        let text = without_huge_numbers(&text);
        let mut arena = Arena::new();
        scan(&text, 0..text.len(), &mut arena).expect("it is JSON");
        let document = Document::new(&text, &arena);
        let whole: Value = serde_json::from_str(&text).expect("it is JSON");
        let found = document.root().and_then(|root| root.resolve(&pointer)).map(value);
        prop_assert_eq!(found.as_ref(), whole.pointer(&pointer), "{} in {}", pointer, text);
    }
}
