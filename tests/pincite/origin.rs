//! What says the same again: the history of a passage, folded results, old ids
//! against an index that has changed; each beside a count by brute force.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pincite::desk::resolve::Verdict;
use pincite::desk::{Edition, Reach, origins, read_old_ids, resolve};
use pincite::index::OpenIndex;
use pincite::query::{MatchMode, Reading};
use pincite::report::Passage;
use pincite::search::{SearchRequest, search, search_folded};
use pincite::text::likeness::{Likeness, REWORDED, Wording};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    Kept, Random, Run, build_index, folder, narrative, open, run, samples, shared_index,
};

/// Forty-six words.
const KILNS: &str = "Officers of the labor ministry visited brick kilns along a river during one \
    dry season, met families repaying loans that owners had given before harvest, counted \
    children carrying clay between ovens, noted missing contracts, asked neighbors about wages \
    and sent no report to any court afterwards";

/// Some of the words, as a paragraph.
fn words(range: std::ops::Range<usize>) -> String {
    let words: Vec<&str> = KILNS.split_whitespace().collect();
    format!("{}.", words[range].join(" "))
}

/// Kenya in every year from 2001 to 2009 but 2006; what it says of kilns is said
/// in 2003, again in other letters in 2004, reworded in 2005 and once more in
/// 2007. Nepal says it in 2002.
fn editions() -> TempDir {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for year in [2001, 2002, 2003, 2004, 2005, 2007, 2008, 2009] {
        let kilns = match year {
            2003 => words(0..30),
            2004 => words(0..30).to_uppercase(),
            2005 => words(8..38),
            2007 => words(16..46),
            _ => format!("In {year} the government opened {} shelters.", year % 7),
        };
        let text = format!("It was year {year}.\n\n{kilns}");
        files.push((
            format!("corpus/{year}-ken.txt"),
            narrative(year, "Kenya", &text),
        ));
    }
    files.push((
        "corpus/2002-npl.txt".to_owned(),
        narrative(2002, "Nepal", &words(0..30)),
    ));
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    let folder = folder(&borrowed);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    folder
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", run.stdout, run.stderr))
}

#[test]
fn a_history_follows_a_passage_from_edition_to_edition() {
    let editions = editions();
    let first = "tip-2003-ken:overview:2";
    let told = run(editions.path(), &["origin", first, "--format", "json"]);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""));
    let told = json_of(&told);
    let origin = &told["origins"][0];
    assert_eq!(
        (&origin["id"], &origin["first_year"]),
        (&json!(first), &json!(2003))
    );
    let sayings = |origin: &Value| -> Vec<Value> {
        let sayings = origin["sayings"].as_array().unwrap().iter();
        let facts = ["year", "is_first", "is_asked", "how", "via"];
        sayings.map(|s| json!(facts.map(|fact| &s[fact]))).collect()
    };
    // Of 34 runs of five words 18 are in both; of 42 only 10.
    assert_eq!(
        sayings(origin),
        [
            json!([2003, true, true, "same", null]),
            json!([2004, false, false, "same", null]),
            json!([2005, false, false, "reworded", null]),
            json!([2007, false, false, "chain", "tip-2005-ken:overview:2"]),
        ]
    );
    let resemblance = |at: usize| origin["sayings"][at]["resemblance"].as_f64().unwrap();
    assert_eq!(
        [0, 1, 2, 3].map(resemblance),
        [1.0, 1.0, 18.0 / 34.0, 10.0 / 42.0]
    );
    let states = origin["editions"].as_array().unwrap().iter();
    let states: Vec<&str> = states.map(|e| e["state"].as_str().unwrap()).collect();
    assert_eq!(
        states,
        [
            "silent", "silent", "said", "said", "said", "missing", "said", "silent", "silent"
        ]
    );
    // From the other end of the chain.
    let last = run(
        editions.path(),
        &["origin", "tip-2007-ken:overview:2", "--format", "json"],
    );
    assert_eq!(
        sayings(&json_of(&last)["origins"][0]),
        [
            json!([2003, true, false, "chain", "tip-2005-ken:overview:2"]),
            json!([2004, false, false, "chain", "tip-2005-ken:overview:2"]),
            json!([2005, false, false, "reworded", null]),
            json!([2007, false, true, "same", null]),
        ]
    );
    // Another country says it a year before.
    let anywhere = run(
        editions.path(),
        &["origin", first, "--anywhere", "--format", "json"],
    );
    let anywhere = json_of(&anywhere);
    let anywhere = &anywhere["origins"][0];
    assert_eq!(
        sayings(anywhere)[..2],
        [
            json!([2002, true, false, "same", null]),
            json!([2003, false, true, "same", null]),
        ]
    );
    assert_eq!(anywhere["sayings"][0]["country"]["iso3"], "NPL");
    assert_eq!(anywhere["sayings"].as_array().unwrap().len(), 5);
    assert_eq!(anywhere["editions"], origin["editions"]);
}

