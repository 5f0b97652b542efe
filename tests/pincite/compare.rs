//! Two editions side by side: every paragraph accounted for once, and what the
//! program says of it.

use std::collections::BTreeMap;

use pincite::desk::compare::{Comparison, Edition, Verdict, compare};
use pincite::index::IndexedReport;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Kept, Run, folder, open, run, samples, shared_index};

fn json(run: &Run) -> Value {
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// A narrative of sections.
fn narrative(year: u16, country: &str, sections: &[(&str, &[&str])]) -> Vec<u8> {
    let name = country.to_uppercase();
    let mut text = format!("{year} Trafficking in Persons Report: {country}\n\n{name}: Tier 2\n\n");
    for (heading, paragraphs) in sections {
        if !heading.is_empty() {
            text += &format!("{heading}\n\n");
        }
        text += &(paragraphs.join("\n\n") + "\n\n");
    }
    text.into_bytes()
}

const KEPT: &str = "Kenya does not meet the minimum standards but makes efforts to do so.";
const POLICE: &str = "Police opened 348 cases of trafficking, most of them at brick kilns in two \
                      provinces, and courts convicted 15 percent of those who were accused.";
const POLICE_NOW: &str = "Police opened 199 cases of trafficking, most of them at brick kilns in \
                          nine provinces, and courts convicted 22 percent of those who were \
                          accused.";
const SHELTER: &str = "The ministry ran one shelter for women & <b>girls</b> in the capital.";
const GONE: &str = "Judges were trained with funds of donors, and judges liked it.";
const COME: &str = "A new action plan covers five years; the plan names no budget.";

/// An index of made editions: Kenya has two that differ in all ways, Nepal two
/// that are the same, Mali and Togo one each.
fn made() -> TempDir {
    let old = narrative(
        2019,
        "Kenya",
        &[
            ("", &[KEPT]),
            ("PROSECUTION", &[POLICE, GONE]),
            ("PROTECTION", &[SHELTER]),
        ],
    );
    let new = narrative(
        2020,
        "Kenya",
        &[
            (
                "",
                &["Kenya does not meet the MINIMUM standards, but makes efforts to do so."],
            ),
            ("PROSECUTION", &[POLICE_NOW]),
            ("PREVENTION", &[SHELTER, COME]),
        ],
    );
    let same = |year| narrative(year, "Nepal", &[("", &[KEPT]), ("PROSECUTION", &[POLICE])]);
    let made = folder(&[
        ("corpus/k1.txt", &old),
        ("corpus/k2.txt", &new),
        ("corpus/n1.txt", &same(2019)),
        ("corpus/n2.txt", &same(2020)),
        ("corpus/m.txt", &narrative(2019, "Mali", &[("", &[KEPT])])),
        ("corpus/t.txt", &narrative(2020, "Togo", &[("", &[KEPT])])),
    ]);
    assert_eq!(run(made.path(), &["index"]).status, 0);
    made
}

#[test]
fn two_editions_of_the_samples() {
    let told = samples().run(&[
        "compare",
        "cambodia",
        "2019",
        "2020",
        "--section",
        "prosecution",
    ]);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""));
    assert_eq!(
        told.stdout,
        "\
2019 Trafficking in Persons Report: Cambodia
  tip-2019-khm · 382 words in 7 paragraphs · tip/2019-cambodia.txt
  note: digest written for pincite in its own words; not the published text
2020 Trafficking in Persons Report: Cambodia
  tip-2020-khm · 329 words in 5 paragraphs · tip/2020-cambodia.txt
  note: digest written for pincite in its own words; not the published text

0 kept, 0 reworded, 0 moved, 2 added, 1 removed; of 215 words 100.0 % are not
kept

Prosecution · words: 67 -> 148
  removed   prosecution:1 · 67 words
      Prosecutions and convictions continued and training for law enforcement …
  added     prosecution:1 · 80 words
      Law enforcement was insufficient. The 2008 trafficking law provides …
  added     prosecution:2 · 68 words
      Scarce resources were spent on the wrong people: social media users, …

Terms lost
  case 2

Terms gained
  victim 2, year 2
"
    );
}

