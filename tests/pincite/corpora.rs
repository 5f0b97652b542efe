//! An index knows its folders, and loses none by surprise.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, folder, narrative, run};

/// Two folders with files of the same name, and an index of the first.
fn indexed() -> TempDir {
    let folder = folder(&[
        ("corpus/a.txt", &narrative(2021, "Kenya", "Brick kilns.")),
        ("more/a.txt", &narrative(2021, "Nepal", "Brick kilns.")),
        ("more/deep/b.txt", &narrative(2020, "Nepal", "Old kilns.")),
    ]);
    let built = run(folder.path(), &["index"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    folder
}

/// The ids that a search for `kilns` finds.
fn ids(folder: &Path, index: &str) -> Vec<String> {
    let args = ["--index", index, "search", "kilns", "--format", "jsonl"];
    let found = run(folder, &args);
    let id = |line: &str| {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        hit["id"].as_str().unwrap().to_owned()
    };
    let mut ids: Vec<String> = found.stdout.lines().map(id).collect();
    ids.sort();
    ids
}

const KENYA: &str = "tip-2021-ken:overview:1";
const NEPAL: &str = "tip-2021-npl:overview:1";
const OLD: &str = "tip-2020-npl:overview:1";

fn refused(run: &Run, told: &str, hint: &str) {
    assert_eq!(run.status, 2, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert!(run.stderr.contains(hint), "{}", run.stderr);
}

#[test]
fn other_folders_than_before_are_refused_or_added() {
    let folder = indexed();
    let path = folder.path();
    let manifest = || std::fs::read(path.join("index/pincite.json")).unwrap();
    let before = manifest();
    refused(
        &run(path, &["index", "more"]),
        "the index in `index` was built from `corpus`, not from `more`; nothing was changed",
        "hint: `pincite index --add more` adds to it; `pincite index --replace more` leaves the rest out",
    );
    refused(
        &run(path, &["index", "corpus", "more", "--rebuild"]),
        "not from `corpus` and `more`",
        "`pincite index --add more` adds to it",
    );
    assert_eq!(manifest(), before);
    let added = run(path, &["index", "--add", "more"]);
    assert_eq!(added.status, 0, "{}", added.stderr);
    assert!(
        added.stdout.contains("+2 reports, 1 unchanged"),
        "{}",
        added.stdout
    );
    assert_eq!(ids(path, "index"), [OLD, KENYA, NEPAL]);
    refused(
        &run(path, &["index", "corpus"]),
        "was built from `corpus` and `more`, not from `corpus` alone; nothing was changed",
        "`pincite index` updates it as it is; `pincite index --replace corpus` leaves",
    );
    for again in [&["index"][..], &["index", "more/", "./corpus"]] {
        let again = run(path, again);
        assert!(
            again.stdout.contains("3 unchanged; 0 files read"),
            "{}{}",
            again.stdout,
            again.stderr
        );
    }
    let replaced = run(path, &["index", "--replace", "more"]);
    assert!(
        replaced.stdout.contains("-1 removed, 2 unchanged"),
        "{}",
        replaced.stdout
    );
    assert_eq!(ids(path, "index"), [OLD, NEPAL]);
}

#[test]
fn one_folder_has_many_names() {
    let folder = indexed();
    let path = folder.path();
    let absolute = path.join("corpus").display().to_string();
    let mut names = vec!["corpus/", "./corpus", "more/../corpus", absolute.as_str()];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("corpus", path.join("link")).unwrap();
        names.push("link");
    }
    for name in names {
        let same = run(path, &["index", name]);
        assert!(
            same.stdout.contains("1 unchanged; 0 files read"),
            "{name}: {}{}",
            same.stdout,
            same.stderr
        );
        refused(
            &run(path, &["index", "--add", name]),
            &format!("the index has `{name}` already; nothing was changed"),
            "`pincite index` brings it up to date",
        );
    }
    refused(
        &run(path, &["index", "--add", "."]),
        "`corpus`, which the index has, lies in `.`",
        "`pincite index --replace .` reads all of it instead",
    );
    assert_eq!(run(path, &["index", "--replace", "more"]).status, 0);
    refused(
        &run(path, &["index", "--add", "more/deep"]),
        "`more/deep` lies in `more`, which the index has already",
        "`pincite index` brings it up to date",
    );
}

#[test]
fn an_index_is_updated_from_anywhere() {
    let folder = indexed();
    let path = folder.path();
    std::fs::write(
        path.join("corpus/c.txt"),
        narrative(2022, "Kenya", "New kilns."),
    )
    .unwrap();
    let updated = run(&path.join("more"), &["--index", "../index", "index"]);
    assert!(
        updated.stdout.contains("+1 report, 1 unchanged"),
        "{}{}",
        updated.stdout,
        updated.stderr
    );
    // And again from where it was built.
    let again = run(path, &["index", "corpus"]);
    assert!(again.stdout.contains("2 unchanged"), "{}", again.stderr);
    // A project that is moved takes its folders along.
    let moved = tempfile::tempdir().unwrap();
    std::fs::rename(path.join("corpus"), moved.path().join("corpus")).unwrap();
    std::fs::rename(path.join("index"), moved.path().join("index")).unwrap();
    let built = run(moved.path(), &["index"]);
    assert!(
        built.stdout.contains("2 unchanged; 0 files read"),
        "{}{}",
        built.stdout,
        built.stderr
    );
    assert!(
        built.stderr.starts_with("note: reading `") && built.stderr.contains("` before\n"),
        "{}",
        built.stderr
    );
    let named = run(moved.path(), &["index", "corpus"]);
    assert_eq!((named.status, named.stderr), (0, String::new()));
}

#[test]
fn a_copied_index_asks_which_folder_is_meant() {
    let p = indexed();
    let q = folder(&[("corpus/z.txt", &narrative(2019, "Chad", "Other kilns."))]);
    std::fs::create_dir(q.path().join("index")).unwrap();
    let copied = copy_folder(&p.path().join("index"), &q.path().join("index"));
    let manifest = || std::fs::read(q.path().join("index/pincite.json")).unwrap();
    let before = manifest();
    let own = p.path().join("corpus").canonicalize().unwrap();
    let own = own.to_str().unwrap();
    assert!(copied > 1);
    // Neither the folder beside the index nor its own is read unasked.
    for args in [
        &["index"][..],
        &["index", "--rebuild"],
        &["index", "--add", "."],
    ] {
        let asked = run(q.path(), args);
        refused(
            &asked,
            &format!(
                "the index in `index` was built from `{own}`, which is still there, but `corpus` \
                 is now in that place beside it; nothing was changed"
            ),
            "`pincite index --replace corpus` reads what is beside it instead",
        );
        assert!(
            asked
                .stderr
                .contains(&format!("`pincite index {own}` goes on")),
            "{}",
            asked.stderr
        );
    }
    refused(
        &run(q.path(), &["index", "corpus"]),
        "not from `corpus`; nothing was changed",
        "`pincite index --replace corpus` leaves the rest out",
    );
    assert_eq!(manifest(), before);
    // What the hints say works, and is asked once.
    let named = run(q.path(), &["index", own]);
    assert!(named.stdout.contains("1 unchanged"), "{}", named.stderr);
    assert_eq!(run(q.path(), &["index"]).status, 0);
    assert_eq!(ids(q.path(), "index"), [KENYA]);
    let added = run(q.path(), &["index", "--add", "corpus"]);
    assert_eq!(added.status, 0, "{}", added.stderr);
    assert_eq!(ids(q.path(), "index"), ["tip-2019-tcd:overview:1", KENYA]);
    let replaced = run(q.path(), &["index", "--replace", "corpus"]);
    assert_eq!(replaced.status, 0, "{}", replaced.stderr);
    assert_eq!(run(q.path(), &["index"]).status, 0);
    // Where one of the two alone is there it is read.
    std::fs::remove_dir_all(q.path().join("index")).unwrap();
    std::fs::create_dir(q.path().join("index")).unwrap();
    copy_folder(&p.path().join("index"), &q.path().join("index"));
    let (here, away) = (q.path().join("corpus"), q.path().join("away"));
    std::fs::rename(&here, &away).unwrap();
    assert!(run(q.path(), &["index"]).stdout.contains("1 unchanged"));
}

#[test]
fn a_copied_project_is_told_how_it_was_read() {
    let corpus = narrative(2021, "Kenya", "Brick kilns.");
    let themes = b"[sector]\novens = [\"kilns\"]\n";
    let [p, q] = [(); 2].map(|()| folder(&[("corpus/a.txt", &corpus), ("my themes.toml", themes)]));
    let built = [
        "index",
        "--themes",
        "my themes.toml",
        "--text-column",
        "body",
    ];
    assert_eq!(run(p.path(), &built).status, 0);
    std::fs::create_dir(q.path().join("index")).unwrap();
    copy_folder(&p.path().join("index"), &q.path().join("index"));
    let hint = "`pincite index --replace corpus --themes 'my themes.toml' --text-column body`";
    refused(&run(q.path(), &["index"]), "which is still there", hint);
    let options = &built[1..];
    let replaced = run(
        q.path(),
        &[&["index", "--replace", "corpus"], options].concat(),
    );
    assert!(
        replaced.stdout.contains("1 unchanged"),
        "{}",
        replaced.stderr
    );
    let ovens = run(q.path(), &["search", "kilns", "--theme", "sector/ovens"]);
    assert_eq!(ovens.status, 0, "{}", ovens.stderr);
}

/// Copies what is below a folder; how many files there were.
fn copy_folder(from: &Path, to: &Path) -> usize {
    let entries = std::fs::read_dir(from).unwrap().map(Result::unwrap);
    let copied = entries.map(|entry| {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&to).unwrap();
            return copy_folder(&entry.path(), &to);
        }
        std::fs::copy(entry.path(), to).unwrap();
        1
    });
    copied.sum()
}

