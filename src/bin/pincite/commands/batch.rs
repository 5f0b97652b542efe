//! `pincite batch`

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use pincite::desk::batch::BatchConfig;
use pincite::desk::{BatchFormat, BatchItem, BatchQuery, Searched, read_batch, run_batch};
use pincite::error::{Error, Result};
use pincite::index::OpenIndex;
use pincite::output::table::HitTable;
use pincite::output::text::{count, expansion_note};
use pincite::output::{json, trec};
use pincite::query::FilterSpec;

use super::receipt::Counter;
use crate::args::{BatchArgs, BatchOutput, feedback};
use crate::terminal::Terminal;
use crate::{Status, report};

pub(crate) fn run(index: &Path, args: &BatchArgs, terminal: &Terminal) -> Result<Status> {
    let name = args.file.display().to_string();
    let counter = Counter::new(&args.ask.receipt)?;
    let bytes = read(&args.file, &name)?;
    let folder = index;
    let index = super::open(folder)?;
    let (queries, mut errors) = read_batch(&bytes, BatchFormat::of(&args.file), &name)?;
    let config = BatchConfig {
        reading: args.ask.matching.reading()?,
        filters: args.ask.filters.spec()?,
        limit: args.limit,
        sort: args.sort,
        feedback: feedback(args.feedback),
        threads: usize::from(args.threads),
    };
    let mut items = Vec::new();
    for item in run_batch(&index, &queries, &config, &name)? {
        match item {
            Ok(item) => items.push(item),
            Err(e) => errors.push(e),
        }
    }
    errors.sort_by_key(|e| {
        e.snippet()
            .and_then(|s| s.place.rsplit(':').next()?.parse::<u64>().ok())
    });
    hand_in(counter, folder, &index, &queries, &config, &items, args)?;
    write(&items, args.format, terminal)?;
    tell(&items, terminal);
    for error in &errors {
        report::error(error, terminal);
    }
    if !errors.is_empty() {
        let failed = count(errors.len() as u64, "line");
        let answered = items.len();
        terminal.say(|out| writeln!(out, "{failed} failed; queries answered: {answered}"));
        return Ok(Status::Partly);
    }
    match items.iter().any(|item| item.results.total > 0) {
        true => Ok(Status::Found),
        false => Ok(Status::Nothing),
    }
}

/// Hands in the receipt of the queries that were answered.
fn hand_in(
    counter: Counter,
    folder: &Path,
    index: &OpenIndex,
    queries: &[BatchQuery],
    config: &BatchConfig,
    items: &[BatchItem],
    args: &BatchArgs,
) -> Result<()> {
    let reading = args.ask.matching.record()?;
    let typed: HashMap<&str, FilterSpec> = queries
        .iter()
        .map(|query| (query.id.as_str(), query.filters.or(&config.filters)))
        .collect();
    let searched = items.iter().filter_map(|item| {
        Some(Searched {
            id: Some(&item.id),
            query: Some(&item.parsed),
            reading: &reading,
            typed: typed.get(item.id.as_str())?,
            filters: &item.filters,
        })
    });
    counter.hand_in(folder, index, &searched.collect::<Vec<_>>())
}

/// Says how queries were understood that may be meant otherwise, and what
/// their patterns stood for.
fn tell(items: &[BatchItem], terminal: &Terminal) {
    for item in items {
        let mixed = item.parsed.mixed;
        let understood = mixed.then(|| format!("understood as {}", item.parsed.tree));
        let patterns = item.results.expansions.iter().map(expansion_note);
        for note in understood.into_iter().chain(patterns) {
            terminal.say(|out| writeln!(out, "note: query {}: {note}", item.id));
        }
    }
}

/// The bytes of a file, or of standard input.
pub(super) fn read(file: &Path, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = match file == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        false => std::fs::read(file).map(|read| bytes = read),
    };
    read.map_err(|e| Error::usage(format!("`{name}` cannot be read")).with_cause(e))?;
    Ok(bytes)
}

fn write(items: &[BatchItem], format: BatchOutput, terminal: &Terminal) -> Result<()> {
    terminal.write(|out| match format {
        BatchOutput::Jsonl => items.iter().try_for_each(|item| {
            let query = Some(item.parsed.text.as_str());
            json::write_search(out, Some(&item.id), query, &item.filters, &item.results)
        }),
        BatchOutput::Csv => {
            let mut table = HitTable::new(out, true)?;
            items
                .iter()
                .try_for_each(|item| table.write(&item.id, &item.results.hits))
        }
        BatchOutput::Trec => items
            .iter()
            .try_for_each(|item| trec::write_run(out, &item.id, &item.results.hits)),
    })
}
