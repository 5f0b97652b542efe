//! The reference of the query language: every example in it runs, and the
//! README holds the same ones.

use pincite::query::{MatchMode, parse};

use crate::support::{root, run, samples};

fn reference() -> String {
    std::fs::read_to_string(root().join("src/bin/pincite/query.txt")).unwrap()
}

/// The queries of the first sections: what stands in the first column.
fn examples(text: &str) -> Vec<String> {
    let sections = text.split("\nWhat binds how").next().unwrap();
    let mut examples: Vec<String> = Vec::new();
    for line in sections.lines() {
        let Some(row) = line.strip_prefix("  ").filter(|r| !r.starts_with(' ')) else {
            continue;
        };
        let query = row.split("  ").next().unwrap().trim();
        examples.push(query.to_owned());
    }
    examples
}

#[test]
fn every_example_finds_something_and_prints_itself() {
    let examples = examples(&reference());
    assert!(examples.len() >= 35, "{examples:?}");
    for query in examples {
        let run = samples().run(&["search", "-n", "1", "--", &query]);
        assert_eq!(run.status, 0, "{query}: {}{}", run.stdout, run.stderr);
        let explained = samples().run(&["explain", "--", &query]);
        assert_eq!(explained.status, 0, "{query}: {}", explained.stderr);
        let understood = explained.stdout.lines().nth(1).unwrap().trim();
        let tree = parse(understood, MatchMode::All).unwrap().tree;
        assert_eq!(tree.to_string(), understood, "{query}");
    }
}

#[test]
fn what_other_systems_write_is_written_so_here() {
    let text = reference();
    let table = text.split("If you come from\n").nth(1).unwrap();
    let mut queries = 0;
    for line in table.lines().take_while(|l| !l.is_empty()) {
        let (theirs, ours) = (line[12..37].trim(), line[37..].trim());
        assert!(!theirs.is_empty(), "{line}");
        for query in ours.split([',', ';']).map(str::trim) {
            let words =
                query.contains("the same") || query.contains("also") || query.contains("none");
            if words || query.contains("...") {
                continue;
            }
            let query = query.split(" (").next().unwrap();
            parse(query, MatchMode::All).unwrap_or_else(|e| panic!("{query}: {e}"));
            queries += 1;
        }
        if ours == "the same" {
            for query in theirs.split(", ") {
                let query = query.split(" (").next().unwrap();
                parse(query, MatchMode::All).unwrap_or_else(|e| panic!("{query}: {e}"));
                queries += 1;
            }
        }
    }
    assert!(queries > 12, "{queries}");
}

#[test]
fn the_help_is_the_reference_and_fits_a_terminal() {
    let text = reference();
    assert!(text.lines().all(|l| l.chars().count() <= 80));
    for args in [&["query"][..], &["help", "query"], &["query", "--help"]] {
        let printed = run(root(), args).stdout;
        assert!(printed.contains(text.trim_end()), "{args:?}");
    }
}

#[test]
fn the_reference_has_the_constants_of_the_score() {
    use pincite::query::rank::{APART, B, CLOSENESS, FUNCTION_WORD, K1, REACH, TYPED_SHARE};
    let text = reference();
    for told in [
        format!(
            "weight * idf * {:.1} * ({:.1} s(f) + {TYPED_SHARE} s(g) + {CLOSENESS} s(c))",
            K1 + 1.0,
            1.0 - TYPED_SHARE
        ),
        format!(
            "s(n) = n / (n + {K1} * ({} + {B} * length / mean length))",
            1.0 - B
        ),
        format!("apart up to {APART}, from {REACH} words on nothing"),
        format!("Function words weigh {FUNCTION_WORD}."),
    ] {
        assert!(text.contains(&told), "{told}");
    }
}

/// What the texts of the golden cases are like: each a record of its own.
const TEXTS: [(&str, &str); 9] = [
    ("us", "He met the U.S. Government. The Government paid."),
    ("apart", "In the U.S. they stayed, said the Government."),
    ("hyphen", "Strong anti-trafficking laws."),
    ("words", "Strong anti trafficking laws."),
    ("solid", "Strong antitrafficking laws."),
    (
        "law",
        "Under 22 U.S.C. § 7106 a country must act. See No. 5 of Art. 7.",
    ),
    ("money", "The budget fell to $543,080 in all."),
    ("plain", "The budget fell to 543080 in all."),
    ("ivory", "Côte d’Ivoire’s police said it isn't so."),
];

