//! A value that is no record of a known format: what is said of it.

use std::sync::Arc;

use crate::check::{At, Detail, Raw};
use crate::document::{Kind, NodeRef};
use crate::finding::RecordName;
use crate::report::RecordReport;

use super::judge::{Outcome, Sink};
use super::place::{Place, bare_name, finish, tree_faults};
use super::setup::Setup;

impl<'p> Place<'p> {
    /// A value of no known format: held to the user's schema if there is one, else remarked on.
    pub(super) fn unknown<'e>(
        &mut self,
        setup: &'e Setup,
        value: NodeRef<'p>,
        raws: &mut Vec<Raw>,
        sink: &mut dyn Sink<'e>,
    ) {
        if self.sift.has_value(value) {
            return sink.judged(Outcome::Unchanged { known: false }, None);
        }
        match &setup.users_schema {
            Some(schema) => {
                if let Some(rule) = setup.own.schema_violation {
                    crate::check::violations(rule, schema, value, raws);
                }
            }
            None => {
                if let Some(rule) = setup.own.unknown_format {
                    let mut raw = Raw::new(rule, At::Node(value.index));
                    raw.detail = Detail::Said { variant: None, reason: self.what_it_is(value), remedy: None };
                    raws.push(raw);
                }
            }
        }
        let name = Arc::new(RecordName { index: self.index, ..bare_name(self.piece) });
        let reported = finish(setup, raws, &self.scene(setup, None, Some(&name), value.span()), self.sift);
        let outcome = if setup.users_schema.is_some() { Outcome::ByOwnSchema } else { Outcome::Unknown };
        let range = value.span();
        let report =
            RecordReport { source: self.source, name: Some(name), states: Vec::new(), reported, range, more: false };
        sink.judged(outcome, Some(&report).filter(|report| !report.reported.is_empty()));
        // What is wrong with the text is wrong in any format.
        tree_faults(setup, self.arena, self.document, value.index..value.raw().next, &[], raws);
        if !raws.is_empty() {
            let scene = self.scene(setup, None, report.name.as_ref(), value.span());
            let reported = finish(setup, raws, &scene, self.sift);
            let report = RecordReport { states: Vec::new(), reported, ..report };
            sink.judged(Outcome::More, Some(&report).filter(|report| !report.reported.is_empty()));
        }
    }

    fn what_it_is(&self, value: NodeRef<'_>) -> String {
        let Some(table) = self.piece.syntax.table() else { return what_it_is(value) };
        let names = table.columns.iter().filter(|column| !column.name.is_empty());
        let names: Vec<_> = names.take(MOST_NAMES).map(|column| format!("`{}`", column.name)).collect();
        if names.is_empty() {
            return "there is nothing in this table".to_owned();
        }
        let more = if table.columns.len() > MOST_NAMES { ", …" } else { "" };
        format!("no row of this table is a record of a known format: its columns are {}{more}", names.join(", "))
    }
}

/// How many names are told of what was not recognised.
const MOST_NAMES: usize = 6;

/// What a value that was not recognised looks like.
fn what_it_is(value: NodeRef<'_>) -> String {
    match value.kind() {
        Kind::Object if value.is_empty() => "this is an empty object, and no record".to_owned(),
        Kind::Object => {
            let names: Vec<_> = value.members().take(MOST_NAMES).map(|(key, _)| format!("`{}`", key.plain())).collect();
            let more = if value.len() > MOST_NAMES { ", …" } else { "" };
            format!("this is no record of a known format: an object with {}{more}", names.join(", "))
        }
        kind => format!("this is no record, but {}", crate::document::kind_name(kind)),
    }
}
