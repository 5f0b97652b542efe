//! Running the queries of a batch.

use rayon::prelude::*;

use super::{BatchQuery, at_line};
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::query::{FilterSpec, Filters, Parsed, Reading};
use crate::search::{FeedbackConfig, SearchRequest, SearchResults, Sort, search};

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
    /// How many threads; 0 for one each core.
    pub threads: usize,
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
    /// What was found.
    pub results: SearchResults,
}

/// Runs the queries in parallel; results come in the order of the queries. A
/// query that fails is an error in its place and stops no other.
pub fn run_batch(
    index: &OpenIndex,
    queries: &[BatchQuery],
    config: &BatchConfig,
    name: &str,
) -> Result<Vec<Result<BatchItem>>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .build()
        .map_err(|e| Error::usage("the threads of the batch cannot be started").with_cause(e))?;
    Ok(pool.install(|| {
        queries
            .par_iter()
            .map(|query| run_one(index, query, config).map_err(|e| at_line(e, name, query.line)))
            .collect()
    }))
}

fn run_one(index: &OpenIndex, query: &BatchQuery, config: &BatchConfig) -> Result<BatchItem> {
    let reading = config.reading.with(query.mode, query.literal);
    let parsed = reading.read(&query.query)?;
    let filters = Filters::resolve(&query.filters.or(&config.filters), index)?;
    let request = SearchRequest {
        query: Some(parsed),
        filters,
        limit: query.limit.unwrap_or(config.limit),
        offset: 0,
        sort: config.sort,
        facets: Vec::new(),
        feedback: config.feedback,
    };
    let results = search(index, &request)?;
    let SearchRequest {
        query: parsed,
        filters,
        ..
    } = request;
    // The request was made with a query just above.
    let parsed = parsed.ok_or_else(|| Error::usage("a batch query without a query"))?;
    Ok(BatchItem {
        id: query.id.clone(),
        parsed,
        filters,
        results,
    })
}
