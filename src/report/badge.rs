//! A badge: what the endpoint badge of shields.io reads, <https://shields.io/badges/endpoint-badge>. It refuses members that
//! it does not know.

use std::io::{self, Write};

use serde::Serialize;

use super::score::Score;
use super::{Assembler, RecordReport, Rendered, Renderer, Summary};

/// From how many points on a badge has which of the colours that shields.io names.
const COLOURS: [(u32, &str); 6] =
    [(95, "brightgreen"), (85, "green"), (75, "yellowgreen"), (60, "yellow"), (40, "orange"), (0, "red")];

/// Writes the score as a badge, and no findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Badge;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint<'a> {
    schema_version: u8,
    label: &'a str,
    message: &'a str,
    color: &'a str,
}

impl Renderer for Badge {
    fn record(&self, _: &RecordReport<'_>, _: &mut Rendered) {}

    fn assembler(&self) -> Box<dyn Assembler> {
        Box::new(*self)
    }
}

impl Assembler for Badge {
    fn add(&mut self, _: Rendered, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let (message, color) = said(summary.score.as_ref());
        let endpoint = Endpoint { schema_version: 1, label: "metadata", message: &message, color };
        serde_json::to_writer(&mut *out, &endpoint)?;
        out.write_all(b"\n")
    }
}

/// The bytes are the beginning of a badge of ours.
pub(super) fn begins(head: &str) -> bool {
    head.starts_with(r#"{"schemaVersion":1,"label":"metadata","message":"#)
}

/// What the badge says, and its colour. Below what is asked for it is red, whatever the points.
fn said(score: Option<&Score>) -> (String, &'static str) {
    let Some((score, points)) = score.and_then(|score| Some((score, score.score?))) else {
        return ("no records".to_owned(), "lightgrey");
    };
    let colour = COLOURS.iter().find(|(least, _)| !score.below && *least <= points.whole());
    (format!("{points} of 100"), colour.map_or("red", |(_, colour)| *colour))
}
