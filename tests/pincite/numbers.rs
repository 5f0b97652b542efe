//! Printed paragraph numbers: the pinpoint of every document that prints them,
//! and text where a document does not number its paragraphs.

use crate::support::{folder, run};

const VISIT: &str = "\
Visit of the Expert

12. The Expert went to all of the kilns in the delta.

13. The Expert found that two owners keep papers:

(a) in the kiln at the ford;

(b) in the kiln at the bridge.

14.The Expert asks the ministry to return the papers.[1]

§ 15 The Expert asks the police to visit the kilns.

[1] See the letter of the ministry.
";

/// Eight paragraphs, a list among them.
fn survey() -> String {
    let paragraph =
        |n: u32| format!("The survey of district {n} found no kiln without debtors.\n\n");
    let mut text: String = (1..=4).map(paragraph).collect();
    text += "1. Train the inspectors.\n\n2. Fund the shelters.\n\n3. Pay the wages.\n\n";
    text.extend((5..=8).map(paragraph));
    text
}

#[test]
fn printed_numbers_are_cited_and_ids_stay() {
    let survey = survey();
    let work = folder(&[
        ("reports/visit.txt", VISIT.as_bytes()),
        ("reports/survey.txt", survey.as_bytes()),
    ]);
    let work = work.path();
    assert_eq!(run(work, &["index", "reports"]).status, 0);
    let pincite = |id: &str| run(work, &["cite", id]).stdout.trim_end().to_owned();
    for (id, wanted) in [
        // The title is a line without markup, so a passage too.
        ("doc-visit:text:2", "visit, para. 12"),
        ("doc-visit:text:3", "visit, para. 13"),
        ("doc-visit:text:4", "visit, para. 13"),
        ("doc-visit:text:6", "visit, para. 14"),
        ("doc-visit:text:7", "visit, para. 15"),
        ("doc-survey:text:5", "survey, para. 5"),
    ] {
        assert!(pincite(id).starts_with(wanted), "{id}: {}", pincite(id));
    }
    let shown = run(work, &["show", "doc-visit:text:6", "--format", "json"]).stdout;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let passage = &shown["passages"][0];
    assert_eq!(passage["printed"], "14");
    assert_eq!(
        passage["text"],
        "The Expert asks the ministry to return the papers.[1]"
    );
    let shown = run(work, &["show", "doc-visit:text:2"]).stdout;
    assert!(
        shown.contains("doc-visit:text:2 (printed as 12)"),
        "{shown}"
    );
    let list = run(work, &["search", "inspectors", "--format", "jsonl"]).stdout;
    let hit: serde_json::Value = serde_json::from_str(list.trim_end()).unwrap();
    assert_eq!(hit["text"], "1. Train the inspectors.");
    assert!(hit["printed"].is_null(), "{hit}");
}

#[test]
fn a_quotation_may_stand_in_any_part_of_the_paragraph_it_claims() {
    let work = folder(&[
        ("reports/visit.txt", VISIT.as_bytes()),
        (
            "draft.md",
            b"It found papers \"in the kiln at the bridge\" (visit, para. 13).\n",
        ),
    ]);
    let work = work.path();
    assert_eq!(run(work, &["index", "reports"]).status, 0);
    let verified = run(work, &["verify", "draft.md"]);
    assert_eq!(verified.status, 0, "{}", verified.stdout);
}
