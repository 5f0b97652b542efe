//! The ranking formula.
//!
//! A passage's score is the sum over the units (words, phrases, proximities)
//! of the query that match in it,
//!
//! ```text
//! score = sum of  weight * idf * (K1 + 1) * ( (1 - X) * s(f) + X * s(g) + C * s(c) )
//! s(n)  = n / (n + K1 * (1 - B + B * length / mean length))
//! s(c)  = as s(n), a passage shorter than the mean taken for as long
//! idf   = ln(1 + (N - n + 0.5) / (n + 0.5))
//! ```
//!
//! BM25 (Robertson et al., TREC-3, 1994) of `f`, how often the unit occurs, a
//! share `X` of it given for `g`, how often a word occurs in the very form that
//! was typed, and a part `C` for `c`, how close other units stand: for each
//! occurrence the sum over the other units of their share side by side, and of
//! `share * APART * (1 - (distance - 1) / REACH)` for a nearest occurrence within
//! `REACH` words, at most 1. A unit's share is its weighted idf as a part of
//! the query's largest, so that nearness to rare words counts. That nearness
//! weighs occurrences follows Rasolofo and Savoy (ECIR 2003) and Büttcher,
//! Clarke and Lushman (SIGIR 2006). As `c` is never more than `f`, a passage's
//! score is at most `1 + C` times its BM25, which lets block-max pruning pass
//! over passages without reading a single place.
//!
//! `N` is the number of passages and `n` how many hold the word (for a pattern
//! or a word with compounds the sum over its terms); a phrase's idf is the sum
//! over its words, and `f` counts its occurrences without overlaps. Function
//! words weigh [`FUNCTION_WORD`]. A length is at least [`SHORTEST`] of the
//! mean, so that a heading-like passage does not win by brevity alone; and in short
//! passages all words are near, so nearness counts no more there than in longer
//! ones.
//!
//! The constants were chosen for short texts not to lose and for words side by
//! side to come first, and held against three public collections (Cranfield, CACM,
//! CISI): `docs/ranking.md` has the figures, and what became worse.

use super::matcher::Extent;
use super::plan::Unit;

/// How soon further occurrences of a word stop to count.
pub const K1: f32 = 1.2;
/// How much the length of a passage matters.
pub const B: f32 = 0.75;
/// The share of a word's weight that only the form typed earns.
pub const TYPED_SHARE: f32 = 0.3;
/// How much closeness may add, as a part of BM25.
pub const CLOSENESS: f32 = 0.5;
/// What nearness counts beside standing side by side.
pub const APART: f32 = 0.8;
/// How far closeness reaches, in words.
pub const REACH: u32 = 16;
/// The weight of a function word.
pub const FUNCTION_WORD: f32 = 0.1;
/// The shortest length a passage is taken for, as a part of the mean.
pub const SHORTEST: f32 = 0.25;

/// How one unit of a query scores in a passage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitScore {
    /// The unit, by its place in the plan.
    pub unit: usize,
    /// How often the query asks for it.
    pub times: u32,
    /// How often it occurs.
    pub frequency: u32,
    /// How often it occurs in the form typed, for a word that matches its
    /// inflections.
    pub typed: Option<u32>,
    /// What the occurrences earn.
    pub words: f32,
    /// What other units near by earn.
    pub closeness: f32,
}

impl UnitScore {
    /// A unit that has not been counted yet.
    pub(super) fn new(unit: usize) -> Self {
        UnitScore {
            unit,
            times: 1,
            frequency: 0,
            typed: None,
            words: 0.0,
            closeness: 0.0,
        }
    }
}

/// The part of BM25 that depends on the passage's length.
pub fn length_norm(length: u32, mean: f32) -> f32 {
    let relative = (length as f32 / mean.max(1.0)).max(SHORTEST);
    K1 * (1.0 - B + B * relative)
}

