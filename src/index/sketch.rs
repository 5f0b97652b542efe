//! How much of their text two reports share, by a sketch of each.
//!
//! A report is the set of the [shingles](crate::text::shingles) of its
//! passages. A sketch keeps the least hash in each of 128 bins, and the share of
//! bins that are alike estimates the resemblance, with a standard error of at
//! most 5 percent points (one permutation hashing: Li, Owen, Zhang, 2012).

use std::collections::HashMap;

use crate::text::shingles::shingle_hashes;

/// How many bins a sketch has: as many as 7 bits tell.
const BINS: usize = 128;
const BIN_BITS: u32 = 7;
/// A bin in which no hash fell.
const EMPTY: u32 = u32::MAX;
/// Fewer shingles make no sketch: short texts are alike by chance.
const FEWEST: u32 = 100;
/// How many bins in a row must be alike for two reports to be compared.
const BAND: usize = 4;
/// With how many of a band a report is compared at most.
const NEIGHBOURS: usize = 16;

/// A sketch of the text of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch(Box<[u32; BINS]>);

/// Makes the sketch of a report.
pub(super) struct Sketcher {
    bins: Box<[u32; BINS]>,
    shingles: u32,
}

impl Sketcher {
    pub(super) fn new() -> Self {
        Sketcher {
            bins: Box::new([EMPTY; BINS]),
            shingles: 0,
        }
    }

    /// Adds a passage, by the hashes of its words ([`word_hash`]) in order.
    pub(super) fn add(&mut self, words: impl Iterator<Item = u64>) {
        for hash in shingle_hashes(words) {
            let bin = (hash >> (u64::BITS - BIN_BITS)) as usize;
            self.bins[bin] = self.bins[bin].min(hash as u32);
            self.shingles += 1;
        }
    }

    /// The sketch; none of a short text.
    pub(super) fn finish(self) -> Option<Sketch> {
        (self.shingles >= FEWEST).then_some(Sketch(self.bins))
    }
}

impl Sketch {
    /// The estimated resemblance of two reports, in percent.
    pub(super) fn resemblance(&self, other: &Sketch) -> u32 {
        let pairs = self.0.iter().zip(other.0.iter());
        let (mut alike, mut empty) = (0, 0);
        for (one, other) in pairs {
            match (*one == EMPTY, one == other) {
                (true, true) => empty += 1,
                (false, true) => alike += 1,
                _ => {}
            }
        }
        100 * alike / (BINS as u32 - empty).max(1)
    }
}

/// The pairs of sketches that resemble each other by `least` percent or more,
/// each with its resemblance: of each sketch the best among those before it.
pub(super) fn alike<'s>(
    sketches: impl Iterator<Item = Option<&'s Sketch>>,
    least: u32,
) -> Vec<(usize, usize, u32)> {
    let mut bands: HashMap<(usize, &[u32]), Vec<usize>> = HashMap::new();
    let mut seen: Vec<Option<&Sketch>> = Vec::new();
    let mut pairs = Vec::new();
    for (at, sketch) in sketches.enumerate() {
        seen.push(sketch);
        let Some(sketch) = sketch else { continue };
        let mut best: Option<(u32, usize)> = None;
        for band in sketch.0.chunks(BAND).enumerate() {
            let others = bands.entry(band).or_default();
            for &other in others.iter() {
                let resemblance = seen[other].map_or(0, |other| sketch.resemblance(other));
                let is_better = best.is_none_or(|(known, by)| {
                    resemblance > known || (resemblance == known && other < by)
                });
                if resemblance >= least && is_better {
                    best = Some((resemblance, other));
                }
            }
            if others.len() < NEIGHBOURS {
                others.push(at);
            }
        }
        pairs.extend(best.map(|(resemblance, other)| (other, at, resemblance)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::shingles::{LENGTH, word_hash};

    fn sketch(words: &[u32]) -> Option<Sketch> {
        let mut sketcher = Sketcher::new();
        sketcher.add(words.iter().map(|w| word_hash(&w.to_string())));
        sketcher.finish()
    }

    fn exact(one: &[u32], other: &[u32]) -> f64 {
        let shingles = |words: &[u32]| -> HashSet<Vec<u32>> {
            words.windows(LENGTH).map(<[u32]>::to_vec).collect()
        };
        let (one, other) = (shingles(one), shingles(other));
        one.intersection(&other).count() as f64 / one.union(&other).count() as f64
    }

    proptest::proptest! {
        #[test]
        fn estimates_are_near_the_truth(
            words in proptest::collection::vec(0u32..5000, 400..1200),
            edits in proptest::collection::vec((0usize..400, 0u32..5000), 0..60),
        ) {
            let mut other = words.clone();
            edits.iter().for_each(|(at, word)| other[*at] = *word);
            let estimate = sketch(&words).unwrap().resemblance(&sketch(&other).unwrap());
            let truth = exact(&words, &other);
            // Five standard errors.
            proptest::prop_assert!((f64::from(estimate) / 100.0 - truth).abs() < 0.25);
        }
    }

    #[test]
    fn copies_are_found_among_others() {
        let text =
            |seed: u32| -> Vec<u32> { (0..500).map(|i| i * 7919 % 4999 + seed * 10_000).collect() };
        let mut copy = text(3);
        copy[100] = 1;
        let texts = [text(1), text(2), text(3), text(4), copy, (0..50).collect()];
        let sketches: Vec<_> = texts.iter().map(|t| sketch(t)).collect();
        assert!(sketches[5].is_none());
        let pairs = alike(sketches.iter().map(Option::as_ref), 80);
        assert_eq!(pairs.len(), 1);
        let (one, other, resemblance) = pairs[0];
        assert_eq!((one, other), (2, 4));
        assert!(resemblance > 90, "{resemblance}");
    }
}
