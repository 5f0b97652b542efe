//! The index of an edition, asked for, and the pages that are chosen of it.

use super::client::Client;
use super::edition::{self, Listing, Page};
use super::wanted::slug_of;
use super::{FetchConfig, FetchFailure, FetchReason, check};
use crate::error::{Error, Result};

/// Asks for the index of the edition.
///
/// # Errors
/// An index that cannot be had, or that links to no country while none is named.
pub(super) fn list(client: &Client<'_>, config: &FetchConfig) -> Result<Listing> {
    let mut missing = FetchReason::Missing;
    for url in edition::index_addresses(&config.base, config.year) {
        let got = client
            .get(&url)
            .and_then(|answer| match check::html_of(&answer) {
                Ok(html) => Ok((html, answer.url)),
                Err(unfit) => Err(FetchReason::Unfit(unfit)),
            });
        let (html, at) = match got {
            Ok(got) => got,
            Err(reason @ FetchReason::Missing) => {
                missing = reason;
                continue;
            }
            Err(reason) => return Err(no_index(config.year, url.as_str(), &reason)),
        };
        let mut listing = edition::listing(&html, &at, config.year);
        if listing.pages.is_empty() {
            let countries = config.countries.iter().map(|w| w.country());
            let guesses = countries.filter_map(|c| edition::guess(&at, config.year, c));
            listing.pages.extend(guesses);
        }
        if listing.pages.is_empty() {
            let told = format!("the index `{url}` links to no country");
            return Err(Error::input(told).with_hint(
                "the site may have changed: name countries with `--country` to try their usual \
                 addresses (2018 and later), or another host with `--base`",
            ));
        }
        return Ok(listing);
    }
    Err(no_index(config.year, config.base.as_str(), &missing))
}

fn no_index(year: u16, place: &str, reason: &FetchReason) -> Error {
    let error = Error::input(format!(
        "cannot get the index of the edition of {year} from `{place}`: {reason}"
    ));
    error.with_hint(reason.hint().unwrap_or(
        "check the year, or name the host that archives the edition, as `--base \
         https://2017-2021.state.gov`",
    ))
}

/// The pages that are asked for, and the countries without one.
pub(super) fn choose(config: &FetchConfig, listing: &Listing) -> (Vec<Page>, Vec<FetchFailure>) {
    let wanted: Vec<_> = config.countries.iter().map(|w| w.country()).collect();
    let mut not_listed: Vec<FetchFailure> = Vec::new();
    for country in wanted.iter().filter(|c| !listing.holds(c)) {
        let slug = slug_of(&country.name);
        if !not_listed.iter().any(|f| f.slug == slug) {
            not_listed.push(FetchFailure {
                slug,
                url: None,
                reason: FetchReason::NotListed,
            });
        }
    }
    let pages = listing.pages.iter();
    let chosen = pages.filter(|p| wanted.is_empty() || wanted.contains(&p.country));
    (chosen.cloned().collect(), not_listed)
}
