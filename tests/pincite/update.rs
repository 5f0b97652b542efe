//! An index brought up to date is the index that a build of everything gives.

use std::path::Path;

use serde_json::Value;

use crate::support::{folder, narrative, root, run, shared};

/// All that an index answers and says, but for when and where it was built.
fn everything(folder: &Path, index: &str) -> Vec<String> {
    let mut all: Vec<String> = [
        &[
            "search",
            "the OR a OR kilns",
            "-n",
            "5000",
            "--sort",
            "position",
        ][..],
        &[
            "search",
            "kilns OR debt",
            "-n",
            "200",
            "--facets",
            "theme,section,country",
        ],
        &["facets"],
    ]
    .into_iter()
    .map(|args| {
        run(
            folder,
            &[&["--index", index], args, &["--format", "json"]].concat(),
        )
        .stdout
    })
    .collect();
    let stats = run(folder, &["--index", index, "stats", "--format", "json"]);
    let mut stats: Value = serde_json::from_str(&stats.stdout).expect("stats");
    for key in ["built", "seconds", "generation"] {
        stats.as_object_mut().unwrap().remove(key);
    }
    all.push(stats.to_string());
    let files = run(
        folder,
        &["--index", index, "stats", "--files", "--format", "json"],
    );
    all.push(files.stdout);
    all
}

