//! A plan as a query of the engine: what matches, how it scores, which
//! passages are best.
//!
//! Where neither places nor long expansions decide, the engine's own boolean
//! query finds the passages, counts them and, by its block-max pruning, passes
//! over those that cannot be among the best. Where places decide, a reader
//! steps from candidate to candidate and the matcher confirms each. Either way
//! a passage is scored by the one formula of [`super::rank`].

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Explanation,
    Occur, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term as EngineTerm};

use super::expand::TermKind;
use super::matcher::{Extent, Places};
use super::plan::{Leaf, Op, Plan};
use super::postings::{Depth, FEW_TERMS, Reader, facet_query};
use super::rank::{self, UnitScore};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::index::schema::Fields;

/// A query for passages.
#[derive(Debug, Clone)]
pub struct PassageQuery {
    plan: Arc<Plan>,
    fields: Fields,
}

/// How the engine sums up scores: in an order of its own, so that the last
/// digit of a bound may be off.
const SLACK: f32 = 1.0 - 1e-5;

impl PassageQuery {
    /// The query of a plan for the index that it was made for.
    pub fn new(plan: Plan, index: &OpenIndex) -> Self {
        PassageQuery {
            plan: Arc::new(plan),
            fields: index.fields,
        }
    }

    /// Whether the engine's own boolean query can find the passages: no places
    /// decide, and no word stands for so many terms that it is read as one.
    fn is_boolean(&self) -> bool {
        // The field of marks has no lengths, and so no bounds to prune by.
        let few = |leaf: &Leaf| {
            leaf.expansion.terms.len() <= FEW_TERMS && leaf.expansion.kind != TermKind::Marks
        };
        !self.plan.needs_places() && self.plan.leaves.iter().all(few)
    }

    /// Its plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many passages match, and the best of them, at most `limit`: the
    /// highest score first, equal ones in order of passage id.
    ///
    /// # Errors
    /// A damaged index.
    pub fn best(&self, index: &OpenIndex, limit: usize) -> Result<(u64, Vec<(Score, DocId)>)> {
        let weight = self
            .weight(EnableScoring::enabled_from_searcher(&index.searcher))
            .map_err(unreadable)?;
        let segment = index.segment();
        let mut best = Best::new(limit.min(segment.max_doc() as usize));
        if !self.is_boolean() {
            let mut scorer = self.scorer(segment).map_err(unreadable)?;
            let mut total = 0;
            while scorer.doc != TERMINATED {
                total += 1;
                if limit > 0 {
                    best.offer(scorer.score(), scorer.doc);
                }
                scorer.advance();
            }
            return Ok((total, best.in_order()));
        }
        let unscored = self
            .weight(EnableScoring::disabled_from_searcher(&index.searcher))
            .map_err(unreadable)?;
        let total = unscored.count(segment).map_err(unreadable)?;
        if limit > 0 && total > 0 {
            weight
                .for_each_pruning(Score::MIN, segment, &mut |doc, score| {
                    best.offer(score, doc)
                })
                .map_err(unreadable)?;
        }
        Ok((u64::from(total), best.in_order()))
    }

    /// What is known of a passage: whether it matches, what lights up, and how
    /// it scores; passages must be asked for in ascending order.
    ///
    /// # Errors
    /// A damaged index.
    pub fn looker(&self, index: &OpenIndex) -> Result<Looker> {
        let scorer = self.scorer_of(index.segment(), Depth::All);
        Ok(Looker(scorer.map_err(unreadable)?))
    }

    fn scorer(&self, segment: &SegmentReader) -> tantivy::Result<PassageScorer> {
        let mut scorer = self.scorer_of(segment, Depth::Matching)?;
        scorer.find(0);
        Ok(scorer)
    }

    fn scorer_of(&self, segment: &SegmentReader, depth: Depth) -> tantivy::Result<PassageScorer> {
        let plan = &self.plan;
        let scoring = match depth {
            // What one word or phrase earns is read where it is matched; beside
            // others its own places are read for themselves.
            Depth::Matching if !plan.has_one_unit() => {
                Some(Reader::new(plan, segment, self.fields, Depth::Words)?)
            }
            _ => None,
        };
        Ok(PassageScorer {
            plan: Arc::clone(plan),
            matching: match &scoring {
                Some(scoring) => scoring.beside(segment, self.fields, depth)?,
                None => Reader::new(plan, segment, self.fields, depth)?,
            },
            scoring,
            doc: TERMINATED,
            boost: 1.0,
            scores: Vec::new(),
        })
    }
}

