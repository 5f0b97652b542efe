//! The index against a scan: for words and phrases drawn at random, the same
//! passages and the same highlights as a search through every passage, word
//! by word.
//!
//! The scan shares the rules for words (`Analysis`, `Stemmer`) and nothing
//! else: it knows no index, no tree and no matcher.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use pincite::index::OpenIndex;
use pincite::query::{MatchMode, parse};
use pincite::read::{Profiles, ReadConfig, find_files, reports_of};
use pincite::search::{SearchRequest, search};
use pincite::text::{Analysis, Stemmer};

use crate::support::{Random, samples, shared, shared_index};

/// A passage as the scan sees it.
struct Scanned {
    id: String,
    text: String,
    /// (word, first position, positions covered), by number of the form.
    words: Vec<(u32, u32, u32)>,
    spans: Vec<Range<usize>>,
}

struct Corpus {
    passages: Vec<Scanned>,
    forms: Vec<String>,
    /// For every form the number of its stem.
    stems: Vec<u32>,
}

impl Corpus {
    fn read(folder: &Path) -> Self {
        let (files, notices) = find_files(&[PathBuf::from(folder)]).unwrap();
        assert_eq!(notices, []);
        let mut corpus = Corpus {
            passages: Vec::new(),
            forms: Vec::new(),
            stems: Vec::new(),
        };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut stem_numbers: HashMap<String, u32> = HashMap::new();
        let stemmer = Stemmer::default();
        let mut seen = HashSet::new();
        for file in &files {
            for report in reports_of(file, &ReadConfig::new(Profiles::built_in())) {
                if !seen.insert(report.id.clone()) {
                    continue;
                }
                for passage in report.passages() {
                    let analysis = Analysis::of(&passage.text);
                    let mut words = Vec::new();
                    let mut spans = Vec::new();
                    for token in analysis.tokens() {
                        let form = analysis.form(token);
                        let number = *numbers.entry(form.to_owned()).or_insert_with(|| {
                            let next = stem_numbers.len() as u32;
                            let stem = stemmer.stem(form).into_owned();
                            corpus.stems.push(*stem_numbers.entry(stem).or_insert(next));
                            corpus.forms.push(form.to_owned());
                            corpus.forms.len() as u32 - 1
                        });
                        words.push((number, token.position, token.length));
                        if token.length == 1 {
                            spans.push(token.span.clone());
                        }
                    }
                    corpus.passages.push(Scanned {
                        id: passage.id.to_string(),
                        text: passage.text,
                        words,
                        spans,
                    });
                }
            }
        }
        corpus
    }

    /// Where words stand side by side: passage by passage the spans.
    fn scan(&self, wanted: &[String], exact: bool) -> BTreeMap<&str, Vec<Range<usize>>> {
        let stemmer = Stemmer::default();
        let is = |number: u32, word: &str| match exact {
            true => self.forms[number as usize] == word,
            false => same_word(&stemmer, &self.forms[number as usize], word),
        };
        // Which forms fit each wanted word, found once.
        let fitting: Vec<Vec<bool>> = wanted
            .iter()
            .map(|word| (0..self.forms.len() as u32).map(|n| is(n, word)).collect())
            .collect();
        let mut found = BTreeMap::new();
        for passage in &self.passages {
            let mut spans: Vec<Range<usize>> = Vec::new();
            for &(first, start, length) in &passage.words {
                if !fitting[0][first as usize] {
                    continue;
                }
                let mut ends = vec![start + length];
                for fits in &fitting[1..] {
                    let mut next = Vec::new();
                    for &(number, at, length) in &passage.words {
                        if fits[number as usize] && ends.contains(&at) {
                            next.push(at + length);
                        }
                    }
                    ends = next;
                }
                for end in ends {
                    spans.push(
                        passage.spans[start as usize].start..passage.spans[end as usize - 1].end,
                    );
                }
            }
            if !spans.is_empty() {
                found.insert(passage.id.as_str(), melted(spans));
            }
        }
        found
    }
}

/// Whether two forms are of one word: they share a stem, which for an irregular
/// inflection may be that of its base.
pub(crate) fn same_word(stemmer: &Stemmer, left: &str, right: &str) -> bool {
    let stems = |form| [Some(stemmer.stem(form)), stemmer.irregular_stem(form)];
    let right = stems(right);
    stems(left)
        .iter()
        .flatten()
        .any(|stem| right.contains(&Some(stem.clone())))
}

