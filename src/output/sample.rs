//! What a sample was drawn from, as JSON and CSV.

use std::io::{self, Write};

use serde_json::json;

use super::cells::write_guarded;
use super::json::{SCHEMA, filters_json, write_line};
use crate::desk::Provenance;
use crate::desk::sample::Sample;

/// Writes what a sample was drawn from as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_json(
    out: &mut dyn Write,
    sheet: &str,
    sample: &Sample,
    from: &Provenance,
) -> io::Result<()> {
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "query": from.query,
            "understood": from.understood,
            "filters": filters_json(&from.filters),
            "sheet": sheet,
            "population": sample.population,
            "sample": sample.hits.len(),
            "seed": sample.config.seed,
            "stratify": sample.config.stratify.map(|facet| facet.as_str()),
            "strata": sample.strata.iter().map(|s| json!({
                "stratum": s.value,
                "population": s.population,
                "sample": s.sample,
                "weight": s.weight(),
            })).collect::<Vec<_>>(),
            "ids": sample.hits.iter().map(|h| h.passage.id.to_string()).collect::<Vec<_>>(),
            "corpus_digest": from.corpus_digest,
            "pincite": from.pincite,
            "date": from.date.to_string(),
        }),
    )
}

/// Writes the strata of a sample as CSV.
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, sample: &Sample) -> io::Result<()> {
    let header = ["stratum", "population", "sample", "weight"];
    let strata = sample.strata.iter().map(|s| {
        vec![
            s.value.clone(),
            s.population.to_string(),
            s.sample.to_string(),
            s.weight().map(|w| format!("{w:.6}")).unwrap_or_default(),
        ]
    });
    write_guarded(
        out,
        std::iter::once(header.map(str::to_owned).to_vec()).chain(strata),
    )
}
