//! The main job on the samples.

use serde_json::Value;

use crate::support::{folder, root, run, samples};

fn json(stdout: &str) -> Value {
    serde_json::from_str(stdout).expect("JSON")
}

#[test]
fn the_samples_are_what_the_project_promises() {
    let counts = &samples().summary.manifest.counts;
    assert!(counts.reports >= 15);
    assert_eq!(counts.files, counts.files_read);
    assert_eq!(samples().summary.manifest.notices, []);
    let facets = json(&samples().run(&["facets", "--format", "json"]).stdout);
    let values = |facet: &str| -> Vec<String> {
        let pairs = facets["facets"][facet].as_array().unwrap();
        pairs
            .iter()
            .map(|p| p[0].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(values("country").len() >= 7);
    assert!(values("year").len() >= 4);
    let mut tiers = values("tier");
    tiers.sort();
    assert_eq!(tiers, ["1", "2", "2WL", "3", "special"]);
    for section in [
        "overview",
        "recommendations",
        "prosecution",
        "protection",
        "prevention",
        "profile",
        "government-efforts",
    ] {
        assert!(values("section").contains(&section.to_owned()), "{section}");
    }
    let years = json(
        &samples()
            .run(&[
                "facets",
                "--country",
                "cambodia",
                "--facet",
                "year",
                "--format",
                "json",
            ])
            .stdout,
    );
    assert_eq!(years["facets"]["year"].as_array().unwrap().len(), 3);
}

#[test]
fn every_sample_says_that_it_is_a_digest_and_of_what() {
    for entry in std::fs::read_dir(root().join("corpus/tip")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let header = text.split("+++").nth(1).unwrap_or_default();
        assert!(header.contains("digest"), "{}", path.display());
        assert!(
            header.contains("url = \"https://www.state.gov/reports/"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_phrase_is_found_with_all_it_takes_to_cite_it() {
    let found = samples().run(&[
        "search",
        "\"brick kilns\"",
        "--country",
        "cambodia",
        "--year",
        "2021",
        "--section",
        "prevention",
        "--facets",
        "year",
        "--format",
        "json",
    ]);
    assert_eq!((found.status, found.stderr.as_str()), (0, ""));
    let found = json(&found.stdout);
    assert_eq!(found["schema"], 1);
    assert_eq!(found["query"], "\"brick kilns\"");
    assert_eq!(
        found["filters"],
        serde_json::json!({"country": ["KHM"], "year": ["2021"], "section": ["prevention"]})
    );
    assert_eq!(found["total"], 1);
    assert_eq!(
        found["facets"]["year"].as_array().unwrap().len(),
        3,
        "its own filter is left out"
    );
    let hit = &found["hits"][0];
    assert_eq!(hit["rank"], 1);
    assert_eq!(hit["id"], "tip-2021-khm:prevention:1");
    assert_eq!(hit["series"], "tip");
    assert_eq!(hit["title"], "2021 Trafficking in Persons Report: Cambodia");
    assert_eq!(
        hit["country"],
        serde_json::json!({"name": "Cambodia", "iso3": "KHM"})
    );
    assert_eq!(hit["region"], "Asia/South-eastern Asia");
    assert_eq!(hit["year"], 2021);
    assert_eq!(hit["tier"], "2WL");
    assert_eq!(
        hit["section"],
        serde_json::json!({"key": "prevention", "heading": "PREVENTION", "subheading": null})
    );
    assert_eq!(hit["paragraph"], 1);
    assert_eq!(
        hit["pincite"],
        "2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1"
    );
    assert_eq!(hit["source"]["path"], "tip/2021-cambodia.txt");
    assert!(
        hit["themes"]
            .as_array()
            .unwrap()
            .contains(&"sector/brick-kilns".into())
    );
    let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
    for span in hit["highlights"].as_array().unwrap() {
        let (from, to) = (
            span[0].as_u64().unwrap() as usize,
            span[1].as_u64().unwrap() as usize,
        );
        assert_eq!(text[from..to].iter().collect::<String>(), "brick kilns");
    }
    assert!(!hit["sentences"].as_array().unwrap().is_empty());
}

#[test]
fn formats_hold_the_same_hits() {
    let args = ["search", "trafficking", "--limit", "7"];
    let one = json(
        &samples()
            .run(&[&args[..], &["--format", "json"]].concat())
            .stdout,
    );
    let lines = samples()
        .run(&[&args[..], &["--format", "jsonl"]].concat())
        .stdout;
    let lines: Vec<Value> = lines.lines().map(json).collect();
    assert_eq!(one["hits"], Value::Array(lines));
    let table = samples()
        .run(&[&args[..], &["--format", "csv"]].concat())
        .stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let ids: Vec<String> = reader.records().map(|r| r.unwrap()[2].to_owned()).collect();
    let hits = one["hits"].as_array().unwrap();
    assert_eq!(
        ids,
        hits.iter()
            .map(|h| h["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    );
    let text = samples().run(&args).stdout;
    for hit in hits {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&text).contains(&words(hit["pincite"].as_str().unwrap())));
    }
    assert!(text.lines().all(|l| l.chars().count() <= 80), "80 columns");
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn pages_and_orders() {
    let ids = |args: &[&str]| -> Vec<String> {
        let found = samples().run(&[&["search", "the", "--format", "json"], args].concat());
        let found = json(&found.stdout);
        found["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|h| h["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = ids(&["--limit", "1000"]);
    let total = all.len();
    let mut paged = Vec::new();
    for offset in (0..total).step_by(20) {
        paged.extend(ids(&["--limit", "20", "--offset", &offset.to_string()]));
    }
    assert_eq!(paged, all);
    assert_eq!(ids(&["--offset", "100000"]), Vec::<String>::new());
    let year = |id: &String| id[4..8].to_owned();
    let by_year = ids(&["--limit", "1000", "--sort", "year"]);
    assert!(by_year.windows(2).all(|w| year(&w[0]) >= year(&w[1])));
    let by_position = ids(&[
        "--limit",
        "1000",
        "--sort",
        "position",
        "--country",
        "cambodia",
        "--year",
        "2021",
    ]);
    let sections: Vec<&str> = by_position
        .iter()
        .map(|id| id.split(':').nth(1).unwrap())
        .collect();
    let mut order = sections.clone();
    order.dedup();
    let printed = [
        "overview",
        "recommendations",
        "prosecution",
        "protection",
        "prevention",
        "profile",
    ];
    assert_eq!(
        order,
        printed
            .iter()
            .filter(|s| sections.contains(s))
            .copied()
            .collect::<Vec<_>>()
    );
    let by_country = ids(&["--limit", "1000", "--sort", "country"]);
    assert!(by_country[0].ends_with(":overview:1") && by_country[0].contains("-afg:"));
    for order in [&by_year, &by_country] {
        let mut sorted = order.clone();
        sorted.sort();
        let mut expected = all.clone();
        expected.sort();
        assert_eq!(sorted, expected);
    }
}

#[test]
fn filters_narrow_and_leave_out() {
    let total = |args: &[&str]| -> u64 {
        let found = samples().run(&[&["search", "government", "--format", "json"], args].concat());
        json(&found.stdout)["total"].as_u64().unwrap()
    };
    let all = total(&[]);
    for (filter, not, value) in [
        ("--country", "--not-country", "Burma"),
        ("--region", "--not-region", "asia"),
        ("--year", "--not-year", "2019..2020"),
        ("--tier", "--not-tier", "special"),
        ("--section", "--not-section", "protection"),
        ("--theme", "--not-theme", "sector"),
        ("--series", "--not-series", "tip"),
    ] {
        let (with, without) = (total(&[filter, value]), total(&[not, value]));
        assert_eq!(with + without, all, "{filter} {value}");
        assert!(with > 0, "{filter} {value}");
    }
    assert_eq!(
        total(&["--country", "KHM,nepal"]),
        total(&["--country", "cambodia"]) + total(&["--country", "Nepal"])
    );
    assert_eq!(
        total(&["--country", "Congo, Democratic Republic of the"]),
        total(&["--country", "DRC"])
    );
    assert_eq!(
        total(&["--theme", "brick-kilns"]),
        total(&["--theme", "sector/brick-kilns"])
    );
}

#[test]
fn facet_counts_are_the_totals_of_their_filters() {
    let facets = json(
        &samples()
            .run(&["facets", "government", "--format", "json"])
            .stdout,
    );
    let mut checked = 0;
    for (facet, values) in facets["facets"].as_object().unwrap() {
        for pair in values.as_array().unwrap() {
            let (value, count) = (pair[0].as_str().unwrap(), pair[1].as_u64().unwrap());
            // A country's code may be a word of a longer value only by name.
            let found = samples().run(&[
                "search",
                "government",
                "-n",
                "0",
                &format!("--{facet}"),
                value,
                "--format",
                "json",
            ]);
            assert_eq!(
                json(&found.stdout)["total"].as_u64(),
                Some(count),
                "{facet} {value}"
            );
            checked += 1;
        }
    }
    assert!(checked > 50);
}

#[test]
fn nothing_found_is_explained() {
    let run = samples().run(&[
        "search",
        "\"brick kilns\"",
        "--section",
        "government-efforts",
    ]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr, "");
    let flat = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("without the filter section `government-efforts`: "),
        "{flat}"
    );
    assert!(flat.contains("by section: prevention "), "{flat}");
    let run = samples().run(&["search", "brik kilns"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout
            .contains("no passage holds `brik`; near it are `brick`"),
        "{}",
        run.stdout
    );
    let run = samples().run(&["search", "\"kilns brick\""]);
    let flat = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("the words of \"kilns brick\", but not side by side"),
        "{flat}"
    );
    let run = samples().run(&["search", "brik", "--format", "json"]);
    assert_eq!(
        (run.status, json(&run.stdout)["total"].as_u64()),
        (1, Some(0))
    );
    assert!(run.stderr.contains("brick"));
}

#[test]
fn passages_are_shown_in_their_context_with_the_words_of_their_themes() {
    let run = samples().run(&["show", "tip-2021-khm:prevention:1"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains("tip-2021-khm:protection:2"),
        "the passage before"
    );
    assert!(
        run.stdout.contains("tip-2021-khm:profile:1"),
        "the passage after"
    );
    assert!(run.stdout.contains("sector/brick-kilns"));
    let shown = json(
        &samples()
            .run(&["show", "tip-2021-khm", "--format", "json"])
            .stdout,
    );
    let passages = shown["passages"].as_array().unwrap();
    let sections: Vec<&str> = passages
        .iter()
        .map(|p| p["section"]["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        (sections[0], *sections.last().unwrap()),
        ("overview", "profile")
    );
    let words = &shown["passages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["id"] == "tip-2021-khm:prevention:1")
        .unwrap()["theme_words"]["sector/brick-kilns"];
    assert!(
        words
            .as_array()
            .unwrap()
            .iter()
            .any(|w| w.as_str().unwrap().contains("kiln")),
        "{words}"
    );
    let run = samples().run(&["show", "tip-2021-khm:prevention:99"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("prevention 1-1"), "{}", run.stderr);
}

#[test]
fn citations_in_every_style() {
    let cite = |style: &str| {
        samples()
            .run(&[
                "cite",
                "tip-2021-khm:prevention:1",
                "--style",
                style,
                "--accessed",
                "2026-11-24",
            ])
            .stdout
    };
    let url = "https://www.state.gov/reports/2021-trafficking-in-persons-report/cambodia/";
    assert_eq!(
        cite("pincite"),
        "2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1\n"
    );
    assert_eq!(
        cite("chicago"),
        format!(
            "U.S. Department of State, “Cambodia,” in 2021 Trafficking in Persons Report (Washington, DC, 2021), Prevention, para. 1, {url}.\n"
        )
    );
    assert_eq!(
        cite("apa"),
        format!(
            "U.S. Department of State. (2021). Cambodia. In 2021 Trafficking in Persons Report. {url}\n(U.S. Department of State, 2021, Prevention section, para. 1)\n"
        )
    );
    assert_eq!(
        cite("bluebook"),
        format!(
            "U.S. DEP’T OF STATE, 2021 TRAFFICKING IN PERSONS REPORT: CAMBODIA, Prevention ¶ 1 (2021), {url}.\n"
        )
    );
    let ris = cite("ris");
    assert!(
        ris.starts_with("TY  - CHAP\n") && ris.ends_with("ER  - \n"),
        "{ris}"
    );
    assert!(ris.contains("SE  - Prevention, para. 1\n"));
    let item = &json(&cite("csl-json"))[0];
    assert_eq!(item["author"][0]["literal"], "U.S. Department of State");
    assert_eq!(item["section"], "Prevention");
    assert_eq!(item["custom"]["locators"][0]["locator"], "1");
}

#[test]
fn bibtex_comes_back_as_it_went_out() {
    let text = samples()
        .run(&[
            "cite",
            "tip-2021-khm:prevention:1",
            "tip-2021-khm:profile:1",
            "tip-2019-civ",
            "--style",
            "bibtex",
        ])
        .stdout;
    let read = biblatex::Bibliography::parse(&text).unwrap();
    assert_eq!(read.len(), 2, "a report is one entry");
    let entry = read.get("usdos2021cambodia").unwrap();
    let authors = entry.author().unwrap();
    assert_eq!(authors.len(), 1);
    assert_eq!(
        authors[0].name, "U.S. Department of State",
        "a corporate author is one name"
    );
    use biblatex::ChunksExt;
    assert_eq!(entry.title().unwrap().format_verbatim(), "Cambodia");
    let note = entry.get("note").unwrap().format_verbatim();
    assert!(
        note.starts_with("Prevention, para. 1; Trafficking Profile, para. 1"),
        "{note}"
    );
    let other = read.get("usdos2019cotedivoire").unwrap();
    assert_eq!(other.title().unwrap().format_verbatim(), "Cote d’Ivoire");
}

#[test]
fn one_command_is_enough_on_a_fresh_machine() {
    let fresh = folder(&[(
        "corpus/a.txt",
        &crate::support::narrative(2021, "Kenya", "They found brick kilns."),
    )]);
    let first = run(fresh.path(), &["search", "\"brick kilns\""]);
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(
        first
            .stderr
            .starts_with("no index in `index/` yet: building it from `corpus/`\n")
    );
    assert!(
        first
            .stdout
            .contains("2021 Trafficking in Persons Report: Kenya, Overview, para. 1")
    );
    let second = run(fresh.path(), &["search", "\"brick kilns\""]);
    assert_eq!(
        (second.stdout, second.stderr),
        (first.stdout, String::new())
    );
    // An index that is named must be there.
    let named = run(fresh.path(), &["--index", "elsewhere", "search", "kilns"]);
    assert_eq!(named.status, 3);
    assert!(named.stderr.contains("there is no index in `elsewhere`"));
}

#[test]
fn an_index_inside_the_corpus_is_no_part_of_it() {
    let own = folder(&[("a.txt", &crate::support::narrative(2021, "Kenya", "Kilns."))]);
    for _ in 0..2 {
        let built = run(own.path(), &["index", "."]);
        assert_eq!(built.status, 0, "{}", built.stdout);
        assert!(
            built.stdout.starts_with("1 report, 1 passage"),
            "{}",
            built.stdout
        );
    }
}

#[test]
fn a_lexicon_of_ones_own_gives_the_themes() {
    let own = folder(&[
        (
            "corpus/a.txt",
            &crate::support::narrative(2021, "Kenya", "They found brick kilns."),
        ),
        ("themes.toml", b"[fire]\novens = [\"kiln\"]\n"),
    ]);
    assert_eq!(
        run(own.path(), &["index", "--themes", "themes.toml"]).status,
        0
    );
    let shown = run(
        own.path(),
        &["show", "tip-2021-ken:overview:1", "--format", "json"],
    );
    assert_eq!(
        json(&shown.stdout)["passages"][0]["theme_words"],
        serde_json::json!({"fire/ovens": ["kilns"]})
    );
    std::fs::write(own.path().join("themes.toml"), "[fire]\novens = kiln\n").unwrap();
    let bad = run(own.path(), &["index", "--themes", "themes.toml"]);
    assert_eq!(bad.status, 2);
    assert!(
        bad.stderr.contains("themes.toml:2: ") && bad.stderr.contains("ovens = kiln"),
        "{}",
        bad.stderr
    );
}

#[test]
fn a_digest_is_not_taken_for_the_source() {
    let note = "digest written for pincite in its own words; not the published text";
    let line = format!("note: {note}\n");
    let draft = folder(&[(
        "d.md",
        b"\"the national referral mechanism were applied better\" (tip-2018-swz)",
    )]);
    let draft = draft.path().join("d.md");
    let draft = draft.to_str().unwrap();
    for args in [
        &["search", "kilns", "--country", "pakistan"][..],
        &["search", "kilns", "--fold"],
        &["kwic", "kilns"],
        &["origin", "tip-2021-khm:prevention:1"],
        &["show", "tip-2021-khm:prevention:1"],
        &["explain", "kilns", "tip-2021-khm:prevention:1"],
        &["compare", "cambodia", "2020", "2021"],
        &["verify", draft],
    ] {
        let told = samples().run(args).stdout;
        let times = told.matches(line.as_str()).count();
        let editions = 1 + usize::from(args[0] == "compare");
        assert_eq!(times, editions, "{args:?}: {told}");
    }
    let verified = samples().run(&["verify", draft]).stdout;
    assert!(verified.starts_with("1  exact"), "{verified}");
    let of = |args: &[&str]| {
        json(
            &samples()
                .run(&[args, &["--format", "json"]].concat())
                .stdout,
        )
    };
    for (args, place) in [
        (&["search", "kilns"][..], "/hits/0/note"),
        (&["kwic", "kilns"], "/lines/0/note"),
        (&["verify", draft], "/quotations/0/passages/0/note"),
        (&["show", "tip-2021-khm:prevention:1"], "/passages/0/note"),
        (&["compare", "cambodia", "2020", "2021"], "/old/note"),
    ] {
        assert_eq!(of(args).pointer(place), Some(&note.into()), "{args:?}");
    }
    for args in [
        &["search", "kilns"][..],
        &["kwic", "kilns"],
        &["verify", draft],
    ] {
        let table = samples().run(&[args, &["--format", "csv"]].concat()).stdout;
        assert!(table.lines().nth(1).unwrap().contains(note), "{args:?}");
    }
}

/// A report that says nothing of itself has a null, and some of several are counted.
#[test]
fn only_reports_with_a_note_say_it() {
    let own = folder(&[
        (
            "corpus/a.md",
            b"+++\nnote = \"a draft\"\n+++\n\n# New\n\nKilns.\n",
        ),
        ("corpus/b.md", b"# Old\n\nOld kilns.\n"),
    ]);
    assert_eq!(run(own.path(), &["index"]).status, 0);
    let told = run(own.path(), &["search", "kilns"]).stdout;
    assert!(
        told.ends_with("\nnote of 1 passage shown: a draft\n"),
        "{told}"
    );
    let found = json(&run(own.path(), &["search", "old", "--format", "json"]).stdout);
    assert_eq!(found["hits"][0]["note"], Value::Null);
    let receipt = ["search", "kilns", "--receipt", "r.json"];
    assert_eq!(run(own.path(), &receipt).status, 0);
    let methods = run(own.path(), &["replay", "r.json", "--methods"]).stdout;
    let flat = methods.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Note of 1 report: a draft."), "{flat}");
}

#[test]
fn shells_get_completions_and_manual_pages() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(root(), &["completions", shell]).stdout;
        assert!(
            script.contains("pincite") && script.contains("not-country"),
            "{shell}"
        );
    }
    let pages = folder(&[]);
    assert_eq!(run(pages.path(), &["man", "--to", "man"]).status, 0);
    let names: Vec<String> = std::fs::read_dir(pages.path().join("man"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    for command in [
        "index", "search", "facets", "batch", "show", "cite", "stats",
    ] {
        assert!(names.contains(&format!("pincite-{command}.1")), "{command}");
        let help = run(root(), &[command, "--help"]).stdout;
        let examples = help.find("Examples:").expect("examples");
        assert!(
            examples < help.find("Usage:").unwrap(),
            "examples come first in {command}"
        );
    }
}

#[test]
fn two_records_of_one_country_and_year_are_two_citations() {
    let own = folder(&[(
        "corpus/r.jsonl",
        b"{\"id\":\"r1\",\"text\":\"a\",\"title\":\"First\",\"country\":\"Nepal\",\"year\":2015}\n{\"id\":\"r-1\",\"text\":\"b\",\"title\":\"Second\",\"country\":\"Nepal\",\"year\":2015}\n",
    )]);
    assert_eq!(run(own.path(), &["index"]).status, 0);
    let text = run(
        own.path(),
        &[
            "cite",
            "doc-r1",
            "doc-r-1",
            "doc-r1:text:1",
            "--style",
            "bibtex",
        ],
    )
    .stdout;
    let read = biblatex::Bibliography::parse(&text).unwrap();
    assert_eq!(
        read.keys().collect::<Vec<_>>(),
        ["docr1", "docr1-2"],
        "{text}"
    );
    let ris = run(own.path(), &["cite", "doc-r1", "doc-r-1", "--style", "ris"]).stdout;
    assert_eq!(ris.matches("ER  - ").count(), 2);
}

#[test]
fn a_joined_form_is_no_rarer_than_its_word() {
    let mut lines = String::new();
    for i in 0..40 {
        lines += &format!(
            "{{\"id\":\"w{i}\",\"text\":\"the cooperation of all and more words here\"}}\n"
        );
    }
    lines +=
        "{\"id\":\"often\",\"text\":\"cooperation and cooperation and cooperation here too\"}\n";
    lines += "{\"id\":\"hyphen\",\"text\":\"the co-operation of all and more words here\"}\n";
    let own = folder(&[("corpus/r.jsonl", lines.as_bytes())]);
    assert_eq!(run(own.path(), &["index"]).status, 0);
    for query in ["cooperation", "\"cooperation\""] {
        let found = json(&run(own.path(), &["search", query, "--format", "json"]).stdout);
        assert_eq!(found["total"], 42);
        assert_eq!(found["hits"][0]["id"], "doc-often:text:1", "{query}");
    }
}

#[test]
fn searching_writes_nothing_to_the_index() {
    let own = folder(&[(
        "corpus/a.txt",
        &crate::support::narrative(2021, "Kenya", "Kilns."),
    )]);
    assert_eq!(run(own.path(), &["index"]).status, 0);
    let generation = own.path().join("index/generation-1");
    let files = || -> Vec<_> {
        let mut names: Vec<_> = std::fs::read_dir(&generation)
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    for name in files() {
        if name.to_string_lossy().ends_with(".lock") {
            std::fs::remove_file(generation.join(name)).unwrap();
        }
    }
    let before = files();
    assert_eq!(run(own.path(), &["search", "kilns"]).status, 0);
    assert_eq!(files(), before);
}

#[test]
fn what_is_negated_and_several_filters_are_named_where_nothing_is_found() {
    let flat = |args: &[&str]| {
        let run = samples().run(args);
        assert_eq!(run.status, 1, "{args:?}");
        run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        flat(&["search", "\"brick kilns\" -kiln"]),
        "nothing found without `NOT kiln`: 14 passages match"
    );
    let alone = flat(&[
        "search",
        "\"brick kilns\"",
        "--country",
        "nepal",
        "--tier",
        "1",
    ]);
    assert!(alone.contains("the filter country `Nepal (NPL)` alone leaves none; without any filter: 14 passages match, by country: Cambodia (KHM) 10"), "{alone}");
    assert!(
        alone.contains("the filter tier `1` alone leaves none"),
        "{alone}"
    );
    let together = flat(&[
        "search",
        "\"brick kilns\"",
        "--country",
        "pakistan",
        "--year",
        "2019",
    ]);
    assert!(
        together.contains("without the filter year `2019`: 4 passages match"),
        "{together}"
    );
    assert!(
        flat(&["search", "anti-traficking"])
            .contains("no passage holds `traficking`; near it are `trafficking`")
    );
}

#[test]
fn a_pipe_that_closes_is_no_error() {
    for format in ["jsonl", "csv", "json", "text"] {
        pipe_that_closes(format);
    }
}

fn pipe_that_closes(format: &str) {
    use std::io::Read;
    let index = samples().path.to_str().unwrap();
    let mut child = crate::support::command(
        root(),
        &[
            "--index", index, "search", "the", "-n", "1000", "--full", "--format", format,
        ],
    )
    .stdout(std::process::Stdio::piped())
    .stderr(std::process::Stdio::piped())
    .spawn()
    .unwrap();
    let mut first = [0u8; 10];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut first)
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), stderr.as_str()),
        (Some(0), "")
    );
}
