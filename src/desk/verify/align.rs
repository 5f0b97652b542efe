//! The stretch of a source that is most like a quotation.
//!
//! The whole quotation is aligned with any stretch of the source at the least
//! cost (Sellers, "The theory and computation of evolutionary distances", 1980).
//! Where the quotation has an ellipsis, words of the source may be passed over
//! for nothing.

use std::ops::Range;

use super::place::{begins, trailing};
use super::quote::{Fit, Quote, fit};
use super::source::Source;

/// The share of words that a quotation and a source have in common at least for
/// the one to be a wrong form of the other. Of 100 runs of 8 to 39 words of real
/// speeches that were shuffled, 99 have a half at most with their nearest passage
/// and one, of 8 words, has 0.63; of 150 with one word replaced, the 147 that
/// stand in a passage or two that follow each other have 0.8 at least.
pub const DIFFERS: f64 = 0.7;
/// The share from which on the nearest passage of an absent quotation is told.
pub(super) const NEAR: f64 = 0.3;

/// What a word costs that is replaced, put in or left out.
const WORD: u32 = 4;
/// What a word of the source costs that a bracket may stand for.
const BRACKETED: u32 = 1;
/// The most pairs of words that are weighed, a byte of memory each: a quotation
/// of 5,000 words in passages of 12,000.
const MOST_CELLS: usize = 64_000_000;

/// A quotation laid against a source.
#[derive(Debug, Clone)]
pub(super) struct Alignment {
    /// The words side by side, in order: of the quotation, of the source.
    steps: Vec<(Option<usize>, Option<usize>)>,
    /// How many words are the same.
    pub(super) same: usize,
    /// The words of the source from the first to the last that is the same,
    /// half-open.
    pub(super) stretch: Range<usize>,
    /// The share of words that are the same, from 0 to 1: of the words of the
    /// quotation or of the stretch, whichever has more.
    pub(super) resemblance: f64,
}

/// Whether a quotation and a source are too long to be laid against each other.
pub(super) fn is_too_long(quote: &Quote, source: &Source) -> bool {
    (quote.len() + 1) * (source.words.len() + 1) > MOST_CELLS
}

/// Lays a quotation against a source; nothing where they have no word in common
/// or are [too long](is_too_long).
pub(super) fn align(quote: &Quote, source: &Source) -> Option<Alignment> {
    let (n, m) = (quote.len(), source.words.len());
    if n == 0 || m == 0 || is_too_long(quote, source) {
        return None;
    }
    let width = m + 1;
    let mut ways = vec![Way::Pair; (n + 1) * width];
    let mut last = vec![0u32; width];
    let mut costs = vec![0u32; width];
    for i in 1..=n {
        let pass = pass_cost(quote, i);
        costs[0] = i as u32 * WORD;
        ways[i * width] = Way::PutIn;
        for j in 1..=m {
            let paired = last[j - 1] + pair_cost(quote, i - 1, source, j - 1);
            let (put_in, left_out) = (last[j] + WORD, costs[j - 1] + pass);
            let cost = paired.min(put_in).min(left_out);
            costs[j] = cost;
            ways[i * width + j] = match cost {
                _ if cost == paired => Way::Pair,
                _ if cost == put_in => Way::PutIn,
                _ => Way::LeftOut,
            };
        }
        std::mem::swap(&mut last, &mut costs);
    }
    let end = (0..=m).min_by_key(|j| last[*j])?;
    measured(quote, source, steps(&ways, width, (n, end)))
}

/// How the words up to a pair are laid side by side at the least cost.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// The pair side by side.
    Pair,
    /// The word of the quotation alone.
    PutIn,
    /// The word of the source alone.
    LeftOut,
}

/// The words side by side, by the ways that led to a pair.
fn steps(
    ways: &[Way],
    width: usize,
    (mut i, mut j): (usize, usize),
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut steps = Vec::new();
    while i > 0 {
        match ways[i * width + j] {
            Way::Pair => {
                (i, j) = (i - 1, j - 1);
                steps.push((Some(i), Some(j)));
            }
            Way::PutIn => {
                i -= 1;
                steps.push((Some(i), None));
            }
            Way::LeftOut => {
                j -= 1;
                steps.push((None, Some(j)));
            }
        }
    }
    steps.reverse();
    steps
}

