//! What of the configuration has to be known before the rules are read: those that it adds, its profile, its states.

use std::ops::Range;

use crate::document::{FileMisfit, Misfit, NodeRef, Table, text};
use crate::embedded::OwnFile;
use crate::format::read_toml;

/// Something that the configuration names, and where.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// Bytes of the configuration.
    pub(crate) span: Range<usize>,
}

impl Named {
    /// Reads what the member `name` names.
    pub(super) fn read(name: &'static str, node: NodeRef<'_>) -> Result<Self, Misfit> {
        Ok(Self { name: text(name, node)?.to_owned(), span: node.span() })
    }
}

/// What the configuration adds to the rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    /// Files and folders of rules, from the configuration's folder.
    pub(crate) rules: Vec<Named>,
    /// Files with the labels of repositories' pages, from the configuration's folder.
    pub(crate) pages: Vec<Named>,
    /// The profile: a name, or a file.
    pub(crate) profile: Option<Named>,
    /// It says what states are.
    pub(crate) has_states: bool,
}

impl Wishes {
    /// Reads them from the configuration; its other settings are looked at when the rules are known.
    pub(crate) fn read(file: &OwnFile) -> Result<Self, FileMisfit> {
        read_toml(&file.path, &file.text, |root| {
            let mut table = Table::new(root)?;
            let named = Named::read;
            Ok(Self {
                rules: table.list("rules").into_iter().map(|node| named("rules", node)).collect::<Result<_, _>>()?,
                pages: table.list("pages").into_iter().map(|node| named("pages", node)).collect::<Result<_, _>>()?,
                profile: table.any("profile").map(|node| named("profile", node)).transpose()?,
                has_states: table.any("states").is_some(),
            })
        })
    }
}
