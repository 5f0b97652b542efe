//! Receipts say what was searched and found, and replaying one says what came
//! out otherwise and why.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Run, folder, narrative, root, run, samples, shared_index};

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a receipt");
    serde_json::from_str(&text).expect("JSON")
}

/// A corpus of two editions, indexed.
fn two_editions() -> TempDir {
    let work = folder(&[
        (
            "corpus/a.txt",
            &narrative(2019, "Cambodia", "Debt binds children at brick kilns."),
        ),
        (
            "corpus/b.txt",
            &narrative(2020, "Cambodia", "Debt still binds men at brick kilns."),
        ),
    ]);
    index(work.path(), &[]);
    work
}

fn index(work: &Path, args: &[&str]) {
    let built = run(work, &[&["index"], args].concat());
    assert_eq!(built.status, 0, "{}", built.stderr);
}

/// Replays a receipt; the date of the first line is left out.
fn replay(work: &Path, file: &str) -> (i32, String) {
    let Run { stdout, status, .. } = run(work, &["replay", file]);
    let (first, rest) = stdout.split_once('\n').expect("lines");
    assert!(
        first.starts_with("receipt of 2") && first.ends_with(", pincite 0.1.0"),
        "{first}"
    );
    (status, rest.to_owned())
}

#[test]
fn a_receipt_is_the_same_but_for_its_date() {
    let work = folder(&[]);
    let file = |name: &str| work.path().join(name).to_str().unwrap().to_owned();
    let ask = |name: &str| {
        let query = "\"brick kiln*\" OR debt";
        let args = [
            "search",
            query,
            "--year",
            "2020..",
            "--expand",
            "--receipt",
            &file(name),
        ];
        assert_eq!(samples().run(&args).status, 0);
        std::fs::read_to_string(file(name)).unwrap()
    };
    let (one, other) = (ask("1.json"), ask("2.json"));
    let timeless = |text: &str| -> Vec<String> {
        // The digest is over the date too.
        let receipt: serde_json::Value = serde_json::from_str(text).unwrap();
        let digest = receipt["digest"].as_str().unwrap();
        let text = text.replace(digest, "").replace(&digest[..12], "");
        let lines = text.lines().filter(|line| {
            !["\"date\": ", "\"methods\": "]
                .iter()
                .any(|key| line.trim_start().starts_with(key))
                && !line.contains("was run on")
        });
        lines.map(str::to_owned).collect()
    };
    assert_eq!(timeless(&one).len() + 3, one.lines().count());
    assert_eq!(timeless(&one), timeless(&other));
}

#[test]
fn a_receipt_says_what_a_search_finds() {
    let work = folder(&[]);
    let file = work.path().join("r.json");
    let args = [
        "search",
        "kiln*",
        "--year",
        "2020..2021",
        "-n",
        "100",
        "--format",
        "json",
    ];
    let found = samples().run(&[&args[..], &["--receipt", file.to_str().unwrap()]].concat());
    let found: Value = serde_json::from_str(&found.stdout).unwrap();
    let receipt = read(&file);
    let command = receipt["command"].as_str().unwrap();
    assert!(command.starts_with("pincite --index "), "{command}");
    assert!(
        command.ends_with(" search 'kiln*' --year 2020..2021 -n 100 --format json"),
        "{command}"
    );
    let search = &receipt["searches"][0];
    let hits = found["hits"].as_array().unwrap();
    let answer = search["answer"]["passages"].as_object().unwrap();
    assert_eq!(answer.len(), hits.len());
    for hit in hits {
        assert_eq!(answer[hit["id"].as_str().unwrap()], hit["hash"]);
    }
    let lit = hits
        .iter()
        .map(|hit| hit["highlights"].as_array().unwrap().len());
    let reports = hits
        .iter()
        .map(|hit| hit["source"]["path"].as_str().unwrap());
    let reports: std::collections::BTreeSet<&str> = reports.collect();
    assert_eq!(
        search["counts"],
        json!({"passages": found["total"], "reports": reports.len(), "hits": lit.sum::<usize>()})
    );
    assert_eq!(search["expansions"][0]["words"], json!({"kilns": 14}));
    assert_eq!(search["filters"]["typed"], json!({"year": ["2020..2021"]}));
    assert_eq!(
        search["filters"]["resolved"],
        json!({"year": ["2020", "2021"]})
    );
    let stats = samples().run(&["stats", "--format", "json"]).stdout;
    let stats: Value = serde_json::from_str(&stats).unwrap();
    let corpus = &receipt["corpus"];
    assert_eq!(corpus["digest"], stats["corpus_digest"]);
    assert_eq!(corpus["counts"], stats["counts"]);
    assert_eq!(corpus["reports"].as_object().unwrap().len(), 19);
    assert_eq!(
        corpus["series"]["tip"],
        json!({"reports": 19, "years": "2018-2021"})
    );
    let gaps = samples().run(&["stats", "--gaps"]).stdout;
    assert!(
        gaps.contains(&format!(" {} missing", corpus["gaps"]["missing"])),
        "{gaps}"
    );
    assert_eq!(
        corpus["gaps"]["missing_years"]["tip"]["Kenya"],
        "2018, 2020-2021"
    );
}

