//! Pairs as rows in the order of reading, each paragraph in one of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::align::Pair;
use super::divisions::Part;
use super::order::{Placed, in_order};
use super::{Edition, Row, SectionChange, SectionSide, Verdict};

/// What rows are made of; the old edition first.
pub(super) struct Rows<'a> {
    /// The key of the section of each paragraph.
    pub(super) keys: [&'a [String]; 2],
    /// The words of each paragraph.
    pub(super) words: [&'a [u64]; 2],
    /// The pairs.
    pub(super) pairs: &'a [Pair],
    /// Paragraphs without a pair that stand as a part in one of the other edition.
    pub(super) parts: [FxHashMap<usize, Part>; 2],
}

impl Rows<'_> {
    /// The sections of both editions with their rows.
    pub(super) fn sections(&self, editions: [&Edition; 2]) -> Vec<SectionChange> {
        let rows = self.rows();
        let mut of_new: Vec<Option<Row>> = vec![None; self.keys[1].len()];
        let mut of_old: Vec<Option<Row>> = vec![None; self.keys[0].len()];
        for row in rows {
            match (row.old, row.new) {
                (_, Some(new)) => of_new[new] = Some(row),
                (Some(old), None) => of_old[old] = Some(row),
                (None, None) => {}
            }
        }
        let order = merged(&order_of(self.keys[0]), &order_of(self.keys[1]));
        let section = |key: String| {
            let places = |side: usize| -> Vec<usize> {
                let all = 0..self.keys[side].len();
                all.filter(|at| self.keys[side][*at] == key).collect()
            };
            let (olds, news) = (places(0), places(1));
            SectionChange {
                old: side(editions[0], &olds),
                new: side(editions[1], &news),
                rows: woven(&olds, &news, &of_old, &of_new),
                key,
            }
        };
        order.into_iter().map(section).collect()
    }

    /// A row for each pair and each paragraph without one, in no order.
    fn rows(&self) -> Vec<Row> {
        let moved = self.moved();
        let mut alone = [
            vec![true; self.keys[0].len()],
            vec![true; self.keys[1].len()],
        ];
        let mut rows = Vec::new();
        for (pair, has_moved) in self.pairs.iter().zip(moved) {
            alone[0][pair.old] = false;
            alone[1][pair.new] = false;
            rows.push(Row {
                verdict: match pair.verdict {
                    verdict @ (Verdict::Divided | Verdict::Joined) => verdict,
                    _ if has_moved => Verdict::Moved,
                    verdict => verdict,
                },
                old: Some(pair.old),
                new: Some(pair.new),
                // Typography alone does not count, so words that differ are
                // never wholly similar.
                similarity: Some(pair.similarity),
                common: pair.common,
                stands_in: None,
            });
        }
        for (side, verdicts) in [
            (0, [Verdict::Removed, Verdict::Joined]),
            (1, [Verdict::Added, Verdict::Divided]),
        ] {
            let places = (0..alone[side].len()).filter(|at| alone[side][*at]);
            rows.extend(places.map(|at| {
                let part = self.parts[side].get(&at);
                Row {
                    verdict: verdicts[usize::from(part.is_some_and(|part| part.is_division))],
                    old: (side == 0).then_some(at),
                    new: (side == 1).then_some(at),
                    similarity: None,
                    common: part.map_or(0, |part| part.common),
                    stands_in: part.map(|part| part.whole),
                }
            }));
        }
        rows
    }

    /// Whether each pair has moved: to another section, or within one out of the
    /// order of the others.
    fn moved(&self) -> Vec<bool> {
        let mut moved = vec![true; self.pairs.len()];
        let mut by_section = BTreeMap::<&str, Vec<usize>>::new();
        for (at, pair) in self.pairs.iter().enumerate() {
            let (old, new) = (&self.keys[0][pair.old], &self.keys[1][pair.new]);
            if old == new {
                by_section.entry(old).or_default().push(at);
            }
        }
        for here in by_section.into_values() {
            let placed = |at: &usize| {
                let Pair { old, new, .. } = self.pairs[*at];
                let words = self.words[0][old] + self.words[1][new];
                Placed { old, new, words }
            };
            let placed: Vec<Placed> = here.iter().map(placed).collect();
            for (at, keeps) in here.into_iter().zip(in_order(&placed)) {
                moved[at] = !keeps;
            }
        }
        moved
    }
}

/// The rows of a section: those that kept their place in order, and before each
/// what was removed there, then what was added there or moved to it.
fn woven(
    olds: &[usize],
    news: &[usize],
    of_old: &[Option<Row>],
    of_new: &[Option<Row>],
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut gone = olds.iter().filter_map(|at| of_old[*at]).peekable();
    let mut come = Vec::new();
    for row in news.iter().filter_map(|at| of_new[*at]) {
        if row.old.is_some() && row.verdict != Verdict::Moved {
            while let Some(before) = gone.next_if(|before| before.old < row.old) {
                rows.push(before);
            }
            rows.append(&mut come);
            rows.push(row);
        } else {
            come.push(row);
        }
    }
    rows.extend(gone);
    rows.append(&mut come);
    rows
}

/// The sections of paragraphs, each once, in order.
pub(super) fn order_of(keys: &[String]) -> Vec<&str> {
    let mut order: Vec<&str> = Vec::new();
    for key in keys {
        if !order.contains(&key.as_str()) {
            order.push(key);
        }
    }
    order
}

/// The sections of both editions: those of the new one in its order, each other
/// behind the one that it followed.
fn merged(old: &[&str], new: &[&str]) -> Vec<String> {
    let mut merged: Vec<&str> = new.to_vec();
    let mut at = 0;
    for key in old {
        match merged.iter().position(|k| k == key) {
            Some(place) => at = place + 1,
            None => {
                merged.insert(at, key);
                at += 1;
            }
        }
    }
    merged.into_iter().map(str::to_owned).collect()
}

/// A section of an edition, by its paragraphs.
fn side(edition: &Edition, places: &[usize]) -> Option<SectionSide> {
    let first = *places.first()?;
    Some(SectionSide {
        name: edition.passages[first].section.clone(),
        words: places.iter().map(|at| edition.words[*at]).sum(),
        paragraphs: places.len() as u64,
    })
}
