//! What input must know of the formats to find and cut the records of a source.

use std::sync::Arc;

use crate::syntax::page::Page;
use crate::syntax::table::Layout;

use super::catalogue::Formats;
use super::path::Step;

/// Where the records of a large file are, how tables are written, and by what pages are known.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// The lists that envelopes wrap, as the names that lead to them: a large file is cut there.
    pub(crate) lists: Vec<Vec<Box<str>>>,
    /// The layouts of carriers whose records are rows.
    pub(crate) layouts: Vec<Arc<Layout>>,
    /// The labels of carriers whose records are copied pages.
    pub(crate) pages: Vec<Arc<Page>>,
}

impl Formats {
    /// What input must know to cut a source.
    pub(crate) fn cuts(&self) -> Arc<Cuts> {
        let envelopes = self.formats.iter().flat_map(|format| &format.envelopes);
        let of_list = envelopes.filter(|path| {
            let after = path.steps.get(path.leading_keys().count());
            matches!(after, Some(Step::Every | Step::OneOrList))
        });
        let lists = of_list.map(|path| path.leading_keys().map(|name| name.text.clone()).collect()).collect();
        let carriers = self.formats.iter().flat_map(|format| &format.carriers);
        let layouts = carriers.filter_map(|carrier| carrier.layout.clone()).collect();
        Arc::new(Cuts { lists, layouts, pages: self.pages().map(Arc::clone).collect() })
    }
}
