//! Every country that has two editions, ranked by how much changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::editions::edition_of;
use super::{Edition, OutlineChange, Tally, compare};
use crate::error::{Error, Result};
use crate::index::{IndexedReport, OpenIndex};
use crate::report::{ReportId, ReportInfo, Series, Year};

/// What changed in one country's report.
#[derive(Debug, Clone)]
pub struct CountryChange {
    /// The old edition.
    pub old: ReportId,
    /// The new edition.
    pub new: ReportId,
    /// All that is known of the new edition but its text.
    pub info: Arc<ReportInfo>,
    /// The paragraphs of both, counted.
    pub tally: Tally,
    /// What changed in the outline.
    pub outline: Vec<OutlineChange>,
}

/// What changed in every country's report.
#[derive(Debug, Default)]
pub struct AllChanges {
    /// The countries with both editions, the most changed first, equal ones in
    /// order of id.
    pub changes: Vec<CountryChange>,
    /// Editions of the old year without one of the new year.
    pub old_alone: Vec<IndexedReport>,
    /// Editions of the new year without one of the old year.
    pub new_alone: Vec<IndexedReport>,
    /// Editions of both years of which neither has a section that is asked for.
    pub without_sections: Vec<ReportId>,
    /// Editions that could not be read, by the new one.
    pub failed: Vec<(ReportId, Error)>,
}

impl AllChanges {
    /// The countries with their ranks, from 1; equal changes have one rank.
    pub fn ranked(&self) -> impl Iterator<Item = (u64, &CountryChange)> {
        let mut last = (0, None);
        (1..).zip(&self.changes).map(move |(place, change)| {
            let share = change.tally.change();
            if last.1 != Some(share) {
                last = (place, Some(share));
            }
            (last.0, change)
        })
    }

    /// How many series the countries' reports are of.
    pub fn series(&self) -> usize {
        let series = self.changes.iter().map(|change| &change.info.series);
        series.collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// Compares the editions of two years of every country, in parallel; in one
/// series or in all, and in some sections where any is named. An edition that
/// cannot be read stops no other.
///
/// # Errors
/// A damaged index.
pub fn compare_all(
    index: &OpenIndex,
    years: [Year; 2],
    series: Option<&Series>,
    sections: &[String],
) -> Result<AllChanges> {
    let mut by_country: BTreeMap<(Series, String), [Option<IndexedReport>; 2]> = BTreeMap::new();
    for report in index.reports()? {
        let Some((of, year, name)) = edition_of(&report.id) else {
            continue;
        };
        let side = years.iter().position(|wanted| *wanted == year);
        if let Some(side) = side.filter(|_| series.is_none_or(|wanted| *wanted == of)) {
            by_country.entry((of, name)).or_default()[side] = Some(report);
        }
    }
    let mut all = AllChanges::default();
    let mut pairs = Vec::new();
    for editions in by_country.into_values() {
        match editions {
            [Some(old), Some(new)] => pairs.push((old, new)),
            [Some(old), None] => all.old_alone.push(old),
            [None, Some(new)] => all.new_alone.push(new),
            [None, None] => {}
        }
    }
    let compared: Vec<(ReportId, Result<CountryChange>)> = pairs
        .par_iter()
        .map(|(old, new)| (new.id.clone(), change(index, old, new, sections)))
        .collect();
    for (id, change) in compared {
        match change {
            Ok(change) if change.tally == Tally::default() => all.without_sections.push(id),
            Ok(change) => all.changes.push(change),
            Err(error) => all.failed.push((id, error)),
        }
    }
    all.changes.sort_by(|a, b| {
        let change = b.tally.change().total_cmp(&a.tally.change());
        change.then_with(|| a.new.cmp(&b.new))
    });
    Ok(all)
}

fn change(
    index: &OpenIndex,
    old: &IndexedReport,
    new: &IndexedReport,
    sections: &[String],
) -> Result<CountryChange> {
    let mut compared = compare(Edition::read(index, old)?, Edition::read(index, new)?);
    compared.retain_sections(sections);
    Ok(CountryChange {
        old: old.id.clone(),
        new: new.id.clone(),
        info: Arc::clone(&new.info),
        tally: compared.tally(),
        outline: compared.outline,
    })
}
