//! Bad input: a clear message with its place, the right status, and all that
//! is good stays.

use pincite::index::manifest::FORMAT;

use crate::support::{Run, folder, narrative, run, samples};

fn good() -> Vec<u8> {
    narrative(2021, "Kenya", "They found brick kilns.")
}

/// Indexes a folder of a good report and these files; the good one is found.
fn index_with(files: &[(&str, &[u8])]) -> Run {
    let good = good();
    let all = [files, &[("corpus/good.txt", good.as_slice())]].concat();
    let folder = folder(&all);
    let built = run(folder.path(), &["index"]);
    let found = run(
        folder.path(),
        &[
            "search",
            "\"brick kilns\"",
            "--country",
            "kenya",
            "--format",
            "jsonl",
        ],
    );
    assert_eq!(found.status, 0, "{built:?}");
    assert_eq!(found.stdout.lines().count(), 1);
    built
}

#[test]
fn an_empty_or_missing_folder() {
    let folder = folder(&[("corpus/.hidden", b"x")]);
    let run1 = run(folder.path(), &["index"]);
    assert_eq!(run1.status, 1);
    assert!(
        run1.stderr.contains("no files below `corpus`"),
        "{}",
        run1.stderr
    );
    let run2 = run(folder.path(), &["index", "nowhere"]);
    assert_eq!(run2.status, 2);
    assert!(
        run2.stderr.contains("there is no `nowhere`"),
        "{}",
        run2.stderr
    );
    assert!(
        !folder.path().join("index").exists(),
        "nothing is left behind"
    );
}

#[test]
fn nothing_readable_leaves_the_old_index() {
    let good = good();
    let folder = folder(&[
        ("corpus/good.txt", good.as_slice()),
        ("bad/a.txt", b"\x00\x01"),
    ]);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    let bad = run(folder.path(), &["index", "--replace", "bad"]);
    assert_eq!(bad.status, 4);
    assert!(
        bad.stderr.contains("a.txt: a binary file"),
        "{}",
        bad.stderr
    );
    assert_eq!(run(folder.path(), &["search", "kilns"]).status, 0);
}

#[test]
fn a_build_that_fails_leaves_an_index_of_another_version() {
    let folder = folder(&[
        (
            "index/pincite.json",
            b"{\"format\": 2, \"generation\": \"generation-1\", \"other\": 1}".as_slice(),
        ),
        ("index/generation-1/data", b"x"),
        ("bad/a.txt", b"\x00"),
    ]);
    assert_eq!(run(folder.path(), &["index", "bad"]).status, 4);
    assert!(folder.path().join("index/generation-1/data").exists());
    assert!(folder.path().join("index/pincite.json").exists());
}

#[test]
fn a_chain_of_a_hundred_thousand_hyphens_takes_no_time() {
    let chain = "a-".repeat(100_000) + "b";
    let built = index_with(&[("corpus/chain.txt", chain.as_bytes())]);
    assert_eq!(built.status, 0, "{}", built.stdout);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::symlink;
    let good = good();
    let folder = folder(&[("corpus/good.txt", good.as_slice())]);
    // A link to nowhere cannot be read, whoever runs the tests.
    symlink("/nonexistent/x", folder.path().join("corpus/lost.txt")).unwrap();
    let built = run(folder.path(), &["index"]);
    assert_eq!(built.status, 4);
    assert!(
        built.stdout.contains("1 skipped:\n  lost.txt: "),
        "{}",
        built.stdout
    );
    assert_eq!(run(folder.path(), &["search", "kilns"]).status, 0);
}

#[test]
fn binary_files_and_other_formats() {
    let built = index_with(&[
        ("corpus/a.txt", b"%PDF-1.4\x00\x01"),
        ("corpus/b.exe", b"MZ"),
        ("corpus/c.txt", b"\x00\x01"),
    ]);
    assert_eq!(built.status, 4);
    assert!(built.stdout.contains("3 skipped:"), "{}", built.stdout);
    assert!(
        built.stdout.contains("a.txt: truncated beyond repair"),
        "{}",
        built.stdout
    );
    assert!(built.stdout.contains("c.txt: a binary file"));
    assert!(
        built
            .stdout
            .contains("b.exe: not a format that pincite reads")
    );
}

#[test]
fn a_file_cut_in_a_character_and_other_encodings() {
    let mut cut = narrative(2020, "Nepal", "Kilns, it is said, in Türkiye’");
    cut.truncate(cut.len() - 2);
    let latin: Vec<u8> = "Notes of a visit to Curaçao: the café’s owner was paid."
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            c => u32::from(c) as u8,
        })
        .collect();
    let built = index_with(&[("corpus/cut.txt", &cut), ("corpus/latin.txt", &latin)]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    assert!(
        built
            .stdout
            .contains("cut.txt: ends in the middle of a character"),
        "{}",
        built.stdout
    );
    assert!(
        built.stdout.contains("latin.txt: read as windows-1252"),
        "{}",
        built.stdout
    );
    assert!(
        built
            .stdout
            .contains("1 read without a profile:\n  latin.txt: no profile knows it"),
        "{}",
        built.stdout
    );
}

