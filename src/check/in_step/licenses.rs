//! Licences: a conflict only where both files name some that are known, and none in common.

use crate::beside::{Beside, Says};
use crate::value::license::{Choice, choices};

use super::{Conflict, Elsewhere, against, is_believed, listed, place, related};

/// All licences that a file names; nothing where it names none, or one that is not known.
fn known(says: &Says) -> Option<Vec<Choice>> {
    let all: Vec<_> = says.licenses.iter().map(|said| choices(&said.text)).collect::<Option<Vec<_>>>()?.concat();
    (!all.is_empty()).then_some(all)
}

fn agree(one: &Says, other: &Says) -> Option<bool> {
    let (one, other) = (known(one)?, known(other)?);
    Some(one.iter().any(|one| other.iter().any(|other| one.goes_with(other))))
}

/// The licence is another than that of the manifest or of another record.
pub(super) fn conflict(own: &Says, beside: &Beside) -> Option<Conflict> {
    let first = own.licenses.first()?;
    let others = against(own, beside, &agree, &|other| is_believed(other, beside));
    let names = |says: &Says| listed(&says.licenses.iter().map(|said| said.text.to_string()).collect::<Vec<_>>());
    let said: Vec<_> = others
        .iter()
        .filter_map(|other| Some(format!("{} says {}", place(other, other.says.licenses.first()?), names(&other.says))))
        .collect();
    let places = others.iter().flat_map(|other| other.says.licenses.iter().map(|said| related(other, said))).collect();
    let reason = format!("`{}` says {}, but {}", beside.name, names(own), listed(&said));
    (!said.is_empty()).then_some((first.at.node, Elsewhere { variant: None, reason, places }))
}
