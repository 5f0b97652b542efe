//! What a draft claims as the source of a quotation: the id of a passage or
//! report, a pincite, a title, or a country and a year.

use std::collections::HashMap;

use super::names::{address, addresses, is_at, is_named, is_paragraph, without_lead, words};
use super::{Claim, Referred};
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
    by_address: HashMap<String, Vec<usize>>,
    by_number: HashMap<String, Vec<usize>>,
}

/// What a claim means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// These reports, by their place in [`Sources::reports`], or passages of
    /// them: the parts of a paragraph that the source numbers share a pincite. No
    /// passage is meant by a paragraph that they have not.
    Reports(Vec<usize>, Option<Vec<PassageId>>),
    /// A source that the index does not hold.
    NotHeld,
    /// No source that is plainly named.
    Unclear,
}

impl Meaning {
    /// What two sources mean that are named side by side: the one or the other.
    fn or(self, other: Meaning) -> Meaning {
        match (self, other) {
            (Meaning::Reports(mut reports, one), Meaning::Reports(more, other)) => {
                let more = more.into_iter();
                let new: Vec<usize> = more.filter(|report| !reports.contains(report)).collect();
                reports.extend(new);
                // A report that is named without a place may be meant all over.
                let places = one.zip(other);
                Meaning::Reports(reports, places.map(|(one, other)| [one, other].concat()))
            }
            (Meaning::Unclear, other) | (other, Meaning::Unclear) => other,
            (Meaning::NotHeld, held) | (held, Meaning::NotHeld) => held,
        }
    }
}

impl Sources {
    pub(super) fn of(index: &OpenIndex) -> Result<Self> {
        let reports = index.reports()?;
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_address: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (place, report) in reports.iter().enumerate() {
            by_id.insert(report.id.to_string().to_lowercase(), place);
            let title = fold_name(&report.info.title);
            by_title.entry(title).or_default().push(place);
            if let Some(url) = report.info.url.as_deref().and_then(address) {
                by_address.entry(url).or_default().push(place);
            }
            if let Some(number) = &report.info.publication.number {
                let number = number.value.trim().to_lowercase();
                // `12` is no symbol that a draft names by chance.
                if number.contains(['/', '-']) && number.contains(|c: char| c.is_ascii_digit()) {
                    by_number.entry(number).or_default().push(place);
                }
            }
        }
        Ok(Sources {
            reports,
            by_id,
            by_title,
            by_address,
            by_number,
        })
    }

    /// What a claim means.
    ///
    /// # Errors
    /// A damaged index.
    pub(super) fn meaning(&self, claim: &Claim, index: &OpenIndex) -> Result<Meaning> {
        match &claim.referred {
            Some(referred) => self.referred(referred, index),
            None if claim.is_guess => self.of_whole(&claim.typed, index),
            None => self.of_text(&claim.typed, claim.is_certain, index),
        }
    }

    /// What a reference to a note means, at the place that it names itself.
    fn referred(&self, referred: &Referred, index: &OpenIndex) -> Result<Meaning> {
        let meaning = self.of_text(&referred.note, false, index)?;
        match (meaning, &referred.pinpoint) {
            (Meaning::Reports(reports, _), Some(place)) => {
                let passages = self.at(&reports, place, index)?;
                Ok(Meaning::Reports(reports, passages))
            }
            (meaning, _) => Ok(meaning),
        }
    }

    /// What a text means that is nothing but a source: an id, an address, or a
    /// name with a place that is understood or without.
    fn of_whole(&self, typed: &str, index: &OpenIndex) -> Result<Meaning> {
        let typed = without_lead(typed);
        if !typed.contains(char::is_whitespace) {
            let named = self.by_ids(typed).or(self.by_address(typed));
            return Ok(named.or(self.by_number(typed)));
        }
        let commas = typed.match_indices(',').map(|(at, _)| at);
        for end in commas.chain([typed.len()]) {
            let (name, place) = typed.split_at(end);
            let Some(places) = self.titled(name) else {
                continue;
            };
            let passages = self.at(&places, place, index)?;
            if place.is_empty() || passages.is_some() {
                return Ok(Meaning::Reports(places, passages));
            }
        }
        Ok(Meaning::Unclear)
    }

    /// What a text means: all that its parts between semicolons do.
    fn of_text(&self, typed: &str, is_certain: bool, index: &OpenIndex) -> Result<Meaning> {
        let mut all = Meaning::Unclear;
        for part in typed.split(';').filter(|part| !part.trim().is_empty()) {
            all = all.or(self.of_part(part.trim(), is_certain, index)?);
        }
        match all {
            Meaning::Unclear => self.of_part(typed.trim(), is_certain, index),
            all => Ok(all),
        }
    }

