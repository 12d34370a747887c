//! A name that no program knows, one slip of the pen away from one that is not there: `licence` for `license`.

use crate::document::{Kind, Misfit, NodeRef, Table};
use crate::format::{FieldId, Path};

use super::condition_text::Names;
use super::{At, Detail, Raw, Record, RecordCheck, RuleId};

/// Names that objects at some places can have.
#[derive(Debug)]
pub(crate) struct Misspelt {
    places: Vec<Place>,
}

/// A kind of object, and the names of its members.
#[derive(Debug)]
struct Place {
    format: Box<str>,
    /// Of a format with several carriers, that in which people write the names themselves.
    carrier: Option<Box<str>>,
    /// From the record's body on.
    path: Path,
    /// Sorted.
    names: Vec<Box<str>>,
}

impl Misspelt {
    pub(super) fn read(table: &mut Table<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let places = table.list("known").into_iter().map(|node| Place::read(node, names));
        let places: Vec<_> = places.collect::<Result<_, _>>()?;
        if places.is_empty() {
            return Err(Misfit::at(table.node(), "`[[check.known]]` says which names there are"));
        }
        Ok(Self { places })
    }
}

impl Place {
    fn read(node: NodeRef<'_>, names: Names<'_>) -> Result<Self, Misfit> {
        let mut table = Table::new(node)?;
        let format = table.any("format").ok_or_else(|| Misfit::at(node, "`format` is missing here"))?;
        let pointer = table.any("pointer").unwrap_or(format);
        let path = Path::absolute(table.text("pointer")?.unwrap_or_default()).map_err(|fault| fault.at(pointer))?;
        let mut known: Vec<Box<str>> = table.texts("names")?.into_iter().map(|(name, _)| name.into()).collect();
        known.sort_unstable();
        let place =
            Self { format: names.format(format)?, carrier: table.text("carrier")?.map(Into::into), path, names: known };
        table.done()?;
        Ok(place)
    }

    fn is_for(&self, record: &Record<'_>) -> bool {
        self.format == record.format.name
            && self.carrier.as_deref().is_none_or(|carrier| *record.carrier.name == *carrier)
    }

    fn knows(&self, name: &str) -> bool {
        self.names.binary_search_by(|known| (**known).cmp(name)).is_ok()
    }

    /// The name that was meant by the unknown `name` of a member of `value`, if that is plain.
    #[cold]
    fn meant(&self, name: &str, value: NodeRef<'_>) -> Option<&str> {
        let is_there = |known: &str| value.members().any(|(key, _)| key.raw_text() == known);
        let slips = self.names.iter().filter_map(|known| Some((slips(name, known)?, &**known)));
        let (_, nearest) = slips.min_by_key(|(slips, _)| *slips)?;
        (!is_there(nearest)).then_some(nearest)
    }
}

impl RecordCheck for Misspelt {
    fn fields(&self) -> Vec<FieldId> {
        Vec::new()
    }

    fn is_of_absence(&self) -> bool {
        true
    }

    fn run(&self, rule: RuleId, record: &Record<'_>, found: &mut Vec<Raw>) {
        for place in self.places.iter().filter(|place| place.is_for(record)) {
            record.carrier.each(&place.path, record.root, |value| {
                if value.kind() != Kind::Object {
                    return;
                }
                for (key, _) in value.members().filter(|(key, _)| !place.knows(key.raw_text())) {
                    let name = key.raw_text();
                    let Some(meant) = place.meant(name, value) else { continue };
                    let reason = format!("`{name}` is not known here; `{meant}` was probably meant");
                    let mut raw = Raw::new(rule, At::Node(key.index));
                    raw.field = field_at(meant, record);
                    raw.detail = Detail::Said { variant: None, reason, remedy: None };
                    found.push(raw);
                }
            });
        }
    }
}

/// The field that stands under this name; of several the plainest, as `creator` and its parts do.
fn field_at(name: &str, record: &Record<'_>) -> Option<FieldId> {
    let fields = record.table.iter().filter(|(field, _)| record.carrier.key_of(*field).is_some_and(|key| key == name));
    fields.min_by_key(|(_, field)| field.name.len()).map(|(field, _)| field)
}

/// How many slips lie between a name and a known one; nothing where they may well be two names.
fn slips(name: &str, known: &str) -> Option<usize> {
    const LONG: usize = 10;
    const SHORTEST: usize = 5;
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    // What has a prefix is another vocabulary's.
    if name.contains([':', '/', '@']) || name.len().abs_diff(known.len()) > 3 {
        return None;
    }
    let (name, known) = (letters(name), letters(known));
    let most = match known.len() {
        length if length < SHORTEST => 0,
        length if length < LONG => 1,
        _ => 2,
    };
    let distance = strsim::damerau_levenshtein(&name, &known);
    (distance <= most).then_some(distance)
}
