//! Concordances, key words and collocates: exact output on the samples, and
//! counts equal to those of going through the texts word by word.

use std::collections::{BTreeMap, BTreeSet};

use pincite::index::{FacetName, OpenIndex, WordUnit};
use pincite::query::{FilterSpec, Filters, MatchMode, Parsed, parse};
use pincite::report::Passage;
use pincite::search::{Contrast, Frequency, Matches, Reach, company};
use pincite::text::{Analysis, Stemmer, fold, sentences};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{Run, samples, shared_index};

fn json(args: &[&str]) -> Value {
    let run = samples().run(&[args, &["--format", "json"]].concat());
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn lines(args: &[&str]) -> Vec<Value> {
    json(args)["lines"].as_array().unwrap().clone()
}

fn text<'a>(line: &'a Value, key: &str) -> &'a str {
    line[key].as_str().unwrap()
}

fn parsed(query: &str) -> Parsed {
    parse(query, MatchMode::All).unwrap()
}

fn filters(index: &OpenIndex, only: &[(FacetName, &str)]) -> Filters {
    let mut spec = FilterSpec::default();
    for (facet, value) in only {
        spec.add(*facet, false, &[(*value).to_owned()]);
    }
    Filters::resolve(&spec, index).unwrap()
}

/// The words of a text: position, folded form, byte range.
fn words_of(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let analysis = Analysis::of(text);
    let words = analysis.tokens().iter().filter(|t| t.length == 1);
    words
        .map(|t| (analysis.form(t).to_owned(), t.span.clone()))
        .collect()
}

fn unit_of(form: &str, unit: WordUnit) -> String {
    match unit {
        WordUnit::Form => form.to_owned(),
        WordUnit::Stem => Stemmer::default().stem(form).into_owned(),
    }
}

#[test]
fn a_concordance_is_aligned_on_its_matches() {
    let run = samples().run(&[
        "kwic", "kiln", "--year", "2021", "--sort", "right", "-n", "5",
    ]);
    assert_eq!(
        run,
        Run {
            stdout: "\
PAK 2021    kept bonded laborers at brick kilns and farms.
PAK 2021   law. Bonded labor at the brick kilns and farms of Sindh nevertheless
KHM 2021           in factories and brick kilns, and helped brick makers to jail
PAK 2021         bonded laborers at brick kilns and in farming with impunity.
PAK 2021  exploited bonded labor at brick kilns and on farms unpunished. The

9 lines in 8 passages, 1-5 shown
note: digest written for pincite in its own words; not the published text
"
            .to_owned(),
            stderr: String::new(),
            status: 0
        }
    );
}

#[test]
fn every_line_begins_its_match_in_one_column_and_breaks_no_word() {
    for args in [
        &["kwic", "kiln"][..],
        &["kwic", "\"debt bondage\" OR officials", "--sort", "left"],
        &["kwic", "traffick*", "--sort", "right,year", "--ids"],
        &["kwic", "the", "--sentence", "--sort", "country"],
        &["kwic", "government", "-C", "3"],
    ] {
        let args = [args, &["-n", "1000"]].concat();
        let shown = samples().run(&args).stdout;
        // The same lines, their contexts whole.
        let asked: Vec<&str> = args
            .iter()
            .copied()
            .filter(|a| !["-C", "3"].contains(a))
            .collect();
        let whole = json(&[&asked[..], &["-C", "10000"]].concat());
        let whole = whole["lines"].as_array().unwrap();
        let shown: Vec<&str> = shown.lines().take_while(|l| !l.is_empty()).collect();
        assert_eq!(shown.len(), whole.len(), "{args:?}");
        assert!(shown.len() > 5);
        let mut columns: Option<BTreeSet<usize>> = None;
        for (shown, line) in shown.iter().zip(whole) {
            assert!(shown.width() <= 80, "{shown}");
            let at = shown.match_indices(text(line, "match"));
            let here: BTreeSet<usize> = at.map(|(i, _)| shown[..i].width()).collect();
            columns = Some(match columns {
                Some(columns) => &columns & &here,
                None => here,
            });
            // What is shown is a part of the passage between white space.
            let gap = shown.find("  ").unwrap();
            let context = shown[gap..].trim();
            let all = ["left", "match", "right"]
                .map(|key| text(line, key))
                .concat();
            let is_whole = |(i, _): (usize, &str)| {
                let before = all[..i].chars().next_back();
                let after = all[i + context.len()..].chars().next();
                let is_end = |c: Option<char>| c.is_none_or(char::is_whitespace);
                is_end(before) && is_end(after)
            };
            assert!(
                all.match_indices(context).any(is_whole),
                "{context} / {all}"
            );
        }
        assert_eq!(columns.map(|c| c.len()), Some(1), "{args:?}");
    }
}

