//! The index folder: the same content from any number of threads, and a build
//! that lands whole or not at all.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{build_index_in, command, folder, narrative, root, run, shared};

/// The answers of some queries, as JSON.
fn answers(index: &Path) -> Vec<String> {
    let index = index.to_str().unwrap();
    [
        &["search", "the", "-n", "300"][..],
        &[
            "search",
            "\"human rights\" OR \"forced labor\"",
            "-n",
            "50",
            "--facets",
            "country,year,theme",
        ],
        &[
            "search",
            "government -trafficking",
            "--sort",
            "country",
            "-n",
            "50",
        ],
        &["search", "peace OR victims", "--sort", "year", "-n", "50"],
        &[
            "search",
            "co-operation OR anti-trafficking",
            "--sort",
            "position",
            "-n",
            "50",
        ],
        &["facets"],
    ]
    .into_iter()
    .map(|args| {
        let run = run(
            root(),
            &[&["--index", index], args, &["--format", "json"]].concat(),
        );
        assert_eq!(run.status, 0, "{args:?}: {}", run.stderr);
        run.stdout
    })
    .collect()
}

fn same_from_any_threads_and_memory(corpus: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    // In 16 MB most of the shared corpus waits in files, and its words are
    // sorted in many goes.
    for (threads, memory) in [(1, 512), (2, 512), (8, 512), (2, 16)] {
        let index = folder.path().join(format!("{threads}-{memory}"));
        let corpus = [PathBuf::from(corpus)];
        let summary = build_index_in(memory * 1_000_000, &corpus, &index, threads);
        all.push((
            format!("{threads} threads, {memory} MB"),
            answers(&index),
            summary.manifest.counts,
            summary.manifest.corpus_digest,
            summary.manifest.notices,
        ));
        std::fs::remove_dir_all(index).unwrap();
    }
    for other in &all[1..] {
        assert_eq!(other.2, all[0].2, "counts with {}", other.0);
        assert_eq!(other.3, all[0].3, "digest with {}", other.0);
        assert_eq!(other.4, all[0].4, "notices with {}", other.0);
        assert!(other.1 == all[0].1, "answers with {}", other.0);
    }
}

#[test]
fn the_samples_answer_the_same_from_any_number_of_threads() {
    same_from_any_threads_and_memory(&root().join("corpus"));
}

#[test]
fn the_shared_corpus_answers_the_same_from_any_number_of_threads() {
    if let Some(shared) = shared() {
        same_from_any_threads_and_memory(&shared.join("corpus"));
    }
}

/// A corpus of one year with many reports, so that its build takes a while.
fn corpus(folder: &Path, year: u16, files: usize) {
    std::fs::create_dir_all(folder).unwrap();
    let countries = pincite::report::Gazetteer::built_in().countries();
    let text = "Inspectors visited brick kilns and found debt bondage. ".repeat(300);
    for country in countries.iter().take(files) {
        std::fs::write(
            folder.join(format!("{}.txt", country.iso3)),
            narrative(year, &country.name, &text),
        )
        .unwrap();
    }
}

/// The years that the index answers with.
fn years(folder: &Path) -> Vec<String> {
    let run = run(
        folder,
        &["facets", "kilns", "--facet", "year", "--format", "csv"],
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
        .lines()
        .skip(1)
        .map(|l| l.split(',').nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn a_build_that_is_killed_leaves_the_old_index() {
    let folder = folder(&[]);
    corpus(&folder.path().join("old"), 2019, 3);
    corpus(&folder.path().join("new"), 2020, 200);
    assert_eq!(run(folder.path(), &["index", "old"]).status, 0);
    let mut killed = 0;
    for delay in [0, 2, 5, 10, 20, 40, 80, 160] {
        let mut child = command(
            folder.path(),
            &["index", "--replace", "new", "--threads", "1"],
        )
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let years = years(folder.path());
        if status.success() {
            assert_eq!(years, ["2020"], "after {delay} ms");
            assert_eq!(run(folder.path(), &["index", "--replace", "old"]).status, 0);
        } else {
            killed += 1;
            assert!(
                years == ["2019"] || years == ["2020"],
                "after {delay} ms: {years:?}"
            );
            if years == ["2020"] {
                assert_eq!(run(folder.path(), &["index", "--replace", "old"]).status, 0);
            }
        }
    }
    assert!(killed >= 2, "a build takes longer than some milliseconds");
    // The next build takes what the killed ones left.
    assert_eq!(run(folder.path(), &["index", "--replace", "new"]).status, 0);
    let generations = std::fs::read_dir(folder.path().join("index"))
        .unwrap()
        .filter(|e| {
            e.as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with("generation-")
        })
        .count();
    assert_eq!(generations, 1);
}

#[test]
fn searches_during_builds_see_the_old_index_or_the_new() {
    let folder = folder(&[]);
    corpus(&folder.path().join("a"), 2019, 20);
    corpus(&folder.path().join("b"), 2020, 20);
    assert_eq!(run(folder.path(), &["index", "a"]).status, 0);
    let (builds, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let is_over = AtomicBool::new(false);
    let mut wrong = None;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                for corpus in ["b", "a"] {
                    let ended = match run(folder.path(), &["index", "--replace", corpus]).status {
                        0 => &builds,
                        _ => &failed,
                    };
                    ended.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let mut searches = 0;
        let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
        while wrong.is_none() && count(&failed) == 0 && (searches < 25 || count(&builds) < 3) {
            let years = years(folder.path());
            wrong = (years != ["2019"] && years != ["2020"]).then_some(years);
            searches += 1;
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!((wrong, failed.into_inner()), (None, 0));
}

#[test]
fn two_builds_at_once_are_refused() {
    let folder = folder(&[("corpus/a.txt", &narrative(2021, "Kenya", "Kilns."))]);
    let index = pincite::index::IndexFolder::new(folder.path().join("index"));
    let lock = index.lock().unwrap();
    let refused = run(folder.path(), &["index"]);
    assert_eq!(refused.status, 3);
    assert!(
        refused
            .stderr
            .contains("another build is writing to `index`"),
        "{}",
        refused.stderr
    );
    drop(lock);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
}

/// Ids of records may hold spaces, and so begin as the name of a file does.
#[test]
fn a_record_named_like_a_file_stands_beside_it() {
    let text = "# Report\n\n## 1 Scope\n\nOf kilns.\n\n## Background\n\nOf old kilns.\n";
    let record = "{\"id\": \"report 2021\", \"text\": \"Of new kilns.\"}\n";
    let corpus = folder(&[
        ("report.md", text.as_bytes()),
        ("r.jsonl", record.as_bytes()),
    ]);
    let index = corpus.path().join("index");
    build_index_in(64_000_000, &[corpus.path().to_path_buf()], &index, 2);
    let index = index.to_str().unwrap();
    for (id, said) in [
        ("doc-report 2021:text:1", "Of new kilns."),
        ("doc-report:1-scope:1", "Of kilns."),
        ("doc-report:background:1", "Of old kilns."),
    ] {
        let shown = run(root(), &["--index", index, "show", id]);
        assert!(shown.stdout.contains(said), "{id}: {}", shown.stderr);
    }
    let found = run(
        root(),
        &["--index", index, "search", "kilns", "--sort", "position"],
    );
    assert_eq!(found.status, 0, "{}", found.stderr);
}
