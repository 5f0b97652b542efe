//! Headings and titles beside the passages: which part of an index a query
//! searches, how many headings match as well, and both in one list.

use tantivy::DocId;
use tantivy::collector::DocSetCollector;

use super::hits::{Hit, SearchRequest, SearchResults, plan_in, search_part};
use super::matches::Columns;
use super::sort::compare;
use crate::error::{Error, ErrorKind, Result};
use crate::index::open::unreadable;
use crate::index::{FacetName, IndexPart, OpenIndex};
use crate::query::{Filters, Parsed, PassageQuery};
use crate::report::Passage;

/// The part of an index that a query searches.
///
/// # Errors
/// An index that holds nothing of it.
pub fn part_of<'i>(index: &'i OpenIndex, query: Option<&Parsed>) -> Result<&'i OpenIndex> {
    let part = query.map_or(IndexPart::Passages, |query| query.part);
    index.part(part).ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            format!("the index holds no {}", part.noun(2)),
        )
    })
}

/// Refuses a query of headings or titles where passages are counted.
///
/// # Errors
/// A query that searches another part than the passages.
pub fn passages_only(query: Option<&Parsed>) -> Result<()> {
    match query.filter(|query| query.part != IndexPart::Passages) {
        None => Ok(()),
        Some(query) => Err(Error::query(
            format!(
                "this command counts passages, and the query searches {}",
                query.part.noun(2)
            ),
            &query.text,
            0..query.text.len(),
        )
        .with_hint("`pincite search` and `pincite facets` search headings and titles")),
    }
}

/// How many headings match a query of passages within filters.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn count_headings(index: &OpenIndex, query: Option<&Parsed>, filters: &Filters) -> Result<u64> {
    let is_of_passages = query.is_none_or(|query| query.part == IndexPart::Passages);
    let Some(part) = index.part(IndexPart::Headings).filter(|_| is_of_passages) else {
        return Ok(0);
    };
    let plan = plan_in(index, part, query)?;
    let query = PassageQuery::new(plan.narrowed(filters, part), part);
    Ok(query.best(part, 0)?.0)
}

/// The headings that match a query of passages within filters, in order of id,
/// each with the place of its report among the reports of the index.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn headings_of(
    index: &OpenIndex,
    query: &Parsed,
    filters: &Filters,
) -> Result<Vec<(usize, Passage)>> {
    let Some(part) = index.part(IndexPart::Headings) else {
        return Ok(Vec::new());
    };
    let plan = plan_in(index, part, Some(query))?;
    let query = PassageQuery::new(plan.narrowed(filters, part), part);
    let found = part.searcher.search(&query, &DocSetCollector);
    let mut docs: Vec<DocId> = found
        .map_err(unreadable)?
        .iter()
        .map(|at| at.doc_id)
        .collect();
    docs.sort_unstable();
    let columns = Columns::of(part)?;
    let mut passages = part.passages();
    let heading = |doc| Ok((columns.report(doc), passages.passage(doc)?));
    docs.into_iter().map(heading).collect()
}

/// The best headings of a request of passages within its filters, at most
/// `limit`; none of a request of headings or titles.
pub(super) fn best_headings(
    index: &OpenIndex,
    request: &SearchRequest,
    limit: usize,
) -> Result<SearchResults> {
    let request = SearchRequest {
        limit,
        offset: 0,
        facets: Vec::new(),
        feedback: None,
        ..request.clone()
    };
    let is_of_passages = request.part() == IndexPart::Passages;
    match index.part(IndexPart::Headings).filter(|_| is_of_passages) {
        Some(part) => search_part(index, part, &request),
        None => Ok(SearchResults::default()),
    }
}

/// Adds the headings that match to what was found among passages: `passages`
/// and `headings` are the first hits of each, and the request's page is cut from
/// both. The total and the facets count both.
pub(super) fn joined(
    request: &SearchRequest,
    passages: SearchResults,
    headings: SearchResults,
) -> SearchResults {
    let mut hits: Vec<Hit> = passages.hits.into_iter().chain(headings.hits).collect();
    hits.sort_by(|a, b| compare(a, b, request.sort));
    let ranks = request.offset + 1..;
    let page = hits.into_iter().skip(request.offset).take(request.limit);
    let page = page.zip(ranks).map(|(hit, rank)| Hit { rank, ..hit });
    SearchResults {
        hits: page.collect(),
        total: passages.total + headings.total,
        headings: headings.total,
        facets: passages.facets.map(|mut facets| {
            for (name, counts) in headings.facets.unwrap_or_default() {
                add(name, facets.entry(name).or_default(), counts);
            }
            facets
        }),
        ..passages
    }
}

/// Adds counts of a facet to others, in the order that counts come in.
fn add(name: FacetName, counts: &mut Vec<(String, u64)>, more: Vec<(String, u64)>) {
    for (value, count) in more {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, known)) => *known += count,
            None => counts.push((value, count)),
        }
    }
    match name {
        FacetName::Year | FacetName::Tier => counts.sort_by(|a, b| a.0.cmp(&b.0)),
        _ => counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
    }
}
