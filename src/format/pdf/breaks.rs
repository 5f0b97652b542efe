//! Where a paragraph begins and what makes a line a heading: the rules for two
//! lines below each other. Nothing here knows of pages.

use super::layout::{Region, Row};
use super::lists::{self, Mark};
use crate::text::sentences::ends_in_title;

/// Abbreviations that a number or a name follows.
const UNFINISHED: [&str; 18] = [
    "art.", "arts.", "no.", "nos.", "est.", "p.", "fig.", "figs.", "ch.", "stat.", "res.", "c.",
    "v.", "n.", "id.", "incl.", "esp.", "op.",
];

/// The longest heading in the margin (code points).
const SIDE: usize = 200;

/// The most lines that stand beside a drop cap.
const CAPPED: usize = 5;

/// How much wider than usual the distance of lines is at a gap.
pub(super) const GAP: f32 = 1.28;

/// How many beginnings must tell whether they are marked.
const TOLD: usize = 10;

/// How far back (code points) an open bracket is looked for.
const BRACKET: usize = 60;

/// How the paragraphs of a text are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// The size of the body's font, in points.
    pub(super) size: f32,
    /// The usual distance of lines, in sizes of the font.
    pub(super) leading: f32,
    /// Whether the tags of the file decide where paragraphs begin.
    pub(super) trusts_tags: bool,
    /// Whether an indent or a gap shows where they begin.
    pub(super) marked: bool,
}

impl Style {
    /// Whether print of a size is that of the body.
    pub(super) fn is_body(&self, size: f32) -> bool {
        is_near(size, self.size)
    }
}

/// Whether two sizes of print are the same but for rounding.
fn is_near(size: f32, other: f32) -> bool {
    (size / other - 1.0).abs() < 0.06
}

/// Whether paragraphs of the size `size` are marked where they begin: of the
/// lines behind a sentence that ended far from the edge most are indented or
/// stand below a gap.
pub(super) fn are_marked<'a>(
    regions: impl Iterator<Item = &'a Region>,
    size: f32,
    leading: f32,
) -> bool {
    let (mut marked, mut bare) = (0, 0);
    for region in regions {
        for pair in region.rows.windows(2) {
            let (last, row) = (&pair[0], &pair[1]);
            let of_body = |row: &Row| !row.tabular && is_near(row.size, size);
            let ended = ends(&last.text) && opens(&row.text) && is_short(last, row, region.right);
            if !(of_body(last) && of_body(row) && ended) {
                continue;
            }
            let gap = row.y - last.y > GAP * leading * row.size;
            if gap || (row.left - last.left).abs() > 0.7 * row.size {
                marked += 1;
            } else {
                bare += 1;
            }
        }
    }
    marked >= TOLD && marked >= 4 * bare
}

/// Whether the next word would have fitted behind a line: the line was ended on
/// purpose, or is set ragged.
fn is_short(last: &Row, row: &Row, edge: f32) -> bool {
    last.right + 0.25 * row.size + row.first < edge - 0.3 * row.size
}

/// Whether the row begins a paragraph behind the draft; `edge` is where the
/// lines around it end.
pub(super) fn begins(draft: &[&Row], row: &Row, edge: f32, style: Style) -> bool {
    let leading = style.leading;
    let (Some(first), Some(last)) = (draft.first(), draft.last()) else {
        return true;
    };
    let em = row.size;
    let step = row.y - last.y;
    if let (true, (_, before), (own, _)) = (style.trusts_tags, last.tags, row.tags)
        && before > 0
        && own > 0
        && !row.tabular
    {
        // A paragraph of the file may hold several that it prints.
        let gap = step > 1.4 * leading * em && ends(&last.text) && opens(&row.text);
        return before != own || gap;
    }
    if last.tabular
        || row.tabular
        || row.initial
        || (last.size / em - 1.0).abs() > 0.08
        || step > GAP * leading * em.max(last.size)
        || step < 0.0
    {
        return true;
    }
    let short = is_short(last, row, edge);
    let ended = ends(&last.text);
    if (last.bold != row.bold && (short || (row.bold && ended)))
        || (capitals(&last.text) != capitals(&row.text) && short && !last.initial)
        || (last.foreign != row.foreign && short && opens(&row.text))
    {
        return true;
    }
    if lists::is_fact(&last.text) && lists::is_fact(&row.text) {
        return true;
    }
    if em < 0.93 * style.size && (ended || short) && lists::is_note(&row.text, &first.text) {
        return true;
    }
    match lists::mark(&row.text) {
        Some(Mark::Bullet(_)) => return true,
        Some(Mark::Letter(letter, _))
            if (short
                || ended
                || last.text.ends_with([':', ';', ','])
                || last.text.ends_with(" and")
                || last.text.ends_with(" or"))
                && (letter == 'a'
                    || lists::letter_of(&first.text) == Some(before(letter))
                    || ended
                    || short) =>
        {
            return true;
        }
        Some(Mark::Dash(_)) if short || ended || last.text.ends_with([':', ';']) => return true,
        Some(Mark::Number(number, ..))
            if (short || ended || last.text.ends_with([':', ';']))
                && (number == 1
                    || row.left <= first.left + 0.5 * em
                    || lists::number_of(&first.text) == Some(number - 1)) =>
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
        return (shift < -0.4 * em && hangs && (ended || opens(&row.text)))
            || (shift > 0.7 * em && !hangs && ended && draft.len() > 1)
            || (shift.abs() <= 0.4 * em
                && !hangs
                && ended
                && (short || matches!(mark, Mark::Bullet(_))));
    }
    if short && display(last) && display(row) && !centered(last, row) {
        return true;
    }
    let indented = shift > 0.7 * em
        && shift < 6.0 * em
        && (ended || (short && opens(&row.text) && !centered(last, row)));
    // Below a drop cap lines come back to the edge.
    let capped = first.initial && draft.len() <= CAPPED;
    let outdented =
        draft.len() > 1 && shift < -0.7 * em && (ended || (short && opens(&row.text))) && !capped;
    // A clause of a preamble ends in a comma, far from the edge.
    let clause = last.text.ends_with([',', ';'])
        && last.right + row.first + 8.0 * em < edge
        && row.text.starts_with(char::is_uppercase);
    // Where beginnings are marked only a line that fills no half of its column
    // ends a paragraph by itself.
    let left = first.left.min(last.left);
    let half = last.right - left < 0.5 * (edge - left);
    let marked = style.marked && style.is_body(em);
    let stops = short && ended && opens(&row.text) && (!marked || half);
    indented || outdented || clause || stops
}

