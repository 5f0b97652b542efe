//! Filters: what was typed, checked against what the index holds.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::index::{FacetName, OpenIndex};
use crate::report::{Gazetteer, Tier, Year, YearRange, slug};
use crate::text::fold::fold_name;
use crate::text::nearest;

/// The name of the filter that leaves out passages from doubtful pages.
pub const STRICT: &str = "strict";

/// The value of that filter where filters are listed by name.
pub const STRICT_VALUE: &str = "true";

/// What that filter does, for people.
pub const STRICT_SHOWN: &str = "passages from doubtful pages left out";

/// The values of filters as typed, by facet: what is wanted and what is not.
/// Several values of a facet mean *or*, several facets *and*.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterSpec {
    /// Values to keep.
    pub only: BTreeMap<FacetName, Vec<String>>,
    /// Values to leave out.
    pub not: BTreeMap<FacetName, Vec<String>>,
    /// Whether passages from doubtful pages are left out, if it says so.
    pub strict: Option<bool>,
}

impl FilterSpec {
    /// Adds typed values of a facet; commas divide them. Text without a value
    /// adds nothing, and the answer is whether a value was added.
    pub fn add(&mut self, facet: FacetName, negated: bool, typed: &[String]) -> bool {
        let values: Vec<String> = typed.iter().flat_map(|t| split(facet, t)).collect();
        let any = !values.is_empty();
        if any {
            let side = if negated {
                &mut self.not
            } else {
                &mut self.only
            };
            side.entry(facet).or_default().extend(values);
        }
        any
    }

    /// These filters, and for facets that they do not filter those of `other`.
    #[must_use]
    pub fn or(&self, other: &FilterSpec) -> FilterSpec {
        let mut both = self.clone();
        for (mine, theirs) in [(&mut both.only, &other.only), (&mut both.not, &other.not)] {
            for (facet, values) in theirs {
                mine.entry(*facet).or_insert_with(|| values.clone());
            }
        }
        both.strict = self.strict.or(other.strict);
        both
    }
}

/// Divides values at commas, but for commas inside a country's name, as in
/// `Kenya,Congo, Republic of the`.
pub(super) fn split(facet: FacetName, typed: &str) -> Vec<String> {
    let parts: Vec<&str> = typed.split(',').map(str::trim).collect();
    let mut values = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let whole = (2..=MAX_COMMAS + 1)
            .rev()
            .filter(|n| facet == FacetName::Country && at + n <= parts.len())
            .map(|n| (n, parts[at..at + n].join(", ")))
            .find(|(_, name)| Gazetteer::built_in().find(name).is_some());
        let (taken, value) = whole.unwrap_or_else(|| (1, parts[at].to_owned()));
        at += taken;
        if !value.is_empty() {
            values.push(value);
        }
    }
    values
}

/// How many commas a country's name may hold.
const MAX_COMMAS: usize = 2;

/// A filter value and the facet values it takes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterValue {
    /// The value in its canonical form, as `KHM` or `2019..2021`.
    pub shown: String,
    /// The facet values it means, which the index holds.
    pub values: Vec<String>,
}

/// Filters that the index can answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Values to keep.
    pub only: BTreeMap<FacetName, Vec<FilterValue>>,
    /// Values to leave out.
    pub not: BTreeMap<FacetName, Vec<FilterValue>>,
    /// Whether passages from doubtful pages ([`Passage::doubts`]) are left
    /// out.
    ///
    /// [`Passage::doubts`]: crate::report::Passage::doubts
    pub strict: bool,
}

impl Filters {
    /// Checks typed filters against what the index holds.
    ///
    /// # Errors
    /// A value that the index does not hold; the nearest ones are named.
    pub fn resolve(spec: &FilterSpec, index: &OpenIndex) -> Result<Self> {
        let side = |typed: &BTreeMap<FacetName, Vec<String>>| {
            let mut resolved = BTreeMap::new();
            for (facet, values) in typed {
                let held = index.facet_values(*facet)?;
                let values: Result<Vec<_>> =
                    values.iter().map(|v| resolve(*facet, v, &held)).collect();
                resolved.insert(*facet, values?);
            }
            Ok::<_, Error>(resolved)
        };
        Ok(Filters {
            only: side(&spec.only)?,
            not: side(&spec.not)?,
            strict: spec.strict.unwrap_or_default(),
        })
    }

    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.only.is_empty() && self.not.is_empty() && !self.strict
    }

    /// The facets that are filtered, in order.
    pub fn facets(&self) -> Vec<FacetName> {
        let mut facets: Vec<_> = self.only.keys().chain(self.not.keys()).copied().collect();
        facets.sort();
        facets.dedup();
        facets
    }

    /// The same filters but for those of a facet.
    #[must_use]
    pub fn without(&self, facet: FacetName) -> Filters {
        let mut rest = self.clone();
        rest.only.remove(&facet);
        rest.not.remove(&facet);
        rest
    }
}

/// A typed value of a facet that the index holds.
///
/// # Errors
/// A value that it does not hold; the nearest ones are named.
pub fn resolve_one(facet: FacetName, typed: &str, index: &OpenIndex) -> Result<FilterValue> {
    resolve(facet, typed, &index.facet_values(facet)?)
}

