//! What the queries of a batch are together, as JSON and CSV.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::cells::CsvWriter;
use super::json::{SCHEMA, write_line};
use crate::desk::batch::{Compared, Overlap, QueryDifference, Since, Summary};

/// What was asked of a batch beside its hits.
#[derive(Debug, Clone, Copy)]
pub struct BatchTables<'a> {
    /// The queries with their counts.
    pub summary: &'a Summary,
    /// What they find together and alone, the queries as in `summary`.
    pub overlap: Option<&'a Overlap>,
    /// How they differ from an earlier run.
    pub since: Option<&'a Since>,
    /// The lines that failed, each with the reason.
    pub failed: &'a [(Option<u64>, String)],
}

#[derive(Serialize)]
struct JsonTables<'a> {
    schema: u32,
    by: Option<&'static str>,
    queries: Vec<Value>,
    overlap: Option<JsonOverlap<'a>>,
    since: Option<Value>,
    failed: Vec<Value>,
}

#[derive(Serialize)]
struct JsonOverlap<'a> {
    passages: u64,
    pairs: Pairs<'a>,
}

/// The pairs of queries, made as they are written: there may be millions.
struct Pairs<'a>(&'a Summary, &'a Overlap);

#[derive(Serialize)]
struct Pair<'a> {
    a: &'a str,
    b: &'a str,
    both: u64,
    jaccard: f64,
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Pairs(summary, overlap) = self;
        serializer.collect_seq(overlap.pairs().map(|(a, b)| Pair {
            a: &summary.rows[a].id,
            b: &summary.rows[b].id,
            both: overlap.both(a, b),
            jaccard: overlap.jaccard(a, b),
        }))
    }
}

/// Writes all tables as one object on one line.
///
/// # Errors
/// What writing fails with.
pub fn write_json(out: &mut dyn Write, tables: &BatchTables<'_>) -> io::Result<()> {
    let BatchTables {
        summary,
        overlap,
        since,
        failed,
    } = tables;
    let queries = summary.rows.iter().enumerate().map(|(at, row)| {
        json!({
            "id": row.id,
            "query": row.query,
            "filters": row.filters,
            "passages": row.passages,
            "reports": row.reports,
            "only": overlap.map(|o| o.only[at]),
            "counts": summary.by.map(|_| &row.counts),
        })
    });
    let failed = failed.iter();
    let object = JsonTables {
        schema: SCHEMA,
        by: summary.by.map(|by| by.as_str()),
        queries: queries.collect(),
        overlap: overlap.map(|overlap| JsonOverlap {
            passages: overlap.union,
            pairs: Pairs(summary, overlap),
        }),
        since: since.map(since_json),
        failed: failed
            .map(|(line, error)| json!({"line": line, "error": error}))
            .collect(),
    };
    write_line(out, &object)
}

fn since_json(since: &Since) -> Value {
    let queries = since.queries.iter().map(|query| {
        let is_compared = query.compared != Compared::No;
        let difference = is_compared.then_some(&query.difference);
        json!({
            "id": query.id,
            "query": query.query,
            "query_before": query.query_before,
            "other_filters": query.other_filters,
            "compared": query.compared.as_str(),
            "before": query.before,
            "held": is_compared.then_some(query.held),
            "now": query.now,
            "new": difference.filter(|_| query.compared == Compared::All).map(|d| &d.new),
            "moved": difference.map(|d| &d.moved),
            "renumbered": difference.map(|d| &d.renumbered),
            "divided": difference.map(|d| &d.divided),
            "joined": difference.map(|d| &d.joined),
            "changed": difference.map(|d| &d.changed),
            "gone": difference.map(|d| &d.gone),
            "same": difference.map(|d| d.same),
        })
    });
    json!({
        "file": since.file,
        "other_corpus": since.other_corpus,
        "queries": queries.collect::<Vec<_>>(),
        "missing": since.missing(),
    })
}

/// Writes the counts of the queries: a column for each value of the facet.
///
/// # Errors
/// What writing fails with.
pub fn write_summary_table(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let values = summary.values();
    let by = summary.by.map_or("", |by| by.as_str());
    let mut writer = CsvWriter::new(out);
    let head = ["id", "query", "passages", "reports"].map(str::to_owned);
    let named = values.iter().map(|value| format!("{by}:{value}"));
    let header = head.into_iter().chain(named);
    writer.row(header)?;
    for row in &summary.rows {
        let counts = values.iter().map(|value| row.count_of(value).to_string());
        let head = [
            row.id.clone(),
            row.query.clone(),
            row.passages.to_string(),
            row.reports.to_string(),
        ];
        let cells = head.into_iter().chain(counts);
        writer.row(cells)?;
    }
    writer.flush()
}

/// Writes a row for each pair of queries.
///
/// # Errors
/// What writing fails with.
pub fn write_overlap_table(
    out: &mut dyn Write,
    summary: &Summary,
    overlap: &Overlap,
) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "a",
        "b",
        "passages_a",
        "passages_b",
        "only_a",
        "only_b",
        "both",
        "jaccard",
    ];
    writer.row(header)?;
    for (a, b) in overlap.pairs() {
        let row = [
            summary.rows[a].id.clone(),
            summary.rows[b].id.clone(),
            overlap.passages[a].to_string(),
            overlap.passages[b].to_string(),
            overlap.only[a].to_string(),
            overlap.only[b].to_string(),
            overlap.both(a, b).to_string(),
            format!("{:.6}", overlap.jaccard(a, b)),
        ];
        writer.row(row)?;
    }
    writer.flush()
}

/// Writes a row for each passage that differs, and one without
/// a passage for each query without any.
///
/// # Errors
/// What writing fails with.
pub fn write_since_table(out: &mut dyn Write, since: &Since) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "id", "query", "compared", "before", "held", "now", "change", "passage", "was",
    ];
    writer.row(header)?;
    for query in &since.queries {
        let changes = changes(query);
        let rows = match changes.is_empty() {
            true => vec![("", "", "")],
            false => changes,
        };
        for (change, passage, was) in rows {
            let row = [
                query.id.as_str(),
                &query.query,
                query.compared.as_str(),
                &query.before.map(|n| n.to_string()).unwrap_or_default(),
                &query.held.to_string(),
                &query.now.to_string(),
                change,
                passage,
                was,
            ];
            writer.row(row)?;
        }
    }
    writer.flush()
}

/// The passages that differ, each with how and what it was.
fn changes(query: &QueryDifference) -> Vec<(&'static str, &str, &str)> {
    let kinds = query.difference.kinds().into_iter();
    let passages = kinds.flat_map(|(kind, ids)| {
        let ids = ids.into_iter();
        ids.map(move |(id, was)| (kind, id, was.unwrap_or_default()))
    });
    passages.collect()
}
