//! The arena that a syntax fills with nodes, record after record, without allocating anew.

use super::node::{DECODED, DUPLICATES, Kind, Node, OVERRIDDEN, QUOTED};

/// Up to how many members an object's keys are compared pairwise; beyond, they are sorted once at its end.
const PAIRWISE_MEMBERS: usize = 64;

/// Text of a node that differs from its source: where it stands in the scratch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decoded {
    pub(crate) node: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A cell of a table: the bytes of its text in the source, quotes left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) quoted: bool,
    /// A quote in it is written twice.
    pub(crate) doubled: bool,
}

impl Cell {
    pub(crate) fn span(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A container that is still open.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    node: u32,
    count: u32,
    /// A bit for the hash of each name of an object, by its lowest seven: without it a hash is not among them.
    sketch: [u64; 2],
    is_object: bool,
}

/// The nodes of one record, and the buffers that are kept between records.
///
/// Spans are bytes within the source text the syntax reads; a text is at most 4 GiB.
#[derive(Debug, Default)]
pub struct Arena {
    pub(crate) nodes: Vec<Node>,
    pub(crate) decoded: Vec<Decoded>,
    pub(crate) scratch: String,
    /// Pairs of key nodes of one object with the same name: the one before, and the one that repeats it.
    pub(crate) duplicates: Vec<(u32, u32)>,
    /// Number nodes that no 64-bit float can hold.
    pub(crate) huge_numbers: Vec<u32>,
    /// The cells of the row, if the record is one.
    pub(crate) cells: Vec<Cell>,
    /// The innermost open container.
    top: Open,
    /// What stood in its place before it: as many as are open, the outermost of them none.
    outer: Vec<Open>,
}

#[expect(clippy::cast_possible_truncation, reason = "texts are below 4 GiB, nodes are fewer than bytes")]
impl Arena {
    /// An empty arena; its buffers grow to the largest record and stay.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the record, keeps the buffers.
    pub(crate) fn clear(&mut self) {
        self.nodes.clear();
        self.decoded.clear();
        self.scratch.clear();
        self.duplicates.clear();
        self.huge_numbers.clear();
        self.cells.clear();
        self.top = Open::default();
        self.outer.clear();
    }

    /// How many containers are open.
    #[inline]
    pub(crate) fn depth(&self) -> usize {
        self.outer.len()
    }