#[test]
fn a_history_as_text_and_as_a_table() {
    let editions = editions();
    let told = run(
        editions.path(),
        &["origin", "tip-2005-ken:overview:2", "--diff"],
    );
    assert_eq!(
        told.stdout,
        "\
2005 Trafficking in Persons Report: Kenya, Overview, para. 2
  tip-2005-ken:overview:2
  along a river during one dry season, met families repaying loans that owners
  had given before harvest, counted children carrying clay between ovens, noted
  missing contracts, asked neighbors about wages.

first said in 2003; 4 passages in all; 4 of 8 editions of 2001-2009 say it

  2001-2002  not said
  2003       first  reworded 0.53  tip-2003-ken:overview:2
        2003 Trafficking in Persons Report: Kenya, Overview, para. 2
  2004              reworded 0.53  tip-2004-ken:overview:2
        2004 Trafficking in Persons Report: Kenya, Overview, para. 2
        since 2003: no word changed
  2005              asked for      tip-2005-ken:overview:2
        2005 Trafficking in Persons Report: Kenya, Overview, para. 2
        since 2004: [-OFFICERS OF THE LABOR MINISTRY VISITED BRICK KILNS-]
        along a river during one dry season, met families repaying loans that
        owners had given before harvest, counted children carrying clay between
        {+ovens, noted missing contracts, asked neighbors about wages+}.
  2006       no edition
  2007              reworded 0.53  tip-2007-ken:overview:2
        2007 Trafficking in Persons Report: Kenya, Overview, para. 2
        since 2005: [-along a river during one dry season, met-] families
        repaying loans that owners had given before harvest, counted children
        carrying clay between ovens, noted missing contracts, asked neighbors
        about wages {+and sent no report to any court afterwards+}.
  2008-2009  not said
"
    );
    let alone = run(editions.path(), &["origin", "tip-2001-ken:overview:1"]);
    let flat = alone
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        flat.contains(
            "said in 2001 alone; 1 of 8 editions of 2001-2009 says it; it may be older: the index \
             has no edition before 2001"
        ),
        "{flat}"
    );
    // A section is a history for each of its passages.
    let section = run(
        editions.path(),
        &["origin", "tip-2005-ken:overview", "--format", "csv"],
    );
    let mut rows = csv::Reader::from_reader(section.stdout.as_bytes());
    let rows: Vec<Vec<String>> = rows
        .records()
        .map(|row| row.unwrap().iter().take(5).map(str::to_owned).collect())
        .collect();
    let of = |id: &str, state: &str| -> Vec<&str> {
        let rows = rows.iter().filter(|row| row[0] == id && row[2] == state);
        rows.map(|row| row[1].as_str()).collect()
    };
    assert_eq!(of("tip-2005-ken:overview:1", "said"), ["2005"]);
    let kilns = "tip-2005-ken:overview:2";
    assert_eq!(of(kilns, "said"), ["2003", "2004", "2005", "2007"]);
    assert_eq!(of(kilns, "silent"), ["2001", "2002", "2008", "2009"]);
    assert_eq!(of(kilns, "missing"), ["2006"]);
    assert_eq!(rows.len(), 9 + 9);
}

#[test]
fn ids_without_an_origin() {
    let report = samples().run(&["origin", "tip-2021-khm"]);
    assert_eq!(report.status, 2);
    assert!(
        report.stderr.contains("`tip-2021-khm` is a report")
            && report
                .stderr
                .contains("hint: name one of its passages, as `tip-2021-khm:overview:1`"),
        "{}",
        report.stderr
    );
    for id in [
        "tip-2021-khm:prevention:99",
        "tip-1900-khm:a:1",
        "nonsense",
        "",
    ] {
        assert_eq!(samples().run(&["origin", id]), samples().run(&["show", id]));
    }
    assert_eq!(
        samples()
            .run(&["origin", "tip-2021-khm:prevention:99"])
            .status,
        1
    );
    let table = [
        "origin",
        "tip-2021-khm:prevention:1",
        "--diff",
        "--format",
        "csv",
    ];
    assert_eq!(samples().run(&table).status, 2);
    let recorded = folder(&[(
        "corpus/r.jsonl",
        b"{\"id\":\"a\",\"text\":\"kilns burn\"}\n{\"id\":\"b\",\"text\":\"Kilns burn.\"}\n",
    )]);
    assert_eq!(run(recorded.path(), &["index"]).status, 0);
    let told = json_of(&run(
        recorded.path(),
        &["origin", "doc-a:text:1", "--format", "json"],
    ));
    let origin = &told["origins"][0];
    assert_eq!(origin["sayings"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&origin["first_year"], &origin["editions"]),
        (&Value::Null, &json!([]))
    );
}

