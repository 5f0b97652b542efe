//! The values of a facet as rows, columns and groups of a table: their names
//! and their order.

use crate::index::FacetName;
use crate::report::{Gazetteer, Tier, Year};
use crate::text::fold::fold_name;

/// The most years side by side without a report that a table shows.
const SHOWN: u16 = 5;

/// A value for people: a country by its name, a tier as it is read.
pub fn label(facet: FacetName, value: &str) -> String {
    match facet {
        FacetName::Country => Gazetteer::built_in()
            .find(value)
            .map_or_else(|| value.to_owned(), |country| country.name.clone()),
        FacetName::Tier => value
            .parse::<Tier>()
            .map_or_else(|_| value.to_owned(), |tier| tier.label().to_owned()),
        _ => value.to_owned(),
    }
}

/// Values in the order of a table: years and tiers in their own, others by
/// name. Of years between others that have no report up to five side by side
/// are there too, so that they are seen; more of them are left out.
pub fn ordered(facet: FacetName, held: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = held.collect();
    match facet {
        FacetName::Year => {
            let held = values.iter().filter_map(|v| v.parse::<Year>().ok());
            let mut held: Vec<u16> = held.map(Year::get).collect();
            held.sort_unstable();
            values.clear();
            let mut before: Option<u16> = None;
            for year in held {
                let from = before.map_or(year, |before| before + 1);
                if year - from <= SHOWN {
                    values.extend((from..year).map(|y| y.to_string()));
                }
                values.push(year.to_string());
                before = Some(year);
            }
        }
        FacetName::Tier => values.sort_by_key(|v| (v.parse::<Tier>().ok(), v.clone())),
        _ => values.sort_by_cached_key(|v| (fold_name(&label(facet, v)), v.clone())),
    }
    values
}

/// The years that [`ordered`] left out before a value, as `2000-2020`; none
/// where the one before it is the year before, or where they are no years.
pub fn left_out_before(values: &[&str], at: usize) -> Option<String> {
    let year = |at: usize| values.get(at)?.parse::<Year>().ok().map(Year::get);
    let (before, this) = (year(at.checked_sub(1)?)?, year(at)?);
    match this.checked_sub(before)? {
        0 | 1 => None,
        2 => Some((before + 1).to_string()),
        _ => Some(format!("{}-{}", before + 1, this - 1)),
    }
}

/// All years that were left out, in order.
pub fn left_out(values: &[&str]) -> Vec<String> {
    let places = 1..values.len();
    places
        .filter_map(|at| left_out_before(values, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_an_order_of_their_own() {
        let in_order = |facet, values: &[&str]| {
            ordered(facet, values.iter().map(|v| (*v).to_owned())).join(" ")
        };
        for (facet, values, expected) in [
            (
                FacetName::Year,
                &["2021", "2018"][..],
                "2018 2019 2020 2021",
            ),
            (
                FacetName::Year,
                &["2021", "2015", "1215"],
                "1215 2015 2016 2017 2018 2019 2020 2021",
            ),
            (FacetName::Year, &[], ""),
            (
                FacetName::Tier,
                &["special", "3", "2WL", "1"],
                "1 2WL 3 special",
            ),
            (FacetName::Country, &["ZAF", "KHM", "CIV"], "KHM CIV ZAF"),
            (FacetName::Section, &["b", "a"], "a b"),
        ] {
            assert_eq!(in_order(facet, values), expected);
        }
        assert_eq!(left_out(&["1215", "2015", "2016"]), ["1216-2014"]);
        assert_eq!(left_out(&["b", "a"]), [""; 0]);
        assert_eq!(label(FacetName::Country, "KHM"), "Cambodia");
        assert_eq!(label(FacetName::Tier, "2WL"), "Tier 2 Watch List");
    }
}
