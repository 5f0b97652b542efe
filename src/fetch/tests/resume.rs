//! Runs that go on where an earlier one ended, or was killed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::fetch::Present;

#[test]
fn what_is_there_is_not_asked_for_again() {
    let site = Site::of(&["cambodia", "kenya"]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&site, folder.path());
    run(&config).0.unwrap();
    site.asked();

    let (summary, told, _) = run(&config);
    let summary = summary.unwrap();
    assert_eq!((summary.fetched, summary.present), (0, 2));
    assert_eq!(site.asked(), ["/"]);
    let listed = FetchProgress::Listed {
        pages: 2,
        present: 2,
    };
    assert_eq!(told, [listed]);

    let kenya = folder.path().join("tip/2021/kenya.html");
    std::fs::write(&kenya, "changed").unwrap();
    std::fs::remove_file(folder.path().join("tip/2021/cambodia.html")).unwrap();
    assert_eq!(run(&config).0.unwrap().fetched, 2);
    assert_eq!(site.asked(), ["/", "cambodia", "kenya"]);

    config.present = Present::FetchAgain;
    assert_eq!(run(&config).0.unwrap().fetched, 2);
    assert_eq!(manifest(folder.path()).len(), 6);
}

#[test]
fn a_killed_run_is_gone_on_with() {
    let site = Site::of(&["cambodia", "chad", "kenya", "nepal"]);
    let folder = tempfile::tempdir().unwrap();
    let config = config(&site, folder.path());
    let killed = catch_unwind(AssertUnwindSafe(|| {
        fetch_by(&config, &TestClock::default(), &|p| {
            // Ends the run without a word, as a signal does.
            if matches!(p, FetchProgress::Fetched { ref slug, .. } if slug == "chad") {
                std::panic::resume_unwind(Box::new("killed"));
            }
        })
    }));
    assert!(killed.is_err());
    assert_eq!(site.asked(), ["/", "cambodia", "chad"]);

    // The kill came while a page and a line were being written.
    let manifest_file = folder.path().join("fetched.jsonl");
    let mut text = std::fs::read_to_string(&manifest_file).unwrap();
    assert_eq!(text.lines().count(), 2);
    text.push_str("{\"url\":\"http://127.0.0.1/rep");
    std::fs::write(&manifest_file, text).unwrap();
    let part = folder.path().join("tip/2021/kenya.html.part");
    std::fs::write(part, "<html>").unwrap();

    let summary = run(&config).0.unwrap();
    assert_eq!((summary.fetched, summary.present), (2, 2));
    assert_eq!(site.asked(), ["/", "kenya", "nepal"]);
    let pages = files(&folder.path().join("tip/2021"));
    assert_eq!(
        pages,
        ["cambodia.html", "chad.html", "kenya.html", "nepal.html"]
    );
    assert_eq!(run(&config).0.unwrap().present, 4);
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let site = Site::of(&["kenya"]);
    let folder = tempfile::tempdir().unwrap();
    let _held = crate::fetch::store::Store::open(folder.path()).unwrap();
    let error = run(&config(&site, folder.path())).0.unwrap_err();
    assert!(error.to_string().contains("another fetch"), "{error}");
    assert!(site.asked().is_empty());
}
