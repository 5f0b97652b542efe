//! What a download does and did.

use std::io::{self, Write};

use super::count;
use crate::fetch::{FetchProgress, FetchSummary};

/// Writes what a download tells while it works, a line each.
///
/// # Errors
/// What writing fails with.
pub fn write_fetch_progress(out: &mut dyn Write, progress: &FetchProgress) -> io::Result<()> {
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
    }
}

/// Writes what a download did.
///
/// # Errors
/// What writing fails with.
pub fn write_fetched(out: &mut dyn Write, summary: &FetchSummary) -> io::Result<()> {
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