#[test]
fn a_line_for_every_highlight() {
    for query in [
        "kiln",
        "\"debt bondage\"",
        "debt /s (kiln! OR brick!)",
        "government -child",
        "the OR of",
        "case:\"NGOs\"",
    ] {
        let searched = json(&["search", query, "--limit", "1000"]);
        let mut expected = BTreeSet::new();
        for hit in searched["hits"].as_array().unwrap() {
            for span in hit["highlights"].as_array().unwrap() {
                let of = |i: usize| span[i].as_u64().unwrap();
                expected.insert((text(hit, "id").to_owned(), of(0), of(1)));
            }
        }
        let found = json(&["kwic", query, "-C", "10000"]);
        assert_eq!(found["total"].as_u64().unwrap() as usize, expected.len());
        let mut lines = BTreeSet::new();
        for line in found["lines"].as_array().unwrap() {
            let (start, end) = (
                line["start"].as_u64().unwrap(),
                line["end"].as_u64().unwrap(),
            );
            let whole = ["left", "match", "right"]
                .map(|key| text(line, key))
                .concat();
            let points: Vec<char> = whole.chars().collect();
            let matched: String = points[start as usize..end as usize].iter().collect();
            assert_eq!(matched, text(line, "match"));
            lines.insert((text(line, "id").to_owned(), start, end));
        }
        assert_eq!(lines, expected, "{query}");
    }
}

#[test]
fn lines_are_sorted_by_their_words_from_the_match_outwards() {
    let by = |sort: &str| lines(&["kwic", "the", "-C", "10000", "--sort", sort]);
    let key = |line: &Value, side: &str| -> String {
        let mut words: Vec<String> = words_of(text(line, side))
            .into_iter()
            .map(|w| w.0)
            .collect();
        if side == "left" {
            words.reverse();
        }
        words.truncate(16);
        words.join(" ")
    };
    let name = |line: &Value| (text(line, "id").to_owned(), line["start"].as_u64());
    let id_order: Vec<_> = by("position").iter().map(name).collect();
    for side in ["left", "right"] {
        let sorted = by(side);
        let keys: Vec<String> = sorted.iter().map(|line| key(line, side)).collect();
        assert!(keys.is_sorted(), "{side}");
        assert!(keys.iter().collect::<BTreeSet<_>>().len() > 20);
        let names: BTreeSet<_> = sorted.iter().map(name).collect();
        assert_eq!(names, id_order.iter().cloned().collect());
    }
    let years: Vec<_> = by("year,right")
        .iter()
        .map(|line| (line["year"].as_u64(), key(line, "right")))
        .collect();
    assert!(years.is_sorted());
    let countries: Vec<_> = by("country,year")
        .iter()
        .map(|line| {
            let country = line["country"]["name"].as_str().map(fold);
            (country.is_none(), country, line["year"].as_u64())
        })
        .collect();
    assert!(countries.is_sorted());
}

