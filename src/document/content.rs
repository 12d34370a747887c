//! What a value says, as a number: the same however it is laid out and in whatever order its members stand.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::node::Kind;
use super::view::NodeRef;

impl NodeRef<'_> {
    /// The same for values with the same members, whatever their order, and the same elements in their order.
    pub(crate) fn content(self) -> u64 {
        let kind = self.kind() as u64;
        let after = |hash: u64, next: u64| xxh3_64_with_seed(&next.to_le_bytes(), hash);
        match self.kind() {
            Kind::Array => self.elements().fold(kind, |hash, element| after(hash, element.content())),
            Kind::Object => {
                let member = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                    after(xxh3_64_with_seed(key.plain().as_bytes(), kind), value.content())
                };
                after(kind, self.members().map(member).fold(0, u64::wrapping_add))
            }
            _ => xxh3_64_with_seed(self.plain().as_bytes(), kind),
        }
    }
}
