//! A rule's file: TOML between `+++` lines for the program, then Markdown for people, with examples for the tests.

use std::ops::Range;

/// A rule's file, taken apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleFile<'a> {
    /// The TOML.
    pub(crate) front: &'a str,
    /// Where the TOML begins in the file, in bytes.
    pub(crate) front_at: usize,
    /// The Markdown behind it.
    pub(crate) body: &'a str,
    /// Lines of the file before the Markdown.
    pub(crate) body_line: usize,
}

impl<'a> RuleFile<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    ///
    /// What is missing, and where.
    pub(crate) fn split(text: &'a str) -> Result<Self, (&'static str, Range<usize>)> {
        let line = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        let first = line(0);
        if text[..first].trim_end() != "+++" {
            return Err(("a rule begins with a line `+++` and its TOML", 0..first));
        }
        let mut at = first;
        while at < text.len() {
            let next = line(at);
            if text[at..next].trim_end() == "+++" {
                let body_line = text[..next].lines().count();
                return Ok(Self { front: &text[first..at], front_at: first, body: &text[next..], body_line });
            }
            at = next;
        }
        Err(("the TOML of the rule has no closing line `+++`", 0..first))
    }
}

/// The text under a heading of the second level.
pub(crate) fn section<'a>(body: &'a str, heading: &str) -> Option<&'a str> {
    let mut inside = None;
    let mut fenced = false;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if let Some(title) = line.strip_prefix("## ").filter(|_| !fenced) {
            if let Some(begin) = inside {
                return Some(body[begin..start].trim());
            }
            if title.trim() == heading {
                inside = Some(at);
            }
        }
    }
    inside.map(|begin| body[begin..].trim())
}

/// An example of a rule: a record, or a part of one, and what must be found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// `json` or `ndjson`.
    pub syntax: String,
    /// The rule must find exactly one thing; otherwise nothing.
    pub fails: bool,
    /// The format of the record, which it need not have enough of to be recognised; none: recognise it.
    pub format: Option<String>,
    /// The carrier within that format; the first if none is named.
    pub carrier: Option<String>,
    /// The profile to check with.
    pub profile: Option<String>,
    /// The day to judge by, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// JSON Pointer to what is found.
    pub at: Option<String>,
    /// The severity it is found with.
    pub severity: Option<String>,
    /// Part of the message.
    pub says: Option<String>,
    /// The value that was probably meant.
    pub suggests: Option<String>,
    /// What lies beside the record: the name and the text of each file.
    pub beside: Vec<(String, String)>,
    /// The tags of its repository, in the order in which they were made.
    pub tags: Vec<String>,
    /// The record.
    pub text: String,
    /// The block's line in the file, from 1.
    pub line: usize,
}

/// The examples of a rule's Markdown, before which `before` lines stand: fenced blocks marked `pass` or `fail`.
///
/// # Errors
///
/// The line of a block whose marks are not understood, and why.
pub(crate) fn examples(body: &str, before: usize) -> Result<Vec<Example>, (usize, String)> {
    let mut examples = Vec::new();
    let mut lines = body.lines().zip(before + 1..).map(|(line, number)| (number, line));
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.trim().is_empty()) else { continue };
        let mut text = String::new();
        for (_, line) in lines.by_ref() {
            if line.starts_with("```") {
                break;
            }
            text.push_str(line);
            text.push('\n');
        }
        if let Some(name) = info.split_whitespace().nth(1).and_then(|word| word.strip_prefix("beside=")) {
            let before: Option<&mut Example> = examples.last_mut();
            let example = before.ok_or_else(|| (number, format!("`{name}` lies beside no example")))?;
            example.beside.push((name.to_owned(), text));
            continue;
        }
        if let Some(example) = example(info, text, number).map_err(|why| (number, why))? {
            examples.push(example);
        }
    }
    Ok(examples)
}

/// The marks of an example that have a value.
const MARKS: [&str; 9] = ["format", "carrier", "profile", "as-of", "at", "severity", "says", "suggests", "tags"];

/// Reads the marks of one block; a block of which nothing but the syntax is said is no example.
fn example(info: &str, text: String, line: usize) -> Result<Option<Example>, String> {
    let mut words = info.split_whitespace();
    let syntax = words.next().unwrap_or_default().to_owned();
    let fails = match words.next() {
        Some("fail") => true,
        Some("pass") => false,
        None => return Ok(None),
        // It was probably meant to be one, and would never be run.
        Some(word) => return Err(format!("`{word}` is neither `fail` nor `pass`: one of them comes after `{syntax}`")),
    };
    let mut example = Example {
        syntax,
        fails,
        format: None,
        carrier: None,
        profile: None,
        as_of: None,
        at: None,
        severity: None,
        says: None,
        suggests: None,
        beside: Vec::new(),
        tags: Vec::new(),
        text,
        line,
    };
    for word in words {
        let (name, value) = word.split_once('=').ok_or_else(|| no_mark(word))?;
        // A mark has no blanks: `_` stands for one.
        let value = Some(value.replace('_', " "));
        match name {
            "format" => example.format = value,
            "carrier" => example.carrier = value,
            // A profile can be a file, and its name have one.
            "profile" => example.profile = word.split_once('=').map(|(_, name)| name.to_owned()),
            "as-of" => example.as_of = value,
            "at" => example.at = word.split_once('=').map(|(_, pointer)| pointer.to_owned()),
            "severity" => example.severity = value,
            "says" => example.says = value,
            "tags" => {
                let names = word.split_once('=').map_or("", |(_, names)| names).split(',');
                example.tags = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
            }
            "suggests" => example.suggests = word.split_once('=').map(|(_, text)| text.to_owned()),
            _ => return Err(no_mark(name)),
        }
    }
    Ok(Some(example))
}

fn no_mark(word: &str) -> String {
    format!("`{word}` is no mark of an example: these have a `=` and a value: {}", MARKS.join(", "))
}