#[test]
fn a_context_ends_with_its_sentence() {
    let whole = lines(&["kwic", "kiln", "-C", "10000"]);
    let clipped = lines(&["kwic", "kiln", "--sentence"]);
    assert_eq!(whole.len(), clipped.len());
    for (whole, clipped) in whole.iter().zip(&clipped) {
        let all = ["left", "match", "right"]
            .map(|key| text(whole, key))
            .concat();
        let part = ["left", "match", "right"]
            .map(|key| text(clipped, key))
            .concat();
        let cut: Vec<&str> = sentences(&all).into_iter().map(|s| &all[s]).collect();
        assert!(cut.contains(&part.as_str()), "{part} / {cut:?}");
    }
}

#[test]
fn a_sample_can_be_drawn_again() {
    let names = |args: &[&str]| -> Vec<(String, Option<u64>)> {
        let all = [&["kwic", "government", "--seed", "7"], args].concat();
        let lines = lines(&all);
        let name = |l: &Value| (text(l, "id").to_owned(), l["start"].as_u64());
        lines.iter().map(name).collect()
    };
    let ten = names(&["--sample", "10"]);
    assert_eq!(ten.len(), 10);
    assert_eq!(ten, names(&["--sample", "10"]));
    // The order and the context do not decide what is drawn.
    let set = |names: Vec<(String, Option<u64>)>| names.into_iter().collect::<BTreeSet<_>>();
    let sorted = names(&["--sample", "10", "--sort", "left", "-C", "2"]);
    assert_eq!(set(ten.clone()), set(sorted));
    let twenty = set(names(&["--sample", "20"]));
    assert!(ten.iter().all(|name| twenty.contains(name)));
    let other = lines(&["kwic", "government", "--sample", "10", "--seed", "8"]);
    assert!(
        other
            .iter()
            .any(|l| !ten.contains(&(text(l, "id").to_owned(), l["start"].as_u64())))
    );
    let run = samples().run(&["kwic", "kiln", "--sample", "3", "--seed", "7"]);
    assert_eq!(run.stderr, "note: 3 of 15 lines drawn with the seed 7\n");
    assert!(
        run.stdout
            .contains("\n15 lines in 14 passages, 3 lines drawn\nnote: digest")
    );
    let run = samples().run(&["kwic", "kiln", "--sample", "200", "--seed", "7"]);
    assert_eq!(
        run.stderr,
        "note: there are 15 lines and not 200: all are taken\n"
    );
    assert_eq!(run.stdout, samples().run(&["kwic", "kiln"]).stdout);
}

#[test]
fn formats_of_a_concordance_hold_the_same_lines() {
    let args = ["kwic", "kiln", "--sort", "right"];
    let one = lines(&args);
    let jsonl = samples()
        .run(&[&args[..], &["--format", "jsonl"]].concat())
        .stdout;
    let jsonl: Vec<Value> = jsonl
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(one, jsonl);
    let table = samples()
        .run(&[&args[..], &["--format", "csv"]].concat())
        .stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), one.len());
    for (row, line) in rows.iter().zip(&one) {
        for (at, key) in [
            (0, "id"),
            (1, "pincite"),
            (6, "left"),
            (7, "match"),
            (8, "right"),
        ] {
            assert_eq!(&row[at], text(line, key));
        }
        assert_eq!(row[9].parse().ok(), line["start"].as_u64());
    }
}

/// The counts of every word in some passages and in all others, by going
/// through the texts.
fn counted(index: &OpenIndex, focus: &[u32], unit: WordUnit) -> BTreeMap<String, [Frequency; 2]> {
    let mut reader = index.passages();
    let mut counts: BTreeMap<String, [(u64, BTreeSet<String>); 2]> = BTreeMap::new();
    for doc in 0..index.manifest.counts.passages as u32 {
        let passage = reader.passage(doc).unwrap();
        let part = usize::from(focus.binary_search(&doc).is_err());
        for (form, _) in words_of(&passage.text) {
            let here = &mut counts.entry(unit_of(&form, unit)).or_default()[part];
            here.0 += 1;
            here.1.insert(passage.id.report.to_string());
        }
    }
    let tally = |(count, reports): &(u64, BTreeSet<String>)| Frequency {
        count: *count,
        reports: reports.len() as u64,
    };
    counts
        .into_iter()
        .map(|(word, parts)| (word, [tally(&parts[0]), tally(&parts[1])]))
        .collect()
}