/// Brings the index up to date and compares it with one built anew; gives the
/// line that says what changed.
fn update(folder: &Path, args: &[&str]) -> String {
    let updated = run(folder, &[&["index"], args].concat());
    assert!(updated.stderr.is_empty(), "{}", updated.stderr);
    let anew = run(
        folder,
        &[&["--index", "anew", "index", "--rebuild"], args].concat(),
    );
    assert_eq!(updated.status, anew.status);
    let (one, other) = (everything(folder, "index"), everything(folder, "anew"));
    for (one, other) in one.iter().zip(&other) {
        assert!(one == other, "{}\n{one}\n{other}", updated.stdout);
    }
    let mut lines = updated.stdout.lines();
    lines.nth(1).unwrap_or_default().to_owned()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => {
                std::fs::create_dir_all(&to).unwrap();
                copy(&entry.path(), &to);
            }
            false => {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
}

#[test]
fn new_changed_and_vanished_files() {
    let record = |id: &str, text: &str| {
        format!(
            "{{\"id\": \"{id}\", \"text\": \"{text}\", \"themes\": [\"sector/brick-kilns\", \"own/theme\"]}}\n"
        )
    };
    let two = record("r1", "Brick kilns.") + &record("r2", "Debt bondage.");
    let folder = folder(&[
        ("corpus/r.jsonl", two.as_bytes()),
        ("corpus/notes.txt", b"Of kilns.\n"),
    ]);
    let corpus = folder.path().join("corpus");
    copy(&root().join("corpus"), &corpus);
    let first = update(folder.path(), &[]);
    assert!(first.starts_with("in "), "{first}");
    assert!(update(folder.path(), &[]).ends_with(" unchanged; 0 files read"));
    let write = |name: &str, bytes: &[u8]| std::fs::write(corpus.join(name), bytes).unwrap();

    write(
        "ken.txt",
        &narrative(2003, "Kenya", "Children work in kilns."),
    );
    let told = update(folder.path(), &[]);
    assert!(
        told.starts_with("+1 report, ") && told.ends_with("1 file read"),
        "{told}"
    );

    write("ken.txt", &narrative(2003, "Kenya", "Men work in kilns."));
    let told = update(folder.path(), &[]);
    assert!(
        told.starts_with("~1 changed, ") && told.ends_with("1 file read"),
        "{told}"
    );

    // Of two records in a file one changes and one goes.
    write("r.jsonl", record("r1", "Brick kilns burn.").as_bytes());
    let told = update(folder.path(), &[]);
    assert!(told.starts_with("~1 changed, -1 removed, "), "{told}");
}

#[test]
fn duplicates_come_in_when_the_first_goes() {
    let folder = folder(&[
        (
            "corpus/a.txt",
            &narrative(2003, "Kenya", "Children work in kilns."),
        ),
        (
            "corpus/b.txt",
            &narrative(2003, "Kenya", "Men work in kilns."),
        ),
        (
            "corpus/c.txt",
            &narrative(2004, "Nepal", "Women work in kilns."),
        ),
    ]);
    update(folder.path(), &[]);
    std::fs::write(
        folder.path().join("corpus/c.txt"),
        narrative(2004, "Nepal", "All work."),
    )
    .unwrap();
    update(folder.path(), &[]);
    std::fs::remove_file(folder.path().join("corpus/a.txt")).unwrap();
    let told = update(folder.path(), &[]);
    assert!(told.starts_with("~1 changed, 1 unchanged"), "{told}");
    let found = run(folder.path(), &["search", "\"men work\""]);
    assert_eq!(found.status, 0);
}

#[test]
fn names_that_changed_and_tables_beside_the_corpus() {
    let folder = folder(&[
        ("corpus/a b.txt", b"Of kilns.\n"),
        ("corpus/notes.txt", b"Of debt.\n"),
    ]);
    let path = |name: &str| folder.path().join("corpus").join(name);
    update(folder.path(), &[]);
    std::fs::rename(path("notes.txt"), path("other.txt")).unwrap();
    let told = update(folder.path(), &[]);
    assert!(
        told.starts_with("+1 report, -1 removed, 1 unchanged; 1 file"),
        "{told}"
    );
    std::fs::write(
        path("corpus.csv"),
        "path,country,year\nother.txt,Kenya,2019\n",
    )
    .unwrap();
    let told = update(folder.path(), &[]);
    assert!(
        told.starts_with("~1 changed, 1 unchanged; 1 file"),
        "{told}"
    );
    // A file with the id of another gets one of its own, and the other keeps
    // its own.
    std::fs::write(path("a-b.txt"), "Of new kilns.\n").unwrap();
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    let shown = run(folder.path(), &["show", "doc-a-b:text:1"]);
    assert!(shown.stdout.contains("Of kilns."), "{}", shown.stdout);
    let shown = run(folder.path(), &["show", "doc-a-b-2:text:1"]);
    assert!(shown.stdout.contains("Of new kilns."), "{}", shown.stdout);
}

#[test]
fn another_lexicon_gives_its_themes_without_reading() {
    let themes = "[sector]\novens = [\"kilns\"]\n";
    // The record names a theme that the built-in lexicon finds by words too.
    let record = "{\"id\": 1, \"text\": \"Brick kilns.\", \"themes\": [\"sector/brick-kilns\"]}\n";
    let folder = folder(&[
        (
            "corpus/a.txt",
            &narrative(2003, "Kenya", "Children work in brick kilns."),
        ),
        ("corpus/r.jsonl", record.as_bytes()),
        ("themes.toml", themes.as_bytes()),
    ]);
    update(folder.path(), &[]);
    let told = update(folder.path(), &["--themes", "themes.toml"]);
    assert!(told.ends_with("2 unchanged; 0 files read"), "{told}");
    let found = run(
        folder.path(),
        &["search", "children", "--theme", "sector/ovens"],
    );
    assert_eq!(found.status, 0);
}

#[test]
fn an_update_that_is_killed_loses_nothing() {
    let text = "Inspectors visited brick kilns and found debt bondage. ".repeat(300);
    let files: Vec<(String, Vec<u8>)> = pincite::report::Gazetteer::built_in()
        .countries()
        .iter()
        .take(150)
        .map(|c| {
            (
                format!("corpus/{}.txt", c.iso3),
                narrative(2019, &c.name, &text),
            )
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(n, b)| (n.as_str(), b.as_slice()))
        .collect();
    let folder = folder(&files);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    let before = everything(folder.path(), "index");
    std::fs::write(
        folder.path().join("corpus/new.txt"),
        narrative(2003, "Kenya", "Children work in ovens."),
    )
    .unwrap();
    for delay in [0, 5, 20, 60] {
        let mut child = crate::support::command(folder.path(), &["index", "--threads", "1"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            break;
        }
        assert!(
            everything(folder.path(), "index") == before,
            "after {delay} ms"
        );
    }
    update(folder.path(), &[]);
    assert_eq!(run(folder.path(), &["search", "ovens"]).status, 0);
}

#[test]
fn the_shared_corpus_with_some_files_changed() {
    let Some(shared) = shared() else { return };
    let folder = folder(&[]);
    let corpus = folder.path().join("corpus/ungd");
    for year in ["1980", "1995"] {
        std::fs::create_dir_all(corpus.join(year)).unwrap();
        copy(&shared.join("corpus/ungd").join(year), &corpus.join(year));
    }
    update(folder.path(), &[]);
    let mut files: Vec<_> = std::fs::read_dir(corpus.join("1980"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    std::fs::remove_file(&files[0]).unwrap();
    let text = std::fs::read_to_string(&files[1]).unwrap();
    std::fs::write(&files[1], text + "\n\nAnother paragraph of kilns.\n").unwrap();
    let told = update(folder.path(), &[]);
    assert!(told.starts_with("~1 changed, -1 removed, "), "{told}");
    assert!(told.ends_with("1 file read"), "{told}");
}

#[test]
fn files_of_one_name_keep_their_ids_when_one_goes() {
    let folder = folder(&[("a/x.txt", b"Of kilns.\n"), ("b/x.txt", b"Of debt.\n")]);
    assert_eq!(run(folder.path(), &["index", "a", "b"]).status, 0);
    let built = run(folder.path(), &["index", "--replace", "b"]);
    assert!(
        built
            .stdout
            .contains("-1 removed, 1 unchanged; 0 files read"),
        "{}",
        built.stdout
    );
    let shown = run(folder.path(), &["show", "doc-x-2:text:1"]);
    assert!(shown.stdout.contains("Of debt."), "{}", shown.stdout);
    // A file that is named twice is one.
    let twice = run(folder.path(), &["--index", "c", "index", "a", "a/x.txt"]);
    assert!(twice.stdout.starts_with("1 report, "), "{}", twice.stdout);
}
