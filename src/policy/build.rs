//! From what was found to a finding: words and places. Only for what is reported.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::check::{Anchor, At, Check, Detail, Raw, Record};
use crate::document::{Cell, DECODED, Document, Kind, NodeRef, Prefix, QUOTED, Source, push_token};
use crate::finding::{Finding, RecordName, RelatedPlace};
use crate::paths::PathRoot;
use crate::rule::{Catalogue, label_of, say};
use crate::schema::SchemaPlace;
use crate::syntax::table::{Table, cell_at, letters};
#[cfg(feature = "cli")]
use crate::value::visible;

use super::fingerprint::Before;
use super::settle::Judged;

/// A finding with what a frame needs beside it.
#[derive(Debug)]
pub(crate) struct Reported {
    pub(crate) finding: Finding,
    pub(crate) rule: crate::check::RuleId,
    /// It stands in a table, where rows and cells are counted.
    pub(crate) in_table: bool,
    /// In how many more rows of its column it stands.
    pub(crate) more_rows: u64,
    /// The place in the source's text.
    pub(crate) span: Range<usize>,
    /// What stands under the place.
    pub(crate) label: Option<String>,
    pub(crate) related: Vec<RelatedSpan>,
    /// Where the user's schema says so.
    pub(crate) schema: Option<SchemaPlace>,
    /// The rule misses something: it can be said together with others.
    pub(crate) is_missing: bool,
    /// What the format calls the field.
    pub(crate) field_label: Option<Arc<str>>,
}

impl Reported {
    /// Where it is, as a line of a report names it: `records.json:57:12`, or `export.csv: row 57, H57 (dc.title)`.
    #[cfg(feature = "cli")]
    pub(crate) fn location(&self) -> String {
        let Finding { path, start, .. } = &self.finding;
        match self.cell() {
            Some(cell) => format!("{}: {cell}", visible(path)),
            None => format!("{}:{}:{}", visible(path), start.line, start.column),
        }
    }

    /// Of what stands in a table: `row 57, H57 (dc.title)`.
    #[cfg(feature = "cli")]
    pub(crate) fn cell(&self) -> Option<String> {
        let Finding { cell, column, record, .. } = &self.finding;
        if !self.in_table {
            return None;
        }
        let row = record.as_ref().and_then(|record| record.row).map(|row| format!("row {row}"));
        let column = column.as_deref().map(|column| format!(" ({})", visible(column))).unwrap_or_default();
        let cell = cell.as_ref().map(|cell| format!("{cell}{column}"));
        let more = match self.more_rows {
            0 => None,
            1 => Some("and 1 row more".to_owned()),
            more => Some(format!("and {more} rows more")),
        };
        let parts: Vec<_> = row.into_iter().chain(cell).chain(more).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// A related place in the source's text.
#[derive(Clone, Debug)]
pub(crate) struct RelatedSpan {
    pub(crate) span: Range<usize>,
    pub(crate) label: String,
}

/// Where something was found: the text, the record, and its name.
pub(crate) struct Scene<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) source: &'a Source<'a>,
    /// The tree, if the text could be read.
    pub(crate) document: Option<&'a Document<'a>>,
    pub(crate) record: Option<&'a Record<'a>>,
    /// The record's name, for every finding in it.
    pub(crate) name: Option<&'a Arc<RecordName>>,
    /// The record's bytes in the text.
    pub(crate) range: Range<usize>,
    /// Someone draws frames, and needs what stands under the places.
    pub(crate) framed: bool,
    /// What leads from the root of the file's text to the piece that was read.
    pub(crate) prefix: &'a Prefix,
    /// The row of a table that the record is.
    pub(crate) table: Option<Row<'a>>,
    /// From where paths are seen that fingerprints are made of.
    pub(crate) root: Option<&'a PathRoot>,
}

/// A row of a table.
pub(crate) struct Row<'a> {
    pub(crate) table: &'a Table,
    /// Its number as a spreadsheet counts, from 1.
    pub(crate) number: u64,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its cells, once one was asked for.
    pub(crate) cells: OnceCell<Vec<Cell>>,
}

impl Row<'_> {
    /// How a spreadsheet calls the cell in which `span` stands, and the column's header.
    fn cell(&self, text: &str, span: &Range<usize>) -> Option<(String, String)> {
        let (column, row) = match self.table.column_of_name(span.start) {
            Some(column) => (column, self.table.row),
            None if self.range.start <= span.start && span.start <= self.range.end => {
                let cells = self.cells.get_or_init(|| {
                    let mut cells = Vec::new();
                    self.table.cells(text, self.range.clone(), &mut cells);
                    cells
                });
                (cell_at(cells, span.start)?, self.number)
            }
            None => return None,
        };
        let name = self.table.columns.get(column).map(|column| column.name.to_string()).unwrap_or_default();
        Some((format!("{}{row}", letters(column)), name))
    }
}

