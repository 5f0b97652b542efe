//! What changed between two texts, as words between marks.

use crate::output::Paint;
use crate::text::changes::{Change, Piece};

/// A text with what changed in it, on one line: `[-removed-]` and `{+added+}`,
/// the marks of `wdiff`.
pub fn marked(pieces: &[Piece], old: &str, new: &str, paint: Paint) -> String {
    let mut line = String::new();
    // The end of the last piece in the new text: what no white space divides
    // there stays undivided.
    let mut end = None;
    for piece in pieces {
        let words = piece.of(old, new);
        let touches = piece.change != Change::Removed && end == Some(piece.span.start);
        if !line.is_empty() && !touches {
            line.push(' ');
        }
        match piece.change {
            Change::Same => line.push_str(words),
            Change::Removed => line.push_str(&paint.removed(&format!("[-{words}-]"))),
            Change::Added => line.push_str(&paint.added(&format!("{{+{words}+}}"))),
        }
        if piece.change != Change::Removed {
            end = Some(piece.span.end);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::changes::changes;

    #[test]
    fn changes_stand_between_marks() {
        for (old, new, expected) in [
            ("Same.", "Same.", "Same."),
            ("348 cases.", "199 cases.", "[-348-] {+199+} cases."),
            ("cases.", "cases, opened.", "cases{+, opened+}."),
            ("", "new", "{+new+}"),
            ("old", "", "[-old-]"),
        ] {
            let pieces = changes(old, new, str::to_owned);
            assert_eq!(marked(&pieces, old, new, Paint::Plain), expected);
        }
    }
}
