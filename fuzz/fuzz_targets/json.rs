//! The scanner against `serde_json`: the same verdict, the same value; each node's bytes are a value of their own.

#![no_main]

use libfuzzer_sys::fuzz_target;
use reclint::document::{Arena, Document, Kind, NodeRef};
use reclint::syntax::json::scan;
use serde_json::Value;

/// What `serde_json` should have read; nothing if it has a number that no float can hold.
fn value(node: NodeRef<'_>) -> Option<Value> {
    Some(match node.kind() {
        Kind::Null => Value::Null,
        Kind::False => Value::Bool(false),
        Kind::True => Value::Bool(true),
        Kind::Number => serde_json::from_str(node.source()).ok()?,
        Kind::String | Kind::Key => Value::String(node.text()?.to_owned()),
        Kind::Array => Value::Array(node.elements().map(value).collect::<Option<_>>()?),
        Kind::Object => {
            let member = |(key, member): (NodeRef<'_>, _)| Some((key.text()?.to_owned(), value(member)?));
            Value::Object(node.members().map(member).collect::<Option<_>>()?)
        }
    })
}

fuzz_target!(|text: &str| {
    let mut arena = Arena::new();
    let wanted = serde_json::from_str::<Value>(text);
    if let Err(fault) = scan(text, 0..text.len(), &mut arena) {
        assert!(text.get(fault.span.clone()).is_some(), "{fault:?} does not lie within the text");
        let huge = wanted.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
        assert!(wanted.is_err() || huge, "we refuse what serde_json reads: {fault:?}");
        return;
    }
    let document = Document::new(text, &arena);
    let root = document.root().expect("an accepted text has a root");
    match (value(root), wanted) {
        (Some(ours), Ok(wanted)) => assert_eq!(ours, wanted),
        (None, Ok(_)) => panic!("a number is refused alone and accepted within a text"),
        (_, Err(error)) => {
            assert!(error.to_string().starts_with("number out of range"), "we accept, serde_json says {error}");
        }
    }
    // Where a name stands twice, a pointer leads to the last, which may have nothing below.
    let repeats = (0..).map_while(|index| document.node(index)).any(|node| {
        let mut names: Vec<_> = node.members().map(|(key, _)| key.text()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    });
    let mut again = Arena::new();
    for node in (0..).map_while(|index| document.node(index)) {
        let span = node.span();
        let bytes = text.get(span.clone()).expect("a span lies on whole characters");
        assert_eq!(bytes.trim_ascii(), bytes);
        scan(text, span.clone(), &mut again).expect("a node is a value of its own");
        let alone = Document::new(text, &again);
        let alone = alone.root().expect("it has a root");
        assert_eq!(alone.span(), span);
        assert_eq!(alone.plain(), node.plain());
        let mut pointer = String::new();
        node.push_pointer(&mut pointer);
        let found = root.resolve(&pointer);
        assert!(found == Some(node) || node.kind() == Kind::Key || repeats, "{pointer} leads elsewhere");
    }
});