impl<'a> Scene<'a> {
    /// Makes the finding of something that was found.
    pub(crate) fn report(&self, judged: Judged, before: &mut Before) -> Reported {
        let Judged { raw, severity, schema } = judged;
        let rule = self.catalogue.rule(raw.rule);
        let case = rule.case(self.record, &raw);
        let said = say(self.catalogue, &raw, (self.document, self.record), case, self.framed);
        let place = self.place(&raw);
        let (start, end) = self.source.positions(&place.span);
        let path = Arc::clone(&self.source.segment(self.range.start).path);
        let (cell, column) = self
            .table
            .as_ref()
            .filter(|_| place.present)
            .and_then(|row| row.cell(self.source.text(), &place.span))
            .unzip();
        let field = raw.field.and_then(|field| Some(&self.record?.table.get(field).name));
        let related = self.related(&raw);
        let mut places: Vec<_> =
            related.iter().map(|(pointer, related)| self.related_place(&path, pointer, related)).collect();
        places.extend(schema.as_ref().map(schema_place));
        let mut value = place.value;
        let mut more_rows = 0;
        if let Detail::Column(words) = &raw.detail {
            places.extend(words.elsewhere.iter().cloned());
            more_rows = words.more;
            // A whole cell is no value of the tree: it can be of no field, or of several values.
            value = value.or_else(|| self.source.text().get(place.span.clone()).map(str::to_owned));
        }
        if let Detail::Elsewhere(elsewhere) = &raw.detail {
            places.extend(elsewhere.places.iter().cloned());
        }
        let mut finding = Finding {
            rule: Arc::clone(&rule.name),
            category: rule.category.into(),
            severity,
            message: said.message,
            help: said.help,
            url: if rule.is_own { None } else { rule_url(&rule.name) },
            fingerprint: String::new(),
            path,
            record: self.name.cloned(),
            field: field.map(Arc::clone),
            pointer: place.pointer,
            present: place.present,
            value,
            suggestion: said.suggestion,
            cell,
            column: column.filter(|name| !name.is_empty()),
            start,
            end,
            related: places,
            fix: None,
        };
        finding.fingerprint = self.fingerprint(&finding, &raw, before);
        Reported {
            finding,
            rule: raw.rule,
            in_table: self.table.is_some(),
            more_rows,
            span: place.span,
            label: said.label,
            related: related.into_iter().map(|(_, related)| related).collect(),
            schema,
            is_missing: matches!(rule.check, Check::Missing(_)),
            field_label: raw
                .field
                .and_then(|field| self.record.map(|record| Arc::clone(record.format.label(field, record.table)))),
        }
    }

