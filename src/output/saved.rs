//! Saved searches and what is new about them, as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::cells::CsvWriter;
use super::json::{SCHEMA, hits_json, write_line};
use crate::cite::pincite;
use crate::desk::receipt::typed_filters;
use crate::desk::{Mark, News, SavedFile};
use crate::search::Hit;

/// Writes the searches of a file as one object, each with when it was last
/// looked at.
///
/// # Errors
/// What writing fails with.
pub fn write_saved_list(
    out: &mut dyn Write,
    file: &SavedFile,
    marks: &[Option<Mark>],
) -> io::Result<()> {
    let searches = file
        .searches
        .iter()
        .zip(marks)
        .map(|((name, search), mark)| {
            json!({
                "name": name,
                "query": search.query,
                "note": search.note,
                "match": search.mode,
                "literal": search.literal,
                "expand": search.expand,
                "synonyms": search.synonyms,
                "filters": typed_filters(&search.filters),
                "last": mark.as_ref().map(|mark| &mark.date),
                "passages": mark.as_ref().map(|mark| mark.found.len()),
            })
        });
    let searches: Vec<Value> = searches.collect();
    write_line(out, &json!({ "schema": SCHEMA, "searches": searches }))
}

/// Writes what is new about a search as one object on one line: the ids of all
/// that differs by how it does, and at most `limit` hits of each.
///
/// # Errors
/// What writing fails with.
pub fn write_news(out: &mut dyn Write, news: &News, limit: usize) -> io::Result<()> {
    let first = |hits: &[Hit]| hits_json(&hits[..hits.len().min(limit)]);
    let object = json!({
        "schema": SCHEMA,
        "name": news.name,
        "query": news.query,
        "since": news.since,
        "asks_otherwise": news.asks_otherwise,
        "same_corpus": news.same_corpus,
        "passages": news.passages,
        "new": news.difference.new,
        "moved": news.difference.moved,
        "renumbered": news.difference.renumbered,
        "divided": news.difference.divided,
        "joined": news.difference.joined,
        "changed": news.difference.changed,
        "gone": news.difference.gone,
        "new_hits": first(&news.new),
        "changed_hits": first(&news.changed),
    });
    write_line(out, &object)
}

/// Writes what is new about searches as CSV, a passage a row: all of them.
///
/// # Errors
/// What writing fails with.
pub fn write_news_table(out: &mut dyn Write, all: &[News]) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = ["name", "change", "id", "hash", "pincite", "text", "was"];
    writer.row(header)?;
    for news in all {
        for (change, hits) in [("new", &news.new), ("changed", &news.changed)] {
            for hit in hits {
                let passage = &hit.passage;
                let (id, hash) = (passage.id.to_string(), passage.hash());
                let row = [
                    &news.name,
                    change,
                    &id,
                    &hash,
                    &pincite(passage),
                    &passage.text,
                    "",
                ];
                writer.row(row)?;
            }
        }
        let kinds = news.difference.kinds();
        let others = kinds
            .iter()
            .filter(|(kind, _)| !matches!(*kind, "new" | "changed"));
        for (kind, ids) in others {
            for (id, was) in ids {
                let was = was.unwrap_or_default();
                let row = [news.name.as_str(), kind, id, "", "", "", was];
                writer.row(row)?;
            }
        }
    }
    writer.flush()
}