/// What a unit's occurrences earn.
pub(super) fn words(unit: &Unit, score: &UnitScore, norm: f32) -> f32 {
    let s = |n: u32| n as f32 / (n as f32 + norm);
    let share = match score.typed {
        Some(typed) => (1.0 - TYPED_SHARE) * s(score.frequency) + TYPED_SHARE * s(typed),
        None => s(score.frequency),
    };
    full_weight(unit, score.times) * share
}

/// What the closeness of other units earns a unit.
pub(super) fn closeness(unit: &Unit, times: u32, close: f32, norm: f32) -> f32 {
    let norm = norm_of_closeness(norm);
    full_weight(unit, times) * CLOSENESS * close / (close + norm)
}

/// A short passage is taken for one of the mean length.
fn norm_of_closeness(norm: f32) -> f32 {
    norm.max(K1)
}

/// What a unit earns at most, whatever the places; `others` is the sum of the
/// shares of the other units in the passage, which could stand close.
pub(super) fn most(unit: &Unit, score: &UnitScore, norm: f32, others: f32) -> f32 {
    let close = score.frequency as f32 * others.min(1.0);
    words(unit, score, norm) + closeness(unit, score.times, close, norm)
}

/// How many times its BM25 a passage's score may be.
pub(super) fn most_of_bm25(alone: bool) -> f32 {
    match alone {
        true => 1.0,
        false => 1.0 + CLOSENESS,
    }
}

fn full_weight(unit: &Unit, times: u32) -> f32 {
    times as f32 * unit.weight * unit.idf * (K1 + 1.0)
}

/// How close other units stand to the occurrences of one: `places` holds the
/// extents of all units in order, `shares` their shares; the answer is for the
/// unit at `of` and at most its number of occurrences.
pub(super) fn close(of: usize, places: &[&[Extent]], shares: &[f32]) -> f32 {
    let mut sum = 0.0;
    for here in places[of] {
        let mut near = 0.0;
        for (other, extents) in places.iter().enumerate() {
            if other != of {
                near += shares[other] * nearness(*here, extents);
            }
        }
        sum += near.min(1.0);
    }
    sum
}

/// How near the nearest of some extents is to one: 1 side by side, 0 out of
/// reach.
pub fn nearness(here: Extent, extents: &[Extent]) -> f32 {
    match nearest(here, extents) {
        None => 0.0,
        Some(1) => 1.0,
        Some(distance) => APART * (1.0 - (distance - 1) as f32 / REACH as f32),
    }
}

/// The distance in words to the nearest extent that does not overlap, where it
/// is within [`REACH`]; 1 is side by side. Before an extent no more than four
/// others are looked at, for hardly more overlap.
fn nearest(here: Extent, extents: &[Extent]) -> Option<u32> {
    let after = extents.partition_point(|e| e.start < here.end);
    let next = extents.get(after).map(|e| e.start - here.end + 1);
    let before = extents[..after]
        .iter()
        .rev()
        .take(4)
        .find(|e| e.end <= here.start);
    let last = before.map(|e| here.start - e.end + 1);
    let nearest = match (next, last) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    (nearest <= REACH).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(positions: &[u32]) -> Vec<Extent> {
        positions
            .iter()
            .map(|p| Extent {
                start: *p,
                end: p + 1,
            })
            .collect()
    }

    #[test]
    fn words_that_stand_close_earn_more() {
        let (a, near, far, away) = (at(&[5]), at(&[6]), at(&[12]), at(&[40]));
        let close_to = |b: &[Extent]| close(0, &[&a, b], &[1.0, 1.0]);
        assert_eq!(close_to(&near), 1.0);
        assert_eq!(close_to(&far), APART * (1.0 - 6.0 / 16.0));
        assert_eq!(close_to(&away), 0.0);
        // An occurrence has at most one whole neighbour.
        assert_eq!(close(0, &[&a, &near, &near], &[1.0, 1.0, 1.0]), 1.0);
    }
}