    fn node(&self, index: u32) -> Option<NodeRef<'a>> {
        self.document?.node(index)
    }

    fn pointer(&self, node: NodeRef<'_>) -> String {
        let mut pointer = self.prefix.pointer();
        node.push_pointer(&mut pointer);
        pointer
    }

    fn place(&self, raw: &Raw) -> Place {
        let missing_member = match &raw.detail {
            Detail::Violation(violation) => violation.missing.as_deref(),
            _ => None,
        };
        let is_unknown = matches!(&raw.detail, Detail::Violation(violation) if violation.is_of_name());
        match &raw.at {
            At::Span(span) => Place { span: span.clone(), pointer: None, present: true, value: None },
            At::Node(index) => match (self.node(*index), missing_member) {
                (Some(node), Some(name)) => self.missing_member(node, name),
                (Some(node), None) if is_unknown => self.present(node, self.name_span(node)),
                (Some(node), None) => self.present(node, shown_span(node)),
                (None, _) => {
                    Place { span: self.range.start..self.range.start, pointer: None, present: false, value: None }
                }
            },
            At::Within(index, within) => match self.node(*index) {
                Some(node) => self.present(node, span_within(node, within)),
                None => Place { span: self.range.clone(), pointer: None, present: false, value: None },
            },
            At::Absent { anchor, pointer } => Place {
                span: self.anchor_span(*anchor),
                pointer: Some(self.prefix.pointer() + pointer),
                present: false,
                value: None,
            },
        }
    }

    fn present(&self, node: NodeRef<'_>, span: Range<usize>) -> Place {
        Place { span, pointer: Some(self.pointer(node)), present: true, value: value_of(node) }
    }

    /// A value that nobody knows is shown at its name; in a table, whose names are in another row, where it stands.
    fn name_span(&self, node: NodeRef<'_>) -> Range<usize> {
        let key = node.parent().and_then(|(_, key)| key).filter(|_| self.table.is_none());
        key.map_or_else(|| shown_span(node), NodeRef::span)
    }

    /// The member `name` is missing from `object`: shown at the object's own key, or at the record's title.
    fn missing_member(&self, object: NodeRef<'_>, name: &str) -> Place {
        let mut pointer = self.pointer(object);
        push_token(&mut pointer, name);
        let is_body = self.record.is_some_and(|record| {
            record.carrier.schema_at.find(record.root).is_some_and(|body| body.index == object.index)
        });
        let anchor = match (self.record, object.parent()) {
            (Some(record), _) if is_body => record.anchor(),
            (_, Some((_, Some(key)))) => Anchor::Node(key.index),
            _ => Anchor::Opening(object.index),
        };
        Place { span: self.anchor_span(anchor), pointer: Some(pointer), present: false, value: None }
    }

    fn anchor_span(&self, anchor: Anchor) -> Range<usize> {
        match anchor {
            Anchor::Node(index) => self.node(index).map(shown_span),
            Anchor::Opening(index) => self.node(index).map(NodeRef::opening),
        }
        .unwrap_or(self.range.start..self.range.start)
    }

    /// The related nodes of the tree, each with its pointer and what it is.
    fn related(&self, raw: &Raw) -> Vec<(String, RelatedSpan)> {
        let of_node = |index: &u32| {
            let node = self.node(*index)?;
            let label = match self.record.and_then(|record| label_of(record, *index)) {
                Some(label) => format!("the {label}"),
                None => "here, too".to_owned(),
            };
            Some((self.pointer(node), RelatedSpan { span: shown_span(node), label }))
        };
        raw.related.iter().filter_map(of_node).collect()
    }

    fn related_place(&self, path: &Arc<str>, pointer: &str, related: &RelatedSpan) -> RelatedPlace {
        let (start, end) = self.source.positions(&related.span);
        RelatedPlace {
            path: Arc::clone(path),
            pointer: Some(pointer.to_owned()),
            start,
            end,
            message: related.label.clone(),
        }
    }
}

/// A place as a finding has it.
struct Place {
    span: Range<usize>,
    pointer: Option<String>,
    present: bool,
    value: Option<String>,
}

/// What is shown of a node: of a list or object with something in it the opening bracket.
fn shown_span(node: NodeRef<'_>) -> Range<usize> {
    let span = node.span();
    if matches!(node.kind(), Kind::Array | Kind::Object) && !node.is_empty() {
        return node.opening();
    }
    // Where there is nothing under a label of a copied page, the label is shown.
    let label = if node.kind() == Kind::Null && span.is_empty() { node.parent() } else { None };
    label.and_then(|(_, key)| key).map_or(span, NodeRef::span)
}

/// Bytes of a value's text as bytes of the source; the whole value where escapes stand between.
fn span_within(node: NodeRef<'_>, within: &Range<usize>) -> Range<usize> {
    let span = node.span();
    let text = node.plain();
    let flags = node.raw().flags;
    let inset = usize::from(flags & QUOTED);
    if flags & DECODED != 0 || span.len() != text.len() + 2 * inset || within.end > text.len() {
        return span;
    }
    let start = span.start + inset + within.start;
    start..(span.start + inset + within.end).max(start + 1).min(span.end)
}

/// The value as the record gives it; of lists and objects only empty ones.
fn value_of(node: NodeRef<'_>) -> Option<String> {
    match node.kind() {
        Kind::Array | Kind::Object if !node.is_empty() => None,
        _ => Some(node.plain().to_owned()),
    }
}

fn schema_place(place: &SchemaPlace) -> RelatedPlace {
    let segments = [crate::document::Segment::whole(Arc::clone(&place.path))];
    let source = Source::new(place.document.text(), &segments);
    let (start, end) = source.positions(&place.span);
    let message = "the schema says so here".to_owned();
    RelatedPlace { path: Arc::clone(&place.path), pointer: Some(place.pointer.clone()), start, end, message }
}

/// The rule's page, where the project has one.
pub(crate) fn rule_url(name: &str) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/docs/rules.md#{name}"))
}
