//! Krippendorff's alpha, for any number of coders, with codes missing.
//!
//! Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D
//! and E; "Content Analysis" (2004), chapter 11. A unit of `m` codes gives each
//! ordered pair of its codes a weight of `1 / (m - 1)`; the weights of all units
//! are the coincidences `o`, their sums by code `n`. With a difference `d` of the
//! level of measurement
//!
//! ```text
//! alpha = 1 - (n - 1) * sum(o[c][k] * d(c, k)) / sum(n[c] * n[k] * d(c, k))
//! ```

use std::str::FromStr;

use crate::error::{Error, Result};

/// The level of measurement of codes: what the difference of two codes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Codes are the same or not.
    #[default]
    Nominal,
    /// Codes have an order.
    Ordinal,
    /// Codes are numbers with a distance.
    Interval,
    /// Codes are numbers from a true zero.
    Ratio,
}

impl Level {
    /// The names of the levels.
    pub const NAMES: [&'static str; 4] = ["nominal", "ordinal", "interval", "ratio"];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Nominal => "nominal",
            Level::Ordinal => "ordinal",
            Level::Interval => "interval",
            Level::Ratio => "ratio",
        }
    }

    /// Whether its codes must be numbers.
    pub fn needs_numbers(self) -> bool {
        matches!(self, Level::Interval | Level::Ratio)
    }
}

impl FromStr for Level {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "nominal" => Level::Nominal,
            "ordinal" => Level::Ordinal,
            "interval" => Level::Interval,
            "ratio" => Level::Ratio,
            _ => {
                return Err(Error::usage(format!("there is no level `{text}`"))
                    .with_hint(format!("the levels are {}", Level::NAMES.join(", "))));
            }
        })
    }
}

/// Alpha of units, each with the codes it was given, as places in `values`; a
/// unit of fewer than two codes tells nothing. `values` are the numbers of the
/// codes, in order; for [`Level::Nominal`] and [`Level::Ordinal`] their order
/// alone counts. None where all codes are the same, or none can be paired:
/// nothing could differ.
pub fn alpha(units: &[Vec<usize>], values: &[f64], level: Level) -> Option<f64> {
    let codes = values.len();
    let mut coincidences = vec![vec![0.0; codes]; codes];
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let weight = 1.0 / (unit.len() - 1) as f64;
        for (i, a) in unit.iter().enumerate() {
            for (j, b) in unit.iter().enumerate() {
                if i != j {
                    coincidences[*a][*b] += weight;
                }
            }
        }
    }
    let sums: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = sums.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..codes {
        for k in c + 1..codes {
            let difference = difference(level, &sums, values, c, k);
            observed += coincidences[c][k] * difference;
            expected += sums[c] * sums[k] * difference;
        }
    }
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
}

