//! Searching: the passages of a query, ranked, with what lights up in them.

use std::ops::Range;

use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyDocument};

use super::facets::{FacetCounts, count_facets};
use super::sort::{Sort, sort};
use crate::error::Result;
use crate::index::document::from_document;
use crate::index::open::unreadable;
use crate::index::{FacetName, OpenIndex};
use crate::query::compile::everything;
use crate::query::{Filters, Matcher, Parsed, compile};
use crate::report::Passage;
use crate::text::sentences;
use crate::text::sentences::numbers_of;

/// What to search for.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The query; none for every passage that the filters leave.
    pub query: Option<Parsed>,
    /// The filters.
    pub filters: Filters,
    /// How many hits at most.
    pub limit: usize,
    /// How many hits to pass over before the first.
    pub offset: usize,
    /// The order.
    pub sort: Sort,
    /// The facets to count by.
    pub facets: Vec<FacetName>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResults {
    /// How many passages match, shown or not.
    pub total: u64,
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// The counts by facet, where any were asked for.
    pub facets: Option<FacetCounts>,
}

/// A passage that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches (BM25, Robertson et al. 1994; `k1` 1.2, `b` 0.75).
    pub score: f32,
    /// The passage.
    pub passage: Passage,
    /// What matched: half-open byte ranges of the text, in order.
    pub highlights: Vec<Range<usize>>,
    /// The sentences of the text that hold a highlight, from 1.
    pub sentences: Vec<usize>,
}

/// Finds the passages of a request.
///
/// # Errors
/// A query that cannot be compiled, or a damaged index.
pub fn search(index: &OpenIndex, request: &SearchRequest) -> Result<SearchResults> {
    let query = engine_query(index, request.query.as_ref())?;
    let narrowed = request.filters.narrow(query.box_clone(), index);
    let total = index
        .searcher
        .search(&narrowed, &Count)
        .map_err(unreadable)? as u64;
    let docs = match (request.offset as u64) < total {
        true => best(index, &*narrowed, request)?,
        false => Vec::new(),
    };
    let matcher = request
        .query
        .as_ref()
        .map(|parsed| Matcher::new(&parsed.tree));
    let hits: Result<Vec<Hit>> = docs
        .into_iter()
        .enumerate()
        .map(|(i, (score, doc))| {
            let passage = load(index, doc)?;
            let spans = matcher.as_ref().and_then(|m| m.spans(&passage.text));
            let highlights = spans.unwrap_or_default();
            let numbers = numbers_of(&sentences(&passage.text), &highlights);
            Ok(Hit {
                rank: request.offset + i + 1,
                score,
                passage,
                highlights,
                sentences: numbers,
            })
        })
        .collect();
    let facets = match request.facets.as_slice() {
        [] => None,
        names => Some(count_facets(index, &*query, &request.filters, names)?),
    };
    Ok(SearchResults {
        total,
        hits: hits?,
        facets,
    })
}

/// The engine's query of a parsed one, without filters.
pub(super) fn engine_query(index: &OpenIndex, parsed: Option<&Parsed>) -> Result<Box<dyn Query>> {
    match parsed {
        Some(parsed) => compile(&parsed.tree, &parsed.text, index),
        None => Ok(everything()),
    }
}

/// The passage of a document.
pub(super) fn load(index: &OpenIndex, doc: DocId) -> Result<Passage> {
    let address = DocAddress::new(0, doc);
    let document: TantivyDocument = index.searcher.doc(address).map_err(unreadable)?;
    from_document(&document, &index.fields)
}

/// The documents of the page that is asked for, in order.
fn best(
    index: &OpenIndex,
    query: &dyn Query,
    request: &SearchRequest,
) -> Result<Vec<(Score, DocId)>> {
    if request.limit == 0 {
        return Ok(Vec::new());
    }
    if request.sort == Sort::Score {
        // Documents are in order of passage id, so that equal scores are too.
        let limit = request.limit.min(index.searcher.num_docs() as usize + 1);
        let top = TopDocs::with_limit(limit)
            .and_offset(request.offset)
            .order_by_score();
        let top = index.searcher.search(query, &top).map_err(unreadable)?;
        return Ok(top
            .into_iter()
            .map(|(score, at)| (score, at.doc_id))
            .collect());
    }
    let mut docs = index.searcher.search(query, &All).map_err(unreadable)?;
    sort(&mut docs, request.sort, index)?;
    Ok(docs
        .into_iter()
        .skip(request.offset)
        .take(request.limit)
        .collect())
}

/// Collects every matching document with its score.
struct All;

impl Collector for All {
    type Fruit = Vec<(Score, DocId)>;
    type Child = AllOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        Ok(AllOfSegment(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.concat())
    }
}

struct AllOfSegment(Vec<(Score, DocId)>);

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<(Score, DocId)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.0.push((score, doc));
    }

    fn harvest(self) -> Self::Fruit {
        self.0
    }
}
