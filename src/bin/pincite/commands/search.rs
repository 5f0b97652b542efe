//! `pincite search`

use std::path::{Path, PathBuf};

use pincite::error::{Error, Result};
use pincite::index::IndexFolder;
use pincite::output::table::HitTable;
use pincite::output::text::{write_facets, write_hits, write_summary};
use pincite::output::{json, text::TextOptions};
use pincite::query::Filters;
use pincite::search::{SearchRequest, SearchResults, search};

use super::index::build_index;
use super::{read_words, tell_notes, tell_nothing};
use crate::Status;
use crate::args::{DEFAULT_CORPUS, DEFAULT_INDEX, IndexArgs, SearchArgs, SearchFormat, feedback};
use crate::terminal::{Terminal, peak_memory};

pub(crate) fn run(index: &Path, args: &SearchArgs, terminal: &Terminal) -> Result<Status> {
    if !args.facets.is_empty() && matches!(args.format, SearchFormat::Jsonl | SearchFormat::Csv) {
        return Err(Error::usage("`--facets` has no place in this format")
            .with_hint("use `--format json` or `text`, or `pincite facets`"));
    }
    let parsed = read_words(&args.query, &args.matching.reading()?, terminal)?;
    build_if_none(index, terminal)?;
    let index = super::open(index)?;
    let request = SearchRequest {
        query: Some(parsed),
        filters: Filters::resolve(&args.filters.spec()?, &index)?,
        limit: args.limit,
        offset: args.offset,
        sort: args.sort,
        facets: args.facets.clone(),
        feedback: feedback(args.feedback),
    };
    let results = search(&index, &request)?;
    tell_notes(&results, request.query.as_ref(), terminal);
    write(&results, &request, args, terminal)?;
    if results.total > 0 {
        return Ok(Status::Found);
    }
    tell_nothing(
        &index,
        &request,
        args.format == SearchFormat::Text,
        terminal,
    )
}

fn write(
    results: &SearchResults,
    request: &SearchRequest,
    args: &SearchArgs,
    terminal: &Terminal,
) -> Result<()> {
    let query = request.query.as_ref().map(|q| q.text.as_str());
    match args.format {
        SearchFormat::Text if results.total == 0 => Ok(()),
        SearchFormat::Text => terminal.page(|out| {
            let options: TextOptions = terminal.text_options(args.full);
            write_hits(out, results, options)?;
            if let Some(facets) = &results.facets {
                writeln!(out)?;
                write_facets(out, facets, options)?;
            }
            Ok(())
        }),
        SearchFormat::Json => {
            terminal.write(|out| json::write_search(out, None, query, &request.filters, results))
        }
        SearchFormat::Jsonl => terminal.write(|out| json::write_hits(out, &results.hits)),
        SearchFormat::Csv => {
            terminal.write(|out| HitTable::new(out, false)?.write("", &results.hits))
        }
    }
}

/// Where no index is there yet and a corpus is, builds it: one command is
/// enough on a fresh machine. An index that was named must be there.
fn build_if_none(index: &Path, terminal: &Terminal) -> Result<()> {
    let wanted = index == Path::new(DEFAULT_INDEX)
        && !IndexFolder::new(index).holds_index()
        && Path::new(DEFAULT_CORPUS).is_dir();
    if !wanted {
        return Ok(());
    }
    terminal.say(|out| {
        writeln!(
            out,
            "no index in `{DEFAULT_INDEX}/` yet: building it from `{DEFAULT_CORPUS}/`"
        )
    });
    let args = IndexArgs {
        rebuild: false,
        profile: Vec::new(),
        corpora: vec![PathBuf::from(DEFAULT_CORPUS)],
        themes: None,
        threads: 0,
        memory: 512,
    };
    let summary = build_index(index, &args)?;
    terminal.say(|out| write_summary(out, &summary, peak_memory(), terminal.error_options()));
    Ok(())
}