/// The squared difference of two codes, `c < k`.
fn difference(level: Level, sums: &[f64], values: &[f64], c: usize, k: usize) -> f64 {
    let difference = match level {
        Level::Nominal => 1.0,
        Level::Ordinal => sums[c..=k].iter().sum::<f64>() - (sums[c] + sums[k]) / 2.0,
        Level::Interval => values[c] - values[k],
        Level::Ratio => match values[c] + values[k] {
            0.0 => 0.0,
            sum => (values[c] - values[k]) / sum,
        },
    };
    difference * difference
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NUMBERS: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    /// The units of rows of coders, a digit a code, `*` where none was given.
    fn units(coders: &[&str]) -> Vec<Vec<usize>> {
        let of = |unit: usize| {
            let codes = coders.iter().filter_map(|c| c.chars().nth(unit));
            codes
                .filter_map(|c| Some(c.to_digit(10)? as usize - 1))
                .collect()
        };
        (0..coders[0].len()).map(of).collect()
    }

    #[test]
    fn the_worked_examples_of_krippendorff_2011() {
        let near = |found: Option<f64>, expected: f64| {
            assert!(
                (found.unwrap() - expected).abs() < 0.0005,
                "{found:?} {expected}"
            );
        };
        // Section A: two observers, ten units, two codes.
        let binary = units(&["1211111121", "2221121111"]);
        near(alpha(&binary, &NUMBERS[..2], Level::Nominal), 0.095);
        // Section B: two observers, twelve units, five codes.
        let nominal = units(&["112243335441", "212223335444"]);
        near(alpha(&nominal, &NUMBERS, Level::Nominal), 0.692);
        // Sections C to E: four observers, twelve units, codes missing.
        let data = units(&[
            "123321412***",
            "1233224125*3",
            "*3332342251*",
            "12332441251*",
        ]);
        near(alpha(&data, &NUMBERS, Level::Nominal), 0.743);
        near(alpha(&data, &NUMBERS, Level::Ordinal), 0.815);
        near(alpha(&data, &NUMBERS, Level::Interval), 0.849);
        near(alpha(&data, &NUMBERS, Level::Ratio), 0.797);
    }

    #[test]
    fn nothing_can_differ() {
        assert_eq!(alpha(&[], &[], Level::Nominal), None);
        assert_eq!(
            alpha(&[vec![0, 0], vec![0, 0]], &NUMBERS, Level::Nominal),
            None
        );
        assert_eq!(alpha(&[vec![0], vec![1]], &NUMBERS, Level::Nominal), None);
    }

    /// The definition over pairs of codes, without coincidences: what differs
    /// within units and what differs among all codes that can be paired.
    fn by_pairs(units: &[Vec<usize>], level: Level) -> Option<f64> {
        let units: Vec<_> = units.iter().filter(|u| u.len() > 1).collect();
        let all: Vec<usize> = units.iter().flat_map(|u| u.iter().copied()).collect();
        let mut sums = vec![0.0; NUMBERS.len()];
        all.iter().for_each(|code| sums[*code] += 1.0);
        let d = |a: &usize, b: &usize| match a == b {
            true => 0.0,
            false => difference(level, &sums, &NUMBERS, *a.min(b), *a.max(b)),
        };
        let within = |codes: &[usize]| -> f64 {
            codes
                .iter()
                .map(|a| codes.iter().map(|b| d(a, b)).sum::<f64>())
                .sum()
        };
        let n = all.len() as f64;
        let observed: f64 = units
            .iter()
            .map(|u| within(u) / (u.len() - 1) as f64)
            .sum::<f64>()
            / n;
        let expected = within(&all) / (n * (n - 1.0));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    fn any_units() -> impl Strategy<Value = Vec<Vec<usize>>> {
        prop::collection::vec(prop::collection::vec(0usize..5, 0..5), 0..20)
    }

    fn near(a: Option<f64>, b: Option<f64>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a == b,
        }
    }

    proptest! {
        #[test]
        fn it_is_what_its_definition_says(units in any_units()) {
            for level in [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio] {
                let found = alpha(&units, &NUMBERS, level);
                prop_assert!(near(found, by_pairs(&units, level)), "{:?}", level);
                prop_assert!(found.is_none_or(|a| a <= 1.0 + 1e-12));
            }
        }

        #[test]
        fn the_order_of_units_and_coders_does_not_matter(units in any_units()) {
            let turned: Vec<Vec<usize>> = units.iter().rev()
                .map(|unit| unit.iter().rev().copied().collect()).collect();
            for level in [Level::Nominal, Level::Ordinal, Level::Interval] {
                prop_assert!(near(alpha(&units, &NUMBERS, level), alpha(&turned, &NUMBERS, level)));
            }
        }

        #[test]
        fn it_is_one_where_all_agree(codes in prop::collection::vec((0usize..5, 2usize..5), 2..20)) {
            let units: Vec<Vec<usize>> = codes.iter().map(|(code, n)| vec![*code; *n]).collect();
            let differ = codes.iter().any(|(code, _)| *code != codes[0].0);
            let expected = differ.then_some(1.0);
            prop_assert_eq!(alpha(&units, &NUMBERS, Level::Ordinal), expected);
        }
    }
}
