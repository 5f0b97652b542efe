//! Searching: the passages of a query, ranked, with what lights up in them.

use std::ops::Range;

use tantivy::collector::DocSetCollector;
use tantivy::{DocId, Score};

use super::facets::{FacetCounts, count_facets};
use super::feedback::{self, FeedbackConfig};
use super::fold::Alike;
use super::partial::{Partial, if_empty};
use super::parts::{count_headings, joined, part_of};
use super::respelled::{Respelled, respelled};
use super::sort::{Sort, sort};
use super::telling::mark_telling;
use crate::error::Result;
use crate::index::open::unreadable;
use crate::index::{FacetName, IndexPart, OpenIndex};
use crate::query::matcher::Extent;
use crate::query::plan::FeedbackWord;
use crate::query::{Filters, Parsed, PassageQuery, Plan};
use crate::report::Passage;
use crate::text::Analysis;

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
    /// Whether words of the best passages weigh in the ranking too.
    pub feedback: Option<FeedbackConfig>,
    /// Whether headings are found beside the passages.
    pub headings: bool,
    /// Whether passages that hold half or more of the query are looked for where
    /// none matches.
    pub partial: bool,
    /// Whether hits are shown as excerpts, so that the sentences which tell most
    /// are looked for.
    pub excerpts: bool,
}

impl Default for SearchRequest {
    /// A request for the first ten of all passages.
    fn default() -> Self {
        SearchRequest {
            query: None,
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            sort: Sort::Score,
            facets: Vec::new(),
            feedback: None,
            headings: false,
            partial: false,
            excerpts: false,
        }
    }
}

impl SearchRequest {
    /// A request for the ten best passages of a query.
    pub fn new(query: Parsed) -> Self {
        SearchRequest {
            query: Some(query),
            ..SearchRequest::default()
        }
    }

    /// The part of the index that is searched.
    pub(super) fn part(&self) -> IndexPart {
        let query = self.query.as_ref();
        query.map_or(IndexPart::Passages, |query| query.part)
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResults {
    /// How many passages match, shown or not; with headings where these are
    /// asked for.
    pub total: u64,
    /// How many headings match. Where they are not asked for, they are beside
    /// the total and not in it.
    pub headings: u64,
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// The counts by facet, where any were asked for.
    pub facets: Option<FacetCounts>,
    /// The patterns of the query with the words they stood for.
    pub expansions: Vec<PatternWords>,
    /// The words that feedback added to the ranking, the weightiest first.
    pub feedback: Vec<FeedbackWord>,
    /// The passages that hold half or more of the query, where these were asked
    /// for and none matches; they are in no count.
    pub partial: Option<Vec<Partial>>,
    /// What phrases find in their other spelling, where the query finds little.
    pub respelled: Vec<Respelled>,
}

/// A pattern of a query and the words of the index that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternWords {
    /// The pattern as it prints itself.
    pub pattern: String,
    /// The words, in order, each with the number of passages that hold it; the
    /// joined form of a compound is a word of its own.
    pub words: Vec<(String, u32)>,
}

/// A passage that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches; see [`rank`](crate::query::rank).
    pub score: f32,
    /// The passage.
    pub passage: Passage,
    /// What matched: half-open byte ranges of the text, in order.
    pub highlights: Vec<Range<usize>>,
    /// The sentences of the text that hold a highlight, from 1.
    pub sentences: Vec<usize>,
    /// Where excerpts are asked for, the sentences that tell most, from 1: the first
    /// holds the most of the query's weight, each after it the most of what is
    /// still missing. Otherwise empty.
    pub telling: Vec<usize>,
    /// The matches that it stands for; none where they were not folded.
    pub alike: Option<Alike>,
}

/// Finds the passages of a request.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn search(index: &OpenIndex, request: &SearchRequest) -> Result<SearchResults> {
    let results = search_matches(index, request)?;
    Ok(SearchResults {
        partial: if_empty(index, request, results.total)?,
        respelled: respelled(index, request, results.total)?,
        ..results
    })
}

/// Finds what matches a request.
fn search_matches(index: &OpenIndex, request: &SearchRequest) -> Result<SearchResults> {
    let part = part_of(index, request.query.as_ref())?;
    if request.headings && request.part() == IndexPart::Passages {
        return search_both(index, request);
    }
    let results = search_part(index, part, request)?;
    let headings = match request.part() {
        IndexPart::Headings => results.total,
        _ => count_headings(index, request.query.as_ref(), &request.filters)?,
    };
    Ok(SearchResults {
        headings,
        ..results
    })
}

/// Finds the passages and headings of a request, in one list.
fn search_both(index: &OpenIndex, request: &SearchRequest) -> Result<SearchResults> {
    let first = SearchRequest {
        offset: 0,
        limit: match request.limit {
            0 => 0,
            limit => limit.saturating_add(request.offset),
        },
        ..request.clone()
    };
    let passages = search_part(index, index, &first)?;
    match index.part(IndexPart::Headings) {
        Some(part) => {
            // Words are learned of passages; headings are too short for it.
            let first = SearchRequest {
                feedback: None,
                ..first
            };
            let headings = search_part(index, part, &first)?;
            Ok(joined(request, passages, headings))
        }
        None => Ok(passages),
    }
}