#[test]
fn every_command_that_searches_hands_in_the_same() {
    let work = folder(&[(
        "q.jsonl",
        b"{\"id\": \"q\", \"query\": \"debt\", \"year\": \"2021\"}\n",
    )]);
    let file = work.path().join("r.json");
    let queries = work.path().join("q.jsonl");
    let mut records = Vec::new();
    for args in [
        &["search", "debt", "--year", "2021"][..],
        &["facets", "debt", "--year", "2021"],
        &["explain", "debt", "--year", "2021"],
        &["batch", queries.to_str().unwrap()],
        &["batch", queries.to_str().unwrap(), "--year", "2019"],
    ] {
        let run = samples().run(&[args, &["--receipt", file.to_str().unwrap()]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let mut search = read(&file)["searches"][0].clone();
        let id = search.as_object_mut().unwrap().remove("id");
        assert_eq!(id == Some(json!("q")), args[0] == "batch");
        records.push(search);
    }
    assert!(records.iter().all(|record| *record == records[0]));
    // What finds nothing has its receipt too.
    let run = samples().run(&["search", "zzz", "--receipt", file.to_str().unwrap()]);
    assert_eq!(run.status, 1);
    assert_eq!(read(&file)["searches"][0]["counts"]["passages"], 0);
}

#[test]
fn replay_says_same_and_what_changed_and_why() {
    let work = two_editions();
    let path = work.path();
    assert_eq!(
        run(path, &["search", "kiln* debt", "--receipt", "r.json"]).status,
        0
    );
    let same = "  pincite search 'kiln* debt'

kiln* debt
  same: 2 passages in 2 reports

corpus
  same: 2 reports, 2 passages

1 search: 1 same
";
    assert_eq!(replay(path, "r.json"), (0, same.to_owned()));

    // A report that the search does not find: another corpus, the same answer.
    let write = |name: &str, bytes: &[u8]| std::fs::write(path.join(name), bytes).unwrap();
    write(
        "corpus/c.txt",
        &narrative(2003, "Kenya", "Nothing of the sort."),
    );
    index(path, &[]);
    let (status, told) = replay(path, "r.json");
    assert_eq!(status, 0);
    assert!(
        told.contains("\n  same: 2 passages in 2 reports\n"),
        "{told}"
    );
    assert!(told.contains("\n  new      tip-2003-ken\n"), "{told}");

    write(
        "corpus/c.txt",
        &narrative(2003, "Kenya", "Debt at a kilnery, debt at kilns."),
    );
    write(
        "corpus/b.txt",
        &narrative(2020, "Cambodia", "Debt binds women at brick kilns."),
    );
    std::fs::remove_file(path.join("corpus/a.txt")).unwrap();
    index(path, &[]);
    let changed = "  pincite search 'kiln* debt'

kiln* debt
  changed: 2 passages in 2 reports then, 2 passages in 2 reports now; 4 matches
  then, 6 now
  new      tip-2003-ken:overview:1
  changed  tip-2020-khm:overview:1
  gone     tip-2019-khm:overview:1
  why: kiln* stands for other words: +kilnery
  why new: 1 in reports added since
  why changed: 1 in reports changed since
  why gone: 1 in reports removed since

corpus
  changed: 2 reports, 2 passages then; 2 reports, 2 passages now
  new      tip-2003-ken
  changed  tip-2020-khm
  gone     tip-2019-khm

1 search: 1 changed
";
    assert_eq!(replay(path, "r.json"), (5, changed.to_owned()));
    let json = run(path, &["replay", "r.json", "--format", "json"]);
    assert_eq!(json.status, 5);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["searches"][0]["verdict"], "changed");
    assert_eq!(
        json["searches"][0]["difference"]["gone"],
        json!(["tip-2019-khm:overview:1"])
    );
    assert_eq!(json["corpus"]["reports"]["new"], json!(["tip-2003-ken"]));
}

#[test]
fn another_number_is_told_as_such() {
    let kenya = |first: &str, numbers: [u8; 2]| {
        let [a, b] = numbers;
        let text = format!(
            "Debt is old.\n\nPROSECUTION\n\n{first}{a}. Kilns bind men by debt.\n\n\
             {b}. Kilns bind women by debt."
        );
        narrative(2020, "Kenya", &text)
    };
    let work = folder(&[("corpus/k.txt", &kenya("", [1, 2]))]);
    let path = work.path();
    index(path, &[]);
    assert_eq!(
        run(path, &["search", "kilns", "--receipt", "r.json"]).status,
        0
    );
    let now = kenya("1. Nothing of the sort.\n\n", [2, 3]);
    std::fs::write(path.join("corpus/k.txt"), now).unwrap();
    index(path, &[]);
    let (status, told) = replay(path, "r.json");
    assert_eq!(status, 5);
    let lines = "
  renumbered tip-2020-ken:prosecution:2, was tip-2020-ken:prosecution:1
  renumbered tip-2020-ken:prosecution:3, was tip-2020-ken:prosecution:2
";
    assert!(told.contains(lines), "{told}");
    assert!(!told.contains("  new "), "{told}");
}

#[test]
fn the_lexicon_counts_where_a_theme_is_asked_for() {
    let work = two_editions();
    let path = work.path();
    std::fs::write(
        path.join("my.toml"),
        "[sector]\nbrick-kilns = [\"women\"]\nmen = [\"men\"]\n",
    )
    .unwrap();
    for (args, file) in [
        (
            &["search", "debt", "--not-theme", "sector/brick-kilns"][..],
            "filter.json",
        ),
        (&["search", "theme:sector/brick-kilns debt"], "field.json"),
        (&["search", "debt"], "plain.json"),
    ] {
        run(path, &[args, &["--receipt", file]].concat());
    }
    index(path, &["--themes", "my.toml"]);
    std::fs::write(
        path.join("corpus/c.txt"),
        narrative(2003, "Kenya", "Debt binds women."),
    )
    .unwrap();
    index(path, &["--themes", "my.toml"]);
    let why = "\n  why: the lexicon that gives the themes is another\n";
    for (file, expected) in [
        ("filter.json", "  why new: 2 in reports as they were\n"),
        (
            "field.json",
            "  why new: 1 in reports added since\n  why gone: 2 in reports as they were\n",
        ),
    ] {
        let (status, told) = replay(path, file);
        assert_eq!(status, 5);
        assert!(told.contains(&format!("{why}{expected}")), "{told}");
    }
    let (status, told) = replay(path, "plain.json");
    assert_eq!(status, 5);
    assert!(!told.contains("lexicon"), "{told}");
}

#[test]
fn another_pincite_and_other_rules_are_told() {
    let work = two_editions();
    let path = work.path();
    run(path, &["search", "debt", "--receipt", "r.json"]);
    let mut receipt = read(&path.join("r.json"));
    receipt["pincite"] = json!("0.0.9");
    receipt["corpus"]["built_by"] = json!("0.0.9");
    receipt["corpus"]["format"] = json!(1);
    receipt["corpus"]["profiles"] = json!("00");
    receipt["corpus"]["reports"] = Value::Null;
    std::fs::write(path.join("old.json"), receipt.to_string()).unwrap();
    let told = run(path, &["replay", "old.json"]);
    // It was changed by hand, for want of an old pincite.
    assert_eq!(told.status, 5);
    for line in [
        "  pincite 0.0.9 then, 0.1.0 now\n",
        "  the index has other rules: format 1, ",
        "  the profiles that cut reports into passages are others\n",
    ] {
        assert_eq!(
            told.stdout.matches(line).count(),
            1,
            "{line}: {}",
            told.stdout
        );
    }
    std::fs::remove_file(path.join("corpus/a.txt")).unwrap();
    index(path, &[]);
    let told = run(path, &["replay", "old.json"]);
    assert_eq!(told.status, 5);
    assert!(
        told.stdout.contains("\n  why: the corpus is another\n"),
        "{}",
        told.stdout
    );
    assert!(
        told.stdout
            .contains("\n  the receipt does not name the reports: there were too many\n"),
        "{}",
        told.stdout
    );
}

#[test]
fn synonyms_that_changed_or_are_gone() {
    let work = two_editions();
    let path = work.path();
    let names = path.join("names.csv");
    std::fs::write(&names, "kiln, oven\n").unwrap();
    run(
        path,
        &[
            "search",
            "oven",
            "--synonyms",
            "names.csv",
            "--receipt",
            "r.json",
        ],
    );
    let receipt = read(&path.join("r.json"));
    assert_eq!(
        receipt["searches"][0]["added"],
        json!([{"of": "oven", "words": ["kiln"]}])
    );
    assert_eq!(replay(path, "r.json").0, 0);
    std::fs::write(&names, "debt, oven\nmen, children\n").unwrap();
    // The same passages by other words.
    let (status, told) = replay(path, "r.json");
    assert_eq!(
        (status, told.contains("same: 2 passages")),
        (0, true),
        "{told}"
    );
    std::fs::write(&names, "children, oven\n").unwrap();
    let (status, told) = replay(path, "r.json");
    assert_eq!(status, 5);
    assert!(
        told.contains("\n  why: the file of synonyms `names.csv` was changed\n"),
        "{told}"
    );
    std::fs::remove_file(&names).unwrap();
    let (status, told) = replay(path, "r.json");
    assert_eq!(status, 4);
    assert!(
        told.contains("\n  could not be run: `names.csv` cannot be read: "),
        "{told}"
    );
    assert!(told.ends_with("\n1 search: 1 could not be run\n"), "{told}");
}

#[test]
fn a_search_that_cannot_be_run_stops_no_other() {
    let work = two_editions();
    let path = work.path();
    std::fs::write(
        path.join("q.jsonl"),
        "{\"query\": \"debt\", \"year\": \"2019\"}\n{\"query\": \"men\"}\n",
    )
    .unwrap();
    run(path, &["batch", "q.jsonl", "--receipt", "r.json"]);
    std::fs::remove_file(path.join("corpus/a.txt")).unwrap();
    index(path, &[]);
    let (status, told) = replay(path, "r.json");
    assert_eq!(status, 4);
    assert!(
        told.contains(
            "\n1: debt\n  could not be run: the index holds no report of the year `2019`\n  \
             hint: its only year is 2020\n\n2: men\n  same: 1 passage in 1 report\n"
        ),
        "{told}"
    );
    assert!(
        told.ends_with("\n2 searches: 1 same, 1 could not be run\n"),
        "{told}"
    );
}

#[test]
fn what_is_no_receipt_of_this_version_is_refused() {
    let work = two_editions();
    let path = work.path();
    run(path, &["search", "debt", "--receipt", "r.json"]);
    let whole = std::fs::read_to_string(path.join("r.json")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(path.join(name), text).unwrap();
    write(
        "future.json",
        &whole.replacen("\"schema\": 1", "\"schema\": 2", 1),
    );
    write("cut.json", &whole[..whole.find("\"searches\"").unwrap()]);
    write("other.json", "{\"schema\": 1, \"hits\": []}\n");
    write(
        "tampered.json",
        &whole.replacen("\"query\": \"debt\"", "\"query\": \"men\"", 1),
    );
    for (file, status, message) in [
        (
            "future.json",
            4,
            "error: `future.json` was written by pincite 0.1.0 as a receipt of schema 2, and this \
             pincite 0.1.0 reads schema 1\nhint: replay it with the pincite that wrote it\n",
        ),
        (
            "cut.json",
            4,
            "error: cut.json:9: `cut.json` is no receipt: EOF while parsing",
        ),
        (
            "other.json",
            4,
            "error: `other.json` is no receipt of pincite\nhint: ",
        ),
        ("none.json", 2, "error: `none.json` cannot be read: "),
    ] {
        let run = run(path, &["replay", file]);
        assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{file}");
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
    }
    let (status, told) = replay(path, "tampered.json");
    assert_eq!(status, 5);
    assert!(
        told.contains("\n  its digest does not fit: it was changed after it was written\n"),
        "{told}"
    );
}

#[test]
fn a_receipt_replaces_receipts_alone() {
    let work = two_editions();
    let path = work.path();
    std::fs::write(path.join("notes.md"), "kilns\n").unwrap();
    for (file, message) in [
        (
            "notes.md",
            "error: `notes.md` is there and is no receipt\nhint: name another file",
        ),
        ("corpus", "error: `corpus` is there and is no file\n"),
        (
            "no/r.json",
            "error: the receipt `no/r.json` cannot be written: ",
        ),
    ] {
        let run = run(path, &["search", "debt", "--receipt", file]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{file}");
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
    }
    assert_eq!(
        std::fs::read_to_string(path.join("notes.md")).unwrap(),
        "kilns\n"
    );
    // A query that cannot be understood leaves no file behind.
    assert_eq!(
        run(path, &["search", "(debt", "--receipt", "r.json"]).status,
        2
    );
    assert!(!path.join("r.json").exists());
    for query in ["debt", "men"] {
        assert_eq!(
            run(path, &["search", query, "--receipt", "r.json"]).status,
            0
        );
        assert_eq!(read(&path.join("r.json"))["searches"][0]["query"], query);
    }
    let names: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn the_paragraph_for_a_methods_section() {
    let work = two_editions();
    let path = work.path();
    run(
        path,
        &[
            "search",
            "kiln* debt",
            "--year",
            "2019",
            "--not-country",
            "cambodia",
            "--receipt",
            "r.json",
        ],
    );
    let day = jiff::Timestamp::now().strftime("%-d %B %Y").to_string();
    // Needs no index.
    std::fs::remove_dir_all(path.join("index")).unwrap();
    let told = run(path, &["replay", "r.json", "--methods"]);
    assert_eq!(told.status, 0);
    assert!(told.stdout.lines().all(|line| line.chars().count() <= 80));
    let told = told.stdout.replace('\n', " ");
    let receipt = read(&path.join("r.json"));
    assert_eq!(told.trim_end(), receipt["methods"].as_str().unwrap());
    let short = |digest: &Value| digest.as_str().unwrap()[..12].to_owned();
    let expected = format!(
        "We searched a corpus of 2 reports (`tip`: 2 reports, 2019-2020; 2 passages, 13 words) with \
         pincite 0.1.0, in a local index built on {day} (SHA-256 of the corpus {}). The search was \
         run as typed here: `kiln* debt` (understood as `kiln* AND debt`). The pattern `kiln*` stood \
         for 1 word of the corpus: kilns. Unless a query says otherwise, words match their \
         inflections, words side by side all have to match in one passage, function words beside \
         others aside, and phrases match word for word. Limits: country not cambodia; year 2019. The search was run on {day} (UTC). It \
         found 0 passages (0 matches) in 0 reports. The receipt of the search (digest {}) keeps what \
         was found by hashes of the texts; `pincite replay` runs it again. A passage counts once; no \
         report was in the corpus twice. ",
        short(&receipt["corpus"]["digest"]),
        short(&receipt["digest"]),
    );
    assert_eq!(told, expected);
    let items: Vec<&Value> = receipt["prisma_s"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| &i["item"])
        .collect();
    assert_eq!(items, [1, 8, 9, 13, 15, 16]);
}

#[test]
fn the_receipt_of_thousands_of_passages() {
    let Some(kept) = shared_index() else {
        return;
    };
    let work = folder(&[]);
    let file = |name: &str| work.path().join(name).to_str().unwrap().to_owned();
    for (args, name, long) in [
        (&["search", "apartheid"][..], "a.json", false),
        (&["facets"], "all.json", true),
    ] {
        let run = kept.run(&[args, &["--format", "json", "--receipt", &file(name)]].concat());
        let total = serde_json::from_str::<Value>(&run.stdout).unwrap()["total"].clone();
        let receipt = read(&work.path().join(name));
        let search = &receipt["searches"][0];
        assert_eq!(search["counts"]["passages"], total);
        assert_eq!(search["answer"]["passages"].is_null(), long);
        let kept_of = search["answer"]["by_report"].as_object();
        let sum = kept_of.map(|r| {
            r.values()
                .map(|r| r["passages"].as_u64().unwrap())
                .sum::<u64>()
        });
        assert!(sum.is_none_or(|sum| json!(sum) == total));
        assert_eq!(kept.run(&["replay", &file(name)]).status, 0);
    }
    assert!(root().join("docs/receipts.md").exists());
}

#[test]
fn what_shares_and_silence_are_of_is_replayed_too() {
    let work = two_editions();
    let path = work.path();
    for (command, receipt) in [
        (&["trend", "debt"][..], "trend.json"),
        (&["silence", "debt"], "silence.json"),
        (&["words", "--year", "2019"], "words.json"),
    ] {
        let asked = run(path, &[command, &["--receipt", receipt]].concat());
        assert!([0, 1].contains(&asked.status), "{}", asked.stderr);
        assert_eq!(replay(path, receipt).0, 0, "{receipt}");
    }
    // A report that no search finds.
    let text = narrative(2020, "Nepal", "Farms were inspected.");
    std::fs::write(path.join("corpus/c.txt"), text).unwrap();
    index(path, &[]);
    for receipt in ["trend.json", "silence.json", "words.json"] {
        let (status, told) = replay(path, receipt);
        assert_eq!(status, 5, "{receipt}: {told}");
        assert!(told.contains("tip-2020-npl:overview:1"), "{told}");
    }
}
