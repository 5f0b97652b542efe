//! `pincite search`

use std::path::Path;

use pincite::error::{Error, Result};
use pincite::output::table::HitTable;
use pincite::output::text::{write_facets, write_hits, write_partial};
use pincite::output::{json, text::TextOptions};
use pincite::search::{SearchRequest, SearchResults, search, search_folded};

use super::{Asked, tell_notes, tell_nothing};
use crate::Status;
use crate::args::{SearchArgs, SearchFormat, feedback};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &SearchArgs, terminal: &Terminal) -> Result<Status> {
    if !args.facets.is_empty() && matches!(args.format, SearchFormat::Jsonl | SearchFormat::Csv) {
        return Err(Error::usage("`--facets` has no place in this format")
            .with_hint("use `--format json` or `text`, or `pincite facets`"));
    }
    let Asked {
        index,
        query,
        filters,
    } = Asked::new(index, &args.query, &args.ask, terminal)?;
    if args.fold && args.headings {
        return Err(Error::usage(
            "`--fold` folds passages, and `--headings` adds headings to them",
        )
        .with_hint("leave one of them out"));
    }
    let request = SearchRequest {
        query,
        filters,
        limit: args.limit,
        offset: args.offset,
        sort: args.sort,
        facets: args.facets.clone(),
        feedback: feedback(args.feedback),
        headings: args.headings,
        partial: !args.no_partial,
        excerpts: args.format == SearchFormat::Text && !args.full,
    };
    let results = match args.fold {
        true => search_folded(&index, &request)?,
        false => search(&index, &request)?,
    };
    tell_notes(&results, request.query.as_ref(), terminal);
    write(&results, &request, args, terminal)?;
    if results.total > 0 {
        return Ok(Status::Found);
    }
    let for_people = args.format == SearchFormat::Text;
    let status = tell_nothing(&index, &request, for_people, terminal)?;
    if let Some(partial) = results.partial.filter(|_| for_people) {
        let options = terminal.text_options(args.full);
        terminal.write(|out| write_partial(out, &partial, options))?;
    }
    Ok(status)
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
            write_hits(out, results, request, options)?;
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
        SearchFormat::Csv => terminal.write(|out| {
            let mut table = match args.fold {
                true => HitTable::folded(out)?,
                false => HitTable::new(out, false)?,
            };
            table.write("", &results.hits)
        }),
    }
}