    /// Adds a value without members or elements.
    #[inline]
    pub(crate) fn leaf(&mut self, kind: Kind, start: usize, end: usize, flags: u8) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, data: 0, kind, flags });
    }

    /// Opens an object or array whose first byte is `start`.
    #[inline]
    pub(crate) fn open(&mut self, kind: Kind, start: usize) {
        let node = self.nodes.len() as u32;
        self.outer.push(self.top);
        self.top = Open { node, count: 0, sketch: [0; 2], is_object: kind == Kind::Object };
        self.nodes.push(Node { start: start as u32, end: start as u32, next: node + 1, data: 0, kind, flags: 0 });
    }

    /// Counts one element of the innermost array.
    #[inline]
    pub(crate) fn element(&mut self) {
        self.top.count += 1;
    }

    /// Adds the name of a member of the innermost object; its value must follow.
    #[expect(clippy::inline_always, reason = "for each of a record's names; a call costs as much as the work")]
    #[inline(always)]
    pub(crate) fn key(&mut self, source: &str, start: usize, end: usize, hash: u32, flags: u8) {
        let node = self.nodes.len() as u32;
        // A container that follows says better where it ends.
        let next = node + 2;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, data: hash, kind: Kind::Key, flags });
        self.top.count += 1;
        let (bit, sketch) = (1 << (hash & 63), &mut self.top.sketch[hash as usize >> 6 & 1]);
        let may_repeat = *sketch & bit != 0;
        *sketch |= bit;
        if may_repeat && self.top.count as usize <= PAIRWISE_MEMBERS {
            self.repeated(source, self.top.node, node);
        }
    }

    /// Closes the innermost object or array, whose last byte is before `end`; gives what it stands in.
    #[inline]
    pub(crate) fn close(&mut self, source: &str, end: usize) -> Option<Kind> {
        let outer = self.outer.pop()?;
        let closed = std::mem::replace(&mut self.top, outer);
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[closed.node as usize];
        node.end = end as u32;
        node.next = next;
        node.data = closed.count;
        if closed.is_object && closed.count as usize > PAIRWISE_MEMBERS {
            self.repeated_among_many(source, closed.node);
        }
        self.value_ends(closed.node);
        let inside = if outer.is_object { Kind::Object } else { Kind::Array };
        (!self.outer.is_empty()).then_some(inside)
    }

    /// The container at `node` is complete: if it is a member's value, the member ends there.
    #[inline]
    fn value_ends(&mut self, node: u32) {
        let next = self.nodes.len() as u32;
        if self.top.is_object {
            self.nodes[node as usize - 1].next = next;
        }
    }

    /// The scratch from `begins` on is the text of the next node.
    pub(crate) fn decode_next(&mut self, begins: usize) {
        let node = self.nodes.len() as u32;
        self.decoded.push(Decoded { node, start: begins as u32, end: self.scratch.len() as u32 });
    }

    /// This part of the scratch is the text of the next node.
    pub(crate) fn decode_next_as_part(&mut self, part: std::ops::Range<usize>) {
        let node = self.nodes.len() as u32;
        self.decoded.push(Decoded { node, start: part.start as u32, end: part.end as u32 });
    }

    /// `text` is the text of the next node.
    pub(crate) fn decode_next_as(&mut self, text: &str) {
        let begins = self.scratch.len();
        self.scratch.push_str(text);
        self.decode_next(begins);
    }

    /// The text of the next node is that of `from`, which stands in the scratch or in the source.
    pub(crate) fn repeat_text(&mut self, from: u32) {
        if let Ok(found) = self.decoded.binary_search_by_key(&from, |entry| entry.node) {
            let node = self.nodes.len() as u32;
            self.decoded.push(Decoded { node, ..self.decoded[found] });
        }
    }

    /// Adds a second time the value that is at `from`; a name is repeated as a text. The places are those of the first,
    /// and what was noted of it is not noted again.
    pub(crate) fn repeat(&mut self, from: u32) {
        let first = self.nodes[from as usize];
        let is_container = matches!(first.kind, Kind::Array | Kind::Object);
        let end = if is_container { first.next } else { from + 1 };
        let shift = self.nodes.len() as u32 - from;
        for index in from..end {
            self.repeat_text(index);
            let node = self.nodes[index as usize];
            self.nodes.push(Node { next: node.next + shift, ..node });
        }
        if is_container {
            self.value_ends(from + shift);
        }
        if first.kind == Kind::Key
            && let Some(text) = self.nodes.last_mut()
        {
            *text = Node { next: from + shift + 1, data: 0, kind: Kind::String, ..*text };
        }
    }

    /// The next node is a number that no 64-bit float can hold.
    pub(crate) fn note_huge_number(&mut self) {
        self.huge_numbers.push(self.nodes.len() as u32);
    }

    /// Text of a string or key node.
    pub(crate) fn text<'a>(&'a self, source: &'a str, index: u32) -> &'a str {
        text_of((&self.nodes[index as usize], index), &self.decoded, &self.scratch, source)
    }

    /// `key` has the hash of an earlier key of `object`: notes the pair if the names are equal.
    #[cold]
    fn repeated(&mut self, source: &str, object: u32, key: u32) {
        let mut earlier = object + 1;
        while earlier < key {
            let node = self.nodes[earlier as usize];
            if node.data == self.nodes[key as usize].data
                && node.flags & OVERRIDDEN == 0
                && self.text(source, earlier) == self.text(source, key)
            {
                self.override_key(object, earlier, key);
                return;
            }
            earlier = node.next;
        }
    }

    fn override_key(&mut self, object: u32, earlier: u32, later: u32) {
        self.nodes[object as usize].flags |= DUPLICATES;
        self.nodes[earlier as usize].flags |= OVERRIDDEN;
        self.duplicates.push((earlier, later));
    }

    /// Finds repeated names beyond the first [`PAIRWISE_MEMBERS`] of a closed object.
    #[cold]
    fn repeated_among_many(&mut self, source: &str, object: u32) {
        let end = self.nodes[object as usize].next;
        let mut keys = Vec::new();
        let mut key = object + 1;
        while key < end {
            keys.push((self.nodes[key as usize].data, key));
            key = self.nodes[key as usize].next;
        }
        let Some(&(_, beyond)) = keys.get(PAIRWISE_MEMBERS) else { return };
        keys.sort_unstable_by(|(left_hash, left), (right_hash, right)| {
            let by_text = || self.text(source, *left).cmp(self.text(source, *right));
            left_hash.cmp(right_hash).then_with(by_text).then(left.cmp(right))
        });
        let same = |left: &(u32, u32), right: &(u32, u32)| {
            left.0 == right.0 && self.text(source, left.1) == self.text(source, right.1)
        };
        let mut found: Vec<_> = keys
            .chunk_by(same)
            .flat_map(|names| names.windows(2).map(|pair| (pair[0].1, pair[1].1)))
            .filter(|(_, later)| *later >= beyond)
            .collect();
        found.sort_unstable_by_key(|(_, later)| *later);
        for (earlier, later) in found {
            self.override_key(object, earlier, later);
        }
    }
}

/// Text of `node`, which has this index: a slice of the source, or of the scratch where it had escapes.
#[inline]
pub(crate) fn text_of<'a>(
    (node, index): (&Node, u32),
    decoded: &[Decoded],
    scratch: &'a str,
    source: &'a str,
) -> &'a str {
    if node.flags & DECODED != 0 {
        return decoded_text(decoded, scratch, index);
    }
    let text = source.get(inner(node));
    debug_assert!(text.is_some(), "a node is read with the text that it is of");
    text.unwrap_or_default()
}

/// The same as bytes.
#[inline]
pub(crate) fn bytes_of<'a>(
    (node, index): (&Node, u32),
    decoded: &[Decoded],
    scratch: &'a str,
    source: &'a str,
) -> &'a [u8] {
    if node.flags & DECODED != 0 {
        return decoded_text(decoded, scratch, index).as_bytes();
    }
    source.as_bytes().get(inner(node)).unwrap_or_default()
}

/// The bytes of a node's text in the source: its span without the quotes.
#[inline]
fn inner(node: &Node) -> std::ops::Range<usize> {
    let inset = u32::from(node.flags & QUOTED);
    (node.start + inset) as usize..(node.end - inset) as usize
}

#[cold]
fn decoded_text<'a>(decoded: &[Decoded], scratch: &'a str, index: u32) -> &'a str {
    match decoded.binary_search_by_key(&index, |entry| entry.node) {
        Ok(found) => &scratch[decoded[found].start as usize..decoded[found].end as usize],
        Err(_) => "",
    }
}
