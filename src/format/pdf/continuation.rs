//! Paragraphs that a column or a page broke: which of those before goes on in one
//! that opens a column.

use super::breaks::{self, Style};
use super::lists::{self, Mark};
use super::paragraphs::{PROSE, Paragraph};
use crate::format::document::LineKind;

/// How many paragraphs (footnotes) may stand between the parts of one that a
/// page broke.
const BETWEEN: usize = 24;

/// The fewest indented paragraphs, and the share of them (of 10), by which
/// indents are usual.
const INDENTED: (usize, usize) = (5, 6);

/// What tells whether a paragraph goes on.
pub(super) struct Continuation<'a> {
    /// Whether most paragraphs are indented: one without an indent is the rest of
    /// another.
    indents: bool,
    trusts_tags: bool,
    /// Of each page, whether its text is lost: nothing goes on past it.
    lost: &'a [bool],
}

impl<'a> Continuation<'a> {
    /// Of the paragraphs of a file in the order of reading, before any are joined.
    pub(super) fn of(paragraphs: &[Paragraph], style: Style, lost: &'a [bool]) -> Self {
        Self {
            indents: are_indented(paragraphs, style),
            trusts_tags: style.trusts_tags,
            lost,
        }
    }

    /// The place of the paragraph that `next` goes on with, if a column or a page
    /// broke it.
    pub(super) fn place(&self, all: &[Paragraph], next: &Paragraph) -> Option<usize> {
        let from = all.len().saturating_sub(BETWEEN);
        let place = self.tagged(&all[from..], next);
        let place = place.or_else(|| self.printed(&all[from..], next))?;
        let past = all[from + place].last_page + 1..next.page;
        let lost = self.lost.get(past).unwrap_or_default();
        (!lost.contains(&true)).then_some(from + place)
    }

    /// As the tags of the file have it.
    fn tagged(&self, all: &[Paragraph], next: &Paragraph) -> Option<usize> {
        if !self.trusts_tags || next.tags.0 == 0 || next.tabular {
            return None;
        }
        // A paragraph of the file may hold several that it prints.
        let same = |paragraph: &Paragraph| {
            paragraph.tags.1 == next.tags.0
                && !paragraph.tabular
                && paragraph.last_page + 1 >= next.page
                && (next.text.starts_with(char::is_lowercase)
                    || !breaks::ends(&paragraph.text)
                    || paragraph.full)
        };
        all.iter().rposition(same)
    }

    /// As it is printed.
    fn printed(&self, all: &[Paragraph], next: &Paragraph) -> Option<usize> {
        if next.kind != LineKind::Text || next.tabular || next.aside {
            return None;
        }
        let small = begins_small(&next.text)?;
        let lost = small && all.last().is_some_and(|last| interrupts(last, next));
        if !next.opens && !next.below_table && !lost {
            return None;
        }
        let place = all.iter().rposition(|before| {
            let of_text = alike(before, next)
                && !before.tabular
                && (before.dash.is_none() || before.text.len() > PROSE)
                && !before.is_heading();
            of_text || (!small && ends_text(before) && before.boxed == next.boxed)
        })?;
        let before = &all[place];
        let goes_on = if small {
            // A small letter behind `U.S.` goes on with its sentence.
            !breaks::ends(&before.text) || (before.full && breaks::ends_in_initials(&before.text))
        } else {
            let past_heading = all[place + 1..].iter().any(Paragraph::is_heading);
            self.goes_on_large(before, next, past_heading)
        };
        goes_on.then_some(place)
    }

    /// Whether a paragraph goes on with one that begins with a capital or a digit;
    /// `past_heading` says whether a heading stands between them.
    fn goes_on_large(&self, before: &Paragraph, next: &Paragraph, past_heading: bool) -> bool {
        let captioned = lists::is_caption(&before.text) || lists::is_caption(&next.text);
        let far = past_heading || next.below_table;
        if before.is_heading()
            || lists::mark(&next.text).is_some()
            || (far && (captioned || !ends_in_word(&before.text)))
            || (next.below_table && before.text.len() < PROSE)
        {
            return false;
        }
        // Lines of an item hang behind its mark.
        let mark = lists::mark(&before.text);
        let is_item = before.kind == LineKind::Item || mark.is_some();
        let level = (before.last_left - next.first_left).abs() < 0.7 * next.size;
        if next.indented && !(is_item && level) {
            return false;
        }
        if breaks::ends(&before.text) {
            let numbered = matches!(mark, Some(Mark::Number(..))) && level;
            let is_text = before.kind == LineKind::Text && (mark.is_none() || numbered);
            let open = before.stretched || (before.full && self.indents);
            return is_text
                && open
                && next.text.len() >= PROSE
                && ends_in_word(&before.text)
                && !is_above(before, next);
        }
        let quotes = next.text.starts_with(['“', '"', '‘']);
        before.text.ends_with(['-', '\u{AD}', '\u{2010}', ','])
            || (before.full && (quotes || !before.text.ends_with(':')))
    }
}

/// Whether most paragraphs of the text that follow another are indented.
fn are_indented(paragraphs: &[Paragraph], style: Style) -> bool {
    // Notes and tables are set otherwise.
    let is_text = |paragraph: &Paragraph| {
        paragraph.kind == LineKind::Text
            && !paragraph.tabular
            && !paragraph.boxed
            && style.is_body(paragraph.size)
    };
    let pairs = paragraphs.windows(2);
    let following = pairs
        .filter(|pair| is_text(&pair[0]) && is_text(&pair[1]) && !pair[1].opens)
        .map(|pair| pair[1].indented);
    let (all, indented) = following.fold((0, 0), |(all, indented), is| {
        (all + 1, indented + usize::from(is))
    });
    indented >= INDENTED.0 && 10 * indented >= INDENTED.1 * all
}

/// Whether a text begins with a small letter, but for a quotation mark or a
/// bracket; `(b)` begins an item.
fn begins_small(text: &str) -> Option<bool> {
    let mut letters = text.chars();
    let first = letters.find(|char| !matches!(char, '“' | '"' | '(' | '‘'))?;
    Some(first.is_lowercase() && !matches!(lists::mark(text), Some(Mark::Letter(..))))
}

/// Whether a paragraph is set as another is.
fn alike(before: &Paragraph, next: &Paragraph) -> bool {
    before.is_as_large_as(next) && before.boxed == next.boxed && !before.aside
}

/// Whether a heading ends the text before it. The title of a table and a quotation
/// in large print do not.
fn ends_text(paragraph: &Paragraph) -> bool {
    paragraph.is_heading()
        && !paragraph.tabular
        && !paragraph.quotes()
        && !lists::is_caption(&paragraph.text)
}

/// Whether a paragraph may interrupt the text that another goes on with.
fn interrupts(paragraph: &Paragraph, next: &Paragraph) -> bool {
    paragraph.is_heading()
        || paragraph.tabular
        || paragraph.dash.is_some()
        || paragraph.boxed != next.boxed
        || !paragraph.is_as_large_as(next)
}

/// Whether a paragraph stands above another in one column of a page.
fn is_above(before: &Paragraph, next: &Paragraph) -> bool {
    let parts = before.parts.last().zip(next.parts.first());
    parts.is_some_and(|((page, upper), (next_page, lower))| {
        page == next_page && upper.beside(lower) > 0.0 && upper.bottom < lower.bottom
    })
}

/// Whether the last word of a text has a letter.
fn ends_in_word(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.contains(char::is_alphabetic)
}
