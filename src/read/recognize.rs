//! What a text is: the series, country, year and tier that its header, title
//! lines and name tell.

use url::Url;

use super::front_matter::FrontMatter;
use super::outline::{Line, Source};
use super::profile::{Profile, Profiles};
use crate::report::{Country, Gazetteer, PrintedCountry, Tier, Year};
use crate::text::fold::fold_space;

/// How many lines with text may stand before the title.
const TITLE_WITHIN: usize = 12;

/// What is known of a report before its text is cut.
#[derive(Debug, Default, Clone)]
pub(super) struct Facts {
    pub(super) country: Option<PrintedCountry>,
    pub(super) year: Option<Year>,
    pub(super) tier: Option<Tier>,
    pub(super) session: Option<String>,
}

impl Facts {
    /// Takes from `other` what is not known yet.
    fn complete(&mut self, other: Facts) {
        self.country = self.country.take().or(other.country);
        self.year = self.year.or(other.year);
        self.tier = self.tier.or(other.tier);
        self.session = self.session.take().or(other.session);
    }
}

pub(super) fn front_facts(front: &FrontMatter) -> Result<Facts, String> {
    let country = match &front.country {
        Some(name) => {
            let known = Gazetteer::built_in().find(name);
            let known =
                known.ok_or_else(|| format!("`{name}` is no country that pincite knows"))?;
            Some(PrintedCountry::new(known, &printed_name(name, known)))
        }
        None => None,
    };
    let year = front
        .year
        .map(Year::try_from)
        .transpose()
        .map_err(|e| e.to_string())?;
    if let Some(url) = &front.url {
        Url::parse(url).map_err(|e| format!("`{url}` is no URL ({e})"))?;
    }
    let tier = front.tier.as_deref().map(str::parse).transpose();
    Ok(Facts {
        country,
        year,
        tier: tier.map_err(|e: crate::error::Error| e.to_string())?,
        session: None,
    })
}

/// What a text was recognized as.
pub(super) enum Recognized<'p> {
    /// An edition of a series, with its country and year among the facts.
    Edition(&'p Profile, Facts),
    /// A text that no profile fits: what is known all the same, and why.
    Unknown(Facts, String),
}

/// Recognizes a text by its header, title lines and name.
pub(super) fn recognize<'p>(
    source: &Source<'_>,
    front: &FrontMatter,
    lines: &[Line<'_>],
    facts: Facts,
    profiles: &'p Profiles,
) -> Recognized<'p> {
    let file_name = source.name.rsplit('/').next().unwrap_or(source.name);
    let mut reason = match &front.series {
        Some(series) => format!("its header names `{series}`, which no profile reads"),
        None => "no profile knows it".to_owned(),
    };
    for profile in profiles.iter() {
        match &front.series {
            Some(series) if *series != profile.series.as_str() => continue,
            _ => {}
        }
        let named = profile
            .file
            .names
            .iter()
            .find_map(|p| p.regex().captures(file_name));
        let mut titles = Facts::default();
        let mut titled = false;
        for line in lines
            .iter()
            .filter(|l| !l.text.trim().is_empty())
            .take(TITLE_WITHIN)
        {
            if let Some(found) = title_facts(profile, &line.text) {
                titled = true;
                titles.complete(found);
            }
        }
        if named.is_none() && !titled && front.series.is_none() {
            continue;
        }
        let mut facts = facts.clone();
        facts.complete(titles);
        for captures in named.into_iter().chain(
            profile
                .file
                .hints
                .iter()
                .filter_map(|p| p.regex().captures(file_name)),
        ) {
            facts.complete(captured(profile, &captures));
        }
        match (&facts.country, facts.year) {
            (Some(_), Some(_)) => return Recognized::Edition(profile, facts),
            (None, _) => {
                reason = format!(
                    "looks like `{}`, but names no country that pincite knows",
                    profile.series
                )
            }
            (_, None) => reason = format!("looks like `{}`, but names no year", profile.series),
        }
    }
    let mut facts = facts;
    facts.complete(path_facts(source.name));
    Recognized::Unknown(facts, format!("{reason}; read as plain paragraphs"))
}

/// What a line says if it is a title line: one whose country is a country.
pub(super) fn title_facts(profile: &Profile, line: &str) -> Option<Facts> {
    let line = fold_space(line);
    profile
        .title_lines
        .iter()
        .filter_map(|t| t.pattern.regex().captures(&line))
        .map(|captures| captured(profile, &captures))
        .find(|facts| facts.country.is_some())
}

fn captured(profile: &Profile, captures: &regex::Captures<'_>) -> Facts {
    let group = |name: &str| captures.name(name).map(|m| m.as_str());
    let year: Option<Year> = group("year").and_then(|y| y.parse().ok());
    let country = group("country").and_then(|printed| {
        let filed = profile
            .filed_under
            .iter()
            .find(|f| f.code == printed && year.is_some_and(|y| y.get() <= f.until));
        let name = filed.map_or(printed, |f| f.means.as_str());
        // A slug of a file name has hyphens for spaces; names fold alike.
        let country = Gazetteer::built_in().find(name)?;
        Some(PrintedCountry::new(
            country,
            &printed_name(printed, country),
        ))
    });
    Facts {
        country,
        year,
        tier: group("tier").and_then(|t| t.parse().ok()),
        session: group("session").map(ordinal),
    }
}

/// The name as printed, or the gazetteer's where all that is printed is a code
/// or a slug.
fn printed_name(printed: &str, country: &Country) -> String {
    let is_code = printed.len() <= 3 && printed.chars().all(|c| c.is_ascii_alphabetic());
    let is_slug = printed.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_code || is_slug {
        country.name.clone()
    } else {
        printed.to_owned()
    }
}

/// `34` to `34th`.
fn ordinal(number: &str) -> String {
    let number = number.trim_start_matches('0');
    let ending = match number.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The country and year that the parts of a path name, for texts that no
/// profile knows.
fn path_facts(name: &str) -> Facts {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let years: Vec<Year> = words
        .iter()
        .filter_map(|w| w.parse::<Year>().ok())
        .filter(|y| (1900..2100).contains(&y.get()))
        .collect();
    let country = (1..=5usize.min(words.len())).rev().find_map(|n| {
        words.windows(n).find_map(|window| {
            let name = window.join(" ");
            let is_code = name.len() <= 3;
            if is_code && !name.chars().all(|c| c.is_ascii_uppercase()) {
                return None;
            }
            let country = Gazetteer::built_in().find(&name)?;
            Some(PrintedCountry::new(country, &country.name))
        })
    });
    Facts {
        country,
        year: years.last().copied(),
        ..Facts::default()
    }
}
