//! One line of a file of queries.

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::index::FacetName;
use crate::query::FilterSpec;

/// One query of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchQuery {
    /// Its id.
    pub id: String,
    /// The line it stands in, from 1.
    pub line: u64,
    /// The query as typed.
    pub query: String,
    /// Its own filters.
    pub filters: FilterSpec,
}

/// The values of a line by column.
pub(super) type Fields = HashMap<String, Vec<String>>;

pub(super) fn query_of(fields: &Fields, line: u64) -> Result<BatchQuery> {
    let mut query = BatchQuery {
        id: line.to_string(),
        line,
        query: String::new(),
        filters: FilterSpec::default(),
    };
    for (key, values) in fields {
        match key.as_str() {
            "id" => query.id = values.join(" ").trim().to_owned(),
            "query" => query.query = values.join(" "),
            key => {
                let (facet, negated) = filter_of(key)?;
                query.filters.add(facet, negated, values);
            }
        }
    }
    if query.query.trim().is_empty() {
        return Err(Error::input("no query in this line"));
    }
    Ok(query)
}

/// The filter that a column is.
pub(super) fn filter_of(column: &str) -> Result<(FacetName, bool)> {
    let (negated, facet) = match column.strip_prefix("not-") {
        Some(facet) => (true, facet),
        None => (false, column),
    };
    let facet = facet.parse().map_err(|_| {
        Error::input(format!("there is no column `{column}`")).with_hint(
            "the columns are `id`, `query` and filters by name, as `country` or `not-year`",
        )
    })?;
    Ok((facet, negated))
}
