//! Schemas: read into documents, so that frames can show them, and compiled.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, Registry, Retrieve, Uri};
use serde_json::Value;

use crate::document::{Arena, FileMisfit, Kind, Misfit, NodeRef, OwnedDocument, push_token, suggest};
use crate::format::SchemaFile;
use crate::syntax::json;

use super::said::SaidBefore;
use super::tree::{Tree, value};
use super::violation::SchemaPlace;
use super::{Compiled, keywords, words};

/// The name by which the crate knows a schema of ours.
const BUILT_IN: &str = "urn:reclint:built-in";
/// The name of the same schema in the form in which details cost less.
const NARROWED: &str = "urn:reclint:narrowed";
/// What a schema is called that stands in a rule.
const IN_RULE: &str = "the rule";
/// Who asks for details so often is worth a schema compiled again.
const OFTEN_ASKED: u32 = 8;
/// The draft with the smallest meta-schema.
const SMALLEST_DRAFT: &str = "http://json-schema.org/draft-04/schema#";

/// Fetches the text of a schema that another refers to, by its URI; gives the path to show and the text.
pub(crate) type Loader = Arc<dyn Fn(&str) -> Result<(String, String), String> + Send + Sync>;

/// A file that was read: its URI, its path as shown, and its tree.
type ReadFile = (String, Arc<str>, Arc<OwnedDocument>);

/// The schema files that belong together: the one that was named, and those it refers to.
#[derive(Default)]
pub(crate) struct Library {
    files: Mutex<Vec<ReadFile>>,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").finish_non_exhaustive()
    }
}

impl Library {
    fn add(&self, uri: &str, path: &str, document: OwnedDocument) -> Arc<OwnedDocument> {
        let document = Arc::new(document);
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push((uri.to_owned(), path.into(), Arc::clone(&document)));
        document
    }

    fn find(&self, uri: &str) -> Option<(Arc<str>, Arc<OwnedDocument>)> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let found = files.iter().find(|(known, ..)| known == uri);
        found.map(|(_, path, document)| (Arc::clone(path), Arc::clone(document)))
    }
}

/// A schema that records are held to.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The file as shown.
    pub(crate) path: Arc<str>,
    pub(crate) document: Arc<OwnedDocument>,
    pub(crate) validator: Compiled,
    library: Arc<Library>,
    /// It is the user's own: where it is broken is shown.
    pub(crate) is_users: bool,
    /// The schema's file, if it is part of the program.
    file: Option<SchemaFile>,
    /// What says the same, and says for less what is wrong; compiled when much is.
    narrowed: OnceLock<Option<Compiled>>,
    /// How often it was asked what is wrong with a value.
    asked: AtomicU32,
    pub(super) said_before: SaidBefore,
    /// The value that was held to it last broke it.
    pub(super) broken_last: AtomicBool,
}

impl Schema {
    /// Compiles a schema that is part of the program.
    pub(crate) fn built_in(file: &SchemaFile) -> Result<Self, Box<FileMisfit>> {
        Ok(Self { file: Some(file.clone()), ..Self::ours((&file.path, file.text), &file.fragment, BESIDE)? })
    }

    /// Compiles the part `fragment` of a schema that is ours, `text` of what is called `path`.
    fn ours((path, text): (&str, &str), fragment: &str, help: &str) -> Result<Self, Box<FileMisfit>> {
        let document = Arc::new(parse(path, text)?);
        let schema = document.document().root().map(value).unwrap_or_default();
        let validator = compile(BUILT_IN, fragment, &[(BUILT_IN, &schema)])
            .map_err(|error| invalid(path, &document, &error, help))?;
        Ok(Self::new(path, document, validator, Arc::default()))
    }

    fn new(path: &str, document: Arc<OwnedDocument>, validator: Compiled, library: Arc<Library>) -> Self {
        Self {
            path: path.into(),
            document,
            validator,
            library,
            is_users: false,
            file: None,
            narrowed: OnceLock::new(),
            asked: AtomicU32::new(0),
            said_before: SaidBefore::default(),
            broken_last: AtomicBool::new(false),
        }
    }

