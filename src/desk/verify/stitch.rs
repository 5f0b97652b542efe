//! The places that the parts of a quotation are from.

use std::ops::Range;

use super::quote::Quote;
use super::source::Source;

/// How many words a part has at least: shorter runs of words are shared by
/// chance, as `of the United Nations`.
pub(super) const PART: usize = 5;
/// The share of a quotation's words that its parts cover at least.
pub(super) const COVERED: f64 = 0.85;
/// How many words may lie between two parts of one passage for them to be of
/// one place.
const NEAR: usize = 12;

/// A part of a quotation: words that stand side by side in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The words of the quotation.
    pub(super) words: Range<usize>,
    /// The source, by its place in the list.
    pub(super) source: usize,
    /// Its first word there.
    pub(super) at: usize,
}

/// The parts of a quotation in order, the longest run of words taken first, of
/// equal ones one of a source that has a part already.
pub(super) fn parts(quote: &Quote, sources: &[Source]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<Range<usize>> = std::iter::once(0..quote.len()).collect();
    while let Some(free) = open.pop() {
        if free.len() < PART {
            continue;
        }
        let known = |source: usize| parts.iter().any(|part| part.source == source);
        let mut longest: Option<Part> = None;
        for (number, source) in sources.iter().enumerate() {
            let Some(run) = longest_run(quote, free.clone(), source, number) else {
                continue;
            };
            let is_longer = longest.as_ref().is_none_or(|l| {
                (run.words.len(), known(number)) > (l.words.len(), known(l.source))
            });
            if is_longer {
                longest = Some(run);
            }
        }
        if let Some(part) = longest.filter(|part| part.words.len() >= PART) {
            open.push(free.start..part.words.start);
            open.push(part.words.end..free.end);
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| part.words.start);
    parts
}

/// The longest run of some words of a quotation in a source.
fn longest_run(quote: &Quote, words: Range<usize>, source: &Source, number: usize) -> Option<Part> {
    let held = source.words.len();
    // How long the run is that ends with the last word of the quotation and each
    // word of the source.
    let mut before = vec![0usize; held + 1];
    let mut longest: Option<Part> = None;
    for i in words {
        let goes_on = quote.joints[i].is_direct();
        let mut now = vec![0usize; held + 1];
        for j in 0..held {
            if quote.words[i].hash == source.words[j].hash {
                now[j + 1] = 1 + if goes_on { before[j] } else { 0 };
                let length = now[j + 1].min(i + 1);
                if longest.as_ref().is_none_or(|l| length > l.words.len()) {
                    longest = Some(Part {
                        words: i + 1 - length..i + 1,
                        source: number,
                        at: j + 1 - length,
                    });
                }
            }
        }
        before = now;
    }
    longest
}

/// How many places parts are from: parts of one source in order and near each
/// other are of one.
pub(super) fn places(parts: &[Part]) -> usize {
    let apart = |pair: &&[Part]| {
        let [one, next] = pair else { return false };
        let end = one.at + one.words.len();
        one.source != next.source || next.at < end || next.at - end > NEAR
    };
    parts.windows(2).filter(apart).count() + usize::from(!parts.is_empty())
}

/// The runs of words that no part covers and that are long enough to be one.
pub(super) fn uncovered(quote: &Quote, parts: &[Part]) -> Vec<Range<usize>> {
    let mut from = 0;
    let mut rest = Vec::new();
    let end = std::iter::once(quote.len()..quote.len());
    for part in parts.iter().map(|part| part.words.clone()).chain(end) {
        let pieces = quote.pieces().into_iter();
        let free = pieces.map(|piece| piece.start.max(from)..piece.end.min(part.start));
        rest.extend(free.filter(|free| free.end >= free.start + PART));
        from = part.end;
    }
    rest
}

/// How many words parts cover.
pub(super) fn covered(parts: &[Part]) -> usize {
    parts.iter().map(|part| part.words.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::tests::source;

    #[test]
    fn parts_come_from_their_places() {
        let one = source(&[
            "Police raided three kilns near the river. None was closed in that year at all by anyone who had the power to do so, and the owner said: it is over now for us.",
        ]);
        let other = source(&["The minister of labor never visited the coast."]);
        let sources = [one, other];
        for (quote, cut, count) in [
            ("police raided three kilns near the coast", 1, 1),
            (
                "police raided three kilns near the minister of labor never visited",
                2,
                2,
            ),
            (
                "police raided three kilns near the … minister of labor never visited",
                2,
                2,
            ),
            (
                "police raided three kilns near nobody. None was closed in that",
                2,
                1,
            ),
            ("police raided three kilns near it is over now for us", 2, 2),
            ("nothing of this kind was ever said", 0, 0),
        ] {
            let quote = Quote::readings(quote).pop().unwrap();
            let parts = parts(&quote, &sources);
            assert_eq!(
                (parts.len(), places(&parts)),
                (cut, count),
                "{}",
                quote.plain
            );
        }
    }
}
