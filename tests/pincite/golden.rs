//! Answers that must not change: what a faster or smaller index gives is byte
//! for byte what the one before gave.
//!
//! `tests/golden/*.tsv` keep, for queries of every kind, how many passages
//! match and a digest of the whole JSON: passages, order, scores, highlights,
//! sentences, themes, citations, facet counts. `PINCITE_BLESS=1 cargo test
//! golden` writes them anew, for a change that is meant to change answers.

use std::fmt::Write as _;

use pincite::text::digest::sha256;
use serde_json::Value;

use crate::support::{Kept, root, samples, shared_index};

/// How many hexadecimal digits of a digest are kept.
const DIGITS: usize = 16;

fn answers_are_kept(kept: &Kept, name: &str) {
    let path = root().join("tests/golden").join(name);
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    let mut now = format!("{}\n", lines.next().unwrap());
    let mut changed = Vec::new();
    for line in lines {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, _, query, options] = columns[..] else {
            panic!("{name}: {line}");
        };
        let mut args = vec!["search", "--format", "json"];
        args.extend(options.split_whitespace());
        if !query.is_empty() {
            args.extend(["--", query]);
        }
        let run = kept.run(&args);
        let answer: Value = serde_json::from_str(&run.stdout)
            .unwrap_or_else(|e| panic!("{line}: {e}: {}", run.stderr));
        let digest = &sha256(without_later_keys(answer.clone()).as_bytes())[..DIGITS];
        let told = format!("{digest}\t{}\t{query}\t{options}", answer["total"]);
        if told != line {
            changed.push(format!("{line}\n  now {told}"));
        }
        writeln!(now, "{told}").unwrap();
    }
    if std::env::var_os("PINCITE_BLESS").is_some() {
        std::fs::write(&path, now).unwrap();
        return;
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Keys that came after the digests were written.
const LATER: [&str; 9] = [
    "headings",
    "note",
    "partial",
    "printed",
    "publication",
    "remark",
    "respelled",
    "title_source",
    "year_source",
];

/// An answer without the keys that came later, as it was written then.
fn without_later_keys(mut answer: Value) -> String {
    let keep = |object: &mut Value| {
        if let Some(object) = object.as_object_mut() {
            object.retain(|key, _| !LATER.contains(&key.as_str()));
        }
    };
    keep(&mut answer);
    let hits = answer["hits"].as_array_mut();
    hits.into_iter().flatten().for_each(keep);
    format!("{answer}\n")
}

#[test]
fn answers_on_the_samples_are_what_they_were() {
    answers_are_kept(samples(), "samples.tsv");
}

#[test]
fn answers_on_the_shared_corpus_are_what_they_were() {
    let Some(kept) = shared_index() else { return };
    answers_are_kept(kept, "shared.tsv");
}
