//! `anyOf` and `oneOf`: the branch that was meant, instead of a list of everything that failed.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::document::NodeRef;

use super::violation::node_of;

/// How far a branch is from fitting: the smaller, the likelier it was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    /// The value itself is of another type: this branch speaks of something else.
    other_type: bool,
    /// A member that tells the branches apart (`const`, `enum`) has another value.
    other_kind: usize,
    errors: usize,
}

fn distance(root: NodeRef<'_>, value: NodeRef<'_>, branch: &[ValidationError<'_>]) -> Distance {
    let is_kind = |error: &ValidationError<'_>| {
        matches!(error.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. })
    };
    Distance {
        other_type: branch.iter().any(|error| {
            matches!(error.kind(), ValidationErrorKind::Type { .. }) && node_of(root, error).index == value.index
        }),
        other_kind: branch.iter().filter(|error| is_kind(error)).count(),
        errors: branch.len(),
    }
}

/// The errors of the one branch that `value` was meant to fit; nothing when no branch stands out.
pub(super) fn meant<'e, 'i>(
    root: NodeRef<'_>,
    value: NodeRef<'_>,
    branches: &'e [Vec<ValidationError<'i>>],
) -> Option<&'e [ValidationError<'i>]> {
    // Of one form it is said in what it is not fitted.
    if let [only] = branches {
        return Some(only);
    }
    let mut ranked: Vec<_> = branches.iter().map(|branch| (distance(root, value, branch), branch)).collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    match ranked.as_slice() {
        [(nearest, branch), rest @ ..]
            if !nearest.other_type && rest.first().is_none_or(|(next, _)| nearest < next) =>
        {
            Some(branch)
        }
        _ => None,
    }
}
