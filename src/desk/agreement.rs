//! How far coders agree: percent agreement, Cohen's kappa, Krippendorff's alpha,
//! and the rows where they do not.

pub mod alpha;
mod coded;
pub mod kappa;

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use alpha::{Level, alpha};
pub use coded::{CodedRow, CodedSheet, read_coded};
use kappa::{Kappa, kappa};

/// How codes are compared.
#[derive(Debug, Clone, Default)]
pub struct Measuring {
    /// The level of measurement, which alpha heeds.
    pub level: Level,
    /// The codes in their order, for [`Level::Ordinal`]; where it is empty codes
    /// that are all numbers are ordered as numbers.
    pub order: Vec<String>,
}

/// How far coders agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The coders, by the names of their columns.
    pub coders: Vec<String>,
    /// The level of measurement.
    pub level: Level,
    /// The codes that were given, in order.
    pub codes: Vec<String>,
    /// How many rows the sheet has.
    pub rows: usize,
    /// How many rows two coders at least coded.
    pub units: usize,
    /// The rows that lack a code.
    pub missing: Vec<Missing>,
    /// Of all pairs of codes of a row, how many are the same, and how many there
    /// are; with two coders a row is a pair.
    pub agreed: (u64, u64),
    /// Every two coders.
    pub pairs: Vec<Pair>,
    /// Krippendorff's alpha; none where all codes are the same.
    pub alpha: Option<f64>,
    /// The rows where not all codes are the same.
    pub disagreements: Vec<Disagreement>,
}

/// A row that lacks a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its number in the sheet, from 1.
    pub row: u64,
    /// The id of its passage, where it has one.
    pub id: Option<String>,
    /// The coders whose code is missing.
    pub coders: Vec<String>,
}

/// Two coders.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Their places among the coders.
    pub coders: [usize; 2],
    /// How many rows both coded the same.
    pub agreed: u64,
    /// How many rows both coded.
    pub units: u64,
    /// How many rows the first gave the code of the row and the second that of
    /// the column, in the order of [`Agreement::codes`].
    pub confusion: Vec<Vec<u64>>,
    /// Cohen's kappa; none where both gave one and the same code, or where no row
    /// was coded by both.
    pub kappa: Option<Kappa>,
}

/// A row on which coders do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Its number in the sheet, from 1.
    pub row: u64,
    /// The id of its passage, where it has one.
    pub id: Option<String>,
    /// What each coder gave.
    pub codes: Vec<Option<String>>,
}

/// Measures how far the coders of a sheet agree.
///
/// # Errors
/// Fewer than two rows that two coders coded, a code that is no number where the
/// level needs numbers, or one that the order of codes does not name.
pub fn agreement(sheet: &CodedSheet, measuring: &Measuring) -> Result<Agreement> {
    let (codes, values) = codes_of(sheet, measuring)?;
    let place = |code: &String| codes.iter().position(|c| c == code);
    let given: Vec<Vec<Option<usize>>> = sheet
        .rows
        .iter()
        .map(|row| {
            row.codes
                .iter()
                .map(|c| c.as_ref().and_then(place))
                .collect()
        })
        .collect();
    let units: Vec<Vec<usize>> = given
        .iter()
        .map(|row| row.iter().flatten().copied().collect())
        .collect();
    let paired = units.iter().filter(|unit| unit.len() > 1).count();
    if paired < 2 {
        return Err(too_few(sheet, paired));
    }
    let pairs: Vec<Pair> = (0..sheet.coders.len())
        .flat_map(|a| (a + 1..sheet.coders.len()).map(move |b| [a, b]))
        .map(|coders| pair(coders, &given, codes.len()))
        .collect();
    Ok(Agreement {
        coders: sheet.coders.clone(),
        level: measuring.level,
        rows: sheet.rows.len(),
        units: paired,
        missing: missing(sheet),
        agreed: (
            pairs.iter().map(|pair| pair.agreed).sum(),
            pairs.iter().map(|pair| pair.units).sum(),
        ),
        pairs,
        alpha: alpha(&units, &values, measuring.level),
        disagreements: disagreements(sheet),
        codes,
    })
}