/// Overlapping spans as one.
fn melted(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|s| (s.start, s.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn found_by_index(
    index: &OpenIndex,
    query: &str,
    limit: usize,
) -> (u64, BTreeMap<String, Vec<Range<usize>>>) {
    let mut request = SearchRequest::new(parse(query, MatchMode::All).unwrap());
    request.limit = limit;
    let results = search(index, &request).unwrap();
    let hits = results
        .hits
        .into_iter()
        .map(|h| (h.passage.id.to_string(), h.highlights));
    (results.total, hits.collect())
}

/// How many hits of a query are compared one by one.
const COMPARED: usize = 2000;

fn agree(corpus: &Corpus, index: &OpenIndex, query: &str, wanted: &[String], exact: bool) {
    let scanned = corpus.scan(wanted, exact);
    let (total, hits) = found_by_index(index, query, COMPARED);
    assert_eq!(total, scanned.len() as u64, "passages with {query}");
    for (id, highlights) in &hits {
        assert_eq!(
            Some(highlights),
            scanned.get(id.as_str()),
            "highlights of {query} in {id}"
        );
    }
    if total <= COMPARED as u64 {
        assert_eq!(hits.len(), scanned.len(), "hits of {query}");
    }
}

/// Draws `n` words and `n` phrases of two to five words and compares.
fn compare(folder: &Path, index: &OpenIndex, n: usize, seed: u64) {
    let corpus = Corpus::read(folder);
    assert_eq!(index.manifest.counts.passages, corpus.passages.len() as u64);
    let mut random = Random::new(seed);
    let mut matched = 0u64;
    for i in 0..n {
        // A word, exact and by inflection in turns.
        let word = corpus.forms[random.below(corpus.forms.len())].clone();
        let exact = i % 2 == 0;
        let query = if exact {
            format!("\"{word}\"")
        } else {
            word.clone()
        };
        if Analysis::of(&word).word_count() == 1 {
            agree(&corpus, index, &query, &[word], exact);
        }
        // A phrase as it stands in some passage, hyphens taken for spaces.
        let (wanted, query) = loop {
            let passage = &corpus.passages[random.below(corpus.passages.len())];
            let length = 2 + random.below(4);
            let plain: Vec<&(u32, u32, u32)> = passage.words.iter().filter(|w| w.2 == 1).collect();
            if plain.len() < length {
                continue;
            }
            let start = random.below(plain.len() - length + 1);
            let words: Vec<String> = plain[start..start + length]
                .iter()
                .map(|w| corpus.forms[w.0 as usize].clone())
                .collect();
            // A form like `a.m` may be cut again when typed alone.
            if words.iter().all(|w| Analysis::of(w).word_count() == 1) {
                break (words.clone(), format!("\"{}\"", words.join(" ")));
            }
        };
        let (total, _) = found_by_index(index, &query, 0);
        assert!(total > 0, "{query} was drawn from a passage");
        matched += total;
        agree(&corpus, index, &query, &wanted, true);
    }
    assert!(matched >= n as u64);
}

#[test]
fn two_hundred_words_and_phrases_of_the_samples() {
    compare(
        &crate::support::root().join("corpus"),
        &samples().open(),
        200,
        7,
    );
}

#[test]
fn two_hundred_words_and_phrases_of_the_shared_corpus() {
    let (Some(folder), Some(kept)) = (shared(), shared_index()) else {
        return;
    };
    compare(&folder.join("corpus"), &kept.open(), 200, 11);
}

#[test]
fn compounds_are_found_in_every_way_they_are_typed() {
    let corpus = Corpus::read(&crate::support::root().join("corpus"));
    let index = samples().open();
    let mut compounds = HashSet::new();
    for passage in &corpus.passages {
        let analysis = Analysis::of(&passage.text);
        for token in analysis.tokens().iter().filter(|t| t.length > 1) {
            compounds.insert(passage.text[token.span.clone()].to_lowercase());
        }
    }
    assert!(
        compounds.len() > 9,
        "the samples hold {} compounds",
        compounds.len()
    );
    for compound in compounds {
        let parts: Vec<String> = Analysis::of(&compound)
            .tokens()
            .iter()
            .filter(|t| t.length == 1)
            .map(|t| compound[t.span.clone()].to_owned())
            .collect();
        let joined = parts.concat();
        let all = found_by_index(&index, &format!("\"{compound}\""), 500).1;
        assert!(!all.is_empty(), "{compound}");
        let side_by_side = found_by_index(&index, &format!("\"{}\"", parts.join(" ")), 500).1;
        let as_one = found_by_index(&index, &format!("\"{joined}\""), 500).1;
        for (id, spans) in side_by_side.iter().chain(&as_one) {
            assert!(
                spans.iter().all(|s| all[id].contains(s)),
                "{compound} in {id}"
            );
        }
        assert!(!as_one.is_empty(), "{joined}");
    }
}
