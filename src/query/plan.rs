//! A tree made ready for an index: every word with its terms, every field
//! with its values, every word and phrase with its weight.
//!
//! The plan is what the matcher evaluates and the ranking weighs. It knows the
//! index's vocabulary and nothing of single passages.

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::Term as EngineTerm;

use super::expand::{Expander, Expansion, HeldTerm, MAX_WORDS};
use super::filter::{FilterValue, Filters};
use super::rank::FUNCTION_WORD;
use super::tree::{Node, NodeKind, Term, Within};
use super::word::{Form, Slot, Word};
use crate::error::{Error, Result};
use crate::index::open::unreadable;
use crate::index::{FacetName, OpenIndex};
use crate::text::Language;

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
    /// Units that only weigh in the score, by their place in
    /// [`Plan::units`]: the words of feedback.
    pub feedback: Vec<usize>,
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
    /// Not this.
    Not(Box<Op>),
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
    /// The plan of a tree.
    ///
    /// # Errors
    /// A pattern for more than [`MAX_WORDS`] words, a field value that the
    /// index does not hold, or a damaged index; `query` is what the tree was
    /// parsed from.
    pub fn new(tree: &Node, query: &str, index: &OpenIndex) -> Result<Self> {
        let mut planner = Planner::new(query, index)?;
        planner.plan.root = planner.node(tree, 1.0)?;
        let idfs = planner.plan.units.iter().map(Unit::weighted_idf);
        planner.plan.largest_idf = idfs.fold(f32::MIN_POSITIVE, f32::max);
        Ok(planner.plan)
    }

    /// A plan that every passage matches.
    ///
    /// # Errors
    /// A damaged index.
    pub fn everything(index: &OpenIndex) -> Result<Self> {
        Ok(Planner::new("", index)?.plan)
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
        plan.root = Op::And(all);
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
            self.feedback.push(self.units.len() - 1);
        }
        Ok(())
    }

    /// Whether the plan weighs one unit in one place of its tree.
    pub(super) fn has_one_unit(&self) -> bool {
        fn units(op: &Op) -> usize {
            match op {
                Op::Unit(..) => 1,
                Op::Not(op) | Op::AtLeast(_, op) => units(op),
                Op::Any(ops) | Op::And(ops) | Op::Or(ops) => ops.iter().map(units).sum(),
                _ => 0,
            }
        }
        self.feedback.is_empty() && units(&self.root) <= 1
    }

    /// Whether places in the text decide what matches.
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
                Op::Unit(_, op) | Op::Not(op) | Op::AtLeast(_, op) => asks(op),
                Op::Sequence { parts: ops, .. } | Op::Any(ops) | Op::And(ops) | Op::Or(ops) => {
                    ops.iter().any(asks)
                }
                Op::Leaf(_) | Op::Facet(_) | Op::Everything => false,
            }
        }
        asks(&self.root)
    }

    fn op_needs_places(&self, op: &Op) -> bool {
        match op {
            Op::Leaf(leaf) => !self.leaves[*leaf].expansion.except.is_empty(),
            Op::Sequence { .. } | Op::Near { .. } | Op::AtLeast(..) => true,
            Op::Unit(_, op) | Op::Not(op) => self.op_needs_places(op),
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
            Op::Any(ops) | Op::Or(ops) => ops.iter().map(cost).sum(),
            Op::Unit(_, op) | Op::AtLeast(_, op) => cost(op),
            Op::Facet(_) => u64::from(self.passages) / 4,
            Op::Not(_) | Op::Everything => u64::from(self.passages),
        }
    }
}

/// How many passages hold terms, one of several counted for each.
fn held(expansion: &Expansion) -> u64 {
    let held = expansion.terms.iter().map(|t| u64::from(t.passages()));
    held.sum()
}

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

/// The weights that a unit may have.
const WEIGHTS: std::ops::RangeInclusive<f32> = 1e-6..=1e6;

