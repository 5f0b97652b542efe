//! Stepping through the passages of a plan, and scoring them.

use std::sync::Arc;

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::matcher::{Extent, Places, count_apart};
use super::plan::{Op, Plan, Unit};
use super::rank::{self, UnitScore};
use super::reader::Reader;

/// Steps through the passages of a plan and scores them.
pub(super) struct PassageScorer {
    plan: Arc<Plan>,
    pub(super) matching: Reader,
    /// Reads what the matching does not need; none where it needs all.
    scoring: Option<Reader>,
    /// The passage at hand.
    pub(super) doc: DocId,
    /// What scores are multiplied by.
    pub(super) boost: Score,
    found: Vec<Found>,
    /// How often the plan asks for each unit, where every unit is a word and no
    /// places decide what matches.
    times: Option<Vec<u32>>,
}

impl PassageScorer {
    /// A scorer before the first passage, with a reader for matching and, where
    /// that reads too little to score, one for scoring.
    pub(super) fn new(plan: Arc<Plan>, matching: Reader, scoring: Option<Reader>) -> Self {
        PassageScorer {
            times: times_of(&plan),
            plan,
            matching,
            scoring,
            doc: TERMINATED,
            boost: 1.0,
            found: Vec::new(),
        }
    }

    /// Goes to the first passage from `target` on that matches.
    pub(super) fn find(&mut self, target: DocId) -> DocId {
        self.doc = self.matching.candidate(target);
        while self.doc != TERMINATED {
            if self.matching.may_match(self.doc)
                && self.matching.load(self.doc).matches(&self.plan.root)
            {
                break;
            }
            self.doc = self.matching.candidate(self.doc + 1);
        }
        self.doc
    }

    /// The score of the passage at hand, if it may be above a threshold.
    pub(super) fn score_above(&mut self, threshold: Score) -> Option<Score> {
        match self.bound() {
            Some(bound) if self.boost * bound <= threshold => None,
            _ => Some(self.score()),
        }
    }

    /// What the score of the passage at hand is not above, as far as that can
    /// be told without reading places.
    fn bound(&mut self) -> Option<Score> {
        let times = self.times.as_ref()?;
        let doc = self.doc;
        let reader = self.scoring.as_mut().unwrap_or(&mut self.matching);
        if reader.loaded() != Some(doc) {
            reader.load_present(doc);
        }
        let norm = rank::length_norm(reader.length(doc), self.plan.mean_length);
        let (plan, places) = (&self.plan, reader.places());
        let is_here = |unit: &&Unit| unit.leaf.is_some_and(|leaf| places.present[leaf]);
        let asked = plan.units.iter().take(plan.asked).filter(is_here);
        let shares: f32 = asked.map(|unit| plan.share(unit)).sum();
        let mut most = 0.0;
        for (i, unit) in plan.units.iter().enumerate() {
            let Some(leaf) = unit.leaf.filter(|leaf| reader.places().present[*leaf]) else {
                continue;
            };
            let score = UnitScore {
                times: times[i],
                frequency: reader.frequency(leaf),
                typed: reader.typed_frequency(leaf, doc),
                ..UnitScore::new(i)
            };
            // Nothing stands close to words of feedback.
            let others = match i < plan.asked {
                true => shares - plan.share(unit),
                false => 0.0,
            };
            most += rank::most(unit, &score, norm, others);
        }
        Some(most * ROUNDING)
    }

    /// Finds the units that are asked for in the passage at hand.
    fn find_units(&mut self) {
        let reader = self.scoring.as_mut().unwrap_or(&mut self.matching);
        if reader.loaded() != Some(self.doc) {
            reader.load(self.doc);
        }
        self.found.clear();
        collect(
            &self.plan.root,
            &self.plan,
            reader.places(),
            &mut self.found,
        );
    }

    /// Scores the passage at hand unit by unit.
    fn score_units(&mut self) -> Score {
        self.find_units();
        let plan = Arc::clone(&self.plan);
        let doc = self.doc;
        let reader = self.scoring.as_mut().unwrap_or(&mut self.matching);
        let asked = self.found.len();
        for (unit, feedback) in plan.units.iter().enumerate().skip(plan.asked) {
            if feedback
                .leaf
                .is_some_and(|leaf| reader.places().present[leaf])
            {
                self.found.push(Found::new(unit, Vec::new()));
            }
        }
        // The same order everywhere, so that sums are the same.
        self.found.sort_by_key(|f| f.score.unit);
        for found in &mut self.found {
            let score = &mut found.score;
            match plan.units[score.unit].leaf {
                Some(leaf) => {
                    score.frequency = reader.frequency(leaf);
                    score.typed = reader.typed_frequency(leaf, doc);
                }
                None => score.frequency = count_apart(&found.extents),
            }
        }
        let norm = rank::length_norm(reader.length(doc), plan.mean_length);
        let close = closeness(&plan, &self.found[..asked], reader.places());
        let mut total = 0.0;
        for (i, found) in self.found.iter_mut().enumerate() {
            let score = &mut found.score;
            let unit = &plan.units[score.unit];
            score.words = rank::words(unit, score, norm);
            if let Some(close) = close.get(i) {
                let close = close.min(score.frequency as f32);
                score.closeness = rank::closeness(unit, score.times, close, norm);
            }
            total += score.words + score.closeness;
        }
        total
    }
}

