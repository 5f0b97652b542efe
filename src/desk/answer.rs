//! A short name for an answer: which queries, within which filters, over which
//! corpus gave which counts.

use std::collections::BTreeMap;

use crate::query::{Filters, Parsed};
use crate::search::Tally;
use crate::text::digest::sha256;

use super::receipt::{SearchCounts, resolved_filters};

/// A search and how much it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The query as typed; none where all passages are meant.
    pub query: Option<String>,
    /// The query as understood.
    pub understood: Option<String>,
    /// The values of the index that filters meant, by the name of the filter.
    pub filters: BTreeMap<String, Vec<String>>,
    /// How much it found.
    pub counts: SearchCounts,
}

impl Answered {
    /// A query that found so much within filters.
    pub fn new(query: &Parsed, filters: &Filters, found: Tally) -> Self {
        Answered {
            query: Some(query.text.clone()),
            understood: Some(query.tree.to_string()),
            filters: resolved_filters(filters),
            counts: SearchCounts {
                passages: found.passages,
                reports: found.reports,
                hits: found.hits,
            },
        }
    }
}

/// The answer digest: SHA-256 in lower-case hexadecimal of a text that anyone
/// who has the same reports can make again.
///
/// The text has a line for each thing, in this order:
///
/// - `pincite answer 1`
/// - `corpus` and the corpus digest of the manifest;
/// - for every search, in the order asked: for each of its filters by name
///   `filter`, the name (`not-year`), and the values of the index that it meant,
///   in order, divided by `, `; then `query` with the query as typed (a line
///   break in it is a space), `understood` with its tree, `found` with the number
///   of matching passages, hits and reports.
///
/// Charts print its first digits, and receipts hold it in their key `answer`:
/// where both tell of the same answer it is the same.
pub fn answer_digest(corpus_digest: &str, searches: &[Answered]) -> String {
    let mut text = format!("pincite answer 1\ncorpus {corpus_digest}\n");
    for search in searches {
        for (name, values) in &search.filters {
            let mut values = values.clone();
            values.sort_unstable();
            text.push_str(&format!("filter {name} {}\n", values.join(", ")));
        }
        let line = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            text.replace(['\n', '\r'], " ")
        };
        let counts = &search.counts;
        text.push_str(&format!(
            "query {}\nunderstood {}\nfound {} {} {}\n",
            line(&search.query),
            line(&search.understood),
            counts.passages,
            counts.hits,
            counts.reports
        ));
    }
    sha256(text.as_bytes())
}

/// How many digits of a digest are printed where people read it.
pub const SHORT: usize = 12;

/// The first digits of a digest.
pub fn short(digest: &str) -> &str {
    digest.get(..SHORT).unwrap_or(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FacetName;
    use crate::query::filter::FilterValue;
    use crate::query::{MatchMode, parse};

    #[test]
    fn the_digest_is_of_all_that_gave_the_answer() {
        let query = |text: &str| parse(text, MatchMode::All).unwrap();
        let value = |shown: &str| FilterValue {
            shown: shown.to_owned(),
            values: vec![shown.to_owned()],
        };
        let filters = |years: &[&str]| {
            let mut filters = Filters::default();
            let years = years.iter().map(|y| value(y)).collect();
            filters.only.insert(FacetName::Year, years);
            filters
        };
        let found = |passages| Tally {
            passages,
            hits: 7,
            reports: 2,
            words: 90,
        };
        let kiln = query("kiln");
        let digest = |corpus: &str, years: &[&str], query: &Parsed, passages| {
            answer_digest(
                corpus,
                &[Answered::new(query, &filters(years), found(passages))],
            )
        };
        let one = digest("c", &["2019", "2021"], &kiln, 5);
        assert_eq!(one, digest("c", &["2021", "2019"], &kiln, 5));
        for other in [
            digest("d", &["2019", "2021"], &kiln, 5),
            digest("c", &["2019"], &kiln, 5),
            digest("c", &["2019", "2021"], &query("kilns"), 5),
            digest("c", &["2019", "2021"], &kiln, 6),
        ] {
            assert_ne!(one, other);
        }
        let text = "pincite answer 1\ncorpus c\nfilter year 2019\nquery kiln\nunderstood kiln\nfound 5 7 2\n";
        assert_eq!(digest("c", &["2019"], &kiln, 5), sha256(text.as_bytes()));
        assert_eq!(short(&one).len(), SHORT);
    }
}