fn measured(
    quote: &Quote,
    source: &Source,
    steps: Vec<(Option<usize>, Option<usize>)>,
) -> Option<Alignment> {
    let is_same = |step: &(Option<usize>, Option<usize>)| match step {
        (Some(i), Some(j)) => pair_cost(quote, *i, source, *j) == 0,
        _ => false,
    };
    let first = steps.iter().position(is_same)?;
    let last = steps.iter().rposition(is_same)?;
    let same = steps.iter().filter(|step| is_same(step)).count();
    let mut word = 0;
    let mut held = 0;
    for step in &steps[first..=last] {
        word = step.0.map_or(word, |i| i + 1);
        let is_free = step.0.is_none() && pass_cost(quote, word) < WORD;
        held += usize::from(step.1.is_some() && !is_free);
    }
    let stretch = steps[first].1?..steps[last].1? + 1;
    Some(Alignment {
        same,
        stretch,
        resemblance: same as f64 / quote.len().max(held) as f64,
        steps,
    })
}

/// What a word of the source costs that stands behind `words` words of the
/// quotation and has no fellow there.
fn pass_cost(quote: &Quote, words: usize) -> u32 {
    let joint = &quote.joints[words];
    match (joint.ellipsis, &joint.bracket) {
        // Behind the last word nothing need be passed over.
        _ if words == quote.len() => WORD,
        (true, _) => 0,
        (false, Some(_)) => BRACKETED,
        (false, None) => WORD,
    }
}

fn pair_cost(quote: &Quote, word: usize, source: &Source, at: usize) -> u32 {
    let quoted = &quote.words[word];
    let is_same = quoted.hash == source.words[at].hash
        || quoted.patch.is_some()
            && fit(
                quote.printed(word),
                quoted.patch.as_ref(),
                source.printed(at),
            )
            .is_some();
    match is_same {
        true => 0,
        false => WORD,
    }
}

impl Alignment {
    /// What the source says and what the quotation says, to be compared word by
    /// word: what quoting may change is the same in both.
    pub(super) fn texts(&self, quote: &Quote, source: &Source) -> (String, String) {
        (self.held(quote, source), self.quoted(quote, source))
    }

    /// The words of the source, `…` where the quotation leaves some out and its
    /// brackets where they stand for some.
    fn held(&self, quote: &Quote, source: &Source) -> String {
        let mut text = String::new();
        let mut last: Option<usize> = None;
        let mut word = 0;
        for (i, j) in &self.steps {
            if let Some(i) = i {
                let joint = &quote.joints[*i];
                if !joint.is_direct() && *i > 0 {
                    text.push_str(&mark(joint.ellipsis, joint.bracket.as_deref()));
                    last = None;
                }
                word = i + 1;
            }
            let is_passed = i.is_none() && pass_cost(quote, word) < WORD;
            let Some(j) = j.filter(|_| !is_passed) else {
                continue;
            };
            if let Some(last) = last {
                text.push_str(source.gap_after(last));
                if source.ends_passage(last) {
                    text.push(' ');
                }
            }
            text.push_str(source.printed(j));
            last = Some(j);
        }
        if let Some(last) = last.filter(|last| trailing(quote, source, *last).is_none()) {
            text.push_str(source.gap_after(last).trim_end());
        }
        text
    }