/// The codes that were given, in order, with their numbers (their places, where
/// they are not numbers).
fn codes_of(sheet: &CodedSheet, measuring: &Measuring) -> Result<(Vec<String>, Vec<f64>)> {
    let given = sheet.rows.iter().flat_map(|row| row.codes.iter().flatten());
    let given: BTreeSet<&String> = given.collect();
    let places = |codes: &[String]| (0..codes.len()).map(|at| at as f64).collect();
    if !measuring.order.is_empty() {
        let order: Vec<String> = measuring.order.iter().map(|c| coded::folded(c)).collect();
        if let Some(unknown) = given.iter().find(|code| !order.contains(code)) {
            let error = Error::usage(format!(
                "the order of codes lacks `{unknown}`, which row {} has",
                row_of(sheet, unknown)
            ));
            return Err(error.with_hint("name every code in `--order`, the least first"));
        }
        let codes: Vec<String> = order.into_iter().filter(|c| given.contains(c)).collect();
        if !measuring.level.needs_numbers() {
            let values = places(&codes);
            return Ok((codes, values));
        }
    }
    let number = |code: &&String| code.parse::<f64>().ok().filter(|n| n.is_finite());
    let numbers: Option<Vec<f64>> = given.iter().map(number).collect();
    let Some(numbers) = numbers else {
        let word = given.iter().find(|code| number(code).is_none());
        let word = word.map_or("", |code| code.as_str());
        let error = |what: &str| {
            Error::usage(format!(
                "row {} has `{word}`, and `--level {}` {what}",
                row_of(sheet, word),
                measuring.level.as_str()
            ))
        };
        return match measuring.level {
            level if level.needs_numbers() => Err(error("needs numbers")
                .with_hint("take `--level nominal`, or `--level ordinal` with `--order`")),
            Level::Ordinal => Err(error("needs an order")
                .with_hint("name the codes from the least, as `--order low,medium,high`")),
            _ => {
                let codes: Vec<String> = given.into_iter().cloned().collect();
                let values = places(&codes);
                Ok((codes, values))
            }
        };
    };
    let mut both: Vec<(f64, String)> = numbers
        .into_iter()
        .zip(given.into_iter().cloned())
        .collect();
    both.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    Ok(both
        .into_iter()
        .map(|(number, code)| (code, number))
        .unzip())
}

/// The number of the first row with a code.
fn row_of(sheet: &CodedSheet, code: &str) -> u64 {
    let has = |row: &&CodedRow| row.codes.iter().flatten().any(|c| c == code);
    sheet.rows.iter().find(has).map_or(0, |row| row.row)
}

fn too_few(sheet: &CodedSheet, paired: usize) -> Error {
    let codes = sheet.rows.iter().flat_map(|row| row.codes.iter().flatten());
    let found = match (paired, codes.count()) {
        (_, 0) => format!("the columns {} hold no code", sheet.coders.join(", ")),
        (0, _) => format!("no row has codes of two of {}", sheet.coders.join(", ")),
        _ => "only one row has codes of two coders".to_owned(),
    };
    Error::input(found)
        .with_hint("agreement is measured on rows that two coders coded, two at least")
}

fn pair(coders: [usize; 2], given: &[Vec<Option<usize>>], codes: usize) -> Pair {
    let mut confusion = vec![vec![0; codes]; codes];
    for row in given {
        if let (Some(a), Some(b)) = (row[coders[0]], row[coders[1]]) {
            confusion[a][b] += 1;
        }
    }
    Pair {
        coders,
        agreed: (0..codes).map(|code| confusion[code][code]).sum(),
        units: confusion.iter().flatten().sum(),
        kappa: kappa(&confusion),
        confusion,
    }
}