#[test]
fn every_verdict_is_told() {
    let made = made();
    let told = run(made.path(), &["compare", "kenya", "2019", "2020"]);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""));
    assert_eq!(
        told.stdout,
        "\
2019 Trafficking in Persons Report: Kenya
  tip-2019-ken · 62 words in 4 paragraphs · k1.txt
2020 Trafficking in Persons Report: Kenya
  tip-2020-ken · 63 words in 4 paragraphs · k2.txt

1 kept, 1 reworded, 1 moved, 1 added, 1 removed; of 125 words 23.2 % are not
kept
warning: section `protection` is in 2019 alone
warning: section `prevention` is in 2020 alone

Overview · words: 13 -> 13
  kept      overview:1 = overview:1

Prosecution · words: 36 -> 25
  reworded  prosecution:1 -> prosecution:1 · 82.1 % alike
      Police opened [-348-] {+199+} cases of trafficking, most of them at brick
      kilns in [-two-] {+nine+} provinces, and courts convicted [-15-] {+22+}
      percent of those who were accused.
  removed   prosecution:2 · 11 words
      Judges were trained with funds of donors, and judges liked it.

Protection · words: 13 -> none
  protection:1 has moved, see prevention:1

Prevention · words: none -> 25
  moved     protection:1 = prevention:1
  added     prevention:2 · 12 words
      A new action plan covers five years; the plan names no budget.

Figures that changed
  348 cases -> 199 cases
    2019 Trafficking in Persons Report: Kenya, Prosecution, para. 1
    2020 Trafficking in Persons Report: Kenya, Prosecution, para. 1
  two provinces -> nine provinces
    2019 Trafficking in Persons Report: Kenya, Prosecution, para. 1
    2020 Trafficking in Persons Report: Kenya, Prosecution, para. 1
  15 percent -> 22 percent
    2019 Trafficking in Persons Report: Kenya, Prosecution, para. 1
    2020 Trafficking in Persons Report: Kenya, Prosecution, para. 1

Terms lost
  judges 2

Terms gained
  plan 2
"
    );
    // The words of a name need no quotes, and the country may stand apart.
    for other in [
        &["compare", "--country", "KEN", "2019", "2020"][..],
        &[
            "compare", "Republic", "of", "Kenya", "2019", "2020", "--series", "tip",
        ],
    ] {
        assert_eq!(run(made.path(), other).stdout, told.stdout, "{other:?}");
    }
    let turned = run(made.path(), &["compare", "kenya", "2020", "2019"]);
    assert_eq!(turned.stdout, told.stdout);
    assert_eq!(
        turned.stderr,
        "note: the older edition comes first: 2019, 2020\n"
    );
}

