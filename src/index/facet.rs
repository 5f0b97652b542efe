//! The facets of a passage: what results are filtered and counted by.

use std::fmt;
use std::str::FromStr;

use tantivy::schema::Facet;

use crate::error::{Error, Result};
use crate::report::Passage;
use crate::text::nearest;

/// The name of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetName {
    /// ISO 3166-1 alpha-3 code.
    Country,
    /// UN M49 region, a path.
    Region,
    /// Year of the edition.
    Year,
    /// Tier code.
    Tier,
    /// Section key.
    Section,
    /// Theme, a path.
    Theme,
    /// Series.
    Series,
}

impl FacetName {
    /// All facets, in the order of the design.
    pub const ALL: [FacetName; 7] = [
        FacetName::Country,
        FacetName::Region,
        FacetName::Year,
        FacetName::Tier,
        FacetName::Section,
        FacetName::Theme,
        FacetName::Series,
    ];

    /// The names of all facets.
    pub const NAMES: [&'static str; 7] = [
        "country", "region", "year", "tier", "section", "theme", "series",
    ];

    /// The name, as filters and JSON write it.
    pub fn as_str(self) -> &'static str {
        match self {
            FacetName::Country => "country",
            FacetName::Region => "region",
            FacetName::Year => "year",
            FacetName::Tier => "tier",
            FacetName::Section => "section",
            FacetName::Theme => "theme",
            FacetName::Series => "series",
        }
    }

    /// Whether its values are paths, a value taking in all below it.
    pub fn is_path(self) -> bool {
        matches!(self, FacetName::Region | FacetName::Theme)
    }

    /// The values that a passage has.
    pub fn values_of(self, passage: &Passage) -> Vec<String> {
        let report = &passage.report;
        let one = |value: Option<String>| value.into_iter().collect();
        match self {
            FacetName::Country => one(report.country.as_ref().map(|c| c.iso3.clone())),
            FacetName::Region => one(report.country.as_ref().map(|c| c.region.clone())),
            FacetName::Year => one(report.year.map(|y| y.to_string())),
            FacetName::Tier => one(report.tier.map(|t| t.to_string())),
            FacetName::Section => one(Some(passage.section.key.clone())),
            FacetName::Theme => passage.themes.iter().map(|m| m.path.clone()).collect(),
            FacetName::Series => one(Some(report.series.to_string())),
        }
    }

    /// The engine's facet of a value; a path's parts become its steps.
    pub fn to_facet(self, value: &str) -> Facet {
        let steps: Vec<&str> = if self.is_path() {
            value.split('/').collect()
        } else {
            vec![value]
        };
        Facet::from_path(std::iter::once(self.as_str()).chain(steps))
    }

    /// The name and value of an engine's facet; none for one without a value.
    pub fn from_facet(facet: &Facet) -> Option<(FacetName, String)> {
        let path = facet.to_path();
        let (name, steps) = path.split_first()?;
        let name = FacetName::ALL.into_iter().find(|f| f.as_str() == *name)?;
        (!steps.is_empty()).then(|| (name, steps.join("/")))
    }
}

/// The engine's coding of the facet of passages from doubtful pages
/// ([`Passage::doubts`]). It has no value, is none of the [`FacetName`]s, and
/// passages are not counted by it.
pub(super) const DOUBTFUL: &str = "doubtful";

/// The engine's facet of passages from doubtful pages.
pub(super) fn doubtful() -> Facet {
    Facet::from_path([DOUBTFUL])
}

impl FromStr for FacetName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let names = FacetName::NAMES;
        FacetName::ALL
            .into_iter()
            .find(|f| f.as_str() == text)
            .ok_or_else(|| {
                let error = Error::usage(format!("there is no facet `{text}`"));
                match nearest(text, names, 1).first() {
                    Some(name) => error.with_hint(format!("did you mean `{name}`?")),
                    None => error.with_hint(format!("the facets are {}", names.join(", "))),
                }
            })
    }
}

impl fmt::Display for FacetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facet_of_doubtful_passages_has_no_value() {
        assert_eq!(doubtful().encoded_str(), DOUBTFUL);
        assert_eq!(FacetName::from_facet(&doubtful()), None);
        assert!(!FacetName::NAMES.contains(&DOUBTFUL));
    }

    #[test]
    fn facets_come_back() {
        assert_eq!(FacetName::ALL.map(FacetName::as_str), FacetName::NAMES);
        for (name, value) in [
            (FacetName::Country, "KHM"),
            (FacetName::Theme, "sector/brick-kilns"),
            (FacetName::Section, "a/b"),
            (FacetName::Region, "Asia/South-eastern Asia"),
        ] {
            let facet = name.to_facet(value);
            assert_eq!(
                FacetName::from_facet(&facet),
                Some((name, value.to_owned()))
            );
        }
    }
}