#[test]
fn the_words_of_a_slice_are_those_of_its_texts() {
    let index = samples().open();
    for only in [
        &[(FacetName::Country, "cambodia")][..],
        &[
            (FacetName::Year, "2021"),
            (FacetName::Section, "prevention"),
        ],
        &[(FacetName::Tier, "3")],
    ] {
        let slice = Matches::of(&index, None, &filters(&index, only)).unwrap();
        assert!(!slice.docs().is_empty());
        let parts = Contrast::new(&index, slice.docs(), None).unwrap();
        for unit in [WordUnit::Form, WordUnit::Stem] {
            let words = parts.words(&index, unit).unwrap();
            let found: BTreeMap<String, [Frequency; 2]> = words
                .iter()
                .map(|w| (unit_of(&w.forms[0], unit), [w.focus, w.reference]))
                .collect();
            assert_eq!(found.len(), words.len(), "each once");
            assert_eq!(
                found,
                counted(&index, slice.docs(), unit),
                "{only:?} {unit:?}"
            );
            let sum = |of: fn(&[Frequency; 2]) -> u64| found.values().map(of).sum::<u64>();
            assert_eq!(sum(|t| t[0].count), parts.focus.words);
            assert_eq!(sum(|t| t[1].count), parts.reference.words);
        }
    }
}

/// `together`, `near`, `held` and reports of every word that stands near a
/// match, and `matched`, `near`, `all`, by going through the texts.
type Counted = (BTreeMap<String, [u64; 4]>, [u64; 3]);

fn company_of(
    index: &OpenIndex,
    query: &Parsed,
    only: &Filters,
    reach: Reach,
    unit: WordUnit,
) -> Counted {
    let matches = Matches::of(index, Some(query), only).unwrap();
    let slice = Matches::of(index, None, only).unwrap();
    let hits = matches.hits(matches.docs()).unwrap();
    let lit: BTreeMap<u32, _> = matches
        .docs()
        .iter()
        .zip(hits)
        .map(|(doc, hit)| (*doc, hit.highlights))
        .collect();
    let mut reader = index.passages();
    let mut counts: BTreeMap<String, ([u64; 4], BTreeSet<String>)> = BTreeMap::new();
    // How many matches a word stands near to.
    let mut partners: BTreeMap<String, u64> = BTreeMap::new();
    let mut sizes = [0; 3];
    for doc in slice.docs() {
        let passage: Passage = reader.passage(*doc).unwrap();
        let words = words_of(&passage.text);
        let report = passage.id.report.to_string();
        let lit: Vec<_> = lit.get(doc).into_iter().flatten().collect();
        let in_match = |span: &std::ops::Range<usize>| {
            lit.iter().any(|l| l.start < span.end && span.start < l.end)
        };
        // The positions of every match.
        let matched: Vec<Vec<usize>> = lit
            .iter()
            .map(|l| {
                let inside = |i: &usize| l.start < words[*i].1.end && words[*i].1.start < l.end;
                (0..words.len()).filter(inside).collect()
            })
            .collect();
        match reach {
            Reach::Words(n) => {
                sizes[0] += lit.len() as u64;
                let mut near_match: Vec<BTreeSet<String>> = vec![BTreeSet::new(); lit.len()];
                for (i, (form, span)) in words.iter().enumerate() {
                    if in_match(span) {
                        continue;
                    }
                    let word = unit_of(form, unit);
                    sizes[2] += 1;
                    let is_near = |m: &[usize]| m.iter().any(|p| p.abs_diff(i) <= n as usize);
                    let mut near = false;
                    for (set, positions) in near_match.iter_mut().zip(&matched) {
                        if is_near(positions) {
                            near = true;
                            set.insert(word.clone());
                        }
                    }
                    let entry = counts.entry(word).or_default();
                    entry.0[2] += 1;
                    if near {
                        sizes[1] += 1;
                        entry.0[1] += 1;
                        entry.1.insert(report.clone());
                    }
                }
                for word in near_match.into_iter().flatten() {
                    *partners.entry(word).or_default() += 1;
                }
            }
            _ => {
                let units = match reach {
                    Reach::Sentence => sentences(&passage.text),
                    _ => std::iter::once(0..passage.text.len()).collect(),
                };
                for cut in units {
                    let has_match = matched
                        .iter()
                        .flatten()
                        .any(|i| words[*i].1.start < cut.end && cut.start < words[*i].1.end);
                    sizes[0] += u64::from(has_match);
                    sizes[2] += 1;
                    let here: BTreeSet<String> = words
                        .iter()
                        .filter(|(_, span)| cut.start <= span.start && span.end <= cut.end)
                        .filter(|(_, span)| !in_match(span))
                        .map(|(form, _)| unit_of(form, unit))
                        .collect();
                    for word in here {
                        let entry = counts.entry(word).or_default();
                        entry.0[2] += 1;
                        if has_match {
                            entry.0[1] += 1;
                            entry.1.insert(report.clone());
                        }
                    }
                }
                sizes[1] = sizes[0];
            }
        }
    }
    counts.retain(|_, (counts, _)| counts[1] > 0);
    let counts = counts.into_iter().map(|(word, (mut counts, reports))| {
        counts[0] = match reach {
            Reach::Words(_) => counts[1].min(partners[&word]),
            _ => counts[1],
        };
        counts[3] = reports.len() as u64;
        (word, counts)
    });
    (counts.collect(), sizes)
}

