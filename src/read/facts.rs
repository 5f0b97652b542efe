//! What is known of a report before its text is cut: country, year, tier, from
//! headers, lines, names and addresses.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Captures;
use url::Url;

use super::front_matter::FrontMatter;
use super::profile::{Pattern, Profile};
use crate::report::{Country, FactSource, Gazetteer, PrintedCountry, Tier, Year, slug};
use crate::text::fold::fold_name;

/// What is known of a report before its text is cut.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) country: Option<PrintedCountry>,
    pub(super) country_source: Option<FactSource>,
    pub(super) year: Option<Year>,
    pub(super) year_source: Option<FactSource>,
    pub(super) tier: Option<Tier>,
    pub(super) tier_source: Option<FactSource>,
    pub(super) session: Option<String>,
}

impl Facts {
    /// Whether both country and year are known.
    pub(super) fn name_an_edition(&self) -> bool {
        self.country.is_some() && self.year.is_some()
    }

    /// Takes from `other` what is not known yet.
    pub(super) fn complete(&mut self, other: Facts) {
        if self.country.is_none() {
            self.country = other.country;
            self.country_source = other.country_source;
        }
        if self.year.is_none() {
            self.year = other.year;
            self.year_source = other.year_source;
        }
        if self.tier.is_none() {
            self.tier = other.tier;
            self.tier_source = other.tier_source;
        }
        self.session = self.session.take().or(other.session);
    }

    /// What a header says.
    ///
    /// # Errors
    /// A value that is none, in words.
    pub(super) fn of_header(front: &FrontMatter) -> Result<Facts, String> {
        let country = match &front.country {
            Some(name) => {
                let known = find_country(name);
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
            .map_err(|e| e.to_string())?
            .or_else(|| Year::of_date(&front.issued()?));
        if let Some(url) = &front.url {
            Url::parse(url).map_err(|e| format!("`{url}` is no URL ({e})"))?;
        }
        let tier = front.tier.as_deref().map(str::parse::<Tier>).transpose();
        let tier = tier.map_err(|e| e.to_string())?;
        Ok(Facts {
            country_source: country.as_ref().map(|_| FactSource::Metadata),
            country,
            year_source: year.map(|_| FactSource::Metadata),
            year,
            tier,
            tier_source: tier.map(|_| FactSource::Metadata),
            session: None,
        })
    }

    /// What the first of some patterns finds in a text, if its country, where
    /// it names one, is a country.
    pub(super) fn found<'p>(
        profile: &Profile,
        patterns: impl IntoIterator<Item = &'p Pattern>,
        text: &str,
        source: FactSource,
    ) -> Option<Facts> {
        let mut captures = patterns
            .into_iter()
            .filter_map(|p| p.regex().captures(text));
        captures.find_map(|c| captured(profile, &c, source))
    }

    /// The country and year that the parts of a path name.
    pub(super) fn of_path(name: &str) -> Facts {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let words: Vec<&str> = stem
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        let years = words.iter().filter_map(|w| w.parse::<Year>().ok());
        let mut years = years.filter(|y| (1900..2100).contains(&y.get()));
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
        let year = years.next_back();
        Facts {
            country_source: country.as_ref().map(|_| FactSource::Name),
            country,
            year_source: year.map(|_| FactSource::Name),
            year,
            ..Facts::default()
        }
    }
}

/// The facts of the named groups; none where the country they name is none.
pub(super) fn captured(
    profile: &Profile,
    captures: &Captures<'_>,
    source: FactSource,
) -> Option<Facts> {
    let group = |name: &str| captures.name(name).map(|m| m.as_str());
    let year: Option<Year> = group("year").and_then(|y| y.parse().ok());
    let country = match group("country") {
        Some(printed) => {
            let filed = profile
                .filed_under
                .iter()
                .find(|f| f.code == printed && year.is_some_and(|y| y.get() <= f.until));
            let printed = part_of_page(printed);
            let name = filed.map_or(printed, |f| f.means.as_str());
            let country = find_country(name)?;
            Some(PrintedCountry::new(
                country,
                &printed_name(printed, country),
            ))
        }
        None => None,
    };
    let tier: Option<Tier> = group("tier").and_then(|t| t.parse().ok());
    Some(Facts {
        country_source: country.as_ref().map(|_| source),
        country,
        year_source: year.map(|_| source),
        year,
        tier,
        tier_source: tier.map(|_| source),
        session: group("session").map(ordinal),
    })
}

/// The name behind the last dash, where a title gives the country with what it
/// includes and then the part that the page is about: `China (Includes Hong
/// Kong and Macau) – Macau`.
fn part_of_page(printed: &str) -> &str {
    let dashes = [" – ", " — ", " - ", ": "];
    let part = dashes.iter().find_map(|dash| {
        let (whole, part) = printed.rsplit_once(dash)?;
        whole.contains('(').then(|| part.trim())
    });
    let gazetteer = Gazetteer::built_in();
    let is_another = |part: &&str| {
        let found = gazetteer.find(part);
        found.is_some() && found != gazetteer.find(printed)
    };
    part.filter(is_another).unwrap_or(printed)
}

/// The country of a printed name, or of the name of a page or file: these have
/// hyphens or underscores for spaces, may lack the one after the article, and
/// end in `-draft`.
fn find_country(name: &str) -> Option<&'static Country> {
    let gazetteer = Gazetteer::built_in();
    gazetteer.find(name).or_else(|| {
        let plain = name.to_lowercase().replace('_', "-");
        let plain = plain.trim_end_matches("-draft");
        gazetteer
            .find(plain)
            .or_else(|| gazetteer.find(plain.strip_prefix("the")?.trim_start_matches('-')))
            .or_else(|| by_slug(plain))
    })
}

