//! What changed from one text to another, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// They stand in both texts.
    Same,
    /// They stand in the old text alone.
    Removed,
    /// They stand in the new text alone.
    Added,
}

/// Words in a row that had one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub change: Change,
    /// Where they stand: a half-open byte range of the new text, or of the old
    /// one where they were removed, without white space at its ends.
    pub span: Range<usize>,
}

/// The words of two texts in one order, each in the old text, the new one or
/// both. Words and signs of punctuation are compared by the key that `key`
/// makes of them; white space does not count. Where words were replaced, what
/// was removed comes before what was added.
///
/// The shortest way from one to the other (Myers, "An O(ND) difference
/// algorithm", 1986).
///
/// ```
/// use pincite::text::changes::{Change, changes};
/// let (old, new) = ("It opened 348 cases.", "It opened 199 new cases.");
/// let told: Vec<(Change, &str)> = changes(old, new, str::to_owned)
///     .into_iter()
///     .map(|piece| (piece.change, piece.of(old, new)))
///     .collect();
/// assert_eq!(told, [
///     (Change::Same, "It opened"),
///     (Change::Removed, "348"),
///     (Change::Added, "199 new"),
///     (Change::Same, "cases."),
/// ]);
/// ```
pub fn changes(old: &str, new: &str, key: impl Fn(&str) -> String) -> Vec<Piece> {
    let (old_words, new_words) = (units(old), units(new));
    let keys = |text: &str, words: &[Range<usize>]| -> Vec<String> {
        words.iter().map(|word| key(&text[word.clone()])).collect()
    };
    let ops = capture_diff_slices(
        Algorithm::Myers,
        &keys(old, &old_words),
        &keys(new, &new_words),
    );
    let mut pieces = Vec::with_capacity(ops.len());
    let mut push = |change, words: &[Range<usize>]| {
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let span = first.start..last.end;
            pieces.push(Piece { change, span });
        }
    };
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            push(Change::Same, &new_words[op.new_range()]);
        } else {
            push(Change::Removed, &old_words[op.old_range()]);
            push(Change::Added, &new_words[op.new_range()]);
        }
    }
    pieces
}

impl Piece {
    /// The words, in the texts that were compared.
    pub fn of<'t>(&self, old: &'t str, new: &'t str) -> &'t str {
        let text = match self.change {
            Change::Removed => old,
            Change::Same | Change::Added => new,
        };
        text.get(self.span.clone()).unwrap_or_default()
    }
}

/// The words and signs of punctuation of a text, as byte ranges.
fn units(text: &str) -> Vec<Range<usize>> {
    let all = text.split_word_bound_indices();
    all.filter(|(_, unit)| !unit.trim().is_empty())
        .map(|(at, unit)| at..at + unit.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<&str> {
        units(text).into_iter().map(|unit| &text[unit]).collect()
    }

    proptest::proptest! {
        #[test]
        fn both_texts_come_back(old in "[abc .,’é\\n]{0,40}", new in "[abc .,’é\\n]{0,40}") {
            let pieces = changes(&old, &new, str::to_owned);
            let of = |unwanted: Change| -> Vec<&str> {
                let wanted = pieces.iter().filter(|piece| piece.change != unwanted);
                wanted.flat_map(|piece| words_of(piece.of(&old, &new))).collect()
            };
            proptest::prop_assert_eq!(of(Change::Added), words_of(&old));
            proptest::prop_assert_eq!(of(Change::Removed), words_of(&new));
        }

        #[test]
        fn a_text_has_no_changes_from_itself(text in "[abc .,]{1,40}") {
            let pieces = changes(&text, &text, str::to_owned);
            proptest::prop_assert!(pieces.iter().all(|piece| piece.change == Change::Same));
        }
    }

    #[test]
    fn the_key_decides_what_is_the_same() {
        let pieces = changes("The Police", "the police", str::to_lowercase);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].of("The Police", "the police"), "the police");
    }
}