    /// What says in which ways a value breaks the schema.
    pub(super) fn for_details(&self) -> &Compiled {
        let seldom = |asked: &AtomicU32| {
            asked.load(Ordering::Relaxed) < OFTEN_ASKED && asked.fetch_add(1, Ordering::Relaxed) < OFTEN_ASKED
        };
        if self.file.is_none() || seldom(&self.asked) {
            return &self.validator;
        }
        self.narrowed().unwrap_or(&self.validator)
    }

    /// The same schema, in which each of the record's members has an `anyOf` of itself alone: of that the crate asks first
    /// whether it is valid, which is quicker than to look for what is wrong in it. None where the schema names no members.
    pub(super) fn narrowed(&self) -> Option<&Compiled> {
        let narrow = || {
            let fragment = &*self.file.as_ref()?.fragment;
            let schema = value(self.document.document().root()?);
            let mut narrowed = schema.clone();
            let members = narrowed.pointer_mut(&format!("{fragment}/properties"))?.as_object_mut()?;
            for (name, member) in members {
                let mut reference = format!("{BUILT_IN}#{fragment}/properties");
                push_token(&mut reference, name);
                *member = serde_json::json!({ "anyOf": [{ "$ref": reference }] });
            }
            compile(NARROWED, fragment, &[(BUILT_IN, &schema), (NARROWED, &narrowed)]).ok()
        };
        self.narrowed.get_or_init(narrow).as_ref()
    }

    /// Shows that a schema of ours is a schema, and all its references lead somewhere: too long for each start.
    pub(crate) fn verify(file: &SchemaFile) -> Result<(), Box<FileMisfit>> {
        let SchemaFile { path, text, fragment, .. } = file;
        let document = parse(path, text)?;
        let mut schema = document.document().root().map(value).unwrap_or_default();
        if let (false, Value::Object(members)) = (fragment.is_empty(), &mut schema) {
            // The part applies instead of the whole; the rest stays for its references.
            members.retain(|name, _| name.starts_with('$'));
            members.insert("$ref".to_owned(), format!("#{fragment}").into());
        }
        let options = jsonschema::options_for::<Tree>().with_pattern_options(PatternOptions::regex());
        options.build(&schema).map(|_| ()).map_err(|error| Box::new(invalid(path, &document, &error, BESIDE)))
    }

    /// Compiles a user's schema with the files it refers to. `uri` is its base, `path` its name as shown.
    pub(crate) fn users(path: &str, uri: &str, text: &str, loader: Loader) -> Result<Self, Box<FileMisfit>> {
        let library = Arc::new(Library::default());
        let document = library.add(uri, path, parse(path, text)?);
        let schema = document.document().root().map(value).unwrap_or_default();
        let validator = jsonschema::options_for::<Tree>()
            .with_base_uri(uri)
            .with_retriever(Fetch { library: Arc::clone(&library), loader })
            .build(&schema)
            .map_err(|error| invalid(path, &document, &error, BESIDE))?;
        Ok(Self { is_users: true, ..Self::new(path, document, validator, library) })
    }

    /// Compiles the schema that stands in a rule, as a table.
    pub(crate) fn in_rule(node: NodeRef<'_>) -> Result<Self, Misfit> {
        let text = Self::text_in_rule(node)?;
        compile_alone(&value(node)).map_err(|error| misfit_of(node, &error, WITHIN))?;
        Self::of_rule(IN_RULE, &text).map_err(|unlikely| Misfit::at(node, unlikely.misfit.message))
    }

    /// The schema that stands in a rule, as a table: as JSON it is one document of its own, whose pointers are those of the
    /// crate.
    pub(crate) fn text_in_rule(node: NodeRef<'_>) -> Result<String, Misfit> {
        keywords::are_known(node)?;
        Ok(value(node).to_string())
    }

