//! Counting by group, silence and trends: against a scan of every passage, and
//! as users see them.

use std::collections::{BTreeMap, BTreeSet};

use pincite::index::{FacetName, OpenIndex};
use pincite::query::{FilterSpec, Filters, MatchMode, parse};
use pincite::report::Passage;
use pincite::search::{Counter, Match, Matches, SearchRequest, Tally, search, slice};
use pincite::text::Analysis;
use regex::Regex;
use serde_json::Value;

use crate::support::{folder, samples, shared_index};

fn json(stdout: &str) -> Value {
    serde_json::from_str(stdout).expect("JSON")
}

/// A tally that keeps the reports it has seen.
#[derive(Default)]
struct Scanned {
    tally: Tally,
    reports: BTreeSet<String>,
}

impl Scanned {
    fn add(&mut self, passage: &Passage, hits: u64) {
        self.tally.passages += 1;
        self.tally.hits += hits;
        self.tally.words += Analysis::of(&passage.text).word_count() as u64;
        self.reports.insert(passage.id.report.to_string());
        self.tally.reports = self.reports.len() as u64;
    }
}

/// The values of a passage, with all above those that are paths.
fn values(facet: FacetName, passage: &Passage) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for value in facet.values_of(passage) {
        let ends = value.match_indices('/').map(|(end, _)| end);
        for end in ends.filter(|_| facet.is_path()) {
            values.insert(value[..end].to_owned());
        }
        values.insert(value);
    }
    values
}

/// Counts passages one by one, in whatever order they come.
fn scan<'p>(
    passages: impl Iterator<Item = (&'p Passage, u64)>,
    keys: impl Fn(&Passage) -> Vec<String>,
) -> BTreeMap<String, Tally> {
    let mut groups: BTreeMap<String, Scanned> = BTreeMap::new();
    for (passage, hits) in passages {
        for key in keys(passage) {
            groups.entry(key).or_default().add(passage, hits);
        }
    }
    groups.into_iter().map(|(key, s)| (key, s.tally)).collect()
}

/// What a search finds, passage by passage, in order of rank.
fn found(index: &OpenIndex, query: Option<&str>, filters: &Filters) -> Vec<(Passage, u64)> {
    let request = SearchRequest {
        query: query.map(|text| parse(text, MatchMode::All).unwrap()),
        filters: filters.clone(),
        limit: 1_000_000,
        ..SearchRequest::default()
    };
    let hits = search(index, &request).unwrap().hits.into_iter();
    hits.map(|h| (h.passage, h.highlights.len() as u64))
        .collect()
}

fn agree(counter: &Counter<'_>, counted: &[Match], passages: &[(Passage, u64)], what: &str) {
    let each = || passages.iter().map(|(p, hits)| (p, *hits));
    for facet in FacetName::ALL {
        let scanned = scan(each(), |p| values(facet, p).into_iter().collect());
        assert_eq!(
            counter.by(counted, facet).groups,
            scanned,
            "{what} by {facet}"
        );
        for columns in FacetName::ALL.into_iter().filter(|c| *c != facet) {
            let pairs = |p: &Passage| -> Vec<String> {
                let (down, across) = (values(facet, p), values(columns, p));
                let pairs = down
                    .iter()
                    .flat_map(|r| across.iter().map(move |c| format!("{r}\t{c}")));
                pairs.collect()
            };
            let crossed = counter.cross(counted, facet, columns);
            let cells = crossed.cells.into_iter();
            let cells: BTreeMap<String, Tally> =
                cells.map(|((r, c), t)| (format!("{r}\t{c}"), t)).collect();
            assert_eq!(cells, scan(each(), pairs), "{what}: {facet} by {columns}");
            let in_grid = |p: &&(Passage, u64)| {
                !values(facet, &p.0).is_empty() && !values(columns, &p.0).is_empty()
            };
            assert_eq!(
                crossed.total.passages,
                passages.iter().filter(in_grid).count() as u64
            );
            assert_eq!(
                crossed.total.passages + crossed.outside.passages,
                passages.len() as u64
            );
        }
    }
}

