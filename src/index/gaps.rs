//! What an index has not: editions of countries, sections of reports, and the
//! text of reports that are much shorter than their neighbours.

use std::collections::{BTreeMap, BTreeSet};

use super::Ledger;
use super::ledger::EditionEntry;

/// How many of the reports of an edition must have a section, of ten, for one
/// without it to lack it.
const USUAL: usize = 7;
/// Editions with fewer reports tell nothing of what is usual.
const FEWEST: usize = 5;
/// How many times shorter than its neighbours a report is to be told of.
const SHORTER: u64 = 3;

/// The gaps of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesGaps {
    /// The series.
    pub series: String,
    /// The years from the first that it has to the last.
    pub years: Vec<u16>,
    /// Its countries by name, each with what it has in those years.
    pub countries: Vec<(String, Vec<Cell>)>,
    /// The reports that lack sections, by id.
    pub lacking: Vec<(String, Vec<String>)>,
    /// The reports that are much shorter than their neighbours.
    pub short: Vec<ShortReport>,
}

/// What a country has in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// No report.
    Missing,
    /// A report.
    There,
    /// A report without sections that the others of its year have, or that every
    /// report of its series has.
    Lacking,
    /// A report that is much shorter than its neighbours.
    Short,
}

/// A report that is much shorter than those of the country in the editions
/// before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortReport {
    /// Its id.
    pub id: String,
    /// How many words it has.
    pub words: u64,
    /// How many its neighbours have, on average.
    pub neighbours: u64,
}

type Reports<'l> = BTreeMap<(&'l str, u16), (&'l str, &'l EditionEntry)>;

/// The gaps of all series that have countries and years.
pub fn gaps(ledger: &Ledger) -> Vec<SeriesGaps> {
    let mut series: BTreeMap<&str, Reports<'_>> = BTreeMap::new();
    let reports = ledger.files.iter().flat_map(|file| &file.reports);
    for report in reports.filter(|report| !report.left_out) {
        let Some(edition) = &report.edition else {
            continue;
        };
        let name = report.id.split('-').next().unwrap_or_default();
        // Texts without a family have no editions.
        if let (Some(country), Some(year), true) = (&edition.country, edition.year, name != "doc") {
            let of_series = series.entry(name).or_default();
            of_series.insert((country, year), (&report.id, edition));
        }
    }
    let gaps = series.into_iter();
    gaps.map(|(name, reports)| of_series(name, &reports))
        .collect()
}

fn of_series(series: &str, reports: &Reports<'_>) -> SeriesGaps {
    let with_reports = || reports.keys().map(|(_, year)| *year);
    // A year without any report is a gap too.
    let first = with_reports().min().unwrap_or_default();
    let years: Vec<u16> = (first..=with_reports().max().unwrap_or(first)).collect();
    let names: BTreeSet<&str> = reports.keys().map(|(country, _)| *country).collect();
    let usual: BTreeMap<u16, Vec<String>> = years
        .iter()
        .map(|year| (*year, usual_sections(reports, *year)))
        .collect();
    let mut gaps = SeriesGaps {
        series: series.to_owned(),
        years: years.clone(),
        countries: Vec::new(),
        lacking: Vec::new(),
        short: Vec::new(),
    };
    for country in names {
        let of_country: Vec<Option<&(&str, &EditionEntry)>> = years
            .iter()
            .map(|year| reports.get(&(country, *year)))
            .collect();
        let mut cells = Vec::with_capacity(years.len());
        for (at, year) in years.iter().enumerate() {
            let Some((id, edition)) = of_country[at] else {
                cells.push(Cell::Missing);
                continue;
            };
            let has = |key: &String| edition.sections.iter().any(|s| s.key == *key);
            let lacks = usual[year].iter().filter(|key| !has(key));
            let mut lacks: Vec<String> = lacks.chain(&edition.lacks).cloned().collect();
            lacks.sort();
            lacks.dedup();
            let short = short(&of_country, at);
            cells.push(match (&short, lacks.is_empty()) {
                (Some(_), _) => Cell::Short,
                (None, false) => Cell::Lacking,
                (None, true) => Cell::There,
            });
            if !lacks.is_empty() {
                gaps.lacking.push(((*id).to_owned(), lacks));
            }
            gaps.short.extend(short);
        }
        gaps.countries.push((country.to_owned(), cells));
    }
    gaps
}

