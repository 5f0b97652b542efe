//! Real texts, where `PINCITE_SHARED` names them.

use pincite::read::NoticeKind;
use serde_json::Value;

use crate::support::{Run, root, run, shared, shared_index};

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn the_narrative_on_cambodia_gives_thirty_six_passages() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().to_str().unwrap();
    let corpus = shared.join("corpus/tip");
    let built = run(
        root(),
        &["--index", index, "index", corpus.to_str().unwrap()],
    );
    assert_eq!(built.status, 0, "{}", built.stdout);
    let on = |args: &[&str]| run(root(), &[&["--index", index], args].concat());

    let facets = json(&on(&["facets", "--format", "json"]));
    assert_eq!(facets["total"], 36);
    let facet = |name: &str| facets["facets"][name].clone();
    let mut sections: Vec<(String, u64)> = facet("section")
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p[0].as_str().unwrap().to_owned(), p[1].as_u64().unwrap()))
        .collect();
    sections.sort();
    let expected = [
        ("overview", 1),
        ("prevention", 5),
        ("profile", 4),
        ("prosecution", 5),
        ("protection", 5),
        ("recommendations", 16),
    ];
    assert_eq!(sections, expected.map(|(s, n)| (s.to_owned(), n)));
    assert_eq!(facet("country"), serde_json::json!([["KHM", 36]]));
    assert_eq!(facet("year"), serde_json::json!([["2021", 36]]));
    assert_eq!(facet("tier"), serde_json::json!([["2WL", 36]]));

    assert_eq!(
        json(&on(&["search", "\"brick kilns\"", "--format", "json"]))["total"],
        5
    );
    let none = on(&["search", "\"brick kilns\"", "--section", "protection"]);
    assert_eq!(none.status, 1);
    let flat = none.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("5 passages match, by section: overview 1, prevention 1, profile 1, prosecution 1, recommendations 1"),
        "{flat}"
    );
    for query in [
        "anti-trafficking",
        "antitrafficking",
        "\"anti trafficking\"",
    ] {
        let found = json(&on(&["search", query, "--format", "json", "-n", "0"]));
        assert_eq!(
            found["total"],
            json(&on(&[
                "search",
                "anti-trafficking",
                "--format",
                "json",
                "-n",
                "0"
            ]))["total"],
            "{query}"
        );
    }
    assert_eq!(
        json(&on(&["search", "543,080", "--format", "json"]))["total"],
        1
    );
    assert_eq!(
        json(&on(&["search", "attaches", "--format", "json"]))["total"],
        1,
        "diacritics are folded"
    );
}

#[test]
fn every_file_of_the_shared_corpus_is_accounted_for() {
    let Some(kept) = shared_index() else { return };
    let summary = &kept.summary;
    // Statements whose files mark no paragraphs are told, and a file that holds
    // the statement of another country.
    let (similar, others): (Vec<_>, Vec<_>) = summary
        .manifest
        .notices
        .iter()
        .partition(|n| n.kind == NoticeKind::Similar);
    assert!(others.iter().all(|n| n.message.contains("marks too few")));
    assert!((1..30).contains(&others.len()), "{others:?}");
    assert_eq!(similar.len(), 1, "{similar:?}");
    assert_eq!(similar[0].path, "ungd/1984/ZAF_39_1984.txt");
    assert!(similar[0].message.contains("ungd/1984/CAF_39_1984.txt"));
    assert_eq!(
        (
            summary.manifest.counts.files,
            summary.manifest.counts.files_read,
            summary.manifest.counts.reports
        ),
        (4460, 4460, 4460)
    );
    let found = json(&kept.run(&[
        "search",
        "the",
        "--country",
        "cambodia",
        "--year",
        "1979..1981",
        "--format",
        "json",
        "--facets",
        "year",
    ]));
    assert_eq!(
        found["filters"],
        serde_json::json!({"country": ["KHM"], "year": ["1979..1981"]})
    );
    let hits = found["hits"].as_array().unwrap();
    assert!(!hits.is_empty() && hits.iter().all(|h| h["country"]["iso3"] == "KHM"));
    for (country, year, iso3) in [
        ("USSR", "1975", "SUN"),
        ("Zaire", "1980", "COD"),
        ("German Democratic Republic", "1980", "DDR"),
        ("Czechoslovakia", "1985", "CSK"),
        ("Yugoslavia", "1980", "YUG"),
        ("Burma", "1990", "MMR"),
        ("Cote d'Ivoire", "1989", "CIV"),
    ] {
        let found = json(&kept.run(&[
            "search",
            "the",
            "--country",
            country,
            "--year",
            year,
            "--format",
            "json",
            "-n",
            "1",
        ]));
        assert_eq!(found["hits"][0]["country"]["iso3"], iso3, "{country}");
    }
}

