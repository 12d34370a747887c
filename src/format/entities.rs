//! What stands in one place of a record and is referred to in others, as in the `@graph` of JSON-LD: found by its id.

use std::cell::OnceCell;

use crate::document::{Kind, Misfit, Name, NodeRef, Table};

use super::path::Path;

/// Where the entities of a carrier's records stand, and the member by which they and references to them are known.
#[derive(Clone, Debug)]
pub(crate) struct LookUp {
    /// From the record's root to the entities.
    pub(super) within: Path,
    by: Name,
}

impl LookUp {
    /// Reads `{ in = "/@graph[]", by = "@id" }`.
    pub(super) fn read(node: NodeRef<'_>) -> Result<Self, Misfit> {
        let mut table = Table::new(node)?;
        let within = table.any("in").ok_or_else(|| Misfit::at(node, "`in` says where the entities stand"))?;
        let within = Path::direct(crate::document::text("in", within)?).map_err(|fault| fault.at(within))?;
        let look_up = Self { within, by: Name::new(table.need_text("by")?) };
        table.done()?;
        Ok(look_up)
    }

    /// Fills `index` with the entities of the record at `root`, by their ids; of those of one id, in the record's order.
    pub(super) fn index(&self, root: NodeRef<'_>, index: &mut Vec<u32>) {
        index.clear();
        self.within.each(root, |entity| {
            if self.id(entity).is_some() {
                index.push(entity.index);
            }
        });
        index.sort_by_key(|entity| self.id(root.at(*entity)));
    }

    /// What `node` refers to, be it an object with an id or the id alone; the node itself if that is not there.
    pub(super) fn find<'a>(&self, node: NodeRef<'a>, index: &[u32]) -> NodeRef<'a> {
        let id = if node.kind() == Kind::String { node.text() } else { self.id(node) };
        let Some(id) = id else { return node };
        let first = index.partition_point(|entity| self.id(node.at(*entity)).is_some_and(|known| known < id));
        let found = index.get(first).map(|entity| node.at(*entity));
        found.filter(|entity| self.id(*entity) == Some(id)).unwrap_or(node)
    }

    fn id<'a>(&self, node: NodeRef<'a>) -> Option<&'a str> {
        node.get(&self.by)?.text()
    }
}

/// The entities of one record, put in order when the first is looked for.
pub(super) struct Entities<'a, 's> {
    of: Option<(&'s LookUp, NodeRef<'a>)>,
    index: OnceCell<Vec<u32>>,
}

impl<'a, 's> Entities<'a, 's> {
    /// Those of the record at `root`, if its carrier has any.
    pub(super) fn new(look_up: Option<&'s LookUp>, root: NodeRef<'a>) -> Self {
        Self { of: look_up.map(|look_up| (look_up, root)), index: OnceCell::new() }
    }

    /// None, so that every value stands for itself.
    pub(super) fn none() -> Self {
        Self { of: None, index: OnceCell::new() }
    }

    /// What `node` refers to, else the node itself.
    pub(super) fn of(&self, node: NodeRef<'a>) -> NodeRef<'a> {
        let Some((look_up, root)) = self.of else { return node };
        let index = self.index.get_or_init(|| {
            let mut index = Vec::new();
            look_up.index(root, &mut index);
            index
        });
        look_up.find(node, index)
    }
}
