//! Building and searching, measured in one run.
//!
//! Corpus: narratives made from a seed (`SEED`), so that nothing outside the
//! project is needed; or the folder that `PINCITE_BENCH_CORPUS` names.
//!
//! Measured: MB of source text a second for a build with one thread and with
//! one for each core; then, for every class of operators, 50 queries whose
//! words are drawn from passages of the corpus (so that all match something):
//! the ten best passages with highlights and the count of all, each query the
//! median of three runs. Told are the median and the 99th percentile of the
//! 50, and how often the median of two plain words goes into that of the
//! class. A scan of all passages for two words, cut by the same analyzer, is
//! timed once.
//!
//! Run `cargo bench`; `cargo bench -- --test` runs once on a small corpus to
//! show that it works.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pincite::index::{BuildConfig, BuildSummary, FacetName, IndexFolder, OpenIndex, build};
use pincite::query::{MatchMode, Reading, Synonyms};
use pincite::read::{Profiles, ReadConfig, find_files, reports_of};
use pincite::search::{FeedbackConfig, SearchRequest, search};
use pincite::text::{Analysis, StemCache};
use pincite::theme::Lexicon;

use pincite_generate::generate;
use pincite_generate::random::Random;

const SEED: u64 = 2026;

fn main() {
    let small = std::env::args().any(|a| a == "--test");
    let work = tempfile::tempdir().expect("a folder");
    let corpus = match std::env::var_os("PINCITE_BENCH_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => {
            let corpus = work.path().join("corpus");
            generate(&corpus, SEED, if small { 1 } else { 60 }).expect("a corpus");
            corpus
        }
    };
    let mut out = String::new();
    let mut one = Duration::ZERO;
    for threads in [1, 0] {
        let index = work.path().join("index");
        let start = Instant::now();
        let summary = build_with(&corpus, &index, threads, true);
        let took = start.elapsed();
        let megabytes = summary.manifest.counts.bytes as f64 / 1e6;
        let label = if threads == 1 {
            "1 thread"
        } else {
            "all cores"
        };
        out += &format!(
            "build, {label:<10} {:>7.1} MB/s  ({megabytes:.1} MB, {} passages)",
            megabytes / took.as_secs_f64(),
            summary.manifest.counts.passages
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
    out += &updates(&corpus, work.path());
    let index = OpenIndex::open(&IndexFolder::new(work.path().join("index"))).expect("an index");
    let passages = read_all(&corpus);
    let mut draw = Draw::new(&passages);
    let number = if small { 3 } else { QUERIES };
    let classes: Vec<(&str, Vec<Timed>)> = CLASSES
        .iter()
        .map(|class| (class.name, measure(&index, class, &mut draw, number)))
        .collect();
    let plain = percentile(&classes[0].1, 0.5);
    out += &format!(
        "\n{:<34} {:>9} {:>9} {:>7} {:>9}\n",
        "operators, 50 queries each", "median ms", "p99 ms", "ratio", "passages"
    );
    for (name, timed) in &classes {
        let median = percentile(timed, 0.5);
        let mut totals: Vec<u64> = timed.iter().map(|t| t.total).collect();
        totals.sort_unstable();
        out += &format!(
            "{name:<34} {:>9.3} {:>9.3} {:>7.2} {:>9}\n",
            median * 1e3,
            percentile(timed, 0.99) * 1e3,
            median / plain,
            totals[totals.len() / 2]
        );
    }
    let words = draw.neighbours(2);
    let (found, scan) = timed(|| scan_for(&passages, &words));
    out += &format!(
        "\na scan for two words: {:.0} ms, {:.0} times two plain words; {found} passages\n",
        scan * 1e3,
        scan / plain
    );
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes()).expect("stdout");
}

/// How many queries of each class are timed.
const QUERIES: usize = 50;

/// A class of queries.
struct Class {
    name: &'static str,
    mode: MatchMode,
    expand: bool,
    feedback: bool,
    /// A query of words that stand near each other in a passage, in order.
    make: fn(&[String]) -> String,
}

const fn class(name: &'static str, make: fn(&[String]) -> String) -> Class {
    Class {
        name,
        mode: MatchMode::All,
        expand: false,
        feedback: false,
        make,
    }
}

/// The first letters of a word.
fn head(word: &str, n: usize) -> String {
    word.chars().take(n).collect()
}

/// A word without its second letter, or with a `?` for it.
fn without_second(word: &str, instead: &str) -> String {
    let second = word.chars().nth(1).map(String::from).unwrap_or_default();
    word.replacen(&second, instead, 1)
}