/// The country whose name has a slug, as an address gives it: without the
/// commas, brackets and apostrophes of the name.
fn by_slug(slugged: &str) -> Option<&'static Country> {
    static SLUGS: LazyLock<HashMap<String, &'static Country>> = LazyLock::new(|| {
        let mut slugs = HashMap::new();
        for country in Gazetteer::built_in().countries() {
            for name in [&country.name].into_iter().chain(&country.aliases) {
                slugs.entry(slug(name)).or_insert(country);
            }
        }
        slugs
    });
    SLUGS.get(slugged).copied()
}

/// The country whose name is the whole of a line.
pub(super) fn bare_name(line: &str) -> Option<PrintedCountry> {
    // A code or a function word is no name on a line of its own.
    if line.len() < 4 || line.len() > 80 || line.ends_with('.') {
        return None;
    }
    let begins = line.starts_with(|c: char| c.is_uppercase());
    let country = begins.then(|| Gazetteer::built_in().find(line))??;
    Some(PrintedCountry::new(country, &printed_name(line, country)))
}

/// Whether a country is one of those that a common name joins, as
/// `Montenegro` is of `Serbia and Montenegro (and Kosovo)`.
pub(super) fn is_part_of(part: &PrintedCountry, whole: &PrintedCountry) -> bool {
    let whole = fold_name(&whole.printed).replace(['(', ')'], " ");
    let part = fold_name(&part.printed);
    let mut names = whole.split(" and ").map(str::trim);
    names.clone().count() > 1 && names.any(|name| name == part)
}

/// The name as printed, or the gazetteer's where all that is printed is a code
/// or a slug; without a star, footnote or bracket of the title line.
pub(super) fn printed_name(printed: &str, country: &Country) -> String {
    let is_code = printed.len() <= 3 && printed.chars().all(|c| c.is_ascii_alphabetic());
    let is_slug = printed
        .chars()
        .all(|c| c.is_ascii_lowercase() || c == '-' || c == '_');
    let is_file_name = printed.contains(['-', '_'])
        && printed
            .chars()
            .all(|c| c.is_ascii_uppercase() || c == '-' || c == '_');
    if is_code || is_slug || is_file_name {
        country.name.clone()
    } else {
        let name = printed.trim_end_matches(|c: char| c.is_ascii_digit() || c == '*');
        name.trim().to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_the_slugs_of_addresses() {
        for (slugged, iso3) in [
            ("kenya", "KEN"),
            ("cote-divoire", "CIV"),
            ("israel-west-bank-and-gaza", "ISR"),
            ("israel-golan-heights-west-bank-and-gaza", "ISR"),
            ("china-includes-tibet-hong-kong-and-macau", "CHN"),
            ("THE_GAMBIA", "GMB"),
            ("thebahamas", "BHS"),
            ("burma-draft", "MMR"),
            ("atlantis", ""),
        ] {
            let found = find_country(slugged).map_or("", |c| c.iso3.as_str());
            assert_eq!(found, iso3, "{slugged}");
        }
    }
}
