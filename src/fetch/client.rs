//! One request, made politely: in its turn, repeated while the site is busy,
//! with redirects followed. It knows nothing of reports.

use std::io::Read;
use std::time::Duration;

use ureq::http::{Response, header};
use url::{Host, Url};

use super::clock::Clock;
use super::pace::Pace;
use super::{FetchConfig, FetchProgress, FetchReason, wait};

/// The longest page, in bytes.
const MOST_BYTES: u64 = 20_000_000;
const MOST_REDIRECTS: usize = 5;
/// The longest a request may take, and the part of it for the connection.
const TIMEOUT: Duration = Duration::from_secs(120);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// Asks for pages of one site.
pub(super) struct Client<'a> {
    agent: ureq::Agent,
    pace: Pace<'a>,
    clock: &'a dyn Clock,
    config: &'a FetchConfig,
    progress: &'a (dyn Fn(FetchProgress) + Sync),
}

/// An answer with status 200.
#[derive(Debug)]
pub(super) struct Answer {
    /// Where it came from, after redirects.
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) body: Vec<u8>,
    /// Whether the site told the body's length, so that it is known to be
    /// whole.
    pub(super) length_known: bool,
}

/// Why one request brought no answer.
enum Miss {
    /// It is of no use to ask again.
    Final(FetchReason),
    /// The same request may succeed later, after the wait that is asked for.
    Passing(FetchReason, Option<Duration>),
}

impl<'a> Client<'a> {
    pub(super) fn new(
        config: &'a FetchConfig,
        clock: &'a dyn Clock,
        progress: &'a (dyn Fn(FetchProgress) + Sync),
    ) -> Self {
        let mut builder = ureq::Agent::config_builder()
            .user_agent(&config.user_agent)
            .accept("text/html,application/xhtml+xml;q=0.9")
            .http_status_as_error(false)
            // Each redirect is a request that has its own turn.
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(TIMEOUT));
        if is_loopback(&config.base) {
            builder = builder.proxy(None);
        }
        Client {
            agent: builder.build().new_agent(),
            pace: Pace::new(clock, config.delay),
            clock,
            config,
            progress,
        }
    }

    /// The page at an address, after redirects and retries.
    pub(super) fn get(&self, url: &Url) -> Result<Answer, FetchReason> {
        let mut retry = 0;
        loop {
            let (reason, asked_for) = match self.follow(url) {
                Ok(answer) => return Ok(answer),
                Err(Miss::Final(reason)) => return Err(reason),
                Err(Miss::Passing(reason, asked_for)) => (reason, asked_for),
            };
            let longest = self.config.longest_wait;
            if let (FetchReason::Busy { status, .. }, Some(wait)) = (&reason, asked_for)
                && wait > longest
            {
                return Err(FetchReason::Busy {
                    status: *status,
                    wait: Some(wait),
                });
            }
            if retry == self.config.retries {
                return Err(reason);
            }
            let wait = asked_for.unwrap_or_else(|| wait::back_off(retry, longest));
            (self.progress)(FetchProgress::Waiting {
                wait,
                why: reason.to_string(),
            });
            self.pace.hold(wait);
            retry += 1;
        }
    }

    fn follow(&self, url: &Url) -> Result<Answer, Miss> {
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            self.pace.take_turn();
            let asked = self.ask(&url);
            self.pace.hold(Duration::ZERO);
            match asked? {
                Step::Answer(answer) => return Ok(answer),
                Step::Redirect(target) => url = target,
            }
        }
        Err(Miss::Final(FetchReason::Redirects))
    }

    /// Makes one request.
    fn ask(&self, url: &Url) -> Result<Step, Miss> {
        let response = self.agent.get(url.as_str()).call().map_err(unreachable)?;
        let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        match response.status().as_u16() {
            status @ 200 => {
                let content_type = text(header::CONTENT_TYPE);
                let length_known = response.headers().contains_key(header::CONTENT_LENGTH)
                    || response.headers().contains_key(header::TRANSFER_ENCODING);
                let body = read_body(response)?;
                Ok(Step::Answer(Answer {
                    url: url.clone(),
                    status,
                    content_type,
                    body,
                    length_known,
                }))
            }
            301 | 302 | 303 | 307 | 308 => {
                let target = text(header::LOCATION).unwrap_or_default();
                redirect(url, &target).map(Step::Redirect)
            }
            403 => Err(Miss::Final(FetchReason::Refused)),
            404 | 410 => Err(Miss::Final(FetchReason::Missing)),
            status @ (429 | 503) => {
                let asked_for = text(header::RETRY_AFTER)
                    .and_then(|after| wait::asked_for(&after, self.clock.now()));
                let reason = FetchReason::Busy { status, wait: None };
                Err(Miss::Passing(reason, asked_for))
            }
            status @ 500.. => Err(Miss::Passing(FetchReason::Status(status), None)),
            status => Err(Miss::Final(FetchReason::Status(status))),
        }
    }
}

enum Step {
    Answer(Answer),
    Redirect(Url),
}

/// The target of a redirect; from https to http none is followed.
fn redirect(from: &Url, target: &str) -> Result<Url, Miss> {
    let elsewhere = || Miss::Final(FetchReason::Elsewhere(target.to_owned()));
    let mut to = from.join(target).map_err(|_| elsewhere())?;
    to.set_fragment(None);
    match (from.scheme(), to.scheme()) {
        _ if target.is_empty() => Err(elsewhere()),
        (_, "https") | ("http", "http") => Ok(to),
        _ => Err(elsewhere()),
    }
}

fn read_body(response: Response<ureq::Body>) -> Result<Vec<u8>, Miss> {
    let mut body = Vec::new();
    response
        .into_body()
        .into_reader()
        .take(MOST_BYTES + 1)
        // Fewer bytes than the length told are an error here.
        .read_to_end(&mut body)
        .map_err(|e| Miss::Passing(FetchReason::Unreachable(e.to_string()), None))?;
    match body.len() as u64 > MOST_BYTES {
        true => Err(Miss::Final(FetchReason::TooLarge)),
        false => Ok(body),
    }
}

fn unreachable(error: ureq::Error) -> Miss {
    let told = FetchReason::Unreachable(error.to_string());
    match error {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::InvalidProxyUrl => {
            Miss::Final(told)
        }
        _ => Miss::Passing(told, None),
    }
}

/// A server on this very machine is never behind a proxy.
fn is_loopback(base: &Url) -> bool {
    match base.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_within_the_web_and_encrypted() {
        for (from, target, to) in [
            (
                "https://www.state.gov/a",
                "/b#c",
                Some("https://www.state.gov/b"),
            ),
            (
                "http://www.state.gov/a",
                "https://www.state.gov/a",
                Some("https://www.state.gov/a"),
            ),
            ("https://www.state.gov/a", "http://www.state.gov/a", None),
            ("https://www.state.gov/a", "file:///etc/passwd", None),
            ("https://www.state.gov/a", "", None),
        ] {
            let from = Url::parse(from).unwrap();
            let followed = redirect(&from, target).ok();
            assert_eq!(followed.as_ref().map(Url::as_str), to, "{target}");
        }
    }
}
