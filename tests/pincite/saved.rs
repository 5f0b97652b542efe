//! Saved searches tell what is new since the last time.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{folder, narrative, run};

const SEARCHES: &str = "\
[saved.kilns]
query = '\"brick kiln*\"'
country = [\"cambodia\", \"nepal\"]
note = \"for the yearly report\"

[saved.men]
query = \"men\"
not-year = 2020
";

fn work(searches: &str) -> TempDir {
    let work = folder(&[
        (
            "corpus/a.txt",
            &narrative(2019, "Cambodia", "Debt binds men at brick kilns."),
        ),
        (
            "corpus/b.txt",
            &narrative(2020, "Cambodia", "Debt still binds men at brick kilns."),
        ),
        ("corpus/n.txt", &narrative(2020, "Nepal", "Debt binds.")),
        ("pincite.toml", searches.as_bytes()),
    ]);
    index(work.path());
    work
}

fn index(work: &Path) {
    assert_eq!(run(work, &["index"]).status, 0);
}

/// What is printed, with every time of the marks as `THEN`.
fn told(work: &Path, args: &[&str]) -> (i32, String) {
    let run = run(work, &[&["saved"], args].concat());
    assert_eq!(run.stderr, "");
    let time = regex::Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").unwrap();
    (
        run.status,
        time.replace_all(&run.stdout, "THEN").into_owned(),
    )
}

#[test]
fn new_changed_and_gone_passages_since_the_last_time() {
    let work = work(SEARCHES);
    let path = work.path();
    let since = ["run", "kilns", "--since-last"];
    let first = "kilns: \"brick kiln*\"\n  not looked at before: 2 passages\n";
    assert_eq!(
        told(path, &[&since[..], &["--peek"]].concat()),
        (0, first.to_owned())
    );
    assert!(!path.join(".pincite").exists());
    assert_eq!(told(path, &since), (0, first.to_owned()));
    let nothing = "kilns: \"brick kiln*\"\n  since THEN: nothing new, 2 passages\n";
    assert_eq!(told(path, &since), (1, nothing.to_owned()));

    let write = |name: &str, bytes: &[u8]| std::fs::write(path.join(name), bytes).unwrap();
    write(
        "corpus/n.txt",
        &narrative(2020, "Nepal", "Debt binds at brick kilns."),
    );
    write(
        "corpus/b.txt",
        &narrative(2020, "Cambodia", "Debt binds women at brick kilns."),
    );
    std::fs::remove_file(path.join("corpus/a.txt")).unwrap();
    index(path);
    let news = "\
kilns: \"brick kiln*\"
  since THEN: 1 new, 1 changed, 1 gone; 2 passages

new
1  2020 Trafficking in Persons Report: Nepal, Overview, para. 1
   tip-2020-npl:overview:1 · Tier 2 · brick-kilns
   Debt binds at brick kilns.

changed, as it is now
1  2020 Trafficking in Persons Report: Cambodia, Overview, para. 1
   tip-2020-khm:overview:1 · Tier 2 · women, brick-kilns
   Debt binds women at brick kilns.

gone
  tip-2019-khm:overview:1
";
    // A plain run and a look alone leave the mark where it is.
    assert_eq!(
        run(path, &["saved", "run", "kilns", "--format", "csv"]).status,
        0
    );
    assert_eq!(
        told(path, &[&since[..], &["--peek"]].concat()),
        (0, news.to_owned())
    );
    let (_, table) = told(path, &[&since[..], &["--peek", "--format", "csv"]].concat());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<(String, String)> = reader
        .records()
        .map(|r| r.unwrap())
        .map(|r| (r[1].to_owned(), r[2].to_owned()))
        .collect();
    let row = |change: &str, id: &str| (change.to_owned(), id.to_owned());
    assert_eq!(
        rows,
        [
            row("new", "tip-2020-npl:overview:1"),
            row("changed", "tip-2020-khm:overview:1"),
            row("gone", "tip-2019-khm:overview:1")
        ]
    );
    let (_, json) = told(
        path,
        &[&since[..], &["--peek", "--format", "json", "-n", "0"]].concat(),
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["new"], json!(["tip-2020-npl:overview:1"]));
    assert_eq!(json["new_hits"], json!([]));
    assert_eq!(
        (&json["same_corpus"], &json["asks_otherwise"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(told(path, &since), (0, news.to_owned()));
    assert_eq!(told(path, &since).0, 1);

    let other = SEARCHES
        .replace("kiln*", "kilns")
        .replace("\"cambodia\", ", "");
    write("pincite.toml", other.as_bytes());
    let (status, news) = told(path, &since);
    assert_eq!(status, 0);
    assert!(
        news.contains(
            "0 new, 0 changed, 1 gone; 1 passage\n  the search itself was changed since\n"
        ),
        "{news}"
    );
}

#[test]
fn a_paragraph_that_is_put_in_is_the_only_new_one() {
    let kenya = |text: &str| narrative(2020, "Kenya", text);
    let men = "Debt binds men at brick kilns.\n\nDebt binds women at brick kilns.";
    let work = folder(&[
        ("corpus/k.txt", &kenya(men)),
        (
            "pincite.toml",
            b"[saved.kilns]\nquery = '\"brick kilns\"'\n",
        ),
    ]);
    let path = work.path();
    index(path);
    let since = ["run", "kilns", "--since-last"];
    assert_eq!(told(path, &since).0, 0);
    let boys = format!("Debt binds boys at brick kilns.\n\n{men}");
    std::fs::write(path.join("corpus/k.txt"), kenya(&boys)).unwrap();
    index(path);
    let (_, json) = told(
        path,
        &[&since[..], &["--peek", "--format", "json"]].concat(),
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    let id = |n: u8| format!("tip-2020-ken:overview:{n}");
    assert_eq!(json["new"], json!([id(1)]));
    assert_eq!(
        json["moved"],
        json!([{"id": id(2), "was": id(1)}, {"id": id(3), "was": id(2)}])
    );
    let (_, table) = told(path, &[&since[..], &["--peek", "--format", "csv"]].concat());
    let row = "\nkilns,moved,tip-2020-ken:overview:3,,,,tip-2020-ken:overview:2\n";
    assert!(table.contains(row), "{table}");
    let (status, text) = told(path, &since);
    assert_eq!(status, 0);
    let head = "  since THEN: 1 new, 2 moved, 0 changed, 0 gone; 3 passages\n";
    assert!(text.contains(head), "{text}");
    let moved = "
moved
  tip-2020-ken:overview:2, was tip-2020-ken:overview:1
  tip-2020-ken:overview:3, was tip-2020-ken:overview:2
";
    assert!(text.ends_with(moved), "{text}");
}

#[test]
fn all_searches_of_a_file_and_one_that_fails() {
    let searches =
        format!("{SEARCHES}\n[saved.bad]\nquery = \"(men\"\n\n[saved.far]\ncountry = \"Kenya\"\n");
    let work = work(&searches);
    let path = work.path();
    let all = run(
        path,
        &[
            "saved",
            "run",
            "--all",
            "--since-last",
            "--receipt",
            "r.json",
        ],
    );
    assert_eq!(all.status, 4);
    assert_eq!(
        all.stdout,
        "kilns: \"brick kiln*\"\n  not looked at before: 2 passages\n\n\
         men: men\n  not looked at before: 1 passage\n"
    );
    assert!(
        all.stderr
            .starts_with("error: pincite.toml:11: this `(` is never closed\n  (men\n  ^\n"),
        "{}",
        all.stderr
    );
    assert!(
        all.stderr
            .contains("error: pincite.toml:13: the index holds no report on Kenya (KEN)\n"),
        "{}",
        all.stderr
    );
    let receipt = std::fs::read_to_string(path.join("r.json")).unwrap();
    let receipt: Value = serde_json::from_str(&receipt).unwrap();
    let ids: Vec<&Value> = receipt["searches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["id"])
        .collect();
    assert_eq!(ids, ["kilns", "men"]);
    let replayed = run(path, &["replay", "r.json"]);
    assert_eq!(replayed.status, 0, "{}", replayed.stdout);
    // A name alone ends as a search does.
    for (name, status, message) in [
        (
            "bad",
            2,
            "error: pincite.toml:11: this `(` is never closed\n",
        ),
        (
            "far",
            2,
            "error: pincite.toml:13: the index holds no report on Kenya (KEN)\n",
        ),
        (
            "kiln",
            2,
            "error: `pincite.toml` holds no search `kiln`\nhint: the nearest are `kilns`\n",
        ),
    ] {
        let run = run(path, &["saved", "run", name]);
        assert_eq!((run.status, run.stdout.as_str()), (status, ""));
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
    }
}

#[test]
fn what_is_added_is_listed_and_finds_what_search_finds() {
    let work = work("");
    let path = work.path();
    std::fs::remove_file(path.join("pincite.toml")).unwrap();
    let none = run(path, &["saved", "list"]);
    assert_eq!(none.status, 2);
    assert!(
        none.stderr
            .contains("hint: `pincite saved add NAME QUERY` begins"),
        "{}",
        none.stderr
    );
    let asked = [
        "debt men",
        "--match",
        "any",
        "--not-country",
        "nepal",
        "--year",
        "2019,2020",
    ];
    let add = [
        &["saved", "add", "debt", "--note", "it's \"mine\""],
        &asked[..],
    ]
    .concat();
    let added = run(path, &add);
    assert_eq!(
        (added.status, added.stderr.as_str()),
        (0, "`debt` is saved in `pincite.toml`\n")
    );
    let again = run(path, &add);
    assert_eq!(again.status, 2);
    assert!(
        again
            .stderr
            .starts_with("error: `pincite.toml` holds a search `debt` already\n")
    );
    assert_eq!(run(path, &["saved", "add", "a/b", "x"]).status, 2);
    assert_eq!(run(path, &["saved", "add", "a"]).status, 2);
    assert_eq!(run(path, &["saved", "add", "a", "(x"]).status, 2);
    assert_eq!(
        run(path, &["saved", "add", "all", "--year", "2019"]).status,
        0
    );
    let list = "\
all
  all passages · year 2019
  not looked at yet
debt
  debt men · not-country nepal · year 2019, 2020
  it's \"mine\"
  not looked at yet
";
    let (status, listed) = told(path, &["list"]);
    assert_eq!(status, 0);
    assert_eq!(listed, list);
    let single = run(
        path,
        &[&["search", "--format", "json"], &asked[..]].concat(),
    )
    .stdout;
    let (status, saved) = told(path, &["run", "debt", "--format", "json"]);
    assert_eq!(status, 0);
    assert_eq!(saved, format!("{{\"id\":\"debt\",{}", &single[1..]));
}

#[test]
fn a_file_elsewhere_finds_its_synonyms() {
    let work = work(SEARCHES);
    let path = work.path();
    std::fs::create_dir(path.join("other")).unwrap();
    for name in ["names.csv", "other/names.csv"] {
        std::fs::write(path.join(name), "oven, kiln\n").unwrap();
        let args = [
            "saved",
            "add",
            &name.replace(['/', '.'], "-"),
            "oven",
            "--synonyms",
            name,
        ];
        let run = run(path, &[&args[..], &["--file", "other/mine.toml"]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let text = std::fs::read_to_string(path.join("other/mine.toml")).unwrap();
    assert!(text.ends_with("synonyms = \"names.csv\"\n"), "{text}");
    let run = run(
        path,
        &[
            "saved",
            "run",
            "--all",
            "--since-last",
            "--file",
            "other/mine.toml",
        ],
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(
        run.stdout
            .matches("not looked at before: 2 passages")
            .count(),
        2
    );
    assert!(path.join("other/.pincite/saved/names-csv.json").exists());
}

#[test]
fn a_damaged_mark_is_told() {
    let work = work(SEARCHES);
    let path = work.path();
    assert_eq!(told(path, &["run", "--all", "--since-last"]).0, 0);
    let mark = path.join(".pincite/saved/men.json");
    let whole = std::fs::read_to_string(&mark).unwrap();
    for (text, message) in [
        (
            whole.replace("\"schema\": 1", "\"schema\": 9"),
            "error: `.pincite/saved/men.json` has schema 9",
        ),
        ("{\n".to_owned(), "error: .pincite/saved/men.json:"),
    ] {
        std::fs::write(&mark, text).unwrap();
        let all = run(path, &["saved", "run", "--all", "--since-last"]);
        assert_eq!(all.status, 4);
        assert!(all.stdout.starts_with("kilns: "), "{}", all.stdout);
        assert!(all.stderr.starts_with(message), "{}", all.stderr);
        assert!(
            all.stderr.contains("hint: remove it to begin anew"),
            "{}",
            all.stderr
        );
        assert_eq!(run(path, &["saved", "list"]).status, 4);
    }
}
