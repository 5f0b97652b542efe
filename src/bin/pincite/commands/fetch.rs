//! `pincite fetch`

use std::time::Duration;

use pincite::error::Result;
use pincite::fetch::{FetchConfig, FetchSummary, Present, WantedCountry, fetch};
use pincite::output::text::{write_fetch_progress, write_fetched};

use crate::Status;
use crate::args::{FetchArgs, FetchSeries};
use crate::report;
use crate::terminal::Terminal;

pub(crate) fn run(args: &FetchArgs, terminal: &Terminal) -> Result<Status> {
    let config = match args.series {
        FetchSeries::Tip => config(args)?,
    };
    // Lines, not a bar: a run takes minutes, and its waits are worth reading.
    let summary = fetch(&config, &|progress| {
        terminal.say(|out| write_fetch_progress(out, &progress));
    })?;
    terminal.write(|out| write_fetched(out, &summary))?;
    if let Some(stopped) = &summary.stopped {
        report::error(stopped, terminal);
    }
    Ok(status(&summary))
}

fn config(args: &FetchArgs) -> Result<FetchConfig> {
    let mut config = FetchConfig::new(args.year.get(), &args.folder)?;
    if let Some(base) = &args.base {
        config.base = base.clone();
    }
    config.countries = countries(&args.country)?;
    config.delay = Duration::from_secs(args.delay);
    config.parallel = usize::from(args.parallel);
    config.retries = args.retries;
    config.longest_wait = Duration::from_secs(args.longest_wait);
    if args.again {
        config.present = Present::FetchAgain;
    }
    Ok(config)
}

/// The countries, repeated or divided by commas; a name may hold a comma
/// itself. Parsed here and not by clap, which would lose the hint.
fn countries(typed: &[String]) -> Result<Vec<WantedCountry>> {
    let mut countries = Vec::new();
    for text in typed {
        match text.parse() {
            Ok(country) => countries.push(country),
            Err(_) => {
                for part in text.split(',') {
                    countries.push(part.trim().parse()?);
                }
            }
        }
    }
    Ok(countries)
}

fn status(summary: &FetchSummary) -> Status {
    match summary.failed.is_empty() && summary.stopped.is_none() {
        true => Status::Found,
        false => Status::Partly,
    }
}
