//! Reads `schemas/<format>/format.toml`. A name in it that stands for nothing is refused here: later it would be
//! silence.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::document::{Arena, Document, FileMisfit, Misfit, NodeRef, Shape, Table, suggest, text};
use crate::embedded::{File, Files};
use crate::syntax::table::Layout;
use crate::syntax::toml;

use super::carrier::{Carrier, SchemaFile};
use super::catalogue::{Format, NotBorne, Other};
use super::crosswalk::Crosswalk;
use super::entities::LookUp;
use super::field::{FieldId, FieldSet, FieldTable};
use super::link::Link;
use super::path::Path;
use super::recognise::patterns;
use super::vocabulary::{List, ListReader, Vocabulary};

/// Reads the TOML of a file through `read`.
pub(crate) fn read_toml<T>(
    path: &str,
    content: &str,
    read: impl FnOnce(NodeRef<'_>) -> Result<T, Misfit>,
) -> Result<T, FileMisfit> {
    let mut arena = Arena::new();
    let in_file = |misfit| FileMisfit { path: path.into(), text: content.into(), misfit };
    toml::read(content, &mut arena)
        .map_err(|fault| in_file(Misfit { message: fault.message, span: fault.span, help: None }))?;
    let document = Document::new(content, &arena);
    match document.root() {
        Some(root) => read(root).map_err(in_file),
        None => Err(in_file(Misfit { message: "the file is empty".to_owned(), span: 0..0, help: None })),
    }
}

/// Reads `text`, the TOML of a file that a catalogue is read from, through `read`.
pub(crate) fn read_file<'f, T>(
    file: File<'f>,
    text: &'f str,
    read: impl FnOnce(NodeRef<'_>) -> Result<T, Misfit>,
) -> Result<T, FileMisfit> {
    let document = file.document(text);
    match document.as_ref().and_then(Document::root) {
        Some(root) => read(root).map_err(|misfit| FileMisfit { path: file.path.into(), text: text.into(), misfit }),
        None => read_toml(file.path, text, read),
    }
}

/// Reads a format from the root of `file`, one of `files`.
pub(super) fn read_format(
    root: NodeRef<'_>,
    (fields, vocabularies): (&FieldTable, &[Arc<Vocabulary>]),
    files: &Files,
    file: File<'static>,
    number: usize,
) -> Result<Format, Misfit> {
    let mut table = Table::new(root)?;
    let crosswalk = table.any("crosswalk").ok_or_else(|| Misfit::at(root, "`[crosswalk]` is missing"))?;
    let crosswalk = Arc::new(Crosswalk::read(crosswalk, fields)?);
    let folder = file.path.trim_end_matches("format.toml");
    let carriers: Vec<_> = table
        .list("carrier")
        .into_iter()
        .enumerate()
        .map(|(number, node)| read_carrier(node, &crosswalk, (files, folder), number))
        .collect::<Result<_, _>>()?;
    let format = Format {
        number,
        name: read_name(&mut table, folder)?,
        title: table.need_text("title")?.into(),
        describes: table.need_text("describes")?.into(),
        not_borne: table
            .list("not-borne")
            .into_iter()
            .map(|node| read_not_borne(node, fields, &carriers))
            .collect::<Result<_, _>>()?,
        others: table.list("other").into_iter().map(read_other).collect::<Result<_, _>>()?,
        envelopes: table.list("envelope").into_iter().map(path).collect::<Result<_, _>>()?,
        labels: read_labels(&mut table, fields)?,
        mapped: if carriers.is_empty() {
            FieldSet::default()
        } else {
            crosswalk.routes.iter().map(|route| route.field).collect()
        },
        lists: read_lists(&mut table, fields, vocabularies)?,
        links: table.list("link").into_iter().map(|node| Link::read(node, fields)).collect::<Result<_, _>>()?,
        source: None,
        carriers,
        file,
    };
    table.done()?;
    Ok(format)
}

/// The lists of the format's standard.
fn read_lists(
    table: &mut Table<'_>,
    fields: &FieldTable,
    vocabularies: &[Arc<Vocabulary>],
) -> Result<Vec<List>, Misfit> {
    let reader = ListReader { fields, formats: &[], vocabularies, files: false };
    table.any("lists").map_or_else(|| Ok(Vec::new()), |node| reader.read(node))
}

/// The format's name, by which its folder goes as well.
fn read_name(table: &mut Table<'_>, folder: &str) -> Result<Box<str>, Misfit> {
    let name = table.need_text("name")?;
    let own = folder.trim_start_matches("schemas/").trim_end_matches('/');
    match table.any("name") {
        Some(node) if name != own => {
            Err(Misfit::at(node, format!("the format's name is that of its folder: `{own}`"))
                .help("rename one of them"))
        }
        _ => Ok(name.into()),
    }
}

/// A path from a value itself: there are no bases.
fn path(node: NodeRef<'_>) -> Result<Path, Misfit> {
    Path::direct(text("path", node)?).map_err(|fault| fault.at(node))
}

/// The same where the carrier's references are looked up: where a body or a base begins.
fn beginning(node: NodeRef<'_>) -> Result<Path, Misfit> {
    Path::without_base(text("path", node)?).map_err(|fault| fault.at(node))
}

fn optional_path(table: &mut Table<'_>, name: &'static str) -> Result<Option<Path>, Misfit> {
    table.any(name).map(path).transpose()
}

fn read_carrier(
    node: NodeRef<'_>,
    crosswalk: &Arc<Crosswalk>,
    (files, folder): (&Files, &str),
    number: usize,
) -> Result<Carrier, Misfit> {
    let mut table = Table::new(node)?;
    let body = table.any("body").map(beginning).transpose()?.unwrap_or_default();
    let name = table.need_text("name")?;
    let bases = read_bases(&mut table)?;
    if let Some((base, span)) = missing_base(crosswalk, &bases) {
        let message = format!("the carrier `{name}` has no base `{base}`");
        let misfit = Misfit { message, span, help: None }.within(&(0..base.len() + 1));
        return Err(misfit.help(format!(
            "give that carrier `bases = {{ {base} = \"/...\" }}`; a member named `@{base}` is `/@{base}`"
        )));
    }
    let look_up = table.any("look-up").map(LookUp::read).transpose()?;
    if look_up.is_none()
        && let Some(route) = crosswalk.routes.iter().find(|route| route.path.looks_up())
    {
        let message = format!("the carrier `{name}` does not say where this is looked up");
        let misfit = Misfit { message, span: route.span.clone(), help: None };
        return Err(misfit.help("give that carrier `look-up = { in = \"/...\", by = \"...\" }`"));
    }
    let schema = table.any("schema").map(|node| read_schema(node, files, folder)).transpose()?;
    let shape = table.any("shape").map(read_shape).transpose()?.unwrap_or_default();
    let layout = table.any("table").map(Layout::read).transpose()?.map(Arc::new);
    if layout.is_some() != (shape == Shape::HeaderRow) {
        return Err(Misfit::at(
            node,
            "a carrier of the shape `header-row` says under `table` how it is written, and no other does",
        ));
    }
    let carrier = Carrier {
        number,
        name: name.into(),
        title: table.need_text("title")?.into(),
        shape,
        layout,
        patterns: patterns(&mut table)?,
        names: table.texts("names")?.into_iter().map(|(name, _)| name.into()).collect(),
        schema,
        schema_at: optional_path(&mut table, "schema-at")?.unwrap_or_else(|| body.clone()),
        body,
        bases,
        crosswalk: Arc::clone(crosswalk),
        look_up,
        trie: OnceLock::new(),
        page: None,
        labelled: FieldSet::default(),
    };
    table.done()?;
    Ok(carrier)
}

/// The beginnings of paths, by their names.
pub(super) type Bases = Vec<(Box<str>, Path)>;

/// The bases that a carrier gives.
pub(super) fn read_bases(table: &mut Table<'_>) -> Result<Bases, Misfit> {
    let mut bases: Bases = vec![("root".into(), Path::default())];
    if let Some(node) = table.any("bases") {
        for (key, value) in node.members() {
            bases.push((key.raw_text().into(), beginning(value)?));
        }
    }
    Ok(bases)
}

/// A base that the crosswalk uses and a carrier has not, and the bytes of the path that uses it.
pub(super) fn missing_base<'c>(crosswalk: &'c Crosswalk, bases: &Bases) -> Option<(&'c str, Range<usize>)> {
    let has = |base: &str| bases.iter().any(|(name, _)| **name == *base);
    crosswalk.routes.iter().find_map(|route| {
        let base = route.path.base.as_deref().filter(|base| !has(base))?;
        Some((base, route.span.clone()))
    })
}

