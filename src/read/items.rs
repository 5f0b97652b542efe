//! The items of a list that a text prints as one block: by bullets, one a
//! line, sentences glued together, or a chain of semicolons.

use std::sync::LazyLock;

use regex::Regex;

use crate::report::Paragraph;

const BULLET: char = '•';
/// What may stand before an item that has a line of its own.
const MARKS: [char; 8] = ['-', '*', '–', '—', '·', '▪', '●', '◦'];

/// The items of a block of paragraphs. The block tells how it divides them:
/// by bullets if it has any, else by paragraphs if it has several, else where
/// one sentence ends and the next begins without a space, else by semicolons.
pub(super) fn items(block: Vec<Paragraph>) -> Vec<Paragraph> {
    let divide: fn(&str) -> Vec<&str> = if block.iter().any(|p| p.text.contains(BULLET)) {
        |text| text.split(BULLET).collect()
    } else if block.len() > 1 {
        |text| vec![text]
    } else if block.iter().any(|p| GLUED.is_match(&p.text)) {
        glued
    } else {
        |text| text.split(';').collect()
    };
    let mut items = Vec::with_capacity(block.len());
    for paragraph in block {
        let parts = divide(&paragraph.text).into_iter().map(without_mark);
        let with_words = parts.filter(|item| item.chars().any(char::is_alphanumeric));
        items.extend(with_words.map(|item| Paragraph {
            text: item.to_owned(),
            ..paragraph.clone()
        }));
    }
    items
}

/// The end of a sentence and the beginning of the next without a space; `U.S.`
/// has no small letter before its full stop.
static GLUED: LazyLock<Regex> =
    // The pattern is a constant; the tests below run it.
    LazyLock::new(|| Regex::new(r"[a-z)]\.[A-Z]").expect("a valid pattern"));

fn glued(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for found in GLUED.find_iter(text) {
        // Behind the full stop; the capital is one byte.
        let end = found.end() - 1;
        parts.push(&text[start..end]);
        start = end;
    }
    parts.push(&text[start..]);
    parts
}

fn without_mark(item: &str) -> &str {
    let item = item.trim();
    let item = match item.strip_prefix(MARKS) {
        Some(rest) if rest.starts_with(' ') => rest.trim_start(),
        _ => item,
    };
    item.strip_prefix("and ").unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items_of(block: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Paragraph {
            printed_number: None,
            page: None,
            doubts: None,
            text: (*text).to_owned(),
        };
        let block = block.iter().map(paragraph).collect();
        items(block).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn a_block_tells_how_it_divides_its_items() {
        for (block, expected) in [
            (
                &["One; a. • Two. • Three."][..],
                &["One; a.", "Two.", "Three."][..],
            ),
            (
                &["- One; a.", "* Two.", "Three. • Four."],
                &["- One; a.", "* Two.", "Three.", "Four."],
            ),
            (&["* One; a, and b.", "– Two."], &["One; a, and b.", "Two."]),
            (
                &["Fund cases.Train the U.S. Police (all).End it."],
                &["Fund cases.", "Train the U.S. Police (all).", "End it."],
            ),
            (
                &["Fund x and y; train z; and end w."],
                &["Fund x and y", "train z", "end w."],
            ),
            (&["One."], &["One."]),
        ] {
            let expected: Vec<&str> = expected
                .iter()
                .map(|e| e.trim_start_matches(['-', '*']).trim())
                .collect();
            assert_eq!(items_of(block), expected, "{block:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(block in proptest::collection::vec("[a-zA-Z .;•-]{0,40}", 0..4)) {
            let words = |text: &str| -> Vec<String> {
                let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && *w != "and");
                words.map(str::to_owned).collect()
            };
            let block: Vec<&str> = block.iter().map(String::as_str).collect();
            proptest::prop_assert_eq!(words(&items_of(&block).join(" ")), words(&block.join(" ")));
        }
    }
}
