//! Batches that write to a file, are stopped, and go on; and what a line of a
//! file of queries may say of itself.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Run, command, folder, samples};

/// So many queries that a run is not done before it is stopped.
const MANY: usize = 4000;

/// How often a run may be done before it is stopped.
const TRIES: usize = 20;

/// Queries, every seventh of which fails and some of which find nothing.
fn queries() -> String {
    let words = [
        "kiln",
        "debt",
        "victims",
        "zebra",
        "(government OR police OR victims) w/8 (labor OR forced OR and)",
        "\"brick kilns\"",
    ];
    let line = |i: usize| match i % 7 {
        6 => format!("(broken {i}\n"),
        _ => format!("{}\n", words[i % words.len()]),
    };
    (0..MANY).map(line).collect()
}

/// How many queries the state of a file says are done.
fn done(folder: &Path) -> usize {
    let state = std::fs::read_to_string(folder.join("r.state")).unwrap_or_default();
    state.matches('\n').count().saturating_sub(1)
}

fn batch(folder: &Path, args: &[&str]) -> Run {
    let index = samples().path.to_str().unwrap();
    let before = ["--index", index, "batch", "q.txt"];
    crate::support::run(folder, &[&before[..], args].concat())
}

/// Stops a run by a signal as soon as it has done some queries. On a busy machine
/// the run may be done before the signal comes: then it begins again from where it
/// was.
fn stopped(folder: &Path, args: &[&str], signal: &str) -> usize {
    let from = done(folder);
    let files = ["r", "r.state"].map(|name| folder.join(name));
    let before = files.each_ref().map(|file| std::fs::read(file).ok());
    for _ in 0..TRIES {
        if stops(folder, args, signal, from) {
            return done(folder);
        }
        for (file, bytes) in files.iter().zip(&before) {
            match bytes {
                Some(bytes) => std::fs::write(file, bytes).unwrap(),
                None => std::fs::remove_file(file).unwrap_or_default(),
            }
        }
    }
    panic!("the run was done before it could be stopped, {TRIES} times");
}

/// Whether a run that had done `from` queries was stopped before its end. It is
/// the last that a busy machine runs, and the shell that stops it stands ready.
fn stops(folder: &Path, args: &[&str], signal: &str, from: usize) -> bool {
    let index = samples().path.to_str().unwrap();
    let before = ["--index", index, "batch", "q.txt"];
    let plain = command(folder, &[&before[..], args].concat());
    let mut child = Command::new("nice")
        .args(["-n", "19"])
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut killer = Command::new("sh")
        .args(["-c", &format!("read now; kill {signal} {}", child.id())])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while done(folder) < from + 40 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    killer.stdin.take().unwrap().write_all(b"now\n").unwrap();
    killer.wait().unwrap();
    child.wait().unwrap().code().is_none()
}

