//! How much of a passage stands around a match.

use std::ops::Range;

use super::ConcordanceConfig;
use crate::text::sentences;

/// The sentences that contexts end with; none where they do not.
pub(super) fn sentences_of(text: &str, config: &ConcordanceConfig) -> Vec<Range<usize>> {
    match config.sentence {
        true => sentences(text),
        false => Vec::new(),
    }
}

/// How far a context may reach: the sentences that a match touches, or the
/// whole text where there are none.
pub(super) fn bounds(text: &str, at: &Range<usize>, sentences: &[Range<usize>]) -> Range<usize> {
    let first = sentences.partition_point(|s| s.end <= at.start);
    let last = sentences.partition_point(|s| s.start < at.end);
    match (
        sentences.get(first),
        last.checked_sub(1).and_then(|l| sentences.get(l)),
    ) {
        (Some(first), Some(last)) => first.start.min(at.start)..last.end.max(at.end),
        _ => 0..text.len(),
    }
}

/// So many words on each side of a match, as white space divides them; what the
/// match touches without white space between is none of them and stays.
pub(super) fn clipped(
    text: &str,
    at: &Range<usize>,
    bounds: Range<usize>,
    words: usize,
) -> Range<usize> {
    let is_letter = |c: char| !c.is_whitespace();
    let mut before = text[bounds.start..at.start].trim_end_matches(is_letter);
    let mut after = text[at.end..bounds.end].trim_start_matches(is_letter);
    for _ in 0..words {
        before = before.trim_end().trim_end_matches(is_letter);
        after = after.trim_start().trim_start_matches(is_letter);
    }
    bounds.start + before.len()..bounds.end - after.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_clipped_at_words_and_sentences() {
        let text = "One. He saw “anti-slavery kilns”, and left. Two.";
        let at = text.find("slavery").unwrap();
        let at = at..at + "slavery".len();
        let sentences = sentences(text);
        let cut = |sentence: bool, words: usize| {
            let bounds = bounds(text, &at, if sentence { &sentences } else { &[] });
            &text[clipped(text, &at, bounds, words)]
        };
        assert_eq!(cut(false, 0), "“anti-slavery");
        assert_eq!(cut(false, 1), "saw “anti-slavery kilns”,");
        assert_eq!(cut(false, 3), "One. He saw “anti-slavery kilns”, and left.");
        assert_eq!(cut(true, 3), "He saw “anti-slavery kilns”, and left.");
        assert_eq!(cut(true, 100), "He saw “anti-slavery kilns”, and left.");
        assert_eq!(cut(false, 100), text);
    }

    proptest::proptest! {
        #[test]
        fn a_context_holds_its_match_and_at_most_its_words(
            text in "[a-zé .-]{0,60}", from in 0usize..60, length in 1usize..9, words in 0usize..9,
        ) {
            let bound = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(i, _)| i);
            let at = bound(from)..bound(from + length);
            let context = clipped(&text, &at, bounds(&text, &at, &sentences(&text)), words);
            proptest::prop_assert!(context.start <= at.start && context.end >= at.end);
            let left = text[context.start..at.start].split_whitespace().count();
            let right = text[at.end..context.end].split_whitespace().count();
            proptest::prop_assert!(left <= words + 1 && right <= words + 1);
        }
    }
}