/// Editions of three countries whose paragraphs are made of each other: kept,
/// cut, with words changed, or new.
fn editions_by_chance(seed: u64) -> TempDir {
    let mut random = Random::new(seed);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut pool: Vec<Vec<String>> = Vec::new();
    for (country, iso) in [("Kenya", "ken"), ("Nepal", "npl"), ("Libya", "lby")] {
        for year in 2001..2009 {
            let mut paragraphs = Vec::new();
            for _ in 0..4 + random.below(8) {
                let mut words: Vec<String> = match pool.is_empty() || random.below(4) == 0 {
                    true => (0..6 + random.below(40))
                        .map(|_| format!("w{}", random.below(400)))
                        .collect(),
                    false => pool[random.below(pool.len())].clone(),
                };
                for _ in 0..random.below(5) {
                    let at = random.below(words.len());
                    match random.below(3) {
                        0 if words.len() > 3 => drop(words.remove(at)),
                        1 => words.insert(at, format!("w{}", random.below(400))),
                        _ => words[at] = words[at].to_uppercase(),
                    }
                }
                paragraphs.push(format!("Text {}.", words.join(" ")));
                pool.push(words);
            }
            let text = paragraphs.join("\n\n");
            files.push((
                format!("corpus/{year}-{iso}.txt"),
                narrative(year, country, &text),
            ));
        }
    }
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    let folder = folder(&borrowed);
    build_index(
        &[folder.path().join("corpus")],
        &folder.path().join("index"),
        1,
    );
    folder
}

/// All passages of an index in order of id, with their wordings.
fn all(index: &OpenIndex) -> Vec<(Passage, Wording)> {
    let mut reader = index.passages();
    let passages = (0..index.segment().max_doc()).map(|doc| reader.passage(doc).unwrap());
    passages
        .map(|passage| {
            let wording = Wording::of(&passage.text);
            (passage, wording)
        })
        .collect()
}

/// Whether two passages are alike, without any short cut.
fn alike(one: &Wording, other: &Wording) -> bool {
    one == other || one.resemblance(other) >= REWORDED
}

fn country(passage: &Passage) -> Option<&str> {
    passage.report.country.as_ref().map(|c| c.iso3.as_str())
}

/// The histories of all passages are what comparing all pairs gives.
fn histories_are_those_of_all_pairs(index: &OpenIndex) -> usize {
    let all = all(index);
    let mut pairs = 0;
    for (asked, wording) in &all {
        let origin = origins(index, &asked.id.to_string(), Reach::Editions)
            .unwrap()
            .remove(0);
        let of_country: Vec<&(Passage, Wording)> = all
            .iter()
            .filter(|(p, _)| country(p) == country(asked))
            .collect();
        // All that a chain leads to.
        let mut reached: BTreeSet<usize> = of_country
            .iter()
            .position(|(p, _)| p.id == asked.id)
            .into_iter()
            .collect();
        loop {
            let near = |at: &usize| {
                reached
                    .iter()
                    .any(|r| alike(&of_country[*r].1, &of_country[*at].1))
            };
            let next: Vec<usize> = (0..of_country.len())
                .filter(|at| !reached.contains(at) && near(at))
                .collect();
            if next.is_empty() {
                break;
            }
            reached.extend(next);
        }
        let expected: BTreeSet<String> = reached
            .iter()
            .map(|at| of_country[*at].0.id.to_string())
            .collect();
        let found: BTreeSet<String> = origin
            .sayings
            .iter()
            .map(|s| s.passage.id.to_string())
            .collect();
        assert_eq!(found, expected, "{}", asked.id);
        for saying in &origin.sayings {
            let other = Wording::of(&saying.passage.text);
            assert_eq!(saying.likeness.is_some(), alike(wording, &other));
            assert_eq!(saying.via.is_some(), !alike(wording, &other));
            if let Some(via) = &saying.via {
                let (_, by) = all.iter().find(|(p, _)| p.id == *via).unwrap();
                assert!(alike(by, &other), "{} by way of {via}", saying.passage.id);
            }
            assert_eq!(saying.likeness == Some(Likeness::Same), *wording == other);
        }
        for (year, edition) in &origin.editions {
            let mut there = of_country
                .iter()
                .filter(|(p, _)| p.report.year.is_some_and(|y| y.get() == *year))
                .peekable();
            let expected = match there.peek().is_some() {
                false => Edition::Missing,
                true if there.any(|(p, _)| found.contains(&p.id.to_string())) => Edition::Said,
                true => Edition::Silent,
            };
            assert_eq!(*edition, expected, "{} {year}", asked.id);
        }
        pairs += origin.sayings.len() - 1;
    }
    pairs
}

