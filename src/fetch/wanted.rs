//! A country that a user asks for, known to the gazetteer.

use std::str::FromStr;

use crate::error::{Error, Result};
use crate::report::{Country, Gazetteer};
use crate::text::fold::fold_name;
use crate::text::nearest;

/// A country by code, name, alias or slug, as `CIV`, `Côte d’Ivoire`,
/// `Ivory Coast` or `cote-divoire`.
///
/// ```
/// use pincite::fetch::WantedCountry;
/// let wanted: WantedCountry = "burma".parse().unwrap();
/// assert_eq!(wanted.country().iso3, "MMR");
/// assert!("Atlantis".parse::<WantedCountry>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedCountry(&'static Country);

impl WantedCountry {
    /// The country of the gazetteer.
    pub fn country(&self) -> &'static Country {
        self.0
    }
}

impl FromStr for WantedCountry {
    type Err = Error;

    fn from_str(typed: &str) -> Result<Self> {
        if let Some(country) = by_slug(typed) {
            return Ok(WantedCountry(country));
        }
        let error = Error::usage(format!("no country is called `{typed}`"));
        let countries = Gazetteer::built_in().countries();
        let names = countries
            .iter()
            .flat_map(|c| c.aliases.iter().chain([&c.name]));
        match nearest(typed, names.map(String::as_str), 3)[..] {
            [] => Err(error.with_hint("write a name or a code, as `Cambodia` or `KHM`")),
            ref near => Err(error.with_hint(format!("did you mean `{}`?", near.join("`, `")))),
        }
    }
}

/// The country that the last part of an address means; inverted names
/// (`korea-north`) and double names (`turkey-turkiye`) count too.
pub(super) fn by_slug(slug: &str) -> Option<&'static Country> {
    let gazetteer = Gazetteer::built_in();
    if let Some(country) = gazetteer.find(slug) {
        return Some(country);
    }
    let name = fold_name(slug);
    name.match_indices(' ').find_map(|(at, _)| {
        let (first, rest) = (&name[..at], &name[at + 1..]);
        let double = || {
            let country = gazetteer.find(first)?;
            (gazetteer.find(rest)? == country).then_some(country)
        };
        gazetteer.find(&format!("{first}, {rest}")).or_else(double)
    })
}

/// The last part of an address, or the name of a file, for a name.
pub(super) fn slug_of(name: &str) -> String {
    let words = fold_name(name).replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    words.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_mean_countries() {
        for (slug, iso3) in [
            ("cambodia", Some("KHM")),
            ("cote-divoire", Some("CIV")),
            ("bahamas", Some("BHS")),
            ("the-bahamas", Some("BHS")),
            ("bahamas-the", Some("BHS")),
            ("burma", Some("MMR")),
            ("korea-north", Some("PRK")),
            ("congo-democratic-republic-of-the", Some("COD")),
            ("democratic-republic-of-the-congo", Some("COD")),
            ("congo-republic-of-the", Some("COG")),
            ("turkey-turkiye", Some("TUR")),
            ("st-lucia", Some("LCA")),
            ("timor-leste", Some("TLS")),
            ("hong-kong", Some("HKG")),
            ("sint-maarten", Some("SXM")),
            ("introduction", None),
            ("methodology", None),
            ("tier-placements", None),
            ("burma-draft", None),
        ] {
            assert_eq!(by_slug(slug).map(|c| c.iso3.as_str()), iso3, "{slug}");
        }
    }

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("Cote d’Ivoire", "cote-divoire"),
            ("The Bahamas", "bahamas"),
            (
                "Congo, Democratic Republic of the",
                "congo-democratic-republic-of-the",
            ),
            ("../../etc", "etc"),
        ] {
            assert_eq!(slug_of(name), slug);
        }
    }

    #[test]
    fn a_slip_is_pointed_at() {
        let error = "cambodai".parse::<WantedCountry>().unwrap_err();
        assert_eq!(error.to_string(), "no country is called `cambodai`");
        assert!(error.hint().unwrap().contains("Cambodia"));
    }
}
