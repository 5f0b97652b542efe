//! Under a zero, the nearest answers: what they are and what they are never.

use serde_json::Value;

use crate::support::{folder, run};

const TEXTS: &str = r#"{"id": "1", "text": "Brick kilns in Sindh held families in debt."}
{"id": "2", "text": "Families fled the floods."}
{"id": "3", "text": "Kilns closed."}"#;

fn answer(work: &std::path::Path, args: &[&str]) -> (Value, i32) {
    let run = run(work, args);
    let answer = serde_json::from_str(&run.stdout).unwrap_or_default();
    (answer, run.status)
}

#[test]
fn what_holds_most_is_shown_apart_with_what_it_lacks() {
    let work = folder(&[("corpus/a.jsonl", TEXTS.as_bytes())]);
    run(work.path(), &["index"]);
    let query = "brick kilns families passports";
    let (found, status) = answer(work.path(), &["search", query, "--format", "json"]);
    assert_eq!(status, 1);
    assert_eq!(found["total"], 0);
    assert_eq!(found["hits"], serde_json::json!([]));
    let partial = found["partial"].as_array().unwrap();
    let ids: Vec<&str> = partial.iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["doc-1:text:1"]);
    assert_eq!(partial[0]["lacks"], serde_json::json!(["passports"]));
    // Of two words each holds one.
    let (found, _) = answer(work.path(), &["search", "floods kilns", "--format", "json"]);
    let partial = found["partial"].as_array().unwrap();
    let lacks: Vec<&Value> = partial.iter().map(|p| &p["lacks"][0]).collect();
    assert_eq!(partial.len(), 3);
    assert!(lacks.contains(&&Value::from("floods")) && lacks.contains(&&Value::from("kilns")));
    // What narrows narrows them too.
    for query in ["floods kilns -brick", "floods kilns NOT brick"] {
        let (found, _) = answer(work.path(), &["search", query, "--format", "json"]);
        let partial = found["partial"].as_array().unwrap();
        assert!(partial.iter().all(|p| p["id"] != "doc-1:text:1"), "{query}");
        assert_eq!(partial.len(), 2, "{query}");
    }
}

#[test]
fn partial_answers_are_in_no_count_and_can_be_left_out() {
    let work = folder(&[("corpus/a.jsonl", TEXTS.as_bytes())]);
    run(work.path(), &["index"]);
    let asked = |args: &[&str]| answer(work.path(), args).0;
    let query = "floods kilns";
    let without = asked(&["search", query, "--no-partial", "--format", "json"]);
    assert_eq!(without["partial"], Value::Null);
    let matching = asked(&["search", "kilns", "--format", "json"]);
    assert_eq!(matching["partial"], Value::Null);
    let batch = folder(&[("q.txt", query.as_bytes())]);
    let file = batch.path().join("q.txt");
    let lines = run(work.path(), &["batch", file.to_str().unwrap()]);
    let mut line: Value = serde_json::from_str(&lines.stdout).unwrap();
    line.as_object_mut().unwrap().remove("id");
    assert_eq!(line, asked(&["search", query, "--format", "json"]));
    for format in ["jsonl", "csv"] {
        let run = run(work.path(), &["search", query, "--format", format]);
        assert_eq!(run.status, 1);
        assert!(!run.stdout.contains("floods"), "{}", run.stdout);
    }
    let text = run(work.path(), &["search", query]);
    assert!(text.stdout.contains("not counted"), "{}", text.stdout);
    assert!(text.stdout.contains("lacks: kilns"), "{}", text.stdout);
    let facets = run(work.path(), &["facets", query]);
    assert_eq!(facets.status, 1);
    let none = run(work.path(), &["search", "zebra quagga"]);
    assert!(!none.stdout.contains("not counted"), "{}", none.stdout);
}
