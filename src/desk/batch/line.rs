//! One line of a file of queries.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::index::FacetName;
use crate::query::{FilterSpec, MatchMode, STRICT};

/// One query of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchQuery {
    /// Its id.
    pub id: String,
    /// The line it stands in, from 1.
    pub line: u64,
    /// The query as typed.
    pub query: String,
    /// Its own filters.
    pub filters: FilterSpec,
    /// What words side by side mean in it, where it says so.
    pub mode: Option<MatchMode>,
    /// Whether it is plain words, where it says so.
    pub literal: Option<bool>,
    /// How many hits it wants at most, where it says so.
    pub limit: Option<usize>,
}

/// The values of a line by column.
pub(super) type Fields = BTreeMap<String, Vec<String>>;

/// What a column of a file of queries tells.
enum Column {
    Id,
    Query,
    Match,
    Literal,
    Limit,
    /// The values of a facet that are wanted, or that are not.
    Filter(FacetName, bool),
    Strict,
}

/// The query of a line.
///
/// # Errors
/// A column or a value that is none, or no query.
pub(super) fn query_of(fields: &Fields, line: u64) -> Result<BatchQuery> {
    let mut query = BatchQuery {
        id: line.to_string(),
        line,
        ..BatchQuery::default()
    };
    for (name, values) in fields {
        let value = values.join(" ");
        match column(name)? {
            Column::Id => query.id = value.trim().to_owned(),
            Column::Query => query.query = value,
            Column::Match => query.mode = set(&value, mode)?,
            Column::Literal => query.literal = set(&value, |value| truth(name, value))?,
            Column::Limit => query.limit = set(&value, limit)?,
            Column::Filter(facet, negated) => {
                query.filters.add(facet, negated, values);
            }
            Column::Strict => query.filters.strict = set(&value, |value| truth(name, value))?,
        }
    }
    if query.query.trim().is_empty() {
        return Err(Error::input("no query in this line"));
    }
    Ok(query)
}

/// Checks that a name is that of a column.
///
/// # Errors
/// A name that is none.
pub(super) fn check_column(name: &str) -> Result<()> {
    column(name).map(|_| ())
}

fn column(name: &str) -> Result<Column> {
    Ok(match name {
        "id" => Column::Id,
        "query" => Column::Query,
        "match" => Column::Match,
        "literal" => Column::Literal,
        "limit" => Column::Limit,
        STRICT => Column::Strict,
        name => {
            let (negated, facet) = match name.strip_prefix("not-") {
                Some(facet) => (true, facet),
                None => (false, name),
            };
            let facet = facet.parse().map_err(|_| {
                Error::input(format!("there is no column `{name}`")).with_hint(
                    "the columns are `id`, `query`, `match`, `literal`, `limit`, `strict` and filters \
                     by name, as `country` or `not-year`",
                )
            })?;
            Column::Filter(facet, negated)
        }
    })
}

/// A value by its reader; an empty one says nothing.
fn set<T>(value: &str, read: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
    match value.trim() {
        "" => Ok(None),
        value => read(&value.to_lowercase()).map(Some),
    }
}

fn mode(value: &str) -> Result<MatchMode> {
    match value {
        "all" => Ok(MatchMode::All),
        "any" => Ok(MatchMode::Any),
        _ => Err(Error::input(format!(
            "`match` is `all` or `any`, not `{value}`"
        ))),
    }
}

fn truth(name: &str, value: &str) -> Result<bool> {
    match value {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(Error::input(format!(
            "`{name}` is `true` or `false`, not `{value}`"
        ))),
    }
}

fn limit(value: &str) -> Result<usize> {
    value
        .parse()
        .map_err(|_| Error::input(format!("`limit` is a whole number, not `{value}`")))
}
