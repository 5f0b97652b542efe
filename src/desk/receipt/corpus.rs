//! The corpus in a receipt: what the index held, how it was made, and what was
//! not there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::index::gaps::{Cell, gaps};
use crate::index::{Counts, IndexedReport, Ledger, OpenIndex};

/// Up to how many reports a receipt names each with its hash.
pub const REPORTS_KEPT: usize = 10_000;
/// Up to how many names of files and reports stand in a list of gaps.
const NAMES_KEPT: usize = 100;

/// What an index held and how it was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CorpusRecord {
    /// The digest of the names and content hashes of all reports.
    pub digest: String,
    /// How much it held.
    pub counts: Counts,
    /// The series.
    pub series: BTreeMap<String, SeriesRecord>,
    /// What was not there.
    pub gaps: GapsRecord,
    /// When it was built, RFC 3339, UTC.
    pub built: String,
    /// The version of pincite that built it.
    pub built_by: String,
    /// The corpus folders as they were named.
    pub built_from: Vec<String>,
    /// The version of the index folder.
    pub format: u32,
    /// What the terms depend on.
    pub tokenizer: String,
    /// A digest of the profiles.
    pub profiles: String,
    /// The profiles of one's own, if any.
    pub profile_files: Vec<String>,
    /// A digest of the lexicon.
    pub lexicon: String,
    /// The lexicon of one's own, if any.
    pub themes: Option<String>,
    /// What reports say of themselves, as that they are digests, and of how many
    /// reports; left out where none does.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, u64>,
    /// The reports, each with the first 16 digits of its content hash, where
    /// they are at most [`REPORTS_KEPT`].
    pub reports: Option<BTreeMap<String, String>>,
}

/// A series of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRecord {
    /// How many reports.
    pub reports: u64,
    /// The years that have a report, as `1970-1999, 2003`; empty where none has
    /// a year.
    pub years: String,
}

/// What is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapsRecord {
    /// For how many countries and years there is no report, of those countries
    /// that have one in some year, between the first year of a series and its
    /// last.
    pub missing: u64,
    /// Which, by series and country, as `1971-1975, 1991`.
    pub missing_years: BTreeMap<String, BTreeMap<String, String>>,
    /// How many reports lack sections that the others of their year have.
    pub lacking_sections: u64,
    /// How many reports are much shorter than those of the years beside them.
    pub short: u64,
    /// How many files gave no report.
    pub files_without_report: u64,
    /// Their names, the first 100.
    pub files: Vec<String>,
    /// How many reports were left out, as the same came from a better source.
    pub left_out: u64,
    /// Their ids, the first 100.
    pub copies: Vec<String>,
}

impl CorpusRecord {
    /// What an index holds, with its ledger.
    ///
    /// # Errors
    /// A damaged index.
    pub fn of(index: &OpenIndex, ledger: &Ledger) -> Result<Self> {
        let reports = index.reports()?;
        let manifest = &index.manifest;
        Ok(CorpusRecord {
            digest: manifest.corpus_digest.clone(),
            counts: manifest.counts.clone(),
            series: series_of(&reports),
            gaps: GapsRecord::of(ledger),
            built: manifest.built.clone(),
            built_by: manifest.pincite.clone(),
            built_from: manifest.built_from.clone(),
            format: manifest.format,
            tokenizer: manifest.tokenizer.clone(),
            profiles: manifest.profiles.clone(),
            profile_files: manifest.profile_files.clone(),
            lexicon: manifest.lexicon.clone(),
            themes: manifest.themes.clone(),
            notes: notes_of(&reports),
            reports: (reports.len() <= REPORTS_KEPT).then(|| hashes_of(&reports)),
        })
    }
}

fn notes_of(reports: &[IndexedReport]) -> BTreeMap<String, u64> {
    let mut notes = BTreeMap::new();
    for note in reports.iter().filter_map(|report| report.info.note.clone()) {
        *notes.entry(note).or_default() += 1;
    }
    notes
}

/// The reports with the first 16 digits of their content hashes.
pub(crate) fn hashes_of(reports: &[IndexedReport]) -> BTreeMap<String, String> {
    let short = |hash: &str| hash.chars().take(16).collect();
    let reports = reports.iter();
    reports
        .map(|report| (report.id.to_string(), short(&report.info.hash)))
        .collect()
}

fn series_of(reports: &[IndexedReport]) -> BTreeMap<String, SeriesRecord> {
    let mut series: BTreeMap<String, (u64, BTreeSet<u16>)> = BTreeMap::new();
    for report in reports {
        let (count, years) = series.entry(report.id.series().to_string()).or_default();
        *count += 1;
        years.extend(report.info.year.map(|year| year.get()));
    }
    let record = |(name, (reports, years))| {
        let years = ranges(years);
        (name, SeriesRecord { reports, years })
    };
    series.into_iter().map(record).collect()
}

impl GapsRecord {
    fn of(ledger: &Ledger) -> Self {
        let mut record = GapsRecord::default();
        for series in gaps(ledger) {
            let mut by_country = BTreeMap::new();
            for (country, cells) in &series.countries {
                let missing = series.years.iter().zip(cells);
                let missing = missing.filter(|(_, cell)| **cell == Cell::Missing);
                let years: Vec<u16> = missing.map(|(year, _)| *year).collect();
                record.missing += years.len() as u64;
                if !years.is_empty() {
                    by_country.insert(country.clone(), ranges(years));
                }
            }
            record.lacking_sections += series.lacking.len() as u64;
            record.short += series.short.len() as u64;
            record.missing_years.insert(series.series, by_country);
        }
        // What an archive holds was read from it.
        let gave = ledger.files.iter().filter(|f| !f.reports.is_empty());
        let gave: BTreeSet<&str> = gave.map(|file| file.input.as_str()).collect();
        let inputs = ledger.files.iter().filter(|file| file.is_input());
        let without = inputs.filter(|file| !gave.contains(file.name.as_str()));
        let without: BTreeSet<&str> = without.map(|file| file.name.as_str()).collect();
        record.files_without_report = without.len() as u64;
        record.files = first(without);
        let reports = ledger.files.iter().flat_map(|file| &file.reports);
        let copies: Vec<&str> = reports
            .filter(|report| report.left_out)
            .map(|report| report.id.as_str())
            .collect();
        record.left_out = copies.len() as u64;
        record.copies = first(copies);
        record
    }
}

fn first<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names = names.into_iter().take(NAMES_KEPT);
    names.map(str::to_owned).collect()
}

/// Years in order, those that follow one another as a range.
fn ranges(years: impl IntoIterator<Item = u16>) -> String {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for year in years {
        match ranges.last_mut() {
            Some((_, to)) if *to + 1 == year => *to = year,
            _ => ranges.push((year, year)),
        }
    }
    let shown = ranges.into_iter().map(|(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_as_ranges() {
        for (years, shown) in [
            (vec![], ""),
            (vec![2001], "2001"),
            (
                vec![1970, 1971, 1972, 1975, 1977, 1978],
                "1970-1972, 1975, 1977-1978",
            ),
        ] {
            assert_eq!(ranges(years), shown);
        }
    }
}
