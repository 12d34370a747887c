//! The states that a record can be in: those of the program, and what a profile or the configuration says instead.

use std::sync::Arc;

use crate::check::{KEYWORDS, Names, Reach, State, Verdict, names_in};
use crate::document::{Arena, Document, FileMisfit, Kind, Misfit, NodeRef, Table, is_name, text};
use crate::embedded::{File, OwnFile};
use crate::format::Formats;
use crate::syntax::toml;

/// A file with a table of states, read.
struct Source<'f> {
    file: File<'f>,
    /// Its tree, if it has none of its own.
    arena: Arena,
    /// The states are its root; else they stand under `[states]`.
    is_root: bool,
}

/// What is said of one state, by name; what comes later counts.
struct Said<'a> {
    name: &'a str,
    key: NodeRef<'a>,
    table: NodeRef<'a>,
    file: File<'a>,
    /// The verdict of the one that it stands instead of.
    inherited: Option<Verdict>,
}

/// Reads the states of the program in `ours`; those in the `profiles` (the ground last) and in the configuration replace
/// those of the same name, or are added.
pub(super) fn read(
    ours: Option<File<'static>>,
    profiles: &[File<'_>],
    config: Option<&OwnFile>,
    formats: &Formats,
) -> Result<Vec<Arc<State>>, FileMisfit> {
    let mut sources: Vec<Source<'_>> = Vec::new();
    sources.extend(ours.map(|file| Source { file, arena: Arena::new(), is_root: true }));
    let own = profiles.iter().rev().copied().chain(config.map(OwnFile::file));
    sources.extend(own.map(|file| Source { file, arena: Arena::new(), is_root: false }));
    for source in &mut sources {
        if source.file.document(source.file.text).is_none() {
            let fault = |fault: toml::TomlFault| Misfit { message: fault.message, span: fault.span, help: None };
            toml::read(source.file.text, &mut source.arena).map_err(|error| in_file(source.file, fault(error)))?;
        }
    }
    let documents: Vec<_> = sources.iter().map(Source::document).collect();
    let mut said: Vec<Said<'_>> = Vec::new();
    for (source, document) in sources.iter().zip(&documents) {
        let Some(root) = document.root() else { continue };
        let states = if source.is_root { Some(root) } else { root.get(&crate::document::Name::new("states")) };
        let Some(states) = states else { continue };
        let table = Table::new(states).map_err(|misfit| in_file(source.file, misfit))?;
        for (key, table) in table.node().members() {
            let one = Said { name: key.raw_text(), key, table, file: source.file, inherited: None };
            match said.iter_mut().find(|known| known.name == one.name) {
                Some(known) => {
                    let inherited = verdict(known.table, known.inherited.clone());
                    let inherited = inherited.map_err(|misfit| in_file(known.file, misfit))?;
                    *known = Said { inherited, ..one };
                }
                None => said.push(one),
            }
        }
    }
    // Ours stand in the order in which they name each other.
    in_order(&said, formats, sources.len() == 1)
}

impl Source<'_> {
    fn document(&self) -> Document<'_> {
        self.file.document(self.file.text).unwrap_or_else(|| Document::new(self.file.text, &self.arena))
    }
}

fn in_file(file: File<'_>, misfit: Misfit) -> FileMisfit {
    FileMisfit { path: file.path.into(), text: file.text.into(), misfit }
}

/// Reads each state when those that its condition names are read, and gives them in the order in which they were said.
fn in_order(said: &[Said<'_>], formats: &Formats, as_written: bool) -> Result<Vec<Arc<State>>, FileMisfit> {
    let mut read: Vec<Arc<State>> = Vec::with_capacity(said.len());
    while read.len() < said.len() {
        let is_read = |name: &str| read.iter().any(|state| *state.name == *name);
        let pending = || said.iter().filter(|one| !is_read(one.name));
        let is_ready = |one: &&Said<'_>| {
            if as_written {
                return true;
            }
            let names = one.condition().and_then(NodeRef::text).map(names_in).unwrap_or_default();
            !names.iter().any(|name| pending().any(|other| *other.name == **name))
        };
        let Some(one) = pending().find(is_ready) else {
            // Each of those that are left waits for another one.
            let Some(one) = pending().next() else { break };
            let misfit =
                Misfit::at(one.condition().unwrap_or(one.key), format!("the state `{}` is said by itself", one.name))
                    .help("one of the states that this condition names leads back to it");
            return Err(in_file(one.file, misfit));
        };
        let state = one.read(formats, &read).map_err(|misfit| in_file(one.file, misfit))?;
        read.push(Arc::new(state));
    }
    let place = |state: &Arc<State>| said.iter().position(|one| *one.name == *state.name);
    read.sort_by_key(place);
    Ok(read)
}

impl<'a> Said<'a> {
    fn condition(&self) -> Option<NodeRef<'a>> {
        self.table.get(&crate::document::Name::new("when"))
    }

    fn read(&self, formats: &Formats, states: &[Arc<State>]) -> Result<State, Misfit> {
        let Self { name, key, .. } = *self;
        let mut table = Table::new(self.table)?;
        let when = table.any("when").ok_or_else(|| Misfit::at(key, "`when` is missing here"))?;
        let names = Names { fields: &formats.fields, states, formats: &formats.formats };
        if !is_name(name) || name.contains('.') || KEYWORDS.contains(&name) {
            return Err(Misfit::at(
                key,
                format!("`{name}` is no name for a state: small letters, digits and hyphens are"),
            ));
        }
        if formats.fields.id(name).is_some() {
            return Err(Misfit::at(key, format!("`{name}` is a field, and cannot be a state as well")));
        }
        let condition = names.read(when)?;
        Reach::new(names, &[]).need(&condition, when)?;
        let verdict = verdict(self.table, self.inherited.clone())?;
        for known in ["verdict", "ready"] {
            table.any(known);
        }
        table.done()?;
        Ok(State { name: name.into(), verdict, condition })
    }
}

/// What a verdict says of a state; where its table says nothing of it, what was said of the one that it stands instead of.
fn verdict(table: NodeRef<'_>, inherited: Option<Verdict>) -> Result<Option<Verdict>, Misfit> {
    let member = |name| table.get(&crate::document::Name::new(name));
    let ready = match member("ready").map(|node| (node, node.kind())) {
        None => None,
        Some((_, Kind::True)) => Some(true),
        Some((_, Kind::False)) => Some(false),
        Some((node, _)) => return Err(Misfit::at(node, "`ready` must be `true` or `false`")),
    };
    let word = member("verdict").map(|node| text("verdict", node)).transpose()?.map(Into::into);
    let before = inherited.as_ref().is_some_and(|verdict| verdict.ready);
    let word = word.or_else(|| inherited.map(|verdict| verdict.word));
    Ok(word.map(|word| Verdict { word, ready: ready.unwrap_or(before) }))
}
