//! A query explained: its parts, its patterns, one passage and its score.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, write_notes, write_wrapped};
use crate::cite::pincite;
use crate::query::plan::FeedbackWord;
use crate::query::rank;
use crate::query::synonyms::Added;
use crate::search::explain::{ExplainedPassage, Explanation, Part};
use crate::search::{PatternWords, SearchResults};

/// How many words of a pattern are named in a note.
const NAMED: usize = 6;

/// Writes what a query means and, with a passage, why it matches or not.
///
/// # Errors
/// What writing fails with.
pub fn write_explanation(
    out: &mut dyn Write,
    explained: &Explanation,
    options: TextOptions,
) -> io::Result<()> {
    let title = |text: &str| options.paint.title(text);
    writeln!(out, "{}", title("understood as"))?;
    write_wrapped(out, &explained.understood, &[], 2, options)?;
    for added in &explained.added {
        write_wrapped(out, &added_note(added), &[], 2, options)?;
    }
    writeln!(
        out,
        "\n{}",
        title("parts, each with the passages that match it")
    )?;
    write_parts(out, &explained.parts, options)?;
    write_wrapped(
        out,
        &format!("within the filters: {}", count(explained.total, "passage")),
        &[],
        2,
        options,
    )?;
    if !explained.expansions.is_empty() {
        writeln!(out, "\n{}", title("patterns"))?;
    }
    for expansion in &explained.expansions {
        let words: Vec<String> = expansion
            .words
            .iter()
            .map(|(word, n)| format!("{word} {}", grouped(u64::from(*n))))
            .collect();
        let all = count(expansion.words.len() as u64, "word");
        let line = format!(
            "{} stands for {all}: {}",
            expansion.pattern,
            words.join(", ")
        );
        write_wrapped(out, line.trim_end_matches([' ', ':']), &[], 2, options)?;
    }
    if !explained.feedback.is_empty() {
        writeln!(out, "\n{}", title("feedback"))?;
        write_wrapped(out, &feedback_note(&explained.feedback), &[], 2, options)?;
    }
    match &explained.passage {
        Some(passage) => {
            writeln!(out)?;
            write_passage(out, passage, options)
        }
        None => Ok(()),
    }
}

