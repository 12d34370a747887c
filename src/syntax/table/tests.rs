//! Any table: the text at a value's span, decoded, is the value; rows end where they should, wherever they are cut.

use proptest::prelude::*;

use super::*;

use crate::document::{Document, Kind, NodeRef};

/// A layout as that of a DSpace metadata CSV.
fn layout() -> Arc<Layout> {
    let text = r#"
        fields = "metadata"
        value = "value"
        language = "language"
        authority = "authority"
        confidence = "confidence"
        parts = [2, 3]
        language-in = "[]"
        between-values = "||"
        before-authority = "::"
        new-item = "+"
    "#;
    let mut arena = Arena::new();
    crate::syntax::toml::read(text, &mut arena).expect("it is TOML");
    let document = Document::new(text, &arena);
    Arc::new(Layout::read(document.root().expect("it is a table")).expect("it is a layout"))
}

/// A cell's values, and whether it is written in quotes although it need not be.
fn cell() -> impl Strategy<Value = (Vec<String>, bool)> {
    let value = proptest::string::string_regex("[a-zäß€ \",;\n\t:]{0,8}").expect("it is a pattern");
    (proptest::collection::vec(value, 0..4), any::<bool>())
}

fn written(values: &[String], quoted: bool, delimiter: char) -> String {
    let joined = values.join("||");
    if quoted || joined.contains([delimiter, '"', '\n']) {
        format!("\"{}\"", joined.replace('"', "\"\""))
    } else {
        joined
    }
}

/// Checks every text of the tree against its bytes in the source.
fn assert_spans(node: NodeRef<'_>, text: &str) {
    for (_, value) in node.members() {
        assert_spans(value, text);
    }
    for element in node.elements() {
        assert_spans(element, text);
    }
    if node.kind() == Kind::String {
        let span = node.span();
        // The only sign that is written otherwise is the quote, in cells that stand in quotes.
        let at_span = &text[span];
        let value = node.raw_text();
        assert!(value == at_span || value == at_span.replace("\"\"", "\""), "{value:?} from {at_span:?}");
    }
}

/// Where a row ends, without any search.
fn end_byte_by_byte(bytes: &[u8], start: usize) -> usize {
    let line_end = |from: usize| (from..bytes.len()).find(|at| bytes[*at] == b'\n').map_or(bytes.len(), |at| at + 1);
    let mut at = start;
    while at < bytes.len() && bytes[at] != b'\n' {
        let open = at;
        at += 1;
        if bytes[open] == b'"' && (open == start || bytes[open - 1] == b',') {
            while bytes.get(at) != Some(&b'"') || bytes.get(at + 1) == Some(&b'"') {
                at += if bytes.get(at) == Some(&b'"') { 2 } else { 1 };
                if at >= bytes.len() {
                    return line_end(open);
                }
            }
            at += 1;
        }
    }
    line_end(at)
}

proptest! {
    #[test]
    fn values_are_what_stands_at_their_spans(
        row in proptest::collection::vec(cell(), 3),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t')],
    ) {
        let names = ["id", "dc.title", "dc.title[en]"];
        let header = names.join(&delimiter.to_string());
        let cells: Vec<_> = row.iter().map(|(values, quoted)| written(values, *quoted, delimiter)).collect();
        let line = cells.join(&delimiter.to_string());
        let text = format!("{header}\n{line}\n");
        let table = Table::read(&text, 0..header.len(), (1, None), &layout()).expect("it is a header");
        prop_assert_eq!(table.delimiter, delimiter as u8);
        let start = header.len() + 1;
        prop_assert_eq!(row_end(text.as_bytes(), start, table.delimiter, true), Some(text.len()));
        let mut arena = Arena::new();
        table.scan(&text, start..text.len() - 1, &mut arena).expect("it is a row");
        let document = Document::new(&text, &arena);
        let root = document.root().expect("it is a tree");
        assert_spans(root, &text);
        let wanted: Vec<String> = row[1..]
            .iter()
            .filter(|(values, _)| !values.join("||").is_empty())
            .flat_map(|(values, _)| values.join("||").split("||").map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let metadata = root.members().find(|(key, _)| key.raw_text() == "metadata").expect("it is there").1;
        let (key, titles) = metadata.members().next().expect("it is there");
        prop_assert_eq!(key.raw_text(), "dc.title");
        let found: Vec<_> = titles
            .elements()
            .map(|title| title.members().next().expect("it has a value").1.raw_text().to_owned())
            .collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn rows_end_where_they_do_byte_by_byte(text in "[a\",\n]{0,40}") {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let end = end_byte_by_byte(bytes, start);
            prop_assert_eq!(row_end(bytes, start, b',', true), Some(end));
            start = end;
        }
    }

    #[test]
    fn anything_is_cut_and_read_without_a_panic(text in "[a\",;\n\r|:.\\[\\]ä]{0,60}") {
        let bytes = text.as_bytes();
        let mut start = 0;
        let mut arena = Arena::new();
        let header_end = text.find('\n').unwrap_or(text.len());
        let table = Table::read(&text, 0..header_end, (1, None), &layout());
        while start < bytes.len() {
            let end = row_end(bytes, start, b',', true).expect("it ends");
            prop_assert!(end > start);
            if let Ok(table) = &table {
                let _ = table.scan(&text, start..end, &mut arena);
                let mut found = Vec::new();
                table.cells(&text, start..end, &mut found);
                let _ = cell_at(&found, start);
            }
            start = end;
        }
    }
}

#[test]
fn an_authority_needs_a_number_behind_it() {
    let text = "id,dc.contributor.author\n1,\"Keller, R.::0a1b-key::600||std::vector::x||N::k::-1||a::b::12345||2::::1||c::d-1\"\n";
    let table = Table::read(text, 0..24, (1, None), &layout()).expect("it is a header");
    let mut arena = Arena::new();
    table.scan(text, 25..text.len() - 1, &mut arena).expect("it is a row");
    let texts: Vec<_> = (0..u32::try_from(arena.nodes.len()).expect("few"))
        .filter(|node| matches!(arena.nodes[*node as usize].kind, Kind::String))
        .map(|node| arena.text(text, node).to_owned())
        .collect();
    assert_eq!(texts, ["1", "Keller, R.", "0a1b-key", "std::vector::x", "N", "k", "a::b::12345", "2::::1", "c::d-1",]);
}

#[test]
fn columns_are_called_as_in_a_spreadsheet() {
    let names = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
    for (number, name) in names {
        assert_eq!(letters(number), name);
    }
}
