//! A relation leads to the record itself.

use crate::document::{Misfit, Table};
use crate::few::FewMap;
use crate::format::{FieldId, FieldKind, FieldTable, FieldValue};

use super::super::condition::{same_identifier, same_term};
use super::super::condition_text::Names;
use super::super::{Raw, Record, RecordCheck, RuleId};
use super::doubles::{ending, identifier_key};

/// Fields that identify other things, and those that identify the record.
#[derive(Debug)]
pub(crate) struct Itself {
    targets: Vec<FieldId>,
    /// Says how the record is related, beside a target in the same entry.
    kind: Option<FieldId>,
    own: Vec<FieldId>,
    /// Addresses of the record: a page of it is no other thing only for some relations.
    addresses: Vec<FieldId>,
    /// Relations in which an address counts.
    address_kinds: Vec<Box<str>>,
    /// Relations in which something may be related to itself.
    except: Vec<Box<str>>,
}

/// So many of a record's own identifiers are compared.
const MOST: usize = 8;

impl Itself {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let optional = |list: Vec<(&str, crate::document::NodeRef<'_>)>| {
            list.into_iter().map(|(name, node)| names.fields.need(name, node)).collect::<Result<Vec<_>, _>>()
        };
        let words = |list: Vec<(&str, _)>| list.into_iter().map(|(text, _)| text.into()).collect();
        Ok(Self {
            targets: super::fields_of(table, "of", names)?,
            own: super::fields_of(table, "own", names)?,
            kind: optional(table.texts("kind-of-relation")?)?.first().copied(),
            addresses: optional(table.texts("addresses")?)?,
            address_kinds: words(table.texts("address-relations")?),
            except: words(table.texts("except")?),
        })
    }

    #[cold]
    fn verify(&self, rule: RuleId, record: &Record<'_>, target: &FieldValue<'_>, own: &FieldValue<'_>) -> Option<Raw> {
        // An own number means something among its like alone: an item's number is not another's volume.
        let same = same_identifier(target.text(), own.text()) || same_address(target.text(), own.text());
        if !same || !target.text().contains(['/', ':', '-']) {
            return None;
        }
        let kind = self.kind.and_then(|kind| record.fields.part_of(target.hit.entry, kind));
        if let Some(kind) = kind {
            let is_of = |kinds: &[Box<str>]| kinds.iter().any(|known| same_term(known, kind.text()));
            let by_address = self.addresses.contains(&own.hit.field) && is_web_address(record.table, target);
            if is_of(&self.except) || by_address && !is_of(&self.address_kinds) {
                return None;
            }
        }
        Some(super::finding(rule, target.hit.node, target.hit.field, vec![own.hit.node]))
    }
}

impl RecordCheck for Itself {
    fn fields(&self) -> Vec<FieldId> {
        self.targets.clone()
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        let fields = record.fields;
        if !self.targets.iter().any(|target| fields.has(*target)) {
            return;
        }
        let own = || self.own.iter().chain(&self.addresses).flat_map(|field| fields.values(*field)).take(MOST);
        let (mut endings, mut known) = (0, FewMap::default());
        for field in self.own.iter().chain(&self.addresses) {
            endings = fields.values(*field).fold(endings, |endings, value| endings | ending(value.text()));
        }
        for field in &self.targets {
            for target in fields.values(*field).filter(|target| endings & ending(target.text()) != 0) {
                let key = identifier_key(target.text());
                let own = own().find(|value| identifier_key(value.text()) == key);
                if let Some(raw) = own.and_then(|own| self.verify(rule, record, &target, &own)) {
                    // Two fields can lead to one value.
                    let known = known.entry(target.hit.node);
                    if !std::mem::replace(known, true) {
                        found.push(raw);
                    }
                }
            }
        }
    }

    fn has_related(&self) -> bool {
        true
    }
}

fn same_address(left: &str, right: &str) -> bool {
    let bare = |text: &str| text.trim().trim_end_matches('/').replacen("http://", "https://", 1).to_lowercase();
    bare(left) == bare(right)
}

/// An address that is not that of a DOI or a handle, which are identifiers however they are written.
fn is_web_address(fields: &FieldTable, value: &FieldValue<'_>) -> bool {
    let text = value.text().trim();
    let resolver = ["doi.org/", "hdl.handle.net/"].iter().any(|resolver| text.contains(resolver));
    !resolver && (text.starts_with("http") || fields.get(value.hit.field).kind == FieldKind::Url)
}
