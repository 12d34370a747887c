//! Any page: the text at a value's span is the value, whatever stands round it; labels are told from values.

use proptest::prelude::*;

use super::*;
use crate::document::{Document, Kind, NodeRef};

fn name(text: &str) -> Name {
    Name::new(text)
}

fn target(lead: &[&str], within: &[&str]) -> Target {
    let names = |texts: &[&str]| texts.iter().map(|text| name(text)).collect();
    Target { lead: names(lead), list: !within.is_empty(), within: names(within) }
}

fn label(says: &str, place: Option<usize>) -> Label {
    let says = vec![says.into()];
    Label { says, place, values: Vec::new(), split: None, takes: Takes::One, link: false }
}

fn page() -> Page {
    let metadata = |field: &str| target(&["metadata", field], &["value"]);
    Page {
        labels: vec![
            Label { takes: Takes::Each, link: true, ..label("Author", Some(1)) },
            Label { values: vec!["Software".into()], ..label("Type", Some(2)) },
            Label { takes: Takes::All, ..label("Abstract", Some(3)) },
            Label { split: Some(";".into()), ..label("Subject", Some(4)) },
            label("Methods", None),
            label("Software", None),
        ],
        banners: vec![Banner { says: vec![Wording::new("This is old*")], place: 5, means: Some(Meaning::Flag(false)) }],
        skip: vec![Wording::new("Show more")],
        end: vec![Wording::new("Home"), Wording::new("Full page")],
        title: Some(0),
        places: vec![
            metadata("title"),
            metadata("author"),
            metadata("type"),
            metadata("abstract"),
            metadata("subject"),
            target(&["latest"], &[]),
        ],
        ..Page::default()
    }
}

/// Every text of the tree with the name that its list has, each checked against its bytes in the page.
fn texts(text: &str) -> Vec<(String, String)> {
    let mut arena = Arena::new();
    page().scan(text, 0..text.len(), &mut arena);
    let document = Document::new(text, &arena);
    let mut found = Vec::new();
    gather(document.root().expect("it is a tree"), text, "", &mut found);
    found
}

fn gather(node: NodeRef<'_>, text: &str, name: &str, found: &mut Vec<(String, String)>) {
    for (key, value) in node.members() {
        let own = key.raw_text();
        gather(value, text, if own == "value" { name } else { own }, found);
    }
    node.elements().for_each(|element| gather(element, text, name, found));
    if node.kind() == Kind::String {
        let at_span: Vec<_> = text[node.span()].lines().map(str::trim).collect();
        let value: Vec<_> = node.raw_text().lines().collect();
        let lines = at_span.iter().filter(|line| !line.is_empty() && **line != "Show more");
        assert!(lines.eq(&value), "{at_span:?} and {value:?}");
        found.push((name.to_owned(), node.raw_text().to_owned()));
    }
    if node.kind() == Kind::Null {
        found.push((name.to_owned(), String::new()));
    }
}

fn of(found: &[(String, String)], name: &str) -> Vec<String> {
    found.iter().filter(|(own, _)| own == name).map(|(_, text)| text.clone()).collect()
}

proptest! {
    #[test]
    fn values_are_what_stands_at_their_spans(
        authors in proptest::collection::vec("[A-ZÄß][a-zé, ]{0,8}[a-z]x", 0..4),
        paragraphs in proptest::collection::vec("[A-Z][a-zé;, ’]{0,20}[.]", 0..4),
        subjects in proptest::collection::vec("[A-Z][a-zé ]{0,6}q", 0..4),
        end in prop_oneof![Just("\n"), Just("\r\n"), Just(" \n\n"), Just("\t\r\n")],
    ) {
        let mut lines = vec!["Home".to_owned(), "Snow depth".to_owned(), "Author".to_owned()];
        lines.extend(authors.iter().cloned());
        lines.extend(["Type", "Software", "Abstract"].map(str::to_owned));
        for paragraph in &paragraphs {
            lines.extend([paragraph.clone(), "Show more".to_owned()]);
        }
        lines.extend(["Subject".to_owned(), subjects.join(" ;"), "Software".to_owned()]);
        let text = lines.join(end);
        let found = texts(&text);
        prop_assert_eq!(of(&found, "title"), ["Snow depth"]);
        prop_assert_eq!(of(&found, "type"), ["Software"]);
        let or_blank = |values: Vec<String>| if values.is_empty() { vec![String::new()] } else { values };
        prop_assert_eq!(of(&found, "author"), or_blank(authors));
        prop_assert_eq!(of(&found, "subject"), or_blank(subjects));
        let one = if paragraphs.is_empty() { String::new() } else { paragraphs.join("\n") };
        let whole: Vec<_> = of(&found, "abstract").iter().map(|text| text.lines().map(str::trim)
            .filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")).collect();
        prop_assert_eq!(whole, [one]);
    }

    #[test]
    fn anything_is_read_without_a_panic(text in "(Author|Type|Abstract|Software|This is old|Home|Show more|ü|[ \r\n\t;x]){0,40}") {
        let mut arena = Arena::new();
        page().scan(&text, 0..text.len(), &mut arena);
        let _ = Page::recognise(&[Arc::new(page())], &text);
    }
}

#[test]
fn a_label_that_stands_twice_is_one_where_the_order_is_the_pages() {
    let found = texts(
        "Title\nAuthor\nKeller, R.\nType\nReport\nAbstract\nAim\nMethods\nWe walked.\nSubject\nsnow\nMethods\nSoftware\n",
    );
    assert_eq!(of(&found, "abstract"), ["Aim\nMethods\nWe walked."]);
}

#[test]
fn banners_and_blank_labels_are_known() {
    let text = "This is old. See here.\nTitle\nAuthor\nType\n\nSubject\na; b\nFull page\nc\n";
    let mut arena = Arena::new();
    page().scan(text, 0..text.len(), &mut arena);
    let document = Document::new(text, &arena);
    let root = document.root().expect("it is a tree");
    let latest = root.get(&name("latest")).expect("the banner says it");
    assert_eq!((latest.kind(), latest.source()), (Kind::False, "This is old. See here."));
    let metadata = root.get(&name("metadata")).expect("it is there");
    let (key, author) = metadata.member(&name("author")).expect("its label is there");
    assert_eq!((key.source(), author.kind(), author.source()), ("Author", Kind::Null, ""));
    assert_eq!(of(&texts(text), "subject"), ["a", "b"]);
}

#[test]
fn few_labels_are_no_page() {
    let known = |text: &str| Page::recognise(&[Arc::new(page())], text).is_some();
    assert!(known("x\nAuthor\nType\nSubject\n"));
    assert!(known("This is old.\nx\nAuthor\n"));
    assert!(!known("x\nAuthor\nType\n"));
    assert!(!known("This is old.\n"));
    assert!(!known("Author Type Subject\nAuthor: x\n"));
}

#[test]
fn the_title_stands_before_the_labels() {
    for (text, title) in [
        ("Home\nTheses\nSnow depth\nSnow depth\nAuthor\n", "Snow depth"),
        ("Home\nTheses\nSnow depth\nShow more\nImage\nAuthor\n", "Snow depth"),
        ("This is old.\nSnow depth\nWith a map\nAuthor\n", "Snow depth"),
        ("Snow depth\nFull page\nAuthor\n", "Snow depth"),
    ] {
        assert_eq!(of(&texts(text), "title"), [title], "{text}");
    }
    assert!(of(&texts("Author\nx\n"), "title").is_empty());
}
