//! The grid of silence as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::desk::silence::{Cell, Counted, Line, Silence};
use crate::index::FacetName;
use crate::output::cells::CsvWriter;
use crate::output::json::{SCHEMA, added_json, filters_json, patterns_json, write_line};
use crate::query::Filters;

/// Writes the grid as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_json(
    out: &mut dyn Write,
    silence: &Silence,
    filters: &Filters,
    corpus: &str,
) -> io::Result<()> {
    let config = &silence.config;
    let rows = silence.rows.iter().zip(&silence.cells);
    let rows: Vec<Value> = rows
        .map(|(row, cells)| {
            let cells = silence.columns.iter().zip(cells);
            let cells: Vec<Value> = cells
                .map(|(column, c)| cell(&column.value, c, config.counted))
                .collect();
            let mut object = line(row);
            object["cells"] = json!(cells);
            object
        })
        .collect();
    let counted = match config.counted {
        Counted::Passages => "passages",
        Counted::Hits => "hits",
    };
    let object = json!({
        "schema": SCHEMA,
        "query": silence.query.text,
        "understood": silence.query.tree.to_string(),
        "added": added_json(&silence.query.added),
        "patterns": patterns_json(&silence.expansions),
        "printed": silence.forms,
        "filters": filters_json(filters),
        "corpus": corpus,
        "answer": silence.digest,
        "count": counted,
        "total": totals(&silence.total),
        "outside": totals(&silence.outside),
        "expand": silence.offer.as_ref().map(|offer| json!({
            "added": added_json(&offer.added),
            "passages": offer.passages,
            "reports": offer.reports,
        })),
        "by_heading": silence.by_heading.iter().map(|heading| json!({
            "id": heading.id.to_string(),
            "title": heading.report.title,
            "heading": heading.text,
        })).collect::<Vec<_>>(),
        "columns": {"facet": config.columns.as_str(), "values": silence.columns.iter().map(line).collect::<Vec<_>>()},
        "rows": {"facet": config.rows.as_str(), "left_out": silence.left_out, "values": rows},
    });
    write_line(out, &object)
}

fn totals(cell: &Cell) -> Value {
    json!({
        "reports": cell.all.reports,
        "speak": cell.speak(),
        "silent": cell.silent(),
        "passages": cell.found.passages,
        "hits": cell.found.hits,
    })
}

fn line(line: &Line) -> Value {
    json!({"value": line.value, "label": line.label, "total": totals(&line.all)})
}

fn cell(column: &str, cell: &Cell, counted: Counted) -> Value {
    json!({
        "column": column,
        "status": cell.status().as_str(),
        "count": cell.count(counted),
        "reports": cell.all.reports,
        "speak": cell.speak(),
    })
}

/// Writes the grid as CSV, a cell a line: the row (a country with its code),
/// the column, the count (empty where there is no report), the status, the
/// reports, and those that speak.
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, silence: &Silence) -> io::Result<()> {
    let config = &silence.config;
    let is_country = config.rows == FacetName::Country;
    let mut writer = CsvWriter::new(out);
    let mut head = vec![config.rows.as_str()];
    if is_country {
        head.push("iso3");
    }
    head.extend([
        config.columns.as_str(),
        "count",
        "status",
        "reports",
        "speak",
    ]);
    writer.row(head)?;
    for (row, cells) in silence.rows.iter().zip(&silence.cells) {
        for (column, cell) in silence.columns.iter().zip(cells) {
            let mut record = match is_country {
                true => vec![row.label.clone(), row.value.clone()],
                false => vec![row.value.clone()],
            };
            let count = cell.count(config.counted);
            record.extend([
                column.value.clone(),
                count.map(|n| n.to_string()).unwrap_or_default(),
                cell.status().as_str().to_owned(),
                cell.all.reports.to_string(),
                cell.speak().to_string(),
            ]);
            writer.row(record)?;
        }
    }
    writer.flush()
}
