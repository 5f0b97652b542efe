//! Key words and collocates as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::desk::keyness::Cutoffs;
use crate::desk::{Collocates, CollocatesConfig, Keyness, KeynessConfig};
use crate::index::WordUnit;
use crate::output::cells::CsvWriter;
use crate::output::json::{SCHEMA, filters_json, write_line};
use crate::query::Filters;
use crate::search::{PartSize, Reach};

/// Measures are written with so many digits after the point, so that they are
/// the same on every machine.
const DIGITS: usize = 4;

/// What words are compared with.
#[derive(Debug, Clone, Copy)]
pub enum ReferenceNames<'a> {
    /// All passages that are not asked about.
    Rest,
    /// The other passages of the slice.
    RestOfSlice,
    /// The passages of filters.
    Filters(&'a Filters),
}

/// Writes key words as one object; `query` where the passages of one are asked
/// about.
///
/// # Errors
/// What writing fails with.
pub fn write_keyness_json(
    out: &mut dyn Write,
    query: Option<&str>,
    filters: &Filters,
    reference: ReferenceNames<'_>,
    config: &KeynessConfig,
    keyness: &Keyness,
    limit: usize,
) -> io::Result<()> {
    let (against, reference_filters) = match reference {
        ReferenceNames::Rest => ("rest", None),
        ReferenceNames::RestOfSlice => ("rest of slice", None),
        ReferenceNames::Filters(filters) => ("filters", Some(filters_json(filters))),
    };
    let words = keyness.words.iter().take(limit).map(|word| {
        json!({
            "word": word.forms.first(),
            "forms": word.forms,
            "count": word.focus.count,
            "per_million": rounded(per_million(word.focus.count, keyness.focus)),
            "reports": word.focus.reports,
            "reference_count": word.reference.count,
            "reference_per_million": rounded(per_million(word.reference.count, keyness.reference)),
            "reference_reports": word.reference.reports,
            "g2": rounded(word.g2),
            "log_ratio": rounded(word.log_ratio),
            "percent_diff": word.percent_diff.map(rounded),
        })
    });
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "kind": "keyness",
            "query": query,
            "filters": filters_json(filters),
            "against": against,
            "reference_filters": reference_filters,
            "unit": unit_name(config.unit),
            "cutoffs": cutoffs_json(&config.cutoffs, keyness.critical, keyness.bonferroni),
            "tested": keyness.tested,
            "focus": size_json(keyness.focus),
            "reference": size_json(keyness.reference),
            "total": keyness.words.len(),
            "words": words.collect::<Vec<Value>>(),
        }),
    )
}

/// Writes key words as CSV, a header first.
///
/// # Errors
/// What writing fails with.
pub fn write_keyness_csv(out: &mut dyn Write, keyness: &Keyness, limit: usize) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "word",
        "forms",
        "count",
        "per_million",
        "reports",
        "reference_count",
        "reference_per_million",
        "reference_reports",
        "g2",
        "log_ratio",
        "percent_diff",
    ];
    writer.row(header)?;
    for word in keyness.words.iter().take(limit) {
        let row = [
            word.forms.first().cloned().unwrap_or_default(),
            word.forms.join(";"),
            word.focus.count.to_string(),
            fixed(per_million(word.focus.count, keyness.focus)),
            word.focus.reports.to_string(),
            word.reference.count.to_string(),
            fixed(per_million(word.reference.count, keyness.reference)),
            word.reference.reports.to_string(),
            fixed(word.g2),
            fixed(word.log_ratio),
            word.percent_diff.map(fixed).unwrap_or_default(),
        ];
        writer.row(row)?;
    }
    writer.flush()
}

/// Writes collocates as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_collocates_json(
    out: &mut dyn Write,
    query: &str,
    filters: &Filters,
    config: &CollocatesConfig,
    collocates: &Collocates,
    limit: usize,
) -> io::Result<()> {
    let words = collocates.words.iter().take(limit).map(|word| {
        json!({
            "word": word.forms.first(),
            "forms": word.forms,
            "together": word.together,
            "count": word.held,
            "reports": word.reports,
            "log_dice": rounded(word.log_dice),
            "g2": rounded(word.g2),
            "mi": rounded(word.mutual_information),
        })
    });
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "kind": "collocates",
            "query": query,
            "filters": filters_json(filters),
            "window": reach_json(config.reach),
            "unit": unit_name(config.unit),
            "cutoffs": cutoffs_json(&config.cutoffs, collocates.critical, collocates.bonferroni),
            "tested": collocates.tested,
            "slice": size_json(collocates.slice),
            "matched": collocates.matched,
            "all": collocates.all,
            "total": collocates.words.len(),
            "words": words.collect::<Vec<Value>>(),
        }),
    )
}

/// Writes collocates as CSV, a header first.
///
/// # Errors
/// What writing fails with.
pub fn write_collocates_csv(
    out: &mut dyn Write,
    collocates: &Collocates,
    limit: usize,
) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "word", "forms", "together", "count", "reports", "log_dice", "g2", "mi",
    ];
    writer.row(header)?;
    for word in collocates.words.iter().take(limit) {
        let row = [
            word.forms.first().cloned().unwrap_or_default(),
            word.forms.join(";"),
            word.together.to_string(),
            word.held.to_string(),
            word.reports.to_string(),
            fixed(word.log_dice),
            fixed(word.g2),
            fixed(word.mutual_information),
        ];
        writer.row(row)?;
    }
    writer.flush()
}

/// A count as a share of a part's words, in millionths.
pub(in crate::output) fn per_million(count: u64, part: PartSize) -> f64 {
    count as f64 * 1e6 / part.words.max(1) as f64
}

fn unit_name(unit: WordUnit) -> &'static str {
    match unit {
        WordUnit::Form => "form",
        WordUnit::Stem => "stem",
    }
}

fn reach_json(reach: Reach) -> Value {
    match reach {
        Reach::Sentence => json!("sentence"),
        Reach::Passage => json!("passage"),
        Reach::Words(words) => json!(words),
    }
}

fn cutoffs_json(cutoffs: &Cutoffs, critical: f64, bonferroni: f64) -> Map<String, Value> {
    let pairs = [
        ("p", json!(cutoffs.p)),
        ("bonferroni", json!(cutoffs.bonferroni)),
        ("g2", json!(rounded(critical))),
        ("g2_bonferroni", json!(rounded(bonferroni))),
        ("count", json!(cutoffs.count)),
        ("reports", json!(cutoffs.reports)),
        ("function_words", json!(cutoffs.function_words)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

fn size_json(size: PartSize) -> Value {
    json!({ "passages": size.passages, "reports": size.reports, "words": size.words })
}

fn rounded(value: f64) -> f64 {
    let scale = 10f64.powi(DIGITS as i32);
    (value * scale).round() / scale
}

fn fixed(value: f64) -> String {
    format!("{value:.DIGITS$}")
}
