//! The agreement of coders as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::cells::write_guarded;
use super::json::{SCHEMA, write_line};
use crate::desk::agreement::{Agreement, Pair};

/// Writes an agreement as one object. Measures that are not defined are null.
///
/// # Errors
/// What writing fails with.
pub fn write_json(out: &mut dyn Write, sheet: &str, found: &Agreement) -> io::Result<()> {
    let pair = |pair: &Pair| -> Value {
        let interval = pair.kappa.and_then(|k| k.interval());
        json!({
            "coders": pair.coders.map(|at| &found.coders[at]),
            "rows": pair.units,
            "agreed": pair.agreed,
            "percent_agreement": percent(pair.agreed, pair.units),
            "expected_agreement": pair.kappa.map(|k| k.expected),
            "kappa": pair.kappa.map(|k| k.value),
            "kappa_se": pair.kappa.and_then(|k| k.error),
            "kappa_ci95": interval.map(|(low, high)| [low, high]),
            "confusion": pair.confusion,
        })
    };
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "sheet": sheet,
            "coders": found.coders,
            "level": found.level.as_str(),
            "codes": found.codes,
            "rows": found.rows,
            "rows_measured": found.units,
            "missing": found.missing.iter().map(|m| json!({
                "row": m.row, "id": m.id, "coders": m.coders,
            })).collect::<Vec<_>>(),
            "percent_agreement": percent(found.agreed.0, found.agreed.1),
            "alpha": found.alpha,
            "pairs": found.pairs.iter().map(pair).collect::<Vec<_>>(),
            "disagreements": found.disagreements.iter().map(|d| json!({
                "row": d.row, "id": d.id, "codes": d.codes,
            })).collect::<Vec<_>>(),
        }),
    )
}

/// Writes the measures of an agreement as CSV: measure, coders, value, the bounds
/// of its 95 % interval, the rows it is measured on. What is not defined is empty.
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, found: &Agreement) -> io::Result<()> {
    let shown = |value: Option<f64>| value.map(|v| format!("{v:.6}")).unwrap_or_default();
    let row = |measure: &str, coders: &str, value, bounds: Option<(f64, f64)>, rows: u64| {
        vec![
            measure.to_owned(),
            coders.to_owned(),
            shown(value),
            shown(bounds.map(|b| b.0)),
            shown(bounds.map(|b| b.1)),
            rows.to_string(),
        ]
    };
    let header = ["measure", "coders", "value", "low", "high", "rows"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for pair in &found.pairs {
        let coders = pair.coders.map(|at| found.coders[at].as_str()).join(";");
        let agreed = percent(pair.agreed, pair.units);
        rows.push(row("percent_agreement", &coders, agreed, None, pair.units));
        let kappa = pair.kappa;
        let bounds = kappa.and_then(|k| k.interval());
        rows.push(row(
            "kappa",
            &coders,
            kappa.map(|k| k.value),
            bounds,
            pair.units,
        ));
    }
    let all = found.coders.join(";");
    if found.pairs.len() > 1 {
        let agreed = percent(found.agreed.0, found.agreed.1);
        rows.push(row(
            "percent_agreement",
            &all,
            agreed,
            None,
            found.units as u64,
        ));
    }
    let alpha = format!("alpha_{}", found.level.as_str());
    rows.push(row(&alpha, &all, found.alpha, None, found.units as u64));
    write_guarded(out, rows)
}

/// A share in percent; none of nothing.
pub(super) fn percent(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| 100.0 * part as f64 / all as f64)
}