#[test]
fn histories_are_what_all_pairs_give() {
    histories_are_those_of_all_pairs(&samples().open());
    let mut pairs = 0;
    for seed in 1..4 {
        let folder = editions_by_chance(seed);
        pairs += histories_are_those_of_all_pairs(&open(&folder.path().join("index")));
    }
    assert!(pairs > 100, "{pairs}");
}

/// Folds all matches of a query and checks them against all pairs: how many
/// matches are folded away, and how many would be if no pair were missed.
fn folded_as_all_pairs(index: &OpenIndex, query: &str) -> (usize, usize) {
    let reading = Reading {
        mode: MatchMode::Any,
        literal: false,
        synonyms: None,
    };
    let request = SearchRequest {
        limit: usize::MAX,
        ..SearchRequest::new(reading.read(query).unwrap())
    };
    let plain = search(index, &request).unwrap();
    let folded = search_folded(index, &request).unwrap();
    assert_eq!(folded.total, plain.total);
    let texts: HashMap<String, Wording> = plain
        .hits
        .iter()
        .map(|hit| (hit.passage.id.to_string(), Wording::of(&hit.passage.text)))
        .collect();
    // Every match is in one group.
    let mut seen: Vec<String> = Vec::new();
    let mut away = 0;
    for (hit, rank) in folded.hits.iter().zip(1..) {
        assert_eq!(hit.rank, rank);
        let lead = hit.passage.id.to_string();
        let others = &hit.alike.as_ref().unwrap().ids;
        for other in others {
            assert!(
                alike(&texts[&lead], &texts[&other.to_string()]),
                "{lead} {other}"
            );
        }
        away += others.len();
        seen.push(lead);
        seen.extend(others.iter().map(ToString::to_string));
    }
    seen.sort();
    let mut matches: Vec<String> = texts.keys().cloned().collect();
    matches.sort();
    assert_eq!(seen, matches);
    // The best of those that are left stands for all that are like it.
    let mut left: Vec<String> = plain
        .hits
        .iter()
        .map(|h| h.passage.id.to_string())
        .collect();
    let mut expected = 0;
    while !left.is_empty() {
        let lead = left.remove(0);
        let before = left.len();
        left.retain(|other| !alike(&texts[&lead], &texts[other]));
        expected += before - left.len();
    }
    // Leads come in the order of the plain results.
    let order: HashMap<String, usize> = plain
        .hits
        .iter()
        .map(|h| (h.passage.id.to_string(), h.rank))
        .collect();
    let ranks: Vec<usize> = folded
        .hits
        .iter()
        .map(|h| order[&h.passage.id.to_string()])
        .collect();
    assert!(ranks.is_sorted());
    (away, expected)
}

#[test]
fn folding_puts_every_match_in_one_group() {
    let mut away = 0;
    let mut expected = 0;
    for query in ["the", "government", "kiln debt"] {
        let (found, by_pairs) = folded_as_all_pairs(&samples().open(), query);
        assert_eq!(found, by_pairs, "{query}");
    }
    for seed in 1..4 {
        let folder = editions_by_chance(seed);
        let index = open(&folder.path().join("index"));
        for query in ["text", "w1 w2 w3 w4 w5 w6 w7 w8 w9"] {
            let (found, by_pairs) = folded_as_all_pairs(&index, query);
            away += found;
            expected += by_pairs;
        }
    }
    assert!(expected > 200, "{expected}");
    assert!(away * 100 >= expected * 95, "{away} of {expected}");
}