fn missing(sheet: &CodedSheet) -> Vec<Missing> {
    let of = |row: &CodedRow| {
        let coders = sheet.coders.iter().zip(&row.codes);
        let lacking = coders.filter(|(_, code)| code.is_none());
        Missing {
            row: row.row,
            id: row.id.clone(),
            coders: lacking.map(|(coder, _)| coder.clone()).collect(),
        }
    };
    let rows = sheet.rows.iter().map(of);
    rows.filter(|missing| !missing.coders.is_empty()).collect()
}

fn disagreements(sheet: &CodedSheet) -> Vec<Disagreement> {
    let differ = |row: &&CodedRow| {
        let mut codes = row.codes.iter().flatten();
        let first = codes.next();
        codes.any(|code| Some(code) != first)
    };
    let rows = sheet.rows.iter().filter(differ);
    rows.map(|row| Disagreement {
        row: row.row,
        id: row.id.clone(),
        codes: row.codes.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of two coders, a row a word: `yn` is yes and no, `.` no code.
    fn sheet(rows: &str) -> CodedSheet {
        let code = |c: char| (c != '.').then(|| c.to_string());
        let rows = rows.split(' ').zip(2..).map(|(codes, row)| CodedRow {
            row,
            id: Some(format!("doc-{row}:text:1")),
            codes: codes.chars().map(code).collect(),
        });
        CodedSheet {
            coders: vec!["coder_1".to_owned(), "coder_2".to_owned()],
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }

    fn measured(rows: &str) -> Result<Agreement> {
        agreement(&sheet(rows), &Measuring::default())
    }

    #[test]
    fn rows_without_a_code_are_named_and_the_rest_is_measured() {
        let found = measured("yy yn nn y. .. nn").unwrap();
        assert_eq!((found.rows, found.units, found.agreed), (6, 4, (3, 4)));
        let missing: Vec<_> = found
            .missing
            .iter()
            .map(|m| (m.row, m.coders.len()))
            .collect();
        assert_eq!(missing, [(5, 1), (6, 2)]);
        assert_eq!(found.disagreements.len(), 1);
        assert_eq!(found.disagreements[0].id.as_deref(), Some("doc-3:text:1"));
        assert_eq!(found.codes, ["n", "y"]);
        assert_eq!(found.pairs[0].confusion, [[2, 0], [1, 1]]);
        assert_eq!(found.pairs[0].kappa.unwrap().value, 0.5);
    }

    #[test]
    fn what_cannot_be_measured_is_said() {
        for (rows, expected) in [
            (".. ..", "the columns coder_1, coder_2 hold no code"),
            ("y. .n", "no row has codes of two of coder_1, coder_2"),
            ("yn y.", "only one row has codes of two coders"),
        ] {
            let error = measured(rows).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert_eq!(error.kind(), crate::error::ErrorKind::Input);
        }
        let same = measured("yy yy yy").unwrap();
        assert_eq!((same.pairs[0].kappa, same.alpha), (None, None));
        assert_eq!(same.agreed, (3, 3));
    }

    #[test]
    fn levels_ask_for_numbers_or_an_order() {
        let with = |rows: &str, level, order: &[&str]| {
            let order = order.iter().map(|c| (*c).to_owned()).collect();
            agreement(&sheet(rows), &Measuring { level, order })
        };
        let told = |found: Result<Agreement>| found.unwrap_err().to_string();
        assert_eq!(
            told(with("lh hh", Level::Interval, &[])),
            "row 2 has `h`, and `--level interval` needs numbers"
        );
        assert_eq!(
            told(with("lh hh", Level::Ordinal, &[])),
            "row 2 has `h`, and `--level ordinal` needs an order"
        );
        assert_eq!(
            told(with("lh hh", Level::Ordinal, &["L"])),
            "the order of codes lacks `h`, which row 2 has"
        );
        let ordered = with("lm mh ll", Level::Ordinal, &["L", "M", "x", "H"]).unwrap();
        assert_eq!(ordered.codes, ["l", "m", "h"]);
        let numbers = with("12 29 11", Level::Interval, &[]).unwrap();
        assert_eq!(numbers.codes, ["1", "2", "9"]);
    }
}
