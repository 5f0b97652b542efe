//! What the shell and the order of the arguments made of a query is told.

use tempfile::TempDir;

use crate::support::{folder, run};

/// Records of two countries; the words of a phrase stand in three, the phrase in
/// two.
fn indexed() -> TempDir {
    let records = [
        ("1", "Kenya", "Forced labor in kilns."),
        ("2", "Kenya", "Men were forced to labor in kilns."),
        ("3", "Nepal", "Forced labor and debt."),
        ("4", "Nepal", "A visit to Nepal and Kenya."),
    ]
    .map(|(id, country, text)| {
        serde_json::json!({"id": id, "country": country, "year": 2021, "text": text}).to_string()
    });
    let folder = folder(&[("corpus/r.jsonl", records.join("\n").as_bytes())]);
    assert_eq!(run(folder.path(), &["index"]).status, 0);
    folder
}

#[test]
fn words_in_one_argument_may_have_been_a_phrase() {
    let folder = indexed();
    let phrase = |n: &str| {
        format!(
            "note: these are 2 words, anywhere in a passage; as a phrase, '\"forced labor\"', \
             they are in {n}\n"
        )
    };
    let two = phrase("2 passages");
    let one = phrase("1 passage");
    for (args, told) in [
        (&["search", "forced labor"][..], two.as_str()),
        (&["search", "forced labor", "--format", "json"], &two),
        (&["search", "forced labor", "--country", "kenya"], &one),
        (&["facets", "forced labor"], &two),
        (&["kwic", "forced labor"], &two),
        (&["trend", "forced labor", "kilns"], &two),
        // Nothing was eaten, or nothing would be other.
        (&["search", "forced", "labor"], ""),
        (&["search", "\"forced labor\""], ""),
        (&["search", "forced labor", "--country", "nepal"], ""),
        (&["search", "forced AND labor"], ""),
        (&["search", "labor forced"], ""),
        (&["search", "forced labor", "--match", "any"], ""),
    ] {
        let ended = run(folder.path(), args);
        assert_eq!(ended.status, 0, "{args:?}: {}", ended.stderr);
        assert_eq!(ended.stderr, told, "{args:?}");
    }
}

#[test]
fn single_quotes_are_quotes() {
    let folder = indexed();
    for (query, found) in [
        ("‘forced labor’", 2),
        ("'forced labor'", 2),
        ("‚forced labor‘ debt", 1),
        ("-‘forced labor’ labor", 1),
        ("title:‘forced labor’", 0),
        ("labor’s kilns", 2),
        ("‘tis OR labor", 3),
    ] {
        let ended = run(folder.path(), &["search", "--format", "jsonl", "--", query]);
        assert_eq!(
            ended.stdout.lines().count(),
            found,
            "{query}: {}",
            ended.stderr
        );
    }
}

#[test]
fn words_around_options_are_told() {
    let folder = indexed();
    for (args, told) in [
        (
            &["search", "forced", "--country", "kenya", "labor"][..],
            "note: the words on both sides of the option are one query: `forced labor`\n",
        ),
        (
            &["search", "visit", "--country", "nepal", "kenya"],
            "note: `kenya` is taken as a word of the query (`visit kenya`), not as values of \
             `--country`; as values write `--country nepal,kenya`\n",
        ),
        (
            &["facets", "--facet", "country", "year"],
            "note: `year` is taken as a word of the query (`year`), not as values of `--facet`; \
             as values write `--facet country,year`\n",
        ),
        (
            &["search", "--", "kilns", "--country", "kenya"],
            "note: behind `--` all is text of the query, `--country` too; options go before it; \
             understood as kilns AND NOT NOT country AND kenya\n",
        ),
        (&["search", "--country", "kenya", "kilns"], ""),
        (&["search", "kilns", "-n", "1"], ""),
        (&["search", "--", "-debt", "labor"], ""),
    ] {
        let ended = run(folder.path(), args);
        let typed = ended
            .stderr
            .lines()
            .filter(|line| line.starts_with("note: "));
        let typed: Vec<String> = typed.map(|line| format!("{line}\n")).collect();
        assert_eq!(typed.concat(), told, "{args:?}");
    }
}

#[test]
fn tips_can_be_pasted() {
    let folder = indexed();
    let minus = run(folder.path(), &["search", "-kilns"]);
    assert_eq!(minus.status, 2);
    assert!(
        minus
            .stderr
            .ends_with("\nhint: if `-kilns` is a query, write 'NOT kilns'\n")
            && !minus.stderr.contains("-- -"),
        "{}",
        minus.stderr
    );
    let slip = run(folder.path(), &["search", "kilns", "--contry", "kenya"]);
    assert!(slip.stderr.contains("'--country'"), "{}", slip.stderr);
    let open = run(folder.path(), &["search", "\"forced labor"]);
    assert!(
        open.stderr.contains("as `'\"forced labor\"'`"),
        "{}",
        open.stderr
    );
}
