//! The words of a paragraph that changed, with some around them.

use unicode_width::UnicodeWidthStr;

use crate::output::text::{TextOptions, marked};
use crate::text::changes::{Change, Piece};

/// How many words around a change are shown, on each side.
const AROUND: usize = 8;

/// Changed words between marks; of long parts that are the same only what stands
/// beside a change, unless all is asked for.
pub(super) fn shown(pieces: &[Piece], old: &str, new: &str, options: TextOptions) -> String {
    if options.full {
        return marked(pieces, old, new, options.paint);
    }
    let mut parts: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut add = |piece: Piece, begins: bool| {
        if begins {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(piece);
        }
    };
    for (at, piece) in pieces.iter().enumerate() {
        let is_first = at == 0;
        let is_last = at + 1 == pieces.len();
        let words = words_of(piece.of(old, new));
        let around = AROUND * (2 - usize::from(is_first || is_last));
        if piece.change != Change::Same || words.len() <= around + 1 {
            add(piece.clone(), false);
            continue;
        }
        let part = |from: usize, to: usize| Piece {
            change: Change::Same,
            span: piece.span.start + from..piece.span.start + to,
        };
        let whole = piece.span.len();
        if is_first {
            add(part(words[words.len() - AROUND].0, whole), true);
        } else {
            add(part(0, words[AROUND - 1].1), false);
            if is_last {
                add(part(whole, whole), true);
            } else {
                add(part(words[words.len() - AROUND].0, whole), true);
            }
        }
    }
    let parts = parts
        .iter()
        .map(|part| marked(part, old, new, options.paint));
    parts.collect::<Vec<_>>().join(" … ").trim().to_owned()
}

/// The words of a text, as half-open byte ranges.
fn words_of(text: &str) -> Vec<(usize, usize)> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split_whitespace();
    words
        .map(|word| (start(word), start(word) + word.len()))
        .collect()
}

/// The first words of a text, in at most so many columns.
pub(super) fn beginning(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut shown = String::new();
    for word in text.split_whitespace() {
        // A space before the word, and a space and the dots behind it.
        if shown.width() + 1 + word.width() + 2 > width {
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown + " …"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Paint;
    use crate::text::changes::changes;

    #[test]
    fn long_parts_that_are_the_same_are_cut() {
        let options = TextOptions {
            paint: Paint::Plain,
            width: 80,
            full: false,
        };
        let run = |from: usize, to: usize| -> String {
            (from..to)
                .map(|n| format!("w{n}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (a, b, c) = (run(0, 30), run(30, 60), run(60, 90));
        let old = format!("{a} old {b} one {c}");
        let new = format!("{a} new {b} two {c}");
        let pieces = changes(&old, &new, str::to_owned);
        assert_eq!(
            shown(&pieces, &old, &new, options),
            format!(
                "… {} [-old-] {{+new+}} {} … {} [-one-] {{+two+}} {} …",
                run(22, 30),
                run(30, 38),
                run(52, 60),
                run(60, 68)
            )
        );
        let pieces = changes("a b", "a c", str::to_owned);
        assert_eq!(shown(&pieces, "a b", "a c", options), "a [-b-] {+c+}");
    }

    #[test]
    fn beginnings_fit() {
        assert_eq!(beginning("one two three", 13), "one two three");
        assert_eq!(beginning("one two three", 12), "one two …");
        assert_eq!(beginning("one two three", 9), "one two …");
    }
}
