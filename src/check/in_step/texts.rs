//! DOIs and titles.

use crate::beside::{Beside, Other, Says};
use crate::value::name::folded;

use super::{Conflict, against, is_believed, of_texts};

/// No DOI of the record is one of another record's. A work and its versions can have one each, where one of `several`
/// prefixes gives both.
pub(super) fn dois(own: &Says, beside: &Beside, several: &[Box<str>]) -> Option<Conflict> {
    let first = own.dois.first()?;
    let agree = |one: &Says, other: &Says| {
        let shared = || one.dois.iter().any(|one| other.dois.iter().any(|other| one.text == other.text));
        (!one.dois.is_empty() && !other.dois.is_empty()).then(shared)
    };
    let others = against(own, beside, &agree, &|other| is_believed(other, beside));
    let gives = |says: &Says| {
        let prefix = |doi: &str| doi.split('/').next().unwrap_or_default().to_owned();
        says.dois.iter().any(|doi| several.iter().any(|known| **known == *prefix(&doi.text)))
    };
    let of_versions = gives(own) && others.iter().all(|other: &&Other| gives(&other.says));
    let others: Vec<_> = others.iter().filter_map(|other| Some((*other, other.says.dois.first()?))).collect();
    of_texts(first, &others, beside, of_versions.then_some("of-versions"))
}

/// The title is another than that of another record, and neither has the other in it.
pub(super) fn titles(own: &Says, beside: &Beside) -> Option<Conflict> {
    let title = own.title.as_ref()?;
    let agree = |one: &Says, other: &Says| {
        let (one, other) = (one.title.as_ref()?, other.title.as_ref()?);
        // A single word is the name of a package.
        let is_title = |text: &str| text.split_whitespace().nth(1).is_some();
        if !is_title(&one.text) || !is_title(&other.text) {
            return None;
        }
        let [one, other] = [one, other].map(|title| folded(&title.text).collect::<String>());
        Some(one.contains(&other) || other.contains(&one))
    };
    let others = against(own, beside, &agree, &|other| is_believed(other, beside));
    let others: Vec<_> = others.iter().filter_map(|other| Some((*other, other.says.title.as_ref()?))).collect();
    of_texts(title, &others, beside, None)
}