#[test]
fn numbers_and_divisions_are_no_other_words() {
    let police = "Police raided kilns in the east and freed many workers there.";
    let court = "Courts jailed an owner who had bound families by loans.";
    let plan = "Parliament adopted a plan of action in January of the year.";
    let both = format!("{police} {court}");
    let (one, two, three) = (
        format!("1. {police}"),
        format!("1. {plan}"),
        format!("2. {police}"),
    );
    let work = folder(&[
        (
            "corpus/k1.txt",
            &narrative(
                2019,
                "Kenya",
                &[("PROSECUTION", &[&one]), ("PROTECTION", &[&both])],
            ),
        ),
        (
            "corpus/k2.txt",
            &narrative(
                2020,
                "Kenya",
                &[
                    ("PROSECUTION", &[&two, &three]),
                    ("PROTECTION", &[police, court]),
                ],
            ),
        ),
    ]);
    assert_eq!(run(work.path(), &["index"]).status, 0);
    let told = run(work.path(), &["compare", "kenya", "2019", "2020"]).stdout;
    for line in [
        "0 kept, 1 renumbered, 0 reworded, 0 moved, 2 divided, 1 added, 0 removed; of",
        "  renumbered prosecution:1 -> prosecution:2\n",
        "  divided   protection:1 -> protection:1\n",
        "  divided   protection:2 · 10 words · stands in protection:1\n",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let found = run(
        work.path(),
        &["compare", "kenya", "2019", "2020", "--format", "json"],
    );
    let counts = json(&found)["counts"].clone();
    assert_eq!(counts["common_words"], counts["old_words"]);
    assert_eq!(
        (&counts["renumbered"], &counts["divided"], &counts["joined"]),
        (
            &serde_json::json!(1),
            &serde_json::json!(2),
            &serde_json::json!(0)
        )
    );
}

#[test]
fn every_country_is_ranked() {
    let made = made();
    let told = run(made.path(), &["compare", "--all", "2019", "2020"]);
    assert_eq!((told.status, told.stderr.as_str()), (0, ""));
    assert_eq!(
        told.stdout,
        "\
rank  country   change  kept  reworded  moved  added  removed
   1  Kenya     23.2 %     1         1      1      1        1 o
   2  Nepal      0.0 %     2         0      0      0        0

change: the share of the words of both editions that are not kept; then
paragraphs by what became of them
o: the outline changed too, so less may be new than it seems
1 with an edition of 2019 alone: Mali
1 with an edition of 2020 alone: Togo
"
    );
    let args = ["compare", "--all", "2019", "2020", "--format"];
    let found = json(&run(made.path(), &[&args[..], &["json"]].concat()));
    assert_eq!(found["years"], serde_json::json!([2019, 2020]));
    assert_eq!(found["old_alone"], serde_json::json!(["tip-2019-mli"]));
    assert_eq!(found["new_alone"], serde_json::json!(["tip-2020-tgo"]));
    let table = run(made.path(), &[&args[..], &["csv"]].concat()).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let changes = found["changes"].as_array().unwrap();
    assert_eq!(rows.len(), changes.len());
    for (row, change) in rows.iter().zip(changes) {
        assert_eq!(row["new_id"], change["new"].as_str().unwrap());
        let counts = &change["counts"];
        assert_eq!(
            row["change"].parse::<f64>().unwrap(),
            counts["change"].as_f64().unwrap()
        );
        // The ranking says of a country what its own comparison says.
        let country = change["country"]["iso3"].as_str().unwrap();
        let one = run(
            made.path(),
            &["compare", country, "2019", "2020", "--format", "json"],
        );
        assert_eq!(&json(&one)["counts"], counts);
    }
    let some = [
        "compare",
        "--all",
        "2019",
        "2020",
        "--section",
        "prevention",
        "--format",
        "json",
    ];
    let some = json(&run(made.path(), &some));
    assert_eq!(
        some["without_sections"],
        serde_json::json!(["tip-2020-npl"])
    );
    assert_eq!(some["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn formats_tell_the_same() {
    let made = made();
    let args = ["compare", "kenya", "2019", "2020", "--format"];
    let found = json(&run(made.path(), &[&args[..], &["json"]].concat()));
    assert_eq!(found["schema"], 1);
    let table = run(made.path(), &[&args[..], &["csv"]].concat()).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let sections = found["sections"].as_array().unwrap().iter();
    let paragraphs: Vec<&Value> = sections
        .flat_map(|s| s["paragraphs"].as_array().unwrap())
        .collect();
    assert_eq!(rows.len(), paragraphs.len());
    let page = run(made.path(), &[&args[..], &["html"]].concat()).stdout;
    for (row, paragraph) in rows.iter().zip(paragraphs) {
        assert_eq!(row["verdict"], paragraph["verdict"].as_str().unwrap());
        for (side, text) in [("old", "old_text"), ("new", "new_text")] {
            let said = paragraph[side]["text"].as_str().unwrap_or_default();
            assert_eq!(row[text], said);
            assert_eq!(
                row[&format!("{side}_id")],
                paragraph[side]["id"].as_str().unwrap_or_default()
            );
            let id = paragraph[side]["id"].as_str().unwrap_or_default();
            assert!(page.contains(id), "{id}");
        }
        if let Some(diff) = paragraph["diff"].as_array() {
            let of = |unwanted: &str| -> Vec<&str> {
                let pieces = diff.iter().filter(|piece| piece[0] != unwanted);
                pieces
                    .flat_map(|p| p[1].as_str().unwrap().split_whitespace())
                    .collect()
            };
            let words = |side: &str| paragraph[side]["text"].as_str().unwrap().replace(',', "");
            let plain = |words: Vec<&str>| words.join(" ").replace(',', "").replace(" .", ".");
            assert_eq!(plain(of("added")), words("old"));
            assert_eq!(plain(of("removed")), words("new"));
        }
    }
    for figure in found["figures"].as_array().unwrap() {
        for side in ["old", "new"] {
            let id = &figure[side]["id"].as_str().unwrap();
            let shown = run(made.path(), &["show", id, "--format", "json"]);
            let text: Vec<char> = json(&shown)["passages"][0]["text"]
                .as_str()
                .unwrap()
                .chars()
                .collect();
            let place = |i: usize| figure[side]["span"][i].as_u64().unwrap() as usize;
            let printed: String = text[place(0)..place(1)].iter().collect();
            assert!(
                figure[side]["shown"]
                    .as_str()
                    .unwrap()
                    .starts_with(&printed)
            );
        }
    }
}

/// The elements that a page leaves open or closes out of turn.
fn unclosed(page: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for part in page.split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        let name = |tag: &str| tag.split_whitespace().next().unwrap().to_owned();
        match tag.strip_prefix('/') {
            Some(end) if open.last() == Some(&name(end)) => drop(open.pop()),
            Some(end) => open.push(format!("/{end}")),
            None if tag.starts_with('!') || ["meta", "br"].contains(&name(tag).as_str()) => {}
            None => open.push(name(tag)),
        }
    }
    open
}

#[test]
fn the_page_stands_alone_and_shows_text_as_text() {
    let made = made();
    for args in [
        &["compare", "kenya", "2019", "2020", "--format", "html"][..],
        &["compare", "--all", "2019", "2020", "--format", "html"],
    ] {
        let page = run(made.path(), args);
        assert_eq!((page.status, page.stderr.as_str()), (0, ""));
        let page = page.stdout;
        assert!(page.starts_with("<!DOCTYPE html>"));
        for loads in ["src=", "url(", "@import", "<link", "<script", "<b>"] {
            assert!(!page.contains(loads), "{loads}");
        }
        assert_eq!(unclosed(&page), Vec::<String>::new(), "{args:?}");
    }
    let page = run(
        made.path(),
        &["compare", "kenya", "2019", "2020", "--format", "html"],
    )
    .stdout;
    assert!(
        page.contains("women &amp; &lt;b&gt;girls&lt;/b&gt; in"),
        "{page}"
    );
    assert!(page.contains("opened <del>348</del> cases"), "{page}");
    assert!(page.contains("opened <ins>199</ins> cases"), "{page}");
    assert!(
        page.contains("section prevention is in 2020 alone"),
        "{page}"
    );
}

#[test]
fn slips_are_told() {
    let made = made();
    for (args, status, message, hint) in [
        (
            &["kenya", "2019", "2021"][..],
            1,
            "Kenya (KEN) has no edition of 2021",
            "it has tip 2019..2020",
        ),
        (
            &["mali", "2020", "2021"],
            1,
            "Mali (MLI) has no edition of 2020 and 2021",
            "it has tip 2019",
        ),
        (
            &["keniya", "2019", "2020"],
            2,
            "`keniya` is no country",
            "the nearest are `Kenya`",
        ),
        (
            &["chad", "2019", "2020"],
            2,
            "the index holds no report on Chad (TCD)",
            "it holds",
        ),
        (
            &["kenya", "2019", "2019"],
            2,
            "both editions are of 2019",
            "write a country and two",
        ),
        (
            &["kenya", "2019"],
            2,
            "`kenya` is no year",
            "write a country and two years",
        ),
        (
            &["2019"],
            2,
            "one year is not enough",
            "write a country and two years",
        ),
        (
            &["2019", "2020"],
            2,
            "no country is named",
            "write a country and two years",
        ),
        (
            &["kenya", "2019", "20x0"],
            2,
            "`20x0` is no year",
            "write a country and two years",
        ),
        (
            &["kenya", "2019", "2020", "--country", "mali"],
            2,
            "so does `kenya`",
            "leave one",
        ),
        (
            &["--all", "kenya", "2019", "2020"],
            2,
            "`--all` takes no country",
            "leave one",
        ),
        (
            &["--all", "2011", "2012"],
            1,
            "no country has editions of 2011 and 2012",
            "--gaps",
        ),
        (
            &["kenya", "2019", "2020", "--section", "prosecutoin"],
            2,
            "neither `tip-2019-ken` nor `tip-2020-ken` has a section `prosecutoin`",
            "the nearest are `prosecution`",
        ),
        (
            &["kenya", "2019", "2020", "--series", "hrr"],
            2,
            "no series `hrr`",
            "`tip`",
        ),
    ] {
        let told = run(made.path(), &[&["compare"], args].concat());
        assert_eq!(
            (told.status, told.stdout.as_str()),
            (status, ""),
            "{args:?} {}",
            told.stderr
        );
        assert!(told.stderr.contains(message), "{args:?}: {}", told.stderr);
        assert!(told.stderr.contains(hint), "{args:?}: {}", told.stderr);
    }
}

#[test]
fn a_country_with_several_series_must_say_which() {
    let narrative = |year| narrative(year, "Kenya", &[("", &[KEPT])]);
    let speech = |year: u16| {
        let header = format!("series = \"ungd\"\ncountry = \"Kenya\"\nyear = {year}");
        format!("+++\n{header}\n+++\nMr. President, Kenya speaks.\n").into_bytes()
    };
    let made = folder(&[
        ("corpus/a.txt", &narrative(2010)),
        ("corpus/b.txt", &narrative(2011)),
        ("corpus/c.txt", &speech(2010)),
        ("corpus/d.txt", &speech(2011)),
    ]);
    let built = run(made.path(), &["index"]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    let told = run(made.path(), &["compare", "kenya", "2010", "2011"]);
    assert_eq!(told.status, 2);
    assert_eq!(
        told.stderr,
        "error: Kenya (KEN) has editions of both years in `tip`, `ungd`\n\
         hint: name one, as `--series tip`\n"
    );
    let one = ["compare", "kenya", "2010", "2011", "--series", "ungd"];
    assert!(run(made.path(), &one).stdout.contains("ungd-2010-ken"));
    let all = run(made.path(), &["compare", "--all", "2010", "2011"]).stdout;
    assert!(
        all.contains("tip Kenya") && all.contains("ungd Kenya"),
        "{all}"
    );
}

/// The paragraphs of both editions, each in exactly one row of the right kind.
fn accounted_for(compared: &Comparison) {
    for (side, edition) in [&compared.old, &compared.new].into_iter().enumerate() {
        let rows = compared.rows();
        let mut places: Vec<usize> = rows
            .filter_map(|row| if side == 0 { row.old } else { row.new })
            .collect();
        places.sort_unstable();
        let all: Vec<usize> = (0..edition.passages.len()).collect();
        assert_eq!(places, all, "{}", edition.id);
    }
    let tally = compared.tally();
    let sum = Verdict::ALL
        .map(|verdict| tally.of(verdict))
        .iter()
        .sum::<u64>();
    assert_eq!(sum, compared.rows().count() as u64);
    assert_eq!(tally.old_words, compared.old.word_count());
    assert_eq!(tally.new_words, compared.new.word_count());
    assert!(tally.common_words <= tally.old_words.min(tally.new_words));
}

#[test]
fn every_paragraph_of_every_pair_of_the_samples() {
    let index = samples().open();
    let editions: Vec<Edition> = index
        .reports()
        .unwrap()
        .iter()
        .map(|report| Edition::read(&index, report).unwrap())
        .collect();
    for old in &editions {
        for new in &editions {
            let compared = compare(old.clone(), new.clone());
            accounted_for(&compared);
            let is_kept = compared.rows().all(|row| row.verdict == Verdict::Kept);
            assert_eq!(is_kept, old.id == new.id);
        }
    }
}

/// The speeches of a year.
fn speeches(kept: &Kept, year: u16) -> Vec<IndexedReport> {
    let mut reports = open(&kept.path).reports().unwrap();
    reports.retain(|r| r.id.to_string().starts_with(&format!("ungd-{year}-")));
    reports
}

#[test]
fn every_paragraph_of_a_year_pair_of_the_shared_corpus() {
    let Some(kept) = shared_index() else { return };
    let index = kept.open();
    let (olds, news) = (speeches(kept, 1979), speeches(kept, 1980));
    let country = |report: &IndexedReport| report.id.to_string()[10..].to_owned();
    let mut pairs = 0;
    for old in &olds {
        if let Some(new) = news.iter().find(|new| country(new) == country(old)) {
            let read = |report| Edition::read(&index, report).unwrap();
            accounted_for(&compare(read(old), read(new)));
            pairs += 1;
        }
    }
    assert_eq!(pairs, 140);
    let found = kept.run(&[
        "compare",
        "--country",
        "cambodia",
        "1979",
        "1980",
        "--format",
        "csv",
    ]);
    let mut reader = csv::Reader::from_reader(found.stdout.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    for (column, year, many) in [("old_id", 1979, 59), ("new_id", 1980, 61)] {
        let mut ids: Vec<&str> = rows.iter().map(|row| row[column].as_str()).collect();
        ids.retain(|id| !id.is_empty());
        ids.sort_unstable();
        let shown = kept.run(&["show", &format!("ungd-{year}-khm"), "--format", "json"]);
        let shown = json(&shown);
        let mut wanted: Vec<&str> = shown["passages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["id"].as_str().unwrap())
            .collect();
        wanted.sort_unstable();
        assert_eq!(ids, wanted);
        assert_eq!(ids.len(), many);
    }
}

/// What was written apart is not said to be reworded: the threshold holds.
#[test]
fn speeches_of_different_countries_are_hardly_ever_paired() {
    let Some(kept) = shared_index() else { return };
    let index = kept.open();
    let reports = speeches(kept, 1979);
    let (mut paragraphs, mut paired) = (0, 0);
    for (at, old) in reports.iter().enumerate() {
        let other = &reports[(at + 7) % reports.len()];
        let read = |report| Edition::read(&index, report).unwrap();
        let compared = compare(read(old), read(other));
        paragraphs += compared.old.passages.len();
        paired += compared
            .rows()
            .filter(|row| row.similarity.is_some())
            .count();
    }
    assert!(
        paragraphs > 7000 && paired * 1000 <= paragraphs,
        "{paired} of {paragraphs}"
    );
}