#[cfg(unix)]
#[test]
fn a_run_that_was_stopped_goes_on_and_gives_the_same() {
    let text = queries();
    let failed = (0..MANY).filter(|i| i % 7 == 6).count();
    for format in ["jsonl", "csv", "trec"] {
        let work = folder(&[("q.txt", text.as_bytes())]);
        let args = ["--format", format, "--limit", "3", "--threads", "2"];
        let whole = batch(work.path(), &[&args[..], &["--to", "whole"]].concat());
        assert_eq!((whole.status, whole.stdout.as_str()), (4, ""));
        let expected = std::fs::read(work.path().join("whole")).unwrap();
        let printed = batch(work.path(), &args);
        assert_eq!(printed.stdout.into_bytes(), expected);
        assert_eq!(printed.stderr, whole.stderr);

        let to = [&args[..], &["--to", "r"]].concat();
        let resume = [&to[..], &["--resume"]].concat();
        let mut at = stopped(work.path(), &to, "-KILL");
        let refused = batch(work.path(), &to);
        assert_eq!(refused.status, 2);
        assert!(
            refused.stderr.contains(&format!(
                "`r` holds a run that was stopped after {at} of its 4000 queries"
            )),
            "{}",
            refused.stderr
        );
        for signal in ["-INT", "-TERM"] {
            let after = stopped(work.path(), &resume, signal);
            assert!(at < after && after < MANY, "{at} {after}");
            at = after;
        }
        let results = std::fs::read(work.path().join("r")).unwrap();
        assert!(expected.starts_with(&results) && results.len() < expected.len());
        // A line that was half written when the run was stopped.
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(work.path().join("r"))
            .unwrap();
        file.write_all(b"{\"id\":").unwrap();
        let end = batch(work.path(), &resume);
        assert_eq!(std::fs::read(work.path().join("r")).unwrap(), expected);
        assert_eq!(end.status, 4);
        let told: Vec<&str> = end.stderr.lines().take(2).collect();
        let at = pincite::output::text::grouped(at as u64);
        assert_eq!(
            told[0],
            format!("note: {at} of 4,000 queries are done already")
        );
        let cut = told[1].strip_prefix("note: ").unwrap();
        let cut = cut.strip_suffix(" bytes of a query that was not done are cut off");
        assert!(cut.unwrap().replace(',', "").parse::<u64>().unwrap() >= 6);
        let rest = end.stderr.split_once("cut off\n").unwrap().1;
        assert_eq!(rest, whole.stderr, "all failed lines are named");
        assert!(rest.ends_with(&format!(
            "{failed} lines failed; queries answered: {:?}\n",
            MANY - failed
        )));
        // What is done is not done again.
        let again = batch(work.path(), &resume);
        assert_eq!(std::fs::read(work.path().join("r")).unwrap(), expected);
        assert!(
            again
                .stderr
                .starts_with("note: 4,000 of 4,000 queries are done already\n")
        );
        assert_eq!(again.status, 4);
    }
}