#[test]
fn lines_that_are_no_records() {
    let lines = b"{\"id\":\"a\",\"text\":\"good kiln\"}\n[1]\n{\"id\":\"b\"}\nnot json\n{\"id\":\"c\",\"text\":\"kiln\"}\n";
    let built = index_with(&[("corpus/r.jsonl", lines)]);
    assert_eq!(built.status, 4);
    assert!(built.stdout.contains("3 skipped:"), "{}", built.stdout);
    for place in [
        "r.jsonl:2: no JSON object",
        "r.jsonl:3: no record: it has no `text`",
        "r.jsonl:4: no JSON",
    ] {
        assert!(built.stdout.contains(place), "{place} in {}", built.stdout);
    }
    assert!(
        built.stdout.starts_with("3 reports, 3 passages"),
        "{}",
        built.stdout
    );
}

#[test]
fn two_files_of_one_report() {
    let other = narrative(2021, "Kenya", "Another copy.");
    let built = index_with(&[("corpus/later.txt", &other)]);
    assert_eq!(built.status, 4);
    assert!(
        built.stdout.contains("1 left out as a duplicate:"),
        "{}",
        built.stdout
    );
    let flat = built
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        flat.contains("later.txt: `tip-2021-ken` is read from good.txt"),
        "{flat}"
    );
}

#[test]
fn a_line_of_fifty_megabytes() {
    let mut text = narrative(2020, "Nepal", "Before it kilns.");
    let line = text.iter().filter(|b| **b == b'\n').count() + 1;
    text.extend(std::iter::repeat_n(&b"word "[..], 10_000_000).flatten());
    text.extend(b"\n\nAfter it ovens.\n");
    let good = good();
    let folder = folder(&[
        ("corpus/long.txt", &text),
        ("corpus/good.txt", good.as_slice()),
    ]);
    let built = run(folder.path(), &["index"]);
    assert_eq!(built.status, 4);
    assert!(
        built.stdout.contains(&format!(
            "long.txt:{line}: a line of 50.0 MB is no paragraph"
        )),
        "{}",
        built.stdout
    );
    for word in ["before", "ovens"] {
        assert_eq!(run(folder.path(), &["search", word]).status, 0, "{word}");
    }
}

#[test]
fn a_bad_header_names_its_line() {
    let built = index_with(&[(
        "corpus/h.txt",
        b"+++\nurl = \"x\"\ncolour = \"red\"\n+++\nText.\n",
    )]);
    assert_eq!(built.status, 4);
    assert!(
        built.stdout.contains("h.txt:3: bad header, line left out"),
        "{}",
        built.stdout
    );
}

#[test]
fn queries_with_a_slip_are_pointed_at() {
    for (args, expected) in [
        (
            &["search", "debt \"brick"][..],
            "error: this quote is never closed\n  debt \"brick\n       ^^^^^^\nhint: close it where it ends, as `'\"brick\"'`; `--literal` takes all signs as text\n",
        ),
        (
            &["search", "(debt kiln"][..],
            "error: this `(` is never closed\n  (debt kiln\n  ^\nhint: write `)` where it ends; `--literal` takes all signs as text\n",
        ),
        (
            &["search", "é debt)"][..],
            "error: this `)` closes nothing\n  é debt)\n        ^\nhint: remove it, or open it with `(`\n",
        ),
        (
            &["search", "kiln", "--country", "cambodai"][..],
            "error: `cambodai` is no country that pincite knows\nhint: the nearest are `Cambodia`\n",
        ),
        (
            &["search", "kiln", "--country", "France"][..],
            "error: the index holds no report on France (FRA)\nhint: `pincite facets --facet country` lists what it holds\n",
        ),
        (
            &["search", "kiln", "--tier", "4"][..],
            "error: `4` is no tier\nhint: the tiers are `1`, `2`, `2WL` (Watch List), `3` and `special`\n",
        ),
        (
            &["search", "kiln", "--year", "1950"][..],
            "error: the index holds no report of the year `1950`\nhint: its years run from 2018 to 2021\n",
        ),
        (
            &["search", "kiln", "--year", "2021..2019"][..],
            "error: the range `2021..2019` ends before it begins\nhint: write `2019..2021`\n",
        ),
        (
            &["search", "kiln", "--theme", "brick-kiln"][..],
            "error: the index holds no theme `brick-kiln`\nhint: the nearest are `brick-kilns`\n",
        ),
        (
            &["search", "kiln", "--section", "prevent"][..],
            "error: the index holds no section `prevent`\nhint: the nearest are `prevention`\n",
        ),
    ] {
        let run = samples().run(args);
        assert_eq!(
            (run.stderr.as_str(), run.status, run.stdout.as_str()),
            (expected, 2, ""),
            "{args:?}"
        );
    }
    for args in [
        &["search"][..],
        &["search", "kiln", "--colour"],
        &["search", "kiln", "--sort", "size"],
        &["show", "x"],
        &["find"],
    ] {
        assert_eq!(samples().run(args).status, 2, "{args:?}");
    }
}

