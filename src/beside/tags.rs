//! Which tags of a repository are releases of the software that a record describes.

use crate::value::release::Release;

use super::{Beside, TaggedRelease};

/// A tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) name: Box<str>,
    /// When it was made, in seconds, or in whatever grows.
    pub(crate) made: i64,
}

/// What stands between the name of a package and its number.
const BETWEEN: [&str; 6] = ["@", "/", "-", "_", "==", ":"];

impl Beside {
    /// Keeps those of `tags` that are releases of this software. In a repository of several packages plain numbers belong
    /// to what lies at the top; those of another `folder` carry its name or that of its package.
    pub(crate) fn tag(&mut self, tags: &[Tag], folder: Option<&str>) {
        let own = self.others.iter().filter(|other| !other.is_above);
        let packages = own.filter_map(|other| other.says.package.as_deref());
        let names: Vec<&str> = packages
            .flat_map(|name| [Some(name), name.rsplit_once('/').map(|(_, name)| name)])
            .flatten()
            .chain(folder)
            .collect();
        let own = |tag: &Tag| {
            let plain = (folder.is_none()).then(|| dotted(&tag.name)).flatten();
            let by_name = || names.iter().find_map(|name| behind(&tag.name, name));
            let release = plain.or_else(by_name)?;
            Some(TaggedRelease { tag: tag.name.clone(), release, made: tag.made })
        };
        self.releases = tags.iter().filter_map(own).collect();
    }
}

fn dotted(text: &str) -> Option<Release> {
    Release::read(text).filter(Release::is_dotted)
}

/// The release that a tag names behind the name of a package: `snow-v1.2.0`, `@alps/snow@1.2.0`.
fn behind(tag: &str, name: &str) -> Option<Release> {
    let start = tag.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
    let rest = &tag[start.len()..];
    BETWEEN.iter().find_map(|between| dotted(rest.strip_prefix(between)?))
}