fn write_parts(out: &mut dyn Write, parts: &[Part], options: TextOptions) -> io::Result<()> {
    let shown: Vec<String> = parts
        .iter()
        .map(|p| format!("{}{}", "  ".repeat(p.depth + 1), p.label))
        .collect();
    let room = options.width.saturating_sub(40).max(20);
    let width = shown.iter().map(|s| s.width()).max().unwrap_or(0).min(room);
    for (part, shown) in parts.iter().zip(shown) {
        let pad = width.saturating_sub(shown.width());
        let here = match part.here {
            None => String::new(),
            Some((false, _)) => "  not here".to_owned(),
            Some((true, None)) => "  here".to_owned(),
            Some((true, Some(n))) => format!("  here, {}", times(n)),
        };
        let line = format!("{shown}{:pad$}  {:>10}{here}", "", grouped(part.passages),);
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn times(n: u32) -> String {
    match n {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    }
}

fn write_passage(
    out: &mut dyn Write,
    explained: &ExplainedPassage,
    options: TextOptions,
) -> io::Result<()> {
    let passage = &explained.passage;
    writeln!(out, "{}", options.paint.title(&pincite(passage)))?;
    let verdict = match (explained.matches, explained.passes_filters) {
        (false, _) => "does not match".to_owned(),
        (true, false) => "matches, but a filter leaves it out".to_owned(),
        (true, true) if explained.highlights.is_empty() => "matches".to_owned(),
        (true, true) => {
            let numbers: Vec<String> = explained.sentences.iter().map(usize::to_string).collect();
            let places = count(explained.highlights.len() as u64, "place");
            let sentences = match numbers.len() {
                1 => "sentence",
                _ => "sentences",
            };
            format!("matches in {places}, {sentences} {}", numbers.join(", "))
        }
    };
    writeln!(
        out,
        "  {} {verdict}",
        options.paint.id(&passage.id.to_string())
    )?;
    write_wrapped(out, &passage.text, &explained.highlights, 2, options)?;
    write_notes(out, std::iter::once(passage), 2, options)?;
    // A query of fields alone gives no score.
    if !explained.matches || explained.units.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{} {:.4}",
        options.paint.title("score"),
        explained.score
    )?;
    let width = explained.units.iter().map(|(u, _)| u.shown.width()).max();
    let width = width
        .unwrap_or(0)
        .clamp(4, options.width.saturating_sub(54).max(10));
    writeln!(
        out,
        "  {:width$}  {:>6}  {:>6}  {:>5}  {:>5}  {:>7}  {:>9}",
        "unit", "weight", "idf", "times", "typed", "words", "closeness"
    )?;
    for (unit, score) in &explained.units {
        let shown = shortened(&unit.shown, width);
        let pad = width.saturating_sub(shown.width());
        let typed = score
            .typed
            .map_or_else(|| "-".to_owned(), |n| n.to_string());
        writeln!(
            out,
            "  {shown}{:pad$}  {:>6.2}  {:>6.3}  {:>5}  {typed:>5}  {:>7.4}  {:>9.4}",
            "",
            unit.weight * score.times as f32,
            unit.idf,
            score.frequency,
            score.words,
            score.closeness,
        )?;
    }
    let norm = rank::length_norm(explained.length, explained.mean_length);
    write_wrapped(
        out,
        &format!(
            "{} long, the mean is {:.1}: words = weight * idf * {} * ({:.1} * times / (times + {norm:.3}) + {:.1} * typed / (typed + {norm:.3})), all of it for times where nothing is typed; `pincite help query` has the whole formula",
            count(u64::from(explained.length), "word"),
            explained.mean_length,
            rank::K1 + 1.0,
            1.0 - rank::TYPED_SHARE,
            rank::TYPED_SHARE,
        ),
        &[],
        2,
        options,
    )
}

fn shortened(text: &str, width: usize) -> String {
    match text.width() > width {
        true => {
            let kept: String = text.chars().take(width.saturating_sub(1)).collect();
            kept + "…"
        }
        false => text.to_owned(),
    }
}

/// What of a query was widened or stood for several words, as lines that begin
/// in lower case.
pub fn notes_of(results: &SearchResults, added: &[Added]) -> Vec<String> {
    let mut notes: Vec<String> = added.iter().map(added_note).collect();
    notes.extend(results.expansions.iter().map(expansion_note));
    if !results.feedback.is_empty() {
        notes.push(feedback_note(&results.feedback));
    }
    notes.extend(results.respelled.iter().map(|other| {
        let passages = count(other.passages, "passage");
        format!("in another spelling, {}: {passages}", other.query)
    }));
    notes
}

/// What a query was widened by.
pub fn added_note(added: &Added) -> String {
    format!("{} is searched with {}", added.of, added.words.join(", "))
}

/// How many words a pattern stood for, and the first of them.
pub fn expansion_note(expansion: &PatternWords) -> String {
    let words: Vec<&str> = expansion.words.iter().map(|w| w.0.as_str()).collect();
    let all = count(words.len() as u64, "word");
    match words.len() {
        0 => format!("{} stands for no word of the index", expansion.pattern),
        1..=NAMED => format!(
            "{} stands for {all}: {}",
            expansion.pattern,
            words.join(", ")
        ),
        _ => format!(
            "{} stands for {all}: {}, … (`pincite explain` lists them)",
            expansion.pattern,
            words[..NAMED].join(", ")
        ),
    }
}

fn feedback_note(words: &[FeedbackWord]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|w| format!("{} {:.2}", w.stem, w.weight))
        .collect();
    format!("feedback weighs in: {}", words.join(", "))
}