#[test]
fn typography_and_spelling_do_not_matter() {
    let mut records = String::new();
    for (id, text) in TEXTS {
        records += &format!("{}\n", serde_json::json!({"id": id, "text": text}));
    }
    let work = crate::support::folder(&[("corpus/a.jsonl", records.as_bytes())]);
    assert_eq!(run(work.path(), &["index"]).status, 0);
    for (query, expected) in [
        ("\"U.S. Government\"", vec!["us: U.S. Government"]),
        ("\"u.s. government\"", vec!["us: U.S. Government"]),
        (
            "U.S. /s Government",
            vec!["apart: U.S|Government", "us: U.S|Government"],
        ),
        ("Government +s paid", vec!["us: Government|paid"]),
        (
            "anti-trafficking",
            vec![
                "hyphen: anti-trafficking",
                "solid: antitrafficking",
                "words: anti trafficking",
            ],
        ),
        (
            "\"anti trafficking\"",
            vec!["hyphen: anti-trafficking", "words: anti trafficking"],
        ),
        (
            "antitrafficking",
            vec!["hyphen: anti-trafficking", "solid: antitrafficking"],
        ),
        ("§ 7106", vec!["law: 7106"]),
        ("\"§ 7106\"", vec!["law: 7106"]),
        ("\"No. 5\"", vec!["law: No. 5"]),
        ("No. /s Art.", vec!["law: No|Art"]),
        ("543,080", vec!["money: 543,080", "plain: 543080"]),
        ("543080", vec!["money: 543,080", "plain: 543080"]),
        ("\"cote d'ivoire\"", vec!["ivory: Côte d’Ivoire’s"]),
        ("Côte d’Ivoire", vec!["ivory: Côte|d’Ivoire’s"]),
        ("isn’t", vec!["ivory: isn't"]),
        ("isn't", vec!["ivory: isn't"]),
        (
            "“strong anti-trafficking laws”",
            vec![
                "hyphen: Strong anti-trafficking laws",
                "solid: Strong antitrafficking laws",
                "words: Strong anti trafficking laws",
            ],
        ),
    ] {
        let run = run(work.path(), &["search", "--format", "jsonl", "--", query]);
        let mut found: Vec<String> = run
            .stdout
            .lines()
            .map(|line| {
                let hit: serde_json::Value = serde_json::from_str(line).unwrap();
                let text: Vec<char> = hit["text"].as_str().unwrap().chars().collect();
                let lit = hit["highlights"].as_array().unwrap().iter().map(|h| {
                    let at = |i: usize| h[i].as_u64().unwrap() as usize;
                    text[at(0)..at(1)].iter().collect::<String>()
                });
                let lit: Vec<String> = lit.collect();
                let id = hit["id"].as_str().unwrap();
                let id = id.trim_start_matches("doc-").split(':').next().unwrap();
                format!("{id}: {}", lit.join("|"))
            })
            .collect();
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn what_was_understood_and_added_is_told() {
    for (args, told) in [
        (
            &["debt OR loan kiln"][..],
            "note: understood as debt OR (loan AND kiln)\n",
        ),
        (&["debt OR (loan kiln)"], ""),
        (&["kiln*"], "note: kiln* stands for 1 word: kilns\n"),
        (&["zz*"], "note: zz* stands for no word of the index\n"),
        (
            &["brick kilns?"],
            "note: `?` around a word is taken for a question mark; in it, it stands for a letter\n",
        ),
        (
            &["brick or kiln"],
            "note: `or` need not match; the operator is `OR`\n",
        ),
        (&["\"brick or kiln\" debt"], ""),
        (
            &["brick or kiln", "--match", "any"],
            "note: `or` need not match\n",
        ),
        (
            &["brick or kiln", "--literal"],
            "note: `or` need not match\n",
        ),
        (
            &["debt bondage", "--expand"],
            "note: debt bondage is searched with debt-based-coercion, ",
        ),
        (&["kiln", "--feedback"], "note: feedback weighs in: "),
    ] {
        let run = samples().run(&[&["search"][..], args].concat());
        let fits = match told {
            "" => run.stderr.is_empty(),
            told => run.stderr.starts_with(told),
        };
        assert!(fits, "{args:?}: {}", run.stderr);
    }
    // Feedback orders; what matches stays.
    let total = |args: &[&str]| samples().run(args).stdout.lines().last().map(str::to_owned);
    assert_eq!(
        total(&["search", "kiln debt"]),
        total(&["search", "kiln debt", "--feedback"])
    );
    let work = crate::support::folder(&[("q.txt", b"brick\nkiln* OR debt brick\n")]);
    let file = work.path().join("q.txt");
    let batch = samples().run(&["batch", file.to_str().unwrap()]);
    assert_eq!(
        batch.stderr,
        "note: query 2: understood as kiln* OR (debt AND brick)\n\
         note: query 2: kiln* stands for 1 word: kilns\n"
    );
}
