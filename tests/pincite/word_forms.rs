//! Which words find which: the table of `docs/words.md`, asked for row by row.

use std::collections::BTreeSet;

use crate::support::{folder, root, run};

/// A row of the table.
struct Rule {
    name: String,
    typed: String,
    found: Vec<String>,
    not_in_quotes: Vec<String>,
    not_found: Vec<String>,
}

fn rules() -> Vec<Rule> {
    let page = std::fs::read_to_string(root().join("docs/words.md")).unwrap();
    let list = |cell: &str| -> Vec<String> {
        let items = cell.split(" · ").map(str::trim);
        items.filter(|i| !i.is_empty()).map(str::to_owned).collect()
    };
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 5, "{row}");
            Rule {
                name: cells[0].to_owned(),
                typed: cells[1].to_owned(),
                found: list(cells[2]),
                not_in_quotes: list(cells[3]),
                not_found: list(cells[4]),
            }
        })
        .collect()
}

/// The texts, by number, that a query finds among some.
fn found(index: &std::path::Path, query: &str) -> BTreeSet<String> {
    let run = run(index, &["search", query, "--format", "json", "-n", "100"]);
    assert!(run.status < 2, "{query}: {}", run.stderr);
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let hits = answer["hits"].as_array().unwrap().iter();
    hits.map(|hit| hit["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn each_rule_finds_what_it_says_and_nothing_else() {
    let rules = rules();
    assert!(rules.len() >= 30);
    let mut slips = Vec::new();
    for rule in &rules {
        let text = |word: &String| format!("wort {word} endet.");
        let records = rule.found.iter().chain(&rule.not_found).enumerate();
        let lines: Vec<String> = records
            .map(|(i, word)| {
                serde_json::json!({"id": i.to_string(), "text": text(word)}).to_string()
            })
            .collect();
        let work = folder(&[("corpus/words.jsonl", lines.join("\n").as_bytes())]);
        assert_eq!(run(work.path(), &["index"]).status, 0, "{}", rule.name);
        let expected: BTreeSet<String> = rule.found.iter().map(text).collect();
        let bare = found(work.path(), &rule.typed);
        if bare != expected {
            slips.push(format!("{}: {} found {bare:?}", rule.name, rule.typed));
        }
        let kept = rule
            .found
            .iter()
            .filter(|word| !rule.not_in_quotes.contains(word));
        let kept: BTreeSet<String> = kept.map(text).collect();
        for query in [format!("\"{}\"", rule.typed), format!("={}", rule.typed)] {
            let exact = found(work.path(), &query);
            if exact != kept {
                slips.push(format!("{}: {query} found {exact:?}", rule.name));
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn capitals_are_asked_of_joined_forms_too() {
    let texts = r#"{"id": "1", "text": "The As-sembly met."}
{"id": "2", "text": "The assembly met."}
{"id": "3", "text": "The Assembly met."}
{"id": "4", "text": "The as-sembly met."}"#;
    let work = folder(&[("corpus/a.jsonl", texts.as_bytes())]);
    run(work.path(), &["index"]);
    for (query, expected) in [
        ("case:\"Assembly\"", "13"),
        ("case:\"assembly\"", "24"),
        ("=assembly", "1234"),
        ("case:\"As-sembly\"", "13"),
    ] {
        let ids = run(work.path(), &["search", query, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&ids.stdout).unwrap();
        let mut ids: Vec<&str> = answer["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["id"].as_str().unwrap())
            .map(|id| id.split(':').next().unwrap().trim_start_matches("doc-"))
            .collect();
        ids.sort_unstable();
        assert_eq!(ids.concat(), expected, "{query}");
    }
}

#[test]
fn a_phrase_that_finds_little_tells_of_its_other_spelling() {
    let texts = r#"{"id": "1", "text": "Labour inspectors came."}
{"id": "2", "text": "The labour inspectors left."}"#;
    let work = folder(&[("corpus/a.jsonl", texts.as_bytes())]);
    run(work.path(), &["index"]);
    let none = run(work.path(), &["search", "\"labor inspectors\""]);
    assert_eq!(none.status, 1);
    let note = "in another spelling, \"labour inspectors\": 2 passages";
    assert!(none.stderr.contains(note), "{}", none.stderr);
    let all = run(work.path(), &["search", "\"labour inspectors\""]);
    assert_eq!(all.status, 0);
    assert!(!all.stderr.contains("another spelling"));
    // What the other spelling adds counts, not what matches anyway.
    for (query, is_told) in [
        ("\"labor inspectors\" OR left", true),
        ("\"labour inspectors\" OR left", false),
    ] {
        let run = run(work.path(), &["search", query]);
        assert_eq!(run.stderr.contains("another spelling"), is_told, "{query}");
    }
}

#[test]
fn function_words_never_empty_a_result() {
    let texts = r#"{"id": "1", "text": "Kilns were raided."}
{"id": "2", "text": "Who was there in May?"}"#;
    let work = folder(&[("corpus/a.jsonl", texts.as_bytes())]);
    run(work.path(), &["index"]);
    for (query, total) in [
        ("the kilns of whom", 1),
        ("kilns AND the", 0),
        ("\"the\" kilns", 0),
        ("who was", 1),
        ("who was the", 0),
    ] {
        let answer = run(work.path(), &["search", query, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(answer["total"], total, "{query}");
    }
}
