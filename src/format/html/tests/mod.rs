//! Tests of the reader as a whole: pages in the shape of each site, markup
//! line by line, and texts of any kind.

mod any;
mod markup;
mod pages;

use super::super::document::{Document, LineKind};

/// The lines with a sign for their kind: `#` heading, `-` item.
fn shown(document: &Document<'_>) -> Vec<String> {
    let lines = document.lines.iter();
    let shown = lines.map(|line| match line.kind {
        LineKind::Heading => format!("# {}", line.text),
        LineKind::Item => format!("- {}", line.text),
        LineKind::Quote => format!("> {}", line.text),
        LineKind::Text => line.text.to_string(),
    });
    shown.collect()
}

/// What was dropped, with its size.
fn dropped<'d>(document: &'d Document<'_>) -> Vec<(&'d str, u64)> {
    let dropped = document.dropped.iter();
    dropped.map(|d| (d.what.as_str(), d.characters)).collect()
}
