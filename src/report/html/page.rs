//! The writer's half: the page round the data, and the data in blocks.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use memchr::{memchr, memchr2};

use crate::spool::Spool;

use super::super::{Assembler, Rendered, Summary, Words, counted};
use super::rows::{AGAIN, DETAILS, INDEX};
use super::seal::{base64, seal};

/// How a page begins; behind its language comes what it is known by, within so many bytes.
pub(super) const BEGIN: &str = "<!doctype html>\n<html lang=\"";
pub(super) const MARK: &str = "\" data-reclint=\"page\">\n";
pub(super) const LONGEST_TAG: usize = 80;

const STYLE: &str = include_str!("page.css");
const BODY: &str = include_str!("page.html");
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("data.js"),
    include_str!("notes.js"),
    include_str!("draw.js"),
    include_str!("overview.js"),
    include_str!("list.js"),
    include_str!("record.js"),
    include_str!("page.js"),
);

/// A block is written when it has so many bytes.
const BLOCK: usize = 256 * 1024;
/// So many texts get a number, if they are no longer than this.
const MOST_TEXTS: usize = 32_768;
const LONGEST_TEXT: usize = 600;
/// So many bytes of packed details wait in memory.
const MOST_WAITING: usize = 1024 * 1024;

/// Writes the page.
pub(super) struct Page {
    head: String,
    words: Arc<Words>,
    /// The lines of the index, and the values of as many records, that are not packed yet.
    index: Vec<u8>,
    details: Vec<u8>,
    /// The blocks of details, which come last: the page is there for its reader before the browser has come to them.
    waiting: Spool,
    /// The texts that have come, and their numbers.
    texts: HashMap<Box<[u8]>, usize, foldhash::fast::RandomState>,
}

impl Page {
    pub(super) fn new(head: String, words: Arc<Words>) -> Self {
        let waiting = Spool::new(MOST_WAITING);
        Self { head, words, index: Vec::new(), details: Vec::new(), waiting, texts: HashMap::default() }
    }

    /// Takes a line of the index, with numbers for the texts that have come before.
    fn line(&mut self, mut line: &[u8]) {
        if !self.index.is_empty() {
            self.index.extend_from_slice(b",\n");
        }
        while let Some(at) = memchr(AGAIN, line) {
            self.index.extend_from_slice(&line[..at]);
            let rest = &line[at + 1..];
            let end = memchr(AGAIN, rest).unwrap_or(rest.len());
            self.text(&rest[..end]);
            line = rest.get(end + 1..).unwrap_or_default();
        }
        self.index.extend_from_slice(line);
    }

    /// A text that may come again: its number if it has come.
    fn text(&mut self, text: &[u8]) {
        if let Some(number) = self.texts.get(text) {
            self.index.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
            return;
        }
        let is_kept = self.texts.len() < MOST_TEXTS && text.len() <= LONGEST_TEXT;
        if is_kept {
            self.texts.insert(text.into(), self.texts.len());
        }
        // One that gets the next number stands in a list of its own.
        self.index.extend_from_slice(if is_kept { b"[" } else { b"" });
        self.index.extend_from_slice(text);
        self.index.extend_from_slice(if is_kept { b"]" } else { b"" });
    }

    /// Writes the index as far as there is one, and packs the details.
    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<template class=\"index\">[")?;
        data(&self.index, out)?;
        out.write_all(b"]</template>\n")?;
        // A browser takes its time for each byte of a page, and details are looked at one by one.
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(b"[")?;
        packer.write_all(&self.details)?;
        packer.write_all(b"]")?;
        self.waiting.write_all(b"<template class=\"details\">")?;
        self.waiting.write_all(base64(&packer.finish()?).as_bytes())?;
        self.waiting.write_all(b"</template>\n")?;
        self.index.clear();
        self.details.clear();
        Ok(())
    }
}

