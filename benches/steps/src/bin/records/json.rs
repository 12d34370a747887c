//! JSON as the records need it: members in the order in which they were added, written in three ways.

use std::fmt::Write as _;

/// A value.
#[derive(Clone, Debug)]
pub enum Json {
    /// A number as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Members.
    Object(Vec<(&'static str, Self)>),
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// On one line.
    Line,
    /// On one line, all but ASCII as `\u` escapes.
    Escaped,
    /// On many lines, indented.
    Pretty,
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// An object of these members.
pub fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::Object(Vec::from(members))
}

impl Json {
    /// Adds a member to an object.
    pub fn add(&mut self, name: &'static str, value: impl Into<Self>) {
        if let Self::Object(members) = self {
            members.push((name, value.into()));
        }
    }

    /// Takes a member out of an object.
    pub fn remove(&mut self, name: &str) {
        if let Self::Object(members) = self {
            members.retain(|(known, _)| *known != name);
        }
    }

    /// The list with this name in an object, added if it is not there.
    pub fn list(&mut self, name: &'static str) -> Option<&mut Vec<Self>> {
        let Self::Object(members) = self else { return None };
        let at = members.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            members.push((name, Self::List(Vec::new())));
            members.len() - 1
        });
        match &mut members[at].1 {
            Self::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// Writes the value behind what `out` holds.
    pub fn write(&self, style: Style, out: &mut String) {
        self.write_at(0, style, out);
    }

    fn write_at(&self, depth: usize, style: Style, out: &mut String) {
        match self {
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => write_text(text, style, out),
            Self::List(elements) => {
                out.push('[');
                for (number, element) in elements.iter().enumerate() {
                    separate(number, depth + 1, style, out);
                    element.write_at(depth + 1, style, out);
                }
                close(']', elements.is_empty(), depth, style, out);
            }
            Self::Object(members) => {
                out.push('{');
                for (number, (name, value)) in members.iter().enumerate() {
                    separate(number, depth + 1, style, out);
                    write_text(name, style, out);
                    out.push_str(if style == Style::Pretty { ": " } else { ":" });
                    value.write_at(depth + 1, style, out);
                }
                close('}', members.is_empty(), depth, style, out);
            }
        }
    }
}

/// What stands before the element with this number.
fn separate(number: usize, depth: usize, style: Style, out: &mut String) {
    if number > 0 {
        out.push(',');
    }
    break_line(depth, style, out);
}

fn close(bracket: char, is_empty: bool, depth: usize, style: Style, out: &mut String) {
    if !is_empty {
        break_line(depth, style, out);
    }
    out.push(bracket);
}

fn break_line(depth: usize, style: Style, out: &mut String) {
    if style == Style::Pretty {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

fn write_text(text: &str, style: Style, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if style == Style::Escaped && !character.is_ascii() => write_escapes(character, out),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// A character as one `\u` escape or, where it needs two, as a pair.
fn write_escapes(character: char, out: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a String does not fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}
