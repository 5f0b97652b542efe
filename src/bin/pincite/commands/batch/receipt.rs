//! The receipt of a batch: one search for every line that can be answered.

use std::path::Path;

use pincite::desk::Searched;
use pincite::desk::batch::{BatchConfig, BatchQuery};
use pincite::desk::receipt::ReadingRecord;
use pincite::error::Result;
use pincite::index::OpenIndex;
use pincite::query::{FilterSpec, Filters, Parsed};

use crate::args::BatchArgs;
use crate::commands::receipt::Counter;

/// What a line asked.
struct Line<'q> {
    id: &'q str,
    parsed: Parsed,
    reading: ReadingRecord,
    typed: FilterSpec,
    filters: Filters,
}

/// Hands in the receipt of the lines that can be answered, where one was asked
/// for. A run that went on after a stop has those of before in it too.
pub(super) fn hand_in(
    counter: Counter,
    folder: &Path,
    index: &OpenIndex,
    queries: &[BatchQuery],
    config: &BatchConfig,
    args: &BatchArgs,
) -> Result<()> {
    if args.ask.receipt.receipt.is_none() {
        return counter.hand_in(folder, index, &[]);
    }
    let record = args.ask.matching.record()?;
    let line = |query: &'_ BatchQuery| {
        let reading = config.reading.with(query.mode, query.literal);
        let typed = query.filters.or(&config.filters);
        // A line that fails was named when it was run.
        Some((
            reading.read(&query.query).ok()?,
            Filters::resolve(&typed, index).ok()?,
            typed,
        ))
    };
    let lines = queries.iter().filter_map(|query| {
        let (parsed, filters, typed) = line(query)?;
        Some(Line {
            id: &query.id,
            parsed,
            reading: ReadingRecord {
                mode: query.mode.unwrap_or(record.mode),
                literal: query.literal.unwrap_or(record.literal),
                ..record.clone()
            },
            typed,
            filters,
        })
    });
    let lines: Vec<Line<'_>> = lines.collect();
    let searched = lines.iter().map(|line| Searched {
        id: Some(line.id),
        query: Some(&line.parsed),
        reading: &line.reading,
        typed: &line.typed,
        filters: &line.filters,
    });
    counter.hand_in(folder, index, &searched.collect::<Vec<_>>())
}
