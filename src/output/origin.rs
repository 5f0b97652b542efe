//! Histories of passages as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::cells::CsvWriter;
use super::changes::changes_json;
use super::json::{SCHEMA, write_line};
use crate::cite::pincite;
use crate::desk::{Edition, Origin, Saying};
use crate::text::fold;
use crate::text::likeness::{Likeness, REWORDED};

/// Writes histories as one object; `with_changes` adds how each passage differs
/// from the one before it that it is nearest to.
///
/// # Errors
/// What writing fails with.
pub fn write_json(out: &mut dyn Write, origins: &[Origin], with_changes: bool) -> io::Result<()> {
    let origins: Vec<Value> = origins
        .iter()
        .map(|origin| origin_json(origin, with_changes))
        .collect();
    write_line(
        out,
        &json!({ "schema": SCHEMA, "reworded_from": REWORDED, "origins": origins }),
    )
}

fn origin_json(origin: &Origin, with_changes: bool) -> Value {
    let before = match with_changes {
        true => origin.before(),
        false => vec![None; origin.sayings.len()],
    };
    let sayings = origin.sayings.iter().zip(before).map(|(saying, before)| {
        let mut object = saying_json(saying);
        if let Some(before) = before.map(|at| &origin.sayings[at].passage) {
            object["before"] = json!(before.id.to_string());
            object["changes"] = changes_json(&before.text, &saying.passage.text, fold);
        }
        object
    });
    let first = origin.sayings.first().filter(|saying| saying.is_first);
    json!({
        "id": origin.asked.id.to_string(),
        "pincite": pincite(&origin.asked),
        "first_year": first.and_then(|s| s.passage.report.year).map(|y| y.get()),
        "sayings": sayings.collect::<Vec<_>>(),
        "editions": origin.editions.iter()
            .map(|(year, edition)| json!({"year": year, "state": edition.as_str()}))
            .collect::<Vec<_>>(),
    })
}

fn saying_json(saying: &Saying) -> Value {
    let passage = &saying.passage;
    let country = passage.report.country.as_ref();
    json!({
        "id": passage.id.to_string(),
        "year": passage.report.year.map(|y| y.get()),
        "country": country.map(|c| json!({"name": c.name, "iso3": c.iso3})),
        "is_first": saying.is_first,
        "is_asked": saying.is_asked,
        "how": how(saying),
        "resemblance": saying.resemblance,
        "via": saying.via.as_ref().map(ToString::to_string),
        "pincite": pincite(passage),
        "text": passage.text,
        "hash": passage.hash(),
        "note": passage.report.note,
        "before": null,
        "changes": null,
    })
}

/// How a passage says what was asked for.
fn how(saying: &Saying) -> &'static str {
    match saying.likeness {
        Some(Likeness::Same) => "same",
        Some(Likeness::Reworded(_)) => "reworded",
        None => "chain",
    }
}

/// Writes histories as a table: a row for each passage that says it, and one for
/// each year between the editions that does not (`silent`) or that has no
/// edition (`missing`).
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, origins: &[Origin]) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "asked",
        "year",
        "state",
        "first",
        "how",
        "resemblance",
        "id",
        "via",
        "pincite",
        "hash",
        "text",
        "note",
    ];
    writer.row(header)?;
    for origin in origins {
        let mut rows: Vec<(Option<u16>, [String; 10])> = Vec::new();
        for saying in &origin.sayings {
            let passage = &saying.passage;
            let cells = [
                Edition::Said.as_str().to_owned(),
                saying.is_first.to_string(),
                how(saying).to_owned(),
                format!("{:.4}", saying.resemblance),
                passage.id.to_string(),
                saying
                    .via
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                pincite(passage),
                passage.hash(),
                passage.text.clone(),
                passage.report.note.clone().unwrap_or_default(),
            ];
            rows.push((passage.report.year.map(|y| y.get()), cells));
        }
        for (year, edition) in origin.editions.iter().filter(|e| e.1 != Edition::Said) {
            let mut cells: [String; 10] = Default::default();
            cells[0] = edition.as_str().to_owned();
            rows.push((Some(*year), cells));
        }
        // Those of one year stay in their order.
        rows.sort_by_key(|(year, _)| (year.is_none(), *year));
        let asked = origin.asked.id.to_string();
        for (year, cells) in rows {
            let year = year.map(|y| y.to_string()).unwrap_or_default();
            let row = [asked.clone(), year].into_iter().chain(cells);
            writer.row(row)?;
        }
    }
    writer.flush()
}
