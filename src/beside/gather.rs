//! Finding what lies beside a record: other records in its folder, and the manifests there, else in the nearest folder
//! above that has some.

use std::sync::Arc;

use crate::document::{Arena, Document, Segment, Source};
use crate::format::{Carrier, Extract, Fields, Format, Formats, Found};
use crate::paths::beside;
use crate::syntax::{Syntax, fields, toml};

use super::kinds::{self, Kinds, Manifest};
use super::says::Spots;
use super::{Beside, Other, Says};

/// A file of more bytes is no manifest, and no record that somebody wrote.
pub(crate) const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The files round a record.
pub(crate) struct Around<'a> {
    /// The record's file, as it is shown.
    pub(crate) path: &'a str,
    /// So many folders above its own belong to the same repository.
    pub(crate) above: usize,
    /// The text of a file, named from the record's folder: `Cargo.toml`, `../Cargo.toml`. Nothing if there is none, or one of
    /// more than [`MOST_BYTES`].
    pub(crate) read: &'a mut dyn FnMut(&str) -> Option<String>,
    /// The file that is so named is judged itself.
    pub(crate) is_judged: &'a dyn Fn(&str) -> bool,
}

/// What lies beside the record; nothing if its file is not called as such records are.
pub(crate) fn gather((kinds, formats): (&Kinds, &Formats), around: &mut Around<'_>) -> Option<Beside> {
    let rank = kinds.rank(around.path)?;
    let mut reader = Reader { kinds, formats, arena: Arena::new(), around };
    let mut others = reader.records(rank);
    others.extend(reader.manifests(&kinds.records[rank]));
    let name = &kinds.records[rank];
    Some(Beside { no_software: kinds.no_software(name), name: name.clone(), rank, others, releases: Vec::new() })
}

struct Reader<'r, 'a> {
    kinds: &'r Kinds,
    formats: &'r Formats,
    arena: Arena,
    around: &'r mut Around<'a>,
}

impl<'r> Reader<'r, '_> {
    /// The text of a file without its mark, and the segment that it is of the file.
    fn text(&mut self, name: &str) -> Option<(String, Segment)> {
        let text = (self.around.read)(name)?;
        let whole = Segment::whole(beside(self.around.path, name).into());
        Some(match text.strip_prefix('\u{feff}') {
            Some(rest) => (rest.to_owned(), Segment { base_byte: (text.len() - rest.len()) as u64, ..whole }),
            None => (text, whole),
        })
    }

    /// The other records in the folder.
    fn records(&mut self, own: usize) -> Vec<Other> {
        let names = self.kinds.records.iter().enumerate().filter(|(rank, _)| *rank != own);
        names.filter_map(|(rank, name)| self.record(rank, name)).collect()
    }

    fn record(&mut self, rank: usize, name: &str) -> Option<Other> {
        let (text, segment) = self.text(name)?;
        let path = Arc::clone(&segment.path);
        let segments = [segment];
        let syntax = if name.ends_with("json") { Syntax::Json } else { Syntax::Yaml };
        syntax.scan(&text, 0..text.len(), &mut self.arena).ok()?;
        let document = Document::new(&text, &self.arena);
        let mut found: Option<(&Format, &Carrier)> = None;
        let root = document.root()?;
        // What is a list, or wraps its records, describes no single thing.
        self.formats.find(root, (&syntax, name), &mut |one| {
            if let Found::Record { format, carrier, root } = one
                && root.index == 0
            {
                found = Some((format, carrier));
            }
        });
        let (_, carrier) = found?;
        let table = &self.formats.fields;
        let mut extract = Extract::new(table);
        carrier.trie(table).walk(root, &mut extract);
        let fields = Fields { document: &document, extract: &extract };
        let says = Says::of_other(fields, table, &Spots(&Source::new(&text, &segments)));
        let is_judged = (self.around.is_judged)(name);
        Some(Other { name: name.into(), path, rank: Some(rank), is_above: false, is_judged, says })
    }

    /// The manifests of the nearest folder that has some. Where one further up has a record called as `own`, what lies
    /// there is that record's business.
    fn manifests(&mut self, own: &str) -> Vec<Other> {
        let mut folder = String::new();
        let most = if self.kinds.is_of_its_folder(own) { 0 } else { self.around.above };
        for above in 0..=most {
            if above > 0 {
                folder.push_str("../");
                if self.text(&format!("{folder}{own}")).is_some() {
                    break;
                }
            }
            let found = self.manifests_in(&folder, above);
            if !found.is_empty() {
                return found.into_iter().map(|other| Other { is_above: above > 0, ..other }).collect();
            }
            // A package that says nothing here is one of its own all the same.
            let kinds: &'r Kinds = self.kinds;
            if kinds.package_files().any(|name| self.is_there(&format!("{folder}{name}"))) {
                break;
            }
        }
        Vec::new()
    }

    fn manifests_in(&mut self, folder: &str, above: usize) -> Vec<Other> {
        let mut found = Vec::new();
        let kinds: &'r Kinds = self.kinds;
        // What counts alone comes last.
        let (others, alone): (Vec<_>, Vec<_>) = kinds.manifests.iter().partition(|manifest| !manifest.alone);
        let mut has_package = false;
        for manifest in others {
            has_package |= self.is_there(&format!("{folder}{}", manifest.name));
            let Some(other) = self.manifest(manifest, folder, false) else { continue };
            let left = if other.says.inherits { self.above(manifest, folder, above) } else { None };
            let left = left.map(|left| Other { says: left.says.without(&other.says), ..left });
            found.push(other);
            found.extend(left);
        }
        for manifest in alone {
            let Some(other) = self.manifest(manifest, folder, false) else { continue };
            has_package = has_package || kinds.packages.iter().any(|name| self.is_there(&format!("{folder}{name}")));
            if other.says.package.is_some() && !has_package {
                found.push(other);
            }
        }
        found
    }

    fn is_there(&mut self, name: &str) -> bool {
        (self.around.read)(name).is_some()
    }

    /// The nearest manifest of the same name that says what one leaves to it.
    fn above(&mut self, manifest: &Manifest, folder: &str, above: usize) -> Option<Other> {
        let mut folder = folder.to_owned();
        for _ in above..=self.around.above {
            let found = self.manifest(manifest, &folder, true);
            let says_some = |other: &Other| {
                let Says { version, licenses, people, .. } = &other.says;
                version.is_some() || !licenses.is_empty() || !people.is_empty()
            };
            if let Some(found) = found.filter(says_some) {
                return Some(found);
            }
            folder.push_str("../");
        }
        None
    }

    /// A manifest; where it `is_above`, what those below leave to it.
    fn manifest(&mut self, manifest: &Manifest, folder: &str, is_above: bool) -> Option<Other> {
        let name = format!("{folder}{}", manifest.name);
        let (text, segment) = self.text(&name)?;
        match manifest.syntax {
            kinds::Syntax::Toml => toml::read(&text, &mut self.arena).ok()?,
            kinds::Syntax::Json => Syntax::Json.scan(&text, 0..text.len(), &mut self.arena).ok()?,
            kinds::Syntax::Fields => fields::read(&text, &mut self.arena),
        }
        let path = Arc::clone(&segment.path);
        let segments = [segment];
        let document = Document::new(&text, &self.arena);
        let source = Source::new(&text, &segments);
        let says = Says::of_manifest(&document, (self.kinds, manifest), &Spots(&source), is_above)?;
        Some(Other { name: name.into(), path, rank: None, is_above: false, is_judged: false, says })
    }
}
