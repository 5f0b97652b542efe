//! The matcher: what of a passage matches a plan, and where.
//!
//! It works on *extents*, half-open ranges of word positions, that were read
//! from the index for one passage ([`Places`]); it knows neither the index nor
//! the text. The same evaluation decides what matches, what is lit up, which
//! sentences are meant, what `ATLEAST` counts and how often a phrase occurs.

use std::borrow::Cow;

use super::plan::Op;
use super::tree::Within;

/// A half-open range of word positions, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    /// The first position.
    pub start: u32,
    /// The position after the last.
    pub end: u32,
}

/// What is known of one passage.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// For every leaf of the plan whether the passage holds it.
    pub present: Vec<bool>,
    /// For every leaf of the plan its extents, in order, where they were read.
    pub leaves: Vec<Vec<Extent>>,
    /// For every facet of the plan whether the passage has it.
    pub facets: Vec<bool>,
    /// The positions at which sentences begin, in order.
    pub sentences: Vec<u32>,
}

impl Places {
    /// Whether a passage matches.
    pub fn matches(&self, op: &Op) -> bool {
        match op {
            Op::Unit(_, op) => self.matches(op),
            Op::Leaf(leaf) => self.present[*leaf],
            Op::Sequence { parts, slop: 0 } if parts.iter().all(|p| matches!(p, Op::Leaf(_))) => {
                self.phrase_stands(parts)
            }
            Op::Sequence { .. } | Op::Near { .. } => !self.extents::<Extent>(op, 1).is_empty(),
            Op::Any(ops) | Op::Or(ops) => ops.iter().any(|op| self.matches(op)),
            Op::And(ops) => ops.iter().all(|op| self.matches(op)),
            Op::Most(least, ops) => self.matching(ops) >= *least,
            Op::Not(op) => !self.matches(op),
            Op::AtLeast(n, op) => self.count(op) >= *n,
            Op::Facet(facet) => self.facets[*facet],
            Op::Maybe(_) | Op::Everything => true,
        }
    }

    /// How many of some operations match.
    pub fn matching(&self, ops: &[Op]) -> usize {
        ops.iter().filter(|op| self.matches(op)).count()
    }

    /// Whether leaves stand side by side.
    fn phrase_stands(&self, leaves: &[Op]) -> bool {
        // Where the phrase has got to, in order.
        let mut ends: Option<Vec<u32>> = None;
        for leaf in leaves {
            let Op::Leaf(leaf) = leaf else { return false };
            let extents = self.leaves[*leaf].iter();
            let follows = |e: &&Extent| match &ends {
                Some(ends) => ends.binary_search(&e.start).is_ok(),
                None => true,
            };
            let mut next: Vec<u32> = extents.filter(follows).map(|e| e.end).collect();
            if next.is_empty() {
                return false;
            }
            next.sort_unstable();
            next.dedup();
            ends = Some(next);
        }
        true
    }

    /// What lights up in a passage: extents in order, those that overlap
    /// melted into one; none where it does not match.
    pub fn lit(&self, op: &Op) -> Option<Vec<Extent>> {
        let mut lit = Vec::new();
        self.collect_lit(op, &mut lit).then(|| melted(lit))
    }

    fn collect_lit(&self, op: &Op, lit: &mut Vec<Extent>) -> bool {
        match op {
            Op::Unit(_, op) => self.collect_lit(op, lit),
            Op::Leaf(_) | Op::Sequence { .. } | Op::Near { .. } | Op::Any(_) => {
                let found = self.extents::<Lit>(op, usize::MAX);
                lit.extend(found.iter().flat_map(|l| &l.lit));
                !found.is_empty()
            }
            Op::Or(ops) => self.collect_any(ops, lit) > 0,
            Op::Most(least, ops) => self.collect_any(ops, lit) >= *least,
            Op::And(ops) => ops.iter().all(|op| self.collect_lit(op, lit)),
            Op::Not(op) => !self.matches(op),
            Op::AtLeast(n, op) => self.count(op) >= *n && self.collect_lit(op, lit),
            Op::Facet(facet) => self.facets[*facet],
            Op::Maybe(_) | Op::Everything => true,
        }
    }

