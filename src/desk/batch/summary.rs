//! The queries of a batch as a table of counts.

use std::collections::{BTreeMap, HashMap};

use super::BatchItem;
use crate::index::FacetName;

/// The counts of all queries of a batch that were answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The facet that passages are counted by, if any.
    pub by: Option<FacetName>,
    /// The queries, in their order.
    pub rows: Vec<SummaryRow>,
}

/// The counts of one query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// Its id.
    pub id: String,
    /// The query as typed.
    pub query: String,
    /// Its filters as understood; see [`BatchItem::filter_values`].
    pub filters: BTreeMap<String, Vec<String>>,
    /// How many passages match.
    pub passages: u64,
    /// How many reports they are of.
    pub reports: u64,
    /// The passages by the values of the facet. As in all counts by facet, the
    /// query's filter by the facet itself is left out.
    pub counts: Vec<(String, u64)>,
}

impl Summary {
    /// A table without a row.
    pub fn new(by: Option<FacetName>) -> Self {
        let rows = Vec::new();
        Summary { by, rows }
    }

    /// Adds a query that was run with all its passages wanted.
    pub fn add(&mut self, item: &BatchItem) {
        self.rows.push(SummaryRow {
            id: item.id.clone(),
            query: item.parsed.text.clone(),
            filters: item.filter_values(),
            passages: item.results.total,
            reports: item.reports.unwrap_or_default(),
            counts: item.counts.clone().unwrap_or_default(),
        });
    }

    /// All values of the facet that any query has, years and tiers in their own
    /// order, others with the most passages first, equal ones by name.
    pub fn values(&self) -> Vec<&str> {
        let mut totals: HashMap<&str, u64> = HashMap::new();
        for (value, count) in self.rows.iter().flat_map(|row| &row.counts) {
            *totals.entry(value).or_default() += count;
        }
        let mut values: Vec<(&str, u64)> = totals.into_iter().collect();
        let own_order = matches!(self.by, Some(FacetName::Year | FacetName::Tier));
        values.sort_by(|a, b| {
            let most = if own_order { 0.cmp(&0) } else { b.1.cmp(&a.1) };
            most.then(a.0.cmp(b.0))
        });
        values.into_iter().map(|(value, _)| value).collect()
    }

    /// Whether a query filters by the facet that is counted, so that its counts
    /// take in passages that it does not find.
    pub fn is_filtered_by_facet(&self) -> bool {
        let Some(by) = self.by else { return false };
        let names = [by.to_string(), format!("not-{by}")];
        let mut rows = self.rows.iter();
        rows.any(|row| names.iter().any(|name| row.filters.contains_key(name)))
    }
}

impl SummaryRow {
    /// The passages of a value of the facet.
    pub fn count_of(&self, value: &str) -> u64 {
        let found = self.counts.iter().find(|(v, _)| v == value);
        found.map_or(0, |(_, count)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(by: FacetName, rows: &[&[(&str, u64)]]) -> Summary {
        let row = |counts: &&[(&str, u64)]| SummaryRow {
            id: "a".to_owned(),
            query: "a".to_owned(),
            filters: BTreeMap::new(),
            passages: 1,
            reports: 1,
            counts: counts.iter().map(|(v, n)| (v.to_string(), *n)).collect(),
        };
        let rows = rows.iter().map(row).collect();
        Summary { by: Some(by), rows }
    }

    #[test]
    fn values_come_in_the_order_of_their_facet() {
        let years = summary(
            FacetName::Year,
            &[&[("2021", 9)], &[("2001", 1), ("2021", 1)]],
        );
        assert_eq!(years.values(), ["2001", "2021"]);
        let counts: &[&[(&str, u64)]] = &[&[("KEN", 2), ("NPL", 1)], &[("NPL", 4), ("ALB", 2)]];
        let mut countries = summary(FacetName::Country, counts);
        assert_eq!(countries.values(), ["NPL", "ALB", "KEN"]);
        assert_eq!(countries.rows[0].count_of("ALB"), 0);
        assert!(!countries.is_filtered_by_facet());
        countries.rows[1]
            .filters
            .insert("not-country".to_owned(), Vec::new());
        assert!(countries.is_filtered_by_facet());
    }
}
