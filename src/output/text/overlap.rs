//! What the queries of a batch find together and alone.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::batch::{Frame, queries, write_named};
use super::{TextOptions, count, grouped, write_wrapped};
use crate::desk::batch::{Overlap, Summary};

/// The most queries that are set against each other in a matrix.
const MATRIX: usize = 12;
/// How many pairs are named where there are more queries.
const PAIRS: usize = 20;
/// How many queries are named that found nothing of their own.
const NAMED: usize = 40;
/// The width of the numbers in front of ids, in columns.
const NUMBER: usize = 4;

/// Writes what each query of a batch finds that no other does, and what each
/// two both find.
///
/// # Errors
/// What writing fails with.
pub fn write_overlap(
    out: &mut dyn Write,
    summary: &Summary,
    overlap: &Overlap,
    options: TextOptions,
) -> io::Result<()> {
    let title = |text: &str| options.paint.title(text);
    let rows = &summary.rows;
    let all = format!(
        "{}, {} in all",
        queries(overlap.len()),
        count(overlap.union, "distinct passage")
    );
    writeln!(out, "{}", title(&all))?;
    let ids = rows.iter().map(|r| (r.id.as_str(), r.query.as_str()));
    let others = NUMBER + 2 + 2 * (9 + 2);
    let frame = Frame::of(ids, options.width, others).unwrap_or_default();
    let head = format!(
        "{:>NUMBER$}  {}  {:>9}  {:>9}",
        "",
        frame.row("id", "query"),
        "passages",
        "only here"
    );
    writeln!(out, "{}", title(&head))?;
    for (at, row) in rows.iter().enumerate() {
        writeln!(
            out,
            "{:>NUMBER$}  {}  {:>9}  {:>9}",
            at + 1,
            frame.row(&row.id, &row.query),
            grouped(overlap.passages[at]),
            grouped(overlap.only[at])
        )?;
    }
    writeln!(out)?;
    let what = "nothing that no other found";
    match overlap.without_own() {
        // The table tells which.
        none if none.len() > NAMED => writeln!(out, "{what}: {}", queries(none.len()))?,
        none => {
            let named = none.iter().map(|at| rows[*at].id.as_str());
            write_named(out, what, named, options)?;
        }
    }
    match matrix(overlap, options.width) {
        _ if overlap.len() < 2 => Ok(()),
        Some(lines) => {
            let text = "below the diagonal the passages that both found, above it their share of \
                        the passages that either found (Jaccard)";
            write_wrapped(out, text, &[], 0, options)?;
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))
        }
        None => write_closest(out, summary, overlap, options),
    }
}

/// The lines of a matrix, where it fits.
fn matrix(overlap: &Overlap, width: usize) -> Option<Vec<String>> {
    let n = overlap.len();
    let digits = overlap.passages.iter().max()?.to_string().len();
    let cell = digits.max(4) + 1;
    if n > MATRIX || NUMBER + n * cell > width {
        return None;
    }
    let mut lines = vec![String::new(); n + 1];
    lines[0] = " ".repeat(NUMBER);
    for at in 0..n {
        lines[0].push_str(&format!("{:>cell$}", at + 1));
    }
    for a in 0..n {
        lines[a + 1] = format!("{:>NUMBER$}", a + 1);
        for b in 0..n {
            let text = match b > a {
                true => share(overlap.jaccard(a, b)),
                false => overlap.both(a, b).to_string(),
            };
            lines[a + 1].push_str(&format!("{text:>cell$}"));
        }
    }
    Some(lines)
}

/// A share with two digits; only nothing is 0.00, and only all is 1.00.
fn share(share: f64) -> String {
    match share > 0.0 && share < 1.0 {
        true => format!("{:.2}", share.clamp(0.01, 0.99)),
        false => format!("{share:.2}"),
    }
}

fn write_closest(
    out: &mut dyn Write,
    summary: &Summary,
    overlap: &Overlap,
    options: TextOptions,
) -> io::Result<()> {
    let pairs = overlap.closest(PAIRS);
    let common = overlap.pairs().filter(|(a, b)| overlap.both(*a, *b) > 0);
    let n = common.count();
    let mut text = format!(
        "{} of queries found passages in common",
        count(n as u64, "pair")
    );
    if n > pairs.len() {
        let shown = grouped(pairs.len() as u64);
        text.push_str(&format!(
            "; the {shown} closest are these, and `--tables csv` or `json` has all"
        ));
    }
    write_wrapped(out, &text, &[], 0, options)?;
    let names: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{} and {}", summary.rows[*a].id, summary.rows[*b].id))
        .collect();
    let room = options.width.saturating_sub(36);
    let width = names.iter().map(|n| n.width()).max().unwrap_or(0).min(room);
    for ((a, b), name) in pairs.iter().zip(&names) {
        let pad = width.saturating_sub(name.width());
        writeln!(
            out,
            "  {name}{:pad$}  {:>9} both, Jaccard {}",
            "",
            grouped(overlap.both(*a, *b)),
            share(overlap.jaccard(*a, *b))
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::batch::OverlapSets;

    #[test]
    fn a_matrix_fits_in_eighty_columns_or_is_none() {
        for (n, passages, fits) in [(12, 99_999, true), (12, 100_000, false), (13, 1, false)] {
            let mut sets = OverlapSets::new(200_000);
            for _ in 0..n {
                sets.add(&(0..passages).collect::<Vec<_>>());
            }
            let lines = matrix(&sets.overlap(), 80);
            assert_eq!(lines.is_some(), fits, "{n} {passages}");
            for line in lines.into_iter().flatten() {
                assert!(line.len() <= 80);
            }
        }
        let shares = [0.0, 0.0001, 0.125, 0.9999, 1.0].map(share);
        assert_eq!(shares, ["0.00", "0.01", "0.12", "0.99", "1.00"]);
    }
}