    fn quoted(&self, quote: &Quote, source: &Source) -> String {
        let mut text = String::new();
        let mut last = None;
        for (i, j) in &self.steps {
            last = j.or(last);
            let Some(i) = *i else { continue };
            let joint = &quote.joints[i];
            if i > 0 {
                let gap = &quote.plain[quote.words[i - 1].span.end..quote.words[i].span.start];
                match joint.is_direct() {
                    true => text.push_str(&gap.replace(super::quote::BREAK, " ")),
                    false => text.push_str(&mark(joint.ellipsis, joint.bracket.as_deref())),
                }
            }
            let printed = quote.printed(i);
            let held = j.map(|j| source.printed(j));
            let patch = quote.words[i].patch.as_ref();
            match held.and_then(|held| fit(printed, patch, held)) {
                Some(Fit::Case) if patch.is_some() || begins(quote, i) => {
                    text.push_str(held.unwrap_or(printed));
                }
                Some(Fit::Mended) => text.push_str(held.unwrap_or(printed)),
                _ => text.push_str(printed),
            }
        }
        let is_fine = last.is_some_and(|last| trailing(quote, source, last).is_some());
        if let (false, Some(end)) = (is_fine, quote.words.last()) {
            text.push_str(quote.plain[end.span.end..].trim_end());
        }
        text
    }
}

fn mark(ellipsis: bool, bracket: Option<&str>) -> String {
    match (ellipsis, bracket) {
        (true, None) => " … ".to_owned(),
        (false, Some(text)) => format!(" [{text}] "),
        (_, text) => format!(" … [{}] ", text.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::tests::source;

    fn aligned(quote: &str, text: &str) -> Option<(f64, String, String)> {
        let source = source(&[text]);
        let quote = Quote::readings(quote).pop()?;
        let aligned = align(&quote, &source)?;
        let (old, new) = aligned.texts(&quote, &source);
        Some(((aligned.resemblance * 100.0).round(), old, new))
    }

    #[test]
    fn the_stretch_most_like_it_is_found() {
        let text = "In May, the police raided three kilns near the river; none was closed.";
        for (quote, share, old, new) in [
            (
                "The police raided four kilns",
                80.0,
                "the police raided three kilns",
                "the police raided four kilns",
            ),
            (
                "police raided kilns near the river.",
                86.0,
                "police raided three kilns near the river",
                "police raided kilns near the river",
            ),
            (
                "the police raided … the lake; none [of them] was closed!",
                88.0,
                "the police raided … the river; none [of them] was closed.",
                "the police raided … the lake; none [of them] was closed!",
            ),
        ] {
            let found = aligned(quote, text);
            assert_eq!(
                found,
                Some((share, old.to_owned(), new.to_owned())),
                "{quote}"
            );
        }
        assert_eq!(aligned("wholly other words", text), None);
    }

    /// The least cost by trying all, for short texts.
    fn least(quote: &[u8], source: &[u8]) -> u32 {
        fn whole(a: &[u8], b: &[u8]) -> u32 {
            match (a, b) {
                ([], rest) | (rest, []) => rest.len() as u32,
                ([x, a1 @ ..], [y, b1 @ ..]) => (whole(a1, b1) + u32::from(x != y))
                    .min(whole(a1, b) + 1)
                    .min(whole(a, b1) + 1),
            }
        }
        let ends = (0..=source.len()).flat_map(|i| (i..=source.len()).map(move |j| (i, j)));
        ends.map(|(i, j)| whole(quote, &source[i..j]))
            .min()
            .unwrap_or_default()
    }

    proptest::proptest! {
        #[test]
        fn the_cost_is_the_least(quote in "[abc]{1,5}", text in "[abc]{1,6}") {
            let spaced = |t: &str| t.chars().map(|c| format!("{c} ")).collect::<String>();
            let (words, held) = (spaced(&quote), source(&[&spaced(&text)]));
            let read = Quote::readings(&words).pop().unwrap();
            let least = least(quote.as_bytes(), text.as_bytes());
            match align(&read, &held) {
                None => proptest::prop_assert_eq!(least, quote.len() as u32),
                Some(found) => {
                    let unlike = |s: &&(Option<usize>, Option<usize>)| match s {
                        (Some(i), Some(j)) => read.words[*i].hash != held.words[*j].hash,
                        _ => true,
                    };
                    let cost = found.steps.iter().filter(unlike).count();
                    proptest::prop_assert_eq!(cost as u32, least);
                }
            }
        }
    }
}