#[test]
fn counts_are_those_of_a_scan() {
    let index = samples().open();
    let counter = Counter::of(&index).unwrap();
    let mut filtered = FilterSpec::default();
    filtered.add(
        FacetName::Country,
        false,
        &["cambodia,nepal,pakistan".to_owned()],
    );
    filtered.add(FacetName::Section, true, &["recommendations".to_owned()]);
    for spec in [FilterSpec::default(), filtered] {
        let filters = Filters::resolve(&spec, &index).unwrap();
        let all = slice(&index, &filters).unwrap();
        let whole = found(&index, None, &filters);
        assert!(whole.len() > 20);
        agree(&counter, &all, &whole, "all");
        for query in [
            "\"brick kiln*\"",
            "debt OR kiln",
            "government -victims",
            "zebra",
        ] {
            let parsed = parse(query, MatchMode::All).unwrap();
            let counted = Matches::of(&index, Some(&parsed), &filters)
                .unwrap()
                .counted()
                .unwrap();
            agree(
                &counter,
                &counted,
                &found(&index, Some(query), &filters),
                query,
            );
        }
    }
}

#[test]
fn the_grid_tells_silence_from_no_report() {
    let run = samples().run(&["silence", "\"brick kiln*\"", "--region", "asia"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, include_str!("counting/silence.txt"));
    let csv = samples().run(&[
        "silence",
        "\"brick kiln*\"",
        "--region",
        "asia",
        "--format",
        "csv",
    ]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        vec![
            "country", "iso3", "year", "count", "status", "reports", "speak"
        ]
    );
    let index = samples().open();
    let filters = Filters::default();
    let said = found(&index, Some("\"brick kiln*\""), &filters);
    let whole = found(&index, None, &filters);
    let mut states = BTreeSet::new();
    for record in reader.records() {
        let record = record.unwrap();
        let is_cell = |p: &&(Passage, u64)| {
            let report = &p.0.report;
            report.country.as_ref().is_some_and(|c| c.iso3 == record[1])
                && report.year.is_some_and(|y| y.to_string() == record[2])
        };
        let (n, of) = (
            said.iter().filter(is_cell).count(),
            whole.iter().filter(is_cell).count(),
        );
        let (count, status) = match (n, of) {
            (_, 0) => (String::new(), "no report"),
            (0, _) => ("0".to_owned(), "silent"),
            (n, _) => (n.to_string(), "spoke"),
        };
        assert_eq!(
            (&record[3], &record[4]),
            (count.as_str(), status),
            "{record:?}"
        );
        states.insert(record[4].to_owned());
    }
    assert_eq!(
        states.len(),
        3,
        "the samples have cells of all three states"
    );
}

#[test]
fn rows_are_kept_and_ordered_as_asked() {
    let rows = |args: &[&str]| -> Vec<(String, u64, u64)> {
        let run =
            samples().run(&[&["silence", "\"brick kilns\"", "--format", "json"], args].concat());
        let grid = json(&run.stdout);
        let rows = grid["rows"]["values"].as_array().unwrap().iter();
        rows.map(|r| {
            let total = |key: &str| r["total"][key].as_u64().unwrap();
            (
                r["value"].as_str().unwrap().to_owned(),
                total("speak"),
                total("silent"),
            )
        })
        .collect()
    };
    let all = rows(&[]);
    let silent: Vec<_> = all.iter().filter(|r| r.1 == 0).cloned().collect();
    assert!(!silent.is_empty() && silent.len() < all.len());
    assert_eq!(rows(&["--only-silent"]), silent);
    let sometimes: Vec<_> = all.iter().filter(|r| r.2 > 0).cloned().collect();
    assert_eq!(rows(&["--only-silent=sometimes"]), sometimes);
    let mut by_silence = all.clone();
    by_silence.sort_by_key(|r| std::cmp::Reverse(r.2));
    assert_eq!(rows(&["--sort", "silence"]), by_silence);
    assert_ne!(by_silence, all);
}

#[test]
fn the_grid_is_the_answer_where_nothing_is_found() {
    let run = samples().run(&["silence", "zebra", "--country", "cambodia"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    assert!(
        run.stdout
            .contains("0 of 3 reports speak of it, 3 are silent"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("A 0 is about this query"));
    let one = samples().run(&[
        "silence",
        "zebra",
        "--country",
        "cambodia",
        "--year",
        "2021",
    ]);
    assert!(
        one.stdout.contains("  Cambodia     0       0       1\n"),
        "{}",
        one.stdout
    );
    let trend = samples().run(&["trend", "zebra", "kiln", "--format", "csv"]);
    assert_eq!(trend.status, 0);
    assert_eq!(
        trend.stderr,
        "note: `zebra` matches nothing; `pincite search` tells why\n"
    );
    assert_eq!(samples().run(&["trend", "zebra"]).status, 1);
}

#[test]
fn synonyms_are_offered_with_what_they_add() {
    let offer = |args: &[&str]| {
        let run =
            samples().run(&[&["silence", "\"debt bondage\"", "--format", "json"], args].concat());
        json(&run.stdout)
    };
    let plain = offer(&[]);
    let wide = offer(&["--expand"]);
    let total = |grid: &Value, key: &str| grid["total"][key].as_u64().unwrap();
    assert_eq!(
        plain["expand"]["passages"].as_u64().unwrap(),
        total(&wide, "passages") - total(&plain, "passages")
    );
    assert_eq!(
        plain["expand"]["reports"].as_u64().unwrap(),
        total(&wide, "speak") - total(&plain, "speak")
    );
    assert_eq!(wide["expand"], Value::Null);
    let text = samples().run(&["silence", "\"debt bondage\""]).stdout;
    assert!(
        text.contains("with `--expand` \"debt bondage\" is searched with"),
        "{text}"
    );
}

#[test]
fn trends_are_of_the_slice() {
    let args = [
        "trend",
        "\"brick kilns\"",
        "debt",
        "--section",
        "prevention",
    ];
    let run = samples().run(&args);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, include_str!("counting/trend.txt"));
    let trend = json(
        &samples()
            .run(&[&args[..], &["--format", "json"]].concat())
            .stdout,
    );
    let csv = samples()
        .run(&[&args[..], &["--format", "csv"]].concat())
        .stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut records = reader.records();
    for query in trend["queries"].as_array().unwrap() {
        for value in query["values"].as_array().unwrap() {
            let record = records.next().unwrap().unwrap();
            assert_eq!(record[2], value["value"]);
            assert_eq!(record[5], value["reports"]["match"].to_string());
            assert_eq!(record[10], value["passages"]["match"].to_string());
            // A year without a report has no share, and one with reports has.
            let none = value["reports"]["all"] == 0;
            assert_eq!(value["rate"].is_null(), none);
            assert_eq!(record[6].is_empty(), none);
            assert_eq!(record[17].is_empty(), none);
        }
    }
    assert!(records.next().is_none());
}

#[test]
fn text_keeps_to_eighty_columns() {
    for args in [
        &["silence", "the"][..],
        &["silence", "the", "--by", "section", "--count", "hits"],
        &["silence", "the", "--by", "theme", "--ascii"],
        &["silence", "the", "--rows", "theme", "--by", "region"],
        &["trend", "the", "kiln", "--by", "country"],
        &["trend", "the", "--by", "theme", "--measure", "rate"],
        &["trend", "the", "--by", "region", "--ascii"],
        &[
            "trend",
            "kiln OR debt OR bondage OR labor OR brick OR children OR women OR victims",
        ],
    ] {
        let run = samples().run(args);
        assert_eq!(run.status, 0, "{args:?} {}", run.stderr);
        for line in run.stdout.lines() {
            assert!(line.chars().count() <= 80, "{args:?}: {line}");
            assert_eq!(line, line.trim_end(), "{args:?}");
        }
        assert!(!args.contains(&"--ascii") || !run.stdout.contains(['▁', '█', '·']));
    }
}

#[test]
fn charts_are_written_as_their_names_end() {
    let work = folder(&[]);
    let path = |name: &str| work.path().join(name).to_str().unwrap().to_owned();
    let (svg, png) = (path("a.svg"), path("a.PNG"));
    let long = format!("kiln OR {}", vec!["bondage"; 40].join(" OR "));
    for args in [
        &["trend", "kiln", &long][..],
        &["trend", "kiln", "--by", "tier"],
        &["trend", "kiln", "--year", "2021", "--measure", "rate"],
        &["silence", &long],
        &["silence", "zebra", "--country", "kenya"],
    ] {
        let run = samples().run(&[args, &["--chart", &svg, "--svg", &png]].concat());
        assert!(run.status < 2, "{}", run.stderr);
        let drawn = std::fs::read_to_string(&svg).unwrap();
        assert!(drawn.starts_with("<svg ") && drawn.contains("answer "));
        let answer = drawn.split("answer ").nth(1).unwrap();
        assert!(run.stdout.contains(&format!("answer {}", &answer[..12])));
        assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
        std::fs::remove_file(&png).unwrap();
    }
}

#[test]
fn wrong_usage_is_told() {
    let thirteen: Vec<&str> = ["trend"].into_iter().chain(vec!["kiln"; 13]).collect();
    for (args, message) in [
        (
            &["silence", "kiln", "--chart", "a.pdf"][..],
            "`a.pdf` is no name for a chart",
        ),
        (
            &["trend", "kiln", "--chart", "no/such/a.svg"],
            "there is no folder `no/such` for the chart",
        ),
        (
            &["silence", "kiln", "--by", "country"],
            "rows and columns are both by country",
        ),
        (&["silence"], "required arguments were not provided"),
        (&["trend", "kiln", "(debt"], "(debt"),
        (
            &[&thirteen[..], &["--chart", "a.svg"]].concat(),
            "at most 12 queries apart, and there are 13",
        ),
    ] {
        let run = samples().run(args);
        assert_eq!(run.status, 2, "{args:?}");
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
        assert_eq!(run.stdout, "");
    }
}

/// What a scan of the index's own texts with regular expressions finds: for
/// each expression, and each country and year with a report, the passages and
/// hits.
type Cells = BTreeMap<(String, String), (u64, u64)>;

fn scanned(index: &OpenIndex, wanted: &[Regex]) -> Vec<Cells> {
    let mut cells = vec![Cells::new(); wanted.len()];
    let mut reader = index.passages();
    // By the rules for words (UAX #29) a full stop between letters is part of
    // the word, unless a new sentence begins behind it: `apartheid.The` is two.
    let goes_on = |text: &str, end: usize| {
        let mut after = text[end..].chars();
        let stop = after.next() == Some('.');
        let first = after.next().filter(|c| stop && c.is_alphabetic());
        let begins =
            first.is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
        first.is_some() && !begins
    };
    for report in index.reports().unwrap() {
        let country = report.info.country.as_ref().unwrap().iso3.clone();
        let key = (country, report.info.year.unwrap().to_string());
        for cells in &mut cells {
            cells.entry(key.clone()).or_default();
        }
        for doc in report.passages {
            let text = reader.passage(doc).unwrap().text;
            for (wanted, cells) in wanted.iter().zip(&mut cells) {
                let hits = wanted.find_iter(&text).filter(|m| !goes_on(&text, m.end()));
                let hits = hits.count() as u64;
                let cell = cells.entry(key.clone()).or_default();
                cell.0 += u64::from(hits > 0);
                cell.1 += hits;
            }
        }
    }
    cells
}

#[test]
fn silence_and_trends_on_real_texts_are_those_of_a_scan() {
    let Some(kept) = shared_index() else { return };
    // A word at the end of a line may be parted by a hyphen, and words of a
    // phrase by any sign.
    let queries = [
        ("\"brick kiln*\"", r"(?i)\bbrick\W+kiln\w*"),
        ("apartheid", r"(?i)\bapart-?heids?\b"),
        (
            "\"new international economic order\"",
            r"(?i)\bnew\W+inter-?national\W+economic\W+order\b",
        ),
        ("\"human rights\"", r"(?i)\bhuman\W+rights\b"),
    ];
    let wanted = queries.map(|(_, wanted)| Regex::new(wanted).unwrap());
    let scanned = scanned(&kept.open(), &wanted);
    for ((query, _), cells) in queries.iter().zip(&scanned).take(2) {
        for (counted, is_hits) in [("passages", false), ("hits", true)] {
            let run = kept.run(&["silence", query, "--format", "csv", "--count", counted]);
            let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
            let mut seen = 0;
            for record in reader.records() {
                let record = record.unwrap();
                let cell = cells.get(&(record[1].to_owned(), record[2].to_owned()));
                let count = cell.map(|(passages, hits)| if is_hits { hits } else { passages });
                let count = count.map(u64::to_string).unwrap_or_default();
                assert_eq!(record[3], count, "{query} {counted} {record:?}");
                seen += usize::from(cell.is_some());
            }
            assert_eq!(seen, cells.len(), "every report is in the grid");
        }
    }
    let totals: Vec<u64> = scanned
        .iter()
        .map(|c| c.values().map(|v| v.0).sum())
        .collect();
    assert_eq!(totals[..2], [5, 4593]);

    let typed = queries.map(|q| q.0);
    let years = ["--year", "1970..1999", "--format", "json"];
    let trend = json(&kept.run(&[&["trend"], &typed[..], &years].concat()).stdout);
    for ((query, cells), found) in typed
        .iter()
        .zip(&scanned)
        .zip(trend["queries"].as_array().unwrap())
    {
        let values = found["values"].as_array().unwrap();
        assert_eq!(values.len(), 30);
        for value in values {
            let of_year = cells
                .iter()
                .filter(|((_, year), _)| value["value"] == year.as_str());
            let of_year: Vec<u64> = of_year.map(|(_, cell)| cell.0).collect();
            let what = format!("{query} {}", value["value"]);
            let speak = of_year.iter().filter(|n| **n > 0).count();
            assert_eq!(
                value["passages"]["match"],
                of_year.iter().sum::<u64>(),
                "{what}"
            );
            assert_eq!(value["reports"]["match"], speak, "{what}");
            assert_eq!(value["reports"]["all"], of_year.len(), "{what}");
        }
    }
}

#[test]
fn a_receipt_holds_the_digest_that_charts_print() {
    let folder = tempfile::tempdir().unwrap();
    let receipt = folder.path().join("receipt.json");
    let receipt = receipt.to_str().unwrap();
    let filters = ["--year", "2019..", "--not-country", "nepal"];
    for command in [
        &["trend", "kiln*", "\"debt bondage\""][..],
        &["silence", "debt"],
    ] {
        let options = ["--format", "json", "--receipt", receipt];
        let told = samples().run(&[command, &filters, &options].concat());
        assert_eq!(told.status, 0, "{}", told.stderr);
        let told: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
        let text = std::fs::read_to_string(receipt).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(kept["answer"].as_str().is_some_and(|a| a.len() == 64));
        assert_eq!(told["answer"], kept["answer"], "{command:?}");
        let searches = kept["searches"].as_array().unwrap().len();
        // With the slice that shares are of.
        assert_eq!(searches, command.len());
    }
}
