//! A site on loopback that answers by script and notes what it is asked, and a
//! clock that does not wait.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::fetch::Clock;

/// How the site answers a request.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// Status 200, HTML.
    Html(String),
    /// A status, header lines and a body.
    Status(u16, Vec<String>, String),
    /// Status 200, HTML, of which the last half does not come.
    Cut(String),
    /// The connection ends without an answer.
    Drop,
}

impl Reply {
    pub(super) fn status(status: u16) -> Reply {
        Reply::Status(status, Vec::new(), "told".to_owned())
    }

    pub(super) fn status_with(status: u16, header: String) -> Reply {
        Reply::Status(status, vec![header], "told".to_owned())
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Reply::Html(body) => answer(200, &["Content-Type: text/html; charset=UTF-8"], body),
            Reply::Status(status, headers, body) => {
                let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
                answer(*status, &headers, body)
            }
            Reply::Cut(body) => {
                let whole = answer(200, &["Content-Type: text/html"], body);
                whole[..whole.len() - body.len() / 2].to_vec()
            }
            Reply::Drop => Vec::new(),
        }
    }
}

fn answer(status: u16, headers: &[&str], body: &str) -> Vec<u8> {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    format!(
        "HTTP/1.1 {status} Told\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The site.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) base: Url,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The replies of each path in turn; the last one stays.
    script: HashMap<String, Vec<Reply>>,
    asked: Vec<String>,
    now: usize,
    most: usize,
}

impl Site {
    /// A site whose index of 2021 links to `slugs`.
    pub(super) fn of(slugs: &[&str]) -> Site {
        let site = Site::empty();
        let links: String = slugs
            .iter()
            .map(|s| format!("<li><a href=\"{}\">{s}</a></li>", path(s)))
            .collect();
        site.on(&path(""), [Reply::Html(format!("<html>{links}</html>"))]);
        for slug in slugs {
            site.on(&path(slug), [Reply::Html(report(slug, "2021"))]);
        }
        site
    }

    /// A site that has no page.
    pub(super) fn empty() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let site = Site {
            base: Url::parse(&base).unwrap(),
            state: Arc::default(),
        };
        let state = Arc::clone(&site.state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&state);
                std::thread::spawn(move || serve(stream, &state));
            }
        });
        site
    }

    pub(super) fn on(&self, path: &str, replies: impl Into<Vec<Reply>>) {
        let mut state = self.state.lock().unwrap();
        state.script.insert(path.to_owned(), replies.into());
    }

    /// The paths asked for since the last call, in order; those of the edition
    /// by their slug, its index as `/`.
    pub(super) fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut self.state.lock().unwrap().asked);
        let short = |p: String| match p.strip_prefix(&path("")) {
            Some("") => "/".to_owned(),
            Some(slug) => slug.trim_end_matches('/').to_owned(),
            None => p,
        };
        asked.into_iter().map(short).collect()
    }

    /// The most requests that ran at the same time.
    pub(super) fn most_at_once(&self) -> usize {
        self.state.lock().unwrap().most
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let mut head = Vec::new();
    for line in BufReader::new(&stream).lines().map_while(Result::ok) {
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let Some(path) = head.first().and_then(|l| l.split(' ').nth(1)) else {
        return;
    };
    let agent = head
        .iter()
        .filter_map(|l| l.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
    let known = agent.is_some_and(|(_, agent)| agent.starts_with("Mozilla/5.0"));
    let reply = {
        let mut state = state.lock().unwrap();
        state.asked.push(path.to_owned());
        state.now += 1;
        state.most = state.most.max(state.now);
        match state.script.get_mut(path) {
            _ if !known => Reply::status(403),
            None => Reply::status(404),
            Some(replies) if replies.len() > 1 => replies.remove(0),
            Some(replies) => replies[0].clone(),
        }
    };
    // Time for another request to come, if one is on its way.
    std::thread::sleep(Duration::from_millis(10));
    state.lock().unwrap().now -= 1;
    // A client that has gone is a matter of the test.
    let _ = stream.write_all(&reply.bytes());
}

/// The path of a page of 2021.
pub(super) fn path(slug: &str) -> String {
    let end = if slug.is_empty() { "" } else { "/" };
    format!("/reports/2021-trafficking-in-persons-report/{slug}{end}")
}

/// A page as the site has them, of a made-up narrative.
pub(super) fn report(slug: &str, year: &str) -> String {
    let name = slug.replace('-', " ");
    let paragraph = "<p>The government increased its efforts to protect victims and convicted \
                     more traffickers than in the year before, but officials did not identify \
                     victims among migrants.</p>\n"
        .repeat(15);
    format!(
        "<!DOCTYPE html><html><head><title>{year} Trafficking in Persons Report: {name} - United \
         States Department of State</title></head><body><nav><a href=\"/\">Home</a></nav><h1>{year} \
         Trafficking in Persons Report: {name}</h1><div class=\"entry-content\"><p>{}: Tier 2 \
         Watch List</p>{paragraph}</div></body></html>",
        name.to_uppercase()
    )
}

/// A clock that notes waits and jumps over them.
#[derive(Debug, Default)]
pub(super) struct TestClock {
    waits: Mutex<Vec<Duration>>,
}

impl TestClock {
    /// The waits so far, in milliseconds.
    pub(super) fn waits(&self) -> Vec<u128> {
        let waits = self.waits.lock().unwrap();
        waits.iter().map(Duration::as_millis).collect()
    }
}

impl Clock for TestClock {
    fn elapsed(&self) -> Duration {
        self.waits.lock().unwrap().iter().sum()
    }

    fn now(&self) -> Timestamp {
        let start: Timestamp = "2021-07-01T12:00:00Z".parse().unwrap();
        let elapsed = SignedDuration::try_from(self.elapsed()).unwrap();
        start.checked_add(elapsed).unwrap()
    }

    fn sleep(&self, wait: Duration) {
        self.waits.lock().unwrap().push(wait);
    }
}
