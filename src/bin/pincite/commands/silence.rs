//! `pincite silence`

use std::path::Path;

use pincite::desk::silence::{SilenceConfig, silence};
use pincite::error::{Error, Result};
use pincite::output::chart::{Caption, heat};
use pincite::output::silence::{write_csv, write_json};
use pincite::output::text::write_silence;

use super::Asked;
use crate::Status;
use crate::args::{SilenceArgs, TableFormat, kept};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &SilenceArgs, terminal: &Terminal) -> Result<Status> {
    if args.rows == args.by {
        let error = Error::usage(format!("rows and columns are both by {}", args.by));
        return Err(error.with_hint("name another facet with `--rows` or `--by`"));
    }
    args.drawing.charts.iter().try_for_each(|c| c.check())?;
    let reading = args.ask.matching.reading()?;
    let Asked {
        index,
        query,
        filters,
    } = Asked::beside(
        index,
        &args.query,
        &args.ask,
        // Who is silent is told by all that the filters leave.
        Some(&args.ask.filters.spec()?),
        terminal,
    )?;
    let query = query.ok_or_else(|| Error::usage("there is no query"))?;
    let config = SilenceConfig {
        rows: args.rows,
        columns: args.by,
        counted: args.count.into(),
        kept: kept(args.only_silent),
        order: args.sort.into(),
        mode: reading.mode,
    };
    let grid = silence(&index, query, &filters, config)?;
    let corpus = &index.manifest.corpus_digest;
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            let options = terminal.text_options(false);
            write_silence(out, &grid, args.drawing.signs(), options)
        })?,
        TableFormat::Json => terminal.write(|out| write_json(out, &grid, &filters, corpus))?,
        TableFormat::Csv => terminal.write(|out| write_csv(out, &grid))?,
    }
    if !args.drawing.charts.is_empty() {
        let caption = Caption::new(&[&grid.query], &filters, corpus, &grid.digest);
        let svg = heat(&grid, &caption);
        args.drawing.charts.iter().try_for_each(|c| c.write(&svg))?;
    }
    let found = grid.total.found.passages + grid.outside.found.passages;
    Ok(match found {
        0 => Status::Nothing,
        _ => Status::Found,
    })
}
