//! What collections are called, by what identifies them: a handle, a UUID, a repository account.

use std::collections::HashMap;

/// Names of collections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collections(HashMap<Box<str>, Box<str>>);

impl Collections {
    /// Notes a name; gives the one that was known, if it is another.
    pub(crate) fn insert(&mut self, id: &str, name: &str) -> Option<Box<str>> {
        self.0.insert(key(id).into(), name.into()).filter(|known| **known != *name)
    }

    /// The name of the collection that is identified so; else what identifies it.
    pub(crate) fn name<'n>(&'n self, id: &'n str) -> &'n str {
        if self.0.is_empty() {
            return id;
        }
        self.0.get(&*key(id)).map_or(id, |name| name)
    }
}

/// What two ways to write an identifier have in common: no resolver before a handle, small letters.
fn key(id: &str) -> String {
    const RESOLVERS: [&str; 2] = ["/handle/", "hdl.handle.net/"];
    let id = id.trim();
    let bare = RESOLVERS.iter().find_map(|resolver| id.split_once(resolver)).map_or(id, |(_, handle)| handle);
    bare.strip_prefix("hdl:").unwrap_or(bare).to_lowercase()
}
