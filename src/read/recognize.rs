//! Which series a document belongs to, and which reports it holds.

use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::narrative::{self, Narrative, Narratives, Piece};
use super::outline::Source;
use super::profile::Profile;
use super::profiles::Profiles;
use crate::format::Document;
use crate::report::{FactSource, Series};

/// What a document was recognized as.
pub(super) enum Recognized<'p, 'd> {
    /// Editions of a series, each with country and year among its facts.
    Editions(Editions<'p, 'd>),
    /// A text that no profile fits: what is known all the same, and why; no
    /// reason where its header says that it is of no series.
    Unknown(Facts, Option<String>),
}

/// The reports of a document.
pub(super) struct Editions<'p, 'd> {
    pub(super) profile: &'p Profile,
    pub(super) narratives: Vec<Narrative<'d>>,
    /// The lines that are of none.
    pub(super) front: Vec<Piece<'d>>,
    /// The series that claim the document too.
    pub(super) also_claimed_by: Vec<Series>,
}

/// Recognizes a document by its header, name, address and title lines.
pub(super) fn recognize<'p, 'd>(
    source: &Source<'_>,
    front: &FrontMatter,
    header: &Facts,
    document: &'d Document<'d>,
    profiles: &'p Profiles,
) -> Recognized<'p, 'd> {
    let mut reason = match &front.series {
        Some(series) => format!("its header names `{series}`, which no profile reads"),
        None => "no profile knows it".to_owned(),
    };
    let url = front.url.as_deref().or(document.metadata.url.as_deref());
    let claims = claims(source.name, url, front, document, profiles);
    for (profile, told, found) in claims.iter() {
        let found = match found {
            Some(found) => found,
            None => &narrative::find(profile, document),
        };
        let narratives = complete(source, header, told, found);
        let Some(first) = narratives.first() else {
            continue;
        };
        match (&first.facts.country, first.facts.year) {
            (Some(_), Some(_)) => {
                let others = claims.iter().map(|(p, ..)| &p.series);
                let also_claimed_by = others.filter(|s| **s != profile.series).cloned();
                let front = match found.list.is_empty() {
                    true => Vec::new(),
                    false => found.front.clone(),
                };
                return Recognized::Editions(Editions {
                    profile,
                    narratives,
                    front,
                    also_claimed_by: also_claimed_by.collect(),
                });
            }
            (None, _) => {
                reason = format!(
                    "looks like `{}`, but names no country that pincite knows",
                    profile.series
                )
            }
            (_, None) => reason = format!("looks like `{}`, but names no year", profile.series),
        }
    }
    let mut facts = header.clone();
    facts.complete(Facts::of_path(source.name));
    let is_plain = front.series.as_deref() == Some(Series::doc().as_str());
    let reason = (!is_plain).then(|| format!("{reason}; read as plain paragraphs"));
    Recognized::Unknown(facts, reason)
}

type Claim<'p, 'd> = (&'p Profile, Facts, Option<Narratives<'d>>);

/// The profiles that claim a document, with what its name and address tell
/// them: those that its header names, else those that know its name or
/// address, else those that know its first lines.
fn claims<'p, 'd>(
    name: &str,
    url: Option<&str>,
    front: &FrontMatter,
    document: &'d Document<'d>,
    profiles: &'p Profiles,
) -> Vec<Claim<'p, 'd>> {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let told = |profile: &Profile| {
        let by = |patterns, text| Facts::found(profile, patterns, text, FactSource::Metadata);
        let named = by(&profile.file.names, file_name);
        let addressed = url.and_then(|url| by(&profile.file.urls, url));
        let is_known = named.is_some() || addressed.is_some();
        let hint = by(&profile.file.hints, file_name);
        let mut told = Facts::default();
        [named, addressed, hint]
            .into_iter()
            .flatten()
            .for_each(|facts| told.complete(facts));
        (is_known, told)
    };
    if let Some(series) = &front.series {
        let named = profiles.get(series).into_iter();
        // Records are lines of files of their own.
        let named = named.filter(|profile| profile.records.is_none());
        return named.map(|p| (p, told(p).1, None)).collect();
    }
    let all = profiles.iter().filter(|profile| profile.records.is_none());
    let all: Vec<_> = all.map(|p| (p, told(p))).collect();
    let known = all.iter().filter(|(_, (is_known, _))| *is_known);
    let known: Vec<_> = known
        .map(|(p, (_, told))| (*p, told.clone(), None))
        .collect();
    if !known.is_empty() {
        return known;
    }
    let by_text = all.into_iter().filter_map(|(profile, (_, told))| {
        let found = narrative::find(profile, document);
        found.is_of_series.then_some((profile, told, Some(found)))
    });
    by_text.collect()
}

/// The reports, each with all that is known of it.
fn complete<'d>(
    source: &Source<'_>,
    header: &Facts,
    told: &Facts,
    found: &Narratives<'d>,
) -> Vec<Narrative<'d>> {
    let path = Facts {
        country: None,
        ..Facts::of_path(source.name)
    };
    let all_lines = || {
        vec![Narrative {
            facts: Facts::default(),
            pieces: found.front.clone(),
        }]
    };
    let mut narratives = match found.list.is_empty() {
        true => all_lines(),
        false => found.list.clone(),
    };
    let is_single = narratives.len() == 1;
    for narrative in &mut narratives {
        let mut facts = header.clone();
        if !is_single {
            // A header of a page of many says nothing of one.
            (facts.country, facts.tier, facts.tier_source) = (None, None, None);
        }
        facts.complete(std::mem::take(&mut narrative.facts));
        facts.complete(found.facts.clone());
        facts.complete(told.clone());
        facts.complete(path.clone());
        narrative.facts = facts;
    }
    narratives
}