/// Looks at passages one by one.
pub struct Looker(PassageScorer);

impl Looker {
    /// Reads a passage, not before the last one.
    pub fn look(&mut self, doc: DocId) -> &Places {
        self.0.doc = doc;
        self.0.matching.load(doc)
    }

    /// How the passage that was read last scores: unit by unit and in all.
    pub fn score(&mut self) -> (Score, &[UnitScore]) {
        let score = self.0.score();
        (score, &self.0.scores)
    }

    /// The length of the passage that was read last, as the ranking takes it.
    pub fn length(&self) -> u32 {
        self.0.matching.length(self.0.doc)
    }
}

impl Query for PassageQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let boolean = match self.is_boolean() {
            false => None,
            true => {
                let scored = matches!(scoring, EnableScoring::Enabled { .. });
                let query = boolean_query(&self.plan.root, &self.plan, self.fields, scored);
                let query = match scored && !self.plan.feedback.is_empty() {
                    true => with_feedback(query, &self.plan, self.fields),
                    false => query,
                };
                Some(query.weight(scoring)?)
            }
        };
        Ok(Box::new(PassageWeight {
            query: self.clone(),
            boolean,
        }))
    }
}

/// The engine's boolean query of an operation that asks for no places. Its
/// score, times `1 + CLOSENESS`, is never less than that of the ranking.
fn boolean_query(op: &Op, plan: &Plan, fields: Fields, scored: bool) -> Box<dyn Query> {
    let boolean = |op: &Op| boolean_query(op, plan, fields, scored);
    match op {
        Op::Leaf(_) | Op::Unit(..) | Op::Any(_) | Op::Or(_) => {
            let mut alternatives = Vec::new();
            collect_alternatives(op, plan, fields, scored, 1.0, &mut alternatives);
            match alternatives.len() {
                0 => Box::new(EmptyQuery),
                // The length has just been looked at.
                1 => alternatives.remove(0),
                _ => Box::new(BooleanQuery::union(alternatives)),
            }
        }
        Op::And(ops) => {
            let mut clauses = Vec::with_capacity(ops.len() + 1);
            for op in ops {
                clauses.push(match op {
                    Op::Not(inner) => (Occur::MustNot, boolean(inner)),
                    op => (Occur::Must, boolean(op)),
                });
            }
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, everything()));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Op::Not(op) => Box::new(BooleanQuery::new(vec![
            (Occur::MustNot, boolean(op)),
            (Occur::Must, everything()),
        ])),
        Op::Facet(facet) => {
            let query = facet_query(&plan.facets[*facet]);
            Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
        }
        Op::Everything => everything(),
        // Places are asked for: see `Plan::needs_places`.
        Op::Sequence { .. } | Op::Near { .. } | Op::AtLeast(..) => Box::new(EmptyQuery),
    }
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

/// Collects the terms of alternatives side by side: only of a flat union of
/// terms does the engine know what it may pass over.
fn collect_alternatives(
    op: &Op,
    plan: &Plan,
    fields: Fields,
    scored: bool,
    weight: f32,
    alternatives: &mut Vec<Box<dyn Query>>,
) {
    match op {
        Op::Leaf(leaf) => {
            let expansion = &plan.leaves[*leaf].expansion;
            let record = match scored {
                true => IndexRecordOption::WithFreqs,
                false => IndexRecordOption::Basic,
            };
            for term in &expansion.terms {
                let term = EngineTerm::from_field_text(expansion.kind.field(&fields), &term.text);
                let query = Box::new(TermQuery::new(term, record));
                alternatives.push(weighed(query, weight));
            }
        }
        Op::Unit(unit, op) => {
            let weight = weight * plan.units[*unit].weight;
            collect_alternatives(op, plan, fields, scored, weight, alternatives);
        }
        Op::Any(ops) | Op::Or(ops) => {
            for op in ops {
                collect_alternatives(op, plan, fields, scored, weight, alternatives);
            }
        }
        op => alternatives.push(boolean_query(op, plan, fields, scored)),
    }
}

