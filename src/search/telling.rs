//! Which sentences of a passage tell most of what a query asks for.

use super::hits::{Hit, Ranked};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::PassageQuery;
use crate::query::matcher::Extent;
use crate::query::rank::nearness;

/// A word or phrase that matches in a passage: its weight and where it stands.
type Weighed = (f32, Vec<Extent>);

/// Marks the sentences that tell most in the hits of some documents.
///
/// # Errors
/// A damaged index.
pub(super) fn mark_telling(
    index: &OpenIndex,
    query: &PassageQuery,
    docs: &[Ranked],
    hits: &mut [Hit],
) -> Result<()> {
    // Places are read in the order of documents.
    let mut several: Vec<usize> = (0..hits.len())
        .filter(|i| hits[*i].sentences.len() > 1)
        .collect();
    several.sort_by_key(|i| docs[*i].1);
    let mut looker = query.looker(index)?;
    for i in several {
        let starts = looker.look(docs[i].1).sentences.clone();
        hits[i].telling = telling(&looker.weights(), &starts);
    }
    Ok(())
}

/// The sentences that tell most, from 1, of a passage whose sentences begin at
/// these positions: the first holds the most weight of distinct words and
/// phrases, which weigh more where they stand near each other; each after it adds
/// the most of those that are missing so far. Of equal ones the first.
fn telling(units: &[Weighed], starts: &[u32]) -> Vec<usize> {
    let sentences: Vec<Vec<usize>> = (0..starts.len().max(1))
        .map(|i| units_in(units, &bounds(starts, i)))
        .collect();
    let mut missing: Vec<bool> = vec![true; units.len()];
    let mut chosen: Vec<usize> = Vec::new();
    loop {
        let weight = |i: usize| {
            let new: Vec<usize> = sentences[i]
                .iter()
                .copied()
                .filter(|u| missing[*u])
                .collect();
            match new.is_empty() {
                true => 0.0,
                false => weight_of(units, &new, &bounds(starts, i)),
            }
        };
        let open = (0..sentences.len()).filter(|i| !chosen.contains(i));
        let best = open.map(|i| (weight(i), i)).reduce(
            |best, other| {
                if other.0 > best.0 { other } else { best }
            },
        );
        match best {
            Some((weight, i)) if weight > 0.0 => {
                sentences[i].iter().for_each(|unit| missing[*unit] = false);
                chosen.push(i);
            }
            _ => break,
        }
    }
    chosen.into_iter().map(|i| i + 1).collect()
}

/// The positions of a sentence.
fn bounds(starts: &[u32], i: usize) -> Extent {
    Extent {
        start: match i {
            0 => 0,
            _ => starts[i],
        },
        end: starts.get(i + 1).copied().unwrap_or(u32::MAX),
    }
}

fn is_in(extent: &Extent, sentence: &Extent) -> bool {
    extent.start < sentence.end && extent.end > sentence.start
}

fn units_in(units: &[Weighed], sentence: &Extent) -> Vec<usize> {
    let holds = |unit: &usize| units[*unit].1.iter().any(|e| is_in(e, sentence));
    (0..units.len()).filter(holds).collect()
}

/// What some units weigh in a sentence: each by itself, and each pair by how near
/// it comes.
fn weight_of(units: &[Weighed], here: &[usize], sentence: &Extent) -> f32 {
    let mut weight: f32 = here.iter().map(|unit| units[*unit].0).sum();
    for (i, left) in here.iter().enumerate() {
        for right in &here[i + 1..] {
            let lesser = units[*left].0.min(units[*right].0);
            let extents = units[*left].1.iter().filter(|e| is_in(e, sentence));
            let near = extents.map(|e| nearness(*e, &units[*right].1));
            weight += NEAR * lesser * near.fold(0.0, f32::max);
        }
    }
    weight
}

/// What a pair side by side weighs, as a part of its lesser weight.
const NEAR: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(positions: &[u32]) -> Vec<Extent> {
        let extent = |p: &u32| Extent {
            start: *p,
            end: p + 1,
        };
        positions.iter().map(extent).collect()
    }

    #[test]
    fn the_sentence_with_most_weight_comes_first() {
        // Sentences of ten words: one word, another, both.
        let units = [(2.0, at(&[3, 23])), (1.0, at(&[12, 25]))];
        assert_eq!(telling(&units, &[0, 10, 20]), [3]);
        // What is missing is added.
        let units = [(2.0, at(&[3])), (1.0, at(&[12])), (1.5, at(&[24]))];
        assert_eq!(telling(&units, &[0, 10, 20]), [1, 3, 2]);
        // Of two with the same words, the one where they stand near.
        let units = [(1.0, at(&[1, 11])), (1.0, at(&[8, 12]))];
        assert_eq!(telling(&units, &[0, 10]), [2]);
        // A phrase over the end of a sentence is in both.
        let over = vec![Extent { start: 9, end: 11 }];
        assert_eq!(telling(&[(1.0, over)], &[0, 10]), [1]);
        assert!(telling(&[], &[0, 10]).is_empty());
    }
}
