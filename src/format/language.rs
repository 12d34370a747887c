//! The languages of reports: what fields are called and the words of worklists, by `schemas/labels/<language>.toml`. The
//! English labels stand with the fields.

use std::sync::Arc;

use crate::document::{FileMisfit, Kind, Misfit, NodeRef, Table, text};
use crate::embedded::{File, Files};

use super::catalogue::{Format, Formats};
use super::field::{FieldId, FieldTable};
use super::read::read_file;

/// The words of reports in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The language, as HTML names it; nothing is English.
    language: Box<str>,
    /// The English ones and what they are.
    pairs: Vec<(Box<str>, Box<str>)>,
}

impl Words {
    /// The language, as HTML names it.
    pub(crate) fn language(&self) -> &str {
        if self.language.is_empty() { "en" } else { &self.language }
    }

    /// All words: the English ones and what they are.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(english, own)| (&**english, &**own))
    }

    /// What this English word is called.
    pub(crate) fn say<'w>(&'w self, word: &'w str) -> &'w str {
        self.pairs.iter().find(|(english, _)| **english == *word).map_or(word, |(_, own)| own)
    }

    /// What it is called, if that is known.
    #[cfg(test)]
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.pairs.iter().any(|(english, _)| **english == *word)
    }
}

/// A name for a field, in the records of one format or of all.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// The number of the format.
    pub(crate) format: Option<usize>,
    pub(crate) field: FieldId,
    pub(crate) text: Arc<str>,
}

/// One language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Language {
    pub(crate) words: Words,
    pub(crate) labels: Vec<Label>,
}

/// The languages there are.
fn languages(files: &Files) -> impl Iterator<Item = (&'static str, File<'static>)> {
    const FOLDER: &str = "schemas/labels/";
    let name = |file: &File<'static>| file.path[FOLDER.len()..].trim_end_matches(".toml");
    files.all(FOLDER, ".toml").map(move |file| (name(&file), file))
}

impl Formats {
    /// The names of the languages there are.
    pub(crate) fn languages(files: &Files) -> Vec<&'static str> {
        languages(files).map(|(name, _)| name).collect()
    }

    /// The language of this name.
    pub(crate) fn language(&self, files: &Files, name: &str) -> Result<Option<Language>, FileMisfit> {
        let file = languages(files).find(|(known, _)| *known == name).map(|(_, file)| file);
        file.map(|file| read_file(file, file.text, |root| read_language(name, root, self))).transpose()
    }

    /// Calls the fields so: what comes later wins, and what is said of one format where all are meant as well.
    pub(crate) fn relabel(&mut self, labels: &[Label]) {
        for Label { format, field, text } in labels {
            if let Some(format) = format {
                self.formats[*format].relabel(*field, text);
            } else {
                self.fields.relabel(*field, text);
                self.formats.iter_mut().for_each(|format| format.labels.retain(|(own, _)| own != field));
            }
        }
    }
}

impl Format {
    fn relabel(&mut self, field: FieldId, label: &Arc<str>) {
        self.labels.retain(|(own, _)| *own != field);
        self.labels.push((field, Arc::clone(label)));
    }
}

fn read_language(name: &str, root: NodeRef<'_>, formats: &Formats) -> Result<Language, Misfit> {
    let mut table = Table::new(root)?;
    table.need_text("title")?;
    let mut pairs = Vec::new();
    if let Some(node) = table.any("words") {
        for (key, value) in node.members() {
            pairs.push((key.raw_text().into(), text("a word", value)?.into()));
        }
    }
    let labels = table.any("labels").map_or_else(|| Ok(Vec::new()), |node| read_labels(node, formats))?;
    table.done()?;
    Ok(Language { words: Words { language: name.into(), pairs }, labels })
}

/// Reads a table of labels: each key is a field with its label, or a format with a table of its own. Those of formats come
/// last.
pub(crate) fn read_labels(node: NodeRef<'_>, formats: &Formats) -> Result<Vec<Label>, Misfit> {
    Table::new(node)?;
    let (mut of_all, mut of_formats) = (Vec::new(), Vec::new());
    for (key, value) in node.members() {
        if value.kind() != Kind::Object {
            of_all.push(read_label(None, (key, value), &formats.fields)?);
            continue;
        }
        let format = formats.need(key)?.number;
        for member in value.members() {
            of_formats.push(read_label(Some(format), member, &formats.fields)?);
        }
    }
    of_all.append(&mut of_formats);
    Ok(of_all)
}

fn read_label(
    format: Option<usize>,
    (key, value): (NodeRef<'_>, NodeRef<'_>),
    fields: &FieldTable,
) -> Result<Label, Misfit> {
    let field = fields.need(key.raw_text(), key)?;
    let label = text("a label", value)?.trim();
    if label.is_empty() {
        return Err(Misfit::at(value, "this label is empty").help("remove it, and the field keeps its own"));
    }
    Ok(Label { format, field, text: label.into() })
}