#[test]
fn folded_results_in_every_format() {
    let editions = editions();
    let on = |args: &[&str]| {
        run(
            editions.path(),
            &[&["search", "families", "--fold"], args].concat(),
        )
    };
    let told = json_of(&on(&["--sort", "year", "--format", "json"]));
    let hits = told["hits"].as_array().unwrap();
    assert_eq!(told["total"], 5);
    // 2007 says it too, and is not like it.
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[0]["alike"]["ids"], json!(["tip-2005-ken:overview:2"]));
    assert_eq!(
        hits[1]["alike"],
        json!({"count": 2, "years": [2002, 2003], "ids": ["tip-2002-npl:overview:1", "tip-2003-ken:overview:2"]})
    );
    let lines = on(&["--sort", "year", "--format", "jsonl"]).stdout;
    let lines: Vec<Value> = lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(&lines, hits);
    let table = on(&["--sort", "year", "--format", "csv"]).stdout;
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let columns: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        columns[columns.len() - 3..],
        ["alike_count", "alike_years", "alike_ids"]
    );
    let last = table.records().last().unwrap().unwrap();
    assert_eq!(&last[columns.len() - 3], "2");
    assert_eq!(&last[columns.len() - 2], "2002;2003");
    let text = on(&["--sort", "year"]).stdout;
    assert!(text.contains("\n   (+2 like this: 2002-2003)\n"), "{text}");
    assert!(text.ends_with("5 passages, folded into 2\n"), "{text}");
    // A page counts what is shown.
    let second = json_of(&on(&[
        "--sort", "year", "-n", "1", "--offset", "1", "--format", "json",
    ]));
    assert_eq!(second["hits"], json!([hits[1]]));
    let first = on(&["--sort", "year", "-n", "1"]).stdout;
    assert!(
        first.ends_with("5 passages, folded: 1-1 shown stand for 2\n"),
        "{first}"
    );
    // What stands alone has null; what is not folded has no such key.
    let alone = json_of(&run(
        editions.path(),
        &[
            "search", "shelters", "--year", "2001", "--fold", "--format", "json",
        ],
    ));
    assert_eq!(alone["hits"][0].get("alike"), Some(&Value::Null));
    let plain = json_of(&run(
        editions.path(),
        &["search", "families", "--format", "json"],
    ));
    assert_eq!(plain["hits"][0].get("alike"), None);
    let none = on(&["--year", "2001"]);
    assert_eq!(none.status, 1);
    assert!(none.stdout.starts_with("nothing found"), "{}", none.stdout);
}

/// The pairs of real texts that are alike, and how many the shingles of the index
/// find.
#[test]
fn what_is_alike_in_real_texts_is_found() {
    let Some(kept) = shared_index() else { return };
    let index: OpenIndex = Kept::open(kept);
    let reports = index.reports().unwrap();
    let mut of_country: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for report in reports.iter().filter(|r| r.info.series.as_str() == "ungd") {
        let iso3 = report.info.country.as_ref().map_or("", |c| c.iso3.as_str());
        of_country
            .entry(iso3)
            .or_default()
            .extend(report.passages.clone());
    }
    let (mut pairs, mut found, mut asked) = (0, 0, 0);
    let mut reader = index.passages();
    for docs in of_country.values().step_by(4) {
        let passages: Vec<Passage> = docs.iter().map(|d| reader.passage(*d).unwrap()).collect();
        let texts: Vec<Wording> = passages.iter().map(|p| Wording::of(&p.text)).collect();
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, text) in texts.iter().enumerate() {
            text.shingles()
                .for_each(|s| holders.entry(s).or_default().push(at));
        }
        let sharing = index.shingles.sharing_among(docs, docs);
        for (at, text) in texts.iter().enumerate() {
            let near: BTreeSet<usize> = text
                .shingles()
                .flat_map(|s| &holders[&s])
                .copied()
                .filter(|o| *o != at)
                .collect();
            let near: Vec<usize> = near
                .into_iter()
                .filter(|o| alike(text, &texts[*o]))
                .collect();
            pairs += near.len();
            found += near
                .iter()
                .filter(|o| sharing[at].contains(&docs[**o]))
                .count();
            // The history compares all texts: it misses none.
            if !near.is_empty() && asked < 40 {
                asked += 1;
                let id = passages[at].id.to_string();
                let origin = origins(&index, &id, Reach::Editions).unwrap().remove(0);
                let direct = origin
                    .sayings
                    .iter()
                    .filter(|s| s.likeness.is_some() && !s.is_asked);
                let direct: BTreeSet<String> = direct.map(|s| s.passage.id.to_string()).collect();
                let expected: BTreeSet<String> =
                    near.iter().map(|o| passages[*o].id.to_string()).collect();
                assert_eq!(direct, expected, "{id}");
            }
        }
    }
    let told = format!("{found} of {pairs} pairs that are alike share a least shingle\n");
    let _ = std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes());
    assert!(pairs > 50, "{told}");
    assert!(found * 10 >= pairs * 9, "{told}");
    for query in [
        "\"peaceful reunification\"",
        "\"permanent members\" predecessor",
    ] {
        let (away, expected) = folded_as_all_pairs(&index, query);
        assert!(away * 10 >= expected * 9, "{query}: {away} of {expected}");
    }
}

