//! Downloading the country pages of an official Trafficking in Persons report,
//! slowly and politely, into a folder that a later run goes on with.
//!
//! [`fetch`] asks the site for the list of an edition's countries
//! (`edition`), asks for each page that the folder lacks (`client`: pace,
//! retries, redirects), checks that a report came and no error page
//! (`check`), and keeps it (`store`). It reads no report and prints nothing.

mod check;
mod client;
mod clock;
mod edition;
mod index;
mod pace;
mod reason;
mod run;
mod store;
mod wait;
mod wanted;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::error::{Error, Result};

pub use check::Unfit;
pub use clock::{Clock, SystemClock};
pub use reason::FetchReason;
pub use wanted::WantedCountry;

/// The most pages that may be asked for at the same time.
pub const MOST_PARALLEL: usize = 4;

/// What to fetch, to where, and how politely.
#[derive(Debug, Clone)]
pub struct FetchConfig {
    /// The site, as `https://www.state.gov`: scheme, host and port alone count.
    pub base: Url,
    /// The year of the edition, 2015 or later.
    pub year: u16,
    /// The countries to fetch; none means all of the edition.
    pub countries: Vec<WantedCountry>,
    /// Where pages (`tip/{year}/{slug}.html`) and the manifest
    /// (`fetched.jsonl`) go.
    pub folder: PathBuf,
    /// The least time between the end of a request and the next one.
    pub delay: Duration,
    /// How many requests may run at the same time, 1 to [`MOST_PARALLEL`].
    pub parallel: usize,
    /// How many times more a page is asked for when the site is busy or cannot
    /// be reached.
    pub retries: u32,
    /// The longest wait before a retry. Where the site asks for a longer one,
    /// the run stops instead of asking too early.
    pub longest_wait: Duration,
    /// What the program calls itself; the site refuses all that does not begin
    /// with `Mozilla/5.0`.
    pub user_agent: String,
    /// What to do with pages that the folder has already.
    pub present: Present,
}

/// What to do with pages that the folder has already, unchanged since they
/// were fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// Keep them; no request is made.
    Keep,
    /// Ask for them again.
    FetchAgain,
}

impl FetchConfig {
    /// A polite fetch of all countries of an edition into a folder: one request
    /// at a time, one second between them, five retries, waits of up to five
    /// minutes, from the official host of the year.
    ///
    /// # Errors
    /// A usage error for a year whose edition has no page for each country.
    pub fn new(year: u16, folder: impl Into<PathBuf>) -> Result<Self> {
        Ok(FetchConfig {
            base: edition::official_host(year)?,
            year,
            countries: Vec::new(),
            folder: folder.into(),
            delay: Duration::from_secs(1),
            parallel: 1,
            retries: 5,
            longest_wait: Duration::from_secs(300),
            user_agent: format!(
                "Mozilla/5.0 (compatible; pincite/{})",
                env!("CARGO_PKG_VERSION")
            ),
            present: Present::Keep,
        })
    }

    fn check(&self) -> Result<()> {
        edition::official_host(self.year)?;
        if !matches!(self.base.scheme(), "http" | "https") || !self.base.has_host() {
            return Err(Error::usage(format!("`{}` is no web site", self.base))
                .with_hint("write it as `https://www.state.gov`"));
        }
        if !(1..=MOST_PARALLEL).contains(&self.parallel) {
            return Err(Error::usage(format!(
                "{} requests at the same time are not possible",
                self.parallel
            ))
            .with_hint(format!("take 1 to {MOST_PARALLEL}")));
        }
        if !self.user_agent.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            return Err(Error::usage(
                "the user agent holds other than printable ASCII characters",
            ));
        }
        Ok(())
    }
}

/// What a run tells while it works.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchProgress {
    /// The edition's pages are known.
    Listed {
        /// The pages asked for.
        pages: usize,
        /// Those of them that the folder has.
        present: usize,
    },
    /// The site is busy or cannot be reached; the run waits.
    Waiting {
        /// How long.
        wait: Duration,
        /// Why, as `status 429`.
        why: String,
    },
    /// A page was fetched and kept.
    Fetched {
        /// The country's name in its address, as `cambodia`.
        slug: String,
        /// Its size.
        bytes: u64,
    },
    /// A page was not kept; the run goes on.
    Failed(FetchFailure),
}

/// What a run did.
#[derive(Debug)]
pub struct FetchSummary {
    /// How many pages were fetched and kept.
    pub fetched: usize,
    /// How many the folder had already.
    pub present: usize,
    /// Those that were not kept, by slug.
    pub failed: Vec<FetchFailure>,
    /// How many were not tried, because the run stopped.
    pub left: usize,
    /// Links of the edition that name no country of the gazetteer, or one that
    /// another link named before.
    pub passed_over: Vec<String>,
    /// Why the run stopped early, with what to do; what was fetched is kept.
    pub stopped: Option<Error>,
}

/// A page that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchFailure {
    /// The country's name in its address, as `cambodia`.
    pub slug: String,
    /// The page's address, if one is known.
    pub url: Option<Url>,
    /// Why it was not kept.
    pub reason: FetchReason,
}

/// Fetches the country pages of an edition that the folder lacks.
///
/// A page that fails does not end the run. The run stops early, with what it
/// fetched kept, when the site refuses or fails three pages in a row or asks
/// for a longer wait than allowed; [`FetchSummary::stopped`] tells so. A run
/// that was stopped or killed is gone on with by the next one.
///
/// # Errors
/// A config that makes no sense, an edition whose index cannot be had or lists
/// no country, a folder that another run works on, and what the operating
/// system refuses.
pub fn fetch(
    config: &FetchConfig,
    progress: &(dyn Fn(FetchProgress) + Sync),
) -> Result<FetchSummary> {
    fetch_by(config, &SystemClock::new(), progress)
}

/// Fetches as [`fetch`], with the time and the waits of another clock.
///
/// # Errors
/// As [`fetch`].
pub fn fetch_by(
    config: &FetchConfig,
    clock: &dyn Clock,
    progress: &(dyn Fn(FetchProgress) + Sync),
) -> Result<FetchSummary> {
    config.check()?;
    run::run(config, clock, progress)
}
