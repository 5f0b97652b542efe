//! Notes that a draft calls at a quotation and does not hold.

use super::behind::bracketed;
use super::marks::{mark_at, note_marks, raised_digit};
use super::pages::{NOTE, Pages, labels};

/// The marks of the notes that are called at the end of a quotation or right
/// behind it, and are not in the draft.
pub(super) fn missing(pages: &Pages, quoted: &str, end: (usize, usize)) -> Vec<String> {
    let text = &pages.paragraphs[end.0].text;
    let mut called: Vec<String> = labels(quoted).into_iter().map(str::to_owned).collect();
    called.extend(mark_at_end(quoted));
    called.extend(called_from(text, end.1));
    let is_held = |mark: &String| {
        let mut notes = pages.notes.iter();
        notes.any(|note| note.label == *mark || note.mark == *mark)
    };
    called.retain(|mark| !is_held(mark));
    called
}

/// The number of the mark that a quotation ends with.
fn mark_at_end(quoted: &str) -> Option<String> {
    let quoted = quoted.trim_end();
    let last = note_marks(quoted).pop()?;
    let is_end = last.end == quoted.len();
    is_end.then(|| number(&quoted[last]))?
}

/// The marks of notes that a text calls from a byte on, right behind each other.
fn called_from(text: &str, mut at: usize) -> Vec<String> {
    let mut called = Vec::new();
    loop {
        let rest = &text[at..];
        let next = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c));
        at = text.len() - next.len();
        if let Some((inside, behind)) = bracketed(next).filter(|_| !next.starts_with('(')) {
            let mark = match next.starts_with(NOTE[0]) {
                true => Some(inside.to_owned()),
                false => inside
                    .strip_prefix('^')
                    .map(str::to_owned)
                    .or(number(inside)),
            };
            let Some(mark) = mark else { break };
            called.push(mark);
            at = text.len() - behind.len();
        } else if let Some(length) = mark_at(text, at) {
            called.extend(number(&text[at..at + length]));
            at += length;
        } else {
            break;
        }
    }
    called
}

/// The number of a note, as `3`, where a mark is one.
fn number(mark: &str) -> Option<String> {
    let digit = |c: char| raised_digit(c).or(c.to_digit(10));
    let digits: Option<Vec<u32>> = mark.chars().map(digit).collect();
    let digits = digits.filter(|digits| (1..4).contains(&digits.len()))?;
    Some(digits.iter().map(u32::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::super::pages::{DraftNote, Paragraph};
    use super::*;

    #[test]
    fn notes_that_are_called_and_not_held_are_told() {
        for (quoted, behind, marks) in [
            ("one two", "² So", vec!["2"]),
            ("one two", " [3] So", vec!["3"]),
            ("one two", ".[3][4] So", vec!["3", "4"]),
            ("one two.", "12 So", vec!["12"]),
            ("one two", "[^n] So", vec!["n"]),
            ("one two", "\u{e000}5\u{e001} So", vec!["5"]),
            ("one two.²", " So", vec!["2"]),
            ("one two", "\u{e000}1\u{e001} and [1].", vec![]),
            ("one two", " 3 So", vec![]),
            ("one two", "* So [2019] it", vec![]),
            ("one two", " [2019]", vec![]),
            ("one two", " (3)", vec![]),
        ] {
            let text = format!("“{quoted}”{behind}");
            let pages = Pages {
                paragraphs: vec![Paragraph {
                    text,
                    ..Paragraph::default()
                }],
                notes: vec![DraftNote::new("1", "1", "see it")],
                ..Pages::default()
            };
            let end = "“”".len() + quoted.len();
            assert_eq!(missing(&pages, quoted, (0, end)), marks, "{quoted}{behind}");
        }
    }
}