    /// Collects what lights up of those that match; the answer is how many do.
    fn collect_any(&self, ops: &[Op], lit: &mut Vec<Extent>) -> usize {
        let mut matching = 0;
        for op in ops {
            let before = lit.len();
            match self.collect_lit(op, lit) {
                true => matching += 1,
                false => lit.truncate(before),
            }
        }
        matching
    }

    /// How many extents something has, counted without overlaps.
    pub fn count(&self, op: &Op) -> u32 {
        match op {
            Op::Unit(_, op) => self.count(op),
            Op::Or(ops) | Op::Any(ops) => {
                let all: Vec<Extent> = ops.iter().flat_map(|op| self.places_of(op)).collect();
                count_apart(&all)
            }
            op => count_apart(&self.places_of(op)),
        }
    }

    /// The extents of something that has extents, in order.
    pub fn places_of(&self, op: &Op) -> Vec<Extent> {
        match op {
            Op::Unit(_, op) => self.places_of(op),
            Op::Or(ops) => {
                let mut all: Vec<Extent> = ops.iter().flat_map(|op| self.places_of(op)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            op => self.extents(op, usize::MAX).into_owned(),
        }
    }

    /// The numbers of the sentences that extents touch, from 1, in order.
    pub fn sentences_of(&self, extents: &[Extent]) -> Vec<usize> {
        let number = |position: u32| self.sentences.partition_point(|s| *s <= position).max(1);
        let mut numbers: Vec<usize> = extents
            .iter()
            .flat_map(|e| number(e.start)..=number(e.end - 1))
            .collect();
        numbers.dedup();
        numbers
    }

    /// Where something stands, in order of start and end, each extent once;
    /// the search may stop when `enough` are found.
    fn extents<M: Mark>(&self, op: &Op, enough: usize) -> Cow<'_, [M]> {
        match op {
            Op::Leaf(leaf) => M::of_leaf(&self.leaves[*leaf]),
            Op::Unit(_, op) => self.extents(op, enough),
            Op::Sequence { parts, slop } => Cow::Owned(self.sequence(parts, *slop)),
            Op::Near {
                sides,
                within,
                ordered,
            } => {
                let [left, right] = sides;
                let left = self.extents::<M>(left, usize::MAX);
                if left.is_empty() {
                    return left;
                }
                let right = self.extents::<M>(right, usize::MAX);
                let mut found = Vec::new();
                self.near(&left, &right, *within, enough, &mut found);
                if !ordered && found.len() < enough {
                    self.near(&right, &left, *within, enough, &mut found);
                }
                Cow::Owned(once(found))
            }
            Op::Any(ops) => {
                let mut all: Cow<'_, [M]> = Cow::Borrowed(&[]);
                for op in ops {
                    let some = self.extents::<M>(op, usize::MAX);
                    match (all.is_empty(), some.is_empty()) {
                        (_, true) => {}
                        (true, false) => all = some,
                        (false, false) => {
                            let mut both = all.into_owned();
                            both.extend_from_slice(&some);
                            all = Cow::Owned(once(both));
                        }
                    }
                }
                all
            }
            // The planner puts nothing else where extents are asked for.
            _ => Cow::Owned(Vec::new()),
        }
    }

    fn sequence<M: Mark>(&self, parts: &[Op], slop: u32) -> Vec<M> {
        let Some((first, rest)) = parts.split_first() else {
            return Vec::new();
        };
        // An extent so far and how many words it has passed over.
        let first = self.extents::<M>(first, usize::MAX);
        let mut so_far: Vec<(M, u32)> = first.iter().map(|m| (m.clone(), 0)).collect();
        for part in rest {
            if so_far.is_empty() {
                return Vec::new();
            }
            let next = self.extents::<M>(part, usize::MAX);
            let mut longer = Vec::new();
            for (mark, passed) in &so_far {
                let end = mark.extent().end;
                let from = next.partition_point(|n| n.extent().start < end);
                for one in &next[from..] {
                    let gap = one.extent().start - end;
                    if passed + gap > slop {
                        break;
                    }
                    longer.push((mark.joined(one), passed + gap));
                }
            }
            longer.sort_by_key(|(mark, passed)| (mark.extent(), *passed));
            longer.dedup_by(|b, a| {
                let same = a.0.extent() == b.0.extent() && a.1 == b.1;
                if same {
                    a.0.merge(&b.0);
                }
                same
            });
            so_far = longer;
        }
        once(so_far.into_iter().map(|(mark, _)| mark).collect())
    }

    /// Pairs of an extent of `first` and a later one of `second` near it.
    fn near<M: Mark>(
        &self,
        first: &[M],
        second: &[M],
        within: Within,
        enough: usize,
        found: &mut Vec<M>,
    ) {
        // Pairs of one start are made distinct before the next: their number is
        // bounded by the extents there can be.
        let mut group = found.len();
        let mut group_start = None;
        for a in first {
            let Extent { start, end } = a.extent();
            if group_start
                .replace(start)
                .is_some_and(|before| before != start)
            {
                once_from(found, group);
                group = found.len();
            }
            let from = second.partition_point(|b| b.extent().start < end);
            let sentence_end = match within {
                Within::Sentence => {
                    let next = self.sentences.partition_point(|s| *s <= start);
                    self.sentences.get(next).copied().unwrap_or(u32::MAX)
                }
                _ => u32::MAX,
            };
            for b in &second[from..] {
                let b_extent = b.extent();
                match within {
                    Within::Words(n) if b_extent.start - end >= n => break,
                    Within::Sentence if b_extent.start >= sentence_end => break,
                    Within::Sentence if b_extent.end > sentence_end => continue,
                    _ => {}
                }
                found.push(a.paired(b));
                if found.len() >= enough {
                    return;
                }
            }
        }
    }
}

/// An extent with or without what lights up in it.
trait Mark: Clone + 'static {
    fn of_leaf(extents: &[Extent]) -> Cow<'_, [Self]>;
    fn extent(&self) -> Extent;
    /// This and a later one as one extent, what stands side by side lit as one.
    fn joined(&self, later: &Self) -> Self;
    /// This and a later one as one extent, each lit for itself.
    fn paired(&self, later: &Self) -> Self;
    /// Lights up here too what is lit in another mark of the same extent.
    fn merge(&mut self, other: &Self);
}

