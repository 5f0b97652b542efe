//! Cutting a passage to what a reader wants to see of it: the whole sentences
//! that tell most.

use std::ops::Range;

use crate::text::sentences;

/// How long an excerpt is at most, in characters, unless one sentence alone is
/// longer.
const LENGTH: usize = 420;
/// How much of a sentence longer than an excerpt is kept around its matches.
const WINDOW: usize = 320;

/// The pieces of `text` to show, half-open byte ranges in order: the sentences
/// that tell most, numbered from 1 and the best first, as many as fit, and the one
/// after where there is room; the beginning where none is given.
pub fn excerpt(text: &str, highlights: &[Range<usize>], telling: &[usize]) -> Vec<Range<usize>> {
    let all = sentences(text);
    let length = |i: &usize| all.get(*i).map_or(0, |s| text[s.clone()].chars().count());
    let mut chosen = Vec::new();
    let mut room = LENGTH;
    let telling = if telling.is_empty() { &[1] } else { telling };
    for i in telling.iter().map(|number| number - 1) {
        if chosen.is_empty() || length(&i) <= room {
            room = room.saturating_sub(length(&i));
            chosen.push(i);
        }
    }
    let last = chosen.iter().max().map_or(0, |last| last + 1);
    if (1..=room).contains(&length(&last)) {
        chosen.push(last);
    }
    chosen.sort_unstable();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for (at, i) in chosen.iter().enumerate() {
        let Some(sentence) = all.get(*i) else { break };
        match length(i) > LENGTH {
            true => pieces.push(window(text, sentence, highlights)),
            false => extend(&mut pieces, sentence, at > 0 && chosen[at - 1] + 1 == *i),
        }
    }
    pieces
}

fn extend(pieces: &mut Vec<Range<usize>>, sentence: &Range<usize>, follows: bool) {
    match pieces.last_mut() {
        Some(piece) if follows => piece.end = sentence.end,
        _ => pieces.push(sentence.clone()),
    }
}

/// Where most highlights of a sentence stand within a window, the first of equal
/// places; none where nothing is lit.
fn densest(sentence: &Range<usize>, highlights: &[Range<usize>]) -> Option<Range<usize>> {
    let here = highlights
        .iter()
        .filter(|h| h.start < sentence.end && h.end > sentence.start);
    let here: Vec<Range<usize>> = here
        .map(|h| h.start.max(sentence.start)..h.end.min(sentence.end))
        .collect();
    let runs = (0..here.len()).map(|first| {
        let fits = |h: &&Range<usize>| h.end - here[first].start <= WINDOW;
        let run = here[first..].iter().take_while(fits).count().max(1);
        (run, here[first].start..here[first + run - 1].end)
    });
    let best = runs.reduce(|best, run| if run.0 > best.0 { run } else { best });
    best.map(|(_, lit)| lit)
}

/// A part of a long sentence around its highlights, cut between words.
fn window(text: &str, sentence: &Range<usize>, highlights: &[Range<usize>]) -> Range<usize> {
    let lit = densest(sentence, highlights).unwrap_or(sentence.start..sentence.start);
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
    use crate::text::sentences::numbers_of;

    fn shown<'t>(text: &'t str, words: &[&str]) -> Vec<&'t str> {
        let mut spans: Vec<_> = words
            .iter()
            .map(|w| text.find(w).map(|i| i..i + w.len()).unwrap())
            .collect();
        spans.sort_by_key(|s| s.start);
        let telling = numbers_of(&sentences(text), &spans);
        excerpt(text, &spans, &telling)
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
            let lit = at..end;
            let telling = numbers_of(&sentences(&text), std::slice::from_ref(&lit));
            for piece in excerpt(&text, std::slice::from_ref(&lit), &telling) {
                proptest::prop_assert!(piece.start >= last && text.get(piece.clone()).is_some());
                proptest::prop_assert!(text[piece.clone()].chars().count() <= 2 * LENGTH);
                last = piece.end;
            }
        }
    }
}