fn weighed(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    match weight == 1.0 {
        true => query,
        false => Box::new(BoostQuery::new(query, weight)),
    }
}

/// A query that ranks by the words of feedback too, and matches as before.
fn with_feedback(query: Box<dyn Query>, plan: &Plan, fields: Fields) -> Box<dyn Query> {
    let mut clauses = vec![(Occur::Must, query)];
    for unit in &plan.feedback {
        let unit = &plan.units[*unit];
        if let Some(leaf) = unit.leaf {
            let query = boolean_query(&Op::Leaf(leaf), plan, fields, true);
            clauses.push((Occur::Should, weighed(query, unit.weight)));
        }
    }
    Box::new(BooleanQuery::new(clauses))
}

struct PassageWeight {
    query: PassageQuery,
    boolean: Option<Box<dyn Weight>>,
}

impl Weight for PassageWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.query.scorer(segment)?;
        scorer.boost = boost;
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.query.scorer_of(segment, Depth::All)?;
        scorer.doc = doc;
        scorer.matching.load(doc);
        Ok(Explanation::new("pincite", scorer.score()))
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        match &self.boolean {
            Some(boolean) => boolean.count(segment),
            None => Ok(self.query.scorer(segment)?.count_including_deleted()),
        }
    }

    fn for_each_no_score(
        &self,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        if let Some(boolean) = &self.boolean {
            return boolean.for_each_no_score(segment, callback);
        }
        let mut scorer = self.query.scorer(segment)?;
        while scorer.doc != TERMINATED {
            callback(&[scorer.doc]);
            scorer.advance();
        }
        Ok(())
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut threshold = threshold;
        let Some(boolean) = &self.boolean else {
            let mut scorer = self.query.scorer(segment)?;
            while scorer.doc != TERMINATED {
                let score = scorer.score();
                if score > threshold {
                    threshold = callback(scorer.doc, score);
                }
                scorer.advance();
            }
            return Ok(());
        };
        let bound = |threshold: Score| match threshold > 0.0 {
            true => threshold / (1.0 + rank::CLOSENESS) * SLACK,
            false => Score::MIN,
        };
        let mut scorer = self.query.scorer_of(segment, Depth::Matching)?;
        boolean.for_each_pruning(bound(threshold), segment, &mut |doc, _| {
            scorer.doc = doc;
            let score = scorer.score();
            if score > threshold {
                threshold = callback(doc, score);
            }
            bound(threshold)
        })
    }
}

/// Steps through the passages of a plan and scores them.
struct PassageScorer {
    plan: Arc<Plan>,
    matching: Reader,
    /// Reads what the matching does not need; none where it needs all.
    scoring: Option<Reader>,
    doc: DocId,
    boost: Score,
    scores: Vec<UnitScore>,
}

impl PassageScorer {
    /// Goes to the first passage from `target` on that matches.
    fn find(&mut self, target: DocId) -> DocId {
        self.doc = self.matching.candidate(target);
        while self.doc != TERMINATED {
            if self.matching.load(self.doc).matches(&self.plan.root) {
                break;
            }
            self.doc = self.matching.candidate(self.doc + 1);
        }
        self.doc
    }

