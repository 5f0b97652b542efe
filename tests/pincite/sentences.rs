//! Where sentences end, on places that are hard to tell, judged one by one.

use pincite::text::sentences;

const JUDGED: &str = include_str!("../sentences.txt");

#[test]
fn every_judged_end_is_told() {
    let lines = JUDGED.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = lines
        .filter_map(|line| {
            let text = line.replace('|', "");
            let expected: Vec<&str> = line.split('|').map(str::trim).collect();
            let cut: Vec<&str> = sentences(&text).into_iter().map(|s| &text[s]).collect();
            (cut != expected).then(|| cut.join("|"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
