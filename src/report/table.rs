//! Columns under each other.

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A table: a header, and rows of as many cells, each with a line that may come below it.
pub(crate) fn table(header: &[(&str, Align)], rows: &[(Vec<String>, Option<String>)]) -> String {
    let width = |text: &str| text.chars().count();
    let mut widths: Vec<_> = header.iter().map(|(name, _)| width(name)).collect();
    for (cells, _) in rows {
        widths.iter_mut().zip(cells).for_each(|(most, cell)| *most = (*most).max(width(cell)));
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for ((cell, most), (_, align)) in cells.zip(&widths).zip(header) {
            let gap = most - width(cell);
            if *align == Align::Right {
                line.extend(std::iter::repeat_n(' ', gap));
            }
            line.push_str(cell);
            if *align == Align::Left {
                line.extend(std::iter::repeat_n(' ', gap));
            }
            line.push_str("  ");
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    };
    let mut text = line(&mut header.iter().map(|(name, _)| *name));
    for (cells, below) in rows {
        text.push_str(&line(&mut cells.iter().map(String::as_str)));
        if let Some(below) = below {
            text.push_str(below);
            text.push('\n');
        }
    }
    text
}
