//! Running the queries of a batch.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use tantivy::DocId;

use super::ordered::in_order;
use super::{BatchQuery, at_line};
use crate::desk::Found;
use crate::error::{Error, Result};
use crate::index::{FacetName, OpenIndex};
use crate::query::filter::STRICT_VALUE;
use crate::query::{FilterSpec, Filters, Parsed, Reading, STRICT};
use crate::search::{Columns, FeedbackConfig, Matches, SearchRequest, SearchResults, Sort, search};

/// How all queries of a batch are run.
#[derive(Debug, Clone)]
pub struct BatchConfig {
    /// How the queries are read.
    pub reading: Reading,
    /// Filters that go for all queries; a query's own filter by a facet goes
    /// before them.
    pub filters: FilterSpec,
    /// How many hits for each query at most.
    pub limit: usize,
    /// The order of hits.
    pub sort: Sort,
    /// Whether words of the best passages weigh in the ranking too.
    pub feedback: Option<FeedbackConfig>,
    /// Whether passages that hold half or more of a query are looked for where none
    /// matches.
    pub partial: bool,
    /// How many threads; 0 for one each core.
    pub threads: usize,
    /// What is wanted of each query beside its hits.
    pub wanted: Wanted,
}

/// What is wanted of a query beside its hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All its passages.
    pub docs: bool,
    /// The ids and hashes of all its passages.
    pub found: bool,
    /// Its counts by a facet.
    pub by: Option<FacetName>,
}

/// A query to run.
#[derive(Debug, Clone, Copy)]
pub struct Job<'q> {
    /// The query.
    pub query: &'q BatchQuery,
    /// Whether its hits are wanted.
    pub hits: bool,
}

/// A query of a batch with what it found.
#[derive(Debug)]
pub struct BatchItem {
    /// The id of the query.
    pub id: String,
    /// The query as understood.
    pub parsed: Parsed,
    /// The filters as understood.
    pub filters: Filters,
    /// What was found; no hits where none were wanted.
    pub results: SearchResults,
    /// All passages, in order of id, where they were wanted.
    pub docs: Option<Vec<DocId>>,
    /// How many reports all passages are of, where they were wanted.
    pub reports: Option<u64>,
    /// The ids and hashes of all passages, where they were wanted.
    pub found: Option<Found>,
    /// The counts by the facet that was wanted, as
    /// [`count_facets`](crate::search::count_facets) gives them.
    pub counts: Option<Vec<(String, u64)>>,
}

impl BatchItem {
    /// The values of its filters as understood, by facet; `not-` stands before
    /// the names of those left out; and `strict`.
    pub fn filter_values(&self) -> BTreeMap<String, Vec<String>> {
        let mut map = BTreeMap::new();
        for (prefix, side) in [("", &self.filters.only), ("not-", &self.filters.not)] {
            for (facet, values) in side {
                let shown = values.iter().map(|v| v.shown.clone()).collect();
                map.insert(format!("{prefix}{facet}"), shown);
            }
        }
        if self.filters.strict {
            map.insert(STRICT.to_owned(), vec![STRICT_VALUE.to_owned()]);
        }
        map
    }
}

/// What is done with each query, or with the reason why it failed.
pub type Each<'e> = dyn FnMut(&Job<'_>, Result<BatchItem>) -> Result<ControlFlow<()>> + 'e;

/// Runs queries in parallel, and hands each with what it found to `each`, in
/// order and as soon as it and those before it are done: few wait in memory. A
/// query that fails is an error in its place and stops no other. Where `each`
/// breaks or fails, no more is run.
///
/// # Errors
/// What `each` fails with, or threads that cannot be started.
pub fn run_batch(
    index: &OpenIndex,
    jobs: &[Job<'_>],
    config: &BatchConfig,
    name: &str,
    each: &mut Each<'_>,
) -> Result<()> {
    let work =
        |job: &Job<'_>| run_one(index, job, config).map_err(|e| at_line(e, name, job.query.line));
    in_order(config.threads, jobs, work, each)
}

fn run_one(index: &OpenIndex, job: &Job<'_>, config: &BatchConfig) -> Result<BatchItem> {
    let query = job.query;
    let parsed = config
        .reading
        .with(query.mode, query.literal)
        .read(&query.query)?;
    let filters = Filters::resolve(&query.filters.or(&config.filters), index)?;
    let request = SearchRequest {
        query: Some(parsed),
        filters,
        limit: match job.hits {
            true => query.limit.unwrap_or(config.limit),
            false => 0,
        },
        offset: 0,
        sort: config.sort,
        facets: config.wanted.by.into_iter().collect(),
        feedback: config.feedback.filter(|_| job.hits),
        headings: false,
        partial: job.hits && config.partial,
        excerpts: false,
    };
    let mut results = search(index, &request)?;
    // The counts are no part of what a search of its own would give.
    let counts = results.facets.take();
    let counts = config.wanted.by.zip(counts);
    let SearchRequest {
        query: parsed,
        filters,
        ..
    } = request;
    // The request was made with a query just above.
    let parsed = parsed.ok_or_else(|| Error::usage("a batch query without a query"))?;
    let mut item = BatchItem {
        id: query.id.clone(),
        parsed,
        filters,
        results,
        docs: None,
        reports: None,
        found: None,
        counts: counts.and_then(|(by, mut counts)| counts.remove(&by)),
    };
    if config.wanted.docs || config.wanted.found {
        let matches = Matches::of(index, Some(&item.parsed), &item.filters)?;
        if config.wanted.found {
            item.found = Some(Found::of(index, matches.docs())?);
        }
        item.reports = Some(reports(index, matches.docs())?);
        item.docs = config.wanted.docs.then(|| matches.docs().to_vec());
    }
    Ok(item)
}

/// How many reports passages in order of id are of.
fn reports(index: &OpenIndex, docs: &[DocId]) -> Result<u64> {
    let columns = Columns::of(index)?;
    let mut reports: Vec<usize> = docs.iter().map(|doc| columns.report(*doc)).collect();
    // The passages of a report stand side by side.
    reports.dedup();
    Ok(reports.len() as u64)
}
