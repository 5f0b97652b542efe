//! Headings and titles as users find them: counted beside the passages, found
//! when asked for, named where nothing else matches.

use std::collections::BTreeMap;

use pincite::index::IndexPart;
use pincite::query::{Filters, MatchMode, parse};
use pincite::search::{SearchRequest, count_headings, search};
use pincite::text::Analysis;
use serde_json::Value;

use crate::support::{folder, open, run, samples};

/// A report with a heading that no passage speaks of, one without text, and
/// one that stands over others.
const REPORT: &str = "\
# Salt works of Norland

## Violence at sea

Fishers told of beatings, and none was looked into.

## Treaty of the islands: signed

## Work

### Wages held back

Owners kept the wages of the spring until autumn.

### Boats

The boats are old, and the office says nothing of violence.
";

/// A report that is silent but for a heading.
const SILENT: &str = "\
# Fish of Norland

## Violence at sea

Nobody was asked.
";

fn json(index: &std::path::Path, args: &[&str]) -> Value {
    let run = run(index, &[args, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}: {}", run.stderr))
}

fn work() -> tempfile::TempDir {
    let work = folder(&[
        ("corpus/salt.md", REPORT.as_bytes()),
        ("corpus/fish.md", SILENT.as_bytes()),
    ]);
    assert_eq!(run(work.path(), &["index"]).status, 0);
    work
}

fn ids(answer: &Value) -> Vec<&str> {
    let hits = answer["hits"].as_array().unwrap();
    hits.iter().map(|h| h["id"].as_str().unwrap()).collect()
}

#[test]
fn headings_are_counted_beside_passages_and_found_when_asked_for() {
    let work = work();
    let found = json(work.path(), &["search", "violence"]);
    assert_eq!(
        (&found["total"], &found["headings"]),
        (&1.into(), &2.into())
    );
    assert_eq!(ids(&found), ["doc-salt:boats:1"]);
    let both = json(work.path(), &["search", "violence", "--headings"]);
    assert_eq!((&both["total"], &both["headings"]), (&3.into(), &2.into()));
    let mut found = ids(&both);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "doc-fish:violence-at-sea:0",
            "doc-salt:boats:1",
            "doc-salt:violence-at-sea:0"
        ]
    );
    let text = run(work.path(), &["search", "violence"]).stdout;
    assert!(
        text.contains("1 passage (2 headings match too: --headings)"),
        "{text}"
    );
    let pages: Vec<String> = (0..3)
        .flat_map(|offset| {
            let offset = offset.to_string();
            let args = ["search", "violence", "--headings", "-n", "1", "--offset"];
            let page = json(work.path(), &[&args[..], &[&offset]].concat());
            let ids: Vec<String> = ids(&page).into_iter().map(str::to_owned).collect();
            ids
        })
        .collect();
    assert_eq!(pages, ids(&both), "pages together are the whole list");
}

#[test]
fn fields_search_headings_and_titles_alone() {
    let work = work();
    let heading = json(work.path(), &["search", "heading:\"wages held\""]);
    assert_eq!(ids(&heading), ["doc-salt:wages-held-back:0"]);
    // `kept` and `wages` stand in the passage, not in a heading.
    assert_eq!(json(work.path(), &["search", "heading:owners"])["total"], 0);
    let title = json(work.path(), &["search", "title:salt title:norland"]);
    assert_eq!(ids(&title), ["doc-salt:title:0"]);
    // A heading over other sections is found though it has no text of its own.
    assert_eq!(
        ids(&json(work.path(), &["search", "heading:work"])),
        ["doc-salt:work:0"]
    );
    let mixed = run(work.path(), &["search", "heading:wages owners"]);
    assert_eq!(mixed.status, 2);
    assert!(
        mixed.stderr.contains("searches headings alone"),
        "{}",
        mixed.stderr
    );
    for command in ["silence", "trend", "kwic"] {
        let refused = run(work.path(), &[command, "heading:wages"]);
        assert_eq!(refused.status, 2, "{command}: {}", refused.stderr);
    }
    let counted = json(work.path(), &["facets", "heading:violence"]);
    assert_eq!(counted["total"], 2);
}

#[test]
fn a_heading_without_text_is_a_passage_and_the_others_can_be_shown() {
    let work = work();
    let treaty = json(work.path(), &["search", "treaty"]);
    assert_eq!(ids(&treaty), ["doc-salt:treaty-of-the-islands-signed:1"]);
    let shown = json(work.path(), &["show", "doc-salt:violence-at-sea:0"]);
    assert_eq!(shown["passages"][0]["text"], "Violence at sea");
    let cited = run(work.path(), &["cite", "doc-salt:violence-at-sea:0"]).stdout;
    assert_eq!(cited, "Salt works of Norland, Violence at sea\n");
}

#[test]
fn nothing_found_and_silence_tell_of_headings() {
    let work = work();
    let nothing = run(work.path(), &["search", "\"violence at sea\""]);
    assert_eq!(nothing.status, 1);
    assert!(
        nothing.stdout.contains("2 headings match") && nothing.stdout.contains("`Violence at sea`"),
        "{}",
        nothing.stdout
    );
    let silence = json(work.path(), &["silence", "violence", "--rows", "section"]);
    let told = silence["by_heading"].as_array().unwrap();
    assert_eq!(told.len(), 1, "{silence}");
    assert_eq!(told[0]["id"], "doc-fish:violence-at-sea:0");
}

#[test]
fn headings_match_as_a_scan_of_them_finds() {
    let index = open(&samples().path);
    let part = index.part(IndexPart::Headings).unwrap();
    let mut held: BTreeMap<String, u64> = BTreeMap::new();
    let mut reader = part.passages();
    let docs = part.segment().max_doc();
    assert!(docs > 50, "{docs} headings");
    for doc in 0..docs {
        let heading = reader.passage(doc).unwrap();
        assert_eq!(heading.id.number, 0);
        let analysis = Analysis::of(&heading.text);
        let words = analysis.tokens().iter().filter(|t| t.length == 1);
        let mut words: Vec<&str> = words.map(|t| analysis.form(t)).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *held.entry(word.to_owned()).or_default() += 1;
        }
    }
    for (word, count) in held
        .iter()
        .filter(|(w, _)| w.chars().all(char::is_alphabetic))
    {
        let query = |text: String| parse(&text, MatchMode::All).unwrap();
        let only = SearchRequest::new(query(format!("heading:\"{word}\"")));
        assert_eq!(search(&index, &only).unwrap().total, *count, "{word}");
        let beside = query(format!("\"{word}\""));
        let beside = count_headings(&index, Some(&beside), &Filters::default());
        assert_eq!(beside.unwrap(), *count, "{word}");
    }
}
