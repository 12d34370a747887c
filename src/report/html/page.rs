//! The writer's half: the page round the data, and the data in blocks.

use std::collections::HashMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use memchr::{memchr, memchr2};

use super::super::{Assembler, Rendered, Summary, counted};
use super::rows::{AGAIN, DETAILS, INDEX};
use super::seal::{base64, seal};

/// How a page begins, by which it is known again.
pub(super) const BEGIN: &str = "<!doctype html>\n<html lang=\"en\" data-reclint=\"page\">\n";

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

/// Writes the page.
pub(super) struct Page {
    head: String,
    /// The lines of the index, and the values of as many records, that are not written yet.
    index: Vec<u8>,
    details: Vec<u8>,
    /// The texts that have come, and their numbers.
    texts: HashMap<Box<[u8]>, usize, foldhash::fast::RandomState>,
}

impl Page {
    pub(super) fn new(head: String) -> Self {
        Self { head, index: Vec::new(), details: Vec::new(), texts: HashMap::default() }
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

    /// Writes what there is.
    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<template class=\"index\">[")?;
        data(&self.index, out)?;
        // A browser takes its time for each byte of a page, and details are looked at one by one.
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(b"[")?;
        packer.write_all(&self.details)?;
        packer.write_all(b"]")?;
        out.write_all(b"]</template>\n<template class=\"details\">")?;
        out.write_all(base64(&packer.finish()?).as_bytes())?;
        out.write_all(b"</template>\n")?;
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
        write!(
            out,
            "{BEGIN}<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>Review of records · reclint</title>\n<style>{STYLE}</style>\n</head>\n{BODY}\n\
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
        out.write_all(b"</script>\n<noscript><p>This page needs JavaScript, which is part of it. ")?;
        write!(out, "It is about {}.</p></noscript>\n<script>{SCRIPT}</script>\n", counted(summary.records, "record"))?;
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
