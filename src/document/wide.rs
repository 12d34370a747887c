//! The children of large lists and objects, found once: so the way to each of thousands does not lead past all before it.

use std::sync::OnceLock;

use super::node::{Kind, Node};
use super::view::NodeRef;

/// Up to how many children are gone through one by one.
const FEW: usize = 64;

/// A container's node, and the first node of each of its children: of a member its key.
type Children = (u32, Box<[u32]>);

/// The large containers of a document, in its order. Nothing is looked for before somebody asks.
#[derive(Debug, Default)]
pub(crate) struct Wide(OnceLock<Box<[Children]>>);

impl Wide {
    /// The child of the container at `container` in which the node `index` stands: which it is, and its first node.
    fn child(&self, nodes: &[Node], container: u32, index: u32) -> Option<(usize, u32)> {
        let containers = self.0.get_or_init(|| large(nodes));
        let place = containers.binary_search_by_key(&container, |(node, _)| *node).ok()?;
        let (_, children) = containers.get(place)?;
        let position = children.partition_point(|child| *child <= index).checked_sub(1)?;
        Some((position, *children.get(position)?))
    }
}

#[cold]
fn large(nodes: &[Node]) -> Box<[Children]> {
    let is_large = |node: &Node| matches!(node.kind, Kind::Array | Kind::Object) && node.data as usize > FEW;
    let children = |container: u32, node: &Node| {
        let first = Some(container + 1).filter(|first| *first < node.next);
        let next = |child: &u32| nodes.get(*child as usize).map(|child| child.next).filter(|next| *next < node.next);
        (container, std::iter::successors(first, next).collect())
    };
    (0..).zip(nodes).filter(|(_, node)| is_large(node)).map(|(number, node)| children(number, node)).collect()
}

impl<'a> NodeRef<'a> {
    /// The child of this container in which the node `index` stands: which it is, from 0, and the element or key.
    pub(super) fn child_with(self, index: u32) -> Option<(usize, NodeRef<'a>)> {
        if self.len() > FEW {
            let (position, child) = self.document.wide.child(self.document.nodes, self.index, index)?;
            return Some((position, self.at(child)));
        }
        let first = Some(self.at(self.index + 1)).filter(|_| !self.is_empty());
        let mut children = std::iter::successors(first, |child| Some(child.at(child.raw().next)));
        children.by_ref().take(self.len()).enumerate().find(|(_, child)| index < child.raw().next)
    }
}
