//! The inner loops, each alone: cutting words and sentences, reading a file to
//! paragraphs, tagging themes, matching places, a whole answer with highlights.
//!
//! The text is a narrative of the samples, 40 times; figures are per run over
//! all of it, with bytes or items a second. Run `cargo bench --bench inner`.

use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pincite::index::{BuildConfig, IndexFolder, OpenIndex, build};
use pincite::query::matcher::{Extent, Places};
use pincite::query::plan::Op;
use pincite::query::{MatchMode, parse};
use pincite::read::{InputFile, Profiles, ReadConfig, find_files, reports_of};
use pincite::search::{SearchRequest, search};
use pincite::text::words::Cut;
use pincite::text::{Analysis, StemCache, sentences};
use pincite::theme::{Lexicon, Tagger};

fn main() {
    divan::main();
}

/// How many times the samples are taken.
const TIMES: usize = 40;

fn sample_files() -> Vec<InputFile> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    find_files(&[corpus]).expect("the samples are there").0
}

/// The passages of the samples.
static PASSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut texts = Vec::new();
    for file in sample_files() {
        for report in reports_of(&file, &ReadConfig::new(Profiles::built_in())) {
            texts.extend(report.passages().into_iter().map(|p| p.text));
        }
    }
    let once = texts.clone();
    (1..TIMES).for_each(|_| texts.extend_from_slice(&once));
    texts
});

fn bytes() -> BytesCount {
    BytesCount::new(PASSAGES.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn words_cut(bencher: Bencher<'_, '_>) {
    let mut cut = Cut::default();
    bencher.counter(bytes()).bench_local(|| {
        for text in PASSAGES.iter() {
            cut.run(text);
            black_box(cut.words());
        }
    });
}

#[divan::bench]
fn words_folded(bencher: Bencher<'_, '_>) {
    let mut analysis = Analysis::default();
    bencher.counter(bytes()).bench_local(|| {
        for text in PASSAGES.iter() {
            analysis.run(text);
            black_box(analysis.tokens());
        }
    });
}

#[divan::bench]
fn words_stemmed(bencher: Bencher<'_, '_>) {
    let mut analysis = Analysis::default();
    let mut stems = StemCache::default();
    bencher.counter(bytes()).bench_local(|| {
        for text in PASSAGES.iter() {
            analysis.run(text);
            for token in analysis.tokens() {
                black_box(stems.stem(analysis.form(token)));
            }
        }
    });
}

#[divan::bench]
fn sentences_cut(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench_local(|| {
        for text in PASSAGES.iter() {
            black_box(sentences(text));
        }
    });
}

#[divan::bench]
fn themes_tagged(bencher: Bencher<'_, '_>) {
    let mut tagger = Tagger::new(Lexicon::built_in());
    bencher.counter(bytes()).bench_local(|| {
        for text in PASSAGES.iter() {
            black_box(tagger.tag(text));
        }
    });
}

#[divan::bench]
fn files_read(bencher: Bencher<'_, '_>) {
    let files = sample_files();
    let bytes: u64 = files
        .iter()
        .filter_map(|f| f.path.metadata().ok())
        .map(|m| m.len())
        .sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for file in &files {
            black_box(reports_of(file, &ReadConfig::new(Profiles::built_in())));
        }
    });
}

#[divan::bench(args = [0, 8])]
fn phrase_matched(bencher: Bencher<'_, '_>, slop: u32) {
    let every = |step: u32| {
        let starts = (0..200).step_by(step as usize);
        starts
            .map(|start| Extent {
                start,
                end: start + 1,
            })
            .collect()
    };
    let places = Places {
        present: vec![true; 3],
        leaves: vec![every(7), every(5), every(11)],
        ..Places::default()
    };
    let phrase = Op::Sequence {
        parts: (0..3).map(Op::Leaf).collect(),
        slop,
    };
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| black_box(black_box(&places).matches(&phrase)));
}

#[divan::bench(args = ["kiln", "debt bondage", "\"brick kilns\"", "victim* w/8 shelter"])]
fn answered(bencher: Bencher<'_, '_>, query: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = IndexFolder::new(folder.path().join("index"));
    let config = BuildConfig {
        corpora: vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")],
        threads: 0,
        memory: 64_000_000,
        read: ReadConfig::new(Profiles::built_in()),
        lexicon: Lexicon::built_in(),
        themes: None,
        rebuild: true,
        profile_files: Vec::new(),
    };
    build(&folder, &config, &|_| {}).expect("the samples build");
    let index = OpenIndex::open(&folder).expect("the index opens");
    let request = SearchRequest::new(parse(query, MatchMode::All).expect("a query"));
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| search(&index, black_box(&request)).expect("an answer"));
}