impl Assembler for Page {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let policy = format!(
            "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            seal(SCRIPT),
            seal(STYLE)
        );
        let (language, title) = (self.words.language(), self.words.say("Review of records"));
        write!(
            out,
            "{BEGIN}{language}{MARK}<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title} · reclint</title>\n<style>{STYLE}</style>\n</head>\n{BODY}\n\
             <script type=\"application/json\" id=\"head\">"
        )?;
        data(self.head.as_bytes(), out)?;
        out.write_all(b"</script>\n")
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        let mut rest = rendered.bytes.as_slice();
        while let Some((sign, after)) = rest.split_first() {
            let end = memchr2(INDEX, DETAILS, after).unwrap_or(after.len());
            if *sign == DETAILS {
                if !self.details.is_empty() {
                    self.details.extend_from_slice(b",\n");
                }
                self.details.extend_from_slice(&after[..end]);
            } else {
                self.line(&after[..end]);
            }
            rest = &after[end..];
        }
        if self.index.len() + self.details.len() >= BLOCK { self.flush(out) } else { Ok(()) }
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.flush(out)?;
        out.write_all(b"<script type=\"application/json\" id=\"summary\">")?;
        data(serde_json::to_string(summary)?.as_bytes(), out)?;
        out.write_all(b"</script>\n<noscript><p lang=\"en\">This page needs JavaScript, which is part of it. ")?;
        write!(out, "It is about {}.</p></noscript>\n<script>{SCRIPT}</script>\n", counted(summary.records, "record"))?;
        io::copy(&mut self.waiting.read()?, out)?;
        out.write_all(b"</body>\n</html>\n")
    }
}

/// Writes JSON so that nothing in it can end the element it stands in, or is read there as a sign for another character:
/// `<` and `&` are found in its texts alone.
fn data(mut json: &[u8], out: &mut dyn Write) -> io::Result<()> {
    while let Some(at) = memchr2(b'<', b'&', json) {
        out.write_all(&json[..at])?;
        out.write_all(if json[at] == b'<' { b"\\u003c" } else { b"\\u0026" })?;
        json = &json[at + 1..];
    }
    out.write_all(json)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests fail by panicking")]
mod tests {
    use std::collections::BTreeSet;

    use super::{BODY, SCRIPT};
    use crate::embedded::Files;
    use crate::format::Formats;
    use crate::rule::{Catalogue, Own};

    /// The texts in quotes within each call that begins so.
    fn said_in<'s>(script: &'s str, call: &str, words: &mut BTreeSet<&'s str>) {
        for (at, _) in script.match_indices(call) {
            let mut rest = &script[at + call.len()..];
            let mut depth = 1;
            while let Some(next) = rest.find(['(', ')', '[', ']', '"', '\n']).filter(|_| depth > 0) {
                let sign = rest.as_bytes()[next];
                rest = &rest[next + 1..];
                match sign {
                    b'(' | b'[' => depth += 1,
                    b'"' => {
                        let end = rest.find('"').expect("it is closed");
                        words.insert(&rest[..end]);
                        rest = &rest[end + 1..];
                    }
                    b'\n' => break,
                    _ => depth -= 1,
                }
            }
        }
    }

    /// What stands between tags, but for keys and code.
    fn said_between_tags(page: &str) -> impl Iterator<Item = &str> {
        page.split('<').filter_map(|tag| {
            let (name, text) = tag.split_once('>')?;
            let is_text = !name.starts_with("kbd") && !name.starts_with("code") && text.contains(char::is_alphabetic);
            is_text.then(|| text.trim())
        })
    }

    #[test]
    fn every_language_has_each_word_of_the_page() {
        let mut words: BTreeSet<&str> = said_between_tags(BODY).collect();
        for name in ["aria-label=\"", "placeholder=\"", "input id=\"export-reason\" value=\""] {
            words.extend(BODY.split(name).skip(1).filter_map(|rest| rest.split('"').next()));
        }
        said_in(SCRIPT, "say(", &mut words);
        said_in(SCRIPT, "bars(say(\"Findings by severity\"), [", &mut words);
        for more in
            ["record", "records", "finding", "findings", "override", "overrides", "group", "groups", "file", "files"]
        {
            words.insert(more);
        }
        for more in ["infos", "category", "ready", "not ready", "not read as records", "records that have it", "ticked"]
        {
            words.insert(more);
        }
        assert!(words.len() > 100, "{words:?}");
        let files = Files::built_in();
        let formats = Formats::read(&files).expect("the formats read");
        let catalogue = Catalogue::read(&files, formats, &Own::none()).expect("the rules read");
        words.extend(catalogue.rules().map(|(_, rule)| rule.category));
        // Values that are compared with, and names of languages.
        let others = ["open", "en", "records", "(none)"];
        for name in Formats::languages(&files).into_iter().filter(|name| *name != "en") {
            let language = catalogue.formats.language(&files, name).expect("it reads").expect("it is there");
            for word in words.iter().filter(|word| !others.contains(word) && word.contains(char::is_alphabetic)) {
                assert!(language.words.knows(word), "{name} lacks `{word}`");
            }
        }
    }
}
