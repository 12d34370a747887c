//! Is a file the report of an earlier run? Then it is written anew, and is nothing to be judged.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::DeflateDecoder;

use crate::format::Words;
use crate::report::{begins_csv, begins_page, begins_report};

/// How much of a file tells what it is.
const ENOUGH: u64 = 400;
/// How much of the end of a spreadsheet has the document's properties in it.
const TAIL: u64 = 64 * 1024;

/// The file is empty, or a report of an earlier run.
pub(super) fn is_report(path: &Path, words: &Words) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut head = Vec::new();
    if (&mut file).take(ENOUGH).read_to_end(&mut head).is_err() {
        return false;
    }
    head.is_empty()
        || begins_report(&head)
        || begins_page(&head)
        || begins_csv(&head, words)
        || is_own_book(&head, &mut file)
}

/// A spreadsheet that says of itself that it was made here.
fn is_own_book(head: &[u8], file: &mut File) -> bool {
    const LOCAL: &[u8] = b"PK\x03\x04";
    const NAME: &[u8] = b"docProps/core.xml";
    const NAME_AT: usize = 30;
    if !head.starts_with(LOCAL) {
        return false;
    }
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut tail = Vec::new();
    let read = file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).and_then(|_| file.read_to_end(&mut tail));
    if read.is_err() {
        return false;
    }
    let places = memchr::memmem::find_iter(&tail, LOCAL);
    let mut bodies = places.filter_map(|at| {
        let entry = &tail[at..];
        let more = entry.get(NAME_AT - 2..NAME_AT)?;
        let extra = usize::from(u16::from_le_bytes([more[0], more[1]]));
        entry.get(NAME_AT..)?.strip_prefix(NAME)?.get(extra..)
    });
    bodies.any(|body| {
        let mut properties = String::new();
        // It need not be one entry to its end.
        let _ = DeflateDecoder::new(body).take(ENOUGH * 10).read_to_string(&mut properties);
        properties.contains("<dc:creator>reclint ")
    })
}
