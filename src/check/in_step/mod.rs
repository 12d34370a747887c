//! A record contradicts what lies beside it: other records of the same software, manifests, the tags of its releases.

mod licenses;
mod people;
mod texts;
mod versions;

use crate::beside::{Beside, Other, Said, Says};
use crate::document::{Misfit, Table, suggest};
use crate::finding::RelatedPlace;
use crate::format::{FieldId, Format};
use crate::value::shortened;

use super::{At, Detail, Raw, Record, RuleId};

/// What is held against what lies beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Version,
    Release,
    License,
    People,
    Doi,
    Title,
}

/// A rule that holds a record to what lies beside it.
#[derive(Debug)]
pub(crate) struct InStep {
    compared: Compared,
    field: FieldId,
    /// Words that no person's name has.
    bodies: Vec<Box<str>>,
    /// DOIs of such prefixes differ for a work and for each of its versions.
    several_for_one: Vec<Box<str>>,
}

/// What a check says of other files.
#[derive(Debug)]
pub(crate) struct Elsewhere {
    pub(crate) variant: Option<&'static str>,
    /// The whole sentence, without its full stop.
    pub(crate) reason: String,
    /// Where in the other files it stands.
    pub(crate) places: Vec<RelatedPlace>,
}

/// Something that contradicts another file: the node of the record, and the rest.
type Conflict = (u32, Elsewhere);

impl InStep {
    /// It asks for the tags of the repository.
    #[cfg(feature = "cli")]
    pub(crate) fn asks_tags(&self) -> bool {
        matches!(self.compared, Compared::Version | Compared::Release)
    }

    pub(super) fn read(table: &mut Table<'_>, field: FieldId) -> Result<Self, Misfit> {
        const COMPARED: [(&str, Compared); 6] = [
            ("version", Compared::Version),
            ("release", Compared::Release),
            ("license", Compared::License),
            ("people", Compared::People),
            ("doi", Compared::Doi),
            ("title", Compared::Title),
        ];
        let node = table.node();
        let word = table.need_text("compares")?;
        let compared = COMPARED.iter().find(|(name, _)| *name == word).map(|(_, compared)| *compared);
        let compared = compared.ok_or_else(|| {
            let names = COMPARED.iter().map(|(name, _)| *name);
            Misfit::at(node, format!("nothing compares `{word}`")).help(suggest(word, names))
        })?;
        let mut words = |name| -> Result<Vec<Box<str>>, Misfit> {
            Ok(table.texts(name)?.into_iter().map(|(text, _)| text.into()).collect())
        };
        Ok(Self { compared, field, bodies: words("bodies")?, several_for_one: words("several-for-one")? })
    }

    pub(crate) fn field(&self) -> FieldId {
        self.field
    }

    /// Only formats whose records lie in files of a name of their own have something beside them.
    pub(crate) fn is_for(format: &Format) -> bool {
        format.carriers.iter().any(|carrier| carrier.file_name().is_some())
    }

    /// Looks at one record.
    pub(crate) fn run(&self, rule: RuleId, record: &Record<'_>, beside: &Beside, found: &mut Vec<Raw>) {
        let own = Says::of_own(record.fields, record.table);
        let conflict = match self.compared {
            Compared::Version => versions::conflict(&own, beside),
            Compared::Release => versions::behind(&own, beside),
            Compared::License => licenses::conflict(&own, beside),
            Compared::People => people::conflict(&own, beside, &self.bodies),
            Compared::Doi => texts::dois(&own, beside, &self.several_for_one),
            Compared::Title => texts::titles(&own, beside),
        };
        found.extend(conflict.map(|(node, elsewhere)| Raw {
            field: Some(self.field),
            detail: Detail::Elsewhere(Box::new(elsewhere)),
            ..Raw::new(rule, At::Node(node))
        }));
    }
}

/// What of the others contradicts the record, and is to be told of here.
///
/// `agree` says whether two files agree, if that can be said. A manifest that agrees silences the others beside it. Two records
/// that are both judged are told of once: at the one that no manifest bears out, else at the one that `is_worse` says.
fn against<'b>(
    own: &Says,
    beside: &'b Beside,
    agree: &dyn Fn(&Says, &Says) -> Option<bool>,
    is_worse: &dyn Fn(&Other) -> bool,
) -> Vec<&'b Other> {
    let others = beside.others(own);
    let manifests = || others.iter().filter(|other| other.is_manifest());
    let borne_out = |says: &Says| manifests().any(|manifest| agree(says, &manifest.says) == Some(true));
    let own_is = borne_out(own);
    let told = |other: &&'b Other| {
        if agree(own, &other.says) != Some(false) {
            return false;
        }
        if other.is_manifest() {
            return !own_is;
        }
        !other.is_judged
            || match (own_is, borne_out(&other.says)) {
                (true, false) => false,
                (false, true) => true,
                _ => is_worse(other),
            }
    };
    // What manifests say comes first, and then the records in their order.
    let (first, then): (Vec<_>, Vec<_>) = others.iter().copied().filter(told).partition(|other| other.is_manifest());
    first.into_iter().chain(then).collect()
}

/// The other record is believed rather than this one.
fn is_believed(other: &Other, beside: &Beside) -> bool {
    other.rank.is_none_or(|rank| rank < beside.rank)
}

/// "`Cargo.toml` (line 3)".
fn place(other: &Other, said: &Said) -> String {
    format!("`{}` (line {})", other.name, said.at.start.line)
}

/// The place in the other file.
fn related(other: &Other, said: &Said) -> RelatedPlace {
    RelatedPlace {
        path: std::sync::Arc::clone(&other.path),
        pointer: Some(said.at.pointer.clone()).filter(|pointer| !pointer.is_empty()),
        start: said.at.start,
        end: said.at.end,
        message: format!("here it is {}", shortened(&said.text)),
    }
}

/// "A", "A and B", "A, B and C".
fn listed(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// The conflict of one text with others: "`CITATION.cff` says 1.2.0, but `Cargo.toml` (line 3) says 1.3.0".
fn of_texts(
    own: &Said,
    others: &[(&Other, &Said)],
    beside: &Beside,
    variant: Option<&'static str>,
) -> Option<Conflict> {
    let said: Vec<_> =
        others.iter().map(|(other, said)| format!("{} says {}", place(other, said), shortened(&said.text))).collect();
    let reason = format!("`{}` says {}, but {}", beside.name, shortened(&own.text), listed(&said));
    let places = others.iter().map(|(other, said)| related(other, said)).collect();
    (!others.is_empty()).then_some((own.at.node, Elsewhere { variant, reason, places }))
}
