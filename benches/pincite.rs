//! Building and searching, measured in one run.
//!
//! Corpus: narratives made from a seed (`SEED`), one for each of some
//! countries and years, their words drawn by Zipf's law from a vocabulary of
//! made-up words, so that nothing outside the project is needed; or the folder
//! that `PINCITE_BENCH_CORPUS` names. Measured: MB of source text a second for
//! a build with one thread and with one for each core, and the median time of
//! queries of five kinds, beside a scan of all passages for the same words
//! with the same analyzer. Ratios say how often one goes into the other.
//!
//! Run `cargo bench`; `cargo bench -- --test` runs once on a small corpus to
//! show that it works.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pincite::index::{BuildConfig, BuildSummary, IndexFolder, OpenIndex, build};
use pincite::query::{Filters, MatchMode, Matcher, parse};
use pincite::read::{Profiles, find_files, read_file};
use pincite::report::Gazetteer;
use pincite::search::{SearchRequest, Sort, search};
use pincite::theme::Lexicon;

const SEED: u64 = 2026;
const VOCABULARY: usize = 20_000;
/// How often each query is timed.
const TIMES: usize = 51;

fn main() {
    let small = std::env::args().any(|a| a == "--test");
    let work = tempfile::tempdir().expect("a folder");
    let corpus = match std::env::var_os("PINCITE_BENCH_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => {
            let corpus = work.path().join("corpus");
            generate(&corpus, if small { 1 } else { 20 });
            corpus
        }
    };
    let mut out = String::new();
    let mut one = Duration::ZERO;
    for threads in [1, 0] {
        let index = work.path().join("index");
        let start = Instant::now();
        let summary = build_with(&corpus, &index, threads);
        let took = start.elapsed();
        let megabytes = summary.counts.bytes as f64 / 1e6;
        let label = if threads == 1 {
            "1 thread"
        } else {
            "all cores"
        };
        out += &format!(
            "build, {label:<10} {:>7.1} MB/s  ({megabytes:.1} MB, {} passages)",
            megabytes / took.as_secs_f64(),
            summary.counts.passages
        );
        match threads {
            1 => one = took,
            _ => {
                out += &format!(
                    "  {:.2} times 1 thread",
                    one.as_secs_f64() / took.as_secs_f64()
                )
            }
        }
        out += "\n";
    }
    let index = OpenIndex::open(&IndexFolder::new(work.path().join("index"))).expect("an index");
    let passages = read_all(&corpus);
    for (kind, query) in queries(&passages) {
        let times = if small { 3 } else { TIMES };
        let (total, found) = median(times, || run(&index, &query));
        let (scanned, scan) = median(1, || scan_for(&passages, &query));
        assert_eq!(total, scanned, "{query}");
        out += &format!(
            "{kind:<16} {:>9.3} ms  {total:>7} passages  a scan takes {:>7.0} times as long\n",
            found.as_secs_f64() * 1e3,
            scan.as_secs_f64() / found.as_secs_f64()
        );
    }
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes()).expect("stdout");
}

fn build_with(corpus: &Path, index: &Path, threads: usize) -> BuildSummary {
    let config = BuildConfig {
        corpora: vec![corpus.to_owned()],
        threads,
        memory: 256_000_000,
        profiles: Profiles::built_in(),
        lexicon: Lexicon::built_in(),
        themes: None,
    };
    build(&IndexFolder::new(index), &config, &|_| {}).expect("a build")
}

fn read_all(corpus: &Path) -> Vec<String> {
    let (files, _) = find_files(&[corpus.to_owned()]).expect("files");
    let reports = files
        .iter()
        .flat_map(|f| read_file(f, Profiles::built_in()).reports);
    reports.flat_map(|r| r.passages()).map(|p| p.text).collect()
}

/// Queries of each kind, their words taken from the corpus itself.
fn queries(passages: &[String]) -> Vec<(&'static str, String)> {
    let words = |n: usize| -> Vec<&str> {
        let text = &passages[passages.len() * n / 7];
        text.split(|c: char| !c.is_alphabetic())
            .filter(|w| w.len() > 4)
            .collect()
    };
    let (a, b) = (words(2), words(4));
    vec![
        ("word", a[0].to_owned()),
        ("two words", format!("{} {}", a[1], a[2])),
        (
            "three words OR",
            format!("{} OR {} OR {}", a[3], b[1], b[2]),
        ),
        (
            "phrase",
            format!("\"{}\"", two_words(&passages[passages.len() / 2])),
        ),
        ("with a NOT", format!("{} -{}", a[0], b[3])),
    ]
}

fn two_words(text: &str) -> String {
    text.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

fn run(index: &OpenIndex, query: &str) -> u64 {
    let request = SearchRequest {
        query: Some(parse(query, MatchMode::All).expect("a query")),
        filters: Filters::default(),
        limit: 10,
        offset: 0,
        sort: Sort::Score,
        facets: Vec::new(),
    };
    search(index, &request).expect("an answer").total
}

fn scan_for(passages: &[String], query: &str) -> u64 {
    let parsed = parse(query, MatchMode::All).expect("a query");
    let matcher = Matcher::new(&parsed.tree);
    passages
        .iter()
        .filter(|text| matcher.spans(text).is_some())
        .count() as u64
}

fn median(times: usize, mut f: impl FnMut() -> u64) -> (u64, Duration) {
    let mut took = Vec::with_capacity(times);
    let mut result = 0;
    for _ in 0..times {
        let start = Instant::now();
        result = f();
        took.push(start.elapsed());
    }
    took.sort();
    (result, took[times / 2])
}

/// Narratives for every country and `years` years.
fn generate(corpus: &Path, years: u16) {
    std::fs::create_dir_all(corpus).expect("a folder");
    let mut random = SEED;
    let mut next = move || {
        // xorshift64*: the same numbers on every machine.
        random ^= random >> 12;
        random ^= random << 25;
        random ^= random >> 27;
        (random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
    };
    for year in 2001..2001 + years {
        for country in Gazetteer::built_in().countries() {
            let mut text = format!(
                "{year} Trafficking in Persons Report: {}\n\n{} (Tier 2)\n",
                country.name,
                country.name.to_uppercase()
            );
            for heading in [
                "",
                "PROSECUTION",
                "PROTECTION",
                "PREVENTION",
                "TRAFFICKING PROFILE",
            ] {
                text += &format!("\n{heading}\n");
                for _ in 0..3 {
                    text += "\n";
                    for i in 0..250 {
                        // Zipf: the rank is a power of the vocabulary's size.
                        let rank = (VOCABULARY as f64).powf(next()) as u64;
                        text += &word(rank);
                        text += if i % 20 == 19 { ". " } else { " " };
                    }
                    text += "\n";
                }
            }
            std::fs::write(corpus.join(format!("{year}-{}.txt", country.iso3)), text)
                .expect("a file");
        }
    }
}

/// The made-up word of a rank.
fn word(mut rank: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mi", "ren", "ta", "vo", "shi", "dar", "pe", "un", "gol", "ne", "bir", "sa",
        "tum", "ze",
    ];
    let mut word = String::new();
    loop {
        word += SYLLABLES[(rank % 16) as usize];
        rank /= 16;
        if rank == 0 {
            return word;
        }
    }
}
