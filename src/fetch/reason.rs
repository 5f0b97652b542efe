//! Why a page was not kept, in words, and what to try.

use std::fmt;
use std::time::Duration;

use super::Unfit;

/// Why a page was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchReason {
    /// Status 403.
    Refused,
    /// Status 404 or 410.
    Missing,
    /// Status 429 or 503, after all retries or with too long a wait asked for.
    Busy {
        /// The status.
        status: u16,
        /// The wait that the site asks for, if it is longer than allowed.
        wait: Option<Duration>,
    },
    /// Another status; for 5xx after all retries.
    Status(u16),
    /// The site could not be reached, or broke off, at every retry.
    Unreachable(String),
    /// More redirects than are followed.
    Redirects,
    /// A redirect to where it is not followed.
    Elsewhere(String),
    /// The page has more bytes than a report may have.
    TooLarge,
    /// What came is no report of the country.
    Unfit(Unfit),
    /// The edition's index has no page of the country.
    NotListed,
}

impl FetchReason {
    /// What to try, if something is known to help.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            FetchReason::Refused | FetchReason::Unfit(Unfit::BotCheck) => {
                "the site refuses automated requests: wait some hours, or save the pages from a \
                 browser"
            }
            FetchReason::Busy { .. } => {
                "the site asks for fewer requests: run the command again later, with a longer \
                 `--delay`; it goes on where it stopped"
            }
            FetchReason::Unreachable(_) => {
                "check the connection and run the command again; it goes on where it stopped"
            }
            FetchReason::NotListed => "not every edition ranks every country",
            _ => return None,
        })
    }
}

impl fmt::Display for FetchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchReason::Refused => f.write_str("the site refuses the request (status 403)"),
            FetchReason::Missing => f.write_str("the site has no such page"),
            FetchReason::Busy { status, wait: None } => {
                write!(f, "the site stays busy (status {status})")
            }
            FetchReason::Busy {
                status,
                wait: Some(wait),
            } => write!(
                f,
                "the site is busy (status {status}) and asks to wait for {} s",
                wait.as_secs()
            ),
            FetchReason::Status(status) => write!(f, "the site answers with status {status}"),
            FetchReason::Unreachable(why) => write!(f, "the site cannot be reached: {why}"),
            FetchReason::Redirects => f.write_str("the page redirects too many times"),
            FetchReason::Elsewhere(target) => {
                write!(f, "the page redirects to `{target}`, which is not followed")
            }
            FetchReason::TooLarge => f.write_str("the page is larger than 20 MB"),
            FetchReason::Unfit(unfit) => unfit.fmt(f),
            FetchReason::NotListed => f.write_str("the edition lists no page of the country"),
        }
    }
}
