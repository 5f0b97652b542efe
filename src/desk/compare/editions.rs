//! Which two editions are meant.

use std::collections::BTreeMap;

use super::Edition;
use crate::error::{Error, ErrorKind, Result};
use crate::index::{FacetName, IndexedReport, OpenIndex};
use crate::query::filter::resolve_one;
use crate::report::{ReportId, Series, Year};
use crate::text::nearest;

/// Two editions as asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionChoice {
    /// The country as typed: a name, an alias or a code.
    pub country: String,
    /// The years of the old edition and the new one.
    pub years: [Year; 2],
    /// The series; none where the country and the years tell.
    pub series: Option<Series>,
}

/// The two editions of a choice.
///
/// # Errors
/// A country or series that the index does not hold (the nearest are named), a
/// year without an edition ([`ErrorKind::NotFound`]; those that are there are
/// named), or several series with editions of both years.
pub fn choose(index: &OpenIndex, choice: &EditionChoice) -> Result<[IndexedReport; 2]> {
    let iso3 = resolve_one(FacetName::Country, &choice.country, index)?.shown;
    if let Some(series) = &choice.series {
        resolve_one(FacetName::Series, series.as_str(), index)?;
    }
    let mut by_series: BTreeMap<Series, BTreeMap<Year, IndexedReport>> = BTreeMap::new();
    let mut name = iso3.clone();
    for report in index.reports()? {
        let Some((series, year, country)) = edition_of(&report.id) else {
            continue;
        };
        if country.eq_ignore_ascii_case(&iso3) {
            if let Some(country) = &report.info.country {
                name = format!("{} ({iso3})", country.name);
            }
            by_series.entry(series).or_default().insert(year, report);
        }
    }
    let asked = |series: &Series| choice.series.as_ref().is_none_or(|wanted| wanted == series);
    let both: Vec<&Series> = by_series
        .iter()
        .filter(|(series, years)| {
            asked(series) && choice.years.iter().all(|year| years.contains_key(year))
        })
        .map(|(series, _)| series)
        .collect();
    match both.as_slice() {
        [series] => {
            let [old, new] = choice.years;
            let years = &by_series[*series];
            Ok([years[&old].clone(), years[&new].clone()])
        }
        [] => Err(missing(&name, choice, &by_series)),
        several => Err(Error::usage(format!(
            "{name} has editions of both years in {}",
            list(several.iter().map(|series| series.to_string()))
        ))
        .with_hint(format!("name one, as `--series {}`", several[0]))),
    }
}

/// Checks that sections which were asked for are in one of two editions.
///
/// # Errors
/// A section that is in neither; those that are, or the nearest, are named.
pub fn check_sections(editions: [&Edition; 2], wanted: &[String]) -> Result<()> {
    let names = editions.iter().flat_map(|edition| &edition.passages);
    let mut held: Vec<String> = Vec::new();
    for name in names.flat_map(|p| [p.section.key.clone(), p.section.id_key()]) {
        if !held.contains(&name) {
            held.push(name);
        }
    }
    let Some(section) = wanted.iter().find(|section| !held.contains(section)) else {
        return Ok(());
    };
    let [old, new] = editions.map(|edition| edition.id.to_string());
    let near = nearest(section, held.iter().map(String::as_str), 3);
    let hint = match near.as_slice() {
        [] => format!("they have {}", list(held.iter().cloned())),
        near => format!(
            "the nearest are {}",
            list(near.iter().map(|name| (*name).to_owned()))
        ),
    };
    let message = format!("neither `{old}` nor `{new}` has a section `{section}`");
    Err(Error::usage(message).with_hint(hint))
}

/// Series, year and name of an edition; none for a record.
pub(super) fn edition_of(id: &ReportId) -> Option<(Series, Year, String)> {
    match id {
        ReportId::Edition { series, year, name } => Some((series.clone(), *year, name.clone())),
        ReportId::Record(_) => None,
    }
}

/// The error of a year without an edition.
fn missing(
    name: &str,
    choice: &EditionChoice,
    by_series: &BTreeMap<Series, BTreeMap<Year, IndexedReport>>,
) -> Error {
    let asked = |series: &Series| choice.series.as_ref().is_none_or(|wanted| wanted == series);
    let held: Vec<(&Series, Vec<Year>)> = by_series
        .iter()
        .filter(|(series, _)| asked(series))
        .map(|(series, years)| (series, years.keys().copied().collect()))
        .collect();
    let lacks = |year: &&Year| !held.iter().any(|(_, years)| years.contains(year));
    let lacking: Vec<String> = choice
        .years
        .iter()
        .filter(lacks)
        .map(Year::to_string)
        .collect();
    let series = choice.series.as_ref();
    let of = series
        .map(|series| format!(" in {series}"))
        .unwrap_or_default();
    let message = match lacking.is_empty() {
        false => format!("{name} has no edition of {}{of}", lacking.join(" and ")),
        true => format!("{name} has no series with editions of both years"),
    };
    let told: Vec<String> = held
        .iter()
        .map(|(series, years)| format!("{series} {}", ranges(years)))
        .collect();
    let error = Error::new(ErrorKind::NotFound, message);
    match told.is_empty() {
        true => error.with_hint(format!("it has no edition{of} at all")),
        false => error.with_hint(format!("it has {}", told.join("; "))),
    }
}

/// Years in order as ranges: `1970..1973, 1979`.
pub(super) fn ranges(years: &[Year]) -> String {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for year in years.iter().map(|year| year.get()) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => ranges.push((year, year)),
        }
    }
    let shown = ranges.into_iter().map(|(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}..{to}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_a_range() {
        let years = |years: &[u16]| -> Vec<Year> {
            years.iter().map(|y| Year::try_from(*y).unwrap()).collect()
        };
        for (given, expected) in [
            (&[1970, 1971, 1973][..], "1970..1971, 1973"),
            (&[1999], "1999"),
            (&[], ""),
        ] {
            assert_eq!(ranges(&years(given)), expected);
        }
    }
}
