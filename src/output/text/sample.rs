//! What a sample was drawn from, for reading.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, shown_value, write_notes};
use crate::desk::sample::Sample;

/// How many strata are listed, unless all are asked for.
const STRATA: usize = 12;

/// Writes what a sample was drawn from.
///
/// # Errors
/// What writing fails with.
pub fn write_sample(
    out: &mut dyn Write,
    sheet: &str,
    sample: &Sample,
    options: TextOptions,
) -> io::Result<()> {
    let drawn = grouped(sample.hits.len() as u64);
    let of = count(sample.population as u64, "passage");
    writeln!(
        out,
        "{drawn} of {of} in {sheet}, seed {}",
        sample.config.seed
    )?;
    let passages = sample.hits.iter().map(|hit| &hit.passage);
    write_notes(out, passages, 0, options)?;
    let Some(facet) = sample.config.stratify else {
        return Ok(());
    };
    writeln!(out)?;
    let shown = |value: &str| shown_value(facet, value);
    let mut strata: Vec<_> = sample.strata.iter().collect();
    strata.sort_by_key(|s| std::cmp::Reverse(s.population));
    let listed = if options.full { strata.len() } else { STRATA };
    let rest = strata.len().saturating_sub(listed);
    strata.truncate(listed);
    let names: Vec<String> = strata.iter().map(|s| shown(&s.value)).collect();
    let widest = names
        .iter()
        .map(|n| n.width())
        .max()
        .unwrap_or(0)
        .max(facet.as_str().width());
    let widest = widest.min(options.width.saturating_sub(36).max(10));
    let head = format!(
        "  {:<widest$}  population  sample    weight",
        facet.as_str()
    );
    writeln!(out, "{}", options.paint.title(&head))?;
    for (name, s) in names.iter().zip(strata) {
        let pad = widest.saturating_sub(name.width());
        let weight = s.weight().map_or("-".to_owned(), |w| format!("{w:.3}"));
        let (population, sample) = (grouped(s.population as u64), grouped(s.sample as u64));
        writeln!(
            out,
            "  {name}{:pad$}  {population:>10}  {sample:>6}  {weight:>8}",
            ""
        )?;
    }
    if rest > 0 {
        writeln!(
            out,
            "  and {rest} more: --full lists them, and so does the sheet"
        )?;
    }
    Ok(())
}
