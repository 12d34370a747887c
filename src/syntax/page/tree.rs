//! A copied page as the tree of a record: `{"metadata": {"dc.title": [{"value": …}], "dc.rights": null}}`.
//!
//! A name has the bytes of its label on the page. A label with nothing under it is a null that has none.

use std::ops::Range;

use crate::document::{Arena, DECODED, Kind, NON_ASCII, Name};

use super::lines::{Filled, Value};
use super::{Meaning, Page, Target};

/// Fills `arena` with the record that `filled` has, place by place.
pub(super) fn build(page: &Page, text: &str, range: Range<usize>, filled: &[Filled], arena: &mut Arena) {
    let places: Vec<_> = page
        .places
        .iter()
        .zip(filled)
        .filter(|(_, filled)| !filled.values.is_empty() || filled.label.is_some())
        .collect();
    Builder { page, text, range }.object(0, &places, arena);
}

struct Builder<'p> {
    page: &'p Page,
    text: &'p str,
    range: Range<usize>,
}

type Place<'p> = (&'p Target, &'p Filled);

impl Builder<'_> {
    /// An object of all that `places` have behind their first `depth` names.
    fn object(&self, depth: usize, places: &[Place<'_>], arena: &mut Arena) {
        arena.open(Kind::Object, self.range.start);
        let mut done: Vec<&Name> = Vec::new();
        for (number, (target, _)) in places.iter().enumerate() {
            let Some(name) = target.lead.get(depth).filter(|name| !done.contains(name)) else { continue };
            done.push(name);
            let same = places[number..].iter().filter(|(other, _)| other.lead.get(depth) == Some(name));
            let same: Vec<_> = same.copied().collect();
            if target.lead.len() > depth + 1 {
                key(self.text, name, self.range.start..self.range.start, arena);
                self.object(depth + 1, &same, arena);
            } else {
                self.values(name, &same, arena);
            }
        }
        arena.close(self.text, self.range.end);
    }

    /// The values of all places that begin with the same names.
    fn values(&self, name: &Name, places: &[Place<'_>], arena: &mut Arena) {
        let mut values: Vec<(&Target, &Value)> =
            places.iter().flat_map(|(target, filled)| filled.values.iter().map(|value| (*target, value))).collect();
        values.sort_by_key(|(_, value)| value.span.start);
        let filled = places.iter().filter(|(_, filled)| !filled.values.is_empty());
        let label = filled.chain(places).find_map(|(_, filled)| filled.label.clone());
        let (Some((first, value)), Some((_, last))) = (values.first(), values.last()) else {
            let Some(label) = label else { return };
            key(self.text, name, label.clone(), arena);
            return arena.leaf(Kind::Null, label.end, label.end, 0);
        };
        key(self.text, name, label.unwrap_or(value.span.start..value.span.start), arena);
        if !first.list {
            return self.within(&first.within, value, arena);
        }
        arena.open(Kind::Array, value.span.start);
        for (target, value) in &values {
            arena.element();
            self.within(&target.within, value, arena);
        }
        arena.close(self.text, last.span.end);
    }

    /// A value, in as many objects as there are names.
    fn within(&self, names: &[Name], value: &Value, arena: &mut Arena) {
        let Some((name, rest)) = names.split_first() else { return self.leaf(value, arena) };
        arena.open(Kind::Object, value.span.start);
        key(self.text, name, value.span.start..value.span.start, arena);
        self.within(rest, value, arena);
        arena.close(self.text, value.span.end);
    }

    fn leaf(&self, value: &Value, arena: &mut Arena) {
        let span = value.span.clone();
        let says = value.banner.and_then(|banner| self.page.banners[banner].means.as_ref());
        let text = match says {
            Some(Meaning::Flag(flag)) => {
                let kind = if *flag { Kind::True } else { Kind::False };
                return arena.leaf(kind, span.start, span.end, 0);
            }
            Some(Meaning::Text(text)) => Some(&**text),
            None => value.text.as_deref(),
        };
        let is_ascii = text.unwrap_or(&self.text[span.clone()]).is_ascii();
        let flags = if is_ascii { 0 } else { NON_ASCII };
        if let Some(text) = text {
            arena.decode_next_as(text);
        }
        arena.leaf(Kind::String, span.start, span.end, flags | if text.is_some() { DECODED } else { 0 });
    }
}

/// A name, which stands on no page as the tree has it.
fn key(text: &str, name: &Name, span: Range<usize>, arena: &mut Arena) {
    let flags = if name.text.is_ascii() { DECODED } else { DECODED | NON_ASCII };
    arena.decode_next_as(&name.text);
    arena.key(text, span.start, span.end, name.hash, flags);
}
