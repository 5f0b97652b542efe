//! A plan as a query of the engine: what matches, how it scores, which
//! passages are best.
//!
//! Where neither places nor long expansions decide, the engine's own boolean
//! query finds the passages, counts them and, by its block-max pruning, passes
//! over those that cannot be among the best. Where places decide, a reader
//! steps from candidate to candidate and the matcher confirms each. Either way
//! a passage is scored by the one formula of [`super::rank`].

use std::sync::{Arc, OnceLock};

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::best::Best;
use super::boolean::{boolean_query, with_feedback};
use super::expand::TermKind;
use super::plan::{Leaf, Plan};
use super::rank;
use super::reader::{Depth, Reader, merge};
use super::scorer::{Looker, PassageScorer};
use super::union::{FEW_TERMS, Merged};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::index::schema::Fields;

/// A query for passages.
#[derive(Clone)]
pub struct PassageQuery {
    plan: Arc<Plan>,
    fields: Fields,
    /// What [`merge`] gives, made at the first use.
    merged: Arc<OnceLock<Vec<Option<Arc<Merged>>>>>,
}

/// How the engine sums up scores: in an order of its own, so that the last
/// digit of a bound may be off.
const SLACK: f32 = 1.0 - 1e-4;

impl PassageQuery {
    /// The query of a plan for the index that it was made for.
    pub fn new(plan: Plan, index: &OpenIndex) -> Self {
        PassageQuery {
            plan: Arc::new(plan),
            fields: index.fields,
            merged: Arc::default(),
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
        let segment = index.segment();
        let mut best = Best::new(limit.min(segment.max_doc() as usize));
        if !self.is_boolean() {
            let mut scorer = self.scorer(segment).map_err(unreadable)?;
            let mut total = 0;
            let mut worst = Score::MIN;
            while scorer.doc != TERMINATED {
                total += 1;
                if limit > 0
                    && let Some(score) = scorer.score_above(worst)
                {
                    worst = best.offer(score, scorer.doc);
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
            self.weight(EnableScoring::enabled_from_searcher(&index.searcher))
                .map_err(unreadable)?
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
        let merged = match self.merged.get() {
            Some(merged) => merged,
            None => {
                let merged = merge(&self.plan, segment)?;
                self.merged.get_or_init(|| merged)
            }
        };
        let reader = |depth| Reader::new(&self.plan, segment, self.fields, merged, depth);
        // What one word or phrase earns is read where it is matched; beside
        // others its own places are read for themselves.
        let scoring = match depth == Depth::Matching && !self.plan.has_one_unit() {
            true => Some(reader(Depth::Words)?),
            false => None,
        };
        Ok(PassageScorer::new(
            Arc::clone(&self.plan),
            reader(depth)?,
            scoring,
        ))
    }
}

impl std::fmt::Debug for PassageQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PassageQuery")
            .field(&self.plan.root)
            .finish()
    }
}

impl Query for PassageQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let boolean = match self.is_boolean() {
            false => None,
            true => {
                let scored = matches!(scoring, EnableScoring::Enabled { .. });
                let query = boolean_query(&self.plan.root, &self.plan, scored);
                let query = match scored && self.plan.asked < self.plan.units.len() {
                    true => with_feedback(query, &self.plan),
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
                if let Some(score) = scorer.score_above(threshold)
                    && score > threshold
                {
                    threshold = callback(scorer.doc, score);
                }
                scorer.advance();
            }
            return Ok(());
        };
        let most = rank::most_of_bm25(self.query.plan.units.len() == 1);
        let bound = |threshold: Score| match threshold > 0.0 {
            true => threshold / most * SLACK,
            false => Score::MIN,
        };
        let mut scorer = self.query.scorer_of(segment, Depth::Matching)?;
        boolean.for_each_pruning(bound(threshold), segment, &mut |doc, _| {
            scorer.doc = doc;
            if let Some(score) = scorer.score_above(threshold)
                && score > threshold
            {
                threshold = callback(doc, score);
            }
            bound(threshold)
        })
    }
}
