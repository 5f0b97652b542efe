//! Counting by group: how many passages, hits, reports and words there are for
//! each value of a facet, of what a query finds and of all that filters leave.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::matches::{Columns, Match, Matches};
use crate::error::Result;
use crate::index::groups::FacetGroups;
use crate::index::{FacetName, OpenIndex};
use crate::query::Filters;

/// How much a group of passages holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The passages.
    pub passages: u64,
    /// How often they match: their highlights.
    pub hits: u64,
    /// The reports that they stand in, each once.
    pub reports: u64,
    /// Their words, the parts of a compound counted one by one.
    pub words: u64,
}

/// Passages counted by the values of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouped {
    /// The values that occur. A path counts for all paths above it too, a
    /// passage once.
    pub groups: BTreeMap<String, Tally>,
    /// All passages, with a value or without.
    pub total: Tally,
    /// The passages without a value.
    pub outside: Tally,
}

/// Passages counted by the values of two facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crossed {
    /// The pairs of a row and a column that occur.
    pub cells: BTreeMap<(String, String), Tally>,
    /// The rows: passages that have a column too.
    pub rows: BTreeMap<String, Tally>,
    /// The columns: passages that have a row too.
    pub columns: BTreeMap<String, Tally>,
    /// The passages in the grid.
    pub total: Tally,
    /// The passages that lack a row or a column.
    pub outside: Tally,
}

/// All passages that filters leave, in order of id, as matches without hits:
/// what shares and rates are of.
///
/// # Errors
/// A damaged index.
pub fn slice(index: &OpenIndex, filters: &Filters) -> Result<Vec<Match>> {
    let all = Matches::of(index, None, filters)?;
    let docs = all.docs().iter();
    Ok(docs.map(|doc| Match { doc: *doc, hits: 0 }).collect())
}

/// Counts passages of an index.
///
/// A report counts once in every group that holds a passage of it. So country,
/// region, year, tier and series count whole reports, section and theme the
/// reports that have such a passage.
pub struct Counter<'i> {
    groups: &'i FacetGroups,
    columns: Columns,
}

impl<'i> Counter<'i> {
    /// A counter for an index.
    ///
    /// # Errors
    /// A damaged index.
    pub fn of(index: &'i OpenIndex) -> Result<Self> {
        Ok(Counter {
            groups: index.facet_groups()?,
            columns: Columns::of(index)?,
        })
    }

    /// Counts passages by the values of a facet. They come in order of id, so
    /// that those of a report stand side by side.
    pub fn by(&self, found: &[Match], facet: FacetName) -> Grouped {
        let mut groups: FxHashMap<u32, Adding> = FxHashMap::default();
        let (mut total, mut outside) = (Adding::default(), Adding::default());
        let mut values = Vec::new();
        for passage in found {
            let one = self.one(passage);
            total.add(&one);
            self.values(passage.doc, facet, &mut values);
            for value in &values {
                groups.entry(*value).or_default().add(&one);
            }
            if values.is_empty() {
                outside.add(&one);
            }
        }
        Grouped {
            groups: self.named(groups),
            total: total.tally,
            outside: outside.tally,
        }
    }

    /// Counts passages by the values of two facets. They come in order of id.
    pub fn cross(&self, found: &[Match], rows: FacetName, columns: FacetName) -> Crossed {
        let mut cells: FxHashMap<(u32, u32), Adding> = FxHashMap::default();
        let mut of_row: FxHashMap<u32, Adding> = FxHashMap::default();
        let mut of_column: FxHashMap<u32, Adding> = FxHashMap::default();
        let (mut total, mut outside) = (Adding::default(), Adding::default());
        let (mut across, mut down) = (Vec::new(), Vec::new());
        for passage in found {
            let one = self.one(passage);
            self.values(passage.doc, rows, &mut down);
            self.values(passage.doc, columns, &mut across);
            if down.is_empty() || across.is_empty() {
                outside.add(&one);
                continue;
            }
            total.add(&one);
            for row in &down {
                of_row.entry(*row).or_default().add(&one);
                for column in &across {
                    cells.entry((*row, *column)).or_default().add(&one);
                }
            }
            for column in &across {
                of_column.entry(*column).or_default().add(&one);
            }
        }
        let cells = cells.into_iter();
        Crossed {
            cells: cells
                .map(|((row, column), adding)| ((self.name(row), self.name(column)), adding.tally))
                .collect(),
            rows: self.named(of_row),
            columns: self.named(of_column),
            total: total.tally,
            outside: outside.tally,
        }
    }

    fn one(&self, passage: &Match) -> One {
        One {
            report: self.columns.report(passage.doc),
            hits: u64::from(passage.hits),
            words: self.columns.words(passage.doc),
        }
    }

    /// The groups of a facet that a passage is in, each once.
    fn values(&self, doc: DocId, facet: FacetName, out: &mut Vec<u32>) {
        out.clear();
        let Some(column) = &self.groups.values else {
            return;
        };
        for value in column.term_ords(doc) {
            for group in &self.groups.of_value[value as usize] {
                if self.groups.names[*group as usize].0 == facet && !out.contains(group) {
                    out.push(*group);
                }
            }
        }
    }

    fn name(&self, group: u32) -> String {
        self.groups.names[group as usize].1.clone()
    }

    fn named(&self, groups: FxHashMap<u32, Adding>) -> BTreeMap<String, Tally> {
        let groups = groups.into_iter();
        groups
            .map(|(group, adding)| (self.name(group), adding.tally))
            .collect()
    }
}

/// What a passage adds to a group.
struct One {
    report: usize,
    hits: u64,
    words: u64,
}

/// A tally while it grows.
#[derive(Default)]
struct Adding {
    tally: Tally,
    last_report: Option<usize>,
}

impl Adding {
    fn add(&mut self, one: &One) {
        self.tally.passages += 1;
        self.tally.hits += one.hits;
        self.tally.words += one.words;
        self.tally.reports += u64::from(self.last_report != Some(one.report));
        self.last_report = Some(one.report);
    }
}