#[test]
fn an_index_is_written_into_a_folder_of_its_own() {
    let folder = indexed();
    let path = folder.path();
    let names = |place: &str| {
        let entries = std::fs::read_dir(path.join(place)).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    // Reports, or whatever else: also below a corpus, or above it.
    std::fs::create_dir_all(path.join("years/generation-2")).unwrap();
    std::fs::write(path.join("years/generation-2/a.txt"), "Kept.").unwrap();
    for (place, corpus, file) in [
        ("more", "corpus", "a.txt"),
        ("more/deep", "more", "b.txt"),
        (".", "corpus", "corpus"),
        ("years", "corpus", "generation-2"),
    ] {
        let before = names(place);
        refused(
            &run(path, &["--index", place, "index", corpus]),
            &format!("`{place}` holds no index but other files, as `{file}`"),
            "name an empty folder, or a new one: `--index DIR`",
        );
        assert_eq!(names(place), before);
    }
    assert!(path.join("years/generation-2/a.txt").exists());
    // Hidden files, and what a build that was stopped has left, are no others.
    for (place, left) in [
        ("empty", &[][..]),
        ("hidden", &[".gitkeep", ".DS_Store"]),
        ("held", &["pincite.lock"]),
        (
            "stopped",
            &["pincite.lock", "generation-1/x", "pincite.json.new", ".x"],
        ),
    ] {
        std::fs::create_dir(path.join(place)).unwrap();
        for file in left {
            let file = path.join(place).join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        for _ in 0..2 {
            let built = run(path, &["--index", place, "index", "corpus"]);
            assert_eq!(built.status, 0, "{place}: {}", built.stderr);
        }
        assert_eq!(ids(path, place), [KENYA]);
    }
    // An index that is there is brought up to date, whatever stands beside it.
    std::fs::write(path.join("index/mine.txt"), "A note.").unwrap();
    assert_eq!(run(path, &["index"]).status, 0);
}

#[test]
fn a_folder_that_is_gone_or_empty_takes_nothing_with_it() {
    let folder = indexed();
    let path = folder.path();
    assert_eq!(run(path, &["index", "--add", "more"]).status, 0);
    std::fs::rename(path.join("more"), path.join("away")).unwrap();
    for args in [&["index"][..], &["index", "--add", "away"]] {
        refused(
            &run(path, args),
            "more`, which the index in `index` was built from, is not there; nothing was changed",
            "hint: put it back, or leave it out: `pincite index --replace corpus`",
        );
    }
    // An empty folder in its place: a disk that is not mounted.
    std::fs::create_dir(path.join("more")).unwrap();
    let empty = run(path, &["index"]);
    assert_eq!(empty.status, 1);
    assert!(
        empty.stderr.contains("no files below `more`"),
        "{}",
        empty.stderr
    );
    assert_eq!(ids(path, "index"), [OLD, KENYA, NEPAL]);
}

#[test]
fn without_an_index_there_is_nothing_to_add_to() {
    let folder = folder(&[("more/a.txt", &narrative(2021, "Nepal", "Brick kilns."))]);
    let added = run(folder.path(), &["index", "--add", "more"]);
    assert_eq!(added.status, 3);
    assert!(
        added
            .stderr
            .contains("there is no index in `index` to add to")
            && added.stderr.contains("`pincite index more`"),
        "{}",
        added.stderr
    );
    assert!(!folder.path().join("index").exists());
}

#[test]
fn an_update_keeps_the_themes_and_profiles_of_the_index() {
    let themes = b"[sector]\novens = [\"kilns\"]\n";
    let folder = folder(&[
        ("corpus/a.txt", &narrative(2021, "Kenya", "Brick kilns.")),
        ("themes.toml", themes),
    ]);
    let path = folder.path();
    let ovens = || run(path, &["search", "kilns", "--theme", "sector/ovens"]).status;
    assert_eq!(run(path, &["index", "--themes", "themes.toml"]).status, 0);
    for update in [&["index"][..], &["index", "corpus", "--rebuild"]] {
        assert_eq!(run(path, update).status, 0);
        assert_eq!(ovens(), 0);
    }
    std::fs::remove_file(path.join("themes.toml")).unwrap();
    refused(
        &run(path, &["index"]),
        "the index was built with `--themes themes.toml`, which is not there",
        "`--themes FILE`",
    );
    assert_eq!(ovens(), 0);
    assert_eq!(run(path, &["index", "--replace", "corpus"]).status, 0);
    assert_eq!(ovens(), 2, "the built-in lexicon has no ovens");
}

#[test]
fn what_pincite_wrote_is_no_report() {
    let folder = indexed();
    let path = folder.path();
    // An index inside the corpus, a pack, and an index of another corpus.
    let inside = ["--index", "corpus/index", "index", "corpus"];
    let first = run(path, &inside);
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(
        first
            .stdout
            .contains("index: the index itself, not read as reports"),
        "{}",
        first.stdout
    );
    let second = run(path, &inside);
    assert!(
        second.stdout.contains("1 unchanged; 0 files read"),
        "{}",
        second.stdout
    );
    assert_eq!(
        run(path, &["export", "kilns", "--to", "corpus/pack"]).status,
        0
    );
    let built = run(path, &["index"]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    for told in [
        "1 report, ",
        "index: an index of pincite, not read as reports",
        "pack: an evidence pack of pincite, not read as reports",
    ] {
        assert!(built.stdout.contains(told), "{told}: {}", built.stdout);
    }
    for (name, what) in [("corpus/pack", "an evidence pack"), ("index", "an index")] {
        refused(
            &run(path, &["--index", "other", "index", name]),
            &format!("`{name}` is {what} of pincite, not a folder of reports"),
            "name the folder that holds the reports",
        );
    }
    refused(
        &run(path, &["--index", "more", "index", "more"]),
        "the index would be written among the reports of `more`",
        "--index DIR",
    );
    assert!(!path.join("more/pincite.lock").exists());
}

#[test]
fn a_result_that_would_be_read_as_a_report_is_not_written_among_them() {
    let folder = indexed();
    let path = folder.path();
    std::fs::write(path.join("q.txt"), "kilns\n").unwrap();
    let before = std::fs::read(path.join("corpus/a.txt")).unwrap();
    let sheet = ["sample", "kilns", "--n", "1", "--force", "--sheet"];
    let files = || std::fs::read_dir(path.join("corpus")).unwrap().count();
    for args in [
        &["batch", "q.txt", "--to", "corpus/hits.jsonl"][..],
        &["batch", "q.txt", "--to", "corpus/a.txt"],
        &["batch", "q.txt", "--to", "more/deep/../../corpus/hits.HTML"],
        &["batch", "q.txt", "--keep", "more/../corpus/kept.jsonl"],
        &["search", "kilns", "--receipt", "corpus/r.md"],
        &[&sheet[..], &["corpus/new.csv"]].concat(),
        &[&sheet[..], &["corpus/new.xlsx"]].concat(),
    ] {
        let ended = run(path, args);
        refused(
            &ended,
            "which the index is built from: the next `pincite index` would read it as a report",
            "hint: name a place outside of `",
        );
        assert!(ended.stdout.is_empty(), "{args:?}: {}", ended.stdout);
        assert_eq!(files(), 1, "{args:?}");
    }
    assert_eq!(std::fs::read(path.join("corpus/a.txt")).unwrap(), before);
    // What is no report whatever it holds is written, and told.
    for (args, told) in [
        (&["search", "kilns", "--receipt", "corpus/r.json"][..], true),
        (&["trend", "kilns", "--chart", "corpus/c.svg"], true),
        (&["export", "kilns", "--to", "corpus/pack"], false),
        (&["batch", "q.txt", "--to", "hits.jsonl"], false),
        (&["search", "kilns", "--receipt", "corpus/.r.json"], false),
    ] {
        let ended = run(path, args);
        assert_eq!(ended.status, 0, "{args:?}: {}", ended.stderr);
        let note = "would name it as a file that it cannot read";
        let has_note = ended.stderr.contains(note);
        assert_eq!(has_note, told, "{args:?}: {}", ended.stderr);
    }
    let built = run(path, &["index"]);
    assert_eq!(built.status, 4, "{}", built.stdout);
    for name in ["r.json", "c.svg"] {
        assert!(built.stdout.contains(name), "{name}: {}", built.stdout);
    }
    assert_eq!(ids(path, "index"), [KENYA]);
}