/// The letter before another.
fn before(letter: char) -> char {
    char::from_u32((letter as u32).saturating_sub(1)).unwrap_or(letter)
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

/// Whether short lines are set apart as a heading is, from the text that the
/// row behind them begins.
pub(super) fn heading(
    draft: &[&Row],
    next: Option<&Row>,
    text: &str,
    size: f32,
    body: f32,
) -> bool {
    let length = text.chars().count();
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    // A short paragraph in larger print than most of the text is no heading.
    let sentence = length > 40 && text.ends_with(['.', ':'])
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
    // In another font than the text that it stands above.
    let set_apart = draft.len() <= 2
        && length <= 90
        && draft.iter().all(|row| row.foreign && !row.tabular)
        && next.is_some_and(|next| !next.foreign && !next.tabular && next.text.len() > length)
        && text.starts_with(char::is_uppercase)
        && !text.ends_with([':', '.']);
    large
        || (few
            && size > 0.88 * body
            && (draft.iter().all(|row| row.bold) || capitals(text) || set_apart))
}

/// Whether a text in the margin heads what it stands beside: a few words that are
/// no sentence.
pub(super) fn side_heading(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    text.chars().count() <= SIDE
        && letters >= 3
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ',', ';', ':'])
        && !text.split(' ').next().is_some_and(is_symbol)
}

/// Whether a word is a number or a symbol with numbers in it: `A/HRC/28/59`.
fn is_symbol(word: &str) -> bool {
    word.contains(|char: char| char.is_ascii_digit())
}

/// Whether a sentence ends at the end of the text: not behind an abbreviation
/// that something follows, nor inside a bracket.
pub(super) fn ends(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»', '*']);
    let last = bare.rsplit([' ', '(']).next().unwrap_or_default();
    let from = text
        .char_indices()
        .rev()
        .nth(BRACKET)
        .map_or(0, |(at, _)| at);
    let open = text[from..].rfind('(') > text[from..].rfind(')');
    bare.ends_with(['.', '!', '?', '…'])
        && !open
        && !UNFINISHED.contains(&last.to_lowercase().as_str())
        && !ends_in_title(bare)
}

/// Whether the text ends in initials: `the U.S.`, `at 8 a.m.`
pub(super) fn ends_in_initials(text: &str) -> bool {
    let last = text.rsplit([' ', '(']).next().unwrap_or_default();
    let mut parts = last.strip_suffix('.').unwrap_or_default().split('.');
    let initial = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    last.matches('.').count() >= 2 && parts.all(initial)
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

#[cfg(test)]
mod tests {
    use super::{ends_in_initials, side_heading};

    #[test]
    fn initials_are_told_from_the_ends_of_sentences() {
        for (text, initials) in [
            ("under the supervision of the E.U.", true),
            ("the U.S.", true),
            ("at 8 a.m.", true),
            ("it reported.", false),
            ("in the north of it. A.", false),
            ("No. 12.5.", false),
            ("", false),
        ] {
            assert_eq!(ends_in_initials(text), initials, "{text}");
        }
    }

    #[test]
    fn headings_in_the_margin_are_words() {
        assert!(side_heading("Agencies Have Options to Reduce Uncertainty"));
        for text in [
            "A/HRC/28/59",
            "12",
            "the rest of a line",
            "It was done.",
            "Of",
        ] {
            assert!(!side_heading(text), "{text}");
        }
    }
}
