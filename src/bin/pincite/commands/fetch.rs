//! `pincite fetch`

use std::io::{self, Write};
use std::time::Duration;

use pincite::error::Result;
use pincite::fetch::{FetchConfig, FetchProgress, FetchSummary, Present, WantedCountry, fetch};
use pincite::output::text::count;

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
        terminal.say(|out| write_progress(out, &progress));
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

fn write_progress(out: &mut dyn Write, progress: &FetchProgress) -> io::Result<()> {
    match progress {
        FetchProgress::Listed { pages, present } => {
            let pages = count(*pages as u64, "page");
            writeln!(out, "{pages} listed, {present} of them there already")
        }
        FetchProgress::Waiting { wait, why } => {
            writeln!(out, "waiting for {} s: {why}", wait.as_secs())
        }
        FetchProgress::Fetched { slug, bytes } => writeln!(out, "{slug}: {bytes} bytes"),
        // At once: whoever reads it may want to stop the run.
        FetchProgress::Failed(failure) => {
            writeln!(out, "{}: not kept: {}", failure.slug, failure.reason)?;
            match failure.reason.hint() {
                Some(hint) => writeln!(out, "hint: {hint}"),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

fn write_fetched(out: &mut dyn Write, summary: &FetchSummary) -> io::Result<()> {
    writeln!(
        out,
        "{} fetched, {} there already, {} failed, {} left",
        count(summary.fetched as u64, "page"),
        summary.present,
        summary.failed.len(),
        summary.left,
    )?;
    for failure in &summary.failed {
        writeln!(out, "  {}: {}", failure.slug, failure.reason)?;
    }
    if !summary.passed_over.is_empty() {
        let links = count(summary.passed_over.len() as u64, "link");
        writeln!(out, "passed over {links} to other than a country:")?;
        for link in &summary.passed_over {
            writeln!(out, "  {link}")?;
        }
    }
    Ok(())
}

fn status(summary: &FetchSummary) -> Status {
    match summary.failed.is_empty() && summary.stopped.is_none() {
        true => Status::Found,
        false => Status::Partly,
    }
}
