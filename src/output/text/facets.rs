//! Facet counts as small tables.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, grouped, shown_value};
use crate::search::FacetCounts;

/// Writes the counts of each facet.
///
/// # Errors
/// What writing fails with.
pub fn write_facets(
    out: &mut dyn Write,
    counts: &FacetCounts,
    options: TextOptions,
) -> io::Result<()> {
    for (i, (facet, values)) in counts.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", options.paint.title(facet.as_str()))?;
        if values.is_empty() {
            writeln!(out, "  {}", options.paint.faint("none"))?;
        }
        let shown: Vec<String> = values.iter().map(|(v, _)| shown_value(*facet, v)).collect();
        let room = options.width.saturating_sub(14).max(10);
        let width = shown.iter().map(|s| s.width()).max().unwrap_or(0).min(room);
        for (value, (_, n)) in shown.iter().zip(values) {
            let pad = width.saturating_sub(value.width());
            writeln!(out, "  {value}{:pad$}  {:>9}", "", grouped(*n))?;
        }
    }
    Ok(())
}
