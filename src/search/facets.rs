//! Counting the passages of a query by facet.

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::query::{EnableScoring, Query};

use crate::error::Result;
use crate::index::groups::FacetGroups;
use crate::index::open::unreadable;
use crate::index::{FacetName, OpenIndex};
use crate::query::{Filters, PassageQuery, Plan};

/// The values of facets with their counts of passages.
///
/// Years and tiers come in their own order, other values the most frequent
/// first, equal ones by name. A path counts for all paths above it too, a
/// passage once.
pub type FacetCounts = BTreeMap<FacetName, Vec<(String, u64)>>;

/// Counts the passages of a plan by each of `names`, within `filters`; the
/// counts of a facet leave out the filter by that facet itself.
///
/// # Errors
/// A damaged index.
pub fn count_facets(
    index: &OpenIndex,
    plan: &Plan,
    filters: &Filters,
    names: &[FacetName],
) -> Result<FacetCounts> {
    let filtered = filters.facets();
    let mut counts = FacetCounts::new();
    let (own, shared): (Vec<FacetName>, Vec<FacetName>) =
        names.iter().partition(|n| filtered.contains(n));
    let groups = index.facet_groups()?;
    let rounds = own
        .iter()
        .map(|n| vec![*n])
        .chain([shared])
        .filter(|names| !names.is_empty());
    for names in rounds {
        let filters = match names.as_slice() {
            [only] => filters.without(*only),
            _ => filters.clone(),
        };
        let narrowed = PassageQuery::new(plan.narrowed(&filters, index), index);
        let found = count(&narrowed, groups, index).map_err(unreadable)?;
        for name in names {
            let values = groups.names.iter().zip(&found);
            let values = values.filter(|((n, _), count)| *n == name && **count > 0);
            let mut values: Vec<(String, u64)> = values
                .map(|((_, value), count)| (value.clone(), *count))
                .collect();
            if !matches!(name, FacetName::Year | FacetName::Tier) {
                values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            }
            counts.insert(name, values);
        }
    }
    Ok(counts)
}

/// How many passages of a query are in each group.
fn count(
    query: &PassageQuery,
    groups: &FacetGroups,
    index: &OpenIndex,
) -> tantivy::Result<Vec<u64>> {
    let mut counts = vec![0; groups.names.len()];
    let Some(values) = &groups.values else {
        return Ok(counts);
    };
    // Two themes of one passage may stand below the same one.
    let mut last = vec![DocId::MAX; groups.names.len()];
    let weight = query.weight(EnableScoring::disabled_from_searcher(&index.searcher))?;
    weight.for_each_no_score(index.segment(), &mut |docs| {
        for doc in docs {
            for value in values.term_ords(*doc) {
                for group in &groups.of_value[value as usize] {
                    let group = *group as usize;
                    counts[group] += u64::from(last[group] != *doc);
                    last[group] = *doc;
                }
            }
        }
    })?;
    Ok(counts)
}