#[test]
fn an_index_that_cannot_be_read() {
    let good = good();
    let folder = folder(&[("corpus/good.txt", good.as_slice())]);
    let missing = run(folder.path(), &["stats"]);
    assert_eq!(missing.status, 3);
    assert!(
        missing.stderr.contains("there is no index in `index`"),
        "{}",
        missing.stderr
    );
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    let manifest = folder.path().join("index/pincite.json");
    let text = std::fs::read_to_string(&manifest).unwrap();

    std::fs::write(
        &manifest,
        text.replace(&format!("\"format\": {FORMAT}"), "\"format\": 99"),
    )
    .unwrap();
    let other = run(folder.path(), &["search", "kilns"]);
    assert_eq!(other.status, 3);
    assert!(
        other.stderr.contains("(index format 99)") && other.stderr.contains("hint: build it again"),
        "{}",
        other.stderr
    );

    std::fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    let damaged = run(folder.path(), &["search", "kilns"]);
    assert_eq!(damaged.status, 3);
    assert!(damaged.stderr.contains("is damaged"), "{}", damaged.stderr);

    std::fs::write(&manifest, &text).unwrap();
    for entry in std::fs::read_dir(folder.path().join("index/generation-1")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "idx") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let lost = run(folder.path(), &["search", "kilns"]);
    assert_eq!(lost.status, 3, "{}", lost.stderr);
    assert!(lost.stderr.contains("is damaged"), "{}", lost.stderr);
    // Building again mends it.
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    assert_eq!(run(folder.path(), &["search", "kilns"]).status, 0);
}

