//! Where a paragraph begins and what makes a line a heading: the rules for two
//! lines below each other. Nothing here knows of pages.

use super::layout::{Region, Row};
use super::lists::{self, Mark};

/// Whether the row begins a paragraph behind the draft.
pub(super) fn begins(draft: &[&Row], row: &Row, region: &Region, leading: f32, body: f32) -> bool {
    let (Some(first), Some(last)) = (draft.first(), draft.last()) else {
        return true;
    };
    let em = row.size;
    let step = row.y - last.y;
    if last.tabular
        || row.tabular
        || (last.size / em - 1.0).abs() > 0.08
        || step > 1.28 * leading * em.max(last.size)
        || step < 0.0
    {
        return true;
    }
    // The next word would have fitted: the line was ended on purpose.
    let short = last.right + 0.25 * em + row.first < region.right - 0.3 * em;
    let ended = ends(&last.text);
    if (last.bold != row.bold && (short || (row.bold && ended)))
        || (capitals(&last.text) != capitals(&row.text) && short)
    {
        return true;
    }
    if em < 0.93 * body && ended && row.text.starts_with(|char: char| char.is_ascii_digit()) {
        // The next footnote.
        return true;
    }
    match lists::mark(&row.text) {
        Some(Mark::Bullet(_)) => return true,
        Some(Mark::Dash(_)) if short || ended || last.text.ends_with([':', ';']) => return true,
        Some(Mark::Number(number, ..))
            if (short || ended || last.text.ends_with([':', ';']))
                && (number == 1 || row.left <= first.left + 0.5 * em) =>
        {
            return true;
        }
        _ => {}
    }
    let shift = row.left - last.left;
    if let Some(mark) = lists::mark(&first.text) {
        // Lines of an item hang below its text; what stands below its mark
        // again is none of it.
        let hangs = draft.len() > 1 && last.left > first.left + 0.4 * em;
        return (shift < -0.4 * em && hangs)
            || (shift.abs() <= 0.4 * em
                && !hangs
                && ended
                && (short || matches!(mark, Mark::Bullet(_))));
    }
    if short && display(last) && display(row) && !centered(last, row) {
        return true;
    }
    let indented = shift > 0.7 * em && shift < 6.0 * em && (ended || (short && draft.len() > 1));
    let outdented = draft.len() > 1 && shift < -0.7 * em && (short || ended);
    indented || outdented || (short && ended && opens(&row.text))
}

/// Whether the row looks like one of a heading.
fn display(row: &Row) -> bool {
    row.bold || capitals(&row.text)
}

/// Whether two rows of different widths have the same middle.
fn centered(a: &Row, b: &Row) -> bool {
    (a.left + a.right - b.left - b.right).abs() < 2.0 * a.size
        && (a.left - b.left).abs() > 0.5 * a.size
}

/// Whether short lines are set apart as a heading is.
pub(super) fn heading(draft: &[&Row], text: &str, size: f32, body: f32) -> bool {
    let length = text.chars().count();
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    // A short paragraph in larger print than most of the text is no heading.
    let sentence = length > 40 && text.ends_with('.')
        || text.ends_with([';', ','])
        || text.starts_with(char::is_lowercase);
    if letters < 2
        || length > 150
        || sentence
        || matches!(lists::mark(text), Some(Mark::Bullet(_) | Mark::Dash(_)))
    {
        return false;
    }
    let large = size > 1.12 * body && draft.len() <= 4;
    let few = draft.len() <= 3 && !text.ends_with('.');
    large || (few && size > 0.88 * body && (draft.iter().all(|row| row.bold) || capitals(text)))
}

/// Whether a sentence ends at the end of the text.
pub(super) fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»', '*'])
        .ends_with(['.', '!', '?', '…'])
}

/// Whether a sentence may begin at the start of the text.
fn opens(text: &str) -> bool {
    text.chars()
        .find(|char| char.is_alphanumeric())
        .is_some_and(|char| !char.is_lowercase())
}

/// Whether the text is in capitals, but for what stands in brackets or behind
/// a colon: `NORLAND (Tier 2)`.
fn capitals(text: &str) -> bool {
    let name = text.split(['(', ':']).next().unwrap_or_default();
    let letters = name.chars().filter(|char| char.is_alphabetic()).count();
    letters >= 3 && !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
}
