//! What the queries of a batch find together and alone.

use rayon::prelude::*;
use tantivy::DocId;

/// The most queries whose overlap is worked out. All pairs are counted: 2,000
/// queries are two million pairs, each at most one look at every 64 passages of
/// the index, and hold at most a bit for every passage each.
pub const MOST_QUERIES: usize = 2000;

/// The passages of queries, gathered one query after another.
#[derive(Debug)]
pub struct OverlapSets {
    passages: usize,
    sets: Vec<PassageSet>,
    /// For every passage of the index, how many queries found it: none, one, or
    /// more.
    seen: Vec<Seen>,
}

/// How many passages of queries are found by others too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// How many passages any of the queries found, each counted once.
    pub union: u64,
    /// How many passages each query found.
    pub passages: Vec<u64>,
    /// How many passages each query found that no other found.
    pub only: Vec<u64>,
    /// Row by row, how many passages a query and each before it both found.
    both: Vec<Vec<u32>>,
}

/// A set of passages: a list where they are few, else a bit for each passage of
/// the index.
#[derive(Debug)]
enum PassageSet {
    Few(Vec<DocId>),
    Many(Vec<u64>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    None,
    Once,
    Often,
}

impl OverlapSets {
    /// No query yet, over an index of so many passages.
    pub fn new(passages: u64) -> Self {
        OverlapSets {
            passages: passages as usize,
            sets: Vec::new(),
            seen: vec![Seen::None; passages as usize],
        }
    }

    /// Adds the passages of a query, in order of id, each once.
    pub fn add(&mut self, docs: &[DocId]) {
        for doc in docs {
            if let Some(seen) = self.seen.get_mut(*doc as usize) {
                *seen = match seen {
                    Seen::None => Seen::Once,
                    Seen::Once | Seen::Often => Seen::Often,
                };
            }
        }
        self.sets.push(PassageSet::new(docs, self.passages));
    }

    /// Counts, in parallel.
    pub fn overlap(&self) -> Overlap {
        let both = |at: usize| -> Vec<u32> {
            let earlier = self.sets[..at].iter();
            earlier.map(|set| self.sets[at].both(set)).collect()
        };
        let once = |doc: usize| self.seen.get(doc) == Some(&Seen::Once);
        Overlap {
            union: self.seen.iter().filter(|s| **s != Seen::None).count() as u64,
            passages: self.sets.iter().map(PassageSet::len).collect(),
            only: self.sets.iter().map(|set| set.count(once)).collect(),
            both: (0..self.sets.len()).into_par_iter().map(both).collect(),
        }
    }
}

impl Overlap {
    /// How many queries there are.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// Whether there is no query.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// How many passages two queries both found, by their places.
    pub fn both(&self, a: usize, b: usize) -> u64 {
        match a == b {
            true => self.passages[a],
            false => u64::from(self.both[a.max(b)][a.min(b)]),
        }
    }

    /// What two queries both found, of what either found (Jaccard 1901), from 0
    /// to 1; 0 where neither found anything.
    pub fn jaccard(&self, a: usize, b: usize) -> f64 {
        let both = self.both(a, b);
        match self.passages[a] + self.passages[b] - both {
            0 => 0.0,
            either => both as f64 / either as f64,
        }
    }

    /// All pairs of queries by their places, the first before the second.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let n = self.len();
        (0..n).flat_map(move |a| (a + 1..n).map(move |b| (a, b)))
    }

    /// The pairs with the greatest share in common, at most `n` and none
    /// without a passage in common; equal ones in their order.
    pub fn closest(&self, n: usize) -> Vec<(usize, usize)> {
        let mut pairs: Vec<_> = self
            .pairs()
            .filter(|(a, b)| self.both(*a, *b) > 0)
            .collect();
        pairs.sort_by(|x, y| {
            let (x, y) = (self.jaccard(x.0, x.1), self.jaccard(y.0, y.1));
            y.total_cmp(&x)
        });
        pairs.truncate(n);
        pairs
    }

    /// The places of queries that found something, all of it found by others
    /// too, in order.
    pub fn without_own(&self) -> Vec<usize> {
        let places = 0..self.len();
        places
            .filter(|at| self.passages[*at] > 0 && self.only[*at] == 0)
            .collect()
    }
}