    /// Compiles the schema of a rule that is part of the program.
    pub(crate) fn of_our_rule(text: &str) -> Result<Self, Box<FileMisfit>> {
        Self::ours((IN_RULE, text), "", WITHIN)
    }

    /// Compiles the schema of a rule, the whole `text` of the file at `path`. What it refers to must be in it.
    pub(crate) fn of_rule(path: &str, text: &str) -> Result<Self, Box<FileMisfit>> {
        let document = Arc::new(parse(path, text)?);
        let schema = document.document().root().map(value).unwrap_or_default();
        let validator = compile_alone(&schema).map_err(|error| invalid(path, &document, &error, WITHIN))?;
        // The rule speaks for it: where it is broken is not shown, as it is of a schema that speaks for itself.
        Ok(Self::new(path, document, validator, Arc::default()))
    }

    /// The file and the pointer within it that a keyword's location leads to.
    pub(super) fn place(&self, absolute: Option<&str>, pointer: &str) -> (Arc<str>, Arc<OwnedDocument>, String) {
        let elsewhere = absolute.and_then(|uri| {
            let (file, fragment) = uri.split_once('#')?;
            let (path, document) = self.library.find(file)?;
            let pointer = percent_decoded(fragment);
            let leads_somewhere = document.document().root()?.resolve(&pointer).is_some();
            leads_somewhere.then_some((path, document, pointer))
        });
        elsewhere.unwrap_or_else(|| (Arc::clone(&self.path), Arc::clone(&self.document), pointer.to_owned()))
    }
}

impl SchemaPlace {
    /// The place in its schema that `pointer` leads to.
    pub(super) fn find(path: Arc<str>, document: Arc<OwnedDocument>, pointer: &str) -> Self {
        let span = document.document().root().and_then(|root| {
            let node = root.resolve(pointer)?;
            // A keyword's line says more than its value alone.
            let key = node.parent().and_then(|(_, key)| key);
            let start = key.map_or(node.span().start, |key| key.span().start);
            let end =
                if matches!(node.kind(), Kind::Object | Kind::Array) { node.span().start + 1 } else { node.span().end };
            Some(start..end)
        });
        Self { path, document, pointer: pointer.to_owned(), span: span.unwrap_or(0..0) }
    }
}

/// Undoes `%` escapes of a URI's fragment.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = if byte == b'%' { after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()) } else { None };
        if let Some(value) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(value);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Compiles the part `fragment` of the schema with the name `uri`, which is one of `schemas`.
///
/// What the crate is given it holds to a meta-schema, which costs as much as all the rest; what that refers to it does not.
/// So it is given a reference, in the draft with the smallest one. That ours are schemas `verify` shows.
fn compile(
    uri: &str,
    fragment: &str,
    schemas: &[(&str, &Value)],
) -> Result<Compiled, jsonschema::ValidationError<'static>> {
    let reference = serde_json::json!({ "$schema": SMALLEST_DRAFT, "$ref": format!("{uri}#{fragment}") });
    let mut registry = Registry::new();
    for (uri, schema) in schemas {
        registry = registry.add(*uri, *schema)?;
    }
    let registry = registry.prepare()?;
    jsonschema::options_for::<Tree>()
        .with_registry(&registry)
        // None of ours looks ahead or back: the simpler engine is compiled in half the time.
        .with_pattern_options(PatternOptions::regex())
        .build(&reference)
        .map_err(jsonschema::ValidationError::to_owned)
}

fn parse(path: &str, text: &str) -> Result<OwnedDocument, Box<FileMisfit>> {
    let mut arena = Arena::new();
    match json::scan(text, 0..text.len(), &mut arena) {
        Ok(()) => Ok(OwnedDocument::new(text.into(), arena)),
        Err(fault) => {
            let message = format!("the schema is no JSON: {}", fault.reason.explanation());
            let misfit = Misfit { message, span: fault.span, help: None };
            Err(Box::new(FileMisfit { path: path.into(), text: text.into(), misfit }))
        }
    }
}