struct Planner<'a> {
    query: &'a str,
    index: &'a OpenIndex,
    expander: Expander<'a>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    fn new(query: &'a str, index: &'a OpenIndex) -> Result<Self> {
        let segment = index.segment();
        let inverted = segment
            .inverted_index(index.fields.stem)
            .map_err(unreadable)?;
        let passages = segment.max_doc();
        Ok(Planner {
            query,
            index,
            expander: Expander::new(index),
            plan: Plan {
                root: Op::Everything,
                leaves: Vec::new(),
                facets: Vec::new(),
                units: Vec::new(),
                feedback: Vec::new(),
                largest_idf: 0.0,
                passages,
                mean_length: inverted.total_num_tokens() as f32 / passages.max(1) as f32,
            },
        })
    }

    /// A node where matching is asked for, and weighed.
    fn node(&mut self, node: &Node, weight: f32) -> Result<Op> {
        match &node.kind {
            NodeKind::Term(_) | NodeKind::Near(_) => {
                let shown = node.to_string();
                let weight = match is_function_word(node) {
                    true => weight * FUNCTION_WORD,
                    false => weight,
                };
                // Every place in the tree reads its words for itself.
                let (op, idf) = self.places(node)?;
                // A word that is asked for again is the same unit.
                let again = |u: &Unit| u.shown == shown && u.weight == weight;
                if matches!(op, Op::Leaf(_))
                    && let Some(unit) = self.plan.units.iter().position(again)
                {
                    return Ok(Op::Unit(unit, Box::new(op)));
                }
                let leaf = match &op {
                    Op::Leaf(leaf) => Some(*leaf),
                    _ => None,
                };
                self.plan.units.push(Unit {
                    shown,
                    idf,
                    weight,
                    leaf,
                });
                Ok(Op::Unit(self.plan.units.len() - 1, Box::new(op)))
            }
            NodeKind::And(nodes) => {
                let mut ops = self.nodes(nodes, weight)?;
                // The rarest first: it decides where to look for the others.
                ops.sort_by_key(|op| self.plan.cost(op));
                Ok(Op::And(ops))
            }
            NodeKind::Or(nodes) => Ok(Op::Or(self.nodes(nodes, weight)?)),
            NodeKind::Not(node) => {
                let units = self.plan.units.len();
                let op = self.node(node, 0.0)?;
                // What is not there is not weighed.
                self.plan.units.truncate(units);
                Ok(Op::Not(Box::new(without_units(op))))
            }
            NodeKind::AtLeast(n, node) => {
                let op = self.node(node, weight)?;
                Ok(Op::AtLeast(*n, Box::new(op)))
            }
            NodeKind::Boost(inner, factor) => {
                let weight = weight * factor;
                if !WEIGHTS.contains(&weight) && weight != 0.0 {
                    return Err(Error::query(
                        "weights inside weights make too much of this",
                        self.query,
                        node.span.clone(),
                    )
                    .with_hint("one weight on the whole will do, as `(kiln debt)^2`"));
                }
                self.node(inner, weight)
            }
            NodeKind::Field(field) => {
                let mut values = Vec::new();
                for typed in &field.values {
                    for value in super::filter::split(field.facet, typed) {
                        let value = super::filter::resolve_one(field.facet, &value, self.index)
                            .map_err(|e| e.with_snippet("", self.query, node.span.clone()))?;
                        values.push(value);
                    }
                }
                self.plan
                    .facets
                    .push(facet_terms(field.facet, &values, self.index));
                Ok(Op::Facet(self.plan.facets.len() - 1))
            }
        }
    }

    fn nodes(&mut self, nodes: &[Node], weight: f32) -> Result<Vec<Op>> {
        nodes.iter().map(|n| self.node(n, weight)).collect()
    }

    /// A node where places are asked for, with its inverse document frequency.
    fn places(&mut self, node: &Node) -> Result<(Op, f32)> {
        match &node.kind {
            NodeKind::Term(term) => self.term(term, &node.span),
            NodeKind::Near(near) => {
                let (left, a) = self.places(&near.left)?;
                let (right, b) = self.places(&near.right)?;
                let op = Op::Near {
                    sides: [Box::new(left), Box::new(right)],
                    within: near.within,
                    ordered: near.ordered,
                };
                Ok((op, a + b))
            }
            NodeKind::Or(nodes) => {
                let ops: Result<Vec<_>> = nodes.iter().map(|n| self.places(n)).collect();
                Ok(any(ops?))
            }
            // The parser leaves nothing else where places are asked for.
            _ => Err(Error::query(
                "this has no place in the text, so nothing can be near it",
                self.query,
                node.span.clone(),
            )),
        }
    }

    fn term(&mut self, term: &Term, span: &Range<usize>) -> Result<(Op, f32)> {
        let mut parts = Vec::new();
        let mut idf = 0.0;
        for slot in &term.slots {
            let (op, one) = self.slot(slot, term.form, span)?;
            parts.push(op);
            idf += one;
        }
        Ok((sequence(parts, term.slop), idf))
    }

    fn slot(&mut self, slot: &Slot, form: Form, span: &Range<usize>) -> Result<(Op, f32)> {
        match slot {
            Slot::Word(word) => self.leaf(word, form, span),
            Slot::Compound { parts, joined } => {
                let mut ops = Vec::new();
                let mut idf = 0.0;
                for part in parts {
                    let (op, one) = self.leaf(part, form, span)?;
                    ops.push(op);
                    idf += one;
                }
                let apart = (sequence(ops, 0), idf);
                // Letter case is asked of words as printed.
                if form == Form::Printed {
                    return Ok(apart);
                }
                let joined = self.leaf(joined, form, span)?;
                Ok(any(vec![apart, joined]))
            }
        }
    }

    fn leaf(&mut self, word: &Word, form: Form, span: &Range<usize>) -> Result<(Op, f32)> {
        let expansion = self.expander.expand(word, form)?;
        if expansion.found > MAX_WORDS {
            return Err(Error::query(
                format!(
                    "`{word}` stands for {} words, more than the {MAX_WORDS} that are allowed",
                    expansion.found
                ),
                self.query,
                span.clone(),
            )
            .with_hint("write more of its letters"));
        }
        let typed = match (word, form) {
            (Word::Plain { form: typed, .. }, Form::Inflected) => {
                let exact = self.expander.expand(word, Form::Exact)?;
                exact.terms.into_iter().find(|t| t.text == *typed)
            }
            _ => None,
        };
        let idf = self.plan.idf(held(&expansion));
        self.plan.leaves.push(Leaf {
            shown: word.to_string(),
            is_pattern: matches!(word, Word::Pattern(_)),
            expansion,
            typed,
            idf,
        });
        Ok((Op::Leaf(self.plan.leaves.len() - 1), idf))
    }
}