/// A corpus before and after: a paragraph comes in, one changes, a heading is
/// renamed, a report goes.
fn before_and_after() -> TempDir {
    let kenya = "Overview of Kenya.\n\nPROSECUTION\n\nThe police opened 348 cases in the year \
        and closed most of them.\n\nThe courts sat.\n\nPREVENTION\n\nA hotline took 21 calls.\n\n\
        The plan was adopted in the spring by the cabinet.";
    let folder = folder(&[
        ("corpus/a.txt", &narrative(2020, "Kenya", kenya)),
        (
            "corpus/b.txt",
            &narrative(2020, "Nepal", "Nepal adopted a plan for the kilns."),
        ),
    ]);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    folder
}

const OLD: [(&str, &str, &str); 6] = [
    ("tip-2020-ken:overview:1", "same", "tip-2020-ken:overview:1"),
    (
        "tip-2020-ken:prevention:1",
        "moved",
        "tip-2020-ken:protection:1",
    ),
    (
        "tip-2020-ken:prevention:2",
        "moved",
        "tip-2020-ken:protection:2",
    ),
    (
        "tip-2020-ken:prosecution:1",
        "changed",
        "tip-2020-ken:prosecution:1",
    ),
    (
        "tip-2020-ken:prosecution:2",
        "moved",
        "tip-2020-ken:prosecution:3",
    ),
    ("tip-2020-npl:overview:1", "gone", ""),
];

fn change(folder: &TempDir) {
    let kenya = "Overview of Kenya.\n\nPROSECUTION\n\nThe police opened 199 cases in the year \
        and closed most of them.\n\nThis paragraph is new.\n\nThe courts sat.\n\nPROTECTION\n\nA \
        hotline took 21 calls.\n\nThe plan was adopted in the spring by the cabinet.";
    let corpus = folder.path().join("corpus");
    std::fs::write(corpus.join("a.txt"), narrative(2020, "Kenya", kenya)).unwrap();
    std::fs::remove_file(corpus.join("b.txt")).unwrap();
    let other = narrative(2021, "Kenya", "The hotline is told of elsewhere.");
    std::fs::write(corpus.join("c.txt"), other).unwrap();
    assert_eq!(run(folder.path(), &["index"]).status, 0);
}

#[test]
fn a_text_that_stands_twice_is_found_twice() {
    let text = "Kilns bind men by debt in the north.";
    let hash = pincite::report::text_hash(text);
    let id = "tip-2020-ken:overview";
    let old = format!("{id}:5 {hash}\n{id}:6 {hash}\n{id}:5 {hash}\n");
    let twice = format!("{text}\n\nNothing of the sort.\n\n{text}");
    let work = folder(&[("corpus/k.txt", &narrative(2020, "Kenya", &twice))]);
    assert_eq!(run(work.path(), &["index"]).status, 0);
    let index = open(&work.path().join("index"));
    let olds = read_old_ids(old.as_bytes(), "old.txt").unwrap();
    let now = resolve(&index, olds).unwrap().into_iter();
    let now: Vec<u32> = now.map(|one| one.now.unwrap().id.number).collect();
    assert_eq!(now, [1, 3, 1]);
}

