//! Documents in the shape of each edition, written for the project
//! (`tests/editions/`): country, year, tier, sections and passages of each.

use std::collections::BTreeMap;

use pincite::read::{InputFile, Profiles, ReadConfig, reports_of};
use pincite::report::Report;

use crate::support::root;

/// The sections of a report with their passages, in order.
fn outline(report: &Report) -> String {
    let sections = report.sections.iter();
    let parts: Vec<String> = sections
        .map(|s| format!("{} {}", s.name.id_key(), s.paragraphs.len()))
        .collect();
    parts.join(", ")
}

fn row(file: &str, report: &Report) -> String {
    let info = &report.info;
    let tier = info.tier.map_or("", |tier| tier.code());
    let source = info.tier_source.map_or("", |source| source.as_str());
    [file, &report.id.to_string(), tier, source, &outline(report)].join("\t")
}

#[test]
fn every_edition_is_read_as_it_should_be() {
    let folder = root().join("tests/editions");
    let table = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let file = line.split('\t').next().unwrap();
        expected.entry(file).or_default().push(line);
    }
    let documents = std::fs::read_dir(&folder).unwrap().count() - 1;
    assert_eq!(expected.len(), documents, "every document has its rows");
    let mut wrong = Vec::new();
    for (file, expected) in expected {
        let input = InputFile::new(folder.join(file), file, "page");
        let reports = reports_of(&input, &ReadConfig::new(Profiles::built_in()));
        let found: Vec<String> = reports.iter().map(|report| row(file, report)).collect();
        if found != expected {
            wrong.push(format!("expected {expected:#?}\nfound {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of a text, letters and digits alone.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[test]
fn no_sentence_of_any_edition_is_lost() {
    let folder = root().join("tests/editions");
    let mut looked_at = 0;
    for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !name.ends_with(".txt") {
            continue;
        }
        let input = InputFile::new(entry.path(), &name, "page");
        let reports = reports_of(&input, &ReadConfig::new(Profiles::built_in()));
        let texts = reports.iter().flat_map(|r| r.passages());
        let found: Vec<String> = texts.flat_map(|p| words(&p.text)).collect();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        // A line that ends as a sentence does is text, never a title. What
        // comes before the first report is front matter.
        let sentences = text.lines().filter(|line| line.ends_with('.'));
        // The first words may be a run-in heading or a number.
        let wanted = sentences.map(|line| words(line).split_off(words(line).len().min(4)));
        let is_there = |words: &Vec<String>| words.iter().all(|word| found.contains(word));
        for wanted in wanted.skip_while(|words| !is_there(words)) {
            assert!(is_there(&wanted), "{name}: {wanted:?}");
            looked_at += wanted.len();
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
}
