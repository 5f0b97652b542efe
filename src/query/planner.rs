//! From a tree to a plan: words looked up, fields resolved, units weighed.

use std::ops::Range;

use super::expand::{Expander, MAX_WORDS};
use super::optional::is_function_word;
use super::plan::{Leaf, Op, Plan, Unit, facet_terms, held};
use super::rank::FUNCTION_WORD;
use super::tree::{Node, NodeKind, Term};
use super::word::{Form, Slot, Word};
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::index::open::unreadable;

/// How many words a query may hold, a pattern being one and a compound one more
/// than its parts.
pub const MAX_LEAVES: usize = 1024;
/// The weights that a unit may have.
const WEIGHTS: std::ops::RangeInclusive<f32> = 1e-6..=1e6;

/// Makes a plan of a tree, node by node.
pub(super) struct Planner<'a> {
    query: &'a str,
    /// What holds the values of facets.
    index: &'a OpenIndex,
    expander: Expander<'a>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// A planner for a part of an index, or for the index itself.
    pub(super) fn new(query: &'a str, index: &'a OpenIndex, part: &'a OpenIndex) -> Result<Self> {
        let segment = part.segment();
        let inverted = segment
            .inverted_index(part.fields.exact)
            .map_err(unreadable)?;
        let passages = segment.max_doc();
        Ok(Planner {
            query,
            index,
            expander: Expander::new(part),
            plan: Plan {
                root: Op::Everything,
                leaves: Vec::new(),
                facets: Vec::new(),
                units: Vec::new(),
                asked: 0,
                largest_idf: 0.0,
                passages,
                mean_length: inverted.total_num_tokens() as f32 / passages.max(1) as f32,
            },
        })
    }

    /// The plan of a tree.
    pub(super) fn plan(mut self, tree: &Node) -> Result<Plan> {
        self.plan.root = self.node(tree, 1.0)?;
        let idfs = self.plan.units.iter().map(Unit::weighted_idf);
        self.plan.largest_idf = idfs.fold(f32::MIN_POSITIVE, f32::max);
        self.plan.asked = self.plan.units.len();
        Ok(self.plan)
    }

    /// The plan that every passage matches.
    pub(super) fn everything(self) -> Plan {
        self.plan
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
            NodeKind::Or(nodes) => self.or(nodes, weight),
            NodeKind::Maybe(node) => Ok(Op::Maybe(Box::new(self.node(node, weight)?))),
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

    /// Alternatives; words that need not match are none.
    fn or(&mut self, nodes: &[Node], weight: f32) -> Result<Op> {
        let ops = self.nodes(nodes, weight)?;
        let is_optional = |op: &Op| matches!(op, Op::Maybe(_));
        let (optional, asked): (Vec<Op>, Vec<Op>) = ops.into_iter().partition(is_optional);
        let asked = Op::Or(asked);
        match optional.is_empty() {
            true => Ok(asked),
            false => Ok(Op::And([asked].into_iter().chain(optional).collect())),
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
                let joined = self.leaf(joined, form, span)?;
                Ok(any(vec![apart, joined]))
            }
        }
    }

    fn leaf(&mut self, word: &Word, form: Form, span: &Range<usize>) -> Result<(Op, f32)> {
        if self.plan.leaves.len() == MAX_LEAVES {
            return Err(Error::query(
                format!("a query may hold {MAX_LEAVES} words"),
                self.query,
                span.clone(),
            )
            .with_hint("divide it into several"));
        }
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
        Op::Maybe(op) => Op::Maybe(Box::new(without_units(*op))),
        op => op,
    }
}