    /// Scores the passage at hand unit by unit.
    fn score_units(&mut self) -> Score {
        let plan = Arc::clone(&self.plan);
        let doc = self.doc;
        let reader = match &mut self.scoring {
            Some(reader) => reader,
            None => &mut self.matching,
        };
        if reader.loaded() != Some(doc) {
            reader.load(doc);
        }
        let scores = &mut self.scores;
        scores.clear();
        let mut phrases: Vec<(usize, Vec<Extent>)> = Vec::new();
        collect(&plan.root, &plan, reader.places(), scores, &mut phrases);
        for unit in &plan.feedback {
            if let Some(leaf) = plan.units[*unit].leaf
                && reader.places().present[leaf]
            {
                scores.push(unit_score(*unit));
            }
        }
        for score in scores.iter_mut() {
            match plan.units[score.unit].leaf {
                Some(leaf) => {
                    score.frequency = reader.frequency(leaf);
                    score.typed = reader.typed_frequency(leaf, doc);
                }
                None => {
                    let places = phrases.iter().find(|p| p.0 == score.unit);
                    score.frequency = places.map_or(0, |p| super::matcher::count_apart(&p.1));
                }
            }
        }
        scores.sort_by_key(|s| s.unit);
        let norm = rank::length_norm(reader.length(doc), plan.mean_length);
        let asked = scores.iter().filter(|s| !plan.feedback.contains(&s.unit));
        let close: Vec<f32> = match asked.clone().count() {
            0 | 1 => Vec::new(),
            _ => {
                let places = reader.places();
                let extents: Vec<&[Extent]> = asked
                    .clone()
                    .map(|s| match plan.units[s.unit].leaf {
                        Some(leaf) => places.leaves[leaf].as_slice(),
                        None => phrases
                            .iter()
                            .find(|p| p.0 == s.unit)
                            .map_or(&[][..], |p| &p.1),
                    })
                    .collect();
                let largest = plan.largest_idf;
                let shares: Vec<f32> = asked
                    .map(|s| plan.units[s.unit].weighted_idf() / largest)
                    .map(|share| share.min(1.0))
                    .collect();
                (0..extents.len())
                    .map(|of| rank::close(of, &extents, &shares))
                    .collect()
            }
        };
        let mut close = close.into_iter();
        let mut total = 0.0;
        for score in scores.iter_mut() {
            let unit = &plan.units[score.unit];
            score.words = rank::words(unit, score, norm);
            if !plan.feedback.contains(&score.unit)
                && let Some(close) = close.next()
            {
                let close = close.min(score.frequency as f32);
                score.closeness = rank::closeness(unit, score.times, close, norm);
            }
            total += score.words + score.closeness;
        }
        total
    }
}

fn unit_score(unit: usize) -> UnitScore {
    UnitScore {
        unit,
        times: 1,
        frequency: 0,
        typed: None,
        words: 0.0,
        closeness: 0.0,
    }
}

/// Collects the units that match, with the extents of those that are no single
/// words; the answer is whether the operation matches.
fn collect(
    op: &Op,
    plan: &Plan,
    places: &Places,
    scores: &mut Vec<UnitScore>,
    phrases: &mut Vec<(usize, Vec<Extent>)>,
) -> bool {
    match op {
        Op::Unit(unit, inner) => {
            if plan.units[*unit].leaf.is_some() {
                if !places.matches(inner) {
                    return false;
                }
            } else if phrases.iter().all(|p| p.0 != *unit) {
                let extents = places.places_of(inner);
                if extents.is_empty() {
                    return false;
                }
                phrases.push((*unit, extents));
            }
            match scores.iter_mut().find(|s| s.unit == *unit) {
                Some(score) => score.times += 1,
                None => scores.push(unit_score(*unit)),
            }
            true
        }
        Op::Or(ops) => {
            let mut any = false;
            for op in ops {
                // What has several parts could leave some of them behind.
                let whole = !matches!(op, Op::And(_)) || places.matches(op);
                any |= whole && collect(op, plan, places, scores, phrases);
            }
            any
        }
        Op::And(ops) => ops
            .iter()
            .all(|op| collect(op, plan, places, scores, phrases)),
        Op::AtLeast(n, inner) => {
            places.count(inner) >= *n && collect(inner, plan, places, scores, phrases)
        }
        op => places.matches(op),
    }
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

/// The best passages so far.
struct Best {
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
    fn new(limit: usize) -> Self {
        Best {
            limit,
            heap: BinaryHeap::with_capacity(limit.min(1024) + 1),
        }
    }

    /// Takes a passage in; the answer is the score that the next must exceed.
    fn offer(&mut self, score: Score, doc: DocId) -> Score {
        self.heap.push(Ranked(score, doc));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        match self.heap.len() < self.limit {
            true => Score::MIN,
            false => self.heap.peek().map_or(Score::MIN, |worst| worst.0),
        }
    }

    fn in_order(self) -> Vec<(Score, DocId)> {
        let ranked = self.heap.into_sorted_vec();
        ranked.into_iter().map(|r| (r.0, r.1)).collect()
    }
}