    fn of_part(&self, typed: &str, is_certain: bool, index: &OpenIndex) -> Result<Meaning> {
        let named = self
            .by_ids(typed)
            .or(self.by_address(typed))
            .or(self.by_number(typed));
        if named != Meaning::Unclear {
            return Ok(named);
        }
        match self.by_title(without_lead(typed), index)? {
            Some(meaning) => Ok(meaning),
            None if is_certain => Ok(self.by_country_and_year(typed)),
            None => Ok(Meaning::Unclear),
        }
    }

    /// The ids that stand in a text.
    fn by_ids(&self, typed: &str) -> Meaning {
        if let Some(whole) = self.by_id(typed) {
            return whole;
        }
        let divides = |c: char| c.is_whitespace() || ",;()[]<>“”\"".contains(c);
        let words = typed
            .split(divides)
            .map(|word| word.trim_end_matches(['.', ':']));
        let found = words.filter_map(|word| self.by_id(word));
        found.fold(Meaning::Unclear, Meaning::or)
    }

    /// The reports that are published at the addresses in a text.
    fn by_address(&self, typed: &str) -> Meaning {
        let known = addresses(typed).filter_map(|address| self.by_address.get(&address));
        let known = known.map(|places| Meaning::Reports(places.clone(), None));
        known.fold(Meaning::Unclear, Meaning::or)
    }

    /// The reports whose number or symbol stands in a text, as `GAO-06-282`.
    fn by_number(&self, typed: &str) -> Meaning {
        let words = typed.split(|c: char| c.is_whitespace() || ",()[]".contains(c));
        let words = words.map(|word| word.trim_end_matches(['.', ':']).to_lowercase());
        let known = words.filter_map(|word| self.by_number.get(&word));
        let known = known.map(|places| Meaning::Reports(places.clone(), None));
        known.fold(Meaning::Unclear, Meaning::or)
    }

    fn by_id(&self, word: &str) -> Option<Meaning> {
        if !word.contains('-') {
            return None;
        }
        if let Ok(id) = word.parse::<PassageId>() {
            return match self.by_id.get(&id.report.to_string().to_lowercase()) {
                Some(place) => Some(Meaning::Reports(vec![*place], Some(vec![id]))),
                None => is_edition(&id.report).then_some(Meaning::NotHeld),
            };
        }
        // A section of a report claims the report.
        let report = match word.split_once(':') {
            Some((report, section)) if !section.contains(':') => report,
            _ => word,
        };
        if let Some(place) = self.by_id.get(&report.to_lowercase()) {
            return Some(Meaning::Reports(vec![*place], None));
        }
        let id = report.parse::<ReportId>().ok()?;
        is_edition(&id).then_some(Meaning::NotHeld)
    }

    /// A title that the index holds, or other words that plainly name one report,
    /// with a place in it or without.
    fn by_title(&self, typed: &str, index: &OpenIndex) -> Result<Option<Meaning>> {
        let mut ends: Vec<usize> = typed.match_indices(',').map(|(at, _)| at).collect();
        ends.push(typed.len());
        for end in ends.into_iter().rev() {
            let (name, place) = typed.split_at(end);
            let Some(places) = self.titled(name) else {
                continue;
            };
            let passages = self.at(&places, place, index)?;
            return Ok(Some(Meaning::Reports(places, passages)));
        }
        Ok(None)
    }

    /// The reports of a title; else the one that a text names in other words.
    fn titled(&self, name: &str) -> Option<Vec<usize>> {
        if let Some(places) = self.by_title.get(&fold_name(name)) {
            return Some(places.clone());
        }
        let typed = words(name);
        let places = 0..self.reports.len();
        let named = places.filter(|at| is_named(&self.reports[*at].info, &typed));
        let named: Vec<usize> = named.collect();
        (named.len() == 1).then_some(named)
    }

    /// The passages of reports at a place that a draft names behind a report; none
    /// are told where the place is not understood.
    fn at(
        &self,
        reports: &[usize],
        place: &str,
        index: &OpenIndex,
    ) -> Result<Option<Vec<PassageId>>> {
        let mut passages = Vec::new();
        if place.trim_matches([',', ' ', '.']).is_empty() {
            return Ok(None);
        }
        let mut reader = index.passages();
        let docs = reports.iter();
        for doc in docs.flat_map(|at| self.reports[*at].passages.clone()) {
            let held = reader.passage(doc)?;
            if is_at(&held, place) {
                passages.push(held.id);
            }
        }
        let is_understood = !passages.is_empty() || is_paragraph(place);
        Ok(is_understood.then_some(passages))
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
            places => Meaning::Reports(places, None),
        }
    }
}

/// Whether an id is plainly one: `tip-2021-khm`, which no word is by chance.
fn is_edition(id: &ReportId) -> bool {
    matches!(id, ReportId::Edition { .. })
}
