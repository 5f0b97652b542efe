//! Runs against a site on loopback that behaves as the real one does.

mod resume;
mod server;
mod trouble;

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::Value;

use self::server::{Reply, Site, TestClock, path, report};
use super::{FetchConfig, FetchProgress, FetchReason, FetchSummary, Unfit, fetch_by};
use crate::error::Result;

/// A polite fetch of 2021 from the site.
fn config(site: &Site, folder: &Path) -> FetchConfig {
    let mut config = FetchConfig::new(2021, folder).unwrap();
    config.base = site.base.clone();
    config
}

/// A run, its progress and its waits in milliseconds.
fn run(config: &FetchConfig) -> (Result<FetchSummary>, Vec<FetchProgress>, Vec<u128>) {
    let clock = TestClock::default();
    let told = Mutex::new(Vec::new());
    let summary = fetch_by(config, &clock, &|p| told.lock().unwrap().push(p));
    (summary, told.into_inner().unwrap(), clock.waits())
}

/// The lines of the manifest.
fn manifest(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("fetched.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// What failed, as slug and reason.
fn failed(summary: &FetchSummary) -> Vec<(&str, &FetchReason)> {
    let failed = summary.failed.iter();
    failed.map(|f| (f.slug.as_str(), &f.reason)).collect()
}

#[test]
fn an_edition_is_fetched_page_by_page() {
    let site = Site::of(&["cambodia", "kenya", "cote-divoire", "introduction"]);
    let folder = tempfile::tempdir().unwrap();
    let (summary, told, waits) = run(&config(&site, folder.path()));
    let summary = summary.unwrap();
    assert_eq!((summary.fetched, summary.present, summary.left), (3, 0, 0));
    assert!(summary.failed.is_empty() && summary.stopped.is_none());
    assert_eq!(summary.passed_over, [path("introduction")]);
    assert_eq!(site.asked(), ["/", "cambodia", "kenya", "cote-divoire"]);
    assert_eq!(site.most_at_once(), 1);
    assert_eq!(waits, [1000, 1000, 1000]);
    assert_eq!(told.len(), 4);

    let pages = folder.path().join("tip/2021");
    let names = ["cambodia.html", "cote-divoire.html", "kenya.html"];
    assert_eq!(files(&pages), names);
    let page = std::fs::read_to_string(pages.join("kenya.html")).unwrap();
    assert_eq!(page, report("kenya", "2021"));
    let lines = manifest(folder.path());
    assert_eq!(lines.len(), 3);
    let line = &lines[1];
    assert_eq!(
        line["url"],
        format!(
            "{}{}",
            site.base.as_str().trim_end_matches('/'),
            path("kenya")
        )
    );
    assert_eq!(line["path"], "tip/2021/kenya.html");
    assert_eq!(line["country"], "KEN");
    assert_eq!(line["fetched"], "2021-07-01T12:00:02Z");
    assert_eq!(line["sha256"], crate::text::digest::sha256(page.as_bytes()));
    assert_eq!(line["bytes"], page.len());
    assert_eq!(line["status"], 200);
    assert_eq!(line.get("redirected_to"), None);
}

#[test]
fn countries_by_code_name_alias_and_slug() {
    let site = Site::of(&["afghanistan", "bahamas", "burma", "cote-divoire", "kenya"]);
    for (typed, asked) in [
        (&["CIV"][..], &["/", "cote-divoire"][..]),
        (&["Côte d’Ivoire"], &["/", "cote-divoire"]),
        (&["cote-divoire", "Ivory Coast"], &["/", "cote-divoire"]),
        (&["Burma"], &["/", "burma"]),
        (&["myanmar", "The Bahamas"], &["/", "bahamas", "burma"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(&site, folder.path());
        config.countries = typed.iter().map(|t| t.parse().unwrap()).collect();
        let summary = run(&config).0.unwrap();
        assert_eq!(site.asked(), asked, "{typed:?}");
        assert_eq!(summary.fetched, asked.len() - 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    config.countries = vec!["Nauru".parse().unwrap()];
    let summary = run(&config).0.unwrap();
    assert_eq!(failed(&summary), [("nauru", &FetchReason::NotListed)]);
}

#[test]
fn an_index_without_links_leaves_the_usual_addresses() {
    let site = Site::of(&["kenya"]);
    site.on(&path(""), [Reply::Html("<html>new look</html>".to_owned())]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    let error = run(&config).0.unwrap_err();
    assert!(error.hint().unwrap().contains("--country"), "{error}");
    site.asked();
    config.countries = vec!["KEN".parse().unwrap()];
    assert_eq!(run(&config).0.unwrap().fetched, 1);
    assert_eq!(site.asked(), ["/", "kenya"]);
}

#[test]
fn an_edition_of_numbered_pages() {
    let site = Site::empty();
    let index = "/j/tip/rls/tiprpt/countries/2016/";
    let links = "<html><a href='258874.htm'>Hong Kong</a> \
                 <a href='/j/tip/rls/tiprpt/countries/2016/258700.htm'>Burma</a></html>";
    site.on(index, [Reply::Html(links.to_owned())]);
    for (number, slug) in [("258874", "hong-kong"), ("258700", "burma")] {
        let page = Reply::Html(report(slug, "2016"));
        site.on(&format!("{index}{number}.htm"), [page]);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    config.year = 2016;
    assert_eq!(run(&config).0.unwrap().fetched, 2);
    let pages = folder.path().join("tip/2016");
    assert_eq!(files(&pages), ["burma.html", "hong-kong.html"]);
}

#[test]
fn the_index_of_2017_is_sought_at_both_addresses() {
    let site = Site::empty();
    let index = "/reports/2017-trafficking-in-persons-report/";
    site.on(
        index,
        [Reply::Html("<a href='kenya/'>Kenya</a>".to_owned())],
    );
    let page = Reply::Html(report("kenya", "2017"));
    site.on(&format!("{index}kenya/"), [page]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    config.year = 2017;
    assert_eq!(run(&config).0.unwrap().fetched, 1);
    let first = "/j/tip/rls/tiprpt/countries/2017/";
    assert_eq!(site.asked(), [first, index, &format!("{index}kenya/")]);
}

#[test]
fn several_workers_keep_the_pace() {
    let slugs = ["albania", "cambodia", "chad", "kenya", "nepal", "peru"];
    let site = Site::of(&slugs);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    config.parallel = 3;
    let (summary, _, waits) = run(&config);
    assert_eq!(summary.unwrap().fetched, slugs.len());
    assert_eq!(manifest(folder.path()).len(), slugs.len());
    assert!(site.most_at_once() <= 3);
    // Seven requests are at least six delays apart.
    assert!(waits.iter().sum::<u128>() >= 6000, "{waits:?}");

    let folder = tempfile::tempdir().unwrap();
    config.folder = folder.path().to_owned();
    config.delay = Duration::ZERO;
    assert_eq!(run(&config).0.unwrap().fetched, slugs.len());
    assert!((2..=3).contains(&site.most_at_once()));
}

#[test]
fn configs_that_make_no_sense() {
    let site = Site::empty();
    let good = config(&site, Path::new("nowhere"));
    let with = |change: fn(&mut FetchConfig)| {
        let mut config = good.clone();
        change(&mut config);
        run(&config).0.unwrap_err()
    };
    for error in [
        with(|c| c.parallel = 0),
        with(|c| c.parallel = 5),
        with(|c| c.year = 2009),
        with(|c| c.base = "ftp://127.0.0.1/".parse().unwrap()),
        with(|c| c.user_agent = "Mozilla/5.0\r\nCookie: a".to_owned()),
    ] {
        assert_eq!(error.kind(), crate::error::ErrorKind::Usage, "{error}");
    }
    assert!(site.asked().is_empty());
}