fn resolve(facet: FacetName, typed: &str, held: &[String]) -> Result<FilterValue> {
    if facet == FacetName::Year {
        return resolve_years(typed, held);
    }
    let value = match facet {
        FacetName::Country => Gazetteer::built_in().find(typed).map(|c| c.iso3.clone()),
        FacetName::Tier => Some(typed.parse::<Tier>()?.to_string()),
        FacetName::Section => Some(slug(typed)),
        FacetName::Region | FacetName::Theme => path_of(typed, held),
        _ => Some(typed.to_lowercase()),
    };
    match value {
        Some(value) if held.contains(&value) => Ok(FilterValue {
            shown: value.clone(),
            values: vec![value],
        }),
        _ => Err(not_held(facet, typed, held)),
    }
}

/// The whole path of a typed path or of one of its steps, in any case.
fn path_of(typed: &str, held: &[String]) -> Option<String> {
    let typed = fold_name(typed.trim_matches('/'));
    let mut fitting: Vec<&String> = held
        .iter()
        .filter(|path| {
            let path = fold_name(path);
            path == typed || path.ends_with(&format!("/{typed}"))
        })
        .collect();
    fitting.sort_by_key(|path| path.len());
    fitting.first().map(|p| (*p).clone())
}

fn resolve_years(typed: &str, held: &[String]) -> Result<FilterValue> {
    let range: YearRange = typed.parse()?;
    let years: Vec<Year> = held.iter().filter_map(|y| y.parse().ok()).collect();
    let values: Vec<String> = years
        .iter()
        .filter(|y| range.contains(**y))
        .map(Year::to_string)
        .collect();
    if values.is_empty() {
        let error = Error::usage(format!("the index holds no report of the year `{typed}`"));
        return Err(match (years.iter().min(), years.iter().max()) {
            (Some(first), Some(last)) if first == last => {
                error.with_hint(format!("its only year is {first}"))
            }
            (Some(first), Some(last)) => {
                error.with_hint(format!("its years run from {first} to {last}"))
            }
            _ => error,
        });
    }
    Ok(FilterValue {
        shown: range.to_string(),
        values,
    })
}

fn not_held(facet: FacetName, typed: &str, held: &[String]) -> Error {
    let gazetteer = Gazetteer::built_in();
    let (message, near): (String, Vec<String>) = if facet == FacetName::Country {
        let held_countries: Vec<_> = gazetteer
            .countries()
            .iter()
            .filter(|c| held.contains(&c.iso3))
            .collect();
        let names = held_countries
            .iter()
            .flat_map(|c| [&c.name, &c.iso3].into_iter().chain(&c.aliases))
            .map(String::as_str);
        let near = nearest(typed, names, 3)
            .into_iter()
            .map(str::to_owned)
            .collect();
        match gazetteer.find(typed) {
            Some(known) => {
                let former = if known.former {
                    ", a state that is no more"
                } else {
                    ""
                };
                let name = format!("{} ({}){former}", known.name, known.iso3);
                (format!("the index holds no report on {name}"), near)
            }
            None => (format!("`{typed}` is no country that pincite knows"), near),
        }
    } else {
        let steps = held.iter().map(|v| v.rsplit('/').next().unwrap_or(v));
        let near = nearest(typed, held.iter().map(String::as_str).chain(steps), 3);
        let near = near.into_iter().map(str::to_owned).collect();
        (format!("the index holds no {facet} `{typed}`"), near)
    };
    let error = Error::usage(message);
    let list = |names: &[String]| {
        names
            .iter()
            .map(|n| format!("`{n}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match near.len() {
        0 if held.is_empty() => error.with_hint(format!("no passage of it has a {facet}")),
        0 if held.len() <= 12 => error.with_hint(format!("it holds {}", list(held))),
        0 => error.with_hint(format!(
            "`pincite facets --facet {facet}` lists what it holds"
        )),
        _ => error.with_hint(format!("the nearest are {}", list(&near))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_filter_says_itself_goes_first() {
        let of = |year: Option<&str>, strict| {
            let mut spec = FilterSpec {
                strict,
                ..FilterSpec::default()
            };
            spec.add(
                FacetName::Year,
                false,
                &year.map(str::to_owned).into_iter().collect::<Vec<_>>(),
            );
            spec
        };
        for (mine, theirs, both) in [
            (
                of(None, None),
                of(Some("2019"), Some(true)),
                of(Some("2019"), Some(true)),
            ),
            (
                of(Some("2020"), Some(false)),
                of(Some("2019"), Some(true)),
                of(Some("2020"), Some(false)),
            ),
            (of(None, Some(true)), of(None, None), of(None, Some(true))),
        ] {
            assert_eq!(mine.or(&theirs), both);
        }
        let strict = Filters {
            strict: true,
            ..Filters::default()
        };
        assert!(!strict.is_empty() && strict.facets().is_empty());
        assert_eq!(strict.without(FacetName::Year), strict);
    }

    #[test]
    fn commas_divide_values_but_not_names() {
        for (typed, expected) in [
            ("kenya, Nepal", vec!["kenya", "Nepal"]),
            (
                "Congo, Democratic Republic of the",
                vec!["Congo, Democratic Republic of the"],
            ),
            (
                "kenya,Congo, Republic of the,NPL",
                vec!["kenya", "Congo, Republic of the", "NPL"],
            ),
            (" , ", vec![]),
        ] {
            assert_eq!(split(FacetName::Country, typed), expected, "{typed}");
        }
        assert_eq!(split(FacetName::Section, "a,b"), ["a", "b"]);
    }
}