/// Compiles a schema that refers to nothing but itself.
fn compile_alone(schema: &Value) -> Result<Compiled, jsonschema::ValidationError<'static>> {
    let loader: Loader = Arc::new(|uri| Err(format!("{uri} is not part of the schema")));
    jsonschema::options_for::<Tree>()
        .with_base_uri("schema:///schema.json")
        .with_retriever(Fetch { library: Arc::default(), loader })
        .build(schema)
        .map_err(jsonschema::ValidationError::to_owned)
}

/// Where references are followed.
const BESIDE: &str =
    "references are followed within the schema and to files beside it; reclint does not use the network";
const WITHIN: &str = "references of a rule's schema are followed within it";
/// The types of JSON Schema.
const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// Why the crate refuses a schema, at its place in the schema's file.
fn invalid(path: &str, document: &OwnedDocument, error: &jsonschema::ValidationError<'_>, help: &str) -> FileMisfit {
    let misfit = match document.document().root() {
        Some(root) => misfit_of(root, error, help),
        None => Misfit { message: "the schema is empty".to_owned(), span: 0..0, help: None },
    };
    FileMisfit { path: path.into(), text: document.text().into(), misfit }
}

/// Why the crate refuses the schema `root`, at its place in it; `help` says where its references are followed.
fn misfit_of(root: NodeRef<'_>, error: &jsonschema::ValidationError<'_>, help: &str) -> Misfit {
    let pointer = error.instance_path();
    let node = root.resolve(pointer.as_str()).unwrap_or(root);
    match error.kind() {
        ValidationErrorKind::Referencing(reference) => {
            let said = reference.to_string();
            let node = find_reference(root, &said).unwrap_or(root);
            let why = said.rsplit("retrieving it failed: ").next().unwrap_or(&said);
            Misfit::at(node, format!("this reference leads nowhere: {why}")).help(help)
        }
        ValidationErrorKind::AnyOf { .. } if pointer.as_str().ends_with("/type") && node.text().is_some() => {
            let word = node.text().unwrap_or_default();
            Misfit::at(node, format!("JSON Schema has no type `{word}`")).help(suggest(word, TYPES))
        }
        kind => {
            let said = words::of_kind(kind, node, "this part of the schema").message;
            Misfit::at(node, format!("this is not a valid JSON Schema: {said}"))
        }
    }
}

/// The `$ref` that a message about an unresolvable reference speaks of.
fn find_reference<'a>(node: NodeRef<'a>, said: &str) -> Option<NodeRef<'a>> {
    let mut inner = node.elements().chain(node.members().map(|(_, value)| value));
    let own = node.members().find(|(key, value)| {
        let target = value.text().unwrap_or_default();
        let file = target.split('#').next().unwrap_or_default().trim_start_matches("./");
        let named = if file.is_empty() { target.trim_start_matches('#') } else { file };
        key.text() == Some("$ref") && !named.is_empty() && said.contains(named)
    });
    own.map(|(_, value)| value).or_else(|| inner.find_map(|child| find_reference(child, said)))
}

/// Gives the crate the files beside a schema, and keeps them for frames.
struct Fetch {
    library: Arc<Library>,
    loader: Loader,
}

impl Retrieve for Fetch {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let (path, text) = (self.loader)(uri.as_str())?;
        let document = parse(&path, &text).map_err(|misfit| format!("{path}: {}", misfit.misfit.message))?;
        let document = self.library.add(uri.as_str(), &path, document);
        Ok(document.document().root().map(value).unwrap_or_default())
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use super::{parse, value};
    use crate::embedded::{File, Files};

    #[test]
    fn built_in_schemas_are_schemas() {
        let mut number = 0;
        for File { path, text, .. } in Files::built_in().all("schemas/", ".schema.json") {
            let document = parse(path, text).expect("it is JSON");
            let schema = document.document().root().map(value).unwrap_or_default();
            assert!(jsonschema::meta::validate(&schema).is_ok(), "{path}");
            number += 1;
        }
        assert!(number > 1);
    }
}
