//! The JSON of the ledger and of gaps.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::{SCHEMA, write_line};
use crate::index::Ledger;
use crate::index::gaps::{Cell, SeriesGaps};
use crate::index::ledger::{FileEntry, ReportEntry};
use crate::read::Notice;

/// Writes the ledger as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_files(out: &mut dyn Write, ledger: &Ledger) -> io::Result<()> {
    let files: Vec<Value> = ledger.files.iter().map(file_json).collect();
    let found: Vec<Value> = ledger.found.iter().map(notice_json).collect();
    write_line(
        out,
        &json!({ "schema": SCHEMA, "found": found, "files": files }),
    )
}

fn file_json(file: &FileEntry) -> Value {
    json!({
        "name": file.name,
        "input": file.input,
        "bytes": file.bytes,
        "sha256": (!file.hash.is_empty()).then_some(&file.hash),
        "format": file.format,
        "encoding": file.encoding,
        "profile": file.profile,
        "characters": file.characters,
        "in_passages": file.in_passages,
        "in_headings": file.in_headings,
        "dropped": file.dropped.iter().map(|d| json!({
            "what": d.what,
            "characters": d.characters,
        })).collect::<Vec<_>>(),
        "notices": file.notices.iter().map(notice_json).collect::<Vec<_>>(),
        "reports": file.reports.iter().map(report_json).collect::<Vec<_>>(),
    })
}

fn notice_json(notice: &Notice) -> Value {
    json!({
        "path": notice.path,
        "line": notice.line,
        "kind": notice.kind,
        "message": notice.message,
    })
}

fn report_json(report: &ReportEntry) -> Value {
    let edition = report.edition.as_ref();
    json!({
        "id": report.id,
        "line": report.line,
        "left_out": report.left_out,
        "country": edition.and_then(|e| e.country.as_ref()),
        "year": edition.and_then(|e| e.year),
        "tier": edition.and_then(|e| e.tier),
        "tier_source": edition.and_then(|e| e.tier_source),
        "heading_source": edition.and_then(|e| e.heading_source()),
        "sections": edition.map(|e| e.sections.iter().map(|s| json!({
            "key": s.key,
            "source": s.source,
            "passages": s.passages,
        })).collect::<Vec<_>>()),
        "passages": edition.map_or(1, |e| e.passages()),
        "words": edition.map(|e| e.words),
    })
}

/// Writes the gaps of every series as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_gaps(out: &mut dyn Write, series: &[SeriesGaps]) -> io::Result<()> {
    let series: Vec<Value> = series
        .iter()
        .map(|gaps| {
            let missing = gaps.countries.iter().map(|(country, cells)| {
                let years = gaps.years.iter().zip(cells);
                let missing: Vec<u16> = years
                    .filter(|(_, cell)| **cell == Cell::Missing)
                    .map(|(year, _)| *year)
                    .collect();
                json!({ "country": country, "years": missing })
            });
            json!({
                "series": gaps.series,
                "years": gaps.years,
                "missing": missing.collect::<Vec<_>>(),
                "lacking": gaps.lacking.iter().map(|(id, keys)| json!({
                    "id": id,
                    "sections": keys,
                })).collect::<Vec<_>>(),
                "short": gaps.short.iter().map(|short| json!({
                    "id": short.id,
                    "words": short.words,
                    "neighbours": short.neighbours,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    write_line(out, &json!({ "schema": SCHEMA, "series": series }))
}
