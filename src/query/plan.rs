//! A tree made ready for an index: every word with its terms, every field
//! with its values, every word and phrase with its weight.
//!
//! The plan is what the matcher evaluates and the ranking weighs. It knows the
//! index's vocabulary and nothing of single passages.

use std::collections::BTreeMap;

use tantivy::Term as EngineTerm;

use super::expand::{Expander, Expansion, HeldTerm};
use super::filter::{FilterValue, Filters};
use super::planner::Planner;
use super::tree::{Node, Within};
use crate::error::Result;
use crate::index::{FacetName, OpenIndex};

/// A query ready to be run on an index.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What must match.
    pub root: Op,
    /// The words.
    pub leaves: Vec<Leaf>,
    /// The fields and filters: facet terms, any of which will do.
    pub facets: Vec<Vec<EngineTerm>>,
    /// What is weighed: words, phrases, proximities.
    pub units: Vec<Unit>,
    /// How many of the units the query asks for. Those after them only weigh in
    /// the score: the words of feedback.
    pub asked: usize,
    /// The largest weighted idf of a unit that the query asks for.
    pub largest_idf: f32,
    /// How many passages the index holds.
    pub passages: u32,
    /// The mean length of a passage, in words, the joined forms of compounds
    /// counted too.
    pub mean_length: f32,
}

/// What an operation asks of a passage. Those from [`Op::Leaf`] to
/// [`Op::Any`] have *extents*: places in the passage.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// A word, by its place in [`Plan::leaves`].
    Leaf(usize),
    /// Extents side by side, in order.
    Sequence {
        /// The parts.
        parts: Vec<Op>,
        /// How many other words may stand between them in all.
        slop: u32,
    },
    /// Two extents near each other.
    Near {
        /// The operands.
        sides: [Box<Op>; 2],
        /// How near.
        within: Within,
        /// Whether the first comes first.
        ordered: bool,
    },
    /// An extent of any of these.
    Any(Vec<Op>),
    /// Something with extents that is weighed, by its place in
    /// [`Plan::units`].
    Unit(usize, Box<Op>),
    /// At least so many extents, counted without overlaps.
    AtLeast(u32, Box<Op>),
    /// All of these.
    And(Vec<Op>),
    /// At least one of these.
    Or(Vec<Op>),
    /// At least so many of these.
    Most(usize, Vec<Op>),
    /// Not this.
    Not(Box<Op>),
    /// This where it is there: it weighs, and decides nothing.
    Maybe(Box<Op>),
    /// A facet value, by its place in [`Plan::facets`].
    Facet(usize),
    /// Every passage.
    Everything,
}

/// A word of the plan.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The word as it prints itself.
    pub shown: String,
    /// Whether it stands for several words as a pattern does.
    pub is_pattern: bool,
    /// Its terms.
    pub expansion: Expansion,
    /// The term of the very form typed, for a word that matches inflections.
    pub typed: Option<HeldTerm>,
    /// Its inverse document frequency.
    pub idf: f32,
}

/// What is weighed as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// It as it prints itself.
    pub shown: String,
    /// Its inverse document frequency; the sum of its words' for a phrase.
    pub idf: f32,
    /// How many times as much it counts.
    pub weight: f32,
    /// Its leaf, where it is a single word.
    pub leaf: Option<usize>,
}

impl Leaf {
    /// The words it stands for, in order, each with the number of passages that
    /// hold it.
    pub fn words(&self) -> Vec<(String, u32)> {
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        for term in &self.expansion.terms {
            *words.entry(term.word()).or_default() += term.passages();
        }
        let owned = words.into_iter().map(|(word, n)| (word.to_owned(), n));
        owned.collect()
    }
}

/// A word that feedback adds to a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackWord {
    /// The stem.
    pub stem: String,
    /// How many times as much it counts.
    pub weight: f32,
}

impl Unit {
    /// Its idf times its weight.
    pub fn weighted_idf(&self) -> f32 {
        self.idf * self.weight
    }
}

impl Plan {
    /// A unit's share: its weighted idf as a part of the query's largest.
    pub(super) fn share(&self, unit: &Unit) -> f32 {
        unit.weighted_idf() / self.largest_idf
    }