/// What a carrier's values are like.
fn read_shape(node: NodeRef<'_>) -> Result<Shape, Misfit> {
    const SHAPES: [(&str, Shape); 2] = [("as-is", Shape::AsIs), ("header-row", Shape::HeaderRow)];
    let written = text("shape", node)?;
    let found = SHAPES.iter().find(|(name, _)| *name == written).map(|(_, shape)| *shape);
    found.ok_or_else(|| {
        Misfit::at(node, format!("there is no shape `{written}`")).help(suggest(written, SHAPES.map(|(name, _)| name)))
    })
}

/// The schema that `node` names: a file of the format's folder, and after `#` the part that applies.
fn read_schema(node: NodeRef<'_>, files: &Files, folder: &str) -> Result<SchemaFile, Misfit> {
    let written = text("schema", node)?;
    let (name, fragment) = written.split_once('#').unwrap_or((written, ""));
    let path = format!("{folder}{name}");
    let Some(file) = files.get(&path) else {
        let beside: Vec<_> = files.all(folder, ".schema.json").map(|file| &file.path[folder.len()..]).collect();
        let misfit = Misfit::at(node, format!("there is no file `{path}`")).within(&(0..name.len()));
        return Err(if beside.is_empty() { misfit } else { misfit.help(suggest(name, beside)) });
    };
    Ok(SchemaFile { path: path.into(), text: file.text, fragment: fragment.into(), span: node.span() })
}

