//! The orders that hits may come in.

use std::cmp::{Ordering, Reverse};
use std::str::FromStr;

use tantivy::DocId;

use super::hits::Hit;
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::text::fold;

/// The order of hits. Whatever it leaves equal is in order of passage id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Newest first, then as `Position`.
    Year,
    /// By name of the country, then newest first, then as `Position`.
    Country,
    /// Report by report in order of report id, each in the order of its text.
    Position,
}

impl Sort {
    /// The names of the orders.
    pub const NAMES: [&'static str; 4] = ["score", "year", "country", "position"];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Score => "score",
            Sort::Year => "year",
            Sort::Country => "country",
            Sort::Position => "position",
        }
    }
}

impl FromStr for Sort {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "score" => Ok(Sort::Score),
            "year" => Ok(Sort::Year),
            "country" => Ok(Sort::Country),
            "position" => Ok(Sort::Position),
            _ => Err(Error::usage(format!("there is no order `{text}`"))
                .with_hint("the orders are `score`, `year`, `country`, `position`")),
        }
    }
}

/// Which of two hits comes first in an order; of passages and headings in one
/// list a heading stands before the passages of its section.
pub(super) fn compare(a: &Hit, b: &Hit, order: Sort) -> Ordering {
    let newest = |hit: &Hit| Reverse(hit.passage.report.year);
    let country = |hit: &Hit| {
        let country = hit.passage.report.country.as_ref();
        (country.is_none(), country.map(|c| fold(&c.name)))
    };
    let by_order = match order {
        Sort::Score => b.score.total_cmp(&a.score),
        Sort::Year => newest(a).cmp(&newest(b)),
        Sort::Country => (country(a), newest(a)).cmp(&(country(b), newest(b))),
        Sort::Position => Ordering::Equal,
    };
    by_order.then_with(|| a.passage.id.cmp(&b.passage.id))
}

/// Sorts documents into an order other than `Score`.
///
/// # Errors
/// A damaged index.
pub(super) fn sort(docs: &mut [DocId], order: Sort, index: &OpenIndex) -> Result<()> {
    let columns = index.segment().fast_fields();
    let year = columns.u64("year").map_err(unreadable)?;
    let place = columns.u64("place").map_err(unreadable)?;
    let report = columns.u64("report").map_err(unreadable)?;
    let country = columns.str("country").map_err(unreadable)?;
    // Passages without a value come last; an ordinal follows the text's order.
    let ordinal = |column: &Option<tantivy::columnar::StrColumn>, doc| {
        let first = column.as_ref().and_then(|c| c.term_ords(doc).next());
        first.unwrap_or(u64::MAX)
    };
    let newest = |doc| year.first(doc).map_or(u64::MAX, |y| u64::MAX - 1 - y);
    docs.sort_by_cached_key(|doc| {
        let country = if order == Sort::Country {
            ordinal(&country, *doc)
        } else {
            0
        };
        let newest = if order == Sort::Position {
            0
        } else {
            newest(*doc)
        };
        (country, newest, report.first(*doc), place.first(*doc), *doc)
    });
    Ok(())
}
