//! What a draft claims as the source of a quotation: the id of a passage or
//! report, a pincite, a title, or a country and a year.

use std::collections::HashMap;

use super::Claim;
use crate::cite::pincite;
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::IndexedReport;
use crate::report::{Gazetteer, PassageId, ReportId, Year};
use crate::text::fold::fold_name;

/// The reports of an index by all names that a claim may use.
pub(super) struct Sources {
    /// The reports, in order of id.
    pub(super) reports: Vec<IndexedReport>,
    by_id: HashMap<String, usize>,
    by_title: HashMap<String, Vec<usize>>,
}

/// What a claim means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// These reports, by their place in [`Sources::reports`], or passages of
    /// them: the parts of a paragraph that the source numbers share a pincite.
    Reports(Vec<usize>, Vec<PassageId>),
    /// A source that the index does not hold.
    NotHeld,
    /// No source that is plainly named.
    Unclear,
}

impl Sources {
    pub(super) fn of(index: &OpenIndex) -> Result<Self> {
        let reports = index.reports()?;
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (place, report) in reports.iter().enumerate() {
            by_id.insert(report.id.to_string().to_lowercase(), place);
            let title = fold_name(&report.info.title);
            by_title.entry(title).or_default().push(place);
        }
        Ok(Sources {
            reports,
            by_id,
            by_title,
        })
    }

    /// What a claim means.
    ///
    /// # Errors
    /// A damaged index.
    pub(super) fn meaning(&self, claim: &Claim, index: &OpenIndex) -> Result<Meaning> {
        let typed = claim.typed.trim();
        if let Some(meaning) = self.by_ids(typed) {
            return Ok(meaning);
        }
        if let Some(meaning) = self.by_pincite(typed, index)? {
            return Ok(meaning);
        }
        match claim.is_certain {
            true => Ok(self.by_country_and_year(typed)),
            false => Ok(Meaning::Unclear),
        }
    }

    /// The one id that stands in a text; two are no plain claim.
    fn by_ids(&self, typed: &str) -> Option<Meaning> {
        let whole = self.by_id(typed);
        if whole.is_some() {
            return whole;
        }
        let divides = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']');
        let words = typed
            .split(divides)
            .map(|word| word.trim_end_matches(['.', ':']));
        let mut found = words.filter_map(|word| self.by_id(word));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn by_id(&self, word: &str) -> Option<Meaning> {
        if !word.contains('-') {
            return None;
        }
        if let Ok(id) = word.parse::<PassageId>() {
            return match self.by_id.get(&id.report.to_string().to_lowercase()) {
                Some(place) => Some(Meaning::Reports(vec![*place], vec![id])),
                None => is_edition(&id.report).then_some(Meaning::NotHeld),
            };
        }
        // A section of a report claims the report.
        let report = match word.split_once(':') {
            Some((report, section)) if !section.contains(':') => report,
            _ => word,
        };
        if let Some(place) = self.by_id.get(&report.to_lowercase()) {
            return Some(Meaning::Reports(vec![*place], Vec::new()));
        }
        let id = report.parse::<ReportId>().ok()?;
        is_edition(&id).then_some(Meaning::NotHeld)
    }

    /// A title that the index holds, with section and paragraph or without.
    fn by_pincite(&self, typed: &str, index: &OpenIndex) -> Result<Option<Meaning>> {
        let typed = typed.trim_end_matches(['.', ';']);
        let lower = typed.to_lowercase();
        let lead = ["see also ", "see ", "cited in ", "from "];
        let lead = lead.iter().find(|lead| lower.starts_with(**lead));
        let typed = lead
            .and_then(|lead| typed.get(lead.len()..))
            .unwrap_or(typed);
        let mut ends: Vec<usize> = typed.match_indices(',').map(|(at, _)| at).collect();
        ends.push(typed.len());
        for end in ends.into_iter().rev() {
            let Some(places) = self.by_title.get(&fold_name(&typed[..end])) else {
                continue;
            };
            let wanted = fold_name(typed);
            let mut passages = Vec::new();
            if end < typed.len() {
                let mut reader = index.passages();
                for doc in places
                    .iter()
                    .flat_map(|at| self.reports[*at].passages.clone())
                {
                    let held = reader.passage(doc)?;
                    if fold_name(&pincite(&held)) == wanted {
                        passages.push(held.id);
                    }
                }
            }
            return Ok(Some(Meaning::Reports(places.clone(), passages)));
        }
        Ok(None)
    }

    /// `Cambodia, 2021`, `2021 Cambodia`, one of both.
    fn by_country_and_year(&self, typed: &str) -> Meaning {
        let typed: String = typed
            .chars()
            .map(|c| if "()[].;:".contains(c) { ' ' } else { c })
            .collect();
        let typed = typed.trim();
        let words: Vec<&str> = typed.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let year = [words.first(), words.last()].into_iter().flatten();
        let year = year.filter_map(|word| word.parse::<Year>().ok()).next();
        let rest = match year {
            None => typed.to_owned(),
            Some(year) => {
                let year = year.to_string();
                let rest = words.into_iter().filter(|word| *word != year);
                rest.collect::<Vec<_>>().join(" ")
            }
        };
        let country = Gazetteer::built_in().find(&rest).or_else(|| {
            let whole = typed.trim_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == ',');
            Gazetteer::built_in().find(whole)
        });
        if !rest.is_empty() && country.is_none() || rest.is_empty() && year.is_none() {
            return Meaning::Unclear;
        }
        let fits = |report: &IndexedReport| {
            let iso3 = report.info.country.as_ref().map(|c| c.iso3.as_str());
            country.is_none_or(|c| iso3 == Some(&c.iso3))
                && year.is_none_or(|year| report.info.year == Some(year))
        };
        let places = (0..self.reports.len()).filter(|at| fits(&self.reports[*at]));
        match places.collect::<Vec<_>>() {
            places if places.is_empty() => Meaning::NotHeld,
            places => Meaning::Reports(places, Vec::new()),
        }
    }
}

/// Whether an id is plainly one: `tip-2021-khm`, which no word is by chance.
fn is_edition(id: &ReportId) -> bool {
    matches!(id, ReportId::Edition { .. })
}
