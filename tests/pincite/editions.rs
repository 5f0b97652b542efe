//! Documents in the shape of each edition, written for the project
//! (`tests/editions/`): country, year, tier, sections and passages of each.

use std::collections::BTreeMap;

use pincite::read::{InputFile, Profiles, ReadConfig, reports_of};
use pincite::report::Report;

use crate::support::root;

/// The sections of a report that have passages, in order.
fn outline(report: &Report) -> String {
    let sections = report.sections.iter().filter(|s| !s.paragraphs.is_empty());
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

/// Sentences before the first report of a document, which are no text of it.
const FRONT_MATTER: [&str; 1] = ["Information on these countries is not complete."];

/// The words of a text, letters and digits alone; without `and`, which parts the
/// last item of a list from the others.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty() && *w != "and");
    words.map(str::to_owned).collect()
}

/// A text without its tags.
fn without_tags(text: &str) -> String {
    let parts = text.split('<');
    let parts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_sentence_of_any_edition_is_lost() {
    let folder = root().join("tests/editions");
    let mut looked_at = 0;
    for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with(".tsv") {
            continue;
        }
        let input = InputFile::new(entry.path(), &name, "page");
        let reports = reports_of(&input, &ReadConfig::new(Profiles::built_in()));
        let passages: Vec<_> = reports.iter().flat_map(|r| r.passages()).collect();
        // A sentence may run over the passages of a list, and a page may end in
        // it.
        let found: Vec<String> = passages.iter().flat_map(|p| words(&p.text)).collect();
        let found = format!(" {} ", found.join(" "));
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let text = without_tags(&text);
        // A line that ends as a sentence does is text, never a title.
        let sentences = text.lines().filter(|line| line.ends_with('.'));
        for line in sentences.filter(|line| !FRONT_MATTER.contains(line)) {
            // The first words may be a run-in heading or a number.
            let wanted = words(line);
            let wanted = &wanted[wanted.len().min(4)..];
            looked_at += wanted.len();
            let is_there = found.contains(&format!(" {} ", wanted.join(" ")));
            assert!(wanted.is_empty() || is_there, "{name}: {line}");
        }
    }
    assert!(looked_at > 1500, "{looked_at}");
}
