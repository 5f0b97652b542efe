//! What goes wrong with a site, and that a run is told, waits or stops.

use super::*;

/// A run over `kenya`, which answers with `replies`, and `nepal`, which is
/// well: the summary, what was asked and the waits in milliseconds.
fn trouble(replies: impl Into<Vec<Reply>>) -> (FetchSummary, Vec<String>, Vec<u128>) {
    let site = Site::of(&["kenya", "nepal"]);
    site.on(&path("kenya"), replies);
    let folder = tempfile::tempdir().unwrap();
    let (summary, _, waits) = run(&config(&site, folder.path()));
    let summary = summary.unwrap();
    let kept = files(&folder.path().join("tip/2021")).len();
    assert_eq!(kept, summary.fetched, "only what is told is kept");
    assert_eq!(manifest(folder.path()).len(), kept);
    (summary, site.asked(), waits)
}

fn well() -> Reply {
    Reply::Html(report("kenya", "2021"))
}

#[test]
fn a_busy_site_is_waited_for() {
    let retry = |after: &str| Reply::status_with(429, format!("Retry-After: {after}"));
    for (replies, expected) in [
        // The wait in seconds that the site asks for.
        (vec![retry("7"), well()], vec![1000, 7000, 1000]),
        // A date, forty seconds after the request, which is made at 12:00:01.
        (
            vec![retry("Thu, 01 Jul 2021 12:00:41 GMT"), well()],
            vec![1000, 40_000, 1000],
        ),
        // None named: doubled each time.
        (
            vec![
                Reply::status(503),
                Reply::status(429),
                Reply::status(502),
                well(),
            ],
            vec![1000, 2000, 4000, 8000, 1000],
        ),
        // Connections that break, before and within the answer.
        (
            vec![Reply::Drop, Reply::Cut(report("kenya", "2021")), well()],
            vec![1000, 2000, 4000, 1000],
        ),
    ] {
        let retries = replies.len();
        let (summary, asked, waits) = trouble(replies);
        assert_eq!((summary.fetched, summary.failed.len()), (2, 0));
        assert_eq!(asked.len(), 1 + retries + 1);
        assert_eq!(waits, expected);
    }
}

#[test]
fn a_site_that_stays_busy_ends_the_run() {
    let (summary, asked, waits) = trouble([Reply::status(429)]);
    let reason = FetchReason::Busy {
        status: 429,
        wait: None,
    };
    assert_eq!(failed(&summary), [("kenya", &reason)]);
    assert_eq!((summary.fetched, summary.left), (0, 1));
    let stopped = summary.stopped.unwrap();
    assert_eq!(
        stopped.to_string(),
        "stopped: the site stays busy (status 429)"
    );
    assert!(stopped.hint().unwrap().contains("--delay"));
    assert_eq!(asked.len(), 1 + 6);
    assert_eq!(waits, [1000, 2000, 4000, 8000, 16_000, 32_000]);
}

#[test]
fn a_longer_wait_than_allowed_is_not_cut_short() {
    let (summary, asked, waits) =
        trouble([Reply::status_with(429, "Retry-After: 3600".to_owned())]);
    assert_eq!(asked, ["/", "kenya"]);
    assert_eq!(waits, [1000]);
    assert_eq!(
        summary.stopped.unwrap().to_string(),
        "stopped: the site is busy (status 429) and asks to wait for 3600 s"
    );
}

