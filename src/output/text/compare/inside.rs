//! What changed inside of paragraphs: figures and terms.

use std::io::{self, Write};

use crate::cite::pincite;
use crate::desk::compare::{Comparison, LEAST_TERM, Term, figures, terms};
use crate::output::text::{TextOptions, grouped, write_wrapped};

/// How many terms of each edition are shown.
const TERMS: usize = 15;

/// Writes the figures that changed in reworded paragraphs, with both pincites.
pub(super) fn write_figures(
    out: &mut dyn Write,
    compared: &Comparison,
    options: TextOptions,
) -> io::Result<()> {
    let figures = figures(compared);
    if figures.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", options.paint.title("Figures that changed"))?;
    for change in figures {
        let line = format!("{} -> {}", change.old.shown, change.new.shown);
        write_wrapped(out, &line, &[], 2, options)?;
        let old = compared.old.passages.get(change.old_passage);
        let new = compared.new.passages.get(change.new_passage);
        for passage in old.into_iter().chain(new) {
            write_wrapped(out, &pincite(passage), &[], 4, options)?;
        }
    }
    Ok(())
}

/// Writes the terms that one edition alone has.
pub(super) fn write_terms(
    out: &mut dyn Write,
    compared: &Comparison,
    options: TextOptions,
) -> io::Result<()> {
    let terms = terms(compared);
    for (title, terms) in [("Terms lost", &terms.lost), ("Terms gained", &terms.gained)] {
        writeln!(out, "\n{}", options.paint.title(title))?;
        write_wrapped(out, &listed(terms), &[], 2, options)?;
    }
    Ok(())
}

/// Terms with how often they stand, the most telling first.
fn listed(terms: &[Term]) -> String {
    if terms.is_empty() {
        return format!("none that stands {LEAST_TERM} times");
    }
    let shown: Vec<String> = terms
        .iter()
        .take(TERMS)
        .map(|term| format!("{} {}", term.term, grouped(term.count)))
        .collect();
    match terms.len().saturating_sub(TERMS) {
        0 => shown.join(", "),
        more => format!("{}, and {} more", shown.join(", "), grouped(more as u64)),
    }
}