fn assert_company(index: &OpenIndex, query: &str, only: &Filters, reach: Reach, unit: WordUnit) {
    let query = parsed(query);
    let matches = Matches::of(index, Some(&query), only).unwrap();
    let slice = Matches::of(index, None, only).unwrap();
    let found = company(index, &matches, slice.docs(), reach, unit).unwrap();
    let words: BTreeMap<String, [u64; 4]> = found
        .words
        .iter()
        .map(|w| {
            (
                unit_of(&w.forms[0], unit),
                [w.together, w.near, w.held, w.reports],
            )
        })
        .collect();
    assert!(!words.is_empty());
    let expected = company_of(index, &query, only, reach, unit);
    assert_eq!(
        [found.matched, found.near, found.all],
        expected.1,
        "{} {reach:?}",
        query.text
    );
    assert_eq!(words, expected.0, "{} {reach:?} {unit:?}", query.text);
    for word in &found.words {
        assert!(word.together <= found.matched && word.together <= word.held);
    }
}

#[test]
fn the_company_of_a_query_is_that_of_its_texts() {
    let index = samples().open();
    for query in [
        "kiln",
        "\"forced labor\" OR government",
        "the",
        "\"trafficking in persons\"",
        "debt /s (kiln! OR brick!)",
    ] {
        for reach in [
            Reach::Sentence,
            Reach::Passage,
            Reach::Words(1),
            Reach::Words(5),
            Reach::Words(60),
        ] {
            for unit in [WordUnit::Form, WordUnit::Stem] {
                assert_company(&index, query, &Filters::default(), reach, unit);
            }
        }
    }
    let cambodia = filters(&index, &[(FacetName::Country, "cambodia")]);
    assert_company(
        &index,
        "officials",
        &cambodia,
        Reach::Sentence,
        WordUnit::Form,
    );
}

#[test]
fn the_company_of_a_query_on_real_texts() {
    let Some(shared) = shared_index() else { return };
    let index = shared.open();
    let year = filters(&index, &[(FacetName::Year, "1970")]);
    for reach in [Reach::Sentence, Reach::Words(5)] {
        assert_company(&index, "apartheid", &year, reach, WordUnit::Form);
    }
}

