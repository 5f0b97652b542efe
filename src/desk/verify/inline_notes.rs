//! Notes that are written where they are called, as pandoc reads them:
//! `^[Some Report, para. 2.]`.

use std::ops::Range;

use super::pages::{DraftNote, Pages, mark_of};

/// What begins a note.
const OPEN: &str = "^[";
/// How long a note is at most, in bytes, so that brackets that are never closed
/// cost little.
const LONGEST: usize = 2000;
/// The mark of a note that has no number.
const MARK: &str = "^";

/// Reads the notes that stand in the text of a draft: what they say, and the
/// marks in place of them.
pub(super) fn read(pages: &mut Pages) {
    for paragraph in &mut pages.paragraphs {
        let mut pieces = Vec::new();
        for span in spans(&paragraph.text) {
            let label = format!("inline {}", pages.notes.len());
            let said = &paragraph.text[span.start + OPEN.len()..span.end - 1];
            pieces.push((span, mark_of(&label)));
            pages.notes.push(DraftNote::new(label, MARK, said));
        }
        if !pieces.is_empty() {
            paragraph.replace(&pieces);
        }
    }
}

/// Where notes stand in a text, in order and apart.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices(OPEN) {
        let is_apart = spans.last().is_none_or(|last| last.end <= start);
        if let Some(end) = end_of(&text[start + 1..]).filter(|_| is_apart) {
            spans.push(start..start + 1 + end);
        }
    }
    spans
}

/// The byte behind the bracket that closes the one a text begins with, if it is
/// near.
fn end_of(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::pages::Paragraph;
    use super::*;

    #[test]
    fn notes_are_taken_out_of_the_text() {
        for (text, left, notes) in [
            (
                "“one”^[A [b], 2.] and ^[C]",
                "“one”<0> and <1>",
                vec!["A [b], 2.", "C"],
            ),
            ("one ^[open", "one ^[open", vec![]),
            ("one[^1] [two]", "one[^1] [two]", vec![]),
        ] {
            let mut pages = Pages {
                paragraphs: vec![Paragraph {
                    text: text.to_owned(),
                    ..Paragraph::default()
                }],
                ..Pages::default()
            };
            read(&mut pages);
            let shown = pages.paragraphs[0].text.replace("\u{e000}inline ", "<");
            assert_eq!(shown.replace('\u{e001}', ">"), left);
            let said: Vec<&str> = pages.notes.iter().map(|note| &*note.text).collect();
            assert_eq!(said, notes, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[\\^\\[\\]aé]{0,20}") {
            for span in spans(&text) {
                proptest::prop_assert!(text[span].starts_with(OPEN));
            }
        }
    }
}
