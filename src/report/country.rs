//! Countries: the gazetteer, and names as reports print them.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::fold::fold_name;

/// An entry of the gazetteer: a country, a territory or a state that is no
/// more.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or the code in use for what ISO does not list
    /// (`XKX`) or lists no more (`SUN`).
    pub iso3: String,
    /// The English short name.
    pub name: String,
    /// The UN M49 region, widest first, as `Asia/South-eastern Asia`.
    pub region: String,
    /// Other codes that mean it.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Other names that mean it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it is no more.
    #[serde(default)]
    pub former: bool,
}

/// The country of a report: what it is, and how the report prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCountry {
    /// The code, as `KHM`.
    pub iso3: String,
    /// The gazetteer's name.
    pub name: String,
    /// The name as printed.
    pub printed: String,
    /// The UN M49 region.
    pub region: String,
}

impl PrintedCountry {
    /// A country with the name that a report prints.
    pub fn new(country: &Country, printed: &str) -> Self {
        PrintedCountry {
            iso3: country.iso3.clone(),
            name: country.name.clone(),
            printed: printed.to_owned(),
            region: country.region.clone(),
        }
    }
}

/// All countries, to be found by code, name or alias.
#[derive(Debug)]
pub struct Gazetteer {
    countries: Vec<Country>,
    by_name: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GazetteerFile {
    country: Vec<Country>,
}

static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(|| {
    // The file is part of the program; a test below proves that it parses.
    let file: GazetteerFile =
        toml::from_str(include_str!("countries.toml")).expect("the built-in gazetteer parses");
    Gazetteer::new(file.country)
});

impl Gazetteer {
    /// The built-in gazetteer.
    pub fn built_in() -> &'static Gazetteer {
        &BUILT_IN
    }

    fn new(countries: Vec<Country>) -> Self {
        let mut by_name = HashMap::new();
        for (i, country) in countries.iter().enumerate() {
            let names = [&country.iso3, &country.name]
                .into_iter()
                .chain(&country.codes)
                .chain(&country.aliases);
            for name in names {
                by_name.entry(fold_name(name)).or_insert(i);
            }
        }
        Gazetteer { countries, by_name }
    }

    /// The countries, in order of code.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The country that a code, name, alias or printed form means: in any
    /// case, with or without diacritics and article, inverted or not, with a
    /// second name or a footnote mark after it.
    ///
    /// ```
    /// use pincite::report::Gazetteer;
    /// let gazetteer = Gazetteer::built_in();
    /// for name in ["KHM", "cambodia", "CAMBODIA", "Kampuchea"] {
    ///     assert_eq!(gazetteer.find(name).unwrap().iso3, "KHM");
    /// }
    /// assert_eq!(gazetteer.find("CONGO, DEMOCRATIC REPUBLIC OF THE").unwrap().iso3, "COD");
    /// assert!(gazetteer.find("Atlantis").is_none());
    /// ```
    pub fn find(&self, name: &str) -> Option<&Country> {
        let plain = fold_name(name);
        let plain = plain.trim_end_matches(['*', ',']).trim();
        self.lookup(plain)
            .or_else(|| self.lookup(plain.split(" (").next()?))
            .or_else(|| {
                let (main, modifier) = plain.split_once(", ")?;
                self.lookup(&fold_name(&format!("{modifier} {main}")))
            })
            .or_else(|| self.lookup(plain.trim_end_matches(|c: char| c.is_ascii_digit())))
    }

    fn lookup(&self, folded: &str) -> Option<&Country> {
        self.by_name.get(folded).map(|i| &self.countries[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_country() {
        let gazetteer = Gazetteer::built_in();
        let mut seen: HashMap<String, &str> = HashMap::new();
        for country in gazetteer.countries() {
            let names = [&country.iso3, &country.name]
                .into_iter()
                .chain(&country.codes)
                .chain(&country.aliases);
            for name in names {
                let other = seen.insert(fold_name(name), &country.iso3);
                assert!(
                    other.is_none_or(|o| o == country.iso3),
                    "{name} means both {other:?} and {}",
                    country.iso3
                );
                assert_eq!(gazetteer.find(name), Some(country), "{name}");
            }
            assert!(!country.region.is_empty(), "{}", country.iso3);
        }
        assert!(gazetteer.countries().len() > 249);
    }

    #[test]
    fn names_as_reports_print_them() {
        for (printed, iso3) in [
            ("Burma", "MMR"),
            ("Myanmar", "MMR"),
            ("COTE D’IVOIRE", "CIV"),
            ("Côte d'Ivoire", "CIV"),
            ("THE BAHAMAS", "BHS"),
            ("Bahamas, The", "BHS"),
            ("ESWATINI (SWAZILAND)", "SWZ"),
            ("Turkey", "TUR"),
            ("Türkiye", "TUR"),
            ("Congo, Republic of the", "COG"),
            ("Democratic Republic of the Congo", "COD"),
            ("Korea, Democratic People's Republic of", "PRK"),
            ("Kosovo", "XKX"),
            ("HONG KONG", "HKG"),
            ("Macau", "MAC"),
            ("Taiwan", "TWN"),
            ("Curacao", "CUW"),
            ("Curaçao", "CUW"),
            ("USSR", "SUN"),
            ("Yugoslavia", "YUG"),
            ("Czechoslovakia", "CSK"),
            ("German Democratic Republic", "DDR"),
            ("Federal Republic of Germany", "DEU"),
            ("Zaire", "COD"),
            ("Serbia and Montenegro1", "SCG"),
            ("UNITED STATES OF AMERICA", "USA"),
            ("U.S.", "USA"),
            ("THE NETHERLANDS ANTILLES", "ANT"),
        ] {
            let found = Gazetteer::built_in().find(printed).map(|c| c.iso3.as_str());
            assert_eq!(found, Some(iso3), "{printed}");
        }
    }
}