fn from_to(a: Extent, b: Extent) -> Extent {
    Extent {
        start: a.start,
        end: b.end.max(a.end),
    }
}

impl Mark for Extent {
    fn of_leaf(extents: &[Extent]) -> Cow<'_, [Self]> {
        Cow::Borrowed(extents)
    }

    fn extent(&self) -> Extent {
        *self
    }

    fn joined(&self, later: &Self) -> Self {
        from_to(*self, *later)
    }

    fn paired(&self, later: &Self) -> Self {
        from_to(*self, *later)
    }

    fn merge(&mut self, _: &Self) {}
}

/// An extent and the extents in it that light up.
#[derive(Clone)]
struct Lit {
    extent: Extent,
    lit: Vec<Extent>,
}

impl Mark for Lit {
    fn of_leaf(extents: &[Extent]) -> Cow<'_, [Self]> {
        let lit = extents.iter().map(|extent| Lit {
            extent: *extent,
            lit: vec![*extent],
        });
        Cow::Owned(lit.collect())
    }

    fn extent(&self) -> Extent {
        self.extent
    }

    fn joined(&self, later: &Self) -> Self {
        let mut both = self.clone();
        both.extent = from_to(self.extent, later.extent);
        let mut rest = later.lit.iter();
        if self.extent.end == later.extent.start
            && let Some(last) = both.lit.last_mut()
            && let Some(first) = rest.next()
        {
            last.end = first.end;
        }
        both.lit.extend(rest);
        both
    }

    fn paired(&self, later: &Self) -> Self {
        Lit {
            extent: from_to(self.extent, later.extent),
            lit: [self.lit.as_slice(), &later.lit].concat(),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.lit.extend(&other.lit);
        self.lit.sort_unstable();
        self.lit.dedup();
    }
}

/// Marks in order of their extents, each extent once.
fn once<M: Mark>(mut marks: Vec<M>) -> Vec<M> {
    marks.sort_by_key(Mark::extent);
    marks.dedup_by(|b, a| {
        let same = a.extent() == b.extent();
        if same {
            a.merge(b);
        }
        same
    });
    marks
}

/// Makes the marks from a place on distinct.
fn once_from<M: Mark>(marks: &mut Vec<M>, from: usize) {
    if marks.len() > from + 1 {
        let group = once(marks.split_off(from));
        marks.extend(group);
    }
}

