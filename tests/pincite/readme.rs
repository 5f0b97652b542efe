//! The README's commands run, and print what it says they print.

use crate::support::{folder, root};

/// The console blocks of the README: a command after `$ `, then its output. A
/// line `...` stands for the rest of the output.
fn examples(text: &str) -> Vec<(String, Vec<String>)> {
    let mut examples: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            line => match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), Vec::new())),
                (None, Some((_, output))) => output.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            },
        }
    }
    examples
}

/// The words of a command, single quotes taken off.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = command.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').expect("a closed quote"),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[test]
fn the_readme_is_true() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let examples = examples(&text);
    assert!(examples.len() >= 8, "the README shows what pincite does");
    let work = folder(&[]);
    std::fs::create_dir(work.path().join("corpus")).unwrap();
    let tip = work.path().join("corpus/tip");
    std::fs::create_dir(&tip).unwrap();
    for entry in std::fs::read_dir(root().join("corpus/tip")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, tip.join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(work.path().join("queries.txt"), "\"brick kilns\"\ndebt\n").unwrap();
    let coded = "id,coder_1,coder_2\n\
                 tip-2021-khm:prevention:1,yes,Yes\n\
                 tip-2021-khm:protection:1,no,no\n\
                 tip-2021-pak:overview:1,yes,no\n\
                 tip-2021-pak:prevention:1,yes,yes\n\
                 tip-2020-khm:overview:1,no,no\n";
    std::fs::write(work.path().join("coded.csv"), coded).unwrap();
    let draft = "“no official was prosecuted or convicted” (tip-2021-khm), and\n\
                 “police arrested 84 suspects in 37 non-sexual cases”\n";
    std::fs::write(work.path().join("draft.md"), draft).unwrap();
    for (command, expected) in examples {
        let mut words = words(&command);
        if words.starts_with(&["cargo".to_owned(), "run".to_owned()]) {
            words.drain(..words.iter().position(|w| w == "--").unwrap() + 1);
        } else {
            assert_eq!(words.remove(0), "pincite", "{command}");
        }
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        let run = crate::support::run(work.path(), &args);
        // 5: the draft has a quotation that differs.
        assert!([0, 1, 5].contains(&run.status), "{command}: {}", run.stderr);
        let mut printed = run.stdout.lines().map(str::trim_end);
        for line in &expected {
            if line == "..." {
                break;
            }
            assert_eq!(
                printed.next(),
                Some(line.trim_end()),
                "`{command}` prints\n{}",
                run.stdout
            );
        }
        if expected.last().is_none_or(|l| l != "...") {
            assert_eq!(printed.next(), None, "`{command}` prints\n{}", run.stdout);
        }
    }
}