#[test]
fn a_file_of_another_run_is_refused() {
    let work = folder(&[("q.txt", b"kiln\ndebt\n"), ("mine", b"mine")]);
    assert_eq!(batch(work.path(), &["--to", "r"]).status, 0);
    let results = std::fs::read(work.path().join("r")).unwrap();
    let resumed = |args: &[&str]| {
        let run = batch(work.path(), &[&["--to", "r", "--resume"], args].concat());
        (
            run.status,
            run.stderr.lines().next().unwrap_or_default().to_owned(),
        )
    };
    let same = (0, "note: 2 of 2 queries are done already".to_owned());
    assert_eq!(resumed(&[]), same);
    assert_eq!(resumed(&["--threads", "1"]), same);
    for args in [
        &["--limit", "2"][..],
        &["--format", "csv"],
        &["--sort", "year"],
        &["--match", "any"],
        &["--year", "2021"],
        &["--feedback"],
        &["--expand"],
    ] {
        let told = (2, "error: `r` was made with other options".to_owned());
        assert_eq!(resumed(args), told, "{args:?}");
    }
    // Tables are made of what is done too.
    let run = batch(work.path(), &["--to", "r", "--resume", "--summary"]);
    assert!(run.stdout.contains("\n2 queries\n"), "{}", run.stdout);
    std::fs::write(work.path().join("q.txt"), "kiln\nloan\n").unwrap();
    let told = "error: `r` was made with other queries".to_owned();
    assert_eq!(resumed(&[]), (2, told));
    std::fs::write(work.path().join("q.txt"), "kiln\ndebt\n").unwrap();
    let other = folder(&[(
        "c/tip/kenya.txt",
        &crate::support::narrative(2020, "Kenya", "A kiln."),
    )]);
    let index = other.path().join("index");
    crate::support::build_index(&[other.path().join("c")], &index, 0);
    let args = [
        "--index",
        index.to_str().unwrap(),
        "batch",
        "q.txt",
        "--to",
        "r",
        "--resume",
    ];
    let run = crate::support::run(work.path(), &args);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("`r` was made with another index\n"),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read(work.path().join("r")).unwrap(), results);
    let run = batch(work.path(), &["--to", "mine", "--resume"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("has no `mine.state` beside it"),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read(work.path().join("mine")).unwrap(), b"mine");
    let run = batch(work.path(), &["--to", "q.txt"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("is the same file as the file of queries"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_run_without_a_line_that_works() {
    let work = folder(&[("q.txt", b"(\n"), ("q.jsonl", b"[]\n")]);
    let header = |run: &Run| run.stdout.starts_with("qid,rank,") && run.stdout.lines().count() == 1;
    let run = batch(work.path(), &["--format", "csv"]);
    assert!(header(&run) && run.status == 4, "{}", run.stdout);
    let run = samples().run(&[
        "batch",
        work.path().join("q.jsonl").to_str().unwrap(),
        "--format",
        "csv",
    ]);
    assert!(header(&run) && run.status == 4, "{}", run.stdout);
}

#[test]
fn a_reader_who_has_seen_enough_ends_it_quietly() {
    let work = folder(&[("q.txt", "the OR a\n".repeat(MANY).as_bytes())]);
    let index = samples().path.to_str().unwrap();
    let mut child = command(work.path(), &["--index", index, "batch", "q.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 4];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_line_says_what_an_option_says() {
    // The columns of a line, and the options that say the same.
    type Line = (Vec<(String, String)>, Vec<String>);
    let mut lines: Vec<Line> = Vec::new();
    let mut line = |columns: &[(&str, &str)], options: &[&str]| {
        let columns = columns
            .iter()
            .map(|(c, v)| (c.to_string(), v.to_string()))
            .collect();
        lines.push((columns, options.iter().map(|o| o.to_string()).collect()));
    };
    line(
        &[("query", "kiln debt"), ("match", "any")],
        &["kiln debt", "--match", "any"],
    );
    line(&[("query", "kiln debt"), ("match", "all")], &["kiln debt"]);
    line(
        &[("query", "(kiln -debt"), ("literal", "true")],
        &["(kiln -debt", "--literal"],
    );
    line(
        &[("query", "debt -kiln"), ("literal", "false")],
        &["debt -kiln"],
    );
    line(
        &[("query", "debt"), ("limit", "2")],
        &["debt", "--limit", "2"],
    );
    line(
        &[("query", "debt"), ("limit", "0")],
        &["debt", "--limit", "0"],
    );
    for (facet, values) in [
        ("country", "cambodia,MMR"),
        ("region", "Asia"),
        ("year", "2019..2020"),
        ("tier", "2WL"),
        ("section", "overview,prevention"),
        ("theme", "sector/brick-kilns"),
        ("series", "tip"),
    ] {
        for not in ["", "not-"] {
            let (column, option) = (format!("{not}{facet}"), format!("--{not}{facet}"));
            line(
                &[("query", "debt OR victims"), (column.as_str(), values)],
                &["debt OR victims", option.as_str(), values],
            );
        }
    }
    for (ending, divider) in [("csv", ","), ("tsv", "\t"), ("jsonl", "")] {
        for (columns, options) in &lines {
            let quoted = |text: &str| match ending {
                "csv" => format!("\"{text}\""),
                _ => text.to_owned(),
            };
            let text = match ending {
                "jsonl" => {
                    let object = columns
                        .iter()
                        .map(|(c, v)| (c.clone(), serde_json::json!(v)));
                    serde_json::Value::Object(object.collect()).to_string()
                }
                _ => {
                    let names: Vec<&str> = columns.iter().map(|c| c.0.as_str()).collect();
                    let values: Vec<String> = columns.iter().map(|c| quoted(&c.1)).collect();
                    format!("{}\n{}\n", names.join(divider), values.join(divider))
                }
            };
            let name = format!("q.{ending}");
            let work = folder(&[(name.as_str(), text.as_bytes())]);
            let path = work.path().join(&name);
            let batch = samples().run(&["batch", path.to_str().unwrap()]);
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let mut args = vec!["search", "--format", "json"];
            args.extend(&options[1..]);
            args.extend(["--", options[0]]);
            let single = samples().run(&args);
            let id = if ending == "jsonl" { 1 } else { 2 };
            let expected = format!("{{\"id\":\"{id}\",{}", &single.stdout[1..]);
            assert_eq!(
                batch.stdout, expected,
                "{text}{}{}",
                batch.stderr, single.stderr
            );
        }
    }
}
