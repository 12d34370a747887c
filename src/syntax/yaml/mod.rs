//! YAML 1.2 with its core schema, into an arena of nodes with byte spans.
//!
//! What is a number, a flag or nothing is decided by the core schema alone: `2021-07-01`, `yes` and `12:30` are texts.
//! Literals stay as written. A value that an alias repeats has the places of the anchor: there it is written, and there
//! it can be mended. `<<` is a name like any other, as YAML 1.2 has it.

use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, Tag};

use crate::document::{Arena, DECODED, Kind, NON_ASCII, QUOTED, hash};

use super::Fault;
use super::json::DEPTH_LIMIT;
use fault::Reason;

mod fault;
mod scalar;
#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, clippy::format_push_string, reason = "tests fail by panicking")]
mod tests;

/// So many nodes may come out of aliases: a thousand times what a record has, and no more than a moment's work.
const REPEATED_LIMIT: usize = 100_000;

/// Reads the one document that `range` of `source` holds into `arena`.
///
/// # Errors
///
/// The first place at which it is not YAML, or not what a record can be. The arena then holds what came before.
pub(crate) fn scan(source: &str, range: Range<usize>, arena: &mut Arena) -> Result<(), Fault> {
    arena.clear();
    let text = source.get(range.clone()).unwrap_or_default();
    let mut options = Options::default();
    options.set_emit_comments(false);
    // Deeper than ours, so that ours speaks.
    options.flow_nesting_limit = 2 * DEPTH_LIMIT;
    options.block_nesting_limit = 2 * DEPTH_LIMIT;
    let mut builder = Builder {
        source: &source[..range.end],
        base: range.start,
        arena,
        frames: Vec::new(),
        anchors: Vec::new(),
        last: range.start,
        repeated: 0,
        documents: 0,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => builder.event(event, &span)?,
            Err(error) => {
                let fault = fault::of_parser(&error, builder.source, builder.base);
                let open = builder.frames.iter().map(|frame| frame.start);
                return Err(fault::or_unclosed(fault, builder.source, open));
            }
        }
    }
    if builder.documents == 0 {
        return Err(Reason::Empty.at(range.start..range.start));
    }
    Ok(())
}

/// A list or object that is open.
struct Frame {
    is_object: bool,
    /// The next thing in the object is a name.
    wants_key: bool,
    anchor: usize,
    /// Its first byte.
    start: usize,
}

/// What an anchor names: a node, and whether it has ended.
#[derive(Clone, Copy, Default)]
struct Anchor {
    node: u32,
    ended: bool,
}

struct Builder<'s, 'a> {
    /// Up to the end of the range.
    source: &'s str,
    base: usize,
    arena: &'a mut Arena,
    frames: Vec<Frame>,
    /// By the numbers that the parser gives; the first is 1.
    anchors: Vec<Anchor>,
    /// Where the last thing ended.
    last: usize,
    /// Nodes that came out of aliases.
    repeated: usize,
    documents: usize,
}