#[test]
fn a_table_beside_the_corpus_overrides_and_names_what_it_cannot_use() {
    let table = "path,series,country,year,tier,url\n\
        scan.txt,tip,Nepal,2015,2WL,https://example.org/nepal\n\
        lost.txt,,,,,\n";
    let text = b"Traffickers exploit men in kilns.\n";
    let built = index_with(&[
        ("corpus/corpus.csv", table.as_bytes()),
        ("corpus/scan.txt", text),
    ]);
    assert_eq!(built.status, 4);
    let told = "corpus.csv:3: names `lost.txt`, which is not there";
    assert!(built.stdout.contains(told), "{}", built.stdout);
    let folder = folder(&[
        ("corpus/corpus.csv", table.as_bytes()),
        ("corpus/scan.txt", text),
    ]);
    run(folder.path(), &["index"]);
    let shown = run(folder.path(), &["show", "tip-2015-npl", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    let passage = &shown["passages"][0];
    assert_eq!(passage["tier"], "2WL");
    assert_eq!(passage["tier_source"], "metadata");
    assert_eq!(passage["source"]["url"], "https://example.org/nepal");
}

#[test]
fn of_two_copies_the_better_source_stays() {
    let text = String::from_utf8(narrative(2015, "Nepal", "X")).unwrap();
    let copy = |url: &str, said: &str| {
        format!(
            "---\nurl: {url}\n---\n{}",
            text.replace("X\n", &format!("{said} in kilns.\n"))
        )
    };
    let folder = folder(&[
        (
            "corpus/a.md",
            copy("https://example.org/a", "Anyone").as_bytes(),
        ),
        (
            "corpus/b.md",
            copy("https://www.refworld.org/b", "Refworld").as_bytes(),
        ),
        (
            "corpus/c.md",
            copy("https://2009-2017.state.gov/c", "State").as_bytes(),
        ),
        (
            "corpus/d.md",
            copy("https://notstate.gov/d", "Nobody").as_bytes(),
        ),
    ]);
    let built = run(folder.path(), &["index"]);
    assert_eq!(built.status, 4);
    assert!(
        built.stdout.contains("3 left out as a duplicate"),
        "{}",
        built.stdout
    );
    let told = "a.md: `tip-2015-npl` is read from c.md (a better source)";
    assert!(built.stdout.contains(told), "{}", built.stdout);
    let shown = run(folder.path(), &["show", "tip-2015-npl"]);
    assert!(shown.stdout.contains("State in kilns."), "{}", shown.stdout);
}

#[test]
fn nearly_equal_texts_are_told_and_both_kept() {
    let words: Vec<String> = (0..400).map(|n| format!("word{}", n * 37 % 391)).collect();
    let text = words.join(" ");
    let folder = folder(&[
        ("corpus/a.txt", &narrative(2015, "Nepal", &text)),
        (
            "corpus/b.txt",
            &narrative(2016, "Nepal", &text.replacen("word37 ", "other ", 1)),
        ),
        ("corpus/c.txt", &narrative(2017, "Nepal", "Of kilns alone.")),
    ]);
    for _ in 0..2 {
        let built = run(folder.path(), &["index"]);
        assert_eq!(built.status, 0);
        let told = "1 with nearly the text of another:\n  b.txt: `tip-2016-npl` has ";
        assert!(built.stdout.contains(told), "{}", built.stdout);
    }
    assert_eq!(run(folder.path(), &["show", "tip-2016-npl"]).status, 0);
    assert_eq!(run(folder.path(), &["show", "tip-2015-npl"]).status, 0);
}

#[test]
fn rows_beside_the_corpus_in_every_case() {
    let zip = crate::support::zipped(&[("in.txt", b"Of ovens.\n")]);
    let page = "Trafficking in Persons Report 2005\n\nHAITI (TIER 2)\n\nOf cane.\n\nINDIA (TIER 2)\n\nOf looms.\n";
    let table = "path,country,year,title,tier\n\
        page.txt,Kenya,,One title,3\n\
        arc.zip,Nepal,2011,,\n\
        arc.zip/in.txt,,,Inner,\n\
        arc.zip/none.txt,,,,\n\
        good.txt,Atlantis,,,\n\
        t.csv,Mali,2012,,\n";
    let files: [(&str, &[u8]); 7] = [
        ("corpus/corpus.csv", table.as_bytes()),
        ("corpus/page.txt", page.as_bytes()),
        ("corpus/arc.zip", &zip),
        ("corpus/t.csv", b"text\nOf mines.\n"),
        (
            "corpus/sub/corpus.csv",
            b"path,country,year\nnotes.txt,Chad,2013\n",
        ),
        ("corpus/sub/notes.txt", b"Of camels.\n"),
        ("corpus/sub/fetched.jsonl", b""),
    ];
    let built = index_with(&files);
    let flat = built
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for told in [
        "page.txt: title, country and tier that are given for it say nothing",
        "arc.zip/none.txt: a table beside the corpus names it, but it is not there",
        "corpus.csv:6: `Atlantis` is no country that pincite knows, row left out",
    ] {
        assert!(flat.contains(told), "{told}: {}", built.stdout);
    }
    assert_eq!(built.status, 4);
    let folder = folder(&files);
    run(folder.path(), &["index"]);
    for (query, country, year, title) in [
        (
            "cane",
            "HTI",
            2005,
            "2005 Trafficking in Persons Report: HAITI",
        ),
        ("ovens", "NPL", 2011, "Inner"),
        ("mines", "MLI", 2012, "Record t.2"),
        ("camels", "TCD", 2013, "notes"),
    ] {
        let found = run(folder.path(), &["search", query, "--format", "jsonl"]);
        let hit: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
        let facts = (&hit["country"]["iso3"], &hit["year"], &hit["title"]);
        assert_eq!(
            facts,
            (&country.into(), &year.into(), &title.into()),
            "{query}"
        );
    }
}

#[test]
fn a_text_of_no_series_is_no_edition() {
    let text = |said: &str| {
        format!("+++\nseries = \"doc\"\ncountry = \"Kenya\"\nyear = 2019\n+++\n{said}\n")
    };
    let built = index_with(&[
        ("corpus/a.txt", text("Of ovens.").as_bytes()),
        ("corpus/b.txt", text("Of mines.").as_bytes()),
    ]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    assert!(built.stdout.starts_with("3 reports, "), "{}", built.stdout);
}

#[test]
fn files_in_archives_have_ids_of_their_own() {
    let zip = crate::support::zipped(&[
        ("a x.txt", b"Of alpha.\n"),
        ("a-x.txt", b"Of beta.\n"),
        ("a-x.md", b"Of gamma.\n"),
        ("b.txt", b"Of delta.\n"),
    ]);
    let built = index_with(&[
        ("corpus/z.zip", &zip),
        ("corpus/z/b.txt", b"Of epsilon.\n"),
        ("corpus/t.csv", b"text\nOf zeta.\n"),
        ("corpus/t.txt", b"Of eta.\n"),
    ]);
    assert_eq!(built.status, 0, "{}", built.stdout);
    assert!(built.stdout.starts_with("8 reports, "), "{}", built.stdout);
}
