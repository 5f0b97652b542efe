//! Counting the passages of a query by facet.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::schema::Facet;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::error::Result;
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
        let found = index
            .searcher
            .search(&narrowed, &CountFacets)
            .map_err(unreadable)?;
        for name in names {
            let mut values: Vec<(String, u64)> = found
                .iter()
                .filter(|((n, _), _)| *n == name)
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

type Found = BTreeMap<(FacetName, String), u64>;

/// Counts every facet of the matching documents in one pass.
struct CountFacets;

impl Collector for CountFacets {
    type Fruit = Found;
    type Child = SegmentCounter;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentCounter> {
        let Some(column) = segment.fast_fields().str("facet")? else {
            return Ok(SegmentCounter::default());
        };
        let mut counter = SegmentCounter::default();
        let mut groups: BTreeMap<(FacetName, String), usize> = BTreeMap::new();
        let mut encoded = String::new();
        for ord in 0..column.num_terms() as u64 {
            encoded.clear();
            column.ord_to_str(ord, &mut encoded)?;
            let facet = Facet::from_encoded(encoded.clone().into_bytes()).ok();
            let mut of_ord = Vec::new();
            if let Some((name, value)) = facet.as_ref().and_then(FacetName::from_facet) {
                let ends = value
                    .match_indices('/')
                    .map(|(i, _)| i)
                    .filter(|_| name.is_path());
                for end in ends.chain([value.len()]) {
                    let next = groups.len();
                    of_ord.push(
                        *groups
                            .entry((name, value[..end].to_owned()))
                            .or_insert(next),
                    );
                }
            }
            counter.groups_of_ord.push(of_ord);
        }
        counter.counts = vec![0; groups.len()];
        counter.last_doc = vec![DocId::MAX; groups.len()];
        counter.groups = groups;
        counter.column = Some(column);
        Ok(counter)
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut merged = Found::new();
        for (key, count) in fruits.into_iter().flatten() {
            *merged.entry(key).or_insert(0) += count;
        }
        Ok(merged)
    }
}

/// The counts of one segment. A *group* is a value or a path above one.
#[derive(Default)]
struct SegmentCounter {
    column: Option<StrColumn>,
    groups: BTreeMap<(FacetName, String), usize>,
    groups_of_ord: Vec<Vec<usize>>,
    counts: Vec<u64>,
    /// The document a group was last counted for, so that it counts once.
    last_doc: Vec<DocId>,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(column) = &self.column else { return };
        for ord in column.term_ords(doc) {
            for group in &self.groups_of_ord[ord as usize] {
                if self.last_doc[*group] != doc {
                    self.last_doc[*group] = doc;
                    self.counts[*group] += 1;
                }
            }
        }
    }

    fn harvest(self) -> Found {
        let counts = self.counts;
        self.groups
            .into_iter()
            .map(|(key, group)| (key, counts[group]))
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}
