//! What turns text into nodes: one file a syntax.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Arena, Shape};

use self::page::Page;
use self::table::Table;

pub(crate) mod fields;
pub mod json;
mod merge;
pub(crate) mod page;
pub(crate) mod table;
pub mod toml;
pub(crate) mod yaml;

pub(crate) use merge::first_mark;

/// The syntax of a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// JSON, as RFC 8259 has it.
    Json,
    /// A copied page that has these labels.
    Page(Arc<Page>),
    /// A row of a table that has this header.
    Table(Arc<Table>),
    /// YAML 1.2 with its core schema.
    Yaml,
}

/// Where and why a text cannot be read, whatever its syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Why, as a clause.
    pub(crate) reason: Cow<'static, str>,
    /// What to do about it.
    pub(crate) remedy: &'static str,
    /// Bytes of the source text.
    pub(crate) span: Range<usize>,
    /// It is right, but nested deeper than anything a record has.
    pub(crate) too_deep: bool,
}

impl From<json::SyntaxFault> for Fault {
    fn from(fault: json::SyntaxFault) -> Self {
        Self {
            reason: fault.reason.explanation().into(),
            remedy: fault.reason.remedy(),
            span: fault.span,
            too_deep: fault.reason == json::Reason::TooDeep,
        }
    }
}

impl Syntax {
    /// Reads the value that `range` of `text` is into `arena`.
    ///
    /// # Errors
    ///
    /// The first thing that is not as the syntax has it.
    pub(crate) fn scan(&self, text: &str, range: Range<usize>, arena: &mut Arena) -> Result<(), Fault> {
        let own = range.clone();
        let scanned = match self {
            Self::Json => json::scan(text, range, arena).map_err(Fault::from),
            Self::Page(page) => {
                page.scan(text, range, arena);
                Ok(())
            }
            Self::Table(table) => table.scan(text, range, arena),
            Self::Yaml => yaml::scan(text, range, arena),
        };
        scanned.map_err(|fault| merge::or_unfinished(fault, text, &own))
    }

    /// By what name the rule on faults of syntax has its own words for it; none for JSON.
    pub(crate) fn variant(&self) -> Option<&'static str> {
        match self {
            Self::Json | Self::Page(_) => None,
            Self::Table(_) => Some("table"),
            Self::Yaml => Some("yaml"),
        }
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Page(_) => "a copied page",
            Self::Table(_) => "CSV",
            Self::Yaml => "YAML",
        }
    }

    /// What its values are like.
    pub(crate) fn shape(&self) -> Shape {
        match self {
            Self::Json | Self::Yaml => Shape::AsIs,
            Self::Page(_) => Shape::LabelLines,
            Self::Table(_) => Shape::HeaderRow,
        }
    }

    /// The table of which a row is read.
    pub(crate) fn table(&self) -> Option<&Table> {
        match self {
            Self::Json | Self::Page(_) | Self::Yaml => None,
            Self::Table(table) => Some(table),
        }
    }

    /// The page as whose copy a text is read.
    pub(crate) fn page(&self) -> Option<&Page> {
        match self {
            Self::Page(page) => Some(page),
            Self::Json | Self::Table(_) | Self::Yaml => None,
        }
    }
}