/// A scalar as the parser gives it.
struct Scalar<'t> {
    text: &'t str,
    style: ScalarStyle,
    tag: Option<&'t Tag>,
    range: Range<usize>,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Fault> {
        let range =
            span.byte_range().map_or(self.last..self.last, |bytes| bytes.start + self.base..bytes.end + self.base);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Reason::SecondDocument.at(range));
                }
                self.last = range.end;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = Scalar { text: &text, style, tag: tag.as_deref(), range };
                if self.wants_key() { self.key(&scalar, anchor)? } else { self.scalar(&scalar, anchor)? }
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(Kind::Array, (range, anchor), tag.as_deref())?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.open(Kind::Object, (range, anchor), tag.as_deref())?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(id) => self.alias(id, range)?,
            _ => {}
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.wants_key)
    }

    /// A value begins here.
    fn begin(&mut self) {
        if self.frames.last().is_some_and(|frame| !frame.is_object) {
            self.arena.element();
        }
    }

    /// A value has ended: in an object a name follows.
    fn ended(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.wants_key = frame.is_object;
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "nodes are fewer than bytes, and texts below 4 GiB")]
    fn anchored(&mut self, anchor: usize, ended: bool) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, Anchor::default());
        }
        self.anchors[anchor] = Anchor { node: self.arena.nodes.len() as u32, ended };
    }

    fn open(&mut self, kind: Kind, (range, anchor): (Range<usize>, usize), tag: Option<&Tag>) -> Result<(), Fault> {
        if self.wants_key() {
            return Err(Reason::KeyIsNoText.at(self.seen(range)));
        }
        if self.arena.depth() + 1 >= DEPTH_LIMIT {
            return Err(Reason::TooDeep.at(self.seen(range)));
        }
        scalar::check_container_tag(kind, tag).map_err(|reason| reason.at(self.seen(range.clone())))?;
        self.begin();
        self.anchored(anchor, false);
        self.arena.open(kind, range.start);
        let is_object = kind == Kind::Object;
        self.frames.push(Frame { is_object, wants_key: is_object, anchor, start: range.start });
        self.last = range.end;
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) {
        // What has no bracket ends with what it holds, not where the next thing begins.
        if !range.is_empty() {
            self.last = range.end;
        }
        self.arena.close(self.source, self.last);
        if let Some(frame) = self.frames.pop()
            && let Some(anchor) = self.anchors.get_mut(frame.anchor)
        {
            anchor.ended = true;
        }
        self.ended();
    }

    fn key(&mut self, scalar: &Scalar<'_>, anchor: usize) -> Result<(), Fault> {
        // What kind of value a name would be does not matter, but an unknown tag does.
        scalar::kind(scalar).map_err(|reason| reason.at(self.seen(scalar.range.clone())))?;
        self.anchored(anchor, true);
        let text = if scalar::is_absent(scalar) { "" } else { scalar.text };
        let range = self.whole(scalar);
        let flags = self.text_flags(text, scalar.style, &range);
        self.arena.key(self.source, range.start, range.end, hash(text.as_bytes()), flags);
        self.last = range.end;
        if let Some(frame) = self.frames.last_mut() {
            frame.wants_key = false;
        }
        Ok(())
    }

    fn scalar(&mut self, scalar: &Scalar<'_>, anchor: usize) -> Result<(), Fault> {
        let kind = scalar::kind(scalar).map_err(|reason| reason.at(self.seen(scalar.range.clone())))?;
        self.begin();
        self.anchored(anchor, true);
        let range = self.whole(scalar);
        let flags = match kind {
            Kind::String => {
                let text = if scalar::is_absent(scalar) { "" } else { scalar.text };
                self.text_flags(text, scalar.style, &range)
            }
            Kind::Number if scalar::is_huge(scalar.text) => {
                self.arena.note_huge_number();
                0
            }
            _ => 0,
        };
        self.arena.leaf(kind, range.start, range.end, flags);
        self.last = range.end.max(self.last);
        self.ended();
        Ok(())
    }

    /// How the text of the next node stands in the source; where it stands otherwise, it goes to the scratch.
    fn text_flags(&mut self, text: &str, style: ScalarStyle, range: &Range<usize>) -> u8 {
        let non_ascii = if text.is_ascii() { 0 } else { NON_ASCII };
        let written = self.source.get(range.clone()).unwrap_or_default();
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        if quoted && written.len() == text.len() + 2 && written.get(1..written.len() - 1) == Some(text) {
            return QUOTED | non_ascii;
        }
        if !quoted && written == text {
            return non_ascii;
        }
        self.arena.decode_next_as(text);
        DECODED | non_ascii | if quoted { QUOTED } else { 0 }
    }

    /// The scalar as it is written, from its `|` or `>` to the end of its last line if it is a block.
    fn whole(&self, scalar: &Scalar<'_>) -> Range<usize> {
        let Range { start, end } = scalar.range.clone();
        match scalar.style {
            ScalarStyle::Literal | ScalarStyle::Folded => scalar::block(self.source, self.last, start..end),
            // What is absent behind a colon stands behind it.
            _ if start == end && self.source[start..].starts_with(':') => start + 1..start + 1,
            _ => start..end,
        }
    }

    /// A range that can be seen: at least one character, unless the text has ended.
    fn seen(&self, range: Range<usize>) -> Range<usize> {
        let next = self.source[range.start..].chars().next().map_or(0, char::len_utf8);
        range.start..range.end.max(range.start + next)
    }

    /// Repeats what an alias stands for.
    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Fault> {
        let Some(anchor) = self.anchors.get(id).copied() else { return Err(Reason::UnknownAnchor.at(range)) };
        if !anchor.ended {
            return Err(Reason::AliasOfItself.at(range));
        }
        let first = self.arena.nodes[anchor.node as usize];
        let is_container = matches!(first.kind, Kind::Array | Kind::Object);
        if self.wants_key() {
            if is_container {
                return Err(Reason::KeyIsNoText.at(range));
            }
            let text = hash(self.arena.text(self.source, anchor.node).as_bytes());
            self.arena.repeat_text(anchor.node);
            self.arena.key(self.source, first.start as usize, first.end as usize, text, first.flags);
            if let Some(frame) = self.frames.last_mut() {
                frame.wants_key = false;
            }
        } else {
            let count = if is_container { first.next - anchor.node } else { 1 };
            self.repeated += count as usize;
            if self.repeated > REPEATED_LIMIT {
                return Err(Reason::AliasBomb.at(range));
            }
            if self.arena.depth() + self.height(anchor.node) >= DEPTH_LIMIT {
                return Err(Reason::TooDeep.at(range));
            }
            self.begin();
            self.arena.repeat(anchor.node);
            self.ended();
        }
        self.last = range.end;
        Ok(())
    }

    /// How many levels of lists and objects a value has.
    fn height(&self, node: u32) -> usize {
        let mut ends = Vec::new();
        let mut height = 0;
        let mut at = node;
        loop {
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
            }
            let here = self.arena.nodes[at as usize];
            if matches!(here.kind, Kind::Array | Kind::Object) {
                ends.push(here.next);
                height = height.max(ends.len());
            }
            at += 1;
            if ends.first().is_none_or(|end| *end <= at) {
                return height;
            }
        }
    }
}
