//! Versions: of releases alone, as what is in the making is ahead of its records by right.

use crate::beside::{Beside, Other, Says, TaggedRelease};
use crate::value::release::Release;

use super::{Conflict, Elsewhere, against, of_texts};

fn release(says: &Says) -> Option<Release> {
    Release::read(&says.version.as_ref()?.text)
}

fn agree(one: &Says, other: &Says) -> Option<bool> {
    Some(release(one)? == release(other)?)
}

/// The version is another than that of the manifest or of another record.
pub(super) fn conflict(own: &Says, beside: &Beside) -> Option<Conflict> {
    let version = own.version.as_ref()?;
    let own_release = release(own)?;
    let is_older = |other: &Other| release(&other.says).is_some_and(|release| own_release < release);
    let mut others = against(own, beside, &agree, &is_older);
    let is_last = newest(beside).is_some_and(|newest| newest.release == own_release);
    // The tag bears the record out: what is older is wrong, and nobody's who mends the record.
    others.retain(|other| !is_last || is_older(other));
    let waits = is_last && others.iter().all(|other| other.is_manifest() && is_older(other));
    let others: Vec<_> = others.iter().filter_map(|other| Some((*other, other.says.version.as_ref()?))).collect();
    of_texts(version, &others, beside, waits.then_some("as-released"))
}

/// The version is older than the newest release that is tagged.
pub(super) fn behind(own: &Says, beside: &Beside) -> Option<Conflict> {
    let version = own.version.as_ref()?;
    let own_release = Release::read(&version.text)?;
    let newest = newest(beside).filter(|newest| newest.release > own_release)?;
    // Where the numbers have begun anew, the largest is not the last.
    let by_time = |one: &&TaggedRelease, other: &&TaggedRelease| {
        one.made.cmp(&other.made).then_with(|| one.release.cmp(&other.release))
    };
    let last = beside.releases.iter().max_by(by_time)?;
    let tagged = beside.releases.iter().filter(|tagged| tagged.release == own_release);
    if last.release <= own_release || tagged.into_iter().any(|tagged| tagged.made > newest.made) {
        return None;
    }
    let reason = format!("`{}` says {}, but there is a release {}", beside.name, version.text, newest.tag);
    Some((version.at.node, Elsewhere { variant: None, reason, places: Vec::new() }))
}

fn newest(beside: &Beside) -> Option<&TaggedRelease> {
    beside.releases.iter().max_by(|one, other| one.release.cmp(&other.release))
}
