//! What changed in the words of a paragraph of one edition that stands as a part
//! in a paragraph of the other.

use std::ops::Range;

use super::{Comparison, Row, Verdict, word_changes};
use crate::text::changes::{Change, Piece};
use crate::text::sentences;

/// A part and what it is in the paragraph of the other edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartChange<'c> {
    /// What the old edition says.
    pub old: Excerpt<'c>,
    /// What the new edition says.
    pub new: Excerpt<'c>,
    /// What changed from the one to the other.
    pub pieces: Vec<Piece>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt<'c> {
    /// The paragraph, by its place in its edition.
    pub passage: usize,
    /// Where the part begins there, in bytes.
    pub start: usize,
    /// The part.
    pub text: &'c str,
}

impl Comparison {
    /// What changed in a paragraph of one edition alone that stands in one of the
    /// other; none where its words are the same there.
    pub fn part_change(&self, row: &Row) -> Option<PartChange<'_>> {
        let whole = row.stands_in?;
        if self.is_cut(row, whole) {
            return None;
        }
        match (row.old, row.new) {
            (Some(old), None) => {
                let old = self.without_mark(&self.old.passages.get(old)?.text, old);
                let new = &self.new.passages.get(whole)?.text;
                let (span, pieces) = nearest(old.text, new, |part, there| (part, there))?;
                let new = excerpt(whole, new, span);
                Some(PartChange { old, new, pieces })
            }
            (None, Some(new)) => {
                let new = self.without_mark(&self.new.passages.get(new)?.text, new);
                let old = &self.old.passages.get(whole)?.text;
                let (span, pieces) = nearest(new.text, old, |part, there| (there, part))?;
                let old = excerpt(whole, old, span);
                Some(PartChange { old, new, pieces })
            }
            _ => None,
        }
    }

    /// Whether the words of a row changed: of a paragraph of both editions, or of
    /// one that stands in another.
    pub fn is_reworded(&self, row: &Row) -> bool {
        row.is_reworded() || self.part_change(row).is_some()
    }

    /// Whether a whole is made of its parts, word for word.
    fn is_cut(&self, row: &Row, whole: usize) -> bool {
        let of_whole = |other: &Row| match row.old {
            Some(_) => other.new == Some(whole),
            None => other.old == Some(whole),
        };
        let is_pair = |other: &Row| other.old.is_some() && other.new.is_some();
        self.rows().any(|other| {
            is_pair(other)
                && of_whole(other)
                && matches!(other.verdict, Verdict::Divided | Verdict::Joined)
        })
    }

    fn without_mark<'t>(&self, text: &'t str, passage: usize) -> Excerpt<'t> {
        let start = self.marks.of(text).map_or(0, |n| text.len() - n.text.len());
        excerpt(passage, text, start..text.len())
    }
}

fn excerpt(passage: usize, text: &str, span: Range<usize>) -> Excerpt<'_> {
    Excerpt {
        passage,
        start: span.start,
        text: &text[span],
    }
}

/// The sentences of a whole in which a part stands with the least changes, and
/// these; none where there is no change. Which of the two is the old one is told by
/// their order.
fn nearest<'t>(
    part: &'t str,
    whole: &'t str,
    in_order: impl Fn(&'t str, &'t str) -> (&'t str, &'t str),
) -> Option<(Range<usize>, Vec<Piece>)> {
    let sentences = sentences(whole);
    let many = self::sentences(part).len();
    let lengths = many.saturating_sub(1).max(1)..=many + 1;
    let runs = lengths.flat_map(|length| sentences.windows(length));
    let spans = runs.filter_map(|run| Some(run.first()?.start..run.last()?.end));
    // A part may have more sentences than the whole.
    let all = std::iter::once(0..whole.len());
    let changes = spans.chain(all).map(|span| {
        let (old, new) = in_order(part, &whole[span.clone()]);
        let pieces = word_changes(old, new);
        (changed(&pieces, old, new), span, pieces)
    });
    let (changed, span, pieces) = changes.min_by_key(|(changed, _, _)| *changed)?;
    (changed > 0).then_some((span, pieces))
}

/// How many words changed.
fn changed(pieces: &[Piece], old: &str, new: &str) -> usize {
    let changed = pieces.iter().filter(|piece| piece.change != Change::Same);
    let words = changed.flat_map(|piece| piece.of(old, new).split_whitespace());
    words
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}
