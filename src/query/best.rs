//! The best passages of many: the highest scores, equal ones in order of
//! passage id.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::{DocId, Score};

/// The best passages so far.
pub(super) struct Best {
    limit: usize,
    heap: BinaryHeap<Ranked>,
}

/// A passage with its score; the greatest is the worst.
#[derive(PartialEq)]
struct Ranked(Score, DocId);

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(self.1.cmp(&other.1))
    }
}

impl Best {
    /// At most `limit` passages.
    pub(super) fn new(limit: usize) -> Self {
        Best {
            limit,
            heap: BinaryHeap::with_capacity(limit.min(1024) + 1),
        }
    }

    /// Takes a passage in; the answer is the score that the next must exceed.
    pub(super) fn offer(&mut self, score: Score, doc: DocId) -> Score {
        self.heap.push(Ranked(score, doc));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        match self.heap.len() < self.limit {
            true => Score::MIN,
            false => self.heap.peek().map_or(Score::MIN, |worst| worst.0),
        }
    }

    /// The passages, the best first.
    pub(super) fn in_order(self) -> Vec<(Score, DocId)> {
        let ranked = self.heap.into_sorted_vec();
        ranked.into_iter().map(|r| (r.0, r.1)).collect()
    }
}