/// Whether a node is a bare word of grammar, as `the` or `which`.
fn is_function_word(node: &Node) -> bool {
    let NodeKind::Term(term) = &node.kind else {
        return false;
    };
    match term.slots.as_slice() {
        [Slot::Word(Word::Plain { form, .. })] => {
            term.form == Form::Inflected && Language::default().is_function_word(form)
        }
        _ => false,
    }
}

/// Parts side by side; one alone is itself.
fn sequence(mut parts: Vec<Op>, slop: u32) -> Op {
    match parts.len() {
        // The length has just been looked at.
        1 => parts.remove(0),
        _ => Op::Sequence { parts, slop },
    }
}

/// Any of several; as frequent as the most frequent.
fn any(ops: Vec<(Op, f32)>) -> (Op, f32) {
    let idf = ops.iter().map(|o| o.1).fold(f32::INFINITY, f32::min);
    (Op::Any(ops.into_iter().map(|o| o.0).collect()), idf)
}

fn without_units(op: Op) -> Op {
    let each = |ops: Vec<Op>| ops.into_iter().map(without_units).collect();
    match op {
        Op::Unit(_, op) => *op,
        Op::AtLeast(n, op) => Op::AtLeast(n, Box::new(without_units(*op))),
        Op::And(ops) => Op::And(each(ops)),
        Op::Or(ops) => Op::Or(each(ops)),
        Op::Not(op) => Op::Not(Box::new(without_units(*op))),
        op => op,
    }
}