#[test]
fn collocates_as_they_are_printed() {
    let run = samples().run(&["words", "kiln", "--min-count", "4", "--min-reports", "3"]);
    assert_eq!(
        run,
        Run {
            stdout: "\
14 of 304 sentences hold a match

word       together    in all  logDice        G2      MI    rep.
brick            14        14    14.00     113.5    4.44       4
owners            8         8    13.54      54.9    4.44       3
officials         9        40    12.42      21.3    2.29       4

3 collocates; G2 is 15.14 or more (p < 0.0001); for all 6 words tested at once
it would have to be 18.54 (--bonferroni)
"
            .to_owned(),
            stderr: String::new(),
            status: 0
        }
    );
}

#[test]
fn key_words_as_they_are_printed() {
    let run = samples().run(&["words", "--country", "cambodia", "--stems"]);
    assert_eq!(
        run,
        Run {
            stdout: "\
here: 1,399 words in 27 passages of 3 reports; there: 5,078 words in 99 passages
of 16 reports

word          here per mil.     there per mil.        G2 log r.   rep.
owners           8    5,718         0      0.0      24.5  +5.86      3
brick           11    7,863         4      788      18.3  +3.32      3
kilns           11    7,863         4      788      18.3  +3.32      3
trial +1         5    3,574         0      0.0      15.3  +5.18      3

4 key words; G2 is 15.14 or more (p < 0.0001); for all 250 words tested at once
it would have to be 25.69 (--bonferroni)
"
            .to_owned(),
            stderr: String::new(),
            status: 0
        }
    );
}

#[test]
fn both_directions_and_formats_of_key_words() {
    let args = ["--p", "0.05", "--min-reports", "1", "--all-words"];
    let with = |more: &[&str]| json(&[&["words"], more, &args[..]].concat());
    let more = with(&["--tier", "3"]);
    let less = with(&["--tier", "3", "--negative"]);
    // The other side, asked about, says more often what this one says less.
    let others = with(&["--not-tier", "3"]);
    let words = |found: &Value| -> BTreeMap<String, (u64, u64, String)> {
        let words = found["words"].as_array().unwrap().iter();
        words
            .map(|w| {
                let counts = (
                    w["count"].as_u64().unwrap(),
                    w["reference_count"].as_u64().unwrap(),
                );
                let g2 = format!("{:.3}", w["g2"].as_f64().unwrap().abs());
                (text(w, "word").to_owned(), (counts.0, counts.1, g2))
            })
            .collect()
    };
    assert!(words(&more).len() > 3 && words(&less).len() > 3);
    let turned: BTreeMap<_, _> = words(&others)
        .into_iter()
        .map(|(word, (a, b, g2))| (word, (b, a, g2)))
        .collect();
    assert_eq!(words(&less), turned);
    assert_eq!(less["focus"], others["reference"]);
    assert_eq!(more["tested"], less["tested"]);
    for (found, sign) in [(&more, 1.0), (&less, -1.0)] {
        for word in found["words"].as_array().unwrap() {
            assert!(word["g2"].as_f64().unwrap() * sign >= 3.841);
            assert!(word["log_ratio"].as_f64().unwrap() * sign > 0.0);
        }
    }
    let table = samples().run(&[&["words", "--tier", "3", "--format", "csv"], &args[..]].concat());
    let mut reader = csv::Reader::from_reader(table.stdout.as_bytes());
    let rows: BTreeMap<String, (u64, u64, String)> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let g2: f64 = row[8].parse().unwrap();
            let counts = (row[2].parse().unwrap(), row[5].parse().unwrap());
            (
                row[0].to_owned(),
                (counts.0, counts.1, format!("{:.3}", g2.abs())),
            )
        })
        .collect();
    assert_eq!(rows, words(&more));
}

