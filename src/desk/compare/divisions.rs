//! Paragraphs that were divided or joined: a whole in one edition and its parts
//! in the other.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Verdict;
use super::align::{PART, Pair, Unit};
use super::words::{Common, Vocabulary};

/// A whole of one edition that is cut into paragraphs of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Division {
    /// The whole, by its place in its edition.
    pub(super) whole: usize,
    /// The parts, two or more, by their places in the other edition.
    pub(super) parts: Range<usize>,
}

/// An unpaired paragraph of one edition that is contained in a paragraph of the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// The paragraph that contains it.
    pub(super) whole: usize,
    /// Whether it is a part of it that was cut off, or one that was joined to it.
    pub(super) is_division: bool,
    /// How many of its words count as kept.
    pub(super) common: u64,
}

/// The wholes whose words are those of paragraphs of the other edition that
/// follow each other in one section, and nothing else.
pub(super) fn exact(
    wholes: &[Unit<'_>],
    parts: &[Unit<'_>],
    free_wholes: &[bool],
    free_parts: &[bool],
) -> Vec<Division> {
    let mut free = free_parts.to_vec();
    let mut first = FxHashMap::<u32, Vec<usize>>::default();
    for (at, part) in parts.iter().enumerate().filter(|(at, _)| free_parts[*at]) {
        if let Some(word) = part.words.words.first() {
            first.entry(*word).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (whole, unit) in wholes.iter().enumerate().filter(|(at, _)| free_wholes[*at]) {
        let starts = unit.words.words.first().and_then(|word| first.get(word));
        let cut = starts.into_iter().flatten();
        let mut cut = cut.filter_map(|start| run_of(unit, parts, *start, &free));
        if let Some(parts) = cut.next() {
            free[parts.clone()].fill(false);
            found.push(Division { whole, parts });
        }
    }
    found
}

/// The paragraphs from a place on that make up a whole.
fn run_of(
    whole: &Unit<'_>,
    parts: &[Unit<'_>],
    start: usize,
    free: &[bool],
) -> Option<Range<usize>> {
    let mut rest = whole.words.words.as_slice();
    let mut at = start;
    while !rest.is_empty() {
        let part = parts.get(at)?;
        let words = &part.words.words;
        if !free[at] || words.is_empty() || part.section != parts[start].section {
            return None;
        }
        rest = rest.strip_prefix(words.as_slice())?;
        at += 1;
    }
    (at > start + 1).then_some(start..at)
}

/// The paragraphs of one side that are in no pair and stand in one of the other
/// side, by their places; `old_side` tells which side they are of.
///
/// Of a paragraph that was reworded, a part was cut off, or joined to it, if it
/// has words of the part that its pair lacks.
pub(super) fn parts(
    stand_in: &[(usize, usize)],
    divisions: &[Division],
    [units, wholes]: [&[Unit<'_>]; 2],
    pair_of_whole: impl Fn(usize) -> Option<(Verdict, usize)>,
    vocabulary: &Vocabulary,
) -> FxHashMap<usize, Part> {
    let mut found = FxHashMap::default();
    let mut groups = BTreeMap::<usize, Vec<usize>>::new();
    for (at, whole) in stand_in {
        groups.entry(*whole).or_default().push(*at);
    }
    for (whole, alone) in groups {
        let pair = pair_of_whole(whole);
        let mut together: Vec<usize> = Vec::new();
        let mut before = Common::default();
        if let Some((Verdict::Reworded, partner)) = pair {
            together.push(partner);
            before = vocabulary.common(&wholes[whole].words, &units[partner].words);
        }
        for at in alone {
            let is_reworded = !together.is_empty();
            together.push(at);
            together.sort_unstable();
            let words: Vec<u32> = together
                .iter()
                .flat_map(|at| units[*at].words.words.iter().copied())
                .collect();
            let now = vocabulary.common_of(&wholes[whole].words.words, &words);
            let gain = now.weight.saturating_sub(before.weight);
            let is_division = is_reworded && units[at].words.share(gain) >= PART;
            let common = u64::from(now.words.saturating_sub(before.words));
            match is_division {
                true => before = now,
                false => together.retain(|other| *other != at),
            }
            found.insert(
                at,
                Part {
                    whole,
                    is_division,
                    common: if is_division { common } else { 0 },
                },
            );
        }
    }
    for Division { whole, parts } in divisions {
        for at in parts.clone().skip(1) {
            let common = units[at].words.words.len() as u64;
            found.insert(
                at,
                Part {
                    whole: *whole,
                    is_division: true,
                    common,
                },
            );
        }
    }
    found
}

/// What the whole of one side is paired with, and how.
pub(super) fn partners(
    pairs: &[Pair],
    whole: fn(&Pair) -> usize,
    partner: fn(&Pair) -> usize,
) -> FxHashMap<usize, (Verdict, usize)> {
    let pairs = pairs.iter();
    pairs
        .map(|pair| (whole(pair), (pair.verdict, partner(pair))))
        .collect()
}