const CLASSES: &[Class] = &[
    class("two words", |w| format!("{} {}", w[0], w[1])),
    class("word", |w| w[0].clone()),
    class("this form alone: =a", |w| format!("={}", w[0])),
    class("case:\"a\"", |w| format!("case:\"{}\"", w[0])),
    class("a OR b OR c", |w| w[..3].join(" OR ")),
    Class {
        mode: MatchMode::Any,
        ..class("eight words, --match any", |w| w.join(" "))
    },
    class("a -b", |w| format!("{} -{}", w[0], w[1])),
    class("(a OR b) c^2", |w| {
        format!("({} OR {}) {}^2", w[0], w[1], w[2])
    }),
    class("\"a b\"", |w| format!("\"{} {}\"", w[0], w[1])),
    class("\"a b c\"", |w| format!("\"{}\"", w[..3].join(" "))),
    class("\"a c\"~3", |w| format!("\"{} {}\"~3", w[0], w[2])),
    class("a w/5 b", |w| format!("{} w/5 {}", w[1], w[0])),
    class("a pre/5 b", |w| format!("{} pre/5 {}", w[0], w[2])),
    class("a /s b", |w| format!("{} /s {}", w[2], w[0])),
    class("a +s b", |w| format!("{} +s {}", w[0], w[2])),
    class("a /p b", |w| format!("{} /p {}", w[0], w[3])),
    class("a +p b", |w| format!("{} +p {}", w[0], w[3])),
    class("\"a b\" w/8 c", |w| {
        format!("\"{} {}\" w/8 {}", w[0], w[1], w[3])
    }),
    class("(a OR b) w/8 (c! OR d*)", |w| {
        format!(
            "({} OR {}) w/8 ({}! OR {}*)",
            w[0],
            w[1],
            head(&w[2], 5),
            head(&w[3], 5)
        )
    }),
    class("abcd*", |w| format!("{}*", head(&w[0], 4))),
    class("abcde!", |w| format!("{}!", head(&w[0], 5))),
    class("a?cd", |w| without_second(&w[0], "?")),
    class("*bcd", |w| format!("*{}", &w[0][1..])),
    class("/ab.*e?/", |w| format!("/{}.*[a-m]/", head(&w[0], 4))),
    class("word~1", |w| format!("{}~1", without_second(&w[0], ""))),
    class("word~2", |w| format!("{}~2", without_second(&w[0], ""))),
    class("abcd* /s word~1", |w| {
        format!("{}* /s {}~1", head(&w[0], 4), without_second(&w[2], ""))
    }),
    class("\"abcd* b\"", |w| {
        format!("\"{}* {}\"", head(&w[0], 4), w[1])
    }),
    class("ATLEAST2(a)", |w| format!("ATLEAST2({})", w[0])),
    class("word year:YEARS", |w| format!("{} year:YEARS", w[0])),
    class("\"a b\" year:YEARS", |w| {
        format!("\"{} {}\" year:YEARS", w[0], w[1])
    }),
    Class {
        expand: true,
        ..class("two words, --expand", |w| format!("{} {}", w[0], w[1]))
    },
    Class {
        feedback: true,
        ..class("two words, --feedback", |w| format!("{} {}", w[0], w[1]))
    },
];

/// Draws words that stand near each other in a passage.
struct Draw<'a> {
    passages: &'a [String],
    random: Random,
}

impl<'a> Draw<'a> {
    fn new(passages: &'a [String]) -> Self {
        Draw {
            passages,
            random: Random::new(SEED),
        }
    }

    /// Words of five letters and more that stand side by side.
    fn neighbours(&mut self, n: usize) -> Vec<String> {
        for _ in 0..100_000 {
            let passage = &self.passages[self.random.place(self.passages.len())];
            let words: Vec<&str> = passage.split_ascii_whitespace().collect();
            if words.len() < n {
                continue;
            }
            let from = self.random.place(words.len() - n + 1);
            let words = &words[from..from + n];
            let plain = |w: &&str| w.len() >= 5 && w.bytes().all(|b| b.is_ascii_lowercase());
            // Of long runs of words only the first few need be long ones.
            if words[..n.min(4)].iter().all(plain)
                && words
                    .iter()
                    .all(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase()))
            {
                return words.iter().map(|w| (*w).to_owned()).collect();
            }
        }
        panic!("no {n} plain words stand side by side");
    }
}

struct Timed {
    seconds: f64,
    total: u64,
}