/// Sums in another order differ in their last digits.
const ROUNDING: f32 = 1.0 + 1e-4;

/// How often a plan asks for each unit; none where a unit is no word, or places
/// decide what matches.
fn times_of(plan: &Plan) -> Option<Vec<u32>> {
    fn count(op: &Op, times: &mut [u32]) {
        match op {
            Op::Unit(unit, _) => times[*unit] += 1,
            Op::Not(op) | Op::Maybe(op) | Op::AtLeast(_, op) => count(op, times),
            Op::Any(ops) | Op::And(ops) | Op::Or(ops) | Op::Most(_, ops) => {
                ops.iter().for_each(|op| count(op, times));
            }
            _ => {}
        }
    }
    if plan.needs_places() || plan.units.iter().any(|u| u.leaf.is_none()) {
        return None;
    }
    let mut times = vec![0; plan.units.len()];
    count(&plan.root, &mut times);
    // Words of feedback are in no place of the tree.
    times[plan.asked..].fill(1);
    Some(times)
}

/// A unit that matches in the passage at hand.
struct Found {
    score: UnitScore,
    /// Where it stands, unless it is a single word.
    extents: Vec<Extent>,
}

impl Found {
    fn new(unit: usize, extents: Vec<Extent>) -> Self {
        Found {
            score: UnitScore::new(unit),
            extents,
        }
    }
}

/// How close the other units stand to each; nothing where there is no other.
fn closeness(plan: &Plan, found: &[Found], places: &Places) -> Vec<f32> {
    if found.len() < 2 {
        return Vec::new();
    }
    let extents: Vec<&[Extent]> = found
        .iter()
        .map(|f| match plan.units[f.score.unit].leaf {
            Some(leaf) => places.leaves[leaf].as_slice(),
            None => &f.extents,
        })
        .collect();
    let shares: Vec<f32> = found
        .iter()
        .map(|f| plan.share(&plan.units[f.score.unit]))
        .collect();
    (0..found.len())
        .map(|of| rank::close(of, &extents, &shares))
        .collect()
}

/// Collects the units that match; the answer is whether the operation does.
fn collect(op: &Op, plan: &Plan, places: &Places, found: &mut Vec<Found>) -> bool {
    match op {
        Op::Unit(unit, inner) => {
            let extents = match plan.units[*unit].leaf {
                Some(_) if !places.matches(inner) => return false,
                Some(_) => Vec::new(),
                None => places.places_of(inner),
            };
            if plan.units[*unit].leaf.is_none() && extents.is_empty() {
                return false;
            }
            match found.iter_mut().find(|f| f.score.unit == *unit) {
                Some(again) => again.score.times += 1,
                None => found.push(Found::new(*unit, extents)),
            }
            true
        }
        Op::Or(ops) => collect_any(ops, plan, places, found) > 0,
        Op::Most(least, ops) => collect_any(ops, plan, places, found) >= *least,
        Op::And(ops) => ops.iter().all(|op| collect(op, plan, places, found)),
        Op::AtLeast(n, inner) => places.count(inner) >= *n && collect(inner, plan, places, found),
        Op::Maybe(inner) => {
            collect(inner, plan, places, found);
            true
        }
        op => places.matches(op),
    }
}

/// Collects the units of the operations that match; the answer is how many do.
fn collect_any(ops: &[Op], plan: &Plan, places: &Places, found: &mut Vec<Found>) -> usize {
    let mut matching = 0;
    for op in ops {
        // What has several parts could leave some of them behind.
        let whole = !matches!(op, Op::And(_)) || places.matches(op);
        matching += usize::from(whole && collect(op, plan, places, found));
    }
    matching
}

impl DocSet for PassageScorer {
    fn advance(&mut self) -> DocId {
        self.find(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self.doc >= target {
            true => self.doc,
            false => self.find(target),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.plan.cost(&self.plan.root)).unwrap_or(u32::MAX)
    }
}

impl Scorer for PassageScorer {
    fn score(&mut self) -> Score {
        self.boost * self.score_units()
    }
}

/// Looks at passages one by one.
pub struct Looker(pub(super) PassageScorer);

impl Looker {
    /// Reads a passage, not before the last one.
    pub fn look(&mut self, doc: DocId) -> &Places {
        self.0.doc = doc;
        self.0.matching.load(doc)
    }

    /// How the passage that was read last scores: unit by unit and in all.
    pub fn score(&mut self) -> (Score, Vec<UnitScore>) {
        let score = self.0.score();
        (score, self.0.found.iter().map(|f| f.score).collect())
    }

    /// The units of the query that match in the passage that was read last, each
    /// with its weight and its extents.
    pub fn weights(&mut self) -> Vec<(f32, Vec<Extent>)> {
        self.0.find_units();
        let plan = &self.0.plan;
        let places = self.0.matching.places();
        let weigh = |found: &Found| {
            let unit = &plan.units[found.score.unit];
            let extents = match unit.leaf {
                Some(leaf) => places.leaves[leaf].clone(),
                None => found.extents.clone(),
            };
            (unit.weighted_idf(), extents)
        };
        self.0.found.iter().map(weigh).collect()
    }

    /// The length of the passage that was read last, as the ranking takes it.
    pub fn length(&self) -> u32 {
        self.0.matching.length(self.0.doc)
    }
}
