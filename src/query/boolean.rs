//! A plan that asks for no places as a boolean query of the engine.

use tantivy::Term as EngineTerm;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::plan::{Op, Plan};

/// The engine's boolean query of an operation that asks for no places. Its
/// score, times `1 + CLOSENESS`, is never less than that of the ranking.
pub(super) fn boolean_query(op: &Op, plan: &Plan, scored: bool) -> Box<dyn Query> {
    let boolean = |op: &Op| boolean_query(op, plan, scored);
    match op {
        Op::Leaf(_) | Op::Unit(..) | Op::Any(_) | Op::Or(_) => {
            let mut alternatives = Vec::new();
            collect_alternatives(op, plan, scored, 1.0, &mut alternatives);
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
                    Op::Maybe(_) if !scored => continue,
                    Op::Maybe(inner) => (Occur::Should, boolean(inner)),
                    op => (Occur::Must, boolean(op)),
                });
            }
            if clauses.iter().all(|(occur, _)| *occur != Occur::Must) {
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
        Op::Maybe(_) | Op::Everything => everything(),
        // Places are asked for: see `Plan::needs_places`.
        Op::Sequence { .. } | Op::Near { .. } | Op::AtLeast(..) | Op::Most(..) => {
            Box::new(EmptyQuery)
        }
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
                let query = Box::new(TermQuery::new(term.engine.clone(), record));
                alternatives.push(weighed(query, weight));
            }
        }
        Op::Unit(unit, op) => {
            let weight = weight * plan.units[*unit].weight;
            collect_alternatives(op, plan, scored, weight, alternatives);
        }
        Op::Any(ops) | Op::Or(ops) => {
            for op in ops {
                collect_alternatives(op, plan, scored, weight, alternatives);
            }
        }
        op => alternatives.push(boolean_query(op, plan, scored)),
    }
}

fn weighed(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    match weight == 1.0 {
        true => query,
        false => Box::new(BoostQuery::new(query, weight)),
    }
}

/// A query that ranks by the words of feedback too, and matches as before.
pub(super) fn with_feedback(query: Box<dyn Query>, plan: &Plan) -> Box<dyn Query> {
    let mut clauses = vec![(Occur::Must, query)];
    for unit in &plan.units[plan.asked..] {
        if let Some(leaf) = unit.leaf {
            let query = boolean_query(&Op::Leaf(leaf), plan, true);
            clauses.push((Occur::Should, weighed(query, unit.weight)));
        }
    }
    Box::new(BooleanQuery::new(clauses))
}

/// The query for passages with any of some facet values.
pub(super) fn facet_query(terms: &[EngineTerm]) -> BooleanQuery {
    let terms = terms.iter().map(|term| {
        let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
        Box::new(query) as Box<dyn Query>
    });
    BooleanQuery::union(terms.collect())
}