#[test]
fn key_words_of_the_passages_of_a_query() {
    let found = json(&["words", "kiln", "--key", "--country", "cambodia"]);
    let facets = json(&["facets", "kiln", "--country", "cambodia", "--facet", "year"]);
    assert_eq!(found["focus"]["passages"], facets["total"]);
    assert_eq!(found["against"], "rest of slice");
    let all = json(&["facets", "--country", "cambodia", "--facet", "year"])["total"].as_u64();
    let of = |part: &str| found[part]["passages"].as_u64().unwrap();
    assert_eq!(Some(of("focus") + of("reference")), all);
    let kilns = found["words"]
        .as_array()
        .unwrap()
        .iter()
        .find(|w| w["word"] == "kilns");
    let kilns = kilns.unwrap();
    assert_eq!(kilns["reference_count"], 0);
    assert_eq!(kilns["percent_diff"], Value::Null);
    let against = samples().run(&["words", "kiln", "--key", "--against", "year=2021"]);
    assert_eq!(
        against.stderr,
        "note: 8 passages of `--against` are asked about themselves and left out of it\n"
    );
}

#[test]
fn text_fits_80_columns() {
    for args in [
        &["words", "the", "--all-words", "--p", "0.5", "--window", "3"][..],
        &[
            "words",
            "--year",
            "2021",
            "--all-words",
            "--p",
            "0.5",
            "--stems",
        ],
        &["words", "government", "--key", "--p", "0.5", "--negative"],
    ] {
        let run = samples().run(&[args, &["-n", "500", "--min-count", "1"]].concat());
        assert_eq!(run.status, 0, "{args:?}");
        assert!(
            run.stdout.lines().all(|l| l.width() <= 80),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn wrong_usage_is_told() {
    for (args, status, message) in [
        (&["kwic", "kiln", "--seed", "7"][..], 2, "--sample <N>"),
        (
            &["kwic", "kiln", "--sort", "foo"],
            2,
            "invalid value 'foo' for '--sort <ORDER>'",
        ),
        (&["kwic", "kiln", "--sample", "0"], 2, "0 is not in 1.."),
        (&["kwic"], 2, "<QUERY>"),
        (
            &["kwic", "country:cambodia"],
            1,
            "`country:cambodia` has no place in the texts of the 27 passages that match\nhint: a concordance needs",
        ),
        (
            &["words"],
            2,
            "error: there is neither a query nor a filter\nhint: `pincite words --year",
        ),
        (
            &["words", "country:cambodia"],
            1,
            "has no place in the texts",
        ),
        (
            &["words", "kiln", "--negative"],
            2,
            "`--negative` is for key words\nhint: add `--key`",
        ),
        (
            &["words", "kiln", "--against", "year=2021"],
            2,
            "`--against` is for key words",
        ),
        (
            &["words", "kiln", "--sort", "log-ratio"],
            2,
            "collocates have no order `log-ratio`\nhint: the orders are",
        ),
        (
            &["words", "--year", "2021", "--sort", "mi"],
            2,
            "key words have no order `mi`",
        ),
        (&["words", "--year", "2021", "--window", "5"], 2, "<QUERY>"),
        (&["words", "kiln", "--window", "0"], 2, "from 1 to 1000"),
        (&["words", "kiln", "--p", "1"], 2, "between 0 and 1"),
        (&["words", "--year", "2000.."], 1, "nothing to compare with"),
        (
            &["words", "--year", "2021", "--against", "2019"],
            2,
            "`--against 2019` is no filter\nhint: write a facet",
        ),
        (
            &["words", "--year", "2021", "--against", "year="],
            2,
            "`--against year=` is no filter",
        ),
        (
            &["words", "--year", "2021", "--against", "year=1805"],
            2,
            "no report of the year `1805`",
        ),
        (
            &["words", "kiln", "--min-count", "1000"],
            1,
            "note: no word passes",
        ),
    ] {
        let run = samples().run(args);
        assert_eq!(run.status, status, "{args:?} {}", run.stderr);
        assert!(run.stderr.contains(message), "{args:?} {}", run.stderr);
    }
    for command in ["kwic", "words"] {
        let run = samples().run(&[command, "zzzz"]);
        assert_eq!(run.status, 1);
        assert_eq!(run.stdout, "nothing found\n  no passage holds `zzzz`\n");
        let found = json(&[command, "zzzz"]);
        assert_eq!(found["total"], 0);
    }
}