#[test]
fn a_page_that_fails_does_not_end_the_run() {
    let to = |target: &str| Reply::status_with(302, format!("Location: {target}"));
    let typed = |kind: &str| {
        Reply::Status(
            200,
            vec![format!("Content-Type: {kind}")],
            report("kenya", "2021"),
        )
    };
    let html = |body: &str| Reply::Html(format!("<html><body>{body}</body></html>"));
    let unfit = FetchReason::Unfit;
    for (reply, reason) in [
        (Reply::status(404), FetchReason::Missing),
        (Reply::status(403), FetchReason::Refused),
        (Reply::status(418), FetchReason::Status(418)),
        (to(&path("kenya")), FetchReason::Redirects),
        (
            to("file:///etc/passwd"),
            FetchReason::Elsewhere("file:///etc/passwd".to_owned()),
        ),
        (
            html("<title>Just a moment...</title><p>Verify you are human</p>"),
            unfit(Unfit::BotCheck),
        ),
        (
            typed("application/pdf"),
            unfit(Unfit::NotHtml("application/pdf".to_owned())),
        ),
        (
            Reply::Html(report("kenya", "2019").replace("Watch List", "")),
            unfit(Unfit::OtherPage),
        ),
        (
            Reply::Html(report("chad", "2021")),
            unfit(Unfit::OtherCountry),
        ),
        (
            html("<h1>2021 Trafficking in Persons Report: Kenya</h1><p>KENYA: Tier 2</p>"),
            unfit(Unfit::TooShort { words: 0 }),
        ),
    ] {
        let (summary, _, _) = trouble([reply]);
        assert_eq!(failed(&summary), [("kenya", &reason)]);
        assert_eq!((summary.fetched, summary.left), (1, 0), "{reason}");
        assert!(summary.stopped.is_none());
    }
}

#[test]
fn a_site_that_cannot_be_reached_is_told() {
    for reply in [Reply::Drop, Reply::Cut(report("kenya", "2021"))] {
        let (summary, asked, _) = trouble([reply]);
        assert!(matches!(
            failed(&summary)[..],
            [("kenya", FetchReason::Unreachable(_))]
        ));
        assert_eq!(asked.len(), 1 + 6 + 1);
        assert_eq!(summary.fetched, 1);
    }
}

#[test]
fn three_refusals_in_a_row_end_the_run() {
    let site = Site::of(&["albania", "chad", "kenya", "nepal", "peru", "togo"]);
    for slug in ["albania", "kenya", "nepal", "peru"] {
        site.on(&path(slug), [Reply::status(403)]);
    }
    let folder = tempfile::tempdir().unwrap();
    let summary = run(&config(&site, folder.path())).0.unwrap();
    assert_eq!(site.asked().len(), 1 + 5);
    assert_eq!(
        (summary.fetched, summary.failed.len(), summary.left),
        (1, 4, 1)
    );
    let stopped = summary.stopped.unwrap();
    assert_eq!(
        stopped.to_string(),
        "stopped after 3 pages in a row: the site refuses the request (status 403)"
    );
    assert!(stopped.hint().unwrap().contains("automated"));
}

#[test]
fn the_site_knows_programs_by_their_agent() {
    let site = Site::of(&["kenya"]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    config.user_agent = "curl/8".to_owned();
    let error = run(&config).0.unwrap_err();
    assert!(error.to_string().contains("status 403"), "{error}");
    assert!(error.hint().unwrap().contains("automated"));
}

#[test]
fn redirects_are_followed_and_noted() {
    let moved = |to: &str| Reply::status_with(301, format!("Location: {to}"));
    let site = Site::of(&["kenya"]);
    site.on(&path("kenya"), [moved("/moved")]);
    site.on("/moved", [moved("/moved-again")]);
    site.on("/moved-again", [well()]);
    let folder = tempfile::tempdir().unwrap();
    let (summary, _, waits) = run(&config(&site, folder.path()));
    assert_eq!(summary.unwrap().fetched, 1);
    assert_eq!(site.asked(), ["/", "kenya", "/moved", "/moved-again"]);
    assert_eq!(waits, [1000, 1000, 1000]);
    let to = manifest(folder.path())[0]["redirected_to"].clone();
    assert!(to.as_str().unwrap().ends_with("/moved-again"));
}

#[test]
fn an_edition_that_is_not_there() {
    let site = Site::empty();
    let folder = tempfile::tempdir().unwrap();
    let error = run(&config(&site, folder.path())).0.unwrap_err();
    assert!(error.to_string().contains("no such page"), "{error}");
    assert!(error.hint().unwrap().contains("--base"));
}

#[test]
fn a_page_of_too_many_bytes_is_not_kept() {
    let (summary, _, _) = trouble([Reply::Html("x".repeat(20_000_001))]);
    assert_eq!(failed(&summary), [("kenya", &FetchReason::TooLarge)]);
}
