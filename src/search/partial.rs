//! Under a zero, the nearest answers: the passages that hold half or more of what
//! a query asks for, each with what it lacks. They are no matches and are never
//! counted.

use super::hits::{Hit, Ranked, SearchRequest, hits, plan_of};
use super::parts::part_of;
use super::telling::mark_telling;
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::{Node, NodeKind, Parsed, PassageQuery, Plan};

/// A passage that holds a part of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// The passage; its rank is among partial answers.
    pub hit: Hit,
    /// What of the query it lacks, as it prints itself, in order.
    pub lacks: Vec<String>,
}

/// How many there are at most.
pub const MOST: usize = 5;

/// The passages that hold at least half of the words and phrases which a request
/// asks for all of, those aside that no passage holds, within its filters: the
/// best first, by the same score as matches. It is for a request that nothing
/// matches; where something does, matches are among them.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn partial(index: &OpenIndex, request: &SearchRequest) -> Result<Vec<Partial>> {
    let Some(parsed) = &request.query else {
        return Ok(Vec::new());
    };
    let part = part_of(index, request.query.as_ref())?;
    let plan = plan_of(part, Some(parsed))?;
    let parts = plan.parts();
    // What no passage holds can only be lacking.
    let held = parts.iter().filter(|part| plan.may_be_found(part)).count();
    if parts.len() < 2 || held == 0 {
        return Ok(Vec::new());
    }
    let relaxed = plan.relaxed(held.div_ceil(2));
    let query = PassageQuery::new(relaxed.narrowed(&request.filters, part), part);
    let (_, best) = query.best(part, MOST.min(request.limit))?;
    let docs = best.iter().map(|(score, doc)| (Some(*score), *doc));
    let docs: Vec<Ranked> = docs.collect();
    let mut found = hits(part, &query, &docs, 0)?;
    if request.excerpts {
        mark_telling(part, &query, &docs, &mut found)?;
    }
    let docs: Vec<_> = best.into_iter().map(|(_, doc)| doc).collect();
    let lacks = lacks(part, parsed, &docs)?;
    let both = found.into_iter().zip(lacks);
    Ok(both.map(|(hit, lacks)| Partial { hit, lacks }).collect())
}

/// The partial answers of a request that asks for them and has so many matches.
pub(super) fn if_empty(
    index: &OpenIndex,
    request: &SearchRequest,
    total: u64,
) -> Result<Option<Vec<Partial>>> {
    let wanted = request.partial && total == 0;
    wanted.then(|| partial(index, request)).transpose()
}

/// What each passage lacks of a query.
fn lacks(index: &OpenIndex, parsed: &Parsed, docs: &[u32]) -> Result<Vec<Vec<String>>> {
    let mut lacks = vec![Vec::new(); docs.len()];
    let mut order: Vec<usize> = (0..docs.len()).collect();
    order.sort_by_key(|i| docs[*i]);
    for node in asked_for(&parsed.tree) {
        let plan = Plan::new(node, &parsed.text, index)?;
        let query = PassageQuery::new(plan, index);
        let mut looker = query.looker(index)?;
        for i in &order {
            if !looker.look(docs[*i]).matches(&query.plan().root) {
                lacks[*i].push(node.to_string());
            }
        }
    }
    Ok(lacks)
}

/// What a query asks for all of: neither what narrows nor what may be missing.
fn asked_for(tree: &Node) -> Vec<&Node> {
    let is_asked = |node: &&Node| {
        !matches!(
            node.kind,
            NodeKind::Not(_) | NodeKind::Maybe(_) | NodeKind::Field(_)
        )
    };
    match &tree.kind {
        NodeKind::And(nodes) => nodes.iter().filter(is_asked).collect(),
        _ => Vec::new(),
    }
}
