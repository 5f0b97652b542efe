//! `pincite trend`

use std::path::Path;

use pincite::desk::Measure;
use pincite::desk::trend::trend;
use pincite::error::{Error, Result};
use pincite::output::chart::{Caption, MOST_QUERIES, trend_svg};
use pincite::output::text::write_trend;
use pincite::output::trend::{write_csv, write_json};
use pincite::query::Parsed;

use super::Asked;
use super::asked::AskedSeveral;
use crate::Status;
use crate::args::{TableFormat, TrendArgs};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &TrendArgs, terminal: &Terminal) -> Result<Status> {
    if !args.drawing.charts.is_empty() && args.queries.len() > MOST_QUERIES {
        return Err(Error::usage(format!(
            "a chart tells at most {MOST_QUERIES} queries apart, and there are {}",
            args.queries.len()
        ))
        .with_hint("draw several charts, or join queries with `OR`"));
    }
    args.drawing.charts.iter().try_for_each(|c| c.check())?;
    let AskedSeveral {
        index,
        queries,
        filters,
    } = Asked::several(
        index,
        &args.queries,
        &args.ask,
        // Shares are of all that the filters leave.
        Some(&args.ask.filters.spec()?),
        terminal,
    )?;
    let measure = Measure::from(args.measure);
    let trend = trend(&index, queries, &filters, args.by)?;
    let corpus = &index.manifest.corpus_digest;
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            let options = terminal.text_options(false);
            write_trend(out, &trend, measure, args.drawing.signs(), options)
        })?,
        TableFormat::Json => terminal.write(|out| write_json(out, &trend, &filters, corpus))?,
        TableFormat::Csv => terminal.write(|out| write_csv(out, &trend))?,
    }
    if !args.drawing.charts.is_empty() {
        let queries: Vec<&Parsed> = trend.series.iter().map(|s| &s.query).collect();
        let caption = Caption::new(&queries, &filters, corpus, &trend.digest);
        let svg = trend_svg(&trend, measure, &caption);
        args.drawing.charts.iter().try_for_each(|c| c.write(&svg))?;
    }
    for series in trend.series.iter().filter(|s| s.total.passages == 0) {
        terminal.say(|out| {
            writeln!(
                out,
                "note: `{}` matches nothing; `pincite search` tells why",
                series.query.text
            )
        });
    }
    Ok(match trend.series.iter().any(|s| s.total.passages > 0) {
        true => Status::Found,
        false => Status::Nothing,
    })
}