/// The sections that nearly all reports of a year have, in order of key.
fn usual_sections(reports: &Reports<'_>, year: u16) -> Vec<String> {
    let of_year = reports.iter().filter(|((_, y), _)| *y == year);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for (_, (_, edition)) in of_year {
        all += 1;
        let keys: BTreeSet<&str> = edition.sections.iter().map(|s| s.key.as_str()).collect();
        keys.into_iter()
            .for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let usual = counts.into_iter();
    let usual = usual.filter(|(_, n)| all >= FEWEST && n * 10 >= all * USUAL);
    usual.map(|(key, _)| key.to_owned()).collect()
}

/// A report, if it is much shorter than that of the country in the edition
/// before and in the one after, as far as they are there.
fn short(of_country: &[Option<&(&str, &EditionEntry)>], at: usize) -> Option<ShortReport> {
    let (id, edition) = of_country[at]?;
    let words = |report: &Option<&(&str, &EditionEntry)>| report.map(|(_, e)| e.words);
    let before = of_country[..at].iter().rev().find_map(words);
    let after = of_country[at + 1..].iter().find_map(words);
    let near: Vec<u64> = [before, after].into_iter().flatten().collect();
    let least = near.iter().min().copied().unwrap_or_default();
    let neighbours = near.iter().sum::<u64>() / (near.len() as u64).max(1);
    let is_short = edition.words * SHORTER < least;
    is_short.then(|| ShortReport {
        id: (*id).to_owned(),
        words: edition.words,
        neighbours,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::ledger::{FileEntry, ReportEntry, SectionEntry};

    fn report(country: &str, year: u16, words: u64, sections: &[&str]) -> ReportEntry {
        let sections = sections.iter().map(|key| SectionEntry {
            key: (*key).to_owned(),
            source: None,
            passages: 1,
        });
        ReportEntry {
            id: format!("tip-{year}-{country}"),
            line: None,
            digest: 0,
            left_out: false,
            edition: Some(Box::new(EditionEntry {
                country: Some(country.to_owned()),
                year: Some(year),
                tier: None,
                tier_source: None,
                sections: sections.collect(),
                lacks: Vec::new(),
                words,
            })),
        }
    }

    #[test]
    fn missing_short_and_lacking_reports() {
        let mut reports = Vec::new();
        for country in ["a", "b", "c", "d", "e", "f"] {
            for year in 2001..=2003 {
                let sections: &[&str] = match (country, year) {
                    ("b", 2002) => &["overview"],
                    _ => &["overview", "prosecution"],
                };
                let words = if (country, year) == ("a", 2002) {
                    100
                } else {
                    1000
                };
                if (country, year) != ("c", 2003) {
                    reports.push(report(country, year, words, sections));
                }
            }
        }
        // A report that its profile knows to be incomplete, whatever the others
        // of its year have.
        let of_d = reports.iter_mut().find(|r| r.id == "tip-2003-d").unwrap();
        of_d.edition.as_mut().unwrap().lacks = vec!["protection".to_owned()];
        let ledger = Ledger {
            found: Vec::new(),
            files: vec![FileEntry {
                reports,
                ..FileEntry::default()
            }],
        };
        let gaps = gaps(&ledger);
        assert_eq!(gaps.len(), 1);
        assert_eq!(
            gaps[0].countries[3].1,
            [Cell::There, Cell::There, Cell::Lacking]
        );
        use Cell::{Lacking, Missing, Short, There};
        assert_eq!(gaps[0].countries[0].1, [There, Short, There]);
        assert_eq!(gaps[0].countries[1].1, [There, Lacking, There]);
        assert_eq!(gaps[0].countries[2].1, [There, There, Missing]);
        let lacking = [
            ("tip-2002-b".to_owned(), vec!["prosecution".to_owned()]),
            ("tip-2003-d".to_owned(), vec!["protection".to_owned()]),
        ];
        assert_eq!(gaps[0].lacking, lacking);
        let short = ShortReport {
            id: "tip-2002-a".to_owned(),
            words: 100,
            neighbours: 1000,
        };
        assert_eq!(gaps[0].short, [short]);
    }
}
