//! Two editions side by side, a verdict for each paragraph.

mod diff;
mod inside;
mod outline;
mod ranking;

use std::io::{self, Write};

use super::{TextOptions, count, grouped, write_wrapped};
use crate::desk::compare::{Comparison, Edition, Row, SectionChange, Tally, Verdict, word_changes};
use crate::output::Paint;
use crate::report::Passage;

pub use outline::outline_note;
pub use ranking::write_ranking;

/// The width of the verdicts, in columns.
const VERDICT: usize = 10;
/// How far what is said of a paragraph is indented, in columns.
const INDENT: usize = 6;

/// Writes how two editions differ. Paragraphs that were added or removed are
/// shown by their first words, and reworded ones where their words changed,
/// unless all is asked for.
///
/// # Errors
/// What writing fails with.
pub fn write_comparison(
    out: &mut dyn Write,
    compared: &Comparison,
    options: TextOptions,
) -> io::Result<()> {
    let (old, new) = (&compared.old, &compared.new);
    write_edition(out, old, options)?;
    write_edition(out, new, options)?;
    let plain = TextOptions {
        paint: Paint::Plain,
        ..options
    };
    let tally = compared.tally();
    writeln!(out)?;
    write_wrapped(out, &summary(&tally), &[], 0, plain)?;
    for change in &compared.outline {
        let note = format!("warning: {}", outline_note(change, old, new));
        write_wrapped(out, &note, &[], 0, plain)?;
    }
    for section in &compared.sections {
        writeln!(out)?;
        write_head(out, section, options)?;
        for row in &section.rows {
            write_row(out, compared, row, options)?;
        }
        for row in compared.moved_out(section) {
            if let (Some(old), Some(new)) = compared.passages(row) {
                let line = format!("{} has moved, see {}", short(old), short(new));
                writeln!(out, "  {}", options.paint.faint(&line))?;
            }
        }
    }
    inside::write_figures(out, compared, options)?;
    inside::write_terms(out, compared, options)
}

fn write_edition(out: &mut dyn Write, edition: &Edition, options: TextOptions) -> io::Result<()> {
    writeln!(out, "{}", options.paint.title(&edition.info.title))?;
    let about = format!(
        "{} · {} in {} · {}",
        edition.id,
        count(edition.word_count(), "word"),
        count(edition.passages.len() as u64, "paragraph"),
        edition.info.path
    );
    write_wrapped(out, &about, &[], 2, options)?;
    match &edition.info.note {
        Some(note) => write_wrapped(out, &format!("note: {note}"), &[], 2, options),
        None => Ok(()),
    }
}

/// How many paragraphs have each verdict, and how much changed.
fn summary(tally: &Tally) -> String {
    let told = Verdict::told(std::iter::once(tally)).into_iter();
    let counts = told.map(|v| format!("{} {}", grouped(tally.of(v)), v.as_str()));
    let counts: Vec<String> = counts.collect();
    format!(
        "{}; of {} {} % are not kept",
        counts.join(", "),
        count(tally.old_words + tally.new_words, "word"),
        percent(tally.change())
    )
}

/// A share as a percentage with one digit behind the point.
fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// The name of a section, and its words in both editions.
fn write_head(
    out: &mut dyn Write,
    section: &SectionChange,
    options: TextOptions,
) -> io::Result<()> {
    let words = |side: &Option<crate::desk::compare::SectionSide>| {
        side.as_ref()
            .map_or("none".to_owned(), |side| grouped(side.words))
    };
    let side = section.new.as_ref().or(section.old.as_ref());
    let name = side.map(|side| side.name.cited()).unwrap_or_default();
    let name = match name.is_empty() {
        true => section.key.clone(),
        false => name,
    };
    let words = format!("words: {} -> {}", words(&section.old), words(&section.new));
    writeln!(out, "{} · {words}", options.paint.title(&name))
}

fn write_row(
    out: &mut dyn Write,
    compared: &Comparison,
    row: &Row,
    options: TextOptions,
) -> io::Result<()> {
    let (old, new) = compared.passages(row);
    let verdict = format!("{} ", row.verdict.as_str());
    let verdict = format!("{verdict:VERDICT$}");
    let verdict = match row.verdict {
        Verdict::Removed => options.paint.removed(&verdict),
        Verdict::Added => options.paint.added(&verdict),
        _ => verdict,
    };
    let part = compared.part_change(row);
    let words = |at: Option<usize>, words: &[u64]| at.and_then(|at| words.get(at)).copied();
    let about = match (old, new) {
        (Some(old), Some(new)) => {
            let is_same = row.similarity == Some(1.0) && row.verdict != Verdict::Renumbered;
            let sign = if is_same { "=" } else { "->" };
            let alike = row.similarity.filter(|_| row.is_reworded());
            let alike = alike.map(|s| format!(" · {} % alike", percent(s)));
            format!(
                "{} {sign} {}{}",
                short(old),
                short(new),
                alike.unwrap_or_default()
            )
        }
        (Some(one), None) => alone(
            one,
            words(row.old, &compared.old.words),
            row.stands_in.and_then(|at| compared.new.passages.get(at)),
            part.is_some(),
        ),
        (None, Some(one)) => alone(
            one,
            words(row.new, &compared.new.words),
            row.stands_in.and_then(|at| compared.old.passages.get(at)),
            part.is_some(),
        ),
        (None, None) => String::new(),
    };
    writeln!(out, "  {verdict}{about}")?;
    for passage in [old, new].into_iter().flatten() {
        if let Some(remark) = passage.remark() {
            let remark = format!("remark: {}: {remark}", passage.id);
            write_wrapped(out, &remark, &[], INDENT, options)?;
        }
    }
    if let Some(part) = part {
        let text = diff::shown(&part.pieces, part.old.text, part.new.text, options);
        return write_wrapped(out, &text, &[], INDENT, options);
    }
    let text = match (old, new) {
        (Some(old), Some(new)) if row.is_reworded() => {
            let pieces = word_changes(&old.text, &new.text);
            diff::shown(&pieces, &old.text, &new.text, options)
        }
        (Some(one), None) | (None, Some(one)) => match options.full {
            true => one.text.clone(),
            false => diff::beginning(&one.text, options.width.saturating_sub(INDENT)),
        },
        _ => return Ok(()),
    };
    write_wrapped(out, &text, &[], INDENT, options)
}

/// What is said of a paragraph of one edition.
fn alone(
    passage: &Passage,
    words: Option<u64>,
    whole: Option<&Passage>,
    is_reworded: bool,
) -> String {
    let words = count(words.unwrap_or_default(), "word");
    let stands = if is_reworded {
        "stands reworded"
    } else {
        "stands"
    };
    let whole = whole.map(|whole| format!(" · {stands} in {}", short(whole)));
    format!("{} · {words}{}", short(passage), whole.unwrap_or_default())
}

/// The id of a passage without its report.
fn short(passage: &Passage) -> String {
    format!("{}:{}", passage.id.section, passage.id.number)
}