/// How many of some extents there are at most without overlaps.
pub(super) fn count_apart(extents: &[Extent]) -> u32 {
    let mut extents = extents.to_vec();
    extents.sort_unstable_by_key(|e| (e.end, e.start));
    let mut count = 0;
    let mut end = 0;
    for extent in extents {
        if extent.start >= end {
            count += 1;
            end = extent.end;
        }
    }
    count
}

/// Extents in order, those that overlap melted into one.
fn melted(mut extents: Vec<Extent>) -> Vec<Extent> {
    extents.sort_unstable();
    let mut out: Vec<Extent> = Vec::with_capacity(extents.len());
    for extent in extents {
        match out.last_mut() {
            Some(last) if extent.start < last.end => last.end = last.end.max(extent.end),
            _ => out.push(extent),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extents(pairs: &[(u32, u32)]) -> Vec<Extent> {
        pairs
            .iter()
            .map(|(start, end)| Extent {
                start: *start,
                end: *end,
            })
            .collect()
    }

    /// `a` at 0 and 6, `b` at 1 and 4, `c` at 9; sentences begin at 0 and 5.
    fn places() -> Places {
        Places {
            present: vec![true, true, true],
            leaves: vec![
                extents(&[(0, 1), (6, 7)]),
                extents(&[(1, 2), (4, 5)]),
                extents(&[(9, 10)]),
            ],
            facets: vec![],
            sentences: vec![0, 5],
        }
    }

    fn near(a: Op, b: Op, within: Within, ordered: bool) -> Op {
        Op::Near {
            sides: [Box::new(a), Box::new(b)],
            within,
            ordered,
        }
    }

    #[test]
    fn nearness_in_words_and_sentences() {
        let (a, b, c) = (Op::Leaf(0), Op::Leaf(1), Op::Leaf(2));
        let places = places();
        for (op, expected) in [
            (
                near(a.clone(), b.clone(), Within::Words(1), false),
                Some(vec![(0, 1), (1, 2)]),
            ),
            (
                near(a.clone(), b.clone(), Within::Words(2), false),
                Some(vec![(0, 1), (1, 2), (4, 5), (6, 7)]),
            ),
            (
                near(b.clone(), a.clone(), Within::Words(2), true),
                Some(vec![(4, 5), (6, 7)]),
            ),
            (near(b.clone(), c.clone(), Within::Sentence, false), None),
            (
                near(c.clone(), a.clone(), Within::Sentence, false),
                Some(vec![(6, 7), (9, 10)]),
            ),
            (near(c.clone(), a.clone(), Within::Sentence, true), None),
            (
                near(
                    near(a.clone(), b.clone(), Within::Words(1), false),
                    c.clone(),
                    Within::Words(7),
                    false,
                ),
                None,
            ),
            (
                near(
                    near(a.clone(), b.clone(), Within::Words(1), false),
                    c.clone(),
                    Within::Words(8),
                    false,
                ),
                Some(vec![(0, 1), (1, 2), (9, 10)]),
            ),
            (near(c.clone(), c.clone(), Within::Passage, false), None),
            (
                Op::Sequence {
                    parts: vec![a.clone(), b.clone()],
                    slop: 0,
                },
                Some(vec![(0, 2)]),
            ),
            (
                Op::Sequence {
                    parts: vec![a.clone(), b.clone(), c.clone()],
                    slop: 9,
                },
                Some(vec![(0, 2), (4, 5), (9, 10)]),
            ),
        ] {
            let expected = expected.map(|e| extents(&e));
            assert_eq!(places.lit(&op), expected, "{op:?}");
            assert_eq!(places.matches(&op), expected.is_some(), "{op:?}");
        }
        assert_eq!(places.sentences_of(&extents(&[(1, 2), (4, 7)])), [1, 2]);
    }

    #[test]
    fn matches_are_counted_without_overlaps() {
        assert_eq!(count_apart(&extents(&[(0, 3), (1, 2), (2, 4), (4, 5)])), 3);
        let places = places();
        let both = Op::Any(vec![Op::Leaf(0), Op::Leaf(1)]);
        assert_eq!(places.count(&both), 4);
        assert!(places.matches(&Op::AtLeast(4, Box::new(both.clone()))));
        assert!(!places.matches(&Op::AtLeast(5, Box::new(both))));
    }
}
