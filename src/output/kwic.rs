//! A concordance as JSON and CSV.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use crate::cite::pincite;
use crate::desk::{Concordance, ConcordanceConfig, KwicSort, Line};
use crate::output::cells::CsvWriter;
use crate::output::json::{SCHEMA, filters_json, write_line};
use crate::query::Filters;

const COLUMNS: [&str; 15] = [
    "id", "pincite", "series", "country", "iso3", "year", "left", "match", "right", "start", "end",
    "hash", "path", "remark", "note",
];

#[derive(Serialize)]
struct JsonLine<'a> {
    id: String,
    pincite: String,
    series: &'a str,
    country: Option<JsonCountry<'a>>,
    year: Option<u16>,
    left: &'a str,
    #[serde(rename = "match")]
    matched: &'a str,
    right: &'a str,
    start: usize,
    end: usize,
    hash: String,
    path: &'a str,
    remark: Option<String>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCountry<'a> {
    name: &'a str,
    iso3: &'a str,
}

impl<'a> JsonLine<'a> {
    fn new(line: &'a Line) -> Self {
        let report = &line.passage.report;
        let at = line.code_points();
        JsonLine {
            id: line.passage.id.to_string(),
            pincite: pincite(&line.passage),
            series: report.series.as_str(),
            country: report.country.as_ref().map(|c| JsonCountry {
                name: &c.name,
                iso3: &c.iso3,
            }),
            year: report.year.map(|y| y.get()),
            left: line.left(),
            matched: line.matched(),
            right: line.right(),
            start: at.start,
            end: at.end,
            hash: line.passage.hash(),
            path: &report.path,
            remark: line.passage.remark(),
            note: report.note.as_deref(),
        }
    }
}

/// Writes a concordance as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_concordance_json(
    out: &mut dyn Write,
    query: &str,
    filters: &Filters,
    config: &ConcordanceConfig,
    concordance: &Concordance,
) -> io::Result<()> {
    let sort: Vec<&str> = config.sort.iter().copied().map(KwicSort::as_str).collect();
    let sample = config
        .sample
        .map(|(number, seed)| json!({ "asked": number, "seed": seed, "drawn": concordance.drawn }));
    let lines: Vec<JsonLine<'_>> = concordance.lines.iter().map(JsonLine::new).collect();
    write_line(
        out,
        &json!({
            "schema": SCHEMA,
            "query": query,
            "filters": filters_json(filters),
            "sort": sort,
            "sample": sample,
            "total": concordance.total,
            "passages": concordance.passages,
            "lines": lines,
        }),
    )
}

/// Writes the lines of a concordance, one object a line.
///
/// # Errors
/// What writing fails with.
pub fn write_concordance_jsonl(out: &mut dyn Write, concordance: &Concordance) -> io::Result<()> {
    let mut lines = concordance.lines.iter();
    lines.try_for_each(|line| write_line(out, &JsonLine::new(line)))
}

/// Writes a concordance as CSV, a header first.
///
/// # Errors
/// What writing fails with.
pub fn write_concordance_csv(out: &mut dyn Write, concordance: &Concordance) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    writer.row(COLUMNS)?;
    for line in concordance.lines.iter().map(JsonLine::new) {
        let country = line.country.as_ref();
        let row = [
            line.id.as_str(),
            &line.pincite,
            line.series,
            country.map_or("", |c| c.name),
            country.map_or("", |c| c.iso3),
            &line.year.map(|y| y.to_string()).unwrap_or_default(),
            line.left,
            line.matched,
            line.right,
            &line.start.to_string(),
            &line.end.to_string(),
            &line.hash,
            line.path,
            line.remark.as_deref().unwrap_or_default(),
            line.note.unwrap_or_default(),
        ];
        writer.row(row)?;
    }
    writer.flush()
}