#[test]
fn old_ids_are_resolved_from_every_export() {
    let folder = before_and_after();
    let all = "the OR hotline OR courts OR Kenya OR kilns";
    let export = |format: &str| {
        let found = run(
            folder.path(),
            &["search", all, "-n", "50", "--format", format],
        );
        std::fs::write(folder.path().join(format!("found.{format}")), found.stdout).unwrap();
    };
    ["csv", "json", "jsonl"].into_iter().for_each(export);
    let lines = std::fs::read_to_string(folder.path().join("found.jsonl")).unwrap();
    let lines = lines.lines().map(|line| {
        let hit: Value = serde_json::from_str(line).unwrap();
        format!(
            "{} {}\n",
            hit["id"].as_str().unwrap(),
            hit["hash"].as_str().unwrap()
        )
    });
    std::fs::write(folder.path().join("found.txt"), lines.collect::<String>()).unwrap();
    let table = std::fs::read_to_string(folder.path().join("found.csv")).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet()
        .write(0, 0, "A sheet without ids")
        .unwrap();
    let sheet = book.add_worksheet();
    let rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes())
        .into_records();
    for (row, number) in rows.zip(0..) {
        for (cell, column) in row.unwrap().iter().zip(0..) {
            sheet.write(number, column, cell).unwrap();
        }
    }
    book.save(folder.path().join("found.xlsx")).unwrap();
    let files = [
        "found.csv",
        "found.json",
        "found.jsonl",
        "found.txt",
        "found.xlsx",
    ];
    for file in files {
        let same = run(folder.path(), &["resolve", file]);
        assert_eq!(
            (same.status, same.stdout.as_str()),
            (0, "6 lines: 6 same\n"),
            "{file}"
        );
    }
    change(&folder);
    for file in files {
        let told = run(folder.path(), &["resolve", file, "--format", "csv"]);
        assert_eq!((told.status, told.stderr.as_str()), (4, ""), "{file}");
        let mut rows = csv::Reader::from_reader(told.stdout.as_bytes());
        let mut rows: Vec<[String; 3]> = rows
            .records()
            .map(|row| [1, 2, 3].map(|at| row.as_ref().unwrap()[at].to_owned()))
            .collect();
        rows.sort();
        assert_eq!(
            rows,
            OLD.map(|(a, b, c)| [a, b, c].map(str::to_owned)),
            "{file}"
        );
    }
    // With the text, what changed is shown.
    let told = json_of(&run(
        folder.path(),
        &["resolve", "found.csv", "--format", "json"],
    ));
    assert_eq!(
        told["counts"],
        json!({"same": 1, "unknown_hash": 0, "moved": 3, "changed": 1, "gone": 1, "no_id": 0})
    );
    let changed = told["ids"].as_array().unwrap().iter();
    let changed = changed
        .clone()
        .find(|id| id["verdict"] == "changed")
        .unwrap();
    let pieces = changed["changes"].as_array().unwrap();
    assert!(
        pieces.contains(&json!(["removed", "348"])) && pieces.contains(&json!(["added", "199"]))
    );
    let text = run(folder.path(), &["resolve", "found.csv"]).stdout;
    assert!(
        text.contains(
            "moved    tip-2020-ken:prevention:1\n         now tip-2020-ken:protection:1\n"
        ),
        "{text}"
    );
    assert!(text.contains("opened [-348-] {+199+} cases"), "{text}");
    assert!(
        text.contains("the index holds no report `tip-2020-npl`"),
        "{text}"
    );
    assert!(
        text.ends_with("6 lines: 1 same, 3 moved, 1 changed, 1 gone\n"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn old_texts_find_what_is_nearest_to_them() {
    let folder = before_and_after();
    let file = "id,text\n\
        tip-1999-ken:x:1,THE PLAN WAS ADOPTED IN THE SPRING BY THE CABINET\n\
        tip-1999-ken:x:2,The plan was adopted in the spring by the parliament.\n\
        tip-2020-ken:overview:1,The police opened 400 cases in the year and closed most of them.\n\
        tip-1999-ken:x:3,Nothing of the kind was ever said.\n";
    std::fs::write(folder.path().join("old.csv"), file).unwrap();
    let told = json_of(&run(
        folder.path(),
        &["resolve", "old.csv", "--format", "json"],
    ));
    let facts = ["verdict", "new_id"];
    let ids = told["ids"].as_array().unwrap();
    let found: Vec<Value> = ids
        .iter()
        .map(|id| json!([id[facts[0]], id[facts[1]], id["nearest"]["id"]]))
        .collect();
    assert_eq!(
        found,
        [
            json!(["moved", "tip-2020-ken:prevention:2", null]),
            json!(["gone", null, "tip-2020-ken:prevention:2"]),
            json!([
                "changed",
                "tip-2020-ken:overview:1",
                "tip-2020-ken:prosecution:1"
            ]),
            json!(["gone", null, null]),
        ]
    );
}

#[test]
fn lines_without_an_id_are_counted_and_named() {
    let folder = folder(&[
        (
            "ids.txt",
            b"# mine\ntip-2021-khm\ntip-2021-khm:prevention:1\n\nkilns\n",
        ),
        ("good.txt", b"tip-2021-khm:prevention:1\n"),
        ("empty.txt", b"\n"),
        ("bad.csv", b"id,hash\ntip-2021-khm:prevention:1,xyz\n,\n"),
        (
            "bad.jsonl",
            b"{\"id\":\"tip-2021-khm:prevention:1\"}\n{\"id\":\n",
        ),
    ]);
    let on = |file: &str| {
        let index = samples().path.to_str().unwrap();
        run(folder.path(), &["--index", index, "resolve", file])
    };
    let mixed = on("ids.txt");
    assert_eq!(
        (mixed.status, mixed.stdout.as_str()),
        (4, "3 lines: 1 unknown hash, 2 no id\n")
    );
    assert_eq!(
        mixed.stderr,
        "error: ids.txt:2: `tip-2021-khm` is no passage id\n\
         hint: it may be a report or section: `pincite show tip-2021-khm` shows its passages\n\
         error: ids.txt:5: `kilns` is no passage id\n\
         hint: a passage id looks like `tip-2021-khm:protection:3`\n\
         2 lines without a passage id\n"
    );
    let good = on("good.txt");
    assert_eq!(
        (good.status, good.stdout.as_str()),
        (0, "1 line: 1 unknown hash\n")
    );
    for (file, status, message) in [
        ("empty.txt", 4, "`empty.txt` holds no id"),
        ("nowhere.txt", 2, "`nowhere.txt` cannot be read"),
        ("bad.csv", 4, "bad.csv:2: `xyz` is no hash"),
        ("bad.csv", 4, "bad.csv:3: no id in this line"),
        ("bad.jsonl", 4, "bad.jsonl:2: no JSON"),
    ] {
        let told = on(file);
        assert_eq!(told.status, status, "{file}");
        assert!(told.stderr.contains(message), "{file}: {}", told.stderr);
    }
}

/// Verdicts are what a look at all ids and hashes gives, whatever changed.
#[test]
fn verdicts_are_what_all_hashes_give() {
    let mut seen: BTreeMap<Verdict, usize> = BTreeMap::new();
    for seed in 1..4 {
        let (old, new) = (editions_by_chance(seed), editions_by_chance(seed + 10));
        // Half of the reports are as they were.
        for (at, entry) in std::fs::read_dir(old.path().join("corpus"))
            .unwrap()
            .enumerate()
        {
            let path = entry.unwrap().path();
            let target = new.path().join("corpus").join(path.file_name().unwrap());
            match at % 4 {
                0 | 1 => drop(std::fs::copy(&path, target).unwrap()),
                2 => std::fs::remove_file(target).unwrap(),
                _ => {}
            }
        }
        let index = new.path().join("index");
        build_index(&[new.path().join("corpus")], &index, 1);
        let (before, now) = (all(&open(&old.path().join("index"))), all(&open(&index)));
        let lines = before
            .iter()
            .map(|(p, _)| format!("{} {}\n", p.id, p.hash()));
        let file: String = lines.collect();
        let resolved = resolve(&open(&index), read_old_ids(file.as_bytes(), "f").unwrap()).unwrap();
        assert_eq!(resolved.len(), before.len());
        for ((was, _), one) in before.iter().zip(&resolved) {
            let here = now.iter().find(|(p, _)| p.id == was.id);
            let elsewhere = now.iter().filter(|(p, _)| p.hash() == was.hash()).count();
            // A set phrase of another country is another passage.
            let is_near = now
                .iter()
                .any(|(p, _)| p.hash() == was.hash() && country(p) == country(was));
            let expected = match here {
                Some((here, _)) if here.hash() == was.hash() => Verdict::Same,
                _ if is_near => Verdict::Moved,
                Some(_) => Verdict::Changed,
                None => Verdict::Gone,
            };
            assert_eq!(one.verdict, expected, "{}", was.id);
            if one.verdict == Verdict::Moved {
                assert_eq!(one.now.as_ref().unwrap().hash(), was.hash());
                assert_eq!(one.others, elsewhere - 1);
            }
            *seen.entry(expected).or_default() += 1;
        }
    }
    for verdict in [
        Verdict::Same,
        Verdict::Moved,
        Verdict::Changed,
        Verdict::Gone,
    ] {
        assert!(seen.contains_key(&verdict), "{seen:?}");
    }
}