fn measure(index: &OpenIndex, class: &Class, draw: &mut Draw<'_>, number: usize) -> Vec<Timed> {
    let reading = Reading {
        mode: class.mode,
        literal: false,
        synonyms: class.expand.then(|| Synonyms::built_in().clone()),
    };
    // The middle half of the years.
    let all = index.facet_values(FacetName::Year).expect("years");
    let years = format!("{}..{}", all[all.len() / 4], all[all.len() * 3 / 4]);
    let mut timings = Vec::new();
    let mut skipped = 0;
    while timings.len() < number {
        // A pattern that stands for too many words is refused.
        let text = (class.make)(&draw.neighbours(8)).replace("YEARS", &years);
        let mut request = SearchRequest::new(reading.read(&text).expect("a query"));
        request.feedback = class.feedback.then(FeedbackConfig::default);
        let Ok(warm) = search(index, &request) else {
            skipped += 1;
            assert!(skipped < 10 * number, "{text}");
            continue;
        };
        let mut seconds: Vec<f64> = (0..3)
            .map(|_| {
                timed(|| {
                    let mut request = SearchRequest::new(reading.read(&text).expect("a query"));
                    request.feedback = class.feedback.then(FeedbackConfig::default);
                    search(index, &request).expect("an answer").total
                })
                .1
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        timings.push(Timed {
            seconds: seconds[1],
            total: warm.total,
        });
    }
    timings.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    timings
}

/// A percentile of timings in ascending order, in seconds.
fn percentile(timings: &[Timed], part: f64) -> f64 {
    let at = (timings.len() as f64 * part) as usize;
    timings[at.min(timings.len() - 1)].seconds
}

fn timed(f: impl FnOnce() -> u64) -> (u64, f64) {
    let start = Instant::now();
    let result = f();
    (result, start.elapsed().as_secs_f64())
}

/// How many passages hold all of some words by inflection.
fn scan_for(passages: &[String], words: &[String]) -> u64 {
    let mut stems = StemCache::default();
    let wanted: Vec<String> = words.iter().map(|w| stems.stem(w).to_owned()).collect();
    let mut analysis = Analysis::default();
    let mut found = 0;
    for passage in passages {
        analysis.run(passage);
        let mut held = vec![false; wanted.len()];
        for token in analysis.tokens() {
            let stem = stems.stem(analysis.form(token));
            for (held, wanted) in held.iter_mut().zip(&wanted) {
                *held |= stem == wanted;
            }
        }
        found += u64::from(held.iter().all(|h| *h));
    }
    found
}

/// What an index brought up to date costs beside one built anew: nothing
/// changed, and one file changed.
fn updates(corpus: &Path, work: &Path) -> String {
    let copy = work.join("copy");
    copy_files(corpus, &copy);
    let index = work.join("updated");
    let timed = |rebuild| {
        let start = Instant::now();
        build_with(&copy, &index, 0, rebuild);
        start.elapsed().as_secs_f64()
    };
    let anew = timed(true);
    let unchanged = timed(false);
    let (files, _) = find_files(std::slice::from_ref(&copy)).expect("files");
    let mut text = std::fs::read(&files[0].path).expect("a file");
    text.extend_from_slice(b"\n\nAnother paragraph of brick kilns.\n");
    std::fs::write(&files[0].path, text).expect("a file");
    let one_changed = timed(false);
    format!(
        "update, nothing changed {unchanged:.2} s, {:.3} of a build; one file changed \
         {one_changed:.2} s, {:.2} of a build\n",
        unchanged / anew,
        one_changed / anew
    )
}

fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_files(&entry.path(), &to),
            false => {
                std::fs::copy(entry.path(), to).expect("a copy");
            }
        }
    }
}

fn build_with(corpus: &Path, index: &Path, threads: usize, rebuild: bool) -> BuildSummary {
    let config = BuildConfig {
        corpora: vec![corpus.to_owned()],
        threads,
        memory: 256_000_000,
        read: ReadConfig::new(Profiles::built_in()),
        lexicon: Lexicon::built_in(),
        themes: None,
        rebuild,
        profile_files: Vec::new(),
    };
    build(&IndexFolder::new(index), &config, &|_| {}).expect("a build")
}

fn read_all(corpus: &Path) -> Vec<String> {
    let (files, _) = find_files(&[corpus.to_owned()]).expect("files");
    let reports = files
        .iter()
        .flat_map(|f| reports_of(f, &ReadConfig::new(Profiles::built_in())));
    reports.flat_map(|r| r.passages()).map(|p| p.text).collect()
}