impl PassageSet {
    fn new(docs: &[DocId], passages: usize) -> Self {
        // A list takes 32 bits for each passage in it.
        if docs.len() < passages / 32 {
            return PassageSet::Few(docs.to_vec());
        }
        let mut bits = vec![0u64; passages.div_ceil(64)];
        for doc in docs {
            if let Some(word) = bits.get_mut(*doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
        }
        PassageSet::Many(bits)
    }

    fn len(&self) -> u64 {
        match self {
            PassageSet::Few(docs) => docs.len() as u64,
            PassageSet::Many(bits) => bits.iter().map(|w| u64::from(w.count_ones())).sum(),
        }
    }

    /// How many of the passages have a quality.
    fn count(&self, has: impl Fn(usize) -> bool) -> u64 {
        match self {
            PassageSet::Few(docs) => docs.iter().filter(|d| has(**d as usize)).count() as u64,
            PassageSet::Many(bits) => {
                let ones = bits.iter().enumerate().flat_map(|(at, word)| {
                    let places = (0..64).filter(move |i| word & (1 << i) != 0);
                    places.map(move |i| at * 64 + i)
                });
                ones.filter(|doc| has(*doc)).count() as u64
            }
        }
    }

    /// How many passages are in both.
    fn both(&self, other: &PassageSet) -> u32 {
        use PassageSet::{Few, Many};
        match (self, other) {
            (Few(a), Few(b)) => {
                let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
                let mut rest = many.as_slice();
                let mut both = 0;
                for doc in few {
                    rest = &rest[rest.partition_point(|d| d < doc)..];
                    both += u32::from(rest.first() == Some(doc));
                }
                both
            }
            (Few(docs), Many(bits)) | (Many(bits), Few(docs)) => {
                let is_in = |doc: &&DocId| bits[**doc as usize / 64] & (1 << (**doc % 64)) != 0;
                docs.iter().filter(is_in).count() as u32
            }
            (Many(a), Many(b)) => a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Few and many, empty and full: all as counted one by one.
        #[test]
        fn overlap_is_what_brute_force_counts(
            passages in 1u32..400,
            queries in prop::collection::vec((0u32..400, 1u32..60, 0u32..400), 0..9),
        ) {
            let sets: Vec<BTreeSet<DocId>> = queries
                .iter()
                .map(|(from, step, n)| {
                    (0..*n).map(|i| from + i * step).filter(|d| *d < passages).collect()
                })
                .collect();
            let mut gathered = OverlapSets::new(u64::from(passages));
            for set in &sets {
                gathered.add(&set.iter().copied().collect::<Vec<_>>());
            }
            let overlap = gathered.overlap();
            let union: BTreeSet<_> = sets.iter().flatten().collect();
            prop_assert_eq!(overlap.union, union.len() as u64);
            for (a, set) in sets.iter().enumerate() {
                let others = sets.iter().enumerate().filter(|(b, _)| *b != a);
                let others: BTreeSet<_> = others.flat_map(|(_, s)| s).collect();
                let only = set.iter().filter(|d| !others.contains(d)).count();
                prop_assert_eq!(overlap.only[a], only as u64);
                prop_assert_eq!(overlap.passages[a], set.len() as u64);
                for (b, other) in sets.iter().enumerate() {
                    let both = set.intersection(other).count();
                    let either = set.union(other).count();
                    prop_assert_eq!(overlap.both(a, b), both as u64);
                    let share = if either == 0 { 0.0 } else { both as f64 / either as f64 };
                    prop_assert!((overlap.jaccard(a, b) - share).abs() < 1e-12);
                }
            }
            let n = sets.len();
            prop_assert_eq!(overlap.pairs().count(), n * n.saturating_sub(1) / 2);
        }
    }

    #[test]
    fn the_closest_pairs_come_first() {
        let mut sets = OverlapSets::new(100);
        for docs in [&[1, 2, 3][..], &[1, 2, 3, 4], &[3], &[50], &[]] {
            sets.add(docs);
        }
        let overlap = sets.overlap();
        assert_eq!(overlap.closest(9), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(overlap.closest(1), [(0, 1)]);
        assert_eq!(overlap.only, [0, 1, 0, 1, 0]);
        assert_eq!(overlap.without_own(), [0, 2]);
    }
}
