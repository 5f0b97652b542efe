//! Batches give what single searches give.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Kept, Random, folder, samples, shared_index};

/// A thousand queries of words of the index, with operators and filters.
fn queries(kept: &Kept, n: usize) -> Vec<(String, Option<&'static str>)> {
    let index = kept.open();
    let inverted = index.segment().inverted_index(index.fields.exact).unwrap();
    let mut terms = inverted.terms().stream().unwrap();
    let mut words = Vec::new();
    while terms.advance() {
        let word = String::from_utf8(terms.key().to_vec()).unwrap();
        if word.chars().all(char::is_alphabetic) {
            words.push(word);
        }
    }
    let mut random = Random::new(3);
    (0..n)
        .map(|i| {
            let mut word = || words[random.below(words.len())].clone();
            let (a, b) = (word(), word());
            let query = match i % 5 {
                0 => a,
                1 => format!("{a} OR {b}"),
                2 => format!("\"the {a}\" OR {b}"),
                3 => format!("(the OR {a}) -{b}"),
                _ => format!("the {a}"),
            };
            (query, (i % 7 == 0).then_some("2019..2021"))
        })
        .collect()
}

/// The same searches as one batch and one by one, all by the program.
fn batch_is_single(kept: &Kept, n: usize, year: Option<&'static str>) {
    let queries = queries(kept, n);
    let mut file = String::new();
    for (i, (query, filter)) in queries.iter().enumerate() {
        let filter = filter.and(year);
        let line = serde_json::json!({"id": i, "query": query, "year": filter});
        writeln!(file, "{line}").unwrap();
    }
    let folder = folder(&[("q.jsonl", file.as_bytes())]);
    let path = folder.path().join("q.jsonl");
    let run = kept.run(&["batch", path.to_str().unwrap(), "--limit", "5"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), n);
    for (i, (query, filter)) in queries.iter().enumerate() {
        let mut args = vec!["search", query, "--limit", "5", "--format", "json"];
        if let Some(year) = filter.and(year) {
            args.extend(["--year", year]);
        }
        let single = kept.run(&args).stdout;
        let expected = format!("{{\"id\":\"{i}\",{}", &single.trim_end()[1..]);
        assert_eq!(lines[i], expected, "{query}");
    }
}

#[test]
fn a_thousand_queries_give_what_single_searches_give() {
    batch_is_single(samples(), 1000, Some("2019..2021"));
}

#[test]
fn a_thousand_queries_of_the_shared_corpus() {
    if let Some(kept) = shared_index() {
        batch_is_single(kept, 1000, Some("1979..1981"));
    }
}

#[test]
fn bad_lines_are_told_and_stop_no_other() {
    let folder = folder(&[
        (
            "q.csv",
            b"id,query,country\na,kiln,cambodia\nb,\"\"\"kiln\",\nc,kiln,Atlantis\nd,debt,\n"
                .as_slice(),
        ),
        ("q.txt", b"kiln\n\n(debt\n\"brick kilns\"\n".as_slice()),
    ]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = samples().run(&["batch", &path("q.csv")]);
    assert_eq!(run.status, 4);
    let ids: Vec<Value> = run
        .stdout
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone())
        .collect();
    assert_eq!(ids, ["a", "d"]);
    let place = |line: u32| format!("error: {}:{line}: ", path("q.csv"));
    assert!(
        run.stderr
            .contains(&(place(3) + "this quote is never closed\n  \"kiln\n  ^^^^^\n")),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains(&(place(4) + "`Atlantis` is no country that pincite knows")),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .ends_with("2 lines failed; queries answered: 2\n"),
        "{}",
        run.stderr
    );
    let run = samples().run(&["batch", &path("q.txt"), "--format", "csv"]);
    assert_eq!(run.status, 4);
    assert!(
        run.stderr.contains("q.txt:3: this `(` is never closed"),
        "{}",
        run.stderr
    );
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let ids: std::collections::BTreeSet<String> =
        reader.records().map(|r| r.unwrap()[0].to_owned()).collect();
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), ["1", "4"]);
}

#[test]
fn trec_run_lines() {
    let folder = folder(&[
        (
            "corpus/r.jsonl",
            b"{\"id\":\"d 1\",\"text\":\"one kiln\"}\n{\"id\":\"d2\",\"text\":\"kiln kiln\"}\n"
                .as_slice(),
        ),
        (
            "topics.tsv",
            b"id\tquery\n301\twhat of \"kiln\n302\tkiln ovens\n".as_slice(),
        ),
    ]);
    assert_eq!(crate::support::run(folder.path(), &["index"]).status, 0);
    let run = crate::support::run(
        folder.path(),
        &["batch", "topics.tsv", "--match", "any", "--format", "trec"],
    );
    assert_eq!(run.status, 4, "the open quote of the first topic is told");
    let lines: Vec<Vec<&str>> = run.stdout.lines().map(|l| l.split(' ').collect()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0][..4], lines[0][5]),
        (&["302", "Q0", "d2", "1"][..], "pincite")
    );
    assert_eq!(lines[1][2], "d_1");
    assert!(lines[0][4].parse::<f32>().unwrap() >= lines[1][4].parse::<f32>().unwrap());
}

/// However a spreadsheet saved it, a table of queries is one.
#[test]
fn tables_of_queries_come_in_every_form() {
    let with = |sign: &str| {
        ["id", "query\nq1", "kiln\n"]
            .join(sign)
            .replace("id", "\"id\"")
    };
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(with(",").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "notes").unwrap();
    let sheet = book.add_worksheet();
    for (at, text) in ["id", "query", "q1", "kiln"].into_iter().enumerate() {
        sheet.write((at / 2) as u32, (at % 2) as u16, text).unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    let files: [(&str, &[u8]); 9] = [
        ("comma.csv", with(",").as_bytes()),
        ("semicolon.csv", with(";").as_bytes()),
        ("tab.csv", with("\t").replace('"', "").as_bytes()),
        ("bar.csv", with("|").as_bytes()),
        ("bom.csv", format!("\u{feff}{}", with(";")).as_bytes()),
        ("named.csv", format!("sep=;\r\n{}", with(";")).as_bytes()),
        ("utf16.csv", &utf16),
        ("book.xlsx", &book),
        ("book.csv", &book),
    ]
    .map(|(name, bytes)| (name, &*bytes.to_vec().leak()));
    let folder = folder(&files);
    for (name, _) in files {
        let path = folder.path().join(name);
        let run = samples().run(&[
            "batch",
            path.to_str().unwrap(),
            "--summary",
            "--tables",
            "csv",
        ]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
        assert!(
            run.stdout.contains("\nq1,kiln,14,4"),
            "{name}: {}",
            run.stdout
        );
    }
}

#[test]
fn bad_rows_are_named_by_their_lines_in_every_form() {
    let text = "sep=;\nid;query\nq1;kiln\nq2;kiln;x\nq3;(kiln\n";
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in text.lines().skip(1).enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write(row as u32, column as u16, cell).unwrap();
        }
    }
    let book = book.save_to_buffer().unwrap();
    let folder = folder(&[("q.csv", text.as_bytes()), ("q.xlsx", &book)]);
    for (name, first) in [("q.csv", 4), ("q.xlsx", 3)] {
        let path = folder.path().join(name);
        let run = samples().run(&["batch", path.to_str().unwrap()]);
        assert_eq!(run.status, 4, "{name}");
        for told in [
            format!("{name}:{first}: 3 fields where the header has 2"),
            format!("{name}:{}: this `(` is never closed", first + 1),
        ] {
            assert!(run.stderr.contains(&told), "{told}: {}", run.stderr);
        }
    }
}
