//! A run: the index, the pages that are missing, and when to stop.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::check;
use super::client::{Answer, Client};
use super::clock::Clock;
use super::edition::Page;
use super::index::{choose, list};
use super::store::{Entry, Store};
use super::{FetchConfig, FetchFailure, FetchProgress, FetchReason, FetchSummary, Present, Unfit};
use crate::error::{Error, Result};
use crate::text::digest::sha256;

/// After how many pages in a row that the site refuses or fails a run stops.
const MOST_IN_A_ROW: usize = 3;

pub(super) fn run(
    config: &FetchConfig,
    clock: &dyn Clock,
    progress: &(dyn Fn(FetchProgress) + Sync),
) -> Result<FetchSummary> {
    let store = Store::open(&config.folder)?;
    let client = Client::new(config, clock, progress);
    let listing = list(&client, config)?;
    let (pages, failed) = choose(config, &listing);
    for failure in &failed {
        progress(FetchProgress::Failed(failure.clone()));
    }
    let all = pages.len();
    let wanted: Vec<Page> = pages
        .into_iter()
        .filter(|p| config.present == Present::FetchAgain || !store.holds(&path_of(p, config.year)))
        .collect();
    let present = all - wanted.len();
    progress(FetchProgress::Listed {
        pages: all,
        present,
    });
    let run = Run {
        config,
        clock,
        progress,
        client,
        pages: wanted,
        state: Mutex::new(State {
            store,
            next: 0,
            fetched: 0,
            failed,
            in_a_row: 0,
            stopped: None,
            broken: None,
        }),
    };
    std::thread::scope(|scope| {
        for _ in 1..config.parallel.min(run.pages.len()) {
            scope.spawn(|| run.work());
        }
        run.work();
    });
    run.end(present, listing.passed_over)
}

/// The file of a page below the folder.
fn path_of(page: &Page, year: u16) -> String {
    format!("tip/{year}/{}.html", page.slug)
}

/// What the workers of a run share.
struct Run<'a> {
    config: &'a FetchConfig,
    clock: &'a dyn Clock,
    progress: &'a (dyn Fn(FetchProgress) + Sync),
    client: Client<'a>,
    pages: Vec<Page>,
    state: Mutex<State>,
}

struct State {
    store: Store,
    /// The page to fetch next.
    next: usize,
    fetched: usize,
    failed: Vec<FetchFailure>,
    /// How many pages in a row the site refused or failed.
    in_a_row: usize,
    stopped: Option<Error>,
    /// What the operating system refused.
    broken: Option<Error>,
}

impl Run<'_> {
    /// Fetches pages until none is left or the run stops.
    fn work(&self) {
        while let Some(page) = self.next() {
            let got = self.client.get(&page.url).and_then(|answer| {
                match check::check(&answer, page, self.config.year) {
                    Ok(()) => Ok(answer),
                    Err(unfit) => Err(FetchReason::Unfit(unfit)),
                }
            });
            match got {
                Ok(answer) => self.keep(page, &answer),
                Err(reason) => self.fail(page, reason),
            }
        }
    }

    fn next(&self) -> Option<&Page> {
        let mut state = self.state();
        if state.stopped.is_some() || state.broken.is_some() {
            return None;
        }
        let page = self.pages.get(state.next)?;
        state.next += 1;
        Some(page)
    }

    fn keep(&self, page: &Page, answer: &Answer) {
        let bytes = answer.body.len() as u64;
        let entry = Entry {
            url: page.url.to_string(),
            redirected_to: (answer.url != page.url).then(|| answer.url.to_string()),
            path: path_of(page, self.config.year),
            country: page.country.iso3.clone(),
            year: self.config.year,
            fetched: self.clock.now().to_string(),
            sha256: sha256(&answer.body),
            bytes,
            status: answer.status,
        };
        let mut state = self.state();
        match state.store.keep(entry, &answer.body) {
            Ok(()) => {
                state.fetched += 1;
                state.in_a_row = 0;
            }
            Err(error) => {
                state.broken = Some(error);
                return;
            }
        }
        drop(state);
        let slug = page.slug.clone();
        (self.progress)(FetchProgress::Fetched { slug, bytes });
    }

    fn fail(&self, page: &Page, reason: FetchReason) {
        let failure = FetchFailure {
            slug: page.slug.clone(),
            url: Some(page.url.clone()),
            reason,
        };
        (self.progress)(FetchProgress::Failed(failure.clone()));
        let mut state = self.state();
        state.in_a_row = match of_the_site(&failure.reason) {
            true => state.in_a_row + 1,
            false => 0,
        };
        // A site that stays busy is not asked for the next page.
        let busy = matches!(failure.reason, FetchReason::Busy { .. });
        if state.stopped.is_none() && (busy || state.in_a_row >= MOST_IN_A_ROW) {
            state.stopped = Some(stopped(&failure.reason, state.in_a_row));
        }
        state.failed.push(failure);
    }

    fn end(self, present: usize, passed_over: Vec<String>) -> Result<FetchSummary> {
        let state = self.state.into_inner();
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.broken {
            return Err(error);
        }
        state.failed.sort_by(|a, b| a.slug.cmp(&b.slug));
        Ok(FetchSummary {
            fetched: state.fetched,
            present,
            failed: state.failed,
            left: self.pages.len() - state.next,
            passed_over,
            stopped: state.stopped,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A worker that panicked ends the run as soon as the scope joins it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a failure tells of the site and not of the one page.
fn of_the_site(reason: &FetchReason) -> bool {
    matches!(
        reason,
        FetchReason::Refused
            | FetchReason::Busy { .. }
            | FetchReason::Status(500..)
            | FetchReason::Unreachable(_)
            | FetchReason::Unfit(Unfit::BotCheck)
    )
}

fn stopped(reason: &FetchReason, in_a_row: usize) -> Error {
    let told = match in_a_row {
        ..MOST_IN_A_ROW => format!("stopped: {reason}"),
        _ => format!("stopped after {in_a_row} pages in a row: {reason}"),
    };
    let error = Error::input(told);
    match reason.hint() {
        Some(hint) => error.with_hint(hint),
        None => error.with_hint("run the command again later; it goes on where it stopped"),
    }
}