#[test]
fn wrapped_paragraphs_of_real_statements_come_out_whole() {
    let Some(kept) = shared_index() else { return };
    let shown = json(&kept.run(&["show", "ungd-1999-khm:statement", "--format", "json"]));
    let texts: Vec<&str> = shown["passages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["text"].as_str().unwrap())
        .collect();
    assert!(texts[0].starts_with("It is an honour for me to address this Assembly."));
    // A page number in the middle of this paragraph is gone.
    assert!(
        texts[0].contains("from the people and the Royal Government of Cambodia"),
        "{}",
        texts[0]
    );
    assert!(
        texts[1].starts_with("First of all, on behalf of the delegation"),
        "{}",
        texts[1]
    );
    let shown = json(&kept.run(&["show", "ungd-1982-ken:statement:1", "--format", "json"]));
    let text = shown["passages"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("office of President of the"),
        "a broken word is mended: {text}"
    );
    let found = json(&kept.run(&[
        "search",
        "\"thirty-eighth session\"",
        "--year",
        "1983",
        "--format",
        "json",
    ]));
    assert!(found["total"].as_u64().unwrap() > 50);
    assert!(
        found["hits"][0]["text"]
            .as_str()
            .unwrap()
            .contains("thirty-eighth")
    );
}

#[test]
fn running_heads_and_years_of_real_statements() {
    let Some(kept) = shared_index() else { return };
    let total = |query: &str, year: &str| {
        let run = kept.run(&[
            "search", query, "--year", year, "-n", "0", "--format", "json",
        ]);
        json(&run)["total"].as_u64().unwrap()
    };
    assert_eq!(
        total("\"General Assembly Forty-eighth session\"", "1993"),
        0,
        "running heads"
    );
    // Ten lines say so; one of them stands inside a line of text, and stays.
    assert_eq!(total("\"Digitized by Dag\"", "1970.."), 1);
    // Years at the start of a line are no paragraph numbers.
    let bahrain = [
        "search",
        "\"Rio de Janeiro in 1992\"",
        "--country",
        "bahrain",
        "--year",
        "1997",
    ];
    assert_eq!(
        json(&kept.run(&[&bahrain[..], &["--format", "json"]].concat()))["total"],
        1
    );
    let chinese = json(&kept.run(&[
        "search",
        "1995",
        "--country",
        "china",
        "--year",
        "1993",
        "--format",
        "json",
    ]));
    assert!(chinese["total"].as_u64().unwrap() > 0);
}

#[test]
fn records_of_a_test_collection_are_passages() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().to_str().unwrap();
    let docs = shared.join("ir/cranfield/docs.jsonl");
    let built = run(root(), &["--index", index, "index", docs.to_str().unwrap()]);
    assert_eq!(
        built.status, 4,
        "two records without text are told: {}",
        built.stdout
    );
    assert!(
        built.stdout.starts_with("1,398 reports, 1,398 passages"),
        "{}",
        built.stdout
    );
    let found = json(&run(
        root(),
        &[
            "--index",
            index,
            "search",
            "slipstream wing",
            "--format",
            "json",
        ],
    ));
    assert_eq!(found["hits"][0]["id"], "doc-1:text:1");
    assert_eq!(found["hits"][0]["country"], Value::Null);
}