/// Finds what a part of an index holds of a request.
pub(super) fn search_part(
    index: &OpenIndex,
    part: &OpenIndex,
    request: &SearchRequest,
) -> Result<SearchResults> {
    let (plan, feedback) = planned(index, part, request)?;
    let query = PassageQuery::new(plan.narrowed(&request.filters, part), part);
    let (total, docs) = page(part, &query, request)?;
    let facets = match request.facets.as_slice() {
        [] => None,
        names => Some(count_facets(part, &plan, &request.filters, names)?),
    };
    let mut hits = hits(part, &query, &docs, request.offset)?;
    if request.excerpts {
        mark_telling(part, &query, &docs, &mut hits)?;
    }
    Ok(SearchResults {
        total,
        headings: 0,
        hits,
        facets,
        expansions: pattern_words(&plan),
        feedback,
        partial: None,
        respelled: Vec::new(),
    })
}

/// The plan of a request, without its filters, and the words that feedback
/// added to it.
pub(super) fn planned(
    index: &OpenIndex,
    part: &OpenIndex,
    request: &SearchRequest,
) -> Result<(Plan, Vec<FeedbackWord>)> {
    let mut plan = plan_in(index, part, request.query.as_ref())?;
    let Some(config) = &request.feedback else {
        return Ok((plan, Vec::new()));
    };
    let query = PassageQuery::new(plan.narrowed(&request.filters, part), part);
    let words = feedback::learn(part, &query, config)?;
    plan.rank_by(&words, part)?;
    Ok((plan, words))
}

/// The patterns of a plan with the words they stand for.
pub(super) fn pattern_words(plan: &Plan) -> Vec<PatternWords> {
    let patterns = plan.patterns().into_iter();
    patterns
        .map(|leaf| PatternWords {
            pattern: leaf.shown.clone(),
            words: leaf.words(),
        })
        .collect()
}

/// How many passages match a query within filters.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn count_matches(index: &OpenIndex, query: &Parsed, filters: &Filters) -> Result<u64> {
    let part = part_of(index, Some(query))?;
    let plan = plan_in(index, part, Some(query))?;
    Ok(PassageQuery::new(plan.narrowed(filters, part), part)
        .best(part, 0)?
        .0)
}

/// The plan of a query of passages, without filters.
pub(super) fn plan_of(index: &OpenIndex, parsed: Option<&Parsed>) -> Result<Plan> {
    plan_in(index, index, parsed)
}

/// The plan of a query for a part of an index, without filters.
pub(super) fn plan_in(
    index: &OpenIndex,
    part: &OpenIndex,
    parsed: Option<&Parsed>,
) -> Result<Plan> {
    match parsed {
        Some(parsed) => Plan::of_part(&parsed.tree, &parsed.text, index, part),
        None => Plan::everything(part),
    }
}

/// The hits of documents, with what lights up in each.
pub(super) fn hits(
    index: &OpenIndex,
    query: &PassageQuery,
    docs: &[Ranked],
    offset: usize,
) -> Result<Vec<Hit>> {
    // Places are read in the order of documents.
    let mut order: Vec<usize> = (0..docs.len()).collect();
    order.sort_by_key(|i| docs[*i].1);
    let mut looker = query.looker(index)?;
    let mut passages = index.passages();
    let mut hits: Vec<Option<Hit>> = docs.iter().map(|_| None).collect();
    for i in order {
        let (score, doc) = docs[i];
        let passage = passages.passage(doc)?;
        let places = looker.look(doc);
        let lit = places.lit(&query.plan().root).unwrap_or_default();
        let sentences = places.sentences_of(&lit);
        hits[i] = Some(Hit {
            rank: offset + i + 1,
            score: score.unwrap_or_else(|| looker.score().0),
            highlights: bytes_of(&lit, &passage.text),
            sentences,
            telling: Vec::new(),
            alike: None,
            passage,
        });
    }
    Ok(hits.into_iter().flatten().collect())
}

/// Ranges of word positions as ranges of bytes of the text.
pub(super) fn bytes_of(extents: &[Extent], text: &str) -> Vec<Range<usize>> {
    if extents.is_empty() {
        return Vec::new();
    }
    let analysis = Analysis::of(text);
    let words: Vec<&Range<usize>> = analysis
        .tokens()
        .iter()
        .filter(|t| t.length == 1)
        .map(|t| &t.span)
        .collect();
    let byte_range = |e: &Extent| {
        let first = words.get(e.start as usize)?;
        let last = words.get(e.end as usize - 1)?;
        Some(first.start..last.end)
    };
    extents.iter().filter_map(byte_range).collect()
}

/// A document, with its score where it was ordered by it.
pub(super) type Ranked = (Option<Score>, DocId);

/// How many passages match, and the documents of the page that is asked for,
/// in order.
pub(super) fn page(
    index: &OpenIndex,
    query: &PassageQuery,
    request: &SearchRequest,
) -> Result<(u64, Vec<Ranked>)> {
    if request.sort == Sort::Score || request.limit == 0 {
        let wanted = match request.limit {
            0 => 0,
            limit => limit.saturating_add(request.offset),
        };
        let (total, mut docs) = query.best(index, wanted)?;
        docs.drain(..request.offset.min(docs.len()));
        let docs = docs.into_iter().map(|(score, doc)| (Some(score), doc));
        return Ok((total, docs.collect()));
    }
    let mut docs = index
        .searcher
        .search(query, &DocSetCollector)
        .map_err(unreadable)?
        .into_iter()
        .map(|at| at.doc_id)
        .collect::<Vec<DocId>>();
    let total = docs.len() as u64;
    sort(&mut docs, request.sort, index)?;
    let page = docs.into_iter().skip(request.offset).take(request.limit);
    Ok((total, page.map(|doc| (None, doc)).collect()))
}
