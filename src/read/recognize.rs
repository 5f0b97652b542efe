//! Which series a document belongs to, and which reports it holds.

use super::about::Source;
use super::evidence::has_evidence;
use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::narrative::{self, Narrative, Narratives, Piece};
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
    /// How much text the title lines have, in characters.
    pub(super) titles: u64,
    /// What of it contradicts itself, in words.
    pub(super) remarks: Vec<String>,
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
    let (claims, doubted) = claims(source.name, url, front, document, profiles);
    if let Some(series) = doubted.first() {
        reason = format!("its name says `{series}`, but its text has nothing of that series");
    }
    for claim in &claims {
        let (profile, told) = (claim.profile, &claim.told);
        let found = match &claim.found {
            Some(found) => found,
            None => &narrative::find(profile, document, &told.page()),
        };
        let (narratives, remarks) = complete(source, header, told, found);
        let Some(first) = narratives.first() else {
            continue;
        };
        match (&first.facts.country, first.facts.year) {
            (Some(_), Some(_)) => {
                let others = claims.iter().map(|claim| &claim.profile.series);
                let also_claimed_by = others.filter(|s| **s != profile.series).cloned();
                let front = match found.list.is_empty() {
                    true => Vec::new(),
                    false => found.front.clone(),
                };
                return Recognized::Editions(Editions {
                    profile,
                    narratives,
                    front,
                    titles: found.titles,
                    remarks,
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

/// A profile that claims a document.
struct Claim<'p, 'd> {
    profile: &'p Profile,
    told: Told,
    found: Option<Narratives<'d>>,
}

/// What the name and the address of a document tell a profile.
struct Told {
    /// What the address tells.
    address: Option<Facts>,
    /// What a name tells that makes a file one of the series.
    name: Option<Facts>,
    /// What a name tells of a file that is known otherwise.
    hint: Option<Facts>,
}

impl Told {
    fn of(profile: &Profile, name: &str, url: Option<&str>) -> Self {
        let by = |patterns, text, source| Facts::found(profile, patterns, text, source);
        let file = &profile.file;
        Told {
            address: url.and_then(|url| by(&file.urls, url, FactSource::Address)),
            name: by(&file.names, name, FactSource::Name),
            hint: by(&file.hints, name, FactSource::Name),
        }
    }

    /// All of it, what tells most first.
    fn all(&self) -> Facts {
        let mut all = Facts::default();
        for facts in [&self.address, &self.name, &self.hint]
            .into_iter()
            .flatten()
        {
            all.complete(facts.clone());
        }
        all
    }

    /// What is said of the page itself.
    fn page(&self) -> Facts {
        let mut page = self.address.clone().unwrap_or_default();
        page.complete(self.name.clone().unwrap_or_default());
        page
    }
}

/// The profiles that claim a document, with what its name and address tell
/// them: those that its header names, else those that know its name or
/// address, else those that know its first lines. And those that know its name
/// alone, which is not enough.
fn claims<'p, 'd>(
    name: &str,
    url: Option<&str>,
    front: &FrontMatter,
    document: &'d Document<'d>,
    profiles: &'p Profiles,
) -> (Vec<Claim<'p, 'd>>, Vec<Series>) {
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let claim = |profile: &'p Profile| Claim {
        profile,
        told: Told::of(profile, file_name, url),
        found: None,
    };
    if let Some(series) = &front.series {
        let named = profiles.get(series).into_iter();
        // Records are lines of files of their own; documents with covers are no
        // editions.
        let named = named.filter(|profile| profile.records.is_none() && profile.cover.is_none());
        return (named.map(claim).collect(), Vec::new());
    }
    let all = profiles
        .iter()
        .filter(|profile| profile.records.is_none() && profile.cover.is_none());
    let (mut known, mut rest, mut doubted) = (Vec::new(), Vec::new(), Vec::new());
    for claim in all.map(claim) {
        let is_named = claim.told.name.is_some();
        if claim.told.address.is_some() || is_named && has_evidence(claim.profile, document) {
            known.push(claim);
        } else {
            doubted.extend(is_named.then(|| claim.profile.series.clone()));
            rest.push(claim);
        }
    }
    if !known.is_empty() {
        return (known, Vec::new());
    }
    let by_text = rest.into_iter().filter_map(|claim| {
        let found = narrative::find(claim.profile, document, &Facts::default());
        let is_of_series =
            found.is_of_series || found.may_be_of_series && has_evidence(claim.profile, document);
        is_of_series.then_some(Claim {
            found: Some(found),
            ..claim
        })
    });
    (by_text.collect(), doubted)
}

/// The reports, each with all that is known of it, and what contradicts what.
fn complete<'d>(
    source: &Source<'_>,
    header: &Facts,
    told: &Told,
    found: &Narratives<'d>,
) -> (Vec<Narrative<'d>>, Vec<String>) {
    let path = Facts {
        country: None,
        country_source: None,
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
    let mut remarks = found.remarks.clone();
    let is_single = narratives.len() == 1;
    for narrative in &mut narratives {
        let mut facts = header.clone();
        if !is_single {
            // A header of a page of many says nothing of one.
            (facts.country, facts.tier, facts.tier_source) = (None, None, None);
            facts.country_source = None;
        }
        facts.complete(std::mem::take(&mut narrative.facts));
        facts.complete(found.facts.clone());
        if is_single {
            remarks.extend(contradiction(&facts, told));
        }
        facts.complete(told.all());
        facts.complete(path.clone());
        narrative.facts = facts;
    }
    (narratives, remarks)
}

/// What the address says against the title, in words.
fn contradiction(facts: &Facts, told: &Told) -> Option<String> {
    let address = told.address.as_ref()?;
    let of_address = address.country.as_ref()?;
    let country = facts.country.as_ref()?;
    let is_other_year = |year| facts.year.is_some_and(|y| y != year);
    if country.iso3 != of_address.iso3 {
        let (name, other) = (&country.printed, &of_address.name);
        Some(format!(
            "its address names {other}, its title {name}; the title stands"
        ))
    } else {
        let other = address.year.filter(|year| is_other_year(*year))?;
        let year = facts.year?;
        Some(format!(
            "its address names {other}, its title {year}; the title stands"
        ))
    }
}
