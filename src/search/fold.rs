//! Folding: of matches that say the same, one is shown for all.
//!
//! The best match stands for all matches that are [like](crate::text::likeness)
//! it; the best of those that are left stands for all that are like it; and so
//! on. So every passage that is folded away is like the one that is shown, and
//! every match is in one group. Only the groups that are shown are made: what
//! comes before a group never depends on what comes after it.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;

use super::facets::count_facets;
use super::hits::{Ranked, SearchRequest, SearchResults, hits, page, pattern_words, planned};
use super::partial::if_empty;
use super::parts::{count_headings, passages_only};
use super::respelled::respelled;
use super::telling::mark_telling;
use super::wordings::wordings;
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::PassageQuery;
use crate::report::PassageId;
use crate::text::Wording;

/// For how many passages in a row what is like them is looked for, at least and
/// at most.
const FEWEST: usize = 8;
const MOST: usize = 4096;

/// The matches that one stands for, itself not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// Their ids, in order.
    pub ids: Vec<PassageId>,
    /// The years of their reports, in order, each once.
    pub years: Vec<u16>,
}

/// Finds the passages of a request, folded: each hit has the matches that it
/// stands for, and `rank`, `limit` and `offset` count what is shown. The total
/// still counts all passages.
///
/// The candidates come from the [shingles](crate::index::shingles) of the index,
/// which miss a few of those that are barely alike.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn search_folded(index: &OpenIndex, request: &SearchRequest) -> Result<SearchResults> {
    passages_only(request.query.as_ref())?;
    let (plan, feedback) = planned(index, index, request)?;
    let query = PassageQuery::new(plan.narrowed(&request.filters, index), index);
    let all = SearchRequest {
        limit: match request.limit {
            0 => 0,
            _ => usize::MAX,
        },
        offset: 0,
        ..request.clone()
    };
    let (total, ranked) = page(index, &query, &all)?;
    let groups = groups(index, &ranked, request.limit.saturating_add(request.offset))?;
    let shown = groups.into_iter().skip(request.offset);
    let (leads, others): (Vec<Ranked>, Vec<Vec<DocId>>) =
        shown.map(|group| (group.lead, group.others)).unzip();
    let mut hits = hits(index, &query, &leads, request.offset)?;
    if request.excerpts {
        mark_telling(index, &query, &leads, &mut hits)?;
    }
    for (hit, others) in hits.iter_mut().zip(others) {
        hit.alike = Some(alike(index, &others)?);
    }
    let facets = match request.facets.as_slice() {
        [] => None,
        names => Some(count_facets(index, &plan, &request.filters, names)?),
    };
    Ok(SearchResults {
        total,
        headings: count_headings(index, request.query.as_ref(), &request.filters)?,
        hits,
        facets,
        expansions: pattern_words(&plan),
        feedback,
        partial: if_empty(index, request, total)?,
        respelled: respelled(index, request, total)?,
    })
}

/// A match and those that it stands for.
struct Group {
    lead: Ranked,
    /// In order of id.
    others: Vec<DocId>,
}

/// The first `wanted` groups of some matches, which are in order of rank.
fn groups(index: &OpenIndex, ranked: &[Ranked], wanted: usize) -> Result<Vec<Group>> {
    let mut among: Vec<DocId> = ranked.iter().map(|(_, doc)| *doc).collect();
    among.sort_unstable();
    let mut folded: FxHashSet<DocId> = FxHashSet::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut rest = ranked.iter();
    while groups.len() < wanted {
        let number = (wanted - groups.len()).clamp(FEWEST, MOST);
        let next = rest.by_ref().filter(|(_, doc)| !folded.contains(doc));
        let next: Vec<Ranked> = next.take(number).copied().collect();
        if next.is_empty() {
            break;
        }
        let docs: Vec<DocId> = next.iter().map(|(_, doc)| *doc).collect();
        let sharing = index.shingles.sharing_among(&docs, &among);
        let known = known(index, &docs, &sharing)?;
        for (lead, candidates) in next.into_iter().zip(sharing) {
            if groups.len() == wanted {
                break;
            }
            // One before it in this round may stand for it.
            if !folded.insert(lead.1) {
                continue;
            }
            let is_like = |doc: &DocId| match (known.get(&lead.1), known.get(doc)) {
                (Some(one), Some(other)) => one.likeness(other).is_some(),
                _ => false,
            };
            let free = candidates.into_iter().filter(|doc| !folded.contains(doc));
            let others: Vec<DocId> = free.filter(is_like).collect();
            folded.extend(&others);
            groups.push(Group { lead, others });
        }
    }
    Ok(groups)
}

/// The wordings of passages for which there are candidates, and of those.
fn known(
    index: &OpenIndex,
    docs: &[DocId],
    sharing: &[Vec<DocId>],
) -> Result<FxHashMap<DocId, Wording>> {
    let with_candidates = docs
        .iter()
        .zip(sharing)
        .filter(|(_, found)| !found.is_empty());
    let mut needed: Vec<DocId> = with_candidates
        .flat_map(|(doc, found)| found.iter().chain([doc]).copied())
        .collect();
    needed.sort_unstable();
    needed.dedup();
    let wordings = wordings(index, &needed)?;
    Ok(needed.into_iter().zip(wordings).collect())
}

fn alike(index: &OpenIndex, docs: &[DocId]) -> Result<Alike> {
    let mut alike = Alike::default();
    let mut reader = index.passages();
    for doc in docs {
        let passage = reader.passage(*doc)?;
        alike
            .years
            .extend(passage.report.year.map(|year| year.get()));
        alike.ids.push(passage.id);
    }
    alike.years.sort_unstable();
    alike.years.dedup();
    Ok(alike)
}
