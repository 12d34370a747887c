//! Checkstyle's XML, which many viewers of code and review tools take: errors by file.

use std::io::{self, Write};

use super::machine::{as_xml_has_it, bare, cell, gate, level, on_one_line};
use super::rows::{pack, unpack};
use super::{Assembler, RecordReport, Rendered, Renderer, Summary};

/// How infos, warnings and errors are called.
const SEVERITIES: [&str; 3] = ["info", "warning", "error"];
/// The kind of a packed line: there is one.
const LINE: u8 = b'L';

/// Renders findings as errors of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkstyle;

/// A text as an attribute.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in as_xml_has_it(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    out
}

impl Renderer for Checkstyle {
    fn record(&self, report: &RecordReport<'_>, rendered: &mut Rendered) {
        for reported in &report.reported {
            let finding = &reported.finding;
            let column =
                if reported.in_table { String::new() } else { format!(" column=\"{}\"", finding.start.column) };
            let line = format!(
                "    <error line=\"{}\"{column} severity=\"{}\" message=\"{}\" source=\"reclint.{}\"/>\n",
                finding.start.line,
                level(finding.severity, SEVERITIES),
                attribute(&(cell(reported) + &on_one_line(&finding.message))),
                attribute(&finding.rule),
            );
            pack(LINE, [bare(&finding.path), &line], &mut rendered.bytes);
            rendered.end(gate(reported));
        }
    }

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(Assemble { path: None })
    }
}

struct Assemble {
    /// The file that is being told of.
    path: Option<String>,
}

impl Assembler for Assemble {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    }

    fn add(&mut self, rendered: Rendered, out: &mut dyn Write) -> io::Result<()> {
        for (_, cells) in unpack(&rendered.bytes) {
            let [path, line] = &cells[..] else { continue };
            if self.path.as_deref() != Some(*path) {
                if self.path.is_some() {
                    out.write_all(b"  </file>\n")?;
                }
                writeln!(out, "  <file name=\"{}\">", attribute(path))?;
                self.path = Some((*path).to_owned());
            }
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.path.is_some() {
            out.write_all(b"  </file>\n")?;
        }
        out.write_all(b"</checkstyle>\n")
    }
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn an_attribute_ends_where_it_should() {
        assert_eq!(attribute("<a b=\"c\">&\n"), "&lt;a b=&quot;c&quot;&gt;&amp;&#10;");
        assert_eq!(attribute("a\u{0}\u{B}\u{FFFF}b"), "a\u{FFFD}\u{FFFD}\u{FFFD}b");
    }
}
