//! Trends: how much the groups of a facet, as years, speak of some queries.

use super::answer::{Answered, answer_digest};
use super::values::{label, ordered};
use crate::error::Result;
use crate::index::{FacetName, OpenIndex};
use crate::query::{Filters, Parsed};
use crate::search::{Counter, Matches, PatternWords, Tally, slice};

/// Some queries side by side, by the groups of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The facet.
    pub by: FacetName,
    /// The groups, in the order of a table. A year between others that has no
    /// report is one without reports.
    pub groups: Vec<Group>,
    /// All that the filters leave, with a value of the facet or without.
    pub total: Tally,
    /// What has no value of the facet.
    pub outside: Tally,
    /// The queries, in the order asked.
    pub series: Vec<Series>,
    /// The [answer digest](answer_digest).
    pub digest: String,
}

impl Trend {
    /// The values of the groups.
    pub fn values(&self) -> Vec<&str> {
        self.groups.iter().map(|g| g.value.as_str()).collect()
    }
}

/// A value of the facet and all that the filters leave of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value.
    pub value: String,
    /// The value for people.
    pub label: String,
    /// What it holds.
    pub all: Tally,
}

/// What a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The query.
    pub query: Parsed,
    /// Its patterns with the words they stood for.
    pub expansions: Vec<PatternWords>,
    /// All that it finds.
    pub total: Tally,
    /// What it finds in each group.
    pub found: Vec<Tally>,
}

/// Counts what queries find within filters by the values of a facet.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn trend(
    index: &OpenIndex,
    queries: Vec<Parsed>,
    filters: &Filters,
    by: FacetName,
) -> Result<Trend> {
    let counter = Counter::of(index)?;
    let whole = counter.by(&slice(index, filters)?, by);
    let groups: Vec<Group> = ordered(by, whole.groups.keys().cloned())
        .into_iter()
        .map(|value| Group {
            label: label(by, &value),
            all: whole.groups.get(&value).copied().unwrap_or_default(),
            value,
        })
        .collect();
    let mut series = Vec::with_capacity(queries.len());
    for query in queries {
        let matches = Matches::of(index, Some(&query), filters)?;
        let found = counter.by(&matches.counted()?, by);
        let of_group = |g: &Group| found.groups.get(&g.value).copied().unwrap_or_default();
        series.push(Series {
            found: groups.iter().map(of_group).collect(),
            total: found.total,
            expansions: matches.expansions,
            query,
        });
    }
    let answers = series.iter();
    let answers = answers.map(|s| Answered::new(&s.query, filters, s.total));
    let answers: Vec<Answered> = answers.collect();
    let digest = answer_digest(&index.manifest.corpus_digest, &answers);
    Ok(Trend {
        by,
        groups,
        total: whole.total,
        outside: whole.outside,
        series,
        digest,
    })
}
