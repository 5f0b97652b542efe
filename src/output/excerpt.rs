//! Cutting a passage to what a reader wants to see of it: whole sentences
//! around its matches.

use std::ops::Range;

use crate::text::sentences;
use crate::text::sentences::numbers_of;

/// How long an excerpt is at most, in characters, unless one sentence alone is
/// longer.
const LENGTH: usize = 420;
/// How much of a sentence longer than an excerpt is kept around its first
/// match.
const WINDOW: usize = 320;

/// The pieces of `text` to show, half-open byte ranges in order: the sentences
/// that hold a highlight, as many as fit, and the one after where there is
/// room; the beginning where nothing is lit.
pub fn excerpt(text: &str, highlights: &[Range<usize>]) -> Vec<Range<usize>> {
    let all = sentences(text);
    let mut wanted: Vec<usize> = numbers_of(&all, highlights).iter().map(|n| n - 1).collect();
    if wanted.is_empty() {
        wanted.push(0);
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut length = 0;
    let mut last = None;
    for i in wanted {
        let Some(sentence) = all.get(i) else { break };
        let size = text[sentence.clone()].chars().count();
        if !pieces.is_empty() && length + size > LENGTH {
            break;
        }
        length += size;
        if size > LENGTH {
            pieces.push(window(text, sentence, highlights));
            break;
        }
        extend(&mut pieces, sentence, last.is_some_and(|l| l + 1 == i));
        last = Some(i);
    }
    if let Some(next) = last.and_then(|l| all.get(l + 1))
        && length + text[next.clone()].chars().count() <= LENGTH
    {
        extend(&mut pieces, next, true);
    }
    pieces
}

fn extend(pieces: &mut Vec<Range<usize>>, sentence: &Range<usize>, follows: bool) {
    match pieces.last_mut() {
        Some(piece) if follows => piece.end = sentence.end,
        _ => pieces.push(sentence.clone()),
    }
}

/// A part of a long sentence around its first highlight, cut between words.
fn window(text: &str, sentence: &Range<usize>, highlights: &[Range<usize>]) -> Range<usize> {
    let first = highlights
        .iter()
        .find(|h| h.start < sentence.end && h.end > sentence.start);
    let lit = first.map_or(sentence.start..sentence.start, |h| {
        h.start.max(sentence.start)..h.end.min(sentence.end)
    });
    let spare = WINDOW.saturating_sub(text[lit.clone()].chars().count());
    let before = &text[sentence.start..lit.start];
    let start = match before.char_indices().rev().nth(spare / 2) {
        Some((i, _)) => before[i..]
            .find(' ')
            .map_or(lit.start, |j| sentence.start + i + j + 1),
        None => sentence.start,
    };
    let left = WINDOW.saturating_sub(text[start..lit.end].chars().count());
    let after = &text[lit.end..sentence.end];
    let end = match after.char_indices().nth(left) {
        Some((i, _)) => after[..i].rfind(' ').map_or(lit.end, |j| lit.end + j),
        None => sentence.end,
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'t>(text: &'t str, words: &[&str]) -> Vec<&'t str> {
        let mut spans: Vec<_> = words
            .iter()
            .map(|w| text.find(w).map(|i| i..i + w.len()).unwrap())
            .collect();
        spans.sort_by_key(|s| s.start);
        excerpt(text, &spans)
            .into_iter()
            .map(|p| &text[p])
            .collect()
    }

    #[test]
    fn whole_sentences_around_the_matches() {
        let filler = format!("Filler {}.", "word ".repeat(90).trim());
        let text = format!("One kiln. {filler} Two debt. {filler}");
        assert_eq!(shown(&text, &["kiln", "debt"]), ["One kiln.", "Two debt."]);
        assert_eq!(
            shown("Alpha. Beta kiln. Gamma.", &["kiln"]),
            ["Beta kiln. Gamma."]
        );
        assert_eq!(shown("A first. Beta.", &[]), ["A first. Beta."]);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = format!(
            "{} kiln {}.",
            "alpha beta ".repeat(80).trim(),
            "gamma delta ".repeat(80).trim()
        );
        let pieces = shown(&text, &["kiln"]);
        assert!(
            pieces[0].contains(" kiln ") && pieces[0].chars().count() <= WINDOW + 10,
            "{pieces:?}"
        );
        assert!(
            pieces[0]
                .split(' ')
                .all(|w| ["alpha", "beta", "kiln", "gamma", "delta"].contains(&w))
        );
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_in_order_and_short(text in "([a-zé]{1,9}[ .;]{1,2}){0,200}", at in 0usize..600, n in 0usize..9) {
            let at = (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
            let end = (at..=(at + n).min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
            let mut last = 0;
            for piece in excerpt(&text, std::slice::from_ref(&(at..end))) {
                proptest::prop_assert!(piece.start >= last && text.get(piece.clone()).is_some());
                proptest::prop_assert!(text[piece.clone()].chars().count() <= 2 * LENGTH);
                last = piece.end;
            }
        }
    }
}