fn read_not_borne(node: NodeRef<'_>, fields: &FieldTable, carriers: &[Carrier]) -> Result<NotBorne, Misfit> {
    let mut table = Table::new(node)?;
    let not_borne = NotBorne {
        fields: table
            .texts("fields")?
            .into_iter()
            .map(|(name, node)| fields.need(name, node))
            .collect::<Result<_, _>>()?,
        carriers: table
            .texts("carriers")?
            .into_iter()
            .map(|(name, node)| {
                let known = carriers.iter().map(|carrier| &*carrier.name);
                if known.clone().any(|known| known == name) {
                    return Ok(name.into());
                }
                Err(Misfit::at(node, format!("there is no carrier `{name}`")).help(suggest(name, known)))
            })
            .collect::<Result<_, _>>()?,
        unless: optional_path(&mut table, "unless")?,
        reason: table.need_text("reason")?.into(),
        remedy: table.need_text("remedy")?.into(),
    };
    table.done()?;
    Ok(not_borne)
}

fn read_other(node: NodeRef<'_>) -> Result<Other, Misfit> {
    let mut table = Table::new(node)?;
    let other = Other { name: table.need_text("name")?.into(), patterns: patterns(&mut table)? };
    table.done()?;
    Ok(other)
}

fn read_labels(table: &mut Table<'_>, fields: &FieldTable) -> Result<Vec<(FieldId, Arc<str>)>, Misfit> {
    let Some(node) = table.any("labels") else { return Ok(Vec::new()) };
    node.members().map(|(key, value)| Ok((fields.need(key.raw_text(), key)?, text("labels", value)?.into()))).collect()
}
