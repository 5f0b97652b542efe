//! The tables of a batch: counts, overlap, what changed since an earlier run.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::{Kept, Run, build_index, folder, narrative, run, samples, shared_index};

/// Queries with filters of their own, one that finds nothing and one that is
/// none.
const QUERIES: &str = "id,query,country,not-year
kilns,\"\"\"brick kilns\"\"\",,
debt,debt,,
khm,debt OR kiln,cambodia,2020
none,zebra,,
bad,(debt,,
";

fn batch(kept: &Kept, queries: &str, args: &[&str]) -> Run {
    let folder = folder(&[("q.csv", queries.as_bytes())]);
    let path = folder.path().join("q.csv");
    let file = path.to_str().unwrap();
    let mut run = kept.run(&[&["batch", file], args].concat());
    run.stderr = run.stderr.replace(file, "q.csv");
    run
}

fn tables(kept: &Kept, queries: &str, args: &[&str]) -> Value {
    let run = batch(kept, queries, &[args, &["--tables", "json"]].concat());
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn a_row_for_each_query() {
    let run = batch(samples(), QUERIES, &["--by", "year"]);
    assert_eq!(
        run.stdout,
        "\
id     query          passages   reports  2018  2019  2020  2021
kilns  \"brick kilns\"        14         4     0     3     3     8
debt   debt                  7         4     1     2     1     3
khm    debt OR kiln          7         2     0     3     3     4
none   zebra                 0         0     0     0     0     0

4 queries
the counts by year leave out the filter of a query by year itself, as `facets`
does
nothing found: none
"
    );
    assert_eq!(
        run.stderr,
        "\
error: q.csv:6: this `(` is never closed
  (debt
  ^
hint: write `)` where it ends; `--literal` takes all signs as text
1 line failed; queries answered: 4
"
    );
    assert_eq!(run.status, 4);
    let run = batch(samples(), QUERIES, &["--by", "section"]);
    let rows: Vec<&str> = run.stdout.lines().take(3).collect();
    assert_eq!(
        rows,
        [
            "id     query          passages   reports",
            "kilns  \"brick kilns\"        14         4",
            "    section: prevention 4, overview 3, prosecution 3, protection 2, 2 more",
        ]
    );
    let run = batch(
        samples(),
        QUERIES,
        &["--summary", "--by", "tier", "--tables", "csv"],
    );
    assert_eq!(
        run.stdout,
        "\
id,query,passages,reports,tier:2,tier:2WL,tier:3
kilns,\"\"\"brick kilns\"\"\",14,4,0,14,0
debt,debt,7,4,1,5,1
khm,debt OR kiln,7,2,0,7,0
none,zebra,0,0,0,0,0
"
    );
    let nothing = batch(samples(), "query\nzebra\n", &["--summary"]);
    assert_eq!((nothing.status, nothing.stderr.as_str()), (1, ""));
}

#[test]
fn lines_are_of_eighty_columns() {
    let mut queries = "id,query\n".to_owned();
    for i in 0..30 {
        queries.push_str(&format!(
            "a-long-id-of-query-{i},{}debt\n",
            "victims OR ".repeat(i)
        ));
    }
    let args = ["--summary", "--overlap"];
    for by in pincite::index::FacetName::NAMES {
        let run = batch(samples(), &queries, &[&args[..], &["--by", by]].concat());
        for line in run.stdout.lines() {
            assert!(line.chars().count() <= 80, "{by}: {line}");
        }
    }
}

/// The counts of a query by every facet are those of `facets`.
fn counts_are_those_of_facets(kept: &Kept, queries: &[(&str, &str, &str)]) {
    let mut file = "id,query,country,not-year\n".to_owned();
    for (at, (query, country, not_year)) in queries.iter().enumerate() {
        file.push_str(&format!("{at},{query},{country},{not_year}\n"));
    }
    for by in pincite::index::FacetName::NAMES {
        let told = tables(kept, &file, &["--by", by]);
        assert_eq!(told["by"], by);
        assert_eq!(told["queries"].as_array().unwrap().len(), queries.len());
        for (row, (query, country, not_year)) in
            told["queries"].as_array().unwrap().iter().zip(queries)
        {
            let mut args = vec!["facets", query, "--facet", by, "--format", "json"];
            if !country.is_empty() {
                args.extend(["--country", country]);
            }
            if !not_year.is_empty() {
                args.extend(["--not-year", not_year]);
            }
            let single: Value = serde_json::from_str(&kept.run(&args).stdout).unwrap();
            assert_eq!(row["counts"], single["facets"][by], "{query} by {by}");
            assert_eq!(row["passages"], single["total"]);
            assert_eq!(row["filters"], single["filters"]);
        }
    }
}

#[test]
fn the_counts_are_those_of_facets() {
    counts_are_those_of_facets(
        samples(),
        &[
            ("kiln", "", ""),
            ("debt OR victims", "cambodia", ""),
            ("government -debt", "", "2019..2020"),
            ("zebra", "", ""),
        ],
    );
    if let Some(kept) = shared_index() {
        let queries = [("apartheid", "", ""), ("debt OR loan", "kenya", "1975..")];
        counts_are_those_of_facets(kept, &queries);
    }
}

#[test]
fn overlap_as_text() {
    let run = batch(samples(), QUERIES, &["--overlap"]);
    assert_eq!(
        run.stdout,
        "\
4 queries, 16 distinct passages in all
      id     query           passages  only here
   1  kilns  \"brick kilns\"         14          7
   2  debt   debt                   7          2
   3  khm    debt OR kiln           7          0
   4  none   zebra                  0          0

nothing that no other found: khm
below the diagonal the passages that both found, above it their share of the
passages that either found (Jaccard)
        1    2    3    4
   1   14 0.31 0.50 0.00
   2    5    7 0.56 0.00
   3    7    5    7 0.00
   4    0    0    0    0
"
    );
    let one = batch(samples(), "query\ndebt\n", &["--overlap"]);
    assert_eq!(
        one.stdout,
        "1 query, 7 distinct passages in all\n      \
         id  query   passages  only here\n   1  2   debt           7          7\n\n"
    );
}

/// The ids of all passages of a query, by a search of its own.
fn ids(kept: &Kept, query: &str) -> BTreeSet<String> {
    let run = kept.run(&["search", query, "-n", "1000000", "--format", "jsonl"]);
    let hits = run.stdout.lines();
    hits.map(|hit| serde_json::from_str::<Value>(hit).unwrap()["id"].to_string())
        .collect()
}

fn overlap_is_brute_force(kept: &Kept, queries: &[&str]) {
    let file = format!("query\n{}\n", queries.join("\n"));
    let told = tables(kept, &file, &["--overlap"]);
    let sets: Vec<BTreeSet<String>> = queries.iter().map(|q| ids(kept, q)).collect();
    let union: BTreeSet<&String> = sets.iter().flatten().collect();
    assert_eq!(told["overlap"]["passages"], union.len());
    let mut times: BTreeMap<&String, usize> = BTreeMap::new();
    for id in sets.iter().flatten() {
        *times.entry(id).or_default() += 1;
    }
    for (row, set) in told["queries"].as_array().unwrap().iter().zip(&sets) {
        let only = set.iter().filter(|id| times[id] == 1).count();
        assert_eq!(row["only"], only, "{row}");
        assert_eq!(row["passages"], set.len(), "{row}");
    }
    let mut pairs = told["overlap"]["pairs"].as_array().unwrap().iter();
    for a in 0..sets.len() {
        for b in a + 1..sets.len() {
            let pair = pairs.next().unwrap();
            let both = sets[a].intersection(&sets[b]).count();
            let either = sets[a].union(&sets[b]).count();
            assert_eq!(pair["both"], both, "{pair}");
            let share = if either == 0 {
                0.0
            } else {
                both as f64 / either as f64
            };
            assert!(
                (pair["jaccard"].as_f64().unwrap() - share).abs() < 1e-9,
                "{pair}"
            );
        }
    }
    assert!(pairs.next().is_none());
}

#[test]
fn overlap_is_what_searches_find_one_by_one() {
    let words = [
        "kiln",
        "debt",
        "bondage",
        "victims",
        "government",
        "the",
        "officials",
        "labor",
        "zebra",
        "children OR women",
        "traffick!",
        "convict! -prosecut!",
        "police w/10 victims",
        "fish!",
        "the OR a",
    ];
    overlap_is_brute_force(samples(), &words);
    if let Some(kept) = shared_index() {
        let words = [
            "apartheid",
            "debt",
            "disarmament w/20 nuclear",
            "zebra",
            "the",
        ];
        overlap_is_brute_force(kept, &words);
    }
}

#[test]
fn too_many_queries_for_an_overlap_are_refused() {
    let queries = "query\n".to_owned() + &"debt\n".repeat(2001);
    let run = batch(samples(), &queries, &["--overlap"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .ends_with("takes at most 2,000 queries, and `q.csv` holds 2,001\n"),
        "{}",
        run.stderr
    );
}

/// A corpus, and the same with a report changed, one gone and one new.
fn then_and_now() -> tempfile::TempDir {
    let report = |name: &str, text: &str| narrative(2020, name, text);
    let folder = folder(&[
        (
            "then/tip/kenya.txt",
            &report("Kenya", "Brick kilns held families in debt."),
        ),
        (
            "then/tip/nepal.txt",
            &report("Nepal", "Officials inspected a kiln."),
        ),
        ("then/tip/ghana.txt", &report("Ghana", "A kiln, a debt.")),
        (
            "now/tip/kenya.txt",
            &report("Kenya", "Brick kilns held families in debt."),
        ),
        (
            "now/tip/nepal.txt",
            &report("Nepal", "Officials inspected one kiln."),
        ),
        ("now/tip/togo.txt", &report("Togo", "No kiln is left.")),
        ("q.csv", b"id,query\nk,kiln\nd,debt\nz,zebra\n"),
        ("q2.csv", b"id,query\nk,kiln\nd,loan OR debt\nn,families\n"),
    ]);
    for side in ["then", "now"] {
        let index = folder.path().join(format!("index-{side}"));
        build_index(&[folder.path().join(side)], &index, 0);
    }
    folder
}

#[test]
fn what_changed_since_a_kept_run() {
    let work = then_and_now();
    let then = run(
        work.path(),
        &[
            "--index",
            "index-then",
            "batch",
            "q.csv",
            "--keep",
            "last.jsonl",
            "-n",
            "1",
        ],
    );
    assert_eq!((then.status, then.stdout.lines().count()), (0, 3));
    let args = [
        "--index",
        "index-then",
        "batch",
        "q.csv",
        "--since",
        "last.jsonl",
    ];
    assert_eq!(
        run(work.path(), &args).stdout,
        "\
since last.jsonl, made from the same corpus
id  query   before      now      new  changed     gone
k   kiln         3        3        0        0        0
d   debt         2        2        0        0        0
z   zebra        0        0        0        0        0

0 new, 0 changed, 0 gone
"
    );
    let now = run(
        work.path(),
        &[
            "--index",
            "index-now",
            "batch",
            "q2.csv",
            "--since",
            "last.jsonl",
            "--keep",
            "last.jsonl",
        ],
    );
    assert_eq!(
        now.stdout,
        "\
since last.jsonl, made from another corpus
id  query          before      now      new  changed     gone
k   kiln                3        3        1        1        1
    new: tip-2020-tgo:overview:1
    changed: tip-2020-npl:overview:1
    gone: tip-2020-gha:overview:1
d   loan OR debt        2        1        0        0        1
    it was `debt`
    gone: tip-2020-gha:overview:1
n   families            -        1        -        -        -

1 new, 1 changed, 2 gone
not in the file: n
only in the file: z
"
    );
    assert_eq!((now.status, now.stderr.as_str()), (0, ""));
    // The file is that of the last run now.
    let args = [
        "--index",
        "index-now",
        "batch",
        "q2.csv",
        "--since",
        "last.jsonl",
        "--tables",
        "csv",
    ];
    assert_eq!(
        run(work.path(), &args).stdout,
        "id,query,compared,before,held,now,change,passage,was\n\
         k,kiln,all,3,3,3,,,\nd,loan OR debt,all,1,1,1,,,\nn,families,all,1,1,1,,,\n"
    );
    assert!(!work.path().join("last.jsonl.partial").exists());
}

#[test]
fn a_paragraph_that_was_divided_is_no_new_one() {
    let kenya = |text: &str| narrative(2020, "Kenya", text);
    let work = folder(&[
        (
            "corpus/k.txt",
            &kenya("Kilns bind men. Kilns bind women.\n\nKilns close in the rain.\n\nA kiln."),
        ),
        ("q.txt", b"kiln*"),
    ]);
    let path = work.path();
    assert_eq!(run(path, &["index"]).status, 0);
    let kept = run(path, &["batch", "q.txt", "--keep", "last.jsonl"]);
    assert_eq!(kept.status, 0, "{}", kept.stderr);
    let now = kenya("Kilns bind men.\n\nKilns bind women.\n\nKilns close in the rain. A kiln.");
    std::fs::write(path.join("corpus/k.txt"), now).unwrap();
    assert_eq!(run(path, &["index"]).status, 0);
    let told = run(path, &["batch", "q.txt", "--since", "last.jsonl"]);
    assert_eq!(
        told.stdout,
        "\
since last.jsonl, made from another corpus
id  query   before      now      new  changed     gone
1   kiln*        3        3        0        0        0
    2 divided: tip-2020-ken:overview:1 (was tip-2020-ken:overview:1),
    tip-2020-ken:overview:2 (was tip-2020-ken:overview:1)
    2 joined: tip-2020-ken:overview:3 (was tip-2020-ken:overview:2),
    tip-2020-ken:overview:3 (was tip-2020-ken:overview:3)

0 new, 2 divided, 2 joined, 0 changed, 0 gone
"
    );
    let args = ["batch", "q.txt", "--since", "last.jsonl", "--tables", "csv"];
    let table = run(path, &args).stdout;
    let row = "1,kiln*,all,3,3,3,divided,tip-2020-ken:overview:2,tip-2020-ken:overview:1\n";
    assert!(table.contains(row), "{table}");
}

#[test]
fn results_are_compared_as_far_as_they_go() {
    let work = then_and_now();
    let batch = |index: &str, args: &[&str]| {
        let all = [&["--index", index, "batch", "q.csv"], args].concat();
        run(work.path(), &all)
    };
    batch("index-then", &["--to", "few.jsonl", "-n", "2"]);
    batch("index-then", &["--to", "all.jsonl"]);
    batch("index-then", &["--to", "all.csv", "--format", "csv"]);
    let told = |file: &str| -> Value {
        let run = batch("index-now", &["--since", file, "--tables", "json"]);
        serde_json::from_str::<Value>(&run.stdout).unwrap()["since"]["queries"][0].clone()
    };
    let all = told("all.jsonl");
    assert_eq!(
        all,
        json!({
            "id": "k", "query": "kiln", "query_before": null, "other_filters": false,
            "compared": "all", "before": 3, "held": 3, "now": 3,
            "new": ["tip-2020-tgo:overview:1"], "moved": [], "renumbered": [], "divided": [],
            "joined": [], "changed": ["tip-2020-npl:overview:1"],
            "gone": ["tip-2020-gha:overview:1"], "same": 1
        })
    );
    let few = told("few.jsonl");
    assert_eq!(
        (&few["compared"], &few["before"], &few["held"], &few["new"]),
        (&json!("part"), &json!(3), &json!(2), &Value::Null)
    );
    let table = told("all.csv");
    assert_eq!(
        (
            &table["compared"],
            &table["before"],
            &table["held"],
            &table["gone"]
        ),
        (&json!("part"), &Value::Null, &json!(3), &all["gone"])
    );
    let text = batch("index-now", &["--since", "few.jsonl"]).stdout;
    assert!(
        text.contains("the file holds only the hits that were written then, as 2 of 3"),
        "{text}"
    );
    batch("index-then", &["--to", "t.trec", "--format", "trec"]);
    for file in ["q2.csv", "then/tip/kenya.txt", "t.trec"] {
        let run = batch("index-now", &["--since", file]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        let place = format!("error: {file}:1: this is no result of `pincite batch`\n");
        assert!(run.stderr.starts_with(&place), "{}", run.stderr);
    }
}

#[test]
fn keys_are_never_dropped() {
    let keys = |value: &Value| -> Vec<String> {
        let Value::Object(object) = value else {
            panic!("no object: {value}")
        };
        object.keys().cloned().collect()
    };
    let few = tables(samples(), QUERIES, &["--summary"]);
    let many = tables(samples(), QUERIES, &["--overlap", "--by", "tier"]);
    assert_eq!(
        keys(&few),
        ["schema", "by", "queries", "overlap", "since", "failed"]
    );
    assert_eq!(keys(&few), keys(&many));
    assert_eq!(keys(&few["queries"][0]), keys(&many["queries"][0]));
    assert_eq!(few["queries"][0]["counts"], Value::Null);
    assert_eq!(
        many["failed"],
        json!([{"line": 6, "error": "this `(` is never closed"}])
    );
}

#[test]
fn options_that_make_no_sense_together_are_refused() {
    for (args, told) in [
        (&["--tables", "json"][..], "`--tables` without a table"),
        (
            &["--summary", "--overlap", "--tables", "csv"],
            "`--tables csv` is for one table alone",
        ),
        (&["--resume"], "the following required arguments"),
        (
            &["--to", "r", "--keep", "r"],
            "`--keep` is the same file as `--to`",
        ),
        (
            &["--to", "r", "--since", "r"],
            "`--since` is the same file as `--to`",
        ),
    ] {
        let run = batch(samples(), QUERIES, args);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}