    /// The plan of a tree.
    ///
    /// # Errors
    /// More than [`MAX_LEAVES`] words, a pattern for more than [`MAX_WORDS`], a
    /// field value that the index does not hold, or a damaged index; `query` is
    /// what the tree was parsed from.
    ///
    /// [`MAX_LEAVES`]: super::planner::MAX_LEAVES
    /// [`MAX_WORDS`]: super::expand::MAX_WORDS
    pub fn new(tree: &Node, query: &str, index: &OpenIndex) -> Result<Self> {
        Planner::new(query, index, index)?.plan(tree)
    }

    /// The plan of a tree for a part of an index. What facets hold is asked of
    /// the index: a part need not have every value.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn of_part(tree: &Node, query: &str, index: &OpenIndex, part: &OpenIndex) -> Result<Self> {
        Planner::new(query, index, part)?.plan(tree)
    }

    /// A plan that every passage matches.
    ///
    /// # Errors
    /// A damaged index.
    pub fn everything(index: &OpenIndex) -> Result<Self> {
        Ok(Planner::new("", index, index)?.everything())
    }

    /// The parts of what must all match, where they are several: what narrows or
    /// may be missing is none.
    pub fn parts(&self) -> Vec<&Op> {
        match &self.root {
            Op::And(ops) => ops.iter().filter(|op| is_part(op)).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a passage may hold a part: the index knows its words.
    pub(crate) fn may_be_found(&self, part: &Op) -> bool {
        self.cost(part) > 0
    }

    /// This plan with so many of its [`Plan::parts`] asked for instead of all.
    #[must_use]
    pub fn relaxed(&self, least: usize) -> Self {
        let mut plan = self.clone();
        if let Op::And(ops) = plan.root {
            let (parts, mut rest): (Vec<Op>, Vec<Op>) = ops.into_iter().partition(is_part);
            rest.insert(0, Op::Most(least, parts));
            plan.root = Op::And(rest);
        }
        plan
    }

    /// This plan narrowed by filters; scores stay what they are.
    #[must_use]
    pub fn narrowed(&self, filters: &Filters, index: &OpenIndex) -> Self {
        let mut plan = self.clone();
        if filters.is_empty() {
            return plan;
        }
        let mut all = vec![plan.root];
        for (facet, values) in &filters.only {
            plan.facets.push(facet_terms(*facet, values, index));
            all.push(Op::Facet(plan.facets.len() - 1));
        }
        for (facet, values) in &filters.not {
            plan.facets.push(facet_terms(*facet, values, index));
            all.push(Op::Not(Box::new(Op::Facet(plan.facets.len() - 1))));
        }
        if filters.strict
            && let Some(doubtful) = index.doubtful()
        {
            plan.facets.push(vec![doubtful]);
            all.push(Op::Not(Box::new(Op::Facet(plan.facets.len() - 1))));
        }
        plan.root = match all.len() {
            // An index without doubts is searched as without the filter.
            1 => all.remove(0),
            _ => Op::And(all),
        };
        plan
    }

    /// Lets words weigh in the score beside those that were asked for; what
    /// matches stays.
    ///
    /// # Errors
    /// A damaged index.
    pub fn rank_by(&mut self, words: &[FeedbackWord], index: &OpenIndex) -> Result<()> {
        let expander = Expander::new(index);
        for word in words {
            let expansion = expander.expand_stem(&word.stem)?;
            let idf = self.idf(held(&expansion));
            self.leaves.push(Leaf {
                shown: word.stem.clone(),
                is_pattern: false,
                expansion,
                typed: None,
                idf,
            });
            self.units.push(Unit {
                shown: word.stem.clone(),
                idf,
                weight: word.weight,
                leaf: Some(self.leaves.len() - 1),
            });
        }
        Ok(())
    }

    /// Whether the plan weighs one unit in one place of its tree.
    pub(super) fn has_one_unit(&self) -> bool {
        fn units(op: &Op) -> usize {
            match op {
                Op::Unit(..) => 1,
                Op::Not(op) | Op::Maybe(op) | Op::AtLeast(_, op) => units(op),
                Op::Any(ops) | Op::And(ops) | Op::Or(ops) | Op::Most(_, ops) => {
                    ops.iter().map(units).sum()
                }
                _ => 0,
            }
        }
        self.asked == self.units.len() && units(&self.root) <= 1
    }

    /// Whether places in the text decide what matches, or how many parts do.
    pub fn needs_places(&self) -> bool {
        self.op_needs_places(&self.root)
    }

    /// Whether sentences decide what matches.
    pub(super) fn asks_for_sentences(&self) -> bool {
        fn asks(op: &Op) -> bool {
            match op {
                Op::Near { sides, within, .. } => {
                    *within == Within::Sentence || sides.iter().any(|op| asks(op))
                }
                Op::Unit(_, op) | Op::Not(op) | Op::Maybe(op) | Op::AtLeast(_, op) => asks(op),
                Op::Sequence { parts: ops, .. }
                | Op::Any(ops)
                | Op::And(ops)
                | Op::Or(ops)
                | Op::Most(_, ops) => ops.iter().any(asks),
                Op::Leaf(_) | Op::Facet(_) | Op::Everything => false,
            }
        }
        asks(&self.root)
    }

    fn op_needs_places(&self, op: &Op) -> bool {
        match op {
            Op::Leaf(leaf) => !self.leaves[*leaf].expansion.except.is_empty(),
            Op::Sequence { .. } | Op::Near { .. } | Op::AtLeast(..) | Op::Most(..) => true,
            Op::Unit(_, op) | Op::Not(op) | Op::Maybe(op) => self.op_needs_places(op),
            Op::Any(ops) | Op::And(ops) | Op::Or(ops) => {
                ops.iter().any(|op| self.op_needs_places(op))
            }
            Op::Facet(_) | Op::Everything => false,
        }
    }

    /// The patterns with the words they stand for, in order, each once.
    pub fn patterns(&self) -> Vec<&Leaf> {
        let mut patterns: Vec<&Leaf> = Vec::new();
        for leaf in self.leaves.iter().filter(|l| l.is_pattern) {
            if patterns.iter().all(|p| p.shown != leaf.shown) {
                patterns.push(leaf);
            }
        }
        patterns
    }

    /// The inverse document frequency of what `held` passages of the index
    /// hold.
    pub fn idf(&self, held: u64) -> f32 {
        let all = self.passages as f32;
        let held = (held as f32).min(all);
        (1.0 + (all - held + 0.5) / (held + 0.5)).ln()
    }

    /// About how many passages an operation has to look at.
    pub(super) fn cost(&self, op: &Op) -> u64 {
        let cost = |op: &Op| self.cost(op);
        match op {
            Op::Leaf(leaf) => held(&self.leaves[*leaf].expansion),
            Op::Sequence { parts: ops, .. } | Op::And(ops) => {
                ops.iter().map(cost).min().unwrap_or(0)
            }
            Op::Near { sides, .. } => cost(&sides[0]).min(cost(&sides[1])),
            Op::Any(ops) | Op::Or(ops) | Op::Most(_, ops) => ops.iter().map(cost).sum(),
            Op::Unit(_, op) | Op::AtLeast(_, op) => cost(op),
            Op::Facet(_) => u64::from(self.passages) / 4,
            Op::Not(_) | Op::Maybe(_) | Op::Everything => u64::from(self.passages),
        }
    }
}

fn is_part(op: &Op) -> bool {
    !matches!(
        op,
        Op::Not(_) | Op::Maybe(_) | Op::Facet(_) | Op::Everything
    )
}

/// How many passages hold terms, one of several counted for each.
pub(crate) fn held(expansion: &Expansion) -> u64 {
    let held = expansion.terms.iter().map(|t| u64::from(t.passages()));
    held.sum()
}

/// The engine's terms of some values of a facet.
pub(super) fn facet_terms(
    facet: FacetName,
    values: &[FilterValue],
    index: &OpenIndex,
) -> Vec<EngineTerm> {
    let mut names: Vec<&String> = values.iter().flat_map(|v| &v.values).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|value| EngineTerm::from_facet(index.fields.facet, &facet.to_facet(value)))
        .collect()
}
